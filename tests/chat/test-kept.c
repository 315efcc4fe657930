/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an account keeps, and the reference server: what is shown before there is a connection, and what comes when there is one. */

#include "config.h"

#include <glib/gstdio.h>

#include "chat-outbox-private.h"
#include "chat-room-private.h"
#include "chat-session-private.h"
#include "test-server.h"

static TestServer *server;
static char *lobby;
static char *folder;

static ChatSession *
open_kept (const char *name)
{
  g_autoptr(ChatCredentials) credentials = test_server_sign_in (server, name);
  g_autofree char *path = chat_store_path_for (folder, chat_credentials_get_address (credentials), name);
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStore) store = chat_store_open (path, &error);

  g_assert_no_error (error);
  g_assert_null (chat_store_get_notice (store));

  return chat_session_new_with_store (credentials, store);
}

static void
start (ChatSession *session)
{
  chat_session_start (session);
  test_wait_until (chat_session_get_connection (session) == CHAT_CONNECTION_ONLINE && !chat_session_get_plain (session));
}

static void
finish (ChatSession **session)
{
  g_autoptr(ChatStore) store = g_object_ref (chat_session_get_store (*session));

  test_finish_session (session);
  chat_store_close (store);
}

static ChatRoom *
find_lobby (ChatSession *session)
{
  return chat_room_list_find (chat_session_get_rooms (session), lobby);
}

static ChatMessage *
say (ChatRoom   *room,
     const char *content)
{
  g_autoptr(GError) error = NULL;
  ChatMessage *message = test_send (room, content, &error);

  g_assert_no_error (error);
  test_wait_until (chat_message_get_delivery (message) == CHAT_DELIVERY_SENT);

  return message;
}

/* The answer to an event with one object of text members. */
static void
ask (ChatSession *session,
     const char  *event,
     const char  *id,
     const char  *content)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(SioValue) answer = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "id");
  sio_builder_add_string (builder, id);
  if (content != NULL)
    {
      sio_builder_set_name (builder, "content");
      sio_builder_add_string (builder, content);
    }
  sio_builder_end (builder);
  arguments = sio_builder_finish (builder);

  chat_session_call_async (session, event, arguments, 5000, test_take_result, &result);
  test_wait_until (result != NULL);
  answer = chat_session_call_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_true (sio_value_get_boolean (sio_value_lookup (answer, "success")));
}

static gboolean
is_kept_as_joined (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStore) store = chat_store_open (path, &error);
  g_autoptr(GPtrArray) rooms = NULL;
  gboolean joined = FALSE;

  g_assert_no_error (error);
  rooms = chat_store_list_rooms (store);
  for (guint i = 0; i < rooms->len; i++)
    {
      const ChatStoredRoom *room = g_ptr_array_index (rooms, i);

      joined |= g_str_equal (room->id, lobby) && room->joined;
    }
  chat_store_close (store);

  return joined;
}

/* Whenever something waits in a room, the file knows that one is in it: the program may be killed at once. */
static void
test_joined_at_once (void)
{
  g_autoptr(ChatSession) ben = open_kept ("ben");
  g_autoptr(GError) error = NULL;

  start (ben);
  test_send (test_join (ben, lobby), "am I here?", &error);
  g_assert_no_error (error);
  g_assert_true (is_kept_as_joined (chat_store_get_path (chat_session_get_store (ben))));
  finish (&ben);
}

/* What the server calls itself is known before it says so again. */
static void
test_server_name (void)
{
  g_autoptr(ChatSession) eve = open_kept ("eve");
  g_autofree char *name = NULL;

  start (eve);
  name = g_strdup (chat_session_get_server_name (eve));
  g_assert_cmpstr (name, !=, NULL);
  finish (&eve);

  eve = open_kept ("eve");
  g_assert_cmpstr (chat_session_get_server_name (eve), ==, name);
  finish (&eve);
}

