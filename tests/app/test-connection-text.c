/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-connection-text.h"

static void
assert_described (ChatConnection  connection,
                  gint64          seconds_left,
                  guint           n_waiting,
                  const char     *expected)
{
  gint64 now = 1000 * G_USEC_PER_SEC;
  gint64 next = seconds_left < 0 ? 0 : now + seconds_left * G_USEC_PER_SEC;
  g_autofree char *text = enfilade_connection_text_describe (connection, next, now, n_waiting);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_describe (void)
{
  assert_described (CHAT_CONNECTION_ONLINE, -1, 0, NULL);
  assert_described (CHAT_CONNECTION_ONLINE, -1, 3, NULL);
  assert_described (CHAT_CONNECTION_CONNECTING, -1, 0, "Connecting…");
  assert_described (CHAT_CONNECTION_CONNECTING, 4, 0, "Offline. Next attempt in 4 s.");
  assert_described (CHAT_CONNECTION_RECONNECTING, 4, 0, "Offline. Next attempt in 4 s.");
  assert_described (CHAT_CONNECTION_RECONNECTING, 4, 1, "Offline. 1 message waits. Next attempt in 4 s.");
  assert_described (CHAT_CONNECTION_RECONNECTING, 4, 2, "Offline. 2 messages wait. Next attempt in 4 s.");
  assert_described (CHAT_CONNECTION_RECONNECTING, -1, 2, "Offline. 2 messages wait. Connecting…");
  assert_described (CHAT_CONNECTION_RECONNECTING, 0, 0, "Offline. Connecting…");
  assert_described (CHAT_CONNECTION_OFFLINE, -1, 0, "Offline.");
  assert_described (CHAT_CONNECTION_REFUSED, -1, 0, "Signed out by the server.");
}

static void
test_retry (void)
{
  g_assert_false (enfilade_connection_text_can_retry (CHAT_CONNECTION_ONLINE, 0));
  g_assert_false (enfilade_connection_text_can_retry (CHAT_CONNECTION_RECONNECTING, 0));
  g_assert_true (enfilade_connection_text_can_retry (CHAT_CONNECTION_RECONNECTING, 5));
  g_assert_true (enfilade_connection_text_can_retry (CHAT_CONNECTION_OFFLINE, 0));
  g_assert_false (enfilade_connection_text_can_retry (CHAT_CONNECTION_REFUSED, 5));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection-text/describe", test_describe);
  g_test_add_func ("/connection-text/retry", test_retry);

  return g_test_run ();
}
