/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rooms that a person names: joining one by its id, and making one. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "chat-room-private.h"
#include "chat-session-private.h"

#define CREATE_WITHIN_MS 5000

static void
room_joined_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatSession *self = g_task_get_source_object (task);
  ChatRoom *room = CHAT_ROOM (source);
  GError *error = NULL;

  if (chat_room_join_finish (room, result, &error))
    {
      g_task_return_pointer (task, g_object_ref (room), g_object_unref);
      return;
    }

  /* A room that was only tried is no room. */
  if (self->plain && !room->wanted && chat_room_get_last_message (room) == NULL)
    chat_session_drop_room (self, room);
  g_task_return_error (task, error);
}

/**
 * chat_session_join_room_async:
 * @self: a session
 * @room_id: a room's id
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the joining
 * @callback: called when the room is joined, or after five seconds at the latest
 * @user_data: for @callback
 *
 * Joins a room by its id, also one that is not in the list: plain servers have no list.
 */
void
chat_session_join_room_async (ChatSession         *self,
                              const char          *room_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *id = NULL;

  g_return_if_fail (CHAT_IS_SESSION (self));
  g_return_if_fail (room_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_session_join_room_async);
  id = g_strstrip (g_strdup (room_id));

  if (*id == '\0' || strlen (id) > CHAT_PROTOCOL_MAX_ID || !g_utf8_validate (id, -1, NULL))
    g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_INVALID, _("This is not the name of a room."));
  else if (!chat_session_can_ask (self))
    g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_OFFLINE, _("There is no connection to the server."));
  else
    chat_room_join_async (chat_session_ensure_room (self, id, NULL), cancellable, room_joined_cb, g_steal_pointer (&task));
}

/**
 * chat_session_join_room_finish:
 * @self: a session
 * @result: what was given to the callback
 * @error: return location for a #GError
 *
 * Returns: (nullable) (transfer full): the room
 */
ChatRoom *
chat_session_join_room_finish (ChatSession   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
room_created_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatSession *self = CHAT_SESSION (source);
  g_autoptr(SioValue) answer = NULL;
  g_autoptr(ChatRoomInfo) info = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ChatRoom *room = NULL;
  GError *error = NULL;

  answer = chat_session_call_finish (self, result, &error);
  if (answer != NULL)
    info = chat_protocol_read_created_room (answer, &error);

  if (info == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* Who makes a room is in it; joining tells who else is. */
  room = chat_session_ensure_room (self, info->id, info->name);
  chat_room_apply_info (room, info);
  chat_room_join_async (room, cancellable, room_joined_cb, g_steal_pointer (&task));
}

/**
 * chat_session_create_room_async:
 * @self: a session
 * @name: the room's name
 * @topic: (nullable): what it is about
 * @is_private: whether only those who are invited see it
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the making
 * @callback: called when the room is there and joined
 * @user_data: for @callback
 *
 * Makes a room and joins it.
 */
void
chat_session_create_room_async (ChatSession         *self,
                                const char          *name,
                                const char          *topic,
                                gboolean             is_private,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(SioValue) arguments = NULL;
  g_autofree char *stripped = NULL;

  g_return_if_fail (CHAT_IS_SESSION (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_session_create_room_async);
  stripped = g_strstrip (g_strdup (name));

  if (*stripped == '\0')
    {
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_INVALID, _("A room needs a name."));
      return;
    }

  if (!(self->features & CHAT_FEATURE_ROOMS))
    {
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_UNSUPPORTED, _("On this server rooms cannot be created."));
      return;
    }

  arguments = chat_protocol_write_create_room (stripped, topic, is_private);
  chat_session_call_async (self, "room:create", arguments, CREATE_WITHIN_MS, room_created_cb, g_steal_pointer (&task));
}

/**
 * chat_session_create_room_finish:
 * @self: a session
 * @result: what was given to the callback
 * @error: return location for a #GError
 *
 * Returns: (nullable) (transfer full): the new room
 */
ChatRoom *
chat_session_create_room_finish (ChatSession   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
