/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "sio-error.h"
#include "sio-manager-private.h"
#include "sio-socket-private.h"
#include "sio-timer-private.h"

/**
 * SioSocket:
 *
 * One namespace of a server, over the connection that its [class@Manager] shares among all of them.
 *
 * A socket is got from [method@Manager.get_socket]. It does nothing until [method@Socket.open]; from then on it is *active*:
 * it is joined whenever the manager is connected, again and again, until it is closed by [method@Socket.close], by the
 * server, or by the server's refusal. What arrives is told by the signal [signal@Socket::event], whose detail is the event's
 * name:
 *
 * ```c
 * g_signal_connect (socket, "event::user:joined", G_CALLBACK (on_user_joined), self);
 * g_signal_connect (socket, "event", G_CALLBACK (on_any_event), self);
 * ```
 *
 * What is sent while the namespace is not connected waits, in order, and goes out as soon as it is.
 *
 * The manager owns its sockets, and a socket does not keep its manager: with the last reference to the manager the
 * connection ends and its sockets are disconnected for good. Everything happens in the thread, and the thread-default main
 * context, in which the manager was made.
 */

enum
{
  OPENED,
  CLOSED,
  CONNECT_ERROR,
  EVENT,
  EVENT_OUTGOING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* An offset is an identifier that the server gave. A text longer than this is none. */
#define MAX_OFFSET_LENGTH 1024

G_DEFINE_FINAL_TYPE (SioSocket, sio_socket, G_TYPE_OBJECT)

#define RETURN_IF_FOREIGN_THREAD(self) g_return_if_fail ((self)->thread == g_thread_self ())

static void
on_ack_dropped (gint64   id,
                gpointer user_data)
{
  SioSocket *self = user_data;
  guint n = sio_socket_get_n_buffered (self);

  sio_send_buffer_remove (&self->send_buffer, id);
  if (n != sio_socket_get_n_buffered (self))
    _sio_socket_notify (self, SOCKET_PROP_N_BUFFERED);
}

static void
on_packet_dropped (SioOutgoing *packet,
                   gpointer     user_data)
{
  SioSocket *self = user_data;
  g_autoptr(GError) error = NULL;

  if (packet->id == SIO_PACKET_NO_ID)
    return;

  error = g_error_new_literal (SIO_ERROR, SIO_ERROR_BUFFER_FULL, "The event gave way to newer ones before it could be sent");
  sio_pending_acks_fail (self->acks, packet->id, error);
}

SioSocket *
_sio_socket_new (SioManager   *manager,
                 const char   *name_space,
                 GMainContext *context)
{
  SioSocket *self = g_object_new (SIO_TYPE_SOCKET, NULL);

  self->manager = manager;
  self->name_space = g_strdup (name_space);
  self->context = g_main_context_ref (context);
  self->acks = sio_pending_acks_new (context, on_ack_dropped, self);

  return self;
}

void
_sio_socket_set_active (SioSocket *self,
                        gboolean   active)
{
  if (self->active == active)
    return;

  self->active = active;
  _sio_socket_notify (self, SOCKET_PROP_ACTIVE);
}

void
_sio_socket_set_id (SioSocket  *self,
                    const char *id)
{
  if (g_strcmp0 (self->id, id) == 0)
    return;

  g_free (self->id);
  self->id = g_strdup (id);
  _sio_socket_notify (self, SOCKET_PROP_ID);
}

void
_sio_socket_start_stay (SioSocket  *self,
                        const char *id,
                        gboolean    recovered)
{
  g_object_freeze_notify (G_OBJECT (self));
  _sio_socket_set_id (self, id);
  _sio_socket_notify (self, SOCKET_PROP_CONNECTED);
  if (self->recovered != recovered)
    {
      self->recovered = recovered;
      _sio_socket_notify (self, SOCKET_PROP_RECOVERED);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
_sio_socket_end_stay (SioSocket *self)
{
  self->phase = SIO_PHASE_IDLE;
  self->flushed = FALSE;
  g_clear_pointer (&self->door, sio_answer_door_close);
  sio_pending_acks_disconnect (self->acks, FALSE);

  g_object_freeze_notify (G_OBJECT (self));
  _sio_socket_set_id (self, NULL);
  _sio_socket_notify (self, SOCKET_PROP_CONNECTED);
  g_object_thaw_notify (G_OBJECT (self));
}

void
_sio_socket_tell_opened (SioSocket *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

void
_sio_socket_tell_closed (SioSocket           *self,
                         SioDisconnectReason  reason,
                         const GError        *error)
{
  g_signal_emit (self, signals[CLOSED], 0, reason, error);
}

void
_sio_socket_tell_connect_error (SioSocket    *self,
                                const GError *error,
                                SioValue     *data)
{
  g_debug ("%s: %s", self->name_space, error->message);
  g_signal_emit (self, signals[CONNECT_ERROR], 0, error, data);
}

/* Where sessions are recovered, the last argument of an event that waits for no answer says how far we have read. */
static void
remember_offset (SioSocket       *self,
                 const SioPacket *packet)
{
  guint length;
  SioValue *last;
  const char *offset;

  if (self->private_id == NULL || packet->id != SIO_PACKET_NO_ID)
    return;

  length = sio_value_get_length (packet->data);
  last = sio_value_get_element (packet->data, length - 1);
  if (length < 2 || sio_value_get_kind (last) != SIO_VALUE_STRING)
    return;

  offset = sio_value_get_string (last);
  if (strlen (offset) <= MAX_OFFSET_LENGTH)
    g_string_assign (self->offset, offset);
}

/* The packet as it was sent is read again only where somebody wants to see it. */
void
_sio_socket_tell_outgoing (SioSocket   *self,
                           SioOutgoing *packet)
{
  g_autoptr(SioSocket) keep = NULL;
  g_autoptr(SioDecoder) decoder = NULL;
  g_autoptr(SioEvent) event = NULL;
  g_auto(SioPacket) sent = { 0 };
  gboolean complete = FALSE;
  gboolean ok = TRUE;

  /* Of any detail: the name is not known here. */
  if (!sio_listeners_listen_outgoing (self->listeners)
      && g_signal_handler_find (self, G_SIGNAL_MATCH_ID, signals[EVENT_OUTGOING], 0, NULL, NULL, NULL) == 0)
    return;

  decoder = sio_decoder_new (SIO_MAX_DEPTH, G_MAXUINT);
  /* Without the Engine.IO type. */
  if (packet->text != NULL)
    ok = packet->codec->add_text (decoder, packet->text->str + 1, packet->text->len - 1, &sent, &complete, NULL);
  for (guint i = 0; ok && !complete && i < packet->attachments->len; i++)
    ok = packet->codec->add_binary (decoder, g_ptr_array_index (packet->attachments, i), &sent, &complete, NULL);
  if (!ok || !complete)
    return;

  keep = g_object_ref (self);
  event = _sio_event_new (sent.data, SIO_PACKET_NO_ID, NULL);
  sio_listeners_tell_outgoing (self->listeners, self, event);
  g_signal_emit (self, signals[EVENT_OUTGOING], g_quark_try_string (sio_event_get_name (event)), event);
}

/* The name is looked up and not interned: names that nobody asked for, and there may be any number of them, leave no trace. */
void
_sio_socket_tell_event (SioSocket       *self,
                        const SioPacket *packet)
{
  g_autoptr(SioEvent) event = NULL;
  const char *name;
  GQuark detail;

  remember_offset (self, packet);

  event = _sio_event_new (packet->data, packet->id, self->door);
  name = sio_event_get_name (event);
  detail = g_quark_try_string (name);
  if (sio_listeners_listen (self->listeners, name))
    sio_listeners_tell (self->listeners, self, event);
  g_signal_emit (self, signals[EVENT], detail, event);
}

static void
clear_auth (SioSocket *self)
{
  GDestroyNotify destroy = g_steal_pointer (&self->auth_destroy);
  gpointer data = g_steal_pointer (&self->auth_data);

  self->auth_func = NULL;
  g_clear_pointer (&self->auth, sio_value_unref);
  if (destroy != NULL)
    destroy (data);
}

void
_sio_socket_detach (SioSocket *self)
{
  gboolean was_joined = _sio_socket_lose_session (self);

  self->manager = NULL;
  _sio_socket_set_active (self, FALSE);
  sio_pending_acks_disconnect (self->acks, TRUE);
  sio_send_buffer_clear (&self->send_buffer);
  _sio_socket_fail_queue (self, SIO_ERROR, SIO_ERROR_DISCONNECTED, "The connection was closed before the server answered");
  _sio_socket_notify (self, SOCKET_PROP_N_BUFFERED);
  _sio_socket_notify (self, SOCKET_PROP_MANAGER);
  _sio_socket_tell_lost (self, was_joined, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
}

static void
sio_socket_dispose (GObject *object)
{
  SioSocket *self = SIO_SOCKET (object);
  SioManager *manager = self->manager;

  if (manager != NULL)
    {
      /* Only when somebody runs the dispose of a socket that the manager still owns. */
      g_signal_handlers_destroy (self);
      _sio_socket_leave (self);
      _sio_socket_detach (self);
      _sio_manager_forget_socket (manager, self);
    }
  clear_auth (self);
  sio_listeners_clear (self->listeners);

  G_OBJECT_CLASS (sio_socket_parent_class)->dispose (object);
}

static void
sio_socket_finalize (GObject *object)
{
  SioSocket *self = SIO_SOCKET (object);

  sio_listeners_free (self->listeners);
  /* What a manager gives it: one that was made without stays without. */
  g_clear_pointer (&self->acks, sio_pending_acks_free);
  sio_send_buffer_clear (&self->send_buffer);
  g_string_free (self->offset, TRUE);
  g_free (self->delivery_prefix);
  g_free (self->private_id);
  g_free (self->id);
  g_free (self->name_space);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (sio_socket_parent_class)->finalize (object);
}

static void
install_signals (void)
{
  /**
   * SioSocket::opened:
   * @self: the socket
   *
   * The namespace was joined. What waited to be sent has been sent just before.
   */
  signals[OPENED] = g_signal_new ("opened", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SioSocket::closed:
   * @self: the socket
   * @reason: why
   * @details: (nullable): more, where there is more to say
   *
   * The namespace was joined and is not any more. With %SIO_DISCONNECT_REASON_SERVER and %SIO_DISCONNECT_REASON_CLIENT the
   * socket is not active any more; otherwise it is joined again with the manager's next connection.
   */
  signals[CLOSED] = g_signal_new ("closed", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, SIO_TYPE_DISCONNECT_REASON, G_TYPE_ERROR);

  /**
   * SioSocket::connect-error:
   * @self: the socket
   * @error: what went wrong
   * @data: (nullable): what the server adds to its refusal
   *
   * The namespace could not be joined. If the server refused it (%SIO_ERROR_REFUSED, %SIO_ERROR_UNSUPPORTED_VERSION), or sent
   * it away instead of an answer (%SIO_ERROR_DISCONNECTED), the socket is not active any more: open it again once the cause is
   * gone. Otherwise it goes on trying.
   *
   * Where the connection serves other namespaces, and the server says nothing at all for this one, its answer is waited for as
   * long as that connection lasts, and %SIO_ERROR_TIMEOUT tells each [property@Manager:timeout] that none came: a server that
   * is asked twice may let it in twice. With the next connection it is asked anew.
   */
  signals[CONNECT_ERROR] = g_signal_new ("connect-error", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_ERROR, SIO_TYPE_VALUE);

  /**
   * SioSocket::event:
   * @self: the socket
   * @event: what arrived; it is the handler's while it runs, and longer where it is referenced
   *
   * An event arrived. The detail is the event's name, so that `event::hello` gets only those named “hello”.
   */
  signals[EVENT] = g_signal_new ("event", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                                 g_cclosure_marshal_VOID__BOXED,
                                 G_TYPE_NONE, 1, SIO_TYPE_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
  g_signal_set_va_marshaller (signals[EVENT], SIO_TYPE_SOCKET, g_cclosure_marshal_VOID__BOXEDv);

  /**
   * SioSocket::event-outgoing:
   * @self: the socket
   * @event: what was sent, as the server gets it
   *
   * An event was handed to the connection: one that waited for it before comes here only now, and one that is sent again comes
   * again. The detail is the event's name. It is there to watch what is sent; acknowledgements of ours are not told.
   */
  signals[EVENT_OUTGOING] = g_signal_new ("event-outgoing", SIO_TYPE_SOCKET, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL,
                                          NULL, g_cclosure_marshal_VOID__BOXED,
                                          G_TYPE_NONE, 1, SIO_TYPE_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
  g_signal_set_va_marshaller (signals[EVENT_OUTGOING], SIO_TYPE_SOCKET, g_cclosure_marshal_VOID__BOXEDv);
}

static void
sio_socket_class_init (SioSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sio_socket_dispose;
  object_class->finalize = sio_socket_finalize;

  _sio_socket_install_properties (object_class);
  install_signals ();
}

static void
sio_socket_init (SioSocket *self)
{
  self->thread = g_thread_self ();
  self->offset = g_string_new (NULL);
  g_queue_init (&self->received);
  sio_send_buffer_init (&self->send_buffer, on_packet_dropped, self);
  sio_retry_queue_init (&self->queue);
  self->listeners = sio_listeners_new ();
}

/**
 * sio_socket_get_manager:
 * @self: a socket
 *
 * Gets the manager of @self.
 *
 * Returns: (transfer none) (nullable): the manager, or %NULL once it is gone
 */
SioManager *
sio_socket_get_manager (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);

  return self->manager;
}

/**
 * sio_socket_get_namespace:
 * @self: a socket
 *
 * Gets the name of the namespace.
 *
 * Returns: (transfer none): the name, with its slash
 */
const char *
sio_socket_get_namespace (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);

  return self->name_space;
}

/**
 * sio_socket_get_id:
 * @self: a socket
 *
 * Gets what the server calls @self.
 *
 * Returns: (transfer none) (nullable): the identifier, or %NULL while @self is not connected
 */
const char *
sio_socket_get_id (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);

  return self->id;
}

/**
 * sio_socket_get_connected:
 * @self: a socket
 *
 * Tells whether the namespace is joined.
 *
 * Returns: %TRUE if it is
 */
gboolean
sio_socket_get_connected (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), FALSE);

  return self->phase == SIO_PHASE_JOINED;
}

/**
 * sio_socket_get_active:
 * @self: a socket
 *
 * Tells whether the namespace is joined whenever the manager is connected.
 *
 * Returns: %TRUE if it is
 */
gboolean
sio_socket_get_active (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), FALSE);

  return self->active;
}

/**
 * sio_socket_get_recovered:
 * @self: a socket
 *
 * Tells whether the server went on with the session from before when the namespace was last joined.
 *
 * Returns: %TRUE if nothing was missed
 */
gboolean
sio_socket_get_recovered (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), FALSE);

  return self->recovered;
}

