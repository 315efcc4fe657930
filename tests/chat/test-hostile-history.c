/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history of a room on a server that has less of it than it says, or does not say it: holes, ends, and connections that were
 * recovered without all. */

#include "config.h"

#include "chat-store-private.h"
#include "hostile-fixture.h"

static gboolean
is (ChatMessage  *message,
    ChatDelivery  delivery)
{
  return chat_message_get_delivery (message) == delivery;
}

static ChatMessage *
get_message_at (ChatTimeline *timeline,
                guint         position)
{
  g_autoptr(ChatTimelineItem) row = g_list_model_get_item (G_LIST_MODEL (timeline), position);

  return chat_timeline_item_get_message (row);
}

static void
test_hole (HostileFixture *fixture,
           gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  test_wait_until (chat_timeline_get_n_messages (chat_room_get_timeline (room)) == 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (chat_message_get_seq (test_nth_message (room, i)), ==, i + 1);
  g_assert_cmpuint (fixture->n_received, ==, 1);
}

/* Which numbers are in the timeline, in its order. */
static char *
describe (ChatRoom *room)
{
  GString *numbers = g_string_new (NULL);

  for (guint i = 0; i < chat_timeline_get_n_messages (chat_room_get_timeline (room)); i++)
    {
      ChatMessage *message = test_nth_message (room, i);

      if (chat_message_get_id (message) != NULL)
        g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, numbers->len > 0 ? " " : "", chat_message_get_seq (message));
    }

  return g_string_free (numbers, FALSE);
}

static void
assert_numbers (ChatRoom   *room,
                const char *expected)
{
  g_autofree char *numbers = describe (room);

  g_assert_cmpstr (numbers, ==, expected);
}

/* Who reads at the end sees what is new, and above it why there is a hole; which closes by itself. */
static void
test_broken_history (HostileFixture *fixture,
                     gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  chat_room_get_timeline (room);
  test_wait_until (chat_room_get_older_error (room) != NULL);
  g_assert_cmpstr (chat_room_get_older_error (room), ==, "The shelf is broken.");
  assert_numbers (room, "6");
  g_assert_true (chat_room_get_has_older (room));
  g_assert_false (chat_room_get_has_newer (room));

  test_wait_until (chat_room_get_older_error (room) == NULL);
  test_load_older (room);
  assert_numbers (room, "1 2 3 4 5 6");
  g_assert_false (chat_room_get_has_older (room));
}

/* What is wrong with an answer nobody has to read who reads messages. */
static void
test_malformed_history (HostileFixture *fixture,
                        gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  chat_room_get_timeline (room);
  test_wait_until (chat_room_get_older_error (room) != NULL);
  g_assert_cmpstr (chat_room_get_older_error (room), ==, "The server’s answer could not be understood.");
}

/* Who reads elsewhere stays there. */
static void
test_broken_history_elsewhere (HostileFixture *fixture,
                               gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  chat_room_get_timeline (room);
  chat_room_set_following (room, FALSE);
  test_wait_until (chat_room_get_newer_error (room) != NULL);
  g_assert_cmpstr (chat_room_get_newer_error (room), ==, "The shelf is broken.");
  assert_numbers (room, "1 2");
  g_assert_true (chat_room_get_has_newer (room));

  test_wait_until (chat_room_get_newer_error (room) == NULL);
  test_load_newer (room);
  assert_numbers (room, "1 2 3 4 5 6");
  g_assert_false (chat_room_get_has_newer (room));
}

static gboolean
is_kept (ChatRoom   *room,
         const char *id)
{
  g_autoptr(ChatMessage) message =
    chat_store_find_message (chat_session_get_store (chat_room_get_session (room)), chat_room_get_id (room), id);

  return message != NULL;
}

