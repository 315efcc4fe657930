/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A menu is some forty widgets, and a window that was just opened has several that nobody asked for yet. */

#include "config.h"

#include "enfilade-late-menu.h"

static void
create_menu (GtkMenuButton *button,
             gpointer       user_data)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, user_data);
}

/**
 * enfilade_late_menu_attach:
 * @button: a button
 * @model: its menu
 *
 * Gives the button a menu that is built when it is opened for the first time.
 */
void
enfilade_late_menu_attach (GtkMenuButton *button,
                           GMenuModel    *model)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (model));

  gtk_menu_button_set_create_popup_func (button, create_menu, g_object_ref (model), g_object_unref);
}
