/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program: its command line, its actions and its one window. */

#include "config.h"

#include "enfilade-application.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "enfilade-options.h"
#include "enfilade-settings.h"
#include "enfilade-window.h"

#define EXIT_BAD_OPTIONS 2

struct _EnfiladeApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (EnfiladeApplication, enfilade_application, ADW_TYPE_APPLICATION)

static EnfiladeWindow *
ensure_window (EnfiladeApplication *self)
{
  for (GList *iter = gtk_application_get_windows (GTK_APPLICATION (self)); iter != NULL; iter = iter->next)
    {
      if (ENFILADE_IS_WINDOW (iter->data))
        return iter->data;
    }

  return enfilade_window_new (self);
}

static void
enfilade_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (ENFILADE_APPLICATION (application))));
}

static int
enfilade_application_command_line (GApplication            *application,
                                   GApplicationCommandLine *command_line)
{
  g_autoptr(EnfiladeOptions) options = NULL;

  options = enfilade_options_new (g_application_command_line_get_options_dict (command_line));
  g_application_activate (application);

  return EXIT_SUCCESS;
}

static int
fail_options (GError *error)
{
  g_printerr ("enfilade: %s\n%s\n", error->message, _("“enfilade --help” tells which options there are."));

  return EXIT_BAD_OPTIONS;
}

/* In the process that was started, also where another one will answer: what is wrong is said where it was typed, and the
 * password is read from here. */
static int
enfilade_application_handle_local_options (GApplication *application,
                                           GVariantDict *options)
{
  g_autoptr(GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Enfilade %s\n", VERSION);
      return EXIT_SUCCESS;
    }

  if (!enfilade_options_check (options, &error))
    return fail_options (error);

  if (g_variant_dict_contains (options, ENFILADE_OPTION_USER))
    {
      g_autoptr(GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
      g_autofree char *password = NULL;

      password = enfilade_options_read_password (g_getenv ("ENFILADE_PASSWORD"), stream, &error);
      if (password == NULL)
        return fail_options (error);
      g_variant_dict_insert (options, ENFILADE_OPTION_PASSWORD, "s", password);
    }

  return -1;
}

static void
quit_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  EnfiladeApplication *self = user_data;

  gtk_window_close (GTK_WINDOW (ensure_window (self)));
  g_application_quit (G_APPLICATION (self));
}

static const GActionEntry actions[] = {
  { "quit", quit_activated },
};

static void
enfilade_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (enfilade_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
}

static void
enfilade_application_class_init (EnfiladeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = enfilade_application_activate;
  application_class->command_line = enfilade_application_command_line;
  application_class->handle_local_options = enfilade_application_handle_local_options;
  application_class->startup = enfilade_application_startup;
}

static void
enfilade_application_init (EnfiladeApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), enfilade_option_entries);
  g_application_set_option_context_summary (G_APPLICATION (self), _("Chat in rooms"));
}

EnfiladeApplication *
enfilade_application_new (void)
{
  const char *profile = enfilade_settings_get_profile ();
  g_autofree char *id = NULL;

  g_set_application_name ("Enfilade");
  id = profile != NULL ? g_strconcat (APP_ID, ".profile_", profile, NULL) : g_strdup (APP_ID);

  return g_object_new (ENFILADE_TYPE_APPLICATION,
                       "application-id", id,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/chat/enfilade/Enfilade",
                       NULL);
}
