/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-room-search.h"

#include "enfilade-text.h"

enum
{
  RANK_NONE,
  RANK_INSIDE,
  RANK_WORD,
  RANK_PREFIX,
  RANK_SAME,
};

typedef struct
{
  ChatRoom *room;
  guint     rank;
  guint     position;
} Found;

static gboolean
starts_a_word (const char *name,
               const char *place)
{
  return !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (place)));
}

/**
 * enfilade_room_search_rank:
 * @name: the name of a room
 * @query: what a person typed
 *
 * Returns: how well the name fits: 0 when not at all; more for the beginning of a word than for its inside, yet more for the
 *   beginning of the name, most for all of it
 */
guint
enfilade_room_search_rank (const char *name,
                           const char *query)
{
  g_autofree char *haystack = NULL;
  g_autofree char *needle = NULL;
  const char *place;
  guint rank = RANK_NONE;

  g_return_val_if_fail (name != NULL, RANK_NONE);
  g_return_val_if_fail (query != NULL, RANK_NONE);

  haystack = enfilade_text_normalize (name);
  needle = enfilade_text_normalize (query);

  if (needle[0] == '\0')
    return RANK_INSIDE;
  if (strcmp (haystack, needle) == 0)
    return RANK_SAME;
  if (g_str_has_prefix (haystack, needle))
    return RANK_PREFIX;

  for (place = strstr (haystack, needle); place != NULL && rank != RANK_WORD; place = strstr (g_utf8_next_char (place), needle))
    rank = starts_a_word (haystack, place) ? RANK_WORD : RANK_INSIDE;

  return rank;
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *found_a = a;
  const Found *found_b = b;

  if (found_a->rank != found_b->rank)
    return found_a->rank > found_b->rank ? -1 : 1;

  return found_a->position < found_b->position ? -1 : 1;
}

/**
 * enfilade_room_search_find:
 * @rooms: a list of #ChatRoom
 * @query: what a person typed
 *
 * Returns: (transfer full) (element-type ChatRoom): the rooms whose names fit, the best first; what fits alike keeps its order
 */
GPtrArray *
enfilade_room_search_find (GListModel *rooms,
                           const char *query)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  GPtrArray *result = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_rooms;

  g_return_val_if_fail (G_IS_LIST_MODEL (rooms), result);
  g_return_val_if_fail (query != NULL, result);

  n_rooms = g_list_model_get_n_items (rooms);
  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr(ChatRoom) room = g_list_model_get_item (rooms, i);
      Found each = { room, enfilade_room_search_rank (chat_room_get_name (room), query), i };

      if (each.rank != RANK_NONE)
        g_array_append_val (found, each);
    }

  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (result, g_object_ref (g_array_index (found, Found, i).room));

  return result;
}

static gboolean
is_wanted (ChatRoom *room,
           gboolean  unread_only)
{
  return unread_only ? chat_room_get_unread (room) > 0 : chat_room_get_membership (room) == CHAT_MEMBERSHIP_JOINED;
}

/**
 * enfilade_room_search_neighbour:
 * @rooms: a list of #ChatRoom
 * @room: (nullable): where to start
 * @direction: 1 for the next one, -1 for the previous one
 * @unread_only: whether only rooms with something unread count; else those that are joined do
 *
 * Goes round at the ends.
 *
 * Returns: (transfer full) (nullable): the neighbour, or %NULL when there is none but @room
 */
ChatRoom *
enfilade_room_search_neighbour (GListModel *rooms,
                                ChatRoom   *room,
                                int         direction,
                                gboolean    unread_only)
{
  guint n_rooms;
  guint start;

  g_return_val_if_fail (G_IS_LIST_MODEL (rooms), NULL);
  g_return_val_if_fail (direction == 1 || direction == -1, NULL);

  n_rooms = g_list_model_get_n_items (rooms);
  start = direction == 1 ? n_rooms - 1 : 0;
  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr(ChatRoom) each = g_list_model_get_item (rooms, i);

      if (each == room)
        start = i;
    }

  for (guint step = 1; step <= n_rooms; step++)
    {
      guint position = (start + (direction == 1 ? step : n_rooms - step)) % n_rooms;
      g_autoptr(ChatRoom) each = g_list_model_get_item (rooms, position);

      if (each != room && is_wanted (each, unread_only))
        return g_steal_pointer (&each);
    }

  return NULL;
}
