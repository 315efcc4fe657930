/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a message was not sent, and what one may do about it. Most messages were, so most rows have none. */

#include "config.h"

#include "enfilade-message-trouble.h"

struct _EnfiladeMessageTrouble
{
  GtkWidget  parent_instance;

  GtkLabel  *reason;
  GtkWidget *buttons;
};

G_DEFINE_FINAL_TYPE (EnfiladeMessageTrouble, enfilade_message_trouble, GTK_TYPE_WIDGET)

enum
{
  RETRY,
  EDIT,
  DISCARD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
retry_cb (EnfiladeMessageTrouble *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
edit_cb (EnfiladeMessageTrouble *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
discard_cb (EnfiladeMessageTrouble *self)
{
  g_signal_emit (self, signals[DISCARD], 0);
}

void
enfilade_message_trouble_set_reason (EnfiladeMessageTrouble *self,
                                     const char             *reason)
{
  g_return_if_fail (ENFILADE_IS_MESSAGE_TROUBLE (self));
  g_return_if_fail (reason != NULL);

  gtk_label_set_label (self->reason, reason);
}

static void
enfilade_message_trouble_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ENFILADE_TYPE_MESSAGE_TROUBLE);

  G_OBJECT_CLASS (enfilade_message_trouble_parent_class)->dispose (object);
}

static void
enfilade_message_trouble_class_init (EnfiladeMessageTroubleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = enfilade_message_trouble_dispose;

  signals[RETRY] = g_signal_new ("retry", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISCARD] = g_signal_new ("discard", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-message-trouble.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMessageTrouble, reason);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMessageTrouble, buttons);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_set_css_name (widget_class, "message-trouble");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
enfilade_message_trouble_init (EnfiladeMessageTrouble *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * enfilade_message_trouble_new:
 *
 * Returns: (transfer floating): a new widget
 */
GtkWidget *
enfilade_message_trouble_new (void)
{
  return g_object_new (ENFILADE_TYPE_MESSAGE_TROUBLE, NULL);
}
