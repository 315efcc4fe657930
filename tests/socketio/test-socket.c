/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How a namespace is joined, kept and left. What is sent and acknowledged is in test-emit.c. */

#include "session-log.h"

typedef struct
{
  GPtrArray *tasks;  /* asked and not yet answered */
  guint      asked;
  gboolean   cancelled;
} Provider;

static void
on_provider_cancelled (GCancellable *cancellable,
                       Provider     *provider)
{
  provider->cancelled = TRUE;
}

static void
provide (SioSocket *socket,
         GTask     *task,
         gpointer   user_data)
{
  Provider *provider = user_data;

  provider->asked++;
  g_signal_connect (g_task_get_cancellable (task), "cancelled", G_CALLBACK (on_provider_cancelled), provider);
  g_ptr_array_add (provider->tasks, task);
}

static void
provider_answer (Provider   *provider,
                 const char *auth)
{
  g_autoptr(GTask) task = g_ptr_array_steal_index (provider->tasks, 0);

  if (auth != NULL)
    g_task_return_pointer (task, parse_arguments (auth), (GDestroyNotify) sio_value_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "no keyring");
  turn_loop ();
}

static void
provider_init (Provider  *provider,
               SioSocket *socket)
{
  *provider = (Provider) { .tasks = g_ptr_array_new_with_free_func (g_object_unref) };
  sio_socket_set_auth_func (socket, provide, provider, NULL);
}

static void
test_join (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/chat");

  g_assert_true (sio_socket_get_manager (socket) == self->manager);
  g_assert_cmpstr (sio_socket_get_namespace (socket), ==, "/chat");
  sio_socket_open (socket);
  g_assert_true (sio_socket_get_active (socket));
  fake_engine_open (fake_engine_last ());
  assert_sent (fake_engine_last (), "40/chat,");
  g_assert_false (sio_socket_get_connected (socket));
  fake_engine_receive (fake_engine_last (), "0/chat,{\"sid\":\"abc\"}");
  assert_log (self, "manager opened\n/chat opened");
  g_assert_true (sio_socket_get_connected (socket));
  g_assert_cmpstr (sio_socket_get_id (socket), ==, "abc");

  /* Already open: nothing is sent twice, which a server would punish. */
  sio_socket_open (socket);
  sio_manager_open (self->manager);
  assert_sent (fake_engine_last (), "");
  g_assert_cmpuint (fake_engine_count (), ==, 1);

  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  assert_log (self, "/chat closed: transport close\nmanager closed: transport close");
  g_assert_null (sio_socket_get_id (socket));
  g_assert_false (sio_socket_get_connected (socket));
  g_assert_true (sio_socket_get_active (socket));
}

static void
test_auth (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(SioValue) auth = parse_arguments ("{\"token\":\"secret\"}");
  SioSocket *main_socket = session_log_socket (self, "/");

  sio_socket_set_auth (main_socket, auth);
  sio_socket_open (main_socket);
  fake_engine_open (fake_engine_last ());
  assert_sent (fake_engine_last (), "40{\"token\":\"secret\"}");
}

/* Asked at each connection, and an answer to an older one is never sent. */
static void
test_auth_func (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/chat");
  Provider provider;

  provider_init (&provider, socket);
  sio_socket_open (socket);
  g_assert_cmpuint (provider.asked, ==, 0);
  fake_engine_open (fake_engine_last ());
  g_assert_cmpuint (provider.asked, ==, 1);
  assert_sent (fake_engine_last (), "");
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  g_assert_true (provider.cancelled);

  sio_manager_retry_now (self->manager);
  fake_engine_open (fake_engine_last ());
  g_assert_cmpuint (provider.asked, ==, 2);
  provider_answer (&provider, "{\"token\":\"old\"}");
  assert_sent (fake_engine_last (), "");
  provider_answer (&provider, "{\"token\":\"new\"}");
  assert_sent (fake_engine_last (), "40/chat,{\"token\":\"new\"}");
  fake_engine_receive (fake_engine_last (), "0/chat,{\"sid\":\"abc\"}");
  g_assert_true (sio_socket_get_connected (socket));

  g_ptr_array_unref (provider.tasks);
}

