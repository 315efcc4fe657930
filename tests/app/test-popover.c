/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-popover.h"
#include "test-app.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *first;
  GtkWidget *second;
  GtkWidget *popover;
  GtkWidget *inside;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->first = gtk_button_new_with_label ("First");
  fixture->second = gtk_button_new_with_label ("Second");
  gtk_box_append (GTK_BOX (box), fixture->first);
  gtk_box_append (GTK_BOX (box), fixture->second);

  fixture->inside = gtk_button_new_with_label ("Inside");
  fixture->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (fixture->popover), fixture->inside);
  gtk_box_append (GTK_BOX (box), gtk_menu_button_new ());
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (gtk_widget_get_last_child (box)), fixture->popover);

  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (fixture->second);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  test_drain ();
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

static void
open_popover (Fixture *fixture)
{
  enfilade_popover_popup (GTK_POPOVER (fixture->popover));
  gtk_widget_grab_focus (fixture->inside);
  g_assert_true (get_focus (fixture) == fixture->inside);
}

static void
test_back (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    {
      open_popover (fixture);
      /* Asked for again while it is open, it still knows where one was. */
      enfilade_popover_popup (GTK_POPOVER (fixture->popover));
      gtk_popover_popdown (GTK_POPOVER (fixture->popover));
      test_drain ();
      g_assert_true (get_focus (fixture) == fixture->second);
    }
}

/* What was chosen decides where one is. */
static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  open_popover (fixture);
  gtk_widget_grab_focus (fixture->first);
  gtk_popover_popdown (GTK_POPOVER (fixture->popover));
  test_drain ();
  g_assert_true (get_focus (fixture) == fixture->first);
}

/* What had the focus may have gone meanwhile. */
static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  open_popover (fixture);
  gtk_box_remove (GTK_BOX (gtk_window_get_child (GTK_WINDOW (fixture->window))), fixture->second);
  gtk_popover_popdown (GTK_POPOVER (fixture->popover));
  test_drain ();
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add ("/popover/back", Fixture, NULL, set_up, test_back, tear_down);
  g_test_add ("/popover/elsewhere", Fixture, NULL, set_up, test_elsewhere, tear_down);
  g_test_add ("/popover/gone", Fixture, NULL, set_up, test_gone, tear_down);

  return g_test_run ();
}
