/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-backoff-private.h"

/* The range of each delay with the official client's defaults. */
static void
test_defaults (void)
{
  static const guint ranges[][2] = { { 500, 1500 }, { 1000, 3000 }, { 2000, 5000 }, { 4000, 5000 }, { 5000, 5000 }, { 5000, 5000 } };

  for (guint step = 0; step < 1000; step++)
    {
      SioBackoff backoff;

      sio_backoff_init (&backoff, 1000, 5000, 0.5);
      for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
        {
          guint delay = sio_backoff_next (&backoff, step / 1000.0);

          g_assert_cmpuint (delay, >=, ranges[i][0]);
          g_assert_cmpuint (delay, <=, ranges[i][1]);
        }
    }
}

/* Worked out by hand from the formula: an even first decimal shortens, an odd one lengthens. */
static void
test_formula (void)
{
  static const struct { double random; guint delay; } vectors[] = {
    { 0, 1000 }, { 0.05, 975 }, { 0.1, 1050 }, { 0.25, 875 }, { 0.3, 1150 }, { 0.5, 1250 }, { 0.6, 700 }, { 0.8, 600 }, { 0.99, 1495 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      SioBackoff backoff;

      sio_backoff_init (&backoff, 1000, 5000, 0.5);
      g_assert_cmpuint (sio_backoff_next (&backoff, vectors[i].random), ==, vectors[i].delay);
    }
}

static void
test_no_jitter (void)
{
  static const double factors[] = { 0, -1, 1.5 };

  for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      SioBackoff backoff;

      sio_backoff_init (&backoff, 100, 1000, factors[i]);
      g_assert_cmpuint (sio_backoff_next (&backoff, 0.7), ==, 100);
      g_assert_cmpuint (sio_backoff_next (&backoff, 0.7), ==, 200);
      g_assert_cmpuint (sio_backoff_next (&backoff, 0.7), ==, 400);
      g_assert_cmpuint (sio_backoff_next (&backoff, 0.7), ==, 800);
      g_assert_cmpuint (sio_backoff_next (&backoff, 0.7), ==, 1000);
    }
}

static void
test_zero_is_default (void)
{
  SioBackoff backoff;

  sio_backoff_init (&backoff, 0, 0, 0);
  g_assert_cmpuint (sio_backoff_next (&backoff, 0), ==, 1000);
  g_assert_cmpuint (sio_backoff_next (&backoff, 0), ==, 2000);
  g_assert_cmpuint (sio_backoff_next (&backoff, 0), ==, 4000);
  g_assert_cmpuint (sio_backoff_next (&backoff, 0), ==, 5000);
}

static void
test_reset (void)
{
  SioBackoff backoff;

  sio_backoff_init (&backoff, 1000, 5000, 0);
  sio_backoff_next (&backoff, 0);
  sio_backoff_next (&backoff, 0);
  g_assert_cmpuint (backoff.attempts, ==, 2);
  sio_backoff_reset (&backoff);
  g_assert_cmpuint (backoff.attempts, ==, 0);
  g_assert_cmpuint (sio_backoff_next (&backoff, 0), ==, 1000);
}

/* After days without a connection it still waits: an overflow here is a storm of connections. */
static void
test_many_attempts (void)
{
  static const double randoms[] = { 0, 0.25, 0.5, 0.85, 0.999999 };
  SioBackoff backoff;

  sio_backoff_init (&backoff, 1, 5000, 1);
  for (guint i = 0; i < 5000; i++)
    {
      guint delay = sio_backoff_next (&backoff, randoms[i % G_N_ELEMENTS (randoms)]);

      if (i > 20)
        g_assert_cmpuint (delay, ==, 5000);
    }

  backoff.attempts = G_MAXUINT;
  g_assert_cmpuint (sio_backoff_next (&backoff, 0.5), ==, 5000);
  g_assert_cmpuint (backoff.attempts, ==, G_MAXUINT);

  sio_backoff_init (&backoff, G_MAXUINT, G_MAXUINT, 0.5);
  g_assert_cmpuint (sio_backoff_next (&backoff, 0.5), ==, G_MAXUINT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backoff/defaults", test_defaults);
  g_test_add_func ("/backoff/formula", test_formula);
  g_test_add_func ("/backoff/no-jitter", test_no_jitter);
  g_test_add_func ("/backoff/zero-is-default", test_zero_is_default);
  g_test_add_func ("/backoff/reset", test_reset);
  g_test_add_func ("/backoff/many-attempts", test_many_attempts);

  return g_test_run ();
}
