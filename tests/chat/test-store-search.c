/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-message-private.h"
#include "chat-store-ahead-private.h"
#include "search-fixture.h"

#define SECOND 1000
#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static void
assert_found (SearchFixture *fixture,
              const char   *text,
              const char   *expected)
{
  g_autofree char *found = search_fixture_search (fixture, text, NULL, CHAT_SEARCH_NEWEST);

  g_test_message ("“%s”", text);
  g_assert_cmpstr (found, ==, expected);
}

/* Seven messages; the id of each is how many seconds after noon it was said. */
static void
say_some (SearchFixture *fixture)
{
  g_object_unref (search_fixture_say (fixture, "general", "Mira Lund", NOON + 1 * SECOND, "The doors stand in one line"));
  g_object_unref (search_fixture_say (fixture, "general", "Tomas", NOON + 2 * SECOND, "Un café, près de la porte?"));
  g_object_unref (search_fixture_say (fixture, "lounge", "Mira Lund", NOON + 3 * SECOND, "see https://example.org/door"));
  g_object_unref (search_fixture_say (fixture, "lounge", "Yuki", NOON + 4 * SECOND, "東京タワーの門 (the door)"));
  g_object_unref (search_fixture_say (fixture, "general", "Yuki", NOON + 5 * SECOND, "한국어를 배워요"));
  g_object_unref (search_fixture_say (fixture, "general", "Mirabelle", NOON + 6 * SECOND, "line by line, the CAFE fills"));
  g_object_unref (search_fixture_say (fixture, "general", "Tomas", NOON + 7 * SECOND, "京都 is not 東京"));
}

static void
test_words (SearchFixture  *fixture,
            gconstpointer  data)
{
  say_some (fixture);

  assert_found (fixture, "", "");
  assert_found (fixture, "nothing", "");
  assert_found (fixture, "line ", "6 1");
  assert_found (fixture, "door", "4 3 1");
  assert_found (fixture, "door ", "4 3");
  assert_found (fixture, "door the ", "4");
  assert_found (fixture, "doors stand in", "1");
  assert_found (fixture, "CAFÉ", "6 2");
  assert_found (fixture, "cafe", "6 2");
  assert_found (fixture, "\"one line\"", "1");
  assert_found (fixture, "\"line one\"", "");
  assert_found (fixture, "\"in one l", "1");
  assert_found (fixture, "東京", "7 4");
  assert_found (fixture, "タワー", "4");
  assert_found (fixture, "京", "7 4");
  assert_found (fixture, "京都", "7");
  assert_found (fixture, "한구", "5");
  assert_found (fixture, "국어", "5");
  assert_found (fixture, "example.org", "3");
}

static void
test_limits (SearchFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *in_room = NULL;

  say_some (fixture);

  assert_found (fixture, "from:mira", "6 3 1");
  assert_found (fixture, "from:\"mira lund\"", "3 1");
  assert_found (fixture, "from:lund from:yuki", "5 4 3 1");
  assert_found (fixture, "from:id-Tomas", "7 2");
  assert_found (fixture, "from:nobody line ", "");
  assert_found (fixture, "in:lounge", "4 3");
  assert_found (fixture, "in:#lounge from:mira", "3");
  assert_found (fixture, "in:nowhere", "");
  assert_found (fixture, "has:link", "3");
  assert_found (fixture, "has:link cafe", "");
  assert_found (fixture, "before:2023", "");
  assert_found (fixture, "after:2022 line ", "6 1");
  assert_found (fixture, "after:2022", "7 6 5 4 3 2 1");
  assert_found (fixture, "before:9999 after:2023-11-13", "7 6 5 4 3 2 1");
  assert_found (fixture, "after:2023-11-14", "");

  in_room = search_fixture_search (fixture, "door", "general", CHAT_SEARCH_NEWEST);
  g_assert_cmpstr (in_room, ==, "1");
  g_clear_pointer (&in_room, g_free);
  in_room = search_fixture_search (fixture, "door", "unknown", CHAT_SEARCH_NEWEST);
  g_assert_cmpstr (in_room, ==, "");
}

