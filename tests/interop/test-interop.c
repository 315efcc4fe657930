/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The client against the official server and that of python-socketio, each also with msgpack, and two official ones behind a proxy
 * with TLS: each test on polling, on WebSocket, and with the upgrade from one to the other. */

#include "interop.h"

const char * const interop_polling[] = { "polling", NULL };
const char * const interop_websocket[] = { "websocket", NULL };
static const char * const upgrade[] = { "polling", "websocket", NULL };

static const Way ways[] = {
  { "polling", OFFICIAL, interop_polling },
  { "websocket", OFFICIAL, interop_websocket },
  { "upgrade", OFFICIAL, upgrade },
  { "python-polling", PYTHON, interop_polling },
  { "python-websocket", PYTHON, interop_websocket },
  { "python-upgrade", PYTHON, upgrade },
  { "proxy-polling", PROXIED, interop_polling },
  { "proxy-websocket", PROXIED, interop_websocket },
  { "proxy-upgrade", PROXIED, upgrade },
  { "msgpack-polling", MSGPACK, interop_polling },
  { "msgpack-websocket", MSGPACK, interop_websocket },
  { "msgpack-upgrade", MSGPACK, upgrade },
  { "python-msgpack-polling", PYTHON_MSGPACK, interop_polling },
  { "python-msgpack-websocket", PYTHON_MSGPACK, interop_websocket },
  { "python-msgpack-upgrade", PYTHON_MSGPACK, upgrade },
};

/* Without msgpack there is no other parser. */
static gboolean
is_for (const Case *each,
        const Way  *way)
{
  gboolean needs_msgpack = IS_MSGPACK (way->kind) || each->needs_msgpack;

  return (each->kinds & 1 << way->kind) != 0 && (!needs_msgpack || sio_parser_is_supported (SIO_PARSER_MSGPACK));
}

static void
add_cases (const Way  *way,
           const Case *cases)
{
  for (const Case *each = cases; each->name != NULL; each++)
    {
      g_autofree char *path = g_strdup_printf ("/interop/%s/%s", way->name, each->name);

      if (is_for (each, way))
        g_test_add (path, Fixture, way, interop_set_up, each->test, interop_tear_down);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      add_cases (&ways[i], interop_values_cases);
      add_cases (&ways[i], interop_delivery_cases);
      add_cases (&ways[i], interop_namespaces_cases);
      add_cases (&ways[i], interop_connection_cases);
    }
  status = g_test_run ();
  interop_end ();

  return status;
}
