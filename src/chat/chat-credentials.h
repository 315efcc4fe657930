/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHAT_TYPE_CREDENTIALS (chat_credentials_get_type ())

G_DECLARE_FINAL_TYPE (ChatCredentials, chat_credentials, CHAT, CREDENTIALS, GObject)

/* Who is signed in where. Properties: address, token, expires-at (ms, 0 when not known), user-id, username, is-admin
 * (the account's own setting, for plain servers whose token says nothing). */
ChatCredentials *chat_credentials_new            (const char      *address,
                                                  const char      *token,
                                                  gint64           expires_at);
const char      *chat_credentials_get_address    (ChatCredentials *self);
const char      *chat_credentials_get_token      (ChatCredentials *self);
gint64           chat_credentials_get_expires_at (ChatCredentials *self);
const char      *chat_credentials_get_user_id    (ChatCredentials *self);
const char      *chat_credentials_get_username   (ChatCredentials *self);
char            *chat_credentials_dup_account    (ChatCredentials *self);
gboolean         chat_credentials_get_is_admin   (ChatCredentials *self);
void             chat_credentials_set_token      (ChatCredentials *self,
                                                  const char      *token,
                                                  gint64           expires_at);
void             chat_credentials_set_user       (ChatCredentials *self,
                                                  const char      *user_id,
                                                  const char      *username,
                                                  gboolean         is_admin);

G_END_DECLS
