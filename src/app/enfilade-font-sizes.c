/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How high a line of a widget's font is, and how wide a letter. Pango lays out a sentence to tell that, for each widget that asks;
 * a window has a hundred widgets, and five fonts. */

#include "config.h"

#include "enfilade-font-sizes.h"

#include <pango/pangocairo.h>

/* More than a window has; a person who tries out fonts leaves the others behind. */
#define MAX_FONTS 32

typedef struct
{
  GHashTable *sizes;
  guint       serial;
  double      resolution;
} Cache;

/* Only the thread of the widgets comes here. */
static Cache cache;

static void
font_description_free (gpointer data)
{
  pango_font_description_free (data);
}

static EnfiladeFontSizes *
measure (PangoContext *context)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  EnfiladeFontSizes *sizes = g_new (EnfiladeFontSizes, 1);
  int ascent = pango_font_metrics_get_ascent (metrics);

  sizes->line_height = ascent + pango_font_metrics_get_descent (metrics);
  sizes->baseline = ascent;
  sizes->character_width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                                pango_font_metrics_get_approximate_digit_width (metrics));
  pango_font_metrics_unref (metrics);

  return sizes;
}

/* What was measured with other settings says nothing any more. */
static void
ensure_cache (PangoContext *context)
{
  guint serial = pango_font_map_get_serial (pango_context_get_font_map (context));
  double resolution = pango_cairo_context_get_resolution (context);

  if (cache.sizes == NULL)
    cache.sizes = g_hash_table_new_full ((GHashFunc) pango_font_description_hash, (GEqualFunc) pango_font_description_equal,
                                         font_description_free, g_free);
  else if (cache.serial != serial || cache.resolution != resolution || g_hash_table_size (cache.sizes) >= MAX_FONTS)
    g_hash_table_remove_all (cache.sizes);

  cache.serial = serial;
  cache.resolution = resolution;
}

/**
 * enfilade_font_sizes_get:
 * @widget: a widget with text
 *
 * Returns: (transfer none): the sizes of its font; they are gone when the next widget asks
 */
const EnfiladeFontSizes *
enfilade_font_sizes_get (GtkWidget *widget)
{
  PangoContext *context;
  PangoFontDescription *description;
  EnfiladeFontSizes *sizes;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  context = gtk_widget_get_pango_context (widget);
  description = pango_context_get_font_description (context);
  ensure_cache (context);

  sizes = g_hash_table_lookup (cache.sizes, description);
  if (sizes == NULL)
    {
      sizes = measure (context);
      g_hash_table_insert (cache.sizes, pango_font_description_copy (description), sizes);
    }

  return sizes;
}
