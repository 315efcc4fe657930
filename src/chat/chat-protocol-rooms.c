/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-protocol-private.h"
#include "chat-protocol-failure-private.h"
#include "chat-protocol-reader-private.h"

static const struct
{
  const char   *name;
  ChatFeatures  feature;
} features[] = {
  { "history", CHAT_FEATURE_HISTORY },
  { "delivery", CHAT_FEATURE_DELIVERY },
  { "edit", CHAT_FEATURE_EDIT },
  { "reactions", CHAT_FEATURE_REACTIONS },
  { "replies", CHAT_FEATURE_REPLIES },
  { "presence", CHAT_FEATURE_PRESENCE },
  { "read", CHAT_FEATURE_READ },
  { "rooms", CHAT_FEATURE_ROOMS },
  { "files", CHAT_FEATURE_FILES },
  { "search", CHAT_FEATURE_SEARCH },
};

static ChatFeatures
read_features (ChatReader *reader)
{
  SioValue *array = chat_reader_get_array (reader, "features", CHAT_READ_REQUIRED);
  ChatFeatures result = CHAT_FEATURE_NONE;

  for (guint i = 0; array != NULL && i < sio_value_get_length (array); i++)
    {
      SioValue *element = sio_value_get_element (array, i);

      if (sio_value_get_kind (element) != SIO_VALUE_STRING)
        {
          chat_reader_fail (reader, "features", "has an element that is not text");
          break;
        }

      for (guint j = 0; j < G_N_ELEMENTS (features); j++)
        {
          if (g_str_equal (features[j].name, sio_value_get_string (element)))
            result |= features[j].feature;
        }
    }

  return result;
}

static ChatRoomInfo *
read_room (SioValue    *object,
           const char  *event,
           GError     **error)
{
  g_autoptr(ChatRoomInfo) info = g_new0 (ChatRoomInfo, 1);
  ChatReader reader;

  chat_reader_init (&reader, object, event);
  info->id = chat_reader_dup_id (&reader, "id", CHAT_READ_REQUIRED);
  info->name = chat_reader_dup_line (&reader, "name", CHAT_READ_REQUIRED);
  info->member_count = chat_reader_get_count (&reader, "memberCount", CHAT_READ_REQUIRED);
  info->topic = chat_reader_dup_line (&reader, "topic", CHAT_READ_OPTIONAL);
  info->is_private = chat_reader_get_boolean (&reader, "isPrivate", CHAT_READ_OPTIONAL);
  info->last_seq = chat_reader_get_count (&reader, "lastSeq", CHAT_READ_OPTIONAL);
  info->read_seq = chat_reader_get_count (&reader, "readSeq", CHAT_READ_OPTIONAL);
  info->unread = chat_reader_get_count (&reader, "unread", CHAT_READ_OPTIONAL);
  info->mentions = chat_reader_get_count (&reader, "mentions", CHAT_READ_OPTIONAL);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&info) : NULL;
}

static GPtrArray *
read_rooms (SioValue    *array,
            const char  *event,
            GError     **error)
{
  g_autoptr(GPtrArray) rooms = g_ptr_array_new_with_free_func ((GDestroyNotify) chat_room_info_free);

  for (guint i = 0; i < sio_value_get_length (array); i++)
    {
      ChatRoomInfo *info = read_room (sio_value_get_element (array, i), event, error);

      if (info == NULL)
        return NULL;

      g_ptr_array_add (rooms, info);
    }

  return g_steal_pointer (&rooms);
}

static GHashTable *
read_joined (ChatReader *reader)
{
  g_autoptr(GHashTable) joined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  SioValue *array = chat_reader_get_array (reader, "joined", CHAT_READ_REQUIRED);

  for (guint i = 0; array != NULL && i < sio_value_get_length (array); i++)
    {
      SioValue *element = sio_value_get_element (array, i);

      if (sio_value_get_kind (element) != SIO_VALUE_STRING)
        {
          chat_reader_fail (reader, "joined", "has an element that is not text");
          break;
        }

      g_hash_table_add (joined, g_strdup (sio_value_get_string (element)));
    }

  return g_steal_pointer (&joined);
}

