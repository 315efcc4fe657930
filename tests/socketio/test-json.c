/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the JSON reader takes, what it refuses, and what the writer makes of it. */

#include <locale.h>
#include <string.h>

#include "sio-builder.h"
#include "sio-error.h"
#include "sio-packet-private.h"
#include "sio-value.h"

typedef struct
{
  const char *text;
  const char *expected; /* what it is written as; NULL for the text itself */
} Accepted;

static const Accepted accepted[] = {
  { "null" }, { "true" }, { "false" }, { "0" }, { "-1" }, { "\"\"" }, { "[]" }, { "{}" },
  { " \t\r\n[ \t\r\n] \t\r\n", "[]" }, { "{ \"a\" : 1 , \"b\" : [ 2 ] }", "{\"a\":1,\"b\":[2]}" },
  { "[[],[[]],{},{\"a\":{}}]" }, { "{\"a\":1,\"a\":2}" }, { "{\"\":0}" },
  { "[true,false,null,0,\"x\"]" },

  /* Numbers */
  { "9007199254740991" }, { "9007199254740992" }, { "9007199254740993" }, { "-9007199254740993" },
  { "9223372036854775807" }, { "-9223372036854775808" }, { "123456789012345678" }, { "1234567890123456789" },
  { "9223372036854775808", "9.223372036854776e+18" }, { "-9223372036854775809", "-9.223372036854776e+18" },
  { "18446744073709551616", "1.8446744073709552e+19" }, { "99999999999999999999", "1e+20" },
  { "123456789012345678901", "1.2345678901234568e+20" },
  { "1e21", "1e+21" }, { "1E21", "1e+21" }, { "1e+21" }, { "1.0", "1" }, { "1e3", "1000" }, { "1E-2", "0.01" },
  { "100e-2", "1" }, { "0e5", "0" }, { "0.0", "0" }, { "-0" }, { "-0.0", "-0" }, { "0e999999999999", "0" },
  { "0.1" }, { "0.2" }, { "0.30000000000000004" }, { "1.7976931348623157e+308" }, { "5e-324", "4.94065645841247e-324" },
  { "2.2250738585072014e-308" }, { "1e-400", "0" }, { "-1e-400", "-0" }, { "3.141592653589793" }, { "1e22", "1e+22" }, { "1e23", "1e+23" },
  { "8.5e15", "8500000000000000" }, { "0.000001", "1e-06" }, { "123e-2", "1.23" }, { "7.0E+0", "7" },
  { "1e400", "1.7976931348623157e+308" }, { "-1e400", "-1.7976931348623157e+308" },
  { "1e999999999999999999999", "1.7976931348623157e+308" }, { "1e-999999999999999999999", "0" },
  { "0.00000000000000000000000000000000000000000000000000000000000000000000000000000000001e83", "1" },

  /* Strings */
  { "\"a\\u0062c\"", "\"abc\"" }, { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
  { "\"\\u001f\\u007f\\u001e\"", "\"\\u001f\x7f\\u001e\"" }, { "\"\\u000b\"" },
  { "\"\\u20AC\\u20ac\"", "\"€€\"" }, { "\"\\ud83d\\ude00\"", "\"😀\"" }, { "\"\\uD83D\\uDE00\"", "\"😀\"" },
  { "\"\\udbff\\udfff\"", "\"\xf4\x8f\xbf\xbf\"" }, { "\"\\uffff\"", "\"\xef\xbf\xbf\"" },
  { "\"Ωмега 中文 😀 ñ\"" }, { "\"\x7f\"" }, { "\"\xe2\x80\xa8\xe2\x80\xa9\"" },
  { "\"a string that is longer than the words it is read by, with é and \\\" in it\"" },
  { "\"\\u0000\"", "\"\xef\xbf\xbd\"" }, { "\"a\\u0000b\"", "\"a\xef\xbf\xbd" "b\"" },
  { "\"\\ud800\"", "\"\xef\xbf\xbd\"" }, { "\"\\udc00\"", "\"\xef\xbf\xbd\"" }, { "\"\\ud800x\"", "\"\xef\xbf\xbdx\"" },
  { "\"\\ud800\\ud800\\udc00\"", "\"\xef\xbf\xbd𐀀\"" }, { "\"\\udc00\\ud800\"", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
  { "\"\\ud800\\u0041\"", "\"\xef\xbf\xbd" "A\"" }, { "\"\\ud800\\n\"", "\"\xef\xbf\xbd\\n\"" },
  { "{\"\\ud800\":\"\\u0000\"}", "{\"\xef\xbf\xbd\":\"\xef\xbf\xbd\"}" },
  { "{\"__proto__\":1,\"toString\":\"foo\",\"_placeholder\":true,\"num\":0}" },
};

static const char * const refused[] = {
  "", " ", "\n", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1]]", "[1][2]", "[1]x", "[1],", "[}", "{]",
  "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{\"a\"}", "{\"a\" 1}", "{a:1}", "{1:1}", "{,}", "{'a':1}",
  "{\"a\":1 \"b\":2}", "{\"a\":1,,\"b\":2}", "{\"a\"::1}", "{\"a\":1}}", "{null:1}", "[\"a\":1]", "{\"a\",1}",
  "nul", "nulll", "Null", "tru", "truE", "fals", "falsey", "undefined", "NaN", "Infinity", "-Infinity", "nan", "inf", "[nul]", "[t", "n",
  "01", "-01", "00", "[01]", "+1", ".5", "5.", "5.e1", "1e", "1e+", "1E-", "1e1.5", "0x10", "1_000", "-", "--1", "-a", "1a", "[-]", "1.2.3", "- 1",
  "0e", "0.e1", "[1.]", "1e5e5", "１",
  "\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"", "\"\\'\"", "\"\\u\"", "\"\\u12\"", "\"\\u123\"", "\"\\u123g\"", "\"\\U0041\"", "\"\\ud800\\u\"",
  "\"\\ud800\\udc0\"", "\"a\nb\"", "\"a\tb\"", "\"\r\"", "\"\x01\"", "\"\x1f\"", "'a'", "a", "\"a\"b", "\"a\" \"b\"", "`a`",
  "\"\\u 041\"", "\"\\u+041\"", "\"\\u-041\"",
  "/*c*/[1]", "[1]//c", "#", "\xef\xbb\xbf[]", "[\v1]", "[\f1]", "[\xc2\xa0""1]", "é", "[é]",
  /* invalid UTF-8 */
  "\"\x80\"", "\"\xbf\"", "\"\xc0\x80\"", "\"\xc1\xbf\"", "\"\xc2\"", "\"\xc2" "a\"", "\"\xe0\x80\x80\"", "\"\xe0\x9f\xbf\"", "\"\xe2\x82\"",
  "\"\xed\xa0\x80\"", "\"\xed\xbf\xbf\"", "\"\xf0\x80\x80\x80\"", "\"\xf0\x8f\xbf\xbf\"", "\"\xf0\x9f\x98\"", "\"\xf4\x90\x80\x80\"", "\"\xf5\x80\x80\x80\"",
  "\"\xfe\"", "\"\xff\"", "\"a plain start and then \xff\"", "\"\xc2", "\"\xe2\x82", "\"\xf0\x9f\x98", "\xff", "[\xff]", "{\"\xff\":1}",
};

