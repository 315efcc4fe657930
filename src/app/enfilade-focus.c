/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-focus.h"

/**
 * enfilade_focus_is_inside:
 * @widget: a widget
 *
 * What goes away while it has the focus leaves it to GTK, which gives it to whatever comes next. Who goes away asks here first, and
 * gives it to where the person would look for it.
 *
 * Returns: whether the focus of the window is in the widget, or the widget has it itself
 */
gboolean
enfilade_focus_is_inside (GtkWidget *widget)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  root = gtk_widget_get_root (widget);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}
