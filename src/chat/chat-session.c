/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-jwt-private.h"
#include "chat-room-list-private.h"
#include "chat-room-private.h"
#include "chat-session-private.h"
#include "chat-utils-private.h"

enum
{
  PROP_0,
  PROP_CREDENTIALS,
  PROP_CONNECTION,
  PROP_NEXT_ATTEMPT_TIME,
  PROP_PROBLEM,
  PROP_PLAIN,
  PROP_FEATURES,
  PROP_USER_ID,
  PROP_USERNAME,
  PROP_IS_ADMIN,
  PROP_SERVER_NAME,
  PROP_MAX_CONTENT_LENGTH,
  PROP_ROOMS,
  PROP_NOTIFICATIONS,
  PROP_ADMIN,
  PROP_N_WAITING,
  N_PROPS
};

enum
{
  MESSAGE_RECEIVED,
  NOTIFICATION_RECEIVED,
  PROBLEM_REPORTED,
  REFUSED,
  CREDENTIALS_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (ChatSession, chat_session, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
chat_session_dismiss_rooms (ChatSession *self)
{
  g_autoptr(GPtrArray) rooms = chat_room_list_snapshot (self->rooms);

  for (guint i = 0; i < rooms->len; i++)
    chat_room_dismiss (g_ptr_array_index (rooms, i));

  chat_room_list_clear (self->rooms);
}

static void
chat_session_dispose (GObject *object)
{
  ChatSession *self = CHAT_SESSION (object);

  chat_session_stop (self);

  /* A room may outlive us by what waits for the store: what it has to say it says now. */
  if (self->rooms != NULL)
    chat_session_dismiss_rooms (self);

  G_OBJECT_CLASS (chat_session_parent_class)->dispose (object);
}

static void
chat_session_finalize (GObject *object)
{
  ChatSession *self = CHAT_SESSION (object);

  g_clear_object (&self->credentials);
  g_clear_object (&self->server);
  g_clear_object (&self->rooms);
  g_clear_object (&self->notifications);
  g_clear_object (&self->outbox);
  g_clear_object (&self->store);
  g_ptr_array_unref (self->auth_tasks);
  g_hash_table_unref (self->reported);
  g_free (self->user_id);
  g_free (self->username);
  g_free (self->server_name);
  g_free (self->problem);

  G_OBJECT_CLASS (chat_session_parent_class)->finalize (object);
}

static void
chat_session_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  ChatSession *self = CHAT_SESSION (object);

  switch (prop_id)
    {
    case PROP_CREDENTIALS:
      g_value_set_object (value, self->credentials);
      break;

    case PROP_CONNECTION:
      g_value_set_enum (value, self->connection);
      break;

    case PROP_NEXT_ATTEMPT_TIME:
      g_value_set_int64 (value, self->next_attempt_time);
      break;

    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;

    case PROP_PLAIN:
      g_value_set_boolean (value, self->plain);
      break;

    case PROP_FEATURES:
      g_value_set_flags (value, self->features);
      break;

    case PROP_USER_ID:
      g_value_set_string (value, self->user_id);
      break;

    case PROP_USERNAME:
      g_value_set_string (value, self->username);
      break;

    case PROP_IS_ADMIN:
      g_value_set_boolean (value, self->is_admin);
      break;

    case PROP_SERVER_NAME:
      g_value_set_string (value, self->server_name);
      break;

    case PROP_MAX_CONTENT_LENGTH:
      g_value_set_uint (value, self->max_content_length);
      break;

    case PROP_ROOMS:
      g_value_set_object (value, self->rooms);
      break;

    case PROP_NOTIFICATIONS:
      g_value_set_object (value, self->notifications);
      break;

    case PROP_ADMIN:
      g_value_set_object (value, self->admin);
      break;

    case PROP_N_WAITING:
      g_value_set_uint (value, chat_outbox_get_n_waiting (self->outbox));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_session_install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_CREDENTIALS] = g_param_spec_object ("credentials", NULL, NULL, CHAT_TYPE_CREDENTIALS, flags);
  properties[PROP_CONNECTION] =
    g_param_spec_enum ("connection", NULL, NULL, CHAT_TYPE_CONNECTION, CHAT_CONNECTION_OFFLINE, flags);
  properties[PROP_NEXT_ATTEMPT_TIME] = g_param_spec_int64 ("next-attempt-time", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_PLAIN] = g_param_spec_boolean ("plain", NULL, NULL, TRUE, flags);
  properties[PROP_FEATURES] = g_param_spec_flags ("features", NULL, NULL, CHAT_TYPE_FEATURES, CHAT_FEATURE_NONE, flags);
  properties[PROP_USER_ID] = g_param_spec_string ("user-id", NULL, NULL, NULL, flags);
  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, NULL, flags);
  properties[PROP_IS_ADMIN] = g_param_spec_boolean ("is-admin", NULL, NULL, FALSE, flags);
  properties[PROP_SERVER_NAME] = g_param_spec_string ("server-name", NULL, NULL, NULL, flags);
  properties[PROP_MAX_CONTENT_LENGTH] = g_param_spec_uint ("max-content-length", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ROOMS] = g_param_spec_object ("rooms", NULL, NULL, CHAT_TYPE_ROOM_LIST, flags);
  properties[PROP_NOTIFICATIONS] =
    g_param_spec_object ("notifications", NULL, NULL, CHAT_TYPE_NOTIFICATION_LIST, flags);
  properties[PROP_ADMIN] = g_param_spec_object ("admin", NULL, NULL, CHAT_TYPE_ADMIN, flags);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_session_class_init (ChatSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chat_session_dispose;
  object_class->finalize = chat_session_finalize;
  object_class->get_property = chat_session_get_property;

  chat_session_install_properties (object_class);

  signals[MESSAGE_RECEIVED] =
    g_signal_new ("message-received", CHAT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, CHAT_TYPE_ROOM, CHAT_TYPE_MESSAGE);
  signals[NOTIFICATION_RECEIVED] =
    g_signal_new ("notification-received", CHAT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, CHAT_TYPE_NOTIFICATION);
  signals[PROBLEM_REPORTED] =
    g_signal_new ("problem-reported", CHAT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[REFUSED] =
    g_signal_new ("refused", CHAT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[CREDENTIALS_CHANGED] =
    g_signal_new ("credentials-changed", CHAT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chat_session_notify_n_waiting (ChatSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
}

static void
chat_session_init (ChatSession *self)
{
  self->rooms = chat_room_list_new ();
  self->notifications = chat_notification_list_new ();
  self->auth_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->reported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->plain = TRUE;

  chat_session_follow_notifications (self);
}

/* What the token and the account say is all that is known of the user until a server says more. */
void
chat_session_read_token (ChatSession *self)
{
  g_autoptr(ChatJwt) jwt = chat_jwt_read (chat_credentials_get_token (self->credentials));
  const char *user_id = chat_credentials_get_user_id (self->credentials);
  const char *username = chat_credentials_get_username (self->credentials);

  if (jwt != NULL && jwt->user_id != NULL)
    user_id = jwt->user_id;
  if (jwt != NULL && username == NULL)
    username = jwt->username;

  chat_session_set_user (self, user_id, username != NULL ? username : user_id);
}

/* What the store has of the rooms: they are as they were, until the server says more. */
static void
chat_session_restore_rooms (ChatSession *self)
{
  g_autoptr(GPtrArray) rooms = chat_store_list_rooms (self->store);
  g_autoptr(GPtrArray) waiting = NULL;

  for (guint i = 0; i < rooms->len; i++)
    {
      const ChatStoredRoom *stored = g_ptr_array_index (rooms, i);

      if (stored->joined || chat_outbox_get_last (self->outbox, stored->id) != NULL)
        chat_room_restore (chat_session_ensure_room (self, stored->id, stored->name), stored);
    }

  /* What was saved from a damaged file has no room. */
  waiting = chat_outbox_list (self->outbox, NULL);
  for (guint i = 0; i < waiting->len; i++)
    chat_session_ensure_room (self, chat_message_get_room_id (g_ptr_array_index (waiting, i)), NULL);
}

static void
undelivered_changed_cb (ChatSession *self,
                        const char  *room_id)
{
  ChatRoom *room = chat_room_list_find (self->rooms, room_id);

  if (room != NULL)
    chat_room_update_undelivered (room);
}

static void
store_problem_cb (ChatSession  *self,
                  const GError *error)
{
  g_signal_emit (self, signals[PROBLEM_REPORTED], 0, error);
}

/**
 * chat_session_new_with_store:
 * @credentials: the account to sign in with
 * @store: what that account has kept
 *
 * Returns: (transfer full): a session that was not started yet; its rooms are there
 */
ChatSession *
chat_session_new_with_store (ChatCredentials *credentials,
                             ChatStore       *store)
{
  ChatSession *self = NULL;

  g_return_val_if_fail (CHAT_IS_CREDENTIALS (credentials), NULL);
  g_return_val_if_fail (CHAT_IS_STORE (store), NULL);

  self = g_object_new (CHAT_TYPE_SESSION, NULL);
  self->credentials = g_object_ref (credentials);
  self->server = chat_server_new (chat_credentials_get_address (credentials));
  self->store = g_object_ref (store);
  self->server_name = chat_store_read_server_name (store);
  chat_session_read_token (self);

  self->outbox = chat_outbox_new (store, self->user_id, self->username);
  g_signal_connect_object (self->outbox, "notify::n-waiting",
                           G_CALLBACK (chat_session_notify_n_waiting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "undelivered-changed",
                           G_CALLBACK (undelivered_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "problem", G_CALLBACK (store_problem_cb), self, G_CONNECT_SWAPPED);
  chat_session_restore_rooms (self);

  return self;
}

/**
 * chat_session_new:
 * @credentials: the account to sign in with
 *
 * Returns: (transfer full): a session that was not started yet, and that keeps nothing when it ends
 */
ChatSession *
chat_session_new (ChatCredentials *credentials)
{
  g_autoptr(ChatStore) store = NULL;
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CHAT_IS_CREDENTIALS (credentials), NULL);

  store = chat_store_open_unkept (&error);
  /* Nothing works where not even a temporary file can be written. */
  if (store == NULL)
    g_error ("%s", error->message);

  return chat_session_new_with_store (credentials, store);
}

ChatStore *
chat_session_get_store (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), NULL);

  return self->store;
}

void
chat_session_set_connection (ChatSession    *self,
                             ChatConnection  connection)
{
  if (self->connection == connection)
    return;

  self->connection = connection;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION]);
}

void
chat_session_set_next_attempt (ChatSession *self,
                               gint64       time)
{
  if (self->next_attempt_time == time)
    return;

  self->next_attempt_time = time;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEXT_ATTEMPT_TIME]);
}

