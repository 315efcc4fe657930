/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder that ends with the program. */
typedef struct _ChatStoreUnkept ChatStoreUnkept;

ChatStoreUnkept *chat_store_unkept_new      (GError          **error);
void             chat_store_unkept_free     (ChatStoreUnkept  *self);
char            *chat_store_unkept_dup_path (ChatStoreUnkept  *self);

G_END_DECLS
