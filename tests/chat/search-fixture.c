/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "search-fixture.h"

void
search_fixture_open (SearchFixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&fixture->store);
  fixture->store = chat_store_open (fixture->path, &error);
  g_assert_no_error (error);
}

void
search_fixture_set_up (SearchFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("enfilade-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = chat_store_path_for (fixture->folder, "http://localhost", "mira");
  search_fixture_open (fixture);
}

void
search_fixture_tear_down (SearchFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&fixture->store);
  g_assert_true (chat_store_delete (fixture->path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

void
search_fixture_result_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

GAsyncResult *
search_fixture_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

void
search_fixture_flush (SearchFixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_store_flush_async (fixture->store, NULL, search_fixture_result_cb, &result);
  g_assert_true (chat_store_flush_finish (fixture->store, search_fixture_wait (&result), &error));
  g_assert_no_error (error);
}

void
search_fixture_put (SearchFixture *fixture,
                   ChatMessage  *message)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new ();

  g_ptr_array_add (messages, message);
  chat_store_put_messages (fixture->store, chat_message_get_room_id (message), messages, NULL);
  search_fixture_flush (fixture);
}

/* (transfer full): a message that was put; its id is its time in seconds since NOON */
ChatMessage *
search_fixture_say (SearchFixture *fixture,
                   const char   *room_id,
                   const char   *sender_name,
                   gint64        timestamp,
                   const char   *content)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, (timestamp - NOON) / 1000);
  g_autofree char *sender_id = g_strconcat ("id-", sender_name, NULL);
  ChatMessage *message = chat_message_new (id, room_id, sender_id, sender_name, content, timestamp, CHAT_NO_SEQ);

  search_fixture_put (fixture, message);

  return message;
}

static ChatStoreHits *
find (SearchFixture    *fixture,
      const char      *text,
      const char      *room_id,
      ChatSearchOrder  order,
      gint64           before,
      guint            limit)
{
  g_autoptr(ChatSearchQuery) query = chat_search_query_parse (text);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatStoreHits *hits = NULL;

  chat_store_search_async (fixture->store, query, room_id, order, before, limit, NULL, search_fixture_result_cb, &result);
  hits = chat_store_search_finish (fixture->store, search_fixture_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (hits);

  return hits;
}

/* (transfer full): what is found */
ChatStoreHits *
search_fixture_find (SearchFixture    *fixture,
                    const char      *text,
                    ChatSearchOrder  order,
                    gint64           before,
                    guint            limit)
{
  return find (fixture, text, NULL, order, before, limit);
}

char *
search_fixture_search (SearchFixture    *fixture,
                      const char      *text,
                      const char      *room_id,
                      ChatSearchOrder  order)
{
  g_autoptr(ChatStoreHits) hits = find (fixture, text, room_id, order, G_MAXINT64, 50);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < hits->hits->len; i++)
    {
      ChatStoreHit *hit = g_ptr_array_index (hits->hits, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", chat_message_get_id (hit->message));
    }

  return g_string_free (ids, FALSE);
}
