/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_PANE (enfilade_pane_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladePane, enfilade_pane, ENFILADE, PANE, GtkWidget)

G_END_DECLS
