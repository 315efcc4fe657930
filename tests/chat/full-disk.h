/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written meets a disk that is full: the file may not have more pages than it has. For chat_store_write (). */

#pragma once

#include "chat-database-private.h"

G_BEGIN_DECLS

gboolean full_disk_fill  (ChatDatabase  *database,
                          gpointer       data,
                          GError       **error);
gboolean full_disk_empty (ChatDatabase  *database,
                          gpointer       data,
                          GError       **error);

G_END_DECLS
