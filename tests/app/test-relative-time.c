/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "enfilade-relative-time.h"

#define NOW G_GINT64_CONSTANT (1700000000000)
#define MINUTE G_GINT64_CONSTANT (60000)

static void
assert_ago (gint64      ago,
            const char *expected)
{
  g_autofree char *words = enfilade_relative_time_format (NOW - ago, NOW);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_relative_time (void)
{
  assert_ago (0, "Just now");
  assert_ago (59999, "Just now");
  assert_ago (MINUTE, "1 minute ago");
  assert_ago (59 * MINUTE, "59 minutes ago");
  assert_ago (60 * MINUTE, "1 hour ago");
  assert_ago (25 * 60 * MINUTE, "1 day ago");
  assert_ago (6 * 24 * 60 * MINUTE, "6 days ago");

  /* The server's clock may be a little ahead of ours. */
  assert_ago (-5000, "Just now");
}

static void
test_dates (void)
{
  static const gint64 times[] = { NOW - 8 * 24 * 60 * MINUTE, NOW + 60 * MINUTE, G_MININT64, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *words = enfilade_relative_time_format (times[i], NOW);

      g_assert_nonnull (words);
      g_assert_null (g_strrstr (words, "ago"));
    }
}

static void
assert_duration (double      seconds,
                 const char *expected)
{
  g_autofree char *words = enfilade_duration_format (seconds);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_durations (void)
{
  assert_duration (-1, "0 seconds");
  assert_duration (1, "1 second");
  assert_duration (119, "1 minute");
  assert_duration (3600, "1 hour");
  assert_duration (3 * 86400, "3 days");
  assert_duration (1e300, "11574 days");
  assert_duration (0.0 / 0.0, "0 seconds");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/relative-time/ago", test_relative_time);
  g_test_add_func ("/relative-time/dates", test_dates);
  g_test_add_func ("/relative-time/durations", test_durations);

  return g_test_run ();
}
