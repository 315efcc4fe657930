/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_COMPOSER_FIELD (enfilade_composer_field_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeComposerField, enfilade_composer_field, ENFILADE, COMPOSER_FIELD, GtkWidget)

/* Signals: send: Return or the button was pressed; scroll (GtkScrollType): the keyboard asks the timeline to scroll. */
GtkWidget *enfilade_composer_field_new              (GtkTextBuffer         *buffer);
void       enfilade_composer_field_set_placeholder  (EnfiladeComposerField *self,
                                                     const char            *placeholder);
void       enfilade_composer_field_set_can_send     (EnfiladeComposerField *self,
                                                     gboolean               can_send);
void       enfilade_composer_field_focus            (EnfiladeComposerField *self);
void       enfilade_composer_field_scroll_to_cursor (EnfiladeComposerField *self);

G_END_DECLS
