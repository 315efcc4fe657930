/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-session.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_JOIN_ROOM_DIALOG (enfilade_join_room_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeJoinRoomDialog, enfilade_join_room_dialog, ENFILADE, JOIN_ROOM_DIALOG, AdwWindow)

/* Signals: done (ChatRoom): the room is joined. */
EnfiladeJoinRoomDialog *enfilade_join_room_dialog_new (ChatSession *session);

G_END_DECLS