static void
give (Provider   *provider,
      SioSocket  *socket,
      const char *auth)
{
  g_autoptr(GTask) task = g_ptr_array_steal_index (provider->tasks, 0);
  g_autoptr(SioValue) value = auth != NULL ? parse_arguments (auth) : NULL;

  sio_socket_give_auth (socket, task, value);
  turn_loop ();
}

/* As the bindings can do it, who cannot end a task with a pointer. */
static void
test_give_auth (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/chat");
  g_autoptr(GTask) another = g_task_new (socket, NULL, NULL, NULL);
  Provider provider;

  sio_manager_set_reconnection_delay (self->manager, 1, 1);
  provider_init (&provider, socket);
  sio_socket_open (socket);
  fake_engine_open (fake_engine_last ());
  g_free (session_log_take (self));
  give (&provider, socket, "[\"not an object\"]");
  assert_log (self, "/chat connect error: The credentials are no object");

  wait_until (provider.asked == 2);
  give (&provider, socket, "{\"token\":\"good\"}");
  assert_sent (fake_engine_last (), "40/chat,{\"token\":\"good\"}");

  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  sio_manager_retry_now (self->manager);
  fake_engine_open (fake_engine_last ());
  give (&provider, socket, NULL);
  assert_sent (fake_engine_last (), "40/chat,");

  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*sio_socket_give_auth*");
  sio_socket_give_auth (socket, another, NULL);
  g_test_assert_expected_messages ();
  g_task_return_boolean (another, TRUE);

  g_ptr_array_unref (provider.tasks);
}

static void
test_auth_failure (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/chat");
  Provider provider;

  sio_manager_set_reconnection_delay (self->manager, 2, 4);
  provider_init (&provider, socket);
  sio_socket_open (socket);
  fake_engine_open (fake_engine_last ());
  provider_answer (&provider, NULL);
  assert_log (self, "manager opened\n/chat connect error: no keyring");
  g_assert_true (sio_socket_get_active (socket));

  wait_until (provider.asked == 2);
  provider_answer (&provider, "[\"not an object\"]");
  assert_log (self, "/chat connect error: The credentials are no object");

  wait_until (provider.asked == 3);
  sio_manager_set_reconnection (self->manager, FALSE);
  provider_answer (&provider, NULL);
  g_usleep (10000);
  turn_loop ();
  g_assert_cmpuint (provider.asked, ==, 3);

  /* The user tries again. */
  sio_socket_open (socket);
  g_assert_cmpuint (provider.asked, ==, 4);
  provider_answer (&provider, "{}");
  assert_sent (fake_engine_last (), "40/chat,{}");

  g_ptr_array_unref (provider.tasks);
}

static void
test_auth_timeout (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/chat");
  Provider provider;

  sio_manager_set_timeout (self->manager, 5);
  provider_init (&provider, socket);
  sio_socket_open (socket);
  fake_engine_open (fake_engine_last ());
  g_free (session_log_take (self));
  wait_until (self->log->len > 0);
  assert_log (self, "/chat connect error: The credentials were not given in time");
  g_assert_true (provider.cancelled);
  provider_answer (&provider, "{\"token\":\"late\"}");
  assert_sent (fake_engine_last (), "");

  g_ptr_array_unref (provider.tasks);
}

static void
test_connect_timeout (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioSocket *silent = session_log_socket (self, "/silent");
  SioEngine *engine = session_log_join (self, chat);

  sio_manager_set_timeout (self->manager, 5);
  sio_socket_open (silent);
  wait_until (self->log->len > 0);
  assert_log (self, "/silent connect error: The server did not answer for “/silent” in time");
  g_assert_true (sio_socket_get_connected (chat));

  /* Better late than never. */
  fake_engine_receive (engine, "0/silent,{\"sid\":\"abc\"}");
  assert_log (self, "/silent opened");
}

