/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a person waits for the app, and how much memory it takes, with ten rooms and a million messages kept: above what an
 * empty window takes in the same run. Both programs are started anew for each round, one after the other; medians. */

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#include "../chat/large-store.h"
#include "enfilade-account-store.h"

#define ADDRESS "http://127.0.0.1:9"
#define USER "bench"
#define N_ROOMS 10
#define N_MESSAGES 1000000
#define ROUNDS 11

/* What is promised, above an empty window. */
#define MAX_MS 80.0
#define MAX_MIB 20.0

typedef struct
{
  double ms;
  double mib;
  guint  rooms;
  guint  messages;
} Run;

static Run
run (const char * const *arguments)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;
  const char *line = NULL;
  gint64 start = g_get_monotonic_time ();
  gint64 painted = 0;
  long memory = 0;
  Run result = { 0 };

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDIN_FROM_DEV_NULL, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);

  line = strstr (output, "painted ");
  g_assert_nonnull (line);
  g_assert_cmpint (sscanf (line, "painted %" G_GINT64_FORMAT " rooms %u messages %u", &painted, &result.rooms, &result.messages), ==, 3);
  line = strstr (output, "memory ");
  g_assert_nonnull (line);
  g_assert_cmpint (sscanf (line, "memory %ld", &memory), ==, 1);

  result.ms = (double) (painted - start) / 1000;
  result.mib = (double) memory / 1024;

  return result;
}

static int
compare (const void *a,
         const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);

  return values[ROUNDS / 2];
}

static void
test_first_frame (gconstpointer data)
{
  const char * const *programs = data;
  const char * const app[] = { programs[0], "--server", ADDRESS, "--user", USER, NULL };
  const char * const empty[] = { programs[1], NULL };
  double ms[ROUNDS], mib[ROUNDS], empty_ms[ROUNDS], empty_mib[ROUNDS];
  double more_ms, more_mib;

  /* What comes from the disk is in the memory of the system, for both. */
  run (empty);
  run (app);

  for (guint i = 0; i < ROUNDS; i++)
    {
      Run of_app = run (app);
      Run of_empty = run (empty);

      g_assert_cmpuint (of_app.rooms, ==, N_ROOMS);
      g_assert_cmpuint (of_app.messages, >=, 5);
      ms[i] = of_app.ms;
      mib[i] = of_app.mib;
      empty_ms[i] = of_empty.ms;
      empty_mib[i] = of_empty.mib;
    }

  more_ms = median (ms) - median (empty_ms);
  more_mib = median (mib) - median (empty_mib);
  g_test_message ("first frame, with the rooms and the last one's messages: %.0f ms after an empty window's %.0f ms; the promise is %.0f",
                  more_ms, median (empty_ms), MAX_MS);
  g_test_message ("private memory with 1,000,000 messages kept: %.1f MiB more than an empty window's %.1f MiB; the promise is %.0f",
                  more_mib, median (empty_mib), MAX_MIB);
  g_assert_cmpfloat (more_ms, <=, MAX_MS);
  g_assert_cmpfloat (more_mib, <=, MAX_MIB);
}

static void
fill (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = enfilade_account_store_dup_path (ADDRESS, USER);
  g_autoptr(ChatStore) store = chat_store_open (path, &error);

  g_assert_no_error (error);
  large_store_fill (store, N_ROOMS, N_MESSAGES);
  chat_store_close (store);
}

/* The store, and what the programs have kept of themselves. */
static void
remove_all (const char *path)
{
  g_autoptr(GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }

  g_remove (path);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("enfilade-bench-XXXXXX", NULL);
  const char *programs[2] = { NULL, NULL };
  int status = 0;

  /* Places of its own, for this program and for those that it starts. */
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_setenv ("ENFILADE_PROFILE", "bench", TRUE);
  g_setenv ("ENFILADE_PASSWORD", "none", TRUE);

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  programs[0] = argv[1];
  programs[1] = argv[2];

  fill ();
  g_test_add_data_func ("/bench/app/first-frame", programs, test_first_frame);
  status = g_test_run ();

  remove_all (folder);

  return status;
}
