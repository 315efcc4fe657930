/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-admin.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_DASHBOARD (enfilade_dashboard_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeDashboard, enfilade_dashboard, ENFILADE, DASHBOARD, AdwBin)

/* Properties: admin (nullable). */
GtkWidget *enfilade_dashboard_new       (void);
ChatAdmin *enfilade_dashboard_get_admin (EnfiladeDashboard *self);
void       enfilade_dashboard_set_admin (EnfiladeDashboard *self,
                                         ChatAdmin         *admin);

G_END_DECLS
