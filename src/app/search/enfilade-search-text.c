/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown and said of a message that was found. */

#include "config.h"

#include "enfilade-search-text.h"

#include <glib/gi18n.h>

#include "enfilade-message-text.h"
#include "enfilade-time-format.h"

/* In characters: how much stands before the first hit, and how much there is at all. A row has three lines. */
#define BEFORE_HIT 40
#define LENGTH 240

/* So many characters back, and then to where a word begins, unless that is far. */
static const char *
find_begin (const char *content,
            const char *hit)
{
  const char *begin = hit;

  for (guint i = 0; begin > content && i < BEFORE_HIT; i++)
    begin = g_utf8_prev_char (begin);
  if (begin == content)
    return begin;

  for (const char *at = begin; at < hit; at = g_utf8_next_char (at))
    {
      if (g_unichar_isspace (g_utf8_get_char (at)))
        return g_utf8_next_char (at);
    }

  return begin;
}

static const char *
find_end (const char *begin)
{
  const char *end = begin;

  for (guint i = 0; *end != '\0' && i < LENGTH; i++)
    end = g_utf8_next_char (end);

  return end;
}

/* One line: each white space and control character as a space, byte for byte where that can be. */
static void
append_flat (GString    *text,
             const char *begin,
             const char *end)
{
  for (const char *at = begin; at < end; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character < 0x80 && g_ascii_iscntrl ((char) character))
        g_string_append_c (text, ' ');
      else
        g_string_append_unichar (text, character);
    }
}

/**
 * enfilade_search_text_cut:
 * @hit: what was found
 * @ranges: (out) (transfer full) (element-type ChatSearchRange): where the words are in what is returned
 *
 * Returns: (transfer full): the part of the message around the first of its words
 */
char *
enfilade_search_text_cut (ChatSearchHit  *hit,
                          GArray        **ranges)
{
  const char *content = chat_message_get_content (chat_search_hit_get_message (hit));
  const ChatSearchRange *found = NULL;
  const char *begin = content;
  const char *end = NULL;
  GString *text = g_string_new (NULL);
  guint n_ranges = 0;

  *ranges = g_array_new (FALSE, FALSE, sizeof (ChatSearchRange));
  found = chat_search_hit_get_ranges (hit, &n_ranges);
  if (n_ranges > 0)
    begin = find_begin (content, content + found[0].start);
  end = find_end (begin);

  if (begin > content)
    g_string_append (text, "…");
  for (guint i = 0; i < n_ranges && content + found[i].start < end; i++)
    {
      gsize shift = (gsize) (begin - content) - text->len;
      ChatSearchRange range = { found[i].start, MIN (found[i].end, (gsize) (end - content)) };

      /* What was appended so far is the mark of omission only, and flat text is as long as what it stands for. */
      range.start -= shift;
      range.end -= shift;
      g_array_append_val (*ranges, range);
    }
  append_flat (text, begin, end);
  if (*end != '\0')
    g_string_append (text, "…");

  return g_string_free (text, FALSE);
}

/**
 * enfilade_search_text_speak:
 * @hit: what was found
 *
 * Returns: (transfer full): one sentence for a screen reader
 */
char *
enfilade_search_text_speak (ChatSearchHit *hit)
{
  ChatMessage *message = chat_search_hit_get_message (hit);
  g_autoptr(GDateTime) time = chat_message_dup_date_time (message);
  g_autofree char *when = enfilade_format_full (time);
  g_autofree char *text = enfilade_message_text_dup_spoken (message);

  /* Translators: a message that was found: who wrote it, in which room, when, and what */
  return g_strdup_printf (_("%1$s in %2$s, %3$s: %4$s"), enfilade_message_text_get_sender (message),
                          chat_search_hit_get_room_name (hit), when, text);
}

/**
 * enfilade_search_text_count:
 * @n_hits: how many were found so far
 * @has_more: whether there are more
 *
 * Returns: (transfer full): how many there are, in words
 */
char *
enfilade_search_text_count (guint    n_hits,
                            gboolean has_more)
{
  if (has_more)
    return g_strdup_printf (ngettext ("More than %u message", "More than %u messages", n_hits), n_hits);

  return g_strdup_printf (ngettext ("%u message", "%u messages", n_hits), n_hits);
}
