/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search's model: over what is kept, as one types, and with a server that finds more. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-search-private.h"
#include "test-server.h"

typedef struct
{
  TestServer  *server;
  ChatSession *session;
  ChatSearch  *search;
  GPtrArray   *shadow;
} Fixture;

/* Keeps a copy by items-changed alone: what a view sees. */
static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Fixture    *fixture)
{
  if (removed > 0)
    g_ptr_array_remove_range (fixture->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->shadow, (int) (position + i), g_list_model_get_item (model, position + i));

  g_assert_cmpuint (fixture->shadow->len, ==, g_list_model_get_n_items (model));
  g_assert_cmpuint (fixture->shadow->len, ==, chat_search_get_n_hits (CHAT_SEARCH (model)) );
}

static void
begin_search (Fixture *fixture)
{
  fixture->search = chat_search_new (fixture->session);
  fixture->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->search, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(ChatCredentials) credentials = test_make_credentials ("http://127.0.0.1:1", "u1", "ben", FALSE);

  fixture->session = chat_session_new (credentials);
  begin_search (fixture);
}

static void
set_up_server (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(ChatCredentials) credentials = NULL;

  fixture->server = test_server_new_script ("hostile-server.mjs", "search");
  test_server_start (fixture->server);
  credentials = test_make_credentials (test_server_get_address (fixture->server), "u1", "ben", FALSE);
  fixture->session = chat_session_new (credentials);
  begin_search (fixture);
  chat_session_start (fixture->session);
  test_wait_until (chat_session_get_features (fixture->session) == CHAT_FEATURE_SEARCH);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_ptr_array_unref (fixture->shadow);
  g_signal_handlers_disconnect_by_data (fixture->search, fixture);
  test_wait_until (!chat_search_get_searching (fixture->search));
  g_assert_finalize_object (g_steal_pointer (&fixture->search));
  test_finish_session (&fixture->session);
  g_clear_pointer (&fixture->server, test_server_free);
}

static void
keep (Fixture    *fixture,
      const char *room_id,
      const char *id,
      gint64      timestamp,
      gint64      seq,
      const char *content)
{
  g_autoptr(ChatMessage) message = chat_message_new (id, room_id, "u2", "eve", content, timestamp, seq);
  g_autoptr(GPtrArray) messages = g_ptr_array_new ();
  ChatSpan span = { seq, seq };

  chat_session_ensure_room (fixture->session, room_id, room_id);
  g_ptr_array_add (messages, message);
  chat_store_put_messages (chat_session_get_store (fixture->session), room_id, messages, seq != CHAT_NO_SEQ ? &span : NULL);
}

static void
flush (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatStore *store = chat_session_get_store (fixture->session);

  chat_store_flush_async (store, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_store_flush_finish (store, result, &error));
  g_assert_no_error (error);
}

static ChatMessage *
nth (Fixture *fixture,
     guint    n)
{
  return chat_search_hit_get_message (g_ptr_array_index (fixture->shadow, n));
}

static void
assert_hits (Fixture    *fixture,
             const char *expected)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  test_wait_until (!chat_search_get_searching (fixture->search));
  for (guint i = 0; i < fixture->shadow->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", chat_message_get_id (nth (fixture, i)));

  g_assert_cmpstr (ids->str, ==, expected);
}

static void
keep_some (Fixture *fixture)
{
  keep (fixture, "r1", "m1", 1001, CHAT_NO_SEQ, "the doorman is open to all that is");
  keep (fixture, "r1", "m2", 1002, CHAT_NO_SEQ, "open the door");
  keep (fixture, "r2", "m3", 1003, CHAT_NO_SEQ, "a door, and what is said when it will not open for anybody");
  flush (fixture);
}

static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  keep_some (fixture);
  g_assert_false (chat_search_get_asks (fixture->search));

  chat_search_set_text (fixture->search, "d");
  chat_search_set_text (fixture->search, "do");
  chat_search_set_text (fixture->search, "door");
  g_assert_true (chat_search_get_searching (fixture->search));
  g_assert_true (chat_search_get_asks (fixture->search));
  assert_hits (fixture, "m3 m2 m1");

  /* What was found stays until the next has been found. */
  chat_search_set_text (fixture->search, "door ");
  g_assert_cmpuint (chat_search_get_n_hits (fixture->search), ==, 3);
  assert_hits (fixture, "m3 m2");
  chat_search_set_text (fixture->search, "door nothing ");
  assert_hits (fixture, "");
  g_assert_true (chat_search_get_asks (fixture->search));
  chat_search_set_text (fixture->search, "  ");
  g_assert_false (chat_search_get_asks (fixture->search));
  g_assert_false (chat_search_get_searching (fixture->search));
  g_assert_cmpuint (chat_search_get_n_hits (fixture->search), ==, 0);
}

