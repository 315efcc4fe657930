/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A room's timeline as a window on its store. */

#include "config.h"

#include <stdio.h>

#include "chat-session-private.h"
#include "store-fixture.h"
#include "test-server.h"

#define WINDOW_MAX 240

/* Which numbers are in the timeline, "first-last", when it has no hole; "0-0" when it is empty. */
static char *
describe (ChatRoom *room)
{
  GListModel *rows = G_LIST_MODEL (chat_room_get_timeline (room));
  gint64 first = 0;
  gint64 last = 0;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i);
      ChatMessage *message = chat_timeline_item_get_message (row);

      if (message == NULL || chat_message_get_id (message) == NULL)
        continue;

      if (first == 0)
        first = chat_message_get_seq (message);
      else
        g_assert_cmpint (chat_message_get_seq (message), ==, last + 1);
      last = chat_message_get_seq (message);
    }

  return g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, first, last);
}

static void
assert_window (ChatRoom   *room,
               const char *expected)
{
  g_autofree char *window = describe (room);

  g_assert_cmpstr (window, ==, expected);
}

static void
show_newest (StoreFixture *fixture,
             ChatRoom     *room)
{
  chat_room_show_newest (room);
  store_fixture_flush (fixture);
}

/* The number of the message to which it went, or -1 where there is none. */
static gint64
show (ChatRoom   *room,
      const char *id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ChatMessage) message = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_show_message_async (room, id, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  message = chat_room_show_finish (room, result, &error);
  if (message == NULL)
    {
      g_assert_error (error, CHAT_ERROR, CHAT_ERROR_NOT_FOUND);
      return -1;
    }

  g_assert_true (chat_timeline_find (chat_room_get_timeline (room), id) == message);

  return chat_message_get_seq (message);
}

static void
receive (ChatRoom *room,
         gint64    seq)
{
  g_autoptr(ChatMessage) message = store_fixture_make (seq);

  chat_room_receive (room, message);
}

static void
mark_unread (ChatRoom *room,
             gint64    seq)
{
  g_autoptr(ChatMessage) message = store_fixture_make (seq);

  chat_room_mark_unread_from (room, message);
}

/* At first sight a screen is enough, and the view asks for more. */
static void
test_newest (StoreFixture  *fixture,
             gconstpointer  data)
{
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 500);
  room = store_fixture_get_room (fixture);
  g_assert_cmpstr (chat_message_get_content (chat_room_get_last_message (room)), ==, "m500");
  assert_window (room, "477-500");
  g_assert_true (chat_room_get_has_older (room));
  g_assert_false (chat_room_get_has_newer (room));
  /* The row of the list and the row of the timeline are of one message. */
  g_assert_true (chat_room_get_last_message (room) == chat_timeline_get_last (chat_room_get_timeline (room)));
}

/* A server may send a message before it answers that one is in the room again. */
static void
test_before_entering (StoreFixture  *fixture,
                      gconstpointer  data)
{
  ChatRoom *room = chat_session_ensure_room (fixture->session, "general", "General");

  chat_session_set_features (fixture->session, CHAT_FEATURE_HISTORY);
  fixture->session->mode_known = TRUE;
  assert_window (room, "0-0");
  g_assert_false (chat_room_get_has_older (room));

  receive (room, 2);
  assert_window (room, "2-2");
  g_assert_true (chat_room_get_has_older (room));
}

static void
put_long (StoreFixture *fixture,
          gint64        seq,
          guint         n_lines)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GString) content = g_string_new (NULL);
  ChatSpan span = { seq, seq };

  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (content, "line %u\n", i);
  g_ptr_array_add (messages, chat_message_new ("long", "general", "u2", "Eve", content->str, STORE_FIXTURE_NOON + seq * 60000, seq));
  chat_store_put_messages (fixture->store, "general", messages, &span);
  store_fixture_reopen (fixture);
  chat_room_mark_read (store_fixture_get_room (fixture));
  store_fixture_reopen (fixture);
}

