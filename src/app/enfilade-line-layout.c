/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a GtkInscription is measured that is one line in a row of a list: as high as its font, and as wide as there is room. The
 * text does not matter for that, and is not laid out. */

#include "config.h"

#include "enfilade-font-sizes.h"
#include "enfilade-line-layout.h"

struct _EnfiladeLineLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (EnfiladeLineLayout, enfilade_line_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
enfilade_line_layout_get_request_mode (GtkLayoutManager *manager,
                                       GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
enfilade_line_layout_measure (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              GtkOrientation    orientation,
                              int               for_size,
                              int              *minimum,
                              int              *natural,
                              int              *minimum_baseline,
                              int              *natural_baseline)
{
  const EnfiladeFontSizes *sizes = enfilade_font_sizes_get (widget);
  GtkInscription *inscription = GTK_INSCRIPTION (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = PANGO_PIXELS_CEIL (sizes->character_width * (int) gtk_inscription_get_min_chars (inscription));
      *natural = MAX (*minimum, PANGO_PIXELS_CEIL (sizes->character_width * (int) gtk_inscription_get_nat_chars (inscription)));
      return;
    }

  *minimum = *natural = PANGO_PIXELS_CEIL (sizes->line_height);
  *minimum_baseline = *natural_baseline = PANGO_PIXELS_CEIL (sizes->baseline);
}

static void
enfilade_line_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               int               width,
                               int               height,
                               int               baseline)
{
  GTK_WIDGET_GET_CLASS (widget)->size_allocate (widget, width, height, baseline);
}

static void
enfilade_line_layout_class_init (EnfiladeLineLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->allocate = enfilade_line_layout_allocate;
  manager_class->get_request_mode = enfilade_line_layout_get_request_mode;
  manager_class->measure = enfilade_line_layout_measure;
}

static void
enfilade_line_layout_init (EnfiladeLineLayout *self)
{
}
