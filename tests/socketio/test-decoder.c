/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How packets are read: what the official parser's tests say, what a hostile server may send, and chance. */

#include <stdlib.h>
#include <string.h>

#include "sio-error.h"
#include "sio-packet-private.h"
#include "sio-payload-private.h"

typedef struct
{
  const char    *text;
  SioPacketType  type;
  const char    *name_space;
  gint64         id;
  const char    *data;       /* NULL for none */
} Accepted;

static const Accepted accepted[] = {
  { "0", SIO_PACKET_CONNECT, "/", -1, NULL },
  { "0{\"sid\":\"x\"}", SIO_PACKET_CONNECT, "/", -1, "{\"sid\":\"x\"}" },
  { "0/admin,", SIO_PACKET_CONNECT, "/admin", -1, NULL },
  { "0/admin", SIO_PACKET_CONNECT, "/admin", -1, NULL },
  { "0/admin,{\"token\":\"123\"}", SIO_PACKET_CONNECT, "/admin", -1, "{\"token\":\"123\"}" },
  { "0/admin?x=1,{}", SIO_PACKET_CONNECT, "/admin?x=1", -1, "{}" },
  { "0/,{}", SIO_PACKET_CONNECT, "/", -1, "{}" },
  { "0/é,{}", SIO_PACKET_CONNECT, "/é", -1, "{}" },
  { "1", SIO_PACKET_DISCONNECT, "/", -1, NULL },
  { "1/admin,", SIO_PACKET_DISCONNECT, "/admin", -1, NULL },
  { "1/admin", SIO_PACKET_DISCONNECT, "/admin", -1, NULL },
  { "2[\"foo\",1,{}]", SIO_PACKET_EVENT, "/", -1, "[\"foo\",1,{}]" },
  { "2[\"\"]", SIO_PACKET_EVENT, "/", -1, "[\"\"]" },
  { "2/admin,[\"bar\"]", SIO_PACKET_EVENT, "/admin", -1, "[\"bar\"]" },
  { "212[\"foo\"]", SIO_PACKET_EVENT, "/", 12, "[\"foo\"]" },
  { "20[\"foo\"]", SIO_PACKET_EVENT, "/", 0, "[\"foo\"]" },
  { "2/admin,13[\"bar\"]", SIO_PACKET_EVENT, "/admin", 13, "[\"bar\"]" },
  { "29007199254740991[\"a\"]", SIO_PACKET_EVENT, "/", SIO_MAX_ID, "[\"a\"]" },
  { "2[1,\"a\"]", SIO_PACKET_EVENT, "/", -1, "[\"1\",\"a\"]" },
  { "2[1.5]", SIO_PACKET_EVENT, "/", -1, "[\"1.5\"]" },
  { "2[-7,[{}]]", SIO_PACKET_EVENT, "/", -1, "[\"-7\",[{}]]" },
  { "2[\"a\" , 1 ] ", SIO_PACKET_EVENT, "/", -1, "[\"a\",1]" },
  { "2[\"a\",{\"_placeholder\":true,\"num\":0}]", SIO_PACKET_EVENT, "/", -1, "[\"a\",{\"_placeholder\":true,\"num\":0}]" },
  { "2[\"toString\",{\"__proto__\":1}]", SIO_PACKET_EVENT, "/", -1, "[\"toString\",{\"__proto__\":1}]" },
  { "312[\"bar\"]", SIO_PACKET_ACK, "/", 12, "[\"bar\"]" },
  { "30[]", SIO_PACKET_ACK, "/", 0, "[]" },
  { "3/admin,13[]", SIO_PACKET_ACK, "/admin", 13, "[]" },
  { "30[null]", SIO_PACKET_ACK, "/", 0, "[null]" },
  { "4{\"message\":\"Not authorized\"}", SIO_PACKET_CONNECT_ERROR, "/", -1, "{\"message\":\"Not authorized\"}" },
  { "4/no,{\"message\":\"x\",\"data\":{}}", SIO_PACKET_CONNECT_ERROR, "/no", -1, "{\"message\":\"x\",\"data\":{}}" },
  { "4\"str\"", SIO_PACKET_CONNECT_ERROR, "/", -1, "\"str\"" },
};

typedef struct
{
  const char *text;
  const char *message; /* how the error begins */
} Refused;

