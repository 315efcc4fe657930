/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* test/retry.ts of the official client, and of its test/socket.ts who listens to everything, what counts where nothing is
 * said, and compression, case by case. */

#include "conformance.h"

#include <string.h>

static void
count_up (SioSocket *socket,
          SioEvent  *event,
          gpointer   count)
{
  ++*(guint *) count;
}

static void
note_first (SioSocket *socket,
            SioEvent  *event,
            gpointer   user_data)
{
  g_string_append (((Client *) user_data)->log, "first\n");
}

static void
note_second (SioSocket *socket,
             SioEvent  *event,
             gpointer   user_data)
{
  g_string_append (((Client *) user_data)->log, "second\n");
}

static void
note_third (SioSocket *socket,
            SioEvent  *event,
            gpointer   user_data)
{
  g_string_append (((Client *) user_data)->log, "third\n");
}

static void
test_prepend_any (Client        *self,
                  gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/abc");

  sio_socket_on (socket, NULL, note_third, self, NULL);
  sio_socket_prepend_any (socket, note_second, self, NULL);
  sio_socket_prepend_any (socket, note_first, self, NULL);
  sio_socket_open (socket);
  wait_until (self->log->len > 0);
  assert_log (self, "first\nsecond\nthird\n");
}

static void
test_remove_any (Client        *self,
                 gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/abc");
  guint removed = 0, kept = 0;
  gulong handler = g_signal_connect (socket, "event", G_CALLBACK (count_up), &removed);

  g_assert_true (sio_socket_off (socket, sio_socket_on (socket, NULL, count_up, &removed, NULL)));
  g_signal_handler_disconnect (socket, handler);
  sio_socket_on (socket, NULL, count_up, &kept, NULL);
  sio_socket_open (socket);
  wait_until (kept == 1);
  client_idle (0);
  g_assert_cmpuint (removed, ==, 0);
}

static void
note_argument (SioSocket *socket,
               SioEvent  *event,
               gpointer   user_data)
{
  g_autofree char *text = sio_value_to_text (sio_event_get_argument (event, 0));

  g_string_append_printf (((Client *) user_data)->log, "%s %s\n", sio_event_get_name (event), text);
}

static void
test_outgoing (Client        *self,
               gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/abc");

  sio_socket_on_any_outgoing (socket, note_argument, self, NULL);
  client_emit (socket, "my-event", "[\"123\"]");
  assert_log (self, "my-event \"123\"\n");
}

static void
note_bytes (SioSocket *socket,
            SioEvent  *event,
            gpointer   user_data)
{
  GBytes **bytes = user_data;

  g_assert_cmpstr (sio_event_get_name (event), ==, "my-event");
  *bytes = g_bytes_ref (sio_value_get_bytes (sio_event_get_argument (event, 0)));
}

static void
test_outgoing_binary (Client        *self,
                      gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/abc");
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GBytes) sent = g_bytes_new_static ("\1\2\3", 3);
  g_autoptr(GBytes) told = NULL;
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(GError) error = NULL;

  sio_builder_add_bytes (builder, sent);
  arguments = sio_builder_finish (builder);

  sio_socket_on_any_outgoing (socket, note_bytes, &told, NULL);
  sio_socket_emit (socket, "my-event", arguments, SIO_EMIT_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (told, sent));
}

static void
test_prepend_outgoing (Client        *self,
                       gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/abc");

  sio_socket_on_any_outgoing (socket, note_third, self, NULL);
  sio_socket_prepend_any_outgoing (socket, note_second, self, NULL);
  sio_socket_prepend_any_outgoing (socket, note_first, self, NULL);
  client_emit (socket, "my-event", "[\"123\"]");
  sio_socket_open (socket);
  wait_until (self->log->len > 0);
  assert_log (self, "first\nsecond\nthird\n");
}

static void
test_remove_outgoing (Client        *self,
                      gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/abc");
  guint removed = 0, kept = 0;
  gulong handler = g_signal_connect (socket, "event-outgoing", G_CALLBACK (count_up), &removed);

  g_assert_true (sio_socket_off (socket, sio_socket_on_any_outgoing (socket, count_up, &removed, NULL)));
  g_signal_handler_disconnect (socket, handler);
  sio_socket_on_any_outgoing (socket, count_up, &kept, NULL);
  client_emit (socket, "my-event", "[\"123\"]");
  sio_socket_open (socket);
  wait_until (kept == 1);
  g_assert_cmpuint (removed, ==, 0);
}

