/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-list.h"
#include "chat-member.h"

G_BEGIN_DECLS

#define CHAT_TYPE_MEMBER_LIST (chat_member_list_get_type ())

G_DECLARE_FINAL_TYPE (ChatMemberList, chat_member_list, CHAT, MEMBER_LIST, ChatList)

/* A list of ChatMember, those online first, then by name. */
ChatMemberList *chat_member_list_new     (void);
ChatMember     *chat_member_list_find    (ChatMemberList *self,
                                          const char     *user_id);
void            chat_member_list_add     (ChatMemberList *self,
                                          ChatMember     *member);
gboolean        chat_member_list_remove  (ChatMemberList *self,
                                          const char     *user_id);
void            chat_member_list_replace (ChatMemberList *self,
                                          GPtrArray      *members);
void            chat_member_list_clear   (ChatMemberList *self);

G_END_DECLS
