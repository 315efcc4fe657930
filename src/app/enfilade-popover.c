/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A menu that was opened where one is gives the focus back to there. By itself GTK gives it to what comes after the window's
 * first widget, and who uses the keyboard is lost. */

#include "config.h"

#include "enfilade-popover.h"

static GQuark
previous_focus_quark (void)
{
  return g_quark_from_static_string ("enfilade-previous-focus");
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* What was chosen may have taken the focus elsewhere already. */
static void
closed_cb (GtkPopover *popover)
{
  GWeakRef *previous = g_object_get_qdata (G_OBJECT (popover), previous_focus_quark ());
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (popover));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autoptr(GtkWidget) widget = g_weak_ref_get (previous);

  if (widget != NULL && gtk_widget_get_root (widget) == root &&
      (focus == NULL || focus == GTK_WIDGET (popover) || gtk_widget_is_ancestor (focus, GTK_WIDGET (popover))))
    gtk_widget_grab_focus (widget);
}

/**
 * enfilade_popover_popup:
 * @popover: a popover
 *
 * Opens it; what has the focus now has it again when it is closed.
 */
void
enfilade_popover_popup (GtkPopover *popover)
{
  GWeakRef *previous = NULL;
  GtkRoot *root = NULL;

  g_return_if_fail (GTK_IS_POPOVER (popover));

  previous = g_object_get_qdata (G_OBJECT (popover), previous_focus_quark ());
  if (previous == NULL)
    {
      previous = g_new0 (GWeakRef, 1);
      g_weak_ref_init (previous, NULL);
      g_object_set_qdata_full (G_OBJECT (popover), previous_focus_quark (), previous, weak_ref_free);
      g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
    }

  root = gtk_widget_get_root (GTK_WIDGET (popover));
  if (!gtk_widget_get_visible (GTK_WIDGET (popover)))
    g_weak_ref_set (previous, root != NULL ? gtk_root_get_focus (root) : NULL);
  gtk_popover_popup (popover);
}
