/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the options do to the way to the server. */

#include <string.h>

#include "engine-harness.h"
#include "sio-version.h"

/* --- transports --- */

static gboolean
refuse (ScriptedServer  *server,
        ScriptedPeer    *peer,
        ScriptedRequest *request,
        gpointer         user_data)
{
  if (!g_str_equal (request->transport, user_data))
    return FALSE;

  scripted_peer_answer (peer, 503, "text/plain", "busy", -1);

  return TRUE;
}

typedef struct
{
  const char *transports;
  const char *refused;
  const char *opened; /* or NULL */
} Trial;

static const Trial trials[] = {
  { "websocket,polling", "websocket", "opened polling" },
  { "polling,websocket", "polling", "opened websocket" },
  { "websocket,polling", "nothing", "opened websocket" },
  { "websocket", "websocket", NULL },
  { "polling,polling", "polling", NULL },
};

static void
test_try_all (gconstpointer data)
{
  const Trial *trial = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, trial->transports);

  server->on_request = refuse;
  server->user_data = (gpointer) trial->refused;
  harness->options.try_all = TRUE;
  engine_harness_open (harness);
  if (trial->opened != NULL)
    {
      engine_harness_wait (harness, trial->opened);
      engine_harness_send (harness, "4hello");
      test_wait_for_log (server->log, strstr (trial->opened, "polling") != NULL ? "POST 4hello" : "frame 4hello");
      test_settle ();
      /* What was given up is not tried again as an upgrade. */
      g_assert_false (engine_harness_heard (harness, "upgraded websocket"));
      g_assert_false (harness->is_closed);
    }
  else
    {
      engine_harness_wait_closed (harness);
      g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
      g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TRANSPORT);
      g_assert_cmpstr (harness->log->str, ==, "closed transport error\n");
    }
}

static void
test_try_only_the_first (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket,polling");

  server->on_request = refuse;
  server->user_data = (gpointer) "websocket";
  engine_harness_open (harness);
  engine_harness_wait_closed (harness);
  g_assert_cmpuint (server->n_gets, <=, 1);
  g_assert_null (strstr (server->log->str, "polling"));
}

/* Closed or let go while the second is being tried. */
static void
test_try_and_leave (gconstpointer abandon)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket,polling");

  server->on_request = refuse;
  server->user_data = (gpointer) "websocket";
  harness->options.try_all = TRUE;
  engine_harness_open (harness);
  while (strstr (server->log->str, "GET polling") == NULL && !engine_harness_heard (harness, "opened polling"))
    g_main_context_iteration (NULL, TRUE);
  if (abandon != NULL)
    {
      sio_engine_abandon (harness->engine);
      test_settle ();
      g_assert_false (harness->is_closed);
    }
  else
    {
      sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
      engine_harness_wait_closed (harness);
      g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_FORCED_CLOSE);
    }
}

static void
test_no_upgrade (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");

  harness->options.upgrade = FALSE;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  engine_harness_send (harness, "4hello");
  test_wait_for_log (server->log, "POST 4hello");
  test_settle ();
  g_assert_null (strstr (server->log->str, "websocket"));
}

/* --- the address --- */

typedef struct
{
  const char    *transport;
  SioTimestamps  timestamps;
  const char    *parameter;
  gboolean       force_base64;
  gboolean       is_stamped;
} Address;

static const Address addresses[] = {
  { "polling", SIO_TIMESTAMPS_POLLING, NULL, FALSE, TRUE }, { "polling", SIO_TIMESTAMPS_ALWAYS, "now", FALSE, TRUE },
  { "polling", SIO_TIMESTAMPS_NEVER, NULL, TRUE, FALSE },   { "websocket", SIO_TIMESTAMPS_POLLING, NULL, FALSE, FALSE },
  { "websocket", SIO_TIMESTAMPS_ALWAYS, NULL, TRUE, TRUE }, { "websocket", SIO_TIMESTAMPS_NEVER, "now", FALSE, FALSE },
};

