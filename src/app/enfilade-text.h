/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *enfilade_text_normalize   (const char *text);
char *enfilade_text_preview     (const char *text,
                                 gsize       max_characters);
char *enfilade_text_format_time (gint64      time,
                                 GDateTime  *now,
                                 gboolean    is_24h);

G_END_DECLS
