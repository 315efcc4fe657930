/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-protocol-private.h"
#include "chat-protocol-failure-private.h"
#include "chat-protocol-reader-private.h"

static gboolean
read_mentions (ChatReader *reader,
               const char *user_id)
{
  SioValue *array = chat_reader_get_array (reader, "mentions", CHAT_READ_OPTIONAL);
  gboolean found = FALSE;

  for (guint i = 0; array != NULL && i < sio_value_get_length (array); i++)
    {
      SioValue *element = sio_value_get_element (array, i);

      if (sio_value_get_kind (element) != SIO_VALUE_STRING)
        {
          chat_reader_fail (reader, "mentions", "has an element that is not text");
          break;
        }

      found |= user_id != NULL && g_str_equal (sio_value_get_string (element), user_id);
    }

  return found;
}

static ChatMessage *
read_message (SioValue    *object,
              const char  *event,
              const char  *user_id,
              GError     **error)
{
  g_autofree char *id = NULL;
  g_autofree char *room_id = NULL;
  g_autofree char *sender_id = NULL;
  g_autofree char *sender_name = NULL;
  g_autofree char *client_id = NULL;
  g_autofree char *content = NULL;
  g_autofree char *reply_to = NULL;
  g_autoptr(ChatMessage) message = NULL;
  gint64 timestamp = 0;
  gint64 edited_at = 0;
  gint64 seq = CHAT_NO_SEQ;
  gboolean mentions_me = FALSE;
  gboolean deleted = FALSE;
  ChatReader reader;

  chat_reader_init (&reader, object, event);
  id = chat_reader_dup_id (&reader, "id", CHAT_READ_REQUIRED);
  content = chat_reader_dup_text (&reader, "content", CHAT_READ_REQUIRED);
  sender_id = chat_reader_dup_id (&reader, "senderId", CHAT_READ_REQUIRED);
  room_id = chat_reader_dup_id (&reader, "roomId", CHAT_READ_REQUIRED);
  timestamp = chat_reader_get_time (&reader, "timestamp", CHAT_READ_REQUIRED);
  sender_name = chat_reader_dup_line (&reader, "senderName", CHAT_READ_OPTIONAL);
  client_id = chat_reader_dup_id (&reader, "clientId", CHAT_READ_OPTIONAL);
  seq = chat_reader_get_count (&reader, "seq", CHAT_READ_OPTIONAL);
  mentions_me = read_mentions (&reader, user_id);
  reply_to = chat_reader_dup_id (&reader, "replyTo", CHAT_READ_OPTIONAL);
  edited_at = chat_reader_get_time (&reader, "editedAt", CHAT_READ_OPTIONAL);
  deleted = chat_reader_get_boolean (&reader, "deleted", CHAT_READ_OPTIONAL);
  if (!chat_reader_end (&reader, error))
    return NULL;

  message = chat_message_new (id, room_id, sender_id, sender_name, content, timestamp, seq);
  chat_message_set_client_id (message, client_id);
  chat_message_set_own (message, user_id != NULL && g_str_equal (sender_id, user_id));
  chat_message_set_mentions_me (message, mentions_me);
  chat_message_set_reply_to (message, reply_to);
  chat_message_set_edited_at (message, MAX (edited_at, 0));
  if (deleted)
    chat_message_set_deleted (message);

  return g_steal_pointer (&message);
}

/* Of the events message, room:message and message:changed. The seed's RoomMessage has senderName, its ChatMessage has none; both
 * are read alike. */
ChatMessage *
chat_protocol_read_message (SioValue    *value,
                            const char  *event,
                            const char  *user_id,
                            GError     **error)
{
  return read_message (value, event, user_id, error);
}

/* @retry_after_ms: set when the error is CHAT_ERROR_RATE_LIMITED. */
ChatMessage *
chat_protocol_read_send_result (SioValue    *value,
                                const char  *user_id,
                                guint       *retry_after_ms,
                                GError     **error)
{
  ChatMessage *message = NULL;
  GError *problem = NULL;
  ChatReader reader;

  chat_reader_init (&reader, value, "send");
  if (!chat_protocol_read_success (&reader, retry_after_ms, error))
    return NULL;

  message = read_message (sio_value_lookup (reader.object, "message"), "send: message", user_id, &problem);
  chat_protocol_blame_answer (error, problem);

  return message;
}

