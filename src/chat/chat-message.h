/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "chat-enums.h"

G_BEGIN_DECLS

#define CHAT_TYPE_MESSAGE (chat_message_get_type ())

G_DECLARE_FINAL_TYPE (ChatMessage, chat_message, CHAT, MESSAGE, GObject)

/* A message without a number, as plain servers send them. */
#define CHAT_NO_SEQ (-1)

/* Properties: id, client-id, room-id, sender-id, sender-name, content, timestamp, seq, own, mentions-me, delivery, error, reply-to (the id
 * of the message that it answers, nullable), edited-at (milliseconds, 0 for never), deleted.
 * A message that changes is changed in place, so that its row and the reader's position stay. */
ChatMessage  *chat_message_new             (const char   *id,
                                            const char   *room_id,
                                            const char   *sender_id,
                                            const char   *sender_name,
                                            const char   *content,
                                            gint64        timestamp,
                                            gint64        seq);
ChatMessage  *chat_message_new_outgoing    (const char   *client_id,
                                            const char   *room_id,
                                            const char   *sender_id,
                                            const char   *sender_name,
                                            const char   *content,
                                            gint64        timestamp);

const char   *chat_message_get_id          (ChatMessage  *self);
const char   *chat_message_get_client_id   (ChatMessage  *self);
const char   *chat_message_get_room_id     (ChatMessage  *self);
const char   *chat_message_get_sender_id   (ChatMessage  *self);
const char   *chat_message_get_sender_name (ChatMessage  *self);
const char   *chat_message_get_content     (ChatMessage  *self);
gint64        chat_message_get_timestamp   (ChatMessage  *self);
gint64        chat_message_get_seq         (ChatMessage  *self);
gboolean      chat_message_get_own         (ChatMessage  *self);
gboolean      chat_message_get_mentions_me (ChatMessage  *self);
ChatDelivery  chat_message_get_delivery    (ChatMessage  *self);
const char   *chat_message_get_error       (ChatMessage  *self);
const char   *chat_message_get_reply_to    (ChatMessage  *self);
gint64        chat_message_get_edited_at   (ChatMessage  *self);
gboolean      chat_message_get_deleted     (ChatMessage  *self);

void          chat_message_set_sender_name (ChatMessage  *self,
                                            const char   *sender_name);
void          chat_message_set_client_id   (ChatMessage  *self,
                                            const char   *client_id);
void          chat_message_set_content     (ChatMessage  *self,
                                            const char   *content);
void          chat_message_set_own         (ChatMessage  *self,
                                            gboolean      own);
void          chat_message_set_mentions_me (ChatMessage  *self,
                                            gboolean      mentions_me);
void          chat_message_set_reply_to    (ChatMessage  *self,
                                            const char   *reply_to);
void          chat_message_set_edited_at   (ChatMessage  *self,
                                            gint64        edited_at);
void          chat_message_set_deleted     (ChatMessage  *self);
void          chat_message_set_delivery    (ChatMessage  *self,
                                            ChatDelivery  delivery,
                                            const char   *error);
void          chat_message_confirm         (ChatMessage  *self,
                                            const char   *id,
                                            gint64        timestamp,
                                            gint64        seq);
gboolean      chat_message_update          (ChatMessage  *self,
                                            ChatMessage  *newer);

int           chat_message_compare         (ChatMessage  *self,
                                            ChatMessage  *other);
GDateTime    *chat_message_dup_date_time   (ChatMessage  *self);

G_END_DECLS
