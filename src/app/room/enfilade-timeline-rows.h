/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-timeline.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_TIMELINE_ROWS (enfilade_timeline_rows_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeTimelineRows, enfilade_timeline_rows, ENFILADE, TIMELINE_ROWS, GObject)

/* The rows of a timeline's list, and the one menu of all of them.
 * Signals: asked (what, ChatMessage): the person wants to reply, retry, edit, discard or mark-unread; show-message (id). */
EnfiladeTimelineRows *enfilade_timeline_rows_new           (GtkWidget            *owner,
                                                            GtkListView          *list,
                                                            GMenuModel           *menu);
void                  enfilade_timeline_rows_set_timeline  (EnfiladeTimelineRows *self,
                                                            ChatTimeline         *timeline);
void                  enfilade_timeline_rows_set_can_reply (EnfiladeTimelineRows *self,
                                                            gboolean              can_reply);
ChatMessage          *enfilade_timeline_rows_get_shown     (EnfiladeTimelineRows *self);
void                  enfilade_timeline_rows_set_shown     (EnfiladeTimelineRows *self,
                                                            ChatMessage          *message);
void                  enfilade_timeline_rows_present_menu  (EnfiladeTimelineRows *self);

G_END_DECLS