/* The rooms are as they were before anything is connected; then comes what was said, edited and deleted meanwhile. */
static void
test_comes_back (void)
{
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) eve = open_kept ("eve");
  ChatRoom *bens = test_join (ben, lobby);
  ChatRoom *eves = NULL;
  g_autofree char *edited = NULL;
  g_autofree char *deleted = NULL;

  start (eve);
  eves = test_join (eve, lobby);
  chat_room_get_timeline (eves);
  edited = g_strdup (chat_message_get_id (say (bens, "a mistake")));
  deleted = g_strdup (chat_message_get_id (say (bens, "a secret")));
  say (bens, "seen");
  test_wait_until (test_find_content (eves, "seen") != NULL);
  chat_room_mark_read (eves);
  finish (&eve);

  ask (ben, "message:edit", edited, "no mistake");
  ask (ben, "message:delete", deleted, NULL);
  say (bens, "@eve missed");
  say (bens, "missed too");

  /* Nothing is connected. */
  eve = open_kept ("eve");
  eves = find_lobby (eve);
  g_assert_nonnull (eves);
  g_assert_cmpint (chat_room_get_membership (eves), ==, CHAT_MEMBERSHIP_JOINED);
  g_assert_true (chat_room_get_can_send (eves));
  g_assert_cmpuint (chat_room_get_unread (eves), ==, 0);
  g_assert_nonnull (test_find_content (eves, "a mistake"));
  g_assert_nonnull (test_find_content (eves, "seen"));
  g_assert_cmpstr (chat_message_get_content (chat_room_get_last_message (eves)), ==, "seen");

  start (eve);
  test_wait_until (test_find_content (eves, "missed too") != NULL);
  test_wait_until (test_find_content (eves, "no mistake") != NULL);
  test_wait_until (test_find_content (eves, "a secret") == NULL);
  test_wait_until (chat_room_get_unread (eves) == 2 && chat_room_get_mentions (eves) == 1);
  g_assert_true (chat_message_get_deleted (chat_timeline_find (chat_room_get_timeline (eves), deleted)));

  /* And it is kept. */
  finish (&eve);
  eve = open_kept ("eve");
  eves = find_lobby (eve);
  g_assert_nonnull (test_find_content (eves, "no mistake"));
  g_assert_null (test_find_content (eves, "a secret"));
  g_assert_cmpuint (chat_room_get_unread (eves), ==, 2);
  g_assert_cmpuint (chat_room_get_mentions (eves), ==, 1);

  finish (&eve);
  test_finish_session (&ben);
}

/* What was written without a connection is sent by the program that runs next. */
static void
test_outbox_survives (void)
{
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) eve = open_kept ("eve");
  ChatRoom *bens = test_join (ben, lobby);
  ChatRoom *eves = NULL;
  g_autoptr(GError) error = NULL;

  chat_room_get_timeline (bens);
  start (eve);
  eves = test_join (eve, lobby);
  finish (&eve);

  eve = open_kept ("eve");
  eves = find_lobby (eve);
  test_send (eves, "one from yesterday", &error);
  g_assert_no_error (error);
  test_send (eves, "two from yesterday", &error);
  g_assert_no_error (error);
  finish (&eve);

  eve = open_kept ("eve");
  eves = find_lobby (eve);
  g_assert_cmpuint (chat_session_get_n_waiting (eve), ==, 2);
  g_assert_nonnull (test_find_content (eves, "two from yesterday"));
  start (eve);
  test_wait_until (chat_session_get_n_waiting (eve) == 0);
  test_wait_until (test_find_content (bens, "two from yesterday") != NULL);
  g_assert_cmpuint (test_count_content (bens, "one from yesterday"), ==, 1);
  g_assert_cmpuint (test_count_content (eves, "one from yesterday"), ==, 1);
  g_assert_cmpuint (test_count_content (eves, "two from yesterday"), ==, 1);

  finish (&eve);
  test_finish_session (&ben);
}

