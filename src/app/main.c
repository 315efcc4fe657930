/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "enfilade-application.h"

/* The translations of a program that runs from its build folder are there too. */
static const char *
get_locale_dir (void)
{
  const char *from_environment = g_getenv ("ENFILADE_LOCALEDIR");

  return from_environment != NULL ? from_environment : LOCALEDIR;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(EnfiladeApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, get_locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = enfilade_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
