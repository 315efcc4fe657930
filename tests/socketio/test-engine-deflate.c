/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a WebSocket agrees on with a server: compression, and sub-protocols. */

#include "engine-harness.h"
#include "raw-deflate.h"
#include "sio-deflate-private.h"

#include <string.h>

#define THRESHOLD 1024

static gboolean
note_offer (ScriptedServer  *server,
            ScriptedPeer    *peer,
            ScriptedRequest *request,
            gpointer         user_data)
{
  const char *extensions = soup_message_headers_get_list (request->headers, "Sec-WebSocket-Extensions");
  const char *protocols = soup_message_headers_get_list (request->headers, "Sec-WebSocket-Protocol");

  if (g_str_equal (request->transport, "websocket"))
    g_string_append_printf (server->log, "offered %s, %s\n", extensions != NULL ? extensions : "nothing",
                            protocols != NULL ? protocols : "nothing");

  return FALSE;
}

static EngineHarness *
harness_new (ScriptedServer *server,
             const char     *transports)
{
  EngineHarness *harness = engine_harness_new (server, transports);

  server->on_request = note_offer;
  harness->options.compression = TRUE;
  harness->options.compression_threshold = THRESHOLD;

  return harness;
}

static char *
make_text (gsize length)
{
  char *text = g_strnfill (length, 'y');

  text[0] = '4';

  return text;
}

static void
assert_sent (EngineHarness  *harness,
             ScriptedServer *server,
             gsize           length,
             gboolean        is_deflated)
{
  g_autofree char *text = make_text (length);
  g_autofree char *expected = g_strdup_printf ("%sframe %.40s\n", is_deflated ? "deflated\n" : "", text);
  gsize before = server->log->len;

  engine_harness_send (harness, text);
  /* What comes behind it says that it is there. */
  engine_harness_send (harness, "4end");
  test_wait_for_log (server->log, "frame 4end");
  g_assert_nonnull (strstr (server->log->str + before, expected));
  g_assert_cmpint (strstr (server->log->str + before, "deflated\n") != NULL, ==, is_deflated);
  g_string_truncate (server->log, before);
}

static void
test_offered (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  g_assert_true (strstr (server->log->str, "offered permessage-deflate; client_max_window_bits, nothing\n") != NULL);
  /* The server did not say that it wants it. */
  assert_sent (harness, server, 10 * THRESHOLD, FALSE);
}

static void
test_not_offered (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");

  harness->options.compression = FALSE;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  g_assert_true (strstr (server->log->str, "offered nothing, nothing\n") != NULL);
}

static void
test_threshold (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");

  server->extensions = "permessage-deflate";
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  assert_sent (harness, server, THRESHOLD - 1, FALSE);
  assert_sent (harness, server, THRESHOLD, TRUE);
  assert_sent (harness, server, 10 * THRESHOLD, TRUE);

  sio_engine_set_compressed (harness->engine, FALSE);
  assert_sent (harness, server, 10 * THRESHOLD, FALSE);
  sio_engine_set_compressed (harness->engine, TRUE);
  assert_sent (harness, server, 10 * THRESHOLD, TRUE);
}

static void
test_no_threshold (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");
  g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);

  server->extensions = "permessage-deflate; server_no_context_takeover";
  harness->options.compression_threshold = 0;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  assert_sent (harness, server, 2, TRUE);
  sio_engine_send_binary (harness->engine, nothing);
  engine_harness_send (harness, "4end");
  test_wait_for_log (server->log, "frame 4end");
  g_assert_true (g_str_has_suffix (server->log->str, "frame \ndeflated\nframe 4end\n"));
}

/* What waits for the upgrade is compressed or not as it was meant when it was sent. */
static void
test_upgrade (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "polling,websocket");

  server->upgrades = "\"websocket\"";
  server->extensions = "permessage-deflate";
  engine_harness_open (harness);
  engine_harness_wait (harness, "upgraded websocket");
  assert_sent (harness, server, THRESHOLD, TRUE);
  sio_engine_set_compressed (harness->engine, FALSE);
  assert_sent (harness, server, THRESHOLD, FALSE);
}

static void
test_buffered (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");
  g_autofree char *text = make_text (THRESHOLD);
  g_autofree char *line = g_strdup_printf ("frame %.40s", text);
  g_autofree char *expected = g_strdup_printf ("\n%s\ndeflated\n%s\nframe 4end\n", line, line);

  server->extensions = "permessage-deflate";
  engine_harness_open (harness);
  sio_engine_set_compressed (harness->engine, FALSE);
  engine_harness_send (harness, text);
  sio_engine_set_compressed (harness->engine, TRUE);
  engine_harness_send (harness, text);
  engine_harness_send (harness, "4end");
  test_wait_for_log (server->log, "frame 4end");
  g_assert_nonnull (strstr (server->log->str, expected));
}

static void
open_deflated (EngineHarness  *harness,
               ScriptedServer *server)
{
  server->extensions = "permessage-deflate";
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
}

static void
test_receive (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");
  g_autoptr(GConverter) deflater = raw_deflater_new ();

  open_deflated (harness, server);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GByteArray) deflated = raw_deflate (deflater, "4hello, hello, hello", 20);

      scripted_peer_write_frame (server->websocket, 0xc1, deflated->data, deflated->len);
      engine_harness_wait (harness, "text hello, hello, hello");
      g_string_truncate (harness->log, 0);
    }
  /* One that is not compressed may come at any time. */
  scripted_server_send (server, "4plain");
  engine_harness_wait (harness, "text plain");
}

