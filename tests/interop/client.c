/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "client.h"

#include <string.h>

const char * const client_polling[] = { "polling", NULL };
const char * const client_websocket[] = { "websocket", NULL };
const char * const client_upgrade[] = { "polling", "websocket", NULL };

static void
write_line (Client *self,
            char   *line)
{
  g_string_append_printf (self->log, "%s\n", line);
  g_free (line);
}

static SioManager *
add_manager (Client     *self,
             const char *uri)
{
  g_autoptr(GError) error = NULL;
  SioManager *manager = sio_manager_new (uri, &error);

  g_assert_no_error (error);
  sio_manager_set_transports (manager, self->transports);
  sio_manager_set_reconnection_delay (manager, 10, 50);
  g_ptr_array_add (self->others, manager);

  return manager;
}

SioManager *
client_add_manager (Client     *self,
                    const char *query)
{
  g_autofree char *uri = g_strconcat (self->uri, query, NULL);

  return add_manager (self, uri);
}

/* A port that is taken, and at which nobody listens. */
static guint
take_dead_port (Client *self)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;
  g_autoptr(GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, address, FALSE, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->others, socket);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

SioManager *
client_add_lost (Client *self)
{
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u", take_dead_port (self));

  return add_manager (self, uri);
}

void
client_use (Client     *self,
            SioManager *manager)
{
  self->manager = manager;
}

void
client_set_up (Client             *self,
               InteropServer      *server,
               const char * const *transports)
{
  self->server = server;
  self->uri = interop_server_get_uri (server);
  self->transports = transports;
  self->log = g_string_new (NULL);
  self->others = g_ptr_array_new ();
  self->manager = client_add_manager (self, "");
}

void
client_tear_down (Client *self)
{
  for (guint i = 0; i < self->others->len; i++)
    g_assert_finalize_object (g_ptr_array_index (self->others, i));
  g_ptr_array_unref (self->others);
  g_string_free (self->log, TRUE);
  g_free ((char *) self->uri);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
on_socket_opened (SioSocket *socket,
                  Client    *self)
{
  write_line (self, g_strdup_printf ("%s opened", sio_socket_get_namespace (socket)));
}

static void
on_socket_closed (SioSocket           *socket,
                  SioDisconnectReason  reason,
                  GError              *details,
                  Client              *self)
{
  write_line (self, g_strdup_printf ("%s closed %s", sio_socket_get_namespace (socket),
                                     sio_disconnect_reason_to_string (reason)));
}

static void
on_connect_error (SioSocket *socket,
                  GError    *error,
                  SioValue  *data,
                  Client    *self)
{
  gboolean refused = g_error_matches (error, SIO_ERROR, SIO_ERROR_REFUSED);

  write_line (self, g_strdup_printf ("%s refused %s", sio_socket_get_namespace (socket),
                                     refused ? error->message : "by nobody"));
}

/* Without the offset that the server adds for the recovery of sessions. */
static void
on_event (SioSocket *socket,
          SioEvent  *event,
          Client    *self)
{
  guint n = sio_event_get_n_arguments (event);
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "%s event %s", sio_socket_get_namespace (socket), sio_event_get_name (event));
  for (guint i = 0; i + (sio_event_wants_acknowledgement (event) ? 0 : 1) < n; i++)
    {
      SioValue *argument = sio_event_get_argument (event, i);
      g_autofree char *text = sio_value_to_text (argument);

      g_string_append_printf (line, " %s", text);
    }
  write_line (self, g_string_free (line, FALSE));
}

static void
on_manager_opened (SioManager *manager,
                   Client     *self)
{
  write_line (self, g_strdup ("manager opened"));
}

static void
on_manager_closed (SioManager          *manager,
                   SioDisconnectReason  reason,
                   GError              *details,
                   Client              *self)
{
  write_line (self, g_strdup_printf ("manager closed %s", sio_disconnect_reason_to_string (reason)));
}

static void
on_manager_error (SioManager *manager,
                  GError     *error,
                  Client     *self)
{
  write_line (self, g_strdup ("manager error"));
}

static void
on_attempt (SioManager *manager,
            guint       attempt,
            Client     *self)
{
  write_line (self, g_strdup_printf ("attempt %u", attempt));
}

