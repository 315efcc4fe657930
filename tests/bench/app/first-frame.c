/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "first-frame.h"

#include <stdio.h>
#include <stdlib.h>

/* What is done lazily after the first frame counts as memory, too. */
#define SETTLE_MS 4000

typedef struct
{
  FirstFrameCount count_rooms;
  FirstFrameCount count_messages;
  GtkWidget      *window;
  gulong          paint_id;
} Watch;

/* In KiB. */
static long
read_private_memory (void)
{
  FILE *file = fopen ("/proc/self/smaps_rollup", "r");
  char line[256];
  long sum = 0;
  long size = 0;

  if (file == NULL)
    g_error ("This kernel does not tell of a process's memory");

  while (fgets (line, sizeof line, file) != NULL)
    if (sscanf (line, "Private_Clean: %ld", &size) == 1 || sscanf (line, "Private_Dirty: %ld", &size) == 1)
      sum += size;
  fclose (file);

  return sum;
}

static gboolean
settled (gpointer user_data)
{
  printf ("memory %ld\n", read_private_memory ());
  fflush (stdout);
  _exit (EXIT_SUCCESS);
}

static void
after_paint (GdkFrameClock *clock,
             Watch         *watch)
{
  if (!gtk_widget_get_mapped (watch->window))
    return;

  g_signal_handler_disconnect (clock, watch->paint_id);
  printf ("painted %" G_GINT64_FORMAT " rooms %u messages %u\n", g_get_monotonic_time (),
          watch->count_rooms != NULL ? watch->count_rooms (watch->window) : 0,
          watch->count_messages != NULL ? watch->count_messages (watch->window) : 0);
  fflush (stdout);
  g_timeout_add (SETTLE_MS, settled, NULL);
}

static void
realized (GtkWidget *window,
          Watch     *watch)
{
  watch->window = window;
  watch->paint_id = g_signal_connect_after (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint), watch);
}

static void
window_added (GtkApplication *application,
              GtkWindow      *window,
              Watch          *watch)
{
  if (watch->window == NULL)
    g_signal_connect_after (window, "realize", G_CALLBACK (realized), watch);
}

/* Prints when the first frame of the application's first window was painted, waits, prints its private memory and ends. */
void
first_frame_watch (GtkApplication  *application,
                   FirstFrameCount  count_rooms,
                   FirstFrameCount  count_messages)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->count_rooms = count_rooms;
  watch->count_messages = count_messages;
  g_signal_connect (application, "window-added", G_CALLBACK (window_added), watch);
}