/* One message that does not fit makes a hole of one, not of a page. */
static ChatHistory *
read_messages (SioValue    *value,
               const char  *event,
               const char  *user_id,
               GError     **error)
{
  g_autoptr(ChatHistory) history = NULL;
  g_autofree char *where = g_strconcat (event, ": messages", NULL);
  SioValue *array = NULL;
  ChatReader reader;
  gboolean has_more = FALSE;

  chat_reader_init (&reader, value, event);
  if (!chat_protocol_read_success (&reader, NULL, error))
    return NULL;

  array = chat_reader_get_array (&reader, "messages", CHAT_READ_REQUIRED);
  has_more = chat_reader_get_boolean (&reader, "hasMore", CHAT_READ_REQUIRED);
  if (!chat_protocol_end_answer (&reader, error))
    return NULL;

  history = g_new0 (ChatHistory, 1);
  history->has_more = has_more;
  history->messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sio_value_get_length (array); i++)
    {
      g_autoptr(GError) problem = NULL;
      ChatMessage *message = read_message (sio_value_get_element (array, i), where, user_id, &problem);

      if (message != NULL)
        g_ptr_array_add (history->messages, message);
      else
        g_message ("%s", problem->message);
    }

  return g_steal_pointer (&history);
}

ChatHistory *
chat_protocol_read_history (SioValue    *value,
                            const char  *user_id,
                            GError     **error)
{
  return read_messages (value, "room:history", user_id, error);
}

ChatHistory *
chat_protocol_read_search_result (SioValue    *value,
                                  const char  *user_id,
                                  GError     **error)
{
  return read_messages (value, "search", user_id, error);
}

ChatTyping *
chat_protocol_read_typing (SioValue  *value,
                           GError   **error)
{
  g_autoptr(ChatTyping) typing = g_new0 (ChatTyping, 1);
  ChatReader reader;

  chat_reader_init (&reader, value, "typing");
  typing->user_id = chat_reader_dup_id (&reader, "userId", CHAT_READ_REQUIRED);
  typing->username = chat_reader_dup_line (&reader, "username", CHAT_READ_REQUIRED);
  typing->room_id = chat_reader_dup_id (&reader, "roomId", CHAT_READ_OPTIONAL);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&typing) : NULL;
}

ChatPresence *
chat_protocol_read_presence (SioValue  *value,
                             GError   **error)
{
  g_autoptr(ChatPresence) presence = g_new0 (ChatPresence, 1);
  ChatReader reader;

  chat_reader_init (&reader, value, "presence");
  presence->user_id = chat_reader_dup_id (&reader, "userId", CHAT_READ_REQUIRED);
  presence->online = chat_reader_get_boolean (&reader, "online", CHAT_READ_REQUIRED);
  presence->last_seen = chat_reader_get_time (&reader, "lastSeen", CHAT_READ_OPTIONAL);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&presence) : NULL;
}

/* Arguments and no object; they are read as if they had names. */
ChatReadMark *
chat_protocol_read_read_mark (SioValue  *room_id,
                              SioValue  *seq,
                              SioValue  *options,
                              GError   **error)
{
  g_autoptr(ChatReadMark) mark = g_new0 (ChatReadMark, 1);
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) named = NULL;
  ChatReader reader;

  sio_builder_begin_object (builder);
  if (room_id != NULL)
    {
      sio_builder_set_name (builder, "roomId");
      sio_builder_add_value (builder, room_id);
    }
  if (seq != NULL)
    {
      sio_builder_set_name (builder, "seq");
      sio_builder_add_value (builder, seq);
    }
  if (options != NULL && sio_value_lookup (options, "unread") != NULL)
    {
      sio_builder_set_name (builder, "unread");
      sio_builder_add_value (builder, sio_value_lookup (options, "unread"));
    }
  sio_builder_end (builder);
  named = sio_builder_finish (builder);

  chat_reader_init (&reader, sio_value_get_element (named, 0), "room:read");
  mark->room_id = chat_reader_dup_id (&reader, "roomId", CHAT_READ_REQUIRED);
  mark->seq = chat_reader_get_count (&reader, "seq", CHAT_READ_REQUIRED);
  mark->back = chat_reader_get_boolean (&reader, "unread", CHAT_READ_OPTIONAL);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&mark) : NULL;
}
