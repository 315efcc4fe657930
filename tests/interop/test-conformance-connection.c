/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* test/connection.ts of the official client, case by case: how connections are made, shared, and made to carry data. */

#include "conformance.h"

#include <string.h>

static void
test_connect (Client        *self,
              gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  client_emit (socket, "hi", NULL);
  wait_until (self->log->len > 0);
  assert_log (self, "/ event hi\n");
}

static void
test_no_connection_by_itself (Client        *self,
                              gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");

  client_listen (self, self->manager);
  client_listen (self, socket);
  client_idle (50);
  assert_log (self, "");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);

  client_join (self, "/");
  assert_log (self, "manager opened\n/ opened\n");
}

typedef struct
{
  SioManager *manager;
  char       *connection;
} Shared;

/* What io() of the official client is: a manager that is shared, and the namespace that the address names. */
static void
shared_open (Shared     *shared,
             Client     *self,
             const char *path_and_query,
             const char *path)
{
  g_autofree char *uri = g_strconcat (self->uri, path_and_query, NULL);
  g_autoptr(GError) error = NULL;
  SioSocket *socket = NULL;

  shared->manager = sio_manager_lookup (uri, path, &socket, &error);
  g_assert_no_error (error);
  sio_manager_set_transports (shared->manager, self->transports);
  sio_socket_open (socket);
  wait_until (sio_socket_get_connected (socket));
  shared->connection = client_ask_text (socket, "getConnection", NULL);
}

static void
shared_clear (Shared *shared)
{
  g_clear_object (&shared->manager);
  g_clear_pointer (&shared->connection, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shared, shared_clear)

static void
test_same_path (Client        *self,
                gconstpointer  transports)
{
  g_auto(Shared) first = { NULL }, second = { NULL };

  shared_open (&first, self, "", NULL);
  shared_open (&second, self, "/", NULL);
  g_assert_true (first.manager != second.manager);
  g_assert_cmpstr (first.connection, !=, second.connection);
}

static void
test_same_path_and_other_query (Client        *self,
                                gconstpointer  transports)
{
  g_auto(Shared) first = { NULL }, second = { NULL };

  shared_open (&first, self, "?first=1", NULL);
  shared_open (&second, self, "/?second=2", NULL);
  g_assert_true (first.manager != second.manager);
  g_assert_cmpstr (first.connection, !=, second.connection);
}

static void
test_different_paths (Client        *self,
                      gconstpointer  transports)
{
  g_auto(Shared) first = { NULL }, second = { NULL };

  shared_open (&first, self, "/", NULL);
  shared_open (&second, self, "/", "/elsewhere");
  g_assert_true (first.manager != second.manager);
  g_assert_cmpstr (first.connection, !=, second.connection);
}

static void
test_single_connection (Client        *self,
                        gconstpointer  transports)
{
  g_auto(Shared) main = { NULL }, foo = { NULL };

  shared_open (&main, self, "/", NULL);
  shared_open (&foo, self, "/foo", NULL);
  g_assert_true (main.manager == foo.manager);
  g_assert_cmpstr (main.connection, ==, foo.connection);
}

/* A manager that is never shared. */
static void
test_force_new (Client        *self,
                gconstpointer  transports)
{
  g_auto(Shared) shared = { NULL };
  g_autofree char *own = client_ask_text (client_join (self, "/"), "getConnection", NULL);

  shared_open (&shared, self, "/foo", NULL);
  g_assert_true (shared.manager != self->manager);
  g_assert_cmpstr (shared.connection, !=, own);
}

static void
answer_five (SioSocket *socket,
             SioEvent  *event,
             Client    *self)
{
  g_autoptr(SioValue) answer = client_parse ("[5,{\"test\":true}]");

  g_assert_true (sio_event_acknowledge (event, answer, NULL));
}

static void
test_acks (Client        *self,
           gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  g_signal_connect (socket, "event::ack", G_CALLBACK (answer_five), self);
  client_listen (self, socket);
  client_emit (socket, "ack", NULL);
  wait_until (client_heard (self, "/ event got it"));
}

static void
assert_is_date (const char *text)
{
  g_autoptr(GDateTime) date = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  g_assert_nonnull (date);
}

static void
test_date_with_ack (Client        *self,
                    gconstpointer  transports)
{
  g_autoptr(SioValue) answer = client_ask (client_join (self, "/"), "getAckDate", "[{\"test\":true}]");

  assert_is_date (sio_value_get_string (sio_value_get_element (answer, 0)));
}

static void
test_false (Client        *self,
            gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  client_emit (socket, "false", NULL);
  wait_until (self->log->len > 0);
  assert_log (self, "/ event false false\n");
}

static void
test_utf8 (Client        *self,
           gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  client_emit (socket, "getUtf8", NULL);
  wait_until (client_count (self, "/ event") == 5);
  assert_log (self, "/ event takeUtf8 \"てすと\"\n/ event takeUtf8 \"Я Б Г Д Ж Й\"\n/ event takeUtf8 \"Ä ä Ü ü ß\"\n"
                    "/ event takeUtf8 \"İ I ı i\"\n/ event takeUtf8 \"utf8 — string\"\n");
}

static void
test_namespace_after_connection (Client        *self,
                                 gconstpointer  transports)
{
  client_join (self, "/");
  assert_answer (client_join (self, "/foo"), "echo", "[1]", "[1]");
}

static void
test_namespace_after_close (Client        *self,
                            gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  sio_socket_close (socket);
  assert_log (self, "/ closed io client disconnect\n");
  assert_answer (client_join (self, "/foo"), "echo", "[1]", "[1]");
}

static void
test_cached_socket_again (Client        *self,
                          gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  sio_socket_close (socket);
  g_assert_true (client_join (self, "/") == socket);
  assert_answer (socket, "echo", "[1]", "[1]");
}

/* What the server got of those who say ?watch=NAME. */
static char *
get_watched (Client     *self,
             const char *name)
{
  g_autofree char *arguments = g_strdup_printf ("[\"%s\"]", name);

  client_use (self, client_add_manager (self, ""));

  return client_ask_text (client_join (self, "/"), "getWatched", arguments);
}

static char *
watch (Client     *self,
       const char *what)
{
  char *name = g_strdup_printf ("%s-%s", what, self->transports[0]);
  g_autofree char *query = g_strconcat ("/?watch=", name, NULL);

  client_use (self, client_add_manager (self, query));

  return name;
}

static char *
wait_for_watched (Client     *self,
                  const char *name,
                  const char *last)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *got = get_watched (self, name);

      if (strstr (got, last) != NULL)
        return g_steal_pointer (&got);
      client_idle (10);
    }

  return NULL;
}

