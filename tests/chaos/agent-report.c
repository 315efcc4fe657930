/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

#include "agent-report.h"

/* Past every buffer of ours: what was written to a pipe stays there when the writer is killed. */
static void
write_line (JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  gsize length = strlen (line);
  gsize written = 0;

  while (written < length)
    {
      gssize n = write (STDOUT_FILENO, line + written, length - written);

      if (n < 0 && errno != EINTR)
        return;

      written += n > 0 ? (gsize) n : 0;
    }
}

static JsonBuilder *
begin_line (const char *event)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "event");
  json_builder_add_string_value (builder, event);

  return builder;
}

static void
end_line (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  write_line (builder);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_boolean (JsonBuilder *builder,
             const char  *name,
             gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_enum (JsonBuilder *builder,
          const char  *name,
          GType        type,
          int          value)
{
  g_autoptr(GEnumClass) enum_class = g_type_class_ref (type);

  add_string (builder, name, g_enum_get_value (enum_class, value)->value_nick);
}

static void
add_message (JsonBuilder *builder,
             ChatMessage *message)
{
  add_string (builder, "room", chat_message_get_room_id (message));
  add_string (builder, "clientId", chat_message_get_client_id (message));
  add_string (builder, "id", chat_message_get_id (message));
  add_int (builder, "seq", chat_message_get_seq (message));
  add_string (builder, "sender", chat_message_get_sender_id (message));
  add_boolean (builder, "own", chat_message_get_own (message));
  add_string (builder, "content", chat_message_get_content (message));
  add_enum (builder, "delivery", CHAT_TYPE_DELIVERY, (int) chat_message_get_delivery (message));
  add_string (builder, "error", chat_message_get_error (message));
}

void
agent_report_connection (ChatSession *session)
{
  g_autoptr(JsonBuilder) builder = begin_line ("connection");

  add_enum (builder, "state", CHAT_TYPE_CONNECTION, (int) chat_session_get_connection (session));
  add_boolean (builder, "plain", chat_session_get_plain (session));
  add_string (builder, "problem", chat_session_get_problem (session));
  end_line (builder);
}

void
agent_report_message (ChatMessage *message)
{
  g_autoptr(JsonBuilder) builder = begin_line ("message");

  add_message (builder, message);
  end_line (builder);
}

void
agent_report_accepted (ChatMessage *message)
{
  g_autoptr(JsonBuilder) builder = begin_line ("accepted");

  add_message (builder, message);
  end_line (builder);
}

void
agent_report_refused (const char   *content,
                      const GError *error)
{
  g_autoptr(JsonBuilder) builder = begin_line ("refused");

  add_string (builder, "content", content);
  add_string (builder, "error", error->message);
  end_line (builder);
}

void
agent_report_read (ChatRoom *room,
                   gint64    seq)
{
  g_autoptr(JsonBuilder) builder = begin_line ("read");

  add_string (builder, "room", chat_room_get_id (room));
  add_int (builder, "seq", seq);
  end_line (builder);
}

void
agent_report_problem (const GError *error)
{
  g_autoptr(JsonBuilder) builder = begin_line ("problem");

  add_string (builder, "error", error->message);
  end_line (builder);
}

static void
add_messages (JsonBuilder  *builder,
              ChatTimeline *timeline)
{
  GListModel *rows = G_LIST_MODEL (timeline);

  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i);
      ChatMessage *message = chat_timeline_item_get_message (row);

      if (message == NULL)
        continue;

      json_builder_begin_object (builder);
      add_message (builder, message);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
}

/* The newest number that is shown, and how many that belong before it are not. */
static gint64
newest_seq (ChatTimeline *timeline,
            gint64       *holes)
{
  GListModel *rows = G_LIST_MODEL (timeline);
  gint64 newest = CHAT_NO_SEQ;
  gint64 before = CHAT_NO_SEQ;

  *holes = 0;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i);
      ChatMessage *message = chat_timeline_item_get_message (row);

      if (message == NULL || chat_message_get_seq (message) == CHAT_NO_SEQ)
        continue;

      newest = chat_message_get_seq (message);
      *holes += before != CHAT_NO_SEQ ? newest - before - 1 : 0;
      before = newest;
    }

  return newest;
}

static void
add_room (JsonBuilder *builder,
          ChatRoom    *room,
          gboolean     with_messages)
{
  ChatTimeline *timeline = chat_room_get_timeline (room);
  gint64 holes = 0;
  gint64 newest = newest_seq (timeline, &holes);

  json_builder_set_member_name (builder, chat_room_get_id (room));
  json_builder_begin_object (builder);
  add_enum (builder, "membership", CHAT_TYPE_MEMBERSHIP, (int) chat_room_get_membership (room));
  add_string (builder, "error", chat_room_get_error (room));
  add_int (builder, "unread", chat_room_get_unread (room));
  add_int (builder, "newest", newest);
  add_int (builder, "holes", holes);
  add_boolean (builder, "hasOlder", chat_room_get_has_older (room));
  add_boolean (builder, "hasNewer", chat_room_get_has_newer (room));
  if (with_messages)
    add_messages (builder, timeline);
  json_builder_end_object (builder);
}

void
agent_report_state (ChatSession *session,
                    const char  *question,
                    gboolean     with_messages)
{
  g_autoptr(JsonBuilder) builder = begin_line ("state");
  GListModel *rooms = G_LIST_MODEL (chat_session_get_rooms (session));

  add_string (builder, "question", question);
  add_enum (builder, "connection", CHAT_TYPE_CONNECTION, (int) chat_session_get_connection (session));
  add_boolean (builder, "plain", chat_session_get_plain (session));
  add_int (builder, "waiting", chat_session_get_n_waiting (session));

  json_builder_set_member_name (builder, "rooms");
  json_builder_begin_object (builder);
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr(ChatRoom) room = g_list_model_get_item (rooms, i);

      add_room (builder, room, with_messages);
    }
  json_builder_end_object (builder);
  end_line (builder);
}
