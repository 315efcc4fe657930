/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Packets in msgpack: the bytes of the official parser, what a hostile server may send, and chance. */

#include <stdlib.h>
#include <string.h>

#include "sio-builder.h"
#include "sio-codec-private.h"
#include "sio-error.h"

/* The members of a packet, in the order of the official parser. */
#define TYPE(type) "a474797065 " type
#define DATA(data) " a464617461 " data
#define ROOT " a36e7370 a12f"
#define ADMIN " a36e7370 a62f61646d696e"
#define ID(id) " a26964 " id
#define EVENT(data) "83" TYPE ("02") DATA (data) ROOT

typedef struct
{
  const char    *hex;
  SioPacketType  type;
  const char    *name_space;
  gint64         id;
  const char    *data;       /* NULL for none */
} Accepted;

static const Accepted accepted[] = {
  /* What the official parser writes. */
  { "82a47479706500a36e7370a12f", SIO_PACKET_CONNECT, "/", -1, NULL },
  { "83" TYPE ("00") ADMIN DATA ("81a5746f6b656ea3313233"), SIO_PACKET_CONNECT, "/admin", -1, "{\"token\":\"123\"}" },
  { "83" TYPE ("00") DATA ("d40000") ROOT, SIO_PACKET_CONNECT, "/", -1, NULL },
  { "82" TYPE ("01") ADMIN, SIO_PACKET_DISCONNECT, "/admin", -1, NULL },
  { "83a47479706502a46461746193a1610180a36e7370a12f", SIO_PACKET_EVENT, "/", -1, "[\"a\",1,{}]" },
  { "85a47479706502a46461746192a26869c4020102a76f7074696f6e7381a8636f6d7072657373c3a36e7370a12fa2696403",
    SIO_PACKET_EVENT, "/", 3, "[\"hi\",{\"_placeholder\":true,\"num\":0}]" },
  { "84" TYPE ("03") DATA ("90") ID ("0d") ADMIN, SIO_PACKET_ACK, "/admin", 13, "[]" },
  { "83" TYPE ("04") DATA ("82a76d657373616765a26e6fa46461746181a16101") ROOT, SIO_PACKET_CONNECT_ERROR, "/", -1,
    "{\"message\":\"no\",\"data\":{\"a\":1}}" },
  { "83" TYPE ("04") DATA ("a3657272") ROOT, SIO_PACKET_CONNECT_ERROR, "/", -1, "\"err\"" },
  { EVENT ("9f a161 d70000000000000005dc c7010001 d40000 82a178d40000a179c0 ff d1ff38 d2fffeee90 d3fffffffed5fa0e00"
           " cd012c ce00011170 cf000000012a05f200 cb3ff8000000000000 c3 a2c3bc"),
    SIO_PACKET_EVENT, "/", -1,
    "[\"a\",\"1970-01-01T00:00:01.500Z\",{\"_placeholder\":true,\"num\":0},null,{\"y\":null},-1,-200,-70000,-5000000000,300,70000,"
    "5000000000,1.5,true,\"ü\"]" },
  /* A number as the name of an event. */
  { EVENT ("92 2a a178"), SIO_PACKET_EVENT, "/", -1, "[\"42\",\"x\"]" },
  /* What servers in other languages write for nothing; python-socketio does. */
  { "83" TYPE ("00") DATA ("c0") ROOT, SIO_PACKET_CONNECT, "/", -1, NULL },
  { "84" TYPE ("01") DATA ("c0") ROOT ID ("c0"), SIO_PACKET_DISCONNECT, "/", -1, NULL },
  { "83" TYPE ("03") DATA ("90") ROOT, SIO_PACKET_ACK, "/", 0, "[]" },
  /* All forms that a number, a text or a map can have. */
  { "de0003" TYPE ("cb4000000000000000") DATA ("dd00000001d901 61") ROOT, SIO_PACKET_EVENT, "/", -1, "[\"a\"]" },
  { "df00000003" TYPE ("cf0000000000000002") DATA ("dc0002da000161db0000000162") ROOT, SIO_PACKET_EVENT, "/", -1, "[\"a\",\"b\"]" },
  { "84" TYPE ("d002") DATA ("91a161") ROOT ID ("cf001fffffffffffff"), SIO_PACKET_EVENT, "/", SIO_MAX_ID, "[\"a\"]" },
  /* Numbers that no integer holds, and what is no number. */
  { EVENT ("93a161 cf8000000000000000 ca3fc00000"), SIO_PACKET_EVENT, "/", -1, "[\"a\",9.2233720368547758e18,1.5]" },
  { EVENT ("95a161 cb7ff8000000000000 cb7ff0000000000000 ca7f800000 cbfff0000000000000"), SIO_PACKET_EVENT, "/", -1,
    "[\"a\",null,null,null,null]" },
  /* A number as a name; the last of two of the same name is the one that counts. */
  { EVENT ("92a161 82 07 01 fe 02"), SIO_PACKET_EVENT, "/", -1, "[\"a\",{\"7\":1,\"-2\":2}]" },
  { "84" TYPE ("00") TYPE ("02") DATA ("91a161") ROOT, SIO_PACKET_EVENT, "/", -1, "[\"a\"]" },
  { "82" TYPE ("00") " a36e7370 a32f0061", SIO_PACKET_CONNECT, "/\357\277\275a", -1, NULL },
  /* Text that is not UTF-8, and text with a nul. */
  { EVENT ("92a161 a3 61ff62"), SIO_PACKET_EVENT, "/", -1, "[\"a\",\"a\357\277\275b\"]" },
  { EVENT ("92a161 a3 610062"), SIO_PACKET_EVENT, "/", -1, "[\"a\",\"a\357\277\275b\"]" },
  /* Dates: before 1970, beyond the calendar, and msgpack's own in its three forms. */
  { EVENT ("92a161 d700ffffffffffffffff"), SIO_PACKET_EVENT, "/", -1, "[\"a\",\"1969-12-31T23:59:59.999Z\"]" },
  { EVENT ("93a161 d7007fffffffffffffff d7008000000000000000"), SIO_PACKET_EVENT, "/", -1, "[\"a\",null,null]" },
  { EVENT ("94a161 d6ff00000001 d7ff773594000000 0001 c70cff1dcd6500ffffffffffffffff"), SIO_PACKET_EVENT, "/", -1,
    "[\"a\",\"1970-01-01T00:00:01.000Z\",\"1970-01-01T00:00:01.500Z\",\"1969-12-31T23:59:59.500Z\"]" },
  /* What nobody knows is its type and its bytes. */
  { EVENT ("94a161 d405ff d50001ff c70107aa"), SIO_PACKET_EVENT, "/", -1,
    "[\"a\",[5,{\"_placeholder\":true,\"num\":0}],[0,{\"_placeholder\":true,\"num\":1}],[7,{\"_placeholder\":true,\"num\":2}]]" },
  /* What is undefined is not there, wherever it stands. */
  { EVENT ("92a161 83 a178d40000 a17901 a17ad40000"), SIO_PACKET_EVENT, "/", -1, "[\"a\",{\"y\":1}]" },
};

