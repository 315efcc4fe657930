/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How a namespace's events are delivered: its options, and what waits to be sent. */

#include "sio-packet-private.h"
#include "sio-socket-private.h"

#define RETURN_IF_FOREIGN_THREAD(self) g_return_if_fail ((self)->thread == g_thread_self ())

/**
 * sio_socket_get_ack_timeout:
 * @self: a socket
 *
 * Gets how long to wait for an acknowledgement where nothing else is said.
 *
 * Returns: the time in milliseconds, or 0
 */
guint
sio_socket_get_ack_timeout (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);

  return self->ack_timeout_ms;
}

/**
 * sio_socket_set_ack_timeout:
 * @self: a socket
 * @timeout_ms: a time in milliseconds, or 0 for as long as the namespace stays connected
 *
 * Sets how long to wait for an acknowledgement where nothing else is said.
 */
void
sio_socket_set_ack_timeout (SioSocket *self,
                            guint      timeout_ms)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (self->ack_timeout_ms == timeout_ms)
    return;

  self->ack_timeout_ms = timeout_ms;
  _sio_socket_notify (self, SOCKET_PROP_ACK_TIMEOUT);
}

/**
 * sio_socket_get_retries:
 * @self: a socket
 *
 * Gets how often an event is sent again that the server does not acknowledge in time.
 *
 * Returns: how often
 */
guint
sio_socket_get_retries (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);

  return self->retries;
}

/**
 * sio_socket_set_retries:
 * @self: a socket
 * @retries: how often to send an event again, or 0 to send each once
 *
 * Sets how often an event is sent again that the server does not acknowledge in time. What is in the queue already stays there.
 */
void
sio_socket_set_retries (SioSocket *self,
                        guint      retries)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (self->retries == retries)
    return;

  self->retries = retries;
  _sio_socket_notify (self, SOCKET_PROP_RETRIES);
}

/**
 * sio_socket_get_delivery_ids:
 * @self: a socket
 *
 * Gets whether each event of the queue has an identifier as its last argument ([property@Socket:delivery-ids]).
 *
 * Returns: %TRUE if it has
 */
gboolean
sio_socket_get_delivery_ids (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), FALSE);

  return self->delivery_ids;
}

/**
 * sio_socket_set_delivery_ids:
 * @self: a socket
 * @delivery_ids: whether to add them
 *
 * Sets whether each event of the queue has an identifier as its last argument ([property@Socket:delivery-ids]).
 */
void
sio_socket_set_delivery_ids (SioSocket *self,
                             gboolean   delivery_ids)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);

  delivery_ids = !!delivery_ids;
  if (self->delivery_ids == delivery_ids)
    return;

  self->delivery_ids = delivery_ids;
  _sio_socket_notify (self, SOCKET_PROP_DELIVERY_IDS);
}

/**
 * sio_socket_get_max_buffered_events:
 * @self: a socket
 *
 * Gets how many events may wait at most.
 *
 * Returns: the number of events
 */
guint
sio_socket_get_max_buffered_events (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);

  return self->send_buffer.max_packets;
}

/**
 * sio_socket_set_max_buffered_events:
 * @self: a socket
 * @events: a number, at least 1
 *
 * Sets how many events may wait at most. What waits already stays.
 */
void
sio_socket_set_max_buffered_events (SioSocket *self,
                                    guint      events)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (events > 0);

  if (self->send_buffer.max_packets == events)
    return;

  self->send_buffer.max_packets = events;
  _sio_socket_notify (self, SOCKET_PROP_MAX_BUFFERED_EVENTS);
}

/**
 * sio_socket_get_max_buffered_bytes:
 * @self: a socket
 *
 * Gets how many bytes of events may wait at most.
 *
 * Returns: the number of bytes
 */
gsize
sio_socket_get_max_buffered_bytes (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);

  return self->send_buffer.max_size;
}

/**
 * sio_socket_set_max_buffered_bytes:
 * @self: a socket
 * @bytes: a number of bytes, at least 1
 *
 * Sets how many bytes of events may wait at most. What waits already stays.
 */
void
sio_socket_set_max_buffered_bytes (SioSocket *self,
                                   gsize      bytes)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (bytes > 0);

  if (self->send_buffer.max_size == bytes)
    return;

  self->send_buffer.max_size = bytes;
  _sio_socket_notify (self, SOCKET_PROP_MAX_BUFFERED_BYTES);
}

/**
 * sio_socket_get_buffer_policy:
 * @self: a socket
 *
 * Gets what happens to an event for which there is no space.
 *
 * Returns: what happens
 */
SioBufferPolicy
sio_socket_get_buffer_policy (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), SIO_BUFFER_POLICY_REFUSE_NEWEST);

  return self->send_buffer.policy;
}

/**
 * sio_socket_set_buffer_policy:
 * @self: a socket
 * @policy: what to do
 *
 * Sets what happens to an event for which there is no space.
 */
void
sio_socket_set_buffer_policy (SioSocket       *self,
                              SioBufferPolicy  policy)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (self->send_buffer.policy == policy)
    return;

  self->send_buffer.policy = policy;
  _sio_socket_notify (self, SOCKET_PROP_BUFFER_POLICY);
}

/**
 * sio_socket_get_n_buffered:
 * @self: a socket
 *
 * Gets how many events wait for the namespace to be connected.
 *
 * Returns: the number of events
 */
guint
sio_socket_get_n_buffered (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);

  return self->send_buffer.packets.length;
}

/**
 * sio_socket_get_buffered_bytes:
 * @self: a socket
 *
 * Gets how many bytes wait for the namespace to be connected.
 *
 * Returns: the number of bytes
 */
gsize
sio_socket_get_buffered_bytes (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);

  return self->send_buffer.size;
}

/**
 * sio_socket_clear_buffer:
 * @self: a socket
 *
 * Drops the events that wait for the namespace to be connected. Who waits for the answer to one gets %G_IO_ERROR_CANCELLED.
 */
void
sio_socket_clear_buffer (SioSocket *self)
{
  g_autoptr(GError) error = NULL;
  SioOutgoing *packet;

  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (sio_send_buffer_is_empty (&self->send_buffer))
    return;

  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The event was dropped before it could be sent");
  while ((packet = sio_send_buffer_pop (&self->send_buffer)) != NULL)
    {
      if (packet->id != SIO_PACKET_NO_ID)
        sio_pending_acks_fail (self->acks, packet->id, error);
      sio_outgoing_free (packet);
    }
  _sio_socket_notify (self, SOCKET_PROP_N_BUFFERED);
}
