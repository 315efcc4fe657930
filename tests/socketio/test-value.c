/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>
#include <string.h>

#include "sio-builder.h"
#include "sio-error.h"
#include "sio-value.h"

static SioValue *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  SioValue *value = sio_value_new_from_text (text, -1, &error);

  g_assert_no_error (error);

  return value;
}

/* A member that is not there reads as nothing, all the way down. */
static void
test_missing (void)
{
  g_assert_cmpint (sio_value_get_kind (NULL), ==, SIO_VALUE_NULL);
  g_assert_false (sio_value_is_number (NULL));
  g_assert_false (sio_value_get_boolean (NULL));
  g_assert_cmpint (sio_value_get_integer (NULL), ==, 0);
  g_assert_cmpfloat (sio_value_get_double (NULL), ==, 0);
  g_assert_null (sio_value_get_string (NULL));
  g_assert_null (sio_value_get_bytes (NULL));
  g_assert_cmpuint (sio_value_get_length (NULL), ==, 0);
  g_assert_null (sio_value_get_element (NULL, 0));
  g_assert_null (sio_value_get_name (NULL, 0));
  g_assert_null (sio_value_lookup (NULL, "a"));
}

/* A getter that does not fit answers the zero of its type. */
static void
test_wrong_kind (void)
{
  g_autoptr(SioValue) value = read_text ("[null,true,7,0.5,\"text\",[1],{\"a\":1}]");

  for (guint i = 0; i < sio_value_get_length (value); i++)
    {
      SioValue *element = sio_value_get_element (value, i);

      g_assert_cmpint (sio_value_get_boolean (element), ==, i == 1);
      g_assert_cmpint (sio_value_get_integer (element), ==, i == 2 ? 7 : 0);
      g_assert_cmpfloat (sio_value_get_double (element), ==, i == 2 ? 7 : i == 3 ? 0.5 : 0);
      g_assert_cmpint (sio_value_is_number (element), ==, i == 2 || i == 3);
      g_assert_cmpstr (sio_value_get_string (element), ==, i == 4 ? "text" : NULL);
      g_assert_null (sio_value_get_bytes (element));
      g_assert_cmpuint (sio_value_get_length (element), ==, i >= 5);
      g_assert_cmpint (sio_value_get_integer (sio_value_get_element (element, 0)), ==, i >= 5);
      g_assert_cmpstr (sio_value_get_name (element, 0), ==, i == 6 ? "a" : NULL);
      g_assert_cmpint (sio_value_get_integer (sio_value_lookup (element, "a")), ==, i == 6);
    }
  g_assert_null (sio_value_get_element (value, 7));
  g_assert_null (sio_value_get_element (value, G_MAXUINT));
}

static void
test_saturation (void)
{
  static const struct { double number; gint64 integer; } vectors[] = {
    { 1.9, 1 }, { -1.9, -1 }, { 0x1p62, G_GINT64_CONSTANT (1) << 62 }, { 0x1p63, G_MAXINT64 }, { 1e300, G_MAXINT64 },
    { -0x1p63, G_MININT64 }, { -1e300, G_MININT64 }, { 0x1.fffffffffffffp62, G_MAXINT64 - 1023 }, { -0.0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(SioBuilder) builder = sio_builder_new ();
      g_autoptr(SioValue) value = NULL;

      sio_builder_add_double (builder, vectors[i].number);
      value = sio_builder_finish (builder);
      g_assert_cmpint (sio_value_get_integer (sio_value_get_element (value, 0)), ==, vectors[i].integer);
    }
}

/* Of repeated names the last counts, and both can be seen by their places. */
static void
test_lookup (void)
{
  g_autoptr(SioValue) value = read_text ("{\"a\":1,\"b\":[9,9],\"a\":2,\"\":3,\"ab\":4,\"a long name of a member\":5}");

  g_assert_cmpint (sio_value_get_integer (sio_value_lookup (value, "a")), ==, 2);
  g_assert_cmpint (sio_value_get_integer (sio_value_lookup (value, "")), ==, 3);
  g_assert_cmpint (sio_value_get_integer (sio_value_lookup (value, "ab")), ==, 4);
  g_assert_cmpint (sio_value_get_integer (sio_value_lookup (value, "a long name of a member")), ==, 5);
  g_assert_null (sio_value_lookup (value, "abc"));
  g_assert_null (sio_value_lookup (value, "toString"));
  g_assert_cmpuint (sio_value_get_length (value), ==, 6);
  g_assert_cmpstr (sio_value_get_name (value, 0), ==, "a");
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (value, 0)), ==, 1);
  g_assert_cmpstr (sio_value_get_name (value, 2), ==, "a");
  g_assert_null (sio_value_get_name (value, 6));
}

