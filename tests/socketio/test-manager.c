/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "session-log.h"

static void
test_addresses (void)
{
  static const struct { const char *uri; const char *engine; } good[] = {
    { "http://example.org", "http example.org -1 /socket.io/ polling" },
    { "https://example.org:8443/admin?b=2&a=1%202#x", "https example.org 8443 /socket.io/ polling a=1 2 b=2" },
    { "ws://localhost:3001", "http localhost 3001 /socket.io/ polling" },
    { "WSS://[::1]/", "https ::1 -1 /socket.io/ polling" },
    { "https://user:secret@example.org/", "https example.org -1 /socket.io/ polling" },
  };
  static const char * const bad[] = {
    "", "example.org", "localhost:3001", "ftp://example.org", "http://", "http:///x", "http://exa mple.org", "//example.org",
    "http://example.org:99999", "file:///etc/passwd", "javascript:alert(1)", "http://[::1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(SioManager) manager = sio_manager_new (good[i].uri, &error);
      g_autofree char *description = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (sio_manager_get_uri (manager), ==, good[i].uri);
      sio_manager_open (manager);
      description = fake_engine_describe (fake_engine_last ());
      g_assert_cmpstr (description, ==, good[i].engine);
    }
  fake_engine_reset ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (sio_manager_new (bad[i], &error));
      g_assert_error (error, SIO_ERROR, SIO_ERROR_INVALID_URI);
      g_assert_nonnull (strstr (error->message, bad[i]));
    }
}

static void
test_options (void)
{
  static const char * const transports[] = { "websocket", "polling", NULL };
  g_autoptr(SioManager) manager = sio_manager_new ("http://h?a=1&c=3", NULL);
  g_autofree char *description = NULL;

  sio_manager_set_path (manager, "/other/");
  sio_manager_set_transports (manager, transports);
  sio_manager_set_query (manager, "a", "2");
  sio_manager_set_query (manager, "b", "x&y");
  sio_manager_set_query (manager, "c", NULL);
  sio_manager_set_header (manager, "X-Test", "yes");
  sio_manager_set_transport_header (manager, "polling", "X-Test", "no");
  sio_manager_set_transport_header (manager, "websocket", "X-Test", "gone");
  sio_manager_set_transport_header (manager, "websocket", "X-Test", NULL);
  sio_manager_open (manager);
  description = fake_engine_describe (fake_engine_last ());
  g_assert_cmpstr (description, ==, "http h -1 /other/ websocket a=2 b=x&y X-Test: yes polling: no");

  g_clear_object (&manager);
  fake_engine_reset ();
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              guint      *count)
{
  ++*count;
}

/* Each property once to another value and once to the one it has: one notify, and the value is there. */
static void
test_properties (void)
{
  static const char * const websocket[] = { "websocket", NULL };
  g_autoptr(SioManager) manager = sio_manager_new ("http://h", NULL);
  g_autofree char *path = NULL;
  g_auto(GStrv) transports = NULL;
  guint timeout, attempts, delay, delay_max, count = 0;
  gboolean reconnection;
  double factor;
  guint64 size;

  g_object_get (manager, "path", &path, "transports", &transports, "timeout", &timeout, "reconnection", &reconnection,
                "reconnection-attempts", &attempts, "reconnection-delay", &delay, "reconnection-delay-max", &delay_max,
                "randomization-factor", &factor, "max-message-size", &size, NULL);
  g_assert_cmpstr (path, ==, "/socket.io/");
  g_assert_cmpstr (transports[0], ==, "polling");
  g_assert_cmpstr (transports[1], ==, "websocket");
  g_assert_cmpuint (timeout, ==, 20000);
  g_assert_true (reconnection);
  g_assert_cmpuint (attempts, ==, 0);
  g_assert_cmpuint (delay, ==, 1000);
  g_assert_cmpuint (delay_max, ==, 5000);
  g_assert_cmpfloat (factor, ==, 0.5);
  g_assert_cmpuint (size, ==, 100 * 1024 * 1024);

  g_signal_connect (manager, "notify", G_CALLBACK (count_notify), &count);
  for (guint i = 0; i < 2; i++)
    g_object_set (manager, "path", "/p/", "transports", websocket, "timeout", 1, "reconnection", FALSE,
                  "reconnection-attempts", 3, "reconnection-delay", 7, "reconnection-delay-max", 9,
                  "randomization-factor", 0.25, "max-message-size", G_GUINT64_CONSTANT (12), "tls-database", NULL, NULL);
  g_assert_cmpuint (count, ==, 9);

  g_object_get (manager, "timeout", &timeout, "reconnection-delay", &delay, "reconnection-delay-max", &delay_max,
                "max-message-size", &size, NULL);
  g_assert_cmpuint (timeout, ==, 1);
  g_assert_cmpuint (delay, ==, 7);
  g_assert_cmpuint (delay_max, ==, 9);
  g_assert_cmpuint (size, ==, 12);

  sio_manager_set_reconnection_delay (manager, 0, 0);
  g_object_get (manager, "reconnection-delay", &delay, "reconnection-delay-max", &delay_max, NULL);
  g_assert_cmpuint (delay, ==, 1000);
  g_assert_cmpuint (delay_max, ==, 5000);
}

