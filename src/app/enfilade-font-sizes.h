/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All in Pango's units. */
typedef struct
{
  int line_height;
  int baseline;
  int character_width;
} EnfiladeFontSizes;

const EnfiladeFontSizes *enfilade_font_sizes_get (GtkWidget *widget);

G_END_DECLS
