/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The manager's options. They are looked at when a connection is made, so that changes count from the next one on. */

#include <float.h>
#include <string.h>

#include "sio-manager-private.h"

#define RETURN_IF_FOREIGN_THREAD(self) g_return_if_fail ((self)->thread == g_thread_self ())

/**
 * sio_manager_set_path:
 * @self: a manager
 * @path: the path on which the server answers, `/socket.io/` where nothing else was agreed
 *
 * Sets the path, for the connections that are made from now on.
 */
void
sio_manager_set_path (SioManager *self,
                      const char *path)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (path != NULL && *path == '/');

  if (g_strcmp0 (self->path, path) == 0)
    return;

  g_free (self->path);
  self->path = g_strdup (path);
  _sio_manager_notify (self, MANAGER_PROP_PATH);
}

static gboolean
transports_are_known (const char * const *transports)
{
  if (transports == NULL || transports[0] == NULL)
    return FALSE;

  for (guint i = 0; transports[i] != NULL; i++)
    if (strcmp (transports[i], "polling") != 0 && strcmp (transports[i], "websocket") != 0)
      return FALSE;

  return TRUE;
}

/**
 * sio_manager_set_transports:
 * @self: a manager
 * @transports: (array zero-terminated=1): `polling` or `websocket` or both, the one to begin with first
 *
 * Sets the transports, for the connections that are made from now on.
 */
void
sio_manager_set_transports (SioManager         *self,
                            const char * const *transports)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (transports_are_known (transports));

  if (g_strv_equal ((const char * const *) self->transports, transports))
    return;

  g_strfreev (self->transports);
  self->transports = g_strdupv ((char **) transports);
  _sio_manager_notify (self, MANAGER_PROP_TRANSPORTS);
}

/**
 * sio_manager_set_query:
 * @self: a manager
 * @name: the name of a query parameter; those of the protocol (`EIO`, `transport`, `sid`, `t`, `j`, `b64`) cannot be set
 * @value: (nullable): its value, or %NULL to take it out
 *
 * Sets a parameter of the handshake, for the connections that are made from now on. What is secret belongs into the
 * credentials instead ([method@Socket.set_auth]): addresses end up in logs.
 */
void
sio_manager_set_query (SioManager *self,
                       const char *name,
                       const char *value)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (name != NULL && *name != '\0');

  if (value != NULL)
    g_hash_table_replace (self->query, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->query, name);
}

static void
set_header (SoupMessageHeaders *headers,
            const char         *name,
            const char         *value)
{
  if (value != NULL)
    soup_message_headers_replace (headers, name, value);
  else
    soup_message_headers_remove (headers, name);
}

/**
 * sio_manager_set_header:
 * @self: a manager
 * @name: the name of an HTTP header
 * @value: (nullable): its value, or %NULL to take it out
 *
 * Sets a header of each request, for the connections that are made from now on.
 */
void
sio_manager_set_header (SioManager *self,
                        const char *name,
                        const char *value)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (name != NULL && *name != '\0');

  set_header (self->headers, name, value);
}

/**
 * sio_manager_set_transport_header:
 * @self: a manager
 * @transport: `polling` or `websocket`
 * @name: the name of an HTTP header
 * @value: (nullable): its value, or %NULL to take it out
 *
 * Sets a header of the requests of one transport, for the connections that are made from now on. It takes the place of one of the
 * same name from [method@Manager.set_header]. A connection that is upgraded is made twice, once with each transport.
 */
void
sio_manager_set_transport_header (SioManager *self,
                                  const char *transport,
                                  const char *name,
                                  const char *value)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (g_strcmp0 (transport, "polling") == 0 || g_strcmp0 (transport, "websocket") == 0);
  g_return_if_fail (name != NULL && *name != '\0');

  set_header (g_str_equal (transport, "polling") ? self->polling_headers : self->websocket_headers, name, value);
}

/**
 * sio_manager_set_timeout:
 * @self: a manager
 * @timeout_ms: the time in milliseconds, or 0 for ever
 *
 * Sets how long to wait for a connection, and then for each namespace to be joined.
 */
