/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What draws icons is some megabytes of libraries, and what is known of them some hundred folders. GTK loads the one and reads the
 * other when the first icon is wanted, which holds up the first window; so threads do it before. */

#include "config.h"

#include "enfilade-icons.h"

#include <gtk/gtk.h>

#define ICON_PATH "/chat/enfilade/Enfilade/icons/scalable/actions/enfilade-online-symbolic.svg"

static gpointer
load (gpointer data)
{
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GError) error = NULL;

  pixbuf = gdk_pixbuf_new_from_resource (ICON_PATH, &error);
  if (pixbuf == NULL)
    g_debug ("No icon is drawn ahead: %s", error->message);

  return NULL;
}

/**
 * enfilade_icons_load_ahead:
 *
 * Has a thread draw an icon, so that all is loaded that this needs.
 */
void
enfilade_icons_load_ahead (void)
{
  g_thread_unref (g_thread_new ("icons", load, NULL));
}

static gpointer
read_theme (gpointer data)
{
  g_autoptr(GtkIconTheme) theme = data;

  gtk_icon_theme_has_icon (theme, "image-missing");

  return NULL;
}

/**
 * enfilade_icons_read_theme_ahead:
 *
 * Has a thread read which icons there are. GTK lets a thread look one up, and has whoever comes meanwhile wait for it. All the
 * places are known where icons are: with each that is added the theme is read again.
 */
void
enfilade_icons_read_theme_ahead (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  g_thread_unref (g_thread_new ("icon-theme", read_theme, g_object_ref (theme)));
}
