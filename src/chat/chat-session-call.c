/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the server in /chat, and saying in words what went wrong. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-session-private.h"

gboolean
chat_session_can_ask (ChatSession *self)
{
  return self->chat_socket != NULL && sio_socket_get_connected (self->chat_socket);
}

/* FALSE when it could not be sent. */
gboolean
chat_session_emit (ChatSession  *self,
                   const char   *event,
                   SioValue     *arguments,
                   SioEmitFlags  flags)
{
  g_autoptr(GError) error = NULL;

  if (self->chat_socket == NULL)
    return FALSE;

  if (sio_socket_emit (self->chat_socket, event, arguments, flags, &error))
    return TRUE;

  g_debug ("%s: %s", event, error->message);
  return FALSE;
}

static GError *
translate_error (GError *error)
{
  g_autoptr(GError) original = error;
  g_autofree char *message = NULL;
  ChatError code = CHAT_ERROR_INTERNAL;

  if (original->domain != SIO_ERROR)
    return g_steal_pointer (&original);

  message = chat_session_describe_error (original);
  if (original->code == SIO_ERROR_TIMEOUT)
    code = CHAT_ERROR_TIMED_OUT;
  else if (original->code == SIO_ERROR_DISCONNECTED || original->code == SIO_ERROR_TRANSPORT)
    code = CHAT_ERROR_OFFLINE;
  else if (original->code == SIO_ERROR_TOO_LARGE)
    code = CHAT_ERROR_TOO_LARGE;

  return g_error_new_literal (CHAT_ERROR, (int) code, message);
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(SioValue) arguments = NULL;
  SioValue *first = NULL;
  GError *error = NULL;

  arguments = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);
  if (arguments == NULL)
    {
      g_task_return_error (task, translate_error (error));
      return;
    }

  first = sio_value_get_element (arguments, 0);
  if (first != NULL)
    g_task_return_pointer (task, sio_value_ref (first), (GDestroyNotify) sio_value_unref);
  else
    {
      g_message ("%s: the answer is empty", (const char *) g_task_get_task_data (task));
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_INVALID, _("The server’s answer could not be understood."));
    }
}

/* Ends with CHAT_ERROR_OFFLINE, CHAT_ERROR_TIMED_OUT, or G_IO_ERROR_CANCELLED when the session is stopped. */
void
chat_session_call_async (ChatSession         *self,
                         const char          *event,
                         SioValue            *arguments,
                         guint                timeout_ms,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, callback, user_data);

  g_task_set_source_tag (task, chat_session_call_async);
  g_task_set_task_data (task, g_strdup (event), g_free);

  if (!chat_session_can_ask (self))
    {
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_OFFLINE, _("There is no connection to the server."));
      return;
    }

  sio_socket_emit_with_ack_async (self->chat_socket, event, arguments, SIO_EMIT_NO_BUFFER, timeout_ms,
                                  self->cancellable, called_cb, g_steal_pointer (&task));
}

/* The first argument of the answer. */
SioValue *
chat_session_call_finish (ChatSession   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A server that sends what does not fit often sends it again and again: each event is shown once for each connection. */
void
chat_session_report_invalid (ChatSession  *self,
                             const char   *event,
                             const GError *error)
{
  g_autoptr(GError) report = NULL;

  if (!g_hash_table_add (self->reported, g_strdup (event)))
    {
      g_debug ("%s", error->message);
      return;
    }

  report = g_error_new (CHAT_ERROR, CHAT_ERROR_INVALID,
                        /* Translators: %s is a technical description in English */
                        _("The server sent something that could not be understood (%s)."), error->message);
  chat_session_report (self, report);
}

/* A library's error in words that a person can act on. */
char *
chat_session_describe_error (const GError *error)
{
  if (error->domain != SIO_ERROR)
    return g_strdup (error->message);

  switch ((SioError) error->code)
    {
    case SIO_ERROR_INVALID_URI:
      return g_strdup (_("This is not an address."));

    case SIO_ERROR_NOT_SOCKETIO:
      return g_strdup (_("What answers at this address is not a chat server."));

    case SIO_ERROR_UNSUPPORTED_VERSION:
      return g_strdup (_("The server is too old for this app."));

    case SIO_ERROR_TLS:
      return g_strdup_printf (_("The server’s certificate was not accepted: %s"), error->message);

    case SIO_ERROR_TIMEOUT:
      return g_strdup (_("The server did not answer in time."));

    case SIO_ERROR_DISCONNECTED:
      return g_strdup (_("The connection to the server was lost."));

    case SIO_ERROR_TRANSPORT:
      return g_strdup (_("The server cannot be reached."));

    case SIO_ERROR_PARSE:
      return g_strdup (_("The server sent something that could not be understood."));

    case SIO_ERROR_TOO_LARGE:
      return g_strdup (_("This is more than the connection takes."));

    case SIO_ERROR_REFUSED:
    case SIO_ERROR_INVALID_ARGUMENT:
    case SIO_ERROR_RESERVED_EVENT:
    case SIO_ERROR_BUFFER_FULL:
    case SIO_ERROR_ANSWERED:
    default:
      return g_strdup (error->message);
    }
}
