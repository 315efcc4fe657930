/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_TIMELINE_EDGE (enfilade_timeline_edge_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeTimelineEdge, enfilade_timeline_edge, ENFILADE, TIMELINE_EDGE, GtkWidget)

/* Properties: label (what is being loaded, for who hears it), loading, error (why loading failed, in words; nullable).
 * Signals: leave: what has the focus goes away; retry: the person asks to try again. */
GtkWidget  *enfilade_timeline_edge_new         (void);
gboolean    enfilade_timeline_edge_get_loading (EnfiladeTimelineEdge *self);
void        enfilade_timeline_edge_set_loading (EnfiladeTimelineEdge *self,
                                                gboolean              loading);
const char *enfilade_timeline_edge_get_error   (EnfiladeTimelineEdge *self);
void        enfilade_timeline_edge_set_error   (EnfiladeTimelineEdge *self,
                                                const char           *error);

G_END_DECLS
