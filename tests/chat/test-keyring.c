/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tokens are kept and forgotten; where there is no secret service, the answer is quick and in words. */

#include "config.h"

#include <glib/gstdio.h>

#include "test-server.h"

static void
assert_unsupported (void)
{
  g_autoptr(ChatCredentials) credentials = test_make_credentials ("https://chat.example.org", "u1", "ben", FALSE);
  g_autoptr(GAsyncResult) stored = NULL;
  g_autoptr(GAsyncResult) found = NULL;
  g_autoptr(GAsyncResult) forgotten = NULL;
  g_autoptr(GError) error = NULL;
  gint64 before = g_get_monotonic_time ();

  chat_keyring_store_async (credentials, NULL, test_take_result, &stored);
  test_wait_until (stored != NULL);
  g_assert_false (chat_keyring_store_finish (stored, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "keyring"));
  g_clear_error (&error);

  chat_keyring_lookup_async ("https://chat.example.org", NULL, NULL, test_take_result, &found);
  test_wait_until (found != NULL);
  g_assert_null (chat_keyring_lookup_finish (found, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  chat_keyring_forget_async (credentials, NULL, test_take_result, &forgotten);
  test_wait_until (forgotten != NULL);
  g_assert_false (chat_keyring_forget_finish (forgotten, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_UNSUPPORTED);

  g_assert_cmpint (g_get_monotonic_time () - before, <, 20 * G_USEC_PER_SEC);
}

static void
test_no_bus (void)
{
  if (g_test_subprocess ())
    {
      g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
      g_setenv ("XDG_RUNTIME_DIR", "/nonexistent", TRUE);
      assert_unsupported ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_no_service (void)
{
  if (g_test_subprocess ())
    {
      /* Not stopped: it ends with this process, and to stop it earlier would be to wait for libsecret to let go of it. Volatile,
       * so that the compiler keeps the pointer that nobody reads, and the leak check sees it. */
      static GTestDBus * volatile bus;

      bus = g_test_dbus_new (G_TEST_DBUS_NONE);
      g_test_dbus_up (bus);
      assert_unsupported ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static ChatCredentials *
look_up (const char *username)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  ChatCredentials *credentials = NULL;

  chat_keyring_lookup_async ("https://chat.example.org", username, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  credentials = chat_keyring_lookup_finish (result, &error);
  g_assert_no_error (error);

  return credentials;
}

static void
store (ChatCredentials *credentials)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_keyring_store_async (credentials, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_keyring_store_finish (result, &error));
  g_assert_no_error (error);
}

static void
forget (ChatCredentials *credentials)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_keyring_forget_async (credentials, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_keyring_forget_finish (result, &error));
  g_assert_no_error (error);
}

static void
assert_keeps (void)
{
  g_autoptr(ChatCredentials) ben = test_make_credentials ("https://chat.example.org", "u1", "ben", TRUE);
  g_autoptr(ChatCredentials) eve = test_make_credentials ("https://chat.example.org", "u2", "e'v\"e", FALSE);
  g_autoptr(ChatCredentials) found = NULL;

  g_assert_null (look_up (NULL));
  chat_credentials_set_token (ben, "it's a \"token\" – ÿ", G_GINT64_CONSTANT (1700000000000));
  store (ben);

  /* What is used last is told by the second. */
  test_settle (1100);
  store (eve);

  found = look_up ("ben");
  g_assert_cmpstr (chat_credentials_get_token (found), ==, "it's a \"token\" – ÿ");
  g_assert_cmpint (chat_credentials_get_expires_at (found), ==, G_GINT64_CONSTANT (1700000000000));
  g_assert_cmpstr (chat_credentials_get_user_id (found), ==, "u1");
  g_assert_cmpstr (chat_credentials_get_username (found), ==, "ben");
  g_assert_true (chat_credentials_get_is_admin (found));
  g_clear_object (&found);

  found = look_up (NULL);
  g_assert_cmpstr (chat_credentials_get_username (found), ==, "e'v\"e");
  g_clear_object (&found);

  /* A refreshed token takes the old one's place. */
  chat_credentials_set_token (ben, "newer", 0);
  store (ben);
  found = look_up ("ben");
  g_assert_cmpstr (chat_credentials_get_token (found), ==, "newer");

  forget (ben);
  forget (ben);
  g_assert_null (look_up ("ben"));
  g_clear_object (&found);
  found = look_up (NULL);
  g_assert_cmpstr (chat_credentials_get_user_id (found), ==, "u2");
}

/* libsecret leaks the file's ETag at each writing, and from too deep for a suppression to name it. */
static void
ignore_leaks (gboolean ignore)
{
  static char *before;
  g_autofree char *options = NULL;

  if (!ignore)
    {
      if (before != NULL)
        g_setenv ("ASAN_OPTIONS", before, TRUE);
      else
        g_unsetenv ("ASAN_OPTIONS");
      g_clear_pointer (&before, g_free);
      return;
    }

  before = g_strdup (g_getenv ("ASAN_OPTIONS"));
  options = g_strdup_printf ("%s:detect_leaks=0", before != NULL ? before : "");
  g_setenv ("ASAN_OPTIONS", options, TRUE);
}

/* libsecret's own file takes the place of a service. */
static void
test_keeps (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *directory = g_dir_make_tmp ("enfilade-test-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (directory, "keyring", NULL);
      g_autofree char *backup = g_strconcat (path, "~", NULL);

      g_setenv ("SECRET_BACKEND", "file", TRUE);
      g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
      g_setenv ("SECRET_FILE_TEST_PASSWORD", TEST_PASSWORD, TRUE);
      assert_keeps ();
      g_unlink (path);
      g_unlink (backup);
      g_assert_cmpint (g_rmdir (directory), ==, 0);
      return;
    }

  ignore_leaks (TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  ignore_leaks (FALSE);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/keyring/keeps", test_keeps);
  g_test_add_func ("/keyring/no-bus", test_no_bus);
  g_test_add_func ("/keyring/no-service", test_no_service);

  return g_test_run ();
}