/* Few long messages fill a screen as well, and one that is longer than a screen is there as a whole. */
static void
test_long_messages (StoreFixture  *fixture,
                    gconstpointer  data)
{
  store_fixture_put (fixture, 1, 100);
  put_long (fixture, 101, 30);
  assert_window (store_fixture_get_room (fixture), "92-101");
}

static void
test_longer_than_a_screen (StoreFixture  *fixture,
                           gconstpointer  data)
{
  store_fixture_put (fixture, 1, 100);
  put_long (fixture, 101, 3000);
  assert_window (store_fixture_get_room (fixture), "101-101");
}

static void
test_there_and_back (StoreFixture  *fixture,
                     gconstpointer  data)
{
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 500);
  room = store_fixture_get_room (fixture);
  assert_window (room, "477-500");
  chat_room_set_following (room, FALSE);

  for (guint i = 0; i < 10; i++)
    test_load_older (room);
  assert_window (room, "277-500");
  g_assert_false (chat_room_get_has_newer (room));

  test_load_older (room);
  assert_window (room, "257-496");
  g_assert_true (chat_room_get_has_newer (room));

  while (chat_room_get_has_older (room))
    test_load_older (room);
  assert_window (room, "1-240");
  test_load_older (room);
  assert_window (room, "1-240");

  while (chat_room_get_has_newer (room))
    test_load_newer (room);
  assert_window (room, "261-500");
  g_assert_true (chat_room_get_has_older (room));
}

/* What comes goes along at the newest end; elsewhere it waits in the store. */
static void
test_live (StoreFixture  *fixture,
           gconstpointer  data)
{
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 500);
  room = store_fixture_get_room (fixture);
  chat_room_get_timeline (room);
  for (gint64 seq = 501; seq <= 800; seq++)
    receive (room, seq);
  assert_window (room, "561-800");
  g_assert_true (chat_room_get_has_older (room));

  g_assert_cmpint (show (room, "m100"), ==, 100);
  assert_window (room, "60-139");
  g_assert_true (chat_room_get_has_newer (room));
  receive (room, 801);
  receive (room, 801);
  assert_window (room, "60-139");
  g_assert_cmpstr (chat_message_get_content (chat_room_get_last_message (room)), ==, "m801");
  g_assert_cmpuint (chat_room_get_unread (room), ==, 301);

  show_newest (fixture, room);
  assert_window (room, "762-801");
}

/* A reader who is not at the end does not lose the place to a flood. */
static void
test_flood (StoreFixture  *fixture,
            gconstpointer  data)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;

  store_fixture_put (fixture, 1, 100);
  room = store_fixture_get_room (fixture);
  first = chat_timeline_get_first (chat_room_get_timeline (room));
  chat_room_set_following (room, FALSE);
  for (gint64 seq = 101; seq <= 1000; seq++)
    receive (room, seq);

  g_assert_true (chat_timeline_get_first (chat_room_get_timeline (room)) == first);
  g_assert_cmpuint (chat_timeline_get_n_messages (chat_room_get_timeline (room)), <=, WINDOW_MAX);
  g_assert_true (chat_room_get_has_newer (room));
  while (chat_room_get_has_newer (room))
    test_load_newer (room);
  assert_window (room, "761-1000");
}

