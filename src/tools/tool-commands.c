/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-commands.h"

#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

#include "tool-json.h"

struct _ToolCommands
{
  ToolClient       *client;
  GDataInputStream *input;
  GCancellable     *cancellable;
  guint             n_waiting;
  gboolean          at_end;
};

typedef struct
{
  ToolCommands *commands;
  char         *name;
  SioValue     *id;
} Call;

static void read_line (ToolCommands *self);

static void
call_free (Call *self)
{
  g_free (self->name);
  g_clear_pointer (&self->id, sio_value_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
quit_at_end (ToolCommands *self)
{
  if (self->at_end && self->n_waiting == 0 && tool_client_get_options (self->client)->until_eof)
    tool_client_quit (self->client, TOOL_EXIT_DONE);
}

#define fail(error, ...) g_set_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, __VA_ARGS__)

/* A member that is a text, or NULL. */
static const char *
get_text (SioValue    *command,
          const char  *name,
          GError     **error)
{
  SioValue *member = sio_value_lookup (command, name);

  if (member == NULL)
    return NULL;

  if (sio_value_get_kind (member) != SIO_VALUE_STRING)
    {
      fail (error, "“%s” is not a text", name);
      return NULL;
    }

  return sio_value_get_string (member);
}

/* What is to be sent: an array, none where there is no such member. */
static gboolean
get_arguments (SioValue  *command,
               SioValue **arguments,
               GError   **error)
{
  SioValue *member = sio_value_lookup (command, "arguments");

  if (member == NULL)
    *arguments = sio_value_new_from_text ("[]", -1, NULL);
  else if (sio_value_get_kind (member) != SIO_VALUE_ARRAY)
    fail (error, "“arguments” is not an array");
  else
    *arguments = tool_json_read_binary (member, error);

  return *arguments != NULL;
}

static SioSocket *
get_socket (ToolCommands  *self,
            SioValue      *command,
            GError       **error)
{
  g_autoptr(GError) fault = NULL;
  const char *name_space = get_text (command, "namespace", &fault);
  SioSocket *socket = NULL;

  if (fault == NULL)
    socket = tool_client_get_socket (self->client, name_space);
  if (fault == NULL && socket == NULL)
    fail (&fault, "“%s” is not one of the namespaces that were opened", name_space != NULL ? name_space : "/");
  if (fault != NULL)
    g_propagate_error (error, g_steal_pointer (&fault));

  return socket;
}

static gboolean
is_true (SioValue   *command,
         const char *name)
{
  SioValue *member = sio_value_lookup (command, name);

  return member != NULL && sio_value_get_kind (member) == SIO_VALUE_BOOLEAN && sio_value_get_boolean (member);
}

static gboolean
run_emit (ToolCommands  *self,
          SioValue      *command,
          const char    *name,
          GError       **error)
{
  SioSocket *socket = get_socket (self, command, error);
  SioEmitFlags flags = is_true (command, "volatile") ? SIO_EMIT_VOLATILE : SIO_EMIT_DEFAULT;
  g_autoptr(SioValue) arguments = NULL;

  if (socket == NULL || !get_arguments (command, &arguments, error) ||
      !sio_socket_emit (socket, name, arguments, flags, error))
    return FALSE;

  tool_printer_event (tool_client_get_printer (self->client), TOOL_DIRECTION_OUT, sio_socket_get_namespace (socket), name,
                      arguments, 0);

  return TRUE;
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Call) call = user_data;
  ToolCommands *self = call->commands;
  SioSocket *socket = SIO_SOCKET (source);
  const char *name_space = sio_socket_get_namespace (socket);
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (socket, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    tool_printer_answer (tool_client_get_printer (self->client), name_space, call->name, answer, call->id);
  else
    tool_printer_failure (tool_client_get_printer (self->client), name_space, call->name, error, call->id);

  self->n_waiting--;
  quit_at_end (self);
}

static gboolean
get_timeout (ToolCommands  *self,
             SioValue      *command,
             guint         *timeout_ms,
             GError       **error)
{
  SioValue *member = sio_value_lookup (command, "timeout");
  double seconds;

  *timeout_ms = tool_client_get_options (self->client)->timeout_ms;
  if (member == NULL)
    return TRUE;

  seconds = sio_value_is_number (member) ? sio_value_get_double (member) : -1;
  if (!(seconds > 0 && seconds <= 1e6))
    {
      fail (error, "“timeout” is not a number of seconds");
      return FALSE;
    }
  *timeout_ms = MAX ((guint) (seconds * 1000), 1);

  return TRUE;
}

static gboolean
run_call (ToolCommands  *self,
          SioValue      *command,
          const char    *name,
          GError       **error)
{
  SioSocket *socket = get_socket (self, command, error);
  SioValue *id = sio_value_lookup (command, "id");
  g_autoptr(SioValue) arguments = NULL;
  guint timeout_ms;
  Call *call;

  if (socket == NULL || !get_arguments (command, &arguments, error) ||
      !get_timeout (self, command, &timeout_ms, error))
    return FALSE;

  call = g_new0 (Call, 1);
  call->commands = self;
  call->name = g_strdup (name);
  call->id = id != NULL ? sio_value_ref (id) : NULL;
  self->n_waiting++;
  tool_printer_event (tool_client_get_printer (self->client), TOOL_DIRECTION_OUT, sio_socket_get_namespace (socket), name,
                      arguments, 0);
  sio_socket_emit_with_ack_async (socket, name, arguments, SIO_EMIT_DEFAULT, timeout_ms, self->cancellable, on_answer, call);

  return TRUE;
}

static gboolean
run_acknowledge (ToolCommands  *self,
                 SioValue      *command,
                 SioValue      *number,
                 GError       **error)
{
  g_autoptr(SioValue) arguments = NULL;

  if (sio_value_get_kind (number) != SIO_VALUE_INTEGER || sio_value_get_integer (number) < 1 ||
      sio_value_get_integer (number) > G_MAXUINT)
    {
      fail (error, "“acknowledge” is not the number of an event");
      return FALSE;
    }

  return get_arguments (command, &arguments, error) &&
         tool_client_acknowledge (self->client, (guint) sio_value_get_integer (number), arguments, error);
}

static gboolean
run_open (ToolCommands  *self,
          const char    *name_space,
          GError       **error)
{
  if (strpbrk (name_space, ",?") != NULL)
    {
      fail (error, "“%s” is not the name of a namespace", name_space);
      return FALSE;
    }

  tool_client_join (self->client, name_space);

  return TRUE;
}

static gboolean
run_close (ToolCommands  *self,
           const char    *name_space,
           GError       **error)
{
  SioSocket *socket = tool_client_get_socket (self->client, name_space);

  if (socket == NULL)
    {
      fail (error, "“%s” is not one of the namespaces that were opened", name_space);
      return FALSE;
    }

  sio_socket_close (socket);

  return TRUE;
}

static gboolean
run_command (ToolCommands  *self,
             SioValue      *command,
             GError       **error)
{
  g_autoptr(GError) fault = NULL;
  SioValue *number = sio_value_lookup (command, "acknowledge");
  const char *text;
  gboolean ok = FALSE;

  if (number != NULL)
    return run_acknowledge (self, command, number, error);

  if ((text = get_text (command, "emit", &fault)) != NULL)
    ok = run_emit (self, command, text, &fault);
  else if (fault == NULL && (text = get_text (command, "call", &fault)) != NULL)
    ok = run_call (self, command, text, &fault);
  else if (fault == NULL && (text = get_text (command, "open", &fault)) != NULL)
    ok = run_open (self, text, &fault);
  else if (fault == NULL && (text = get_text (command, "close", &fault)) != NULL)
    ok = run_close (self, text, &fault);
  else if (fault == NULL)
    fail (&fault, "A command has one of the members “emit”, “call”, “acknowledge”, “open” and “close”");

  if (fault != NULL)
    g_propagate_error (error, g_steal_pointer (&fault));

  return ok;
}

static void
on_line (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  g_autoptr(SioValue) command = NULL;
  ToolCommands *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (line == NULL)
    {
      self->at_end = TRUE;
      quit_at_end (self);
      return;
    }

  if (*g_strstrip (line) != '\0')
    {
      command = tool_json_parse_object (line, &error);
      if (command == NULL || !run_command (self, command, &error))
        tool_printer_failure (tool_client_get_printer (self->client), NULL, NULL, error, NULL);
    }
  read_line (self);
}

static void
read_line (ToolCommands *self)
{
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, self->cancellable, on_line, self);
}

ToolCommands *
tool_commands_new (ToolClient *client)
{
  ToolCommands *self = g_new0 (ToolCommands, 1);

  self->client = client;
  self->cancellable = g_cancellable_new ();

  return self;
}

void
tool_commands_start (ToolCommands *self)
{
  g_autoptr(GInputStream) stream = NULL;

  if (self->input != NULL)
    return;

  stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  self->input = g_data_input_stream_new (stream);
  read_line (self);
}

void
tool_commands_free (ToolCommands *self)
{
  /* What is under way ends in its callback, which then looks at nothing. */
  g_cancellable_cancel (self->cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->input);
  g_object_unref (self->cancellable);
  g_free (self);
}