static void
test_order (SearchFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *best = NULL;

  g_object_unref (search_fixture_say (fixture, "general", "Mira", NOON + 1 * SECOND, "open the door"));
  g_object_unref (search_fixture_say (fixture, "general", "Mira", NOON + 2 * SECOND, "open it when he who is at the door comes"));
  g_object_unref (search_fixture_say (fixture, "general", "Mira", NOON + 3 * SECOND, "no doorman would open"));

  assert_found (fixture, "open door", "3 2 1");
  best = search_fixture_search (fixture, "open door", NULL, CHAT_SEARCH_BEST);
  g_assert_cmpstr (best, ==, "1 2 3");
}

/* A page at a time, none twice and none left out. */
static void
test_pages (SearchFixture  *fixture,
            gconstpointer  data)
{
  gint64 before = G_MAXINT64;
  gint64 expected = 25;

  for (gint64 i = 1; i <= 25; i++)
    g_object_unref (search_fixture_say (fixture, "general", "Mira", NOON + i * SECOND, i % 2 == 0 ? "even door" : "odd door"));

  for (guint page = 0; page < 3; page++)
    {
      g_autoptr(ChatStoreHits) hits = search_fixture_find (fixture, "door", CHAT_SEARCH_NEWEST, before, 10);

      g_assert_cmpuint (hits->hits->len, ==, page < 2 ? 10 : 5);
      g_assert_cmpint (hits->has_more, ==, page < 2);
      for (guint i = 0; i < hits->hits->len; i++)
        {
          ChatStoreHit *hit = g_ptr_array_index (hits->hits, i);

          g_assert_cmpint (chat_message_get_timestamp (hit->message), ==, NOON + expected-- * SECOND);
          g_assert_cmpstr (hit->room_name, ==, "general");
        }
      before = hits->before;
    }
}

/* The index goes along with what happens to a message. */
static void
test_changes (SearchFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(ChatMessage) first = search_fixture_say (fixture, "general", "Mira", NOON + 1 * SECOND, "the red door");
  g_autoptr(ChatMessage) second = search_fixture_say (fixture, "lounge", "Mira", NOON + 2 * SECOND, "the green door");
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatDatabase) database = NULL;

  assert_found (fixture, "door ", "2 1");

  chat_message_set_content (first, "the blue gate");
  search_fixture_put (fixture, first);
  assert_found (fixture, "red ", "");
  assert_found (fixture, "door ", "2");
  assert_found (fixture, "blue ", "1");

  /* The same again changes nothing, and a deleted message is not found. */
  search_fixture_put (fixture, first);
  assert_found (fixture, "gate ", "1");
  chat_message_set_deleted (first);
  search_fixture_put (fixture, first);
  assert_found (fixture, "blue ", "");
  assert_found (fixture, "from:mira", "2");
  assert_found (fixture, "after:2022", "2");

  chat_store_remove_room (fixture->store, "lounge");
  search_fixture_flush (fixture);
  assert_found (fixture, "door ", "");
  assert_found (fixture, "after:2022", "");

  /* The index is whole, and empty: what went in came out again. */
  g_clear_object (&fixture->store);
  database = chat_database_open (fixture->path, TRUE, &error);
  g_assert_no_error (error);
  chat_database_run (database, "CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'message_text', 'row')", &error);
  g_assert_no_error (error);
  g_assert_cmpint (chat_database_read_pragma (database, "SELECT count (*) FROM temp.words", &error), ==, 0);
  g_assert_no_error (error);
}