static void
test_hole (StoreFixture  *fixture,
           gconstpointer  data)
{
  ChatRoom *room = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  store_fixture_put (fixture, 1, 100);
  store_fixture_put (fixture, 151, 200);
  room = store_fixture_get_room (fixture);
  assert_window (room, "177-200");
  test_load_older (room);
  assert_window (room, "157-200");
  test_load_older (room);
  assert_window (room, "151-200");

  /* What is in the hole only the server knows. */
  g_assert_true (chat_room_get_has_older (room));
  chat_room_load_older_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_false (chat_room_load_finish (room, result, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_OFFLINE);
  g_clear_error (&error);
  g_clear_object (&result);
  assert_window (room, "151-200");

  g_assert_cmpint (show (room, "m90"), ==, 90);
  assert_window (room, "50-100");
  g_assert_true (chat_room_get_has_newer (room));

  chat_room_load_newer_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_false (chat_room_load_finish (room, result, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_OFFLINE);
  assert_window (room, "50-100");
  g_assert_cmpint (show (room, "m120"), ==, -1);
  assert_window (room, "50-100");
}

static gint64
show_date (ChatRoom *room,
           gint64    seq)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc ((STORE_FIXTURE_NOON + seq * 60000) / 1000);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ChatMessage) message = NULL;

  chat_room_show_date_async (room, date, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  message = chat_room_show_finish (room, result, NULL);

  return message != NULL ? chat_message_get_seq (message) : -1;
}

static void
test_date (StoreFixture  *fixture,
           gconstpointer  data)
{
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 500);
  room = store_fixture_get_room (fixture);
  g_assert_cmpint (show_date (room, 250), ==, 250);
  assert_window (room, "210-289");
  g_assert_cmpint (show_date (room, -1000), ==, 1);
  assert_window (room, "1-40");
  g_assert_cmpint (show_date (room, 9000), ==, 500);
  g_assert_false (chat_room_get_has_newer (room));
}

static int
count_cb (gpointer data)
{
  (*(guint *) data)++;

  return 0;
}

/* Where the server does not count, going to a date does not read the whole room for a number that no message has. */
static void
test_date_without_numbers (StoreFixture  *fixture,
                           gconstpointer  data)
{
  enum { N_MESSAGES = 5000 };
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (STORE_FIXTURE_NOON / 1000 + N_MESSAGES / 2);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ChatMessage) shown = NULL;
  ChatStoredRoom stored = { 0 };
  ChatRoom *room = NULL;
  guint n_steps = 0;

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);

      g_ptr_array_add (messages, chat_message_new (id, "general", "u2", "Eve", id, STORE_FIXTURE_NOON + i * 1000, CHAT_NO_SEQ));
    }
  stored.id = (char *) "general";
  stored.name = (char *) "General";
  stored.joined = TRUE;
  stored.last_seq = CHAT_NO_SEQ;
  stored.read_seq = CHAT_NO_SEQ;
  stored.told_read_seq = CHAT_NO_SEQ;
  chat_store_put_room (fixture->store, &stored);
  chat_store_put_messages (fixture->store, "general", messages, NULL);
  store_fixture_reopen (fixture);
  room = store_fixture_get_room (fixture);

  sqlite3_progress_handler (chat_database_get_handle (fixture->store->reader), 1, count_cb, &n_steps);
  chat_room_show_date_async (room, date, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  sqlite3_progress_handler (chat_database_get_handle (fixture->store->reader), 0, NULL, NULL);

  shown = chat_room_show_finish (room, result, NULL);
  g_assert_cmpstr (chat_message_get_id (shown), ==, "p2500");
  g_assert_cmpuint (n_steps, >, 0);
  g_test_message ("%u steps", n_steps);
  g_assert_cmpuint (n_steps, <, 2 * N_MESSAGES);
}

