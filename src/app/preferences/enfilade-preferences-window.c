/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-preferences-window.h"

struct _EnfiladePreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  GtkWidget *unavailable;
  GtkWidget *notifications_group;
  GtkWidget *writing_group;
  GtkSwitch *notifications;
  GtkSwitch *send_with_enter;
};

G_DEFINE_FINAL_TYPE (EnfiladePreferencesWindow, enfilade_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
enfilade_preferences_window_class_init (EnfiladePreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/enfilade/Enfilade/preferences/enfilade-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladePreferencesWindow, notifications);
  gtk_widget_class_bind_template_child (widget_class, EnfiladePreferencesWindow, notifications_group);
  gtk_widget_class_bind_template_child (widget_class, EnfiladePreferencesWindow, send_with_enter);
  gtk_widget_class_bind_template_child (widget_class, EnfiladePreferencesWindow, unavailable);
  gtk_widget_class_bind_template_child (widget_class, EnfiladePreferencesWindow, writing_group);
}

static void
enfilade_preferences_window_init (EnfiladePreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * enfilade_preferences_window_new:
 * @settings: (nullable): what is set; without, the window says that nothing can be
 *
 * Returns: (transfer none): a window whose switches take effect at once
 */
EnfiladePreferencesWindow *
enfilade_preferences_window_new (GSettings *settings)
{
  EnfiladePreferencesWindow *self;

  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (ENFILADE_TYPE_PREFERENCES_WINDOW, NULL);
  gtk_widget_set_visible (self->unavailable, settings == NULL);
  gtk_widget_set_sensitive (self->notifications_group, settings != NULL);
  gtk_widget_set_sensitive (self->writing_group, settings != NULL);
  if (settings != NULL)
    {
      g_settings_bind (settings, "notifications", self->notifications, "active", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "send-with-enter", self->send_with_enter, "active", G_SETTINGS_BIND_DEFAULT);
    }

  return self;
}