/* Whatever is typed, and whatever was said, the search answers. */
static void
test_anything (SearchFixture  *fixture,
               gconstpointer  data)
{
  static const char *pieces[] = {
    "from:", "in:", "before:", "after:20", "has:link", "\"", "“", ":", "-", "*", "(", ")", " OR ", " AND ", " NEAR(", "^", "{a}", "+",
    " ", "a", "content:", "東京", "한국어", "e\xcc\x81", "\xcc\x81", "\xf3\xb0\x80\x81", "\xff", "'", ";", "\\", "door", "NOT ", "\xee\x80\x80",
  };

  say_some (fixture);
  for (guint run = 0; run < 500; run++)
    {
      g_autoptr(GString) typed = g_string_new (NULL);
      g_autofree char *escaped = NULL;
      g_autofree char *said = NULL;
      g_autofree char *found = NULL;

      for (int i = g_test_rand_int_range (0, 10); i > 0; i--)
        g_string_append (typed, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      escaped = g_strescape (typed->str, NULL);
      g_test_message ("“%s”", escaped);
      if (run % 10 == 0)
        {
          said = g_utf8_make_valid (typed->str, -1);
          g_object_unref (search_fixture_say (fixture, "general", "Mira", NOON + (10 + run) * SECOND, said));
        }
      found = search_fixture_search (fixture, typed->str, run % 3 == 0 ? "general" : NULL, run % 2 == 0 ? CHAT_SEARCH_BEST : CHAT_SEARCH_NEWEST);
    }
}

/* What is found is what a look at each message finds. */
static void
test_like_a_model (SearchFixture  *fixture,
                   gconstpointer  data)
{
  static const char *words[] = { "door", "doors", "Dörfer", "gate", "東", "京", "東京", "a" };
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (gint64 i = 0; i < 150; i++)
    {
      GString *text = g_string_new (NULL);

      for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
        g_string_append_printf (text, "%s ", words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      g_object_unref (search_fixture_say (fixture, "general", "Mira", NOON + i * SECOND, text->str));
      g_ptr_array_add (texts, g_string_free (text, FALSE));
    }

  for (guint run = 0; run < 100; run++)
    {
      g_autofree char *typed = g_strdup_printf ("%s %s%s%s", words[g_test_rand_int_range (0, G_N_ELEMENTS (words))],
                                                run % 3 == 0 ? "\"" : "", words[g_test_rand_int_range (0, G_N_ELEMENTS (words))],
                                                run % 2 == 0 ? " " : "");
      g_autoptr(ChatStoreHits) hits = search_fixture_find (fixture, typed, CHAT_SEARCH_NEWEST, G_MAXINT64, 1000);
      g_autoptr(ChatSearchQuery) query = chat_search_query_parse (typed);
      guint n_found = 0;

      for (guint i = texts->len; i > 0; i--)
        {
          g_autoptr(ChatSearchText) text = chat_search_text_new (g_ptr_array_index (texts, i - 1));
          guint n_phrases = 0;

          for (guint j = 0; j < query->phrases->len; j++)
            {
              const ChatSearchPhrase *phrase = g_ptr_array_index (query->phrases, j);
              gboolean found = FALSE;
              gboolean is_whole = FALSE;

              for (guint at = 0; at < text->words->len && !found; at++)
                found = chat_search_text_has_at (text, at, phrase->text, phrase->is_prefix, &is_whole);
              n_phrases += found;
            }

          if (n_phrases < query->phrases->len)
            continue;

          g_assert_cmpuint (n_found, <, hits->hits->len);
          g_assert_cmpint (chat_message_get_timestamp (((ChatStoreHit *) g_ptr_array_index (hits->hits, n_found))->message), ==,
                           NOON + (gint64) (i - 1) * SECOND);
          n_found++;
        }
      g_assert_cmpuint (n_found, ==, hits->hits->len);
    }
}

/* Only the last of many that are asked for at once is wanted; and a store that is closed answers what it still owes. */
static void
test_cancelled (SearchFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr(ChatSearchQuery) query = chat_search_query_parse ("door");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) unwanted = NULL;
  g_autoptr(GAsyncResult) wanted = NULL;
  g_autoptr(GAsyncResult) after = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStoreHits) hits = NULL;

  say_some (fixture);
  chat_store_search_async (fixture->store, query, NULL, CHAT_SEARCH_NEWEST, G_MAXINT64, 10, cancellable,
                           search_fixture_result_cb, &unwanted);
  g_cancellable_cancel (cancellable);
  chat_store_search_async (fixture->store, query, NULL, CHAT_SEARCH_NEWEST, G_MAXINT64, 10, NULL, search_fixture_result_cb, &wanted);

  hits = chat_store_search_finish (fixture->store, search_fixture_wait (&wanted), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->hits->len, ==, 3);
  g_assert_null (chat_store_search_finish (fixture->store, search_fixture_wait (&unwanted), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_clear_object (&unwanted);
  chat_store_search_async (fixture->store, query, NULL, CHAT_SEARCH_NEWEST, G_MAXINT64, 10, NULL, search_fixture_result_cb, &unwanted);
  chat_store_close (fixture->store);
  chat_store_search_async (fixture->store, query, NULL, CHAT_SEARCH_NEWEST, G_MAXINT64, 10, NULL, search_fixture_result_cb, &after);
  search_fixture_wait (&unwanted);
  g_assert_null (chat_store_search_finish (fixture->store, search_fixture_wait (&after), &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_STORE);
}

/* What is read ahead changes nothing of what is found, whatever comes meanwhile. */
static void
test_prepared (SearchFixture  *fixture,
               gconstpointer  data)
{
  say_some (fixture);
  search_fixture_open (fixture);
  chat_store_prepare_search (fixture->store);
  assert_found (fixture, "door", "4 3 1");
  chat_store_prepare_search (fixture->store);
  g_object_unref (search_fixture_say (fixture, "lounge", "Yuki", NOON + 8 * SECOND, "another door"));
  assert_found (fixture, "door", "8 4 3 1");

  /* It is closed in the midst of it, with a search behind it. */
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(ChatSearchQuery) query = chat_search_query_parse ("door");
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(ChatStoreHits) hits = NULL;

      search_fixture_open (fixture);
      chat_store_prepare_search (fixture->store);
      chat_store_search_async (fixture->store, query, NULL, CHAT_SEARCH_NEWEST, G_MAXINT64, 10, NULL, search_fixture_result_cb, &result);
      chat_store_close (fixture->store);
      hits = chat_store_search_finish (fixture->store, search_fixture_wait (&result), NULL);
      g_assert_true (hits == NULL || hits->hits->len == 4);
      chat_store_prepare_search (fixture->store);
    }
}

/* All of the file is read, once and to its end; and of one that was cut off meanwhile, what is there. */
static void
test_ahead (SearchFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *large = g_strnfill (4 * 1000 * 1000, 'x');
  g_autoptr(ChatMessage) message = chat_message_new ("m", "general", "u1", "Mira", large, NOON, 1);
  g_autoptr(ChatDatabase) database = NULL;
  g_autoptr(GError) error = NULL;
  ChatStoreAhead ahead = { 0 };
  guint n_pieces = 1;

  search_fixture_put (fixture, message);
  g_clear_object (&fixture->store);
  database = chat_database_open (fixture->path, FALSE, &error);
  g_assert_no_error (error);

  chat_store_ahead_begin (&ahead, database);
  g_assert_cmpint (ahead.at, ==, 0);
  g_assert_cmpint (ahead.end, >, (gint64) strlen (large));
  while (chat_store_ahead_read (&ahead, database))
    n_pieces++;
  g_assert_cmpuint (n_pieces, >=, 16);
  g_assert_cmpint (ahead.at, ==, ahead.end);
  g_assert_false (chat_store_ahead_read (&ahead, database));

  chat_store_ahead_begin (&ahead, database);
  ahead.end += 1000 * 1000 * 1000;
  for (guint n_left = n_pieces + 2; chat_store_ahead_read (&ahead, database); n_left--)
    g_assert_cmpuint (n_left, >, 0);
  chat_store_ahead_end (&ahead);
  search_fixture_open (fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, SearchFixture, NULL, search_fixture_set_up, test, search_fixture_tear_down)
  add ("/store-search/words", test_words);
  add ("/store-search/limits", test_limits);
  add ("/store-search/order", test_order);
  add ("/store-search/pages", test_pages);
  add ("/store-search/changes", test_changes);
  add ("/store-search/anything", test_anything);
  add ("/store-search/like-a-model", test_like_a_model);
  add ("/store-search/cancelled", test_cancelled);
  add ("/store-search/prepared", test_prepared);
  add ("/store-search/ahead", test_ahead);
#undef add

  return g_test_run ();
}
