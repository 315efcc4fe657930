/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts, for what is written together with them. */

#pragma once

#include "chat-store-private.h"

G_BEGIN_DECLS

gboolean chat_store_drafts_remove (ChatDatabase  *database,
                                   const char    *room_id,
                                   GError       **error);

G_END_DECLS
