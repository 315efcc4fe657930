/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-timeline-item.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_MESSAGE_ROW (enfilade_message_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeMessageRow, enfilade_message_row, ENFILADE, MESSAGE_ROW, GtkWidget)

/* Properties: item; quoted (the ChatMessage that is answered, as far as it is known; nullable).
 * Signals: retry, edit, discard; show-message (id): the message that is answered was asked for; menu (double x, double y): a context
 * menu was asked for at that point of the row. */
GtkWidget        *enfilade_message_row_new               (void);
ChatTimelineItem *enfilade_message_row_get_item          (EnfiladeMessageRow *self);
void              enfilade_message_row_set_item          (EnfiladeMessageRow *self,
                                                          ChatTimelineItem   *item);
ChatMessage      *enfilade_message_row_get_message       (EnfiladeMessageRow *self);
void              enfilade_message_row_set_quoted        (EnfiladeMessageRow *self,
                                                          ChatMessage        *quoted);
char             *enfilade_message_row_dup_selected_text (EnfiladeMessageRow *self);
char             *enfilade_message_row_dup_link          (EnfiladeMessageRow *self);

G_END_DECLS
