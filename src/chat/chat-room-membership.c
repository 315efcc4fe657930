/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Joining and leaving a room, and what a lost and a new connection mean for it. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-protocol-failure-private.h"
#include "chat-room-private.h"
#include "chat-session-private.h"

/* The protocol's limit for both. */
#define ANSWER_WITHIN_MS 5000

/* Ends all tasks of @tasks alike. A callback may add to the array, so it is emptied first. */
static void
end_tasks (GPtrArray    *tasks,
           const GError *error)
{
  g_autoptr(GPtrArray) ended = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_extend_and_steal (ended, g_ptr_array_copy (tasks, (GCopyFunc) g_object_ref, NULL));
  g_ptr_array_set_size (tasks, 0);

  for (guint i = 0; i < ended->len; i++)
    {
      GTask *task = g_ptr_array_index (ended, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

void
chat_room_end_waiting (ChatRoom *self)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("You were signed out."));

  end_tasks (self->join_tasks, error);
  end_tasks (self->leave_tasks, error);
}

static void
chat_room_enter (ChatRoom  *self,
                 GPtrArray *members)
{
  /* What was said before one came is read, also what the server has not told of yet. */
  if (!self->wanted)
    {
      self->read_seq = CHAT_NO_SEQ;
      chat_room_heard_read (self, CHAT_NO_SEQ);
    }

  self->wanted = TRUE;
  self->present = TRUE;

  if (members != NULL)
    {
      chat_member_list_replace (self->members, members);
      chat_room_set_member_count (self, members->len);
      chat_room_name_senders (self);
    }

  chat_room_set_membership (self, CHAT_MEMBERSHIP_JOINED, NULL);
  chat_room_keep_soon (self);
  end_tasks (self->join_tasks, NULL);

  chat_room_recount (self);
  chat_room_catch_up (self);
  chat_room_tell_read (self);
  if (self->session != NULL)
    chat_session_deliver (self->session, self);
}

/* The server moved us into the room, by our wish or by another device's. */
void
chat_room_take_joined (ChatRoom             *self,
                       const ChatJoinResult *result)
{
  if (result->room_name != NULL && *result->room_name != '\0')
    chat_room_set_name (self, result->room_name);

  chat_room_enter (self, result->members);
}

void
chat_room_take_left (ChatRoom *self)
{
  self->wanted = FALSE;
  self->present = FALSE;
  /* What is said from now on does not come. */
  if (self->gap_after == CHAT_NO_SEQ)
    self->gap_after = self->newest_seq;
  self->gap_is_of_loss = FALSE;
  chat_room_clear_typing (self);
  chat_room_recount (self);
  chat_member_list_clear (self->members);
  chat_room_set_membership (self, CHAT_MEMBERSHIP_NONE, NULL);
  chat_room_keep_soon (self);
  if (self->session != NULL)
    chat_session_give_up (self->session, self, _("You left the room."));
  end_tasks (self->leave_tasks, NULL);
}

/* A room that was joined before stays wanted when the server did not answer: the next connection tries again. After a refusal only
 * the person does. */
static void
chat_room_join_failed (ChatRoom     *self,
                       const GError *error)
{
  if (self->membership != CHAT_MEMBERSHIP_JOINING && self->membership != CHAT_MEMBERSHIP_JOINED)
    {
      end_tasks (self->join_tasks, error);
      return;
    }

  if (!g_error_matches (error, CHAT_ERROR, CHAT_ERROR_TIMED_OUT) && !g_error_matches (error, CHAT_ERROR, CHAT_ERROR_OFFLINE) &&
      !g_error_matches (error, CHAT_ERROR, CHAT_ERROR_RATE_LIMITED))
    self->wanted = FALSE;

  chat_room_set_membership (self, CHAT_MEMBERSHIP_FAILED, error->message);
  if (!self->wanted)
    {
      chat_room_recount (self);
      chat_room_keep_soon (self);
      if (self->session != NULL)
        chat_session_give_up (self->session, self, error->message);
    }
  end_tasks (self->join_tasks, error);
}

static void chat_room_ask_to_join (ChatRoom *self);

static gboolean
join_again_cb (gpointer user_data)
{
  ChatRoom *self = user_data;

  self->join_source = 0;
  if (self->session != NULL && self->wanted)
    chat_room_ask_to_join (self);

  return G_SOURCE_REMOVE;
}

/* Nobody waits for this join but the room itself: it was joined before. */
static gboolean
is_rejoining (ChatRoom *self)
{
  return self->wanted && self->join_tasks->len == 0;
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(ChatRoom) self = user_data;
  ChatSession *session = CHAT_SESSION (source);
  g_autoptr(SioValue) answer = NULL;
  g_autoptr(ChatJoinResult) joined = NULL;
  g_autoptr(GError) error = NULL;

  answer = chat_session_call_finish (session, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error == NULL)
    joined = chat_protocol_read_join_result (answer, &error);

  if (joined != NULL && joined->success && g_strcmp0 (joined->room_id, self->id) != 0)
    error = g_error_new_literal (CHAT_ERROR, CHAT_ERROR_INVALID, "room:join: roomId is that of another room");

  if (error == NULL && !joined->success)
    error = chat_protocol_make_error (joined->code, joined->error, CHAT_ERROR_FORBIDDEN);
  else if (g_error_matches (error, CHAT_ERROR, CHAT_ERROR_INVALID))
    {
      g_message ("%s", error->message);
      g_clear_error (&error);
      g_set_error_literal (&error, CHAT_ERROR, CHAT_ERROR_INVALID, _("The server’s answer could not be understood."));
    }

  /* The connection broke while the answer was under way: the next one asks again. */
  if (g_error_matches (error, CHAT_ERROR, CHAT_ERROR_OFFLINE) && is_rejoining (self))
    return;

  /* Who is in many rooms asks for many at once. */
  if (g_error_matches (error, CHAT_ERROR, CHAT_ERROR_RATE_LIMITED) && is_rejoining (self) && self->join_source == 0)
    {
      self->join_source = g_timeout_add ((guint) CLAMP (joined->retry_after, 100, 60000), join_again_cb, self);
      return;
    }

  if (error != NULL)
    chat_room_join_failed (self, error);
  else if (self->membership != CHAT_MEMBERSHIP_LEAVING)
    chat_room_take_joined (self, joined);
}

static void
chat_room_ask_to_join (ChatRoom *self)
{
  g_autoptr(SioValue) arguments = chat_protocol_write_string (self->id);

  chat_session_call_async (self->session, "room:join", arguments, ANSWER_WITHIN_MS, joined_cb, g_object_ref (self));
}

/* Not shown as joining: the room was joined and still is, as far as the person is concerned. */
void
chat_room_rejoin (ChatRoom *self)
{
  self->present = FALSE;
  self->wanted = TRUE;
  self->gap_is_of_loss = FALSE;
  g_array_set_size (self->verified, 0);
  /* Whoever leaves comes back only when that fails. */
  if (self->membership == CHAT_MEMBERSHIP_LEAVING)
    return;

  if (self->membership != CHAT_MEMBERSHIP_JOINED)
    chat_room_set_membership (self, CHAT_MEMBERSHIP_JOINING, NULL);
  chat_room_ask_to_join (self);
}

/**
 * chat_room_join_async:
 * @self: a room
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the joining
 * @callback: called when the room is joined, or after five seconds at the latest
 * @user_data: for @callback
 *
 * Joins a room.
 */
void
chat_room_join_async (ChatRoom            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_room_join_async);

  if (self->membership == CHAT_MEMBERSHIP_JOINED)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_ptr_array_add (self->join_tasks, g_object_ref (task));
  if (self->membership == CHAT_MEMBERSHIP_JOINING)
    return;

  if (self->session == NULL || !chat_session_can_ask (self->session))
    {
      g_autoptr(GError) error = g_error_new_literal (CHAT_ERROR, CHAT_ERROR_OFFLINE, _("There is no connection to the server."));

      chat_room_set_membership (self, CHAT_MEMBERSHIP_FAILED, error->message);
      end_tasks (self->join_tasks, error);
      return;
    }

  chat_room_set_membership (self, CHAT_MEMBERSHIP_JOINING, NULL);
  chat_room_ask_to_join (self);
}

