/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "chat-message.h"

G_BEGIN_DECLS

#define CHAT_TYPE_TIMELINE_ITEM (chat_timeline_item_get_type ())

G_DECLARE_FINAL_TYPE (ChatTimelineItem, chat_timeline_item, CHAT, TIMELINE_ITEM, GObject)

typedef enum
{
  CHAT_TIMELINE_MESSAGE,
  CHAT_TIMELINE_DAY,
  CHAT_TIMELINE_UNREAD,
} ChatTimelineKind;

/* Properties: message (nullable), group-start: whether the sender's name and picture stand above this message. */
ChatTimelineKind  chat_timeline_item_get_kind        (ChatTimelineItem *self);
ChatMessage      *chat_timeline_item_get_message     (ChatTimelineItem *self);
GDateTime        *chat_timeline_item_get_date        (ChatTimelineItem *self);
gboolean          chat_timeline_item_get_group_start (ChatTimelineItem *self);

G_END_DECLS
