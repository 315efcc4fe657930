/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the server of what was said in a room. All that it answers is kept, together with the stretch of numbers of which
 * nothing is missing any more. What was changed meanwhile is asked from here; what was missed, from chat-room-gap.c. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

#define ANSWER_WITHIN_MS 10000

gboolean
chat_room_has_history (ChatRoom *self)
{
  return self->session != NULL && (chat_session_get_features (self->session) & CHAT_FEATURE_HISTORY) != 0;
}

gboolean
chat_room_can_ask_history (ChatRoom *self)
{
  return chat_room_has_history (self) && self->present;
}

/* ---- One question ---- */

typedef struct
{
  ChatHistoryWish  wish;
  ChatHistory     *history;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->history, chat_history_free);
  g_free (question);
}

/* What the server was not asked for it may be mistaken about. */
static gboolean
is_wished (ChatRoom              *self,
           const ChatHistoryWish *wish,
           ChatMessage           *message)
{
  gint64 seq = chat_message_get_seq (message);

  if (!g_str_equal (chat_message_get_room_id (message), self->id))
    return FALSE;

  return seq == CHAT_NO_SEQ ||
         ((wish->before == CHAT_NO_SEQ || seq < wish->before) && (wish->after == CHAT_NO_SEQ || seq > wish->after));
}

static void
keep_wished (ChatRoom              *self,
             const ChatHistoryWish *wish,
             GPtrArray             *messages)
{
  for (guint i = messages->len; i > 0; i--)
    {
      if (!is_wished (self, wish, g_ptr_array_index (messages, i - 1)))
        g_ptr_array_remove_index (messages, i - 1);
    }
}

/* The answer says nothing of the message that was named in the question, and what is shown may not be on the disk: it could not be
 * written, or is only on its way there. */
static gboolean
is_stored (ChatRoom *self,
           gint64    seq)
{
  ChatPlace place = { seq, -1 };
  g_autoptr(GPtrArray) found = chat_store_read_after (self->session->store, self->id, &place, G_MAXINT64, 1);

  return found->len > 0 && chat_message_get_seq (g_ptr_array_index (found, 0)) == seq;
}

/* Of which numbers nothing is missing, once the answer is here: a server counts the messages of a room by one. FALSE where nothing
 * can be said. */
static gboolean
find_span (ChatRoom              *self,
           const ChatHistoryWish *wish,
           const ChatHistory     *history,
           ChatSpan              *span)
{
  span->first = G_MAXINT64;
  span->last = CHAT_NO_SEQ;

  for (guint i = 0; i < history->messages->len; i++)
    {
      gint64 seq = chat_message_get_seq (g_ptr_array_index (history->messages, i));

      if (seq == CHAT_NO_SEQ)
        return FALSE;

      span->first = MIN (span->first, seq);
      span->last = MAX (span->last, seq);
    }

  if (wish->around != CHAT_NO_SEQ)
    return span->first <= span->last;

  if (wish->after != CHAT_NO_SEQ)
    {
      span->first = wish->after == CHAT_SPAN_FROM_BEGINNING || is_stored (self, wish->after) ? wish->after : wish->after + 1;
      span->last = MAX (span->last, wish->after);
      return span->first <= span->last;
    }

  if (wish->before != CHAT_NO_SEQ)
    span->last = wish->before - 1;
  if (!history->has_more)
    span->first = CHAT_SPAN_FROM_BEGINNING;

  return span->first <= span->last;
}

