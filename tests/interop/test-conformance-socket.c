/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* test/socket.ts of the official client, case by case: identity, handshake, refusal, acknowledgements. */

#include "conformance.h"

#include <string.h>

static void
assert_id (Client     *self,
           const char *name_space)
{
  SioSocket *socket = client_join (self, name_space);
  g_autofree char *expected = g_strdup_printf ("[\"%s\"]", sio_socket_get_id (socket));

  assert_answer (socket, "getId", NULL, expected);
}

static void
test_id (Client        *self,
         gconstpointer  transports)
{
  assert_id (self, "/");
}

static void
test_id_of_namespace (Client        *self,
                      gconstpointer  transports)
{
  assert_id (self, "/foo");
}

static void
test_id_cleared (Client        *self,
                 gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  g_assert_nonnull (sio_socket_get_id (socket));
  sio_socket_close (socket);
  g_assert_null (sio_socket_get_id (socket));
}

static void
test_id_changes (Client        *self,
                 gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  g_autofree char *id = g_strdup (sio_socket_get_id (socket));

  client_listen (self, socket);
  client_emit (socket, "cut", NULL);
  wait_until (client_heard (self, "/ opened"));
  g_assert_nonnull (sio_socket_get_id (socket));
  g_assert_cmpstr (sio_socket_get_id (socket), !=, id);
}

static void
test_no_error_while_opening (Client        *self,
                             gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");

  client_listen (self, self->manager);
  client_listen (self, socket);
  sio_socket_open (socket);
  sio_socket_close (socket);
  client_idle (100);
  assert_log (self, "");
}

static void
test_connect_error (Client        *self,
                    gconstpointer  transports)
{
  SioSocket *socket;

  client_use (self, client_add_lost (self));
  socket = sio_manager_get_socket (self->manager, "/");
  client_listen (self, socket);
  sio_socket_open (socket);
  wait_until (self->log->len > 0);
  g_assert_true (g_str_has_prefix (self->log->str, "/ refused by nobody\n"));
  g_assert_true (sio_socket_get_active (socket));
  g_assert_false (sio_socket_get_connected (socket));
}

static void
note_timeout (SioSocket *socket,
              GError    *error,
              SioValue  *data,
              guint     *count)
{
  g_assert_error (error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  g_assert_true (sio_socket_get_active (socket));
  ++*count;
}

static void
test_connect_error_on_timeout (Client        *self,
                               gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  guint count = 0;

  sio_manager_set_timeout (self->manager, 1);
  g_signal_connect (socket, "connect-error", G_CALLBACK (note_timeout), &count);
  sio_socket_open (socket);
  wait_until (count > 0);
}

static void
test_no_error_when_connected (Client        *self,
                              gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  client_emit (socket, "cut", NULL);
  wait_until (client_heard (self, "/ opened"));
  assert_log (self, "/ closed transport close\n/ opened\n");
}

static SioValue *
get_query (SioSocket *socket)
{
  g_autoptr(SioValue) answer = client_ask (socket, "getHandshake", NULL);

  return sio_value_ref (sio_value_lookup (sio_value_get_element (answer, 0), "query"));
}

static void
take_handshake (SioSocket *socket,
                SioEvent  *event,
                SioValue **query)
{
  *query = sio_value_ref (sio_value_lookup (sio_event_get_argument (event, 0), "query"));
}

/* As /abc tells it, by itself. */
static SioValue *
hear_query (Client *self)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/abc");
  SioValue *query = NULL;

  g_signal_connect (socket, "event::handshake", G_CALLBACK (take_handshake), &query);
  sio_socket_open (socket);
  wait_until (query != NULL);

  return query;
}

static void
assert_query (SioValue   *query,
              const char *name,
              const char *value)
{
  g_assert_cmpstr (sio_value_get_string (sio_value_lookup (query, name)), ==, value);
}

static void
test_query_object (Client        *self,
                   gconstpointer  transports)
{
  g_autoptr(SioValue) query = NULL;

  sio_manager_set_query (self->manager, "e", "f");
  query = get_query (client_join (self, "/"));
  assert_query (query, "e", "f");
}

