/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an earlier version kept, this one reads; what a later one keeps, it leaves alone. Also drafts, which are new in version 2. */

#include "config.h"

#include <glib/gstdio.h>

#include "chat-store-schema-private.h"
#include "search-fixture.h"

/* The file is made anew, as @version had made it. */
static void
begin_with_version (SearchFixture *fixture,
                    int           version)
{
  g_autofree char *name = g_strdup_printf ("%d.sql", version);
  g_autofree char *sql_path = g_test_build_filename (G_TEST_DIST, "chat", "store-versions", name, NULL);
  g_autofree char *sql = NULL;
  g_autoptr(ChatDatabase) database = NULL;
  g_autoptr(GError) error = NULL;

  g_clear_object (&fixture->store);
  g_assert_true (chat_store_delete (fixture->path, &error));
  g_file_get_contents (sql_path, &sql, NULL, &error);
  g_assert_no_error (error);

  database = chat_database_open (fixture->path, TRUE, &error);
  g_assert_no_error (error);
  chat_database_run (database, sql, &error);
  g_assert_no_error (error);
}

/* (transfer full): what a statement answers, a line for each row */
static char *
read_all (const char *path,
          const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatDatabase) database = chat_database_open (path, FALSE, &error);
  GString *rows = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  g_assert_no_error (error);
  statement = chat_database_prepare (database, sql, &error);
  while (chat_statement_next (statement, &error))
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const char *text = chat_statement_get_text (statement, i);

          g_string_append_printf (rows, "%s|", text != NULL ? text : "NULL");
        }
      g_string_append_c (rows, '\n');
    }
  g_assert_no_error (error);

  return g_string_free (rows, FALSE);
}

/* Every table that @version had, with every row of it. */
static char *
read_kept (const char *path)
{
  static const char *tables[] = {
    "SELECT * FROM person ORDER BY number",
    "SELECT * FROM room ORDER BY number",
    "SELECT * FROM message ORDER BY number",
    "SELECT * FROM span ORDER BY room, first",
    "SELECT * FROM outbox ORDER BY number",
  };
  GString *kept = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *rows = read_all (path, tables[i]);

      g_assert_cmpstr (rows, !=, "");
      g_string_append (kept, rows);
    }

  return g_string_free (kept, FALSE);
}

#define SCHEMA "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"

static void
assert_same_as_new (SearchFixture *fixture)
{
  g_autofree char *migrated = read_all (fixture->path, SCHEMA);
  g_autofree char *new = NULL;
  g_autoptr(ChatStore) store = NULL;
  g_autoptr(GError) error = NULL;

  store = chat_store_open_unkept (&error);
  g_assert_no_error (error);
  new = read_all (chat_store_get_path (store), SCHEMA);
  g_assert_cmpstr (migrated, ==, new);
}

