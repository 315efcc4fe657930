/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a GtkLabel is measured that wraps or ellipsizes. By itself it finds out how narrow it can become, which lays the text out
 * letter by letter, whenever somebody asks how high it is, and for each width that comes into question when somebody asks how wide.
 * For a page of messages that takes longer than all the rest of it. Here a text takes the width that there is. */

#include "config.h"

#include "enfilade-font-sizes.h"
#include "enfilade-text-layout.h"

struct _EnfiladeTextLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (EnfiladeTextLayout, enfilade_text_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
enfilade_text_layout_get_request_mode (GtkLayoutManager *manager,
                                       GtkWidget        *widget)
{
  return gtk_label_get_wrap (GTK_LABEL (widget)) ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* The label's own layout is for drawing. @width is in pixels; with -1 a paragraph is a line. */
static PangoLayout *
create_layout (GtkLabel *label,
               int       width)
{
  PangoLayout *layout = pango_layout_copy (gtk_label_get_layout (label));

  pango_layout_set_width (layout, width < 0 ? -1 : width * PANGO_SCALE);

  return layout;
}

/* In Pango's units. */
static int
get_longest_line (GtkLabel *label)
{
  int characters = gtk_label_get_max_width_chars (label);

  return characters < 0 ? G_MAXINT : characters * enfilade_font_sizes_get (GTK_WIDGET (label))->character_width;
}

static void
measure_width (GtkLabel *label,
               int      *minimum,
               int      *natural)
{
  g_autoptr(PangoLayout) layout = create_layout (label, -1);
  gboolean yields = gtk_label_get_wrap (label) || gtk_label_get_ellipsize (label) != PANGO_ELLIPSIZE_NONE;
  int longest = get_longest_line (label);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  if (width > longest && yields)
    {
      /* Lines end with a word, so the longest is shorter than it could be. */
      pango_layout_set_width (layout, longest);
      pango_layout_get_size (layout, &width, NULL);
    }

  *natural = PANGO_PIXELS_CEIL (width);
  *minimum = yields ? 0 : *natural;
}

static void
measure_height (GtkLabel *label,
                int       width,
                int      *minimum,
                int      *natural,
                int      *minimum_baseline,
                int      *natural_baseline)
{
  g_autoptr(PangoLayout) layout = create_layout (label, gtk_label_get_wrap (label) ? width : -1);
  int height;

  pango_layout_get_size (layout, NULL, &height);
  *minimum = *natural = PANGO_PIXELS_CEIL (height);
  *minimum_baseline = *natural_baseline = PANGO_PIXELS_CEIL (pango_layout_get_baseline (layout));
}

static void
enfilade_text_layout_measure (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              GtkOrientation    orientation,
                              int               for_size,
                              int              *minimum,
                              int              *natural,
                              int              *minimum_baseline,
                              int              *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (GTK_LABEL (widget), minimum, natural);
  else
    measure_height (GTK_LABEL (widget), for_size, minimum, natural, minimum_baseline, natural_baseline);
}

/* The label lays its text out anew for drawing. */
static void
enfilade_text_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               int               width,
                               int               height,
                               int               baseline)
{
  GTK_WIDGET_GET_CLASS (widget)->size_allocate (widget, width, height, baseline);
}

static void
enfilade_text_layout_class_init (EnfiladeTextLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->allocate = enfilade_text_layout_allocate;
  manager_class->get_request_mode = enfilade_text_layout_get_request_mode;
  manager_class->measure = enfilade_text_layout_measure;
}

static void
enfilade_text_layout_init (EnfiladeTextLayout *self)
{
}
