/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Many connections to the official server, one after another, and many events on one: the memory is what it was. */

#include "client.h"
#include "memory.h"

/* What libsoup and the allocator keep settles within some hundred connections. */
#define SLACK 65536
#define N_CONNECTIONS 150
#define N_EVENTS 100000

static void
set_up (Client        *self,
        gconstpointer  transports)
{
  client_set_up (self, interop_server_start (), transports);
  sio_manager_set_reconnection_delay (self->manager, 1, 1);
}

static void
tear_down (Client        *self,
           gconstpointer  transports)
{
  InteropServer *server = self->server;

  client_tear_down (self);
  interop_server_free (server);
}

static void
count (GObject *object,
       gpointer argument,
       guint   *n)
{
  ++*n;
}

static void
test_reconnections (Client        *self,
                    gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  gsize before = 0;
  guint n_opened = 0;

  for (guint i = 0; i < N_CONNECTIONS + 50; i++)
    {
      if (i == 50)
        before = memory_in_use ();
      client_emit (socket, "cut", NULL);
      wait_until (!sio_socket_get_connected (socket));
      wait_until (sio_socket_get_connected (socket));
      n_opened++;
    }
  g_assert_cmpuint (n_opened, ==, N_CONNECTIONS + 50);
  g_assert_cmpuint (memory_in_use (), <, before + SLACK);
}

static void
test_events (Client        *self,
             gconstpointer  transports)
{
  SioSocket *socket = client_join (self, "/");
  gsize before;
  guint n = 0;

  g_signal_connect (socket, "event::drop", G_CALLBACK (count), &n);
  client_emit (socket, "burst", "[20000]");
  wait_until (n == 20000);
  before = memory_in_use ();
  for (guint i = 1; i <= N_EVENTS / 20000; i++)
    {
      client_emit (socket, "burst", "[20000]");
      wait_until (n == 20000 * (i + 1));
    }
  g_assert_cmpuint (memory_in_use (), <, before + SLACK);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/leaks/polling/reconnections", Client, client_polling, set_up, test_reconnections, tear_down);
  g_test_add ("/leaks/websocket/reconnections", Client, client_websocket, set_up, test_reconnections, tear_down);
  g_test_add ("/leaks/upgrade/reconnections", Client, client_upgrade, set_up, test_reconnections, tear_down);
  g_test_add ("/leaks/polling/events", Client, client_polling, set_up, test_events, tear_down);
  g_test_add ("/leaks/websocket/events", Client, client_websocket, set_up, test_events, tear_down);

  return g_test_run ();
}