static void
read_session_user (ChatReader      *reader,
                   ChatSessionInfo *info)
{
  SioValue *object = chat_reader_get_object (reader, "user", CHAT_READ_REQUIRED);
  ChatReader user;

  if (object == NULL)
    return;

  chat_reader_init (&user, object, "session: user");
  info->user_id = chat_reader_dup_id (&user, "userId", CHAT_READ_REQUIRED);
  info->username = chat_reader_dup_line (&user, "username", CHAT_READ_REQUIRED);
  info->is_admin = chat_reader_get_boolean (&user, "isAdmin", CHAT_READ_REQUIRED);
  chat_reader_end (&user, &reader->error);
}

static void
read_session_server (ChatReader      *reader,
                     ChatSessionInfo *info)
{
  SioValue *object = chat_reader_get_object (reader, "server", CHAT_READ_OPTIONAL);
  ChatReader server;

  if (object == NULL)
    return;

  chat_reader_init (&server, object, "session: server");
  info->server_name = chat_reader_dup_line (&server, "name", CHAT_READ_REQUIRED);
  info->server_version = chat_reader_dup_line (&server, "version", CHAT_READ_REQUIRED);
  chat_reader_end (&server, &reader->error);
}

static void
read_session_limits (ChatReader      *reader,
                     ChatSessionInfo *info)
{
  SioValue *object = chat_reader_get_object (reader, "limits", CHAT_READ_OPTIONAL);
  ChatReader limits;

  info->max_content_length = CHAT_NOT_SAID;
  info->max_file_bytes = CHAT_NOT_SAID;
  if (object == NULL)
    return;

  chat_reader_init (&limits, object, "session: limits");
  info->max_content_length = chat_reader_get_count (&limits, "maxContentLength", CHAT_READ_OPTIONAL);
  info->max_file_bytes = chat_reader_get_count (&limits, "maxFileBytes", CHAT_READ_OPTIONAL);
  chat_reader_end (&limits, &reader->error);
}

ChatSessionInfo *
chat_protocol_read_session (SioValue  *value,
                            GError   **error)
{
  g_autoptr(ChatSessionInfo) info = g_new0 (ChatSessionInfo, 1);
  SioValue *rooms = NULL;
  ChatReader reader;

  chat_reader_init (&reader, value, "session");
  chat_reader_get_count (&reader, "protocol", CHAT_READ_REQUIRED);
  read_session_user (&reader, info);
  read_session_server (&reader, info);
  read_session_limits (&reader, info);
  info->features = read_features (&reader);
  info->joined = read_joined (&reader);
  rooms = chat_reader_get_array (&reader, "rooms", CHAT_READ_REQUIRED);
  if (rooms != NULL)
    info->rooms = read_rooms (rooms, "session: rooms", &reader.error);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&info) : NULL;
}

ChatRoomInfo *
chat_protocol_read_room (SioValue  *value,
                         GError   **error)
{
  return read_room (value, "room:changed", error);
}

char *
chat_protocol_read_room_id (SioValue    *value,
                            const char  *event,
                            GError     **error)
{
  g_autofree char *room_id = NULL;
  ChatReader reader;

  chat_reader_init (&reader, value, event);
  room_id = chat_reader_dup_id (&reader, "roomId", CHAT_READ_REQUIRED);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&room_id) : NULL;
}

static ChatMember *
read_member (SioValue    *object,
             const char  *event,
             GError     **error)
{
  g_autofree char *user_id = NULL;
  g_autofree char *username = NULL;
  g_autoptr(ChatMember) member = NULL;
  gint64 joined_at = 0;
  gboolean online = FALSE;
  ChatReader reader;

  chat_reader_init (&reader, object, event);
  user_id = chat_reader_dup_id (&reader, "userId", CHAT_READ_REQUIRED);
  username = chat_reader_dup_line (&reader, "username", CHAT_READ_REQUIRED);
  joined_at = chat_reader_get_time (&reader, "joinedAt", CHAT_READ_REQUIRED);
  online = chat_reader_get_boolean (&reader, "online", CHAT_READ_OPTIONAL);
  if (!chat_reader_end (&reader, error))
    return NULL;

  member = chat_member_new (user_id, username, joined_at);
  chat_member_set_online (member, online);

  return g_steal_pointer (&member);
}

