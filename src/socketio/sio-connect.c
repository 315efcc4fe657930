/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-connect-private.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "sio-transport-error-private.h"

typedef struct
{
  SioEngineSettings    *settings;
  GTlsCertificateFlags  certificate_errors;
} Connect;

static void
connect_free (gpointer data)
{
  Connect *self = data;

  sio_engine_settings_unref (self->settings);
  g_free (self);
}

static void
return_error (GTask        *task,
              const GError *error)
{
  Connect *self = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_error (task, sio_transport_error_from_io (self->settings, error, self->certificate_errors));
}

static gboolean
accept_certificate_cb (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  Connect *self = user_data;

  if (sio_engine_settings_accepts (self->settings, certificate, errors))
    return TRUE;

  self->certificate_errors = errors;

  return FALSE;
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  gboolean secure = g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error);

  /* From here on the task, and with it the handler's data, goes away. */
  g_signal_handlers_disconnect_by_data (source, g_task_get_task_data (task));
  if (secure)
    g_task_return_pointer (task, g_object_ref (source), g_object_unref);
  else
    return_error (task, error);
}

static void
start_tls (GTask     *task,
           GIOStream *base)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  Connect *self = g_task_get_task_data (task);
  g_autoptr(GIOStream) tls = NULL;
  g_autoptr(GSocketConnectable) identity = NULL;
  g_autoptr(GError) error = NULL;

  identity = g_network_address_new (g_uri_get_host (self->settings->options.uri),
                                    sio_engine_settings_get_port (self->settings));
  tls = g_tls_client_connection_new (base, identity, &error);
  if (tls == NULL)
    {
      return_error (task, error);
      g_object_unref (task);
      return;
    }

  if (self->settings->options.tls_database != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (tls), self->settings->options.tls_database);
  if (self->settings->options.tls_certificate != NULL)
    g_tls_connection_set_certificate (G_TLS_CONNECTION (tls), self->settings->options.tls_certificate);
  if (self->settings->options.tls_interaction != NULL)
    g_tls_connection_set_interaction (G_TLS_CONNECTION (tls), self->settings->options.tls_interaction);
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  /* The end of a WebSocket is told by its close frame: many servers do not say good-bye on TLS too. */
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                    handshake_cb, task);
}

static void
connect_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GError) error = NULL;
  Connect *self = g_task_get_task_data (task);

  connection = g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (source), result, &error);
  if (connection == NULL)
    {
      return_error (task, error);
      return;
    }

  /* Frames are small and wait for nothing. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  if (sio_engine_settings_is_secure (self->settings))
    start_tls (g_steal_pointer (&task), G_IO_STREAM (connection));
  else
    g_task_return_pointer (task, g_steal_pointer (&connection), g_object_unref);
}

void
sio_connect_async (SioEngineSettings   *settings,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Connect *self = g_new0 (Connect, 1);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autofree char *host = sio_engine_settings_get_host (settings);
  g_autofree char *uri = NULL;

  self->settings = sio_engine_settings_ref (settings);
  g_task_set_source_tag (task, sio_connect_async);
  g_task_set_task_data (task, self, connect_free);

  /* Asking for a proxy costs a thread and a sixth of a millisecond; for ourselves there is none. */
  if (settings->options.proxy_resolver != NULL)
    g_socket_client_set_proxy_resolver (client, settings->options.proxy_resolver);
  else
    g_socket_client_set_enable_proxy (client, !sio_engine_settings_is_loopback (settings));
  /* The scheme tells the proxy resolver what is to be carried; TLS is laid over the connection below. */
  uri = g_strdup_printf ("%s://%s", sio_engine_settings_is_secure (settings) ? "https" : "http", host);
  g_socket_client_connect_to_uri_async (client, uri, sio_engine_settings_get_port (settings), cancellable, connect_cb,
                                        task);
}

GIOStream *
sio_connect_finish (GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
