/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-session.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_CHAT_PAGE (enfilade_chat_page_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeChatPage, enfilade_chat_page, ENFILADE, CHAT_PAGE, AdwBin)

/* Properties: session (nullable), room (the open one; nullable), room-shown (whether it can be seen). */
void        enfilade_chat_page_set_session        (EnfiladeChatPage *self,
                                                   ChatSession      *session);
ChatRoom   *enfilade_chat_page_get_room           (EnfiladeChatPage *self);
void        enfilade_chat_page_open_room          (EnfiladeChatPage *self,
                                                   ChatRoom         *room);
void        enfilade_chat_page_open_room_at       (EnfiladeChatPage *self,
                                                   guint             position);
void        enfilade_chat_page_move               (EnfiladeChatPage *self,
                                                   int               direction,
                                                   gboolean          unread_only);
void        enfilade_chat_page_go_back            (EnfiladeChatPage *self);
void        enfilade_chat_page_focus              (EnfiladeChatPage *self);
void        enfilade_chat_page_find_room          (EnfiladeChatPage *self);
void        enfilade_chat_page_search              (EnfiladeChatPage *self,
                                                   gboolean          in_room);
void        enfilade_chat_page_toggle_members     (EnfiladeChatPage *self);
void        enfilade_chat_page_show_message       (EnfiladeChatPage *self,
                                                   const char       *message_id);
void        enfilade_chat_page_show_unread        (EnfiladeChatPage *self);
void        enfilade_chat_page_show_date          (EnfiladeChatPage *self,
                                                   GDateTime        *date);
void        enfilade_chat_page_show_dashboard     (EnfiladeChatPage *self);
void        enfilade_chat_page_show_notifications (EnfiladeChatPage *self);

G_END_DECLS
