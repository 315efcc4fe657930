/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "enfilade-chat.h"

typedef struct
{
  const char *text;
  const char *markup;
} Case;

static const Case cases[] = {
  { "", "" },
  { "plain", "plain" },
  { "<b>bold</b> & \"quoted\"", "&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;" },
  { "see https://example.org/a?b=c&d=e.",
    "see <a href=\"https://example.org/a?b=c&amp;d=e\">https://example.org/a?b=c&amp;d=e</a>." },
  { "(https://example.org/wiki/Suite_(rooms))",
    "(<a href=\"https://example.org/wiki/Suite_(rooms)\">https://example.org/wiki/Suite_(rooms)</a>)" },
  { "write to ada@example.org, please",
    "write to <a href=\"mailto:ada@example.org\">ada@example.org</a>, please" },
  { "mailto:ada@example.org", "<a href=\"mailto:ada@example.org\">mailto:ada@example.org</a>" },
  { "HTTP://EXAMPLE.ORG", "<a href=\"HTTP://EXAMPLE.ORG\">HTTP://EXAMPLE.ORG</a>" },
  { "javascript:alert(1) file:///etc/passwd data:text/html,x",
    "javascript:alert(1) file:///etc/passwd data:text/html,x" },
  { "https://example.org/\"onclick=x",
    "<a href=\"https://example.org/\">https://example.org/</a>&quot;onclick=x" },
  { "http://", "http://" },
  { "https://example.org/\xe2\x80\xae" "gpj.exe",
    "<a href=\"https://example.org/\">https://example.org/</a>\xe2\x80\xae" "gpj.exe" },
  { "日本語 https://例え.jp/道 です", "日本語 <a href=\"https://例え.jp/道\">https://例え.jp/道</a> です" },
  { "a https://b.example https://c.example d",
    "a <a href=\"https://b.example\">https://b.example</a> <a href=\"https://c.example\">https://c.example</a> d" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = chat_markup_from_text (cases[i].text);

      g_assert_cmpstr (markup, ==, cases[i].markup);
    }
}

static void
append_text (GMarkupParseContext  *context,
             const char           *text,
             gsize                 length,
             gpointer              user_data,
             GError              **error)
{
  g_string_append_len (user_data, text, length);
}

/* What a reader of the markup sees. */
static char *
text_of (const char *markup)
{
  static const GMarkupParser parser = { .text = append_text };
  g_autofree char *document = g_strconcat ("<markup>", markup, "</markup>", NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, text, NULL);
  g_autoptr(GError) error = NULL;

  g_markup_parse_context_parse (context, document, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);

  return g_strdup (text->str);
}

/* Whatever is written, the markup is well-formed, and shows just that. */
static void
test_always_valid (void)
{
  static const char * const pieces[] = {
    "http://", "https://a.b/", "mailto:", "a@b.c", "<", ">", "&", "\"", "'", "(", ")", "]", ".", " ", "\n", "\t", "\x01", "é", "日", "%zz",
    "//", "@", "[::1]", ":99999", "\xe2\x80\xae",
  };

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *markup = NULL;
      g_autofree char *parsed = NULL;

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      markup = chat_markup_from_text (text->str);
      parsed = text_of (markup);
      g_assert_cmpstr (parsed, ==, text->str);
    }
}

static void
test_a_megabyte (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *markup = NULL;

  while (text->len < 1024 * 1024)
    g_string_append (text, "aaaaaaaaaa.aaaaaaaaaa@");

  markup = chat_markup_from_text (text->str);
  g_assert_cmpuint (strlen (markup), >=, text->len);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/markup/cases", test_cases);
  g_test_add_func ("/markup/always-valid", test_always_valid);
  g_test_add_func ("/markup/a-megabyte", test_a_megabyte);

  return g_test_run ();
}
