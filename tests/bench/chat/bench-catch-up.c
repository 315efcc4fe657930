/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody comes back from a holiday: a thousand messages in each of ten rooms were missed. How long does the main loop stand still
 * at most while they come? The time is the main thread's own: on a busy machine the wait for the processor is nobody's work. */

#include "config.h"

#include <enfilade-chat.h>
#include <time.h>

#include "large-store.h"
#include "test-server.h"

#define N_ROOMS 10
#define N_KEPT 100
#define N_MISSED 1000
#define MUST_MS 16.0

static gint64 longest_us;
static gint64 turn_began;
static guint n_turns;

static gint64
thread_time_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* A turn of the main loop is what lies between two polls. */
static int
poll_between_turns (GPollFD *fds,
                    guint    n_fds,
                    int      timeout)
{
  int result = 0;

  if (turn_began > 0)
    longest_us = MAX (longest_us, thread_time_us () - turn_began);
  n_turns++;

  result = g_poll (fds, n_fds, timeout);
  turn_began = thread_time_us ();

  return result;
}

static gboolean
is_caught_up (ChatSession *session)
{
  ChatRoomList *rooms = chat_session_get_rooms (session);

  for (guint i = 0; i < N_ROOMS; i++)
    {
      g_autofree char *id = g_strdup_printf ("room-%u", i);
      ChatMessage *last = chat_room_get_last_message (chat_room_list_find (rooms, id));

      if (chat_message_get_seq (last) != N_KEPT + N_MISSED)
        return FALSE;
    }

  return TRUE;
}

static void
test_catch_up (void)
{
  g_autofree char *extent = g_strdup_printf ("%ux%u", N_ROOMS, N_KEPT + N_MISSED);
  g_autoptr(TestServer) server = test_server_new_script ("../bench/chat/catch-up-server.mjs", extent);
  g_autoptr(ChatStore) store = chat_store_open_unkept (NULL);
  g_autoptr(ChatCredentials) credentials = NULL;
  g_autoptr(ChatSession) session = NULL;
  GPollFunc poll_func = g_main_context_get_poll_func (NULL);
  double longest_ms = 0;

  large_store_fill (store, N_ROOMS, N_ROOMS * N_KEPT);
  test_server_start (server);
  credentials = test_make_credentials (test_server_get_address (server), "u1", "ben", FALSE);
  session = chat_session_new_with_store (credentials, store);
  /* One room is open, as it is in the app. */
  chat_room_get_timeline (chat_room_list_find (chat_session_get_rooms (session), "room-0"));

  g_main_context_set_poll_func (NULL, poll_between_turns);
  chat_session_start (session);
  test_wait_until (is_caught_up (session));
  g_main_context_set_poll_func (NULL, poll_func);
  large_store_settle (store);

  longest_ms = (double) longest_us / 1000;
  g_test_message ("catch up with 10,000 messages in 10 rooms: the main loop stands still for %.1f ms at most, of %u turns; the promise is %.0f ms",
                  longest_ms, n_turns, MUST_MS);
  g_assert_cmpuint (chat_room_list_get_unread (chat_session_get_rooms (session)), ==, N_ROOMS * N_MISSED);
  g_assert_cmpfloat (longest_ms, <=, MUST_MS);

  test_finish_session (&session);
  chat_store_close (store);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/catch-up", test_catch_up);

  return g_test_run ();
}
