/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void enfilade_message_gestures_add (GtkWidget *list);

G_END_DECLS
