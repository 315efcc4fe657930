/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* test/connection.ts of the official client: what it does when a connection is lost or cannot be made. */

#include "conformance.h"

/* What comes of one that never gets an answer; the server takes 10 ms for a handshake. */
static SioManager *
use_impatient (Client *self,
               guint   attempts)
{
  SioManager *manager = client_add_manager (self, "");

  sio_manager_set_timeout (manager, 1);
  sio_manager_set_reconnection_attempts (manager, attempts);
  client_use (self, manager);

  return manager;
}

static SioManager *
use_lost (Client *self,
          guint   attempts)
{
  SioManager *manager = client_add_lost (self);

  sio_manager_set_reconnection_attempts (manager, attempts);
  client_use (self, manager);

  return manager;
}

static SioSocket *
open_socket (Client     *self,
             const char *name_space)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, name_space);

  sio_socket_open (socket);

  return socket;
}

static void
assert_stays_closed (Client *self)
{
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
  client_idle (100);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
}

static void
test_by_default (Client        *self,
                 gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, self->manager);
  client_listen (self, socket);
  client_emit (socket, "cut", NULL);
  wait_until (client_heard (self, "/ opened"));
  assert_log (self, "/ closed transport close\nmanager closed transport close\nattempt 1\nmanager opened\nreconnected 1\n"
                    "/ opened\n");
}

static void
test_manually (Client        *self,
               gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  client_listen (self, socket);
  sio_socket_close (socket);
  sio_socket_open (socket);
  wait_until (sio_socket_get_connected (socket));
  assert_log (self, "/ closed io client disconnect\n/ opened\n");
  assert_answer (socket, "echo", "[1]", "[1]");
}

static void
test_automatically_after_manually (Client        *self,
                                   gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");

  sio_socket_close (socket);
  sio_socket_open (socket);
  wait_until (sio_socket_get_connected (socket));
  client_listen (self, self->manager);
  client_listen (self, socket);
  client_emit (socket, "cut", NULL);
  wait_until (client_heard (self, "/ opened"));
  g_assert_true (client_heard (self, "reconnected 1"));
}

static void
test_after_failed (Client        *self,
                   gconstpointer  transports)
{
  SioManager *manager = use_impatient (self, 2);
  SioSocket *socket = open_socket (self, "/timeout_socket");

  client_listen (self, manager);
  wait_until (client_heard (self, "gave up"));
  g_string_truncate (self->log, 0);

  sio_socket_open (socket);
  wait_until (client_heard (self, "gave up"));
  g_assert_true (client_heard (self, "attempt 1"));
}

static void
note_delay (SioManager *manager,
            GParamSpec *pspec,
            GArray     *delays)
{
  gint64 delay = sio_manager_get_next_attempt_time (manager) - g_get_monotonic_time ();

  if (sio_manager_get_state (manager) == SIO_STATE_WAITING)
    g_array_append_val (delays, delay);
}

static void
test_delay_increases (Client        *self,
                      gconstpointer  transports)
{
  SioManager *manager = use_lost (self, 3);
  g_autoptr(GArray) delays = g_array_new (FALSE, FALSE, sizeof (gint64));

  /* With a fifth less or more each is still above the one before. */
  sio_manager_set_reconnection_delay (manager, 100, 5000);
  sio_manager_set_randomization_factor (manager, 0.2);
  g_signal_connect (manager, "notify::state", G_CALLBACK (note_delay), delays);
  client_listen (self, manager);
  open_socket (self, "/timeout");
  wait_until (client_heard (self, "gave up"));

  g_assert_cmpuint (delays->len, ==, 3);
  for (guint i = 1; i < delays->len; i++)
    g_assert_cmpint (g_array_index (delays, gint64, i), >, g_array_index (delays, gint64, i - 1));
}

static void
close_upon_error (SioSocket *socket,
                  GError    *error,
                  SioValue  *data,
                  gpointer   user_data)
{
  sio_socket_close (socket);
}

static void
test_force_closed (Client        *self,
                   gconstpointer  transports)
{
  SioManager *manager = use_impatient (self, 0);
  SioSocket *socket = sio_manager_get_socket (manager, "/invalid");

  client_listen (self, manager);
  g_signal_connect (socket, "connect-error", G_CALLBACK (close_upon_error), NULL);
  sio_socket_open (socket);
  wait_until (!sio_socket_get_active (socket));
  assert_stays_closed (self);
  g_assert_cmpuint (client_count (self, "attempt"), ==, 0);
}

