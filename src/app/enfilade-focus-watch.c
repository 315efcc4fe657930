/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who has asked for something that takes its time is given the focus where it ends, unless they have gone on to something else. */

#include "config.h"

#include "enfilade-focus-watch.h"

#include "enfilade-focus.h"

struct _EnfiladeFocusWatch
{
  GObject    parent_instance;

  GtkWidget *widget;
  GtkRoot   *root;
  GtkWidget *focus;
  gboolean   has_left;
};

G_DEFINE_FINAL_TYPE (EnfiladeFocusWatch, enfilade_focus_watch, G_TYPE_OBJECT)

/* A menu and a button that go away leave the focus to something else; nobody has taken it there. A message out of view stays. */
static gboolean
goes_by_itself (GtkWidget *focus)
{
  return focus != NULL && (!gtk_widget_is_visible (focus) || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL);
}

static void
focus_widget_cb (EnfiladeFocusWatch *self)
{
  GtkWidget *focus = gtk_root_get_focus (self->root);

  /* For a moment, between two that have it. */
  if (focus == NULL)
    return;

  if (!goes_by_itself (self->focus) && self->widget != NULL && !enfilade_focus_is_inside (self->widget))
    self->has_left = TRUE;
  g_set_weak_pointer (&self->focus, focus);
}

/**
 * enfilade_focus_watch_has_left:
 * @self: a watch
 *
 * Returns: whether the person has put the focus outside of the widget since the watch began
 */
gboolean
enfilade_focus_watch_has_left (EnfiladeFocusWatch *self)
{
  g_return_val_if_fail (ENFILADE_IS_FOCUS_WATCH (self), FALSE);

  return self->has_left;
}

static void
enfilade_focus_watch_dispose (GObject *object)
{
  EnfiladeFocusWatch *self = ENFILADE_FOCUS_WATCH (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_weak_pointer (&self->root);
  g_clear_weak_pointer (&self->focus);

  G_OBJECT_CLASS (enfilade_focus_watch_parent_class)->dispose (object);
}

static void
enfilade_focus_watch_class_init (EnfiladeFocusWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = enfilade_focus_watch_dispose;
}

static void
enfilade_focus_watch_init (EnfiladeFocusWatch *self)
{
}

/**
 * enfilade_focus_watch_new:
 * @widget: where the focus is to go to in the end
 *
 * Returns: (transfer full): a watch that begins now
 */
EnfiladeFocusWatch *
enfilade_focus_watch_new (GtkWidget *widget)
{
  EnfiladeFocusWatch *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  self = g_object_new (ENFILADE_TYPE_FOCUS_WATCH, NULL);
  g_set_weak_pointer (&self->widget, widget);
  g_set_weak_pointer (&self->root, gtk_widget_get_root (widget));
  if (self->root != NULL)
    {
      g_set_weak_pointer (&self->focus, gtk_root_get_focus (self->root));
      g_signal_connect_object (self->root, "notify::focus-widget", G_CALLBACK (focus_widget_cb), self, G_CONNECT_SWAPPED);
    }

  return self;
}
