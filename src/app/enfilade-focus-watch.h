/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_FOCUS_WATCH (enfilade_focus_watch_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeFocusWatch, enfilade_focus_watch, ENFILADE, FOCUS_WATCH, GObject)

EnfiladeFocusWatch *enfilade_focus_watch_new      (GtkWidget          *widget);
gboolean            enfilade_focus_watch_has_left (EnfiladeFocusWatch *self);

G_END_DECLS