typedef struct
{
  const char *hex;
  const char *message; /* how the error begins */
} Refused;

static const Refused refused[] = {
  { "", "invalid packet: it ends too early" },
  { "c0", "invalid packet: no map" },
  { "90", "invalid packet: no map" },
  { "d40000", "invalid packet: no map" },
  { "c1", "invalid packet: no msgpack" },
  { "80", "invalid packet type" },
  { "81" TYPE ("00"), "invalid namespace" },
  { "82" TYPE ("05") ROOT, "invalid packet type" },
  { "82" TYPE ("ff") ROOT, "invalid packet type" },
  { "82" TYPE ("cb3ff8000000000000") ROOT, "invalid packet type" },
  { "82" TYPE ("cf8000000000000000") ROOT, "invalid packet type" },
  { "82" TYPE ("cb7ff8000000000000") ROOT, "invalid packet type" },
  { "82" TYPE ("a132") ROOT, "invalid packet type" },
  { "82" TYPE ("00") " a36e7370 c0", "invalid namespace" },
  { "82" TYPE ("00") " a36e7370 c4012f", "invalid namespace" },
  { "83" TYPE ("00") DATA ("90") ROOT, "invalid payload" },
  { "83" TYPE ("00") DATA ("a173") ROOT, "invalid payload" },
  { "83" TYPE ("01") DATA ("80") ROOT, "invalid payload" },
  { "82" TYPE ("02") ROOT, "invalid payload" },
  { EVENT ("c0"), "invalid payload" },
  { EVENT ("80"), "invalid payload" },
  { EVENT ("90"), "invalid payload" },
  { EVENT ("91c0"), "invalid payload" },
  { EVENT ("91c3"), "invalid payload" },
  { EVENT ("91c40161"), "invalid payload" },
  { EVENT ("91a7636f6e6e656374"), "invalid payload" },
  { EVENT ("91aa646973636f6e6e656374"), "invalid payload" },
  { "84" TYPE ("03") DATA ("80") ROOT ID ("00"), "invalid payload" },
  { "84" TYPE ("02") DATA ("91a161") ROOT ID ("a131"), "invalid packet id" },
  { "84" TYPE ("02") DATA ("91a161") ROOT ID ("ff"), "invalid packet id" },
  { "84" TYPE ("02") DATA ("91a161") ROOT ID ("cb3ff8000000000000"), "invalid packet id" },
  { "84" TYPE ("02") DATA ("91a161") ROOT ID ("cf0020000000000000"), "invalid packet id" },
  { "83" TYPE ("00") ROOT ID ("00"), "invalid packet id" },
  { "82" TYPE ("04") ROOT, "invalid payload" },
  { "83" TYPE ("04") DATA ("90") ROOT, "invalid payload" },
  { "83" TYPE ("04") DATA ("c0") ROOT, "invalid payload" },
  /* Names that are none. */
  { "81 c0 01", "invalid packet: a name that is no string" },
  { "81 90 01", "invalid packet: a name that is no string" },
  { "81 80 01", "invalid packet: a name that is no string" },
  { "81 c3 01", "invalid packet: a name that is no string" },
  { "81 cb3ff8000000000000 01", "invalid packet: a name that is no string" },
  { "81 c40161 01", "invalid packet: a name that is no string" },
  { "81 d40000 01", "invalid packet: a name that is no string" },
  { "81 d405ff 01", "invalid packet: a name that is no string" },
  /* Lengths that nothing follows. */
  { "dbffffffff", "invalid packet: it ends too early" },
  { "c6ffffffff 00", "invalid packet: it ends too early" },
  { "ddffffffff 00", "invalid packet: it ends too early" },
  { "dfffffffff", "invalid packet: it ends too early" },
  { "ddffffffff ddffffffff ddffffffff dfffffffff a161 ddffffffff 00", "invalid packet: it ends too early" },
  { "c9fffffffe 00", "invalid packet: it ends too early" },
  { "c9ffffffff 00", "invalid packet: an extension that is too large" },
  /* Dates that are none. */
  { EVENT ("92a161 d7fffffffffc 00000001"), "invalid packet: a malformed timestamp" },
  { EVENT ("92a161 d5ff0001"), "invalid packet: a malformed timestamp" },
  { EVENT ("92a161 c700ff"), "invalid packet: a malformed timestamp" },
};

