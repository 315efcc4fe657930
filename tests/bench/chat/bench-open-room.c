/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A room of a million messages costs what a room of a hundred does: to open it, to go back in it, to go to any place of it, and to
 * take in what comes. Each figure is the large room's time by the small one's, medians of interleaved rounds in one run. */

#include "config.h"

#include <enfilade-chat.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "chat-room-private.h"
#include "large-store.h"

#define ROUNDS 41
#define SMALL 100
#define LARGE 1000000
#define LIMIT 1.5

typedef struct
{
  const char *path;
  const char *room_id;
  guint       n_messages;
} Case;

typedef double (*Measure) (ChatSession *session,
                           const Case  *which);

static ChatRoom *
find_room (ChatSession *session,
           const Case  *which)
{
  return chat_room_list_find (chat_session_get_rooms (session), which->room_id);
}

static ChatSession *
open_session (const Case *which)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new ("http://127.0.0.1:1", "a-token", 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStore) store = chat_store_open (which->path, &error);

  g_assert_no_error (error);

  return chat_session_new_with_store (credentials, store);
}

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static double
measure_open (ChatSession *session,
              const Case  *which)
{
  ChatRoom *room = find_room (session, which);
  gint64 start = g_get_monotonic_time ();
  ChatTimeline *timeline = chat_room_get_timeline (room);
  double seconds = seconds_since (start);

  /* What fills a large screen. */
  g_assert_cmpuint (chat_timeline_get_n_messages (timeline), >=, 10);

  return seconds;
}

static double
measure_older (ChatSession *session,
               const Case  *which)
{
  ChatRoom *room = find_room (session, which);
  guint n_messages = chat_timeline_get_n_messages (chat_room_get_timeline (room));
  gint64 start = g_get_monotonic_time ();
  double seconds = 0;

  chat_room_load_older_async (room, NULL, NULL, NULL);
  seconds = seconds_since (start);
  g_assert_cmpuint (chat_timeline_get_n_messages (chat_room_get_timeline (room)), ==, n_messages + 20);

  return seconds;
}

static double
measure_receive (ChatSession *session,
                 const Case  *which)
{
  ChatRoom *room = find_room (session, which);
  gint64 start = 0;

  chat_room_get_timeline (room);
  start = g_get_monotonic_time ();
  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("live-%" G_GINT64_FORMAT "-%u", start, i);
      g_autoptr(ChatMessage) message = chat_message_new (id, which->room_id, "user-1", "user-1", "now",
                                                         g_get_real_time () / 1000, room->newest_seq + 1);

      chat_room_receive (room, message);
    }

  return seconds_since (start);
}

static int
compare (const void *a,
         const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
measure_once (const Case *which,
              Measure     measure)
{
  g_autoptr(ChatSession) session = open_session (which);
  g_autoptr(ChatStore) store = g_object_ref (chat_session_get_store (session));
  double seconds = measure (session, which);

  large_store_settle (store);
  g_clear_object (&session);
  chat_store_close (store);

  return seconds;
}

static void
promise (const char *what,
         const Case *small,
         const Case *large,
         Measure     measure)
{
  double smalls[ROUNDS];
  double larges[ROUNDS];
  double ratio = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      smalls[i] = measure_once (small, measure);
      larges[i] = measure_once (large, measure);
    }

  qsort (smalls, ROUNDS, sizeof *smalls, compare);
  qsort (larges, ROUNDS, sizeof *larges, compare);
  ratio = larges[ROUNDS / 2] / smalls[ROUNDS / 2];
  g_test_message ("%s in a room of 1,000,000 messages: %.2f ms, %.2f of a room of 100; the promise is %.2f",
                  what, larges[ROUNDS / 2] * 1000, ratio, LIMIT);
  g_assert_cmpfloat (ratio, <=, LIMIT);
}

static void
fill (const Case *which)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStore) store = chat_store_open (which->path, &error);

  g_assert_no_error (error);
  large_store_add (store, which->room_id, which->n_messages);
  chat_store_close (store);
}

static char *folder;
static Case small = { NULL, "small", SMALL };
static Case large = { NULL, "large", LARGE };

static void
test_open (void)
{
  promise ("open", &small, &large, measure_open);
}

static void
test_older (void)
{
  promise ("load a page", &small, &large, measure_older);
}

static void
test_receive (void)
{
  promise ("receive twenty messages", &small, &large, measure_receive);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *small_path = NULL;
  g_autofree char *large_path = NULL;
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("enfilade-bench-XXXXXX", NULL);
  small.path = small_path = g_build_filename (folder, "small.db", NULL);
  large.path = large_path = g_build_filename (folder, "large.db", NULL);
  fill (&small);
  fill (&large);

  g_test_add_func ("/bench/room/open", test_open);
  g_test_add_func ("/bench/room/older", test_older);
  g_test_add_func ("/bench/room/receive", test_receive);
  status = g_test_run ();

  chat_store_delete (small.path, NULL);
  chat_store_delete (large.path, NULL);
  g_remove (folder);
  g_free (folder);

  return status;
}
