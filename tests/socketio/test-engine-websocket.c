/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A session that has a WebSocket from the start. */

#include <string.h>

#include "engine-harness.h"

static void
test_open (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  engine_harness_open (harness);
  g_assert_cmpuint (harness->log->len, ==, 0);
  engine_harness_wait (harness, "opened websocket");
  g_assert_cmpstr (sio_engine_get_id (harness->engine), ==, "scripted");
  g_assert_true (sio_engine_is_open (harness->engine));
  g_assert_true (sio_engine_is_writable (harness->engine));

  engine_harness_send (harness, "4hällo 😀");
  test_wait_for_log (server->log, "frame 4hällo 😀");
  scripted_server_send (server, "4hällo 😀");
  scripted_server_send_binary (server, "\0\1\2", 3);
  engine_harness_wait (harness, "text hällo 😀");
  engine_harness_wait (harness, "binary 3");
  g_assert_cmpuint (server->n_connections, ==, 1);
}

/* What is sent in one go arrives in order, text and binary. */
static void
test_order (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autoptr(GBytes) bytes = g_bytes_new_static ("xyz", 3);

  engine_harness_open (harness);
  engine_harness_send (harness, "4before open");
  engine_harness_wait (harness, "opened websocket");
  engine_harness_send (harness, "4one");
  sio_engine_send_binary (harness->engine, bytes);
  engine_harness_send (harness, "4two");
  test_wait_for_log (server->log, "frame 4two");
  g_assert_cmpstr (server->log->str, ==, "GET websocket\nframe 4before open\nframe 4one\nframe xyz\nframe 4two\n");
}

static void
sum_packet (ScriptedServer *server,
            const char     *packet,
            gsize           length,
            gpointer        user_data)
{
  *(gsize *) user_data += length;
}

/* libsoup's own limit for a message is 128 KiB. */
static void
test_large (gconstpointer data)
{
  gsize size = GPOINTER_TO_SIZE (data);
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autofree char *text = g_strnfill (size, 'x');
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *line = g_strdup_printf ("binary %" G_GSIZE_FORMAT, size);
  gsize received = 0;

  text[0] = '4';
  bytes = g_bytes_new (text, size);
  server->on_packet = sum_packet;
  server->user_data = &received;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");

  scripted_server_send (server, text);
  scripted_server_send_binary (server, text, size);
  engine_harness_wait (harness, line);
  g_assert_cmpuint (harness->n_bytes, ==, size - 1);
  g_assert_cmpuint (harness->last_sum, ==, g_bytes_hash (bytes));

  sio_engine_send_binary (harness->engine, bytes);
  engine_harness_send (harness, text);
  engine_harness_send (harness, "4end");
  test_wait_for_log (server->log, "frame 4end");
  g_assert_cmpuint (received, ==, (1 + size) + size + 4);
}

static gboolean
answer_script (ScriptedServer  *server,
               ScriptedPeer    *peer,
               ScriptedRequest *request,
               gpointer         user_data)
{
  scripted_peer_write (peer, user_data, strlen (user_data));

  return TRUE;
}

typedef struct
{
  const char *name;
  const char *answer;
  SioError    code;
  const char *words;
} Refusal;