static void
test_open_and_close (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioEngine *engine;
  guint states = 0;

  g_signal_connect (self->manager, "notify::state", G_CALLBACK (count_notify), &states);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
  g_assert_null (sio_manager_get_transport (self->manager));

  sio_manager_open (self->manager);
  sio_manager_open (self->manager);
  g_assert_cmpuint (fake_engine_count (), ==, 1);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPENING);
  g_assert_cmpuint (states, ==, 1);

  engine = fake_engine_last ();
  fake_engine_open (engine);
  assert_log (self, "manager opened");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPEN);
  g_assert_cmpstr (sio_manager_get_transport (self->manager), ==, "polling");

  fake_engine_upgrade (engine, "websocket");
  assert_log (self, "upgraded websocket");
  g_assert_cmpstr (sio_manager_get_transport (self->manager), ==, "websocket");

  sio_manager_close (self->manager);
  assert_log (self, "manager closed: forced close");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
  g_assert_null (sio_manager_get_transport (self->manager));
  g_assert_true (fake_engine_was_closed (engine));
  sio_manager_close (self->manager);
  turn_loop ();
  assert_log (self, "");
  g_assert_cmpuint (states, ==, 3);
}

/* The wait before each attempt doubles up to the maximum, and its end is told beforehand. */
static void
test_attempts (void)
{
  static const guint delays[] = { 8, 16, 32, 40, 40 };
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "down");
  SioSocket *socket = session_log_socket (self, "/chat");

  sio_manager_set_reconnection_delay (self->manager, 8, 40);
  sio_socket_open (socket);

  for (guint i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      g_autofree char *attempt = g_strdup_printf ("attempt %u", i + 1);
      gint64 before = g_get_monotonic_time ();
      gint64 due;

      fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
      assert_log (self, "/chat connect error: down\nmanager error: down");
      g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
      g_assert_cmpuint (sio_manager_get_attempt (self->manager), ==, i + 1);
      due = sio_manager_get_next_attempt_time (self->manager);
      g_assert_cmpint (due, >=, before + delays[i] * 1000);
      g_assert_cmpint (due, <=, g_get_monotonic_time () + delays[i] * 1000);

      wait_until (sio_manager_get_state (self->manager) == SIO_STATE_OPENING);
      g_assert_cmpint (g_get_monotonic_time (), >=, due - 1000);
      g_assert_cmpint (sio_manager_get_next_attempt_time (self->manager), ==, 0);
      assert_log (self, attempt);
      g_assert_cmpuint (fake_engine_count (), ==, i + 2);
    }

  fake_engine_open (fake_engine_last ());
  assert_log (self, "manager opened\nreconnected 5");
  g_assert_cmpuint (sio_manager_get_attempt (self->manager), ==, 0);
  assert_sent (fake_engine_last (), "40/chat,");

  /* From the start again. */
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  assert_log (self, "manager closed: transport close");
  g_assert_cmpuint (sio_manager_get_attempt (self->manager), ==, 1);
}

static void
test_giving_up (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "down");

  sio_manager_set_reconnection_delay (self->manager, 1, 1);
  sio_manager_set_reconnection_attempts (self->manager, 2);
  sio_manager_open (self->manager);
  for (guint i = 0; i < 2; i++)
    {
      fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
      wait_until (sio_manager_get_state (self->manager) == SIO_STATE_OPENING);
    }
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
  assert_log (self, "manager error: down\nattempt 1\nmanager error: down\nattempt 2\nmanager error: down\nreconnect failed");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
  g_assert_cmpuint (sio_manager_get_attempt (self->manager), ==, 0);

  /* A person may try again. */
  sio_manager_retry_now (self->manager);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPENING);
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
  assert_log (self, "manager error: down");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
}

static void
test_no_reconnection (void)
{
  g_autoptr(SessionLog) self = session_log_new ();

  sio_manager_set_reconnection (self->manager, FALSE);
  sio_manager_open (self->manager);
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  assert_log (self, "manager error: The server closed the connection while it was being made");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);

  sio_manager_open (self->manager);
  fake_engine_open (fake_engine_last ());
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_PING_TIMEOUT, NULL);
  assert_log (self, "manager opened\nmanager closed: ping timeout");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
}

