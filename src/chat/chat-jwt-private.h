/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a token says about itself, where it is a JSON Web Token. It is read, not verified: only the server can do that, and what
 * is read here decides what is offered, never what is allowed. */
typedef struct
{
  char     *user_id;
  char     *username;
  gint64    expires_at;
  gboolean  is_admin;
} ChatJwt;

ChatJwt *chat_jwt_read (const char *token);
void     chat_jwt_free (ChatJwt    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatJwt, chat_jwt_free)

G_END_DECLS
