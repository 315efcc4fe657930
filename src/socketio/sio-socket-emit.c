/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a namespace sends: at once, or when it is connected. */

#include "sio-error.h"
#include "sio-manager-private.h"
#include "sio-socket-private.h"

#define RETURN_IF_FOREIGN_THREAD(self) g_return_if_fail ((self)->thread == g_thread_self ())
#define RETURN_VAL_IF_FOREIGN_THREAD(self, value) g_return_val_if_fail ((self)->thread == g_thread_self (), (value))

void
_sio_socket_send (SioEngine   *engine,
                  SioOutgoing *packet)
{
  if (!packet->compressed)
    sio_engine_set_compressed (engine, FALSE);
  if (packet->text != NULL)
    sio_engine_send_text (engine, packet->text->str, packet->text->len);
  for (guint i = 0; packet->attachments != NULL && i < packet->attachments->len; i++)
    sio_engine_send_binary (engine, g_ptr_array_index (packet->attachments, i));
  if (!packet->compressed)
    sio_engine_set_compressed (engine, TRUE);
}

static SioEngine *
get_live_engine (SioSocket *self)
{
  return self->manager != NULL ? _sio_manager_get_live_engine (self->manager) : NULL;
}

/* The engine to which events go at once, or NULL when they have to wait. */
SioEngine *
_sio_socket_get_way (SioSocket *self)
{
  return self->phase == SIO_PHASE_JOINED && self->flushed ? get_live_engine (self) : NULL;
}

/* Who listens to what is sent may end the stay, or send more, which goes behind the rest. */
void
_sio_socket_flush (SioSocket *self)
{
  SioAnswerDoor *stay = self->door;
  SioEngine *engine = get_live_engine (self);
  gboolean had_some = !sio_send_buffer_is_empty (&self->send_buffer);

  while (self->door == stay && engine != NULL && !sio_send_buffer_is_empty (&self->send_buffer))
    {
      g_autoptr(SioOutgoing) packet = sio_send_buffer_pop (&self->send_buffer);

      if (packet->id != SIO_PACKET_NO_ID)
        sio_pending_acks_mark_sent (self->acks, packet->id);
      _sio_socket_send (engine, packet);
      _sio_socket_tell_outgoing (self, packet);
      engine = get_live_engine (self);
    }

  if (self->door == stay && engine != NULL)
    self->flushed = TRUE;
  if (had_some)
    _sio_socket_notify (self, SOCKET_PROP_N_BUFFERED);
}

typedef enum
{
  SENT,
  BUFFERED,
  DROPPED,
  FAILED,
} Outcome;

static gboolean
check_message (const char  *event,
               SioValue    *arguments,
               GError     **error)
{
  if (event != NULL && !g_utf8_validate (event, -1, NULL))
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "The name of the event is not valid UTF-8");
      return FALSE;
    }

  if (event != NULL && sio_packet_name_is_reserved (event))
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_RESERVED_EVENT, "The event name “%s” is reserved", event);
      return FALSE;
    }

  if (arguments != NULL && sio_value_get_kind (arguments) != SIO_VALUE_ARRAY)
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "The arguments are not an array");
      return FALSE;
    }

  return TRUE;
}

SioOutgoing *
_sio_socket_encode (SioSocket    *self,
                    const char   *event,
                    SioValue     *arguments,
                    gint64        id,
                    SioEmitFlags  flags)
{
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const SioCodec *codec = self->manager->codec;
  GString *text = codec->encode_message (self->name_space, event, arguments, id, attachments);
  SioOutgoing *packet;

  packet = sio_outgoing_new (codec, text, attachments->len > 0 ? g_steal_pointer (&attachments) : NULL, id);
  packet->compressed = (flags & SIO_EMIT_NO_COMPRESSION) == 0;

  return packet;
}

