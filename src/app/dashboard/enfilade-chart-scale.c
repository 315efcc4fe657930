/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "enfilade-chart-scale.h"

double
enfilade_chart_scale_top (double maximum)
{
  double unit;

  if (!(maximum > 0) || !isfinite (maximum))
    return 1;

  unit = pow (10, floor (log10 (maximum)));

  if (maximum <= unit)
    return unit;
  if (maximum <= 2 * unit)
    return 2 * unit;
  if (maximum <= 5 * unit)
    return 5 * unit;

  return 10 * unit;
}
