/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-message-quote.h"
#include "enfilade-message-text.h"

struct _EnfiladeMessageQuote
{
  GtkButton  parent_instance;

  GtkLabel  *name;
  GtkLabel  *excerpt;
};

G_DEFINE_FINAL_TYPE (EnfiladeMessageQuote, enfilade_message_quote, GTK_TYPE_BUTTON)

/**
 * enfilade_message_quote_show:
 * @self: a quote
 * @message: (nullable): the message that is answered, as far as it is known
 */
void
enfilade_message_quote_show (EnfiladeMessageQuote *self,
                             ChatMessage          *message)
{
  g_autofree char *excerpt = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (ENFILADE_IS_MESSAGE_QUOTE (self));
  g_return_if_fail (message == NULL || CHAT_IS_MESSAGE (message));

  if (message != NULL)
    {
      excerpt = enfilade_message_text_dup_excerpt (message);
      /* Translators: a button that goes to the message that is answered: who wrote it, and how it begins */
      spoken = g_strdup_printf (_("Go to the message of %1$s: %2$s"), enfilade_message_text_get_sender (message), excerpt);
    }

  gtk_label_set_label (self->name, message != NULL ? enfilade_message_text_get_sender (message) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->name), message != NULL);
  gtk_label_set_label (self->excerpt, excerpt != NULL ? excerpt : _("A message from before"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken != NULL ? spoken : _("Go to the message that this one answers"), -1);
}

static void
enfilade_message_quote_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ENFILADE_TYPE_MESSAGE_QUOTE);

  G_OBJECT_CLASS (enfilade_message_quote_parent_class)->dispose (object);
}

static void
enfilade_message_quote_class_init (EnfiladeMessageQuoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = enfilade_message_quote_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-message-quote.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMessageQuote, name);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMessageQuote, excerpt);
}

static void
enfilade_message_quote_init (EnfiladeMessageQuote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * enfilade_message_quote_new:
 *
 * Returns: (transfer floating): a new quote
 */
GtkWidget *
enfilade_message_quote_new (void)
{
  return g_object_new (ENFILADE_TYPE_MESSAGE_QUOTE, NULL);
}
