/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Functions that listen to a namespace's events, beside the signal. */

#include "sio-socket-private.h"

#define RETURN_VAL_IF_FOREIGN_THREAD(self, value) g_return_val_if_fail ((self)->thread == g_thread_self (), (value))

/**
 * sio_socket_on:
 * @self: a socket
 * @event: (nullable): the event's name, or %NULL for each event
 * @func: (scope notified) (closure user_data) (destroy destroy): called with each such event
 * @user_data: what is passed to @func
 * @destroy: (nullable): called with @user_data when @func is not needed any more
 *
 * Has @func called with each event of the name @event that arrives, until [method@Socket.off]. Those for each event are called
 * before those for one name, and all of them before the handlers of [signal@Socket::event]. Unlike the details of a signal, the
 * names leave nothing behind when they are not listened to any more.
 *
 * Returns: the number of the listener, for [method@Socket.off]
 */
guint
sio_socket_on (SioSocket      *self,
               const char     *event,
               SioEventFunc    func,
               gpointer        user_data,
               GDestroyNotify  destroy)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);
  RETURN_VAL_IF_FOREIGN_THREAD (self, 0);
  g_return_val_if_fail (func != NULL, 0);

  return sio_listeners_add (self->listeners, event, FALSE, func, user_data, destroy);
}

/**
 * sio_socket_once:
 * @self: a socket
 * @event: (nullable): the event's name, or %NULL for each event
 * @func: (scope notified) (closure user_data) (destroy destroy): called with each such event
 * @user_data: what is passed to @func
 * @destroy: (nullable): called with @user_data when @func is not needed any more
 *
 * Has @func called with the next event of the name @event that arrives, and then no more.
 *
 * Returns: the number of the listener, for [method@Socket.off]
 */
guint
sio_socket_once (SioSocket      *self,
                 const char     *event,
                 SioEventFunc    func,
                 gpointer        user_data,
                 GDestroyNotify  destroy)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);
  RETURN_VAL_IF_FOREIGN_THREAD (self, 0);
  g_return_val_if_fail (func != NULL, 0);

  return sio_listeners_add (self->listeners, event, TRUE, func, user_data, destroy);
}

/**
 * sio_socket_prepend_any:
 * @self: a socket
 * @func: (scope notified) (closure user_data) (destroy destroy): called with each event that arrives
 * @user_data: what is passed to @func
 * @destroy: (nullable): called with @user_data when @func is not needed any more
 *
 * Has @func called with each event that arrives, before all who listen already, until [method@Socket.off].
 *
 * Returns: the number of the listener, for [method@Socket.off]
 */
guint
sio_socket_prepend_any (SioSocket      *self,
                        SioEventFunc    func,
                        gpointer        user_data,
                        GDestroyNotify  destroy)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);
  RETURN_VAL_IF_FOREIGN_THREAD (self, 0);
  g_return_val_if_fail (func != NULL, 0);

  return sio_listeners_add_any (self->listeners, FALSE, TRUE, func, user_data, destroy);
}

/**
 * sio_socket_on_any_outgoing:
 * @self: a socket
 * @func: (scope notified) (closure user_data) (destroy destroy): called with each event that is sent
 * @user_data: what is passed to @func
 * @destroy: (nullable): called with @user_data when @func is not needed any more
 *
 * Has @func called with each event that is handed to the connection, as [signal@Socket::event-outgoing] tells it and before
 * its handlers, until [method@Socket.off].
 *
 * Returns: the number of the listener, for [method@Socket.off]
 */
guint
sio_socket_on_any_outgoing (SioSocket      *self,
                            SioEventFunc    func,
                            gpointer        user_data,
                            GDestroyNotify  destroy)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);
  RETURN_VAL_IF_FOREIGN_THREAD (self, 0);
  g_return_val_if_fail (func != NULL, 0);

  return sio_listeners_add_any (self->listeners, TRUE, FALSE, func, user_data, destroy);
}

/**
 * sio_socket_prepend_any_outgoing:
 * @self: a socket
 * @func: (scope notified) (closure user_data) (destroy destroy): called with each event that is sent
 * @user_data: what is passed to @func
 * @destroy: (nullable): called with @user_data when @func is not needed any more
 *
 * Has @func called with each event that is handed to the connection, before all who listen already, until
 * [method@Socket.off].
 *
 * Returns: the number of the listener, for [method@Socket.off]
 */
guint
sio_socket_prepend_any_outgoing (SioSocket      *self,
                                 SioEventFunc    func,
                                 gpointer        user_data,
                                 GDestroyNotify  destroy)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);
  RETURN_VAL_IF_FOREIGN_THREAD (self, 0);
  g_return_val_if_fail (func != NULL, 0);

  return sio_listeners_add_any (self->listeners, TRUE, TRUE, func, user_data, destroy);
}

/**
 * sio_socket_off:
 * @self: a socket
 * @listener: the number of a listener, as [method@Socket.on] and its like return it
 *
 * Ends what [method@Socket.on] or one of its like began.
 *
 * Returns: %TRUE if there was such a listener
 */
gboolean
sio_socket_off (SioSocket *self,
                guint      listener)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), FALSE);
  RETURN_VAL_IF_FOREIGN_THREAD (self, FALSE);

  return sio_listeners_remove (self->listeners, listener);
}
