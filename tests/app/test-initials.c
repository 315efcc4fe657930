/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "enfilade-initials.h"
#include "test-app.h"

static GtkLabel *
find_label (GtkWidget *widget)
{
  GtkWidget *child = NULL;

  if (GTK_IS_LABEL (widget))
    return GTK_LABEL (widget);

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *label = find_label (child);

      if (label != NULL)
        return label;
    }

  return NULL;
}

/* Of both there are some in one window, of the same people. */
static void
test_like_avatar (void)
{
  static const char * const names[] = {
    "mira", "Ben Ørsted", "ana maria de la cruz", "  spaced  ", "éclair", "e\xcc\x81" "clair", "東京", "ß", "1", "-",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GtkWidget) avatar = g_object_ref_sink (adw_avatar_new (32, names[i], TRUE));
      g_autoptr(GtkWidget) initials = g_object_ref_sink (enfilade_initials_new (32));
      g_auto(GStrv) classes = NULL;

      enfilade_initials_set_name (initials, names[i]);
      g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (initials)), ==, gtk_label_get_label (find_label (avatar)));

      classes = gtk_widget_get_css_classes (initials);
      g_assert_cmpuint (g_strv_length (classes), ==, 1);
      g_assert_true (gtk_widget_has_css_class (gtk_widget_get_first_child (avatar), classes[0]));
      g_assert_cmpstr (gtk_widget_get_css_name (initials), ==, gtk_widget_get_css_name (gtk_widget_get_first_child (avatar)));
    }
}

static void
test_changes (void)
{
  g_autoptr(GtkWidget) initials = g_object_ref_sink (enfilade_initials_new (40));

  enfilade_initials_set_name (initials, "mira");
  enfilade_initials_set_name (initials, "");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (initials)), ==, "");
  enfilade_initials_set_name (initials, "ben");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (initials)), ==, "B");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/initials/like-avatar", test_like_avatar);
  g_test_add_func ("/app/initials/changes", test_changes);

  return g_test_run ();
}
