/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that a program with a window of this desktop is. */

#include <adwaita.h>

#include "first-frame.h"

static void
activate (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 680);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(AdwApplication) application = adw_application_new ("chat.enfilade.EmptyWindow", G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (activate), NULL);
  first_frame_watch (GTK_APPLICATION (application), NULL, NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