static gboolean
wants_queue (SioSocket    *self,
             SioEmitFlags  flags)
{
  return self->retries > 0 && self->manager != NULL &&
         (flags & (SIO_EMIT_VOLATILE | SIO_EMIT_NO_BUFFER | SIO_EMIT_NO_RETRY)) == 0;
}

/* Tells who listens, once it is noted who waits for the answer: a handler may do anything. */
static void
tell_sent (SioSocket   *self,
           Outcome      outcome,
           SioOutgoing *sent)
{
  if (outcome == SENT)
    _sio_socket_tell_outgoing (self, sent);
  else if (outcome == BUFFERED)
    _sio_socket_notify (self, SOCKET_PROP_N_BUFFERED);
}

/* @sent gets what was sent. */
static Outcome
send_event (SioSocket     *self,
            const char    *event,
            SioValue      *arguments,
            gint64         id,
            SioEmitFlags   flags,
            SioOutgoing  **sent,
            GError       **error)
{
  SioEngine *engine = _sio_socket_get_way (self);

  if ((flags & SIO_EMIT_VOLATILE) != 0 && (engine == NULL || !sio_engine_is_writable (engine)))
    return DROPPED;

  if (engine != NULL)
    {
      *sent = _sio_socket_encode (self, event, arguments, id, flags);
      _sio_socket_send (engine, *sent);
      return SENT;
    }

  if (self->manager == NULL || (flags & SIO_EMIT_NO_BUFFER) != 0)
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED, "“%s” is not connected", self->name_space);
      return FAILED;
    }

  return sio_send_buffer_push (&self->send_buffer, _sio_socket_encode (self, event, arguments, id, flags), error) ? BUFFERED
                                                                                                                  : FAILED;
}

gboolean
_sio_socket_send_answer (SioSocket  *self,
                         gint64      id,
                         SioValue   *arguments,
                         GError    **error)
{
  SioEngine *engine;
  g_autoptr(SioOutgoing) packet = NULL;

  RETURN_VAL_IF_FOREIGN_THREAD (self, FALSE);

  if (!check_message (NULL, arguments, error))
    return FALSE;

  engine = get_live_engine (self);
  if (engine == NULL)
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_DISCONNECTED, "The connection does not live any more");
      return FALSE;
    }

  packet = _sio_socket_encode (self, NULL, arguments, id, SIO_EMIT_DEFAULT);
  _sio_socket_send (engine, packet);

  return TRUE;
}

/**
 * sio_socket_emit: (skip)
 * @self: a socket
 * @event: the event's name, any but those of the protocol (`connect`, `connect_error`, `disconnect`, `disconnecting`,
 *   `newListener`, `removeListener`)
 * @arguments: (nullable): the event's arguments, an array; %NULL is an empty one
 * @flags: how to send it
 * @error: return location for an error
 *
 * Sends an event, or keeps it until the namespace is connected.
 *
 * Fails with %SIO_ERROR_RESERVED_EVENT or %SIO_ERROR_INVALID_ARGUMENT for what cannot be sent, with %SIO_ERROR_BUFFER_FULL
 * where as many wait already as [property@Socket:max-buffered-events] allows, and with %SIO_ERROR_DISCONNECTED if the namespace is not connected and @flags
 * has %SIO_EMIT_NO_BUFFER or the manager is gone.
 *
 * In the bindings it is [method@Socket.emit_event]: there `emit` is [class@GObject.Object]'s own word for signals.
 *
 * Returns: %TRUE if it was sent or kept, or dropped because it is volatile
 */
gboolean
sio_socket_emit (SioSocket     *self,
                 const char    *event,
                 SioValue      *arguments,
                 SioEmitFlags   flags,
                 GError       **error)
{
  g_autoptr(SioOutgoing) sent = NULL;
  Outcome outcome;

  g_return_val_if_fail (SIO_IS_SOCKET (self), FALSE);
  RETURN_VAL_IF_FOREIGN_THREAD (self, FALSE);
  g_return_val_if_fail (event != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_message (event, arguments, error))
    return FALSE;
  if (wants_queue (self, flags))
    return _sio_socket_enqueue (self, event, arguments, flags, self->ack_timeout_ms, NULL, error);

  outcome = send_event (self, event, arguments, SIO_PACKET_NO_ID, flags, &sent, error);
  tell_sent (self, outcome, sent);

  return outcome != FAILED;
}