static gboolean
check_address (ScriptedServer  *server,
               ScriptedPeer    *peer,
               ScriptedRequest *request,
               gpointer         user_data)
{
  const Address *address = user_data;
  const char *stamp = g_hash_table_lookup (request->query, address->parameter != NULL ? address->parameter : "t");

  g_assert_cmpint (stamp != NULL, ==, address->is_stamped);
  if (stamp != NULL)
    g_assert_cmpuint (strlen (stamp), ==, 8);
  g_assert_cmpstr (g_hash_table_lookup (request->query, "b64"), ==, address->force_base64 ? "1" : NULL);
  g_assert_cmpstr (g_hash_table_lookup (request->query, "EIO"), ==, "4");

  return FALSE;
}

static void
test_address (gconstpointer data)
{
  const Address *address = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, address->transport);
  g_autofree char *opened = g_strconcat ("opened ", address->transport, NULL);

  server->on_request = check_address;
  server->user_data = (gpointer) address;
  harness->options.timestamps = address->timestamps;
  harness->options.timestamp_parameter = (char *) address->parameter;
  harness->options.force_base64 = address->force_base64;
  engine_harness_open (harness);
  engine_harness_wait (harness, opened);
}

static void
test_protocol (void)
{
  g_assert_cmpint (SIO_ENGINE_PROTOCOL_VERSION, ==, 4);
  g_assert_cmpint (SIO_PROTOCOL_VERSION, ==, 5);
}

/* --- cookies --- */

typedef struct
{
  const char *name;
  const char *set;
  const char *sent;     /* or NULL for none */
  gboolean    is_kept;  /* there is a jar */
} Cookie;

static const Cookie cookies[] = {
  { "simple", "foo=bar", "foo=bar", TRUE },
  /* Not with both of the two: libsoup 3.2 loses some bytes of each such cookie. */
  { "complex", "foo=bar; Max-Age=1000; Path=/; HttpOnly; SameSite=strict", "foo=bar", TRUE },
  { "until", "foo=bar; Path=/; Expires=Tue, 01 Jul 2098 10:01:11 GMT; HttpOnly", "foo=bar", TRUE },
  { "weird", "foo=bar=bar&foo=foo&John=Doe&Doe=John; Path=/; HttpOnly", "foo=bar=bar&foo=foo&John=Doe&Doe=John", TRUE },
  { "for-another-server", "foo=bar; Domain=.example.com; Path=/", NULL, TRUE },
  { "for-tls", "foo=bar; Path=/; Secure", NULL, TRUE },
  { "for-another-path", "foo=bar; Path=/elsewhere", NULL, TRUE },
  { "over", "foo=bar; Path=/; Max-Age=0", NULL, TRUE },
  { "not-kept", "foo=bar", NULL, FALSE },
};

static gboolean
check_cookie (ScriptedServer  *server,
              ScriptedPeer    *peer,
              ScriptedRequest *request,
              gpointer         user_data)
{
  const Cookie *cookie = user_data;

  if (request->session_id != NULL)
    g_assert_cmpstr (soup_message_headers_get_list (request->headers, "Cookie"), ==, cookie->sent);

  return FALSE;
}

/* What the first answer sets comes back with the next requests, on both transports. */
static void
test_cookie (gconstpointer data)
{
  const Cookie *cookie = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");

  server->upgrades = "\"websocket\"";
  server->cookie = cookie->set;
  server->on_request = check_cookie;
  server->user_data = (gpointer) cookie;
  harness->options.cookie_jar = cookie->is_kept ? soup_cookie_jar_new () : NULL;
  engine_harness_open (harness);
  engine_harness_wait (harness, "upgraded websocket");
}

/* --- binary as text --- */

static void
test_force_base64 (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\x01\x02\x00\xff", 4);

  harness->options.force_base64 = TRUE;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  sio_engine_send_binary (harness->engine, bytes);
  test_wait_for_log (server->log, "frame bAQIA/w==");
  scripted_server_send (server, "bAQIA/w==");
  engine_harness_wait (harness, "binary 4");
}

