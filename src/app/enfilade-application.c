/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program: its command line, its actions and its one window. */

#include "config.h"

#include "enfilade-application.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "enfilade-account.h"
#include "enfilade-fonts.h"
#include "enfilade-icons.h"
#include "enfilade-notifier.h"
#include "enfilade-options.h"
#include "enfilade-preferences-window.h"
#include "enfilade-settings.h"
#include "enfilade-window.h"

#define EXIT_BAD_OPTIONS 2

/* Until all is built that comes with a window. In seconds. */
#define TRIM_AFTER 2

struct _EnfiladeApplication
{
  AdwApplication    parent_instance;

  EnfiladeAccount  *account;
  EnfiladeNotifier *notifier;
  EnfiladeWindow   *window;
  guint             trim_id;
};

G_DEFINE_FINAL_TYPE (EnfiladeApplication, enfilade_application, ADW_TYPE_APPLICATION)

/* ── What waits to be sent ──────────────────────────────────────────────────────────────────────────────────────────────── */

static guint
count_waiting (EnfiladeApplication *self)
{
  ChatSession *session = enfilade_account_get_session (self->account);

  return session != NULL ? chat_session_get_n_waiting (session) : 0;
}

static GtkWidget *
create_question (EnfiladeApplication *self,
                 const char          *heading,
                 const char          *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self->window), heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  return dialog;
}

static void
add_destructive (GtkWidget  *dialog,
                 const char *id,
                 const char *label)
{
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), id, label);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), id, ADW_RESPONSE_DESTRUCTIVE);
}

/* To be asked only where something would be lost. */
static void
ask_before_losing (EnfiladeApplication *self,
                   const char          *heading,
                   const char          *label,
                   GCallback            response)
{
  guint n_waiting = count_waiting (self);
  GtkWidget *dialog = create_question (self, heading, NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  ngettext ("%u message was not sent yet and will be lost.",
                                            "%u messages were not sent yet and will be lost.", n_waiting), n_waiting);
  add_destructive (dialog, "lose", label);
  g_signal_connect_object (dialog, "response::lose", response, self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ── The window ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Closed, not only left: a window writes its size down when it is. */
static void
quit (EnfiladeApplication *self)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_application_quit (G_APPLICATION (self));
}

/* When the dialog has done with its answer: it goes with the window. */
static void
quit_response (EnfiladeApplication *self)
{
  g_idle_add_once ((GSourceOnceFunc) quit, self);
}

static gboolean
close_requested (EnfiladeApplication *self)
{
  /* What is kept waits until the next time. */
  if (count_waiting (self) == 0 || enfilade_account_get_keeps (self->account))
    return GDK_EVENT_PROPAGATE;

  ask_before_losing (self, _("Quit?"), _("_Quit"), G_CALLBACK (quit_response));
  return GDK_EVENT_STOP;
}

/* To build a window takes much that it does not need to stand there. And a window's pictures come and go, each some megabytes: by
 * itself the C library takes the first for a hint to keep the next. What is given back to the system is what others can use. But
 * not before there is a window, which all the giving and taking would hold up. */
static gboolean
trim_memory (gpointer user_data)
{
  EnfiladeApplication *self = user_data;

  self->trim_id = 0;
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 128 * 1024);
  mallopt (M_TRIM_THRESHOLD, 256 * 1024);
  malloc_trim (0);
#endif

  return G_SOURCE_REMOVE;
}

static void
trim_memory_soon (EnfiladeApplication *self)
{
  if (self->trim_id == 0)
    self->trim_id = g_timeout_add_seconds (TRIM_AFTER, trim_memory, self);
}

static EnfiladeWindow *
ensure_window (EnfiladeApplication *self)
{
  if (self->window != NULL)
    return self->window;

  g_set_weak_pointer (&self->window, enfilade_window_new (GTK_APPLICATION (self), self->account));
  g_signal_connect_object (self->window, "close-request", G_CALLBACK (close_requested), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->window, "in-front", self->notifier, "in-front", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->window, "room", self->notifier, "room", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->window, "notify::in-front", G_CALLBACK (trim_memory_soon), self, G_CONNECT_SWAPPED);
  trim_memory_soon (self);

  return self->window;
}

static void
enfilade_application_activate (GApplication *application)
{
  EnfiladeApplication *self = ENFILADE_APPLICATION (application);

  if (self->window == NULL)
    enfilade_account_restore (self->account);

  gtk_window_present (GTK_WINDOW (ensure_window (self)));
}

/* ── The command line ───────────────────────────────────────────────────────────────────────────────────────────────── */

