/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHAT_TYPE_MEMBER (chat_member_get_type ())

G_DECLARE_FINAL_TYPE (ChatMember, chat_member, CHAT, MEMBER, GObject)

/* Properties: user-id, username, joined-at (ms), online. */
ChatMember *chat_member_new           (const char *user_id,
                                       const char *username,
                                       gint64      joined_at);
const char *chat_member_get_user_id   (ChatMember *self);
const char *chat_member_get_username  (ChatMember *self);
gint64      chat_member_get_joined_at (ChatMember *self);
gboolean    chat_member_get_online    (ChatMember *self);
void        chat_member_set_username  (ChatMember *self,
                                       const char *username);
void        chat_member_set_online    (ChatMember *self,
                                       gboolean    online);

G_END_DECLS
