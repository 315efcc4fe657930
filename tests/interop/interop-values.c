/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is sent comes back as it was: text of all languages and sizes, numbers, binary data. */

#include <string.h>

#include "interop.h"

static void
test_echo (Fixture       *self,
           gconstpointer  user_data)
{
  SioSocket *socket = interop_open_socket (self, "/");
  const char *id = sio_socket_get_id (socket);
  g_autofree char *expected = g_strdup_printf ("[\"%s\"]", id);

  interop_assert_answer (socket, "getId", NULL, expected);
  interop_assert_answer (socket, "echo", "[]", "[]");
  interop_assert_answer (socket, "echo", "[1,\"two\",[3,null,{\"four\":5.5,\"six\":[true,false]}],{}]",
                         "[1,\"two\",[3,null,{\"four\":5.5,\"six\":[true,false]}],{}]");
  g_signal_connect (socket, "event::bounced", G_CALLBACK (interop_log_event), self);
  interop_emit (socket, "bounce", "[\"hello\",{\"a\":[]}]");
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/:bounced \"hello\" {\"a\":[]}\n");
}

static void
test_unicode (Fixture       *self,
              gconstpointer  user_data)
{
  SioSocket *socket = interop_open_socket (self, "/");
  g_autoptr(SioValue) answer = interop_ask (socket, "getUtf8", NULL);
  g_autofree char *numbers = NULL;
  g_autoptr(SioValue) values = NULL;
  SioValue *element;

  g_assert_cmpuint (sio_value_get_length (answer), ==, 5);
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (answer, 0)), ==, "てすと");
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (answer, 1)), ==, "Я Б Г Д Ж Й");
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (answer, 2)), ==, "Ä ä Ü ü ß");
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (answer, 3)), ==, "utf8 — string");
  /* Half a character is none, but no reason to lose the event. */
  g_assert_true (g_str_has_prefix (sio_value_get_string (sio_value_get_element (answer, 4)), "😀\xef\xbf\xbd"));

  interop_assert_answer (socket, "echo", "[\"te\\u0001st \\\"\\\\ \\u2028 🏳️‍🌈 \\ud83d\\ude00\"]",
                         "[\"te\\u0001st \\\"\\\\ \u2028 🏳️‍🌈 😀\"]");

  values = interop_ask (socket, "getNumbers", NULL);
  element = sio_value_get_element (values, 0);
  g_assert_cmpfloat (sio_value_get_double (element), ==, 1e21);
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (values, 1)), ==, G_GINT64_CONSTANT (9007199254740992));
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (values, 2)), ==, 0.1);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (values, 4)), ==, 9223372036854775808.0);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (values, 5)), ==, 1e-7);
  interop_assert_answer (socket, "echo", "[1e21,0.1,-5]", "[1e+21,0.1,-5]");
}

/* Without the numbers and the half characters that the msgpack of both servers cannot write. */
static void
test_msgpack_text (Fixture       *self,
                   gconstpointer  user_data)
{
  SioSocket *socket = interop_open_socket (self, "/");

  interop_assert_answer (socket, "echo", "[\"te\\u0001st \\\"\\\\ \\u2028 🏳️‍🌈 \\ud83d\\ude00\",\"てすと Я Б Ä ß\"]",
                         "[\"te\\u0001st \\\"\\\\ \u2028 🏳️‍🌈 😀\",\"てすと Я Б Ä ß\"]");
  interop_assert_answer (socket, "echo", "[0,-1,127,128,-32,-33,65536,-5000000000,9007199254740991,0.1,-1e-7,true,null]",
                         "[0,-1,127,128,-32,-33,65536,-5000000000,9007199254740991,0.1,-1e-07,true,null]");
}

/* What JSON has no form for comes in the same form with each parser. */
static void
test_kinds (Fixture       *self,
            gconstpointer  user_data)
{
  SioSocket *socket = interop_open_socket (self, "/");
  g_autoptr(SioValue) answer = interop_ask (socket, "getKinds", NULL);
  g_autofree char *text = sio_value_to_text (answer);
  GBytes *buffer = sio_value_get_bytes (sio_value_get_element (sio_value_get_element (answer, 3), 0));

  g_assert_cmpstr (text, ==,
                   "[\"1970-01-01T00:00:01.500Z\",null,{\"kept\":null},[{\"_placeholder\":true,\"num\":0}],"
                   "{\"_placeholder\":true,\"num\":1},1099511627776,-0.5]");
  g_assert_cmpmem (g_bytes_get_data (buffer, NULL), g_bytes_get_size (buffer), "\1\2\3", 3);
}

/* Of a long body the server of python-socketio 5.7 on aiohttp reads only what came first; libsoup writes 8 KiB at once, and bytes
 * grow by a third on polling. */
