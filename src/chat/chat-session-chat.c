/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server says in /chat, and who it is for. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-jwt-private.h"
#include "chat-room-list-private.h"
#include "chat-room-private.h"
#include "chat-session-private.h"

/* An extended server sends `session` at once. Who sends none for this long is plain. */
#define PLAIN_AFTER_MS 1500

static SioValue *
first_argument (SioEvent *event)
{
  return sio_event_get_argument (event, 0);
}

ChatRoom *
chat_session_ensure_room (ChatSession *self,
                          const char  *id,
                          const char  *name)
{
  g_autoptr(ChatRoom) room = NULL;
  ChatRoom *known = chat_room_list_find (self->rooms, id);

  if (known != NULL)
    return known;

  room = chat_room_new (self, id, name);
  chat_room_update_undelivered (room);
  chat_room_list_add (self->rooms, room);

  return room;
}

/* A room in which something waits that a person has to decide of stays, also when the server has it no more. */
void
chat_session_drop_room (ChatSession *self,
                        ChatRoom    *room)
{
  g_autoptr(ChatRoom) keep = g_object_ref (room);

  if (room->wanted || chat_outbox_get_last (self->outbox, room->id) != NULL)
    chat_room_take_left (room);
  if (chat_outbox_get_last (self->outbox, room->id) != NULL)
    return;

  chat_room_dismiss (room);
  chat_room_list_remove (self->rooms, room);
}

static void
chat_session_drop_rooms_but (ChatSession *self,
                             GHashTable  *ids)
{
  g_autoptr(GPtrArray) rooms = chat_room_list_snapshot (self->rooms);

  for (guint i = 0; i < rooms->len; i++)
    {
      ChatRoom *room = g_ptr_array_index (rooms, i);

      if (!g_hash_table_contains (ids, chat_room_get_id (room)) && room->membership != CHAT_MEMBERSHIP_JOINING)
        chat_session_drop_room (self, room);
    }
}

/* The server's word on which rooms there are and in which of them we are. */
static void
chat_session_take_rooms (ChatSession           *self,
                         const ChatSessionInfo *info)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < info->rooms->len; i++)
    {
      const ChatRoomInfo *room_info = g_ptr_array_index (info->rooms, i);
      ChatRoom *room = chat_session_ensure_room (self, room_info->id, room_info->name);
      gboolean joined = g_hash_table_contains (info->joined, room_info->id);

      g_hash_table_add (ids, room_info->id);
      if (!room->present && room_info->last_seq != CHAT_NOT_SAID)
        chat_room_go_back (room, room_info->last_seq);
      chat_room_apply_info (room, room_info);

      if (joined && !room->present && room->membership != CHAT_MEMBERSHIP_JOINING)
        chat_room_rejoin (room);
      else if (!joined && room->wanted && room->membership != CHAT_MEMBERSHIP_JOINING)
        chat_room_take_left (room);
      else if (!joined && room->membership != CHAT_MEMBERSHIP_JOINING)
        chat_session_give_up (self, room, _("You left the room."));
    }

  chat_session_drop_rooms_but (self, ids);
}

static void
session_cb (ChatSession *self,
            SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatSessionInfo) info = chat_protocol_read_session (first_argument (event), &error);

  if (info == NULL)
    {
      chat_session_report_invalid (self, "session", error);
      return;
    }

  g_clear_handle_id (&self->plain_source, g_source_remove);
  g_object_freeze_notify (G_OBJECT (self));
  chat_session_set_plain (self, FALSE);
  chat_session_set_features (self, info->features);
  chat_session_set_user (self, info->user_id, info->username);
  chat_session_set_server (self, info->server_name, info->max_content_length);
  chat_session_set_is_admin (self, info->is_admin);
  g_object_thaw_notify (G_OBJECT (self));

  self->mode_known = TRUE;
  chat_session_take_rooms (self, info);
  chat_session_deliver_all (self);
  chat_session_update_admin (self);
}

static gboolean
chat_session_token_is_admin (ChatSession *self)
{
  g_autoptr(ChatJwt) jwt = chat_jwt_read (chat_credentials_get_token (self->credentials));

  if (jwt != NULL && jwt->is_admin)
    return TRUE;

  return chat_credentials_get_is_admin (self->credentials);
}