/* A session that serves nobody is given up for another one. */
static void
test_connect_timeout_alone (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *silent = session_log_socket (self, "/silent");

  sio_manager_set_timeout (self->manager, 5);
  sio_socket_open (silent);
  fake_engine_open (fake_engine_last ());
  wait_until (sio_manager_get_state (self->manager) == SIO_STATE_WAITING);
  assert_log (self, "manager opened\n/silent connect error: The server did not answer for “/silent” in time\n"
                    "manager closed: transport error");
  g_assert_true (sio_socket_get_active (silent));
}

/* It is not given up: that nothing came is told each time, and once the session serves nobody else it is given up. */
static void
test_connect_timeout_again (void)
{
  static const char told[] = "/silent connect error: The server did not answer for “/silent” in time";
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioSocket *silent = session_log_socket (self, "/silent");
  SioEngine *engine = session_log_join (self, chat);

  sio_manager_set_timeout (self->manager, 5);
  sio_socket_open (silent);
  for (guint i = 0; i < 3; i++)
    {
      wait_until (self->log->len > 0);
      assert_log (self, told);
    }

  /* Who opens it anew is told the same. Asked for twice, a server lets a second one in. */
  sio_socket_close (silent);
  sio_socket_open (silent);
  wait_until (self->log->len > 0);
  assert_log (self, told);
  assert_sent (engine, "40/silent,");

  sio_socket_close (chat);
  g_free (session_log_take (self));
  wait_until (sio_manager_get_state (self->manager) == SIO_STATE_WAITING);
  g_assert_true (fake_engine_was_closed (engine));
}

static void
note_code (SioSocket *socket,
           GError    *error,
           SioValue  *data,
           int       *code)
{
  g_assert_cmpuint (error->domain, ==, SIO_ERROR);
  *code = error->code;
}

