/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the codec costs beside json-glib, which a GLib program would use otherwise: each event of a chat is decoded once and each
 * message encoded once, so this is the cost of a message that nobody sees. Best of several rounds: noise only ever adds. */

#include <json-glib/json-glib.h>

#include "sio-codec-private.h"

#define ROUNDS 15
#define REPEATS 1000

#define MESSAGE \
  "{\"id\":\"01J9Z3NDEKTSV4RRFFQ69G5FAV\",\"content\":\"The doors stand in one line, and from the first room one sees the last. " \
  "Shall we meet there at four?\",\"senderId\":\"u-1024\",\"senderName\":\"mira\",\"roomId\":\"general\",\"timestamp\":1795444273930," \
  "\"seq\":4711,\"clientId\":\"9f0c1b1e-2f5b-4f3e-9a55-0a4d1f0f6c11\"}"
#define EVENT "[\"message\"," MESSAGE "]"

typedef void (*Work) (gpointer data);

/* Of one round, in microseconds. */
static double
measure (Work     work,
         gpointer data)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < REPEATS; i++)
    work (data);

  return (double) (g_get_monotonic_time () - start) / REPEATS;
}

/* @whose: that which @theirs measures */
static void
promise_beside (const char *what,
                const char *whose,
                Work        ours,
                Work        theirs,
                gpointer    data,
                double      limit)
{
  double our_time = G_MAXDOUBLE;
  double their_time = G_MAXDOUBLE;

  /* By turns, so that a machine that becomes slower does so for both. */
  for (guint round = 0; round < ROUNDS; round++)
    {
      our_time = MIN (our_time, measure (ours, data));
      their_time = MIN (their_time, measure (theirs, data));
    }

  g_test_message ("%s: %.0f ns, %.2f of %s time; the promise is %.2f",
                  what, our_time * 1000, our_time / their_time, whose, limit);
  g_assert_cmpfloat (our_time / their_time, <=, limit);
}

static void
promise (const char *what,
         Work        ours,
         Work        theirs,
         gpointer    data,
         double      limit)
{
  promise_beside (what, "json-glib's", ours, theirs, data, limit);
}

static void
decode_ours (gpointer data)
{
  static const char text[] = "2/chat," EVENT;
  SioDecoder *decoder = data;
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean complete = FALSE;

  g_assert_true (sio_decoder_add_text (decoder, text, sizeof text - 1, &packet, &complete, &error));
  g_assert_true (complete);
}

static void
decode_theirs (gpointer data)
{
  g_autoptr(JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, EVENT, -1, NULL));
}

static void
bench_decode (void)
{
  g_autoptr(SioDecoder) decoder = sio_decoder_new (SIO_DEFAULT_MAX_DEPTH, SIO_DEFAULT_MAX_ATTACHMENTS);

  promise ("decoding an event", decode_ours, decode_theirs, decoder, 0.25);
}

static void
read_ours (gpointer data)
{
  g_autoptr(SioValue) value = sio_value_new_from_text (data, -1, NULL);

  g_assert_nonnull (value);
}

static void
read_theirs (gpointer data)
{
  g_autoptr(JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, data, -1, NULL));
}

/* A page of history of 8 KiB, and one of as many bytes that are not ASCII, which cannot be copied by the word. */
static void
bench_read (void)
{
  g_autoptr(GString) history = g_string_new ("[");
  g_autoptr(GString) greek = g_string_new ("[");

  while (history->len < 8192)
    g_string_append_printf (history, "%s" MESSAGE, history->len > 1 ? "," : "");
  g_string_append_c (history, ']');
  while (greek->len < 8192)
    g_string_append_printf (greek, "%s\"Οι πόρτες στέκονται στη σειρά.\"", greek->len > 1 ? "," : "");
  g_string_append_c (greek, ']');

  promise ("reading 8 KiB", read_ours, read_theirs, history->str, 0.25);
  promise ("reading 8 KiB of Greek", read_ours, read_theirs, greek->str, 0.5);
}

