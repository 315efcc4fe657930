/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_JUMP_BUTTON (enfilade_jump_button_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeJumpButton, enfilade_jump_button, ENFILADE, JUMP_BUTTON, GtkButton)

GtkWidget *enfilade_jump_button_new       (void);
void       enfilade_jump_button_set_n_new (EnfiladeJumpButton *self,
                                           guint               n_new);

G_END_DECLS
