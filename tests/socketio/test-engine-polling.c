/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A session that stays with HTTP long-polling. */

#include <string.h>

#include "engine-harness.h"
#include "sio-turn-private.h"

static void
test_open (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  g_assert_cmpstr (sio_engine_get_id (harness->engine), ==, "scripted");
  g_assert_true (sio_engine_is_writable (harness->engine));

  engine_harness_send (harness, "4hällo 😀");
  test_wait_for_log (server->log, "POST 4hällo 😀");
  scripted_server_send (server, "4hällo 😀");
  scripted_server_send_binary (server, "\0\1\2", 3);
  engine_harness_wait (harness, "text hällo 😀");
  engine_harness_wait (harness, "binary 3");
  g_assert_cmpuint (server->n_overlaps, ==, 0);
}

static gboolean
has_posted (gpointer user_data)
{
  return strstr (((ScriptedServer *) user_data)->log->str, "POST 4end\n") != NULL;
}

/* A request each, one after the other, over the two connections that a pending GET and a POST need. */
static void
test_connections (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *packet = g_strdup_printf ("4%u", i);
      g_autofree char *posted = g_strdup_printf ("POST 4%u", i);
      g_autofree char *heard = g_strdup_printf ("text %u", i);

      engine_harness_send (harness, packet);
      test_wait_for_log (server->log, posted);
      scripted_server_send (server, packet);
      engine_harness_wait (harness, heard);
    }
  g_assert_cmpuint (server->n_posts, ==, 20);
  g_assert_cmpuint (server->n_connections, <=, 2);
  g_assert_cmpuint (server->n_overlaps, ==, 0);
}

/* Forty packets of one turn go in three requests: servers in Python refuse more than 16 in one. */
static void
test_many_packets (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");
  g_autoptr(GString) expected = g_string_new (NULL);

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  g_string_truncate (server->log, 0);
  for (guint i = 0; i < 39; i++)
    {
      g_autofree char *packet = g_strdup_printf ("4%u", i);

      engine_harness_send (harness, packet);
      g_string_append_printf (expected, "POST %s\n", packet);
    }
  engine_harness_send (harness, "4end");
  g_string_append (expected, "POST 4end\n");
  test_wait_for (has_posted, server);
  g_assert_cmpuint (server->most_packets, ==, 16);
  g_assert_cmpuint (server->n_posts, ==, 3);
  /* The poll may have come at any time. */
  if (g_str_has_prefix (server->log->str, "GET polling\n"))
    g_string_prepend (expected, "GET polling\n");
  g_assert_cmpstr (server->log->str, ==, expected->str);
}

static void
test_max_payload (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");
  g_autofree char *thirty = g_strnfill (30, '4');
  g_autofree char *large = g_strnfill (300, '4');
  g_autoptr(GBytes) bytes = g_bytes_new (thirty, 30);

  server->max_payload = 100;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  for (guint i = 0; i < 10; i++)
    {
      engine_harness_send (harness, thirty);
      sio_engine_send_binary (harness->engine, bytes);
    }
  engine_harness_send (harness, "4half");
  test_wait_for_log (server->log, "POST 4half");
  g_assert_cmpuint (server->largest_post, <=, 100);

  /* One that is too large by itself is sent all the same: the server says no better than we do. */
  engine_harness_send (harness, large);
  engine_harness_send (harness, "4end");
  test_wait_for (has_posted, server);
  g_assert_cmpuint (server->largest_post, ==, 300);
}

static void
sum_packet (ScriptedServer *server,
            const char     *packet,
            gsize           length,
            gpointer        user_data)
{
  *(gsize *) user_data += length;
}

static void
test_large (gconstpointer data)
{
  gsize size = GPOINTER_TO_SIZE (data);
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");
  g_autofree char *line = g_strdup_printf ("binary %" G_GSIZE_FORMAT, size);
  g_autofree char *text = g_strnfill (size, 'x');
  g_autoptr(GBytes) bytes = NULL;
  gsize received = 0;

  text[0] = '4';
  bytes = g_bytes_new (text, size);
  server->on_packet = sum_packet;
  server->user_data = &received;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");

  scripted_server_send (server, text);
  scripted_server_send_binary (server, text, size);
  engine_harness_wait (harness, line);
  g_assert_cmpuint (harness->n_bytes, ==, size - 1);
  g_assert_cmpuint (harness->last_sum, ==, g_bytes_hash (bytes));

  sio_engine_send_binary (harness->engine, bytes);
  engine_harness_send (harness, text);
  engine_harness_send (harness, "4end");
  test_wait_for (has_posted, server);
  g_assert_cmpuint (received, ==, (1 + size) + size + 4);
}

