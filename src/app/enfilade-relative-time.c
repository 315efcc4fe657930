/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "enfilade-relative-time.h"

#define SECOND_MS G_GINT64_CONSTANT (1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static char *
format_date (gint64 time_ms)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (time_ms / 1000);

  return date != NULL ? g_date_time_format (date, "%x") : g_strdup ("");
}

/**
 * enfilade_relative_time_format:
 * @time_ms: a moment, in milliseconds since the Unix epoch
 * @now_ms: now, likewise
 *
 * Says how long ago something was, as one person says it to another; what is a week old or lies ahead gets its date.
 *
 * Returns: (transfer full): the words
 */
char *
enfilade_relative_time_format (gint64 time_ms,
                               gint64 now_ms)
{
  gint64 ago;
  int n;

  if (__builtin_sub_overflow (now_ms, time_ms, &ago) || ago < -MINUTE_MS || ago >= 7 * DAY_MS)
    return format_date (time_ms);

  if (ago < MINUTE_MS)
    return g_strdup (_("Just now"));

  if (ago < HOUR_MS)
    {
      n = ago / MINUTE_MS;
      return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", n), n);
    }

  if (ago < DAY_MS)
    {
      n = ago / HOUR_MS;
      return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", n), n);
    }

  n = ago / DAY_MS;
  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", n), n);
}

/**
 * enfilade_duration_format:
 * @seconds: how long
 *
 * Says how long something lasts, in the greatest unit that fits.
 *
 * Returns: (transfer full): the words
 */
char *
enfilade_duration_format (double seconds)
{
  int n;

  if (!(seconds >= 1))
    seconds = 0;
  seconds = fmin (seconds, 1e9);

  if (seconds < 60)
    {
      n = seconds;
      return g_strdup_printf (ngettext ("%d second", "%d seconds", n), n);
    }

  if (seconds < 60 * 60)
    {
      n = seconds / 60;
      return g_strdup_printf (ngettext ("%d minute", "%d minutes", n), n);
    }

  if (seconds < 24 * 60 * 60)
    {
      n = seconds / (60 * 60);
      return g_strdup_printf (ngettext ("%d hour", "%d hours", n), n);
    }

  n = seconds / (24 * 60 * 60);
  return g_strdup_printf (ngettext ("%d day", "%d days", n), n);
}