/* --- a request that takes too long --- */

static gboolean
say_nothing (ScriptedServer  *server,
             ScriptedPeer    *peer,
             ScriptedRequest *request,
             gpointer         user_data)
{
  return g_str_equal (request->method, user_data);
}

static void
test_request_timeout (gconstpointer method)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  harness->options.request_timeout_ms = 200;
  if (g_str_equal (method, "GET"))
    {
      server->on_request = say_nothing;
      server->user_data = (gpointer) method;
    }
  engine_harness_open (harness);
  if (g_str_equal (method, "POST"))
    {
      engine_harness_wait (harness, "opened polling");
      server->on_request = say_nothing;
      server->user_data = (gpointer) method;
      engine_harness_send (harness, "4hello");
    }
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TIMEOUT);
}

/* A time-out that was not reached leaves nothing behind, also where the engine goes first. */
static void
test_request_in_time (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  harness->options.request_timeout_ms = 60000;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  engine_harness_send (harness, "4hello");
  test_wait_for_log (server->log, "POST 4hello");
  sio_engine_abandon (harness->engine);
  g_clear_object (&harness->engine);
  test_settle ();
  g_assert_false (g_main_context_pending (NULL));
}

/* --- who is asked on the way --- */

static gboolean
accept_any (GTlsCertificate      *certificate,
            GTlsCertificateFlags  errors,
            gpointer              user_data)
{
  return TRUE;
}

static void
test_client_certificate (gconstpointer transport)
{
  g_autoptr(GTlsCertificate) certificate = scripted_certificate_new ();
  g_autoptr(GTlsCertificate) own = scripted_certificate_new ();
  g_autoptr(ScriptedServer) server = scripted_server_new (certificate);
  g_autoptr(EngineHarness) with = engine_harness_new (server, transport);
  g_autoptr(EngineHarness) without = engine_harness_new (server, transport);
  g_autofree char *opened = g_strconcat ("opened ", transport, NULL);

  server->wants_certificate = TRUE;
  without->options.accept_certificate = accept_any;
  engine_harness_open (without);
  engine_harness_wait_closed (without);
  g_assert_null (server->seen_certificate);

  with->options.accept_certificate = accept_any;
  with->options.tls_certificate = g_object_ref (own);
  engine_harness_open (with);
  engine_harness_wait (with, opened);
  g_assert_true (g_tls_certificate_is_same (server->seen_certificate, own));
}

typedef struct
{
  GTlsInteraction  parent_instance;
  GTlsCertificate *certificate;
  guint            n_asked;
} AskedInteraction;

typedef GTlsInteractionClass AskedInteractionClass;

static GType asked_interaction_get_type (void);

G_DEFINE_TYPE (AskedInteraction, asked_interaction, G_TYPE_TLS_INTERACTION)

static GTlsInteractionResult
asked_interaction_request_certificate (GTlsInteraction              *interaction,
                                       GTlsConnection               *connection,
                                       GTlsCertificateRequestFlags   flags,
                                       GCancellable                 *cancellable,
                                       GError                      **error)
{
  AskedInteraction *self = (AskedInteraction *) interaction;

  self->n_asked++;
  g_tls_connection_set_certificate (connection, self->certificate);

  return G_TLS_INTERACTION_HANDLED;
}

static void
asked_interaction_request_certificate_async (GTlsInteraction             *interaction,
                                             GTlsConnection              *connection,
                                             GTlsCertificateRequestFlags  flags,
                                             GCancellable                *cancellable,
                                             GAsyncReadyCallback          callback,
                                             gpointer                     user_data)
{
  g_autoptr(GTask) task = g_task_new (interaction, cancellable, callback, user_data);

  g_task_return_int (task, asked_interaction_request_certificate (interaction, connection, flags, cancellable, NULL));
}

static GTlsInteractionResult
asked_interaction_request_certificate_finish (GTlsInteraction  *interaction,
                                              GAsyncResult     *result,
                                              GError          **error)
{
  return (GTlsInteractionResult) g_task_propagate_int (G_TASK (result), error);
}