/* Asking there fails as well, and is told there, until there is another connection: that one asks at once. */
static void
test_broken_until_renewed (HostileFixture *fixture,
                           gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_get_timeline (room);
  test_wait_until (chat_room_get_older_error (room) != NULL);
  chat_room_load_older_async (room, NULL, test_take_result, &result);
  g_assert_null (chat_room_get_older_error (room));
  test_wait_until (result != NULL);
  g_assert_false (chat_room_load_finish (room, result, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_INTERNAL);
  g_assert_cmpstr (chat_room_get_older_error (room), ==, "The shelf is broken.");
  g_assert_false (chat_room_get_loading_older (room));
  assert_numbers (room, "6");

  hostile_fixture_send (room, "of mine");
  test_wait_until (fixture->n_lost > 0);
  g_assert_null (chat_room_get_older_error (room));
  chat_session_retry_now (fixture->session);
  test_wait_until (is_kept (room, "m5"));
  test_load_older (room);
  assert_numbers (room, "1 2 3 4 5 6");
}

/* In a room that is empty for it, that is told too, and what was asked for comes at the second time. */
static void
test_broken_newest (HostileFixture *fixture,
                    gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  chat_room_get_timeline (room);
  test_wait_until (chat_room_get_older_error (room) != NULL);
  assert_numbers (room, "");
  g_assert_true (chat_room_get_has_older (room));
  test_wait_until (test_find_content (room, "number 5") != NULL);
  g_assert_null (chat_room_get_older_error (room));
  assert_numbers (room, "1 2 3 4 5 6");
  g_assert_false (chat_room_get_has_older (room));
}

/* The person does not wait, but asks. */
static void
test_broken_newest_retried (HostileFixture *fixture,
                            gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  chat_room_get_timeline (room);
  test_wait_until (chat_room_get_older_error (room) != NULL);
  test_load_older (room);
  g_assert_nonnull (test_find_content (room, "number 1"));
  g_assert_nonnull (test_find_content (room, "number 2"));
  g_assert_null (chat_room_get_older_error (room));
}

/* The hole is at the newest end, where nothing is behind it yet: only the server's number says so. */
static void
test_broken_end (HostileFixture *fixture,
                 gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  test_wait_until (test_find_content (room, "number 50") != NULL);
  g_assert_false (chat_room_get_has_newer (room));
  hostile_fixture_send (room, "of mine");
  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  test_wait_until (chat_room_get_newer_error (room) != NULL);
  g_assert_cmpstr (chat_room_get_newer_error (room), ==, "The shelf is broken.");
  g_assert_true (chat_room_get_has_newer (room));
  g_assert_null (test_find_content (room, "number 51"));

  test_wait_until (chat_room_get_newer_error (room) == NULL);
  test_load_newer (room);
  g_assert_nonnull (test_find_content (room, "number 60"));
  g_assert_nonnull (test_find_content (room, "of mine"));
  g_assert_false (chat_room_get_has_newer (room));
}

/* What a server only says that it has is not waited for. */
static void
test_boasts (HostileFixture *fixture,
             gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ChatMessage) message = NULL;

  test_wait_until (test_find_content (room, "number 50") != NULL);
  test_load_older (room);
  chat_room_show_message_async (room, "m1", NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  message = chat_room_show_finish (room, result, NULL);
  g_assert_nonnull (message);
  while (chat_room_get_has_newer (room))
    test_load_newer (room);
  g_assert_nonnull (test_find_content (room, "number 50"));
  hostile_fixture_send (room, "of mine");
  g_assert_nonnull (test_find_content (room, "of mine"));
}

/* The marker stands where the new begins or not at all; who opened the room at a marker before the oldest message that is here would
 * load the whole history, page for page. */
static void
test_far_unread (HostileFixture *fixture,
                 gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatTimeline *timeline = chat_room_get_timeline (room);

  test_wait_until (chat_timeline_get_n_messages (timeline) == 40);
  g_assert_cmpuint (chat_timeline_get_unread_position (timeline), ==, G_MAXUINT);
  chat_room_mark_read (room);

  while (chat_room_get_has_older (room))
    {
      guint position;

      test_load_older (room);
      position = chat_timeline_get_unread_position (timeline);
      if (chat_message_get_seq (chat_timeline_get_first (timeline)) > 30)
        {
          g_assert_cmpuint (position, ==, G_MAXUINT);
          continue;
        }

      g_assert_cmpuint (position, !=, G_MAXUINT);
      g_assert_cmpint (chat_message_get_seq (get_message_at (timeline, position - 1)), ==, 30);
      g_assert_cmpint (chat_message_get_seq (get_message_at (timeline, position + 1)), ==, 31);
    }
}

static void
test_recovers (HostileFixture *fixture,
               gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatMessage *first = hostile_fixture_send (room, "first");
  ChatMessage *second = NULL;

  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  test_wait_until (hostile_fixture_is_online (fixture));
  test_wait_until (test_find_content (room, "joined 1 times") != NULL);

  second = hostile_fixture_send (room, "second");
  test_wait_until (is (second, CHAT_DELIVERY_SENT));
  g_assert_true (test_nth_message (room, 0) == first);
  g_assert_true (test_nth_message (room, 2) == second);
  g_assert_null (test_nth_message (room, 3));
}

static void
test_recovers_less (HostileFixture *fixture,
                    gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  test_wait_until (test_find_content (room, "one") != NULL);
  chat_room_mark_read (room);
  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  test_wait_until (test_find_content (room, "two") != NULL);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 1);
}

