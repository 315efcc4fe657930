/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "interop.h"

SioValue *
interop_parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  SioValue *value = sio_value_new_from_text (json, -1, &error);

  g_assert_no_error (error);

  return value;
}

static InteropServer *proxied_server;

static InteropServer *
start_server (Kind kind)
{
  switch (kind)
    {
    case PYTHON:
    case PYTHON_MSGPACK:
      return interop_server_start_script ("/usr/bin/python3", "server.py");
    case PROXIED:
      /* It takes its time to start, and no case harms it. */
      if (proxied_server == NULL)
        proxied_server = interop_server_start_script ("/usr/bin/python3", "proxied-server.py");
      return proxied_server;
    case OFFICIAL:
    case MSGPACK:
    default:
      return interop_server_start ();
    }
}

void
interop_set_up (Fixture       *self,
                gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = NULL;

  self->way = user_data;
  if (IS_MSGPACK (self->way->kind))
    g_setenv ("PARSER", "msgpack", TRUE);
  else
    g_unsetenv ("PARSER");
  self->server = start_server (self->way->kind);
  self->log = g_string_new (NULL);
  uri = interop_server_get_uri (self->server);
  self->manager = sio_manager_new (uri, &error);
  g_assert_no_error (error);
  if (IS_MSGPACK (self->way->kind))
    sio_manager_set_parser (self->manager, SIO_PARSER_MSGPACK, &error);
  g_assert_no_error (error);
  sio_manager_set_transports (self->manager, self->way->transports);
  sio_manager_set_reconnection_delay (self->manager, 20, 100);
  if (self->server->authority != NULL)
    {
      g_autoptr(GTlsDatabase) database = g_tls_file_database_new (self->server->authority, &error);

      g_assert_no_error (error);
      sio_manager_set_tls_database (self->manager, database);
    }
}

void
interop_tear_down (Fixture       *self,
                   gconstpointer  user_data)
{
  if (self->manager != NULL)
    g_assert_finalize_object (self->manager);
  if (self->server != proxied_server)
    interop_server_free (self->server);
  g_string_free (self->log, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("waited in vain for: %s", (const char *) user_data);

  return G_SOURCE_REMOVE;
}

/* Ends the test when it is not removed in time. */
guint
interop_start_patience (const char *what)
{
  return g_timeout_add (PATIENCE_MS, on_patience_over, (gpointer) what);
}

SioSocket *
interop_open_socket (Fixture    *self,
                     const char *name_space)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, name_space);

  sio_socket_open (socket);
  wait_until (sio_socket_get_connected (socket));

  return socket;
}

void
interop_on_answer (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Call *call = user_data;

  g_assert_false (call->done);
  call->done = TRUE;
  call->answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &call->error);
}

/* Returns the answer's arguments. */
SioValue *
interop_ask (SioSocket  *socket,
             const char *event,
             SioValue   *arguments)
{
  Call call = { NULL };

  sio_socket_emit_with_ack_async (socket, event, arguments, SIO_EMIT_DEFAULT, PATIENCE_MS, NULL, interop_on_answer, &call);
  wait_until (call.done);
  g_assert_no_error (call.error);

  return call.answer;
}

void
interop_assert_answer (SioSocket  *socket,
                       const char *event,
                       const char *arguments,
                       const char *expected)
{
  g_autoptr(SioValue) values = arguments != NULL ? interop_parse (arguments) : NULL;
  g_autoptr(SioValue) answer = interop_ask (socket, event, values);
  g_autofree char *text = sio_value_to_text (answer);

  g_assert_cmpstr (text, ==, expected);
}

void
interop_emit (SioSocket  *socket,
              const char *event,
              const char *arguments)
{
  g_autoptr(SioValue) values = arguments != NULL ? interop_parse (arguments) : NULL;
  g_autoptr(GError) error = NULL;

  sio_socket_emit (socket, event, values, SIO_EMIT_DEFAULT, &error);
  g_assert_no_error (error);
}

/* Without the offset that the official server adds for the recovery of sessions. */
void
interop_log_event (SioSocket *socket,
                   SioEvent  *event,
                   Fixture   *self)
{
  guint n_added = IS_PYTHON (self->way->kind) ? 0 : 1;

  g_string_append_printf (self->log, "%s:%s", sio_socket_get_namespace (socket), sio_event_get_name (event));
  for (guint i = 0; i + n_added < sio_event_get_n_arguments (event); i++)
    {
      g_autofree char *text = sio_value_to_text (sio_event_get_argument (event, i));

      g_string_append_printf (self->log, " %s", text);
    }
  g_string_append_c (self->log, '\n');
}

void
interop_log_closed (SioSocket           *socket,
                    SioDisconnectReason  reason,
                    GError              *details,
                    Fixture             *self)
{
  g_string_append_printf (self->log, "%s closed: %s\n", sio_socket_get_namespace (socket),
                          sio_disconnect_reason_to_string (reason));
}

void
interop_log_connect_error (SioSocket *socket,
                           GError    *error,
                           SioValue  *data,
                           Fixture   *self)
{
  g_autofree char *text = data != NULL ? sio_value_to_text (data) : g_strdup ("");

  g_string_append_printf (self->log, "%s: %s %s\n", sio_socket_get_namespace (socket), error->message, text);
}

void
interop_take_error (SioManager *manager,
                    GError     *error,
                    GError    **taken)
{
  if (*taken == NULL)
    *taken = g_error_copy (error);
}

void
interop_count_close (SioManager          *manager,
                     SioDisconnectReason  reason,
                     GError              *details,
                     Fixture             *self)
{
  g_string_append_c (self->log, '.');
}

void
interop_count_up (guint *count)
{
  ++*count;
}

/* The server that all cases share ends after the last one. */
void
interop_end (void)
{
  g_clear_pointer (&proxied_server, interop_server_free);
}
