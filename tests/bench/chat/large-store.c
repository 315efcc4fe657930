/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "large-store.h"

/* The queue to the writer holds what is not written yet. */
#define AT_ONCE 2000

#define NOON G_GINT64_CONSTANT (1700000000000)

/* Common words first: the rank of a word is about how seldom it is. */
static const char * const words[] = {
  "the", "a", "to", "and", "of", "is", "it", "in", "that", "we", "for", "on", "you", "this", "with", "at", "not", "be", "have", "from",
  "meeting", "tomorrow", "release", "build", "server", "room", "door", "coffee", "lunch", "review", "branch", "question", "answer",
  "window", "garden", "station", "bridge", "letter", "winter", "summer", "paper", "music", "kitchen", "holiday", "ticket", "train",
  "enfilade", "gallery", "corridor", "vestibule", "banister", "lantern", "parquet", "cornice", "pilaster", "balustrade",
};

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

/* All that was asked for is in the file. */
void
large_store_settle (ChatStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_store_flush_async (store, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  if (!chat_store_flush_finish (store, result, &error))
    g_error ("%s", error->message);
}

/* Words by Zipf's law, and now and then one that is in no other message. */
static char *
make_content (GRand *rand,
              guint  seq)
{
  GString *content = g_string_new (NULL);
  guint n_words = (guint) g_rand_int_range (rand, 3, 18);

  for (guint i = 0; i < n_words; i++)
    {
      double rank = g_rand_double (rand);

      g_string_append (content, words[(guint) (rank * rank * rank * G_N_ELEMENTS (words))]);
      g_string_append_c (content, ' ');
    }

  if (seq % 10 == 0)
    g_string_append_printf (content, "word%u", seq);

  return g_string_free (content, FALSE);
}

static ChatMessage *
make_message (GRand      *rand,
              const char *room_id,
              guint       seq)
{
  g_autofree char *id = g_strdup_printf ("%s-%08u-7d1c-4f3e-9a55", room_id, seq);
  g_autofree char *content = make_content (rand, seq);
  g_autofree char *sender = g_strdup_printf ("user-%d", g_rand_int_range (rand, 0, 50));

  return chat_message_new (id, room_id, sender, sender, content, NOON + seq * 1000, seq);
}

static void
put_room (ChatStore  *store,
          const char *room_id,
          guint       last_seq)
{
  ChatStoredRoom room = { 0 };

  room.id = (char *) room_id;
  room.name = (char *) room_id;
  room.joined = TRUE;
  room.last_seq = last_seq;
  room.read_seq = last_seq;
  room.told_read_seq = last_seq;
  chat_store_put_room (store, &room);
}

void
large_store_add (ChatStore  *store,
                 const char *room_id,
                 guint       n_messages)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (n_messages);

  for (guint first = 1; first <= n_messages; first += AT_ONCE)
    {
      g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
      ChatSpan span = { first == 1 ? CHAT_SPAN_FROM_BEGINNING : first, MIN (first + AT_ONCE - 1, n_messages) };

      for (gint64 seq = first; seq <= span.last; seq++)
        g_ptr_array_add (messages, make_message (rand, room_id, (guint) seq));
      chat_store_put_messages (store, room_id, messages, &span);
      large_store_settle (store);
    }

  put_room (store, room_id, n_messages);
  large_store_settle (store);
}

void
large_store_fill (ChatStore *store,
                  guint      n_rooms,
                  guint      n_messages)
{
  for (guint i = 0; i < n_rooms; i++)
    {
      g_autofree char *room_id = g_strdup_printf ("room-%u", i);

      large_store_add (store, room_id, n_messages / n_rooms);
    }
}
