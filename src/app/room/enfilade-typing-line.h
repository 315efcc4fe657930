/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_TYPING_LINE (enfilade_typing_line_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeTypingLine, enfilade_typing_line, ENFILADE, TYPING_LINE, GtkWidget)

/* Who is writing just now, in one line that keeps its place when nobody is. Properties: names (GStrv, nullable). */
GtkWidget  *enfilade_typing_line_new       (void);
const char *enfilade_typing_line_get_label (EnfiladeTypingLine *self);
void        enfilade_typing_line_set_names (EnfiladeTypingLine *self,
                                            const char * const *names);

G_END_DECLS
