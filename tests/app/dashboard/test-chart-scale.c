/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "dashboard/enfilade-chart-scale.h"

static void
test_top (void)
{
  g_assert_cmpfloat (enfilade_chart_scale_top (0), ==, 1);
  g_assert_cmpfloat (enfilade_chart_scale_top (-3), ==, 1);
  g_assert_cmpfloat (enfilade_chart_scale_top (1), ==, 1);
  g_assert_cmpfloat (enfilade_chart_scale_top (1.5), ==, 2);
  g_assert_cmpfloat (enfilade_chart_scale_top (3), ==, 5);
  g_assert_cmpfloat (enfilade_chart_scale_top (7), ==, 10);
  g_assert_cmpfloat (enfilade_chart_scale_top (101), ==, 200);
  g_assert_cmpfloat (enfilade_chart_scale_top (1.0 / 0.0), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart-scale/top", test_top);

  return g_test_run ();
}
