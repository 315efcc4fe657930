/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-search-item-private.h"
#include "chat-search-query-private.h"

/* More than a person types, and what a search can be asked at once. */
#define MAX_PHRASES 32
#define MAX_WORDS_IN_PHRASE 64
#define MAX_NAMES 16

static void
phrase_free (gpointer data)
{
  ChatSearchPhrase *phrase = data;

  chat_search_text_free (phrase->text);
  g_free (phrase);
}

/* A date that is still being typed is no word to look for. */
static gboolean
may_become_date (const ChatSearchItem *item)
{
  return item->is_open && strspn (item->value, "0123456789-") == strlen (item->value);
}

static gboolean
add_date (ChatSearchQuery      *self,
          const ChatSearchItem *item)
{
  gint64 begin = 0;
  gint64 end = 0;

  if (!chat_search_item_read_date (item->value, &begin, &end))
    return may_become_date (item);

  if (item->operator == CHAT_SEARCH_ITEM_BEFORE)
    self->until = MIN (self->until, begin);
  else
    self->since = MAX (self->since, end);

  return TRUE;
}

static void
add_name (GPtrArray  *names,
          const char *name)
{
  /* As people write the names of rooms, and address each other. */
  if (*name == '#' || *name == '@')
    name++;

  if (*name != '\0' && names->len < MAX_NAMES)
    g_ptr_array_add (names, g_strdup (name));
}

/* FALSE: these are words. */
static gboolean
add_operator (ChatSearchQuery      *self,
              const ChatSearchItem *item)
{
  switch (item->operator)
    {
    case CHAT_SEARCH_ITEM_FROM:
      add_name (self->senders, item->value);
      return TRUE;

    case CHAT_SEARCH_ITEM_IN:
      add_name (self->rooms, item->value);
      return TRUE;

    case CHAT_SEARCH_ITEM_BEFORE:
    case CHAT_SEARCH_ITEM_AFTER:
      return add_date (self, item);

    case CHAT_SEARCH_ITEM_HAS:
      if (!chat_search_item_is_link_word (item))
        return item->is_open && *item->value == '\0';
      self->has_link = TRUE;
      return TRUE;

    case CHAT_SEARCH_ITEM_NONE:
    default:
      return FALSE;
    }
}

static void
add_phrase (ChatSearchQuery *self,
            const char      *typed,
            gboolean         is_open,
            GString         *words)
{
  ChatSearchPhrase *phrase = NULL;
  ChatSearchText *text = chat_search_text_new (typed);

  if (text->words->len == 0 || self->phrases->len == MAX_PHRASES)
    {
      chat_search_text_free (text);
      return;
    }

  if (text->words->len > MAX_WORDS_IN_PHRASE)
    g_array_set_size (text->words, MAX_WORDS_IN_PHRASE);

  phrase = g_new0 (ChatSearchPhrase, 1);
  phrase->text = text;
  phrase->is_prefix = is_open;
  g_ptr_array_add (self->phrases, phrase);

  if (words->len > 0)
    g_string_append_c (words, ' ');
  g_string_append (words, typed);
}

/* The first letter of a word says nothing about it yet: alone it is looked for as it is, and after other words not at all. */
static void
settle_last_phrase (ChatSearchQuery *self)
{
  ChatSearchPhrase *phrase = NULL;
  const ChatSearchWord *word = NULL;
  const ChatSearchText *text = NULL;

  if (self->phrases->len == 0)
    return;

  phrase = g_ptr_array_index (self->phrases, self->phrases->len - 1);
  text = phrase->text;
  word = &g_array_index (text->words, ChatSearchWord, text->words->len - 1);
  if (!phrase->is_prefix || g_utf8_strlen (text->folded->str + word->offset, (gssize) word->length) > 1)
    return;

  phrase->is_prefix = FALSE;
  if (!word->is_sign && text->words->len > 1)
    g_array_set_size (text->words, text->words->len - 1);
  else if (!word->is_sign && self->phrases->len > 1)
    g_ptr_array_set_size (self->phrases, (int) self->phrases->len - 1);
}

static ChatSearchQuery *
query_new (void)
{
  ChatSearchQuery *self = g_atomic_rc_box_new0 (ChatSearchQuery);

  self->phrases = g_ptr_array_new_with_free_func (phrase_free);
  self->senders = g_ptr_array_new_with_free_func (g_free);
  self->rooms = g_ptr_array_new_with_free_func (g_free);
  self->until = G_MAXINT64;

  return self;
}

/**
 * chat_search_query_parse:
 * @text: what was typed
 *
 * Returns: (transfer full): what it asks for
 */
ChatSearchQuery *
chat_search_query_parse (const char *text)
{
  ChatSearchQuery *self = query_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr(GString) words = g_string_new (NULL);
  const char *rest = valid;

  while (TRUE)
    {
      g_auto(ChatSearchItem) item = { 0 };

      if (!chat_search_item_read (&rest, &item))
        break;

      if (item.operator == CHAT_SEARCH_ITEM_NONE)
        add_phrase (self, item.value != NULL ? item.value : item.whole, item.is_open, words);
      else if (!add_operator (self, &item))
        add_phrase (self, item.whole, item.is_open, words);
    }

  settle_last_phrase (self);
  self->words = g_strdup (words->str);

  return self;
}

ChatSearchQuery *
chat_search_query_ref (ChatSearchQuery *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
query_clear (gpointer data)
{
  ChatSearchQuery *self = data;

  g_ptr_array_unref (self->phrases);
  g_ptr_array_unref (self->senders);
  g_ptr_array_unref (self->rooms);
  g_free (self->words);
}

void
chat_search_query_unref (ChatSearchQuery *self)
{
  g_atomic_rc_box_release_full (self, query_clear);
}

gboolean
chat_search_query_is_empty (const ChatSearchQuery *self)
{
  return self->phrases->len == 0 && self->senders->len == 0 && self->rooms->len == 0 &&
         self->since == 0 && self->until == G_MAXINT64 && !self->has_link;
}
