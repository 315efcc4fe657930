/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session against the reference server, with all that it offers. */

#include "config.h"

#include "chat-room-private.h"
#include "test-server.h"

static TestServer *server;
static char *lobby;
static char *garden;

static gboolean
is_sent (ChatMessage *message)
{
  return chat_message_get_delivery (message) == CHAT_DELIVERY_SENT;
}

static gboolean
has_message (ChatRoom   *room,
             const char *content)
{
  return test_find_content (room, content) != NULL;
}

static void
test_signs_in (void)
{
  g_autoptr(ChatSession) session = test_server_open_session (server, "ben");

  g_assert_cmpstr (chat_session_get_username (session), ==, "ben");
  g_assert_nonnull (chat_session_get_user_id (session));
  g_assert_false (chat_session_get_is_admin (session));
  g_assert_null (chat_session_get_admin (session));
  g_assert_cmpint (chat_session_get_features (session) & CHAT_FEATURE_DELIVERY, !=, 0);
  g_assert_cmpuint (chat_session_get_max_content_length (session), ==, 4000);
  g_assert_nonnull (chat_room_list_find (chat_session_get_rooms (session), lobby));
  g_assert_null (chat_session_get_problem (session));

  test_finish_session (&session);
}

static void
test_joins_and_talks (void)
{
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) eve = test_server_open_session (server, "eve");
  g_autoptr(GError) error = NULL;
  ChatRoom *bens = test_join (ben, lobby);
  ChatRoom *eves = test_join (eve, lobby);
  ChatMessage *message = NULL;
  ChatMessage *received = NULL;

  g_assert_cmpint (chat_room_get_membership (bens), ==, CHAT_MEMBERSHIP_JOINED);
  g_assert_true (chat_room_get_can_send (bens));
  test_wait_until (chat_room_get_member_count (bens) == 2);
  g_assert_nonnull (chat_member_list_find (chat_room_get_members (bens), chat_session_get_user_id (eve)));

  message = test_send (bens, "  good morning \n", &error);
  g_assert_no_error (error);
  g_assert_cmpint (chat_message_get_delivery (message), ==, CHAT_DELIVERY_WAITING);
  g_assert_cmpuint (chat_session_get_n_waiting (ben), ==, 1);
  test_wait_until (is_sent (message));
  test_wait_until (has_message (eves, "good morning"));
  g_assert_cmpuint (chat_session_get_n_waiting (ben), ==, 0);

  received = test_find_content (eves, "good morning");
  g_assert_cmpstr (chat_message_get_sender_name (received), ==, "ben");
  g_assert_false (chat_message_get_own (received));
  g_assert_true (chat_room_get_last_message (eves) == received);
  g_assert_cmpuint (chat_room_get_unread (eves), ==, 1);
  g_assert_cmpuint (chat_room_list_get_unread (chat_session_get_rooms (eve)), ==, 1);
  chat_room_mark_read (eves);
  g_assert_cmpuint (chat_room_get_unread (eves), ==, 0);

  test_settle (300);
  g_assert_cmpuint (test_count_content (bens, "good morning"), ==, 1);
  g_assert_cmpuint (test_count_content (eves, "good morning"), ==, 1);
  g_assert_cmpuint (chat_room_get_unread (bens), ==, 0);

  chat_room_notify_typing (eves);
  test_wait_until (chat_room_get_typing (bens)[0] != NULL);
  g_assert_cmpstr (chat_room_get_typing (bens)[0], ==, "eve");
  g_assert_null (chat_room_get_typing (eves)[0]);
  test_send (eves, "hello ben", &error);
  g_assert_no_error (error);
  test_wait_until (has_message (bens, "hello ben"));
  g_assert_null (chat_room_get_typing (bens)[0]);

  test_finish_session (&ben);
  test_finish_session (&eve);
}