static void
test_open_timeout (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioEngine *engine;

  sio_manager_set_timeout (self->manager, 5);
  sio_manager_open (self->manager);
  engine = fake_engine_last ();
  wait_until (sio_manager_get_state (self->manager) == SIO_STATE_WAITING);
  assert_log (self, "manager error: The server did not answer in time");
  g_assert_true (fake_engine_was_abandoned (engine));

  /* What it says too late is not heard. */
  fake_engine_open (engine);
  assert_log (self, "");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
}

static void
close_manager (SioManager *manager)
{
  sio_manager_close (manager);
}

/* In every state, and from within every word that the manager says. */
static void
test_close_wins (void)
{
  static const char * const signals[] = { "reconnect-attempt", "error", "notify::state", "notify::attempt" };
  g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "down");

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(SessionLog) self = session_log_new ();

      sio_manager_set_reconnection_delay (self->manager, 1, 1);
      sio_manager_open (self->manager);
      if (i > 0)
        fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
      if (i > 1)
        wait_until (sio_manager_get_state (self->manager) == SIO_STATE_OPENING);
      g_free (session_log_take (self));

      sio_manager_close (self->manager);
      g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
      g_usleep (5000);
      turn_loop ();
      g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
      assert_log (self, "");
    }

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr(SessionLog) self = session_log_new ();

      sio_manager_set_reconnection_delay (self->manager, 1, 1);
      sio_manager_open (self->manager);
      g_signal_connect (self->manager, signals[i], G_CALLBACK (close_manager), NULL);
      fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
      wait_until (sio_manager_get_state (self->manager) == SIO_STATE_CLOSED);
      g_usleep (5000);
      turn_loop ();
      g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
      g_assert_cmpuint (sio_manager_get_attempt (self->manager), ==, 0);
      g_assert_cmpint (sio_manager_get_next_attempt_time (self->manager), ==, 0);
    }
}

static void
open_manager (SioManager *manager)
{
  sio_manager_open (manager);
}

/* Closed and opened again in a handler: the attempt that was under way does not come on top. */
static void
test_reopen_in_handler (void)
{
  g_autoptr(SessionLog) self = session_log_new ();

  sio_manager_set_reconnection_delay (self->manager, 1, 1);
  g_signal_connect (self->manager, "reconnect-attempt", G_CALLBACK (close_manager), NULL);
  g_signal_connect (self->manager, "reconnect-attempt", G_CALLBACK (open_manager), NULL);
  sio_manager_open (self->manager);
  fake_engine_open (fake_engine_last ());
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  wait_until (sio_manager_get_state (self->manager) == SIO_STATE_OPENING);
  g_assert_cmpuint (fake_engine_count (), ==, 2);
}

static void
test_retry_now (void)
{
  g_autoptr(SessionLog) self = session_log_new ();

  sio_manager_set_reconnection_delay (self->manager, 3600000, 3600000);
  sio_manager_open (self->manager);
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  g_free (session_log_take (self));

  sio_manager_retry_now (self->manager);
  assert_log (self, "attempt 1");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPENING);
  g_assert_cmpint (sio_manager_get_next_attempt_time (self->manager), ==, 0);
  sio_manager_retry_now (self->manager);
  g_assert_cmpuint (fake_engine_count (), ==, 2);
  fake_engine_open (fake_engine_last ());
  sio_manager_retry_now (self->manager);
  g_assert_cmpuint (fake_engine_count (), ==, 2);
  assert_log (self, "manager opened\nreconnected 1");
}

static void
test_garbage (void)
{
  static const char * const garbage[] = { "bad", "2", "3", "4", "51", "2{}", "2[\"connect\"]", "\xff", "2[\"a\"]x" };

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autoptr(SessionLog) self = session_log_new ();
      SioSocket *socket = session_log_socket (self, "/");
      SioEngine *engine = session_log_join (self, socket);

      if (strcmp (garbage[i], "51") == 0)
        fake_engine_receive_bytes (engine, "x", 1);
      else
        fake_engine_receive (engine, garbage[i]);
      assert_log (self, "/ closed: parse error\nmanager closed: parse error");
      g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
      g_assert_true (fake_engine_was_closed (engine));
      fake_engine_receive (engine, "2[\"late\"]");
      turn_loop ();
      assert_log (self, "");
    }
}

static void
test_certificate_refused (void)
{
  g_autoptr(SessionLog) self = session_log_new ();

  sio_manager_open (self->manager);
  g_assert_false (fake_engine_ask_certificate (fake_engine_last (), NULL));
}

static gboolean
accept_certificate (SioManager           *manager,
                    GTlsCertificate      *certificate,
                    GTlsCertificateFlags  errors,
                    gpointer              user_data)
{
  g_assert_cmpuint (errors, ==, G_TLS_CERTIFICATE_UNKNOWN_CA);

  return TRUE;
}

