/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as a shell and a desktop start it: what it says, where, and with which exit status. */

#include "config.h"

#include <gio/gio.h>

typedef struct
{
  char *output;
  char *error;
  int   status;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->output);
  g_free (run->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static GSubprocessLauncher *
make_launcher (void)
{
  GSubprocessLauncher *launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_subprocess_launcher_unsetenv (launcher, "ENFILADE_PASSWORD");
  g_subprocess_launcher_setenv (launcher, "ENFILADE_PROFILE", "program-test", TRUE);

  return launcher;
}

static GSubprocess *
start (GSubprocessLauncher *launcher,
       const char          *first,
       va_list              rest)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "app", "enfilade", NULL);
  GSubprocess *process;

  g_ptr_array_add (arguments, program);
  for (const char *argument = first; argument != NULL; argument = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (char *) argument);
  g_ptr_array_add (arguments, NULL);

  process = g_subprocess_launcher_spawnv (launcher, (const char * const *) arguments->pdata, &error);
  g_assert_no_error (error);

  return process;
}

static Run
run (const char *input,
     const char *first,
     ...)
{
  g_autoptr(GSubprocessLauncher) launcher = make_launcher ();
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  Run result = { NULL };
  va_list rest;

  va_start (rest, first);
  process = start (launcher, first, rest);
  va_end (rest);

  g_subprocess_communicate_utf8 (process, input, NULL, &result.output, &result.error, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result.status = g_subprocess_get_exit_status (process);

  return result;
}

static void
test_version (void)
{
  g_auto(Run) result = run (NULL, "--version", NULL);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (result.output, ==, "Enfilade " VERSION "\n");
}

static void
test_help (void)
{
  g_auto(Run) result = run (NULL, "--help", NULL);

  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.output, "--server"));
  g_assert_nonnull (strstr (result.output, "--user"));
  g_assert_nonnull (strstr (result.output, "ENFILADE_PASSWORD"));
  g_assert_null (strstr (result.output, "--password"));
}

static void
test_bad_options (void)
{
  g_auto(Run) unknown = run (NULL, "--password", "secret", NULL);
  g_auto(Run) argument = run (NULL, "somewhere", NULL);
  g_auto(Run) token = run (NULL, "--token", "t", NULL);
  g_auto(Run) no_password = run ("", "--server", "chat.example.org", "--user", "mira", NULL);

  g_assert_cmpint (unknown.status, !=, 0);
  g_assert_nonnull (strstr (unknown.error, "--password"));
  g_assert_cmpint (argument.status, ==, 2);
  g_assert_nonnull (strstr (argument.error, "somewhere"));
  g_assert_cmpint (token.status, ==, 2);
  g_assert_nonnull (strstr (token.error, "--server"));
  g_assert_cmpint (no_password.status, ==, 2);
  g_assert_nonnull (strstr (no_password.error, "ENFILADE_PASSWORD"));
}

static GSubprocess *
start_in_background (GSubprocessLauncher *launcher,
                     const char          *first,
                     ...)
{
  GSubprocess *process;
  va_list rest;

  va_start (rest, first);
  process = start (launcher, first, rest);
  va_end (rest);

  return process;
}

static void
name_appeared (GDBusConnection *connection,
               const char      *name,
               const char      *owner,
               gpointer         user_data)
{
  g_main_loop_quit (user_data);
}

static gboolean
give_up (gpointer user_data)
{
  g_error ("The program does not take its name on the bus");

  return G_SOURCE_REMOVE;
}

static void
wait_for_name (const char *name)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint watch = g_bus_watch_name (G_BUS_TYPE_SESSION, name, G_BUS_NAME_WATCHER_FLAGS_NONE, name_appeared, NULL, loop, NULL);
  guint timeout = g_timeout_add_seconds (60, give_up, NULL);

  g_main_loop_run (loop);
  g_source_remove (timeout);
  g_bus_unwatch_name (watch);
}

static void
activate_action (GDBusConnection *bus,
                 const char      *action)
{
  g_autoptr(GError) error = NULL;

  /* Not waited for: what quits may be gone before it has answered. */
  g_dbus_connection_call (bus, APP_ID ".profile_program_test", "/chat/enfilade/Enfilade/profile_program_test",
                          "org.freedesktop.Application", "ActivateAction", g_variant_new ("(sava{sv})", action, NULL, NULL),
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  g_dbus_connection_flush_sync (bus, NULL, &error);
  g_assert_no_error (error);
}

/* As a desktop starts it from a notification; each profile is an app of its own. */
static void
test_service (void)
{
  g_autoptr(GSubprocessLauncher) launcher = make_launcher ();
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GSubprocess) service = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (bus);
  service = start_in_background (launcher, "--gapplication-service", NULL);
  wait_for_name (APP_ID ".profile_program_test");

  /* A second start answers in the first process, and comes back at once. */
  {
    g_auto(Run) second = run (NULL, NULL);

    g_assert_cmpint (second.status, ==, 0);
  }

  activate_action (bus, "quit");
  g_subprocess_wait (service, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (service));
}

/* Where the toolkit finds its own things, without the places where Enfilade may be installed. */
static char *
get_data_dirs_without_enfilade (void)
{
  GString *data_dirs = g_string_new (NULL);

  for (const char * const *dir = g_get_system_data_dirs (); *dir != NULL; dir++)
    {
      g_autofree char *schema = g_build_filename (*dir, "glib-2.0", "schemas", APP_ID ".gschema.xml", NULL);

      if (!g_file_test (schema, G_FILE_TEST_EXISTS))
        g_string_append_printf (data_dirs, "%s%s", data_dirs->len > 0 ? ":" : "", *dir);
    }

  return g_string_free (data_dirs, FALSE);
}

static void
test_without_schema (void)
{
  g_autofree char *data_dirs = get_data_dirs_without_enfilade ();
  g_autoptr(GSubprocessLauncher) launcher = make_launcher ();
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;

  g_assert_nonnull (bus);
  g_subprocess_launcher_setenv (launcher, "GSETTINGS_SCHEMA_DIR", "/nonexistent", TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_DIRS", data_dirs, TRUE);
  process = start_in_background (launcher, NULL);
  wait_for_name (APP_ID ".profile_program_test");
  activate_action (bus, "quit");

  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &message, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_assert_nonnull (strstr (message, "GSETTINGS_SCHEMA_DIR"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/program/version", test_version);
  g_test_add_func ("/program/help", test_help);
  g_test_add_func ("/program/bad-options", test_bad_options);
  g_test_add_func ("/program/service", test_service);
  g_test_add_func ("/program/without-schema", test_without_schema);

  return g_test_run ();
}