static void
test_active_cached_socket (Client        *self,
                           gconstpointer  transports)
{
  g_autofree char *name = watch (self, "cached");
  SioSocket *socket = client_join (self, "/");
  g_autofree char *got = NULL;

  g_assert_true (sio_manager_get_socket (self->manager, "/") == socket);
  sio_socket_open (socket);
  sio_socket_close (socket);
  got = wait_for_watched (self, name, "\"1\"");
  g_assert_cmpstr (got, ==, "[[\"0\",\"1\"]]");
}

static void
test_already_active_socket (Client        *self,
                            gconstpointer  transports)
{
  g_autofree char *name = watch (self, "active");
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  SioSocket *foo;
  g_autofree char *got = NULL;

  sio_socket_open (socket);
  sio_socket_open (socket);
  wait_until (sio_socket_get_connected (socket));
  sio_socket_open (socket);
  foo = client_join (self, "/foo");
  sio_socket_open (foo);
  sio_socket_close (socket);
  sio_socket_close (foo);
  got = wait_for_watched (self, name, "\"1/foo,\"");
  g_assert_cmpstr (got, ==, "[[\"0\",\"0/foo,\",\"1\",\"1/foo,\"]]");
}

static void
test_decoding_exception (Client        *self,
                         gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, self->manager);
  client_listen (self, socket);
  client_emit (socket, "garbage", NULL);
  wait_until (client_heard (self, "reconnected 1") && sio_socket_get_connected (socket));
  assert_log (self, "/ closed parse error\nmanager closed parse error\nattempt 1\nmanager opened\nreconnected 1\n/ opened\n");
}

static void
close_on_joining (SioSocket *socket,
                  SioSocket *other)
{
  sio_socket_close (other);
}

static void
test_connect_while_disconnecting (Client        *self,
                                  gconstpointer  transports)
{
  SioSocket *foo = client_join (self, "/foo");
  SioSocket *asd = sio_manager_get_socket (self->manager, "/asd");

  sio_socket_open (asd);
  sio_socket_close (foo);
  wait_until (sio_socket_get_connected (asd));

  /* And where it is closed in the very callback. */
  sio_socket_close (asd);
  g_signal_connect (foo, "opened", G_CALLBACK (close_on_joining), foo);
  sio_socket_open (foo);
  sio_socket_open (asd);
  wait_until (sio_socket_get_connected (asd) && !sio_socket_get_active (foo));
  assert_answer (asd, "echo", "[1]", "[1]");
}