static const Refusal refusals[] = {
  { "session-unknown", "HTTP/1.1 400 Bad Request\r\nContent-Length: 41\r\n\r\n{\"code\":1,\"message\":\"Session ID unknown\"}",
    SIO_ERROR_TRANSPORT, "Session ID unknown" },
  { "bare-message", "HTTP/1.1 400 Bad Request\r\nContent-Length: 18\r\n\r\nSession ID unknown", SIO_ERROR_TRANSPORT,
    "Session ID unknown" },
  { "other-version", "HTTP/1.1 400 Bad Request\r\nContent-Length: 52\r\n\r\n"
    "{\"code\":5,\"message\":\"Unsupported protocol version\"} ", SIO_ERROR_UNSUPPORTED_VERSION, "version" },
  { "not-found", "HTTP/1.1 404 Not Found\r\nContent-Length: 15\r\n\r\n<html>no</html>", SIO_ERROR_NOT_SOCKETIO,
    "no Socket.IO server" },
  { "out-of-order", "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n", SIO_ERROR_TRANSPORT, "500" },
  { "moved", "HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n",
    SIO_ERROR_NOT_SOCKETIO, "https://elsewhere.example/" },
  { "page", "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>hi</html>", SIO_ERROR_NOT_SOCKETIO, "not as a Socket.IO" },
  { "wrong-accept", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n", SIO_ERROR_NOT_SOCKETIO, "not as a Socket.IO" },
  { "no-accept", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    SIO_ERROR_NOT_SOCKETIO, "not as a Socket.IO" },
  { "no-http", "SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n", SIO_ERROR_NOT_SOCKETIO, "not as a Socket.IO" },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  server->on_request = answer_script;
  server->user_data = (gpointer) refusal->answer;
  engine_harness_open (harness);
  engine_harness_wait_closed (harness);
  g_assert_cmpstr (harness->log->str, ==, "closed transport error\n");
  g_assert_error (harness->error, SIO_ERROR, (int) refusal->code);
  g_assert_nonnull (strstr (harness->error->message, refusal->words));
}

static gboolean
endless_header (ScriptedServer  *server,
                ScriptedPeer    *peer,
                ScriptedRequest *request,
                gpointer         user_data)
{
  g_autofree char *line = g_strnfill (60000, 'x');

  scripted_peer_write (peer, "HTTP/1.1 101 Switching Protocols\r\nX: ", 37);
  scripted_peer_write (peer, line, 60000);

  return TRUE;
}

static void
test_endless_header (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  server->on_request = endless_header;
  engine_harness_open (harness);
  engine_harness_wait_closed (harness);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_NOT_SOCKETIO);
}

static void
test_nobody_there (gconstpointer transport)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);

  g_clear_pointer (&server, scripted_server_free);
  engine_harness_open (harness);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TRANSPORT);
}

/* A frame comes in two pieces, cut at each of its bytes. */
static void
test_cut_frames (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autoptr(GByteArray) frame = g_byte_array_new ();
  g_autofree char *text = g_strnfill (200, 'y');

  text[0] = '4';
  scripted_append_frame (frame, 0x81, text, 200);
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  for (guint cut = 1; cut < frame->len; cut += 13)
    {
      guint before = harness->n_texts;

      scripted_peer_write (server->websocket, frame->data, cut);
      test_settle ();
      g_assert_cmpuint (harness->n_texts, ==, before);
      scripted_peer_write (server->websocket, frame->data + cut, frame->len - cut);
      while (harness->n_texts == before)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (harness->last_length, ==, 199);
    }
}

/* The answer to the upgrade request and the first frames come in one piece. */
static gboolean
answer_in_one_piece (ScriptedServer  *server,
                     ScriptedPeer    *peer,
                     ScriptedRequest *request,
                     gpointer         user_data)
{
  const char *open = "0{\"sid\":\"early\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}";

  scripted_peer_accept (peer);
  scripted_peer_write_frame (peer, 0x81, open, strlen (open));
  scripted_peer_write_frame (peer, 0x81, "4first", 6);
  server->websocket = peer;

  return TRUE;
}

static void
test_early_frames (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  server->on_request = answer_in_one_piece;
  engine_harness_open (harness);
  engine_harness_wait (harness, "text first");
  g_assert_cmpstr (sio_engine_get_id (harness->engine), ==, "early");
}

typedef struct
{
  const char          *name;
  guint8               head;
  const char          *data;
  guint16              close_code;
  SioDisconnectReason  reason;
  SioError             code;
} Ending;

