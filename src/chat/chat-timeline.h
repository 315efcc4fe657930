/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-message.h"
#include "chat-timeline-item.h"

G_BEGIN_DECLS

#define CHAT_TYPE_TIMELINE (chat_timeline_get_type ())

G_DECLARE_FINAL_TYPE (ChatTimeline, chat_timeline, CHAT, TIMELINE, GObject)

/* A list of ChatTimelineItem: the messages in order, a day row before the first of each day, and the unread marker.
 * Properties: n-messages. */
ChatTimeline *chat_timeline_new                 (void);
guint         chat_timeline_get_n_messages      (ChatTimeline *self);
gboolean      chat_timeline_add                 (ChatTimeline *self,
                                                 ChatMessage  *message);
guint         chat_timeline_add_many            (ChatTimeline *self,
                                                 GPtrArray    *messages);
gboolean      chat_timeline_remove              (ChatTimeline *self,
                                                 ChatMessage  *message);
void          chat_timeline_reorder             (ChatTimeline *self,
                                                 ChatMessage  *message);
void          chat_timeline_clear               (ChatTimeline *self);
void          chat_timeline_trim_start          (ChatTimeline *self,
                                                 guint         n_messages);
void          chat_timeline_trim_end            (ChatTimeline *self,
                                                 guint         n_messages);
gboolean      chat_timeline_contains            (ChatTimeline *self,
                                                 ChatMessage  *message);
ChatMessage  *chat_timeline_find                (ChatTimeline *self,
                                                 const char   *id);
ChatMessage  *chat_timeline_find_by_client_id   (ChatTimeline *self,
                                                 const char   *client_id);
ChatMessage  *chat_timeline_get_first           (ChatTimeline *self);
ChatMessage  *chat_timeline_get_last            (ChatTimeline *self);
ChatMessage  *chat_timeline_get_last_confirmed  (ChatTimeline *self);
void          chat_timeline_set_unread_after    (ChatTimeline *self,
                                                 gint64        seq);
guint         chat_timeline_get_unread_position (ChatTimeline *self);

G_END_DECLS
