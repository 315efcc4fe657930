/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "chat-error.h"
#include "chat-room-private.h"
#include "chat-session-private.h"
#include "enfilade-account-store.h"
#include "enfilade-account.h"
#include "test-app.h"

/* Nothing answers at this address: port 9 is for discarding, and nobody listens there. */
#define ADDRESS "http://127.0.0.1:9"

static ChatCredentials *
make_credentials (const char *username,
                  const char *token)
{
  ChatCredentials *credentials = chat_credentials_new (ADDRESS, token, 0);

  chat_credentials_set_user (credentials, username, username, FALSE);

  return credentials;
}

static void
sign_in (EnfiladeAccount *account,
         const char      *username,
         const char      *token)
{
  g_autoptr(ChatCredentials) credentials = make_credentials (username, token);

  enfilade_account_sign_in (account, credentials, ENFILADE_REMEMBER_NOTHING);
}

static void
refuse (EnfiladeAccount *account)
{
  g_autoptr(GError) error = g_error_new_literal (CHAT_ERROR, CHAT_ERROR_UNAUTHORIZED, "Your account was closed.");

  chat_session_emit_refused (enfilade_account_get_session (account), error);
}

static void
test_states (void)
{
  g_autoptr(EnfiladeAccount) account = enfilade_account_new (NULL);
  g_autofree char *nothing = enfilade_account_dup_address (account);
  g_autofree char *address = NULL;

  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_SIGNED_OUT);
  g_assert_null (enfilade_account_get_session (account));
  g_assert_cmpstr (nothing, ==, "");

  /* Without a last account there is nothing to look up. */
  enfilade_account_restore (account);
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_SIGNED_OUT);

  sign_in (account, "mira", "one");
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_SIGNED_IN);
  g_assert_nonnull (enfilade_account_get_session (account));
  address = enfilade_account_dup_address (account);
  g_assert_cmpstr (address, ==, ADDRESS);

  enfilade_account_sign_out (account, FALSE);
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_SIGNED_OUT);
  g_assert_null (enfilade_account_get_session (account));
  test_drain ();
}

/* Who is refused and signs in again finds their rooms as they were. */
static void
test_refused (void)
{
  g_autoptr(EnfiladeAccount) account = enfilade_account_new (NULL);
  ChatSession *session;
  ChatRoom *room;

  sign_in (account, "mira", "one");
  session = enfilade_account_get_session (account);
  chat_session_set_user (session, "mira", "mira");
  room = test_add_room (session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);

  refuse (account);
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_REFUSED);
  g_assert_cmpstr (enfilade_account_get_reason (account), ==, "Your account was closed.");
  g_assert_true (enfilade_account_get_session (account) == session);

  sign_in (account, "mira", "two");
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_SIGNED_IN);
  g_assert_null (enfilade_account_get_reason (account));
  g_assert_true (enfilade_account_get_session (account) == session);
  g_assert_cmpstr (chat_credentials_get_token (chat_session_get_credentials (session)), ==, "two");
  g_assert_true (chat_room_list_find (chat_session_get_rooms (session), "general") == room);

  /* Another person's rooms are not theirs. */
  refuse (account);
  sign_in (account, "tomas", "three");
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_SIGNED_IN);
  g_assert_null (chat_room_list_find (chat_session_get_rooms (enfilade_account_get_session (account)), "general"));

  enfilade_account_sign_out (account, FALSE);
  test_drain ();
}

static gboolean
is (EnfiladeAccount *account,
    const char      *address,
    const char      *username,
    const char      *token)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new (address, token, 0);

  if (username != NULL)
    chat_credentials_set_user (credentials, NULL, username, FALSE);

  return enfilade_account_is (account, credentials);
}

static void
test_whose (void)
{
  g_autoptr(EnfiladeAccount) account = enfilade_account_new (NULL);

  g_assert_false (is (account, ADDRESS, "mira", "one"));

  sign_in (account, "mira", "one");
  g_assert_true (is (account, ADDRESS, "mira", ""));
  g_assert_true (is (account, ADDRESS, "mira", "two"));
  g_assert_true (is (account, ADDRESS, NULL, "one"));
  g_assert_false (is (account, ADDRESS, NULL, "two"));
  g_assert_false (is (account, ADDRESS, NULL, ""));
  g_assert_false (is (account, ADDRESS, "tomas", "one"));
  g_assert_false (is (account, "http://127.0.0.1:10", "mira", "one"));

  enfilade_account_sign_out (account, FALSE);
  g_assert_false (is (account, ADDRESS, "mira", "one"));
  test_drain ();
}

static void
remember (EnfiladeAccount  *account,
          const char       *username,
          EnfiladeRemember  what)
{
  g_autoptr(ChatCredentials) credentials = make_credentials (username, "token");

  enfilade_account_sign_in (account, credentials, what);
}

