/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-credentials.h"

G_BEGIN_DECLS

/* Where tokens are kept between runs: the secret service of the desktop. Passwords are never kept. */

/* Fails with CHAT_ERROR_UNSUPPORTED where there is no secret service; the token then lasts for this run. */
void             chat_keyring_store_async  (ChatCredentials      *credentials,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean         chat_keyring_store_finish (GAsyncResult         *result,
                                            GError              **error);

/* NULL without an error when nothing is kept for the address. @username may be NULL: the account used last. */
void             chat_keyring_lookup_async  (const char           *address,
                                             const char           *username,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
ChatCredentials *chat_keyring_lookup_finish (GAsyncResult         *result,
                                             GError              **error);

void             chat_keyring_forget_async  (ChatCredentials      *credentials,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean         chat_keyring_forget_finish (GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