static void
test_accepted (gconstpointer data)
{
  const Accepted *vector = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) value = sio_value_new_from_text (vector->text, -1, &error);
  g_autoptr(SioValue) again = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (value);

  text = sio_value_to_text (value);
  g_assert_cmpstr (text, ==, vector->expected != NULL ? vector->expected : vector->text);

  again = sio_value_new_from_text (text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (sio_value_equal (value, again));
}

static void
test_refused (gconstpointer data)
{
  const char *text = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (sio_value_new_from_text (text, -1, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* A copy that ends where the text does, so that a sanitizer sees who looks further. */
static SioValue *
read_exactly (const char  *text,
              gsize        length,
              GError     **error)
{
  g_autofree char *copy = g_memdup2 (text, length);

  return sio_value_new_from_text (copy != NULL ? copy : "", (gssize) length, error);
}

static void
test_unterminated (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(SioValue) value = read_exactly (accepted[i].text, strlen (accepted[i].text), &error);

      g_assert_no_error (error);
      g_assert_nonnull (value);
    }
}

/* No beginning of an array or object is a text of its own. */
static void
test_truncated (void)
{
  static const char text[] =
    "{\"id\":\"m-1\",\"n\":[1,-2.5e+3,true,false,null,\"é\\u00e9\\ud83d\\ude00 and some more\"],\"o\":{\"p\":{},\"q\":[[]]}}";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (read_exactly (text, length, &error));
      g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
    }
}

static void
test_nul (void)
{
  static const char * const texts[] = { "\0", "[\0]", "\"\0\"", "[]\0", "1\0", "\"\\\0\"", "{\"\0\":1}" };
  static const gsize lengths[] = { 1, 3, 3, 3, 2, 4, 7 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (read_exactly (texts[i], lengths[i], &error));
      g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
    }
}

/* --- depth --- */

static char *
nest (const char *open,
      const char *inside,
      const char *close,
      gsize       depth)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inside);
  for (gsize i = 0; i < depth; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
assert_depth (const char *open,
              const char *inside,
              const char *close,
              gsize       depth,
              gboolean    allowed)
{
  g_autofree char *text = nest (open, inside, close, depth);
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) value = sio_value_new_from_text (text, -1, &error);
  g_autofree char *written = NULL;

  if (!allowed)
    {
      g_assert_null (value);
      g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
      return;
    }

  g_assert_no_error (error);
  written = sio_value_to_text (value);
  g_assert_cmpstr (written, ==, text);
}

