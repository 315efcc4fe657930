/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server finds besides. It knows words, a room and a sender; what else was typed is looked at here. What it finds is kept. */

#include "config.h"

#include "chat-markup.h"
#include "chat-search-private.h"

/* A server is not asked at each letter. */
#define ASK_AFTER_MS 350
#define ANSWER_WITHIN_MS 10000

/* So many pages in a row without anything new are enough for one wish. */
#define MAX_FRUITLESS 4

static gboolean
can_ask (ChatSearch *self)
{
  return self->query != NULL && *self->query->words != '\0' &&
         (chat_session_get_features (self->session) & CHAT_FEATURE_SEARCH) != 0 &&
         chat_session_get_connection (self->session) == CHAT_CONNECTION_ONLINE;
}

static gboolean
is_called (const char *id,
           const char *name,
           GPtrArray  *names)
{
  g_autoptr(ChatSearchText) words = chat_search_text_new (name != NULL ? name : "");

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr(ChatSearchText) typed = chat_search_text_new (g_ptr_array_index (names, i));
      gboolean is_whole = FALSE;

      if (g_str_equal (id, g_ptr_array_index (names, i)))
        return TRUE;

      for (guint j = 0; j < words->words->len; j++)
        {
          if (chat_search_text_has_at (words, j, typed, TRUE, &is_whole))
            return TRUE;
        }
    }

  return names->len == 0;
}

static gboolean
is_wanted (ChatSearch  *self,
           ChatMessage *message,
           ChatRoom    *room)
{
  const ChatSearchQuery *query = self->query;
  gint64 timestamp = chat_message_get_timestamp (message);

  if (room == NULL || chat_message_get_deleted (message) || timestamp < query->since || timestamp >= query->until)
    return FALSE;

  if (self->room != NULL ? room != self->room : !is_called (chat_room_get_id (room), chat_room_get_name (room), query->rooms))
    return FALSE;

  return is_called (chat_message_get_sender_id (message), chat_message_get_sender_name (message), query->senders) &&
         (!query->has_link || chat_markup_has_link (chat_message_get_content (message)));
}

/* With no stretch of numbers: it says nothing of what lies between. */
static void
keep (ChatSearch  *self,
      ChatMessage *message)
{
  g_autoptr(GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, message);
  chat_store_put_messages (chat_session_get_store (self->session), chat_message_get_room_id (message), one, NULL);
}

static guint
take_found (ChatSearch *self,
            GPtrArray  *messages)
{
  guint n_new = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      ChatMessage *message = g_ptr_array_index (messages, i);
      ChatRoom *room = chat_room_list_find (chat_session_get_rooms (self->session), chat_message_get_room_id (message));
      gint64 timestamp = chat_message_get_timestamp (message);

      if (self->server_before == CHAT_NOT_SAID || timestamp < self->server_before)
        self->server_before = timestamp;
      if (!is_wanted (self, message, room))
        continue;

      if (chat_search_add (self, chat_search_hit_new (self->session, message, chat_room_get_name (room), self->query, TRUE)))
        {
          keep (self, message);
          n_new++;
        }
    }

  return n_new;
}

typedef struct
{
  ChatSearch   *search;
  GCancellable *cancellable;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->search);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* That the server does not answer takes nothing away from what was found here. */
static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  ChatSearch *self = question->search;
  g_autoptr(SioValue) answer = NULL;
  g_autoptr(ChatHistory) found = NULL;
  g_autoptr(GError) error = NULL;
  gint64 before = self->server_before;
  guint n_new = 0;

  answer = chat_session_call_finish (CHAT_SESSION (source), result, &error);
  if (question->cancellable != self->cancellable)
    return;

  self->server_busy = FALSE;
  if (answer != NULL)
    found = chat_protocol_read_search_result (answer, chat_session_get_user_id (self->session), &error);

  if (found != NULL)
    {
      n_new = take_found (self, found->messages);
      /* A server that says that there is more, and does not go on, has none. */
      self->server_has_more = found->has_more && self->server_before != before;
    }
  else
    {
      g_debug ("The server does not search: %s", error->message);
      self->server_has_more = FALSE;
      if (self->hits->len == 0)
        chat_search_set_error (self, error->message);
    }

  self->n_fruitless = n_new > 0 ? 0 : self->n_fruitless + 1;
  if (n_new == 0 && self->server_has_more && self->n_fruitless < MAX_FRUITLESS)
    chat_search_ask_server (self);
  chat_search_update (self);
}

/* Who it is, where all that was found here is of one person. */
static const char *
find_sender_id (ChatSearch *self)
{
  const char *sender_id = NULL;

  if (self->query->senders->len != 1)
    return NULL;

  for (guint i = 0; i < self->hits->len; i++)
    {
      const char *id = chat_message_get_sender_id (chat_search_hit_get_message (g_ptr_array_index (self->hits, i)));

      if (sender_id != NULL && !g_str_equal (sender_id, id))
        return NULL;
      sender_id = id;
    }

  return sender_id;
}

/* The next page of what the server has. */
void
chat_search_ask_server (ChatSearch *self)
{
  g_autoptr(SioValue) arguments = NULL;
  Question *question = NULL;
  gint64 before = self->server_before;

  if (!can_ask (self))
    {
      self->server_has_more = FALSE;
      return;
    }

  if (before == CHAT_NOT_SAID && self->query->until != G_MAXINT64)
    before = self->query->until;

  self->server_busy = TRUE;
  self->server_asked = TRUE;
  question = g_new0 (Question, 1);
  question->search = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  arguments = chat_protocol_write_search (self->query->words, self->room != NULL ? chat_room_get_id (self->room) : NULL,
                                          find_sender_id (self), before, CHAT_SEARCH_PAGE);
  chat_session_call_async (self->session, "search", arguments, ANSWER_WITHIN_MS, answered_cb, question);
}

static gboolean
ask_cb (gpointer user_data)
{
  ChatSearch *self = user_data;

  self->server_source = 0;
  self->n_fruitless = 0;
  chat_search_ask_server (self);
  chat_search_update (self);

  return G_SOURCE_REMOVE;
}

/* Once nothing more is typed for a while. */
void
chat_search_ask_server_soon (ChatSearch *self)
{
  if (self->server_source == 0 && can_ask (self))
    self->server_source = g_timeout_add (ASK_AFTER_MS, ask_cb, self);
}