/* Allocated to the byte, so that a sanitizer sees what is read beyond. */
static GBytes *
from_hex (const char *hex)
{
  guint8 *bytes = g_malloc (strlen (hex) / 2 + 1);
  gsize length = 0;

  for (; *hex != '\0'; hex++)
    {
      if (*hex == ' ')
        continue;
      bytes[length++] = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
      hex++;
    }

  return g_bytes_new_take (g_realloc (bytes, length), length);
}

static SioDecoder *
new_decoder (void)
{
  return sio_decoder_new (SIO_DEFAULT_MAX_DEPTH, SIO_DEFAULT_MAX_ATTACHMENTS);
}

static gboolean
read_with (SioDecoder  *decoder,
           GBytes      *bytes,
           SioPacket   *packet,
           GError     **error)
{
  gboolean complete;
  gboolean ok = sio_codec_get (SIO_PARSER_MSGPACK)->add_binary (decoder, bytes, packet, &complete, error);

  g_assert_true (ok == complete);

  return ok;
}

static gboolean
read_packet (GBytes     *bytes,
             SioPacket  *packet,
             GError    **error)
{
  g_autoptr(SioDecoder) decoder = new_decoder ();

  return read_with (decoder, bytes, packet, error);
}

static SioValue *
read_arguments (GBytes *bytes)
{
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GError) error = NULL;

  read_packet (bytes, &packet, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&packet.data);
}

