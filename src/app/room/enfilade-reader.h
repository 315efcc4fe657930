/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-room.h"
#include "enfilade-timeline-view.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_READER (enfilade_reader_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeReader, enfilade_reader, ENFILADE, READER, GObject)

/* Tells a room what of it the person in front of its timeline has read, and where they are. */
EnfiladeReader *enfilade_reader_new        (EnfiladeTimelineView *timeline);
void            enfilade_reader_set_room   (EnfiladeReader       *self,
                                            ChatRoom             *room);
void            enfilade_reader_look       (EnfiladeReader       *self);
void            enfilade_reader_keep_place (EnfiladeReader       *self);
void            enfilade_reader_resume     (EnfiladeReader       *self);

G_END_DECLS
