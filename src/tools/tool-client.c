/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-client.h"

#include <errno.h>

#include <glib-unix.h>

#include "tool-commands.h"
#include "tool-manager.h"

/* So many events may wait for their answer; older ones are forgotten. */
#define MAX_UNANSWERED 1000

struct _ToolClient
{
  ToolOptions  *options;
  ToolPrinter   printer;
  GMainLoop    *loop;
  SioManager   *manager;
  ToolCommands *commands;

  GHashTable   *sockets;      /* those that are shown, by their namespace; the manager owns them */
  GHashTable   *unanswered;   /* number → SioEvent */
  guint         last_number;
  guint         n_events;

  gboolean      opened;       /* some namespace was joined */
  gboolean      quitting;
  ToolExit      status;
};

static void
on_manager_closed (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  ToolClient *self = user_data;
  g_autoptr(GError) error = NULL;

  /* What was to be sent is lost, which is no success. */
  if (!sio_manager_close_finish (SIO_MANAGER (source), result, &error) && self->status == TOOL_EXIT_DONE)
    {
      tool_printer_complain (error->message);
      self->status = TOOL_EXIT_TIMEOUT;
    }
  g_main_loop_quit (self->loop);
}

void
tool_client_quit (ToolClient *self,
                  ToolExit    status)
{
  if (self->quitting)
    return;

  self->quitting = TRUE;
  self->status = status;
  sio_manager_close_async (self->manager, NULL, on_manager_closed, self);
}

/* For one event the program tells on standard error what went wrong, since its output is the answer. */
static void
give_up (ToolClient   *self,
         const GError *error)
{
  ToolExit status = TOOL_EXIT_FAILED;

  if (g_error_matches (error, SIO_ERROR, SIO_ERROR_REFUSED) ||
      g_error_matches (error, SIO_ERROR, SIO_ERROR_UNSUPPORTED_VERSION))
    status = TOOL_EXIT_REFUSED;
  else if (g_error_matches (error, SIO_ERROR, SIO_ERROR_TIMEOUT))
    status = TOOL_EXIT_TIMEOUT;
  else if (g_error_matches (error, SIO_ERROR, SIO_ERROR_DISCONNECTED))
    status = TOOL_EXIT_DISCONNECTED;
  else if (g_error_matches (error, SIO_ERROR, SIO_ERROR_RESERVED_EVENT) ||
           g_error_matches (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT))
    status = TOOL_EXIT_USAGE;

  if (!self->quitting)
    tool_printer_complain (error->message);
  tool_client_quit (self, status);
}

/* Who does not read on has seen what they wanted; anything else loses what they were to see. */
static void
on_output_broken (int      code,
                  gpointer user_data)
{
  ToolClient *self = user_data;
  g_autofree char *complaint = NULL;

  tool_client_quit (self, TOOL_EXIT_DONE);
  if (code == EPIPE)
    return;

  complaint = g_strdup_printf ("The output cannot be written: %s", g_strerror (code));
  tool_printer_complain (complaint);
  self->status = TOOL_EXIT_FAILED;
}

static gboolean
has_active_socket (ToolClient *self)
{
  GHashTableIter iter;
  gpointer socket;

  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &socket))
    if (sio_socket_get_active (socket))
      return TRUE;

  return FALSE;
}

/* Whether nothing will come any more, unless a command opens a namespace again. */
static gboolean
is_at_end (ToolClient *self)
{
  return !has_active_socket (self) || sio_manager_get_state (self->manager) == SIO_STATE_CLOSED;
}

static void
on_socket_opened (SioSocket  *socket,
                  ToolClient *self)
{
  self->opened = TRUE;

  switch (self->options->mode)
    {
    case TOOL_MODE_LISTEN:
      tool_printer_state (&self->printer, "opened", sio_socket_get_namespace (socket),
                          "id", sio_socket_get_id (socket),
                          "transport", sio_manager_get_transport (self->manager),
                          "recovered", sio_socket_get_recovered (socket) ? "yes" : NULL,
                          NULL);
      tool_commands_start (self->commands);
      break;
    case TOOL_MODE_EMIT:
      /* What waited has been sent just before. */
      tool_client_quit (self, TOOL_EXIT_DONE);
      break;
    case TOOL_MODE_CALL:
    default:
      break;
    }
}

