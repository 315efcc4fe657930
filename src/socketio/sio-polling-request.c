/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-polling-request-private.h"

#include "sio-cookies-private.h"
#include "sio-error.h"
#include "sio-transport-error-private.h"

/* Node keeps idle connections for 5 s; one that it is about to close must not be used for a POST. */
#define IDLE_TIMEOUT_SECONDS 4

/* A pending GET, a POST and the connections of libsoup's own making. */
#define MAX_CONNECTIONS_PER_HOST 6

#define READ_SIZE (64 * 1024)

/* Of the body of a refusal this much is read: enough for its message. */
#define MAX_REFUSAL_SIZE (4 * 1024)

typedef struct
{
  SioEngineSettings *settings;
  SoupMessage       *message;
  GInputStream      *stream;
  GByteArray        *body;
  SioPollingWroteFunc wrote;
  gpointer           wrote_data; /* the callback's, and kept by the caller until that is called */
  gsize              max_size;
  GCancellable      *caller;
  GCancellable      *cancellable; /* one of our own, that follows the caller's: that one ends all of its requests */
  gulong             cancelled;
  GSource           *timeout;
  GSource           *end_restarted;
  gboolean           timed_out;
  gboolean           restarted;
} Request;

static void read_more (GTask *task);

static void
request_free (gpointer data)
{
  Request *self = data;

  g_signal_handlers_disconnect_by_data (self->message, self);
  if (self->cancelled != 0)
    g_cancellable_disconnect (self->caller, self->cancelled);
  g_clear_object (&self->caller);
  if (self->timeout != NULL)
    g_source_destroy (self->timeout);
  g_clear_pointer (&self->timeout, g_source_unref);
  if (self->end_restarted != NULL)
    g_source_destroy (self->end_restarted);
  g_clear_pointer (&self->end_restarted, g_source_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->body, g_byte_array_unref);
  sio_engine_settings_unref (self->settings);
  g_free (self);
}

SoupSession *
sio_polling_session_new (SioEngineSettings *settings)
{
  SoupSession *session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS_PER_HOST,
                                                        "max-conns-per-host", MAX_CONNECTIONS_PER_HOST,
                                                        "timeout", 0,
                                                        "idle-timeout", IDLE_TIMEOUT_SECONDS,
                                                        NULL);

  if (settings->options.tls_database != NULL)
    soup_session_set_tls_database (session, settings->options.tls_database);
  if (settings->options.tls_interaction != NULL)
    soup_session_set_tls_interaction (session, settings->options.tls_interaction);
  if (settings->options.proxy_resolver != NULL)
    soup_session_set_proxy_resolver (session, settings->options.proxy_resolver);
  else if (sio_engine_settings_is_loopback (settings))
    soup_session_set_proxy_resolver (session, NULL);

  return session;
}

static void
return_io_error (GTask        *task,
                 const GError *error)
{
  Request *self = g_task_get_task_data (task);

  if (self->timed_out)
    g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_TIMEOUT, "The server did not answer in time");
  else if (self->restarted)
    g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_TRANSPORT, "The connection broke before the server’s answer came");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_error (task, sio_transport_error_from_io (self->settings, error,
                                                            soup_message_get_tls_peer_certificate_errors (self->message)));
}

static void
request_return (Request *self,
                GTask   *task)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  if (soup_message_get_status (self->message) == SOUP_STATUS_OK)
    g_task_return_pointer (task, g_steal_pointer (&self->body), (GDestroyNotify) g_byte_array_unref);
  else
    g_task_return_error (task,
                         sio_transport_error_from_status (self->settings, soup_message_get_status (self->message),
                                                          soup_message_headers_get_one (headers, "Location"),
                                                          (const char *) self->body->data, self->body->len));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  Request *self = g_task_get_task_data (task);

  if (bytes == NULL || self->restarted)
    {
      return_io_error (task, error);
      return;
    }

  g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (g_bytes_get_size (bytes) == 0)
    request_return (self, task);
  else if (self->body->len <= self->max_size)
    read_more (g_steal_pointer (&task));
  else if (soup_message_get_status (self->message) != SOUP_STATUS_OK)
    request_return (self, task);
  else
    g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_TOO_LARGE, "The server sent a message that is too large");
}

static void
read_more (GTask *task)
{
  Request *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, READ_SIZE, G_PRIORITY_DEFAULT, self->cancellable, read_cb, task);
}

static void
send_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  Request *self = g_task_get_task_data (task);

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream == NULL || self->restarted)
    {
      return_io_error (task, error);
      return;
    }

  /* An empty body has an address too. */
  self->body = g_byte_array_sized_new (READ_SIZE);
  if (soup_message_get_status (self->message) != SOUP_STATUS_OK)
    self->max_size = MAX_REFUSAL_SIZE;
  read_more (g_steal_pointer (&task));
}