/* The program ended between the server's storing and its answer: what comes as history is known to be what waits. */
static void
test_outbox_finds_its_echo (void)
{
  g_autoptr(ChatSession) eve = open_kept ("eve");
  g_autoptr(ChatMessage) message = NULL;
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *client_id = g_uuid_string_random ();
  ChatRoom *eves = NULL;

  start (eve);
  eves = test_join (eve, lobby);
  test_wait_until (chat_room_get_last_message (eves) != NULL);
  finish (&eve);

  /* Another program of the same user sends with the id of what is in our outbox. */
  eve = open_kept ("eve");
  message = chat_message_new_outgoing (client_id, lobby, NULL, NULL, "sent before the end", 1);
  chat_outbox_add_async (eve->outbox, message, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_clear_object (&result);
  {
    g_autoptr(ChatSession) other = test_server_open_session (server, "eve");

    test_join (other, lobby);
    arguments = chat_protocol_write_send ("sent before the end", lobby, client_id, NULL);
    chat_session_call_async (other, "send", arguments, 5000, test_take_result, &result);
    test_wait_until (result != NULL);
    g_clear_object (&result);
    test_finish_session (&other);
  }

  eves = find_lobby (eve);
  chat_room_get_timeline (eves);
  start (eve);
  test_wait_until (chat_session_get_n_waiting (eve) == 0);
  g_assert_cmpint (chat_message_get_delivery (message), ==, CHAT_DELIVERY_SENT);
  test_wait_until (test_count_content (eves, "sent before the end") == 1);

  finish (&eve);
}

/* Marked as unread on one device, it is unread on the other. */
static void
test_unread_on_all_devices (void)
{
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  g_autoptr(ChatSession) eve = test_server_open_session (server, "eve");
  g_autoptr(ChatSession) phone = test_server_open_session (server, "eve");
  ChatRoom *bens = test_join (ben, lobby);
  ChatRoom *eves = test_join (eve, lobby);
  ChatRoom *phones = test_join (phone, lobby);
  ChatMessage *first = NULL;

  say (bens, "first of three");
  say (bens, "second of three");
  say (bens, "third of three");
  test_wait_until (test_find_content (eves, "third of three") != NULL);
  chat_room_mark_read (eves);
  test_wait_until (chat_room_get_unread (phones) == 0);

  first = test_find_content (eves, "first of three");
  chat_room_mark_unread_from (eves, first);
  g_assert_cmpuint (chat_room_get_unread (eves), ==, 3);
  test_wait_until (chat_room_get_unread (phones) == 3);
  chat_room_mark_read (phones);
  test_wait_until (chat_room_get_unread (eves) == 0);

  test_finish_session (&ben);
  test_finish_session (&eve);
  test_finish_session (&phone);
}

/* The server was set up anew under the same address, with the same people and rooms: what was kept is of another time. */
static void
test_server_begins_anew (void)
{
  g_autoptr(ChatSession) eve = open_kept ("eve");
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(ChatSession) ben = test_server_open_session (server, "ben");
  ChatRoom *bens = test_join (ben, lobby);
  ChatRoom *eves = NULL;
  ChatSpan span = { 1, 5000 };

  start (eve);
  test_join (eve, lobby);
  for (gint64 seq = 4000; seq <= 5000; seq++)
    {
      g_autofree char *id = g_strdup_printf ("of another time %" G_GINT64_FORMAT, seq);

      g_ptr_array_add (messages, chat_message_new (id, lobby, "u7", "Ann", id, seq, seq));
    }
  chat_store_put_messages (chat_session_get_store (eve), lobby, messages, &span);
  finish (&eve);

  eve = open_kept ("eve");
  eves = find_lobby (eve);
  g_assert_cmpstr (chat_message_get_content (chat_room_get_last_message (eves)), ==, "of another time 5000");
  chat_room_get_timeline (eves);
  start (eve);
  say (bens, "of this time");
  test_wait_until (test_find_content (eves, "of this time") != NULL);
  g_assert_null (test_find_content (eves, "of another time 4500"));
  g_assert_cmpstr (chat_message_get_content (chat_room_get_last_message (eves)), ==, "of this time");
  test_wait_until (chat_room_get_unread (eves) == 1);

  finish (&eve);
  test_finish_session (&ben);
}

int
main (int   argc,
      char *argv[])
{
  static const char * const options[] = { "--recovery-window", "0", NULL };
  g_autoptr(GDir) files = NULL;
  g_autoptr(GError) error = NULL;
  const char *file = NULL;
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  server = test_server_new_reference (options);
  test_server_add_user (server, "ben", FALSE);
  test_server_add_user (server, "eve", FALSE);
  lobby = test_server_command (server, "room", "add", "Lobby", NULL);
  test_server_start (server);
  folder = g_dir_make_tmp ("enfilade-test-XXXXXX", &error);
  g_assert_no_error (error);

  g_test_add_func ("/kept/joined-at-once", test_joined_at_once);
  g_test_add_func ("/kept/server-name", test_server_name);
  g_test_add_func ("/kept/comes-back", test_comes_back);
  g_test_add_func ("/kept/outbox-survives", test_outbox_survives);
  g_test_add_func ("/kept/outbox-finds-its-echo", test_outbox_finds_its_echo);
  g_test_add_func ("/kept/unread-on-all-devices", test_unread_on_all_devices);
  g_test_add_func ("/kept/server-begins-anew", test_server_begins_anew);
  status = g_test_run ();

  test_server_free (server);
  files = g_dir_open (folder, 0, NULL);
  while ((file = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
  g_free (lobby);

  return status;
}
