/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-preferences-window.h"
#include "enfilade-settings.h"
#include "test-app.h"

static void
test_settings (void)
{
  GSettings *settings = enfilade_settings_get_default ();
  EnfiladePreferencesWindow *window = enfilade_preferences_window_new (settings);
  GtkSwitch *notifications = GTK_SWITCH (test_find_widget (window, "notifications"));
  GtkSwitch *send_with_enter = GTK_SWITCH (test_find_widget (window, "send_with_enter"));

  g_assert_nonnull (settings);
  g_assert_true (gtk_switch_get_active (notifications));
  g_assert_true (gtk_switch_get_active (send_with_enter));

  gtk_switch_set_active (notifications, FALSE);
  g_assert_false (g_settings_get_boolean (settings, "notifications"));
  g_assert_false (enfilade_settings_get_boolean ("notifications", TRUE));

  g_settings_set_boolean (settings, "send-with-enter", FALSE);
  g_assert_false (gtk_switch_get_active (send_with_enter));

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_without_settings (void)
{
  EnfiladePreferencesWindow *window = enfilade_preferences_window_new (NULL);

  g_assert_true (gtk_widget_get_visible (test_find_widget (window, "unavailable")));
  g_assert_false (gtk_widget_is_sensitive (test_find_widget (window, "notifications")));

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/preferences-window/settings", test_settings);
  g_test_add_func ("/preferences-window/without-settings", test_without_settings);

  return g_test_run ();
}