static void
test_refusal (void)
{
  static const struct { const char *packet; const char *log; } refusals[] = {
    { "4/no,{\"message\":\"Not authorized\",\"data\":{\"code\":7}}", "Not authorized {\"code\":7}" },
    { "4/no,{\"message\":\"Invalid namespace\"}", "Invalid namespace" },
    { "4/no,\"just text\"", "just text" },
    { "4/no,{\"message\":5}", "The server refused the connection" },
    { "4/no,{}", "The server refused the connection" },
    { "1/no,", "The server disconnected instead of an answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr(SessionLog) self = session_log_new ();
      g_autofree char *expected = g_strdup_printf ("/no connect error: %s", refusals[i].log);
      SioSocket *chat = session_log_socket (self, "/chat");
      SioSocket *no = session_log_socket (self, "/no");
      SioEngine *engine = session_log_join (self, chat);
      int code = -1;

      g_signal_connect (no, "connect-error", G_CALLBACK (note_code), &code);
      sio_socket_open (no);
      assert_sent (engine, "40/no,");
      fake_engine_receive (engine, refusals[i].packet);
      assert_log (self, expected);
      g_assert_cmpint (code, ==, refusals[i].packet[0] == '4' ? SIO_ERROR_REFUSED : SIO_ERROR_DISCONNECTED);
      g_assert_false (sio_socket_get_active (no));
      g_assert_true (sio_socket_get_connected (chat));

      /* Not joined with the next connection, but when it is opened again. */
      fake_engine_end (engine, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
      sio_manager_retry_now (self->manager);
      fake_engine_open (fake_engine_last ());
      assert_sent (fake_engine_last (), "40/chat,");
      sio_socket_open (no);
      assert_sent (fake_engine_last (), "40/no,");
    }
}

static void
test_refusal_of_the_only_one (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *no = session_log_socket (self, "/no");

  sio_socket_open (no);
  fake_engine_open (fake_engine_last ());
  fake_engine_receive (fake_engine_last (), "4/no,{\"message\":\"no\"}");
  assert_log (self, "manager opened\n/no connect error: no\nmanager closed: forced close");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
}

static void
open_again (SioSocket *socket)
{
  sio_socket_open (socket);
}

/* With better credentials the handler asks again over the same connection. */
static void
test_refusal_answered (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *no = session_log_socket (self, "/no");

  g_signal_connect (no, "connect-error", G_CALLBACK (open_again), NULL);
  sio_socket_open (no);
  fake_engine_open (fake_engine_last ());
  fake_engine_receive (fake_engine_last (), "4/no,{\"message\":\"no\"}");
  assert_sent (fake_engine_last (), "40/no,\n40/no,");
  fake_engine_receive (fake_engine_last (), "0/no,{\"sid\":\"x\"}");
  g_assert_true (sio_socket_get_connected (no));
  g_assert_cmpuint (fake_engine_count (), ==, 1);
}

static void
test_refusal_while_connected (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioSocket *other = session_log_socket (self, "/other");
  SioEngine *engine = session_log_join (self, chat);

  session_log_join (self, other);
  fake_engine_receive (engine, "4/chat,{\"message\":\"enough\"}");
  assert_log (self, "/chat closed: io server disconnect\n/chat connect error: enough");
  g_assert_false (sio_socket_get_connected (chat));
  g_assert_false (sio_socket_get_active (chat));
  g_assert_true (sio_socket_get_connected (other));
}

static void
test_old_server (void)
{
  static const char * const replies[] = { "0", "0{}", "0{\"sid\":5}" };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr(SessionLog) self = session_log_new ();
      SioSocket *socket = session_log_socket (self, "/");

      sio_socket_open (socket);
      fake_engine_open (fake_engine_last ());
      fake_engine_receive (fake_engine_last (), replies[i]);
      assert_log (self, "manager opened\n"
                        "/ connect error: The server speaks Socket.IO 2, which is older than this client understands\n"
                        "manager closed: forced close");
      g_assert_false (sio_socket_get_active (socket));
    }
}

static void
test_server_disconnects (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioSocket *other = session_log_socket (self, "/other");
  SioEngine *engine = session_log_join (self, chat);

  session_log_join (self, other);
  fake_engine_receive (engine, "1/chat,");
  assert_log (self, "/chat closed: io server disconnect");
  g_assert_false (sio_socket_get_active (chat));
  fake_engine_receive (engine, "2/chat,[\"late\"]");
  assert_log (self, "");

  fake_engine_receive (engine, "1/other,");
  assert_log (self, "/other closed: io server disconnect\nmanager closed: forced close");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
}

static void
test_every_reason (void)
{
  static const SioDisconnectReason reasons[] = {
    SIO_DISCONNECT_REASON_PING_TIMEOUT, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, SIO_DISCONNECT_REASON_TRANSPORT_ERROR,
  };
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      const char *reason = sio_disconnect_reason_to_string (reasons[i]);
      g_autofree char *expected = g_strdup_printf ("/chat closed: %s\nmanager closed: %s", reason, reason);

      session_log_join (self, chat);
      fake_engine_end (fake_engine_last (), reasons[i], NULL);
      assert_log (self, expected);
      g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
      sio_manager_close (self->manager);
      sio_manager_open (self->manager);
    }
}

static void
note_property (GObject    *object,
               GParamSpec *pspec,
               SessionLog *self)
{
  session_log_add (self, pspec->name);
}

static void
emit_in_handler (SioSocket *socket,
                 SioEvent  *event,
                 gpointer   user_data)
{
  g_assert_true (sio_socket_get_connected (socket));
  g_assert_nonnull (sio_socket_get_id (socket));
  g_assert_true (sio_socket_emit (socket, "third", NULL, SIO_EMIT_DEFAULT, NULL));
}

