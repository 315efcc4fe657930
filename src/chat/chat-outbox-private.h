/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-message.h"

G_BEGIN_DECLS

#define CHAT_TYPE_OUTBOX (chat_outbox_get_type ())

G_DECLARE_FINAL_TYPE (ChatOutbox, chat_outbox, CHAT, OUTBOX, GObject)

/* The messages that were written here and that no server has confirmed, in the order in which they were written. It says what is
 * to be sent next in each room; sending is its user's. Properties: n-waiting. */
ChatOutbox  *chat_outbox_new             (void);
guint        chat_outbox_get_n_waiting   (ChatOutbox  *self);
void         chat_outbox_add             (ChatOutbox  *self,
                                          ChatMessage *message);
gboolean     chat_outbox_contains        (ChatOutbox  *self,
                                          ChatMessage *message);
gboolean     chat_outbox_is_unsent       (ChatOutbox  *self,
                                          ChatMessage *message);
ChatMessage *chat_outbox_find            (ChatOutbox  *self,
                                          const char  *client_id);
ChatMessage *chat_outbox_find_sent       (ChatOutbox  *self,
                                          const char  *room_id,
                                          const char  *content);
ChatMessage *chat_outbox_next            (ChatOutbox  *self,
                                          const char  *room_id);
gboolean     chat_outbox_is_sending      (ChatOutbox  *self,
                                          const char  *room_id);
void         chat_outbox_mark_sent       (ChatOutbox  *self,
                                          ChatMessage *message);
void         chat_outbox_mark_unsent     (ChatOutbox  *self,
                                          ChatMessage *message);
gboolean     chat_outbox_confirm         (ChatOutbox  *self,
                                          ChatMessage *message);
gboolean     chat_outbox_fail            (ChatOutbox  *self,
                                          ChatMessage *message,
                                          const char  *reason);
void         chat_outbox_give_up_sent    (ChatOutbox  *self);
void         chat_outbox_all_unsent      (ChatOutbox  *self);

G_END_DECLS
