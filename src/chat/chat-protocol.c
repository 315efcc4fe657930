/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sent, and the types of what is received. What is received is read in the files beside this one, one for each theme. */

#include "config.h"

#include "chat-protocol-private.h"

void
chat_room_info_free (ChatRoomInfo *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->topic);
  g_free (self);
}

void
chat_session_info_free (ChatSessionInfo *self)
{
  g_free (self->user_id);
  g_free (self->username);
  g_free (self->server_name);
  g_free (self->server_version);
  g_clear_pointer (&self->rooms, g_ptr_array_unref);
  g_clear_pointer (&self->joined, g_hash_table_unref);
  g_free (self);
}

void
chat_join_result_free (ChatJoinResult *self)
{
  g_free (self->room_id);
  g_free (self->room_name);
  g_free (self->error);
  g_free (self->code);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_free (self);
}

void
chat_room_update_free (ChatRoomUpdate *self)
{
  g_free (self->room_id);
  g_clear_object (&self->member);
  g_free (self);
}

void
chat_typing_free (ChatTyping *self)
{
  g_free (self->user_id);
  g_free (self->username);
  g_free (self->room_id);
  g_free (self);
}

void
chat_presence_free (ChatPresence *self)
{
  g_free (self->user_id);
  g_free (self);
}

void
chat_read_mark_free (ChatReadMark *self)
{
  g_free (self->room_id);
  g_free (self);
}

void
chat_history_free (ChatHistory *self)
{
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_free (self);
}

void
chat_node_stats_free (ChatNodeStats *self)
{
  g_free (self->id);
  g_free (self);
}

void
chat_stats_free (ChatStats *self)
{
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_free (self);
}

void
chat_server_info_free (ChatServerInfo *self)
{
  g_free (self->name);
  g_free (self->version);
  g_free (self);
}

void
chat_signed_in_free (ChatSignedIn *self)
{
  g_free (self->token);
  g_free (self->user_id);
  g_free (self->username);
  g_free (self);
}

static void
set_string (SioBuilder *builder,
            const char *name,
            const char *value)
{
  sio_builder_set_name (builder, name);
  sio_builder_add_string (builder, value);
}

static void
set_integer (SioBuilder *builder,
             const char *name,
             gint64      value)
{
  sio_builder_set_name (builder, name);
  sio_builder_add_integer (builder, value);
}

/* A builder stands inside an array; this is its one element by itself. */
static SioValue *
finish_object (SioBuilder *builder)
{
  g_autoptr(SioValue) array = sio_builder_finish (builder);

  return sio_value_ref (sio_value_get_element (array, 0));
}

SioValue *
chat_protocol_write_auth (const char *token)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  sio_builder_begin_object (builder);
  set_string (builder, "token", token);
  set_integer (builder, "protocol", CHAT_PROTOCOL_VERSION);
  sio_builder_end (builder);

  return finish_object (builder);
}

SioValue *
chat_protocol_write_string (const char *string)
{
  return sio_value_new_strings (string, NULL);
}

SioValue *
chat_protocol_write_nothing (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  return sio_builder_finish (builder);
}

/* @client_id: NULL for a plain server, which is sent exactly what the seed of the protocol names; @reply_to: NULL when the message
 * answers none, or where the server knows no replies. */
SioValue *
chat_protocol_write_send (const char *content,
                          const char *room_id,
                          const char *client_id,
                          const char *reply_to)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  sio_builder_add_string (builder, content);
  sio_builder_add_string (builder, room_id);

  if (client_id != NULL)
    {
      sio_builder_begin_object (builder);
      set_string (builder, "clientId", client_id);
      if (reply_to != NULL)
        set_string (builder, "replyTo", reply_to);
      sio_builder_end (builder);
    }

  return sio_builder_finish (builder);
}

static SioValue *
write_history (const char *room_id,
               const char *direction,
               gint64      seq,
               guint       limit)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  sio_builder_begin_object (builder);
  set_string (builder, "roomId", room_id);
  if (seq != CHAT_NO_SEQ)
    set_integer (builder, direction, seq);
  set_integer (builder, "limit", limit);
  sio_builder_end (builder);

  return sio_builder_finish (builder);
}

/* @before: CHAT_NO_SEQ for the newest messages. */
SioValue *
chat_protocol_write_history_before (const char *room_id,
                                    gint64      before,
                                    guint       limit)
{
  return write_history (room_id, "before", before, limit);
}

SioValue *
chat_protocol_write_history_after (const char *room_id,
                                   gint64      after,
                                   guint       limit)
{
  return write_history (room_id, "after", after, limit);
}

SioValue *
chat_protocol_write_history_around (const char *room_id,
                                    gint64      around,
                                    guint       limit)
{
  return write_history (room_id, "around", around, limit);
}

/* @room_id and @sender_id: NULL for all of them; @before: a time in milliseconds, CHAT_NOT_SAID for the newest. */
SioValue *
chat_protocol_write_search (const char *query,
                            const char *room_id,
                            const char *sender_id,
                            gint64      before,
                            guint       limit)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  sio_builder_begin_object (builder);
  set_string (builder, "query", query);
  if (room_id != NULL)
    set_string (builder, "roomId", room_id);
  if (sender_id != NULL)
    set_string (builder, "senderId", sender_id);
  if (before != CHAT_NOT_SAID)
    set_integer (builder, "before", before);
  set_integer (builder, "limit", limit);
  sio_builder_end (builder);

  return sio_builder_finish (builder);
}

SioValue *
chat_protocol_write_read_mark (const char *room_id,
                               gint64      seq,
                               gboolean    back)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  sio_builder_add_string (builder, room_id);
  sio_builder_add_integer (builder, seq);
  if (back)
    {
      sio_builder_begin_object (builder);
      sio_builder_set_name (builder, "unread");
      sio_builder_add_boolean (builder, TRUE);
      sio_builder_end (builder);
    }

  return sio_builder_finish (builder);
}

SioValue *
chat_protocol_write_create_room (const char *name,
                                 const char *topic,
                                 gboolean    is_private)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  sio_builder_begin_object (builder);
  set_string (builder, "name", name);
  if (topic != NULL && *topic != '\0')
    set_string (builder, "topic", topic);
  sio_builder_set_name (builder, "isPrivate");
  sio_builder_add_boolean (builder, is_private);
  sio_builder_end (builder);

  return sio_builder_finish (builder);
}

char *
chat_protocol_write_sign_in (const char *username,
                             const char *password)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) body = NULL;

  sio_builder_begin_object (builder);
  set_string (builder, "username", username);
  set_string (builder, "password", password);
  sio_builder_end (builder);
  body = finish_object (builder);

  return sio_value_to_text (body);
}