static void
chat_session_tell_rooms_connected (ChatSession *self,
                                   gboolean     recovered)
{
  g_autoptr(GPtrArray) rooms = chat_room_list_snapshot (self->rooms);

  for (guint i = 0; i < rooms->len; i++)
    chat_room_connected (g_ptr_array_index (rooms, i), recovered);
}

/* No `session` came. A server that had been extended may have been replaced by a plain one: the rooms are joined now. */
static gboolean
plain_cb (gpointer user_data)
{
  ChatSession *self = user_data;
  gboolean was_unknown = !self->plain || !self->mode_known;

  self->plain_source = 0;
  self->mode_known = TRUE;
  g_object_freeze_notify (G_OBJECT (self));
  chat_session_set_plain (self, TRUE);
  chat_session_set_features (self, CHAT_FEATURE_NONE);
  chat_session_set_server (self, NULL, 0);
  chat_session_set_is_admin (self, chat_session_token_is_admin (self));
  g_object_thaw_notify (G_OBJECT (self));

  if (was_unknown)
    chat_session_tell_rooms_connected (self, FALSE);
  chat_session_update_admin (self);

  return G_SOURCE_REMOVE;
}

void
chat_session_chat_opened (ChatSession *self)
{
  gboolean recovered = sio_socket_get_recovered (self->chat_socket);

  if (!recovered)
    chat_outbox_expect_no_echo (self->outbox);
  if (recovered || (self->plain && self->mode_known))
    chat_session_tell_rooms_connected (self, recovered);

  /* A connection may be recovered that broke before it was known what kind of server this is. */
  if (recovered && self->mode_known)
    {
      chat_session_update_admin (self);
      return;
    }

  g_clear_handle_id (&self->plain_source, g_source_remove);
  self->plain_source = g_timeout_add (PLAIN_AFTER_MS, plain_cb, self);
}

void
chat_session_chat_closed (ChatSession *self)
{
  g_autoptr(GPtrArray) rooms = chat_room_list_snapshot (self->rooms);

  g_clear_handle_id (&self->plain_source, g_source_remove);
  chat_session_delivery_interrupted (self);

  for (guint i = 0; i < rooms->len; i++)
    {
      ChatRoom *room = g_ptr_array_index (rooms, i);

      chat_room_disconnected (room);
      if (!self->started)
        chat_room_end_waiting (room);
    }
}

static void
message_cb (ChatSession *self,
            SioEvent    *event)
{
  const char *name = sio_event_get_name (event);
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatMessage) message = chat_protocol_read_message (first_argument (event), name, self->user_id, &error);
  ChatRoom *room = NULL;

  if (message == NULL)
    {
      chat_session_report_invalid (self, name, error);
      return;
    }

  room = chat_room_list_find (self->rooms, chat_message_get_room_id (message));
  if (room == NULL)
    g_debug ("A message for a room that is not known: %s", chat_message_get_room_id (message));
  else if (g_str_equal (name, "message:changed"))
    chat_room_receive_changed (room, message);
  else
    chat_room_receive (room, message);
}

static void
room_joined_cb (ChatSession *self,
                SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatJoinResult) result = chat_protocol_read_join_result (first_argument (event), &error);

  if (result == NULL)
    chat_session_report_invalid (self, "room:joined", error);
  else if (result->success)
    chat_room_take_joined (chat_session_ensure_room (self, result->room_id, result->room_name), result);
}

static ChatRoom *
chat_session_find_named_room (ChatSession *self,
                              SioEvent    *event)
{
  const char *name = sio_event_get_name (event);
  g_autoptr(GError) error = NULL;
  g_autofree char *room_id = chat_protocol_read_room_id (first_argument (event), name, &error);
  ChatRoom *room = NULL;

  if (room_id == NULL)
    {
      chat_session_report_invalid (self, name, error);
      return NULL;
    }

  room = chat_room_list_find (self->rooms, room_id);
  if (room == NULL)
    g_debug ("%s: a room that is not known: %s", name, room_id);

  return room;
}

