/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "enfilade-clock.h"
#include "enfilade-time-format.h"

static void
assert_day (const char *day,
            const char *now,
            const char *expected)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr(GDateTime) day_time = g_date_time_new_from_iso8601 (day, zone);
  g_autoptr(GDateTime) now_time = g_date_time_new_from_iso8601 (now, zone);
  g_autofree char *text = enfilade_format_day (day_time, now_time);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_day (void)
{
  assert_day ("2025-03-03T00:00:00", "2025-03-03T23:59:59", "Today");
  assert_day ("2025-03-02T23:59:59", "2025-03-03T00:00:00", "Yesterday");
  assert_day ("2025-02-28T12:00:00", "2025-03-01T12:00:00", "Yesterday");
  assert_day ("2024-12-31T12:00:00", "2025-01-01T12:00:00", "Yesterday");
  assert_day ("2025-03-01T12:00:00", "2025-03-03T12:00:00", "Saturday, 1 March");
  assert_day ("2024-03-03T12:00:00", "2025-03-03T12:00:00", "Sunday, 3 March 2024");

  /* A clock that is behind the server's. */
  assert_day ("2025-03-04T12:00:00", "2025-03-03T12:00:00", "Tuesday, 4 March");
}

static void
test_time (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 ("2025-03-03T14:05:33", zone);
  g_autofree char *short_text = enfilade_format_time (time);
  g_autofree char *full_text = enfilade_format_full (time);

  g_assert_cmpstr (short_text, ==, enfilade_clock_is_24h () ? "14:05" : "2:05 PM");
  g_assert_cmpstr (full_text, ==, enfilade_clock_is_24h () ? "Monday, 3 March 2025, 14:05:33"
                                                           : "Monday, 3 March 2025, 2:05:33 PM");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/time-format/day", test_day);
  g_test_add_func ("/app/time-format/time", test_time);

  return g_test_run ();
}