static void
test_refuses_what_cannot_be_sent (void)
{
  g_autoptr(ChatSession) session = test_server_open_session (server, "ben");
  ChatRoom *room = test_join (session, lobby);
  g_autofree char *long_text = g_strnfill (4001, 'x');
  g_autoptr(GError) error = NULL;
  guint n_messages = chat_timeline_get_n_messages (chat_room_get_timeline (room));
  ChatRoom *other = chat_room_list_find (chat_session_get_rooms (session), garden);

  g_assert_null (test_send (room, " \n ", &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_null (test_send (room, long_text, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_assert_null (test_send (room, "\xff", &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_nonnull (other);
  g_assert_false (chat_room_get_can_send (other));
  g_assert_nonnull (chat_room_get_cannot_send_reason (other));
  g_assert_null (test_send (other, "hello", &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_NOT_JOINED);

  g_assert_cmpuint (chat_timeline_get_n_messages (chat_room_get_timeline (room)), <=, n_messages + 40);
  g_assert_cmpuint (chat_session_get_n_waiting (session), ==, 0);

  test_finish_session (&session);
}

static void
send_many (ChatRoom *room,
           guint     n)
{
  ChatMessage *last = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u", i);
      g_autoptr(GError) error = NULL;

      last = test_send (room, text, &error);
      g_assert_no_error (error);
    }

  test_wait_until (is_sent (last));
}

static void
assert_ordered (ChatRoom *room)
{
  gint64 before = CHAT_NO_SEQ;
  ChatMessage *message = NULL;

  for (guint i = 0; (message = test_nth_message (room, i)) != NULL; i++)
    {
      g_assert_cmpint (chat_message_get_seq (message), >, before);
      if (before != CHAT_NO_SEQ)
        g_assert_cmpint (chat_message_get_seq (message), ==, before + 1);
      before = chat_message_get_seq (message);
    }
}

static void
test_loads_history (void)
{
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) eve = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatRoom *bens = test_join (ben, garden);
  ChatRoom *eves = NULL;

  send_many (bens, 55);
  assert_ordered (bens);

  eve = test_server_open_session (server, "eve");
  eves = test_join (eve, garden);
  test_wait_until (chat_timeline_get_n_messages (chat_room_get_timeline (eves)) == 40);
  g_assert_true (chat_room_get_has_older (eves));
  g_assert_cmpuint (chat_room_get_unread (eves), ==, 0);

  chat_room_load_older_async (eves, NULL, test_take_result, &result);
  g_assert_true (chat_room_get_loading_older (eves));
  test_wait_until (result != NULL);
  g_assert_true (chat_room_load_finish (eves, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (chat_timeline_get_n_messages (chat_room_get_timeline (eves)), ==, 55);
  g_assert_false (chat_room_get_has_older (eves));
  g_assert_false (chat_room_get_loading_older (eves));
  assert_ordered (eves);

  test_finish_session (&ben);
  test_finish_session (&eve);
}

/* Killed in the middle of it all, without a word; recovery is off, so that history must close the gap. */
static void
test_outlives_the_server (void)
{
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) eve = test_server_open_session (server, "eve");
  ChatRoom *bens = test_join (ben, lobby);
  ChatRoom *eves = test_join (eve, lobby);
  g_autoptr(GError) error = NULL;
  ChatMessage *last = NULL;

  test_wait_until (chat_timeline_get_n_messages (chat_room_get_timeline (eves)) > 0);
  test_server_kill (server);
  test_wait_until (chat_session_get_connection (ben) == CHAT_CONNECTION_RECONNECTING);
  g_assert_cmpint (chat_room_get_membership (bens), ==, CHAT_MEMBERSHIP_JOINED);
  g_assert_true (chat_room_get_can_send (bens));

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("while away %u", i);

      last = test_send (bens, text, &error);
      g_assert_no_error (error);
      g_assert_cmpint (chat_message_get_delivery (last), ==, CHAT_DELIVERY_WAITING);
    }
  g_assert_cmpuint (chat_session_get_n_waiting (ben), ==, 10);

  test_server_start (server);
  chat_session_retry_now (ben);
  test_wait_until (chat_session_get_n_waiting (ben) == 0);
  g_assert_true (is_sent (last));
  test_wait_until (has_message (eves, "while away 9"));
  test_wait_until (has_message (eves, "while away 0"));
  test_settle (500);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("while away %u", i);

      g_assert_cmpuint (test_count_content (bens, text), ==, 1);
      g_assert_cmpuint (test_count_content (eves, text), ==, 1);
    }
  assert_ordered (bens);
  assert_ordered (eves);

  test_finish_session (&ben);
  test_finish_session (&eve);
}

static void
test_leaves (void)
{
  g_autoptr(ChatSession) session = test_server_open_session (server, "ben");
  ChatRoom *room = test_join (session, lobby);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_leave_async (room, NULL, test_take_result, &result);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_LEAVING);
  test_wait_until (result != NULL);
  g_assert_true (chat_room_leave_finish (room, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_NONE);
  g_assert_false (chat_room_get_can_send (room));

  test_finish_session (&session);
}

static void
test_unknown_room (void)
{
  g_autoptr(ChatSession) session = test_server_open_session (server, "ben");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_session_join_room_async (session, "no-such-room", NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_null (chat_session_join_room_finish (session, result, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_NOT_FOUND);

  g_clear_object (&result);
  test_finish_session (&session);
}

static void
test_creates_rooms (void)
{
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) eve = test_server_open_session (server, "eve");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(ChatRoom) room = NULL;
  g_autoptr(GError) error = NULL;

  chat_session_create_room_async (ben, "Kitchen", "Who cooks", FALSE, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  room = chat_session_create_room_finish (ben, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (chat_room_get_name (room), ==, "Kitchen");
  g_assert_cmpstr (chat_room_get_topic (room), ==, "Who cooks");
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_JOINED);
  test_wait_until (chat_room_list_find (chat_session_get_rooms (eve), chat_room_get_id (room)) != NULL);

  chat_session_create_room_async (eve, "kitchen", NULL, FALSE, NULL, test_take_result, &second);
  test_wait_until (second != NULL);
  g_assert_null (chat_session_create_room_finish (eve, second, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_CONFLICT);

  g_clear_object (&room);
  g_clear_object (&result);
  g_clear_object (&second);
  test_finish_session (&ben);
  test_finish_session (&eve);
}

static void
test_mentions_notify (void)
{
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) eve = test_server_open_session (server, "eve");
  ChatRoom *bens = test_join (ben, lobby);
  ChatRoom *eves = test_join (eve, lobby);
  ChatNotificationList *list = chat_session_get_notifications (eve);
  g_autoptr(ChatNotification) notification = NULL;
  g_autoptr(GError) error = NULL;

  test_wait_until (chat_timeline_get_n_messages (chat_room_get_timeline (eves)) > 0);
  chat_room_mark_read (eves);
  test_send (bens, "@eve look", &error);
  g_assert_no_error (error);
  test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  test_wait_until (chat_room_get_mentions (eves) == 1);

  notification = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (chat_notification_get_kind (notification), ==, "mention");
  g_assert_cmpstr (chat_notification_get_room_id (notification), ==, lobby);
  g_assert_cmpuint (chat_notification_list_get_unread (list), ==, 1);

  /* Who reads the room reads the mention, for good. */
  chat_room_mark_read (eves);
  g_assert_cmpuint (chat_notification_list_get_unread (list), ==, 0);
  test_settle (300);
  g_clear_object (&notification);
  test_finish_session (&eve);

  eve = test_server_open_session (server, "eve");
  list = chat_session_get_notifications (eve);
  test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  g_assert_cmpuint (chat_notification_list_get_unread (list), ==, 0);

  test_finish_session (&ben);
  test_finish_session (&eve);
}

/* Two devices of one person; and what is read without a connection is told with the next. */
static void
test_reads_on_two_devices (void)
{
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) desk = test_server_open_session (server, "eve");
  g_autoptr(ChatSession) lap = test_server_open_session (server, "eve");
  ChatRoom *bens = test_join (ben, lobby);
  ChatRoom *on_desk = test_join (desk, lobby);
  ChatRoom *on_lap = test_join (lap, lobby);
  g_autoptr(GError) error = NULL;

  test_send (bens, "for both", &error);
  g_assert_no_error (error);
  test_wait_until (has_message (on_desk, "for both") && has_message (on_lap, "for both"));
  chat_room_mark_read (on_desk);
  test_wait_until (chat_room_get_unread (on_lap) == 0);

  test_send (bens, "read while away", &error);
  g_assert_no_error (error);
  test_wait_until (has_message (on_desk, "read while away") && has_message (on_lap, "read while away"));
  test_wait_until (chat_room_get_unread (on_lap) == 1);
  chat_session_stop (desk);
  chat_room_mark_read (on_desk);
  chat_session_start (desk);
  test_wait_until (chat_room_get_unread (on_lap) == 0);
  g_assert_cmpuint (chat_room_get_unread (on_desk), ==, 0);

  test_finish_session (&ben);
  test_finish_session (&desk);
  test_finish_session (&lap);
}

static void
leave (ChatRoom *room)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_leave_async (room, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_room_leave_finish (room, result, &error));
  g_assert_no_error (error);
}

/* What was said before one came is read, on each device: also what was said since the connection began. */
static void
test_joins_late (void)
{
  g_autofree char *attic = test_server_command (server, "room", "add", "Attic", NULL);
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) desk = test_server_open_session (server, "eve");
  g_autoptr(ChatSession) lap = test_server_open_session (server, "eve");
  ChatRoom *bens = test_join (ben, attic);
  ChatRoom *on_desk = NULL;
  ChatRoom *on_lap = chat_room_list_find (chat_session_get_rooms (lap), attic);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (on_lap);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *last = g_strdup_printf ("before 5, %u", i);
      g_autofree char *first = g_strdup_printf ("after, %u", i);

      for (guint j = 1; j <= 5; j++)
        {
          g_autofree char *text = g_strdup_printf ("before %u, %u", j, i);

          test_send (bens, text, &error);
          g_assert_no_error (error);
        }
      test_wait_until (chat_message_get_delivery (test_find_content (bens, last)) == CHAT_DELIVERY_SENT);

      on_desk = test_join (desk, attic);
      test_wait_until (has_message (on_desk, last) && has_message (on_lap, last));
      test_wait_until (!on_desk->counting && !on_lap->counting);
      g_assert_cmpuint (chat_room_get_unread (on_desk), ==, 0);
      g_assert_cmpuint (chat_room_get_unread (on_lap), ==, 0);

      /* What is marked then is known on the other device; what comes then is unread. */
      chat_room_mark_read_to (on_desk, test_nth_message (on_desk, 0));
      g_assert_cmpuint (chat_room_get_unread (on_desk), ==, 0);
      chat_room_mark_unread_from (on_desk, test_find_content (on_desk, last));
      test_wait_until (chat_room_get_unread (on_lap) == 1);
      test_send (bens, first, &error);
      g_assert_no_error (error);
      test_wait_until (chat_room_get_unread (on_desk) == 2 && chat_room_get_unread (on_lap) == 2);

      leave (on_desk);
      test_wait_until (chat_room_get_membership (on_lap) == CHAT_MEMBERSHIP_NONE);
    }

  test_finish_session (&ben);
  test_finish_session (&desk);
  test_finish_session (&lap);
}

static void
test_admin_sees_the_dashboard (void)
{
  g_autoptr(ChatSession) session = test_server_open_session (server, "ada");
  ChatAdmin *admin = NULL;

  g_assert_true (chat_session_get_is_admin (session));
  admin = chat_session_get_admin (session);
  g_assert_nonnull (admin);
  test_wait_until (chat_admin_get_connected (admin));
  test_wait_until (chat_admin_get_has_stats (admin));
  g_assert_cmpfloat (chat_series_get_latest (chat_admin_get_connected_users (admin)), >=, 1);
  g_assert_cmpuint (g_list_model_get_n_items (chat_admin_get_nodes (admin)), ==, 1);
  g_assert_cmpint (chat_admin_get_updated_at (admin), >, 0);

  test_finish_session (&session);
}

/* The record is the server's: whoever is no admin any more loses the dashboard and nothing else. */
static void
test_admin_is_demoted (void)
{
  g_autoptr(ChatSession) session = test_server_open_session (server, "ada");
  g_autofree char *output = NULL;

  test_wait_until (chat_admin_get_connected (chat_session_get_admin (session)));
  output = test_server_command (server, "user", "demote", "ada", NULL);
  test_wait_until (chat_session_get_admin (session) == NULL);
  g_assert_cmpint (chat_session_get_connection (session), ==, CHAT_CONNECTION_ONLINE);
  g_assert_false (chat_session_get_is_admin (session));

  test_finish_session (&session);
  g_free (output);
  output = test_server_command (server, "user", "promote", "ada", NULL);
}

static void
test_starts_again (void)
{
  g_autoptr(ChatSession) session = test_server_open_session (server, "ben");
  ChatRoom *room = test_join (session, lobby);
  g_autoptr(GError) error = NULL;
  ChatMessage *message = NULL;

  chat_session_stop (session);
  g_assert_cmpint (chat_session_get_connection (session), ==, CHAT_CONNECTION_OFFLINE);
  test_settle (100);
  chat_session_start (session);
  test_wait_until (chat_session_get_connection (session) == CHAT_CONNECTION_ONLINE);
  message = test_send (room, "again", &error);
  g_assert_no_error (error);
  test_wait_until (is_sent (message));
  g_assert_cmpuint (test_count_content (room, "again"), ==, 1);

  test_finish_session (&session);
}

static void
refused_cb (ChatSession  *session,
            const GError *error,
            guint        *n_refused)
{
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_UNAUTHORIZED);
  *n_refused += 1;
}

static void
test_bad_token_is_refused (void)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new (test_server_get_address (server), "nonsense", 0);
  g_autoptr(ChatSession) session = chat_session_new (credentials);
  guint n_refused = 0;

  g_signal_connect (session, "refused", G_CALLBACK (refused_cb), &n_refused);
  chat_session_start (session);
  test_wait_until (n_refused > 0);
  g_assert_cmpint (chat_session_get_connection (session), ==, CHAT_CONNECTION_REFUSED);
  g_assert_nonnull (chat_session_get_problem (session));
  test_settle (200);
  g_assert_cmpuint (n_refused, ==, 1);

  test_finish_session (&session);
}

