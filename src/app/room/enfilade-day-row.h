/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_DAY_ROW (enfilade_day_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeDayRow, enfilade_day_row, ENFILADE, DAY_ROW, GtkWidget)

GtkWidget *enfilade_day_row_new      (void);
void       enfilade_day_row_set_date (EnfiladeDayRow *self,
                                      GDateTime      *date);

G_END_DECLS
