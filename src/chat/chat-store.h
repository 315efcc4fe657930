/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-message.h"

G_BEGIN_DECLS

#define CHAT_TYPE_STORE (chat_store_get_type ())

G_DECLARE_FINAL_TYPE (ChatStore, chat_store, CHAT, STORE, GObject)

/* What one account keeps on this computer: rooms, messages, what waits to be sent. It alone knows SQL.
 *
 * Writing returns at once and happens in the store's own thread, in the order in which it was asked for; reading is done in place
 * and sees what was written. Properties: path, notice (what a person should know of how it was opened, in words; nullable).
 * Signals: problem (GError): something could not be written. */
ChatStore    *chat_store_open          (const char           *path,
                                        GError              **error);
ChatStore    *chat_store_open_unkept   (GError              **error);
const char   *chat_store_get_path      (ChatStore            *self);
const char   *chat_store_get_notice    (ChatStore            *self);
void          chat_store_close         (ChatStore            *self);
void          chat_store_flush_async   (ChatStore            *self,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean      chat_store_flush_finish  (ChatStore            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/* The file of an account, and the end of it. */
char         *chat_store_path_for      (const char           *folder,
                                        const char           *address,
                                        const char           *user);
gboolean      chat_store_delete        (const char           *path,
                                        GError              **error);

G_END_DECLS
