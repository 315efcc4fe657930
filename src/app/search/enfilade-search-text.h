/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-search-hit.h"

G_BEGIN_DECLS

char *enfilade_search_text_cut   (ChatSearchHit   *hit,
                                  GArray         **ranges);
char *enfilade_search_text_speak (ChatSearchHit   *hit);
char *enfilade_search_text_count (guint            n_hits,
                                  gboolean         has_more);

G_END_DECLS
