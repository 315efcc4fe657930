/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-search-hit.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_SEARCH_ROW (enfilade_search_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeSearchRow, enfilade_search_row, ENFILADE, SEARCH_ROW, GtkWidget)

/* Properties: hit (nullable). */
GtkWidget     *enfilade_search_row_new     (void);
ChatSearchHit *enfilade_search_row_get_hit (EnfiladeSearchRow *self);
void           enfilade_search_row_set_hit (EnfiladeSearchRow *self,
                                            ChatSearchHit     *hit);

G_END_DECLS
