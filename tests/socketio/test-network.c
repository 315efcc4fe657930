/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the coming and going of the network does to a connection, and what it does not. */

#include "session-log.h"
#include "sio-manager-private.h"
#include "sio-network-watch-private.h"

#define TEST_TYPE_MONITOR (test_monitor_get_type ())

G_DECLARE_FINAL_TYPE (TestMonitor, test_monitor, TEST, MONITOR, GObject)

struct _TestMonitor
{
  GObject  parent_instance;
  gboolean available;
};

enum
{
  PROP_0,
  PROP_NETWORK_AVAILABLE,
  PROP_NETWORK_METERED,
  PROP_CONNECTIVITY,
};

static gboolean
test_monitor_initable_init (GInitable     *initable,
                            GCancellable  *cancellable,
                            GError       **error)
{
  return TRUE;
}

static void
test_monitor_initable_iface_init (GInitableIface *iface)
{
  iface->init = test_monitor_initable_init;
}

static void
test_monitor_iface_init (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMonitor, test_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, test_monitor_initable_iface_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, test_monitor_iface_init))

static void
test_monitor_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TestMonitor *self = TEST_MONITOR (object);

  switch (prop_id)
    {
    case PROP_NETWORK_AVAILABLE:
      g_value_set_boolean (value, self->available);
      break;
    case PROP_NETWORK_METERED:
      g_value_set_boolean (value, FALSE);
      break;
    case PROP_CONNECTIVITY:
      /* What a captive portal's check says is no proof of anything. */
      g_value_set_enum (value, G_NETWORK_CONNECTIVITY_LOCAL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
test_monitor_class_init (TestMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_monitor_get_property;
  g_object_class_override_property (object_class, PROP_NETWORK_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_NETWORK_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_monitor_init (TestMonitor *self)
{
}

static void
test_monitor_set_available (TestMonitor *self,
                            gboolean     available)
{
  self->available = available;
  g_signal_emit_by_name (self, "network-changed", available);
}

typedef struct
{
  TestMonitor *monitor;
  SioManager  *manager;
} Fixture;

static void
fixture_set_up (Fixture       *self,
                gconstpointer  uri)
{
  self->monitor = g_object_new (TEST_TYPE_MONITOR, NULL);
  self->monitor->available = TRUE;
  self->manager = sio_manager_new (uri, NULL);
  g_object_set (self->manager, "network-monitor", self->monitor, NULL);
  sio_manager_set_reconnection_delay (self->manager, 3600000, 3600000);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  uri)
{
  g_assert_finalize_object (self->manager);
  turn_loop ();
  g_assert_finalize_object (self->monitor);
  fake_engine_reset ();
}

static void
open_manager (Fixture *self)
{
  sio_manager_open (self->manager);
  fake_engine_open (fake_engine_last ());
}

static void
note_reason (SioManager          *manager,
             SioDisconnectReason  reason,
             GError              *details,
             char               **noted)
{
  *noted = g_strdup_printf ("%s: %s", sio_disconnect_reason_to_string (reason), details->message);
}

static void
test_lost (Fixture       *self,
           gconstpointer  uri)
{
  g_autofree char *noted = NULL;

  open_manager (self);
  g_signal_connect (self->manager, "closed", G_CALLBACK (note_reason), &noted);
  test_monitor_set_available (self->monitor, FALSE);
  turn_loop ();
  g_assert_cmpstr (noted, ==, "transport close: The network connection was lost");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);

  /* It came back: no reason to wait for an hour. */
  test_monitor_set_available (self->monitor, TRUE);
  wait_until (sio_manager_get_state (self->manager) == SIO_STATE_OPENING);
  g_assert_cmpuint (fake_engine_count (), ==, 2);

  /* What happens to the network while a connection is being made does not matter to it. */
  test_monitor_set_available (self->monitor, FALSE);
  test_monitor_set_available (self->monitor, TRUE);
  turn_loop ();
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPENING);
  g_assert_cmpuint (fake_engine_count (), ==, 2);
}

/* A program that would rather not: what it does as it is told of the time is what holds. */
static void
test_close_when_told (Fixture       *self,
                      gconstpointer  uri)
{
  open_manager (self);
  test_monitor_set_available (self->monitor, FALSE);
  turn_loop ();
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);

  g_signal_connect (self->manager, "notify::next-attempt-time", G_CALLBACK (sio_manager_close), NULL);
  test_monitor_set_available (self->monitor, TRUE);
  wait_until (sio_manager_get_state (self->manager) == SIO_STATE_CLOSED);
  g_assert_null (self->manager->timer);
  g_assert_cmpint (sio_manager_get_next_attempt_time (self->manager), ==, 0);
}

static void
drop_manager (Fixture *self)
{
  g_clear_object (&self->manager);
}

static void
test_drop_when_told (Fixture       *self,
                     gconstpointer  uri)
{
  gconstpointer manager = self->manager;

  open_manager (self);
  test_monitor_set_available (self->monitor, FALSE);
  turn_loop ();
  g_signal_connect_swapped (self->manager, "notify::next-attempt-time", G_CALLBACK (drop_manager), self);
  test_monitor_set_available (self->monitor, TRUE);
  wait_until (self->manager == NULL);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, (gpointer) manager));

  self->manager = sio_manager_new (uri, NULL);
}

