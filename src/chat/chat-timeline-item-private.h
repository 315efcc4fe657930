/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-timeline-item.h"

G_BEGIN_DECLS

ChatTimelineItem *chat_timeline_item_new_message     (ChatMessage      *message);
ChatTimelineItem *chat_timeline_item_new_day         (GDateTime        *date);
ChatTimelineItem *chat_timeline_item_new_unread      (void);
gboolean          chat_timeline_item_equal           (ChatTimelineItem *self,
                                                      ChatTimelineItem *other);
void              chat_timeline_item_set_group_start (ChatTimelineItem *self,
                                                      gboolean          group_start);

G_END_DECLS