/**
 * sio_socket_set_auth:
 * @self: a socket
 * @auth: (nullable): the credentials, an object
 *
 * Sets what is sent each time the namespace is joined, in place of what was set before. For credentials that expire use
 * [method@Socket.set_auth_func].
 */
void
sio_socket_set_auth (SioSocket *self,
                     SioValue  *auth)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (auth == NULL || sio_value_get_kind (auth) == SIO_VALUE_OBJECT);

  if (auth != NULL)
    sio_value_ref (auth);
  clear_auth (self);
  self->auth = auth;
}

/**
 * sio_socket_set_auth_func:
 * @self: a socket
 * @func: (nullable) (scope notified) (closure user_data) (destroy destroy): the provider, or %NULL
 * @user_data: what is passed to @func
 * @destroy: (nullable): called with @user_data when the provider is not needed any more
 *
 * Sets who provides the credentials, in place of what was set before. The provider is asked each time the namespace is
 * joined, and answers with [method@Socket.give_auth]. The task's cancellable is cancelled when its answer is not wanted any more; an answer that comes in spite of that
 * is dropped. If the provider fails, or gives no answer within [property@Manager:timeout], the signal
 * [signal@Socket::connect-error] tells it, and it is asked again with the delays of the manager's reconnection.
 */
void
sio_socket_set_auth_func (SioSocket      *self,
                          SioAuthFunc     func,
                          gpointer        user_data,
                          GDestroyNotify  destroy)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);

  clear_auth (self);
  self->auth_func = func;
  self->auth_data = user_data;
  self->auth_destroy = destroy;
}

