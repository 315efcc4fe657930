/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The queue of events that are sent until they are acknowledged, the bounds of what waits, and what is told of what is sent. */

#include "session-log.h"

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  SessionLog *self = g_object_get_data (source, "log");
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);
  g_autofree char *text = answer != NULL ? sio_value_to_text (answer) : NULL;
  g_autofree char *line = NULL;

  if (error == NULL)
    line = g_strdup_printf ("%s %s", (char *) user_data, text);
  else if (g_error_matches (error, SIO_ERROR, SIO_ERROR_TIMEOUT))
    line = g_strdup_printf ("%s timeout", (char *) user_data);
  else if (g_error_matches (error, SIO_ERROR, SIO_ERROR_DISCONNECTED))
    line = g_strdup_printf ("%s disconnected", (char *) user_data);
  else if (g_error_matches (error, SIO_ERROR, SIO_ERROR_BUFFER_FULL))
    line = g_strdup_printf ("%s full", (char *) user_data);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    line = g_strdup_printf ("%s cancelled", (char *) user_data);
  else
    g_assert_no_error (error);
  session_log_add (self, line);
}

static void
ask (SessionLog   *self,
     SioSocket    *socket,
     const char   *event,
     GCancellable *cancellable)
{
  g_object_set_data (G_OBJECT (socket), "log", self);
  sio_socket_emit_with_ack_async (socket, event, NULL, SIO_EMIT_DEFAULT, SIO_DEFAULT_TIMEOUT, cancellable, on_answer,
                                  (gpointer) event);
}

static void
emit (SioSocket    *socket,
      const char   *event,
      SioEmitFlags  flags)
{
  g_autoptr(GError) error = NULL;

  sio_socket_emit (socket, event, NULL, flags, &error);
  g_assert_no_error (error);
}

static void
lose (SessionLog *self)
{
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
}

static SioEngine *
join_again (SessionLog *self)
{
  SioEngine *engine;

  sio_manager_retry_now (self->manager);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  assert_sent (engine, "40");
  fake_engine_receive (engine, "0{\"sid\":\"again\"}");

  return engine;
}

/* --- the queue --- */

static void
test_order (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);
  const char *event;
  SioValue *arguments;
  guint tries;

  sio_socket_set_retries (socket, 3);
  ask (self, socket, "a", NULL);
  emit (socket, "b", SIO_EMIT_DEFAULT);
  ask (self, socket, "c", NULL);
  assert_sent (engine, "420[\"a\"]");
  g_assert_cmpuint (sio_socket_get_n_queued (socket), ==, 3);
  g_assert_true (sio_socket_get_queued (socket, 0, &event, &arguments, &tries));
  g_assert_cmpstr (event, ==, "a");
  g_assert_null (arguments);
  g_assert_cmpuint (tries, ==, 1);
  g_assert_true (sio_socket_get_queued (socket, 2, &event, NULL, &tries));
  g_assert_cmpstr (event, ==, "c");
  g_assert_cmpuint (tries, ==, 0);
  g_assert_false (sio_socket_get_queued (socket, 3, &event, &arguments, &tries));
  g_assert_null (event);

  /* What is not to be queued goes past it. */
  emit (socket, "volatile", SIO_EMIT_VOLATILE);
  emit (socket, "now", SIO_EMIT_NO_BUFFER);
  emit (socket, "once", SIO_EMIT_NO_RETRY);
  assert_sent (engine, "42[\"volatile\"]\n42[\"now\"]\n42[\"once\"]");

  fake_engine_receive (engine, "30[\"yes\"]");
  turn_loop ();
  assert_sent (engine, "421[\"b\"]");
  fake_engine_receive (engine, "31[]");
  turn_loop ();
  assert_sent (engine, "422[\"c\"]");
  /* An answer that came before, again. */
  fake_engine_receive (engine, "31[]");
  fake_engine_receive (engine, "32[1]");
  turn_loop ();
  assert_sent (engine, "");
  assert_log (self, "a [\"yes\"]\nc [1]");
  g_assert_cmpuint (sio_socket_get_n_queued (socket), ==, 0);
}

/* Sent once and again as often as allowed, with another number each time; then the next one has its turn. */
static void
test_gives_up (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);

  sio_socket_set_retries (socket, 2);
  sio_socket_set_ack_timeout (socket, 20);
  ask (self, socket, "noack", NULL);
  sio_socket_set_ack_timeout (socket, 0);
  ask (self, socket, "next", NULL);
  wait_until (sio_socket_get_n_queued (socket) == 1);
  turn_loop ();
  assert_sent (engine, "420[\"noack\"]\n421[\"noack\"]\n422[\"noack\"]\n423[\"next\"]");
  assert_log (self, "noack timeout");

  /* Too late. */
  fake_engine_receive (engine, "30[]");
  fake_engine_receive (engine, "33[]");
  turn_loop ();
  assert_log (self, "next []");
}

