/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_TEXT_LAYOUT (enfilade_text_layout_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeTextLayout, enfilade_text_layout, ENFILADE, TEXT_LAYOUT, GtkLayoutManager)

G_END_DECLS
