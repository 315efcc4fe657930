/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-soon.h"

static void
count (gpointer user_data)
{
  guint *n_calls = user_data;

  *n_calls += 1;
}

static gboolean
go_on (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_once (void)
{
  guint n_calls = 0;

  enfilade_soon_add (count, &n_calls);
  g_assert_cmpuint (n_calls, ==, 0);
  while (n_calls == 0)
    g_main_context_iteration (NULL, TRUE);

  drain ();
  g_assert_cmpuint (n_calls, ==, 1);
}

static void
test_after_others (void)
{
  gint64 start = g_get_monotonic_time ();
  guint n_calls = 0, n_others = 0;

  enfilade_soon_add (count, &n_calls);
  g_idle_add_once (count, &n_others);
  while (n_others == 0)
    g_main_context_iteration (NULL, TRUE);
  /* On a machine that has stood still meanwhile the moment may be over. */
  if (g_get_monotonic_time () - start < 100 * G_TIME_SPAN_MILLISECOND)
    g_assert_cmpuint (n_calls, ==, 0);

  while (n_calls == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* An animation that takes all the time there is. */
static void
test_never_idle (void)
{
  guint animation = g_idle_add_full (G_PRIORITY_HIGH_IDLE, go_on, NULL, NULL);
  guint n_calls = 0;

  enfilade_soon_add (count, &n_calls);
  while (n_calls == 0)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (animation);
  drain ();
  g_assert_cmpuint (n_calls, ==, 1);
}

static void
test_given_up (void)
{
  guint n_calls = 0;

  g_source_remove (enfilade_soon_add (count, &n_calls));
  drain ();
  g_assert_cmpuint (n_calls, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/soon/once", test_once);
  g_test_add_func ("/soon/after-others", test_after_others);
  g_test_add_func ("/soon/never-idle", test_never_idle);
  g_test_add_func ("/soon/given-up", test_given_up);

  return g_test_run ();
}
