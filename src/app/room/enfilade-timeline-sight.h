/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-message.h"

G_BEGIN_DECLS

/* What of a timeline can be seen: its rows as they stand in the view. */
GtkWidget   *enfilade_timeline_sight_find_row   (GtkWidget   *list,
                                                 ChatMessage *message);
GtkWidget   *enfilade_timeline_sight_find_around (GtkWidget   *list,
                                                 GtkWidget   *widget);
gboolean     enfilade_timeline_sight_is_stale   (GtkWidget   *list,
                                                 GtkWidget   *row);
gboolean     enfilade_timeline_sight_is_whole   (GtkWidget   *row,
                                                 GtkWidget   *scroller);
GtkWidget   *enfilade_timeline_sight_get_lowest (GtkWidget   *list,
                                                 GtkWidget   *scroller);
ChatMessage *enfilade_timeline_sight_get_top    (GtkWidget   *list,
                                                 GtkWidget   *scroller,
                                                 double      *offset);
ChatMessage *enfilade_timeline_sight_get_read   (GtkWidget   *list,
                                                 GtkWidget   *scroller);

G_END_DECLS
