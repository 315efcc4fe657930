/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A Socket.IO client for the command line; sio(1) tells what it does. */

#include <locale.h>
#include <stdio.h>

#include "tool-client.h"

static ToolExit
complain (const GError *error,
          ToolExit      status)
{
  tool_printer_complain (error->message);

  return status;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(ToolOptions) options = NULL;
  g_autoptr(ToolClient) client = NULL;
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_set_prgname ("sio");

  options = tool_options_parse (&argc, &argv, &error);
  if (options == NULL)
    return complain (error, TOOL_EXIT_USAGE);

  if (options->show_version)
    {
      printf ("sio %d.%d.%d\n", SIO_MAJOR_VERSION, SIO_MINOR_VERSION, SIO_MICRO_VERSION);
      return TOOL_EXIT_DONE;
    }

  client = tool_client_new (options, &error);
  if (client == NULL)
    return complain (error, TOOL_EXIT_USAGE);

  return tool_client_run (client);
}
