/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-text.h"

#include <glib/gi18n.h>

/**
 * enfilade_text_normalize:
 * @text: what a person typed, or the name of something
 *
 * Makes text that is to be compared: neither case, nor accents, nor the form of a character count.
 *
 * Returns: (transfer full): the text, comparable byte by byte
 */
char *
enfilade_text_normalize (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *decomposed = NULL;
  g_autofree char *folded = NULL;
  GString *result;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  decomposed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  folded = g_utf8_casefold (decomposed, -1);

  result = g_string_sized_new (strlen (folded));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (!g_unichar_ismark (character))
        g_string_append_unichar (result, character);
    }

  return g_strstrip (g_string_free (result, FALSE));
}

/**
 * enfilade_text_preview:
 * @text: the text of a message
 * @max_characters: how long it may become, the ellipsis included
 *
 * Returns: (transfer full): the text on one line, cut where it is longer
 */
char *
enfilade_text_preview (const char *text,
                       gsize       max_characters)
{
  GString *result;
  gsize n_characters = 0;
  gboolean space = FALSE;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (max_characters > 0, NULL);

  result = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char_validated (p, -1);

      if (character == (gunichar) -1 || character == (gunichar) -2)
        break;
      if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
        {
          space = n_characters > 0;
          continue;
        }
      if (n_characters + space + 1 > max_characters - 1 && *g_utf8_next_char (p) != '\0')
        {
          g_string_append (result, "…");
          break;
        }
      if (space)
        {
          g_string_append_c (result, ' ');
          n_characters++;
          space = FALSE;
        }
      g_string_append_unichar (result, character);
      n_characters++;
    }

  return g_string_free (result, FALSE);
}

/**
 * enfilade_text_format_time:
 * @time: milliseconds since the Unix epoch
 * @now: the present, in the person's time zone
 * @is_24h: whether the person's clock goes to 24
 *
 * Returns: (transfer full): the time of today, the day of this week, else the date; short enough for a list
 */
char *
enfilade_text_format_time (gint64     time,
                           GDateTime *now,
                           gboolean   is_24h)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) local = NULL;
  g_autoptr(GDateTime) today = NULL;
  g_autoptr(GDateTime) day = NULL;
  gint64 days;

  g_return_val_if_fail (now != NULL, NULL);

  utc = g_date_time_new_from_unix_utc (time / 1000);
  if (utc == NULL)
    return g_strdup ("");

  local = g_date_time_to_timezone (utc, g_date_time_get_timezone (now));
  day = g_date_time_new_utc (g_date_time_get_year (local), g_date_time_get_month (local),
                             g_date_time_get_day_of_month (local), 0, 0, 0);
  today = g_date_time_new_utc (g_date_time_get_year (now), g_date_time_get_month (now),
                               g_date_time_get_day_of_month (now), 0, 0, 0);
  days = g_date_time_difference (today, day) / G_TIME_SPAN_DAY;

  if (days <= 0)
    return g_date_time_format (local, is_24h ? "%H:%M" : "%-I:%M %p");
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days < 7)
    return g_date_time_format (local, "%a");
  if (g_date_time_get_year (local) == g_date_time_get_year (now))
    /* Translators: the day and month of a message in the list of rooms, see g_date_time_format() */
    return g_date_time_format (local, C_("short date", "%-d %b"));

  return g_date_time_format (local, "%x");
}
