/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-timeline.h"
#include "enfilade-scroll-pin.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_TIMELINE_VIEW (enfilade_timeline_view_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeTimelineView, enfilade_timeline_view, ENFILADE, TIMELINE_VIEW, GtkWidget)

/* Properties: timeline; can-reply: whether the menu offers to answer; at-newest: whether the newest message is in view and stays there; n-new: the messages that came below
 * the view; loading-older; older-error (why loading failed, in words; nullable).
 * Signals: load-older: the reader is near to the oldest message; reply, retry, edit, discard (each with the ChatMessage);
 * show-message (id): the reader wants to see that message, which may be in the timeline or not. */
GtkWidget    *enfilade_timeline_view_new               (void);
ChatTimeline *enfilade_timeline_view_get_timeline      (EnfiladeTimelineView *self);
void          enfilade_timeline_view_set_timeline      (EnfiladeTimelineView *self,
                                                        ChatTimeline         *timeline);
gboolean      enfilade_timeline_view_get_at_newest     (EnfiladeTimelineView *self);
guint         enfilade_timeline_view_get_n_new         (EnfiladeTimelineView *self);
void          enfilade_timeline_view_set_can_reply     (EnfiladeTimelineView *self,
                                                        gboolean              can_reply);
gboolean      enfilade_timeline_view_show_message      (EnfiladeTimelineView *self,
                                                        const char           *id);
void          enfilade_timeline_view_set_loading_older (EnfiladeTimelineView *self,
                                                        gboolean              loading_older);
void          enfilade_timeline_view_set_older_error   (EnfiladeTimelineView *self,
                                                        const char           *older_error);
void          enfilade_timeline_view_scroll            (EnfiladeTimelineView *self,
                                                        GtkScrollType         scroll);
void          enfilade_timeline_view_scroll_to_newest  (EnfiladeTimelineView *self);
void          enfilade_timeline_view_check_older       (EnfiladeTimelineView *self);

/* What keeps the view where it is. */
EnfiladeScrollPin *enfilade_timeline_view_get_pin (EnfiladeTimelineView *self);

G_END_DECLS
