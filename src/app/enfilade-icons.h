/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void enfilade_icons_load_ahead       (void);
void enfilade_icons_read_theme_ahead (void);

G_END_DECLS
