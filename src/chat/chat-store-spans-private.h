/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-store-private.h"

G_BEGIN_DECLS

/* For the writer: @room is the room's row. */
gboolean chat_store_spans_add (ChatDatabase    *database,
                               gint64           room,
                               const ChatSpan  *span,
                               GError         **error);

G_END_DECLS