static void
test_disconnect_single (Client        *self,
                        gconstpointer  transports)
{
  SioSocket *foo = client_join (self, "/foo");
  SioSocket *asd = client_join (self, "/asd");

  client_listen (self, self->manager);
  client_listen (self, asd);
  sio_socket_close (foo);
  assert_answer (asd, "echo", "[1]", "[1]");
  assert_log (self, "");

  sio_socket_close (asd);
  wait_until (client_heard (self, "manager closed forced close"));
}

static void
test_date_string (Client        *self,
                  gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  g_auto(GStrv) parts = NULL;

  client_listen (self, socket);
  client_emit (socket, "getDate", NULL);
  wait_until (self->log->len > 0);
  parts = g_strsplit (self->log->str, "\"", 3);
  g_assert_cmpstr (parts[0], ==, "/ event takeDate ");
  assert_is_date (parts[1]);
}

static void
test_date_object (Client        *self,
                  gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  g_auto(GStrv) parts = NULL;

  client_listen (self, socket);
  client_emit (socket, "getDateObj", NULL);
  wait_until (self->log->len > 0);
  parts = g_strsplit (self->log->str, "\"", -1);
  g_assert_cmpstr (parts[0], ==, "/ event takeDateObj {");
  g_assert_cmpstr (parts[1], ==, "date");
  assert_is_date (parts[3]);
}

static void
take_binary (SioSocket *socket,
             SioEvent  *event,
             GBytes   **bytes)
{
  *bytes = g_bytes_ref (sio_value_get_bytes (sio_event_get_argument (event, 0)));
}

static void
test_get_binary (Client        *self,
                 gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  g_autoptr(GBytes) bytes = NULL;

  g_signal_connect (socket, "event::doge", G_CALLBACK (take_binary), &bytes);
  client_emit (socket, "doge", NULL);
  wait_until (bytes != NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "asdfasdf", 8);
}

static void
emit_bytes (SioSocket  *socket,
            const char *event,
            gboolean    among_json)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("howdy", 5);
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;

  if (among_json)
    {
      sio_builder_begin_object (builder);
      sio_builder_set_name (builder, "hello");
      sio_builder_add_string (builder, "lol");
      sio_builder_set_name (builder, "message");
    }
  sio_builder_add_bytes (builder, bytes);
  if (among_json)
    {
      sio_builder_set_name (builder, "goodbye");
      sio_builder_add_string (builder, "gotcha");
      sio_builder_end (builder);
    }
  arguments = sio_builder_finish (builder);
  g_assert_true (sio_socket_emit (socket, event, arguments, SIO_EMIT_DEFAULT, NULL));
}

static void
test_send_binary (Client        *self,
                  gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  emit_bytes (socket, "buffa", FALSE);
  wait_until (self->log->len > 0);
  assert_log (self, "/ event buffack\n");
}

static void
test_send_binary_among_json (Client        *self,
                             gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  emit_bytes (socket, "jsonbuff", TRUE);
  wait_until (self->log->len > 0);
  assert_log (self, "/ event jsonbuff-ack\n");
}

static void
test_binary_order (Client        *self,
                   gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  emit_bytes (socket, "abuff1", FALSE);
  client_emit (socket, "abuff2", "[\"please arrive second\"]");
  wait_until (self->log->len > 0);
  assert_log (self, "/ event abuff2-ack\n");
}

/* test/arraybuffer of engine.io-client */
static void
test_binary_and_multibyte (Client        *self,
                           gconstpointer  transports)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\0\1\2\3\4", 5);
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;
  ClientCall call = { NULL };

  sio_builder_begin_array (builder);
  sio_builder_add_bytes (builder, bytes);
  sio_builder_add_string (builder, "cash money €€€");
  sio_builder_add_string (builder, "\xee\x80\x80-\xee\xbf\xbf 😀");
  sio_builder_end (builder);
  arguments = sio_builder_finish (builder);
  client_call_value (&call, client_join (self, "/"), "echo", arguments, PATIENCE_MS);
  wait_until (call.done);
  g_assert_no_error (call.error);
  g_assert_true (sio_value_equal (call.answer, arguments));
  client_call_clear (&call);
}

/* test/socket.js of engine.io-client: the server has one transport alone, and it is not the first one of ours. */
static SioManager *
use_single (Client   *self,
            gboolean  try_all)
{
  gboolean polls = g_str_equal (self->transports[0], "polling");
  const char *both[] = { polls ? "websocket" : "polling", polls ? "polling" : "websocket", NULL };
  SioManager *manager = client_add_manager (self, "");

  sio_manager_set_path (manager, polls ? "/polling-alone/" : "/websocket-alone/");
  sio_manager_set_transports (manager, both);
  sio_manager_set_try_all_transports (manager, try_all);
  sio_manager_set_reconnection (manager, FALSE);
  client_use (self, manager);

  return manager;
}