static void
test_default_timeout (Client        *self,
                      gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  ClientCall call = { NULL };

  sio_socket_set_ack_timeout (socket, 50);
  client_call (&call, socket, "unknown", NULL, SIO_DEFAULT_TIMEOUT);
  wait_until (call.done);
  g_assert_error (call.error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  client_call_clear (&call);
}

static void
test_disconnection_ack_timeout (Client        *self,
                                gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  ClientCall call = { NULL };

  sio_socket_set_ack_timeout (socket, PATIENCE_MS);
  client_call (&call, socket, "echo", "[\"a\"]", SIO_DEFAULT_TIMEOUT);
  sio_socket_close (socket);
  wait_until (call.done);
  g_assert_error (call.error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  client_call_clear (&call);
}

/* How many bytes came to the server for an event of ten thousand. */
static gint64
measure (SioSocket    *socket,
         SioEmitFlags  flags)
{
  g_autofree char *large = g_strnfill (10000, 'x');
  g_autoptr(SioValue) arguments = sio_value_new_strings (large, NULL);
  g_autoptr(SioValue) before = client_ask (socket, "getBytesRead", NULL);
  g_autoptr(SioValue) after = NULL;
  g_autoptr(GError) error = NULL;

  sio_socket_emit (socket, "getbin", arguments, flags, &error);
  g_assert_no_error (error);
  after = client_ask (socket, "getBytesRead", NULL);

  return sio_value_get_integer (sio_value_get_element (after, 0)) - sio_value_get_integer (sio_value_get_element (before, 0));
}

static gboolean
is_websocket (gconstpointer transports)
{
  return g_str_equal (((const char * const *) transports)[0], "websocket");
}

/* What is posted is not compressed, as with the official client; there both cases are about a flag of the packet. */
static void
test_compression (Client        *self,
                  gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  assert_answer (socket, "isDeflated", NULL, is_websocket (transports) ? "[true]" : "[false]");
  g_assert_cmpint (measure (socket, SIO_EMIT_DEFAULT), <, 1000);
}

static void
test_no_compression (Client        *self,
                     gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  if (is_websocket (transports))
    g_assert_cmpint (measure (socket, SIO_EMIT_NO_COMPRESSION), >, 10000);
  assert_answer (socket, "echo", "[1]", "[1]");
}

static void
test_compression_not_offered (Client        *self,
                              gconstpointer  transports)
{
  SioSocket *socket;

  sio_manager_set_compression (self->manager, FALSE);
  socket = client_join (self, "/");
  assert_answer (socket, "isDeflated", NULL, "[false]");
  if (is_websocket (transports))
    g_assert_cmpint (measure (socket, SIO_EMIT_DEFAULT), >, 10000);
}

/* Both ways, and each message with what was learnt from those before it. */
static void
test_compression_both_ways (Client        *self,
                            gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strnfill (100 * i * i + 1, (char) ('a' + i));
      g_autofree char *arguments = g_strdup_printf ("[\"%s\"]", text);

      assert_answer (socket, "echo", arguments, arguments);
    }
}

/* Socket.IO packets alone, without the type of Engine.IO's. */
static void
note_packet (SioManager    *manager,
             SioTraceFlags  flags,
             const char    *transport,
             GBytes        *packet,
             Client        *self)
{
  gsize length;
  const char *text = g_bytes_get_data (packet, &length);

  if ((flags & SIO_TRACE_OUTGOING) != 0 && length > 0 && text[0] == '4')
    g_string_append_printf (self->log, "%.*s\n", (int) length - 1, text + 1);
}

static SioSocket *
watch_packets (Client *self)
{
  g_signal_connect (self->manager, "trace", G_CALLBACK (note_packet), self);

  return sio_manager_get_socket (self->manager, "/");
}

typedef struct
{
  guint queued; /* when the answer came */
  guint done;
} Retried;

static void
note_queue (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Retried *retried = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);

  g_assert_no_error (error);
  retried->queued = sio_socket_get_n_queued (SIO_SOCKET (source));
  retried->done = TRUE;
}