static void
test_accepted (gconstpointer user_data)
{
  const Accepted *expected = user_data;
  g_autoptr(GBytes) bytes = from_hex (expected->hex);
  g_auto(SioPacket) packet = { 0 };
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;

  read_packet (bytes, &packet, &error);
  g_assert_no_error (error);
  g_assert_cmpint (packet.type, ==, expected->type);
  g_assert_cmpstr (packet.name_space, ==, expected->name_space);
  g_assert_cmpint (packet.id, ==, expected->id);
  data = packet.data != NULL ? sio_value_to_text (packet.data) : NULL;
  if (expected->data != NULL)
    {
      g_autoptr(SioValue) value = sio_value_new_from_text (expected->data, -1, NULL);
      g_autofree char *text = sio_value_to_text (value);

      g_assert_cmpstr (data, ==, text);
    }
  else
    g_assert_null (data);
}

static void
assert_refused (GBytes     *bytes,
                const char *message)
{
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_false (read_packet (bytes, &packet, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_null (packet.name_space);
  g_assert_null (packet.data);
}

static void
test_refused (gconstpointer user_data)
{
  const Refused *expected = user_data;
  g_autoptr(GBytes) bytes = from_hex (expected->hex);

  assert_refused (bytes, expected->message);
}

/* No packet is whole before its end, and none goes on behind it. */
static void
test_ends (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr(GBytes) bytes = from_hex (accepted[i].hex);
      gsize length;
      const guint8 *data = g_bytes_get_data (bytes, &length);
      g_autofree guint8 *longer = g_malloc (length + 1);
      g_autoptr(GBytes) more = NULL;

      for (gsize j = 0; j < length; j++)
        {
          g_autoptr(GBytes) part = g_bytes_new (data, j);

          assert_refused (part, "invalid packet: it ends too early");
        }

      memcpy (longer, data, length);
      longer[length] = 0xc0;
      more = g_bytes_new (longer, length + 1);
      assert_refused (more, "invalid packet: more follows where it should end");
    }
}

static void
test_text (void)
{
  g_autoptr(SioDecoder) decoder = new_decoder ();
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean complete;

  g_assert_false (sio_codec_get (SIO_PARSER_MSGPACK)->add_text (decoder, "2[\"a\"]", 6, &packet, &complete, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
  g_assert_false (complete);
}

/* --- writing --- */

static GBytes *
taken (GString   *text,
       GPtrArray *attachments)
{
  g_assert_null (text);
  g_assert_cmpuint (attachments->len, ==, 1);

  return g_bytes_ref (g_ptr_array_index (attachments, 0));
}

static GBytes *
write_message (const char *name_space,
               const char *event,
               SioValue   *arguments,
               gint64      id)
{
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  return taken (sio_codec_get (SIO_PARSER_MSGPACK)->encode_message (name_space, event, arguments, id, attachments), attachments);
}

static GBytes *
write_connect (const char *name_space,
               SioValue   *auth)
{
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  return taken (sio_codec_get (SIO_PARSER_MSGPACK)->encode_connect (name_space, auth, attachments), attachments);
}

static GBytes *
write_disconnect (const char *name_space)
{
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  return taken (sio_codec_get (SIO_PARSER_MSGPACK)->encode_disconnect (name_space, attachments), attachments);
}

static void
assert_written (GBytes     *written,
                const char *hex)
{
  g_autoptr(GBytes) bytes = written;
  g_autoptr(GBytes) expected = from_hex (hex);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

static void
test_write (void)
{
  g_autoptr(SioValue) auth = sio_value_new_from_text ("{\"token\":\"123\"}", -1, NULL);
  g_autoptr(SioValue) arguments = sio_value_new_from_text ("[1,{},-1.5,null,true,[false]]", -1, NULL);
  g_autoptr(SioValue) none = sio_value_new_from_text ("[]", -1, NULL);

  assert_written (write_connect ("/", NULL), "82a47479706500a36e7370a12f");
  assert_written (write_connect ("/admin", auth), "83" TYPE ("00") DATA ("81a5746f6b656ea3313233") ADMIN);
  assert_written (write_disconnect ("/admin"), "82" TYPE ("01") ADMIN);
  assert_written (write_message ("/", "a", NULL, SIO_PACKET_NO_ID), EVENT ("91a161"));
  assert_written (write_message ("/", "a", none, SIO_PACKET_NO_ID), EVENT ("91a161"));
  assert_written (write_message ("/", "a", arguments, 3),
                  "84" TYPE ("02") DATA ("97 a161 01 80 cbbff8000000000000 c0 c3 91c2") ROOT ID ("03"));
  assert_written (write_message ("/admin", NULL, none, 13), "84" TYPE ("03") DATA ("90") ADMIN ID ("0d"));
  assert_written (write_message ("/admin", NULL, NULL, 13), "84" TYPE ("03") DATA ("90") ADMIN ID ("0d"));
}

/* Values, also one that is a part of another. */
static void
test_write_bytes (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\1\2", 2);
  g_autoptr(GBytes) empty = g_bytes_new_static (NULL, 0);
  g_autoptr(SioValue) all = NULL;

  sio_builder_begin_array (builder);
  sio_builder_add_bytes (builder, bytes);
  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "x");
  sio_builder_add_bytes (builder, empty);
  sio_builder_end (builder);
  sio_builder_end (builder);
  sio_builder_add_integer (builder, 7);
  all = sio_builder_finish (builder);

  assert_written (write_message ("/", "hi", sio_value_get_element (all, 0), SIO_PACKET_NO_ID),
                  EVENT ("93a26869 c4020102 81a178c400"));
}

static void
assert_comes_back (SioValue *arguments)
{
  g_autoptr(GBytes) bytes = write_message ("/x", "name", arguments, 5);
  g_autoptr(SioValue) read = read_arguments (bytes);

  g_assert_cmpuint (sio_value_get_length (read), ==, sio_value_get_length (arguments) + 1);
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (read, 0)), ==, "name");
  for (guint i = 0; i < sio_value_get_length (arguments); i++)
    g_assert_true (sio_value_equal (sio_value_get_element (read, i + 1), sio_value_get_element (arguments, i)));
}

/* Around each length at which a number is written otherwise. */
static void
test_numbers (void)
{
  static const double doubles[] = { 0.0, -0.0, 0.1, -1e-320, 1e300, G_MAXDOUBLE, -G_MAXDOUBLE, 0x1p63, 1.5 };
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;

  for (guint bits = 0; bits < 63; bits++)
    for (gint64 near = -2; near <= 2; near++)
      {
        sio_builder_add_integer (builder, ((gint64) 1 << bits) + near);
        sio_builder_add_integer (builder, -((gint64) 1 << bits) + near);
      }
  sio_builder_add_integer (builder, G_MAXINT64);
  sio_builder_add_integer (builder, G_MININT64);
  for (gsize i = 0; i < G_N_ELEMENTS (doubles); i++)
    sio_builder_add_double (builder, doubles[i]);
  arguments = sio_builder_finish (builder);

  assert_comes_back (arguments);
}

/* Around each length at which a length is written otherwise; long containers are looked up by their tables. */
static void
test_lengths (void)
{
  static const guint lengths[] = { 0, 1, 15, 16, 17, 31, 32, 255, 256, 65535, 65536, 70000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(SioBuilder) builder = sio_builder_new ();
      g_autofree char *text = g_strnfill (lengths[i], 'x');
      g_autoptr(GBytes) bytes = g_bytes_new (text, lengths[i]);
      g_autoptr(SioValue) arguments = NULL;

      sio_builder_add_string (builder, text);
      sio_builder_add_bytes (builder, bytes);
      sio_builder_begin_array (builder);
      for (guint j = 0; j < lengths[i]; j++)
        sio_builder_add_string (builder, j % 2 ? "odd" : "a text that takes more than one node");
      sio_builder_end (builder);
      sio_builder_begin_object (builder);
      for (guint j = 0; j < lengths[i]; j++)
        {
          char name[16];

          g_snprintf (name, sizeof name, "member-%u", j);
          sio_builder_set_name (builder, name);
          sio_builder_add_integer (builder, j);
        }
      sio_builder_end (builder);
      arguments = sio_builder_finish (builder);

      assert_comes_back (arguments);
    }
}

/* Members that are undefined leave no hole in what is looked up by place. */
static void
test_undefined_among_many (void)
{
  g_autoptr(GString) hex = g_string_new ("83" TYPE ("02") DATA ("92a161 de0064"));
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(SioValue) arguments = NULL;
  SioValue *object;

  for (guint i = 0; i < 100; i++)
    {
      g_string_append_printf (hex, "a3 6d%02x%02x", '0' + i / 10, '0' + i % 10);
      g_string_append_printf (hex, i % 3 == 0 ? "d40000" : "93c4017892a178a179%02x", i);
    }
  g_string_append (hex, ROOT);
  bytes = from_hex (hex->str);
  arguments = read_arguments (bytes);

  object = sio_value_get_element (arguments, 1);
  g_assert_cmpuint (sio_value_get_length (object), ==, 66);
  g_assert_null (sio_value_lookup (object, "m99"));
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (sio_value_lookup (object, "m98"), 2)), ==, 98);
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (sio_value_get_element (object, 65), 2)), ==, 98);
  g_assert_cmpstr (sio_value_get_name (object, 0), ==, "m01");
}