/**
 * sio_socket_open:
 * @self: a socket
 *
 * Makes @self active: joins the namespace, and opens the manager's connection first where there is none. While the manager
 * waits for its next attempt the namespace is joined with that one. May be called at any moment.
 */
void
sio_socket_open (SioSocket *self)
{
  g_autoptr(SioSocket) keep = NULL;

  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (self->manager == NULL)
    return;

  keep = g_object_ref (self);
  _sio_socket_set_active (self, TRUE);

  if (self->manager != NULL && self->active && self->manager->state == SIO_STATE_CLOSED)
    sio_manager_open (self->manager);
  else
    _sio_socket_join (self);
}

/**
 * sio_socket_close:
 * @self: a socket
 *
 * Leaves the namespace. @self is not active any more; with the last active socket the manager closes its connection. What
 * still waits to be sent is kept for when @self is opened again. May be called at any moment.
 */
void
sio_socket_close (SioSocket *self)
{
  g_autoptr(SioSocket) keep = NULL;
  gboolean was_joined;

  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (!self->active)
    return;

  keep = g_object_ref (self);
  was_joined = self->phase == SIO_PHASE_JOINED;

  g_object_freeze_notify (G_OBJECT (self));
  _sio_socket_leave (self);
  _sio_socket_set_active (self, FALSE);
  g_object_thaw_notify (G_OBJECT (self));

  if (was_joined)
    _sio_socket_tell_closed (self, SIO_DISCONNECT_REASON_CLIENT, NULL);
  if (self->manager != NULL)
    _sio_manager_release (self->manager);
}
