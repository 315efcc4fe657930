/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session against servers that do what no server should. Whatever comes, it is told once in words and the rest goes on. */

#include "config.h"

#include "hostile-fixture.h"

static gboolean
is (ChatMessage  *message,
    ChatDelivery  delivery)
{
  return chat_message_get_delivery (message) == delivery;
}

static void
test_malformed (HostileFixture *fixture,
                gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatNotificationList *notifications = chat_session_get_notifications (fixture->session);

  test_wait_until (test_find_content (room, "all is well") != NULL);
  test_wait_until (chat_notification_list_find (notifications, "n1") != NULL);
  test_wait_until (chat_session_get_admin (fixture->session) != NULL);
  test_wait_until (chat_admin_get_has_stats (chat_session_get_admin (fixture->session)));

  g_assert_true (hostile_fixture_is_online (fixture));
  g_assert_cmpuint (chat_timeline_get_n_messages (chat_room_get_timeline (room)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (chat_session_get_rooms (fixture->session))), ==, 1);

  /* Once for each event that there is, however often it came. */
  g_assert_cmpuint (fixture->problems->len, >=, 15);
  g_assert_cmpuint (fixture->problems->len, <=, 20);
  for (guint i = 0; i < fixture->problems->len; i++)
    g_assert_error ((GError *) g_ptr_array_index (fixture->problems, i), CHAT_ERROR, CHAT_ERROR_INVALID);
}

static void
test_disorder (HostileFixture *fixture,
               gconstpointer   behaviour)
{
  static const char *contents[] = { "one", "two", "three", "four" };
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  /* What came before the window was opened is in it soon. */
  test_wait_until (chat_timeline_get_n_messages (chat_room_get_timeline (room)) == G_N_ELEMENTS (contents));
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    g_assert_cmpstr (chat_message_get_content (test_nth_message (room, i)), ==, contents[i]);

  g_assert_cmpuint (fixture->n_received, ==, G_N_ELEMENTS (contents));
  g_assert_cmpuint (chat_room_get_unread (room), ==, G_N_ELEMENTS (contents));
  g_assert_null (chat_room_list_find (chat_session_get_rooms (fixture->session), "r9"));
  g_assert_cmpuint (fixture->problems->len, ==, 0);
}

static void
test_large (HostileFixture *fixture,
            gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatMessage *large = NULL;

  test_wait_until (test_find_content (room, "after it") != NULL);
  large = test_nth_message (room, 0);
  g_assert_cmpuint (strlen (chat_message_get_content (large)), ==, 1024 * 1024);
  g_assert_null (strchr (chat_message_get_sender_name (large), '\n'));
  g_assert_null (strchr (chat_room_get_name (room), '\n'));
  g_assert_nonnull (strstr (chat_message_get_sender_name (large), "<span"));
  g_assert_true (hostile_fixture_is_online (fixture));
}

static void
test_no_admin (HostileFixture *fixture,
               gconstpointer   behaviour)
{
  test_wait_until (fixture->problems->len > 0);
  g_assert_error ((GError *) g_ptr_array_index (fixture->problems, 0), CHAT_ERROR, CHAT_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (((GError *) g_ptr_array_index (fixture->problems, 0))->message, "Not here."));
  g_assert_null (chat_session_get_admin (fixture->session));
  g_assert_true (hostile_fixture_is_online (fixture));
  hostile_fixture_wait_for_room (fixture);
  g_assert_cmpuint (fixture->n_refused, ==, 0);
}

static gboolean
join_fails (ChatRoom  *room,
            ChatError  expected)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_join_async (room, NULL, test_take_result, &result);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_JOINING);
  test_wait_until (result != NULL);
  g_assert_false (chat_room_join_finish (room, result, &error));
  g_assert_error (error, CHAT_ERROR, (int) expected);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_FAILED);
  g_assert_cmpstr (chat_room_get_error (room), ==, error->message);
  g_assert_cmpstr (chat_room_get_cannot_send_reason (room), ==, error->message);

  return TRUE;
}

