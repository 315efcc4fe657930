/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *enfilade_relative_time_format (gint64 time_ms,
                                     gint64 now_ms);
char *enfilade_duration_format      (double seconds);

G_END_DECLS