static void
assert_found (SearchFixture *fixture,
              const char   *text,
              const char   *expected)
{
  g_autofree char *found = search_fixture_search (fixture, text, NULL, CHAT_SEARCH_NEWEST);

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_draft (SearchFixture *fixture,
              const char   *room_id,
              const char   *expected_text,
              int           expected_cursor,
              const char   *expected_reply_to)
{
  g_autofree char *text = NULL;
  g_autofree char *reply_to = NULL;
  int cursor = -1;

  g_assert_cmpint (chat_store_read_draft (fixture->store, room_id, &text, &cursor, &reply_to), ==, expected_text != NULL);
  g_assert_cmpstr (text, ==, expected_text);
  g_assert_cmpint (cursor, ==, expected_cursor);
  g_assert_cmpstr (reply_to, ==, expected_reply_to);
}

static void
test_migration (SearchFixture  *fixture,
                gconstpointer  data)
{
  for (int version = 1; version < chat_store_schema_get_version (); version++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *marked = NULL;

      begin_with_version (fixture, version);
      before = read_kept (fixture->path);
      search_fixture_open (fixture);
      g_assert_null (chat_store_get_notice (fixture->store));

      after = read_kept (fixture->path);
      g_assert_cmpstr (before, ==, after);
      assert_same_as_new (fixture);
      marked = read_all (fixture->path, "PRAGMA user_version");
      g_assert_cmpint (atoi (marked), ==, chat_store_schema_get_version ());

      assert_found (fixture, "cafe ", "m2");
      assert_found (fixture, "door", "m4 m1");
      assert_found (fixture, "東京 ", "x1");
      assert_found (fixture, "from:mira", "x2 m1");
      assert_found (fixture, "has:link in:general", "m4");
      if (version >= 2)
        assert_draft (fixture, "general", "half a sen", 4, "m1");
    }
}

/* Each version has a file. */
static void
test_all_versions (void)
{
  for (int version = 1; version < chat_store_schema_get_version (); version++)
    {
      g_autofree char *name = g_strdup_printf ("%d.sql", version);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "chat", "store-versions", name, NULL);

      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
}

static void
test_newer (SearchFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(ChatDatabase) database = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStore) refused = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before = 0;
  gsize length_after = 0;

  g_object_unref (search_fixture_say (fixture, "general", "Mira", NOON, "kept"));
  g_clear_object (&fixture->store);
  database = chat_database_open (fixture->path, TRUE, &error);
  g_assert_no_error (error);
  chat_database_run (database, "PRAGMA user_version = 1000", &error);
  g_assert_no_error (error);
  g_clear_pointer (&database, chat_database_free);

  g_assert_true (g_file_get_contents (fixture->path, &before, &length_before, NULL));
  refused = chat_store_open (fixture->path, &error);
  g_assert_null (refused);
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_STORE);
  g_assert_true (g_file_get_contents (fixture->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

static void
test_drafts (SearchFixture  *fixture,
             gconstpointer  data)
{
  assert_draft (fixture, "general", NULL, -1, NULL);

  chat_store_put_draft (fixture->store, "general", "half a sen", 4, "m1");
  chat_store_put_draft (fixture->store, "lounge", "日本", 2, NULL);
  search_fixture_flush (fixture);
  search_fixture_open (fixture);
  assert_draft (fixture, "general", "half a sen", 4, "m1");
  assert_draft (fixture, "lounge", "日本", 2, NULL);

  /* The cursor is within the text, whatever the file says. */
  chat_store_put_draft (fixture->store, "general", "short", 99, NULL);
  chat_store_put_draft (fixture->store, "lounge", "", 0, "m1");
  search_fixture_flush (fixture);
  assert_draft (fixture, "general", "short", 5, NULL);
  assert_draft (fixture, "lounge", NULL, -1, NULL);

  /* Nobody else has it: it stays when the room goes, and comes over from a file that was set aside. */
  chat_store_remove_room (fixture->store, "general");
  search_fixture_flush (fixture);
  assert_draft (fixture, "general", "short", 5, NULL);
}

static void
test_drafts_of_damaged (SearchFixture  *fixture,
                        gconstpointer  data)
{
  g_autofree char *mark = g_strconcat (fixture->path, "-damaged", NULL);

  chat_store_put_draft (fixture->store, "general", "begun", 5, "m1");
  search_fixture_flush (fixture);
  g_clear_object (&fixture->store);
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));

  search_fixture_open (fixture);
  g_assert_nonnull (chat_store_get_notice (fixture->store));
  assert_draft (fixture, "general", "begun", 5, "m1");
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, SearchFixture, NULL, search_fixture_set_up, test, search_fixture_tear_down)
  add ("/store-versions/migration", test_migration);
  add ("/store-versions/newer", test_newer);
  add ("/store-versions/drafts", test_drafts);
  add ("/store-versions/drafts-of-damaged", test_drafts_of_damaged);
#undef add
  g_test_add_func ("/store-versions/all", test_all_versions);

  return g_test_run ();
}
