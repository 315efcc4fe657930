/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-credentials.h"
#include "chat-enums.h"

G_BEGIN_DECLS

#define CHAT_TYPE_SERVER (chat_server_get_type ())

G_DECLARE_FINAL_TYPE (ChatServer, chat_server, CHAT, SERVER, GObject)

/* The HTTP side of a server: what it offers, and signing in. Properties: address, name, version, sign-in-methods, discovered. */

/* What a person typed, made an address ("chat.example.org" → "https://chat.example.org", "localhost:3001" →
 * "http://localhost:3001"), or an error in words. */
char              *chat_server_normalize_address  (const char           *text,
                                                   GError              **error);

ChatServer        *chat_server_new                 (const char           *address);
const char        *chat_server_get_address         (ChatServer           *self);
const char        *chat_server_get_name            (ChatServer           *self);
const char        *chat_server_get_version         (ChatServer           *self);
ChatSignInMethods  chat_server_get_sign_in_methods (ChatServer           *self);

void               chat_server_discover_async      (ChatServer           *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean           chat_server_discover_finish     (ChatServer           *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

void               chat_server_sign_in_async       (ChatServer           *self,
                                                    const char           *username,
                                                    const char           *password,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
ChatCredentials   *chat_server_sign_in_finish      (ChatServer           *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

/* Puts the new token into @credentials. */
void               chat_server_refresh_async       (ChatServer           *self,
                                                    ChatCredentials      *credentials,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean           chat_server_refresh_finish      (ChatServer           *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
