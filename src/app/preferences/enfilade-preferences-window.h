/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_PREFERENCES_WINDOW (enfilade_preferences_window_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladePreferencesWindow, enfilade_preferences_window, ENFILADE, PREFERENCES_WINDOW, AdwPreferencesWindow)

EnfiladePreferencesWindow *enfilade_preferences_window_new (GSettings *settings);

G_END_DECLS
