/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where there is no secret service, the answer is quick and in words. */

#include "config.h"

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
      /* Not stopped: it ends with this process, and to stop it earlier would be to wait for libsecret to let go of it. */
      static GTestDBus *bus;

      bus = g_test_dbus_new (G_TEST_DBUS_NONE);
      g_test_dbus_up (bus);
      assert_unsupported ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/keyring/no-bus", test_no_bus);
  g_test_add_func ("/keyring/no-service", test_no_service);

  return g_test_run ();
}