/* Who goes elsewhere meanwhile finds the window where they have left it. */
static void
test_stopped (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 500);
  room = store_fixture_get_room (fixture);
  assert_window (room, "477-500");
  chat_room_show_message_async (room, "m90", cancellable, test_take_result, &result);
  g_cancellable_cancel (cancellable);
  test_wait_until (result != NULL);
  g_assert_null (chat_room_show_finish (room, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_window (room, "477-500");
  g_assert_false (chat_room_get_has_newer (room));
}

/* Where the reader left a room it is opened, also after the program has ended. */
static void
test_place (StoreFixture  *fixture,
            gconstpointer  data)
{
  ChatRoom *room = NULL;
  ChatMessage *view = NULL;
  double offset = 0;

  store_fixture_put (fixture, 1, 500);
  room = store_fixture_get_room (fixture);
  g_assert_null (chat_room_get_view (room, &offset));
  show (room, "m123");
  chat_room_keep_view (room, chat_timeline_find (chat_room_get_timeline (room), "m123"), 17.5);

  store_fixture_reopen (fixture);
  room = store_fixture_get_room (fixture);
  assert_window (room, "111-162");
  view = chat_room_get_view (room, &offset);
  g_assert_cmpstr (chat_message_get_content (view), ==, "m123");
  g_assert_cmpfloat (offset, ==, 17.5);

  chat_room_keep_view (room, NULL, 0);
  store_fixture_reopen (fixture);
  room = store_fixture_get_room (fixture);
  g_assert_null (chat_room_get_view (room, &offset));
  assert_window (room, "477-500");
}

/* Who has much to read begins where it begins. */
static void
test_unread (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ChatMessage) first = NULL;
  g_autoptr(ChatTimelineItem) marker = NULL;
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 500);
  room = store_fixture_get_room (fixture);
  chat_room_mark_unread_from (room, chat_timeline_get_first (chat_room_get_timeline (room)));
  g_assert_cmpuint (chat_room_get_unread (room), ==, 24);
  mark_unread (room, 201);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 300);

  store_fixture_reopen (fixture);
  room = store_fixture_get_room (fixture);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 300);
  assert_window (room, "189-240");
  g_assert_cmpuint (chat_timeline_get_unread_position (chat_room_get_timeline (room)), !=, G_MAXUINT);
  marker = g_list_model_get_item (G_LIST_MODEL (chat_room_get_timeline (room)),
                                  chat_timeline_get_unread_position (chat_room_get_timeline (room)) + 1);
  g_assert_cmpstr (chat_message_get_content (chat_timeline_item_get_message (marker)), ==, "m201");

  show_newest (fixture, room);
  assert_window (room, "461-500");
  g_assert_cmpuint (chat_timeline_get_unread_position (chat_room_get_timeline (room)), ==, G_MAXUINT);
  chat_room_show_unread_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  first = chat_room_show_finish (room, result, NULL);
  g_assert_cmpstr (chat_message_get_content (first), ==, "m201");
  g_assert_cmpuint (chat_timeline_get_unread_position (chat_room_get_timeline (room)), !=, G_MAXUINT);

  chat_room_mark_read_to (room, first);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 299);
  chat_room_mark_read (room);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 0);
}

/* What is not sent yet stands at the newest end and nowhere else, and is there again after the program has ended. */
static void
test_waiting (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  ChatRoom *room = NULL;
  ChatMessage *message = NULL;

  store_fixture_put (fixture, 1, 500);
  room = store_fixture_get_room (fixture);
  message = test_send (room, "later", &error);
  g_assert_no_error (error);
  g_assert_true (chat_timeline_get_last (chat_room_get_timeline (room)) == message);
  show (room, "m100");
  g_assert_null (test_find_content (room, "later"));
  show_newest (fixture, room);
  g_assert_true (test_find_content (room, "later") == message);

  store_fixture_reopen (fixture);
  room = store_fixture_get_room (fixture);
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 1);
  message = chat_timeline_get_last (chat_room_get_timeline (room));
  g_assert_cmpstr (chat_message_get_content (message), ==, "later");
  g_assert_cmpint (chat_message_get_delivery (message), ==, CHAT_DELIVERY_WAITING);
  g_assert_true (chat_message_get_own (message));
  g_assert_true (chat_room_get_last_message (room) == message);

  chat_room_discard (room, message);
  store_fixture_reopen (fixture);
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 0);
}