/* Nothing is sent while there is no connection; then the first is sent again, and nothing twice. */
static void
test_reconnection (gconstpointer late)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);
  guint tries;

  sio_socket_set_retries (socket, 5);
  ask (self, socket, "a", NULL);
  ask (self, socket, "b", NULL);
  assert_sent (engine, "420[\"a\"]");
  lose (self);
  /* The end of the wait for the first try may come before or after the new connection. */
  if (late == NULL)
    turn_loop ();
  ask (self, socket, "c", NULL);
  g_assert_cmpuint (sio_socket_get_n_queued (socket), ==, 3);
  g_assert_cmpuint (sio_socket_get_n_buffered (socket), ==, 0);

  engine = join_again (self);
  turn_loop ();
  assert_sent (engine, "421[\"a\"]");
  g_assert_true (sio_socket_get_queued (socket, 0, NULL, NULL, &tries));
  g_assert_cmpuint (tries, ==, 2);
  g_string_truncate (self->log, 0);
  fake_engine_receive (engine, "31[]");
  turn_loop ();
  fake_engine_receive (engine, "32[]");
  turn_loop ();
  fake_engine_receive (engine, "33[]");
  turn_loop ();
  assert_sent (engine, "422[\"b\"]\n423[\"c\"]");
  assert_log (self, "a []\nb []\nc []");
}

/* With a time-out a lost connection is a try in vain, without one it is none. */
static void
test_last_try_is_lost (gconstpointer late)
{
  for (guint timeout = 0; timeout <= 60000; timeout += 60000)
    {
      g_autoptr(SessionLog) self = session_log_new ();
      SioSocket *socket = session_log_socket (self, "/");
      SioEngine *engine = session_log_join (self, socket);

      sio_socket_set_retries (socket, 1);
      sio_socket_set_ack_timeout (socket, timeout);
      ask (self, socket, "a", NULL);
      for (guint i = 0; i < 2; i++)
        {
          lose (self);
          if (late == NULL)
            turn_loop ();
          engine = join_again (self);
          turn_loop ();
        }
      assert_sent (engine, timeout == 0 ? "422[\"a\"]" : "");
      g_assert_cmpuint (sio_socket_get_n_queued (socket), ==, timeout == 0 ? 1 : 0);
      g_assert_cmpint (strstr (self->log->str, "a disconnected") != NULL, ==, timeout != 0);
      sio_socket_clear_queue (socket);
      turn_loop ();
    }
}

static void
test_cancel_and_clear (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);
  g_autoptr(GCancellable) first = g_cancellable_new ();
  g_autoptr(GCancellable) third = g_cancellable_new ();

  sio_socket_set_retries (socket, 1);
  ask (self, socket, "a", first);
  ask (self, socket, "b", NULL);
  ask (self, socket, "c", third);
  g_cancellable_cancel (third);
  turn_loop ();
  assert_log (self, "c cancelled");
  assert_sent (engine, "420[\"a\"]");
  g_cancellable_cancel (first);
  turn_loop ();
  assert_log (self, "a cancelled");
  assert_sent (engine, "421[\"b\"]");

  /* The answer to what was cancelled is nobody's. */
  fake_engine_receive (engine, "30[]");
  turn_loop ();
  g_assert_cmpuint (sio_socket_get_n_queued (socket), ==, 1);

  sio_socket_clear_queue (socket);
  g_assert_cmpuint (sio_socket_get_n_queued (socket), ==, 0);
  turn_loop ();
  assert_log (self, "b cancelled");
  fake_engine_receive (engine, "31[]");
  turn_loop ();
  assert_log (self, "");
}

static void
cancel_and_turn (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GCancellable **cancellable = user_data;
  g_autoptr(GCancellable) taken = g_steal_pointer (cancellable);
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);

  g_cancellable_cancel (taken);
  turn_loop ();
}

static gboolean
receive_answer (gpointer engine)
{
  fake_engine_receive (engine, "30[]");

  return G_SOURCE_REMOVE;
}

