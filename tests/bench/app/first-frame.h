/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the two programs tell that are compared: when their first frame was painted, and what they hold in memory then. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Says what is in the frame: so that a fast one that shows nothing does not count. */
typedef guint (*FirstFrameCount) (GtkWidget *window);

void first_frame_watch (GtkApplication  *application,
                        FirstFrameCount  count_rooms,
                        FirstFrameCount  count_messages);

G_END_DECLS