static void
test_depth (void)
{
  assert_depth ("[", "", "]", SIO_DEFAULT_MAX_DEPTH, TRUE);
  assert_depth ("[", "", "]", SIO_DEFAULT_MAX_DEPTH + 1, FALSE);
  assert_depth ("{\"a\":", "1", "}", SIO_DEFAULT_MAX_DEPTH, TRUE);
  assert_depth ("{\"a\":", "1", "}", SIO_DEFAULT_MAX_DEPTH + 1, FALSE);
  assert_depth ("[", "", "]", 1000000, FALSE);
  assert_depth ("[", "", "", 1000000, FALSE);
  assert_depth ("{\"a\":", "1", "}", 1000000, FALSE);
  assert_depth ("{\"\":", "", "", 1000000, FALSE);
  assert_depth ("[{\"a\":", "", "", 1000000, FALSE);
}

/* What a caller builds may be as deep as they like. */
static void
test_deep_build (void)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) value = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = nest ("[", "", "]", 200001);

  for (guint i = 0; i < 200000; i++)
    sio_builder_begin_array (builder);
  for (guint i = 0; i < 200000; i++)
    sio_builder_end (builder);
  value = sio_builder_finish (builder);
  text = sio_value_to_text (value);
  g_assert_cmpstr (text, ==, expected);
  g_assert_true (sio_value_equal (value, value));
}

/* --- numbers --- */

static void
test_number_kinds (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) value = sio_value_new_from_text ("[9007199254740993,9223372036854775807,9223372036854775808,"
                                                       "-9223372036854775808,123456789012345678901,1e400,-0,2.0]", -1, &error);
  static const SioValueKind kinds[] = {
    SIO_VALUE_INTEGER, SIO_VALUE_INTEGER, SIO_VALUE_DOUBLE, SIO_VALUE_INTEGER, SIO_VALUE_DOUBLE, SIO_VALUE_DOUBLE,
    SIO_VALUE_DOUBLE, SIO_VALUE_DOUBLE,
  };

  g_assert_no_error (error);
  g_assert_cmpuint (sio_value_get_length (value), ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpint (sio_value_get_kind (sio_value_get_element (value, i)), ==, kinds[i]);

  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (value, 0)), ==, G_GINT64_CONSTANT (9007199254740993));
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (value, 1)), ==, G_MAXINT64);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (value, 2)), ==, 0x1p63);
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (value, 2)), ==, G_MAXINT64);
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (value, 3)), ==, G_MININT64);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (value, 4)), ==, 123456789012345678901.0);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (value, 5)), ==, G_MAXDOUBLE);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (value, 6)), ==, 0);
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (value, 7)), ==, 2);
}

/* Each double that is written reads as the same one, whichever way it takes through the reader. */
static void
test_doubles_round_trip (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (20);

  for (guint i = 0; i < 20000; i++)
    {
      guint64 bits = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
      g_autoptr(SioBuilder) builder = sio_builder_new ();
      g_autoptr(SioValue) value = NULL;
      g_autoptr(SioValue) again = NULL;
      g_autofree char *text = NULL;
      double number;

      memcpy (&number, &bits, sizeof number);
      sio_builder_add_double (builder, number);
      sio_builder_add_double (builder, g_rand_double_range (random, -1000, 1000));
      sio_builder_add_double (builder, (double) g_rand_int_range (random, -100000, 100000) / 100);
      value = sio_builder_finish (builder);
      text = sio_value_to_text (value);
      again = sio_value_new_from_text (text, -1, NULL);
      g_assert_nonnull (again);
      for (guint j = 0; j < 3; j++)
        g_assert_true (sio_value_get_double (sio_value_get_element (value, j)) ==
                       sio_value_get_double (sio_value_get_element (again, j)));
    }
}

