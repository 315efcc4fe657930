/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_UNREAD_ROW (enfilade_unread_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeUnreadRow, enfilade_unread_row, ENFILADE, UNREAD_ROW, GtkWidget)

/* The line above the first message that was not read before. */
GtkWidget *enfilade_unread_row_new (void);

G_END_DECLS
