/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-series.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_CHART (enfilade_chart_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeChart, enfilade_chart, ENFILADE, CHART, GtkWidget)

/* Properties: series (nullable). */
GtkWidget *enfilade_chart_new        (void);
void       enfilade_chart_set_series (EnfiladeChart *self,
                                      ChatSeries    *series);

G_END_DECLS
