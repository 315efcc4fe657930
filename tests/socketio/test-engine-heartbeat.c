/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "engine-harness.h"
#include "scripted-peer.h"
#include "sio-clock-private.h"
#include "sio-heartbeat-private.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
test_pong (gconstpointer transport)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);
  g_autofree char *opened = g_strconcat ("opened ", transport, NULL);

  engine_harness_open (harness);
  engine_harness_wait (harness, opened);
  scripted_server_send (server, "2");
  engine_harness_wait (harness, "pinged");
  test_wait_for_log (server->log, g_str_equal (transport, "polling") ? "POST 3" : "frame 3");
}

static void
look_for_pong (EngineHarness *harness,
               const char    *line)
{
  ScriptedServer *server = harness->user_data;

  if (g_str_equal (line, "text late"))
    g_string_append (server->log, g_socket_condition_check (server->websocket->socket, G_IO_IN) & G_IO_IN
                                    ? "pong was first\n" : "callback was first\n");
}

/* A ping and a message come together. The callback of the message may take its time: the pong is gone by then. */
static void
test_pong_comes_first (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autoptr(GByteArray) frames = g_byte_array_new ();

  harness->react = look_for_pong;
  harness->user_data = server;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  test_settle ();
  scripted_append_frame (frames, 0x81, "2", 1);
  scripted_append_frame (frames, 0x81, "4late", 5);
  scripted_peer_write (server->websocket, frames->data, frames->len);
  engine_harness_wait (harness, "text late");
  g_assert_nonnull (strstr (server->log->str, "pong was first\n"));
}

#define N_PINGS 2000

typedef struct
{
  ScriptedPeer *held;
  guint         n_pongs;
} Pongs;

static void
count_pongs (ScriptedServer *server,
             const char     *packet,
             gsize           length,
             gpointer        user_data)
{
  if (*packet == '3')
    ((Pongs *) user_data)->n_pongs++;
}

static gboolean
hold_first_post (ScriptedServer  *server,
                 ScriptedPeer    *peer,
                 ScriptedRequest *request,
                 gpointer         user_data)
{
  Pongs *pongs = user_data;

  if (!g_str_equal (request->method, "POST") || pongs->held != NULL)
    return FALSE;

  pongs->held = peer;
  for (gsize i = 0; i < request->length; i++)
    pongs->n_pongs += request->body[i] == '3';

  return TRUE;
}

static gboolean
has_all_pings (gpointer user_data)
{
  return ((EngineHarness *) user_data)->log->len >= N_PINGS * strlen ("pinged\n");
}

static gboolean
has_held (gpointer user_data)
{
  return ((Pongs *) user_data)->held != NULL;
}

/* A server that asks without end and takes no answer does not fill the memory: one answer waits, and is one to all. */
static void
test_pings_without_end_by_polling (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");
  g_autoptr(GString) pings = g_string_new ("2");
  Pongs pongs = { NULL };

  server->on_request = hold_first_post;
  server->on_packet = count_pongs;
  server->user_data = &pongs;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  for (guint i = 1; i < N_PINGS; i++)
    g_string_append (pings, "\x1e" "2");
  scripted_server_send (server, pings->str);
  test_wait_for (has_all_pings, harness);
  test_wait_for (has_held, &pongs);
  engine_harness_send (harness, "4end");
  scripted_peer_answer (pongs.held, 200, "text/html", "ok", -1);
  test_wait_for_log (server->log, "POST 4end");
  g_assert_cmpuint (pongs.n_pongs, >=, 1);
  g_assert_cmpuint (pongs.n_pongs, <=, 2);

  /* The next one is answered again. */
  pongs.n_pongs = 0;
  g_string_truncate (server->log, 0);
  scripted_server_send (server, "2");
  test_wait_for_log (server->log, "POST 3");
  engine_harness_send (harness, "4over");
  test_wait_for_log (server->log, "POST 4over");
  g_assert_cmpuint (pongs.n_pongs, ==, 1);
}