/* The quick way to a double has to come to the same as strtod(). */
static void
test_doubles_read_exactly (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (21);

  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d%06u.%0*ue%d", g_rand_int_range (random, -999, 999),
                                               g_rand_int (random) % 1000000, g_rand_int_range (random, 1, 12),
                                               g_rand_int (random) % 100000, g_rand_int_range (random, -30, 30));
      g_autoptr(GError) error = NULL;
      g_autoptr(SioValue) value = NULL;

      if (text[0] == '0' || (text[0] == '-' && text[1] == '0'))
        continue;
      value = sio_value_new_from_text (text, -1, &error);
      g_assert_no_error (error);
      g_assert_true (sio_value_get_double (value) == g_ascii_strtod (text, NULL));
    }
}

static void
test_long_number (void)
{
  g_autoptr(GString) text = g_string_new ("0.");
  g_autoptr(SioValue) value = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, '3');
  value = sio_value_new_from_text (text->str, (gssize) text->len, NULL);
  g_assert_cmpfloat_with_epsilon (sio_value_get_double (value), 1.0 / 3, 1e-15);
}

static void
test_locale (void)
{
  static const char * const locales[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "C.UTF-8" };
  g_autofree char *before = g_strdup (setlocale (LC_NUMERIC, NULL));
  g_autoptr(SioValue) value = NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (locales) && setlocale (LC_NUMERIC, locales[i]) == NULL; i++)
    continue;

  value = sio_value_new_from_text ("[0.5,1.2345678901234567e-100,1234567.891]", -1, NULL);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (value, 0)), ==, 0.5);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (value, 1)), ==, 1.2345678901234567e-100);
  text = sio_value_to_text (value);
  g_assert_cmpstr (text, ==, "[0.5,1.2345678901234567e-100,1234567.891]");

  setlocale (LC_NUMERIC, before);
}

/* --- size --- */

static void
test_large (void)
{
  g_autoptr(GString) text = g_string_new ("[");
  g_autoptr(SioValue) value = NULL;
  g_autofree char *written = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%s{\"n\":%u,\"s\":\"the string of number %u\"}", i > 0 ? "," : "", i, i);
  g_string_append_c (text, ']');

  value = sio_value_new_from_text (text->str, (gssize) text->len, NULL);
  g_assert_cmpuint (sio_value_get_length (value), ==, 100000);
  for (guint i = 0; i < 100000; i++)
    g_assert_cmpint (sio_value_get_integer (sio_value_lookup (sio_value_get_element (value, i), "n")), ==, i);
  written = sio_value_to_text (value);
  g_assert_cmpstr (written, ==, text->str);
}

/* Strings of every length around the size of a node and of a word, with something special at every place. */
static void
test_string_lengths (void)
{
  static const char * const specials[] = { "", "é", "😀", "\\n", "\\u00e9", "\\\"" };

  for (gsize s = 0; s < G_N_ELEMENTS (specials); s++)
    for (gsize before = 0; before < 40; before++)
      for (gsize after = 0; after < 20; after++)
        {
          g_autofree char *start = g_strnfill (before, 'a');
          g_autofree char *end = g_strnfill (after, 'z');
          g_autofree char *text = g_strdup_printf ("[\"%s%s%s\",7]", start, specials[s], end);
          g_autoptr(GError) error = NULL;
          g_autoptr(SioValue) value = read_exactly (text, strlen (text), &error);
          const char *string;

          g_assert_no_error (error);
          string = sio_value_get_string (sio_value_get_element (value, 0));
          g_assert_true (g_str_has_prefix (string, start) && g_str_has_suffix (string, end));
          g_assert_cmpint (sio_value_get_integer (sio_value_get_element (value, 1)), ==, 7);
        }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *path = g_strdup_printf ("/json/accepted/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &accepted[i], test_accepted);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/json/refused/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, refused[i], test_refused);
    }
  g_test_add_func ("/json/unterminated", test_unterminated);
  g_test_add_func ("/json/truncated", test_truncated);
  g_test_add_func ("/json/nul", test_nul);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/deep-build", test_deep_build);
  g_test_add_func ("/json/number-kinds", test_number_kinds);
  g_test_add_func ("/json/doubles-round-trip", test_doubles_round_trip);
  g_test_add_func ("/json/doubles-read-exactly", test_doubles_read_exactly);
  g_test_add_func ("/json/long-number", test_long_number);
  g_test_add_func ("/json/locale", test_locale);
  g_test_add_func ("/json/large", test_large);
  g_test_add_func ("/json/string-lengths", test_string_lengths);

  return g_test_run ();
}
