/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A chat client without a window, for tests/chaos: it does what it reads on its standard input and tells on its standard output, in
 * JSON, what a window would show.
 *
 * join ROOM           be in a room
 * send ROOM TEXT      write a message; it is "accepted" when it is on the disk
 * read ROOM           what is in the room was read
 * retry               connect now, if the next attempt waits for its time
 * look QUESTION       tell in numbers how things stand
 * state QUESTION      load all that was said and tell it
 * quit                close everything and end */

#include "config.h"

#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent-report.h"

/* In milliseconds. */
#define AGAIN_MS 20

typedef struct
{
  GMainLoop        *loop;
  ChatStore        *store;
  ChatSession      *session;
  GDataInputStream *commands;
} Agent;

/* ── What is watched ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void
message_changed_cb (ChatMessage *message)
{
  agent_report_message (message);
}

static void
rows_changed_cb (GListModel *rows,
                 guint       position,
                 guint       n_removed,
                 guint       n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i);
      ChatMessage *message = chat_timeline_item_get_message (row);

      /* A row that only moves is watched already. */
      if (message == NULL || g_object_get_data (G_OBJECT (message), "watched") != NULL)
        continue;

      g_object_set_data (G_OBJECT (message), "watched", rows);
      g_signal_connect (message, "notify::delivery", G_CALLBACK (message_changed_cb), NULL);
      g_signal_connect (message, "notify::seq", G_CALLBACK (message_changed_cb), NULL);
      agent_report_message (message);
    }
}

static void
rooms_changed_cb (GListModel *rooms,
                  guint       position,
                  guint       n_removed,
                  guint       n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(ChatRoom) room = g_list_model_get_item (rooms, i);
      GListModel *rows = G_LIST_MODEL (chat_room_get_timeline (room));

      if (g_object_get_data (G_OBJECT (room), "watched") != NULL)
        continue;

      g_object_set_data (G_OBJECT (room), "watched", rooms);
      chat_room_set_following (room, TRUE);
      g_signal_connect (rows, "items-changed", G_CALLBACK (rows_changed_cb), NULL);
      rows_changed_cb (rows, 0, 0, g_list_model_get_n_items (rows));
    }
}

static void
watch_session (ChatSession *session)
{
  GListModel *rooms = G_LIST_MODEL (chat_session_get_rooms (session));

  g_signal_connect (session, "notify::connection", G_CALLBACK (agent_report_connection), NULL);
  g_signal_connect (session, "notify::plain", G_CALLBACK (agent_report_connection), NULL);
  g_signal_connect (rooms, "items-changed", G_CALLBACK (rooms_changed_cb), NULL);
  rooms_changed_cb (rooms, 0, 0, g_list_model_get_n_items (rooms));
}

/* ── What is done ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static ChatRoom *
find_room (Agent      *self,
           const char *id)
{
  GListModel *rooms = G_LIST_MODEL (chat_session_get_rooms (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr(ChatRoom) room = g_list_model_get_item (rooms, i);

      /* The session holds it. */
      if (g_str_equal (chat_room_get_id (room), id))
        return room;
    }

  return NULL;
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatRoom) room = chat_session_join_room_finish (CHAT_SESSION (source), result, &error);

  if (room == NULL)
    agent_report_problem (error);
}

static void
do_join (Agent      *self,
         const char *room_id)
{
  chat_session_join_room_async (self->session, room_id, NULL, joined_cb, NULL);
}

static void
accepted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree char *content = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatMessage) message = chat_room_send_finish (CHAT_ROOM (source), result, &error);

  if (message != NULL)
    agent_report_accepted (message);
  else
    agent_report_refused (content, error);
}

static void
do_send (Agent      *self,
         const char *rest)
{
  g_auto(GStrv) words = g_strsplit (rest, " ", 2);
  ChatRoom *room = find_room (self, words[0]);
  g_autoptr(GError) error = NULL;

  if (room != NULL && words[1] != NULL)
    {
      chat_room_send_async (room, words[1], NULL, NULL, accepted_cb, g_strdup (words[1]));
      return;
    }

  error = g_error_new (CHAT_ERROR, CHAT_ERROR_NOT_FOUND, "There is no room %s here", words[0]);
  agent_report_refused (words[1], error);
}

static void
do_read (Agent      *self,
         const char *room_id)
{
  ChatRoom *room = find_room (self, room_id);
  ChatMessage *last = room != NULL ? chat_room_get_last_message (room) : NULL;

  if (last == NULL)
    return;

  agent_report_read (room, chat_message_get_seq (last));
  chat_room_mark_read (room);
}

static void
do_retry (Agent      *self,
          const char *rest)
{
  chat_session_retry_now (self->session);
}

