/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-member.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_MEMBER_ROW (enfilade_member_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeMemberRow, enfilade_member_row, ENFILADE, MEMBER_ROW, GtkWidget)

/* Properties: member. */
GtkWidget  *enfilade_member_row_new        (void);
ChatMember *enfilade_member_row_get_member (EnfiladeMemberRow *self);
void        enfilade_member_row_set_member (EnfiladeMemberRow *self,
                                            ChatMember        *member);

G_END_DECLS
