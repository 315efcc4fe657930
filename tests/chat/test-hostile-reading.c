/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept and read of a room, on a server and a disk that do what they should not. */

#include "config.h"

#include "chat-room-private.h"
#include "full-disk.h"
#include "hostile-fixture.h"

/* What is marked while the connection is away is told before the server says how things stood. */
static void
test_recovers_marked (HostileFixture *fixture,
                      gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  test_wait_until (test_find_content (room, "two") != NULL);
  chat_room_mark_read (room);
  test_wait_until (fixture->n_lost > 0);
  chat_room_mark_unread_from (room, test_find_content (room, "two"));
  chat_session_retry_now (fixture->session);
  test_wait_until (test_find_content (room, "read to 1, back") != NULL);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 2);
}

static void
flush (ChatStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;

  chat_store_flush_async (store, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  chat_store_flush_finish (store, result, NULL);
}

static gboolean
is_stored (ChatStore  *store,
           const char *id)
{
  g_autoptr(ChatMessage) message = chat_store_find_message (store, "r1", id);

  return message != NULL;
}

/* What came while the disk was full is not forgotten: the next connection brings it once more. */
static void
test_full_disk (HostileFixture *fixture,
                gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatStore *store = fixture->session->store;

  test_wait_until (is_stored (store, "m10"));
  chat_store_write (store, full_disk_fill, NULL, NULL);
  flush (store);
  chat_room_mark_read (room);
  test_wait_until (fixture->n_received == 1);
  flush (store);
  chat_store_write (store, full_disk_empty, NULL, NULL);
  flush (store);
  g_assert_false (is_stored (store, "m11"));

  chat_room_mark_read (room);
  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  test_wait_until (is_stored (store, "m11"));
}

/* Of what was asked for after a message that could not be written it is not said that it were here. */
static void
test_full_disk_span (HostileFixture *fixture,
                     gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatHistoryWish wish = { CHAT_NO_SEQ, 12, CHAT_NO_SEQ, 10 };
  ChatStore *store = fixture->session->store;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) messages = NULL;
  gboolean has_more = FALSE;
  ChatSpan span;

  test_wait_until (is_stored (store, "m10"));
  chat_room_ask_history_async (room, &wish, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_room_ask_history_finish (room, result, &messages, &has_more, NULL));
  flush (store);
  g_assert_cmpuint (messages->len, ==, 0);
  g_assert_true (chat_store_find_span (store, "r1", 10, &span));
  g_assert_false (chat_store_find_span (store, "r1", 12, &span));
}

/* What was found is shown, though nobody says what stands around it. */
static void
test_refuses_around (HostileFixture *fixture,
                     gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatStore *store = fixture->session->store;
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (0);
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatMessage) by_id = NULL;
  g_autoptr(ChatMessage) by_date = NULL;
  g_autoptr(ChatMessage) unknown = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  test_wait_until (test_find_content (room, "number 1000") != NULL);
  g_ptr_array_add (found, chat_message_new ("m500", "r1", "u2", "eve", "number 500", 500, 500));
  chat_store_put_messages (store, "r1", found, NULL);

  chat_room_show_message_async (room, "m500", NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  by_id = chat_room_show_finish (room, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chat_message_get_id (by_id), ==, "m500");
  g_clear_object (&result);

  chat_room_show_date_async (room, date, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  by_date = chat_room_show_finish (room, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chat_message_get_id (by_date), ==, "m500");
  g_clear_object (&result);

  chat_room_show_message_async (room, "nobody knows", NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  unknown = chat_room_show_finish (room, result, &error);
  g_assert_null (unknown);
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_NOT_FOUND);
}

/* What there is no more is not unread, and what comes in its place was not read. */
static void
test_restored (HostileFixture *fixture,
               gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  test_wait_until (test_find_content (room, "number 60") != NULL);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 40);
  chat_room_mark_read (room);
  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  test_wait_until (test_find_content (room, "number 80") != NULL);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 0);
  chat_room_notify_typing (room);
  test_wait_until (test_find_content (room, "number 81") != NULL);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(behaviour, path, test) g_test_add (path, HostileFixture, behaviour, hostile_fixture_set_up, test, hostile_fixture_tear_down)
  add ("recovers-marked", "/hostile-reading/recovered-and-marked", test_recovers_marked);
  add ("full-disk", "/hostile-reading/full-disk", test_full_disk);
  add ("full-disk", "/hostile-reading/full-disk-span", test_full_disk_span);
  add ("refuses-around", "/hostile-reading/refuses-around", test_refuses_around);
  add ("restored", "/hostile-reading/restored", test_restored);
#undef add

  return g_test_run ();
}
