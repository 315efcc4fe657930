/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "conformance.h"

static InteropServer *server;

static void
set_up (Client        *self,
        gconstpointer  transports)
{
  if (server == NULL)
    server = interop_server_start_script ("node", "conformance-server.js");
  client_set_up (self, server, transports);
}

static void
tear_down (Client        *self,
           gconstpointer  transports)
{
  client_tear_down (self);
}

void
conformance_add (const char            *group,
                 const ConformanceCase *cases,
                 guint                  n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/conformance/%s/%s", group, cases[i].name);
      g_autofree char *on_polling = g_strconcat (path, "/polling", NULL);
      g_autofree char *on_websocket = g_strconcat (path, "/websocket", NULL);

      g_test_add (on_polling, Client, client_polling, set_up, cases[i].func, tear_down);
      g_test_add (on_websocket, Client, client_websocket, set_up, cases[i].func, tear_down);
    }
}

int
conformance_run (void)
{
  int status = g_test_run ();

  g_clear_pointer (&server, interop_server_free);

  return status;
}