static void
on_socket_closed (SioSocket           *socket,
                  SioDisconnectReason  reason,
                  const GError        *details,
                  ToolClient          *self)
{
  if (self->quitting || self->options->mode != TOOL_MODE_LISTEN)
    return;

  tool_printer_state (&self->printer, "closed", sio_socket_get_namespace (socket),
                      "reason", sio_disconnect_reason_to_string (reason),
                      "message", details != NULL ? details->message : NULL,
                      NULL);
  if (is_at_end (self) && reason != SIO_DISCONNECT_REASON_CLIENT)
    {
      tool_printer_complain ("The connection has ended");
      tool_client_quit (self, TOOL_EXIT_DISCONNECTED);
    }
}

/* Before a namespace was joined none tells of it. */
static void
on_connection_closed (SioManager          *manager,
                      SioDisconnectReason  reason,
                      const GError        *details,
                      ToolClient          *self)
{
  if (self->quitting || self->opened || reason == SIO_DISCONNECT_REASON_FORCED_CLOSE || !is_at_end (self))
    return;

  tool_printer_complain ("The connection has ended");
  tool_client_quit (self, TOOL_EXIT_DISCONNECTED);
}

static void
on_connect_error (SioSocket    *socket,
                  const GError *error,
                  SioValue     *data,
                  ToolClient   *self)
{
  if (self->quitting)
    return;

  if (self->options->mode == TOOL_MODE_LISTEN)
    tool_printer_refusal (&self->printer, sio_socket_get_namespace (socket), error, data);
  if (self->options->mode != TOOL_MODE_LISTEN || is_at_end (self))
    give_up (self, error);
}

static SioValue *
copy_arguments (SioEvent *event)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  for (guint i = 0; i < sio_event_get_n_arguments (event); i++)
    sio_builder_add_value (builder, sio_event_get_argument (event, i));

  return sio_builder_finish (builder);
}

static guint
keep_for_answer (ToolClient *self,
                 SioEvent   *event)
{
  self->last_number++;
  g_hash_table_insert (self->unanswered, GUINT_TO_POINTER (self->last_number), sio_event_ref (event));
  g_hash_table_remove (self->unanswered, GUINT_TO_POINTER (self->last_number - MAX_UNANSWERED));

  return self->last_number;
}

static void
on_event (SioSocket  *socket,
          SioEvent   *event,
          ToolClient *self)
{
  g_autoptr(SioValue) arguments = NULL;
  guint number = 0;

  if (self->quitting)
    return;

  arguments = copy_arguments (event);
  if (sio_event_wants_acknowledgement (event))
    number = keep_for_answer (self, event);
  tool_printer_event (&self->printer, TOOL_DIRECTION_IN, sio_socket_get_namespace (socket),
                      sio_event_get_name (event), arguments, number);

  self->n_events++;
  if (self->options->count > 0 && self->n_events >= self->options->count)
    tool_client_quit (self, TOOL_EXIT_DONE);
}

gboolean
tool_client_acknowledge (ToolClient  *self,
                         guint        number,
                         SioValue    *arguments,
                         GError     **error)
{
  SioEvent *event = g_hash_table_lookup (self->unanswered, GUINT_TO_POINTER (number));

  if (event == NULL)
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "No event waits for the acknowledgement %u", number);
      return FALSE;
    }
  if (!sio_event_acknowledge (event, arguments, error))
    return FALSE;

  g_hash_table_remove (self->unanswered, GUINT_TO_POINTER (number));

  return TRUE;
}

static void
on_upgraded (SioManager *manager,
             const char *transport,
             ToolClient *self)
{
  if (!self->quitting)
    tool_printer_state (&self->printer, "upgraded", NULL, "transport", transport, NULL);
}

static void
on_reconnect_attempt (SioManager *manager,
                      guint       attempt,
                      ToolClient *self)
{
  g_autofree char *number = g_strdup_printf ("%u", attempt);

  if (!self->quitting)
    tool_printer_state (&self->printer, "reconnecting", NULL, "attempt", number, NULL);
}

static void
on_trace (SioManager    *manager,
          SioTraceFlags  flags,
          const char    *transport,
          GBytes        *packet,
          ToolClient    *self)
{
  tool_printer_trace (&self->printer, flags, transport, packet);
}

