/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GThread *enfilade_glyphs_load_early (void);

G_END_DECLS