/* A message in fragments, with a ping between them. */
static void
test_receive_fragments (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");
  g_autoptr(GConverter) deflater = raw_deflater_new ();
  g_autoptr(GByteArray) deflated = raw_deflate (deflater, "\1\2\3\1\2\3\1\2\3\1\2\3", 12);

  open_deflated (harness, server);
  scripted_peer_write_frame (server->websocket, 0x42, deflated->data, 1);
  scripted_peer_write_frame (server->websocket, 0x89, "ping", 4);
  scripted_peer_write_frame (server->websocket, 0x00, deflated->data + 1, 2);
  scripted_peer_write_frame (server->websocket, 0x80, deflated->data + 3, deflated->len - 3);
  engine_harness_wait (harness, "binary 12");
  scripted_server_send (server, "4plain");
  engine_harness_wait (harness, "text plain");
}

static void
assert_fails (EngineHarness *harness,
              SioError       code)
{
  engine_harness_wait_closed (harness);
  g_assert_cmpint (harness->reason, ==, SIO_DISCONNECT_REASON_TRANSPORT_ERROR);
  g_assert_error (harness->error, SIO_ERROR, (int) code);
}

/* A thousand times as much as comes over the wire. */
static void
test_bomb (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");
  g_autoptr(GConverter) deflater = raw_deflater_new ();
  g_autofree char *text = make_text (16 * 1024 * 1024);
  g_autoptr(GByteArray) deflated = raw_deflate (deflater, text, 16 * 1024 * 1024);

  harness->options.max_message_size = 1024 * 1024;
  open_deflated (harness, server);
  g_assert_cmpuint (deflated->len, <, 100 * 1024);
  scripted_peer_write_frame (server->websocket, 0xc1, deflated->data, deflated->len);
  assert_fails (harness, SIO_ERROR_TOO_LARGE);
}

/* Each fragment is within the limit, the message is not. */
static void
test_bomb_in_fragments (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");
  g_autoptr(GConverter) deflater = raw_deflater_new ();
  g_autofree char *text = make_text (400 * 1024);

  harness->options.max_message_size = 1024 * 1024;
  open_deflated (harness, server);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GByteArray) deflated = raw_deflate (deflater, text, 400 * 1024);

      g_byte_array_append (deflated, raw_tail, sizeof raw_tail);
      scripted_peer_write_frame (server->websocket, i == 0 ? 0x41 : 0x00, deflated->data, deflated->len);
    }
  assert_fails (harness, SIO_ERROR_TOO_LARGE);
}

typedef struct
{
  const char *name;
  const char *extensions;
  guint8      head;
  guint8      data[8];
  gsize       length;
} Fault;

static const Fault faults[] = {
  { "not-deflated", "permessage-deflate", 0xc1, { 0xff, 0xff, 0xff }, 3 },
  { "not-agreed-on", NULL, 0xc1, { 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00 }, 7 },
  { "control-frame", "permessage-deflate", 0xc9, { 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00 }, 7 },
  { "continuation", "permessage-deflate", 0xc0, { 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00 }, 7 },
  { "other-bits", "permessage-deflate", 0xe1, { 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00 }, 7 },
};

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");

  server->extensions = fault->extensions;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  scripted_peer_write_frame (server->websocket, fault->head, fault->data, fault->length);
  assert_fails (harness, SIO_ERROR_TRANSPORT);
}

static void
test_answer_refused (gconstpointer extensions)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");

  harness->options.compression = !g_str_equal (extensions, "permessage-deflate");
  server->extensions = extensions;
  engine_harness_open (harness);
  assert_fails (harness, SIO_ERROR_NOT_SOCKETIO);
}

static void
test_protocols (void)
{
  static const struct { const char *answer; gboolean ok; } cases[] = {
    { NULL, TRUE }, { "chat", TRUE }, { "superchat", TRUE }, { "other", FALSE }, { "chat, superchat", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
      g_autoptr(EngineHarness) harness = harness_new (server, "websocket");

      harness->options.protocols = g_strsplit ("superchat chat", " ", -1);
      server->protocol = cases[i].answer;
      engine_harness_open (harness);
      if (cases[i].ok)
        engine_harness_wait (harness, "opened websocket");
      else
        assert_fails (harness, SIO_ERROR_NOT_SOCKETIO);
      g_assert_nonnull (strstr (server->log->str, "offered permessage-deflate; client_max_window_bits, superchat, chat\n"));
    }
}

static void
test_protocol_unasked (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = harness_new (server, "websocket");

  server->protocol = "chat";
  engine_harness_open (harness);
  assert_fails (harness, SIO_ERROR_NOT_SOCKETIO);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/deflate/offered", test_offered);
  g_test_add_func ("/engine/deflate/not-offered", test_not_offered);
  g_test_add_func ("/engine/deflate/threshold", test_threshold);
  g_test_add_func ("/engine/deflate/no-threshold", test_no_threshold);
  g_test_add_func ("/engine/deflate/upgrade", test_upgrade);
  g_test_add_func ("/engine/deflate/buffered", test_buffered);
  g_test_add_func ("/engine/deflate/receive", test_receive);
  g_test_add_func ("/engine/deflate/receive-fragments", test_receive_fragments);
  g_test_add_func ("/engine/deflate/bomb", test_bomb);
  g_test_add_func ("/engine/deflate/bomb-in-fragments", test_bomb_in_fragments);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/deflate/faults/", faults[i].name, NULL);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_data_func ("/engine/deflate/answer-refused/not-offered", "permessage-deflate", test_answer_refused);
  g_test_add_data_func ("/engine/deflate/answer-refused/other", "x-webkit-deflate-frame", test_answer_refused);
  g_test_add_data_func ("/engine/deflate/answer-refused/parameter", "permessage-deflate; what", test_answer_refused);
  g_test_add_func ("/engine/protocols/chosen", test_protocols);
  g_test_add_func ("/engine/protocols/unasked", test_protocol_unasked);

  return g_test_run ();
}
