/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the session share, and what a room may ask of it: chat-session.c holds the state, -connection.c makes and
 * keeps the connection, -refresh.c the token, -call.c asks the server, -rooms.c joins and makes rooms, -chat.c, -notifications.c and -admin.c follow what the
 * three namespaces say, and -delivery.c sends messages. */

#pragma once

#include <socketio-glib.h>

#include "chat-outbox-private.h"
#include "chat-protocol-private.h"
#include "chat-server.h"
#include "chat-session.h"
#include "chat-store-private.h"

G_BEGIN_DECLS

struct _ChatSession
{
  GObject               parent_instance;

  ChatCredentials      *credentials;
  ChatServer           *server;
  ChatStore            *store;
  ChatRoomList         *rooms;
  ChatNotificationList *notifications;
  ChatAdmin            *admin;
  ChatOutbox           *outbox;

  /* Of one start. */
  SioManager           *manager;
  SioSocket            *chat_socket;
  SioSocket            *notifications_socket;
  SioSocket            *admin_socket;
  GCancellable         *cancellable;
  GPtrArray            *auth_tasks;

  /* The events of this connection whose payload did not fit and was reported. */
  GHashTable           *reported;

  char                 *user_id;
  char                 *username;
  char                 *server_name;
  char                 *problem;
  gint64                next_attempt_time;
  gint64                reopen_time;
  ChatConnection        connection;
  ChatFeatures          features;
  guint                 max_content_length;
  guint                 reopen_source;
  guint                 n_reopenings;
  guint                 plain_source;

  guint                 plain : 1;
  /* Whether it is known which kind of server this is. */
  guint                 mode_known : 1;
  guint                 is_admin : 1;
  guint                 started : 1;
  guint                 refused : 1;
  guint                 was_online : 1;
  guint                 refreshing : 1;
  guint                 tried_refresh : 1;
  guint                 cannot_refresh : 1;
};

/* State */
void          chat_session_set_connection       (ChatSession          *self,
                                                 ChatConnection        connection);
void          chat_session_set_next_attempt     (ChatSession          *self,
                                                 gint64                time);
void          chat_session_set_problem          (ChatSession          *self,
                                                 const char           *problem);
void          chat_session_set_plain            (ChatSession          *self,
                                                 gboolean              plain);
void          chat_session_set_features         (ChatSession          *self,
                                                 ChatFeatures          features);
void          chat_session_set_user             (ChatSession          *self,
                                                 const char           *user_id,
                                                 const char           *username);
void          chat_session_set_is_admin         (ChatSession          *self,
                                                 gboolean              is_admin);
void          chat_session_set_server           (ChatSession          *self,
                                                 const char           *name,
                                                 gint64                max_content_length);
void          chat_session_set_admin            (ChatSession          *self,
                                                 ChatAdmin            *admin);
void          chat_session_emit_refused         (ChatSession          *self,
                                                 const GError         *error);
void          chat_session_emit_changed         (ChatSession          *self);
void          chat_session_emit_notification    (ChatSession          *self,
                                                 ChatNotification     *notification);
void          chat_session_read_token           (ChatSession          *self);

/* Connection */
void          chat_session_connect              (ChatSession          *self);
void          chat_session_disconnect           (ChatSession          *self);
void          chat_session_update_connection    (ChatSession          *self);
void          chat_session_refuse               (ChatSession          *self,
                                                 const GError         *error);
void          chat_session_reopen_later         (ChatSession          *self,
                                                 guint                 delay_ms);
void          chat_session_reopen_now           (ChatSession          *self);
char         *chat_session_describe_error       (const GError         *error);

/* Token */
void          chat_session_provide_auth         (SioSocket            *socket,
                                                 GTask                *task,
                                                 gpointer              user_data);
void          chat_session_refresh              (ChatSession          *self);
void          chat_session_end_refresh          (ChatSession          *self);

/* Asking */
gboolean      chat_session_can_ask              (ChatSession          *self);
gboolean      chat_session_emit                 (ChatSession          *self,
                                                 const char           *event,
                                                 SioValue             *arguments,
                                                 SioEmitFlags          flags);
void          chat_session_call_async           (ChatSession          *self,
                                                 const char           *event,
                                                 SioValue             *arguments,
                                                 guint                 timeout_ms,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
SioValue     *chat_session_call_finish          (ChatSession          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void          chat_session_report               (ChatSession          *self,
                                                 const GError         *error);
void          chat_session_report_invalid       (ChatSession          *self,
                                                 const char           *event,
                                                 const GError         *error);

/* Namespaces */
void          chat_session_follow_chat          (ChatSession          *self);
ChatRoom     *chat_session_ensure_room          (ChatSession          *self,
                                                 const char           *id,
                                                 const char           *name);
void          chat_session_drop_room            (ChatSession          *self,
                                                 ChatRoom             *room);
void          chat_session_chat_opened          (ChatSession          *self);
void          chat_session_chat_closed          (ChatSession          *self);
void          chat_session_follow_notifications (ChatSession          *self);
void          chat_session_room_was_read        (ChatSession          *self,
                                                 ChatRoom             *room);
void          chat_session_update_admin         (ChatSession          *self);
void          chat_session_close_admin          (ChatSession          *self);

/* Messages */
void          chat_session_message_received     (ChatSession          *self,
                                                 ChatRoom             *room,
                                                 ChatMessage          *message);
ChatMessage  *chat_session_find_echoed          (ChatSession          *self,
                                                 ChatRoom             *room,
                                                 ChatMessage          *message);
ChatMessage  *chat_session_find_told            (ChatSession          *self,
                                                 ChatRoom             *room,
                                                 ChatMessage          *message);
void          chat_session_deliver              (ChatSession          *self,
                                                 ChatRoom             *room);
void          chat_session_deliver_all          (ChatSession          *self);
void          chat_session_give_up              (ChatSession          *self,
                                                 ChatRoom             *room,
                                                 const char           *reason);
void          chat_session_delivery_interrupted (ChatSession          *self);

G_END_DECLS