static void
close_upon_attempt (SioManager *manager,
                    guint       attempt,
                    SioSocket  *socket)
{
  sio_socket_close (socket);
}

static void
test_stop_when_force_closed (Client        *self,
                             gconstpointer  transports)
{
  SioManager *manager = use_impatient (self, 0);
  SioSocket *socket = open_socket (self, "/invalid");

  client_listen (self, manager);
  g_signal_connect (manager, "reconnect-attempt", G_CALLBACK (close_upon_attempt), socket);
  wait_until (!sio_socket_get_active (socket));
  assert_stays_closed (self);
  g_assert_cmpuint (client_count (self, "attempt"), ==, 1);
}

static void
test_after_stopping (Client        *self,
                     gconstpointer  transports)
{
  SioManager *manager = use_impatient (self, 0);
  SioSocket *socket = open_socket (self, "/invalid");

  client_listen (self, manager);
  g_signal_connect (manager, "reconnect-attempt", G_CALLBACK (close_upon_attempt), socket);
  wait_until (!sio_socket_get_active (socket));
  sio_socket_open (socket);
  wait_until (client_count (self, "attempt 1") == 2);
}

static void
test_one_stops (Client        *self,
                gconstpointer  transports)
{
  SioSocket *first = client_join (self, "/");
  SioSocket *second = client_join (self, "/asd");

  client_listen (self, first);
  client_listen (self, second);
  g_signal_connect (self->manager, "reconnect-attempt", G_CALLBACK (close_upon_attempt), first);
  client_emit (first, "cut", NULL);
  wait_until (client_heard (self, "/asd opened"));
  client_idle (50);
  g_assert_false (client_heard (self, "/ opened"));
  g_assert_false (sio_socket_get_connected (first));
  assert_answer (second, "echo", "[1]", "[1]");
}

static void
test_two_attempts (Client        *self,
                   gconstpointer  transports)
{
  SioManager *manager = use_impatient (self, 2);

  client_listen (self, manager);
  open_socket (self, "/timeout");
  wait_until (client_heard (self, "gave up"));
  assert_log (self, "manager error\nattempt 1\nmanager error\nattempt 2\nmanager error\ngave up\n");
  assert_stays_closed (self);
}

static void
test_events_on_manager (Client        *self,
                        gconstpointer  transports)
{
  SioManager *manager = use_impatient (self, 2);
  SioSocket *socket = sio_manager_get_socket (manager, "/timeout_socket");

  client_listen (self, manager);
  client_listen (self, socket);
  sio_socket_open (socket);
  wait_until (client_heard (self, "gave up"));
  assert_log (self, "/timeout_socket refused by nobody\nmanager error\nattempt 1\n"
                    "/timeout_socket refused by nobody\nmanager error\nattempt 2\n"
                    "/timeout_socket refused by nobody\nmanager error\ngave up\n");
}

static void
check_attempt (SioManager *manager,
               guint       attempt,
               guint      *count)
{
  g_assert_cmpuint (attempt, ==, ++*count);
  g_assert_cmpuint (sio_manager_get_attempt (manager), ==, attempt);
}

static void
test_attempt_numbers (Client        *self,
                      gconstpointer  transports)
{
  SioManager *manager = use_impatient (self, 2);
  guint count = 0;

  g_signal_connect (manager, "reconnect-attempt", G_CALLBACK (check_attempt), &count);
  client_listen (self, manager);
  open_socket (self, "/timeout_socket");
  wait_until (client_heard (self, "gave up"));
  g_assert_cmpuint (count, ==, 2);
}

static void
test_no_attempt_needed (Client        *self,
                        gconstpointer  transports)
{
  SioSocket *socket;

  client_listen (self, self->manager);
  socket = client_join (self, "/valid");
  assert_answer (socket, "echo", "[1]", "[1]");
  assert_log (self, "manager opened\n");
}

static void
stop_reconnection (SioManager *manager,
                   GError     *error,
                   gpointer    user_data)
{
  if (sio_manager_get_attempt (manager) >= 2)
    sio_manager_close (manager);
}

