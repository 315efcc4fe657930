/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store against simpler models of itself, and against a disk that is full or forgets. */

#include "config.h"

#include <glib/gstdio.h>

#include "chat-store-record-private.h"
#include "full-disk.h"
#include "search-fixture.h"

#define N_NUMBERS 60

static void
put (SearchFixture *fixture,
     GPtrArray     *messages,
     ChatSpan      *span)
{
  chat_store_put_messages (fixture->store, "general", messages, span);
  search_fixture_flush (fixture);
}

/* Stretches of numbers, and beside them a table of which numbers are there. */
static void
test_spans (SearchFixture *fixture,
            gconstpointer  data)
{
  gboolean here[N_NUMBERS + 2] = { FALSE };
  g_autoptr(GPtrArray) none = g_ptr_array_new ();

  for (guint run = 0; run < 80; run++)
    {
      ChatSpan span;
      gint64 last_found = -1;

      if (run % 25 == 0)
        {
          memset (here, 0, sizeof here);
          chat_store_remove_room (fixture->store, "general");
        }

      span.first = g_test_rand_int_range (0, N_NUMBERS + 1);
      span.last = span.first + g_test_rand_int_range (0, 8);
      span.last = MIN (span.last, N_NUMBERS);
      for (gint64 i = span.first; i <= span.last; i++)
        here[i] = TRUE;
      put (fixture, none, &span);

      for (gint64 seq = 0; seq <= N_NUMBERS; seq++)
        {
          ChatSpan found = { -1, -1 };

          g_assert_cmpint (chat_store_find_span (fixture->store, "general", seq, &found), ==, here[seq]);
          if (!here[seq])
            continue;

          /* It is as long as it can be: what lies at its ends is not there. */
          g_assert_cmpint (found.first, <=, seq);
          g_assert_cmpint (found.last, >=, seq);
          g_assert_true (found.first == 0 || !here[found.first - 1]);
          g_assert_false (here[found.last + 1]);
          for (gint64 i = found.first; i <= found.last; i++)
            g_assert_true (here[i]);
          last_found = seq;
        }

      g_assert_true (chat_store_find_newest_span (fixture->store, "general", &span));
      g_assert_cmpint (span.last, ==, last_found);

      for (guint i = 0; i < 10; i++)
        {
          gint64 after = g_test_rand_int_range (-1, N_NUMBERS);
          gint64 to = g_test_rand_int_range (-1, N_NUMBERS + 1);
          gint64 missing = 0;

          for (gint64 seq = after + 1; seq <= to; seq++)
            missing += !here[seq];
          g_assert_cmpint (chat_store_count_missing (fixture->store, "general", after, to), ==, missing);
        }
    }
}

/* As the model has it: in the order of their numbers. */
typedef struct
{
  gint64  seq;
  char   *content;
} Said;

static void
said_free (gpointer data)
{
  Said *said = data;

  g_free (said->content);
  g_free (said);
}

static int
compare_said (gconstpointer a,
              gconstpointer b)
{
  gint64 first = (*(Said * const *) a)->seq;
  gint64 second = (*(Said * const *) b)->seq;

  return (first > second) - (first < second);
}

static Said *
find_said (GPtrArray *model,
           gint64     seq)
{
  for (guint i = 0; i < model->len; i++)
    {
      Said *said = g_ptr_array_index (model, i);

      if (said->seq == seq)
        return said;
    }

  return NULL;
}

static void
say_into_both (SearchFixture *fixture,
               GPtrArray     *model)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
    {
      gint64 seq = g_test_rand_int_range (1, N_NUMBERS);
      g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);
      g_autofree char *content = g_strdup_printf ("%u", g_test_rand_int_range (0, 1000000));
      Said *said = find_said (model, seq);

      if (said == NULL)
        {
          said = g_new0 (Said, 1);
          said->seq = seq;
          g_ptr_array_add (model, said);
        }
      g_free (said->content);
      said->content = g_strdup (content);
      /* The time says nothing of the order, where there are numbers. */
      g_ptr_array_add (messages, chat_message_new (id, "general", "u1", "Mira", content, NOON + g_test_rand_int_range (0, 1000), seq));
    }

  g_ptr_array_sort (model, compare_said);
  put (fixture, messages, NULL);
}

