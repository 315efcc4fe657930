/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <signal.h>

#include "free-port.h"
#include "interop-server.h"

static void
spawn (InteropServer *self)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "interop", self->script, NULL);
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autoptr(GDataInputStream) output = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *line = NULL;
  g_auto(GStrv) words = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    self->program, script, port, NULL);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  words = line != NULL ? g_strsplit (line, " ", -1) : g_new0 (char *, 1);
  if (g_strv_length (words) < 2 || !g_str_equal (words[0], "ready"))
    g_error ("the test server %s does not start: are its modules installed? (npm ci in tests/interop)", self->script);
  self->port = (guint) g_ascii_strtoull (words[1], NULL, 10);
  g_free (self->authority);
  self->authority = g_strdup (words[2]);
}

InteropServer *
interop_server_start (void)
{
  return interop_server_start_script ("node", "server.js");
}

InteropServer *
interop_server_start_script (const char *program,
                             const char *script)
{
  InteropServer *self = g_new0 (InteropServer, 1);

  self->program = program;
  self->script = script;
  self->port = find_free_port ();
  spawn (self);

  return self;
}

void
interop_server_kill (InteropServer *self)
{
  if (self->process == NULL)
    return;

  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
interop_server_start_again (InteropServer *self)
{
  interop_server_kill (self);
  spawn (self);
}

void
interop_server_pause (InteropServer *self)
{
  g_subprocess_send_signal (self->process, SIGSTOP);
}

void
interop_server_resume (InteropServer *self)
{
  g_subprocess_send_signal (self->process, SIGCONT);
}

void
interop_server_free (InteropServer *self)
{
  interop_server_kill (self);
  g_free (self->authority);
  g_free (self);
}

char *
interop_server_get_uri (InteropServer *self)
{
  return g_strdup_printf (self->authority != NULL ? "https://localhost:%u" : "http://127.0.0.1:%u", self->port);
}
