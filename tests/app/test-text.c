/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-text.h"

static void
assert_normalized (const char *text,
                   const char *expected)
{
  g_autofree char *normalized = enfilade_text_normalize (text);

  g_assert_cmpstr (normalized, ==, expected);
}

static void
test_normalize (void)
{
  assert_normalized ("", "");
  assert_normalized ("General", "general");
  assert_normalized ("  Café  ", "cafe");
  assert_normalized ("CAFE\xcc\x81", "cafe");
  assert_normalized ("Straße", "strasse");
  assert_normalized ("ﬁne", "fine");
  assert_normalized ("Ελλάδα", "ελλαδα");
}

static void
assert_preview (const char *text,
                gsize       max_characters,
                const char *expected)
{
  g_autofree char *preview = enfilade_text_preview (text, max_characters);

  g_assert_cmpstr (preview, ==, expected);
  g_assert_cmpuint (g_utf8_strlen (preview, -1), <=, max_characters);
}

static void
test_preview (void)
{
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  g_autofree char *cut = enfilade_text_preview (megabyte, 600);

  assert_preview ("", 10, "");
  assert_preview ("short", 10, "short");
  assert_preview ("0123456789", 10, "0123456789");
  assert_preview ("0123456789a", 10, "012345678…");
  assert_preview ("  two\n\n\tlines ", 20, "two lines");
  assert_preview ("ünïcödé", 4, "ünï…");
  assert_preview ("valid\xff", 20, "valid");
  assert_preview ("a b", 1, "…");
  g_assert_cmpuint (g_utf8_strlen (cut, -1), ==, 600);
}

static void
assert_time (const char *then,
             gboolean    is_24h,
             const char *expected)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr(GDateTime) now = g_date_time_new_from_iso8601 ("2026-03-11T15:00:00", zone);
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (then, zone);
  g_autofree char *text = enfilade_text_format_time (g_date_time_to_unix (time) * 1000, now, is_24h);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_time (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *impossible = enfilade_text_format_time (G_MAXINT64, now, TRUE);

  assert_time ("2026-03-11T09:05:00", TRUE, "09:05");
  assert_time ("2026-03-11T15:05:00", FALSE, "3:05 PM");
  assert_time ("2026-03-11T00:00:00", TRUE, "00:00");
  assert_time ("2026-03-10T23:59:59", TRUE, "Yesterday");
  assert_time ("2026-03-09T12:00:00", TRUE, "Mon");
  assert_time ("2026-03-04T12:00:00", TRUE, "4 Mar");
  assert_time ("2025-12-31T12:00:00", TRUE, "12/31/25");
  g_assert_cmpstr (impossible, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/normalize", test_normalize);
  g_test_add_func ("/text/preview", test_preview);
  g_test_add_func ("/text/time", test_time);

  return g_test_run ();
}