static void
assert_page (GPtrArray *page,
             GPtrArray *model,
             guint      begin,
             guint      end)
{
  g_autoptr(GPtrArray) found = page;

  g_assert_cmpuint (found->len, ==, end - begin);
  for (guint i = 0; i < found->len; i++)
    {
      ChatMessage *message = g_ptr_array_index (found, i);
      Said *said = g_ptr_array_index (model, begin + i);

      g_assert_cmpint (chat_message_get_seq (message), ==, said->seq);
      g_assert_cmpstr (chat_message_get_content (message), ==, said->content);
    }
}

/* Pages, and beside them an array. */
static void
test_pages (SearchFixture *fixture,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) model = g_ptr_array_new_with_free_func (said_free);

  for (guint run = 0; run < 100; run++)
    {
      gint64 seq = g_test_rand_int_range (0, N_NUMBERS + 1);
      gint64 bound = g_test_rand_int_range (0, N_NUMBERS + 1);
      guint limit = (guint) g_test_rand_int_range (1, 10);
      ChatPlace before = { seq, -1 };
      ChatPlace after = { seq, G_MAXINT64 };
      guint n_before = 0;
      guint n_to = 0;
      guint n_below_bound = 0;
      guint n_to_bound = 0;

      say_into_both (fixture, model);
      for (guint i = 0; i < model->len; i++)
        {
          gint64 each = ((Said *) g_ptr_array_index (model, i))->seq;

          n_before += each < seq;
          n_to += each <= seq;
          n_below_bound += each < bound;
          n_to_bound += each <= bound;
        }

      assert_page (chat_store_read_before (fixture->store, "general", &before, bound, limit), model,
                   MIN (n_before, MAX (n_below_bound, n_before > limit ? n_before - limit : 0)), n_before);
      assert_page (chat_store_read_after (fixture->store, "general", &after, bound, limit), model,
                   n_to, MAX (n_to, MIN (n_to_bound, n_to + limit)));
      assert_page (chat_store_read_before (fixture->store, "general", NULL, G_MININT64, limit), model,
                   model->len > limit ? model->len - limit : 0, model->len);
    }
}

static void
put_many (SearchFixture *fixture,
          gint64         first,
          gint64         last)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  ChatSpan span = { first, last };

  for (gint64 seq = first; seq <= last; seq++)
    {
      g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);
      g_autofree char *content = g_strnfill (300, 'a' + (char) (seq % 26));

      g_ptr_array_add (messages, chat_message_new (id, "general", "u1", "Mira", content, NOON + seq, seq));
    }
  put (fixture, messages, &span);
}

static void
problem_cb (ChatStore    *store,
            const GError *error,
            guint        *n_damages)
{
  *n_damages += chat_database_is_damage (error);
}

