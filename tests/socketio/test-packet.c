/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How packets are written; the names are those of the official parser's tests. */

#include <string.h>

#include "sio-builder.h"
#include "sio-packet-private.h"

static void
assert_text (GString    *text,
             const char *expected)
{
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpuint (text->len, ==, strlen (expected));
  g_string_free (text, TRUE);
}

static SioValue *
read_text (const char *text)
{
  SioValue *value = sio_value_new_from_text (text, -1, NULL);

  g_assert_nonnull (value);

  return value;
}

static void
assert_message (const char *name_space,
                const char *event,
                const char *arguments,
                gint64      id,
                const char *expected)
{
  g_autoptr(SioValue) value = arguments != NULL ? read_text (arguments) : NULL;

  assert_text (sio_packet_encode_message (name_space, event, value, id, NULL), expected);
}

static void
test_connection (void)
{
  g_autoptr(SioValue) auth = read_text ("{\"token\":\"123\"}");

  assert_text (sio_packet_encode_connect ("/", NULL), "40");
  assert_text (sio_packet_encode_connect ("/", auth), "40{\"token\":\"123\"}");
  assert_text (sio_packet_encode_connect ("/admin", NULL), "40/admin,");
  assert_text (sio_packet_encode_connect ("/admin", auth), "40/admin,{\"token\":\"123\"}");
}

static void
test_disconnection (void)
{
  assert_text (sio_packet_encode_disconnect ("/"), "41");
  assert_text (sio_packet_encode_disconnect ("/admin"), "41/admin,");
}

static void
test_event (void)
{
  assert_message ("/", "a", "[1,{}]", SIO_PACKET_NO_ID, "42[\"a\",1,{}]");
  assert_message ("/", "a", NULL, SIO_PACKET_NO_ID, "42[\"a\"]");
  assert_message ("/", "a", "[]", SIO_PACKET_NO_ID, "42[\"a\"]");
  assert_message ("/admin", "bar", "[[\"x\"],null]", SIO_PACKET_NO_ID, "42/admin,[\"bar\",[\"x\"],null]");
  assert_message ("/", "é\"\n", "[\"\\u001e\"]", SIO_PACKET_NO_ID, "42[\"é\\\"\\n\",\"\\u001e\"]");
  assert_message ("/", "", NULL, SIO_PACKET_NO_ID, "42[\"\"]");
}

static void
test_event_with_ack (void)
{
  assert_message ("/test", "a", "[1,{}]", 1, "42/test,1[\"a\",1,{}]");
  assert_message ("/", "a", NULL, 0, "420[\"a\"]");
  assert_message ("/", "a", NULL, SIO_MAX_ID, "429007199254740991[\"a\"]");
}

static void
test_ack (void)
{
  assert_message ("/", NULL, "[\"a\",1,{}]", 123, "43123[\"a\",1,{}]");
  assert_message ("/admin", NULL, "[]", 13, "43/admin,13[]");
  assert_message ("/admin", NULL, NULL, 13, "43/admin,13[]");
}

/* Attachments are numbered from the outermost inwards in the order in which they are written. */
static void
test_binary (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr(GBytes) two = g_bytes_new_static ("two", 3);
  g_autoptr(GBytes) three = g_bytes_new_static ("three", 5);
  g_autoptr(SioValue) arguments = NULL;

  sio_builder_add_bytes (builder, one);
  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "deep");
  sio_builder_begin_array (builder);
  sio_builder_add_null (builder);
  sio_builder_add_bytes (builder, two);
  sio_builder_end (builder);
  sio_builder_set_name (builder, "file");
  sio_builder_add_bytes (builder, three);
  sio_builder_end (builder);
  arguments = sio_builder_finish (builder);

  assert_text (sio_packet_encode_message ("/cool", "a", arguments, 23, attachments),
               "453-/cool,23[\"a\",{\"_placeholder\":true,\"num\":0},{\"deep\":[null,{\"_placeholder\":true,\"num\":1}],"
               "\"file\":{\"_placeholder\":true,\"num\":2}}]");
  g_assert_cmpuint (attachments->len, ==, 3);
  g_assert_true (g_ptr_array_index (attachments, 0) == one);
  g_assert_true (g_ptr_array_index (attachments, 1) == two);
  g_assert_true (g_ptr_array_index (attachments, 2) == three);
}

static void
test_binary_ack (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("xxx", 3);
  g_autoptr(SioValue) arguments = NULL;

  sio_builder_add_string (builder, "a");
  sio_builder_add_bytes (builder, bytes);
  arguments = sio_builder_finish (builder);
  assert_text (sio_packet_encode_message ("/back", NULL, arguments, 127, attachments),
               "461-/back,127[\"a\",{\"_placeholder\":true,\"num\":0}]");
  g_assert_cmpuint (attachments->len, ==, 1);
}

/* Only what is sent counts: not the bytes beside it in the same document. */
static void
test_part_without_bytes (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("xxx", 3);
  g_autoptr(SioValue) whole = NULL;

  for (guint i = 0; i < 3; i++)
    {
      sio_builder_begin_array (builder);
      if (i == 1)
        sio_builder_add_integer (builder, 1);
      else
        sio_builder_add_bytes (builder, bytes);
      sio_builder_end (builder);
    }
  whole = sio_builder_finish (builder);

  assert_text (sio_packet_encode_message ("/", "a", sio_value_get_element (whole, 1), SIO_PACKET_NO_ID, attachments),
               "42[\"a\",1]");
  g_assert_cmpuint (attachments->len, ==, 0);
  assert_text (sio_packet_encode_message ("/", "a", sio_value_get_element (whole, 2), SIO_PACKET_NO_ID, attachments),
               "451-[\"a\",{\"_placeholder\":true,\"num\":0}]");
  g_assert_cmpuint (attachments->len, ==, 1);
}

static void
test_reserved_names (void)
{
  static const char * const reserved[] = {
    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
  };
  static const char * const free_names[] = { "", "Connect", "connecting", "message", "error", "ping", "reconnect" };

  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    g_assert_true (sio_packet_name_is_reserved (reserved[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (free_names); i++)
    g_assert_false (sio_packet_name_is_reserved (free_names[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packet/encodes-connection", test_connection);
  g_test_add_func ("/packet/encodes-disconnection", test_disconnection);
  g_test_add_func ("/packet/encodes-an-event", test_event);
  g_test_add_func ("/packet/encodes-an-event-with-ack", test_event_with_ack);
  g_test_add_func ("/packet/encodes-an-ack", test_ack);
  g_test_add_func ("/packet/encodes-bytes-deep-in-json", test_binary);
  g_test_add_func ("/packet/encodes-a-binary-ack", test_binary_ack);
  g_test_add_func ("/packet/part-without-bytes", test_part_without_bytes);
  g_test_add_func ("/packet/reserved-names", test_reserved_names);

  return g_test_run ();
}
