/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-window.h"

#include "enfilade-settings.h"

struct _EnfiladeWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
};

G_DEFINE_FINAL_TYPE (EnfiladeWindow, enfilade_window, ADW_TYPE_APPLICATION_WINDOW)

static void
enfilade_window_class_init (EnfiladeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/enfilade-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeWindow, toasts);
}

static void
enfilade_window_init (EnfiladeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

EnfiladeWindow *
enfilade_window_new (EnfiladeApplication *application)
{
  g_return_val_if_fail (ENFILADE_IS_APPLICATION (application), NULL);

  return g_object_new (ENFILADE_TYPE_WINDOW, "application", application, NULL);
}
