/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-alert.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_ALERT_ROW (enfilade_alert_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeAlertRow, enfilade_alert_row, ENFILADE, ALERT_ROW, AdwActionRow)

/* Signals: clear-requested. */
GtkWidget *enfilade_alert_row_new       (ChatAlert        *alert);
ChatAlert *enfilade_alert_row_get_alert (EnfiladeAlertRow *self);
void       enfilade_alert_row_update    (EnfiladeAlertRow *self);

G_END_DECLS
