/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The layout managers of text ask less than GTK's widgets do, and come to the same sizes. */

#include "config.h"

#include <adwaita.h>

#include "enfilade-line-layout.h"
#include "enfilade-text-layout.h"

static const char * const texts[] = {
  "",
  "Short",
  "A sentence of some words that is longer than one line, and goes on for a while yet.",
  "Two\nparagraphs, of which the second is the longer one",
  "https://example.org/a/very/long/address/without/any/place/to/break/it/at/all?really=none",
  "日本語の文章は空白なしで書かれるので、どこででも折り返すことができます。",
  "שלום עולם, זה משפט ארוך יותר משורה אחת בחלון צר",
};

typedef struct
{
  GtkWidget *window;
  GtkWidget *plain;
  GtkWidget *ours;
} Fixture;

static GtkWidget *
create_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  fixture->plain = create_label (box);
  fixture->ours = create_label (box);
  gtk_widget_set_layout_manager (fixture->ours, g_object_new (ENFILADE_TYPE_TEXT_LAYOUT, NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static int
get_natural (GtkWidget      *widget,
             GtkOrientation  orientation,
             int             for_size)
{
  int natural = 0;

  gtk_widget_measure (widget, orientation, for_size, NULL, &natural, NULL, NULL);

  return natural;
}

static int
get_minimum (GtkWidget      *widget,
             GtkOrientation  orientation)
{
  int minimum = 0;

  gtk_widget_measure (widget, orientation, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

static void
assert_alike (Fixture        *fixture,
              GtkOrientation  orientation,
              int             for_size)
{
  g_assert_cmpint (get_natural (fixture->ours, orientation, for_size), ==, get_natural (fixture->plain, orientation, for_size));
}

static void
test_wraps_alike (Fixture       *fixture,
                  gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_label_set_label (GTK_LABEL (fixture->plain), texts[i]);
      gtk_label_set_label (GTK_LABEL (fixture->ours), texts[i]);

      assert_alike (fixture, GTK_ORIENTATION_HORIZONTAL, -1);
      for (int width = 100; width < 700; width += 150)
        assert_alike (fixture, GTK_ORIENTATION_VERTICAL, width);
      g_assert_cmpint (get_minimum (fixture->ours, GTK_ORIENTATION_HORIZONTAL), ==, 0);
    }
}

static void
test_longest_line (Fixture       *fixture,
                   gconstpointer  data)
{
  gtk_label_set_max_width_chars (GTK_LABEL (fixture->plain), 20);
  gtk_label_set_max_width_chars (GTK_LABEL (fixture->ours), 20);
  gtk_label_set_label (GTK_LABEL (fixture->plain), texts[2]);
  gtk_label_set_label (GTK_LABEL (fixture->ours), texts[2]);
  assert_alike (fixture, GTK_ORIENTATION_HORIZONTAL, -1);

  gtk_label_set_label (GTK_LABEL (fixture->plain), "Short");
  gtk_label_set_label (GTK_LABEL (fixture->ours), "Short");
  assert_alike (fixture, GTK_ORIENTATION_HORIZONTAL, -1);
}

static void
test_ellipsizes (Fixture       *fixture,
                 gconstpointer  data)
{
  gtk_label_set_wrap (GTK_LABEL (fixture->plain), FALSE);
  gtk_label_set_wrap (GTK_LABEL (fixture->ours), FALSE);
  gtk_label_set_label (GTK_LABEL (fixture->plain), texts[2]);
  gtk_label_set_label (GTK_LABEL (fixture->ours), texts[2]);

  /* What neither wraps nor ellipsizes needs all of its width. */
  g_assert_cmpint (get_minimum (fixture->ours, GTK_ORIENTATION_HORIZONTAL), ==,
                   get_natural (fixture->plain, GTK_ORIENTATION_HORIZONTAL, -1));

  gtk_label_set_ellipsize (GTK_LABEL (fixture->plain), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (fixture->ours), PANGO_ELLIPSIZE_END);
  g_assert_cmpint (get_minimum (fixture->ours, GTK_ORIENTATION_HORIZONTAL), ==, 0);
  assert_alike (fixture, GTK_ORIENTATION_HORIZONTAL, -1);
  assert_alike (fixture, GTK_ORIENTATION_VERTICAL, 100);
}

/* Other fonts are other sizes, also when they come later. */
static void
test_line (Fixture       *fixture,
           gconstpointer  data)
{
  static const char * const classes[] = { "title-1", "caption", "body", "title-1" };
  GtkWidget *box = gtk_window_get_child (GTK_WINDOW (fixture->window));
  GtkWidget *plain = gtk_inscription_new ("A line");
  GtkWidget *ours = gtk_inscription_new ("Another one, which is much longer");

  gtk_box_append (GTK_BOX (box), plain);
  gtk_box_append (GTK_BOX (box), ours);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (plain), 4);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (ours), 4);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (plain), 9);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (ours), 9);
  gtk_widget_set_layout_manager (ours, g_object_new (ENFILADE_TYPE_LINE_LAYOUT, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      gtk_widget_set_css_classes (plain, (const char *[]) { classes[i], NULL });
      gtk_widget_set_css_classes (ours, (const char *[]) { classes[i], NULL });

      g_assert_cmpint (get_natural (ours, GTK_ORIENTATION_VERTICAL, -1), ==, get_natural (plain, GTK_ORIENTATION_VERTICAL, -1));
      g_assert_cmpint (get_natural (ours, GTK_ORIENTATION_HORIZONTAL, -1), ==,
                       get_natural (plain, GTK_ORIENTATION_HORIZONTAL, -1));
      g_assert_cmpint (get_minimum (ours, GTK_ORIENTATION_HORIZONTAL), ==, get_minimum (plain, GTK_ORIENTATION_HORIZONTAL));
    }
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();

#define ADD(name, function) g_test_add ("/app/text-layout/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("wraps-alike", test_wraps_alike);
  ADD ("longest-line", test_longest_line);
  ADD ("ellipsizes", test_ellipsizes);
  ADD ("line", test_line);
#undef ADD

  return g_test_run ();
}
