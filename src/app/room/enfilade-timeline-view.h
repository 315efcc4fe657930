/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-timeline.h"
#include "enfilade-scroll-pin.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_TIMELINE_VIEW (enfilade_timeline_view_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeTimelineView, enfilade_timeline_view, ENFILADE, TIMELINE_VIEW, GtkWidget)

/* Properties: timeline; can-reply: whether the menu offers to answer; at-newest: whether the newest message is in view and stays there;
 * has-newer: whether the timeline ends before the newest message; n-new: how many messages below the view are new; loading-older,
 * loading-newer; older-error, newer-error (why loading failed, in words; nullable).
 * Signals: load-older, load-newer: the reader is near to that end; show-newest: the reader goes to the newest message, which may be
 * in the timeline or not; moved: something else may be in view; reply, retry, edit, discard, mark-unread (each with the
 * ChatMessage); show-message (id): the reader wants to see that message, which may be in the timeline or not. */
GtkWidget    *enfilade_timeline_view_new               (void);
ChatTimeline *enfilade_timeline_view_get_timeline      (EnfiladeTimelineView *self);
void          enfilade_timeline_view_set_timeline      (EnfiladeTimelineView *self,
                                                        ChatTimeline         *timeline);
void          enfilade_timeline_view_open              (EnfiladeTimelineView *self,
                                                        ChatTimeline         *timeline,
                                                        gboolean              has_newer,
                                                        ChatMessage          *top,
                                                        double                offset);
gboolean      enfilade_timeline_view_get_at_newest     (EnfiladeTimelineView *self);
void          enfilade_timeline_view_set_has_newer     (EnfiladeTimelineView *self,
                                                        gboolean              has_newer);
guint         enfilade_timeline_view_get_n_new         (EnfiladeTimelineView *self);
void          enfilade_timeline_view_set_n_new         (EnfiladeTimelineView *self,
                                                        guint                 n_new);
void          enfilade_timeline_view_set_can_reply     (EnfiladeTimelineView *self,
                                                        gboolean              can_reply);
void          enfilade_timeline_view_set_loading_older (EnfiladeTimelineView *self,
                                                        gboolean              loading_older);
void          enfilade_timeline_view_set_loading_newer (EnfiladeTimelineView *self,
                                                        gboolean              loading_newer);
void          enfilade_timeline_view_set_older_error   (EnfiladeTimelineView *self,
                                                        const char           *older_error);
void          enfilade_timeline_view_set_newer_error   (EnfiladeTimelineView *self,
                                                        const char           *newer_error);
void          enfilade_timeline_view_scroll            (EnfiladeTimelineView *self,
                                                        GtkScrollType         scroll);
void          enfilade_timeline_view_scroll_to_newest  (EnfiladeTimelineView *self);
gboolean      enfilade_timeline_view_show_message      (EnfiladeTimelineView *self,
                                                        const char           *id,
                                                        gboolean              with_focus);
gboolean      enfilade_timeline_view_get_place         (EnfiladeTimelineView *self,
                                                        ChatMessage         **top,
                                                        double               *offset);
ChatMessage  *enfilade_timeline_view_get_read          (EnfiladeTimelineView *self);
void          enfilade_timeline_view_check_ends        (EnfiladeTimelineView *self);

/* What keeps the view where it is. */
EnfiladeScrollPin *enfilade_timeline_view_get_pin (EnfiladeTimelineView *self);

G_END_DECLS
