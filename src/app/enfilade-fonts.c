/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The letters of a window take a tenth of the time that a window takes: a font is looked for, read, and each of its letters drawn
 * once. Pango looks for fonts in threads of its own, and Cairo keeps drawn letters for all threads; so that what most windows show
 * is drawn while others are at work. Whatever is missing then, because a text is in another script or another size, is drawn when
 * it is wanted. */

#include "config.h"

#include "enfilade-fonts.h"

#include <gtk/gtk.h>
#include <pango/pangocairo.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?'’“”()-–…#@/"

/* The usual text, what is bold in it, and what is small. */
#define N_FONTS 3

/* Of what stands beside a message, in style.css, in points. */
#define SMALL 9.0

/* In pixels. Nobody sees it, but only what is on it is drawn. */
#define WIDTH 2000
#define HEIGHT 64

typedef struct
{
  cairo_scaled_font_t *fonts[N_FONTS];
  double               scale;
} Letters;

static PangoFontDescription *
create_description (PangoContext *context,
                    gboolean      is_bold,
                    gboolean      is_small)
{
  PangoFontDescription *description = pango_font_description_copy (pango_context_get_font_description (context));

  if (is_bold)
    pango_font_description_set_weight (description, PANGO_WEIGHT_BOLD);
  if (is_small)
    pango_font_description_set_absolute_size (description, SMALL / 72 * pango_cairo_context_get_resolution (context) * PANGO_SCALE);

  return description;
}

static cairo_scaled_font_t *
load_font (PangoContext         *context,
           PangoFontDescription *description)
{
  g_autoptr(PangoFont) font = pango_context_load_font (context, description);

  return PANGO_IS_CAIRO_FONT (font) ? cairo_scaled_font_reference (pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font))) : NULL;
}

/* All are looked for before one is waited for. */
static void
load_fonts (PangoContext *context,
            Letters      *letters)
{
  PangoFontDescription *descriptions[N_FONTS];
  PangoFontset *sets[N_FONTS];

  for (guint i = 0; i < N_FONTS; i++)
    {
      descriptions[i] = create_description (context, i == 1, i == 2);
      sets[i] = pango_context_load_fontset (context, descriptions[i], pango_context_get_language (context));
    }

  for (guint i = 0; i < N_FONTS; i++)
    {
      letters->fonts[i] = load_font (context, descriptions[i]);
      pango_font_description_free (descriptions[i]);
      g_clear_object (&sets[i]);
    }
}

static gpointer
draw (gpointer data)
{
  g_autofree Letters *letters = data;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cairo = NULL;

  cairo_surface_set_device_scale (surface, letters->scale, letters->scale);
  cairo = cairo_create (surface);
  for (guint i = 0; i < N_FONTS; i++)
    if (letters->fonts[i] != NULL)
      {
        cairo_set_scaled_font (cairo, letters->fonts[i]);
        cairo_move_to (cairo, 0, HEIGHT / 2 / letters->scale);
        cairo_show_text (cairo, LETTERS);
        cairo_scaled_font_destroy (letters->fonts[i]);
      }

  cairo_destroy (cairo);
  cairo_surface_destroy (surface);

  return NULL;
}

/**
 * enfilade_fonts_load_ahead:
 *
 * Has a thread draw the letters that most windows show, so that they are there when the first one is painted. GTK has been
 * initialized.
 */
void
enfilade_fonts_load_ahead (void)
{
  g_autoptr(GtkWidget) label = g_object_ref_sink (gtk_label_new (NULL));
  Letters *letters = g_new0 (Letters, 1);

  letters->scale = gtk_widget_get_scale_factor (label);
  load_fonts (gtk_widget_get_pango_context (label), letters);
  g_thread_unref (g_thread_new ("letters", draw, letters));
}
