/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "chat-search-query-private.h"

static void
test_fold (void)
{
  static const struct
  {
    const char *text;
    const char *folded;
  } cases[] = {
    { "", "" },
    { " -- ! ", "" },
    { "Hello, World", "hello world" },
    { "don't chat_store/2", "don t chat store 2" },
    /* Case and accents, composed and not. */
    { "ÀÉÎõü ÇÑ", "aeiou cn" },
    { "cafe\xcc\x81 e\xcc\x81\xcc\xa7t", "cafe et" },
    { "STRASSE Straße ẞ", "strasse strasse ss" },
    { "ΣΊΣΥΦΟΣ Σίσυφος", "σισυφοσ σισυφοσ" },
    { "Łódź Ørsted œuvre", "lodz orsted oeuvre" },
    { "İstanbul ıssız", "istanbul issiz" },
    { "Привет ЁЛКА", "привет елка" },
    { "ﬁn ２０２６ ™", "fin 2026 tm" },
    /* Vowel points are no letters; joiners and soft hyphens are nothing. */
    { "שָׁלוֹם", "שלום" },
    { "soft\xc2\xadhyphen", "softhyphen" },
    /* One word for each character. */
    { "東京タワー", "東 京 タ ワ ー" },
    { "ｶﾞ ガ", "カ\xe3\x82\x99 カ\xe3\x82\x99" },
    { "GTKで書く", "gtk て\xe3\x82\x99 書 く" },
    { "한국", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab \xe1\x84\x80\xe1\x85\xae\xe1\x86\xa8" },
    { "ก็ดี", "ก\xe0\xb9\x87 ด\xe0\xb8\xb5" },
    { "ok 👍🏽!", "ok 👍" },
    /* What is private to the index is no word, and what is no UTF-8 stands between words. */
    { "a\xee\x80\x80" "b \xf3\xb0\x80\x81", "a b" },
    { "a\xff" "b\xc3", "a b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = chat_search_text_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

/* Everything of a query in one line. */
static char *
describe (const char *text)
{
  g_autoptr(ChatSearchQuery) query = chat_search_query_parse (text);
  GString *description = g_string_new (NULL);

  for (guint i = 0; i < query->phrases->len; i++)
    {
      const ChatSearchPhrase *phrase = g_ptr_array_index (query->phrases, i);

      g_string_append_printf (description, "[%s%s]", phrase->text->folded->str, phrase->is_prefix ? "*" : "");
    }
  for (guint i = 0; i < query->senders->len; i++)
    g_string_append_printf (description, " from %s", (const char *) g_ptr_array_index (query->senders, i));
  for (guint i = 0; i < query->rooms->len; i++)
    g_string_append_printf (description, " in %s", (const char *) g_ptr_array_index (query->rooms, i));
  if (query->since != 0)
    g_string_append_printf (description, " since %" G_GINT64_FORMAT, query->since / 1000);
  if (query->until != G_MAXINT64)
    g_string_append_printf (description, " until %" G_GINT64_FORMAT, query->until / 1000);
  if (query->has_link)
    g_string_append (description, " link");

  return g_string_free (description, FALSE);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *query;
  } cases[] = {
    { "", "" },
    { "  ", "" },
    { "hello", "[hello*]" },
    { "hello ", "[hello]" },
    { "Hello wor", "[hello][wor*]" },
    { "hello w", "[hello]" },
    { "w", "[w]" },
    { "hello w ", "[hello][w]" },
    { "\"in a row\" x", "[in a row]" },
    { "\"in a ro", "[in a ro*]" },
    { "„in a row“ »", "[in a row]" },
    { "«so» “so” \"so\"", "[so][so][so]" },
    { "東京", "[東 京]" },
    { "!!! ??", "" },
    { "from:mira", " from mira" },
    { "FROM:@mira x1", "[x1*] from mira" },
    { "from:\"Mira Lund\" from:tomas", " from Mira Lund from tomas" },
    { "in:#general hello ", "[hello] in general" },
    { "in:\"Big room\"", " in Big room" },
    { "from: in:", "" },
    { "has:link", " link" },
    { "has:", "" },
    { "has:image ", "[has image]" },
    { "before:1971", " until 31536000" },
    { "after:1970 ", " since 31536000" },
    { "before:1970-02", " until 2678400" },
    { "after:1970-01-31 before:1970-03-01", " since 2678400 until 5097600" },
    /* A date that is being typed, and ones that no calendar has. */
    { "before:19", "" },
    { "before:1970-1", "" },
    { "before:19 ", "[before 19]" },
    { "before:1970-02-30 ", "[before 1970 02 30]" },
    { "before:1970-00 ", "[before 1970 00]" },
    { "before:yesterday ", "[before yesterday]" },
    { "https://example.org ", "[https example org]" },
    { "re:from:x ", "[re from x]" },
    { "\"from:mira\"", "[from mira]" },
    { "a\xff" "b ", "[a b]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *query = describe (cases[i].text);

      g_assert_cmpstr (query, ==, cases[i].query);
    }
}

/* The same text with brackets around what is marked. */
static char *
mark (const char *query_text,
      const char *text)
{
  g_autoptr(ChatSearchQuery) query = chat_search_query_parse (query_text);
  g_autoptr(GArray) ranges = chat_search_query_mark (query, text);
  GString *marked = g_string_new (NULL);
  gsize done = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      ChatSearchRange range = g_array_index (ranges, ChatSearchRange, i);

      g_string_append_len (marked, text + done, (gssize) (range.start - done));
      g_string_append_c (marked, '[');
      g_string_append_len (marked, text + range.start, (gssize) (range.end - range.start));
      g_string_append_c (marked, ']');
      done = range.end;
    }
  g_string_append (marked, text + done);

  return g_string_free (marked, FALSE);
}

static void
test_mark (void)
{
  static const struct
  {
    const char *query;
    const char *text;
    const char *marked;
  } cases[] = {
    { "x", "nothing", "nothing" },
    { "from:mira", "mira", "mira" },
    { "cafe ", "Le CAFÉ, cafe\xcc\x81 cafes", "Le [CAFÉ], [cafe\xcc\x81] cafes" },
    { "caf", "Le CAFÉ, café cafes", "Le [CAFÉ], [café] [cafes]" },
    { "\"so it\" is", "so it is, so is it", "[so it] [is], so [is] it" },
    { "京", "東京タワー", "東[京]タワー" },
    { "東京 京タ", "東京タワー", "[東京タ]ワー" },
    { "strasse ", "Die Straße.", "Die [Straße]." },
    { "하", "한국", "[한]국" },
    { "👍 ", "ok👍🏽", "ok[👍]🏽" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *marked = mark (cases[i].query, cases[i].text);

      g_assert_cmpstr (marked, ==, cases[i].marked);
    }
}

static double
score (const char *query_text,
       const char *text)
{
  g_autoptr(ChatSearchQuery) query = chat_search_query_parse (query_text);
  g_autoptr(ChatSearchText) words = chat_search_text_new (text);

  return chat_search_query_score (query, words);
}

static void
test_score (void)
{
  /* A whole word before one that only begins so; words together and in order before words apart; and what says little else. */
  g_assert_cmpfloat (score ("door", "the door is open"), >, score ("door", "the doorman is open"));
  g_assert_cmpfloat (score ("open door ", "an open door is"), >, score ("open door ", "a door is open"));
  g_assert_cmpfloat (score ("open door ", "one open two door"), >, score ("open door ", "open one two three four five door"));
  g_assert_cmpfloat (score ("door ", "the door"), >, score ("door ", "the door of the room at the end"));
  g_assert_cmpfloat (score ("door ", "no match"), ==, 0);
}

/* Whatever is typed is a query, its marks are in order and end where letters end. */
static void
test_anything (void)
{
  static const char *pieces[] = {
    "from:", "in:", "before:", "after:2026", "has:link", "\"", "“", "”", "«", ":", "-", "*", "(", ")", " OR ", " AND ", " NEAR(", "^", "{", "}",
    "+", " ", "a", "Straße", "東京", "한국어", "e\xcc\x81", "\xcc\x81", "👩‍👩‍👧", "\xf3\xb0\x80\x81", "2026-02-31", "\xff", "\xc3", "content", "'", ";", "\n",
    "ﷺ", "㍿", "\xe2\x80\xae",
  };

  for (guint run = 0; run < 4000; run++)
    {
      g_autoptr(GString) typed = g_string_new (NULL);
      g_autoptr(GString) said = g_string_new (NULL);
      g_autofree char *text = NULL;
      g_autoptr(ChatSearchQuery) query = NULL;
      g_autoptr(GArray) ranges = NULL;
      gsize done = 0;

      for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
        g_string_append (typed, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
        g_string_append (said, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      text = g_utf8_make_valid (said->str, -1);
      query = chat_search_query_parse (typed->str);
      ranges = chat_search_query_mark (query, text);
      for (guint i = 0; i < ranges->len; i++)
        {
          ChatSearchRange range = g_array_index (ranges, ChatSearchRange, i);

          g_assert_cmpuint (range.start, >=, done);
          g_assert_cmpuint (range.end, >, range.start);
          g_assert_cmpuint (range.end, <=, strlen (text));
          g_assert_true (g_utf8_validate (text + range.start, (gssize) (range.end - range.start), NULL));
          done = range.end;
        }
    }
}

/* Nothing that is long makes it slow or too much for the index. */
static void
test_bounds (void)
{
  g_autoptr(GString) typed = g_string_new (NULL);
  g_autoptr(ChatSearchQuery) query = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (typed, "w%u from:p%u ", i, i);
  for (guint i = 0; i < 3000; i++)
    g_string_append (typed, "東");

  query = chat_search_query_parse (typed->str);
  g_assert_cmpuint (query->phrases->len, <=, 32);
  g_assert_cmpuint (query->senders->len, <=, 16);
}

static void
test_german (void)
{
  static const struct
  {
    const char *text;
    const char *query;
  } cases[] = {
    { "von:mira", " from mira" },
    { "VON:@mira x1", "[x1*] from mira" },
    { "von:\"Mira Lund\" von:tomas", " from Mira Lund from tomas" },
    { "in:#general hallo ", "[hallo] in general" },
    { "vor:1971", " until 31536000" },
    { "nach:1970-01-31 vor:1970-03-01", " since 2678400 until 5097600" },
    { "hat:link", " link" },
    { "hat:", "" },
    { "hat:bild ", "[hat bild]" },
    { "https://example.org von ", "[https example org][von]" },
    /* Those that work everywhere do here as well, also beside the others. */
    { "from:mira in:general before:1971 after:1970 has:link", " from mira in general since 31536000 until 31536000 link" },
    { "from:mira von:tomas hat:link", " from mira from tomas link" },
  };

  /* Without a locale gettext translates nothing, whatever the language is. */
  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
  g_assert_nonnull (bindtextdomain (GETTEXT_PACKAGE, g_getenv ("ENFILADE_LOCALEDIR")));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_assert_cmpstr (g_dpgettext2 (GETTEXT_PACKAGE, "search operator", "from"), ==, "von");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *query = describe (cases[i].text);

      g_assert_cmpstr (query, ==, cases[i].query);
    }
}

/* A process of its own has a language of its own. */
static void
test_translated (void)
{
  if (!g_test_subprocess ())
    {
      g_setenv ("LANGUAGE", "de", TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_unsetenv ("LANGUAGE");
      g_test_trap_assert_passed ();
      return;
    }

  test_german ();
}

int
main (int   argc,
      char *argv[])
{
  /* Dates are local. */
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search/fold", test_fold);
  g_test_add_func ("/search/parse", test_parse);
  g_test_add_func ("/search/mark", test_mark);
  g_test_add_func ("/search/score", test_score);
  g_test_add_func ("/search/anything", test_anything);
  g_test_add_func ("/search/bounds", test_bounds);
  g_test_add_func ("/search/translated", test_translated);

  return g_test_run ();
}