static SioSocket *
watch_socket (ToolClient *self,
              const char *name_space)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, name_space);
  const char *name = sio_socket_get_namespace (socket);

  if (g_hash_table_contains (self->sockets, name))
    return socket;

  g_hash_table_insert (self->sockets, g_strdup (name), socket);
  if (self->options->auth != NULL)
    sio_socket_set_auth (socket, self->options->auth);
  g_signal_connect (socket, "opened", G_CALLBACK (on_socket_opened), self);
  g_signal_connect (socket, "closed", G_CALLBACK (on_socket_closed), self);
  g_signal_connect (socket, "connect-error", G_CALLBACK (on_connect_error), self);
  if (self->options->mode == TOOL_MODE_LISTEN)
    g_signal_connect (socket, "event", G_CALLBACK (on_event), self);

  return socket;
}

void
tool_client_join (ToolClient *self,
                  const char *name_space)
{
  sio_socket_open (watch_socket (self, name_space));
}

SioSocket *
tool_client_get_socket (ToolClient *self,
                        const char *name_space)
{
  g_autofree char *name = NULL;

  if (name_space == NULL)
    name_space = self->options->namespaces[0];
  /* As the library names them. */
  name = g_strconcat (*name_space == '/' ? "" : "/", name_space, NULL);

  return g_hash_table_lookup (self->sockets, name);
}

ToolPrinter *
tool_client_get_printer (ToolClient *self)
{
  return &self->printer;
}

ToolOptions *
tool_client_get_options (ToolClient *self)
{
  return self->options;
}

ToolClient *
tool_client_new (ToolOptions  *options,
                 GError      **error)
{
  g_autoptr(ToolClient) self = g_new0 (ToolClient, 1);

  self->options = options;
  self->printer = (ToolPrinter) { .pretty = options->pretty, .on_broken = on_output_broken, .user_data = self };
  self->loop = g_main_loop_new (NULL, FALSE);
  self->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unanswered = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) sio_event_unref);

  self->manager = tool_manager_new (options, error);
  if (self->manager == NULL)
    return NULL;

  self->commands = tool_commands_new (self);
  if (options->trace)
    g_signal_connect (self->manager, "trace", G_CALLBACK (on_trace), self);
  g_signal_connect (self->manager, "closed", G_CALLBACK (on_connection_closed), self);
  if (options->mode == TOOL_MODE_LISTEN)
    {
      g_signal_connect (self->manager, "upgraded", G_CALLBACK (on_upgraded), self);
      g_signal_connect (self->manager, "reconnect-attempt", G_CALLBACK (on_reconnect_attempt), self);
    }

  return g_steal_pointer (&self);
}

void
tool_client_free (ToolClient *self)
{
  g_clear_pointer (&self->commands, tool_commands_free);
  g_hash_table_unref (self->unanswered);
  g_hash_table_unref (self->sockets);
  g_clear_object (&self->manager);
  g_main_loop_unref (self->loop);
  g_free (self);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ToolClient *self = user_data;
  SioSocket *socket = SIO_SOCKET (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (socket, result, &error);

  /* With the client goes what it waits for. */
  if (self->quitting)
    return;

  if (answer == NULL)
    {
      give_up (self, error);
      return;
    }

  tool_printer_answer (&self->printer, sio_socket_get_namespace (socket), self->options->event, answer, NULL);
  tool_client_quit (self, TOOL_EXIT_DONE);
}

static void
send_event (ToolClient *self)
{
  SioSocket *socket = tool_client_get_socket (self, NULL);
  g_autoptr(GError) error = NULL;

  if (self->options->mode == TOOL_MODE_CALL)
    sio_socket_emit_with_ack_async (socket, self->options->event, self->options->arguments, SIO_EMIT_DEFAULT,
                                    self->options->timeout_ms, NULL, on_answer, self);
  else if (!sio_socket_emit (socket, self->options->event, self->options->arguments, SIO_EMIT_DEFAULT, &error))
    give_up (self, error);
}

static gboolean
on_interrupted (gpointer user_data)
{
  ToolClient *self = user_data;

  /* To be stopped is how listening ends. The next signal ends the program at once. */
  tool_client_quit (self, self->options->mode == TOOL_MODE_LISTEN ? TOOL_EXIT_DONE : TOOL_EXIT_INTERRUPTED);

  return G_SOURCE_REMOVE;
}

ToolExit
tool_client_run (ToolClient *self)
{
  for (guint i = 0; self->options->namespaces[i] != NULL; i++)
    tool_client_join (self, self->options->namespaces[i]);
  if (self->options->mode != TOOL_MODE_LISTEN)
    send_event (self);

  g_unix_signal_add (SIGINT, on_interrupted, self);
  g_unix_signal_add (SIGTERM, on_interrupted, self);
  g_main_loop_run (self->loop);

  return self->status;
}