/* Who was the administrator of a server that stopped is so when it is back. */
static void
test_stops (HostileFixture *fixture,
            gconstpointer   behaviour)
{
  g_autoptr(ChatAdmin) admin = NULL;

  test_wait_until (chat_session_get_admin (fixture->session) != NULL);
  admin = g_object_ref (chat_session_get_admin (fixture->session));
  test_wait_until (chat_admin_get_connected (admin));
  test_wait_until (fixture->n_lost > 0);
  test_wait_until (hostile_fixture_is_online (fixture));
  test_wait_until (chat_admin_get_connected (admin));
  g_assert_true (chat_session_get_admin (fixture->session) == admin);
  g_assert_true (chat_session_get_is_admin (fixture->session));
  g_assert_cmpuint (fixture->problems->len, ==, 0);
}

static void
test_silent_join (HostileFixture *fixture,
                  gconstpointer   behaviour)
{
  gint64 before = 0;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatRoom *room = NULL;

  test_wait_until (hostile_fixture_find_room (fixture) != NULL);
  room = hostile_fixture_find_room (fixture);
  before = g_get_monotonic_time ();
  g_assert_true (join_fails (room, CHAT_ERROR_TIMED_OUT));
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 4900000);

  chat_room_join_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_room_join_finish (room, result, &error));
  g_assert_no_error (error);
  g_assert_null (chat_room_get_error (room));
}

static void
test_wrong_join (HostileFixture *fixture,
                 gconstpointer   behaviour)
{
  ChatRoom *room = NULL;

  test_wait_until (hostile_fixture_find_room (fixture) != NULL);
  room = hostile_fixture_find_room (fixture);
  g_assert_true (join_fails (room, CHAT_ERROR_INVALID));
  g_assert_true (join_fails (room, CHAT_ERROR_INVALID));
  g_assert_true (join_fails (room, CHAT_ERROR_FORBIDDEN));
  g_assert_cmpstr (chat_room_get_error (room), ==, "Not you.");
}

static void
test_busy_join (HostileFixture *fixture,
                gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);

  g_assert_null (chat_room_get_error (room));
  g_assert_true (chat_room_get_can_send (room));
}

/* Who could not leave a room is in it, as the server sees it too. */
static void
test_refuses_to_let_go (HostileFixture *fixture,
                        gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatMessage *message = NULL;

  chat_room_notify_typing (room);
  test_wait_until (fixture->n_lost > 0);
  test_wait_until (hostile_fixture_is_online (fixture));
  test_wait_until (g_strcmp0 (chat_session_get_server_name (fixture->session), "hostile again") == 0);
  chat_room_leave_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_false (chat_room_leave_finish (room, result, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_RATE_LIMITED);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_JOINED);

  message = hostile_fixture_send (room, "still here");
  test_wait_until (is (message, CHAT_DELIVERY_SENT));
}

/* Who leaves a room is not let into it again by what the server said before it heard. */
static void
test_lets_go_late (HostileFixture *fixture,
                   gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_notify_typing (room);
  test_wait_until (fixture->n_lost > 0);
  test_wait_until (hostile_fixture_is_online (fixture));
  chat_room_leave_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_room_leave_finish (room, result, &error));
  g_assert_no_error (error);
  test_settle (300);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_NONE);
}

