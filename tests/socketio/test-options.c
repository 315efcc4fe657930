/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The manager's options about transports, safety and limits: that they are kept and told, and that they reach the connection. */

#include "session-log.h"

#define assert_way(engine, expected)                                   \
  G_STMT_START                                                         \
    {                                                                  \
      g_autofree char *way_ = fake_engine_describe_way (engine);       \
      g_assert_cmpstr (way_, ==, expected);                            \
    }                                                                  \
  G_STMT_END

static const char * const websocket_first[] = { "websocket", "polling", NULL };

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              guint      *count)
{
  ++*count;
}

static void
test_defaults (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioManager *manager = self->manager;

  g_assert_true (sio_manager_get_upgrade (manager));
  g_assert_false (sio_manager_get_remember_upgrade (manager));
  g_assert_false (sio_manager_get_try_all_transports (manager));
  g_assert_cmpuint (sio_manager_get_request_timeout (manager), ==, 0);
  g_assert_true (sio_manager_get_add_trailing_slash (manager));
  g_assert_cmpint (sio_manager_get_timestamps (manager), ==, SIO_TIMESTAMPS_POLLING);
  g_assert_cmpstr (sio_manager_get_timestamp_parameter (manager), ==, "t");
  g_assert_false (sio_manager_get_force_base64 (manager));
  g_assert_true (sio_manager_get_keep_cookies (manager));
  g_assert_null (sio_manager_get_protocols (manager));
  g_assert_true (sio_manager_get_compression (manager));
  g_assert_cmpuint (sio_manager_get_compression_threshold (manager), ==, 1024);
  g_assert_null (sio_manager_get_tls_certificate (manager));
  g_assert_null (sio_manager_get_tls_interaction (manager));
  g_assert_null (sio_manager_get_proxy_resolver (manager));
  g_assert_cmpuint (sio_manager_get_max_depth (manager), ==, 512);
  g_assert_cmpuint (sio_manager_get_max_attachments (manager), ==, 10);
  g_assert_cmpuint (sio_manager_get_max_received_events (manager), ==, 10000);
  g_assert_cmpuint (sio_manager_get_max_received_bytes (manager), ==, 64 * 1024 * 1024);

  sio_manager_open (manager);
  assert_way (fake_engine_last (), "polling,websocket upgrade 0=t 0");
}

/* Each property once to another value and once to the one it has: one notify, and the value is there. */
static void
test_notify (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(GProxyResolver) resolver = g_simple_proxy_resolver_new (NULL, NULL);
  guint timeout, depth, attachments, events, count = 0;
  gboolean upgrade, remember, all, slash, base64;
  SioTimestamps timestamps;
  g_autofree char *parameter = NULL;
  g_autoptr(GProxyResolver) got = NULL;
  guint64 bytes;

  g_signal_connect (self->manager, "notify", G_CALLBACK (count_notify), &count);
  for (guint i = 0; i < 2; i++)
    g_object_set (self->manager, "upgrade", FALSE, "remember-upgrade", TRUE, "try-all-transports", TRUE,
                  "request-timeout", 700, "add-trailing-slash", FALSE, "timestamps", SIO_TIMESTAMPS_ALWAYS,
                  "timestamp-parameter", "now", "force-base64", TRUE, "tls-certificate", NULL, "tls-interaction", NULL,
                  "proxy-resolver", resolver, "max-depth", 7, "max-attachments", 3, "max-received-events", 5,
                  "max-received-bytes", G_GUINT64_CONSTANT (99), NULL);
  g_assert_cmpuint (count, ==, 13);

  g_object_get (self->manager, "upgrade", &upgrade, "remember-upgrade", &remember, "try-all-transports", &all,
                "request-timeout", &timeout, "add-trailing-slash", &slash, "timestamps", &timestamps,
                "timestamp-parameter", &parameter, "force-base64", &base64, "proxy-resolver", &got, "max-depth", &depth,
                "max-attachments", &attachments, "max-received-events", &events, "max-received-bytes", &bytes, NULL);
  g_assert_false (upgrade);
  g_assert_true (remember);
  g_assert_true (all);
  g_assert_cmpuint (timeout, ==, 700);
  g_assert_false (slash);
  g_assert_cmpint (timestamps, ==, SIO_TIMESTAMPS_ALWAYS);
  g_assert_cmpstr (parameter, ==, "now");
  g_assert_true (base64);
  g_assert_true (got == resolver);
  g_assert_cmpuint (depth, ==, 7);
  g_assert_cmpuint (attachments, ==, 3);
  g_assert_cmpuint (events, ==, 5);
  g_assert_cmpuint (bytes, ==, 99);

  sio_manager_open (self->manager);
  assert_way (fake_engine_last (), "polling,websocket all base64 1=now 700");
}

