/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENFILADE_ROW_LINE_MAX_PARTS 5

typedef struct
{
  GtkWidget *widget;
  int        spacing;
  gboolean   is_text;
} EnfiladeRowPart;

/* Widgets beside each other, from the start to the end. Texts stand on one baseline, what else there is in the middle of the line. One
 * part takes what the others leave, and gives way to them. Those that are not visible, and NULL, take no room. */
typedef struct
{
  EnfiladeRowPart parts[ENFILADE_ROW_LINE_MAX_PARTS];
  guint           n_parts;
  GtkWidget      *yielding;
} EnfiladeRowLine;

void enfilade_row_line_add            (EnfiladeRowLine       *line,
                                       GtkWidget             *widget,
                                       int                    spacing,
                                       gboolean               is_text);
void enfilade_row_line_measure_width  (const EnfiladeRowLine *line,
                                       int                   *minimum,
                                       int                   *natural);
int  enfilade_row_line_measure_height (const EnfiladeRowLine *line);
void enfilade_row_line_allocate       (const EnfiladeRowLine *line,
                                       const GtkAllocation   *place);

G_END_DECLS