static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  return sio_engine_settings_accepts (((Request *) user_data)->settings, certificate, errors);
}

/* HTTP/2 is not offered: what answers a request before all of its body is read brings libsoup 3.2 out of step. The official
 * client speaks HTTP/1.1 too. */
static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            user_data)
{
  static const char * const protocols[] = { "http/1.1", NULL };

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
}

static void
got_headers_cb (SoupMessage *message,
                gpointer     user_data)
{
  Request *self = user_data;

  sio_cookies_keep_answered (self->settings, soup_message_get_uri (message), soup_message_get_response_headers (message));
}

static void
wrote_body_data_cb (SoupMessage *message,
                    guint        size,
                    gpointer     user_data)
{
  Request *self = user_data;

  self->wrote (size, self->wrote_data);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Request *self = user_data;

  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *caller,
              gpointer      cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
end_restarted_cb (gpointer user_data)
{
  g_cancellable_cancel (((Request *) user_data)->cancellable);

  return G_SOURCE_REMOVE;
}

/* libsoup asks again where a connection that was used before breaks without an answer, since a GET changes nothing. Ours does: what
 * the server put into the answer that was lost it does not send again. libsoup cannot be stopped while it says so. */
static void
restarted_cb (SoupMessage *message,
              gpointer     user_data)
{
  Request *self = user_data;

  if (self->restarted)
    return;

  self->restarted = TRUE;
  self->end_restarted = g_idle_source_new ();
  g_source_set_priority (self->end_restarted, G_PRIORITY_HIGH);
  g_source_set_static_name (self->end_restarted, "[sio] end restarted request");
  g_source_set_callback (self->end_restarted, end_restarted_cb, self, NULL);
  g_source_attach (self->end_restarted, g_main_context_get_thread_default ());
}

static void
request_set_cancellable (Request      *self,
                         GCancellable *caller,
                         guint         timeout_ms)
{
  self->caller = g_object_ref (caller);
  self->cancellable = g_cancellable_new ();
  self->cancelled = g_cancellable_connect (caller, G_CALLBACK (cancelled_cb), g_object_ref (self->cancellable),
                                           g_object_unref);
  if (timeout_ms == 0)
    return;

  self->timeout = g_timeout_source_new (timeout_ms);
  g_source_set_static_name (self->timeout, "[sio] polling request");
  g_source_set_callback (self->timeout, timeout_cb, self, NULL);
  g_source_attach (self->timeout, g_main_context_get_thread_default ());
}

static void
append_header (const char *name,
               const char *value,
               gpointer    headers)
{
  soup_message_headers_append (headers, name, value);
}

static void
request_set_headers (Request *self,
                     GUri    *uri)
{
  SoupMessageHeaders *given = self->settings->options.polling_headers;
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);
  g_autofree char *cookies = sio_cookies_for_request (self->settings, uri, given);

  soup_message_headers_foreach (given, append_header, headers);
  if (cookies != NULL)
    soup_message_headers_replace (headers, "Cookie", cookies);
}

void
sio_polling_request_async (SoupSession         *session,
                           SioEngineSettings   *settings,
                           const char          *session_id,
                           GBytes              *body,
                           SioPollingWroteFunc  wrote,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Request *self = g_new0 (Request, 1);
  g_autoptr(GUri) uri = sio_engine_settings_build_uri (settings, "polling", session_id);

  self->settings = sio_engine_settings_ref (settings);
  self->wrote = wrote;
  self->wrote_data = user_data;
  self->message = soup_message_new_from_uri (body != NULL ? "POST" : "GET", uri);
  /* A body holds whole messages, binary ones longer by a third. */
  self->max_size = MIN (settings->options.max_message_size + settings->options.max_message_size / 2 + 4096,
                        G_MAXINT / 2);
  request_set_cancellable (self, cancellable, settings->options.request_timeout_ms);
  g_task_set_source_tag (task, sio_polling_request_async);
  g_task_set_task_data (task, self, request_free);

  request_set_headers (self, uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  if (body != NULL)
    {
      /* Without this each POST would make a connection of its own. libsoup does not send a POST twice for it. */
      soup_message_add_flags (self->message, SOUP_MESSAGE_IDEMPOTENT);
      /* Engine.IO 4 refuses application/octet-stream, even for binary messages. */
      soup_message_set_request_body_from_bytes (self->message, "text/plain;charset=UTF-8", body);
      g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), self);
    }
  if (settings->options.tls_certificate != NULL)
    soup_message_set_tls_client_certificate (self->message, settings->options.tls_certificate);
  g_signal_connect (self->message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  g_signal_connect (self->message, "network-event", G_CALLBACK (network_event_cb), NULL);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (got_headers_cb), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (restarted_cb), self);
  soup_session_send_async (session, self->message, G_PRIORITY_DEFAULT, self->cancellable, send_cb, task);
}

GByteArray *
sio_polling_request_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