static void
assert_draft (ChatRoom   *room,
              const char *expected)
{
  g_autofree char *text = NULL;
  g_autofree char *reply_to = NULL;
  int cursor = 0;

  g_assert_cmpstr (chat_room_get_draft (room), ==, expected);
  g_assert_cmpint (chat_room_read_draft (room, &text, &cursor, &reply_to), ==, expected != NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* What is sent was the draft; what is written behind it is another one. */
static void
test_draft (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ChatMessage) message = NULL;
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 5);
  room = store_fixture_get_room (fixture);
  chat_room_keep_draft (room, "to be sent", 3, NULL);
  store_fixture_flush (fixture);
  test_send (room, "to be sent", &error);
  g_assert_no_error (error);
  assert_draft (room, NULL);
  store_fixture_reopen (fixture);
  room = store_fixture_get_room (fixture);
  assert_draft (room, NULL);
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 1);

  chat_room_keep_draft (room, "also", 4, NULL);
  chat_room_send_async (room, "also", NULL, NULL, test_take_result, &result);
  assert_draft (room, NULL);
  chat_room_keep_draft (room, "behind it", 9, NULL);
  assert_draft (room, "behind it");
  test_wait_until (result != NULL);
  message = chat_room_send_finish (room, result, &error);
  g_assert_no_error (error);
  assert_draft (room, "behind it");
  store_fixture_reopen (fixture);
  room = store_fixture_get_room (fixture);
  assert_draft (room, "behind it");
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 2);

  /* What is not taken is the draft still. */
  g_assert_null (test_send (room, " ", &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_INVALID);
  g_clear_error (&error);
  assert_draft (room, "behind it");
  chat_store_close (fixture->store);
  g_assert_null (test_send (room, "behind it", &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_STORE);
  assert_draft (room, "behind it");
}

/* What comes while the window is full and not followed is not put behind a hole. */
static void
test_no_hole_behind (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr(GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) error = NULL;
  ChatRoom *room = NULL;
  ChatSpan span = { 101, 400 };

  store_fixture_put (fixture, 1, 100);
  room = store_fixture_get_room (fixture);
  chat_room_get_timeline (room);
  test_send (room, "waits", &error);
  g_assert_no_error (error);
  chat_room_set_following (room, FALSE);
  receive (room, 401);

  for (gint64 seq = 101; seq <= 400; seq++)
    g_ptr_array_add (page, store_fixture_make (seq));
  chat_room_add_page (room, page, &span);
  chat_room_window_add_newest (room, page);
  store_fixture_flush (fixture);

  assert_window (room, "77-100");
  g_assert_null (test_find_content (room, "waits"));
  g_assert_true (chat_room_get_has_newer (room));
  while (chat_room_get_has_newer (room))
    test_load_newer (room);
  assert_window (room, "163-401");
  g_assert_nonnull (test_find_content (room, "waits"));
}

/* What comes between the reading and the end of it is there all the same. */
static void
test_live_while_moving (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autofree char *window = NULL;
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 300);
  room = store_fixture_get_room (fixture);
  show (room, "m100");
  receive (room, 301);
  chat_room_show_newest (room);
  receive (room, 302);
  while (chat_room_get_has_newer (room))
    g_main_context_iteration (NULL, TRUE);
  receive (room, 303);
  store_fixture_flush (fixture);
  store_fixture_flush (fixture);
  window = describe (room);
  g_assert_true (g_str_has_suffix (window, "-303"));
}

