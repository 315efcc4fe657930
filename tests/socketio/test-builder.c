/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include "sio-builder.h"

static void
assert_finishes (SioBuilder *builder,
                 const char *expected)
{
  g_autoptr(SioValue) value = sio_builder_finish (builder);
  g_autofree char *text = sio_value_to_text (value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_all_kinds (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  sio_builder_add_null (builder);
  sio_builder_add_boolean (builder, TRUE);
  sio_builder_add_boolean (builder, 42);
  sio_builder_add_boolean (builder, FALSE);
  sio_builder_add_integer (builder, G_MININT64);
  sio_builder_add_double (builder, 0.5);
  sio_builder_add_string (builder, "a");
  sio_builder_begin_array (builder);
  sio_builder_end (builder);
  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "limit");
  sio_builder_add_integer (builder, 40);
  sio_builder_set_name (builder, "inner");
  sio_builder_begin_object (builder);
  sio_builder_end (builder);
  sio_builder_end (builder);
  assert_finishes (builder, "[null,true,true,false,-9223372036854775808,0.5,\"a\",[],{\"limit\":40,\"inner\":{}}]");
}

static void
test_reuse (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  assert_finishes (builder, "[]");
  sio_builder_add_integer (builder, 1);
  assert_finishes (builder, "[1]");
  assert_finishes (builder, "[]");
}

/* What JSON does not have. */
static void
test_not_json (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  sio_builder_add_double (builder, NAN);
  sio_builder_add_double (builder, INFINITY);
  sio_builder_add_double (builder, -INFINITY);
  sio_builder_add_string (builder, NULL);
  sio_builder_add_bytes (builder, NULL);
  sio_builder_add_value (builder, NULL);
  sio_builder_add_string (builder, "half \xe2\x82");
  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "\xff");
  sio_builder_add_string (builder, "\xed\xa0\x80");
  sio_builder_end (builder);
  assert_finishes (builder, "[null,null,null,null,null,null,\"half \xef\xbf\xbd\xef\xbf\xbd\","
                            "{\"\xef\xbf\xbd\":\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"}]");
}

static void
test_add_value (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) inner = sio_value_new_from_text ("[[1,\"a string of more than one node\",{\"b\":[]}],2]", -1, NULL);
  g_autoptr(SioValue) part = NULL;
  g_autoptr(SioValue) value = NULL;

  sio_builder_add_string (builder, "before");
  sio_builder_add_value (builder, inner);
  sio_builder_add_value (builder, sio_value_get_element (inner, 0));
  sio_builder_add_value (builder, sio_value_get_element (inner, 1));
  value = sio_builder_finish (builder);
  g_assert_true (sio_value_equal (sio_value_get_element (value, 1), inner));
  g_assert_true (sio_value_equal (sio_value_get_element (value, 2), sio_value_get_element (inner, 0)));

  part = sio_value_ref (sio_value_get_element (sio_value_get_element (sio_value_get_element (value, 1), 0), 2));
  g_clear_pointer (&value, sio_value_unref);
  g_assert_cmpstr (sio_value_get_name (part, 0), ==, "b");
}

/* Values that hold tables of their own and bytes, copied into a builder that grows meanwhile. */
static void
test_add_large_value (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr(SioValue) inner = NULL;
  g_autoptr(SioValue) value = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strnfill (i, 'x');

      sio_builder_add_string (builder, text);
      sio_builder_add_bytes (builder, bytes);
    }
  inner = sio_builder_finish (builder);
  for (guint i = 0; i < 20; i++)
    sio_builder_add_value (builder, inner);
  value = sio_builder_finish (builder);

  for (guint i = 0; i < 20; i++)
    {
      SioValue *copy = sio_value_get_element (value, i);

      g_assert_true (sio_value_equal (copy, inner));
      g_assert_true (sio_value_get_bytes (sio_value_get_element (copy, 599)) == bytes);
    }
}

static void
test_bytes_are_released (void)
{
  GBytes *bytes = g_bytes_new_static ("abc", 3);
  SioBuilder *builder = sio_builder_new ();
  SioValue *value;

  sio_builder_add_bytes (builder, bytes);
  sio_builder_add_bytes (builder, bytes);
  value = sio_builder_finish (builder);
  sio_builder_add_bytes (builder, bytes);
  sio_builder_unref (builder);
  g_assert_cmpmem (g_bytes_get_data (sio_value_get_bytes (sio_value_get_element (value, 1)), NULL), 3, "abc", 3);
  sio_value_unref (value);
  /* Only ours is left: the data is handed over, not copied. */
  g_free (g_bytes_unref_to_data (bytes, &(gsize) { 0 }));
}

static void
test_reference (void)
{
  SioBuilder *builder = sio_builder_new ();

  g_assert_true (sio_builder_ref (builder) == builder);
  sio_builder_unref (builder);
  sio_builder_add_integer (builder, 1);
  assert_finishes (builder, "[1]");
  sio_builder_unref (builder);
  g_assert_true (G_TYPE_IS_BOXED (SIO_TYPE_BUILDER));
}

/* Mistakes of the program: a critical, and nothing changed. */
static void
test_mistakes (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  sio_builder_add_integer (builder, 1);

  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*sio_builder_end*");
  sio_builder_end (builder);
  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*sio_builder_set_name*");
  sio_builder_set_name (builder, "outside of an object");

  sio_builder_begin_object (builder);
  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*sio_builder_add_integer*takes_value*");
  sio_builder_add_integer (builder, 2);
  sio_builder_set_name (builder, "a");
  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*sio_builder_set_name*");
  sio_builder_set_name (builder, "b");
  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*sio_builder_end*");
  sio_builder_end (builder);
  sio_builder_add_integer (builder, 3);
  g_test_expect_message ("socketio-glib", G_LOG_LEVEL_CRITICAL, "*sio_builder_finish*");
  g_assert_null (sio_builder_finish (builder));
  sio_builder_end (builder);
  g_test_assert_expected_messages ();

  assert_finishes (builder, "[1,{\"a\":3}]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/builder/all-kinds", test_all_kinds);
  g_test_add_func ("/builder/reuse", test_reuse);
  g_test_add_func ("/builder/not-json", test_not_json);
  g_test_add_func ("/builder/add-value", test_add_value);
  g_test_add_func ("/builder/add-large-value", test_add_large_value);
  g_test_add_func ("/builder/bytes-are-released", test_bytes_are_released);
  g_test_add_func ("/builder/reference", test_reference);
  g_test_add_func ("/builder/mistakes", test_mistakes);

  return g_test_run ();
}