static void
test_room_and_order (Fixture       *fixture,
                     gconstpointer  data)
{
  keep_some (fixture);
  chat_search_set_text (fixture->search, "open door");
  assert_hits (fixture, "m3 m2 m1");
  chat_search_set_order (fixture->search, CHAT_SEARCH_BEST);
  assert_hits (fixture, "m2 m3 m1");
  chat_search_set_room (fixture->search, chat_room_list_find (chat_session_get_rooms (fixture->session), "r1"));
  assert_hits (fixture, "m2 m1");
}

static void
test_hit (Fixture       *fixture,
          gconstpointer  data)
{
  ChatSearchHit *hit = NULL;
  const ChatSearchRange *ranges = NULL;
  guint n_ranges = 0;

  for (gint64 seq = 1; seq <= 3; seq++)
    {
      g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);

      keep (fixture, "r1", id, 1000 + seq, seq, seq == 2 ? "the Door is a dóor" : "beside");
    }
  keep (fixture, "r1", "m9", 1009, 9, "beyond a hole, a door");
  keep (fixture, "r1", "m10", 1010, CHAT_NO_SEQ, "last");
  flush (fixture);
  chat_room_set_name (chat_room_list_find (chat_session_get_rooms (fixture->session), "r1"), "Renamed");

  chat_search_set_text (fixture->search, "door ");
  assert_hits (fixture, "m9 m2");
  hit = g_ptr_array_index (fixture->shadow, 1);
  g_assert_cmpstr (chat_search_hit_get_room_name (hit), ==, "Renamed");
  g_assert_false (chat_search_hit_get_from_server (hit));
  g_assert_cmpstr (chat_message_get_id (chat_search_hit_get_before (hit)), ==, "m1");
  g_assert_cmpstr (chat_message_get_id (chat_search_hit_get_after (hit)), ==, "m3");
  ranges = chat_search_hit_get_ranges (hit, &n_ranges);
  g_assert_cmpuint (n_ranges, ==, 2);
  g_assert_cmpuint (ranges[0].start, ==, 4);
  g_assert_cmpuint (ranges[0].end, ==, 8);
  g_assert_cmpuint (ranges[1].end, ==, strlen ("the Door is a dóor"));

  /* What is not known to stand beside it is not shown there. */
  hit = g_ptr_array_index (fixture->shadow, 0);
  g_assert_null (chat_search_hit_get_before (hit));
  g_assert_null (chat_search_hit_get_after (hit));
}

static void
test_more (Fixture       *fixture,
           gconstpointer  data)
{
  for (gint64 i = 1; i <= 120; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, i);

      keep (fixture, "r1", id, 1000 + i, CHAT_NO_SEQ, "door");
    }
  flush (fixture);

  chat_search_set_text (fixture->search, "door");
  test_wait_until (!chat_search_get_searching (fixture->search));
  g_assert_cmpuint (fixture->shadow->len, ==, 50);
  g_assert_true (chat_search_get_has_more (fixture->search));
  chat_search_load_more (fixture->search);
  chat_search_load_more (fixture->search);
  test_wait_until (!chat_search_get_searching (fixture->search));
  g_assert_cmpuint (fixture->shadow->len, ==, 100);
  chat_search_load_more (fixture->search);
  test_wait_until (!chat_search_get_searching (fixture->search));
  g_assert_cmpuint (fixture->shadow->len, ==, 120);
  g_assert_false (chat_search_get_has_more (fixture->search));
  for (guint i = 0; i < 120; i++)
    g_assert_cmpint (chat_message_get_timestamp (nth (fixture, i)), ==, 1120 - i);
}

/* A session that has ended its store answers in words. */
static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  keep_some (fixture);
  chat_search_set_text (fixture->search, "door");
  assert_hits (fixture, "m3 m2 m1");
  chat_store_close (chat_session_get_store (fixture->session));
  chat_search_set_text (fixture->search, "doo");
  assert_hits (fixture, "");
  g_assert_nonnull (chat_search_get_error (fixture->search));
}

