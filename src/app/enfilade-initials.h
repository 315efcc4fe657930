/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *enfilade_initials_new      (int         size);
void       enfilade_initials_set_name (GtkWidget  *initials,
                                       const char *name);

G_END_DECLS
