/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_LINE_LAYOUT (enfilade_line_layout_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeLineLayout, enfilade_line_layout, ENFILADE, LINE_LAYOUT, GtkLayoutManager)

G_END_DECLS
