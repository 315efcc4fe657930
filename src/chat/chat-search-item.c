/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "chat-search-item-private.h"
#include "chat-search-text-private.h"

static const struct
{
  const char         *name;
  ChatSearchOperator  operator;
} operators[] = {
  { NC_("search operator", "from"), CHAT_SEARCH_ITEM_FROM },
  { NC_("search operator", "in"), CHAT_SEARCH_ITEM_IN },
  { NC_("search operator", "before"), CHAT_SEARCH_ITEM_BEFORE },
  { NC_("search operator", "after"), CHAT_SEARCH_ITEM_AFTER },
  { NC_("search operator", "has"), CHAT_SEARCH_ITEM_HAS },
};

void
chat_search_item_clear (ChatSearchItem *item)
{
  g_free (item->whole);
  g_free (item->value);
}

static gboolean
is_same (const char *typed,
         const char *name)
{
  g_autofree char *typed_folded = chat_search_text_fold (typed);
  g_autofree char *name_folded = chat_search_text_fold (name);

  return g_str_equal (typed_folded, name_folded);
}

/* By its name in English, which works everywhere, or in the language of who types. */
static ChatSearchOperator
find_operator (const char *name)
{
  for (guint i = 0; *name != '\0' && i < G_N_ELEMENTS (operators); i++)
    {
      if (is_same (name, operators[i].name) ||
          is_same (name, g_dpgettext2 (GETTEXT_PACKAGE, "search operator", operators[i].name)))
        return operators[i].operator;
    }

  return CHAT_SEARCH_ITEM_NONE;
}

/* The end of a quotation that begins with the character, as people quote: "so", “so”, „so“ and «so». NULL for other characters. */
static const char *
closing_quotes (const char *text)
{
  switch (g_utf8_get_char (text))
    {
    case '"':
      return "\"";

    case 0x201c:
    case 0x201e:
      return "\"“”";

    case 0x00ab:
      return "»";

    default:
      return NULL;
    }
}

/* From an opening quote at @text. Returns: after the closing one, or the end. */
static const char *
read_quoted (const char  *text,
             char       **value,
             gboolean    *is_open)
{
  const char *closing = closing_quotes (text);
  const char *begin = g_utf8_next_char (text);
  const char *end = begin;

  while (*end != '\0' && g_utf8_strchr (closing, -1, g_utf8_get_char (end)) == NULL)
    end = g_utf8_next_char (end);

  *value = g_strndup (begin, (gsize) (end - begin));
  *is_open = *end == '\0';

  return *end != '\0' ? g_utf8_next_char (end) : end;
}

static const char *
read_word (const char     *text,
           ChatSearchItem *item)
{
  const char *colon = NULL;
  const char *end = text;

  while (*end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)))
    {
      if (*end == ':' && colon == NULL)
        {
          g_autofree char *name = g_strndup (text, (gsize) (end - text));

          colon = end;
          item->operator = find_operator (name);
          if (item->operator != CHAT_SEARCH_ITEM_NONE && closing_quotes (end + 1) != NULL)
            return read_quoted (end + 1, &item->value, &item->is_open);
        }
      end = g_utf8_next_char (end);
    }

  item->value = item->operator != CHAT_SEARCH_ITEM_NONE ? g_strndup (colon + 1, (gsize) (end - colon - 1)) : NULL;
  item->is_open = *end == '\0';

  return end;
}

/* FALSE at the end. */
gboolean
chat_search_item_read (const char     **text,
                       ChatSearchItem  *item)
{
  const char *begin = *text;

  memset (item, 0, sizeof *item);
  while (*begin != '\0' && g_unichar_isspace (g_utf8_get_char (begin)))
    begin = g_utf8_next_char (begin);
  if (*begin == '\0')
    return FALSE;

  if (closing_quotes (begin) != NULL)
    *text = read_quoted (begin, &item->value, &item->is_open);
  else
    *text = read_word (begin, item);
  item->whole = g_strndup (begin, (gsize) (*text - begin));

  return TRUE;
}

/* A number of @n digits, from one on; -1 when there is none. */
static int
read_digits (const char **text,
             guint        n)
{
  int number = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*text)[i]))
        return -1;
      number = number * 10 + g_ascii_digit_value ((*text)[i]);
    }
  *text += n;

  return number > 0 ? number : -1;
}

/* A year, a month or a day, in the calendar and the time zone of who types; from @begin to before @end, in milliseconds. */
gboolean
chat_search_item_read_date (const char *text,
                            gint64     *begin,
                            gint64     *end)
{
  g_autoptr(GDateTime) first = NULL;
  g_autoptr(GDateTime) next = NULL;
  int year = read_digits (&text, 4);
  int month = 0;
  int day = 0;

  if (year > 0 && *text == '-')
    {
      text++;
      month = read_digits (&text, 2);
    }
  if (month > 0 && *text == '-')
    {
      text++;
      day = read_digits (&text, 2);
    }
  if (year < 0 || month < 0 || day < 0 || *text != '\0')
    return FALSE;

  first = g_date_time_new_local (year, MAX (month, 1), MAX (day, 1), 0, 0, 0);
  if (first == NULL)
    return FALSE;

  next = g_date_time_add_full (first, month == 0, month > 0 && day == 0, day > 0, 0, 0, 0);
  if (next == NULL)
    return FALSE;

  *begin = g_date_time_to_unix (first) * 1000;
  *end = g_date_time_to_unix (next) * 1000;

  return TRUE;
}

gboolean
chat_search_item_is_link_word (const ChatSearchItem *self)
{
  return is_same (self->value, "link") ||
         is_same (self->value, g_dpgettext2 (GETTEXT_PACKAGE, "search operator", NC_("search operator", "link")));
}