static const Ending endings[] = {
  { "garbage", 0x81, "garbage", 0, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, SIO_ERROR_PARSE },
  { "empty", 0x81, "", 0, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, SIO_ERROR_PARSE },
  { "unknown-type", 0x81, "9", 0, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, SIO_ERROR_PARSE },
  { "no-utf8", 0x81, "4\xff\xfe", 0, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, SIO_ERROR_TRANSPORT },
  { "reserved-bit", 0xc1, "4x", 0, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, SIO_ERROR_TRANSPORT },
  { "close-packet", 0x81, "1", 0, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, SIO_ERROR_TRANSPORT },
  { "close-normal", 0x88, "", 1000, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, SIO_ERROR_TRANSPORT },
  { "close-too-large", 0x88, "", 1009, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, SIO_ERROR_TOO_LARGE },
  { "close-own-code", 0x88, "bye", 4001, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, SIO_ERROR_TRANSPORT },
  { "close-without-code", 0x88, "", 0, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, SIO_ERROR_TRANSPORT },
};

static void
test_ending (gconstpointer data)
{
  const Ending *ending = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  if (ending->head == 0x88)
    scripted_peer_write_close (server->websocket, ending->close_code, ending->data);
  else
    scripted_peer_write_frame (server->websocket, ending->head, ending->data, strlen (ending->data));
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, ending->reason);
  g_assert_error (harness->error, SIO_ERROR, (int) ending->code);
  g_assert_false (sio_engine_is_open (harness->engine));
  /* The server is told in turn. */
  test_wait_for_log (server->log, "close ");
}

static void
test_dropped (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  scripted_server_drop (server);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE);
}

/* What was sent before it goes out, then the close frame, and the server's answer is waited for. */
static void
test_close (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  engine_harness_send (harness, "4last");
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  g_assert_false (harness->is_closed);
  g_assert_false (sio_engine_is_open (harness->engine));
  engine_harness_send (harness, "4too late");
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_FORCED_CLOSE);
  g_assert_no_error (harness->error);
  g_assert_cmpstr (server->log->str, ==, "GET websocket\nframe 4last\nclose \n");
}

static void
test_close_for_a_reason (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_PARSE, "No packet");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_PARSE_ERROR, error);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_PARSE_ERROR);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_PARSE);
}

/* More than the sockets of both sides hold. */
#define LARGE (24 * 1024 * 1024)

static void
send_large (EngineHarness *harness)
{
  g_autofree char *large = g_strnfill (LARGE, '4');

  engine_harness_send (harness, large);
}

/* One piece at a time. */
static gboolean
read_slowly (gpointer user_data)
{
  ScriptedServer *server = user_data;

  if (server->websocket == NULL)
    return G_SOURCE_REMOVE;

  scripted_peer_set_deaf (server->websocket, FALSE);
  scripted_peer_set_deaf (server->websocket, TRUE);

  return G_SOURCE_CONTINUE;
}

/* It is slow, and takes longer than a server may that takes nothing: all of it arrives, and then the good-bye. */
static void
test_close_to_slow_server (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  gsize received = 0;

  server->on_packet = sum_packet;
  server->user_data = &received;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  scripted_peer_set_deaf (server->websocket, TRUE);
  send_large (harness);
  engine_harness_send (harness, "4end");
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  g_timeout_add (20, read_slowly, server);
  engine_harness_wait_closed (harness);
  g_assert_no_error (harness->error);
  g_assert_cmpuint (received, ==, LARGE + 4);
}

static void
test_close_to_deaf_server (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  scripted_peer_set_deaf (server->websocket, TRUE);
  send_large (harness);
  sio_engine_close (harness->engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_FORCED_CLOSE);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TIMEOUT);
}

static gboolean
note_headers (ScriptedServer  *server,
              ScriptedPeer    *peer,
              ScriptedRequest *request,
              gpointer         user_data)
{
  g_string_append_printf (server->log, "X-Custom: %s\nCookie: %s\n",
                          soup_message_headers_get_list (request->headers, "X-Custom"),
                          soup_message_headers_get_list (request->headers, "Cookie"));

  return FALSE;
}