/* This machine talks to itself without a network. */
static void
test_loopback (Fixture       *self,
               gconstpointer  uri)
{
  open_manager (self);
  test_monitor_set_available (self->monitor, FALSE);
  turn_loop ();
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPEN);
}

/* In a container the monitor may never have seen a way out. */
static void
test_never_there (Fixture       *self,
                  gconstpointer  uri)
{
  self->monitor->available = FALSE;
  open_manager (self);
  test_monitor_set_available (self->monitor, FALSE);
  turn_loop ();
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPEN);
}

/* After a suspend the first change of the network shows that the connection is dead. */
static void
test_dead_session (Fixture       *self,
                   gconstpointer  uri)
{
  open_manager (self);
  fake_engine_set_alive (fake_engine_last (), FALSE);
  test_monitor_set_available (self->monitor, FALSE);
  turn_loop ();
  /* The engine itself says how it ended. */
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPEN);
  fake_engine_end (fake_engine_last (), SIO_DISCONNECT_REASON_PING_TIMEOUT, NULL);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
}

static void
test_closed_stays_closed (Fixture       *self,
                          gconstpointer  uri)
{
  open_manager (self);
  sio_manager_close (self->manager);
  test_monitor_set_available (self->monitor, FALSE);
  test_monitor_set_available (self->monitor, TRUE);
  turn_loop ();
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
}

static gpointer
change_elsewhere (gpointer monitor)
{
  test_monitor_set_available (monitor, FALSE);

  return NULL;
}

/* The monitor speaks in the main context of whoever asked for it first, which need not be ours. */
static void
test_foreign_thread (Fixture       *self,
                     gconstpointer  uri)
{
  open_manager (self);
  g_thread_join (g_thread_new ("monitor", change_elsewhere, self->monitor));
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_OPEN);
  wait_until (sio_manager_get_state (self->manager) == SIO_STATE_WAITING);
}

static void
test_hosts (void)
{
  static const char * const loopback[] = { "localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.9.9.9", "::1" };
  static const char * const elsewhere[] = { "example.org", "localhost.example.org", ".localhost", "10.0.0.1", "::2", "notlocalhost" };

  for (guint i = 0; i < G_N_ELEMENTS (loopback); i++)
    g_assert_true (sio_host_is_loopback (loopback[i]));
  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    g_assert_false (sio_host_is_loopback (elsewhere[i]));
}

static void
add (const char *path,
     const char *uri,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, uri, fixture_set_up, test, fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/network/lost", "http://example.org", test_lost);
  add ("/network/close-when-told", "http://example.org", test_close_when_told);
  add ("/network/drop-when-told", "http://example.org", test_drop_when_told);
  add ("/network/loopback", "http://localhost:3001", test_loopback);
  add ("/network/never-there", "http://example.org", test_never_there);
  add ("/network/dead-session", "http://example.org", test_dead_session);
  add ("/network/closed-stays-closed", "http://example.org", test_closed_stays_closed);
  add ("/network/foreign-thread", "http://example.org", test_foreign_thread);
  g_test_add_func ("/network/hosts", test_hosts);

  return g_test_run ();
}
