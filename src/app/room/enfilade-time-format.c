/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-clock.h"
#include "enfilade-time-format.h"

/**
 * enfilade_format_time:
 * @time: a local time
 *
 * Returns: (transfer full): hours and minutes
 */
char *
enfilade_format_time (GDateTime *time)
{
  g_return_val_if_fail (time != NULL, NULL);

  if (!enfilade_clock_is_24h ())
    /* Translators: the time of day with twelve hours, such as 2:05 PM; see strftime(3) */
    return g_date_time_format (time, C_("time of day", "%-l:%M %p"));

  /* Translators: the time of day with 24 hours, such as 14:05; see strftime(3) */
  return g_date_time_format (time, C_("time of day", "%H:%M"));
}

/**
 * enfilade_format_full:
 * @time: a local time
 *
 * Returns: (transfer full): day and time to the second, for a tooltip
 */
char *
enfilade_format_full (GDateTime *time)
{
  g_return_val_if_fail (time != NULL, NULL);

  if (!enfilade_clock_is_24h ())
    /* Translators: a day and a time, such as Monday, 3 March 2025, 2:05:33 PM; see strftime(3) */
    return g_date_time_format (time, C_("date and time", "%A, %-e %B %Y, %-l:%M:%S %p"));

  /* Translators: a day and a time, such as Monday, 3 March 2025, 14:05:33; see strftime(3) */
  return g_date_time_format (time, C_("date and time", "%A, %-e %B %Y, %H:%M:%S"));
}

static gboolean
is_same_day (GDateTime *one,
             GDateTime *other)
{
  return g_date_time_get_year (one) == g_date_time_get_year (other) &&
         g_date_time_get_day_of_year (one) == g_date_time_get_day_of_year (other);
}

/**
 * enfilade_format_day:
 * @day: a local time within the day
 * @now: the local time it is
 *
 * Returns: (transfer full): the day as seen from @now: "Today", "Yesterday", or its date, with the year where it is another one
 */
char *
enfilade_format_day (GDateTime *day,
                     GDateTime *now)
{
  g_autoptr(GDateTime) yesterday = NULL;

  g_return_val_if_fail (day != NULL, NULL);
  g_return_val_if_fail (now != NULL, NULL);

  if (is_same_day (day, now))
    return g_strdup (_("Today"));

  yesterday = g_date_time_add_days (now, -1);
  if (is_same_day (day, yesterday))
    return g_strdup (_("Yesterday"));

  if (g_date_time_get_year (day) == g_date_time_get_year (now))
    /* Translators: a day of this year, such as Monday, 3 March; see strftime(3) */
    return g_date_time_format (day, C_("day", "%A, %-e %B"));

  /* Translators: a day of another year, such as Monday, 3 March 2025; see strftime(3) */
  return g_date_time_format (day, C_("day", "%A, %-e %B %Y"));
}