static void
room_left_cb (ChatSession *self,
              SioEvent    *event)
{
  ChatRoom *room = chat_session_find_named_room (self, event);

  if (room != NULL)
    chat_room_take_left (room);
}

static void
room_removed_cb (ChatSession *self,
                 SioEvent    *event)
{
  g_autoptr(ChatRoom) room = chat_session_find_named_room (self, event);

  if (room == NULL)
    return;

  g_object_ref (room);
  chat_room_take_left (room);
  chat_session_drop_room (self, room);
}

static void
room_update_cb (ChatSession *self,
                SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatRoomUpdate) update = chat_protocol_read_room_update (first_argument (event), &error);
  ChatRoom *room = NULL;

  if (update == NULL)
    {
      chat_session_report_invalid (self, "room:update", error);
      return;
    }

  room = chat_room_list_find (self->rooms, update->room_id);
  if (room != NULL)
    chat_room_apply_update (room, update);
  else
    g_debug ("room:update: a room that is not known: %s", update->room_id);
}

static void
room_changed_cb (ChatSession *self,
                 SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatRoomInfo) info = chat_protocol_read_room (first_argument (event), &error);

  if (info != NULL)
    chat_room_apply_info (chat_session_ensure_room (self, info->id, info->name), info);
  else
    chat_session_report_invalid (self, "room:changed", error);
}

static void
room_read_cb (ChatSession *self,
              SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatReadMark) mark =
    chat_protocol_read_read_mark (first_argument (event), sio_event_get_argument (event, 1),
                                  sio_event_get_argument (event, 2), &error);
  ChatRoom *room = NULL;

  if (mark == NULL)
    {
      chat_session_report_invalid (self, "room:read", error);
      return;
    }

  room = chat_room_list_find (self->rooms, mark->room_id);
  if (room != NULL)
    chat_room_apply_read (room, mark->seq, mark->back);
}

/* A plain server does not say where somebody types: it is shown in all rooms that we share with that person. */
static void
typing_cb (ChatSession *self,
           SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatTyping) typing = chat_protocol_read_typing (first_argument (event), &error);
  g_autoptr(GPtrArray) rooms = NULL;

  if (typing == NULL)
    {
      chat_session_report_invalid (self, "typing", error);
      return;
    }

  rooms = chat_room_list_snapshot (self->rooms);
  for (guint i = 0; i < rooms->len; i++)
    {
      ChatRoom *room = g_ptr_array_index (rooms, i);
      gboolean here = typing->room_id != NULL
                        ? g_str_equal (typing->room_id, room->id)
                        : room->wanted && chat_member_list_find (room->members, typing->user_id) != NULL;

      if (here)
        chat_room_take_typing (room, typing->user_id, typing->username);
    }
}

static void
presence_cb (ChatSession *self,
             SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatPresence) presence = chat_protocol_read_presence (first_argument (event), &error);
  g_autoptr(GPtrArray) rooms = NULL;

  if (presence == NULL)
    {
      chat_session_report_invalid (self, "presence", error);
      return;
    }

  rooms = chat_room_list_snapshot (self->rooms);
  for (guint i = 0; i < rooms->len; i++)
    chat_room_apply_presence (g_ptr_array_index (rooms, i), presence);
}

void
chat_session_follow_chat (ChatSession *self)
{
  static const struct
  {
    const char *signal;
    GCallback   callback;
  } handlers[] = {
    { "event::session", G_CALLBACK (session_cb) },
    { "event::message", G_CALLBACK (message_cb) },
    { "event::room:message", G_CALLBACK (message_cb) },
    { "event::message:changed", G_CALLBACK (message_cb) },
    { "event::room:joined", G_CALLBACK (room_joined_cb) },
    { "event::room:left", G_CALLBACK (room_left_cb) },
    { "event::room:removed", G_CALLBACK (room_removed_cb) },
    { "event::room:update", G_CALLBACK (room_update_cb) },
    { "event::room:changed", G_CALLBACK (room_changed_cb) },
    { "event::room:read", G_CALLBACK (room_read_cb) },
    { "event::typing", G_CALLBACK (typing_cb) },
    { "event::presence", G_CALLBACK (presence_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->chat_socket, handlers[i].signal, handlers[i].callback, self, G_CONNECT_SWAPPED);
}
