/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times as a person of this desktop writes them. All take local times and return newly allocated text. */
char *enfilade_format_time (GDateTime *time);
char *enfilade_format_full (GDateTime *time);
char *enfilade_format_day  (GDateTime *day,
                            GDateTime *now);

G_END_DECLS
