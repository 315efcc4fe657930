/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "free-port.h"
#include "test-server.h"

/* Machines that build are slow; a test that waits this long has failed. */
#define PATIENCE_S 60

struct _TestServer
{
  GSubprocess *process;
  char        *program;
  char        *directory;
  char        *address;
  char        *port;
  char       **options;
  gboolean     is_reference;
};

static const char *
node_program (void)
{
  const char *node = g_getenv ("NODE");

  return node != NULL ? node : "node";
}

static void
add_strings (GPtrArray          *arguments,
             const char * const *strings)
{
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    g_ptr_array_add (arguments, g_strdup (strings[i]));
}

static GPtrArray *
begin_arguments (TestServer *self)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (arguments, g_strdup (node_program ()));
  g_ptr_array_add (arguments, g_strdup (self->program));

  if (self->is_reference)
    {
      g_ptr_array_add (arguments, g_strdup ("--data"));
      g_ptr_array_add (arguments, g_strdup (self->directory));
    }

  return arguments;
}

/* The first line of either server ends with its address. */
static void
read_address (TestServer *self)
{
  g_autoptr(GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr(GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);

  g_assert_true (g_str_has_suffix (line, self->port));
  g_free (self->address);
  self->address = g_strdup_printf ("http://127.0.0.1:%s", self->port);
}

void
test_server_start (TestServer *self)
{
  g_autoptr(GPtrArray) arguments = begin_arguments (self);
  g_autoptr(GError) error = NULL;

  g_assert_null (self->process);

  g_ptr_array_add (arguments, g_strdup ("--port"));
  g_ptr_array_add (arguments, g_strdup (self->port));
  add_strings (arguments, (const char * const *) self->options);
  g_ptr_array_add (arguments, NULL);

  self->process = g_subprocess_newv ((const char * const *) arguments->pdata,
                                     G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  read_address (self);
}

void
test_server_stop (TestServer *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
test_server_kill (TestServer *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

TestServer *
test_server_new_reference (const char * const *options)
{
  TestServer *self = g_new0 (TestServer, 1);

  self->is_reference = TRUE;
  self->program = g_build_filename (g_getenv ("TEST_SERVER_DIR"), "bin", "enfilade-server.js", NULL);
  self->directory = g_dir_make_tmp ("enfilade-test-XXXXXX", NULL);
  self->options = g_strdupv ((char **) options);
  self->port = g_strdup_printf ("%u", find_free_port ());

  return self;
}

TestServer *
test_server_new_script (const char *script,
                        const char *behaviour)
{
  const char *options[] = { behaviour, NULL };
  TestServer *self = g_new0 (TestServer, 1);

  self->program = g_test_build_filename (G_TEST_DIST, "chat", script, NULL);
  self->options = g_strdupv ((char **) options);
  self->port = g_strdup_printf ("%u", find_free_port ());

  return self;
}

static void
remove_directory (const char *directory)
{
  g_autoptr(GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_directory (path);
      else
        g_unlink (path);
    }

  g_rmdir (directory);
}

void
test_server_free (TestServer *self)
{
  if (self->process != NULL)
    test_server_kill (self);

  if (self->directory != NULL)
    remove_directory (self->directory);

  g_free (self->program);
  g_free (self->directory);
  g_free (self->address);
  g_free (self->port);
  g_strfreev (self->options);
  g_free (self);
}

const char *
test_server_get_address (TestServer *self)
{
  return self->address;
}

/* Runs one command of the reference server and returns what it prints. */
char *
test_server_command (TestServer *self,
                     ...)
{
  g_autoptr(GPtrArray) arguments = begin_arguments (self);
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  const char *word = NULL;
  char *output = NULL;
  va_list words;

  va_start (words, self);
  while ((word = va_arg (words, const char *)) != NULL)
    g_ptr_array_add (arguments, g_strdup (word));
  va_end (words);
  g_ptr_array_add (arguments, NULL);

  g_subprocess_launcher_setenv (launcher, "ENFILADE_PASSWORD", TEST_PASSWORD, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char * const *) arguments->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return g_strstrip (output);
}

void
test_server_add_user (TestServer *self,
                      const char *name,
                      gboolean    is_admin)
{
  g_autofree char *output = NULL;

  output = is_admin ? test_server_command (self, "user", "add", name, "--admin", NULL)
                    : test_server_command (self, "user", "add", name, NULL);
}

static guint patience_source;
static const char *waiting_for;

static gboolean
patience_cb (gpointer user_data)
{
  g_error ("waited too long for: %s", waiting_for);

  return G_SOURCE_REMOVE;
}

void
test_wait_begin (const char *what)
{
  waiting_for = what;
  patience_source = g_timeout_add_seconds (PATIENCE_S, patience_cb, NULL);
}

gboolean
test_wait_more (void)
{
  g_main_context_iteration (NULL, TRUE);

  return TRUE;
}

void
test_wait_end (void)
{
  g_clear_handle_id (&patience_source, g_source_remove);
}

static gboolean
settled_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Lets happen what happens; for what must not happen there is no condition to wait for. */
void
test_settle (guint ms)
{
  gboolean settled = FALSE;

  g_timeout_add (ms, settled_cb, &settled);
  test_wait_until (settled);
}

void
test_take_result (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

ChatCredentials *
test_server_sign_in (TestServer *self,
                     const char *name)
{
  g_autoptr(ChatServer) server = chat_server_new (self->address);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatCredentials *credentials = NULL;

  chat_server_sign_in_async (server, name, TEST_PASSWORD, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  credentials = chat_server_sign_in_finish (server, result, &error);
  g_assert_no_error (error);

  return credentials;
}

ChatSession *
test_server_open_session (TestServer *self,
                          const char *name)
{
  g_autoptr(ChatCredentials) credentials = test_server_sign_in (self, name);
  ChatSession *session = chat_session_new (credentials);

  chat_session_start (session);
  test_wait_until (chat_session_get_connection (session) == CHAT_CONNECTION_ONLINE && !chat_session_get_plain (session));

  return session;
}

ChatCredentials *
test_make_credentials (const char *address,
                       const char *user_id,
                       const char *username,
                       gboolean    is_admin)
{
  ChatCredentials *credentials = chat_credentials_new (address, "a-token", 0);

  chat_credentials_set_user (credentials, user_id, username, is_admin);

  return credentials;
}

/* Nothing may hold on to a session that was stopped: it goes with its last reference. */
void
test_finish_session (ChatSession **session)
{
  gpointer weak = *session;

  g_object_add_weak_pointer (G_OBJECT (*session), &weak);
  chat_session_stop (*session);
  g_clear_object (session);
  test_wait_until (weak == NULL);
}

ChatMessage *
test_nth_message (ChatRoom *room,
                  guint     n)
{
  GListModel *rows = G_LIST_MODEL (chat_room_get_timeline (room));

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i);
      ChatMessage *message = chat_timeline_item_get_message (row);

      if (message != NULL && n-- == 0)
        return message;
    }

  return NULL;
}

ChatMessage *
test_find_content (ChatRoom   *room,
                   const char *content)
{
  ChatMessage *message = NULL;

  for (guint i = 0; (message = test_nth_message (room, i)) != NULL; i++)
    {
      if (g_str_equal (chat_message_get_content (message), content))
        return message;
    }

  return NULL;
}

guint
test_count_content (ChatRoom   *room,
                    const char *content)
{
  ChatMessage *message = NULL;
  guint count = 0;

  for (guint i = 0; (message = test_nth_message (room, i)) != NULL; i++)
    count += g_str_equal (chat_message_get_content (message), content) ? 1 : 0;

  return count;
}

ChatRoom *
test_join (ChatSession *session,
           const char  *room_id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ChatRoom) room = NULL;
  g_autoptr(GError) error = NULL;

  chat_session_join_room_async (session, room_id, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  room = chat_session_join_room_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (room);

  /* The session holds it. */
  return room;
}

ChatMessage *
test_send_reply (ChatRoom    *room,
                 const char  *content,
                 const char  *reply_to,
                 GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ChatMessage) message = NULL;

  chat_room_get_timeline (room);
  chat_room_send_async (room, content, reply_to, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  message = chat_room_send_finish (room, result, error);

  return message;
}

ChatMessage *
test_send (ChatRoom    *room,
           const char  *content,
           GError     **error)
{
  return test_send_reply (room, content, NULL, error);
}

void
test_load_older (ChatRoom *room)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_load_older_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_room_load_finish (room, result, &error));
  g_assert_no_error (error);
}

void
test_load_newer (ChatRoom *room)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_load_newer_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_room_load_finish (room, result, &error));
  g_assert_no_error (error);
}