void
chat_session_set_problem (ChatSession *self,
                          const char  *problem)
{
  if (chat_set_string (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

void
chat_session_set_plain (ChatSession *self,
                        gboolean     plain)
{
  if (self->plain == (guint) plain)
    return;

  self->plain = plain;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAIN]);
}

void
chat_session_set_features (ChatSession  *self,
                           ChatFeatures  features)
{
  if (self->features == features)
    return;

  self->features = features;
  chat_outbox_set_knows_repeats (self->outbox, (features & CHAT_FEATURE_DELIVERY) != 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FEATURES]);
}

void
chat_session_set_user (ChatSession *self,
                       const char  *user_id,
                       const char  *username)
{
  if (chat_set_string (&self->user_id, user_id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER_ID]);

  if (chat_set_string (&self->username, username))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USERNAME]);
}

void
chat_session_set_is_admin (ChatSession *self,
                           gboolean     is_admin)
{
  if (self->is_admin == (guint) is_admin)
    return;

  self->is_admin = is_admin;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_ADMIN]);
}

void
chat_session_set_server (ChatSession *self,
                         const char  *name,
                         gint64       max_content_length)
{
  guint length = (guint) CLAMP (max_content_length, 0, G_MAXUINT);

  if (chat_set_string (&self->server_name, name))
    {
      chat_store_put_server_name (self->store, name);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER_NAME]);
    }

  if (self->max_content_length == length)
    return;

  self->max_content_length = length;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_CONTENT_LENGTH]);
}

