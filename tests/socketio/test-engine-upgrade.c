/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* From polling to a WebSocket, and what may go wrong on the way. */

#include <string.h>

#include "engine-harness.h"

/* The exact order: the probe starts beside the poll; the poll ends before "5" is sent. */
static void
test_order (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");
  const char *probe, *poll, *upgrade;

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  engine_harness_wait (harness, "upgraded websocket");
  g_assert_cmpstr (sio_engine_get_transport (harness->engine), ==, "websocket");
  engine_harness_send (harness, "4after");
  test_wait_for_log (server->log, "frame 4after");

  probe = strstr (server->log->str, "frame 2probe\n");
  poll = g_strrstr (server->log->str, "GET polling\n");
  upgrade = strstr (server->log->str, "frame 5\n");
  g_assert_nonnull (probe);
  g_assert_true (poll < upgrade && probe < upgrade);
  g_assert_true (g_str_has_suffix (server->log->str, "frame 5\nframe 4after\n"));
  g_assert_cmpuint (server->n_overlaps, ==, 0);
  g_assert_null (server->poll);
}

typedef struct
{
  ScriptedServer *server;
  EngineHarness  *harness;
  guint           sent;
  guint           answered;
  guint           received;
} Traffic;

static gboolean
send_cb (gpointer user_data)
{
  Traffic *self = user_data;
  g_autofree char *packet = g_strdup_printf ("4up %u", self->sent++);
  g_autofree char *answer = g_strdup_printf ("4down %u", self->answered++);

  engine_harness_send (self->harness, packet);
  scripted_server_send (self->server, answer);

  return G_SOURCE_CONTINUE;
}

static void
take_packet (ScriptedServer *server,
             const char     *packet,
             gsize           length,
             gpointer        user_data)
{
  Traffic *self = user_data;
  g_autofree char *expected = g_strdup_printf ("4up %u", self->received);

  if (g_str_has_prefix (packet, "4up"))
    {
      g_assert_cmpstr (packet, ==, expected);
      self->received++;
    }
}

static gboolean
is_settled (gpointer user_data)
{
  Traffic *self = user_data;

  return self->received == self->sent && self->harness->n_texts == self->answered;
}

/* Both sides send without a pause while the transport changes: nothing is lost, nothing comes twice or out of order. */
static void
test_traffic (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");
  g_autoptr(GString) expected = g_string_new ("opened polling\n");
  Traffic traffic = { server, harness };
  guint id;

  server->on_packet = take_packet;
  server->user_data = &traffic;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  id = g_idle_add_full (G_PRIORITY_DEFAULT, send_cb, &traffic, NULL);
  engine_harness_wait (harness, "upgraded websocket");
  while (traffic.sent < 300)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  test_wait_for (is_settled, &traffic);

  for (guint i = 0; i < traffic.answered; i++)
    {
      g_autofree char *line = g_strdup_printf ("text down %u\n", i);
      const char *found = strstr (harness->log->str, line);

      g_assert_nonnull (found);
      g_assert_null (strstr (found + 1, line));
    }
  g_assert_cmpuint (server->n_overlaps, ==, 0);
}

static gboolean
refuse_websocket (ScriptedServer  *server,
                  ScriptedPeer    *peer,
                  ScriptedRequest *request,
                  gpointer         user_data)
{
  if (!g_str_equal (request->transport, "websocket"))
    return FALSE;

  g_string_append (server->log, "GET websocket\n");
  if (user_data != NULL)
    scripted_peer_answer (peer, 400, "text/html", user_data, -1);
  else
    scripted_peer_drop (peer);

  return TRUE;
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  while ((text = strstr (text, part)) != NULL)
    {
      n++;
      text++;
    }

  return n;
}

/* Whatever becomes of the probe, polling goes on and it is not tried again. */
static void
assert_polling_goes_on (ScriptedServer *server,
                        EngineHarness  *harness)
{
  test_wait_for_log (server->log, "GET websocket");
  test_settle ();
  engine_harness_send (harness, "4up");
  test_wait_for_log (server->log, "POST 4up");
  scripted_server_send (server, "4down");
  engine_harness_wait (harness, "text down");
  g_assert_cmpstr (sio_engine_get_transport (harness->engine), ==, "polling");
  g_assert_cmpuint (count (server->log->str, "GET websocket"), ==, 1);
  g_assert_cmpuint (count (server->log->str, "frame 5"), ==, 0);
  g_assert_false (harness->is_closed);
}

static void
test_refused (gconstpointer body)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");

  server->on_request = refuse_websocket;
  server->user_data = (gpointer) body;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  assert_polling_goes_on (server, harness);
}

static void
test_probe_answer (gconstpointer answer)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");

  server->probe_answer = answer;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  assert_polling_goes_on (server, harness);
}