/* Stopped in the middle of a question: it ends, and once. */
static void
test_stop_while_joining (HostileFixture *fixture,
                         gconstpointer   behaviour)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatRoom) room = NULL;

  test_wait_until (hostile_fixture_find_room (fixture) != NULL);
  room = g_object_ref (hostile_fixture_find_room (fixture));
  chat_room_join_async (room, NULL, test_take_result, &result);
  chat_session_stop (fixture->session);
  test_wait_until (result != NULL);
  g_assert_false (chat_room_join_finish (room, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_breaks_off (HostileFixture *fixture,
                 gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatMessage *first = hostile_fixture_send (room, "first");
  ChatMessage *second = hostile_fixture_send (room, "second");
  ChatMessage *third = hostile_fixture_send (room, "third");

  test_wait_until (is (first, CHAT_DELIVERY_SENT) && is (second, CHAT_DELIVERY_SENT) && is (third, CHAT_DELIVERY_SENT));
  g_assert_true (g_str_has_prefix (chat_message_get_id (first), "m-same-"));
  g_assert_true (test_nth_message (room, 0) == first);
  g_assert_true (test_nth_message (room, 1) == second);
  g_assert_true (test_nth_message (room, 2) == third);
  g_assert_null (test_nth_message (room, 3));
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 0);
}

/* What a server may have stored under its id goes to no server without, whatever that is taken for; and with it as soon as it says
 * that it knows it. */
static void
test_breaks_off_and_hides (HostileFixture *fixture,
                           gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatMessage *first = hostile_fixture_send (room, "first");
  ChatMessage *second = NULL;

  test_wait_until (fixture->n_lost > 0);
  test_wait_until (hostile_fixture_is_online (fixture) && chat_session_get_plain (fixture->session));
  second = hostile_fixture_send (room, "second");
  test_wait_until (is (second, CHAT_DELIVERY_SENT));
  g_assert_true (g_str_has_prefix (chat_message_get_id (second), "m-double-"));
  g_assert_true (is (first, CHAT_DELIVERY_UNCONFIRMED));
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 0);

  chat_room_notify_typing (room);
  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  g_assert_cmpstr (chat_message_get_id (first), ==, "m-same");
  g_assert_cmpuint (test_count_content (room, "first"), ==, 1);
  g_assert_cmpuint (test_count_content (room, "second"), ==, 1);
}

/* The echo of what went out plainly is known whatever the server turned out to be, and nothing waits for it. */
static void
test_late_session (HostileFixture *fixture,
                   gconstpointer   behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;

  test_wait_until (hostile_fixture_is_online (fixture));
  room = test_join (fixture->session, "r1");
  first = hostile_fixture_send (room, "first");
  test_wait_until (!chat_session_get_plain (fixture->session));
  second = hostile_fixture_send (room, "second");
  test_wait_until (is (second, CHAT_DELIVERY_SENT));
  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  g_assert_cmpstr (chat_message_get_id (first), ==, "m1");
  g_assert_cmpstr (chat_message_get_id (second), ==, "m2");
  g_assert_cmpuint (test_count_content (room, "first"), ==, 1);
  g_assert_cmpuint (fixture->n_received, ==, 0);
}

static void
test_rate_limits (HostileFixture *fixture,
                  gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatMessage *first = hostile_fixture_send (room, "first");
  ChatMessage *second = hostile_fixture_send (room, "second");

  test_wait_until (is (first, CHAT_DELIVERY_SENT) && is (second, CHAT_DELIVERY_SENT));
  g_assert_cmpint (chat_message_get_seq (first), ==, 3);
  g_assert_cmpint (chat_message_get_seq (second), ==, 4);
}

static void
test_refuses_sends (HostileFixture *fixture,
                    gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatMessage *first = hostile_fixture_send (room, "first");
  ChatMessage *second = NULL;

  test_wait_until (is (first, CHAT_DELIVERY_FAILED));
  g_assert_cmpstr (chat_message_get_error (first), ==, "Not this one.");

  second = hostile_fixture_send (room, "second");
  test_wait_until (is (second, CHAT_DELIVERY_FAILED));
  g_assert_nonnull (chat_message_get_error (second));
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 0);

  chat_room_retry (room, first);
  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  g_assert_null (chat_message_get_error (first));

  chat_room_discard (room, first);
  g_assert_cmpuint (test_count_content (room, "first"), ==, 1);
  chat_room_discard (room, second);
  g_assert_cmpuint (test_count_content (room, "second"), ==, 0);
}