static GPtrArray *
read_members (SioValue    *array,
              const char  *event,
              GError     **error)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sio_value_get_length (array); i++)
    {
      ChatMember *member = read_member (sio_value_get_element (array, i), event, error);

      if (member == NULL)
        return NULL;

      g_ptr_array_add (members, member);
    }

  return g_steal_pointer (&members);
}

ChatRoomUpdate *
chat_protocol_read_room_update (SioValue  *value,
                                GError   **error)
{
  g_autoptr(ChatRoomUpdate) update = g_new0 (ChatRoomUpdate, 1);
  g_autofree char *type = NULL;
  SioValue *member = NULL;
  ChatReader reader;

  chat_reader_init (&reader, value, "room:update");
  update->room_id = chat_reader_dup_id (&reader, "roomId", CHAT_READ_REQUIRED);
  type = chat_reader_dup_id (&reader, "type", CHAT_READ_REQUIRED);
  update->member_count = chat_reader_get_count (&reader, "memberCount", CHAT_READ_REQUIRED);
  member = chat_reader_get_object (&reader, "member", CHAT_READ_REQUIRED);
  if (member != NULL)
    update->member = read_member (member, "room:update: member", &reader.error);

  update->joined = g_strcmp0 (type, "member_joined") == 0;
  if (!update->joined && g_strcmp0 (type, "member_left") != 0)
    chat_reader_fail (&reader, "type", "is not known");

  return chat_reader_end (&reader, error) ? g_steal_pointer (&update) : NULL;
}

/* Of an answer and of the event room:joined. A refusal is a value, not an error: its reason is for the person to read. */
ChatJoinResult *
chat_protocol_read_join_result (SioValue  *value,
                                GError   **error)
{
  g_autoptr(ChatJoinResult) result = g_new0 (ChatJoinResult, 1);
  SioValue *members = NULL;
  ChatReader reader;

  chat_reader_init (&reader, value, "room:join");
  result->success = chat_reader_get_boolean (&reader, "success", CHAT_READ_REQUIRED);
  result->room_id = chat_reader_dup_id (&reader, "roomId", result->success ? CHAT_READ_REQUIRED : CHAT_READ_OPTIONAL);
  result->room_name = chat_reader_dup_line (&reader, "roomName", CHAT_READ_OPTIONAL);
  result->error = chat_reader_dup_line (&reader, "error", CHAT_READ_OPTIONAL);
  result->code = chat_reader_dup_line (&reader, "code", CHAT_READ_OPTIONAL);
  result->retry_after = chat_reader_get_count (&reader, "retryAfterMs", CHAT_READ_OPTIONAL);
  members = chat_reader_get_array (&reader, "members", CHAT_READ_OPTIONAL);
  if (members != NULL)
    result->members = read_members (members, "room:join: members", &reader.error);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&result) : NULL;
}

gboolean
chat_protocol_read_leave_result (SioValue  *value,
                                 GError   **error)
{
  ChatReader reader;

  chat_reader_init (&reader, value, "room:leave");

  return chat_protocol_read_success (&reader, NULL, error);
}

ChatRoomInfo *
chat_protocol_read_created_room (SioValue  *value,
                                 GError   **error)
{
  ChatRoomInfo *info = NULL;
  GError *problem = NULL;
  ChatReader reader;

  chat_reader_init (&reader, value, "room:create");
  if (!chat_protocol_read_success (&reader, NULL, error))
    return NULL;

  info = read_room (sio_value_lookup (reader.object, "room"), "room:create: room", &problem);
  chat_protocol_blame_answer (error, problem);

  return info;
}

GPtrArray *
chat_protocol_read_room_list (SioValue  *value,
                              GError   **error)
{
  SioValue *array = NULL;
  ChatReader reader;

  chat_reader_init (&reader, value, "room:list");
  array = chat_reader_get_array (&reader, "rooms", CHAT_READ_REQUIRED);

  return chat_reader_end (&reader, error) ? read_rooms (array, "room:list: rooms", error) : NULL;
}