/* Whether nothing comes behind the answer. A server may have told of more, and then does not have it. */
static gboolean
is_of_end (const ChatHistoryWish *wish,
           const ChatHistory     *history)
{
  return wish->around == CHAT_NO_SEQ && wish->before == CHAT_NO_SEQ && (wish->after == CHAT_NO_SEQ || !history->has_more);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  ChatSession *session = CHAT_SESSION (source);
  g_autoptr(GTask) task = user_data;
  ChatRoom *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  g_autoptr(SioValue) answer = NULL;
  GError *error = NULL;
  ChatSpan span;

  answer = chat_session_call_finish (session, result, &error);
  if (answer != NULL)
    question->history = chat_protocol_read_history (answer, chat_session_get_user_id (session), &error);

  if (question->history != NULL && self->session == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The room is gone");

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  keep_wished (self, &question->wish, question->history->messages);
  if (find_span (self, &question->wish, question->history, &span))
    chat_room_add_page (self, question->history->messages, &span);
  else
    chat_room_add_page (self, question->history->messages, NULL);

  if (is_of_end (&question->wish, question->history))
    self->answered_seq = self->last_seq;

  g_task_return_boolean (task, TRUE);
}

static SioValue *
write_wish (ChatRoom              *self,
            const ChatHistoryWish *wish)
{
  if (wish->around != CHAT_NO_SEQ)
    return chat_protocol_write_history_around (self->id, wish->around, wish->limit);

  if (wish->after != CHAT_NO_SEQ)
    return chat_protocol_write_history_after (self->id, wish->after, wish->limit);

  return chat_protocol_write_history_before (self->id, wish->before, wish->limit);
}

/* What the server answers is on its way into the store when this ends. */
void
chat_room_ask_history_async (ChatRoom              *self,
                             const ChatHistoryWish *wish,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr(SioValue) arguments = write_wish (self, wish);
  Question *question = g_new0 (Question, 1);

  g_assert (chat_room_can_ask_history (self));

  question->wish = *wish;
  g_task_set_source_tag (task, chat_room_ask_history_async);
  g_task_set_task_data (task, question, question_free);
  chat_session_call_async (self->session, "room:history", arguments, ANSWER_WITHIN_MS, answered_cb, task);
}

gboolean
chat_room_ask_history_finish (ChatRoom      *self,
                              GAsyncResult  *result,
                              GPtrArray    **messages,
                              gboolean      *has_more,
                              GError       **error)
{
  Question *question = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  question = g_task_get_task_data (G_TASK (result));
  *messages = g_ptr_array_ref (question->history->messages);
  *has_more = question->history->has_more;

  return TRUE;
}

/* ---- The marker ---- */

/* Before the first message that is here it would stand wrong, and move with each page that one scrolls up to: it waits until what
 * was read before it is here too. */
void
chat_room_show_marker (ChatRoom *self)
{
  if (self->timeline != NULL && self->marker_after != CHAT_NO_SEQ &&
      (!self->has_older || chat_room_get_oldest_seq (self) <= self->marker_after + 1))
    chat_timeline_set_unread_after (self->timeline, self->marker_after);
}

void
chat_room_update_marker (ChatRoom *self)
{
  if (self->unread > 0 && self->read_seq != CHAT_NO_SEQ)
    self->marker_after = self->read_seq;

  chat_room_show_marker (self);
}

/* ---- What was changed ---- */

/* The server has told of @span on this connection. */
void
chat_room_note_verified (ChatRoom       *self,
                         const ChatSpan *span)
{
  ChatSpan *newest = self->verified->len > 0 ? &g_array_index (self->verified, ChatSpan, self->verified->len - 1) : NULL;

  /* What comes live comes one by one. */
  if (newest != NULL && span->first <= newest->last + 1 && span->last >= newest->first - 1)
    {
      newest->first = MIN (newest->first, span->first);
      newest->last = MAX (newest->last, span->last);
      return;
    }

  g_array_append_val (self->verified, *span);
}

static gboolean
is_verified (ChatRoom *self,
             gint64    seq,
             gint64   *from)
{
  for (guint i = 0; i < self->verified->len; i++)
    {
      const ChatSpan *span = &g_array_index (self->verified, ChatSpan, i);

      if (span->first <= seq && span->last >= seq)
        {
          *from = span->first;
          return TRUE;
        }
    }

  return FALSE;
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  ChatRoom *self = CHAT_ROOM (source);
  g_autofree gint64 *asked = user_data;
  g_autoptr(GPtrArray) messages = NULL;
  g_autoptr(GError) error = NULL;
  gboolean has_more = FALSE;
  gint64 from = 0;

  self->verifying = FALSE;
  if (chat_room_ask_history_finish (self, result, &messages, &has_more, &error))
    {
      /* A server whose answer says nothing of what it was asked for is not asked again. */
      if (is_verified (self, *asked, &from))
        chat_room_verify (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("What was changed meanwhile is not known: %s", error->message);
}

/* What is kept may have been edited or deleted while there was no connection. The server is asked for the window once in each
 * connection, from its end to its beginning. */
void
chat_room_verify (ChatRoom *self)
{
  ChatHistoryWish wish = { CHAT_NO_SEQ, CHAT_NO_SEQ, CHAT_NO_SEQ, CHAT_ROOM_GAP_PAGE };
  ChatMessage *last = self->timeline != NULL ? chat_timeline_get_last_confirmed (self->timeline) : NULL;
  gint64 oldest = chat_room_get_oldest_seq (self);
  gint64 seq = last != NULL ? chat_message_get_seq (last) : CHAT_NO_SEQ;
  gint64 from = 0;

  if (self->verifying || oldest == CHAT_NO_SEQ || !chat_room_can_ask_history (self) ||
      !(chat_session_get_features (self->session) & CHAT_FEATURE_EDIT))
    return;

  while (seq >= oldest && is_verified (self, seq, &from))
    seq = from - 1;

  if (seq < oldest)
    return;

  self->verifying = TRUE;
  wish.before = seq + 1;
  wish.limit = (guint) MIN (seq - oldest + 1, CHAT_ROOM_GAP_PAGE);
  chat_room_ask_history_async (self, &wish, verified_cb, g_memdup2 (&seq, sizeof seq));
}