/* Each kind of byte at each place in texts of each length: they are looked at eight bytes at a time. */
static void
test_characters (void)
{
  static const char bytes[] = "\x00\x01\x7f\x80\xc3\xff";

  for (gsize length = 1; length < 20; length++)
    for (gsize place = 0; place < length; place++)
      for (gsize i = 0; i < sizeof bytes - 1; i++)
        {
          g_autofree char *text = g_strnfill (length, 'x');
          g_autofree char *valid = NULL;
          g_autoptr(GString) hex = g_string_new ("83" TYPE ("02") DATA ("92a161"));
          g_autoptr(GBytes) packet = NULL;
          g_autoptr(SioValue) arguments = NULL;

          text[place] = bytes[i];
          g_string_append_printf (hex, "%02x", (guint) (0xa0 + length));
          for (gsize j = 0; j < length; j++)
            g_string_append_printf (hex, "%02x", (guchar) text[j]);
          g_string_append (hex, ROOT);
          packet = from_hex (hex->str);
          arguments = read_arguments (packet);
          valid = g_utf8_make_valid (text, (gssize) length);
          g_assert_cmpstr (sio_value_get_string (sio_value_get_element (arguments, 1)), ==, valid);
        }
}

/* --- binary data --- */

/* A long piece is not copied; a short one does not keep all of its message in memory. */
static void
test_bytes (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autofree char *filling = g_strnfill (100000, 'x');
  g_autoptr(GBytes) large = g_bytes_new (filling, 100000);
  g_autoptr(GBytes) small = g_bytes_new_static ("small", 5);
  g_autoptr(GBytes) message = NULL;
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(SioValue) read = NULL;
  const char *start, *end, *of_large, *of_small;

  sio_builder_add_bytes (builder, large);
  sio_builder_add_bytes (builder, small);
  arguments = sio_builder_finish (builder);
  message = write_message ("/", "a", arguments, SIO_PACKET_NO_ID);
  read = read_arguments (message);

  start = g_bytes_get_data (message, NULL);
  end = start + g_bytes_get_size (message);
  of_large = g_bytes_get_data (sio_value_get_bytes (sio_value_get_element (read, 1)), NULL);
  of_small = g_bytes_get_data (sio_value_get_bytes (sio_value_get_element (read, 2)), NULL);
  g_assert_true (of_large > start && of_large < end);
  g_assert_true (of_small < start || of_small > end);
  g_assert_true (g_bytes_equal (sio_value_get_bytes (sio_value_get_element (read, 1)), large));
  g_assert_true (g_bytes_equal (sio_value_get_bytes (sio_value_get_element (read, 2)), small));
}