/* The header is whole, so that the file opens; the pages behind it are not. */
static void
damage_middle (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 100 * 4096);
  for (gsize page = 40; page < length / 4096; page++)
    memset (contents + page * 4096, (int) (page & 0xff), 4096);
  g_assert_true (g_file_set_contents_full (path, contents, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_damaged_middle (SearchFixture *fixture,
                     gconstpointer  data)
{
  g_autofree char *found = NULL;
  guint n_damages = 0;

  put_many (fixture, 1, 3000);
  g_clear_object (&fixture->store);
  damage_middle (fixture->path);

  search_fixture_open (fixture);
  g_assert_null (chat_store_get_notice (fixture->store));
  g_signal_connect (fixture->store, "problem", G_CALLBACK (problem_cb), &n_damages);
  g_ptr_array_unref (chat_store_read_before (fixture->store, "general", NULL, G_MININT64, 3000));
  g_assert_cmpuint (n_damages, >, 0);

  /* The next time it is known, and all works again. */
  search_fixture_open (fixture);
  g_assert_nonnull (chat_store_get_notice (fixture->store));
  put_many (fixture, 1, 3);
  search_fixture_open (fixture);
  g_assert_null (chat_store_get_notice (fixture->store));
  found = search_fixture_search (fixture, "in:general", NULL, CHAT_SEARCH_NEWEST);
  g_assert_cmpstr (found, ==, "m3 m2 m1");
}

static void
add_outgoing (SearchFixture  *fixture,
              const char     *client_id,
              const char     *content,
              gboolean        takes_draft,
              GError        **error)
{
  g_autoptr(ChatMessage) message = chat_message_new_outgoing (client_id, "general", "u1", "Mira", content, NOON);
  g_autoptr(GAsyncResult) result = NULL;

  chat_store_add_outgoing_async (fixture->store, message, takes_draft, CHAT_SENT_NOT, NULL, search_fixture_result_cb, &result);
  chat_store_add_outgoing_finish (fixture->store, search_fixture_wait (&result), error);
}

static void
count_problem_cb (ChatStore    *store,
                  const GError *error,
                  guint        *n_problems)
{
  (*n_problems)++;
}

static void
test_full_disk (SearchFixture *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  g_autoptr(ChatMessage) message = chat_message_new ("big", "general", "u1", "Mira", large, NOON, 99);
  g_autoptr(GPtrArray) messages = g_ptr_array_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) waiting = NULL;
  g_autoptr(GPtrArray) newest = NULL;
  guint n_problems = 0;

  put_many (fixture, 1, 3);
  add_outgoing (fixture, "c1", "before", FALSE, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->store, "problem", G_CALLBACK (count_problem_cb), &n_problems);
  chat_store_write (fixture->store, full_disk_fill, NULL, NULL);
  search_fixture_flush (fixture);
  g_assert_cmpuint (n_problems, ==, 0);

  /* Whoever waits for it is told why; where nobody waits, the store tells it, once for each cause. */
  add_outgoing (fixture, "c2", large, FALSE, &error);
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_STORE);
  g_clear_error (&error);
  g_ptr_array_add (messages, message);
  chat_store_put_messages_async (fixture->store, "general", messages, NULL, NULL, search_fixture_result_cb, &result);
  g_assert_false (chat_store_put_messages_finish (fixture->store, search_fixture_wait (&result), &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_STORE);
  g_clear_error (&error);
  chat_store_put_messages (fixture->store, "general", messages, NULL);
  chat_store_put_draft (fixture->store, "general", large, 0, NULL);
  while (n_problems == 0)
    g_main_context_iteration (NULL, TRUE);
  /* That fails too where it is in one transaction with what fails. */
  g_clear_object (&result);
  chat_store_flush_async (fixture->store, NULL, search_fixture_result_cb, &result);
  search_fixture_wait (&result);

  /* What was there is there, and nothing of what failed. */
  waiting = chat_store_list_outbox (fixture->store, "u1", "Mira");
  g_assert_cmpuint (waiting->len, ==, 1);
  newest = chat_store_read_before (fixture->store, "general", NULL, G_MININT64, 9);
  g_assert_cmpuint (newest->len, ==, 3);

  /* With room again all goes on, and it is no damage. */
  chat_store_write (fixture->store, full_disk_empty, NULL, NULL);
  add_outgoing (fixture, "c2", large, FALSE, &error);
  g_assert_no_error (error);
  search_fixture_open (fixture);
  g_assert_null (chat_store_get_notice (fixture->store));
  g_clear_pointer (&waiting, g_ptr_array_unref);
  waiting = chat_store_list_outbox (fixture->store, "u1", "Mira");
  g_assert_cmpuint (waiting->len, ==, 2);
}

/* ---- Killed at each statement ---- */

/* What a program leaves that is killed is what is in its files at that moment. */
typedef struct
{
  const char *path;
  char       *folder;
  guint       n_copies;
} Killer;

static char *
copy_path (Killer *killer,
           guint   index)
{
  g_autofree char *name = g_strdup_printf ("%u.db", index);

  return g_build_filename (killer->folder, name, NULL);
}

static void
copy_file (const char *from,
           const char *to,
           const char *suffix)
{
  g_autofree char *from_file = g_strconcat (from, suffix, NULL);
  g_autofree char *to_file = g_strconcat (to, suffix, NULL);
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (from_file, &contents, &length, NULL));
  g_assert_true (g_file_set_contents_full (to_file, contents, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* In the writer's thread. */
static int
statement_cb (unsigned  what,
              gpointer  user_data,
              gpointer  statement,
              gpointer  text)
{
  Killer *killer = user_data;
  g_autofree char *to = copy_path (killer, killer->n_copies++);

  copy_file (killer->path, to, "");
  copy_file (killer->path, to, "-wal");

  return 0;
}

static gboolean
watch_statements (ChatDatabase  *database,
                  gpointer       data,
                  GError       **error)
{
  sqlite3_trace_v2 (chat_database_get_handle (database), SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, statement_cb, data);

  return TRUE;
}

static gboolean
ignore_statements (ChatDatabase  *database,
                   gpointer       data,
                   GError       **error)
{
  sqlite3_trace_v2 (chat_database_get_handle (database), 0, NULL, NULL);

  return TRUE;
}

/* Returns: whether the copy has the message in its outbox; if not, it has the draft */
static gboolean
is_sent_in_copy (Killer *killer,
                 guint   index)
{
  g_autofree char *path = copy_path (killer, index);
  g_autofree char *text = NULL;
  g_autofree char *reply_to = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStore) store = chat_store_open (path, &error);
  g_autoptr(GPtrArray) waiting = NULL;
  gboolean has_draft = FALSE;
  int cursor = 0;

  g_assert_no_error (error);
  g_assert_null (chat_store_get_notice (store));
  waiting = chat_store_list_outbox (store, "u1", "Mira");
  has_draft = chat_store_read_draft (store, "general", &text, &cursor, &reply_to);
  g_assert_cmpuint (waiting->len, ==, has_draft ? 0 : 1);
  if (has_draft)
    g_assert_cmpstr (text, ==, "to be sent");
  g_clear_pointer (&waiting, g_ptr_array_unref);
  chat_store_close (store);
  g_assert_true (chat_store_delete (path, NULL));

  return !has_draft;
}

/* What was written is the draft, or in the outbox; never both, and never neither. */
static void
test_killed_while_sending (SearchFixture *fixture,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  Killer killer = { fixture->path, g_dir_make_tmp ("enfilade-test-XXXXXX", NULL), 0 };
  guint n_sent = 0;

  put_many (fixture, 1, 3);
  chat_store_put_draft (fixture->store, "general", "to be sent", 10, NULL);
  chat_store_put_draft (fixture->store, "lounge", "stays", 5, NULL);
  search_fixture_flush (fixture);
  chat_store_write (fixture->store, watch_statements, &killer, NULL);
  search_fixture_flush (fixture);
  add_outgoing (fixture, "c1", "to be sent", TRUE, &error);
  g_assert_no_error (error);
  chat_store_write (fixture->store, ignore_statements, NULL, NULL);
  search_fixture_flush (fixture);

  for (guint i = 0; i < killer.n_copies; i++)
    {
      gboolean is_sent = is_sent_in_copy (&killer, i);

      /* Once it is there it stays there. */
      g_assert_true (is_sent || n_sent == 0);
      n_sent += is_sent;
    }
  g_assert_cmpuint (n_sent, >, 0);
  g_assert_cmpuint (n_sent, <, killer.n_copies);
  g_assert_cmpint (g_rmdir (killer.folder), ==, 0);
  g_free (killer.folder);
}

/* Where the message is not taken the draft is there still. */
static void
test_draft_on_full_disk (SearchFixture *fixture,
                         gconstpointer  data)
{
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  g_autofree char *text = NULL;
  g_autofree char *reply_to = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) waiting = NULL;
  int cursor = 0;

  chat_store_put_draft (fixture->store, "general", "to be sent", 10, NULL);
  chat_store_write (fixture->store, full_disk_fill, NULL, NULL);
  search_fixture_flush (fixture);
  add_outgoing (fixture, "c1", large, TRUE, &error);
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_STORE);
  waiting = chat_store_list_outbox (fixture->store, "u1", "Mira");
  g_assert_cmpuint (waiting->len, ==, 0);
  g_assert_true (chat_store_read_draft (fixture->store, "general", &text, &cursor, &reply_to));
  g_assert_cmpstr (text, ==, "to be sent");
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, SearchFixture, NULL, search_fixture_set_up, test, search_fixture_tear_down)
  add ("/store-hard/spans", test_spans);
  add ("/store-hard/pages", test_pages);
  add ("/store-hard/damaged-middle", test_damaged_middle);
  add ("/store-hard/full-disk", test_full_disk);
  add ("/store-hard/killed-while-sending", test_killed_while_sending);
  add ("/store-hard/draft-on-full-disk", test_draft_on_full_disk);
#undef add

  return g_test_run ();
}