static int
enfilade_application_command_line (GApplication            *application,
                                   GApplicationCommandLine *command_line)
{
  EnfiladeApplication *self = ENFILADE_APPLICATION (application);
  g_autoptr(EnfiladeOptions) options = NULL;

  options = enfilade_options_new (g_application_command_line_get_options_dict (command_line));
  if (options->server == NULL)
    {
      g_application_activate (application);
      return EXIT_SUCCESS;
    }

  /* What is known is in the first frame. */
  ensure_window (self);
  if (options->token != NULL)
    enfilade_window_sign_in_with_token (self->window, options->server, options->token);
  else if (options->user != NULL && options->password != NULL)
    enfilade_window_sign_in_with_password (self->window, options->server, options->user, options->password);
  else
    enfilade_window_propose (self->window, options->server);
  gtk_window_present (GTK_WINDOW (self->window));

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

/* ── What the menus and the notifications do ────────────────────────────────────────────────────────────────────────── */

static void
about_activated (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EnfiladeApplication *self = user_data;
  const char *developers[] = { "The Enfilade developers", NULL };

  adw_show_about_window (GTK_WINDOW (ensure_window (self)),
                         "application-name", "Enfilade",
                         "application-icon", APP_ID,
                         "version", VERSION,
                         "developer-name", _("The Enfilade developers"),
                         "developers", developers,
                         "comments", _("Chat in rooms, over Socket.IO"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: put your names here, one on each line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
open_message_activated (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  EnfiladeApplication *self = user_data;
  const char *room_id;
  const char *message_id;

  g_variant_get (parameter, "(&s&s)", &room_id, &message_id);
  g_application_activate (G_APPLICATION (self));
  enfilade_window_open_message (self->window, room_id, message_id);
}

static void
open_room_activated (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  EnfiladeApplication *self = user_data;

  g_application_activate (G_APPLICATION (self));
  enfilade_window_open_room (self->window, g_variant_get_string (parameter, NULL));
}

static void
preferences_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  EnfiladeApplication *self = user_data;
  EnfiladePreferencesWindow *window = enfilade_preferences_window_new (enfilade_settings_get_default ());

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (ensure_window (self)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
quit_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  EnfiladeApplication *self = user_data;

  if (self->window == NULL || !close_requested (self))
    quit (self);
}

static void
show_notifications_activated (GSimpleAction *action,
                              GVariant      *parameter,
                              gpointer       user_data)
{
  EnfiladeApplication *self = user_data;

  g_application_activate (G_APPLICATION (self));
  enfilade_window_show_notifications (self->window);
}

static void
sign_out_and_delete (EnfiladeApplication *self)
{
  enfilade_account_sign_out (self->account, FALSE);
}

static void
sign_out_and_keep (EnfiladeApplication *self)
{
  enfilade_account_sign_out (self->account, TRUE);
}

/* A server without history has nothing to load them from again. */
static const char *
describe_deletion (EnfiladeApplication *self)
{
  ChatSession *session = enfilade_account_get_session (self->account);

  if ((chat_session_get_features (session) & CHAT_FEATURE_HISTORY) != 0)
    return _("Your conversations will be deleted from this computer. They stay on the server.");

  return _("Your conversations will be deleted from this computer, and cannot be loaded again.");
}

static void
ask_before_deleting (EnfiladeApplication *self)
{
  GtkWidget *dialog = create_question (self, _("Sign Out?"), describe_deletion (self));

  add_destructive (dialog, "delete", _("_Sign Out"));
  g_signal_connect_object (dialog, "response::delete", G_CALLBACK (sign_out_and_delete), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ask_what_to_keep (EnfiladeApplication *self)
{
  guint n_waiting = count_waiting (self);
  GtkWidget *dialog = create_question (self, _("Sign Out?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  ngettext ("%u message was not sent yet. Keep it and your conversations on this computer, "
                                            "and it is sent when you sign in again.",
                                            "%u messages were not sent yet. Keep them and your conversations on this computer, "
                                            "and they are sent when you sign in again.", n_waiting), n_waiting);
  add_destructive (dialog, "delete", _("_Delete All"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "keep", _("_Keep"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response::delete", G_CALLBACK (sign_out_and_delete), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response::keep", G_CALLBACK (sign_out_and_keep), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sign_out_activated (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  EnfiladeApplication *self = user_data;
  gboolean keeps = enfilade_account_get_keeps (self->account);

  if (keeps && count_waiting (self) > 0)
    ask_what_to_keep (self);
  else if (keeps)
    ask_before_deleting (self);
  else if (count_waiting (self) > 0)
    ask_before_losing (self, _("Sign Out?"), _("_Sign Out"), G_CALLBACK (sign_out_and_delete));
  else
    enfilade_account_sign_out (self->account, FALSE);
}

static const GActionEntry actions[] = {
  { "about", about_activated },
  { "open-message", open_message_activated, "(ss)" },
  { "open-room", open_room_activated, "s" },
  { "preferences", preferences_activated },
  { "quit", quit_activated },
  { "show-notifications", show_notifications_activated },
  { "sign-out", sign_out_activated },
};

static const struct
{
  const char *action;
  const char *accelerators[3];
} shortcuts[] = {
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "win.find-room", { "<Control><Shift>k" } },
  { "win.new-room", { "<Control>n" } },
  { "win.next-room", { "<Control>Page_Down" } },
  { "win.next-unread-room", { "<Control><Shift>Page_Down" } },
  { "win.previous-room", { "<Control>Page_Up" } },
  { "win.previous-unread-room", { "<Control><Shift>Page_Up" } },
  { "win.show-date", { "<Control>j" } },
  { "win.search", { "<Control><Shift>f" } },
  { "win.search-room", { "<Control>f" } },
  { "win.show-notifications", { "<Control><Shift>n" } },
  { "win.show-shortcuts", { "<Control>question", "<Control>F1" } },
  { "win.show-unread", { "<Control>u" } },
  { "win.switch-room", { "<Control>k" } },
  { "win.toggle-members", { "F9" } },
  { "window.close", { "<Control>w" } },
};

static void
set_accelerators (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].accelerators);

  for (int i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.open-room-at(%d)", i);
      g_autofree char *accelerator = g_strdup_printf ("<Alt>%d", i);

      gtk_application_set_accels_for_action (application, action, (const char *[]) { accelerator, NULL });
    }
}

static void
account_changed (EnfiladeApplication *self)
{
  GAction *sign_out = g_action_map_lookup_action (G_ACTION_MAP (self), "sign-out");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (sign_out), enfilade_account_get_session (self->account) != NULL);
}

static void
enfilade_application_startup (GApplication *application)
{
  EnfiladeApplication *self = ENFILADE_APPLICATION (application);

  /* While libadwaita reads its style sheets, which takes as long as all of the window. */
  gtk_init ();
  enfilade_fonts_load_ahead ();
  enfilade_icons_load_ahead ();
  G_APPLICATION_CLASS (enfilade_application_parent_class)->startup (application);

  enfilade_icons_read_theme_ahead ();
  gtk_window_set_default_icon_name (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  set_accelerators (GTK_APPLICATION (application));

  self->account = enfilade_account_new (enfilade_settings_get_default ());
  self->notifier = enfilade_notifier_new (application);
  g_object_bind_property (self->account, "session", self->notifier, "session", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->account, "notify::session", G_CALLBACK (account_changed), self, G_CONNECT_SWAPPED);
  account_changed (self);
}

static void
enfilade_application_shutdown (GApplication *application)
{
  EnfiladeApplication *self = ENFILADE_APPLICATION (application);

  g_clear_handle_id (&self->trim_id, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->notifier);
  g_clear_object (&self->account);

  G_APPLICATION_CLASS (enfilade_application_parent_class)->shutdown (application);
}

static void
enfilade_application_class_init (EnfiladeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = enfilade_application_activate;
  application_class->command_line = enfilade_application_command_line;
  application_class->handle_local_options = enfilade_application_handle_local_options;
  application_class->shutdown = enfilade_application_shutdown;
  application_class->startup = enfilade_application_startup;
}

static void
enfilade_application_init (EnfiladeApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), enfilade_option_entries);
  g_application_set_option_context_summary (G_APPLICATION (self), _("Chat in rooms"));
}

/* By itself the C library keeps memory of its own for each thread; with too little of it they wait for each other. */
static void
spare_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 4);
#endif
}

/**
 * enfilade_application_new:
 *
 * Returns: (transfer full): the program; a profile in the environment makes it another one than that of the usual profile
 */
EnfiladeApplication *
enfilade_application_new (void)
{
  const char *profile = enfilade_settings_get_profile ();
  g_autofree char *id = NULL;

  spare_memory ();
  g_set_application_name ("Enfilade");
  id = profile != NULL ? g_strconcat (APP_ID, ".profile_", profile, NULL) : g_strdup (APP_ID);

  return g_object_new (ENFILADE_TYPE_APPLICATION,
                       "application-id", id,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/chat/enfilade/Enfilade",
                       NULL);
}