static const Refused refused[] = {
  /* "throw an error upon parsing error", and all of the official parser's list */
  { "0[]", "invalid payload" }, { "0\"s\"", "invalid payload" }, { "0null", "invalid payload" }, { "0/admin,\"invalid\"", "invalid payload" },
  { "1{}", "invalid payload" }, { "1/admin,{}", "invalid payload" }, { "2[]", "invalid payload" }, { "2{}", "invalid payload" },
  { "2[null]", "invalid payload" }, { "2[true]", "invalid payload" }, { "2[{\"toString\":\"foo\"}]", "invalid payload" },
  { "2[[\"a\"]]", "invalid payload" }, { "2\"invalid", "invalid payload" }, { "2/admin,\"invalid", "invalid payload" },
  { "2\"a\"", "invalid payload" }, { "2null", "invalid payload" }, { "2/admin,{}", "invalid payload" },
  { "2[\"connect\"]", "invalid payload" }, { "2[\"connect_error\"]", "invalid payload" }, { "2[\"disconnect\"]", "invalid payload" },
  { "2[\"disconnecting\",\"123\"]", "invalid payload" }, { "2[\"newListener\"]", "invalid payload" },
  { "2[\"removeListener\"]", "invalid payload" }, { "51-[\"connect\"]", "invalid payload" }, { "2[\"con\\u006eect\"]", "invalid payload" },
  { "2[\"a\"", "invalid payload" }, { "2[\"a\"]x", "invalid payload" }, { "2-1[\"a\"]", "invalid payload" }, { "21.5[\"a\"]", "invalid payload" },
  { "2{\"toString\":\"foo\"}", "invalid payload" }, { "30{}", "invalid payload" }, { "3/admin,0{}", "invalid payload" }, { "30\"a\"", "invalid payload" },
  { "4[]", "invalid payload" }, { "4null", "invalid payload" }, { "4/admin,[]", "invalid payload" }, { "4true", "invalid payload" }, { "41{}", "invalid payload" },
  { "5", "Illegal attachments" }, { "51", "Illegal attachments" }, { "5-", "Illegal attachments" }, { "5a-", "Illegal attachments" },
  { "51.23-", "Illegal attachments" }, { "50-[\"a\"]", "Illegal attachments" }, { "6", "Illegal attachments" }, { "6-1[]", "Illegal attachments" },
  { "5--1[\"a\"]", "Illegal attachments" }, { "5[\"a\"]", "Illegal attachments" }, { "5/admin,[\"a\"]", "Illegal attachments" },
  { "599999999999999999999999-[\"a\"]", "Illegal attachments" },
  { "511-[\"a\"]", "too many attachments" }, { "5999999-[\"a\"]", "too many attachments" }, { "611-0[]", "too many attachments" },
  { "7", "unknown packet type 7" }, { "9", "unknown packet type 9" }, { "x", "unknown packet type x" }, { "999", "unknown packet type 9" },
  { "%s", "unknown packet type %" }, { "\xff", "unknown packet type 0xff" }, { " ", "unknown packet type 0x20" }, { "[]", "unknown packet type [" },

  /* placeholders */
  { "51-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]", "invalid payload: illegal attachments" },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":\"splice\"}]", "invalid payload: illegal attachments" },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":1}]", "invalid payload: illegal attachments" },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":-1}]", "invalid payload: illegal attachments" },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":0.5}]", "invalid payload: illegal attachments" },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":99999999999999999999}]", "invalid payload: illegal attachments" },
  { "51-[\"a\",{\"_placeholder\":true,\"num\":null}]", "invalid payload: illegal attachments" },
  { "51-[\"a\",{\"_placeholder\":true}]", "invalid payload: illegal attachments" },
  { "51-[{\"_placeholder\":true,\"num\":0}]", "invalid payload" },
  { "51-{\"_placeholder\":true,\"num\":0}", "invalid payload" },

  /* what the official parser lets pass and no server writes */
  { "", "unknown packet type" }, { "2/nsp[\"a\"]", "invalid payload" }, { "2 [\"a\"]", "invalid payload" }, { "2\n[\"a\"]", "invalid payload" },
  { "2007[\"a\"]", "invalid payload" }, { "200[\"a\"]", "invalid payload" }, { "2123456789012345678901[\"a\"]", "invalid payload" },
  { "29007199254740992[\"a\"]", "invalid payload" }, { "218446744073709551616[\"a\"]", "invalid payload" },
  { "51.0-[\"a\"]", "Illegal attachments" }, { "51e0-[\"a\"]", "Illegal attachments" }, { "5 1-[\"a\"]", "Illegal attachments" },
  { "501-[\"a\"]", "Illegal attachments" }, { "00{}", "invalid payload" }, { "0 ", "invalid payload" }, { "1 ", "invalid payload" },

  /* what crashes the official client: 42, 430 and 44 on the wire */
  { "2", "invalid payload" }, { "30", "invalid payload" }, { "4", "invalid payload" },
  { "2/admin,", "invalid payload" }, { "3/admin,0", "invalid payload" }, { "4/admin,", "invalid payload" },
  { "212", "invalid payload" }, { "3", "invalid payload" }, { "3[]", "invalid payload" }, { "51-", "invalid payload" }, { "61-0", "invalid payload" },

  /* UTF-8 */
  { "2[\"\xff\"]", "invalid payload" }, { "2/\xff,[\"a\"]", "invalid payload" }, { "0/\xed\xa0\x80", "invalid payload" },
};

