/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is sent, what waits to be sent, and that each wait for an answer ends once. */

#include "session-log.h"
#include "sio-builder.h"

typedef struct
{
  SessionLog *log;
  const char *name;
  guint       ended;
} Call;

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);
  g_autofree char *text = answer != NULL ? sio_value_to_text (answer) : NULL;
  g_autofree char *line = NULL;

  g_assert_true ((answer == NULL) == (error != NULL));
  call->ended++;
  g_assert_cmpuint (call->ended, ==, 1);

  if (error == NULL)
    line = g_strdup_printf ("%s %s", call->name, text);
  else if (g_error_matches (error, SIO_ERROR, SIO_ERROR_TIMEOUT))
    line = g_strdup_printf ("%s timeout", call->name);
  else if (g_error_matches (error, SIO_ERROR, SIO_ERROR_DISCONNECTED))
    line = g_strdup_printf ("%s disconnected", call->name);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    line = g_strdup_printf ("%s cancelled", call->name);
  else
    line = g_strdup_printf ("%s %s", call->name, error->message);
  session_log_add (call->log, line);
}

static void
ask (SioSocket    *socket,
     Call         *call,
     SioEmitFlags  flags,
     guint         timeout_ms,
     GCancellable *cancellable)
{
  sio_socket_emit_with_ack_async (socket, call->name, NULL, flags, timeout_ms, cancellable, on_answer, call);
}

static void
emit (SioSocket  *socket,
      const char *event)
{
  g_autoptr(GError) error = NULL;

  sio_socket_emit (socket, event, NULL, SIO_EMIT_DEFAULT, &error);
  g_assert_no_error (error);
}

static void
test_emit (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *main_socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, main_socket);
  SioSocket *chat = session_log_socket (self, "/chat");
  g_autoptr(SioValue) arguments = parse_arguments ("[1,{\"a\":[true,null]}]");

  session_log_join (self, chat);
  g_assert_true (sio_socket_emit (main_socket, "hi", arguments, SIO_EMIT_DEFAULT, NULL));
  g_assert_true (sio_socket_emit (chat, "hi \"you\"", NULL, SIO_EMIT_DEFAULT, NULL));
  assert_sent (engine, "42[\"hi\",1,{\"a\":[true,null]}]\n42/chat,[\"hi \\\"you\\\"\"]");
}

static void
test_binary (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GBytes) first = g_bytes_new_static ("\1\2", 2);
  g_autoptr(GBytes) second = g_bytes_new_static ("\377", 1);
  g_autoptr(SioValue) arguments = NULL;

  sio_builder_add_bytes (builder, first);
  sio_builder_begin_array (builder);
  sio_builder_add_bytes (builder, second);
  sio_builder_end (builder);
  arguments = sio_builder_finish (builder);
  g_assert_true (sio_socket_emit (chat, "file", arguments, SIO_EMIT_DEFAULT, NULL));
  assert_sent (engine, "452-/chat,[\"file\",{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}]]\nb0102\nbff");

  /* The same when it had to wait. */
  fake_engine_end (engine, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  g_assert_true (sio_socket_emit (chat, "file", arguments, SIO_EMIT_DEFAULT, NULL));
  sio_manager_retry_now (self->manager);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  fake_engine_receive (engine, "0/chat,{\"sid\":\"x\"}");
  assert_sent (engine, "40/chat,\n452-/chat,[\"file\",{\"_placeholder\":true,\"num\":0},"
                       "[{\"_placeholder\":true,\"num\":1}]]\nb0102\nbff");
}