/* Properties, then what came before the answer, then what waited to be sent, then “opened”. */
static void
test_order_of_joining (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine;

  g_assert_true (sio_socket_emit (chat, "first", NULL, SIO_EMIT_DEFAULT, NULL));
  g_assert_true (sio_socket_emit (chat, "second", NULL, SIO_EMIT_DEFAULT, NULL));
  sio_socket_open (chat);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  assert_sent (engine, "40/chat,");
  g_signal_connect (chat, "notify", G_CALLBACK (note_property), self);
  g_signal_connect (chat, "event", G_CALLBACK (emit_in_handler), NULL);
  fake_engine_receive (engine, "2/chat,[\"missed\",1]");
  assert_sent (engine, "");
  fake_engine_receive (engine, "0/chat,{\"sid\":\"abc\"}");
  assert_log (self, "manager opened\nconnected\nid\n/chat event missed 1\nn-buffered\nn-buffered\n/chat opened");
  assert_sent (engine, "42/chat,[\"first\"]\n42/chat,[\"second\"]\n42/chat,[\"third\"]");
}

static void
test_recovery (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(SioValue) auth = parse_arguments ("{\"token\":\"t\"}");
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine;

  sio_socket_set_auth (socket, auth);
  sio_socket_open (socket);
  fake_engine_open (fake_engine_last ());
  fake_engine_receive (fake_engine_last (), "0{\"sid\":\"s\",\"pid\":\"p\"}");
  g_assert_false (sio_socket_get_recovered (socket));
  fake_engine_receive (fake_engine_last (), "2[\"a\",\"offset-1\"]");
  fake_engine_receive (fake_engine_last (), "2[\"b\",\"offset-2\"]");
  /* None of these carries an offset. */
  fake_engine_receive (fake_engine_last (), "27[\"c\",\"asks for an answer\"]");
  fake_engine_receive (fake_engine_last (), "2[\"d\",1]");
  fake_engine_receive (fake_engine_last (), "2[\"e\"]");
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  g_free (session_log_take (self));

  sio_manager_retry_now (self->manager);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  assert_sent (engine, "40{\"pid\":\"p\",\"offset\":\"offset-2\",\"token\":\"t\"}");
  fake_engine_receive (engine, "2[\"missed\",\"offset-3\"]");
  fake_engine_receive (engine, "0{\"sid\":\"s\",\"pid\":\"p\"}");
  assert_log (self, "attempt 1\nmanager opened\nreconnected 1\n/ event missed \"offset-3\"\n/ opened");
  g_assert_true (sio_socket_get_recovered (socket));

  /* A server that has forgotten us begins a new session: the old offset is none of its. */
  fake_engine_end (engine, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  sio_manager_retry_now (self->manager);
  fake_engine_open (fake_engine_last ());
  assert_sent (fake_engine_last (), "40{\"pid\":\"p\",\"offset\":\"offset-3\",\"token\":\"t\"}");
  fake_engine_receive (fake_engine_last (), "0{\"sid\":\"s2\",\"pid\":\"p2\"}");
  g_assert_false (sio_socket_get_recovered (socket));
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  sio_manager_retry_now (self->manager);
  fake_engine_open (fake_engine_last ());
  assert_sent (fake_engine_last (), "40{\"pid\":\"p2\",\"token\":\"t\"}");
}

/* What the user gives as credentials is not overwritten. */
static void
test_recovery_and_auth (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(SioValue) auth = parse_arguments ("{\"pid\":\"mine\",\"offset\":null}");
  SioSocket *socket = session_log_socket (self, "/");

  sio_socket_open (socket);
  fake_engine_open (fake_engine_last ());
  fake_engine_receive (fake_engine_last (), "0{\"sid\":\"s\",\"pid\":\"p\"}");
  fake_engine_receive (fake_engine_last (), "2[\"a\",\"o\"]");
  sio_socket_set_auth (socket, auth);
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  sio_manager_retry_now (self->manager);
  fake_engine_open (fake_engine_last ());
  assert_sent (fake_engine_last (), "40{\"pid\":\"mine\",\"offset\":null}");
}

static void
test_too_much_before_the_answer (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine;

  sio_socket_open (socket);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  for (guint i = 0; i < 10000; i++)
    fake_engine_receive (engine, "2[\"flood\"]");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPEN);
  fake_engine_receive (engine, "2[\"flood\"]");
  assert_log (self, "manager opened\nmanager closed: parse error");
}