static SioDecoder *
new_decoder (void)
{
  return sio_decoder_new (SIO_DEFAULT_MAX_DEPTH, SIO_DEFAULT_MAX_ATTACHMENTS);
}

/* A copy that ends where the text does, so that a sanitizer sees who looks further. */
static gboolean
add_text (SioDecoder  *decoder,
          const char  *text,
          gsize        length,
          SioPacket   *packet,
          gboolean    *complete,
          GError     **error)
{
  g_autofree char *copy = g_memdup2 (text, length);

  return sio_decoder_add_text (decoder, copy != NULL ? copy : "", length, packet, complete, error);
}

static void
assert_data (SioPacket  *packet,
             const char *expected)
{
  g_autofree char *text = packet->data != NULL ? sio_value_to_text (packet->data) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_accepted (gconstpointer data)
{
  const Accepted *vector = data;
  g_autoptr(SioDecoder) decoder = new_decoder ();
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean complete;

  g_assert_true (add_text (decoder, vector->text, strlen (vector->text), &packet, &complete, &error));
  g_assert_no_error (error);
  g_assert_true (complete);
  g_assert_cmpint (packet.type, ==, vector->type);
  g_assert_cmpstr (packet.name_space, ==, vector->name_space);
  g_assert_cmpint (packet.id, ==, vector->id);
  assert_data (&packet, vector->data);
}

static void
test_refused (gconstpointer data)
{
  const Refused *vector = data;
  g_autoptr(SioDecoder) decoder = new_decoder ();
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean complete;

  g_assert_false (add_text (decoder, vector->text, strlen (vector->text), &packet, &complete, &error));
  g_assert_false (complete);
  g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
  g_assert_true (g_str_has_prefix (error->message, vector->message));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (packet.data);

  /* It goes on with the next. */
  g_assert_true (add_text (decoder, "2[\"a\"]", 6, &packet, &complete, NULL));
  g_assert_true (complete);
}

/* No beginning of a packet is one, but for those without data. */
static void
test_truncated (void)
{
  static const char * const texts[] = {
    "2/admin,13[\"bar\",{\"a\":[1,\"é\"]}]", "3/admin,13[\"bar\"]",
    "52-/admin,12[\"baz\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", "61-15[\"bar\",{\"_placeholder\":true,\"num\":0}]", "4/no,{\"message\":\"x\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize length = 0; length < strlen (texts[i]); length++)
      {
        g_autoptr(SioDecoder) decoder = new_decoder ();
        g_auto(SioPacket) packet = { 0 };
        g_autoptr(GError) error = NULL;
        gboolean complete;

        g_assert_false (add_text (decoder, texts[i], length, &packet, &complete, &error));
        g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
      }
}

static void
test_bombs (void)
{
  static const char * const repeated[] = { "[", "{\"a\":", "[[],", "[{\"\":", "\"", "1", "," };

  for (gsize i = 0; i < G_N_ELEMENTS (repeated); i++)
    {
      g_autoptr(GString) text = g_string_new ("2[\"a\",");
      g_autoptr(SioDecoder) decoder = new_decoder ();
      g_auto(SioPacket) packet = { 0 };
      g_autoptr(GError) error = NULL;
      gboolean complete;

      for (guint j = 0; j < 1000000; j++)
        g_string_append (text, repeated[i]);
      g_assert_false (sio_decoder_add_text (decoder, text->str, text->len, &packet, &complete, &error));
      g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
    }
}

/* --- attachments --- */

static void
assert_bytes (SioValue   *value,
              const char *expected)
{
  GBytes *bytes = sio_value_get_bytes (value);

  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
}

static void
test_binary (void)
{
  static const char text[] = "53-/cool,23[\"a\",{\"_placeholder\":true,\"num\":2},{\"deep\":[null,{\"num\":0,\"_placeholder\":true}]},"
                             "{\"_placeholder\":true,\"num\":1,\"more\":[1,2]},{\"_placeholder\":true,\"num\":1},{\"_placeholder\":false}]";
  static const char * const contents[] = { "zero", "one", "" };
  g_autoptr(SioDecoder) decoder = new_decoder ();
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean complete;

  g_assert_true (add_text (decoder, text, strlen (text), &packet, &complete, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (contents[i], strlen (contents[i]));

      g_assert_false (complete);
      g_assert_null (packet.data);
      g_assert_true (sio_decoder_add_binary (decoder, bytes, &packet, &complete, &error));
      g_assert_no_error (error);
    }

  g_assert_true (complete);
  g_assert_cmpint (packet.type, ==, SIO_PACKET_EVENT);
  g_assert_cmpstr (packet.name_space, ==, "/cool");
  g_assert_cmpint (packet.id, ==, 23);
  g_assert_cmpuint (sio_value_get_length (packet.data), ==, 6);
  assert_bytes (sio_value_get_element (packet.data, 1), "");
  assert_bytes (sio_value_get_element (sio_value_lookup (sio_value_get_element (packet.data, 2), "deep"), 1), "zero");
  assert_bytes (sio_value_get_element (packet.data, 3), "one");
  assert_bytes (sio_value_get_element (packet.data, 4), "one");
  g_assert_cmpint (sio_value_get_kind (sio_value_get_element (packet.data, 5)), ==, SIO_VALUE_OBJECT);
}

/* A placeholder inside of another is gone with it; an attachment that nothing stands for is let pass. */
static void
test_odd_placeholders (void)
{
  static const char * const texts[] = {
    "51-[\"a\",{\"x\":{\"_placeholder\":true,\"num\":0},\"_placeholder\":true,\"num\":0}]", "51-[\"a\"]", "51-[7,{\"_placeholder\":true,\"num\":0}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(SioDecoder) decoder = new_decoder ();
      g_auto(SioPacket) packet = { 0 };
      g_autoptr(GBytes) bytes = g_bytes_new ("abc", 3);
      g_autoptr(GError) error = NULL;
      gboolean complete;

      g_assert_true (add_text (decoder, texts[i], strlen (texts[i]), &packet, &complete, &error));
      g_assert_true (sio_decoder_add_binary (decoder, bytes, &packet, &complete, &error));
      g_assert_true (complete);
      if (i != 1)
        assert_bytes (sio_value_get_element (packet.data, 1), "abc");
      g_assert_cmpstr (sio_value_get_string (sio_value_get_element (packet.data, 0)), ==, i == 2 ? "7" : "a");
    }
}

static void
test_binary_ack (void)
{
  static const char text[] = "61-15[\"bar\",{\"_placeholder\":true,\"num\":0}]";
  g_autoptr(SioDecoder) decoder = new_decoder ();
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GBytes) bytes = g_bytes_new ("abc", 3);
  gboolean complete;

  g_assert_true (add_text (decoder, text, strlen (text), &packet, &complete, NULL));
  g_assert_false (complete);
  g_assert_true (sio_decoder_add_binary (decoder, bytes, &packet, &complete, NULL));
  g_assert_true (complete);
  g_assert_cmpint (packet.type, ==, SIO_PACKET_ACK);
  g_assert_cmpint (packet.id, ==, 15);
  assert_bytes (sio_value_get_element (packet.data, 1), "abc");
}

static void
test_attachment_without_header (void)
{
  g_autoptr(SioDecoder) decoder = new_decoder ();
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GBytes) bytes = g_bytes_new ("abc", 3);
  g_autoptr(GError) error = NULL;
  gboolean complete;

  g_assert_false (sio_decoder_add_binary (decoder, bytes, &packet, &complete, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
  g_assert_cmpstr (error->message, ==, "got binary data when not reconstructing a packet");
}

static void
test_text_among_attachments (void)
{
  static const char text[] = "52-[\"a\",{\"_placeholder\":true,\"num\":0}]";
  g_autoptr(SioDecoder) decoder = new_decoder ();
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GBytes) bytes = g_bytes_new ("abc", 3);
  g_autoptr(GError) error = NULL;
  gboolean complete;

  g_assert_true (add_text (decoder, text, strlen (text), &packet, &complete, NULL));
  g_assert_true (sio_decoder_add_binary (decoder, bytes, &packet, &complete, NULL));
  g_assert_false (add_text (decoder, "2[\"b\"]", 6, &packet, &complete, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
  g_assert_cmpstr (error->message, ==, "got plaintext data when reconstructing a packet");
}

/* A program may take any number of attachments; what a packet announces costs nothing until it is there. */
static void
test_many_announced (void)
{
  static const char text[] = "54294967295-[\"a\",{\"_placeholder\":true,\"num\":0}]";
  g_autoptr(SioDecoder) decoder = sio_decoder_new (SIO_DEFAULT_MAX_DEPTH, G_MAXUINT);
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GBytes) bytes = g_bytes_new ("abc", 3);
  gboolean complete = TRUE;

  g_assert_true (add_text (decoder, text, strlen (text), &packet, &complete, NULL));
  g_assert_false (complete);
  g_assert_true (sio_decoder_add_binary (decoder, bytes, &packet, &complete, NULL));
  g_assert_false (complete);
}

/* "should resume decoding after calling destroy()" */
static void
test_reset (void)
{
  static const char text[] = "51-[\"hello\",{\"_placeholder\":true,\"num\":0}]";
  g_autoptr(SioDecoder) decoder = new_decoder ();
  g_auto(SioPacket) packet = { 0 };
  gboolean complete;

  g_assert_true (add_text (decoder, text, strlen (text), &packet, &complete, NULL));
  sio_decoder_reset (decoder);
  g_assert_true (add_text (decoder, "2[\"hello\"]", 10, &packet, &complete, NULL));
  g_assert_true (complete);
  assert_data (&packet, "[\"hello\"]");
}

static void
test_limits (void)
{
  g_autoptr(SioDecoder) decoder = sio_decoder_new (3, 2);
  g_auto(SioPacket) packet = { 0 };
  gboolean complete;

  g_assert_false (add_text (decoder, "53-[\"a\"]", 8, &packet, &complete, NULL));
  g_assert_false (add_text (decoder, "2[\"a\",[[[]]]]", 13, &packet, &complete, NULL));
  g_assert_true (add_text (decoder, "2[\"a\",[[]]]", 11, &packet, &complete, NULL));
  sio_packet_clear (&packet);
  g_assert_true (add_text (decoder, "52-[\"a\"]", 8, &packet, &complete, NULL));
}

/* --- chance --- */

/* What was read is written again, and is the same when it is read once more. */
static void
assert_round_trip (SioPacket *packet)
{
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(SioDecoder) decoder = sio_decoder_new (SIO_DEFAULT_MAX_DEPTH + 1, G_MAXUINT);
  g_auto(SioPacket) again = { 0 };
  g_autoptr(GError) error = NULL;
  GString *text;
  gboolean complete;

  if (packet->type == SIO_PACKET_CONNECT)
    text = sio_packet_encode_connect (packet->name_space, packet->data);
  else if (packet->type == SIO_PACKET_DISCONNECT)
    text = sio_packet_encode_disconnect (packet->name_space);
  else if (packet->type == SIO_PACKET_CONNECT_ERROR)
    return;
  else
    /* As an acknowledgement, which has the name among its arguments. */
    text = sio_packet_encode_message (packet->name_space, NULL, packet->data, MAX (packet->id, 0), attachments);

  g_assert_true (sio_decoder_add_text (decoder, text->str + 1, text->len - 1, &again, &complete, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < attachments->len; i++)
    {
      g_assert_false (complete);
      g_assert_true (sio_decoder_add_binary (decoder, g_ptr_array_index (attachments, i), &again, &complete, &error));
    }
  g_assert_true (complete);
  g_assert_cmpstr (again.name_space, ==, packet->name_space);
  g_assert_true ((again.data == NULL) == (packet->data == NULL));
  g_assert_true (again.data == NULL || sio_value_equal (again.data, packet->data));
  g_string_free (text, TRUE);
}

/* The same bytes as JSON, and as the body of a poll. */
static void
assert_read_otherwise (GString *text)
{
  const char *end = text->str + text->len;
  const char *cursor = text->str;
  gsize first = strcspn (text->str, "[{");
  g_autoptr(SioValue) value = sio_value_new_from_text (text->str + first, (gssize) (text->len - first), NULL);
  SioPayloadPacket packet;

  if (value != NULL)
    {
      g_autofree char *written = sio_value_to_text (value);
      g_autoptr(SioValue) again = sio_value_new_from_text (written, -1, NULL);

      g_assert_nonnull (again);
      g_assert_true (sio_value_equal (value, again));
    }

  while (cursor != NULL && sio_payload_next (&cursor, end, &packet, NULL))
    {
      g_assert_true (packet.bytes != NULL || packet.text + packet.length <= end);
      g_clear_pointer (&packet.bytes, g_bytes_unref);
    }
}

static void
mutate (GString *text,
        GRand   *random)
{
  static const char characters[] = "[]{}\",:\\/-+.eE0123456789tfnu _placeholdernum\x1e\xff\xc3\xa9";
  guint n_changes = (guint) g_rand_int_range (random, 1, 5);

  for (guint i = 0; i < n_changes; i++)
    {
      gssize place = g_rand_int_range (random, 0, (gint32) text->len + 1);
      char character = characters[g_rand_int_range (random, 0, sizeof characters - 1)];

      switch (g_rand_int_range (random, 0, 4))
        {
        case 0:
          g_string_insert_c (text, place, character);
          break;
        case 1:
          if ((gsize) place < text->len)
            g_string_erase (text, place, 1);
          break;
        case 2:
          if ((gsize) place < text->len)
            text->str[place] = character;
          break;
        default:
          g_string_truncate (text, MAX ((gsize) place, text->len / 2));
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
  g_autoptr(GBytes) bytes = g_bytes_new_static ("abc", 3);
  guint n_accepted = 0;

  g_test_message ("SIO_TEST_SEED=%u", seed);

  for (guint i = 0; i < 200000; i++)
    {
      gsize n = G_N_ELEMENTS (accepted);
      guint which = (guint) g_rand_int_range (random, 0, (gint32) n + 2);
      g_autoptr(GString) text = g_string_new (which < n ? accepted[which].text :
                                              which == n ? "52-/a,1[\"b\",{\"_placeholder\":true,\"num\":0},[\"é\",{\"_placeholder\":true,\"num\":1}]]" :
                                              "2[\"message\",{\"id\":\"m-1\",\"n\":-1.5e3,\"t\":\"é\\u00e9\\ud83d\\ude00\",\"l\":[true,null]}]");
      g_autoptr(SioDecoder) decoder = new_decoder ();
      g_auto(SioPacket) packet = { 0 };
      g_autoptr(GError) error = NULL;
      gboolean complete;
      gboolean ok;

      mutate (text, random);
      assert_read_otherwise (text);
      ok = add_text (decoder, text->str, text->len, &packet, &complete, &error);
      while (ok && !complete)
        ok = sio_decoder_add_binary (decoder, bytes, &packet, &complete, &error);

      if (!ok)
        {
          g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          continue;
        }
      n_accepted++;
      assert_round_trip (&packet);
    }

  /* Both sides were tried. */
  g_assert_cmpuint (n_accepted, >, 2000);
  g_assert_cmpuint (n_accepted, <, 198000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *path = g_strdup_printf ("/decoder/accepted/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &accepted[i], test_accepted);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/decoder/refused/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/decoder/truncated", test_truncated);
  g_test_add_func ("/decoder/bombs", test_bombs);
  g_test_add_func ("/decoder/binary", test_binary);
  g_test_add_func ("/decoder/binary-ack", test_binary_ack);
  g_test_add_func ("/decoder/odd-placeholders", test_odd_placeholders);
  g_test_add_func ("/decoder/attachment-without-header", test_attachment_without_header);
  g_test_add_func ("/decoder/text-among-attachments", test_text_among_attachments);
  g_test_add_func ("/decoder/many-announced", test_many_announced);
  g_test_add_func ("/decoder/resumes-after-reset", test_reset);
  g_test_add_func ("/decoder/limits", test_limits);
  g_test_add_func ("/decoder/mutations", test_mutations);

  return g_test_run ();
}
