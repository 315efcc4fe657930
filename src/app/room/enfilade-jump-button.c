/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The button that leads from further up back to the newest messages, and says how many of them are new. */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-jump-button.h"

struct _EnfiladeJumpButton
{
  GtkButton  parent_instance;

  GtkLabel  *count;
};

G_DEFINE_FINAL_TYPE (EnfiladeJumpButton, enfilade_jump_button, GTK_TYPE_BUTTON)

/**
 * enfilade_jump_button_set_n_new:
 * @self: a button
 * @n_new: how many messages below the view are new
 */
void
enfilade_jump_button_set_n_new (EnfiladeJumpButton *self,
                                guint               n_new)
{
  g_autofree char *count = g_strdup_printf ("%u", n_new);
  g_autofree char *label = NULL;

  g_return_if_fail (ENFILADE_IS_JUMP_BUTTON (self));

  if (n_new > 0)
    label = g_strdup_printf (ngettext ("Go to the newest messages, %u new",
                                       "Go to the newest messages, %u new",
                                       n_new), n_new);

  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n_new > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : _("Go to the newest messages"), -1);
}

static void
enfilade_jump_button_class_init (EnfiladeJumpButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-jump-button.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeJumpButton, count);
}

static void
enfilade_jump_button_init (EnfiladeJumpButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  enfilade_jump_button_set_n_new (self, 0);
}

/**
 * enfilade_jump_button_new:
 *
 * Returns: (transfer floating): a new button, below which nothing is new
 */
GtkWidget *
enfilade_jump_button_new (void)
{
  return g_object_new (ENFILADE_TYPE_JUMP_BUTTON, NULL);
}
