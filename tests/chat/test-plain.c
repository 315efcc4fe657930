/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session against a server that has the basic protocol and nothing else. */

#include "config.h"

#include "test-server.h"

static TestServer *server;
static char *lobby;

static ChatSession *
open_session (const char *name)
{
  g_autofree char *token = test_server_command (server, "token", name, NULL);
  g_autoptr(ChatCredentials) credentials = chat_credentials_new (test_server_get_address (server), token, 0);
  ChatSession *session = chat_session_new (credentials);

  /* A token says who one is. */
  g_assert_cmpstr (chat_session_get_username (session), ==, name);
  g_assert_nonnull (chat_session_get_user_id (session));
  chat_session_start (session);
  test_wait_until (chat_session_get_connection (session) == CHAT_CONNECTION_ONLINE);

  return session;
}

static gboolean
is_sent (ChatMessage *message)
{
  return chat_message_get_delivery (message) == CHAT_DELIVERY_SENT;
}

static void
test_joins_and_talks (void)
{
  g_autoptr(ChatSession) ben = open_session ("ben");
  g_autoptr(ChatSession) eve = open_session ("eve");
  g_autoptr(GError) error = NULL;
  ChatRoom *bens = test_join (ben, lobby);
  ChatRoom *eves = test_join (eve, lobby);
  ChatMessage *first = NULL;
  ChatMessage *second = NULL;

  g_assert_true (chat_session_get_plain (ben));
  g_assert_cmpint (chat_session_get_features (ben), ==, CHAT_FEATURE_NONE);
  g_assert_cmpstr (chat_room_get_name (bens), ==, "Lobby");
  test_wait_until (chat_room_get_member_count (bens) == 2);

  first = test_send (bens, "twice", &error);
  second = test_send (bens, "twice", &error);
  g_assert_no_error (error);
  test_wait_until (is_sent (first) && is_sent (second));
  test_wait_until (test_count_content (eves, "twice") == 2);
  test_settle (300);
  g_assert_cmpuint (test_count_content (bens, "twice"), ==, 2);
  g_assert_cmpuint (test_count_content (eves, "twice"), ==, 2);
  g_assert_cmpstr (chat_message_get_id (first), !=, chat_message_get_id (second));
  g_assert_cmpstr (chat_message_get_sender_name (test_find_content (eves, "twice")), ==, "ben");
  g_assert_cmpuint (chat_room_get_unread (eves), ==, 2);
  g_assert_false (chat_room_get_has_older (bens));

  chat_room_notify_typing (eves);
  test_wait_until (chat_room_get_typing (bens)[0] != NULL);
  g_assert_cmpstr (chat_room_get_typing (bens)[0], ==, "eve");

  test_finish_session (&ben);
  test_finish_session (&eve);
}

static void
test_outlives_the_server (void)
{
  g_autoptr(ChatSession) ben = open_session ("ben");
  ChatRoom *room = test_join (ben, lobby);
  g_autoptr(GError) error = NULL;
  ChatMessage *message = NULL;

  test_server_kill (server);
  test_wait_until (chat_session_get_connection (ben) == CHAT_CONNECTION_RECONNECTING);
  message = test_send (room, "while away", &error);
  g_assert_no_error (error);
  test_server_start (server);
  test_wait_until (is_sent (message));
  g_assert_cmpuint (test_count_content (room, "while away"), ==, 1);

  test_finish_session (&ben);
}

/* A plain server names no limit; what its connection could not carry is refused before it is in the way of anything. */
static void
test_too_much_for_a_connection (void)
{
  g_autoptr(ChatSession) ben = open_session ("ben");
  ChatRoom *room = test_join (ben, lobby);
  g_autofree char *text = g_strnfill (200 * 1024, 'x');
  g_autoptr(GError) error = NULL;

  g_assert_null (test_send (room, text, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_cmpuint (chat_timeline_get_n_messages (chat_room_get_timeline (room)), ==, 0);

  test_finish_session (&ben);
}

static void
test_what_is_not_offered (void)
{
  g_autoptr(ChatSession) session = open_session ("ben");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) unknown = NULL;
  g_autoptr(GError) error = NULL;

  chat_session_create_room_async (session, "Kitchen", NULL, FALSE, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_null (chat_session_create_room_finish (session, result, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  chat_session_join_room_async (session, "no-such-room", NULL, test_take_result, &unknown);
  test_wait_until (unknown != NULL);
  g_assert_null (chat_session_join_room_finish (session, unknown, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (chat_session_get_rooms (session))), ==, 0);

  g_clear_object (&result);
  g_clear_object (&unknown);
  test_finish_session (&session);
}

static void
test_admin_by_the_token (void)
{
  g_autoptr(ChatSession) ada = open_session ("ada");
  g_autoptr(ChatSession) ben = open_session ("ben");

  test_wait_until (chat_session_get_admin (ada) != NULL);
  g_assert_true (chat_session_get_is_admin (ada));
  test_wait_until (chat_admin_get_has_stats (chat_session_get_admin (ada)));
  g_assert_cmpuint (g_list_model_get_n_items (chat_admin_get_nodes (chat_session_get_admin (ada))), ==, 0);

  test_settle (2000);
  g_assert_null (chat_session_get_admin (ben));
  g_assert_false (chat_session_get_is_admin (ben));

  test_finish_session (&ada);
  test_finish_session (&ben);
}

static void
test_discovery (void)
{
  g_autoptr(ChatServer) chat_server = chat_server_new (test_server_get_address (server));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_server_discover_async (chat_server, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_server_discover_finish (chat_server, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (chat_server_get_sign_in_methods (chat_server), ==, CHAT_SIGN_IN_TOKEN);
}

static void
set_up (void)
{
  static const char * const options[] = { "--plain", "--recovery-window", "0", NULL };

  server = test_server_new_reference (options);
  test_server_add_user (server, "ada", TRUE);
  test_server_add_user (server, "ben", FALSE);
  test_server_add_user (server, "eve", FALSE);
  lobby = test_server_command (server, "room", "add", "Lobby", NULL);
  test_server_start (server);
}

int
main (int   argc,
      char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  set_up ();

  g_test_add_func ("/plain/joins-and-talks", test_joins_and_talks);
  g_test_add_func ("/plain/outlives-the-server", test_outlives_the_server);
  g_test_add_func ("/plain/too-much-for-a-connection", test_too_much_for_a_connection);
  g_test_add_func ("/plain/what-is-not-offered", test_what_is_not_offered);
  g_test_add_func ("/plain/admin-by-the-token", test_admin_by_the_token);
  g_test_add_func ("/plain/discovery", test_discovery);

  status = g_test_run ();
  test_server_free (server);
  g_free (lobby);

  return status;
}