static void
test_echo_first (HostileFixture *fixture,
                 gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatMessage *first = hostile_fixture_send (room, "first");
  ChatMessage *second = hostile_fixture_send (room, "second");

  test_wait_until (is (first, CHAT_DELIVERY_SENT) && is (second, CHAT_DELIVERY_SENT));
  test_settle (300);
  g_assert_cmpuint (test_count_content (room, "first"), ==, 1);
  g_assert_cmpuint (test_count_content (room, "second"), ==, 1);
  g_assert_cmpstr (chat_message_get_id (first), ==, "m1");
  g_assert_cmpstr (chat_message_get_id (second), ==, "m2");
  g_assert_cmpuint (fixture->n_received, ==, 0);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 0);
}

static void
test_expired_token (HostileFixture *fixture,
                    gconstpointer   behaviour)
{
  hostile_fixture_wait_for_room (fixture);
  g_assert_true (hostile_fixture_is_online (fixture));
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpuint (fixture->n_refused, ==, 0);
  g_assert_cmpstr (chat_credentials_get_token (chat_session_get_credentials (fixture->session)), ==, "a-new-token");
}

static void
test_expired_for_good (HostileFixture *fixture,
                       gconstpointer   behaviour)
{
  test_wait_until (fixture->n_refused > 0);
  g_assert_cmpint (chat_session_get_connection (fixture->session), ==, CHAT_CONNECTION_REFUSED);
  g_assert_nonnull (chat_session_get_problem (fixture->session));
  test_settle (200);
  g_assert_cmpuint (fixture->n_refused, ==, 1);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

/* That the server could not renew the token just now is no reason to sign the person out. */
static void
test_expired_while_busy (HostileFixture *fixture,
                         gconstpointer   behaviour)
{
  hostile_fixture_wait_for_room (fixture);
  g_assert_true (hostile_fixture_is_online (fixture));
  g_assert_cmpuint (fixture->n_refused, ==, 0);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
}

static void
test_kicks (HostileFixture *fixture,
            gconstpointer   behaviour)
{
  test_wait_until (chat_session_get_connection (fixture->session) == CHAT_CONNECTION_RECONNECTING);
  g_assert_cmpint (chat_session_get_next_attempt_time (fixture->session), >, g_get_monotonic_time ());
  chat_session_retry_now (fixture->session);
  hostile_fixture_wait_for_room (fixture);
  g_assert_true (hostile_fixture_is_online (fixture));
}

static void
test_plain_loses (HostileFixture *fixture,
                  gconstpointer   behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;

  test_wait_until (hostile_fixture_is_online (fixture));
  room = test_join (fixture->session, "r1");
  first = hostile_fixture_send (room, "first");
  test_wait_until (is (first, CHAT_DELIVERY_UNCONFIRMED));
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 0);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_JOINED);

  /* Written while away: it goes out when the room was joined again, and the first does not go with it. */
  second = hostile_fixture_send (room, "second");
  test_wait_until (is (second, CHAT_DELIVERY_SENT));
  g_assert_true (is (first, CHAT_DELIVERY_UNCONFIRMED));

  chat_room_retry (room, first);
  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  g_assert_cmpuint (test_count_content (room, "first"), ==, 1);
  g_assert_cmpuint (test_count_content (room, "second"), ==, 1);
}

/* An echo does not find its way to a connection that is new: what was said there was said elsewhere. */
static void
test_plain_elsewhere (HostileFixture *fixture,
                      gconstpointer   behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;

  test_wait_until (hostile_fixture_is_online (fixture));
  room = test_join (fixture->session, "r1");
  first = hostile_fixture_send (room, "first");
  test_wait_until (is (first, CHAT_DELIVERY_UNCONFIRMED));
  test_wait_until (test_count_content (room, "first") == 2 || is (first, CHAT_DELIVERY_SENT));
  g_assert_true (is (first, CHAT_DELIVERY_UNCONFIRMED));
  g_assert_cmpuint (test_count_content (room, "first"), ==, 2);
}