void
sio_manager_set_timeout (SioManager *self,
                         guint       timeout_ms)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (self->timeout_ms == timeout_ms)
    return;

  self->timeout_ms = timeout_ms;
  _sio_manager_notify (self, MANAGER_PROP_TIMEOUT);
}

/**
 * sio_manager_set_reconnection:
 * @self: a manager
 * @reconnection: whether to reconnect
 *
 * Sets whether to try again when the connection is lost or cannot be made. An attempt that is waited for already is still
 * made.
 */
void
sio_manager_set_reconnection (SioManager *self,
                              gboolean    reconnection)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  reconnection = !!reconnection;
  if (self->reconnection == reconnection)
    return;

  self->reconnection = reconnection;
  _sio_manager_notify (self, MANAGER_PROP_RECONNECTION);
}

/**
 * sio_manager_set_reconnection_attempts:
 * @self: a manager
 * @attempts: a number of attempts, or 0 for as many as it takes
 *
 * Sets how often to try again before giving up.
 */
void
sio_manager_set_reconnection_attempts (SioManager *self,
                                       guint       attempts)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (self->reconnection_attempts == attempts)
    return;

  self->reconnection_attempts = attempts;
  _sio_manager_notify (self, MANAGER_PROP_RECONNECTION_ATTEMPTS);
}

/**
 * sio_manager_set_reconnection_delay:
 * @self: a manager
 * @delay_ms: the delay before the first attempt, in milliseconds; 0 is the default of 1,000
 * @delay_max_ms: the longest delay, in milliseconds; 0 is the default of 5,000
 *
 * Sets how long to wait before attempts to reconnect, from the next one on.
 */
void
sio_manager_set_reconnection_delay (SioManager *self,
                                    guint       delay_ms,
                                    guint       delay_max_ms)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (delay_ms == 0)
    delay_ms = SIO_DEFAULT_RECONNECTION_DELAY_MS;
  if (delay_max_ms == 0)
    delay_max_ms = SIO_DEFAULT_RECONNECTION_DELAY_MAX_MS;

  g_object_freeze_notify (G_OBJECT (self));
  if (self->reconnection_delay_ms != delay_ms)
    {
      self->reconnection_delay_ms = delay_ms;
      _sio_manager_notify (self, MANAGER_PROP_RECONNECTION_DELAY);
    }
  if (self->reconnection_delay_max_ms != delay_max_ms)
    {
      self->reconnection_delay_max_ms = delay_max_ms;
      _sio_manager_notify (self, MANAGER_PROP_RECONNECTION_DELAY_MAX);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sio_manager_set_randomization_factor:
 * @self: a manager
 * @factor: a number from 0 (no spread) to 1
 *
 * Sets by which part of itself each delay is lengthened or shortened at random.
 */
void
sio_manager_set_randomization_factor (SioManager *self,
                                      double      factor)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (factor >= 0 && factor <= 1);

  if (G_APPROX_VALUE (self->randomization_factor, factor, DBL_EPSILON))
    return;

  self->randomization_factor = factor;
  _sio_manager_notify (self, MANAGER_PROP_RANDOMIZATION_FACTOR);
}

/**
 * sio_manager_set_max_message_size:
 * @self: a manager
 * @bytes: a number of bytes, at least 1
 *
 * Sets how large one message of the server may be, for the connections that are made from now on. More than a gigabyte is taken
 * for one.
 */
void
sio_manager_set_max_message_size (SioManager *self,
                                  gsize       bytes)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (bytes > 0);

  if (self->max_message_size == bytes)
    return;

  self->max_message_size = bytes;
  _sio_manager_notify (self, MANAGER_PROP_MAX_MESSAGE_SIZE);
}

/**
 * sio_manager_set_tls_database:
 * @self: a manager
 * @database: (nullable): the certificates to trust, or %NULL for those of the system
 *
 * Sets what the server's certificate is verified against, for the connections that are made from now on.
 */
void
sio_manager_set_tls_database (SioManager   *self,
                              GTlsDatabase *database)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (database == NULL || G_IS_TLS_DATABASE (database));

  if (g_set_object (&self->tls_database, database))
    _sio_manager_notify (self, MANAGER_PROP_TLS_DATABASE);
}
