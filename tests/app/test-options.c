/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-options.h"

static GVariantDict *
make_options (const char *first_key,
              ...) G_GNUC_NULL_TERMINATED;

static GVariantDict *
make_options (const char *first_key,
              ...)
{
  GVariantDict *dict = g_variant_dict_new (NULL);
  va_list arguments;

  va_start (arguments, first_key);
  for (const char *key = first_key; key != NULL; key = va_arg (arguments, const char *))
    g_variant_dict_insert (dict, key, "s", va_arg (arguments, const char *));
  va_end (arguments);

  return dict;
}

static void
assert_refused (GVariantDict *dict,
                const char   *word)
{
  g_autoptr(GVariantDict) owned = dict;
  g_autoptr(GError) error = NULL;

  g_assert_false (enfilade_options_check (owned, &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_assert_nonnull (strstr (error->message, word));
}

static void
assert_taken (GVariantDict *dict)
{
  g_autoptr(GVariantDict) owned = dict;
  g_autoptr(GError) error = NULL;

  g_assert_true (enfilade_options_check (owned, &error));
  g_assert_no_error (error);
}

static void
test_check (void)
{
  GVariantDict *with_argument = g_variant_dict_new (NULL);
  const char *rest[] = { "somewhere", NULL };

  assert_taken (g_variant_dict_new (NULL));
  assert_taken (make_options ("server", "chat.example.org", NULL));
  assert_taken (make_options ("server", "chat.example.org", "token", "t", NULL));
  assert_taken (make_options ("server", "chat.example.org", "user", "mira", NULL));

  assert_refused (make_options ("token", "t", NULL), "--server");
  assert_refused (make_options ("user", "mira", NULL), "--server");
  assert_refused (make_options ("server", "", NULL), "address");
  assert_refused (make_options ("server", "a", "user", "", NULL), "name");
  assert_refused (make_options ("server", "a", "token", "", NULL), "--token needs");
  assert_refused (make_options ("server", "a", "token", "t", "user", "mira", NULL), "together");

  g_variant_dict_insert (with_argument, G_OPTION_REMAINING, "^as", rest);
  assert_refused (with_argument, "somewhere");
}

static GInputStream *
make_stream (const char *text)
{
  return g_memory_input_stream_new_from_data (g_strdup (text), -1, g_free);
}

static void
assert_password (const char *environment,
                 const char *input,
                 const char *expected)
{
  g_autoptr(GInputStream) stream = make_stream (input);
  g_autoptr(GError) error = NULL;
  g_autofree char *password = enfilade_options_read_password (environment, stream, &error);

  g_assert_cmpstr (password, ==, expected);
  if (expected == NULL)
    g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  else
    g_assert_no_error (error);
}

static void
test_password (void)
{
  assert_password ("from the environment", "from the input\n", "from the environment");
  assert_password (NULL, "from the input\nand more\n", "from the input");
  assert_password ("", "no line end", "no line end");
  assert_password (NULL, " blanks stay \r\n", " blanks stay ");
  assert_password (NULL, "", NULL);
  assert_password (NULL, "\n", NULL);
  assert_password (NULL, "\xff\xfe\n", NULL);
}

static void
test_new (void)
{
  g_autoptr(GVariantDict) dict = make_options ("server", "s", "user", "u", "password", "p", NULL);
  g_autoptr(EnfiladeOptions) options = enfilade_options_new (dict);

  g_assert_cmpstr (options->server, ==, "s");
  g_assert_cmpstr (options->user, ==, "u");
  g_assert_cmpstr (options->password, ==, "p");
  g_assert_null (options->token);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/options/check", test_check);
  g_test_add_func ("/options/password", test_password);
  g_test_add_func ("/options/new", test_new);

  return g_test_run ();
}
