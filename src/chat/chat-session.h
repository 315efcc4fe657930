/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-admin.h"
#include "chat-credentials.h"
#include "chat-enums.h"
#include "chat-notification-list.h"
#include "chat-room-list.h"
#include "chat-store.h"

G_BEGIN_DECLS

#define CHAT_TYPE_SESSION (chat_session_get_type ())

G_DECLARE_FINAL_TYPE (ChatSession, chat_session, CHAT, SESSION, GObject)

/* One account signed in: the three namespaces over one connection, and the models that follow what they say.
 *
 * Properties: credentials, connection (ChatConnection), next-attempt-time (monotonic µs, 0 when none waits), problem (why there is
 * no connection, in words; nullable), plain (no `session` came from the server), features, user-id, username, is-admin,
 * server-name, max-content-length (characters, 0 when not known), rooms, notifications, admin (nullable), n-waiting (messages that
 * wait to be sent).
 *
 * Signals:
 * message-received (ChatRoom, ChatMessage): a new message of somebody else; not history
 * notification-received (ChatNotification)
 * problem-reported (GError): something that a person should know and that has no place of its own: a refused /admin, a
 *   namespace that failed, a payload that did not fit
 * refused (GError): the server does not take the account any more; sign in again
 * credentials-changed: the token was refreshed; keep the new one */
ChatSession          *chat_session_new                    (ChatCredentials      *credentials);
ChatSession          *chat_session_new_with_store         (ChatCredentials      *credentials,
                                                           ChatStore            *store);
ChatStore            *chat_session_get_store              (ChatSession          *self);

ChatCredentials      *chat_session_get_credentials        (ChatSession          *self);
ChatConnection        chat_session_get_connection         (ChatSession          *self);
gint64                chat_session_get_next_attempt_time  (ChatSession          *self);
const char           *chat_session_get_problem            (ChatSession          *self);
gboolean              chat_session_get_plain              (ChatSession          *self);
ChatFeatures          chat_session_get_features           (ChatSession          *self);
const char           *chat_session_get_user_id            (ChatSession          *self);
const char           *chat_session_get_username           (ChatSession          *self);
gboolean              chat_session_get_is_admin           (ChatSession          *self);
const char           *chat_session_get_server_name        (ChatSession          *self);
guint                 chat_session_get_max_content_length (ChatSession          *self);
ChatRoomList         *chat_session_get_rooms              (ChatSession          *self);
ChatNotificationList *chat_session_get_notifications      (ChatSession          *self);
ChatAdmin            *chat_session_get_admin              (ChatSession          *self);
guint                 chat_session_get_n_waiting          (ChatSession          *self);

void                  chat_session_start                  (ChatSession          *self);
void                  chat_session_stop                   (ChatSession          *self);
void                  chat_session_retry_now              (ChatSession          *self);

/* Joins a room by its id, also one that is not in the list: plain servers have no list. (transfer full) */
void                  chat_session_join_room_async        (ChatSession          *self,
                                                           const char           *room_id,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
ChatRoom             *chat_session_join_room_finish       (ChatSession          *self,
                                                           GAsyncResult         *result,
                                                           GError              **error);
void                  chat_session_create_room_async      (ChatSession          *self,
                                                           const char           *name,
                                                           const char           *topic,
                                                           gboolean              is_private,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
ChatRoom             *chat_session_create_room_finish     (ChatSession          *self,
                                                           GAsyncResult         *result,
                                                           GError              **error);

G_END_DECLS