/* An account that was signed in, and its program ended; it knows a room. */
static void
use_once (const char       *username,
          EnfiladeRemember  what)
{
  g_autoptr(EnfiladeAccount) account = enfilade_account_new (NULL);
  ChatRoom *room;

  remember (account, username, what);
  room = test_add_room (enfilade_account_get_session (account), "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  chat_room_keep_soon (room);
  g_assert_cmpint (enfilade_account_get_keeps (account), ==, what != ENFILADE_REMEMBER_NOTHING);
}

static ChatRoom *
find_room (EnfiladeAccount *account)
{
  return chat_room_list_find (chat_session_get_rooms (enfilade_account_get_session (account)), "general");
}

/* What was said is there before anybody is asked for a token. */
static void
test_kept (void)
{
  g_autoptr(EnfiladeAccount) account = enfilade_account_new (NULL);
  ChatSession *session;

  g_assert_false (enfilade_account_open (account, ADDRESS, "mira"));
  use_once ("mira", ENFILADE_REMEMBER_CONVERSATIONS);

  g_assert_false (enfilade_account_open (account, ADDRESS, "tomas"));
  g_assert_true (enfilade_account_open (account, ADDRESS, "mira"));
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_RESTORING);
  session = enfilade_account_get_session (account);
  g_assert_nonnull (find_room (account));
  g_assert_cmpint (chat_room_get_membership (find_room (account)), ==, CHAT_MEMBERSHIP_JOINED);
  g_assert_cmpint (chat_session_get_connection (session), ==, CHAT_CONNECTION_OFFLINE);

  /* It goes on when there is a token. */
  remember (account, "mira", ENFILADE_REMEMBER_CONVERSATIONS);
  g_assert_true (enfilade_account_get_session (account) == session);
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_SIGNED_IN);
  g_assert_cmpint (chat_session_get_connection (session), !=, CHAT_CONNECTION_OFFLINE);

  /* Signing out leaves nothing of it, unless that is asked for. */
  enfilade_account_sign_out (account, TRUE);
  g_assert_true (enfilade_account_open (account, ADDRESS, "mira"));
  enfilade_account_sign_out (account, FALSE);
  g_assert_false (enfilade_account_open (account, ADDRESS, "mira"));
  g_assert_null (enfilade_account_get_session (account));
}

static void
test_not_kept (void)
{
  g_autoptr(EnfiladeAccount) account = enfilade_account_new (NULL);

  use_once ("mira", ENFILADE_REMEMBER_NOTHING);
  g_assert_false (enfilade_account_open (account, ADDRESS, "mira"));
}

/* Without a token one has to sign in, and finds everything as it was. Another person does not. */
static void
test_give_up (void)
{
  g_autoptr(EnfiladeAccount) account = enfilade_account_new (NULL);
  ChatSession *session;

  use_once ("mira", ENFILADE_REMEMBER_CONVERSATIONS);
  g_assert_true (enfilade_account_open (account, ADDRESS, "mira"));
  session = enfilade_account_get_session (account);

  enfilade_account_give_up (account, NULL);
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_REFUSED);
  g_assert_nonnull (enfilade_account_get_reason (account));
  remember (account, "mira", ENFILADE_REMEMBER_CONVERSATIONS);
  g_assert_true (enfilade_account_get_session (account) == session);

  remember (account, "tomas", ENFILADE_REMEMBER_CONVERSATIONS);
  g_assert_true (enfilade_account_get_session (account) != session);
  g_assert_null (find_room (account));

  enfilade_account_sign_out (account, FALSE);
  g_assert_true (enfilade_account_open (account, ADDRESS, "mira"));
  enfilade_account_sign_out (account, FALSE);
}

static gboolean
is_restoring (EnfiladeAccount *account)
{
  return enfilade_account_get_state (account) == ENFILADE_ACCOUNT_RESTORING;
}

/* Who was there the last time is there at once, whatever the keyring says later. */
static void
test_restore (void)
{
  g_autoptr(GSettings) settings = g_settings_new (APP_ID);
  g_autoptr(EnfiladeAccount) account = enfilade_account_new (settings);

  g_settings_set_string (settings, "last-server", ADDRESS);
  g_settings_set_string (settings, "last-user", "mira");
  use_once ("mira", ENFILADE_REMEMBER_CONVERSATIONS);

  enfilade_account_restore (account);
  g_assert_true (is_restoring (account));
  g_assert_nonnull (find_room (account));

  test_wait_for (!is_restoring (account));
  g_assert_cmpint (enfilade_account_get_state (account), ==, ENFILADE_ACCOUNT_REFUSED);
  g_assert_nonnull (find_room (account));
  enfilade_account_sign_out (account, FALSE);
  g_settings_reset (settings, "last-server");
  g_settings_reset (settings, "last-user");
}

/* The app starts, whatever the disk is like, and says what is wrong. */
static void
test_cannot_keep (void)
{
  g_autoptr(EnfiladeAccount) account = enfilade_account_new (NULL);
  g_autofree char *path = enfilade_account_store_dup_path (ADDRESS, "mira");
  g_autofree char *notice = NULL;

  /* Something else is in the way. */
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);

  remember (account, "mira", ENFILADE_REMEMBER_CONVERSATIONS);
  g_assert_nonnull (enfilade_account_get_session (account));
  g_assert_false (enfilade_account_get_keeps (account));
  notice = enfilade_account_take_notice (account);
  g_assert_nonnull (notice);
  g_assert_null (enfilade_account_take_notice (account));
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

/* Each case has left nothing behind. */
static void
remove_folders (const char *folder)
{
  g_autofree char *path = enfilade_account_store_dup_path (ADDRESS, "mira");

  for (guint i = 0; i < 5 && !g_str_equal (path, folder); i++)
    {
      char *above = g_path_get_dirname (path);

      g_free (path);
      path = above;
      g_assert_cmpint (g_rmdir (path), ==, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("enfilade-account-XXXXXX", NULL);
  int status = 0;

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/states", test_states);
  g_test_add_func ("/account/refused", test_refused);
  g_test_add_func ("/account/whose", test_whose);
  g_test_add_func ("/account/kept", test_kept);
  g_test_add_func ("/account/not-kept", test_not_kept);
  g_test_add_func ("/account/give-up", test_give_up);
  g_test_add_func ("/account/restore", test_restore);
  g_test_add_func ("/account/cannot-keep", test_cannot_keep);

  status = g_test_run ();
  remove_folders (folder);

  return status;
}