static void
test_stop_trying (Client        *self,
                  gconstpointer  transports)
{
  SioManager *manager = use_lost (self, 0);

  client_listen (self, manager);
  g_signal_connect (manager, "error", G_CALLBACK (stop_reconnection), NULL);
  open_socket (self, "/");
  wait_until (sio_manager_get_state (manager) == SIO_STATE_CLOSED);
  assert_stays_closed (self);
  g_assert_cmpuint (client_count (self, "attempt"), ==, 1);
}

static void
test_wrong_address (Client        *self,
                    gconstpointer  transports)
{
  SioManager *manager = use_lost (self, 2);

  client_listen (self, manager);
  open_socket (self, "/asd");
  wait_until (client_heard (self, "gave up"));
  assert_log (self, "manager error\nattempt 1\nmanager error\nattempt 2\nmanager error\ngave up\n");
}

static void
test_no_reconnection (Client        *self,
                      gconstpointer  transports)
{
  SioManager *manager = use_lost (self, 0);

  sio_manager_set_reconnection (manager, FALSE);
  client_listen (self, manager);
  open_socket (self, "/invalid");
  wait_until (client_heard (self, "manager error"));
  assert_stays_closed (self);
  assert_log (self, "manager error\n");
}

static void
test_another_socket_meanwhile (Client        *self,
                               gconstpointer  transports)
{
  SioManager *manager = use_lost (self, 2);

  client_listen (self, manager);
  open_socket (self, "/room1");
  wait_until (client_heard (self, "attempt 1"));
  open_socket (self, "/room2");
  wait_until (client_heard (self, "gave up"));
  g_assert_cmpuint (client_count (self, "attempt"), ==, 2);
  assert_stays_closed (self);
}

/* test/connection-state-recovery.ts */
static void
test_recovery (Client        *self,
               gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  g_autofree char *id = g_strdup (sio_socket_get_id (socket));

  g_assert_false (sio_socket_get_recovered (socket));
  client_listen (self, socket);
  client_emit (socket, "hi", NULL);
  wait_until (client_heard (self, "/ event hi"));
  client_emit (socket, "cut", NULL);
  wait_until (client_heard (self, "/ opened"));
  g_assert_cmpstr (sio_socket_get_id (socket), ==, id);
  g_assert_true (sio_socket_get_recovered (socket));
}

static const ConformanceCase cases[] = {
  { "should-reconnect-by-default", test_by_default },
  { "should-reconnect-manually", test_manually },
  { "should-reconnect-automatically-after-reconnecting-manually", test_automatically_after_manually },
  { "should-attempt-reconnects-after-a-failed-reconnect", test_after_failed },
  { "reconnect-delay-should-increase-every-time", test_delay_increases },
  { "should-not-reconnect-when-force-closed", test_force_closed },
  { "should-stop-reconnecting-when-force-closed", test_stop_when_force_closed },
  { "should-reconnect-after-stopping-reconnection", test_after_stopping },
  { "should-stop-reconnecting-on-a-socket-and-keep-to-reconnect-on-another", test_one_stops },
  { "should-try-to-reconnect-twice-and-fail-when-requested-two-attempts-with-immediate-timeout-and-reconnect-enabled",
    test_two_attempts },
  { "should-fire-reconnect-events-on-manager", test_events_on_manager },
  { "should-fire-reconnecting-on-manager-with-attempts-number-when-reconnecting-twice", test_attempt_numbers },
  { "should-not-try-to-reconnect-and-should-form-a-connection-when-connecting-to-correct-port-with-default-timeout",
    test_no_attempt_needed },
  { "should-stop-trying-to-reconnect", test_stop_trying },
  { "should-try-to-reconnect-twice-and-fail-when-requested-two-attempts-with-incorrect-address-and-reconnect-enabled",
    test_wrong_address },
  { "should-not-try-to-reconnect-with-incorrect-port-when-reconnection-disabled", test_no_reconnection },
  { "should-still-try-to-reconnect-twice-after-opening-another-socket-asynchronously", test_another_socket_meanwhile },
};

static const ConformanceCase recovery_cases[] = {
  { "should-have-an-accessible-socket-id-equal-to-the-server-side-socket-id-after-recovery", test_recovery },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  conformance_add ("connection", cases, G_N_ELEMENTS (cases));
  conformance_add ("connection-state-recovery", recovery_cases, G_N_ELEMENTS (recovery_cases));

  return conformance_run ();
}
