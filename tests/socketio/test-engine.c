/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What holds for a session whatever carries it: its owner may do anything at any time, and certificates are looked at. */

#include <glib/gstdio.h>
#include <string.h>

#include "engine-harness.h"

/* --- its owner in its callbacks --- */

typedef struct
{
  const char *transports;
  const char *line;    /* what is heard */
  const char *action;  /* what is done about it, at once */
} Moment;

static const Moment moments[] = {
  { "websocket", "opened websocket", "close" },
  { "websocket", "opened websocket", "abandon" },
  { "websocket", "opened websocket", "unref" },
  { "websocket", "text hello", "close" },
  { "websocket", "text hello", "abandon" },
  { "websocket", "text hello", "unref" },
  { "websocket", "text hello", "send" },
  { "websocket", "binary 3", "unref" },
  { "websocket", "pinged", "unref" },
  { "websocket", "pinged", "close" },
  { "websocket", "closed transport close", "unref" },
  { "websocket", "closed transport close", "close" },
  { "websocket", "closed transport close", "send" },
  { "polling", "opened polling", "close" },
  { "polling", "opened polling", "abandon" },
  { "polling", "opened polling", "unref" },
  { "polling", "text hello", "close" },
  { "polling", "text hello", "abandon" },
  { "polling", "text hello", "unref" },
  { "polling", "text hello", "send" },
  { "polling", "binary 3", "unref" },
  { "polling", "pinged", "unref" },
  { "polling", "pinged", "close" },
  { "polling", "closed transport close", "unref" },
  { "polling,websocket", "opened polling", "unref" },
  { "polling,websocket", "opened polling", "close" },
  { "polling,websocket", "upgraded websocket", "close" },
  { "polling,websocket", "upgraded websocket", "abandon" },
  { "polling,websocket", "upgraded websocket", "unref" },
  { "polling,websocket", "upgraded websocket", "send" },
};

static void
act (EngineHarness *harness,
     const char    *line)
{
  const Moment *moment = harness->user_data;

  if (!g_str_equal (line, moment->line))
    return;

  /* Once. */
  harness->react = NULL;
  if (g_str_equal (moment->action, "close"))
    sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  else if (g_str_equal (moment->action, "abandon"))
    sio_engine_abandon (harness->engine);
  else if (g_str_equal (moment->action, "send"))
    engine_harness_send (harness, "4from within");
  else
    g_clear_object (&harness->engine);
}

static gboolean
is_done (gpointer user_data)
{
  EngineHarness *harness = user_data;

  return harness->react == NULL;
}

static void
test_moment (gconstpointer data)
{
  const Moment *moment = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, moment->transports);
  g_autoptr(GString) heard = NULL;
  g_autofree char *ended = g_strconcat (moment->line, "\n", NULL);
  gpointer engine;

  harness->react = act;
  harness->user_data = (gpointer) moment;
  engine_harness_open (harness);
  engine = harness->engine;
  g_object_add_weak_pointer (engine, &engine);
  while (!is_done (harness) && harness->log->len == 0)
    g_main_context_iteration (NULL, TRUE);
  if (!is_done (harness))
    {
      if (g_str_has_prefix (moment->transports, "polling,"))
        engine_harness_wait (harness, "upgraded websocket");
      else
        {
          scripted_server_send (server, "2");
          scripted_server_send (server, "4hello");
          scripted_server_send_binary (server, "\0\1\2", 3);
          scripted_server_send (server, "4more");
          scripted_server_send (server, "1");
        }
    }
  test_wait_for (is_done, harness);

  if (g_str_equal (moment->action, "close"))
    engine_harness_wait_closed (harness);
  if (g_str_equal (moment->action, "send") && !harness->is_closed && !g_str_equal (moment->line, "text hello"))
    test_wait_for_log (server->log, "frame 4from within");
  test_settle ();

  /* Nothing is heard after the end, and with the last reference the engine is gone. */
  heard = g_string_new (harness->log->str);
  if (!g_str_equal (moment->action, "send") && !g_str_equal (moment->action, "close"))
    g_assert_true (g_str_has_suffix (heard->str, ended));
  g_clear_object (&harness->engine);
  g_assert_null (engine);
  test_settle ();
  g_assert_cmpstr (harness->log->str, ==, heard->str);
}

/* Given up while a connection is being made, or a probe or good-bye is under way: each ends in silence. */
static void
test_abandoned (gconstpointer data)
{
  const char *when = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");
  g_autoptr(GString) heard = NULL;
  gpointer engine;

  server->probe_answer = NULL;
  engine_harness_open (harness);
  engine = harness->engine;
  g_object_add_weak_pointer (engine, &engine);
  if (!g_str_equal (when, "opening"))
    {
      engine_harness_wait (harness, "opened polling");
      if (g_str_equal (when, "probing"))
        test_wait_for_log (server->log, "frame 2probe");
      if (g_str_equal (when, "closing"))
        sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
      if (g_str_equal (when, "sending"))
        engine_harness_send (harness, "4x");
    }
  heard = g_string_new (harness->log->str);
  sio_engine_abandon (harness->engine);
  g_clear_object (&harness->engine);
  g_assert_null (engine);
  test_settle ();
  g_assert_cmpstr (harness->log->str, ==, heard->str);
  g_assert_false (g_main_context_pending (NULL));
}

static void
test_unknown_transport (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "pigeon");

  engine_harness_open (harness);
  g_assert_false (harness->is_closed);
  engine_harness_wait_closed (harness);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT);
}