/* Containers below and above the length from which their children are found by a table, of one size and of several. */
static void
test_places (void)
{
  for (guint length = 0; length < 70; length++)
    for (guint kind = 0; kind < 4; kind++)
      {
        g_autoptr(SioBuilder) builder = sio_builder_new ();
        g_autoptr(SioValue) value = NULL;
        SioValue *container;

        if (kind & 1)
          sio_builder_begin_object (builder);
        else
          sio_builder_begin_array (builder);
        for (guint i = 0; i < length; i++)
          {
            g_autofree char *name = g_strdup_printf ("%s%u", kind & 2 ? "the name of the member " : "", i);

            if (kind & 1)
              sio_builder_set_name (builder, name);
            if (kind & 2)
              sio_builder_begin_array (builder);
            sio_builder_add_integer (builder, i);
            if (kind & 2)
              sio_builder_end (builder);
          }
        sio_builder_end (builder);
        sio_builder_add_string (builder, "after");
        value = sio_builder_finish (builder);

        container = sio_value_get_element (value, 0);
        g_assert_cmpuint (sio_value_get_length (container), ==, length);
        for (guint i = 0; i < length; i++)
          {
            SioValue *element = sio_value_get_element (container, i);
            g_autofree char *name = g_strdup_printf ("%s%u", kind & 2 ? "the name of the member " : "", i);

            g_assert_cmpint (sio_value_get_integer (kind & 2 ? sio_value_get_element (element, 0) : element), ==, i);
            g_assert_cmpstr (sio_value_get_name (container, i), ==, kind & 1 ? name : NULL);
            g_assert_true (sio_value_lookup (container, name) == (kind & 1 ? element : NULL));
          }
        g_assert_cmpstr (sio_value_get_string (sio_value_get_element (value, 1)), ==, "after");
      }
}

/* A part keeps the whole. */
static void
test_part_outlives_whole (void)
{
  SioValue *value = read_text ("[{\"room\":{\"name\":\"general and then some\"}},[1,2,3]]");
  g_autoptr(SioValue) name = NULL;
  g_autoptr(SioValue) list = NULL;

  name = sio_value_ref (sio_value_lookup (sio_value_lookup (sio_value_get_element (value, 0), "room"), "name"));
  list = sio_value_ref (sio_value_get_element (value, 1));
  sio_value_unref (value);
  g_assert_cmpstr (sio_value_get_string (name), ==, "general and then some");
  g_clear_pointer (&name, sio_value_unref);
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (list, 2)), ==, 3);
}

static gpointer
use_part (gpointer data)
{
  SioValue *part = data;

  for (guint i = 0; i < 20000; i++)
    {
      sio_value_ref (part);
      g_assert_cmpint (sio_value_get_integer (sio_value_lookup (part, "n")), ==, 5);
      sio_value_unref (part);
    }
  sio_value_unref (part);

  return NULL;
}

static void
test_threads (void)
{
  SioValue *value = read_text ("[0,{\"n\":5}]");
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("part", use_part, sio_value_ref (sio_value_get_element (value, 1)));
  sio_value_unref (value);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_equal (void)
{
  static const char * const different[] = {
    "null", "false", "true", "0", "1", "0.5", "\"\"", "\"a\"", "\"b\"", "\"a longer string\"", "[]", "[0]", "[[]]", "[[],0]", "[[0]]",
    "{}", "{\"a\":0}", "{\"b\":0}", "{\"a\":1}", "{\"a\":{}}", "[{},0]", "9223372036854775807", "9223372036854775808", "[\"a\",0]",
  };
  g_autoptr(SioValue) one = read_text ("[1,9007199254740992,{\"a\":-0}]");
  g_autoptr(SioValue) other = read_text ("[1.0,9007199254740992e0,{\"a\":0}]");

  for (gsize i = 0; i < G_N_ELEMENTS (different); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (different); j++)
      {
        g_autoptr(SioValue) a = read_text (different[i]);
        g_autoptr(SioValue) b = read_text (different[j]);

        g_assert_cmpint (sio_value_equal (a, b), ==, i == j);
      }

  g_assert_true (sio_value_equal (one, other));
  g_assert_true (sio_value_equal (other, one));
}

/* Where one has a table, for its numbers take no more room than one node but its strings do, the other has none. */
static void
test_equal_parts (void)
{
  g_autoptr(SioValue) whole = read_text ("[[[1,2],[1,2],{\"x\":\"a\"}],[[1,2],[1,2],{\"x\":\"a\"}],[[1,2],[1,2],{\"x\":\"b\"}]]");
  g_autoptr(GString) text = g_string_new ("[[1]");
  g_autoptr(SioValue) large = NULL;
  g_autoptr(SioValue) again = NULL;

  g_assert_true (sio_value_equal (sio_value_get_element (whole, 0), sio_value_get_element (whole, 1)));
  g_assert_false (sio_value_equal (sio_value_get_element (whole, 0), sio_value_get_element (whole, 2)));

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, ",[%u],\"%u a string of more than a node\"", i, i);
  g_string_append_c (text, ']');
  large = read_text (text->str);
  again = read_text (text->str);
  g_assert_true (sio_value_equal (large, again));
}

