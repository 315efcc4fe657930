/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The top of a chart's scale: the next of 1, 2, 5, 10, 20, 50 … that leaves @maximum below it. */
double enfilade_chart_scale_top (double maximum);

G_END_DECLS