/* The server drops a connection that leaves a namespace it has not yet joined, or joins one it has not yet left. */
static void
test_leave_while_joining (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioSocket *other = session_log_socket (self, "/other");
  SioEngine *engine = session_log_join (self, other);

  sio_socket_open (chat);
  assert_sent (engine, "40/chat,");
  sio_socket_close (chat);
  assert_sent (engine, "");
  fake_engine_receive (engine, "0/chat,{\"sid\":\"x\"}");
  assert_sent (engine, "41/chat,");
  g_assert_false (sio_socket_get_connected (chat));

  sio_socket_open (chat);
  assert_sent (engine, "");
  g_usleep (110000);
  turn_loop ();
  assert_sent (engine, "40/chat,");
  sio_socket_close (chat);
  sio_socket_open (chat);
  fake_engine_receive (engine, "0/chat,{\"sid\":\"y\"}");
  assert_sent (engine, "41/chat,");
  g_usleep (110000);
  turn_loop ();
  assert_sent (engine, "40/chat,");
  fake_engine_receive (engine, "0/chat,{\"sid\":\"z\"}");
  assert_log (self, "/chat opened");
  g_assert_cmpstr (sio_socket_get_id (chat), ==, "z");
}

static void
test_open_while_waiting (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioSocket *other = session_log_socket (self, "/other");

  session_log_join (self, chat);
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  sio_socket_open (other);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
  g_assert_cmpuint (fake_engine_count (), ==, 1);

  /* The last to leave ends the waiting too. */
  sio_socket_close (chat);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
  sio_socket_close (other);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
}

static void
test_odd_packets (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioSocket *idle = session_log_socket (self, "/idle");
  SioEngine *engine = session_log_join (self, chat);

  /* Joined again by itself: the server knows best what it calls us. */
  fake_engine_receive (engine, "0/chat,{\"sid\":\"again\"}");
  g_assert_cmpstr (sio_socket_get_id (chat), ==, "again");
  fake_engine_receive (engine, "0/idle,{\"sid\":\"x\"}");
  fake_engine_receive (engine, "1/idle,");
  fake_engine_receive (engine, "2/idle,[\"x\"]");
  fake_engine_receive (engine, "3/idle,0[]");
  fake_engine_receive (engine, "4/idle,{\"message\":\"x\"}");
  g_assert_false (sio_socket_get_connected (idle));
  assert_log (self, "");
  assert_sent (engine, "");
}

static void
count_event (SioSocket *socket,
             SioEvent  *event,
             guint     *count)
{
  ++*count;
}

static void
test_event_detail (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = sio_manager_get_socket (self->manager, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  guint update = 0, number = 0, any = 0;

  g_signal_connect (chat, "event::user:update", G_CALLBACK (count_event), &update);
  g_signal_connect (chat, "event::7", G_CALLBACK (count_event), &number);
  fake_engine_receive (engine, "2/chat,[\"user:update\",{}]");
  fake_engine_receive (engine, "2/chat,[7]");
  fake_engine_receive (engine, "2/chat,[\"never-heard-of-1\"]");
  g_assert_cmpuint (update, ==, 1);
  g_assert_cmpuint (number, ==, 1);

  g_signal_connect (chat, "event", G_CALLBACK (count_event), &any);
  fake_engine_receive (engine, "2/chat,[\"never-heard-of-2\"]");
  fake_engine_receive (engine, "2/chat,[\"user:update\",{}]");
  fake_engine_receive (engine, "2/chat,[\"\"]");
  g_assert_cmpuint (update, ==, 2);
  g_assert_cmpuint (any, ==, 3);

  /* A server that invents names leaves nothing behind. */
  g_assert_cmpuint (g_quark_try_string ("never-heard-of-1"), ==, 0);
  g_assert_cmpuint (g_quark_try_string ("never-heard-of-2"), ==, 0);
}

/* A name that somebody else interned, and that here only the listener of all events gets. */
static void
test_event_without_detail (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);

  g_quark_from_static_string ("heard-of");
  fake_engine_receive (engine, "2/chat,[\"heard-of\"]");
  assert_log (self, "/chat event heard-of");
}

