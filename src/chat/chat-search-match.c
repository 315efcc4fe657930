/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the words of a search are in a text, and how well the text answers it. */

#include "config.h"

#include "chat-search-query-private.h"

/* A word that is there as it was typed is worth one; one that only begins so, less. */
#define WORTH_OF_BEGINNING 0.6

/* What is added for words that stand together, as against far from each other. */
#define WORTH_OF_NEARNESS 1.0

/* For a text that is not much more than the words. */
#define WORTH_OF_BREVITY 0.3

/* The best place of a phrase in a text. */
typedef struct
{
  guint    at;
  double   worth;
} Place;

static gboolean
find_place (const ChatSearchPhrase *phrase,
            const ChatSearchText   *text,
            guint                   after,
            Place                  *place)
{
  place->worth = 0;

  for (guint i = 0; i < text->words->len; i++)
    {
      gboolean is_whole = FALSE;
      double worth = 0;

      if (!chat_search_text_has_at (text, i, phrase->text, phrase->is_prefix, &is_whole))
        continue;

      worth = is_whole ? 1 : WORTH_OF_BEGINNING;
      /* Of those that are worth the same the first one after the phrase before, where there is one. */
      if (worth > place->worth || (worth == place->worth && place->at < after && i >= after))
        {
          place->at = i;
          place->worth = worth;
        }
    }

  return place->worth > 0;
}

double
chat_search_query_score (const ChatSearchQuery *self,
                         const ChatSearchText  *text)
{
  double score = 0;
  double nearness = 0;
  guint after = 0;
  guint n_words = 0;

  for (guint i = 0; i < self->phrases->len; i++)
    {
      const ChatSearchPhrase *phrase = g_ptr_array_index (self->phrases, i);
      Place place = { 0, 0 };

      if (!find_place (phrase, text, after, &place))
        continue;

      score += place.worth;
      if (i > 0)
        nearness += 1.0 / (1 + (place.at > after ? place.at - after : 2 * (after - place.at)));
      after = place.at + phrase->text->words->len;
      n_words += phrase->text->words->len;
    }

  if (self->phrases->len > 1)
    score += WORTH_OF_NEARNESS * nearness / (self->phrases->len - 1);

  return score + WORTH_OF_BREVITY * n_words / MAX (text->words->len, 1);
}

/* The ranges are sorted, and those that touch the same letters become one. */
static void
add_range (GArray *ranges,
           gsize   start,
           gsize   end)
{
  ChatSearchRange *last = ranges->len > 0 ? &g_array_index (ranges, ChatSearchRange, ranges->len - 1) : NULL;
  ChatSearchRange range = { start, end };

  if (last != NULL && start < last->end)
    last->end = MAX (last->end, end);
  else
    g_array_append_val (ranges, range);
}

GArray *
chat_search_query_mark (const ChatSearchQuery *self,
                        const char            *text)
{
  g_autoptr(ChatSearchText) words = chat_search_text_new (text);
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (ChatSearchRange));

  for (guint i = 0; i < words->words->len; i++)
    {
      guint longest = 0;

      for (guint j = 0; j < self->phrases->len; j++)
        {
          const ChatSearchPhrase *phrase = g_ptr_array_index (self->phrases, j);
          gboolean is_whole = FALSE;

          if (chat_search_text_has_at (words, i, phrase->text, phrase->is_prefix, &is_whole))
            longest = MAX (longest, phrase->text->words->len);
        }

      if (longest > 0)
        add_range (ranges,
                   g_array_index (words->words, ChatSearchWord, i).start,
                   g_array_index (words->words, ChatSearchWord, i + longest - 1).end);
    }

  return ranges;
}