static void
test_server (Fixture       *fixture,
             gconstpointer  data)
{
  keep (fixture, "r1", "old7", 1006, 7, "an old door, 7");
  keep (fixture, "r1", "m1", 1050, CHAT_NO_SEQ, "this door is only here");
  keep (fixture, "r2", "m2", 9000, CHAT_NO_SEQ, "the newest door");
  flush (fixture);

  chat_search_set_text (fixture->search, "door");
  test_wait_until (!chat_search_get_searching (fixture->search));
  g_assert_cmpuint (fixture->shadow->len, ==, 3 + 50);
  g_assert_true (chat_search_hit_get_from_server (g_ptr_array_index (fixture->shadow, 1)));

  while (chat_search_get_has_more (fixture->search))
    {
      chat_search_load_more (fixture->search);
      test_wait_until (!chat_search_get_searching (fixture->search));
    }

  /* Each once, and all in the order of time. */
  g_assert_cmpuint (fixture->shadow->len, ==, 122);
  for (guint i = 1; i < fixture->shadow->len; i++)
    g_assert_cmpint (chat_message_get_timestamp (nth (fixture, i)), <=, chat_message_get_timestamp (nth (fixture, i - 1)));

  /* They are kept. */
  flush (fixture);
  chat_session_stop (fixture->session);
  chat_search_set_text (fixture->search, "old door 100 ");
  assert_hits (fixture, "old100");
  g_assert_false (chat_search_hit_get_from_server (g_ptr_array_index (fixture->shadow, 0)));
}

/* What the server does not know is looked at here. */
static void
test_server_limits (Fixture       *fixture,
                    gconstpointer  data)
{
  keep (fixture, "r2", "m2", 9000, CHAT_NO_SEQ, "the newest door");
  flush (fixture);

  chat_search_set_text (fixture->search, "door from:nobody ");
  assert_hits (fixture, "");
  chat_search_set_text (fixture->search, "door has:link ");
  assert_hits (fixture, "");
  chat_search_set_text (fixture->search, "door in:r2 ");
  assert_hits (fixture, "m2");
  chat_search_set_text (fixture->search, "door after:1990 ");
  assert_hits (fixture, "");
  chat_search_set_room (fixture->search, chat_room_list_find (chat_session_get_rooms (fixture->session), "r2"));
  chat_search_set_text (fixture->search, "door");
  assert_hits (fixture, "m2");
}

static void
test_server_fails (Fixture       *fixture,
                   gconstpointer  data)
{
  chat_search_set_text (fixture->search, "refused ");
  assert_hits (fixture, "");
  g_assert_cmpstr (chat_search_get_error (fixture->search), !=, NULL);

  chat_search_set_text (fixture->search, "nonsense ");
  assert_hits (fixture, "");
  g_assert_cmpstr (chat_search_get_error (fixture->search), !=, NULL);

  /* One that always has more, and never anything, is not asked for ever. */
  chat_search_set_text (fixture->search, "endless ");
  g_assert_cmpstr (chat_search_get_error (fixture->search), ==, NULL);
  assert_hits (fixture, "");

  /* Where something was found here, that is the answer. */
  keep (fixture, "r1", "m1", 1000, CHAT_NO_SEQ, "a refused door");
  flush (fixture);
  chat_search_set_text (fixture->search, "refused ");
  assert_hits (fixture, "m1");
  g_assert_cmpstr (chat_search_get_error (fixture->search), ==, NULL);
}

/* Typing goes on while the server is asked. */
static void
test_server_overtaken (Fixture       *fixture,
                       gconstpointer  data)
{
  chat_search_set_text (fixture->search, "door");
  test_wait_until (fixture->search->server_busy);
  chat_search_set_text (fixture->search, "old door 9");
  test_wait_until (!chat_search_get_searching (fixture->search));
  chat_search_set_text (fixture->search, "");
  g_assert_cmpuint (fixture->shadow->len, ==, 0);
  test_settle (300);
  g_assert_cmpuint (fixture->shadow->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

#define add(path, set_up, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  add ("/search/typing", set_up, test_typing);
  add ("/search/room-and-order", set_up, test_room_and_order);
  add ("/search/hit", set_up, test_hit);
  add ("/search/more", set_up, test_more);
  add ("/search/closed", set_up, test_closed);
  add ("/search/server", set_up_server, test_server);
  add ("/search/server-limits", set_up_server, test_server_limits);
  add ("/search/server-fails", set_up_server, test_server_fails);
  add ("/search/server-overtaken", set_up_server, test_server_overtaken);
#undef add

  return g_test_run ();
}
