/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "sio-error.h"
#include "sio-payload-private.h"

/* Writes down what a payload holds: types and texts, "!" for an error. */
static char *
describe (const char *body,
          gsize       length)
{
  g_autofree char *copy = g_memdup2 (body, length);
  const char *start = copy != NULL ? copy : "";
  const char *cursor = start;
  GString *description = g_string_new (NULL);

  while (cursor != NULL)
    {
      g_autoptr(GError) error = NULL;
      SioPayloadPacket packet;

      if (!sio_payload_next (&cursor, start + length, &packet, &error))
        {
          g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
          g_assert_null (cursor);
          g_string_append_c (description, '!');
          break;
        }

      g_string_append_printf (description, "(%c:", packet.type);
      if (packet.bytes != NULL)
        g_string_append_len (description, g_bytes_get_data (packet.bytes, NULL), (gssize) g_bytes_get_size (packet.bytes));
      else
        g_string_append_len (description, packet.text, (gssize) packet.length);
      g_string_append_c (description, ')');
      g_clear_pointer (&packet.bytes, g_bytes_unref);
    }

  return g_string_free (description, FALSE);
}

static void
assert_payload (const char *body,
                const char *expected)
{
  g_autofree char *description = describe (body, strlen (body));

  g_assert_cmpstr (description, ==, expected);
}

static void
test_all_packet_types (void)
{
  assert_payload ("0{}\x1e" "1\x1e" "2\x1e" "2probe\x1e" "3\x1e" "3probe\x1e" "4test\x1e" "5\x1e" "6",
                  "(0:{})(1:)(2:)(2:probe)(3:)(3:probe)(4:test)(5:)(6:)");
  assert_payload ("4", "(4:)");
  assert_payload ("4€ 😀", "(4:€ 😀)");
}

static void
test_malformed_payload (void)
{
  assert_payload ("", "!");
  assert_payload ("\x1e", "!");
  assert_payload ("{", "!");
  assert_payload ("{}", "!");
  assert_payload ("7", "!");
  assert_payload ("[\"a123\", \"a456\"]", "!");
  assert_payload ("4a\x1e", "(4:a)!");
  assert_payload ("4a\x1e\x1e" "4b", "(4:a)!");
  assert_payload ("4a\x1e" "x\x1e" "4b", "(4:a)!");
  assert_payload ("\x1e" "4a", "!");
  assert_payload ("\xff", "!");
}

static void
test_binary (void)
{
  assert_payload ("bAQIDBA==", "(b:\x01\x02\x03\x04)");
  assert_payload ("4test\x1e" "bAQIDBA==\x1e" "4x", "(4:test)(b:\x01\x02\x03\x04)(4:x)");
  assert_payload ("b", "(b:)");
  /* As lenient as Node. */
  assert_payload ("bYWJj", "(b:abc)");
  assert_payload ("bYW Jj\n", "(b:abc)");
}

static void
test_nul (void)
{
  g_autofree char *description = describe ("4\0\x1e" "2", 4);

  g_assert_cmpmem (description, 8, "(4:\0)(2:", 8);
}

static void
assert_body (SioPayload *payload,
             const char *expected)
{
  g_autoptr(GBytes) body = sio_payload_steal_bytes (payload);

  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), expected, strlen (expected));
}

static void
test_join (void)
{
  g_auto(SioPayload) payload;
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\x01\x02\x03\x04", 4);

  sio_payload_init (&payload, 0);
  g_assert_true (sio_payload_add_text (&payload, "42[\"hi\"]", 8));
  g_assert_true (sio_payload_add_text (&payload, "451-[\"b\",{\"_placeholder\":true,\"num\":0}]", 39));
  g_assert_true (sio_payload_add_binary (&payload, bytes));
  assert_body (&payload, "42[\"hi\"]\x1e" "451-[\"b\",{\"_placeholder\":true,\"num\":0}]\x1e" "bAQIDBA==");

  g_assert_true (sio_payload_add_text (&payload, "1", 1));
  assert_body (&payload, "1");
}

