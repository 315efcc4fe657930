/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-message.h"

G_BEGIN_DECLS

/* What the store calls a message: the order in which messages were said, over all rooms. */
#define CHAT_NO_NUMBER (-1)

gint64 chat_message_get_number (ChatMessage *self);
void   chat_message_set_number (ChatMessage *self,
                                gint64       number);

G_END_DECLS
