/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-database-private.h"

G_BEGIN_DECLS

/* Brings a file of any past version to the tables that this program knows. A file of a newer program is an error, and untouched. */
gboolean chat_store_schema_migrate     (ChatDatabase  *database,
                                        GError       **error);
int      chat_store_schema_get_version (void);

G_END_DECLS