static void
test_constructors (void)
{
  static const char * const strings[] = { "a", "", "what is\xff" "broken", NULL };
  g_autoptr(SioValue) none = sio_value_new_strings (NULL, NULL);
  g_autoptr(SioValue) two = sio_value_new_strings ("general", "hello", NULL);
  g_autoptr(SioValue) list = sio_value_new_strv (strings);

  g_assert_cmpint (sio_value_get_kind (none), ==, SIO_VALUE_ARRAY);
  g_assert_cmpuint (sio_value_get_length (none), ==, 0);
  g_assert_cmpuint (sio_value_get_length (two), ==, 2);
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (two, 1)), ==, "hello");
  g_assert_cmpuint (sio_value_get_length (list), ==, 3);
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (list, 2)), ==, "what is\xef\xbf\xbd" "broken");
}

static void
test_json_tree (void)
{
  static const char text[] = "[null,true,false,7,-9223372036854775808,0.5,\"é\",[],[[1]],{},{\"b\":1,\"a\":{\"c\":[2]}}]";
  g_autoptr(SioValue) value = read_text (text);
  g_autoptr(JsonNode) node = sio_value_to_json (value);
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) back = sio_value_new_from_json (node, &error);
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  g_assert_true (sio_value_equal (value, back));
  written = sio_value_to_text (back);
  g_assert_cmpstr (written, ==, text);
}

static void
test_json_tree_infinite (void)
{
  static const double numbers[] = { INFINITY, -INFINITY, NAN };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr(JsonArray) array = json_array_new ();
      g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), array);
      g_autoptr(GError) error = NULL;

      json_array_add_double_element (array, numbers[i]);
      g_assert_null (sio_value_new_from_json (node, &error));
      g_assert_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_json_tree_deep (void)
{
  JsonNode *node = json_node_init_int (json_node_alloc (), 1);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 600; i++)
    {
      JsonArray *array = json_array_new ();

      json_array_add_element (array, node);
      node = json_node_alloc ();
      json_node_init_array (node, array);
      json_array_unref (array);
    }
  g_assert_null (sio_value_new_from_json (node, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT);
  json_node_unref (node);
}

static void
test_json_tree_bytes (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\x01\x02\x03\x04", 4);
  g_autoptr(SioValue) value = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;

  sio_builder_add_bytes (builder, bytes);
  value = sio_builder_finish (builder);
  node = sio_value_to_json (value);
  g_assert_cmpstr (json_array_get_string_element (json_node_get_array (node), 0), ==, "AQIDBA==");
  text = sio_value_to_text (value);
  g_assert_cmpstr (text, ==, "[{\"_placeholder\":true,\"num\":0}]");
}

static void
test_types (void)
{
  g_assert_true (G_TYPE_IS_BOXED (SIO_TYPE_VALUE));
  g_assert_true (G_TYPE_IS_ENUM (SIO_TYPE_VALUE_KIND));
  g_assert_true (G_TYPE_IS_ENUM (SIO_TYPE_STATE));
  g_assert_true (G_TYPE_IS_FLAGS (SIO_TYPE_EMIT_FLAGS));
  g_assert_cmpstr (sio_disconnect_reason_to_string (SIO_DISCONNECT_REASON_SERVER), ==, "io server disconnect");
  g_assert_cmpstr (sio_disconnect_reason_to_string (SIO_DISCONNECT_REASON_CLIENT), ==, "io client disconnect");
  g_assert_cmpstr (sio_disconnect_reason_to_string (SIO_DISCONNECT_REASON_PING_TIMEOUT), ==, "ping timeout");
  g_assert_cmpstr (sio_disconnect_reason_to_string (SIO_DISCONNECT_REASON_TRANSPORT_CLOSE), ==, "transport close");
  g_assert_cmpstr (sio_disconnect_reason_to_string (SIO_DISCONNECT_REASON_TRANSPORT_ERROR), ==, "transport error");
  g_assert_cmpstr (sio_disconnect_reason_to_string (SIO_DISCONNECT_REASON_PARSE_ERROR), ==, "parse error");
  g_assert_cmpstr (sio_disconnect_reason_to_string (SIO_DISCONNECT_REASON_FORCED_CLOSE), ==, "forced close");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/missing", test_missing);
  g_test_add_func ("/value/wrong-kind", test_wrong_kind);
  g_test_add_func ("/value/saturation", test_saturation);
  g_test_add_func ("/value/lookup", test_lookup);
  g_test_add_func ("/value/places", test_places);
  g_test_add_func ("/value/part-outlives-whole", test_part_outlives_whole);
  g_test_add_func ("/value/threads", test_threads);
  g_test_add_func ("/value/equal", test_equal);
  g_test_add_func ("/value/equal-parts", test_equal_parts);
  g_test_add_func ("/value/constructors", test_constructors);
  g_test_add_func ("/value/json-tree", test_json_tree);
  g_test_add_func ("/value/json-tree-infinite", test_json_tree_infinite);
  g_test_add_func ("/value/json-tree-deep", test_json_tree_deep);
  g_test_add_func ("/value/json-tree-bytes", test_json_tree_bytes);
  g_test_add_func ("/value/types", test_types);

  return g_test_run ();
}
