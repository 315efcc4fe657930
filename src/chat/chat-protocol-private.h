/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wire's JSON and the chat's typed values. What is behind these functions is the only place that knows the names of the
 * protocol's members. Decoding is total: whatever a server sends, there is a value or a CHAT_ERROR_INVALID that names the event
 * and the member. Where somebody waits for the answer, the log names them, and the error says that it was not understood. Members
 * that are not known are passed over; those that are optional may be null. */

#pragma once

#include <socketio-glib.h>

#include "chat-alert.h"
#include "chat-enums.h"
#include "chat-error.h"
#include "chat-member.h"
#include "chat-message.h"
#include "chat-notification.h"

G_BEGIN_DECLS

#define CHAT_PROTOCOL_VERSION 1

/* Longer ones are no ids and names but an attack on the layout or on the memory. Counted in bytes. */
#define CHAT_PROTOCOL_MAX_ID 256
#define CHAT_PROTOCOL_MAX_NAME 1024
#define CHAT_PROTOCOL_MAX_TEXT (2 * 1024 * 1024)
#define CHAT_PROTOCOL_MAX_ITEMS 100000

/* A number that the server left out. */
#define CHAT_NOT_SAID (-1)

typedef struct
{
  char     *id;
  char     *name;
  char     *topic;
  gint64    member_count;
  gint64    last_seq;
  gint64    read_seq;
  gint64    unread;
  gint64    mentions;
  gboolean  is_private;
} ChatRoomInfo;

typedef struct
{
  char         *user_id;
  char         *username;
  char         *server_name;
  char         *server_version;
  GPtrArray    *rooms;
  GHashTable   *joined;
  gint64        max_content_length;
  gint64        max_file_bytes;
  ChatFeatures  features;
  gboolean      is_admin;
} ChatSessionInfo;

typedef struct
{
  char      *room_id;
  char      *room_name;
  char      *error;
  char      *code;
  GPtrArray *members;
  gint64     retry_after;
  gboolean   success;
} ChatJoinResult;

typedef struct
{
  char       *room_id;
  ChatMember *member;
  gint64      member_count;
  gboolean    joined;
} ChatRoomUpdate;

typedef struct
{
  char *user_id;
  char *username;
  char *room_id;
} ChatTyping;

typedef struct
{
  char     *user_id;
  gint64    last_seen;
  gboolean  online;
} ChatPresence;

typedef struct
{
  char     *room_id;
  gint64    seq;
  /* What came after it is to be read again. */
  gboolean  back;
} ChatReadMark;

/* A stretch of a room in order, or what a search found, newest first. */
typedef struct
{
  GPtrArray *messages;
  gboolean   has_more;
} ChatHistory;

typedef struct
{
  char   *id;
  double  uptime;
  double  cpu;
  double  event_loop_lag;
  gint64  connections;
  gint64  rss;
} ChatNodeStats;

typedef struct
{
  GPtrArray *nodes;
  double     connected_users;
  double     active_rooms;
  double     message_rate;
} ChatStats;

typedef struct
{
  char              *name;
  char              *version;
  gint64             max_file_bytes;
  ChatSignInMethods  sign_in;
} ChatServerInfo;

typedef struct
{
  char     *token;
  char     *user_id;
  char     *username;
  gint64    expires_at;
  gboolean  is_admin;
} ChatSignedIn;

void chat_room_info_free    (ChatRoomInfo    *self);
void chat_session_info_free (ChatSessionInfo *self);
void chat_join_result_free  (ChatJoinResult  *self);
void chat_room_update_free  (ChatRoomUpdate  *self);
void chat_typing_free       (ChatTyping      *self);
void chat_presence_free     (ChatPresence    *self);
void chat_read_mark_free    (ChatReadMark    *self);
void chat_history_free      (ChatHistory     *self);
void chat_node_stats_free   (ChatNodeStats   *self);
void chat_stats_free        (ChatStats       *self);
void chat_server_info_free  (ChatServerInfo  *self);
void chat_signed_in_free    (ChatSignedIn    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatRoomInfo, chat_room_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatSessionInfo, chat_session_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatJoinResult, chat_join_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatRoomUpdate, chat_room_update_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatTyping, chat_typing_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatPresence, chat_presence_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatReadMark, chat_read_mark_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatHistory, chat_history_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatNodeStats, chat_node_stats_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatStats, chat_stats_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatServerInfo, chat_server_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatSignedIn, chat_signed_in_free)

