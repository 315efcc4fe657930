/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-timeline-item.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_MESSAGE_ROW (enfilade_message_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeMessageRow, enfilade_message_row, ENFILADE, MESSAGE_ROW, GtkWidget)

/* Properties: item.
 * Signals: retry, discard; menu (double x, double y): a context menu was asked for at that point of the row. */
GtkWidget        *enfilade_message_row_new               (void);
ChatTimelineItem *enfilade_message_row_get_item          (EnfiladeMessageRow *self);
void              enfilade_message_row_set_item          (EnfiladeMessageRow *self,
                                                          ChatTimelineItem   *item);
ChatMessage      *enfilade_message_row_get_message       (EnfiladeMessageRow *self);
char             *enfilade_message_row_dup_selected_text (EnfiladeMessageRow *self);
char             *enfilade_message_row_dup_link          (EnfiladeMessageRow *self);

G_END_DECLS
