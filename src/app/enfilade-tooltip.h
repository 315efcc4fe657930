/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_TOOLTIP (enfilade_tooltip_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeTooltip, enfilade_tooltip, ENFILADE, TOOLTIP, GObject)

const char *enfilade_tooltip_get_text (GtkWidget *widget);

G_END_DECLS
