/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

const char *enfilade_settings_get_profile (void);

/* (transfer none) (nullable): NULL when the schema is not installed; the app then runs with the defaults. */
GSettings  *enfilade_settings_get_default (void);
gboolean    enfilade_settings_get_boolean (const char *key,
                                           gboolean    fallback);
void        enfilade_settings_keep_string (GSettings  *settings,
                                           const char *key,
                                           const char *value);

G_END_DECLS