static void
changed_cb (ChatSession *session,
            guint       *n_changed)
{
  *n_changed += 1;
}

/* The three namespaces ask for the token at once, and one refresh serves them. */
static void
test_refreshes_the_token (void)
{
  g_autoptr(ChatCredentials) credentials = test_server_sign_in (server, "ben");
  g_autoptr(ChatSession) session = NULL;
  g_autofree char *old_token = g_strdup (chat_credentials_get_token (credentials));
  guint n_changed = 0;

  /* As if it ended in ten seconds. Tokens of one second are the same, so the next one is waited for. */
  chat_credentials_set_token (credentials, old_token, g_get_real_time () / 1000 + 10000);
  test_settle (1100);
  session = chat_session_new (credentials);
  g_signal_connect (session, "credentials-changed", G_CALLBACK (changed_cb), &n_changed);
  chat_session_start (session);
  test_wait_until (chat_session_get_connection (session) == CHAT_CONNECTION_ONLINE);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpstr (chat_credentials_get_token (credentials), !=, old_token);
  g_assert_cmpint (chat_credentials_get_expires_at (credentials), >, g_get_real_time () / 1000 + 60000);

  test_finish_session (&session);
}

static void
set_up (void)
{
  static const char * const options[] = { "--recovery-window", "0", NULL };

  server = test_server_new_reference (options);
  test_server_add_user (server, "ada", TRUE);
  test_server_add_user (server, "ben", FALSE);
  test_server_add_user (server, "eve", FALSE);
  lobby = test_server_command (server, "room", "add", "Lobby", NULL);
  garden = test_server_command (server, "room", "add", "Garden", NULL);
  test_server_start (server);
}