static void
test_headers_and_cookies (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  SoupCookie *cookie = soup_cookie_new ("user", "ada", "127.0.0.1", "/", -1);

  server->on_request = note_headers;
  harness->options.cookie_jar = soup_cookie_jar_new ();
  soup_cookie_jar_add_cookie (harness->options.cookie_jar, cookie);
  harness->options.headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_append (harness->options.headers, "X-Custom", "yes");
  soup_message_headers_append (harness->options.headers, "Sec-WebSocket-Key", "nonsense");
  soup_message_headers_append (harness->options.headers, "Cookie", "theme=dark");
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  /* In one header, as HTTP has it: what the program set, then what the jar holds. */
  g_assert_nonnull (strstr (server->log->str, "X-Custom: yes\nCookie: theme=dark; user=ada\n"));

  {
    g_autoptr(GUri) root = g_uri_parse_relative (harness->options.uri, "/", G_URI_FLAGS_NONE, NULL);
    g_autofree char *cookies = soup_cookie_jar_get_cookies (harness->options.cookie_jar, root, TRUE);

    /* The server set one of its own. */
    g_assert_nonnull (strstr (cookies, "node=one"));
  }
}

/* No limit is so high that the lengths of a frame could wrap around below it. */
static void
test_highest_limit (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  harness->options.max_message_size = G_MAXSIZE;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  test_settle ();
  scripted_peer_write (server->websocket, "\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xfe", 10);
  engine_harness_wait_closed (harness);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TOO_LARGE);
}

/* What is of one transport alone stands in the place of what is of both. */
static void
test_transport_headers (gconstpointer data)
{
  const char *transport = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, transport);
  g_autofree char *opened = g_strconcat ("opened ", transport, NULL);
  g_autofree char *expected = g_strconcat ("X-Custom: ", transport, "\n", NULL);

  server->on_request = note_headers;
  harness->options.headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  harness->options.polling_headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  harness->options.websocket_headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_append (harness->options.headers, "X-Custom", "both");
  soup_message_headers_append (harness->options.polling_headers, "X-Custom", "polling");
  soup_message_headers_append (harness->options.websocket_headers, "X-Custom", "websocket");
  engine_harness_open (harness);
  engine_harness_wait (harness, opened);
  g_assert_nonnull (strstr (server->log->str, expected));
  g_assert_null (strstr (server->log->str, "both"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/websocket/open", test_open);
  g_test_add_func ("/engine/websocket/order", test_order);
  g_test_add_data_func ("/engine/websocket/large/300k", GSIZE_TO_POINTER (300 * 1000), test_large);
  g_test_add_data_func ("/engine/websocket/large/1m", GSIZE_TO_POINTER (1024 * 1024), test_large);
  g_test_add_data_func ("/engine/websocket/large/8m", GSIZE_TO_POINTER (8 * 1024 * 1024), test_large);
  g_test_add_func ("/engine/websocket/cut-frames", test_cut_frames);
  g_test_add_func ("/engine/websocket/early-frames", test_early_frames);
  g_test_add_func ("/engine/websocket/endless-header", test_endless_header);
  g_test_add_data_func ("/engine/websocket/nobody-there", "websocket", test_nobody_there);
  g_test_add_data_func ("/engine/polling/nobody-there", "polling", test_nobody_there);
  g_test_add_func ("/engine/websocket/dropped", test_dropped);
  g_test_add_func ("/engine/websocket/close", test_close);
  g_test_add_func ("/engine/websocket/close-for-a-reason", test_close_for_a_reason);
  g_test_add_func ("/engine/websocket/close-to-slow-server", test_close_to_slow_server);
  g_test_add_func ("/engine/websocket/close-to-deaf-server", test_close_to_deaf_server);
  g_test_add_func ("/engine/websocket/headers-and-cookies", test_headers_and_cookies);
  g_test_add_func ("/engine/websocket/highest-limit", test_highest_limit);
  g_test_add_data_func ("/engine/websocket/transport-headers", "websocket", test_transport_headers);
  g_test_add_data_func ("/engine/polling/transport-headers", "polling", test_transport_headers);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/websocket/refusal/", refusals[i].name, NULL);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/websocket/ending/", endings[i].name, NULL);

      g_test_add_data_func (path, &endings[i], test_ending);
    }

  return g_test_run ();
}
