/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-markup.h"

/* What may stand in a link: no white space, no quotes or angle brackets, no control and no direction characters, by which a link
 * could show another address than the one it opens. Everything is bounded or possessive, so that no text makes the search slow. */
#define LINK_CHARACTER "[^\\s<>\"`\\x{0}-\\x{1f}\\x{7f}\\x{200e}\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]"
#define WEB_LINK "\\bhttps?://" LINK_CHARACTER "++"
#define MAIL_LINK "\\bmailto:" LINK_CHARACTER "++"
#define MAIL_ADDRESS "(?<![\\w.+-])[\\w.+-]{1,64}+@[\\w-]{1,63}+(?:\\.[\\w-]{1,63}+)+"

static GRegex *
link_regex (void)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    {
      GRegex *compiled = g_regex_new (WEB_LINK "|" MAIL_LINK "|" MAIL_ADDRESS, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);

      g_assert (compiled != NULL);
      g_once_init_leave (&regex, compiled);
    }

  return regex;
}

static guint
count (const char *text,
       gsize       length,
       char        character)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == character;

  return n;
}

/* The stop that ends a sentence is not part of the link before it, nor is the bracket that was opened before the link. */
static gsize
trimmed_length (const char *link,
                gsize       length)
{
  while (length > 0)
    {
      char last = link[length - 1];

      if (strchr (".,;:!?'*_~", last) != NULL)
        length--;
      else if (last == ')' && count (link, length, '(') < count (link, length, ')'))
        length--;
      else if (last == ']' && count (link, length, '[') < count (link, length, ']'))
        length--;
      else
        break;
    }

  return length;
}

static void
append_escaped (GString    *markup,
                const char *text,
                gsize       length)
{
  g_autofree char *escaped = g_markup_escape_text (text, length);

  g_string_append (markup, escaped);
}

static gboolean
has_scheme (const char *link)
{
  return g_ascii_strncasecmp (link, "http://", 7) == 0 ||
         g_ascii_strncasecmp (link, "https://", 8) == 0 ||
         g_ascii_strncasecmp (link, "mailto:", 7) == 0;
}

static gboolean
is_link (const char *link,
         gsize       length)
{
  g_autofree char *candidate = g_strndup (link, length);
  g_autofree char *address = has_scheme (candidate) ? g_steal_pointer (&candidate) : g_strconcat ("mailto:", candidate, NULL);

  return g_uri_is_valid (address, G_URI_FLAGS_PARSE_RELAXED, NULL);
}

static void
append_link (GString    *markup,
             const char *link,
             gsize       length)
{
  if (!is_link (link, length))
    {
      append_escaped (markup, link, length);
      return;
    }

  g_string_append (markup, has_scheme (link) ? "<a href=\"" : "<a href=\"mailto:");
  append_escaped (markup, link, length);
  g_string_append (markup, "\">");
  append_escaped (markup, link, length);
  g_string_append (markup, "</a>");
}

/**
 * chat_markup_from_text:
 * @text: what somebody wrote, in UTF-8
 *
 * Makes a text Pango markup: everything escaped, and web and mail addresses as links. Only `http`, `https` and `mailto` become
 * links, and what a link shows is where it goes.
 *
 * Returns: (transfer full): valid markup
 */
char *
chat_markup_from_text (const char *text)
{
  g_autoptr(GMatchInfo) match = NULL;
  GString *markup;
  int done = 0;

  g_return_val_if_fail (text != NULL, NULL);

  markup = g_string_sized_new (strlen (text) + 64);
  g_regex_match (link_regex (), text, 0, &match);

  while (g_match_info_matches (match))
    {
      int start = 0;
      int end = 0;
      gsize length;

      g_match_info_fetch_pos (match, 0, &start, &end);
      length = trimmed_length (text + start, end - start);

      append_escaped (markup, text + done, start - done);
      append_link (markup, text + start, length);
      done = start + length;

      g_match_info_next (match, NULL);
    }

  append_escaped (markup, text + done, strlen (text + done));

  return g_string_free (markup, FALSE);
}

/**
 * chat_markup_has_link:
 * @text: what somebody wrote, in UTF-8
 *
 * Returns: whether there is anything in it that becomes a link
 */
gboolean
chat_markup_has_link (const char *text)
{
  g_autoptr(GMatchInfo) match = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  /* Each link has one of them, and most texts have none. */
  if (strpbrk (text, ":@") == NULL)
    return FALSE;

  g_regex_match (link_regex (), text, 0, &match);
  while (g_match_info_matches (match))
    {
      int start = 0;
      int end = 0;

      g_match_info_fetch_pos (match, 0, &start, &end);
      if (is_link (text + start, trimmed_length (text + start, end - start)))
        return TRUE;
      g_match_info_next (match, NULL);
    }

  return FALSE;
}