/* The same for what is agreed on at the handshake. */
static void
test_handshake (void)
{
  static const char * const some[] = { "chat", "superchat", NULL };
  static const char * const none[] = { NULL };
  g_autoptr(SessionLog) self = session_log_new ();
  gboolean cookies, compression;
  guint threshold, count = 0;
  g_auto(GStrv) protocols = NULL;

  g_signal_connect (self->manager, "notify", G_CALLBACK (count_notify), &count);
  sio_manager_set_protocols (self->manager, none);
  g_assert_cmpuint (count, ==, 0);
  for (guint i = 0; i < 2; i++)
    g_object_set (self->manager, "keep-cookies", FALSE, "protocols", some, "compression-threshold", 7, NULL);
  g_assert_cmpuint (count, ==, 3);
  sio_manager_open (self->manager);
  assert_way (fake_engine_last (), "polling,websocket upgrade 0=t 0 cookieless chat,superchat from 7");
  sio_manager_close (self->manager);

  for (guint i = 0; i < 2; i++)
    g_object_set (self->manager, "compression", FALSE, NULL);
  g_object_get (self->manager, "keep-cookies", &cookies, "protocols", &protocols, "compression", &compression,
                "compression-threshold", &threshold, NULL);
  g_assert_false (cookies);
  g_assert_cmpstrv (protocols, some);
  g_assert_false (compression);
  g_assert_cmpuint (threshold, ==, 7);

  sio_manager_set_protocols (self->manager, NULL);
  sio_manager_open (self->manager);
  assert_way (fake_engine_last (), "polling,websocket upgrade 0=t 0 cookieless plain");
}

static void
test_path (void)
{
  static const struct { const char *path; gboolean slash; const char *sent; } cases[] = {
    { "/socket.io", TRUE, "/socket.io/" }, { "/socket.io/", TRUE, "/socket.io/" }, { "/", TRUE, "/" },
    { "/socket.io", FALSE, "/socket.io" }, { "/socket.io/", FALSE, "/socket.io" }, { "/", FALSE, "/" },
    { "/a/b//", FALSE, "/a/b/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(SessionLog) self = session_log_new ();
      g_autofree char *expected = g_strdup_printf ("http 127.0.0.1 1 %s polling", cases[i].sent);
      g_autofree char *description = NULL;

      sio_manager_set_path (self->manager, cases[i].path);
      sio_manager_set_add_trailing_slash (self->manager, cases[i].slash);
      sio_manager_open (self->manager);
      description = fake_engine_describe (fake_engine_last ());
      g_assert_cmpstr (description, ==, expected);
    }
}

static void
lose (SessionLog          *self,
      SioDisconnectReason  reason)
{
  g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "lost");

  fake_engine_end (fake_engine_last (), reason, error);
  sio_manager_retry_now (self->manager);
}