static void
test_binary (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);

  fake_engine_receive (engine, "52-/chat,[\"file\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
  fake_engine_receive_bytes (engine, "\0\1", 2);
  assert_log (self, "");
  fake_engine_receive_bytes (engine, "abc", 3);
  assert_log (self, "/chat event file 2 bytes 3 bytes");
}

/* The sockets outlive their manager, and know it. */
static void
test_manager_goes_first (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(SioSocket) chat = g_object_ref (session_log_socket (self, "/chat"));
  g_autoptr(GError) error = NULL;

  session_log_join (self, chat);
  g_assert_finalize_object (g_steal_pointer (&self->manager));
  g_assert_true (fake_engine_was_abandoned (fake_engine_last ()));
  g_assert_null (sio_socket_get_manager (chat));
  g_assert_false (sio_socket_get_connected (chat));
  g_assert_false (sio_socket_get_active (chat));
  sio_socket_open (chat);
  sio_socket_close (chat);
  g_assert_false (sio_socket_emit (chat, "x", NULL, SIO_EMIT_DEFAULT, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
}

/* Not by a manager: such a one can do nothing, and does no harm. */
static void
test_without_manager (void)
{
  SioSocket *socket = g_object_new (SIO_TYPE_SOCKET, NULL);

  g_assert_null (sio_socket_get_manager (socket));
  g_assert_false (sio_socket_get_active (socket));
  g_assert_finalize_object (socket);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/socket/join", test_join);
  g_test_add_func ("/socket/auth", test_auth);
  g_test_add_func ("/socket/auth-func", test_auth_func);
  g_test_add_func ("/socket/give-auth", test_give_auth);
  g_test_add_func ("/socket/auth-failure", test_auth_failure);
  g_test_add_func ("/socket/auth-timeout", test_auth_timeout);
  g_test_add_func ("/socket/connect-timeout", test_connect_timeout);
  g_test_add_func ("/socket/connect-timeout-again", test_connect_timeout_again);
  g_test_add_func ("/socket/connect-timeout-alone", test_connect_timeout_alone);
  g_test_add_func ("/socket/refusal", test_refusal);
  g_test_add_func ("/socket/refusal-of-the-only-one", test_refusal_of_the_only_one);
  g_test_add_func ("/socket/refusal-answered", test_refusal_answered);
  g_test_add_func ("/socket/refusal-while-connected", test_refusal_while_connected);
  g_test_add_func ("/socket/old-server", test_old_server);
  g_test_add_func ("/socket/server-disconnects", test_server_disconnects);
  g_test_add_func ("/socket/every-reason", test_every_reason);
  g_test_add_func ("/socket/order-of-joining", test_order_of_joining);
  g_test_add_func ("/socket/recovery", test_recovery);
  g_test_add_func ("/socket/recovery-and-auth", test_recovery_and_auth);
  g_test_add_func ("/socket/too-much-before-the-answer", test_too_much_before_the_answer);
  g_test_add_func ("/socket/leave-while-joining", test_leave_while_joining);
  g_test_add_func ("/socket/open-while-waiting", test_open_while_waiting);
  g_test_add_func ("/socket/odd-packets", test_odd_packets);
  g_test_add_func ("/socket/event-detail", test_event_detail);
  g_test_add_func ("/socket/event-without-detail", test_event_without_detail);
  g_test_add_func ("/socket/binary", test_binary);
  g_test_add_func ("/socket/manager-goes-first", test_manager_goes_first);
  g_test_add_func ("/socket/without-manager", test_without_manager);

  return g_test_run ();
}