static void
test_pings_without_end_by_websocket (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autofree char *large = g_strnfill (16 * 1024 * 1024, '4');
  g_autoptr(GByteArray) frames = g_byte_array_new ();
  Pongs pongs = { NULL };

  server->on_packet = count_pongs;
  server->user_data = &pongs;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  test_settle ();
  scripted_peer_set_deaf (server->websocket, TRUE);
  engine_harness_send (harness, large);
  for (guint i = 0; i < N_PINGS; i++)
    scripted_append_frame (frames, 0x81, "2", 1);
  scripted_peer_write (server->websocket, frames->data, frames->len);
  test_wait_for (has_all_pings, harness);
  engine_harness_send (harness, "4end");
  scripted_peer_set_deaf (server->websocket, FALSE);
  test_wait_for_log (server->log, "frame 4end");
  g_assert_cmpuint (pongs.n_pongs, ==, 1);

  /* The next one is answered again. */
  g_string_truncate (server->log, 0);
  scripted_server_send (server, "2");
  test_wait_for_log (server->log, "frame 3");
  g_assert_cmpuint (pongs.n_pongs, ==, 2);
}

/* A server that has fallen silent. */
static void
test_silence (gconstpointer transport)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);

  server->ping_interval_ms = 100;
  server->ping_timeout_ms = 50;
  engine_harness_open (harness);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_PING_TIMEOUT);
  g_assert_no_error (harness->error);
  g_assert_false (sio_engine_is_open (harness->engine));
}

/* Only what is not answered in time is overdue: each ping gives it the whole span anew. */
static void
test_deadline (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  sio_clock_sleep (40 * SECOND);
  g_assert_true (sio_engine_check_alive (harness->engine));
  scripted_server_send (server, "2");
  engine_harness_wait (harness, "pinged");
  sio_clock_sleep (40 * SECOND);
  g_assert_true (sio_engine_check_alive (harness->engine));
  g_assert_true (sio_engine_is_writable (harness->engine));

  sio_clock_sleep (10 * SECOND);
  g_assert_false (sio_engine_check_alive (harness->engine));
  g_assert_false (sio_engine_is_writable (harness->engine));
  g_assert_false (harness->is_closed);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_PING_TIMEOUT);
}

/* What is sent after the machine slept belongs to the next session. */
static void
test_send_after_sleep (gconstpointer transport)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);
  g_autofree char *opened = g_strconcat ("opened ", transport, NULL);

  engine_harness_open (harness);
  engine_harness_wait (harness, opened);
  sio_clock_sleep (3600 * SECOND);
  engine_harness_send (harness, "4lost");
  g_assert_false (harness->is_closed);
  engine_harness_wait_closed (harness);
  test_settle ();
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_PING_TIMEOUT);
  g_assert_null (strstr (server->log->str, "lost"));
}

/* Nobody sends and nobody asks: the tick finds it. */
static void
test_sleep (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  sio_clock_sleep (3600 * SECOND);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_PING_TIMEOUT);
  g_assert_cmpint (SIO_HEARTBEAT_TICK_USEC, <=, SECOND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/engine/heartbeat/pong/polling", "polling", test_pong);
  g_test_add_data_func ("/engine/heartbeat/pong/websocket", "websocket", test_pong);
  g_test_add_func ("/engine/heartbeat/pong/comes-first", test_pong_comes_first);
  g_test_add_func ("/engine/heartbeat/pings-without-end/polling", test_pings_without_end_by_polling);
  g_test_add_func ("/engine/heartbeat/pings-without-end/websocket", test_pings_without_end_by_websocket);
  g_test_add_data_func ("/engine/heartbeat/silence/polling", "polling", test_silence);
  g_test_add_data_func ("/engine/heartbeat/silence/websocket", "websocket", test_silence);
  g_test_add_func ("/engine/heartbeat/deadline", test_deadline);
  g_test_add_data_func ("/engine/heartbeat/send-after-sleep/polling", "polling", test_send_after_sleep);
  g_test_add_data_func ("/engine/heartbeat/send-after-sleep/websocket", "websocket", test_send_after_sleep);
  g_test_add_func ("/engine/heartbeat/sleep", test_sleep);

  return g_test_run ();
}