/* Once the wait has ended its cancellable has no say in it any more, in a loop within the callback either. */
static void
test_cancel_in_callback (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);
  GCancellable *cancellable = g_cancellable_new ();

  sio_socket_set_retries (socket, 1);
  sio_socket_emit_with_ack_async (socket, "a", NULL, SIO_EMIT_DEFAULT, SIO_DEFAULT_TIMEOUT, cancellable, cancel_and_turn,
                                  &cancellable);
  /* In a source of the loop, so that the callback runs while the answer is taken. */
  g_idle_add (receive_answer, engine);
  wait_until (cancellable == NULL);
  turn_loop ();
  g_assert_cmpuint (sio_socket_get_n_queued (socket), ==, 0);
}

/* The manager goes while events are queued, or a handler of the queue's own signal lets it go. */
static void
test_manager_goes (gconstpointer in_handler)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(SioSocket) socket = g_object_ref (session_log_socket (self, "/"));

  session_log_join (self, socket);
  sio_socket_set_retries (socket, 1);
  ask (self, socket, "a", NULL);
  ask (self, socket, "b", NULL);
  if (in_handler != NULL)
    {
      g_signal_connect_swapped (socket, "event-outgoing", G_CALLBACK (g_clear_object), &self->manager);
      sio_socket_clear_queue (socket);
      ask (self, socket, "c", NULL);
    }
  g_clear_object (&self->manager);
  turn_loop ();
  g_assert_cmpuint (sio_socket_get_n_queued (socket), ==, 0);
  g_assert_nonnull (strstr (self->log->str, in_handler != NULL ? "c disconnected" : "a disconnected\nb disconnected"));
  g_assert_false (sio_socket_emit (socket, "d", NULL, SIO_EMIT_DEFAULT, NULL));
}

static void
test_delivery_ids (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);
  g_autofree char *sent = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GRegex) regex = g_regex_new ("^42[01]\\[\"a\",\"([0-9a-f-]{36}:0)\"\\]\n42[01]\\[\"a\",\"\\1\"\\]\n"
                                         "422\\[\"b\",\"[0-9a-f-]{36}:1\"\\]$", 0, 0, NULL);

  sio_socket_set_retries (socket, 1);
  sio_socket_set_delivery_ids (socket, TRUE);
  sio_socket_set_ack_timeout (socket, 20);
  ask (self, socket, "a", NULL);
  sio_socket_set_ack_timeout (socket, 0);
  emit (socket, "b", SIO_EMIT_DEFAULT);
  wait_until (sio_socket_get_n_queued (socket) == 1);
  turn_loop ();
  sent = fake_engine_take_sent (engine);
  g_assert_true (g_regex_match (regex, sent, 0, NULL));

  /* Only what may come twice has one. */
  emit (socket, "once", SIO_EMIT_NO_RETRY);
  assert_sent (engine, "42[\"once\"]");
}

static void
test_queue_is_bounded (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);
  g_autoptr(GError) error = NULL;

  sio_socket_set_retries (socket, 1);
  sio_socket_set_max_buffered_events (socket, 2);
  ask (self, socket, "a", NULL);
  ask (self, socket, "b", NULL);
  g_assert_false (sio_socket_emit (socket, "c", NULL, SIO_EMIT_DEFAULT, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_BUFFER_FULL);
  ask (self, socket, "d", NULL);
  turn_loop ();
  assert_log (self, "d full");

  /* The first is on its way already. */
  sio_socket_set_buffer_policy (socket, SIO_BUFFER_POLICY_DROP_OLDEST);
  ask (self, socket, "e", NULL);
  turn_loop ();
  assert_log (self, "b full");
  fake_engine_receive (engine, "30[]");
  turn_loop ();
  assert_sent (engine, "420[\"a\"]\n421[\"e\"]");
}

/* --- the buffer --- */