int
main (int   argc,
      char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  set_up ();

  g_test_add_func ("/session/signs-in", test_signs_in);
  g_test_add_func ("/session/joins-and-talks", test_joins_and_talks);
  g_test_add_func ("/session/refuses-what-cannot-be-sent", test_refuses_what_cannot_be_sent);
  g_test_add_func ("/session/loads-history", test_loads_history);
  g_test_add_func ("/session/outlives-the-server", test_outlives_the_server);
  g_test_add_func ("/session/leaves", test_leaves);
  g_test_add_func ("/session/unknown-room", test_unknown_room);
  g_test_add_func ("/session/creates-rooms", test_creates_rooms);
  g_test_add_func ("/session/mentions-notify", test_mentions_notify);
  g_test_add_func ("/session/reads-on-two-devices", test_reads_on_two_devices);
  g_test_add_func ("/session/joins-late", test_joins_late);
  g_test_add_func ("/session/admin-sees-the-dashboard", test_admin_sees_the_dashboard);
  g_test_add_func ("/session/admin-is-demoted", test_admin_is_demoted);
  g_test_add_func ("/session/starts-again", test_starts_again);
  g_test_add_func ("/session/bad-token-is-refused", test_bad_token_is_refused);
  g_test_add_func ("/session/refreshes-the-token", test_refreshes_the_token);

  status = g_test_run ();
  test_server_free (server);
  g_free (lobby);
  g_free (garden);

  return status;
}