static void
test_certificate_accepted (void)
{
  g_autoptr(SessionLog) self = session_log_new ();

  g_signal_connect (self->manager, "accept-certificate", G_CALLBACK (accept_certificate), NULL);
  sio_manager_open (self->manager);
  g_assert_true (fake_engine_ask_certificate (fake_engine_last (), NULL));
}

/* Namespaces share the connection, and the last one to leave closes it. */
static void
test_namespaces (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioSocket *admin = session_log_socket (self, "admin");
  SioEngine *engine;

  g_assert_true (sio_manager_get_socket (self->manager, "/chat") == chat);
  g_assert_true (sio_manager_get_socket (self->manager, "/admin") == admin);
  g_assert_true (sio_manager_get_socket (self->manager, NULL) == sio_manager_get_socket (self->manager, "/"));
  g_assert_true (sio_manager_get_socket (self->manager, "") == sio_manager_get_socket (self->manager, "/"));

  engine = session_log_join (self, chat);
  session_log_join (self, admin);
  g_assert_cmpuint (fake_engine_count (), ==, 1);

  fake_engine_receive (engine, "2/admin,[\"stats\",1]");
  fake_engine_receive (engine, "2/chat,[\"hello\"]");
  fake_engine_receive (engine, "2/unknown,[\"hello\"]");
  fake_engine_receive (engine, "1/unknown,");
  fake_engine_receive (engine, "2[\"main\"]");
  assert_log (self, "/admin event stats 1\n/chat event hello");

  sio_socket_close (chat);
  assert_sent (engine, "41/chat,");
  assert_log (self, "/chat closed: io client disconnect");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPEN);

  sio_socket_close (admin);
  assert_sent (engine, "41/admin,");
  assert_log (self, "/admin closed: io client disconnect\nmanager closed: forced close");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
  g_assert_true (fake_engine_was_closed (engine));
}

/* Those that were active are joined again. */
static void
test_close_and_open (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");

  session_log_join (self, chat);
  sio_manager_close (self->manager);
  assert_log (self, "/chat closed: forced close\nmanager closed: forced close");
  g_assert_true (sio_socket_get_active (chat));
  g_assert_false (sio_socket_get_connected (chat));
  g_assert_null (sio_socket_get_id (chat));

  sio_manager_open (self->manager);
  g_assert_cmpuint (fake_engine_count (), ==, 2);
  fake_engine_open (fake_engine_last ());
  assert_sent (fake_engine_last (), "40/chat,");
}

static gpointer
call_from_elsewhere (gpointer manager)
{
  sio_manager_open (manager);

  return NULL;
}

static void
test_foreign_thread (void)
{
  g_autoptr(SessionLog) self = session_log_new ();

  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*thread*");
  g_thread_join (g_thread_new ("elsewhere", call_from_elsewhere, self->manager));
  g_test_assert_expected_messages ();
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
}

/* A manager of another main context does all its work there. */
static void
test_own_context (void)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  SessionLog *self;

  g_main_context_push_thread_default (context);
  self = session_log_new ();
  g_main_context_pop_thread_default (context);

  sio_manager_set_reconnection_delay (self->manager, 1, 1);
  sio_manager_open (self->manager);
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  g_usleep (5000);
  turn_loop ();
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
  while (sio_manager_get_state (self->manager) == SIO_STATE_WAITING)
    g_main_context_iteration (context, TRUE);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPENING);

  g_clear_object (&self->manager);
  while (g_main_context_iteration (context, FALSE))
    ;
  session_log_free (self);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/manager/addresses", test_addresses);
  g_test_add_func ("/manager/options", test_options);
  g_test_add_func ("/manager/properties", test_properties);
  g_test_add_func ("/manager/open-and-close", test_open_and_close);
  g_test_add_func ("/manager/attempts", test_attempts);
  g_test_add_func ("/manager/giving-up", test_giving_up);
  g_test_add_func ("/manager/no-reconnection", test_no_reconnection);
  g_test_add_func ("/manager/open-timeout", test_open_timeout);
  g_test_add_func ("/manager/close-wins", test_close_wins);
  g_test_add_func ("/manager/reopen-in-handler", test_reopen_in_handler);
  g_test_add_func ("/manager/retry-now", test_retry_now);
  g_test_add_func ("/manager/garbage", test_garbage);
  g_test_add_func ("/manager/certificate-refused", test_certificate_refused);
  g_test_add_func ("/manager/certificate-accepted", test_certificate_accepted);
  g_test_add_func ("/manager/namespaces", test_namespaces);
  g_test_add_func ("/manager/close-and-open", test_close_and_open);
  g_test_add_func ("/manager/foreign-thread", test_foreign_thread);
  g_test_add_func ("/manager/own-context", test_own_context);

  return g_test_run ();
}
