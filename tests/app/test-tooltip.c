/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "enfilade-tooltip.h"

static GtkWidget *
create_button (void)
{
  return g_object_ref_sink (gtk_button_new ());
}

/* What GTK asks when the pointer rests on @widget: it shows what it is told. */
static gboolean
query (GtkWidget *widget)
{
  g_autoptr(GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown = FALSE;

  g_assert_true (gtk_widget_get_has_tooltip (widget));
  g_signal_emit_by_name (widget, "query-tooltip", 0, 0, FALSE, tooltip, &shown);

  return shown;
}

static void
test_template (void)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GtkWidget) button = NULL;

  g_type_ensure (ENFILADE_TYPE_TOOLTIP);
  gtk_builder_add_from_string (builder,
                               "<interface>"
                               "  <object class='GtkButton' id='button'/>"
                               "  <object class='EnfiladeTooltip'>"
                               "    <property name='text'>Members</property>"
                               "    <property name='widget'>button</property>"
                               "  </object>"
                               "</interface>", -1, &error);
  g_assert_no_error (error);
  button = g_object_ref (GTK_WIDGET (gtk_builder_get_object (builder, "button")));
  g_clear_object (&builder);

  g_assert_cmpstr (enfilade_tooltip_get_text (button), ==, "Members");
  g_assert_true (query (button));
}

static void
test_changes (void)
{
  g_autoptr(GtkWidget) button = create_button ();
  g_autoptr(EnfiladeTooltip) tooltip = NULL;

  g_assert_null (enfilade_tooltip_get_text (button));
  tooltip = g_object_new (ENFILADE_TYPE_TOOLTIP, "widget", button, NULL);
  g_assert_null (enfilade_tooltip_get_text (button));
  g_assert_false (query (button));

  g_object_set (tooltip, "text", "One unread", NULL);
  g_assert_cmpstr (enfilade_tooltip_get_text (button), ==, "One unread");
  g_assert_true (query (button));

  g_object_set (tooltip, "text", NULL, NULL);
  g_assert_false (query (button));
}

static void
test_goes_with_widget (void)
{
  GtkWidget *button = create_button ();
  EnfiladeTooltip *tooltip = g_object_new (ENFILADE_TYPE_TOOLTIP, "text", "Send", "widget", button, NULL);

  g_object_add_weak_pointer (G_OBJECT (tooltip), (gpointer *) &tooltip);
  g_object_unref (tooltip);
  g_assert_nonnull (tooltip);
  g_object_unref (button);
  g_assert_null (tooltip);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/app/tooltip/template", test_template);
  g_test_add_func ("/app/tooltip/changes", test_changes);
  g_test_add_func ("/app/tooltip/goes-with-widget", test_goes_with_widget);

  return g_test_run ();
}
