/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The app's settings. g_settings_new() ends the program when the schema is not installed; a person who starts a copy of the
 * program from somewhere should get a window and a sentence instead.
 *
 * A profile, named by the environment variable ENFILADE_PROFILE, has settings of its own in a file, so that two people can use
 * the app at the same desktop at the same time. */

#include "config.h"

#include "enfilade-settings.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#define ROOT_PATH "/chat/enfilade/Enfilade/"

/**
 * enfilade_settings_get_profile:
 *
 * Returns: (nullable): the profile's name, which fits into an application id; %NULL for the usual one
 */
const char *
enfilade_settings_get_profile (void)
{
  static char *profile;
  static gsize initialized;

  if (g_once_init_enter (&initialized))
    {
      const char *name = g_getenv ("ENFILADE_PROFILE");

      if (name != NULL && name[0] != '\0')
        profile = g_strcanon (g_strdup (name), G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS, '_');
      g_once_init_leave (&initialized, 1);
    }

  return profile;
}

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsBackend) backend = NULL;
  g_autoptr(GSettingsSchema) schema = NULL;
  const char *profile = enfilade_settings_get_profile ();

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);

  if (schema == NULL)
    {
      g_printerr ("The settings schema %s is not installed: the settings are not kept. "
                  "Install Enfilade, or set GSETTINGS_SCHEMA_DIR to the folder of its compiled schema.\n", APP_ID);
      return NULL;
    }

  if (profile != NULL)
    {
      g_autofree char *name = g_strconcat (profile, ".ini", NULL);
      g_autofree char *path = g_build_filename (g_get_user_config_dir (), "enfilade", name, NULL);

      backend = g_keyfile_settings_backend_new (path, ROOT_PATH, "Enfilade");
    }

  return g_settings_new_full (schema, backend, NULL);
}

/**
 * enfilade_settings_get_default:
 *
 * Returns: (transfer none) (nullable): the settings, or %NULL when their schema is not installed, which was then said
 */
GSettings *
enfilade_settings_get_default (void)
{
  static GSettings *settings;
  static gsize initialized;

  if (g_once_init_enter (&initialized))
    {
      settings = open_settings ();
      g_once_init_leave (&initialized, 1);
    }

  return settings;
}

/**
 * enfilade_settings_get_boolean:
 * @key: a key of the schema
 * @fallback: what it is when there are no settings
 *
 * Returns: the key's value
 */
gboolean
enfilade_settings_get_boolean (const char *key,
                               gboolean    fallback)
{
  GSettings *settings = enfilade_settings_get_default ();

  g_return_val_if_fail (key != NULL, fallback);

  return settings != NULL ? g_settings_get_boolean (settings, key) : fallback;
}

/**
 * enfilade_settings_keep_string:
 * @settings: settings
 * @key: a key of them
 * @value: its value
 *
 * Writes the value, but not where it is that already: a profile's settings are a file that is written as a whole, and waited for.
 */
void
enfilade_settings_keep_string (GSettings  *settings,
                               const char *key,
                               const char *value)
{
  g_autofree char *before = NULL;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (key != NULL && value != NULL);

  before = g_settings_get_string (settings, key);
  if (!g_str_equal (before, value))
    g_settings_set_string (settings, key, value);
}
