/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The stream below SoupWebsocketConnection: what it reads ahead, what it gathers, what it holds back and what it refuses. */

#include <string.h>
#include <sys/socket.h>

#include "engine-harness.h"
#include "sio-stream-private.h"
#include "sio-turn-private.h"

typedef struct
{
  SioStream             *stream;
  GPollableInputStream  *input;
  GPollableOutputStream *output;
  GSocket               *peer;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(GSocketConnection) connection = NULL;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  socket = g_socket_new_from_fd (fds[0], &error);
  g_assert_no_error (error);
  fixture->peer = g_socket_new_from_fd (fds[1], &error);
  g_assert_no_error (error);
  g_socket_set_blocking (fixture->peer, FALSE);
  connection = g_socket_connection_factory_create_connection (socket);
  fixture->stream = sio_stream_new (G_IO_STREAM (connection), 1024 * 1024);
  fixture->input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (fixture->stream)));
  fixture->output = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (fixture->stream)));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->stream), (gpointer *) &fixture->stream);
  g_object_unref (fixture->stream);
  g_assert_null (fixture->stream);
  g_object_unref (fixture->peer);
}

static gssize
read_some (Fixture *fixture,
           gsize    count)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *data = g_malloc (count);
  gssize n = g_pollable_input_stream_read_nonblocking (fixture->input, data, count, NULL, &error);

  if (n < 0)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);

  return n;
}

/* The peer sends whole frames of 1000 bytes, as many as go; returns their length. */
static gsize
fill (Fixture *fixture,
      gsize    length)
{
  g_autoptr(GByteArray) frame = g_byte_array_new ();
  char data[996] = { 0 };
  gsize sent = 0;

  scripted_append_frame (frame, 0x82, data, sizeof data);
  while (sent < length && g_socket_send (fixture->peer, (const char *) frame->data, frame->len, NULL, NULL) == 1000)
    sent += 1000;

  return sent;
}

static gboolean
note_redraw (gpointer user_data)
{
  g_string_append_c (user_data, 'd');

  return G_SOURCE_REMOVE;
}

typedef struct
{
  Fixture *fixture;
  GString *log;
  gsize    total;
} Reading;

static gboolean
note_readable (GObject  *stream,
               gpointer  user_data)
{
  Reading *self = user_data;
  gsize turn = 0;
  gssize n;

  while ((n = read_some (self->fixture, 1024)) > 0)
    turn += n;
  g_assert_cmpuint (turn, <=, SIO_TURN_BYTES + 1024);
  if (turn > 0)
    {
      g_string_append_c (self->log, 'r');
      /* A redraw becomes due each time. */
      g_idle_add_full (120, note_redraw, self->log, NULL);
    }
  self->total += turn;

  return G_SOURCE_CONTINUE;
}

