/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-timeline.h"
#include "enfilade-scroll-pin.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_TIMELINE_FOCUS (enfilade_timeline_focus_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeTimelineFocus, enfilade_timeline_focus, ENFILADE, TIMELINE_FOCUS, GObject)

EnfiladeTimelineFocus *enfilade_timeline_focus_new          (GtkWidget             *owner,
                                                             GtkListView           *list,
                                                             GtkScrolledWindow     *scroller,
                                                             EnfiladeScrollPin     *pin);
void                   enfilade_timeline_focus_set_timeline (EnfiladeTimelineFocus *self,
                                                             ChatTimeline          *timeline);
void                   enfilade_timeline_focus_set_root     (EnfiladeTimelineFocus *self,
                                                             GtkRoot               *root);
gboolean               enfilade_timeline_focus_enter        (EnfiladeTimelineFocus *self);
void                   enfilade_timeline_focus_take         (EnfiladeTimelineFocus *self);
void                   enfilade_timeline_focus_grab         (EnfiladeTimelineFocus *self,
                                                             GtkWidget             *row);

G_END_DECLS
