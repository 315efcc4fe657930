/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A manager's options that say how its connections are carried. They are looked at when a connection is made. */

#include "sio-manager-private.h"

#define RETURN_IF_FOREIGN_THREAD(self) g_return_if_fail ((self)->thread == g_thread_self ())

/**
 * sio_manager_get_upgrade:
 * @self: a manager
 *
 * Tells whether a connection that began with polling goes on over WebSocket.
 *
 * Returns: %TRUE if it does
 */
gboolean
sio_manager_get_upgrade (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), FALSE);

  return self->upgrade;
}

/**
 * sio_manager_set_upgrade:
 * @self: a manager
 * @upgrade: whether to upgrade
 *
 * Sets whether a connection that began with polling goes on over WebSocket, for the connections that are made from now on.
 */
void
sio_manager_set_upgrade (SioManager *self,
                         gboolean    upgrade)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  upgrade = !!upgrade;
  if (self->upgrade == upgrade)
    return;

  self->upgrade = upgrade;
  _sio_manager_notify (self, MANAGER_PROP_UPGRADE);
}

/**
 * sio_manager_get_remember_upgrade:
 * @self: a manager
 *
 * Tells whether to begin with WebSocket where the last connection came to stand on one.
 *
 * Returns: %TRUE if so
 */
gboolean
sio_manager_get_remember_upgrade (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), FALSE);

  return self->remember_upgrade;
}

/**
 * sio_manager_set_remember_upgrade:
 * @self: a manager
 * @remember_upgrade: whether to begin with what worked last
 *
 * Sets whether to begin with WebSocket where the last connection came to stand on one.
 */
void
sio_manager_set_remember_upgrade (SioManager *self,
                                  gboolean    remember_upgrade)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  remember_upgrade = !!remember_upgrade;
  if (self->remember_upgrade == remember_upgrade)
    return;

  self->remember_upgrade = remember_upgrade;
  _sio_manager_notify (self, MANAGER_PROP_REMEMBER_UPGRADE);
}

/**
 * sio_manager_get_try_all_transports:
 * @self: a manager
 *
 * Tells whether an attempt goes on with the next transport when one cannot connect.
 *
 * Returns: %TRUE if it does
 */
gboolean
sio_manager_get_try_all_transports (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), FALSE);

  return self->try_all_transports;
}

/**
 * sio_manager_set_try_all_transports:
 * @self: a manager
 * @try_all_transports: whether to try them all
 *
 * Sets whether an attempt goes on with the next transport when one cannot connect, for the connections that are made from
 * now on.
 */
void
sio_manager_set_try_all_transports (SioManager *self,
                                    gboolean    try_all_transports)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  try_all_transports = !!try_all_transports;
  if (self->try_all_transports == try_all_transports)
    return;

  self->try_all_transports = try_all_transports;
  _sio_manager_notify (self, MANAGER_PROP_TRY_ALL_TRANSPORTS);
}

/**
 * sio_manager_get_request_timeout:
 * @self: a manager
 *
 * Gets how long one request of polling may take.
 *
 * Returns: the time in milliseconds, or 0 for ever
 */
guint
sio_manager_get_request_timeout (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), 0);

  return self->request_timeout_ms;
}

/**
 * sio_manager_set_request_timeout:
 * @self: a manager
 * @timeout_ms: the time in milliseconds, or 0 for ever
 *
 * Sets how long one request of polling may take, for the connections that are made from now on.
 */
void
sio_manager_set_request_timeout (SioManager *self,
                                 guint       timeout_ms)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (self->request_timeout_ms == timeout_ms)
    return;

  self->request_timeout_ms = timeout_ms;
  _sio_manager_notify (self, MANAGER_PROP_REQUEST_TIMEOUT);
}

/**
 * sio_manager_get_add_trailing_slash:
 * @self: a manager
 *
 * Tells whether the path is sent with a slash at its end.
 *
 * Returns: %TRUE if it is
 */
gboolean
sio_manager_get_add_trailing_slash (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), FALSE);

  return self->add_trailing_slash;
}

/**
 * sio_manager_set_add_trailing_slash:
 * @self: a manager
 * @add_trailing_slash: whether the path ends with a slash
 *
 * Sets whether the path is sent with a slash at its end, for the connections that are made from now on.
 */
void
sio_manager_set_add_trailing_slash (SioManager *self,
                                    gboolean    add_trailing_slash)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  add_trailing_slash = !!add_trailing_slash;
  if (self->add_trailing_slash == add_trailing_slash)
    return;

  self->add_trailing_slash = add_trailing_slash;
  _sio_manager_notify (self, MANAGER_PROP_ADD_TRAILING_SLASH);
}

/**
 * sio_manager_get_timestamps:
 * @self: a manager
 *
 * Gets which requests carry a parameter that no cache has seen.
 *
 * Returns: which requests
 */
SioTimestamps
sio_manager_get_timestamps (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), SIO_TIMESTAMPS_POLLING);

  return self->timestamps;
}

/**
 * sio_manager_set_timestamps:
 * @self: a manager
 * @timestamps: which requests carry one
 *
 * Sets which requests carry a parameter that no cache has seen, for the connections that are made from now on.
 */
void
sio_manager_set_timestamps (SioManager    *self,
                            SioTimestamps  timestamps)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (self->timestamps == timestamps)
    return;

  self->timestamps = timestamps;
  _sio_manager_notify (self, MANAGER_PROP_TIMESTAMPS);
}

/**
 * sio_manager_get_timestamp_parameter:
 * @self: a manager
 *
 * Gets the name of the parameter that no cache has seen.
 *
 * Returns: (transfer none): the name
 */
const char *
sio_manager_get_timestamp_parameter (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), NULL);

  return self->timestamp_parameter;
}

/**
 * sio_manager_set_timestamp_parameter:
 * @self: a manager
 * @name: a name, not empty
 *
 * Sets the name of the parameter that no cache has seen, for the connections that are made from now on.
 */
void
sio_manager_set_timestamp_parameter (SioManager *self,
                                     const char *name)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (name != NULL && *name != '\0');

  if (g_strcmp0 (self->timestamp_parameter, name) == 0)
    return;

  g_free (self->timestamp_parameter);
  self->timestamp_parameter = g_strdup (name);
  _sio_manager_notify (self, MANAGER_PROP_TIMESTAMP_PARAMETER);
}

/**
 * sio_manager_get_force_base64:
 * @self: a manager
 *
 * Tells whether binary data travels as base64 text also over WebSocket.
 *
 * Returns: %TRUE if it does
 */
gboolean
sio_manager_get_force_base64 (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), FALSE);

  return self->force_base64;
}

/**
 * sio_manager_set_force_base64:
 * @self: a manager
 * @force_base64: whether to send text only
 *
 * Sets whether binary data travels as base64 text also over WebSocket, for the connections that are made from now on.
 */
void
sio_manager_set_force_base64 (SioManager *self,
                              gboolean    force_base64)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  force_base64 = !!force_base64;
  if (self->force_base64 == force_base64)
    return;

  self->force_base64 = force_base64;
  _sio_manager_notify (self, MANAGER_PROP_FORCE_BASE64);
}