void
chat_session_set_admin (ChatSession *self,
                        ChatAdmin   *admin)
{
  if (g_set_object (&self->admin, admin))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADMIN]);
}

void
chat_session_message_received (ChatSession *self,
                               ChatRoom    *room,
                               ChatMessage *message)
{
  g_signal_emit (self, signals[MESSAGE_RECEIVED], 0, room, message);
}

void
chat_session_emit_notification (ChatSession      *self,
                                ChatNotification *notification)
{
  g_signal_emit (self, signals[NOTIFICATION_RECEIVED], 0, notification);
}

void
chat_session_emit_refused (ChatSession  *self,
                           const GError *error)
{
  g_signal_emit (self, signals[REFUSED], 0, error);
}

void
chat_session_emit_changed (ChatSession *self)
{
  g_signal_emit (self, signals[CREDENTIALS_CHANGED], 0);
}

void
chat_session_report (ChatSession  *self,
                     const GError *error)
{
  g_message ("%s", error->message);
  g_signal_emit (self, signals[PROBLEM_REPORTED], 0, error);
}

/**
 * chat_session_start:
 * @self: a session
 *
 * Connects, and stays connected until [method@Session.stop] or until the server refuses the account.
 */
void
chat_session_start (ChatSession *self)
{
  g_return_if_fail (CHAT_IS_SESSION (self));

  if (!self->started)
    chat_session_connect (self);
}

