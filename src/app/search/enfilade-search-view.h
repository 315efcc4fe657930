/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-search.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_SEARCH_VIEW (enfilade_search_view_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeSearchView, enfilade_search_view, ENFILADE, SEARCH_VIEW, AdwBin)

/* Properties: session (nullable), folded (whether nothing else is beside it).
 *
 * Signals: open-message (room id, message id): somebody wants to see that place; closed: somebody is done with searching. */
void        enfilade_search_view_set_session (EnfiladeSearchView *self,
                                              ChatSession        *session);
ChatSearch *enfilade_search_view_get_search  (EnfiladeSearchView *self);
void        enfilade_search_view_begin       (EnfiladeSearchView *self,
                                              ChatRoom           *room);

G_END_DECLS
