/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-message.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_MESSAGE_QUOTE (enfilade_message_quote_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeMessageQuote, enfilade_message_quote, ENFILADE, MESSAGE_QUOTE, GtkButton)

/* What a message answers, on one line over it; clicked to go there. */
GtkWidget *enfilade_message_quote_new  (void);
void       enfilade_message_quote_show (EnfiladeMessageQuote *self,
                                        ChatMessage          *message);

G_END_DECLS