/* Three sessions to one host, each with its poll pending: the request of each must not wait for a connection. */
static gboolean
hold_polls (ScriptedServer  *server,
            ScriptedPeer    *peer,
            ScriptedRequest *request,
            gpointer         user_data)
{
  if (g_str_equal (request->method, "GET") && request->session_id != NULL)
    return TRUE;

  return FALSE;
}

static gboolean
has_three_posts (gpointer user_data)
{
  return ((ScriptedServer *) user_data)->n_posts == 3;
}

static void
test_sessions_side_by_side (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) one = engine_harness_new (server, "polling");
  g_autoptr(EngineHarness) two = engine_harness_new (server, "polling");
  g_autoptr(EngineHarness) three = engine_harness_new (server, "polling");
  EngineHarness *all[] = { one, two, three };

  server->on_request = hold_polls;
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      engine_harness_open (all[i]);
      engine_harness_wait (all[i], "opened polling");
    }
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    engine_harness_send (all[i], "4here");
  test_wait_for (has_three_posts, server);
}

typedef struct
{
  const char *name;
  guint       status;
  const char *body;
  SioError    code;
  const char *words;
} Answer;

static const Answer answers[] = {
  { "session-unknown", 400, "{\"code\":1,\"message\":\"Session ID unknown\"}", SIO_ERROR_TRANSPORT, "Session ID unknown" },
  { "other-version", 400, "{\"code\":5,\"message\":\"Unsupported protocol version\"}", SIO_ERROR_UNSUPPORTED_VERSION,
    "version" },
  { "forbidden", 403, "{\"code\":4,\"message\":\"Forbidden\"}", SIO_ERROR_TRANSPORT, "Forbidden" },
  { "not-found", 404, "<html>no</html>", SIO_ERROR_NOT_SOCKETIO, "no Socket.IO server" },
  { "out-of-order", 500, "<html>no</html>", SIO_ERROR_TRANSPORT, "500" },
  { "page", 200, "<!doctype html><html>hi</html>", SIO_ERROR_NOT_SOCKETIO, "not as a Socket.IO" },
  { "empty", 200, "", SIO_ERROR_NOT_SOCKETIO, "not as a Socket.IO" },
  { "message-first", 200, "4hello", SIO_ERROR_NOT_SOCKETIO, "not as a Socket.IO" },
  { "binary-first", 200, "bAAAA", SIO_ERROR_NOT_SOCKETIO, "not as a Socket.IO" },
  { "no-handshake", 200, "0{}", SIO_ERROR_NOT_SOCKETIO, "greet" },
  { "nesting-bomb", 200, NULL, SIO_ERROR_NOT_SOCKETIO, "greet" },
  { "older-version", 200, "96:0{\"sid\":\"a\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":5000}2:40",
    SIO_ERROR_UNSUPPORTED_VERSION, "older" },
  { "no-utf8", 200, "0\xff\xfe", SIO_ERROR_NOT_SOCKETIO, "not as a Socket.IO" },
};

static gboolean
give_answer (ScriptedServer  *server,
             ScriptedPeer    *peer,
             ScriptedRequest *request,
             gpointer         user_data)
{
  const Answer *answer = user_data;
  g_autofree char *bomb = g_strnfill (200000, '[');

  bomb[0] = '0';
  scripted_peer_answer (peer, answer->status, "text/plain", answer->body != NULL ? answer->body : bomb, -1);

  return TRUE;
}

static void
test_answer (gconstpointer data)
{
  const Answer *answer = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  server->on_request = give_answer;
  server->user_data = (gpointer) answer;
  engine_harness_open (harness);
  engine_harness_wait_closed (harness);
  g_assert_cmpstr (harness->log->str, ==, "closed transport error\n");
  g_assert_error (harness->error, SIO_ERROR, (int) answer->code);
  g_assert_nonnull (strstr (harness->error->message, answer->words));
}

