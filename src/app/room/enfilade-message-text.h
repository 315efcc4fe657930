/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-message.h"

G_BEGIN_DECLS

/* What is shown of a message's text, kept with the message, not with its row: rows are used again for other messages. */
const char *enfilade_message_text_get_markup  (ChatMessage *message);
gboolean    enfilade_message_text_is_cut      (ChatMessage *message);
void        enfilade_message_text_show_more   (ChatMessage *message);
char       *enfilade_message_text_dup_spoken  (ChatMessage *message);
const char *enfilade_message_text_get_sender  (ChatMessage *message);
char       *enfilade_message_text_dup_excerpt (ChatMessage *message);
const char *enfilade_message_text_get_deleted (void);

G_END_DECLS