/* What was said before is not what goes out now, and what a page has of that is. */
static void
test_plain_history (HostileFixture *fixture,
                    gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  ChatMessage *first = hostile_fixture_send (room, "first");

  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  g_assert_cmpstr (chat_message_get_id (first), ==, "m2");
  test_wait_until (test_count_content (room, "first") == 2);
  g_assert_cmpint (chat_message_get_seq (test_nth_message (room, 0)), ==, 1);
}

/* What waits for a room that one is not let into again would wait for ever. */
static void
test_plain_bars (HostileFixture *fixture,
                 gconstpointer   behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;

  test_wait_until (hostile_fixture_is_online (fixture));
  room = test_join (fixture->session, "r1");
  first = hostile_fixture_send (room, "first");
  test_wait_until (is (first, CHAT_DELIVERY_UNCONFIRMED));
  second = hostile_fixture_send (room, "second");
  test_wait_until (chat_room_get_membership (room) == CHAT_MEMBERSHIP_FAILED);
  g_assert_true (is (second, CHAT_DELIVERY_FAILED));
  g_assert_cmpstr (chat_message_get_error (second), ==, "It is gone.");
  g_assert_true (is (first, CHAT_DELIVERY_UNCONFIRMED));
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 0);
}

static void
test_plain_opaque (HostileFixture *fixture,
                   gconstpointer   behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;

  test_wait_until (hostile_fixture_is_online (fixture));
  g_assert_null (chat_session_get_user_id (fixture->session));
  room = test_join (fixture->session, "r1");
  first = hostile_fixture_send (room, "the same");
  second = hostile_fixture_send (room, "the same");
  test_wait_until (is (first, CHAT_DELIVERY_SENT) && is (second, CHAT_DELIVERY_SENT));
  g_assert_cmpstr (chat_message_get_id (first), ==, "m1");
  g_assert_cmpstr (chat_message_get_id (second), ==, "m2");
  g_assert_cmpuint (test_count_content (room, "the same"), ==, 2);
  g_assert_cmpstr (chat_session_get_user_id (fixture->session), ==, "u7");
  g_assert_cmpuint (chat_room_get_unread (room), ==, 0);
}

static void
set_up_opaque (HostileFixture *fixture,
               gconstpointer   behaviour)
{
  hostile_fixture_set_up_as (fixture, behaviour, NULL);
}

static void
test_no_chat (HostileFixture *fixture,
              gconstpointer   behaviour)
{
  test_wait_until (fixture->n_refused > 0);
  g_assert_cmpint (chat_session_get_connection (fixture->session), ==, CHAT_CONNECTION_REFUSED);
  g_assert_nonnull (strstr (chat_session_get_problem (fixture->session), "not a chat server"));
}

