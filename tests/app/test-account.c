/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-error.h"
#include "chat-session-private.h"
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

  enfilade_account_sign_in (account, credentials, FALSE);
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

  enfilade_account_sign_out (account);
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

  enfilade_account_sign_out (account);
  test_drain ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/states", test_states);
  g_test_add_func ("/account/refused", test_refused);

  return g_test_run ();
}