/* A server that takes nothing: what waits keeps volatile events away, and closing does not hang. */
static void
test_not_writable (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autofree char *text = g_strnfill (16 * 1024 * 1024, '4');
  g_autoptr(GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), 16 * 1024 * 1024);

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  sio_engine_send_binary (harness->engine, bytes);
  g_assert_false (sio_engine_is_writable (harness->engine));
  while (!sio_engine_is_writable (harness->engine))
    g_main_context_iteration (NULL, TRUE);
  engine_harness_send (harness, "4end");
  test_wait_for_log (server->log, "frame 4end");
}

/* --- certificates --- */

static GTlsCertificateFlags asked;
static gboolean answer;

static gboolean
accept_certificate (GTlsCertificate      *certificate,
                    GTlsCertificateFlags  errors,
                    gpointer              user_data)
{
  asked = errors;

  return answer;
}

static void
test_certificate_refused (gconstpointer transport)
{
  g_autoptr(GTlsCertificate) certificate = scripted_certificate_new ();
  g_autoptr(ScriptedServer) server = scripted_server_new (certificate);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);

  engine_harness_open (harness);
  engine_harness_wait_closed (harness);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TLS);
  g_assert_nonnull (strstr (harness->error->message, "authority"));
  g_assert_cmpuint (server->log->len, ==, 0);
}

static void
test_certificate_asked (gconstpointer transport)
{
  g_autoptr(GTlsCertificate) certificate = scripted_certificate_new ();
  g_autoptr(ScriptedServer) server = scripted_server_new (certificate);
  g_autoptr(EngineHarness) no = engine_harness_new (server, transport);
  g_autoptr(EngineHarness) yes = engine_harness_new (server, transport);
  g_autofree char *large = g_strnfill (1024 * 1024, '4');
  g_autofree char *opened = g_strconcat ("opened ", transport, NULL);

  asked = 0;
  answer = FALSE;
  no->options.accept_certificate = accept_certificate;
  engine_harness_open (no);
  engine_harness_wait_closed (no);
  g_assert_error (no->error, SIO_ERROR, SIO_ERROR_TLS);
  g_assert_cmpint (asked & G_TLS_CERTIFICATE_UNKNOWN_CA, !=, 0);

  answer = TRUE;
  yes->options.accept_certificate = accept_certificate;
  engine_harness_open (yes);
  engine_harness_wait (yes, opened);
  /* More than one TLS record holds, both ways. */
  yes->quiet = TRUE;
  engine_harness_send (yes, large);
  scripted_server_send (server, large);
  while (yes->n_texts == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (yes->last_length, ==, 1024 * 1024 - 1);
  engine_harness_send (yes, "4end");
  test_wait_for_log (server->log, g_str_equal (transport, "polling") ? "POST 4end" : "frame 4end");
}

/* An authority of the caller's own. */
static void
test_certificate_known (gconstpointer transport)
{
  g_autoptr(GTlsCertificate) certificate = scripted_certificate_new ();
  g_autoptr(ScriptedServer) server = scripted_server_new (certificate);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);
  g_autofree char *opened = g_strconcat ("opened ", transport, NULL);
  g_autofree char *folder = g_dir_make_tmp ("sio-ca-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "ca.pem", NULL);
  g_autofree char *pem = NULL;
  g_autoptr(GError) error = NULL;

  g_object_get (certificate, "certificate-pem", &pem, NULL);
  g_file_set_contents (path, pem, -1, &error);
  g_assert_no_error (error);
  harness->options.tls_database = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  engine_harness_open (harness);
  engine_harness_wait (harness, opened);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_not_secure (gconstpointer transport)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);
  int port = g_uri_get_port (harness->options.uri);

  g_uri_unref (harness->options.uri);
  harness->options.uri = g_uri_build (G_URI_FLAGS_NONE, "https", NULL, "127.0.0.1", port, "", NULL, NULL);
  engine_harness_open (harness);
  /* The server waits for the end of a request that TLS never makes. */
  while (server->peers->len == 0)
    g_main_context_iteration (NULL, TRUE);
  scripted_peer_write (g_ptr_array_index (server->peers, 0), "HTTP/1.1 400 Bad Request\r\n\r\n", 28);
  engine_harness_wait_closed (harness);
  g_assert_true (g_error_matches (harness->error, SIO_ERROR, SIO_ERROR_TLS)
                 || g_error_matches (harness->error, SIO_ERROR, SIO_ERROR_TRANSPORT));
}

static void
add_for_both (const char    *name,
              GTestDataFunc  func)
{
  static const char *const transports[] = { "polling", "websocket" };

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/", name, "/", transports[i], NULL);

      g_test_add_data_func (path, transports[i], func);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char *const whens[] = { "opening", "open", "probing", "sending", "closing" };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/moment/", moments[i].transports, "/", moments[i].line, "/",
                                           moments[i].action, NULL);

      g_strdelimit (path, " ,", '-');
      g_test_add_data_func (path, &moments[i], test_moment);
    }
  for (guint i = 0; i < G_N_ELEMENTS (whens); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/abandoned/", whens[i], NULL);

      g_test_add_data_func (path, whens[i], test_abandoned);
    }
  g_test_add_func ("/engine/unknown-transport", test_unknown_transport);
  g_test_add_func ("/engine/not-writable", test_not_writable);
  add_for_both ("certificate/refused", test_certificate_refused);
  add_for_both ("certificate/asked", test_certificate_asked);
  add_for_both ("certificate/known", test_certificate_known);
  add_for_both ("not-secure", test_not_secure);

  return g_test_run ();
}