static void
test_buffer_policy (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine;
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) large = parse_arguments ("[\"0123456789012345678901234567890123456789\"]");

  sio_socket_set_max_buffered_events (socket, 2);
  sio_socket_set_max_buffered_bytes (socket, 40);
  ask (self, socket, "a", NULL);
  emit (socket, "b", SIO_EMIT_DEFAULT);
  g_assert_cmpuint (sio_socket_get_n_buffered (socket), ==, 2);
  g_assert_cmpuint (sio_socket_get_buffered_bytes (socket), ==, strlen ("420[\"a\"]") + strlen ("42[\"b\"]"));
  g_assert_false (sio_socket_emit (socket, "c", NULL, SIO_EMIT_DEFAULT, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_BUFFER_FULL);
  g_clear_error (&error);

  sio_socket_set_buffer_policy (socket, SIO_BUFFER_POLICY_DROP_OLDEST);
  emit (socket, "d", SIO_EMIT_DEFAULT);
  turn_loop ();
  assert_log (self, "a full");
  /* What can never fit drives nobody out. */
  g_assert_false (sio_socket_emit (socket, "large", large, SIO_EMIT_DEFAULT, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_BUFFER_FULL);
  g_assert_cmpuint (sio_socket_get_n_buffered (socket), ==, 2);

  sio_socket_open (socket);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  fake_engine_receive (engine, "0{\"sid\":\"x\"}");
  assert_sent (engine, "40\n42[\"b\"]\n42[\"d\"]");
  g_assert_cmpuint (sio_socket_get_n_buffered (socket), ==, 0);
  g_assert_cmpuint (sio_socket_get_buffered_bytes (socket), ==, 0);
}

static void
test_buffer_clear (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");

  ask (self, socket, "a", NULL);
  emit (socket, "b", SIO_EMIT_DEFAULT);
  sio_socket_clear_buffer (socket);
  g_assert_cmpuint (sio_socket_get_n_buffered (socket), ==, 0);
  assert_log (self, "");
  turn_loop ();
  assert_log (self, "a cancelled");
  sio_socket_clear_buffer (socket);
}

static void
test_ack_timeout (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");

  session_log_join (self, socket);
  sio_socket_set_ack_timeout (socket, 20);
  ask (self, socket, "a", NULL);
  wait_until (self->log->len > 0);
  assert_log (self, "a timeout");
}

/* --- what is told --- */

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              guint      *count)
{
  ++*count;
}

static void
test_properties (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  guint timeout, retries, events, buffered, queued, count = 0;
  SioBufferPolicy policy;
  gboolean ids;
  guint64 bytes;

  g_object_get (socket, "ack-timeout", &timeout, "retries", &retries, "delivery-ids", &ids, "max-buffered-events", &events,
                "max-buffered-bytes", &bytes, "buffer-policy", &policy, "n-buffered", &buffered, "n-queued", &queued, NULL);
  g_assert_cmpuint (timeout + retries + buffered + queued, ==, 0);
  g_assert_false (ids);
  g_assert_cmpuint (events, ==, 1000);
  g_assert_cmpuint (bytes, ==, 16 * 1024 * 1024);
  g_assert_cmpint (policy, ==, SIO_BUFFER_POLICY_REFUSE_NEWEST);

  g_signal_connect (socket, "notify", G_CALLBACK (count_notify), &count);
  for (guint i = 0; i < 2; i++)
    g_object_set (socket, "ack-timeout", 1, "retries", 2, "delivery-ids", TRUE, "max-buffered-events", 3,
                  "max-buffered-bytes", G_GUINT64_CONSTANT (4), "buffer-policy", SIO_BUFFER_POLICY_DROP_OLDEST, NULL);
  g_assert_cmpuint (count, ==, 6);
  g_assert_cmpuint (sio_socket_get_ack_timeout (socket), ==, 1);
  g_assert_cmpuint (sio_socket_get_retries (socket), ==, 2);
  g_assert_true (sio_socket_get_delivery_ids (socket));
  g_assert_cmpuint (sio_socket_get_max_buffered_events (socket), ==, 3);
  g_assert_cmpuint (sio_socket_get_max_buffered_bytes (socket), ==, 4);
  g_assert_cmpint (sio_socket_get_buffer_policy (socket), ==, SIO_BUFFER_POLICY_DROP_OLDEST);
}

static void
on_outgoing (SioSocket  *socket,
             SioEvent   *event,
             SessionLog *self)
{
  g_autofree char *line = g_strdup_printf ("out %s %u", sio_event_get_name (event), sio_event_get_n_arguments (event));

  g_assert_false (sio_event_wants_acknowledgement (event));
  session_log_add (self, line);
}

/* What waits is told once it is sent, and nothing of what is dropped. */
static void
test_outgoing (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine;
  g_autoptr(SioValue) arguments = parse_arguments ("[1,{\"a\":2}]");

  g_signal_connect (socket, "event-outgoing", G_CALLBACK (on_outgoing), self);
  g_signal_connect (socket, "event-outgoing::b", G_CALLBACK (on_outgoing), self);
  emit (socket, "a", SIO_EMIT_DEFAULT);
  emit (socket, "volatile", SIO_EMIT_VOLATILE);
  assert_log (self, "");

  sio_socket_open (socket);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  fake_engine_receive (engine, "0{\"sid\":\"x\"}");
  g_assert_nonnull (strstr (self->log->str, "out a 0"));
  g_string_truncate (self->log, 0);

  g_assert_true (sio_socket_emit (socket, "b", arguments, SIO_EMIT_DEFAULT, NULL));
  assert_log (self, "out b 2\nout b 2");
  ask (self, socket, "c", NULL);
  assert_log (self, "out c 0");

  sio_socket_set_retries (socket, 1);
  sio_socket_set_ack_timeout (socket, 20);
  ask (self, socket, "d", NULL);
  wait_until (sio_socket_get_n_queued (socket) == 0);
  turn_loop ();
  assert_log (self, "out d 0\nout d 0\nd timeout");
}