static void
test_bad_input (void)
{
  static const char * const reserved[] = {
    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
  };
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  g_autoptr(SioValue) object = parse_arguments ("{}");
  g_autoptr(GError) error = NULL;
  Call call = { self, "connect" };

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    {
      g_assert_false (sio_socket_emit (chat, reserved[i], NULL, SIO_EMIT_DEFAULT, &error));
      g_assert_error (error, SIO_ERROR, SIO_ERROR_RESERVED_EVENT);
      g_clear_error (&error);
    }
  g_assert_false (sio_socket_emit (chat, "x", object, SIO_EMIT_DEFAULT, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (sio_socket_emit (chat, "\xff", NULL, SIO_EMIT_DEFAULT, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT);

  ask (chat, &call, SIO_EMIT_DEFAULT, 0, NULL);
  turn_loop ();
  assert_log (self, "connect The event name “connect” is reserved");
  assert_sent (engine, "");
}

static void
test_buffer_is_bounded (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioSocket *heavy = session_log_socket (self, "/heavy");
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  g_autoptr(SioValue) large = sio_value_new_strings (megabyte, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *sent = NULL;
  g_auto(GStrv) lines = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);

      emit (chat, name);
    }
  g_assert_false (sio_socket_emit (chat, "one more", NULL, SIO_EMIT_DEFAULT, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_BUFFER_FULL);
  g_clear_error (&error);

  for (guint i = 0; i < 15; i++)
    g_assert_true (sio_socket_emit (heavy, "large", large, SIO_EMIT_DEFAULT, NULL));
  g_assert_false (sio_socket_emit (heavy, "large", large, SIO_EMIT_DEFAULT, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_BUFFER_FULL);
  emit (heavy, "small");

  sio_socket_open (chat);
  fake_engine_open (fake_engine_last ());
  fake_engine_receive (fake_engine_last (), "0/chat,{\"sid\":\"x\"}");
  sent = fake_engine_take_sent (fake_engine_last ());
  lines = g_strsplit (sent, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1001);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *expected = g_strdup_printf ("42/chat,[\"n%u\"]", i);

      g_assert_cmpstr (lines[i + 1], ==, expected);
    }

  /* There is room again. */
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  emit (chat, "one more");
}

static void
test_flags (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  Call call = { self, "volatile" };
  g_autoptr(GError) error = NULL;
  SioEngine *engine;

  g_assert_true (sio_socket_emit (chat, "lost", NULL, SIO_EMIT_VOLATILE, NULL));
  g_assert_false (sio_socket_emit (chat, "x", NULL, SIO_EMIT_NO_BUFFER, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  sio_socket_open (chat);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  g_assert_true (sio_socket_emit (chat, "lost", NULL, SIO_EMIT_VOLATILE, NULL));
  fake_engine_receive (engine, "0/chat,{\"sid\":\"x\"}");
  assert_sent (engine, "40/chat,");

  g_assert_true (sio_socket_emit (chat, "v", NULL, SIO_EMIT_VOLATILE, NULL));
  g_assert_true (sio_socket_emit (chat, "n", NULL, SIO_EMIT_NO_BUFFER, NULL));
  assert_sent (engine, "42/chat,[\"v\"]\n42/chat,[\"n\"]");

  fake_engine_set_writable (engine, FALSE);
  g_assert_true (sio_socket_emit (chat, "lost", NULL, SIO_EMIT_VOLATILE, NULL));
  emit (chat, "kept");
  assert_sent (engine, "42/chat,[\"kept\"]");
  g_free (session_log_take (self));
  ask (chat, &call, SIO_EMIT_VOLATILE, 0, NULL);
  turn_loop ();
  assert_log (self, "volatile disconnected");
}

/* After a suspend the connection only seems to stand. */
static void
test_dead_session (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  g_autoptr(GError) error = NULL;

  fake_engine_set_alive (engine, FALSE);
  emit (chat, "kept");
  g_assert_false (sio_socket_emit (chat, "x", NULL, SIO_EMIT_NO_BUFFER, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  assert_sent (engine, "");
  fake_engine_end (engine, SIO_DISCONNECT_REASON_PING_TIMEOUT, NULL);
  assert_log (self, "/chat closed: ping timeout\nmanager closed: ping timeout");
  sio_manager_retry_now (self->manager);
  fake_engine_open (fake_engine_last ());
  fake_engine_receive (fake_engine_last (), "0/chat,{\"sid\":\"x\"}");
  assert_sent (fake_engine_last (), "40/chat,\n42/chat,[\"kept\"]");
}

static void
test_answers (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  Call a = { self, "a" }, b = { self, "b" };

  ask (chat, &a, SIO_EMIT_DEFAULT, 0, NULL);
  ask (chat, &b, SIO_EMIT_DEFAULT, 60000, NULL);
  assert_sent (engine, "42/chat,0[\"a\"]\n42/chat,1[\"b\"]");
  fake_engine_receive (engine, "3/chat,1[{\"ok\":true},2]");
  fake_engine_receive (engine, "3/chat,1[\"again\"]");
  fake_engine_receive (engine, "3/chat,7[\"never asked\"]");
  fake_engine_receive (engine, "30[\"of another namespace\"]");
  fake_engine_receive (engine, "3/chat,0[]");
  turn_loop ();
  assert_log (self, "b [{\"ok\":true},2]\na []");
}

/* Identifiers go on after a reconnection: a late answer must not meet a new question. */
static void
test_ids_go_on (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  Call a = { self, "a" }, b = { self, "b" };

  ask (chat, &a, SIO_EMIT_DEFAULT, 0, NULL);
  fake_engine_end (engine, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  turn_loop ();
  assert_log (self, "/chat closed: transport close\nmanager closed: transport close\na disconnected");
  ask (chat, &b, SIO_EMIT_DEFAULT, 0, NULL);
  sio_manager_retry_now (self->manager);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  fake_engine_receive (engine, "0/chat,{\"sid\":\"x\"}");
  assert_sent (engine, "40/chat,\n42/chat,1[\"b\"]");
  g_free (session_log_take (self));
  fake_engine_receive (engine, "3/chat,0[\"late\"]");
  fake_engine_receive (engine, "3/chat,1[\"yes\"]");
  turn_loop ();
  assert_log (self, "b [\"yes\"]");
}

/* What was not sent yet survives even two connections that do not come to anything. */
static void
test_unsent_survives (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  Call a = { self, "a" };

  ask (chat, &a, SIO_EMIT_DEFAULT, 0, NULL);
  for (guint i = 0; i < 2; i++)
    {
      sio_socket_open (chat);
      fake_engine_open (fake_engine_last ());
      fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
      sio_manager_close (self->manager);
    }
  sio_socket_close (chat);
  turn_loop ();
  g_assert_cmpuint (a.ended, ==, 0);
  session_log_join (self, chat);
  fake_engine_receive (fake_engine_last (), "3/chat,0[1]");
  turn_loop ();
  assert_log (self, "a [1]");
}

static void
test_timeout (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  Call never = { self, "never" }, second = { self, "second" }, first = { self, "first" };

  ask (chat, &never, SIO_EMIT_DEFAULT, SIO_NO_TIMEOUT, NULL);
  ask (chat, &second, SIO_EMIT_DEFAULT, 20, NULL);
  ask (chat, &first, SIO_EMIT_DEFAULT, 2, NULL);
  wait_until (second.ended == 1);
  assert_log (self, "first timeout\nsecond timeout");
  fake_engine_receive (engine, "3/chat,2[\"late\"]");
  turn_loop ();
  assert_log (self, "");
  g_assert_cmpuint (never.ended, ==, 0);

  sio_socket_close (chat);
  turn_loop ();
  assert_log (self, "/chat closed: io client disconnect\nmanager closed: forced close\nnever disconnected");
}

/* Nobody waits for it any more, so it is not sent any more. */
static void
test_timeout_of_the_unsent (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  Call a = { self, "a" }, b = { self, "b" };

  emit (chat, "before");
  ask (chat, &a, SIO_EMIT_DEFAULT, 2, NULL);
  emit (chat, "between");
  ask (chat, &b, SIO_EMIT_DEFAULT, 0, cancellable);
  emit (chat, "after");
  wait_until (a.ended == 1);
  g_cancellable_cancel (cancellable);
  wait_until (b.ended == 1);
  assert_log (self, "a timeout\nb cancelled");
  sio_socket_open (chat);
  fake_engine_open (fake_engine_last ());
  fake_engine_receive (fake_engine_last (), "0/chat,{\"sid\":\"x\"}");
  assert_sent (fake_engine_last (), "40/chat,\n42/chat,[\"before\"]\n42/chat,[\"between\"]\n42/chat,[\"after\"]");
}

static gpointer
cancel_elsewhere (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GCancellable) late = g_cancellable_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  Call a = { self, "a" }, b = { self, "b" }, c = { self, "c" };

  ask (chat, &a, SIO_EMIT_DEFAULT, 60000, cancellable);
  g_thread_join (g_thread_new ("cancel", cancel_elsewhere, cancellable));
  wait_until (a.ended == 1);
  fake_engine_receive (engine, "3/chat,0[\"late\"]");
  assert_sent (engine, "42/chat,0[\"a\"]");

  /* Cancelled beforehand: it is not even sent. */
  ask (chat, &b, SIO_EMIT_DEFAULT, 0, cancellable);
  turn_loop ();
  assert_sent (engine, "");

  ask (chat, &c, SIO_EMIT_DEFAULT, 0, late);
  fake_engine_receive (engine, "3/chat,1[1]");
  turn_loop ();
  g_cancellable_cancel (late);
  turn_loop ();
  assert_log (self, "a cancelled\nb cancelled\nc [1]");
}

/* Whoever drops the manager while answers are due gets an end to each call. */
static void
test_manager_goes_first (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  Call sent = { self, "sent" }, unsent = { self, "unsent" };

  session_log_join (self, chat);
  ask (chat, &sent, SIO_EMIT_DEFAULT, 0, NULL);
  ask (session_log_socket (self, "/other"), &unsent, SIO_EMIT_DEFAULT, 10, NULL);
  g_clear_object (&self->manager);
  g_assert_cmpuint (sent.ended, ==, 0);
  wait_until (sent.ended == 1 && unsent.ended == 1);
  turn_loop ();
}

/* Whatever comes in whatever order, each call ends once and what was sent was sent in order. */
static void
test_random (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(GPtrArray) calls = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  gint64 last_id = -1;

  sio_manager_set_reconnection_delay (self->manager, 3600000, 3600000);
  for (guint step = 0; step < 20000; step++)
    {
      SioEngine *engine = fake_engine_count () > 0 ? fake_engine_last () : NULL;
      gboolean is_open = engine != NULL && sio_engine_is_open (engine);
      Call *call;

      switch (g_test_rand_int_range (0, 14))
        {
        case 0:
        case 1:
        case 2:
        case 3:
          call = g_new0 (Call, 1);
          *call = (Call) { self, "x" };
          g_ptr_array_add (calls, call);
          ask (chat, call, g_test_rand_bit () ? SIO_EMIT_DEFAULT : (SioEmitFlags) g_test_rand_int_range (0, 4),
               g_test_rand_bit () ? 0 : (guint) g_test_rand_int_range (1, 3), g_test_rand_bit () ? cancellable : NULL);
          break;
        case 4:
          g_cancellable_cancel (cancellable);
          g_object_unref (cancellable);
          cancellable = g_cancellable_new ();
          break;
        case 5:
          sio_socket_open (chat);
          break;
        case 6:
          if (g_test_rand_int_range (0, 4) == 0)
            sio_socket_close (chat);
          break;
        case 7:
          if (sio_manager_get_state (self->manager) == SIO_STATE_OPENING)
            fake_engine_open (engine);
          break;
        case 8:
        case 9:
          if (is_open)
            fake_engine_receive (engine, "0/chat,{\"sid\":\"x\"}");
          break;
        case 10:
        case 11:
          if (is_open && calls->len > 0)
            {
              g_autofree char *text = g_strdup_printf ("3/chat,%d[]", g_test_rand_int_range (0, (gint32) calls->len));

              fake_engine_receive (engine, text);
            }
          break;
        case 12:
          if (is_open && g_test_rand_int_range (0, 4) == 0)
            fake_engine_end (engine, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
          else
            sio_manager_retry_now (self->manager);
          break;
        default:
          g_main_context_iteration (NULL, FALSE);
          break;
        }

      if (is_open)
        {
          g_autofree char *sent = fake_engine_take_sent (engine);
          g_auto(GStrv) lines = g_strsplit (sent, "\n", -1);

          for (guint i = 0; lines[i] != NULL; i++)
            if (g_str_has_prefix (lines[i], "42/chat,"))
              {
                gint64 id = g_ascii_strtoll (lines[i] + strlen ("42/chat,"), NULL, 10);

                g_assert_cmpint (id, >, last_id);
                last_id = id;
              }
        }
      if (fake_engine_count () > 200)
        {
          sio_manager_close (self->manager);
          fake_engine_reset ();
        }
    }

  g_assert_cmpint (last_id, >, 0);
  sio_manager_close (self->manager);
  g_clear_object (&self->manager);
  turn_loop ();
  for (guint i = 0; i < calls->len; i++)
    wait_until (((Call *) g_ptr_array_index (calls, i))->ended == 1);
}

static gpointer
emit_elsewhere (gpointer socket)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (sio_socket_emit (socket, "hi", NULL, SIO_EMIT_DEFAULT, &error));
  g_assert_no_error (error);

  return NULL;
}

static void
never_called (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_assert_not_reached ();
}

static gpointer
ask_elsewhere (gpointer socket)
{
  sio_socket_emit_with_ack_async (socket, "hi", NULL, SIO_EMIT_DEFAULT, SIO_NO_TIMEOUT, NULL, never_called, NULL);

  return NULL;
}

/* A call from another thread is a mistake of the program: it is told so, and nothing is sent and nothing waits. */
static void
test_foreign_thread (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);

  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*sio_socket_emit*thread*");
  g_thread_join (g_thread_new ("elsewhere", emit_elsewhere, socket));
  g_test_assert_expected_messages ();
  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*sio_socket_emit_with_ack_async*thread*");
  g_thread_join (g_thread_new ("elsewhere", ask_elsewhere, socket));
  g_test_assert_expected_messages ();
  assert_sent (engine, "");

  emit (socket, "here");
  assert_sent (engine, "42[\"here\"]");
}

typedef struct
{
  GCancellable *cancellable;
  guint         n_told;
} CancellingWait;

/* As a program does that shows a dialog: the loop turns in the callback, and meanwhile the waits are called off. */
static void
cancel_and_turn (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  CancellingWait *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);

  self->n_told++;
  g_cancellable_cancel (self->cancellable);
  turn_loop ();
}

static gboolean
receive_answer (gpointer engine)
{
  fake_engine_receive (engine, "30[]");

  return G_SOURCE_REMOVE;
}

/* Once a wait has ended its cancellable has no say in it any more. */
static void
test_cancel_in_callback (gconstpointer timeout)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  CancellingWait wait = { cancellable, 0 };
  guint n_waits = timeout != NULL ? 3 : 1;

  for (guint i = 0; i < n_waits; i++)
    sio_socket_emit_with_ack_async (socket, "hi", NULL, SIO_EMIT_DEFAULT, GPOINTER_TO_UINT (timeout), cancellable,
                                    cancel_and_turn, &wait);
  /* In a source of the loop, so that the callback runs while the answer is taken. */
  if (timeout == NULL)
    g_idle_add (receive_answer, engine);
  wait_until (wait.n_told == n_waits);
  turn_loop ();
  g_assert_cmpuint (wait.n_told, ==, n_waits);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/emit/emit", test_emit);
  g_test_add_func ("/emit/binary", test_binary);
  g_test_add_func ("/emit/bad-input", test_bad_input);
  g_test_add_func ("/emit/buffer-is-bounded", test_buffer_is_bounded);
  g_test_add_func ("/emit/flags", test_flags);
  g_test_add_func ("/emit/dead-session", test_dead_session);
  g_test_add_func ("/emit/answers", test_answers);
  g_test_add_func ("/emit/ids-go-on", test_ids_go_on);
  g_test_add_func ("/emit/unsent-survives", test_unsent_survives);
  g_test_add_func ("/emit/timeout", test_timeout);
  g_test_add_func ("/emit/timeout-of-the-unsent", test_timeout_of_the_unsent);
  g_test_add_func ("/emit/cancel", test_cancel);
  g_test_add_data_func ("/emit/cancel-in-callback/answer", NULL, test_cancel_in_callback);
  g_test_add_data_func ("/emit/cancel-in-callback/timeout", GUINT_TO_POINTER (1), test_cancel_in_callback);
  g_test_add_func ("/emit/manager-goes-first", test_manager_goes_first);
  g_test_add_func ("/emit/foreign-thread", test_foreign_thread);
  g_test_add_func ("/emit/random", test_random);

  return g_test_run ();
}