static void
test_query_string (Client        *self,
                   gconstpointer  transports)
{
  g_autoptr(SioValue) query = NULL;

  client_use (self, client_add_manager (self, "/?c=d"));
  query = get_query (client_join (self, "/"));
  assert_query (query, "c", "d");
}

static void
test_query_object_namespace (Client        *self,
                             gconstpointer  transports)
{
  g_autoptr(SioValue) query = NULL;

  sio_manager_set_query (self->manager, "a", "b");
  query = hear_query (self);
  assert_query (query, "a", "b");
}

static void
test_query_string_namespace (Client        *self,
                             gconstpointer  transports)
{
  g_autoptr(SioValue) query = NULL;

  client_use (self, client_add_manager (self, "/?b=c&d=e"));
  query = hear_query (self);
  assert_query (query, "b", "c");
  assert_query (query, "d", "e");
}

static void
test_query_encoded (Client        *self,
                    gconstpointer  transports)
{
  g_autoptr(SioValue) query = NULL;

  sio_manager_set_query (self->manager, "&a", "&=?a");
  query = hear_query (self);
  assert_query (query, "&a", "&=?a");
}

static SioValue *
get_auth (SioSocket *socket)
{
  g_autoptr(SioValue) answer = client_ask (socket, "getHandshake", NULL);

  return sio_value_ref (sio_value_lookup (sio_value_get_element (answer, 0), "auth"));
}

static void
test_auth_object (Client        *self,
                  gconstpointer  transports)
{
  g_autoptr(SioValue) auth = client_parse ("{\"a\":\"b\",\"c\":\"d\"}");
  g_autoptr(SioValue) got = NULL;

  sio_socket_set_auth (sio_manager_get_socket (self->manager, "/"), auth);
  got = get_auth (client_join (self, "/"));
  g_assert_true (sio_value_equal (got, auth));
}

static void
provide (SioSocket *socket,
         GTask     *task,
         gpointer   user_data)
{
  g_task_return_pointer (task, client_parse ("{\"e\":\"f\"}"), (GDestroyNotify) sio_value_unref);
  g_object_unref (task);
}

static void
test_auth_function (Client        *self,
                    gconstpointer  transports)
{
  g_autoptr(SioValue) expected = client_parse ("{\"e\":\"f\"}");
  g_autoptr(SioValue) got = NULL;

  sio_socket_set_auth_func (sio_manager_get_socket (self->manager, "/"), provide, NULL, NULL);
  got = get_auth (client_join (self, "/"));
  g_assert_true (sio_value_equal (got, expected));
}

static void
test_middleware_failure (Client        *self,
                         gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/no");

  client_listen (self, socket);
  sio_socket_open (socket);
  wait_until (self->log->len > 0);
  assert_log (self, "/no refused Auth failed (custom namespace)\n");
}

static void
test_no_attempt_after_middleware_failure (Client        *self,
                                          gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/no");

  client_listen (self, self->manager);
  client_listen (self, socket);
  sio_socket_open (socket);
  wait_until (client_heard (self, "/no refused Auth failed (custom namespace)"));
  client_idle (100);
  g_assert_false (sio_socket_get_active (socket));
  g_assert_cmpuint (client_count (self, "attempt"), ==, 0);
  g_assert_cmpuint (client_count (self, "/no refused"), ==, 1);
}

static void
test_disconnect_then_reconnect (Client        *self,
                                gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, self->manager);
  client_listen (self, socket);
  sio_socket_close (socket);
  sio_socket_open (socket);
  wait_until (client_heard (self, "/ opened"));
  client_idle (50);
  assert_log (self, "/ closed io client disconnect\nmanager closed forced close\nmanager opened\n/ opened\n");
}

static void
test_reserved_event (Client        *self,
                     gconstpointer  transports)
{
  static const char * const names[] = {
    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"
  };
  SioSocket *socket = client_join (self, "/");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (sio_socket_emit (socket, names[i], NULL, SIO_EMIT_DEFAULT, &error));
      g_assert_error (error, SIO_ERROR, SIO_ERROR_RESERVED_EVENT);
    }
  assert_answer (socket, "echo", "[1]", "[1]");
}

static void
note_answer (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Client *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = sio_value_to_text (answer);
  g_string_append_printf (self->log, "%s\n", text);
}