/* It begins with what worked, until that fails. */
static void
test_remember_upgrade (void)
{
  g_autoptr(SessionLog) self = session_log_new ();

  sio_manager_set_remember_upgrade (self->manager, TRUE);
  sio_manager_open (self->manager);
  assert_way (fake_engine_last (), "polling,websocket upgrade 0=t 0");

  fake_engine_open (fake_engine_last ());
  lose (self, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE);
  assert_way (fake_engine_last (), "polling,websocket upgrade 0=t 0");

  fake_engine_open (fake_engine_last ());
  fake_engine_upgrade (fake_engine_last (), "websocket");
  lose (self, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE);
  assert_way (fake_engine_last (), "websocket,polling upgrade 0=t 0");

  fake_engine_open (fake_engine_last ());
  lose (self, SIO_DISCONNECT_REASON_PING_TIMEOUT);
  assert_way (fake_engine_last (), "websocket,polling upgrade 0=t 0");

  lose (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
  assert_way (fake_engine_last (), "polling,websocket upgrade 0=t 0");

  /* Without the option nothing is remembered. */
  fake_engine_open (fake_engine_last ());
  fake_engine_upgrade (fake_engine_last (), "websocket");
  sio_manager_set_remember_upgrade (self->manager, FALSE);
  lose (self, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE);
  assert_way (fake_engine_last (), "polling,websocket upgrade 0=t 0");
}

static void
test_order (void)
{
  g_autoptr(SessionLog) self = session_log_new ();

  sio_manager_set_transports (self->manager, websocket_first);
  sio_manager_set_upgrade (self->manager, FALSE);
  sio_manager_set_try_all_transports (self->manager, TRUE);
  sio_manager_open (self->manager);
  assert_way (fake_engine_last (), "websocket,polling all 0=t 0");
}

static void
test_depth_and_attachments (void)
{
  static const struct { const char *text; gboolean taken; } cases[] = {
    { "2[\"a\",[1]]", TRUE }, { "2[\"a\",[[1]]]", FALSE },
    { "51-[\"a\",{\"_placeholder\":true,\"num\":0}]", TRUE },
    { "52-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(SessionLog) self = session_log_new ();
      SioSocket *socket = session_log_socket (self, "/");
      SioEngine *engine;

      sio_manager_set_max_depth (self->manager, 2);
      sio_manager_set_max_attachments (self->manager, 1);
      engine = session_log_join (self, socket);
      fake_engine_receive (engine, cases[i].text);
      g_assert_cmpint (sio_socket_get_connected (socket), ==, cases[i].taken);
    }
}

/* What a server sends before it lets us join is bounded. */
static void
test_received (void)
{
  static const struct { guint events; gsize bytes; guint sent; gboolean taken; } cases[] = {
    { 2, 1000, 2, TRUE }, { 2, 1000, 3, FALSE }, { 100, 20, 2, TRUE }, { 100, 20, 3, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(SessionLog) self = session_log_new ();
      SioSocket *socket = session_log_socket (self, "/");

      sio_manager_set_max_received_events (self->manager, cases[i].events);
      sio_manager_set_max_received_bytes (self->manager, cases[i].bytes);
      sio_socket_open (socket);
      fake_engine_open (fake_engine_last ());
      for (guint n = 0; n < cases[i].sent; n++)
        fake_engine_receive (fake_engine_last (), "2[\"tell\"]");
      g_assert_cmpint (sio_manager_get_state (self->manager), ==, cases[i].taken ? SIO_STATE_OPEN : SIO_STATE_WAITING);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/options/defaults", test_defaults);
  g_test_add_func ("/options/notify", test_notify);
  g_test_add_func ("/options/handshake", test_handshake);
  g_test_add_func ("/options/path", test_path);
  g_test_add_func ("/options/remember-upgrade", test_remember_upgrade);
  g_test_add_func ("/options/order", test_order);
  g_test_add_func ("/options/depth-and-attachments", test_depth_and_attachments);
  g_test_add_func ("/options/received", test_received);

  return g_test_run ();
}