gboolean
chat_room_join_finish (ChatRoom      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(ChatRoom) self = user_data;
  g_autoptr(SioValue) answer = NULL;
  g_autoptr(GError) error = NULL;

  answer = chat_session_call_finish (CHAT_SESSION (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error == NULL && chat_protocol_read_leave_result (answer, &error))
    {
      chat_room_take_left (self);
      return;
    }

  if (self->membership == CHAT_MEMBERSHIP_LEAVING)
    {
      chat_room_set_membership (self, CHAT_MEMBERSHIP_JOINED, NULL);
      /* What the server said meanwhile of our being there was not heeded. Without a connection, the next one asks. */
      if (!self->present && self->session != NULL && chat_session_can_ask (self->session))
        chat_room_rejoin (self);
    }
  end_tasks (self->leave_tasks, error);
}

/**
 * chat_room_leave_async:
 * @self: a room
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the leaving
 * @callback: called when the room is left, or after five seconds at the latest
 * @user_data: for @callback
 *
 * Leaves a room. When that fails the room stays joined.
 */
void
chat_room_leave_async (ChatRoom            *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(SioValue) arguments = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_room_leave_async);

  if (self->membership == CHAT_MEMBERSHIP_NONE)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (self->session == NULL || !chat_session_can_ask (self->session))
    {
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_OFFLINE, _("There is no connection to the server."));
      return;
    }

  g_ptr_array_add (self->leave_tasks, g_object_ref (task));
  if (self->membership == CHAT_MEMBERSHIP_LEAVING)
    return;

  chat_room_set_membership (self, CHAT_MEMBERSHIP_LEAVING, NULL);
  arguments = chat_protocol_write_string (self->id);
  chat_session_call_async (self->session, "room:leave", arguments, ANSWER_WITHIN_MS, left_cb, g_object_ref (self));
}

