/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-unread-row.h"

struct _EnfiladeUnreadRow
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (EnfiladeUnreadRow, enfilade_unread_row, GTK_TYPE_WIDGET)

static void
add_line (EnfiladeUnreadRow *self)
{
  GtkWidget *line = g_object_new (GTK_TYPE_SEPARATOR,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "hexpand", TRUE,
                                  "valign", GTK_ALIGN_CENTER,
                                  NULL);

  gtk_widget_set_parent (line, GTK_WIDGET (self));
}

static void
enfilade_unread_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (enfilade_unread_row_parent_class)->dispose (object);
}

static void
enfilade_unread_row_class_init (EnfiladeUnreadRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_unread_row_dispose;

  gtk_widget_class_set_css_name (widget_class, "unread-row");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEPARATOR);
}

static void
enfilade_unread_row_init (EnfiladeUnreadRow *self)
{
  /* Translators: stands over the first message that was not read yet */
  const char *text = _("New messages");

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  add_line (self);
  gtk_widget_set_parent (gtk_label_new (text), GTK_WIDGET (self));
  add_line (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/**
 * enfilade_unread_row_new:
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
enfilade_unread_row_new (void)
{
  return g_object_new (ENFILADE_TYPE_UNREAD_ROW, NULL);
}
