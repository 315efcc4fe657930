/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A manager's options that bound what a server can make it hold. None is ever without a bound. */

#include "sio-manager-private.h"

#define RETURN_IF_FOREIGN_THREAD(self) g_return_if_fail ((self)->thread == g_thread_self ())

/**
 * sio_manager_get_max_depth:
 * @self: a manager
 *
 * Gets how deep arrays and objects may be nested in what the server sends.
 *
 * Returns: the depth
 */
guint
sio_manager_get_max_depth (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), 0);

  return self->max_depth;
}

/**
 * sio_manager_set_max_depth:
 * @self: a manager
 * @depth: a depth, from 1 to 65,535
 *
 * Sets how deep arrays and objects may be nested in what the server sends, for the connections that are made from now on.
 */
void
sio_manager_set_max_depth (SioManager *self,
                           guint       depth)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (depth >= 1 && depth <= SIO_MAX_DEPTH);

  if (self->max_depth == depth)
    return;

  self->max_depth = depth;
  _sio_manager_notify (self, MANAGER_PROP_MAX_DEPTH);
}

/**
 * sio_manager_get_max_attachments:
 * @self: a manager
 *
 * Gets how many pieces of binary data one event or answer of the server may have.
 *
 * Returns: the number
 */
guint
sio_manager_get_max_attachments (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), 0);

  return self->max_attachments;
}

/**
 * sio_manager_set_max_attachments:
 * @self: a manager
 * @attachments: a number, at least 1
 *
 * Sets how many pieces of binary data one event or answer of the server may have, for the connections that are made from
 * now on.
 */
void
sio_manager_set_max_attachments (SioManager *self,
                                 guint       attachments)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (attachments >= 1);

  if (self->max_attachments == attachments)
    return;

  self->max_attachments = attachments;
  _sio_manager_notify (self, MANAGER_PROP_MAX_ATTACHMENTS);
}

/**
 * sio_manager_get_max_received_events:
 * @self: a manager
 *
 * Gets how many events of a namespace the server may send before it lets us join it.
 *
 * Returns: the number
 */
guint
sio_manager_get_max_received_events (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), 0);

  return self->max_received_events;
}

/**
 * sio_manager_set_max_received_events:
 * @self: a manager
 * @events: a number, at least 1
 *
 * Sets how many events of a namespace the server may send before it lets us join it.
 */
void
sio_manager_set_max_received_events (SioManager *self,
                                     guint       events)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (events >= 1);

  if (self->max_received_events == events)
    return;

  self->max_received_events = events;
  _sio_manager_notify (self, MANAGER_PROP_MAX_RECEIVED_EVENTS);
}

/**
 * sio_manager_get_max_received_bytes:
 * @self: a manager
 *
 * Gets how many bytes of events of a namespace the server may send before it lets us join it.
 *
 * Returns: the number of bytes
 */
gsize
sio_manager_get_max_received_bytes (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), 0);

  return self->max_received_bytes;
}

/**
 * sio_manager_set_max_received_bytes:
 * @self: a manager
 * @bytes: a number of bytes, at least 1
 *
 * Sets how many bytes of events of a namespace the server may send before it lets us join it.
 */
void
sio_manager_set_max_received_bytes (SioManager *self,
                                    gsize       bytes)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (bytes >= 1);

  if (self->max_received_bytes == bytes)
    return;

  self->max_received_bytes = bytes;
  _sio_manager_notify (self, MANAGER_PROP_MAX_RECEIVED_BYTES);
}