/* The session is lost in mid-life: the next poll, or the next request, is refused. */
static gboolean
refuse_session (ScriptedServer  *server,
                ScriptedPeer    *peer,
                ScriptedRequest *request,
                gpointer         user_data)
{
  if (request->session_id == NULL || g_strcmp0 (request->method, user_data) != 0)
    return FALSE;

  scripted_peer_answer (peer, 400, "application/json", "{\"code\":1,\"message\":\"Session ID unknown\"}", -1);

  return TRUE;
}

static void
test_session_lost (gconstpointer method)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  server->on_request = refuse_session;
  server->user_data = (gpointer) method;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  engine_harness_send (harness, "4x");
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TRANSPORT);
}

static gboolean
refuse_large (ScriptedServer  *server,
              ScriptedPeer    *peer,
              ScriptedRequest *request,
              gpointer         user_data)
{
  if (!g_str_equal (request->method, "POST"))
    return FALSE;

  scripted_peer_answer (peer, 413, "text/plain", "", 0);

  return TRUE;
}

static void
test_too_large_to_send (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  server->on_request = refuse_large;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  engine_harness_send (harness, "4x");
  engine_harness_wait_closed (harness);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TOO_LARGE);
}

/* What came before the garbage is delivered. */
static void
test_garbage (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  scripted_server_send (server, "4a\x1e");
  engine_harness_wait_closed (harness);
  g_assert_true (engine_harness_heard (harness, "text a"));
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_PARSE);
}

static void
test_closed_by_server (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  scripted_server_send (server, "4last\x1e" "1");
  engine_harness_wait_closed (harness);
  g_assert_true (engine_harness_heard (harness, "text last"));
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE);
}

static void
test_dropped (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  scripted_server_shut (server);
  scripted_server_drop (server);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
}

static gboolean
has_poll (gpointer user_data)
{
  return ((ScriptedServer *) user_data)->poll != NULL;
}

/* A server does not say again what was in an answer that is lost: the session is over, and nobody polls once more behind our back. */
static void
test_answer_lost (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");
  guint n_gets = 0;

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  test_wait_for (has_poll, server);
  n_gets = server->n_gets;
  scripted_peer_drop (server->poll);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TRANSPORT);
  test_settle ();
  g_assert_cmpuint (server->n_gets, ==, n_gets);
}

/* A body that promises a gigabyte is given up as soon as it is larger than a message may be. */
static gboolean
endless_body (ScriptedServer  *server,
              ScriptedPeer    *peer,
              ScriptedRequest *request,
              gpointer         user_data)
{
  g_autofree char *part = g_strnfill (400000, '4');

  if (request->session_id == NULL)
    return FALSE;

  scripted_peer_write (peer, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n", 47);
  scripted_peer_write (peer, part, 400000);

  return TRUE;
}

static void
test_endless_body (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  server->on_request = endless_body;
  harness->options.max_message_size = 100000;
  engine_harness_open (harness);
  engine_harness_wait_closed (harness);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TOO_LARGE);
}

static void
test_too_large_to_take (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");
  g_autofree char *text = g_strnfill (1002, '4');

  harness->options.max_message_size = 1000;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  scripted_server_send (server, text);
  engine_harness_wait_closed (harness);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TOO_LARGE);
  g_assert_cmpuint (harness->n_texts, ==, 0);
}

static void
test_close (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  test_settle ();
  g_string_truncate (server->log, 0);
  for (guint i = 0; i < 20; i++)
    engine_harness_send (harness, "4x");
  engine_harness_send (harness, "4end");
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_FORCED_CLOSE);
  g_assert_true (g_str_has_suffix (server->log->str, "POST 4x\nPOST 4end\nPOST 1\n"));
}

static void
test_close_while_opening (gconstpointer transport)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);

  engine_harness_open (harness);
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  g_assert_false (harness->is_closed);
  engine_harness_wait_closed (harness);
  test_settle ();
  g_assert_cmpstr (harness->log->str, ==, "closed forced close\n");
}

static gboolean
has_all (gpointer user_data)
{
  return ((EngineHarness *) user_data)->n_texts == 20000;
}

