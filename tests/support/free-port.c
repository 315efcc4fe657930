/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "free-port.h"

/* Where Linux begins to choose ports for connections, unless it was told something else. */
#define FIRST_OF_THE_SYSTEM 32768

static gboolean
is_free (guint16 port)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr(GSocket) probe = NULL;
  g_autoptr(GError) error = NULL;

  probe = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);

  return g_socket_bind (probe, address, FALSE, NULL);
}

guint16
find_free_port (void)
{
  g_autoptr(GRand) random = g_rand_new ();
  guint16 port;

  /* Not of GTest's numbers, which are the same for all programs that are given one seed. */
  do
    port = g_rand_int_range (random, 10000, FIRST_OF_THE_SYSTEM);
  while (!is_free (port));

  return port;
}