static void
do_look (Agent      *self,
         const char *question)
{
  agent_report_state (self->session, question, FALSE);
}

/* ── Telling everything ────────────────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  Agent *agent;
  char  *question;
} Telling;

static void
telling_free (Telling *telling)
{
  g_free (telling->question);
  g_free (telling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Telling, telling_free)

static void tell_all (Telling *telling);

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Telling) telling = user_data;
  g_autoptr(GError) error = NULL;

  if (!chat_store_flush_finish (CHAT_STORE (source), result, &error))
    agent_report_problem (error);

  agent_report_state (telling->agent->session, telling->question, TRUE);
}

static void
flush_and_tell (Telling *telling)
{
  chat_store_flush_async (telling->agent->store, NULL, flushed_cb, telling);
}

static void
tell_again_cb (gpointer user_data)
{
  tell_all (user_data);
}

/* A room that the server has not let in again yet cannot ask for anything. */
static void
older_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (chat_room_load_finish (CHAT_ROOM (source), result, &error))
    {
      tell_all (user_data);
      return;
    }

  if (g_error_matches (error, CHAT_ERROR, CHAT_ERROR_OFFLINE) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_timeout_add_once (AGAIN_MS, tell_again_cb, user_data);
      return;
    }

  agent_report_problem (error);
  flush_and_tell (user_data);
}

/* One page after the other, room by room, until nothing older is missing. */
static void
tell_all (Telling *telling)
{
  GListModel *rooms = G_LIST_MODEL (chat_session_get_rooms (telling->agent->session));

  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr(ChatRoom) room = g_list_model_get_item (rooms, i);

      if (chat_room_get_membership (room) == CHAT_MEMBERSHIP_JOINED && chat_room_get_has_older (room))
        {
          chat_room_load_older_async (room, NULL, older_cb, telling);
          return;
        }
    }

  flush_and_tell (telling);
}

static void
do_state (Agent      *self,
          const char *question)
{
  Telling *telling = g_new0 (Telling, 1);

  telling->agent = self;
  telling->question = g_strdup (question);
  tell_all (telling);
}

/* ── Being told ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
do_quit (Agent      *self,
         const char *rest)
{
  g_main_loop_quit (self->loop);
}

static const struct
{
  const char *name;
  void      (*run) (Agent      *self,
                    const char *rest);
} verbs[] = {
  { "join", do_join },
  { "send", do_send },
  { "read", do_read },
  { "retry", do_retry },
  { "look", do_look },
  { "state", do_state },
  { "quit", do_quit },
};

static void
obey (Agent      *self,
      const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", 2);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_strcmp0 (words[0], verbs[i].name) == 0)
        {
          verbs[i].run (self, words[1] != NULL ? words[1] : "");
          return;
        }
    }

  g_printerr ("chat-agent: what is “%s”?\n", line);
}

static void read_command (Agent *self);

static void
command_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Agent *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }

  obey (self, line);
  read_command (self);
}

static void
read_command (Agent *self)
{
  g_data_input_stream_read_line_async (self->commands, G_PRIORITY_DEFAULT, NULL, command_cb, self);
}

static gboolean
open_agent (Agent       *self,
            const char  *address,
            const char  *token,
            const char  *path,
            GError     **error)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new (address, token, 0);
  g_autoptr(GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  self->store = chat_store_open (path, error);
  if (self->store == NULL)
    return FALSE;

  /* A file that was damaged is set aside, and that is never to happen here. */
  if (chat_store_get_notice (self->store) != NULL)
    {
      g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_STORE, chat_store_get_notice (self->store));
      return FALSE;
    }

  self->session = chat_session_new_with_store (credentials, self->store);
  self->loop = g_main_loop_new (NULL, FALSE);
  self->commands = g_data_input_stream_new (input);

  return TRUE;
}

static void
close_agent (Agent *self)
{
  if (self->session != NULL)
    chat_session_stop (self->session);
  g_clear_object (&self->session);
  if (self->store != NULL)
    chat_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->commands);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

int
main (int   argc,
      char *argv[])
{
  Agent self = { NULL };
  g_autoptr(GError) error = NULL;

  if (argc != 4)
    {
      g_printerr ("Usage: chat-agent ADDRESS TOKEN FILE\n");
      return EXIT_FAILURE;
    }

  if (open_agent (&self, argv[1], argv[2], argv[3], &error))
    {
      watch_session (self.session);
      chat_session_start (self.session);
      read_command (&self);
      g_main_loop_run (self.loop);
    }
  else
    {
      g_printerr ("chat-agent: %s\n", error->message);
    }
  close_agent (&self);

  return error == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
