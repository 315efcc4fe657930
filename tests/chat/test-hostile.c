/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session against servers that do what no server should. Whatever comes, it is told once in words and the rest goes on. */

#include "config.h"

#include "chat-store-private.h"
#include "test-server.h"

typedef struct
{
  TestServer  *server;
  ChatSession *session;
  GPtrArray   *problems;
  guint        n_received;
  guint        n_refused;
  guint        n_changed;
  guint        n_lost;
} Fixture;

static void
problem_cb (ChatSession  *session,
            const GError *error,
            Fixture      *fixture)
{
  g_ptr_array_add (fixture->problems, g_error_copy (error));
}

static void
received_cb (ChatSession *session,
             ChatRoom    *room,
             ChatMessage *message,
             Fixture     *fixture)
{
  fixture->n_received++;
}

static void
refused_cb (ChatSession  *session,
            const GError *error,
            Fixture      *fixture)
{
  g_assert_nonnull (error);
  fixture->n_refused++;
}

static void
changed_cb (ChatSession *session,
            Fixture     *fixture)
{
  fixture->n_changed++;
}

/* A connection may be back before a test looks again. */
static void
connection_cb (ChatSession *session,
               GParamSpec  *pspec,
               Fixture     *fixture)
{
  fixture->n_lost += chat_session_get_connection (session) == CHAT_CONNECTION_RECONNECTING;
}