/* However much there is to read, a redraw that is due comes between two turns of it. */
static void
test_turns (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GString) log = g_string_new (NULL);
  g_autoptr(GSource) source = g_pollable_input_stream_create_source (fixture->input, NULL);
  Reading reading = { fixture, log };
  gsize sent = 0;

  g_source_set_callback (source, (GSourceFunc) note_readable, &reading, NULL);
  g_source_attach (source, NULL);
  while (sent < 1000 * 1000 || reading.total < sent)
    {
      if (sent < 1000 * 1000)
        sent += fill (fixture, 100 * 1000);
      g_main_context_iteration (NULL, FALSE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_source_destroy (source);
  g_assert_cmpuint (strlen (log->str), >=, 2 * 1000 * 1000 / (SIO_TURN_BYTES + 1024));
  g_assert_null (strstr (log->str, "rr"));
}

/* A hundred frames of one turn are one write. */
static void
test_gathered (Fixture       *fixture,
               gconstpointer  data)
{
  char received[2000];

  for (guint i = 0; i < 100; i++)
    g_assert_cmpint (g_pollable_output_stream_write_nonblocking (fixture->output, "0123456789", 10, NULL, NULL), ==, 10);
  g_assert_cmpuint (sio_output_stream_get_queued (sio_stream_get_output (fixture->stream)), ==, 1000);
  g_assert_cmpint (g_socket_receive (fixture->peer, received, sizeof received, NULL, NULL), ==, -1);
  while (sio_output_stream_get_queued (sio_stream_get_output (fixture->stream)) > 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (g_socket_receive (fixture->peer, received, sizeof received, NULL, NULL), ==, 1000);
}

static void
count_drained (gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* The peer takes nothing: writing goes on, and how much waits is known. Then it takes all. */
static void
test_back_pressure (Fixture       *fixture,
                    gconstpointer  data)
{
  SioOutputStream *output = sio_stream_get_output (fixture->stream);
  g_autofree char *block = g_strnfill (100000, 'x');
  gsize received = 0;
  guint drained = 0;

  sio_stream_set_drained (fixture->stream, count_drained, &drained);
  for (guint i = 0; i < 50; i++)
    g_assert_cmpint (g_pollable_output_stream_write_nonblocking (fixture->output, block, 100000, NULL, NULL), ==, 100000);
  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (sio_output_stream_is_blocked (output));
  g_assert_cmpuint (sio_output_stream_get_queued (output), >, 1000000);
  g_assert_cmpuint (drained, ==, 0);

  while (received < 50 * 100000)
    {
      gssize n = g_socket_receive (fixture->peer, block, 100000, NULL, NULL);

      received += MAX (n, 0);
      g_main_context_iteration (NULL, FALSE);
    }
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (sio_output_stream_get_queued (output), ==, 0);
  g_assert_cmpuint (drained, ==, 1);
  /* With nothing to do the main loop sleeps. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (g_main_context_pending (NULL));
}

static void
test_end (Fixture       *fixture,
          gconstpointer  data)
{
  gssize n;

  g_assert_cmpint (fill (fixture, 500), ==, 1000);
  g_assert_true (g_socket_shutdown (fixture->peer, FALSE, TRUE, NULL));
  while ((n = read_some (fixture, 600)) < 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (n, ==, 600);
  g_assert_cmpint (read_some (fixture, 600), ==, 400);
  while ((n = read_some (fixture, 600)) < 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (n, ==, 0);
}

/* Closing hands on what was written and takes the stream out of the main loop. */
static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  char received[10];

  g_assert_cmpint (g_pollable_output_stream_write_nonblocking (fixture->output, "bye", 3, NULL, NULL), ==, 3);
  g_assert_true (g_io_stream_close (G_IO_STREAM (fixture->stream), NULL, NULL));
  g_assert_cmpint (g_socket_receive (fixture->peer, received, sizeof received, NULL, NULL), ==, 3);
  g_assert_cmpint (g_socket_receive (fixture->peer, received, sizeof received, NULL, NULL), ==, 0);
  g_assert_false (g_main_context_pending (NULL));
}

/* --- the same below a whole session --- */

static GBytes *
make_flood (guint8 first,
            guint8 rest,
            gsize  length,
            guint  n)
{
  GByteArray *frames = g_byte_array_new ();
  g_autofree char *data = g_strnfill (length, 'x');

  data[0] = '4';
  scripted_append_frame (frames, first, data, length);
  for (guint i = 1; i < n; i++)
    scripted_append_frame (frames, rest, data, length);

  return g_byte_array_free_to_bytes (frames);
}

static gboolean
count_tick (gpointer user_data)
{
  (*(guint *) user_data)++;

  return G_SOURCE_CONTINUE;
}

/* Two hundred thousand events, sent by a thread as fast as we take them. */
static void
test_flood (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autoptr(GBytes) flood = make_flood (0x81, 0x81, 100, 200000);
  guint most = 0, turns = 0, ticks = 0, id;

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  harness->quiet = TRUE;
  scripted_peer_flood (server->websocket, flood);
  id = g_timeout_add_full (120, 1, count_tick, &ticks, NULL);
  while (harness->n_texts < 200000)
    {
      guint before = harness->n_texts;

      g_main_context_iteration (NULL, TRUE);
      most = MAX (most, harness->n_texts - before);
      turns += harness->n_texts > before;
    }
  g_source_remove (id);
  g_assert_cmpuint (most, <=, (SIO_TURN_BYTES + 1024) / 102 + 1);
  g_assert_cmpuint (turns, >=, 200000 / 653);
  g_assert_cmpuint (ticks, >=, 5);
  g_assert_cmpuint (harness->n_bytes, ==, 200000 * 99);
}

/* Fragments without end are one message, and limited as one. */
static void
test_fragments (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");
  g_autoptr(GBytes) flood = make_flood (0x01, 0x00, 100000, 50);

  harness->options.max_message_size = 1000000;
  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  scripted_peer_flood (server->websocket, flood);
  engine_harness_wait_closed (harness);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TOO_LARGE);
  g_assert_cmpuint (harness->n_texts, ==, 0);
}

static void
test_fragments_within_limit (void)
{
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  scripted_peer_write_frame (server->websocket, 0x01, "4one", 4);
  scripted_peer_write_frame (server->websocket, 0x89, "ping", 4);
  scripted_peer_write_frame (server->websocket, 0x00, " two", 4);
  scripted_peer_write_frame (server->websocket, 0x80, " three", 6);
  engine_harness_wait (harness, "text one two three");
}

/* A length near 2^64 crashes libsoup 3.2 where it has no limit. */
static void
test_hostile_length (void)
{
  static const guint8 head[] = { 0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  g_autoptr(ScriptedServer) server = scripted_server_new (NULL);
  g_autoptr(EngineHarness) harness = engine_harness_new (server, "websocket");

  engine_harness_open (harness);
  engine_harness_wait (harness, "opened websocket");
  scripted_peer_write (server->websocket, head, sizeof head);
  engine_harness_wait_closed (harness);
  g_assert_error (harness->error, SIO_ERROR, SIO_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/stream/turns", Fixture, NULL, set_up, test_turns, tear_down);
  g_test_add ("/stream/gathered", Fixture, NULL, set_up, test_gathered, tear_down);
  g_test_add ("/stream/back-pressure", Fixture, NULL, set_up, test_back_pressure, tear_down);
  g_test_add ("/stream/end", Fixture, NULL, set_up, test_end, tear_down);
  g_test_add ("/stream/close", Fixture, NULL, set_up, test_close, tear_down);
  g_test_add_func ("/stream/session/flood", test_flood);
  g_test_add_func ("/stream/session/fragments", test_fragments);
  g_test_add_func ("/stream/session/fragments-within-limit", test_fragments_within_limit);
  g_test_add_func ("/stream/session/hostile-length", test_hostile_length);

  return g_test_run ();
}