/* More than a packet in JSON may have: here a piece costs no message, and the size of the one message bounds them. */
static void
test_many_pieces (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GBytes) piece = g_bytes_new_static ("x", 1);
  g_autoptr(SioValue) arguments = NULL;

  for (guint i = 0; i < 1000; i++)
    sio_builder_add_bytes (builder, piece);
  arguments = sio_builder_finish (builder);

  assert_comes_back (arguments);
}

/* --- limits --- */

static GBytes *
nest (guint       depth,
      const char *core)
{
  g_autoptr(GString) hex = g_string_new ("83" TYPE ("02") DATA ("92a161"));

  for (guint i = 0; i < depth; i++)
    g_string_append (hex, i % 2 ? "81a178" : "91");
  g_string_append (hex, core);
  g_string_append (hex, ROOT);

  return from_hex (hex->str);
}

/* Counted as in JSON: from the array of the arguments on, the packet's own map left out. */
static void
test_depth (void)
{
  g_autoptr(SioDecoder) decoder = sio_decoder_new (3, 1);
  g_autoptr(GBytes) allowed = nest (2, "c0");
  g_autoptr(GBytes) too_deep = nest (2, "90");
  g_autoptr(GBytes) too_deep_by_its_type = nest (2, "d405ff");
  g_autoptr(GBytes) deepest = nest (SIO_MAX_DEPTH - 1, "c0");
  g_autoptr(GBytes) hostile = nest (1000000, "c0");
  g_auto(SioPacket) packet = { 0 };

  g_assert_true (read_with (decoder, allowed, &packet, NULL));
  sio_packet_clear (&packet);
  g_assert_false (read_with (decoder, too_deep, &packet, NULL));
  g_assert_false (read_with (decoder, too_deep_by_its_type, &packet, NULL));

  assert_refused (deepest, "invalid packet: nested too deeply");
  assert_refused (hostile, "invalid packet: nested too deeply");
  sio_decoder_set_limits (decoder, SIO_MAX_DEPTH, 1);
  g_assert_true (read_with (decoder, deepest, &packet, NULL));
  g_assert_false (read_with (decoder, hostile, &packet, NULL));
}

