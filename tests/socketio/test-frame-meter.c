/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-error.h"
#include "sio-frame-meter-private.h"

#define MAX_MESSAGE 1000

#define FIN 0x80
#define CONTINUATION 0x0
#define TEXT 0x1
#define BINARY 0x2
#define PING 0x9

static void
add_frame (GByteArray *stream,
           guint8      first,
           guint       length)
{
  g_autofree guint8 *payload = g_malloc0 (length + 1);
  guint8 header[4] = { first, (guint8) length };
  guint n_header = 2;

  if (length > 125)
    {
      header[1] = 126;
      header[2] = (guint8) (length >> 8);
      header[3] = (guint8) length;
      n_header = 4;
    }
  g_byte_array_append (stream, header, n_header);
  g_byte_array_append (stream, payload, length);
}

/* However the stream is cut, the answer is the same. */
static void
assert_stream (GByteArray *stream,
               gboolean    allowed)
{
  for (gsize step = 1; step <= MAX (stream->len, 1u); step = step < 16 ? step + 1 : 2 * step)
    {
      g_autoptr(GError) error = NULL;
      SioFrameMeter meter;
      gboolean ok = TRUE;

      sio_frame_meter_init (&meter, MAX_MESSAGE);
      for (gsize i = 0; i < stream->len && ok; i += step)
        ok = sio_frame_meter_feed (&meter, stream->data + i, MIN (step, stream->len - i), &error);

      if (allowed)
        {
          g_assert_no_error (error);
          g_assert_true (ok);
          continue;
        }
      g_assert_false (ok);
      g_assert_error (error, SIO_ERROR, SIO_ERROR_TOO_LARGE);
      g_assert_false (sio_frame_meter_feed (&meter, stream->data, 1, NULL));
    }
}

static void
test_whole_messages (void)
{
  g_autoptr(GByteArray) stream = g_byte_array_new ();

  for (guint i = 0; i < 20; i++)
    {
      add_frame (stream, FIN | TEXT, 0);
      add_frame (stream, FIN | TEXT, 125);
      add_frame (stream, FIN | BINARY, 126);
      add_frame (stream, FIN | TEXT, 1000);
    }
  assert_stream (stream, TRUE);
  add_frame (stream, FIN | TEXT, 1001);
  assert_stream (stream, FALSE);
}

static void
test_fragments (void)
{
  g_autoptr(GByteArray) stream = g_byte_array_new ();

  for (guint i = 0; i < 3; i++)
    {
      add_frame (stream, TEXT, 400);
      add_frame (stream, FIN | PING, 125);
      add_frame (stream, CONTINUATION, 400);
      add_frame (stream, CONTINUATION, 0);
      add_frame (stream, FIN | CONTINUATION, 200);
    }
  assert_stream (stream, TRUE);
  add_frame (stream, BINARY, 400);
  add_frame (stream, CONTINUATION, 600);
  assert_stream (stream, TRUE);
  add_frame (stream, CONTINUATION, 1);
  assert_stream (stream, FALSE);
}

/* A message that never ends, in pieces that are each small. */
static void
test_endless_fragments (void)
{
  g_autoptr(GByteArray) stream = g_byte_array_new ();

  add_frame (stream, TEXT, 1);
  for (guint i = 0; i < 999; i++)
    add_frame (stream, CONTINUATION, 1);
  assert_stream (stream, TRUE);
  add_frame (stream, CONTINUATION, 1);
  assert_stream (stream, FALSE);
}

/* Also a continuation that continues nothing is counted: it is for the reader of the frames to refuse it. */
static void
test_stray_continuation (void)
{
  g_autoptr(GByteArray) stream = g_byte_array_new ();

  add_frame (stream, FIN | TEXT, 10);
  for (guint i = 0; i < 9; i++)
    add_frame (stream, FIN | CONTINUATION, 110);
  assert_stream (stream, TRUE);
  add_frame (stream, FIN | CONTINUATION, 1);
  assert_stream (stream, FALSE);
}

/* Headers alone: the first with a length of 64 bits crashed libsoup, the others are its kin. */
static void
test_64_bit_lengths (void)
{
  static const guint8 headers[][10] = {
    { 0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
    { 0x82, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 0 },
    { 0x82, 0x7f, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
    { 0x82, 0x7f, 0, 0, 0, 1, 0, 0, 0, 0 },
    { 0x82, 0x7f, 0, 0, 0, 0, 0, 0, 0x03, 0xe9 },
    { 0x89, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
    { 0x80, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr(GByteArray) stream = g_byte_array_new ();

      add_frame (stream, TEXT, 3);
      g_byte_array_append (stream, headers[i], sizeof headers[i]);
      assert_stream (stream, FALSE);
    }
}

/* The sum may not wrap around where one length does not. */
static void
test_largest_limit (void)
{
  static const guint8 most[] = { 0x01, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  SioFrameMeter meter;

  sio_frame_meter_init (&meter, G_MAXUINT64);
  g_assert_true (sio_frame_meter_feed (&meter, most, sizeof most, NULL));
  meter.remaining = 0;
  g_assert_true (sio_frame_meter_feed (&meter, (const guint8 *) "\x00\x00", 2, NULL));
  g_assert_false (sio_frame_meter_feed (&meter, (const guint8 *) "\x00\x01", 2, NULL));
}

static void
test_masked (void)
{
  g_autoptr(GByteArray) stream = g_byte_array_new ();

  g_byte_array_append (stream, (const guint8 *) "\x81\x82" "keys" "ab", 8);
  add_frame (stream, FIN | TEXT, 1000);
  assert_stream (stream, TRUE);
  add_frame (stream, FIN | TEXT, 1001);
  assert_stream (stream, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-meter/whole-messages", test_whole_messages);
  g_test_add_func ("/frame-meter/fragments", test_fragments);
  g_test_add_func ("/frame-meter/endless-fragments", test_endless_fragments);
  g_test_add_func ("/frame-meter/stray-continuation", test_stray_continuation);
  g_test_add_func ("/frame-meter/64-bit-lengths", test_64_bit_lengths);
  g_test_add_func ("/frame-meter/largest-limit", test_largest_limit);
  g_test_add_func ("/frame-meter/masked", test_masked);

  return g_test_run ();
}