static void
set_up_with (Fixture    *fixture,
             const char *behaviour,
             const char *user_id)
{
  g_autoptr(ChatCredentials) credentials = NULL;

  fixture->server = test_server_new_script ("hostile-server.mjs", behaviour);
  test_server_start (fixture->server);
  credentials = test_make_credentials (test_server_get_address (fixture->server), user_id, "ben", FALSE);
  fixture->session = chat_session_new (credentials);
  fixture->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_signal_connect (fixture->session, "problem-reported", G_CALLBACK (problem_cb), fixture);
  g_signal_connect (fixture->session, "message-received", G_CALLBACK (received_cb), fixture);
  g_signal_connect (fixture->session, "refused", G_CALLBACK (refused_cb), fixture);
  g_signal_connect (fixture->session, "credentials-changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->session, "notify::connection", G_CALLBACK (connection_cb), fixture);
  chat_session_start (fixture->session);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  behaviour)
{
  set_up_with (fixture, behaviour, "u1");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  behaviour)
{
  test_finish_session (&fixture->session);
  g_ptr_array_unref (fixture->problems);
  test_server_free (fixture->server);
}

static gboolean
is_online (Fixture *fixture)
{
  return chat_session_get_connection (fixture->session) == CHAT_CONNECTION_ONLINE;
}

static ChatRoom *
find_room (Fixture *fixture)
{
  return chat_room_list_find (chat_session_get_rooms (fixture->session), "r1");
}

static ChatRoom *
wait_for_room (Fixture *fixture)
{
  test_wait_until (find_room (fixture) != NULL && chat_room_get_membership (find_room (fixture)) == CHAT_MEMBERSHIP_JOINED);

  return find_room (fixture);
}

static ChatMessage *
get_message_at (ChatTimeline *timeline,
                guint         position)
{
  g_autoptr(ChatTimelineItem) row = g_list_model_get_item (G_LIST_MODEL (timeline), position);

  return chat_timeline_item_get_message (row);
}

static ChatMessage *
send (ChatRoom   *room,
      const char *content)
{
  g_autoptr(GError) error = NULL;
  ChatMessage *message = test_send (room, content, &error);

  g_assert_no_error (error);

  return message;
}

static gboolean
is (ChatMessage  *message,
    ChatDelivery  delivery)
{
  return chat_message_get_delivery (message) == delivery;
}

static void
test_malformed (Fixture       *fixture,
                gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatNotificationList *notifications = chat_session_get_notifications (fixture->session);

  test_wait_until (test_find_content (room, "all is well") != NULL);
  test_wait_until (chat_notification_list_find (notifications, "n1") != NULL);
  test_wait_until (chat_session_get_admin (fixture->session) != NULL);
  test_wait_until (chat_admin_get_has_stats (chat_session_get_admin (fixture->session)));

  g_assert_true (is_online (fixture));
  g_assert_cmpuint (chat_timeline_get_n_messages (chat_room_get_timeline (room)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (chat_session_get_rooms (fixture->session))), ==, 1);

  /* Once for each event that there is, however often it came. */
  g_assert_cmpuint (fixture->problems->len, >=, 15);
  g_assert_cmpuint (fixture->problems->len, <=, 20);
  for (guint i = 0; i < fixture->problems->len; i++)
    g_assert_error ((GError *) g_ptr_array_index (fixture->problems, i), CHAT_ERROR, CHAT_ERROR_INVALID);
}

static void
test_disorder (Fixture       *fixture,
               gconstpointer  behaviour)
{
  static const char *contents[] = { "one", "two", "three", "four" };
  ChatRoom *room = wait_for_room (fixture);

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
test_large (Fixture       *fixture,
            gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatMessage *large = NULL;

  test_wait_until (test_find_content (room, "after it") != NULL);
  large = test_nth_message (room, 0);
  g_assert_cmpuint (strlen (chat_message_get_content (large)), ==, 1024 * 1024);
  g_assert_null (strchr (chat_message_get_sender_name (large), '\n'));
  g_assert_null (strchr (chat_room_get_name (room), '\n'));
  g_assert_nonnull (strstr (chat_message_get_sender_name (large), "<span"));
  g_assert_true (is_online (fixture));
}

static void
test_no_admin (Fixture       *fixture,
               gconstpointer  behaviour)
{
  test_wait_until (fixture->problems->len > 0);
  g_assert_error ((GError *) g_ptr_array_index (fixture->problems, 0), CHAT_ERROR, CHAT_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (((GError *) g_ptr_array_index (fixture->problems, 0))->message, "Not here."));
  g_assert_null (chat_session_get_admin (fixture->session));
  g_assert_true (is_online (fixture));
  wait_for_room (fixture);
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
test_stops (Fixture       *fixture,
            gconstpointer  behaviour)
{
  g_autoptr(ChatAdmin) admin = NULL;

  test_wait_until (chat_session_get_admin (fixture->session) != NULL);
  admin = g_object_ref (chat_session_get_admin (fixture->session));
  test_wait_until (chat_admin_get_connected (admin));
  test_wait_until (fixture->n_lost > 0);
  test_wait_until (is_online (fixture));
  test_wait_until (chat_admin_get_connected (admin));
  g_assert_true (chat_session_get_admin (fixture->session) == admin);
  g_assert_true (chat_session_get_is_admin (fixture->session));
  g_assert_cmpuint (fixture->problems->len, ==, 0);
}

static void
test_silent_join (Fixture       *fixture,
                  gconstpointer  behaviour)
{
  gint64 before = 0;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatRoom *room = NULL;

  test_wait_until (find_room (fixture) != NULL);
  room = find_room (fixture);
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
test_wrong_join (Fixture       *fixture,
                 gconstpointer  behaviour)
{
  ChatRoom *room = NULL;

  test_wait_until (find_room (fixture) != NULL);
  room = find_room (fixture);
  g_assert_true (join_fails (room, CHAT_ERROR_INVALID));
  g_assert_true (join_fails (room, CHAT_ERROR_INVALID));
  g_assert_true (join_fails (room, CHAT_ERROR_FORBIDDEN));
  g_assert_cmpstr (chat_room_get_error (room), ==, "Not you.");
}

static void
test_busy_join (Fixture       *fixture,
                gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);

  g_assert_null (chat_room_get_error (room));
  g_assert_true (chat_room_get_can_send (room));
}

/* Who could not leave a room is in it, as the server sees it too. */
static void
test_refuses_to_let_go (Fixture       *fixture,
                        gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatMessage *message = NULL;

  chat_room_notify_typing (room);
  test_wait_until (fixture->n_lost > 0);
  test_wait_until (is_online (fixture));
  test_wait_until (g_strcmp0 (chat_session_get_server_name (fixture->session), "hostile again") == 0);
  chat_room_leave_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_false (chat_room_leave_finish (room, result, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_RATE_LIMITED);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_JOINED);

  message = send (room, "still here");
  test_wait_until (is (message, CHAT_DELIVERY_SENT));
}

/* Who leaves a room is not let into it again by what the server said before it heard. */
static void
test_lets_go_late (Fixture       *fixture,
                   gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_notify_typing (room);
  test_wait_until (fixture->n_lost > 0);
  test_wait_until (is_online (fixture));
  chat_room_leave_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_room_leave_finish (room, result, &error));
  g_assert_no_error (error);
  test_settle (300);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_NONE);
}

/* Stopped in the middle of a question: it ends, and once. */
static void
test_stop_while_joining (Fixture       *fixture,
                         gconstpointer  behaviour)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatRoom) room = NULL;

  test_wait_until (find_room (fixture) != NULL);
  room = g_object_ref (find_room (fixture));
  chat_room_join_async (room, NULL, test_take_result, &result);
  chat_session_stop (fixture->session);
  test_wait_until (result != NULL);
  g_assert_false (chat_room_join_finish (room, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_breaks_off (Fixture       *fixture,
                 gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatMessage *first = send (room, "first");
  ChatMessage *second = send (room, "second");
  ChatMessage *third = send (room, "third");

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
test_breaks_off_and_hides (Fixture       *fixture,
                           gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatMessage *first = send (room, "first");
  ChatMessage *second = NULL;

  test_wait_until (fixture->n_lost > 0);
  test_wait_until (is_online (fixture) && chat_session_get_plain (fixture->session));
  second = send (room, "second");
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
test_late_session (Fixture       *fixture,
                   gconstpointer  behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;

  test_wait_until (is_online (fixture));
  room = test_join (fixture->session, "r1");
  first = send (room, "first");
  test_wait_until (!chat_session_get_plain (fixture->session));
  second = send (room, "second");
  test_wait_until (is (second, CHAT_DELIVERY_SENT));
  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  g_assert_cmpstr (chat_message_get_id (first), ==, "m1");
  g_assert_cmpstr (chat_message_get_id (second), ==, "m2");
  g_assert_cmpuint (test_count_content (room, "first"), ==, 1);
  g_assert_cmpuint (fixture->n_received, ==, 0);
}

static void
test_rate_limits (Fixture       *fixture,
                  gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatMessage *first = send (room, "first");
  ChatMessage *second = send (room, "second");

  test_wait_until (is (first, CHAT_DELIVERY_SENT) && is (second, CHAT_DELIVERY_SENT));
  g_assert_cmpint (chat_message_get_seq (first), ==, 3);
  g_assert_cmpint (chat_message_get_seq (second), ==, 4);
}

static void
test_refuses_sends (Fixture       *fixture,
                    gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatMessage *first = send (room, "first");
  ChatMessage *second = NULL;

  test_wait_until (is (first, CHAT_DELIVERY_FAILED));
  g_assert_cmpstr (chat_message_get_error (first), ==, "Not this one.");

  second = send (room, "second");
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
test_echo_first (Fixture       *fixture,
                 gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatMessage *first = send (room, "first");
  ChatMessage *second = send (room, "second");

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
test_expired_token (Fixture       *fixture,
                    gconstpointer  behaviour)
{
  wait_for_room (fixture);
  g_assert_true (is_online (fixture));
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpuint (fixture->n_refused, ==, 0);
  g_assert_cmpstr (chat_credentials_get_token (chat_session_get_credentials (fixture->session)), ==, "a-new-token");
}

static void
test_expired_for_good (Fixture       *fixture,
                       gconstpointer  behaviour)
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
test_expired_while_busy (Fixture       *fixture,
                         gconstpointer  behaviour)
{
  wait_for_room (fixture);
  g_assert_true (is_online (fixture));
  g_assert_cmpuint (fixture->n_refused, ==, 0);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
}

static void
test_kicks (Fixture       *fixture,
            gconstpointer  behaviour)
{
  test_wait_until (chat_session_get_connection (fixture->session) == CHAT_CONNECTION_RECONNECTING);
  g_assert_cmpint (chat_session_get_next_attempt_time (fixture->session), >, g_get_monotonic_time ());
  chat_session_retry_now (fixture->session);
  wait_for_room (fixture);
  g_assert_true (is_online (fixture));
}

static void
test_plain_loses (Fixture       *fixture,
                  gconstpointer  behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;

  test_wait_until (is_online (fixture));
  room = test_join (fixture->session, "r1");
  first = send (room, "first");
  test_wait_until (is (first, CHAT_DELIVERY_UNCONFIRMED));
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 0);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_JOINED);

  /* Written while away: it goes out when the room was joined again, and the first does not go with it. */
  second = send (room, "second");
  test_wait_until (is (second, CHAT_DELIVERY_SENT));
  g_assert_true (is (first, CHAT_DELIVERY_UNCONFIRMED));

  chat_room_retry (room, first);
  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  g_assert_cmpuint (test_count_content (room, "first"), ==, 1);
  g_assert_cmpuint (test_count_content (room, "second"), ==, 1);
}

/* An echo does not find its way to a connection that is new: what was said there was said elsewhere. */
static void
test_plain_elsewhere (Fixture       *fixture,
                      gconstpointer  behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;

  test_wait_until (is_online (fixture));
  room = test_join (fixture->session, "r1");
  first = send (room, "first");
  test_wait_until (is (first, CHAT_DELIVERY_UNCONFIRMED));
  test_wait_until (test_count_content (room, "first") == 2 || is (first, CHAT_DELIVERY_SENT));
  g_assert_true (is (first, CHAT_DELIVERY_UNCONFIRMED));
  g_assert_cmpuint (test_count_content (room, "first"), ==, 2);
}

/* What was said before is not what goes out now, and what a page has of that is. */
static void
test_plain_history (Fixture       *fixture,
                    gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatMessage *first = send (room, "first");

  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  g_assert_cmpstr (chat_message_get_id (first), ==, "m2");
  test_wait_until (test_count_content (room, "first") == 2);
  g_assert_cmpint (chat_message_get_seq (test_nth_message (room, 0)), ==, 1);
}

/* What waits for a room that one is not let into again would wait for ever. */
static void
test_plain_bars (Fixture       *fixture,
                 gconstpointer  behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;

  test_wait_until (is_online (fixture));
  room = test_join (fixture->session, "r1");
  first = send (room, "first");
  test_wait_until (is (first, CHAT_DELIVERY_UNCONFIRMED));
  second = send (room, "second");
  test_wait_until (chat_room_get_membership (room) == CHAT_MEMBERSHIP_FAILED);
  g_assert_true (is (second, CHAT_DELIVERY_FAILED));
  g_assert_cmpstr (chat_message_get_error (second), ==, "It is gone.");
  g_assert_true (is (first, CHAT_DELIVERY_UNCONFIRMED));
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 0);
}

static void
test_plain_opaque (Fixture       *fixture,
                   gconstpointer  behaviour)
{
  ChatRoom *room = NULL;
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;

  test_wait_until (is_online (fixture));
  g_assert_null (chat_session_get_user_id (fixture->session));
  room = test_join (fixture->session, "r1");
  first = send (room, "the same");
  second = send (room, "the same");
  test_wait_until (is (first, CHAT_DELIVERY_SENT) && is (second, CHAT_DELIVERY_SENT));
  g_assert_cmpstr (chat_message_get_id (first), ==, "m1");
  g_assert_cmpstr (chat_message_get_id (second), ==, "m2");
  g_assert_cmpuint (test_count_content (room, "the same"), ==, 2);
  g_assert_cmpstr (chat_session_get_user_id (fixture->session), ==, "u7");
  g_assert_cmpuint (chat_room_get_unread (room), ==, 0);
}

static void
set_up_opaque (Fixture       *fixture,
               gconstpointer  behaviour)
{
  set_up_with (fixture, behaviour, NULL);
}

static void
test_hole (Fixture       *fixture,
           gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);

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
test_broken_history (Fixture       *fixture,
                     gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);

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
test_malformed_history (Fixture       *fixture,
                        gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);

  chat_room_get_timeline (room);
  test_wait_until (chat_room_get_older_error (room) != NULL);
  g_assert_cmpstr (chat_room_get_older_error (room), ==, "The server’s answer could not be understood.");
}

/* Who reads elsewhere stays there. */
static void
test_broken_history_elsewhere (Fixture       *fixture,
                               gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);

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
test_broken_until_renewed (Fixture       *fixture,
                           gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
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

  send (room, "of mine");
  test_wait_until (fixture->n_lost > 0);
  g_assert_null (chat_room_get_older_error (room));
  chat_session_retry_now (fixture->session);
  test_wait_until (is_kept (room, "m5"));
  test_load_older (room);
  assert_numbers (room, "1 2 3 4 5 6");
}

/* In a room that is empty for it, that is told too, and what was asked for comes at the second time. */
static void
test_broken_newest (Fixture       *fixture,
                    gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);

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
test_broken_newest_retried (Fixture       *fixture,
                            gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);

  chat_room_get_timeline (room);
  test_wait_until (chat_room_get_older_error (room) != NULL);
  test_load_older (room);
  g_assert_nonnull (test_find_content (room, "number 1"));
  g_assert_nonnull (test_find_content (room, "number 2"));
  g_assert_null (chat_room_get_older_error (room));
}

/* The hole is at the newest end, where nothing is behind it yet: only the server's number says so. */
static void
test_broken_end (Fixture       *fixture,
                 gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);

  test_wait_until (test_find_content (room, "number 50") != NULL);
  g_assert_false (chat_room_get_has_newer (room));
  send (room, "of mine");
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
test_boasts (Fixture       *fixture,
             gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
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
  send (room, "of mine");
  g_assert_nonnull (test_find_content (room, "of mine"));
}

/* The marker stands where the new begins or not at all; who opened the room at a marker before the oldest message that is here would
 * load the whole history, page for page. */
static void
test_far_unread (Fixture       *fixture,
                 gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
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
test_recovers (Fixture       *fixture,
               gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatMessage *first = send (room, "first");
  ChatMessage *second = NULL;

  test_wait_until (is (first, CHAT_DELIVERY_SENT));
  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  test_wait_until (is_online (fixture));
  test_wait_until (test_find_content (room, "joined 1 times") != NULL);

  second = send (room, "second");
  test_wait_until (is (second, CHAT_DELIVERY_SENT));
  g_assert_true (test_nth_message (room, 0) == first);
  g_assert_true (test_nth_message (room, 2) == second);
  g_assert_null (test_nth_message (room, 3));
}

static void
test_recovers_less (Fixture       *fixture,
                    gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);

  test_wait_until (test_find_content (room, "one") != NULL);
  chat_room_mark_read (room);
  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  test_wait_until (test_find_content (room, "two") != NULL);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 1);
}