/* "should merge packets according to maxPayload value" */
static void
test_max_payload (void)
{
  g_auto(SioPayload) payload;
  g_autofree char *text = g_strnfill (100, '4');
  g_autoptr(GBytes) body = NULL;

  sio_payload_init (&payload, 100);
  g_assert_true (sio_payload_add_text (&payload, text, 60));
  g_assert_false (sio_payload_add_text (&payload, text, 40));
  g_assert_true (sio_payload_add_text (&payload, text, 39));
  g_assert_false (sio_payload_add_text (&payload, text, 1));
  body = sio_payload_steal_bytes (&payload);
  g_assert_cmpuint (g_bytes_get_size (body), ==, 100);
}

/* "should merge binary packets according to maxPayload value" */
static void
test_max_payload_binary (void)
{
  g_auto(SioPayload) payload;
  g_autoptr(GBytes) large = g_bytes_new_take (g_malloc0 (48), 48);
  g_autoptr(GBytes) small = g_bytes_new_take (g_malloc0 (22), 22);
  g_autoptr(GBytes) smaller = g_bytes_new_take (g_malloc0 (21), 21);
  g_autoptr(GBytes) body = NULL;

  sio_payload_init (&payload, 95);
  g_assert_true (sio_payload_add_binary (&payload, large));
  g_assert_false (sio_payload_add_binary (&payload, small));
  g_assert_true (sio_payload_add_binary (&payload, smaller));
  body = sio_payload_steal_bytes (&payload);
  g_assert_cmpuint (g_bytes_get_size (body), ==, 1 + 64 + 1 + 1 + 28);
}

/* "should send a packet whose length is above the maxPayload value anyway" */
static void
test_oversized (void)
{
  g_auto(SioPayload) payload;
  g_autofree char *text = g_strnfill (200, '4');

  sio_payload_init (&payload, 100);
  g_assert_true (sio_payload_add_text (&payload, text, 200));
  g_assert_false (sio_payload_add_text (&payload, text, 1));
  assert_body (&payload, text);

  g_assert_true (sio_payload_add_text (&payload, "4", 1));
  g_assert_false (sio_payload_add_text (&payload, text, 200));
}

static void
test_max_packets (void)
{
  g_auto(SioPayload) payload;

  sio_payload_init (&payload, 0);
  for (guint i = 0; i < SIO_PAYLOAD_MAX_PACKETS; i++)
    g_assert_true (sio_payload_add_text (&payload, "4", 1));
  g_assert_false (sio_payload_add_text (&payload, "4", 1));
  assert_body (&payload, "4\x1e" "4\x1e" "4\x1e" "4\x1e" "4\x1e" "4\x1e" "4\x1e" "4\x1e"
                         "4\x1e" "4\x1e" "4\x1e" "4\x1e" "4\x1e" "4\x1e" "4\x1e" "4");
  g_assert_true (sio_payload_add_text (&payload, "4", 1));
}

/* Random bytes: it ends, and says no more than it was given. */
static void
test_random (void)
{
  static const char alphabet[] = "0123456b\x1e\x1e\x1e" "aA=/+ \xff{";
  g_autoptr(GRand) random = g_rand_new_with_seed (22);

  for (guint i = 0; i < 50000; i++)
    {
      char body[64];
      gsize length = (gsize) g_rand_int_range (random, 0, sizeof body);
      g_autofree char *description = NULL;

      for (gsize j = 0; j < length; j++)
        body[j] = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
      description = describe (body, length);
      g_assert_cmpuint (strlen (description), <=, 5 * (length + 1));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payload/all-packet-types", test_all_packet_types);
  g_test_add_func ("/payload/malformed-payload", test_malformed_payload);
  g_test_add_func ("/payload/binary", test_binary);
  g_test_add_func ("/payload/nul", test_nul);
  g_test_add_func ("/payload/join", test_join);
  g_test_add_func ("/payload/max-payload", test_max_payload);
  g_test_add_func ("/payload/max-payload-binary", test_max_payload_binary);
  g_test_add_func ("/payload/oversized", test_oversized);
  g_test_add_func ("/payload/max-packets", test_max_packets);
  g_test_add_func ("/payload/random", test_random);

  return g_test_run ();
}