static void
test_retry_order (Client        *self,
                  gconstpointer  transports)
{
  SioSocket *socket = watch_packets (self);
  Retried retried[3] = { { 0 } };

  sio_socket_set_retries (socket, 1);
  sio_socket_set_ack_timeout (socket, PATIENCE_MS);
  sio_socket_open (socket);
  for (guint i = 0; i < G_N_ELEMENTS (retried); i++)
    {
      g_autoptr(SioBuilder) builder = sio_builder_new ();
      g_autoptr(SioValue) arguments = NULL;

      sio_builder_add_integer (builder, i + 1);
      arguments = sio_builder_finish (builder);
      sio_socket_emit_with_ack_async (socket, "echo", arguments, SIO_EMIT_DEFAULT, SIO_DEFAULT_TIMEOUT, NULL, note_queue,
                                      &retried[i]);
      g_assert_cmpuint (sio_socket_get_n_queued (socket), ==, i + 1);
    }
  wait_until (retried[2].done);
  for (guint i = 0; i < G_N_ELEMENTS (retried); i++)
    g_assert_cmpuint (retried[i].queued, ==, 2 - i);
  sio_socket_close (socket);
  wait_until (client_heard (self, "1"));
  assert_log (self, "0\n20[\"echo\",1]\n21[\"echo\",2]\n22[\"echo\",3]\n1\n");
}

static void
test_retry_fails (Client        *self,
                  gconstpointer  transports)
{
  SioSocket *socket = watch_packets (self);
  ClientCall call = { NULL };
  guint count = 0;

  sio_socket_on (socket, "ack", count_up, &count, NULL);
  sio_socket_set_retries (socket, 3);
  sio_socket_set_ack_timeout (socket, 50);
  sio_socket_open (socket);
  client_call (&call, socket, "ack", NULL, SIO_DEFAULT_TIMEOUT);
  wait_until (call.done);
  g_assert_error (call.error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  client_call_clear (&call);
  wait_until (count == 4);
  sio_socket_close (socket);
  wait_until (client_heard (self, "1"));
  assert_log (self, "0\n20[\"ack\"]\n21[\"ack\"]\n22[\"ack\"]\n23[\"ack\"]\n1\n");
}

static void
test_retry_disconnected (Client        *self,
                         gconstpointer  transports)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  ClientCall call = { NULL };

  sio_socket_set_retries (socket, 3);
  client_call (&call, socket, "echo", "[1]", 2000);
  client_idle (100);
  g_assert_false (call.done);
  sio_socket_open (socket);
  wait_until (call.done);
  g_assert_no_error (call.error);
  client_call_clear (&call);
}

static void
emit_nothing (SioSocket *socket,
              gpointer   user_data)
{
  client_emit (socket, "echo", "[null]");
}

static void
test_retry_once_in_handler (Client        *self,
                            gconstpointer  transports)
{
  SioSocket *socket = watch_packets (self);

  sio_socket_set_retries (socket, 3);
  g_signal_connect (socket, "opened", G_CALLBACK (emit_nothing), NULL);
  sio_socket_open (socket);
  wait_until (sio_socket_get_connected (socket) && sio_socket_get_n_queued (socket) == 0);
  client_idle (100);
  assert_log (self, "0\n20[\"echo\",null]\n");
}

static const ConformanceCase socket_cases[] = {
  { "on-any/should-prepend-listener", test_prepend_any },
  { "on-any/should-remove-listener", test_remove_any },
  { "on-any-outgoing/should-call-listener", test_outgoing },
  { "on-any-outgoing/should-call-listener-with-binary-data", test_outgoing_binary },
  { "on-any-outgoing/should-prepend-listener", test_prepend_outgoing },
  { "on-any-outgoing/should-remove-listener", test_remove_outgoing },
  { "should-enable-compression-by-default", test_compression },
  { "should-disable-compression", test_no_compression },
  { "should-not-compress-unless-it-is-agreed-on", test_compression_not_offered },
  { "should-compress-both-ways", test_compression_both_ways },
  { "timeout/should-use-the-default-timeout-value", test_default_timeout },
  { "acknowledgement-upon-disconnection/should-ack-with-an-error-callback-and-ack-timeout", test_disconnection_ack_timeout },
};

static const ConformanceCase retry_cases[] = {
  { "should-preserve-the-order-of-the-packets", test_retry_order },
  { "should-fail-when-the-server-does-not-acknowledge-the-packet", test_retry_fails },
  { "should-not-drain-the-queue-while-the-socket-is-disconnected", test_retry_disconnected },
  { "should-not-emit-a-packet-twice-in-the-connect-handler", test_retry_once_in_handler },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  conformance_add ("socket", socket_cases, G_N_ELEMENTS (socket_cases));
  conformance_add ("retry", retry_cases, G_N_ELEMENTS (retry_cases));

  return conformance_run ();
}
