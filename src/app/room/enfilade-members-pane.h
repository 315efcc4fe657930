/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-member-list.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_MEMBERS_PANE (enfilade_members_pane_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeMembersPane, enfilade_members_pane, ENFILADE, MEMBERS_PANE, GtkWidget)

/* Who is in the room. Properties: members. */
GtkWidget      *enfilade_members_pane_new         (void);
ChatMemberList *enfilade_members_pane_get_members (EnfiladeMembersPane *self);
void            enfilade_members_pane_set_members (EnfiladeMembersPane *self,
                                                   ChatMemberList      *members);

G_END_DECLS