/* --- chance --- */

static void
mutate (GByteArray *bytes,
        GRand      *random)
{
  static const guint8 forms[] = { 0x80, 0x81, 0x90, 0x91, 0xa1, 0xc0, 0xc4, 0xc7, 0xc9, 0xcb, 0xcf, 0xd3, 0xd4, 0xd7, 0xd9, 0xdc,
                                  0xdd, 0xde, 0xdf, 0xff, 0x00, 0x02 };
  guint n_changes = (guint) g_rand_int_range (random, 1, 4);

  for (guint i = 0; i < n_changes && bytes->len > 0; i++)
    {
      guint place = (guint) g_rand_int_range (random, 0, (gint32) bytes->len);
      guint8 byte = forms[g_rand_int_range (random, 0, G_N_ELEMENTS (forms))];

      switch (g_rand_int_range (random, 0, 4))
        {
        case 0:
          g_byte_array_append (bytes, &byte, 1);
          memmove (bytes->data + place + 1, bytes->data + place, bytes->len - 1 - place);
          bytes->data[place] = byte;
          break;
        case 1:
          g_byte_array_remove_index (bytes, place);
          break;
        case 2:
          bytes->data[place] = (guint8) g_rand_int_range (random, 0, 256);
          break;
        default:
          bytes->data[place] = byte;
          break;
        }
    }
}

static void
test_mutations (void)
{
  const char *setting = g_getenv ("SIO_TEST_SEED");
  guint32 seed = setting != NULL ? (guint32) strtoul (setting, NULL, 10) : g_random_int ();
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  guint n_accepted = 0;

  g_test_message ("SIO_TEST_SEED=%u", seed);

  for (guint i = 0; i < 100000; i++)
    {
      g_autoptr(GBytes) original = from_hex (accepted[g_rand_int_range (random, 0, G_N_ELEMENTS (accepted))].hex);
      GByteArray *bytes = g_bytes_unref_to_array (g_steal_pointer (&original));
      g_autoptr(GBytes) exact = NULL;
      g_auto(SioPacket) packet = { 0 };
      g_autoptr(GError) error = NULL;

      mutate (bytes, random);
      exact = g_bytes_new (bytes->data, bytes->len);
      g_byte_array_unref (bytes);

      if (!read_packet (exact, &packet, &error))
        {
          g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
          continue;
        }
      n_accepted++;
      if (packet.type == SIO_PACKET_ACK)
        assert_comes_back (packet.data);
    }

  /* Both sides were tried. */
  g_assert_cmpuint (n_accepted, >, 1000);
  g_assert_cmpuint (n_accepted, <, 99000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *path = g_strdup_printf ("/msgpack/accepted/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &accepted[i], test_accepted);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/msgpack/refused/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/msgpack/ends", test_ends);
  g_test_add_func ("/msgpack/text", test_text);
  g_test_add_func ("/msgpack/write", test_write);
  g_test_add_func ("/msgpack/write-bytes", test_write_bytes);
  g_test_add_func ("/msgpack/numbers", test_numbers);
  g_test_add_func ("/msgpack/lengths", test_lengths);
  g_test_add_func ("/msgpack/undefined-among-many", test_undefined_among_many);
  g_test_add_func ("/msgpack/characters", test_characters);
  g_test_add_func ("/msgpack/bytes", test_bytes);
  g_test_add_func ("/msgpack/many-pieces", test_many_pieces);
  g_test_add_func ("/msgpack/depth", test_depth);
  g_test_add_func ("/msgpack/mutations", test_mutations);

  return g_test_run ();
}