/**
 * sio_socket_emit_event:
 * @self: a socket
 * @event: the event's name
 * @arguments: (nullable): the event's arguments, an array; %NULL is an empty one
 * @flags: how to send it
 * @error: return location for an error
 *
 * Does what [method@Socket.emit] does, under a name that the bindings can have.
 *
 * ```python
 * socket.emit_event("message", Sio.Value.new_strv(["Good evening"]), Sio.EmitFlags.DEFAULT)
 * ```
 *
 * Returns: %TRUE if it was sent or kept, or dropped because it is volatile
 */
gboolean
sio_socket_emit_event (SioSocket     *self,
                       const char    *event,
                       SioValue      *arguments,
                       SioEmitFlags   flags,
                       GError       **error)
{
  return sio_socket_emit (self, event, arguments, flags, error);
}

/**
 * sio_socket_emit_with_ack_async:
 * @self: a socket
 * @event: the event's name, as for [method@Socket.emit]
 * @arguments: (nullable): the event's arguments, an array; %NULL is an empty one
 * @flags: how to send it
 * @timeout_ms: how long to wait for the answer from now on, in milliseconds, %SIO_NO_TIMEOUT, or %SIO_DEFAULT_TIMEOUT for
 *   what [property@Socket:ack-timeout] says
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async) (closure user_data): called once
 * @user_data: what is passed to @callback
 *
 * Sends an event, or keeps it until the namespace is connected, and waits for the server's answer.
 *
 * An event that still waits to be sent survives a reconnection. When its wait ends by the time-out or by @cancellable before
 * it was sent, it is not sent at all.
 *
 * Where [property@Socket:retries] makes a queue, the time-out is that of each try, and begins when the event is sent.
 */
void
sio_socket_emit_with_ack_async (SioSocket           *self,
                                const char          *event,
                                SioValue            *arguments,
                                SioEmitFlags         flags,
                                guint                timeout_ms,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(SioOutgoing) sent = NULL;
  Outcome outcome;

  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (event != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sio_socket_emit_with_ack_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (timeout_ms == SIO_DEFAULT_TIMEOUT)
    timeout_ms = self->ack_timeout_ms;

  if (!check_message (event, arguments, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (wants_queue (self, flags))
    {
      if (_sio_socket_enqueue (self, event, arguments, flags, timeout_ms, task, &error))
        g_steal_pointer (&task);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  outcome = send_event (self, event, arguments, self->next_id, flags, &sent, &error);
  if (outcome == FAILED)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (outcome == DROPPED)
    {
      g_task_return_new_error (task, SIO_ERROR, SIO_ERROR_DISCONNECTED, "The volatile event could not be sent at once");
      return;
    }

  sio_pending_acks_add (self->acks, self->next_id++, g_steal_pointer (&task), timeout_ms, outcome == SENT);
  tell_sent (self, outcome, sent);
}

/**
 * sio_socket_emit_with_ack_finish:
 * @self: a socket
 * @result: what the callback got
 * @error: return location for an error
 *
 * Gets the answer that was waited for. Fails with %SIO_ERROR_TIMEOUT if none came in time, with %SIO_ERROR_DISCONNECTED if
 * the namespace was disconnected after the event was sent, with %G_IO_ERROR_CANCELLED, and with the errors of
 * [method@Socket.emit].
 *
 * Returns: (transfer full): the arguments of the answer, an array
 */
SioValue *
sio_socket_emit_with_ack_finish (SioSocket     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, sio_socket_emit_with_ack_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
