/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_SCROLL_PIN (enfilade_scroll_pin_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeScrollPin, enfilade_scroll_pin, ENFILADE, SCROLL_PIN, GObject)

/* Properties: pinned: whether the list stands at its end and stays there.
 * Signals: near-start: less than two pages are left above; more may be loaded; near-end: the same below, where the list is
 * open-ended; arrived: the item that was to be shown is where it should be, or the list at its end. */
EnfiladeScrollPin *enfilade_scroll_pin_new            (GtkWidget         *owner,
                                                       GtkListView       *list,
                                                       GtkAdjustment     *adjustment);
gboolean           enfilade_scroll_pin_get_pinned     (EnfiladeScrollPin *self);
gboolean           enfilade_scroll_pin_is_settled     (EnfiladeScrollPin *self);
void               enfilade_scroll_pin_set_open_ended (EnfiladeScrollPin *self,
                                                       gboolean           open_ended);
void               enfilade_scroll_pin_open           (EnfiladeScrollPin *self);
void               enfilade_scroll_pin_open_at        (EnfiladeScrollPin *self,
                                                       guint              position,
                                                       double             y);
void               enfilade_scroll_pin_scroll_to_end  (EnfiladeScrollPin *self);
void               enfilade_scroll_pin_hold           (EnfiladeScrollPin *self);
gboolean           enfilade_scroll_pin_settle         (EnfiladeScrollPin *self);
void               enfilade_scroll_pin_check_ends     (EnfiladeScrollPin *self);

void               enfilade_scroll_pin_mark_row       (GtkWidget         *row,
                                                       GtkListItem       *list_item);
GtkListItem       *enfilade_scroll_pin_get_marked     (GtkWidget         *row);

G_END_DECLS