static gboolean
nothing_to_upgrade (ScriptedServer  *server,
                    ScriptedPeer    *peer,
                    ScriptedRequest *request,
                    gpointer         user_data)
{
  g_assert_cmpstr (request->transport, ==, "polling");

  return FALSE;
}

static void
test_not_wanted (gconstpointer what)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, g_str_equal (what, "transports") ? "polling"
                                                                                                  : "polling,websocket");

  server->on_request = nothing_to_upgrade;
  if (g_str_equal (what, "offer"))
    server->upgrades = "\"webtransport\"";
  if (g_str_equal (what, "option"))
    harness->options.upgrade = FALSE;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  scripted_server_send (server, "4down");
  engine_harness_wait (harness, "text down");
  test_settle ();
}

static gboolean
is_probed (gpointer user_data)
{
  return strstr (((ScriptedServer *) user_data)->log->str, "frame 2probe\n") != NULL;
}

/* The WebSocket breaks after its probe was answered, while the last poll is awaited: polling takes up again. */
static void
test_broken_after_probe (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");

  server->keep_poll = TRUE;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  test_wait_for (is_probed, server);
  test_settle ();
  engine_harness_send (harness, "4kept");
  g_assert_false (sio_engine_is_writable (harness->engine));
  for (guint i = 0; i < server->peers->len; i++)
    if (g_ptr_array_index (server->peers, i) != server->poll)
      scripted_peer_drop (g_ptr_array_index (server->peers, i));
  test_wait_for_log (server->log, "POST 4kept");
  scripted_server_send (server, "4one");
  engine_harness_wait (harness, "text one");
  scripted_server_send (server, "4two");
  engine_harness_wait (harness, "text two");
  g_assert_cmpstr (sio_engine_get_transport (harness->engine), ==, "polling");
}

/* close() in the midst of an upgrade waits for it, and what was sent before goes out. */
static void
test_close_while_upgrading (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");

  server->keep_poll = TRUE;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  test_wait_for (is_probed, server);
  test_settle ();
  engine_harness_send (harness, "4last");
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  engine_harness_send (harness, "4too late");
  test_settle ();
  g_assert_false (harness->is_closed);
  scripted_server_send (server, "6");
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_FORCED_CLOSE);
  g_assert_true (g_str_has_suffix (server->log->str, "frame 5\nframe 4last\nclose \n"));
  g_assert_false (engine_harness_heard (harness, "upgraded websocket"));
}

/* The server never releases the poll: the good-bye has its time and no more. */
static void
test_close_while_stuck (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");

  server->keep_poll = TRUE;
  engine_harness_open (harness);
  test_wait_for (is_probed, server);
  test_settle ();
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_FORCED_CLOSE);
}

static void
test_close_while_probing (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");

  server->probe_answer = NULL;
  engine_harness_open (harness);
  test_wait_for (is_probed, server);
  test_settle ();
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_FORCED_CLOSE);
  test_wait_for_log (server->log, "POST 1");
}

static void
test_dropped_while_probing (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling,websocket");

  server->probe_answer = NULL;
  engine_harness_open (harness);
  test_wait_for (is_probed, server);
  scripted_server_shut (server);
  scripted_server_drop (server);
  engine_harness_wait_closed (harness);
  test_settle ();
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/upgrade/order", test_order);
  g_test_add_func ("/engine/upgrade/traffic", test_traffic);
  g_test_add_data_func ("/engine/upgrade/refused/bad-request", "Bad request", test_refused);
  g_test_add_data_func ("/engine/upgrade/refused/dropped", NULL, test_refused);
  g_test_add_data_func ("/engine/upgrade/probe/wrong", "3nonsense", test_probe_answer);
  g_test_add_data_func ("/engine/upgrade/probe/message", "4early", test_probe_answer);
  g_test_add_data_func ("/engine/upgrade/probe/garbage", "x", test_probe_answer);
  g_test_add_data_func ("/engine/upgrade/probe/silence", NULL, test_probe_answer);
  g_test_add_data_func ("/engine/upgrade/not-wanted/offer", "offer", test_not_wanted);
  g_test_add_data_func ("/engine/upgrade/not-wanted/option", "option", test_not_wanted);
  g_test_add_data_func ("/engine/upgrade/not-wanted/transports", "transports", test_not_wanted);
  g_test_add_func ("/engine/upgrade/broken-after-probe", test_broken_after_probe);
  g_test_add_func ("/engine/upgrade/close-while-upgrading", test_close_while_upgrading);
  g_test_add_func ("/engine/upgrade/close-while-stuck", test_close_while_stuck);
  g_test_add_func ("/engine/upgrade/close-while-probing", test_close_while_probing);
  g_test_add_func ("/engine/upgrade/dropped-while-probing", test_dropped_while_probing);

  return g_test_run ();
}