gboolean
chat_room_leave_finish (ChatRoom      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
chat_room_disconnected (ChatRoom *self)
{
  self->was_present = self->present;
  self->present = FALSE;
  self->loading_newest = FALSE;
  self->loading_gap = FALSE;
  g_clear_handle_id (&self->send_source, g_source_remove);
  g_clear_handle_id (&self->join_source, g_source_remove);
  chat_room_forget_failures (self);
  chat_room_clear_typing (self);

  /* That answer does not come any more; the next connection asks again. */
  if (self->membership == CHAT_MEMBERSHIP_JOINING && is_rejoining (self))
    chat_room_set_membership (self, CHAT_MEMBERSHIP_JOINED, NULL);

  chat_room_end_telling (self);
  if (self->gap_after == CHAT_NO_SEQ)
    {
      self->gap_after = self->newest_seq;
      self->gap_is_of_loss = TRUE;
    }
}

/* After a connection that was not recovered the server has us in no room. After one that was, we are where we were, and nothing is
 * missing but what was missing before. */
void
chat_room_connected (ChatRoom *self,
                     gboolean  recovered)
{
  if (!self->wanted)
    return;

  if (!recovered || !self->was_present)
    {
      chat_room_rejoin (self);
      return;
    }

  self->present = TRUE;
  if (self->gap_is_of_loss)
    self->gap_after = CHAT_NO_SEQ;
  self->gap_is_of_loss = FALSE;

  chat_room_catch_up (self);
  chat_room_tell_read (self);
  chat_session_deliver (self->session, self);
}
