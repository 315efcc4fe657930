/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-room.h"
#include "enfilade-composer.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_DRAFT (enfilade_draft_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeDraft, enfilade_draft, ENFILADE, DRAFT, GObject)

/* Binds a composer to the room that is written in. Signal: sent: a message of this room was taken. */
EnfiladeDraft *enfilade_draft_new      (EnfiladeComposer *composer);
void           enfilade_draft_set_room (EnfiladeDraft    *self,
                                        ChatRoom         *room);
void           enfilade_draft_keep     (EnfiladeDraft    *self);

G_END_DECLS