/* What the server wrote down before a message was edited or deleted takes nothing back. */
static void
test_stale_page (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr(GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(ChatMessage) deleted = store_fixture_make (51);
  g_autoptr(ChatMessage) edited = chat_message_new ("m52", "general", "u2", "Eve", "better", STORE_FIXTURE_NOON + 52 * 60000, 52);
  ChatRoom *room = NULL;
  ChatSpan span = { 51, 60 };

  store_fixture_put (fixture, 1, 50);
  room = store_fixture_get_room (fixture);
  chat_session_set_features (fixture->session, CHAT_FEATURE_HISTORY);
  chat_message_set_deleted (deleted);
  chat_message_set_edited_at (edited, STORE_FIXTURE_NOON);
  chat_room_receive_changed (room, deleted);
  chat_room_receive_changed (room, edited);
  for (gint64 seq = 51; seq <= 60; seq++)
    g_ptr_array_add (page, store_fixture_make (seq));
  chat_room_add_page (room, page, &span);

  store_fixture_reopen (fixture);
  room = store_fixture_get_room (fixture);
  assert_window (room, "36-60");
  g_assert_null (test_find_content (room, "m51"));
  g_assert_null (test_find_content (room, "m52"));
  g_assert_nonnull (test_find_content (room, "better"));
}

/* An edit of a message that is not in the window is there when the window comes to it. */
static void
test_changed_elsewhere (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr(ChatMessage) edited = chat_message_new ("m100", "general", "u2", "Eve", "better", STORE_FIXTURE_NOON + 6000000, 100);
  g_autoptr(ChatMessage) deleted = store_fixture_make (101);
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 500);
  room = store_fixture_get_room (fixture);
  chat_room_get_timeline (room);
  chat_message_set_edited_at (edited, STORE_FIXTURE_NOON);
  chat_message_set_deleted (deleted);
  chat_room_receive_changed (room, edited);
  chat_room_receive_changed (room, deleted);
  g_assert_cmpint (show (room, "m100"), ==, 100);
  g_assert_nonnull (test_find_content (room, "better"));
  g_assert_null (test_find_content (room, "m101"));
  g_assert_true (chat_message_get_deleted (chat_timeline_find (chat_room_get_timeline (room), "m101")));
}

/* Whatever is done in whatever order, the window has no hole, and says rightly whether there is more. */
static void
test_random_walk (StoreFixture  *fixture,
                  gconstpointer  data)
{
  ChatRoom *room = NULL;
  gint64 newest = 700;

  store_fixture_put (fixture, 1, newest);
  room = store_fixture_get_room (fixture);
  chat_room_get_timeline (room);

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *window = NULL;
      g_autofree char *id = g_strdup_printf ("m%d", g_test_rand_int_range (1, (int) newest + 1));
      gint64 first = 0;
      gint64 last = 0;

      switch (g_test_rand_int_range (0, 7))
        {
        case 0:
        case 1:
          test_load_older (room);
          break;

        case 2:
          test_load_newer (room);
          break;

        case 3:
          show_newest (fixture, room);
          break;

        case 4:
          g_assert_cmpint (show (room, id), >, 0);
          break;

        case 5:
          chat_room_set_following (room, g_test_rand_bit ());
          break;

        default:
          receive (room, ++newest);
          break;
        }

      window = describe (room);
      g_assert_cmpint (sscanf (window, "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, &first, &last), ==, 2);
      g_assert_cmpint (first, >, 0);
      g_assert_cmpint (chat_room_get_has_older (room), ==, first > 1);
      g_assert_cmpint (chat_room_get_has_newer (room), ==, last < newest);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, StoreFixture, NULL, store_fixture_set_up, test, store_fixture_tear_down)
  add ("/window/before-entering", test_before_entering);
  add ("/window/newest", test_newest);
  add ("/window/long-messages", test_long_messages);
  add ("/window/longer-than-a-screen", test_longer_than_a_screen);
  add ("/window/there-and-back", test_there_and_back);
  add ("/window/live", test_live);
  add ("/window/flood", test_flood);
  add ("/window/hole", test_hole);
  add ("/window/date", test_date);
  add ("/window/date-without-numbers", test_date_without_numbers);
  add ("/window/stopped", test_stopped);
  add ("/window/place", test_place);
  add ("/window/unread", test_unread);
  add ("/window/waiting", test_waiting);
  add ("/window/draft", test_draft);
  add ("/window/changed-elsewhere", test_changed_elsewhere);
  add ("/window/no-hole-behind", test_no_hole_behind);
  add ("/window/live-while-moving", test_live_while_moving);
  add ("/window/stale-page", test_stale_page);
  add ("/window/random-walk", test_random_walk);
#undef add

  return g_test_run ();
}
