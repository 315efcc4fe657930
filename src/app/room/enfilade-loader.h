/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-room.h"
#include "enfilade-timeline-view.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_LOADER (enfilade_loader_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeLoader, enfilade_loader, ENFILADE, LOADER, GObject)

/* Moves a room's window to where the person goes. Signal: failed (text): why it could not go there, in words. */
EnfiladeLoader *enfilade_loader_new          (EnfiladeTimelineView *timeline);
void            enfilade_loader_keep_focus   (EnfiladeLoader       *self);
void            enfilade_loader_set_room     (EnfiladeLoader       *self,
                                              ChatRoom             *room);
void            enfilade_loader_show_message (EnfiladeLoader       *self,
                                              const char           *id);
void            enfilade_loader_show_unread  (EnfiladeLoader       *self);
void            enfilade_loader_show_date    (EnfiladeLoader       *self,
                                              GDateTime            *date);

G_END_DECLS