static void
test_recovers_outside (HostileFixture *fixture,
                       gconstpointer   behaviour)
{
  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  g_assert_true (chat_room_get_can_send (hostile_fixture_wait_for_room (fixture)));
}

static void
test_recovers_with_a_hole (HostileFixture *fixture,
                           gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatTimeline *timeline = chat_room_get_timeline (room);
  guint n_messages = 0;

  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  test_wait_until (test_find_content (room, "two") != NULL);

  /* What was there before the hole may be a page away. */
  n_messages = chat_timeline_get_n_messages (timeline);
  g_assert_cmpstr (chat_message_get_content (test_nth_message (room, n_messages - 2)), ==, "two");
  g_assert_cmpstr (chat_message_get_content (test_nth_message (room, n_messages - 1)), ==, "three");
}

static void
test_long_absence (HostileFixture *fixture,
                   gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatTimeline *timeline = chat_room_get_timeline (room);
  ChatMessage *waiting = NULL;

  test_wait_until (test_find_content (room, "number 50") != NULL);
  g_assert_cmpuint (chat_timeline_get_n_messages (timeline), ==, 40);
  waiting = hostile_fixture_send (room, "of mine");
  test_wait_until (test_find_content (room, "number 2000") != NULL);
  g_assert_cmpuint (chat_timeline_get_n_messages (timeline), ==, 41);
  g_assert_true (chat_timeline_get_last (timeline) == waiting);
  g_assert_cmpstr (chat_message_get_content (test_nth_message (room, 0)), ==, "number 1961");
  g_assert_true (chat_room_get_has_older (room));

  test_load_older (room);
  test_load_older (room);
  g_assert_cmpstr (chat_message_get_content (test_nth_message (room, 0)), ==, "number 1921");
  for (guint i = 1; i < 80; i++)
    g_assert_cmpint (chat_message_get_seq (test_nth_message (room, i)), ==, 1921 + i);
}

#define ADD(path, behaviour, test) \
  g_test_add ("/hostile-history/" path, HostileFixture, behaviour, hostile_fixture_set_up, test, hostile_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("hole-in-history", "hole", test_hole);
  ADD ("hole-in-history-while-it-is-busy", "busy-history", test_hole);
  ADD ("hole-that-cannot-be-closed", "broken-history", test_broken_history);
  ADD ("hole-of-an-answer-not-understood", "malformed-history", test_malformed_history);
  ADD ("hole-that-cannot-be-closed-elsewhere", "broken-history", test_broken_history_elsewhere);
  ADD ("hole-until-the-connection-is-renewed", "broken-history-once", test_broken_until_renewed);
  ADD ("newest-that-cannot-be-found", "broken-newest", test_broken_newest);
  ADD ("newest-that-is-asked-for-again", "broken-newest", test_broken_newest_retried);
  ADD ("end-that-cannot-be-found", "broken-end", test_broken_end);
  ADD ("end-that-is-none", "boasts", test_boasts);
  ADD ("unread-further-back-than-a-page", "far-unread", test_far_unread);
  ADD ("recovered-connection", "recovers", test_recovers);
  ADD ("recovered-without-all", "recovers-less", test_recovers_less);
  ADD ("recovered-outside", "recovers-outside", test_recovers_outside);
  ADD ("recovered-with-a-hole", "recovers-with-a-hole", test_recovers_with_a_hole);
  ADD ("long-absence", "long-absence", test_long_absence);

  return g_test_run ();
}
