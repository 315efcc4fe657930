/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_MESSAGE_TROUBLE (enfilade_message_trouble_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeMessageTrouble, enfilade_message_trouble, ENFILADE, MESSAGE_TROUBLE, GtkWidget)

/* Signals: retry, edit, discard. */
GtkWidget *enfilade_message_trouble_new        (void);
void       enfilade_message_trouble_set_reason (EnfiladeMessageTrouble *self,
                                                const char             *reason);

G_END_DECLS
