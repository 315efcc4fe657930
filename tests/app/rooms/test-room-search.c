/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-room-search.h"
#include "test-app.h"

static void
test_rank (void)
{
  guint same = enfilade_room_search_rank ("Café", "cafe");
  guint prefix = enfilade_room_search_rank ("Cafeteria", "CAFÉ");
  guint word = enfilade_room_search_rank ("The café", "cafe");
  guint inside = enfilade_room_search_rank ("Decafeinated", "cafe");

  g_assert_cmpuint (same, >, prefix);
  g_assert_cmpuint (prefix, >, word);
  g_assert_cmpuint (word, >, inside);
  g_assert_cmpuint (inside, >, 0);
  g_assert_cmpuint (enfilade_room_search_rank ("General", "cafe"), ==, 0);
  g_assert_cmpuint (enfilade_room_search_rank ("General", ""), >, 0);
  g_assert_cmpuint (enfilade_room_search_rank ("General", "   "), >, 0);

  /* The beginning of a word counts, also where the letters come inside another one before. */
  g_assert_cmpuint (enfilade_room_search_rank ("undesigned design", "design"), ==, word);
}

static void
test_find (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  GListModel *rooms = G_LIST_MODEL (chat_session_get_rooms (session));
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GPtrArray) all = NULL;

  test_add_room (session, "Redesign", CHAT_MEMBERSHIP_JOINED, 0, 0);
  test_add_room (session, "Web Design", CHAT_MEMBERSHIP_JOINED, 0, 0);
  test_add_room (session, "Design", CHAT_MEMBERSHIP_JOINED, 0, 0);
  test_add_room (session, "Designers", CHAT_MEMBERSHIP_JOINED, 0, 0);
  test_add_room (session, "Kitchen", CHAT_MEMBERSHIP_JOINED, 0, 0);

  found = enfilade_room_search_find (rooms, "dEsign");
  g_assert_cmpuint (found->len, ==, 4);
  g_assert_cmpstr (chat_room_get_name (found->pdata[0]), ==, "Design");
  g_assert_cmpstr (chat_room_get_name (found->pdata[1]), ==, "Designers");
  g_assert_cmpstr (chat_room_get_name (found->pdata[2]), ==, "Web Design");
  g_assert_cmpstr (chat_room_get_name (found->pdata[3]), ==, "Redesign");

  all = enfilade_room_search_find (rooms, "");
  g_assert_cmpuint (all->len, ==, 5);
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr(ChatRoom) room = g_list_model_get_item (rooms, i);

      g_assert_true (all->pdata[i] == room);
    }
}

static void
assert_neighbour (GListModel *rooms,
                  ChatRoom   *room,
                  int         direction,
                  gboolean    unread_only,
                  ChatRoom   *expected)
{
  g_autoptr(ChatRoom) neighbour = enfilade_room_search_neighbour (rooms, room, direction, unread_only);

  g_assert_true (neighbour == expected);
}

static void
test_neighbour (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  GListModel *rooms = G_LIST_MODEL (chat_session_get_rooms (session));
  ChatRoom *a;
  ChatRoom *b;
  ChatRoom *c;

  assert_neighbour (rooms, NULL, 1, FALSE, NULL);

  a = test_add_room (session, "A", CHAT_MEMBERSHIP_JOINED, 0, 0);
  assert_neighbour (rooms, a, 1, FALSE, NULL);
  b = test_add_room (session, "B", CHAT_MEMBERSHIP_JOINED, 0, 0);
  c = test_add_room (session, "C", CHAT_MEMBERSHIP_JOINED, 2, 0);
  test_add_room (session, "D", CHAT_MEMBERSHIP_NONE, 0, 0);

  assert_neighbour (rooms, a, 1, FALSE, b);
  assert_neighbour (rooms, c, 1, FALSE, a);
  assert_neighbour (rooms, a, -1, FALSE, c);
  assert_neighbour (rooms, NULL, 1, FALSE, a);
  assert_neighbour (rooms, NULL, -1, FALSE, c);
  assert_neighbour (rooms, a, 1, TRUE, c);
  assert_neighbour (rooms, b, -1, TRUE, c);
  assert_neighbour (rooms, c, 1, TRUE, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/room-search/rank", test_rank);
  g_test_add_func ("/room-search/find", test_find);
  g_test_add_func ("/room-search/neighbour", test_neighbour);

  return g_test_run ();
}
