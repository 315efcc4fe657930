/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-store.h"

G_BEGIN_DECLS

/* Where the conversations of an account are on this computer. */
char      *enfilade_account_store_dup_path (const char  *address,
                                            const char  *user);
ChatStore *enfilade_account_store_open     (const char  *path,
                                            char       **notice);
gboolean   enfilade_account_store_is_kept  (const char  *path);

G_END_DECLS