static void
test_recovers_outside (Fixture       *fixture,
                       gconstpointer  behaviour)
{
  test_wait_until (fixture->n_lost > 0);
  chat_session_retry_now (fixture->session);
  g_assert_true (chat_room_get_can_send (wait_for_room (fixture)));
}

static void
test_recovers_with_a_hole (Fixture       *fixture,
                           gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
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
test_long_absence (Fixture       *fixture,
                   gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
  ChatTimeline *timeline = chat_room_get_timeline (room);
  ChatMessage *waiting = NULL;

  test_wait_until (test_find_content (room, "number 50") != NULL);
  g_assert_cmpuint (chat_timeline_get_n_messages (timeline), ==, 40);
  waiting = send (room, "of mine");
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

static void
test_no_chat (Fixture       *fixture,
              gconstpointer  behaviour)
{
  test_wait_until (fixture->n_refused > 0);
  g_assert_cmpint (chat_session_get_connection (fixture->session), ==, CHAT_CONNECTION_REFUSED);
  g_assert_nonnull (strstr (chat_session_get_problem (fixture->session), "not a chat server"));
}

static void
test_changes (Fixture       *fixture,
              gconstpointer  behaviour)
{
  ChatRoom *room = wait_for_room (fixture);
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
  g_test_add ("/hostile/" path, Fixture, behaviour, set_up_func, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("malformed-payloads", "malformed", set_up, test_malformed);
  ADD ("duplicates-disorder-unknown-rooms", "disorder", set_up, test_disorder);
  ADD ("a-megabyte-and-markup", "large", set_up, test_large);
  ADD ("refused-admin", "no-admin", set_up, test_no_admin);
  ADD ("stops-and-comes-back", "stops", set_up, test_stops);
  ADD ("join-without-an-answer", "silent-join", set_up, test_silent_join);
  ADD ("join-with-a-wrong-answer", "wrong-join", set_up, test_wrong_join);
  ADD ("join-while-it-is-busy", "busy-join", set_up, test_busy_join);
  ADD ("leave-that-is-refused-while-joining", "refuses-to-let-go", set_up, test_refuses_to_let_go);
  ADD ("leave-before-the-session", "lets-go-late", set_up, test_lets_go_late);
  ADD ("stop-while-joining", "silent-join", set_up, test_stop_while_joining);
  ADD ("breaks-off-before-the-answer", "breaks-off", set_up, test_breaks_off);
  ADD ("breaks-off-and-is-taken-for-plain", "breaks-off-and-hides", set_up, test_breaks_off_and_hides);
  ADD ("session-after-a-plain-message", "late-session", set_up, test_late_session);
  ADD ("rate-limits", "rate-limits", set_up, test_rate_limits);
  ADD ("refuses-messages", "refuses-sends", set_up, test_refuses_sends);
  ADD ("echo-before-the-answer", "echo-first", set_up, test_echo_first);
  ADD ("expired-token", "expired-token", set_up, test_expired_token);
  ADD ("expired-for-good", "expired-for-good", set_up, test_expired_for_good);
  ADD ("expired-while-busy", "expired-while-busy", set_up, test_expired_while_busy);
  ADD ("shown-out", "kicks", set_up, test_kicks);
  ADD ("plain-server-loses-a-message", "plain-loses", set_up, test_plain_loses);
  ADD ("plain-server-and-another-device", "plain-elsewhere", set_up, test_plain_elsewhere);
  ADD ("plain-server-with-a-history", "plain-history", set_up, test_plain_history);
  ADD ("plain-server-bars-from-a-room", "plain-bars", set_up, test_plain_bars);
  ADD ("plain-server-does-not-say-who-we-are", "plain-opaque", set_up_opaque, test_plain_opaque);
  ADD ("hole-in-history", "hole", set_up, test_hole);
  ADD ("hole-in-history-while-it-is-busy", "busy-history", set_up, test_hole);
  ADD ("hole-that-cannot-be-closed", "broken-history", set_up, test_broken_history);
  ADD ("hole-of-an-answer-not-understood", "malformed-history", set_up, test_malformed_history);
  ADD ("hole-that-cannot-be-closed-elsewhere", "broken-history", set_up, test_broken_history_elsewhere);
  ADD ("hole-until-the-connection-is-renewed", "broken-history-once", set_up, test_broken_until_renewed);
  ADD ("newest-that-cannot-be-found", "broken-newest", set_up, test_broken_newest);
  ADD ("newest-that-is-asked-for-again", "broken-newest", set_up, test_broken_newest_retried);
  ADD ("end-that-cannot-be-found", "broken-end", set_up, test_broken_end);
  ADD ("end-that-is-none", "boasts", set_up, test_boasts);
  ADD ("unread-further-back-than-a-page", "far-unread", set_up, test_far_unread);
  ADD ("recovered-connection", "recovers", set_up, test_recovers);
  ADD ("recovered-without-all", "recovers-less", set_up, test_recovers_less);
  ADD ("recovered-outside", "recovers-outside", set_up, test_recovers_outside);
  ADD ("recovered-with-a-hole", "recovers-with-a-hole", set_up, test_recovers_with_a_hole);
  ADD ("changes", "changes", set_up, test_changes);
  ADD ("long-absence", "long-absence", set_up, test_long_absence);
  ADD ("no-chat-here", "no-chat", set_up, test_no_chat);

  return g_test_run ();
}
