/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-database-private.h"

G_BEGIN_DECLS

/* A damaged file: it is set aside, and what can be read of what nobody else has goes over into the new one. */
char *chat_store_damage_mark (const char    *path);
char *chat_store_set_aside   (const char    *path,
                              GError       **error);
void  chat_store_salvage     (ChatDatabase  *database,
                              const char    *aside);

G_END_DECLS
