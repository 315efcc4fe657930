/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture of who has none, for rows. AdwAvatar is five widgets, and a window that opens shows twenty: an eighth of all that it
 * takes to its first frame. This is one label that has the name of its style, so that both look alike. */

#include "config.h"

#include "enfilade-initials.h"

/* The style has so many classes of colours. */
#define N_COLOURS 14

static void
append_initial (GString    *initials,
                const char *word)
{
  gunichar initial = g_utf8_get_char (word);

  if (initial != 0)
    g_string_append_unichar (initials, initial);
}

/* Those of the first and of the last word. */
static char *
dup_initials (const char *name)
{
  g_autofree char *upper = g_utf8_strup (name, -1);
  g_autofree char *composed = g_utf8_normalize (g_strstrip (upper), -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *initials = g_string_new (NULL);
  const char *last = NULL;

  if (composed != NULL)
    {
      last = g_utf8_strrchr (composed, -1, ' ');
      append_initial (initials, composed);
      if (last != NULL)
        append_initial (initials, last + 1);
    }

  return g_string_free (initials, FALSE);
}

/**
 * enfilade_initials_new:
 * @size: width and height, in pixels
 *
 * Returns: (transfer floating): a round picture; a screen reader does not tell of it
 */
GtkWidget *
enfilade_initials_new (int size)
{
  g_return_val_if_fail (size > 0, NULL);

  return g_object_new (GTK_TYPE_LABEL,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "css-name", "avatar",
                       "height-request", size,
                       "halign", GTK_ALIGN_CENTER,
                       "valign", GTK_ALIGN_CENTER,
                       "width-request", size,
                       NULL);
}

/**
 * enfilade_initials_set_name:
 * @initials: what enfilade_initials_new() made
 * @name: whose picture it is
 *
 * Shows the initials of the name, in the colour that AdwAvatar has for it.
 */
void
enfilade_initials_set_name (GtkWidget  *initials,
                            const char *name)
{
  g_autofree char *text = NULL;
  g_autofree char *colour = NULL;

  g_return_if_fail (GTK_IS_LABEL (initials));
  g_return_if_fail (name != NULL);

  text = dup_initials (name);
  colour = g_strdup_printf ("color%u", g_str_hash (name) % N_COLOURS + 1);
  gtk_label_set_label (GTK_LABEL (initials), text);
  gtk_widget_set_css_classes (initials, (const char *[]) { colour, NULL });
}