static gsize
get_largest (Fixture *self,
             gsize    size)
{
  return IS_PYTHON (self->way->kind) && self->way->transports != interop_websocket ? 4000 : size;
}

static void
test_large_text (Fixture       *self,
                 gconstpointer  user_data)
{
  SioSocket *socket = interop_open_socket (self, "/");
  gsize length = get_largest (self, 1024 * 1024);
  g_autofree char *text = g_strnfill (length, 'x');
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(SioValue) answer = NULL;

  memcpy (text + length / 2, "\xc3\xa9", 2);
  arguments = sio_value_new_strings (text, NULL);
  answer = interop_ask (socket, "echo", arguments);
  g_assert_cmpuint (sio_value_get_length (answer), ==, 1);
  g_assert_true (sio_value_equal (answer, arguments));
}

static void
test_binary (Fixture       *self,
             gconstpointer  user_data)
{
  SioSocket *socket = interop_open_socket (self, "/");
  gsize length = get_largest (self, 300000);
  g_autofree guint8 *data = g_malloc (length);
  g_autoptr(GBytes) large = NULL;
  g_autoptr(GBytes) small = g_bytes_new_static ("\0\4\xff", 3);
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(SioValue) answer = NULL;
  SioValue *object, *twin;
  guint sum = 0;

  for (guint i = 0; i < length; i++)
    {
      data[i] = (guint8) (i * 7 + i / 256);
      sum = (sum + data[i]) % 65536;
    }
  large = g_bytes_new (data, length);

  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "name");
  sio_builder_add_string (builder, "photo");
  sio_builder_set_name (builder, "deep");
  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "list");
  sio_builder_begin_array (builder);
  sio_builder_add_null (builder);
  sio_builder_add_bytes (builder, large);
  sio_builder_end (builder);
  sio_builder_set_name (builder, "other");
  sio_builder_add_bytes (builder, small);
  sio_builder_end (builder);
  sio_builder_end (builder);
  arguments = sio_builder_finish (builder);

  answer = interop_ask (socket, "jsonbuff", arguments);
  object = sio_value_get_element (answer, 0);
  g_assert_cmpstr (sio_value_get_string (sio_value_lookup (object, "name")), ==, "photo");
  g_assert_cmpint (sio_value_get_integer (sio_value_lookup (object, "bytes")), ==, (gint64) length);
  g_assert_cmpint (sio_value_get_integer (sio_value_lookup (object, "sum")), ==, sum);
  twin = sio_value_lookup (object, "twin");
  g_assert_true (g_bytes_equal (sio_value_get_bytes (sio_value_get_element (twin, 0)), large));
  g_assert_true (g_bytes_equal (sio_value_get_bytes (sio_value_lookup (sio_value_get_element (twin, 1), "again")), small));

  g_clear_pointer (&answer, sio_value_unref);
  answer = interop_ask (socket, "doge", NULL);
  g_assert_cmpmem (g_bytes_get_data (sio_value_get_bytes (sio_value_get_element (answer, 0)), NULL), 8, "asdfasdf", 8);
}

/* Binary data goes as text both ways, and what comes after is not disturbed. */
static void
test_force_base64 (Fixture       *self,
                   gconstpointer  transports)
{
  SioSocket *chat;
  g_autoptr(SioValue) object = NULL;
  g_autoptr(SioValue) answer = NULL;
  gsize size;

  sio_manager_set_force_base64 (self->manager, TRUE);
  sio_manager_set_timestamps (self->manager, SIO_TIMESTAMPS_ALWAYS);
  chat = interop_open_socket (self, "/chat");
  answer = interop_ask (chat, "doge", NULL);
  g_assert_cmpmem (g_bytes_get_data (sio_value_get_bytes (sio_value_get_element (answer, 0)), &size), 8, "asdfasdf", 8);
  g_assert_cmpuint (size, ==, 8);
  object = interop_ask (chat, "echo", answer);
  g_assert_true (sio_value_equal (object, answer));
}

const Case interop_values_cases[] = {
  { "echo", test_echo, ALL, FALSE },
  { "unicode", test_unicode, 1 << OFFICIAL | 1 << PYTHON | 1 << PROXIED, FALSE },
  { "unicode", test_msgpack_text, 1 << MSGPACK | 1 << PYTHON_MSGPACK, FALSE },
  { "kinds", test_kinds, BOTH_OFFICIAL | 1 << PROXIED, FALSE },
  { "large-text", test_large_text, ALL, FALSE },
  { "binary", test_binary, ALL, FALSE },
  { "force-base64", test_force_base64, BOTH_OFFICIAL | 1 << PROXIED, FALSE },
  { NULL },
};
