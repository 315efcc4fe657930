/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-message.h"
#include "chat-store-private.h"

G_BEGIN_DECLS

#define CHAT_TYPE_OUTBOX (chat_outbox_get_type ())

G_DECLARE_FINAL_TYPE (ChatOutbox, chat_outbox, CHAT, OUTBOX, GObject)

/* The messages that were written here and that no server has confirmed, in the order in which they were written: those that wait,
 * and those of which a person has to decide. It says what is to be sent next in each room; sending is its user's. All of it is in
 * the store. Properties: n-waiting. Signals: undelivered-changed (the id of a room), when another number of its messages failed or was
 * not confirmed. */
ChatOutbox  *chat_outbox_new             (ChatStore    *store,
                                          const char   *user_id,
                                          const char   *username);
void         chat_outbox_set_knows_repeats (ChatOutbox *self,
                                          gboolean      knows_repeats);
guint        chat_outbox_get_n_waiting   (ChatOutbox   *self);
void         chat_outbox_count_undelivered (ChatOutbox *self,
                                          const char   *room_id,
                                          guint        *n_failed,
                                          guint        *n_unconfirmed);
GPtrArray   *chat_outbox_list            (ChatOutbox   *self,
                                          const char   *room_id);
ChatMessage *chat_outbox_get_last        (ChatOutbox   *self,
                                          const char   *room_id);
ChatMessage *chat_outbox_find            (ChatOutbox   *self,
                                          const char   *client_id);
ChatMessage *chat_outbox_find_echoed     (ChatOutbox   *self,
                                          const char   *room_id,
                                          const char   *content);
ChatMessage *chat_outbox_find_told       (ChatOutbox   *self,
                                          const char   *room_id,
                                          const char   *content,
                                          gint64        seq);

/* On the disk when it ends; only then it is here, WAITING. One that is here already waits again. */
void         chat_outbox_add_async       (ChatOutbox   *self,
                                          ChatMessage  *message,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer      user_data);
gboolean     chat_outbox_add_finish      (ChatOutbox   *self,
                                          GAsyncResult *result,
                                          GError      **error);

/* What is on its way. */
ChatMessage *chat_outbox_next            (ChatOutbox   *self,
                                          const char   *room_id);
gboolean     chat_outbox_is_waiting      (ChatOutbox   *self,
                                          ChatMessage  *message);
gboolean     chat_outbox_is_unsent       (ChatOutbox   *self,
                                          ChatMessage  *message);
gboolean     chat_outbox_is_sending      (ChatOutbox   *self,
                                          const char   *room_id);
void         chat_outbox_mark_leaving    (ChatOutbox   *self,
                                          ChatMessage  *message);
void         chat_outbox_mark_kept       (ChatOutbox   *self,
                                          ChatMessage  *message,
                                          ChatSent      sent);
gboolean     chat_outbox_is_kept_with_id (ChatOutbox   *self,
                                          ChatMessage  *message);
void         chat_outbox_mark_sent       (ChatOutbox   *self,
                                          ChatMessage  *message,
                                          ChatSent      sent);
void         chat_outbox_mark_unsent     (ChatOutbox   *self,
                                          ChatMessage  *message);
void         chat_outbox_take_back       (ChatOutbox   *self,
                                          ChatMessage  *message);
void         chat_outbox_set_sent_after  (ChatOutbox   *self,
                                          ChatMessage  *message,
                                          gint64        seq);
void         chat_outbox_set_all_sent_after (ChatOutbox *self,
                                          const char   *room_id,
                                          gint64        seq);
void         chat_outbox_expect_no_echo  (ChatOutbox   *self);

/* What became of it. */
gboolean     chat_outbox_confirm         (ChatOutbox   *self,
                                          ChatMessage  *message);
void         chat_outbox_fail            (ChatOutbox   *self,
                                          ChatMessage  *message,
                                          const char   *reason);
gboolean     chat_outbox_remove          (ChatOutbox   *self,
                                          ChatMessage  *message);
void         chat_outbox_interrupt       (ChatOutbox   *self);
void         chat_outbox_doubt_sent_with_id (ChatOutbox *self,
                                          const char   *room_id);
void         chat_outbox_resume_sent_with_id (ChatOutbox *self,
                                          const char   *room_id);
void         chat_outbox_recount         (ChatOutbox   *self);

G_END_DECLS