/**
 * chat_session_stop:
 * @self: a session
 *
 * Disconnects. Nothing is signalled any more after this; what waited has ended. The models stay as they are, and a later start
 * goes on with them.
 */
void
chat_session_stop (ChatSession *self)
{
  g_return_if_fail (CHAT_IS_SESSION (self));

  if (self->started)
    chat_session_disconnect (self);

  chat_session_set_connection (self, self->refused ? CHAT_CONNECTION_REFUSED : CHAT_CONNECTION_OFFLINE);
  chat_session_set_next_attempt (self, 0);
}

ChatCredentials *
chat_session_get_credentials (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), NULL);

  return self->credentials;
}

ChatConnection
chat_session_get_connection (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), CHAT_CONNECTION_OFFLINE);

  return self->connection;
}

gint64
chat_session_get_next_attempt_time (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), 0);

  return self->next_attempt_time;
}

const char *
chat_session_get_problem (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), NULL);

  return self->problem;
}

gboolean
chat_session_get_plain (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), TRUE);

  return self->plain;
}

ChatFeatures
chat_session_get_features (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), CHAT_FEATURE_NONE);

  return self->features;
}

const char *
chat_session_get_user_id (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), NULL);

  return self->user_id;
}

const char *
chat_session_get_username (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), NULL);

  return self->username;
}

gboolean
chat_session_get_is_admin (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), FALSE);

  return self->is_admin;
}

const char *
chat_session_get_server_name (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), NULL);

  return self->server_name;
}

guint
chat_session_get_max_content_length (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), 0);

  return self->max_content_length;
}

ChatRoomList *
chat_session_get_rooms (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), NULL);

  return self->rooms;
}

ChatNotificationList *
chat_session_get_notifications (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), NULL);

  return self->notifications;
}

/**
 * chat_session_get_admin:
 * @self: a session
 *
 * Returns: (nullable) (transfer none): what an administrator sees, or %NULL when the user is none
 */
ChatAdmin *
chat_session_get_admin (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), NULL);

  return self->admin;
}

guint
chat_session_get_n_waiting (ChatSession *self)
{
  g_return_val_if_fail (CHAT_IS_SESSION (self), 0);

  return chat_outbox_get_n_waiting (self->outbox);
}
