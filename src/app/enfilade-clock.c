/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-clock.h"

#include <gio/gio.h>
#include <langinfo.h>

static GSettings *
get_interface_settings (void)
{
  static GSettings *settings;
  static gsize initialized;

  if (g_once_init_enter (&initialized))
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr(GSettingsSchema) schema = NULL;

      if (source != NULL)
        schema = g_settings_schema_source_lookup (source, "org.gnome.desktop.interface", TRUE);
      if (schema != NULL && g_settings_schema_has_key (schema, "clock-format"))
        settings = g_settings_new_full (schema, NULL, NULL);
      g_once_init_leave (&initialized, 1);
    }

  return settings;
}

/**
 * enfilade_clock_is_24h:
 *
 * Returns: whether the person's clock goes to 24: as the desktop is set, else as the locale has it
 */
gboolean
enfilade_clock_is_24h (void)
{
  GSettings *settings = get_interface_settings ();

  if (settings != NULL)
    {
      g_autofree char *format = g_settings_get_string (settings, "clock-format");

      return g_strcmp0 (format, "12h") != 0;
    }

  return nl_langinfo (T_FMT_AMPM)[0] == '\0' || strstr (nl_langinfo (T_FMT), "%p") == NULL;
}