static void
echo (SioSocket  *socket,
      const char *arguments,
      Client     *self)
{
  g_autoptr(SioValue) values = client_parse (arguments);

  sio_socket_emit_with_ack_async (socket, "echo", values, SIO_EMIT_DEFAULT, SIO_NO_TIMEOUT, NULL, note_answer, self);
}

static void
echo_second (SioSocket *socket,
             Client    *self)
{
  echo (socket, "[\"second\"]", self);
}

static void
test_order (Client        *self,
            gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");

  g_signal_connect (socket, "opened", G_CALLBACK (echo_second), self);
  sio_socket_open (socket);
  echo (socket, "[\"first\"]", self);
  wait_until (strstr (self->log->str, "second") != NULL);
  assert_log (self, "[\"first\"]\n[\"second\"]\n");
}

static void
test_emit_with_ack (Client        *self,
                    gconstpointer  transports)
{
  assert_answer (client_join (self, "/"), "echo", "[123]", "[123]");
}

#define MAX_TRIES 50

static void
emit_volatile (SioSocket  *socket,
               const char *word)
{
  g_autoptr(SioValue) arguments = sio_value_new_strings (word, NULL);
  g_autoptr(GError) error = NULL;

  sio_socket_emit (socket, "getbin", arguments, SIO_EMIT_VOLATILE, &error);
  g_assert_no_error (error);
}

static void
test_volatile_not_connected (Client        *self,
                             gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");

  client_listen (self, socket);
  sio_socket_open (socket);
  emit_volatile (socket, "lost");
  wait_until (sio_socket_get_connected (socket));
  assert_answer (socket, "echo", "[1]", "[1]");
  assert_log (self, "/ opened\n");
}

static void
test_volatile_not_ready (Client        *self,
                         gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  g_autofree char *large = g_strnfill (600000, 'x');

  client_listen (self, socket);
  /* The server takes nothing meanwhile, and a connection swallows less than this; each is less than the server takes at once.
   * Compressed they would be next to nothing. */
  interop_server_pause (self->server);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(SioValue) arguments = sio_value_new_strings (large, NULL);

      g_assert_true (sio_socket_emit (socket, "nothing", arguments, SIO_EMIT_NO_COMPRESSION, NULL));
    }
  emit_volatile (socket, "lost");
  interop_server_resume (self->server);
  assert_answer (socket, "echo", "[1]", "[1]");
  assert_log (self, "");
}

static void
test_volatile_ready (Client        *self,
                     gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  /* The answer may be here before the request is answered that carried what was asked, and so long the pipe of polling is not ready.
   * What was sent comes before the answer to what was sent after it. */
  for (guint i = 0; i < MAX_TRIES && self->log->len == 0; i++)
    {
      emit_volatile (socket, "here");
      assert_answer (socket, "echo", "[1]", "[1]");
    }
  assert_log (self, "/ event takebin \"here\"\n");
}