typedef struct
{
  SioValue *arguments;
  JsonNode *node;
} Outgoing;

static void
encode_ours (gpointer data)
{
  Outgoing *outgoing = data;
  g_autoptr(GPtrArray) attachments = g_ptr_array_new ();
  GString *text = sio_packet_encode_message ("/chat", "message", outgoing->arguments, 7, attachments);

  g_assert_cmpuint (text->len, >, sizeof EVENT);
  g_string_free (text, TRUE);
}

static void
encode_theirs (gpointer data)
{
  Outgoing *outgoing = data;
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_generator_set_root (generator, outgoing->node);
  text = json_generator_to_data (generator, NULL);
  g_assert_nonnull (text);
}

static void
bench_encode (void)
{
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;
  Outgoing outgoing;

  arguments = sio_value_new_from_text ("[" MESSAGE "]", -1, &error);
  g_assert_no_error (error);
  node = json_from_string (EVENT, &error);
  g_assert_no_error (error);
  outgoing = (Outgoing) { arguments, node };

  promise ("encoding a message", encode_ours, encode_theirs, &outgoing, 0.75);
}

#ifdef SIO_HAVE_MSGPACK
/* The same message with both parsers. */
typedef struct
{
  SioValue   *arguments;
  GBytes     *bytes;
  SioDecoder *decoder;
} Both;

static GBytes *
encode_with_msgpack (SioValue *arguments)
{
  g_autoptr(GPtrArray) attachments = g_ptr_array_new ();

  g_assert_null (sio_codec_get (SIO_PARSER_MSGPACK)->encode_message ("/chat", "message", arguments, 7, attachments));

  return g_ptr_array_index (attachments, 0);
}

static void
encode_msgpack (gpointer data)
{
  g_bytes_unref (encode_with_msgpack (((Both *) data)->arguments));
}

static void
encode_json (gpointer data)
{
  Outgoing outgoing = { ((Both *) data)->arguments, NULL };

  encode_ours (&outgoing);
}

static void
decode_msgpack (gpointer data)
{
  Both *both = data;
  g_auto(SioPacket) packet = { 0 };
  gboolean complete = FALSE;

  g_assert_true (sio_codec_get (SIO_PARSER_MSGPACK)->add_binary (both->decoder, both->bytes, &packet, &complete, NULL));
}

static void
decode_json (gpointer data)
{
  decode_ours (((Both *) data)->decoder);
}

/* What it costs beside our JSON: it is the binary data that it is for. */
static void
bench_msgpack (void)
{
  g_autoptr(SioDecoder) decoder = sio_decoder_new (SIO_DEFAULT_MAX_DEPTH, SIO_DEFAULT_MAX_ATTACHMENTS);
  g_autoptr(SioValue) arguments = sio_value_new_from_text ("[" MESSAGE "]", -1, NULL);
  g_autoptr(GBytes) bytes = encode_with_msgpack (arguments);
  Both both = { arguments, bytes, decoder };

  g_test_message ("a message is %" G_GSIZE_FORMAT " bytes in JSON, %" G_GSIZE_FORMAT " in msgpack",
                  strlen ("42/chat,7" EVENT), g_bytes_get_size (bytes));
  promise_beside ("decoding an event from msgpack", "our JSON's", decode_msgpack, decode_json, &both, 4.0);
  promise_beside ("encoding a message as msgpack", "our JSON's", encode_msgpack, encode_json, &both, 2.0);
}
#endif

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bench/codec/decode", bench_decode);
  g_test_add_func ("/bench/codec/read", bench_read);
  g_test_add_func ("/bench/codec/encode", bench_encode);
#ifdef SIO_HAVE_MSGPACK
  g_test_add_func ("/bench/codec/msgpack", bench_msgpack);
#endif

  return g_test_run ();
}