static void
asked_interaction_class_init (AskedInteractionClass *klass)
{
  klass->request_certificate = asked_interaction_request_certificate;
  klass->request_certificate_async = asked_interaction_request_certificate_async;
  klass->request_certificate_finish = asked_interaction_request_certificate_finish;
}

static void
asked_interaction_init (AskedInteraction *self)
{
}

static void
test_interaction (gconstpointer transport)
{
  g_autoptr(GTlsCertificate) certificate = scripted_certificate_new ();
  g_autoptr(GTlsCertificate) own = scripted_certificate_new ();
  g_autoptr(ScriptedServer) server = scripted_server_new (certificate);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);
  g_autoptr(GTlsInteraction) interaction = g_object_new (asked_interaction_get_type (), NULL);
  g_autofree char *opened = g_strconcat ("opened ", transport, NULL);

  server->wants_certificate = TRUE;
  ((AskedInteraction *) interaction)->certificate = own;
  harness->options.accept_certificate = accept_any;
  harness->options.tls_interaction = g_object_ref (interaction);
  engine_harness_open (harness);
  engine_harness_wait (harness, opened);
  g_assert_cmpuint (((AskedInteraction *) interaction)->n_asked, >=, 1);
  g_assert_true (g_tls_certificate_is_same (server->seen_certificate, own));
}

static gboolean
count_and_refuse (GSocketService    *service,
                  GSocketConnection *connection,
                  GObject           *source_object,
                  guint             *count)
{
  ++*count;
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  return TRUE;
}

/* The proxy is asked for the server, even where the server is this machine. It refuses. */
static void
test_proxy (gconstpointer transport)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);
  g_autoptr(GSocketService) proxy = g_socket_service_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *address = NULL;
  guint count = 0;

  address = g_strdup_printf ("http://127.0.0.1:%u",
                             g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (proxy), NULL, &error));
  g_assert_no_error (error);
  g_signal_connect (proxy, "incoming", G_CALLBACK (count_and_refuse), &count);
  harness->options.proxy_resolver = g_simple_proxy_resolver_new (address, NULL);
  engine_harness_open (harness);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
  g_assert_cmpuint (count, >=, 1);
  g_assert_cmpuint (server->n_connections, ==, 0);
  g_socket_service_stop (proxy);
  g_socket_listener_close (G_SOCKET_LISTENER (proxy));
}

static void
add_for_both (const char    *name,
              GTestDataFunc  func)
{
  static const char *const transports[] = { "polling", "websocket" };

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/options/", name, "/", transports[i], NULL);

      g_test_add_data_func (path, transports[i], func);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/options/try-all/%u", i);

      g_test_add_data_func (path, &trials[i], test_try_all);
    }
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/options/address/%u", i);

      g_test_add_data_func (path, &addresses[i], test_address);
    }
  g_test_add_func ("/engine/options/try-only-the-first", test_try_only_the_first);
  g_test_add_data_func ("/engine/options/try-and-close", NULL, test_try_and_leave);
  g_test_add_data_func ("/engine/options/try-and-abandon", "abandon", test_try_and_leave);
  g_test_add_func ("/engine/options/no-upgrade", test_no_upgrade);
  g_test_add_func ("/engine/options/protocol", test_protocol);
  for (guint i = 0; i < G_N_ELEMENTS (cookies); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/options/cookies/", cookies[i].name, NULL);

      g_test_add_data_func (path, &cookies[i], test_cookie);
    }
  g_test_add_func ("/engine/options/force-base64", test_force_base64);
  g_test_add_data_func ("/engine/options/request-timeout/get", "GET", test_request_timeout);
  g_test_add_data_func ("/engine/options/request-timeout/post", "POST", test_request_timeout);
  g_test_add_func ("/engine/options/request-in-time", test_request_in_time);
  add_for_both ("client-certificate", test_client_certificate);
  add_for_both ("interaction", test_interaction);
  add_for_both ("proxy", test_proxy);

  return g_test_run ();
}