/* /chat: rooms. Each takes the first argument of an event or of an acknowledgement, NULL where there is none. */
ChatSessionInfo *chat_protocol_read_session      (SioValue    *value,
                                                  GError     **error);
ChatRoomInfo    *chat_protocol_read_room         (SioValue    *value,
                                                  GError     **error);
char            *chat_protocol_read_room_id      (SioValue    *value,
                                                  const char  *event,
                                                  GError     **error);
ChatRoomUpdate  *chat_protocol_read_room_update  (SioValue    *value,
                                                  GError     **error);
ChatJoinResult  *chat_protocol_read_join_result  (SioValue    *value,
                                                  GError     **error);
gboolean         chat_protocol_read_leave_result (SioValue    *value,
                                                  GError     **error);
ChatRoomInfo    *chat_protocol_read_created_room (SioValue    *value,
                                                  GError     **error);
GPtrArray       *chat_protocol_read_room_list    (SioValue    *value,
                                                  GError     **error);

/* /chat: messages. @user_id is the reader's own: it makes a message one's own or a mention. */
ChatMessage     *chat_protocol_read_message      (SioValue    *value,
                                                  const char  *event,
                                                  const char  *user_id,
                                                  GError     **error);
ChatMessage     *chat_protocol_read_send_result  (SioValue    *value,
                                                  const char  *user_id,
                                                  guint       *retry_after_ms,
                                                  GError     **error);
ChatHistory     *chat_protocol_read_history      (SioValue    *value,
                                                  const char  *user_id,
                                                  GError     **error);
ChatHistory     *chat_protocol_read_search_result (SioValue   *value,
                                                  const char  *user_id,
                                                  GError     **error);
ChatTyping      *chat_protocol_read_typing       (SioValue    *value,
                                                  GError     **error);
ChatPresence    *chat_protocol_read_presence     (SioValue    *value,
                                                  GError     **error);
ChatReadMark    *chat_protocol_read_read_mark    (SioValue    *room_id,
                                                  SioValue    *seq,
                                                  SioValue    *options,
                                                  GError     **error);

/* /notifications */
ChatNotification *chat_protocol_read_notification    (SioValue  *value,
                                                      GError   **error);
GPtrArray        *chat_protocol_read_notifications   (SioValue  *value,
                                                      GError   **error);
char             *chat_protocol_read_notification_id (SioValue  *value,
                                                      GError   **error);

/* /admin */
ChatStats        *chat_protocol_read_stats         (SioValue  *value,
                                                    GError   **error);
ChatAlert        *chat_protocol_read_alert         (SioValue  *value,
                                                    GError   **error);
GPtrArray        *chat_protocol_read_alerts        (SioValue  *value,
                                                    GError   **error);
char             *chat_protocol_read_alert_cleared (SioValue  *value,
                                                    GError   **error);

/* HTTP: the body of an answer. */
ChatServerInfo   *chat_protocol_read_server_info (SioValue  *body,
                                                  GError   **error);
ChatSignedIn     *chat_protocol_read_signed_in   (SioValue  *body,
                                                  GError   **error);
void              chat_protocol_read_http_error  (SioValue  *body,
                                                  guint      status,
                                                  GError   **error);

/* The `data` of a connect_error and the server's message, as an error of ours. */
GError           *chat_protocol_read_refusal (const char *message,
                                              SioValue   *data,
                                              guint      *retry_after_ms);

/* What is sent: arguments of events, except the first, which is an object. */
SioValue *chat_protocol_write_auth           (const char *token);
SioValue *chat_protocol_write_string         (const char *string);
SioValue *chat_protocol_write_nothing        (void);
SioValue *chat_protocol_write_send           (const char *content,
                                              const char *room_id,
                                              const char *client_id,
                                              const char *reply_to);
SioValue *chat_protocol_write_history_before (const char *room_id,
                                              gint64      before,
                                              guint       limit);
SioValue *chat_protocol_write_history_after  (const char *room_id,
                                              gint64      after,
                                              guint       limit);
SioValue *chat_protocol_write_history_around (const char *room_id,
                                              gint64      around,
                                              guint       limit);
SioValue *chat_protocol_write_search         (const char *query,
                                              const char *room_id,
                                              const char *sender_id,
                                              gint64      before,
                                              guint       limit);
SioValue *chat_protocol_write_read_mark      (const char *room_id,
                                              gint64      seq,
                                              gboolean    back);
SioValue *chat_protocol_write_create_room    (const char *name,
                                              const char *topic,
                                              gboolean    is_private);
char     *chat_protocol_write_sign_in        (const char *username,
                                              const char *password);

G_END_DECLS
