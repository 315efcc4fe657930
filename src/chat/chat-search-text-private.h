/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text as a search reads it: words without case and accents. Scripts that are written without spaces, and Korean, whose words take
 * their endings along, are one word for each character, so that what stands in the middle is found as a phrase. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One word: where it is in the folded text, and where it was in the original; bytes, the end is not included. */
typedef struct
{
  gsize offset;
  gsize length;
  gsize start;
  gsize end;
  /* One character of a script that is written without spaces, or an emoji. */
  gboolean is_sign;
} ChatSearchWord;

typedef struct
{
  /* The words, one space between two. */
  GString *folded;
  /* Of ChatSearchWord. */
  GArray  *words;
} ChatSearchText;

ChatSearchText *chat_search_text_new      (const char           *text);
void            chat_search_text_free     (ChatSearchText       *self);
char           *chat_search_text_fold     (const char           *text);

/* (transfer none): the folded word, which ends after @length bytes and not with a zero */
const char     *chat_search_text_get_word (const ChatSearchText *self,
                                           guint                 index,
                                           gsize                *length);

/* Whether the words that begin at @index are those of @phrase; the last one may begin with it only, when @is_prefix. */
gboolean        chat_search_text_has_at   (const ChatSearchText *self,
                                           guint                 index,
                                           const ChatSearchText *phrase,
                                           gboolean              is_prefix,
                                           gboolean             *is_whole);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatSearchText, chat_search_text_free)

G_END_DECLS
