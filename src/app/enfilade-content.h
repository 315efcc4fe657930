/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-session.h"
#include "enfilade-room-view.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_CONTENT (enfilade_content_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeContent, enfilade_content, ENFILADE, CONTENT, AdwBin)

/* Properties: session (nullable), room (nullable), page (what is shown: nothing, room or dashboard), folded (whether the list of
 * rooms is hidden behind it). */
void              enfilade_content_set_session    (EnfiladeContent *self,
                                                   ChatSession     *session);
ChatRoom         *enfilade_content_get_room       (EnfiladeContent *self);
void              enfilade_content_set_room       (EnfiladeContent *self,
                                                   ChatRoom        *room);
const char       *enfilade_content_get_page       (EnfiladeContent *self);
EnfiladeRoomView *enfilade_content_get_room_view  (EnfiladeContent *self);
void              enfilade_content_show_dashboard (EnfiladeContent *self);
gboolean          enfilade_content_hide_dashboard (EnfiladeContent *self);
void              enfilade_content_toggle_members (EnfiladeContent *self);
gboolean          enfilade_content_focus          (EnfiladeContent *self);

G_END_DECLS
