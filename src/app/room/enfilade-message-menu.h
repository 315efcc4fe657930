/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "enfilade-message-row.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_MESSAGE_MENU (enfilade_message_menu_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeMessageMenu, enfilade_message_menu, ENFILADE, MESSAGE_MENU, GObject)

/* The one context menu of all messages of a timeline. Signals, each with the ChatMessage: reply, retry, edit, discard,
 * mark-unread. */
EnfiladeMessageMenu *enfilade_message_menu_new           (GtkWidget           *owner,
                                                          GMenuModel          *model);
void                 enfilade_message_menu_set_can_reply (EnfiladeMessageMenu *self,
                                                          gboolean             can_reply);
void                 enfilade_message_menu_popup         (EnfiladeMessageMenu *self,
                                                          EnfiladeMessageRow  *row,
                                                          double               x,
                                                          double               y);
void                 enfilade_message_menu_present       (EnfiladeMessageMenu *self);

G_END_DECLS