static void
on_reconnected (SioManager *manager,
                guint       attempt,
                Client     *self)
{
  write_line (self, g_strdup_printf ("reconnected %u", attempt));
}

static void
on_reconnect_failed (SioManager *manager,
                     Client     *self)
{
  write_line (self, g_strdup ("gave up"));
}

void
client_listen (Client   *self,
               gpointer  object)
{
  if (SIO_IS_MANAGER (object))
    {
      g_signal_connect (object, "opened", G_CALLBACK (on_manager_opened), self);
      g_signal_connect (object, "closed", G_CALLBACK (on_manager_closed), self);
      g_signal_connect (object, "error", G_CALLBACK (on_manager_error), self);
      g_signal_connect (object, "reconnect-attempt", G_CALLBACK (on_attempt), self);
      g_signal_connect (object, "reconnected", G_CALLBACK (on_reconnected), self);
      g_signal_connect (object, "reconnect-failed", G_CALLBACK (on_reconnect_failed), self);
    }
  else
    {
      g_signal_connect (object, "opened", G_CALLBACK (on_socket_opened), self);
      g_signal_connect (object, "closed", G_CALLBACK (on_socket_closed), self);
      g_signal_connect (object, "connect-error", G_CALLBACK (on_connect_error), self);
      g_signal_connect (object, "event", G_CALLBACK (on_event), self);
    }
}

SioSocket *
client_join (Client     *self,
             const char *name_space)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, name_space);

  sio_socket_open (socket);
  wait_until (sio_socket_get_connected (socket));

  return socket;
}

guint
client_count (Client     *self,
              const char *start)
{
  g_auto(GStrv) lines = g_strsplit (self->log->str, "\n", -1);
  guint count = 0;

  for (char **line = lines; *line != NULL; line++)
    count += g_str_has_prefix (*line, start);

  return count;
}

gboolean
client_heard (Client     *self,
              const char *line)
{
  g_auto(GStrv) lines = g_strsplit (self->log->str, "\n", -1);

  return g_strv_contains ((const char * const *) lines, line);
}

SioValue *
client_parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  SioValue *value;

  if (json == NULL)
    return NULL;

  value = sio_value_new_from_text (json, -1, &error);
  g_assert_no_error (error);

  return value;
}

void
client_emit (SioSocket  *socket,
             const char *event,
             const char *arguments)
{
  g_autoptr(SioValue) values = client_parse (arguments);
  g_autoptr(GError) error = NULL;

  sio_socket_emit (socket, event, values, SIO_EMIT_DEFAULT, &error);
  g_assert_no_error (error);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ClientCall *call = user_data;

  g_assert_false (call->done);
  call->done = TRUE;
  call->answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &call->error);
}

void
client_call (ClientCall *call,
             SioSocket  *socket,
             const char *event,
             const char *arguments,
             guint       timeout_ms)
{
  g_autoptr(SioValue) values = client_parse (arguments);

  client_call_value (call, socket, event, values, timeout_ms);
}

void
client_call_value (ClientCall *call,
                   SioSocket  *socket,
                   const char *event,
                   SioValue   *arguments,
                   guint       timeout_ms)
{
  sio_socket_emit_with_ack_async (socket, event, arguments, SIO_EMIT_DEFAULT, timeout_ms, NULL, on_answer, call);
}

void
client_call_clear (ClientCall *call)
{
  g_clear_pointer (&call->answer, sio_value_unref);
  g_clear_error (&call->error);
  call->done = FALSE;
}

SioValue *
client_ask (SioSocket  *socket,
            const char *event,
            const char *arguments)
{
  ClientCall call = { NULL };

  client_call (&call, socket, event, arguments, PATIENCE_MS);
  wait_until (call.done);
  g_assert_no_error (call.error);

  return call.answer;
}

char *
client_ask_text (SioSocket  *socket,
                 const char *event,
                 const char *arguments)
{
  g_autoptr(SioValue) answer = client_ask (socket, event, arguments);

  return sio_value_to_text (answer);
}

static gboolean
on_idle_over (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

void
client_idle (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_idle_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("waited in vain for: %s", (const char *) user_data);

  return G_SOURCE_REMOVE;
}

guint
client_start_patience (const char *what)
{
  return g_timeout_add (PATIENCE_MS, on_patience_over, (gpointer) what);
}