static void
test_timeout_not_connected (Client        *self,
                            gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  ClientCall call = { NULL };

  client_call (&call, socket, "event", NULL, 50);
  wait_until (call.done);
  g_assert_error (call.error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  client_call_clear (&call);
}

static void
test_timeout_without_answer (Client        *self,
                             gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  ClientCall call = { NULL };

  client_call (&call, socket, "unknown", NULL, 50);
  wait_until (call.done);
  g_assert_error (call.error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  client_call_clear (&call);
}

static void
test_timeout_answer_too_late (Client        *self,
                              gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  ClientCall call = { NULL };

  client_call (&call, socket, "late", "[200]", 1);
  wait_until (call.done);
  g_assert_error (call.error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  client_call_clear (&call);

  /* The answer that comes now is nobody's, and no second end of the call. */
  assert_answer (socket, "late", "[400]", "[]");
  g_assert_false (call.done);
}

static void
test_timeout_with_answer (Client        *self,
                          gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  ClientCall call = { NULL };

  client_call (&call, socket, "echo", "[42]", PATIENCE_MS / 2);
  wait_until (call.done);
  g_assert_no_error (call.error);
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (call.answer, 0)), ==, 42);
  client_call_clear (&call);
}

static void
assert_ends_with_disconnection (Client *self,
                                guint   timeout_ms)
{
  SioSocket *socket = client_join (self, "/");
  ClientCall call = { NULL };

  client_call (&call, socket, "unknown", NULL, timeout_ms);
  sio_socket_close (socket);
  wait_until (call.done);
  g_assert_error (call.error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  client_call_clear (&call);
}

static void
test_ack_upon_disconnection (Client        *self,
                             gconstpointer  transports)
{
  assert_ends_with_disconnection (self, SIO_NO_TIMEOUT);
}

static void
test_ack_upon_disconnection_timeout (Client        *self,
                                     gconstpointer  transports)
{
  assert_ends_with_disconnection (self, PATIENCE_MS / 2);
}

static void
test_unsent_ack (Client        *self,
                 gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  ClientCall call = { NULL };

  client_call (&call, socket, "echo", "[\"kept\"]", PATIENCE_MS);
  sio_socket_open (socket);
  sio_socket_close (socket);
  client_idle (20);
  g_assert_false (call.done);
  sio_socket_open (socket);
  wait_until (call.done);
  g_assert_no_error (call.error);
  client_call_clear (&call);
}

static const ConformanceCase cases[] = {
  { "should-have-an-accessible-socket-id-equal-to-the-server-side-socket-id-default-namespace", test_id },
  { "should-have-an-accessible-socket-id-equal-to-the-server-side-socket-id-custom-namespace", test_id_of_namespace },
  { "clears-socket-id-upon-disconnection", test_id_cleared },
  { "doesnt-fire-an-error-event-if-we-force-disconnect-in-opening-state", test_no_error_while_opening },
  { "fire-a-connect-error-event-when-the-connection-cannot-be-established", test_connect_error },
  { "fire-a-connect-error-event-on-open-timeout", test_connect_error_on_timeout },
  { "doesnt-fire-a-connect-error-event-when-the-connection-is-already-established", test_no_error_when_connected },
  { "should-change-socket-id-upon-reconnection", test_id_changes },
  { "query-option/should-accept-an-object-default-namespace", test_query_object },
  { "query-option/should-accept-a-query-string-default-namespace", test_query_string },
  { "query-option/should-accept-an-object", test_query_object_namespace },
  { "query-option/should-accept-a-query-string", test_query_string_namespace },
  { "query-option/should-properly-encode-the-parameters", test_query_encoded },
  { "auth-option/should-accept-an-object", test_auth_object },
  { "auth-option/should-accept-a-function", test_auth_function },
  { "should-fire-an-error-event-on-middleware-failure-from-custom-namespace", test_middleware_failure },
  { "should-not-try-to-reconnect-after-a-middleware-failure", test_no_attempt_after_middleware_failure },
  { "should-properly-disconnect-then-reconnect", test_disconnect_then_reconnect },
  { "should-throw-on-reserved-event", test_reserved_event },
  { "should-emit-events-in-order", test_order },
  { "should-emit-an-event-and-wait-for-the-acknowledgement", test_emit_with_ack },
  { "volatile-packets/should-discard-a-volatile-packet-when-the-socket-is-not-connected", test_volatile_not_connected },
  { "volatile-packets/should-discard-a-volatile-packet-when-the-pipe-is-not-ready", test_volatile_not_ready },
  { "volatile-packets/should-send-a-volatile-packet-when-the-socket-is-connected-and-the-pipe-is-ready",
    test_volatile_ready },
  { "timeout/should-timeout-after-the-given-delay-when-socket-is-not-connected", test_timeout_not_connected },
  { "timeout/should-timeout-when-the-server-does-not-acknowledge-the-event", test_timeout_without_answer },
  { "timeout/should-timeout-when-the-server-does-not-acknowledge-the-event-in-time", test_timeout_answer_too_late },
  { "timeout/should-not-timeout-when-the-server-does-acknowledge-the-event", test_timeout_with_answer },
  { "acknowledgement-upon-disconnection/should-ack-with-an-error-promise", test_ack_upon_disconnection },
  { "acknowledgement-upon-disconnection/should-ack-with-an-error-callback-and-timeout",
    test_ack_upon_disconnection_timeout },
  { "acknowledgement-upon-disconnection/should-not-discard-an-unsent-ack-callback", test_unsent_ack },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  conformance_add ("socket", cases, G_N_ELEMENTS (cases));

  return conformance_run ();
}