static void
test_outgoing_detail (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");

  session_log_join (self, socket);
  g_signal_connect (socket, "event-outgoing::b", G_CALLBACK (on_outgoing), self);
  emit (socket, "a", SIO_EMIT_DEFAULT);
  emit (socket, "b", SIO_EMIT_DEFAULT);
  assert_log (self, "out b 0");
}

static void
close_socket (SioSocket *socket,
              SioEvent  *event,
              gpointer   user_data)
{
  sio_socket_close (socket);
}

/* The first that is told ends the stay: the rest waits for another one. */
static void
test_close_in_outgoing (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine;

  g_signal_connect (socket, "event-outgoing", G_CALLBACK (close_socket), NULL);
  ask (self, socket, "a", NULL);
  ask (self, socket, "b", NULL);
  sio_socket_open (socket);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  fake_engine_receive (engine, "0{\"sid\":\"x\"}");
  turn_loop ();
  g_assert_false (sio_socket_get_connected (socket));
  g_assert_nonnull (strstr (self->log->str, "a disconnected"));
  g_assert_cmpuint (sio_socket_get_n_buffered (socket), ==, 1);
  sio_socket_clear_buffer (socket);
  turn_loop ();
}

/* An event that is not to be compressed is not, whenever it is sent and sent again; the others are as they were. */
static void
test_no_compression (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine;

  emit (socket, "waits", SIO_EMIT_NO_COMPRESSION);
  emit (socket, "waits too", SIO_EMIT_DEFAULT);
  sio_socket_open (socket);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  fake_engine_receive (engine, "0{\"sid\":\"x\"}");
  assert_sent (engine, "40\nas it is: 42[\"waits\"]\n42[\"waits too\"]");

  emit (socket, "now", SIO_EMIT_NO_COMPRESSION | SIO_EMIT_VOLATILE);
  emit (socket, "next", SIO_EMIT_DEFAULT);
  assert_sent (engine, "as it is: 42[\"now\"]\n42[\"next\"]");

  sio_socket_set_retries (socket, 1);
  emit (socket, "queued", SIO_EMIT_NO_COMPRESSION);
  emit (socket, "behind", SIO_EMIT_DEFAULT);
  assert_sent (engine, "as it is: 420[\"queued\"]");
  lose (self);
  engine = join_again (self);
  assert_sent (engine, "as it is: 421[\"queued\"]");
  fake_engine_receive (engine, "31[]");
  turn_loop ();
  assert_sent (engine, "422[\"behind\"]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/delivery/order", test_order);
  g_test_add_func ("/delivery/gives-up", test_gives_up);
  g_test_add_data_func ("/delivery/reconnection/early", NULL, test_reconnection);
  g_test_add_data_func ("/delivery/reconnection/late", "late", test_reconnection);
  g_test_add_data_func ("/delivery/last-try-is-lost/early", NULL, test_last_try_is_lost);
  g_test_add_data_func ("/delivery/last-try-is-lost/late", "late", test_last_try_is_lost);
  g_test_add_func ("/delivery/cancel-and-clear", test_cancel_and_clear);
  g_test_add_func ("/delivery/cancel-in-callback", test_cancel_in_callback);
  g_test_add_data_func ("/delivery/manager-goes/first", NULL, test_manager_goes);
  g_test_add_data_func ("/delivery/manager-goes/in-handler", "in handler", test_manager_goes);
  g_test_add_func ("/delivery/ids", test_delivery_ids);
  g_test_add_func ("/delivery/queue-is-bounded", test_queue_is_bounded);
  g_test_add_func ("/delivery/buffer-policy", test_buffer_policy);
  g_test_add_func ("/delivery/buffer-clear", test_buffer_clear);
  g_test_add_func ("/delivery/ack-timeout", test_ack_timeout);
  g_test_add_func ("/delivery/no-compression", test_no_compression);
  g_test_add_func ("/delivery/properties", test_properties);
  g_test_add_func ("/delivery/outgoing", test_outgoing);
  g_test_add_func ("/delivery/outgoing-detail", test_outgoing_detail);
  g_test_add_func ("/delivery/close-in-outgoing", test_close_in_outgoing);

  return g_test_run ();
}
