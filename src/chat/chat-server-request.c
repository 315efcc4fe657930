/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-error.h"
#include "chat-server-request-private.h"

/* Answers of a chat server are a few hundred bytes; what is longer is another server's page. */
#define MAX_BODY (256 * 1024)
#define TIMEOUT_S 15

void
chat_response_free (ChatResponse *self)
{
  g_free (self->text);
  g_clear_pointer (&self->json, sio_value_unref);
  g_free (self);
}

SoupSession *
chat_request_session_new (void)
{
  return soup_session_new_with_options ("timeout", TIMEOUT_S,
                                        "idle-timeout", 4,
                                        "user-agent", "Enfilade/" VERSION " ",
                                        NULL);
}

/* The person can act on the cause, so each cause has its own words. The gravest first. */
char *
chat_request_describe_tls (GTlsCertificateFlags flags)
{
  static const struct
  {
    GTlsCertificateFlags  flag;
    const char           *message;
  } causes[] = {
    { G_TLS_CERTIFICATE_REVOKED, N_("The server’s certificate was revoked.") },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("The server’s certificate is that of another server.") },
    { G_TLS_CERTIFICATE_EXPIRED, N_("The server’s certificate has expired.") },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_("The server’s certificate is not valid yet. Is the clock right?") },
    { G_TLS_CERTIFICATE_UNKNOWN_CA, N_("The server’s certificate was made by somebody whom this computer does not trust.") },
    { G_TLS_CERTIFICATE_INSECURE, N_("The server’s certificate is not secure enough.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      if (flags & causes[i].flag)
        return g_strdup (_(causes[i].message));
    }

  return g_strdup (_("The server’s certificate was not accepted."));
}

static gboolean
is_tls_error (const GError *error)
{
  return error->domain == G_TLS_ERROR;
}

static GError *
make_error (SoupMessage  *message,
            const GError *error)
{
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);

  if (is_tls_error (error) && flags != 0)
    {
      g_autofree char *text = chat_request_describe_tls (flags);

      return g_error_new_literal (CHAT_ERROR, CHAT_ERROR_TLS, text);
    }

  if (is_tls_error (error))
    return g_error_new_literal (CHAT_ERROR, CHAT_ERROR_TLS, _("No secure connection could be made to the server."));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new_literal (CHAT_ERROR, CHAT_ERROR_TIMED_OUT, _("The server did not answer in time."));

  if (error->domain == G_RESOLVER_ERROR)
    return g_error_new_literal (CHAT_ERROR, CHAT_ERROR_OFFLINE, _("There is no server of this name, or there is no network."));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_error_new_literal (CHAT_ERROR, CHAT_ERROR_OFFLINE, _("No server answers at this address."));

  if (error->domain == SOUP_SESSION_ERROR)
    return g_error_new_literal (CHAT_ERROR, CHAT_ERROR_NOT_A_SERVER, _("What answers at this address is not a chat server."));

  return g_error_new (CHAT_ERROR, CHAT_ERROR_OFFLINE, _("The server could not be reached: %s"), error->message);
}

static void
fail (GTask  *task,
      GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_error (task, make_error (g_task_get_task_data (task), error));
  g_error_free (error);
}

static ChatResponse *
make_response (SoupMessage *message,
               GBytes      *body)
{
  ChatResponse *response = g_new0 (ChatResponse, 1);
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);

  response->status = soup_message_get_status (message);
  if (length == 0 || !g_utf8_validate_len (data, length, NULL))
    return response;

  response->text = g_strndup (data, length);
  response->json = sio_value_new_from_text (response->text, (gssize) length, NULL);

  return response;
}

static void
splice_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GBytes) body = NULL;
  GError *error = NULL;
  gsize n_read = 0;
  guchar *buffer = g_object_get_data (G_OBJECT (task), "buffer");

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n_read, &error))
    {
      fail (task, error);
      return;
    }

  if (n_read > MAX_BODY)
    {
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_NOT_A_SERVER,
                               _("What answers at this address is not a chat server."));
      return;
    }

  body = g_bytes_new (buffer, n_read);
  g_task_return_pointer (task, make_response (g_task_get_task_data (task), body), (GDestroyNotify) chat_response_free);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GInputStream) stream = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  guchar *buffer = NULL;

  stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (stream == NULL)
    {
      fail (task, error);
      return;
    }

  /* One byte more than is taken, so that what is too long is seen to be. */
  buffer = g_malloc (MAX_BODY + 1);
  g_object_set_data_full (G_OBJECT (task), "buffer", buffer, g_free);
  g_input_stream_read_all_async (stream, buffer, MAX_BODY + 1, G_PRIORITY_DEFAULT, cancellable,
                                 splice_cb, g_steal_pointer (&task));
}

/* A redirection could carry a token or a password to another host: it is an answer like any other here. */
void
chat_request_send_async (SoupSession         *session,
                         SoupMessage         *message,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, chat_request_send_async);
  g_task_set_task_data (task, g_object_ref (message), g_object_unref);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable, sent_cb, g_steal_pointer (&task));
}

ChatResponse *
chat_request_send_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