static void
test_changes (HostileFixture *fixture,
              gconstpointer   behaviour)
{
  ChatRoom *room = hostile_fixture_wait_for_room (fixture);
  g_autoptr(GError) error = NULL;
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;
  ChatMessage *reply = NULL;

  /* The window is opened while all this comes, and what came before that is in it soon. */
  test_wait_until (test_find_content (room, "three") != NULL);
  test_wait_until (test_find_content (room, "two, corrected") != NULL);
  test_wait_until (test_find_content (room, "") != NULL);
  first = test_nth_message (room, 0);
  second = test_nth_message (room, 1);
  g_assert_true (chat_message_get_deleted (first));
  g_assert_cmpstr (chat_message_get_content (first), ==, "");
  g_assert_cmpstr (chat_message_get_content (second), ==, "two, corrected");
  g_assert_cmpint (chat_message_get_edited_at (second), ==, 7);
  g_assert_cmpstr (chat_message_get_reply_to (second), ==, "m1");
  g_assert_null (test_nth_message (room, 3));

  /* The server's answer is what it was sent as the reply. */
  reply = test_send_reply (room, "yes", "m2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chat_message_get_reply_to (reply), ==, "m2");
  test_wait_until (is (reply, CHAT_DELIVERY_SENT));
  g_assert_cmpstr (chat_message_get_content (reply), ==, "\"m2\"");
  g_assert_cmpstr (chat_message_get_reply_to (reply), ==, "m2");
}

#define ADD(path, behaviour, set_up_func, test) \
  g_test_add ("/hostile/" path, HostileFixture, behaviour, set_up_func, test, hostile_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("malformed-payloads", "malformed", hostile_fixture_set_up, test_malformed);
  ADD ("duplicates-disorder-unknown-rooms", "disorder", hostile_fixture_set_up, test_disorder);
  ADD ("a-megabyte-and-markup", "large", hostile_fixture_set_up, test_large);
  ADD ("refused-admin", "no-admin", hostile_fixture_set_up, test_no_admin);
  ADD ("stops-and-comes-back", "stops", hostile_fixture_set_up, test_stops);
  ADD ("join-without-an-answer", "silent-join", hostile_fixture_set_up, test_silent_join);
  ADD ("join-with-a-wrong-answer", "wrong-join", hostile_fixture_set_up, test_wrong_join);
  ADD ("join-while-it-is-busy", "busy-join", hostile_fixture_set_up, test_busy_join);
  ADD ("leave-that-is-refused-while-joining", "refuses-to-let-go", hostile_fixture_set_up, test_refuses_to_let_go);
  ADD ("leave-before-the-session", "lets-go-late", hostile_fixture_set_up, test_lets_go_late);
  ADD ("stop-while-joining", "silent-join", hostile_fixture_set_up, test_stop_while_joining);
  ADD ("breaks-off-before-the-answer", "breaks-off", hostile_fixture_set_up, test_breaks_off);
  ADD ("breaks-off-and-is-taken-for-plain", "breaks-off-and-hides", hostile_fixture_set_up, test_breaks_off_and_hides);
  ADD ("session-after-a-plain-message", "late-session", hostile_fixture_set_up, test_late_session);
  ADD ("rate-limits", "rate-limits", hostile_fixture_set_up, test_rate_limits);
  ADD ("refuses-messages", "refuses-sends", hostile_fixture_set_up, test_refuses_sends);
  ADD ("echo-before-the-answer", "echo-first", hostile_fixture_set_up, test_echo_first);
  ADD ("expired-token", "expired-token", hostile_fixture_set_up, test_expired_token);
  ADD ("expired-for-good", "expired-for-good", hostile_fixture_set_up, test_expired_for_good);
  ADD ("expired-while-busy", "expired-while-busy", hostile_fixture_set_up, test_expired_while_busy);
  ADD ("shown-out", "kicks", hostile_fixture_set_up, test_kicks);
  ADD ("plain-server-loses-a-message", "plain-loses", hostile_fixture_set_up, test_plain_loses);
  ADD ("plain-server-and-another-device", "plain-elsewhere", hostile_fixture_set_up, test_plain_elsewhere);
  ADD ("plain-server-with-a-history", "plain-history", hostile_fixture_set_up, test_plain_history);
  ADD ("plain-server-bars-from-a-room", "plain-bars", hostile_fixture_set_up, test_plain_bars);
  ADD ("plain-server-does-not-say-who-we-are", "plain-opaque", set_up_opaque, test_plain_opaque);
  ADD ("changes", "changes", hostile_fixture_set_up, test_changes);
  ADD ("no-chat-here", "no-chat", hostile_fixture_set_up, test_no_chat);

  return g_test_run ();
}
