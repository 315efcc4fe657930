/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The smallest client: it prints each message. */

#include <socketio-glib.h>

static void
on_message (SioSocket *socket, SioEvent *event, gpointer user_data)
{
  g_print ("%s\n", sio_value_get_string (sio_event_get_argument (event, 1)));
}

int
main (int argc, char *argv[])
{
  g_autoptr(SioManager) manager = sio_manager_new (argc > 1 ? argv[1] : "http://localhost:3000", NULL);
  SioSocket *socket = manager != NULL ? sio_manager_get_socket (manager, "/") : NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_return_val_if_fail (socket != NULL, 1);
  g_signal_connect (socket, "event::message", G_CALLBACK (on_message), NULL);
  sio_socket_open (socket);
  g_main_loop_run (loop);

  return 0;
}
