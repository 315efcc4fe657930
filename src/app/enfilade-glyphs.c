/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Has the letters of the first window drawn while its widgets are built. Cairo loads each letter of each font when it is first
 * measured, and keeps it for the whole program. Where letters of two sizes are wanted by turns, as a list of rooms and messages
 * wants them, the font is set up anew for each turn. A thread of its own asks for one size after the other. */

#include "config.h"

#include <pango/pangocairo.h>

#include "enfilade-glyphs.h"

/* As the style has them. */
#define SMALL_POINTS 9

#define LETTERS \
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;!?'\"()/-_@#&%+*=<>~\u2026\u2019"

enum
{
  USUAL,
  BOLD,
  SMALL,
  N_FONTS
};

typedef struct
{
  PangoFontDescription *fonts[N_FONTS];
  cairo_font_options_t *options;
  double                resolution;
  gboolean              round_positions;
} Request;

/* What the widgets will ask for. */
static Request *
create_request (void)
{
  g_autoptr(GtkWidget) label = g_object_ref_sink (gtk_label_new (NULL));
  PangoContext *context = gtk_widget_get_pango_context (label);
  const cairo_font_options_t *options = pango_cairo_context_get_font_options (context);
  Request *request = g_new0 (Request, 1);

  request->options = options != NULL ? cairo_font_options_copy (options) : cairo_font_options_create ();
  request->resolution = pango_cairo_context_get_resolution (context);
  request->round_positions = pango_context_get_round_glyph_positions (context);

  for (guint i = 0; i < N_FONTS; i++)
    request->fonts[i] = pango_font_description_copy (pango_context_get_font_description (context));
  pango_font_description_set_weight (request->fonts[BOLD], PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (request->fonts[SMALL], SMALL_POINTS * PANGO_SCALE * request->resolution / 72);

  return request;
}

static void
request_free (Request *request)
{
  for (guint i = 0; i < N_FONTS; i++)
    pango_font_description_free (request->fonts[i]);
  cairo_font_options_destroy (request->options);
  g_free (request);
}

/* Large enough for the whole line: what is outside is not drawn. */
static void
draw (PangoLayout *layout)
{
  cairo_surface_t *surface;
  cairo_t *cairo;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, MAX (width, 1), MAX (height, 1));
  cairo = cairo_create (surface);
  pango_cairo_show_layout (cairo, layout);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}

static gpointer
draw_letters (gpointer data)
{
  Request *request = data;
  g_autoptr(PangoFontMap) map = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (map);
  g_autoptr(PangoLayout) layout = pango_layout_new (context);

  pango_cairo_context_set_font_options (context, request->options);
  pango_cairo_context_set_resolution (context, request->resolution);
  pango_context_set_round_glyph_positions (context, request->round_positions);
  pango_layout_set_text (layout, LETTERS, -1);

  for (guint i = 0; i < N_FONTS; i++)
    {
      pango_layout_set_font_description (layout, request->fonts[i]);
      draw (layout);
    }
  g_object_unref (context);
  request_free (request);

  return NULL;
}

/**
 * enfilade_glyphs_load_early:
 *
 * Returns: (transfer full): the thread that has the letters loaded; nobody has to wait for it
 */
GThread *
enfilade_glyphs_load_early (void)
{
  return g_thread_new ("glyphs", draw_letters, create_request ());
}
