/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Has the system read a database into its memory before it is needed, a piece at a time. */

#pragma once

#include "chat-database-private.h"

G_BEGIN_DECLS

typedef struct
{
  gint64    at;
  gint64    end;
  guint8   *piece;
} ChatStoreAhead;

void     chat_store_ahead_begin (ChatStoreAhead *self,
                                 ChatDatabase   *database);
gboolean chat_store_ahead_read  (ChatStoreAhead *self,
                                 ChatDatabase   *database);
void     chat_store_ahead_end   (ChatStoreAhead *self);

G_END_DECLS