/* One body of twenty thousand packets does not keep the main loop: no turn takes more than its share. */
static void
test_flood (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");
  g_autoptr(GString) body = g_string_new ("4");
  guint most = 0;

  for (guint i = 1; i < 20000; i++)
    g_string_append (body, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\x1e" "4");
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  harness->quiet = TRUE;
  scripted_server_send (server, body->str);
  while (!has_all (harness))
    {
      guint before = harness->n_texts;

      g_main_context_iteration (NULL, TRUE);
      most = MAX (most, harness->n_texts - before);
    }
  g_assert_cmpuint (most, <=, SIO_TURN_BYTES / 98 + 2);
}

static gboolean
note_address (ScriptedServer  *server,
              ScriptedPeer    *peer,
              ScriptedRequest *request,
              gpointer         user_data)
{
  g_assert_cmpstr (g_hash_table_lookup (request->query, "token"), ==, "a b&c=ä");
  g_assert_cmpstr (request->path, ==, "/a%20path/%C3%BC/");
  g_assert_cmpstr (g_hash_table_lookup (request->query, "EIO"), ==, "4");
  g_assert_cmpstr (request->transport, ==, "polling");
  g_assert_nonnull (g_hash_table_lookup (request->query, "t"));
  g_assert_cmpstr (soup_message_headers_get_one (request->headers, "X-Custom"), ==, "yes");
  /* What the server set with its first answer comes back with the next request, behind what the program set itself. */
  g_assert_cmpstr (soup_message_headers_get_list (request->headers, "Cookie"), ==,
                   request->session_id != NULL ? "user=ada; theme=dark; node=one" : "user=ada; theme=dark");
  g_string_append (user_data, request->method);

  return FALSE;
}

static void
test_query_headers_and_cookies (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "polling");
  g_autoptr(GString) noted = g_string_new (NULL);

  server->on_request = note_address;
  server->user_data = noted;
  harness->options.cookie_jar = soup_cookie_jar_new ();
  g_free (harness->options.path);
  harness->options.path = g_strdup ("a path/ü/");
  harness->options.query = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (harness->options.query, (char *) "token", (char *) "a b&c=ä");
  g_hash_table_insert (harness->options.query, (char *) "EIO", (char *) "3");
  g_hash_table_insert (harness->options.query, (char *) "sid", (char *) "forged");
  harness->options.headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_append (harness->options.headers, "X-Custom", "yes");
  soup_message_headers_append (harness->options.headers, "Cookie", "user=ada");
  soup_message_headers_append (harness->options.headers, "cookie", "theme=dark");
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened polling");
  engine_harness_send (harness, "4end");
  test_wait_for (has_posted, server);
  g_assert_nonnull (strstr (noted->str, "GET"));
  g_assert_nonnull (strstr (noted->str, "POST"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/polling/open", test_open);
  g_test_add_func ("/engine/polling/connections", test_connections);
  g_test_add_func ("/engine/polling/many-packets", test_many_packets);
  g_test_add_func ("/engine/polling/max-payload", test_max_payload);
  g_test_add_data_func ("/engine/polling/large/300k", GSIZE_TO_POINTER (300 * 1000), test_large);
  g_test_add_data_func ("/engine/polling/large/1m", GSIZE_TO_POINTER (1024 * 1024), test_large);
  g_test_add_func ("/engine/polling/sessions-side-by-side", test_sessions_side_by_side);
  g_test_add_data_func ("/engine/polling/session-lost/get", "GET", test_session_lost);
  g_test_add_data_func ("/engine/polling/session-lost/post", "POST", test_session_lost);
  g_test_add_func ("/engine/polling/too-large-to-send", test_too_large_to_send);
  g_test_add_func ("/engine/polling/too-large-to-take", test_too_large_to_take);
  g_test_add_func ("/engine/polling/endless-body", test_endless_body);
  g_test_add_func ("/engine/polling/garbage", test_garbage);
  g_test_add_func ("/engine/polling/closed-by-server", test_closed_by_server);
  g_test_add_func ("/engine/polling/dropped", test_dropped);
  g_test_add_func ("/engine/polling/answer-lost", test_answer_lost);
  g_test_add_func ("/engine/polling/close", test_close);
  g_test_add_data_func ("/engine/polling/close-while-opening", "polling", test_close_while_opening);
  g_test_add_data_func ("/engine/websocket/close-while-opening", "websocket", test_close_while_opening);
  g_test_add_func ("/engine/polling/flood", test_flood);
  g_test_add_func ("/engine/polling/query-headers-and-cookies", test_query_headers_and_cookies);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/polling/answer/", answers[i].name, NULL);

      g_test_add_data_func (path, &answers[i], test_answer);
    }

  return g_test_run ();
}