static void
test_second_transport (Client        *self,
                       gconstpointer  transports)
{
  SioManager *manager = use_single (self, TRUE);
  SioSocket *socket = client_join (self, "/");

  g_assert_cmpstr (sio_manager_get_transport (manager), ==, self->transports[0]);
  assert_answer (socket, "echo", "[1]", "[1]");
}

static void
test_no_second_transport (Client        *self,
                          gconstpointer  transports)
{
  SioManager *manager = use_single (self, FALSE);

  client_listen (self, manager);
  sio_socket_open (sio_manager_get_socket (manager, "/"));
  wait_until (self->log->len > 0);
  assert_log (self, "manager error\n");
}

/* test/transport.js of engine.io-client */
static void
upgrade_and_reconnect (Client   *self,
                       gboolean  remember)
{
  SioManager *manager = client_add_manager (self, "");
  SioSocket *socket;

  sio_manager_set_transports (manager, client_upgrade);
  sio_manager_set_remember_upgrade (manager, remember);
  client_use (self, manager);
  socket = client_join (self, "/");
  wait_until (g_strcmp0 (sio_manager_get_transport (manager), "websocket") == 0);
  sio_socket_close (socket);
  sio_manager_close (manager);
  sio_socket_open (socket);
  wait_until (sio_manager_get_transport (manager) != NULL);
  g_assert_cmpstr (sio_manager_get_transport (manager), ==, remember ? "websocket" : "polling");
}

static void
test_remember_upgrade (Client        *self,
                       gconstpointer  transports)
{
  upgrade_and_reconnect (self, TRUE);
}

static void
test_forget_upgrade (Client        *self,
                     gconstpointer  transports)
{
  upgrade_and_reconnect (self, FALSE);
}

static const ConformanceCase engine_cases[] = {
  { "binary-data-and-multibyte-string", test_binary_and_multibyte },
  { "should-connect-with-the-2nd-transport-if-tryalltransports-is-true", test_second_transport },
  { "should-not-connect-with-the-2nd-transport-if-tryalltransports-is-false", test_no_second_transport },
  { "should-remember-websocket-if-rememberupgrade-is-true", test_remember_upgrade },
  { "should-not-remember-websocket-if-rememberupgrade-is-false", test_forget_upgrade },
};

static const ConformanceCase cases[] = {
  { "should-connect-to-localhost", test_connect },
  { "should-not-connect-when-autoconnect-option-set-to-false", test_no_connection_by_itself },
  { "should-start-two-connections-with-same-path", test_same_path },
  { "should-start-two-connections-with-same-path-and-different-querystrings", test_same_path_and_other_query },
  { "should-start-two-connections-with-different-paths", test_different_paths },
  { "should-start-a-single-connection-with-different-namespaces", test_single_connection },
  { "should-start-another-connection-with-force-new", test_force_new },
  { "should-work-with-acks", test_acks },
  { "should-receive-date-with-ack", test_date_with_ack },
  { "should-work-with-false", test_false },
  { "should-receive-utf8-multibyte-characters", test_utf8 },
  { "should-connect-to-a-namespace-after-connection-established", test_namespace_after_connection },
  { "should-open-a-new-namespace-after-connection-gets-closed", test_namespace_after_close },
  { "should-reopen-a-cached-socket", test_cached_socket_again },
  { "should-not-reopen-a-cached-but-active-socket", test_active_cached_socket },
  { "should-not-reopen-an-already-active-socket", test_already_active_socket },
  { "should-close-the-engine-upon-decoding-exception", test_decoding_exception },
  { "should-connect-while-disconnecting-another-socket", test_connect_while_disconnecting },
  { "should-not-close-the-connection-when-disconnecting-a-single-socket", test_disconnect_single },
  { "should-emit-date-as-string", test_date_string },
  { "should-emit-date-in-object", test_date_object },
  { "should-get-binary-data-as-an-arraybuffer", test_get_binary },
  { "should-send-binary-data-as-an-arraybuffer", test_send_binary },
  { "should-send-binary-data-mixed-with-json", test_send_binary_among_json },
  { "should-send-events-with-arraybuffers-in-the-correct-order", test_binary_order },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  conformance_add ("connection", cases, G_N_ELEMENTS (cases));
  conformance_add ("engine", engine_cases, G_N_ELEMENTS (engine_cases));

  return conformance_run ();
}
