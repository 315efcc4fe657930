/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-date-dialog.h"
#include "room-fixture.h"

typedef struct
{
  EnfiladeDateDialog *dialog;
  GtkCalendar        *calendar;
  GDateTime          *chosen;
} Fixture;

static void
chosen_cb (EnfiladeDateDialog *dialog,
           GDateTime          *date,
           Fixture            *fixture)
{
  fixture->chosen = g_date_time_ref (date);
}

static void
select_day (Fixture *fixture,
            int      year,
            int      month,
            int      day)
{
  g_autoptr(GDateTime) date = g_date_time_new_local (year, month, day, 0, 0, 0);

  gtk_calendar_select_day (fixture->calendar, date);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dialog = g_object_ref (enfilade_date_dialog_new ());
  g_signal_connect (fixture->dialog, "chosen", G_CALLBACK (chosen_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->dialog));
  fixture->calendar = GTK_CALENDAR (room_fixture_find (GTK_WIDGET (fixture->dialog), GTK_TYPE_CALENDAR));
  select_day (fixture, 2026, 3, 10);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->chosen, g_date_time_unref);
  gtk_window_destroy (GTK_WINDOW (fixture->dialog));
  g_object_unref (fixture->dialog);
}

static gboolean
press (Fixture         *fixture,
       guint            keyval,
       GdkModifierType  modifiers)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->calendar));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, modifiers, &handled);
    }

  return handled;
}

static void
assert_day (Fixture    *fixture,
            const char *expected)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (fixture->calendar);
  g_autofree char *day = g_date_time_format (date, "%F");

  g_assert_cmpstr (day, ==, expected);
}

/* The keys move the day that is chosen, and not a frame beside it. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct { guint keyval; const char *day; } steps[] = {
    { GDK_KEY_Left, "2026-03-09" }, { GDK_KEY_Right, "2026-03-10" }, { GDK_KEY_Up, "2026-03-03" }, { GDK_KEY_Up, "2026-02-24" },
    { GDK_KEY_KP_Down, "2026-03-03" }, { GDK_KEY_Page_Down, "2026-04-03" }, { GDK_KEY_KP_Page_Up, "2026-03-03" },
  };

  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->dialog)) == GTK_WIDGET (fixture->calendar));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_true (press (fixture, steps[i].keyval, 0));
      assert_day (fixture, steps[i].day);
    }

  /* The last of a month that is shorter. */
  select_day (fixture, 2026, 3, 31);
  g_assert_true (press (fixture, GDK_KEY_Page_Up, 0));
  assert_day (fixture, "2026-02-28");

  g_assert_false (press (fixture, GDK_KEY_Return, 0));
  g_assert_false (press (fixture, GDK_KEY_Left, GDK_CONTROL_MASK));
  assert_day (fixture, "2026-02-28");

  gtk_widget_set_direction (GTK_WIDGET (fixture->calendar), GTK_TEXT_DIR_RTL);
  g_assert_true (press (fixture, GDK_KEY_Left, 0));
  assert_day (fixture, "2026-03-01");
}

static void
test_spoken (Fixture       *fixture,
             gconstpointer  data)
{
  select_day (fixture, 1999, 12, 31);
  gtk_test_accessible_assert_property (fixture->calendar, GTK_ACCESSIBLE_PROPERTY_LABEL, "Day: Friday, 31 December 1999");
  g_assert_true (press (fixture, GDK_KEY_Right, 0));
  gtk_test_accessible_assert_property (fixture->calendar, GTK_ACCESSIBLE_PROPERTY_LABEL, "Day: Saturday, 1 January 2000");
}

static void
test_chosen (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *chosen = NULL;

  g_signal_emit_by_name (room_fixture_find_button (GTK_WIDGET (fixture->dialog), "_Jump"), "clicked");
  g_assert_nonnull (fixture->chosen);
  chosen = g_date_time_format (fixture->chosen, "%F %T");
  g_assert_cmpstr (chosen, ==, "2026-03-10 00:00:00");
}

/* In a window 360 pixels wide, with text of twice its size. */
static void
test_large_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr(EnfiladeDateDialog) dialog = NULL;
  GtkWidget *calendar = NULL;
  GtkWidget *scroller = NULL;
  int calendar_width = 0;
  int scroller_width = 0;
  int width = 0;
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  dialog = g_object_ref (enfilade_date_dialog_new ());
  gtk_window_present (GTK_WINDOW (dialog));
  calendar = room_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_CALENDAR);
  scroller = gtk_widget_get_ancestor (calendar, GTK_TYPE_SCROLLED_WINDOW);

  gtk_widget_measure (adw_window_get_content (ADW_WINDOW (dialog)), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (scroller, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &scroller_width, NULL, NULL);
  gtk_widget_measure (calendar, GTK_ORIENTATION_HORIZONTAL, -1, &calendar_width, NULL, NULL, NULL);
  g_assert_cmpint (width, >, 0);
  g_assert_cmpint (width, <=, 360);
  g_assert_cmpint (calendar_width, <=, scroller_width);

  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

int
main (int   argc,
      char *argv[])
{
  room_fixture_init (&argc, &argv);

#define ADD(name, test) g_test_add ("/date-dialog/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("keys", test_keys);
  ADD ("spoken", test_spoken);
  ADD ("chosen", test_chosen);
#undef ADD
  g_test_add_func ("/date-dialog/large-text", test_large_text);

  return g_test_run ();
}
