/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A manager's connection while it stands: what arrives, and how it ends. */

#include "sio-error.h"
#include "sio-manager-private.h"
#include "sio-socket-private.h"
#include "sio-timer-private.h"

static GPtrArray *
copy_sockets (SioManager *self,
              gboolean    active_only)
{
  GPtrArray *sockets = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!active_only || ((SioSocket *) value)->active)
      g_ptr_array_add (sockets, g_object_ref (value));

  return sockets;
}

/* The engine goes out of use: what it still tells is not for us, except that it has ended. */
static void
put_engine_away (SioManager          *self,
                 SioDisconnectReason  reason,
                 const GError        *error)
{
  g_autoptr(SioEngine) engine = g_steal_pointer (&self->engine);

  if (engine == NULL)
    return;

  if (self->state != SIO_STATE_OPEN)
    {
      sio_engine_abandon (engine);
      return;
    }

  g_ptr_array_add (self->closing, g_object_ref (engine));
  sio_engine_close (engine, reason, error);
}

/* Once the engine is out of use. First everything is put in its new state, then it is told: a handler may do what it wants. */
static void
end_session (SioManager          *self,
             SioDisconnectReason  reason,
             const GError        *error,
             gboolean             retry)
{
  g_autoptr(SioManager) keep = g_object_ref (self);
  g_autoptr(GPtrArray) sockets = copy_sockets (self, FALSE);
  g_autofree gboolean *joined = g_new0 (gboolean, sockets->len + 1);
  gboolean was_open = self->state == SIO_STATE_OPEN;
  gboolean gave_up = FALSE;

  if (retry && (!was_open || reason == SIO_DISCONNECT_REASON_TRANSPORT_ERROR))
    self->websocket_worked = FALSE;

  g_debug ("%s: %s%s%s", self->uri, was_open ? sio_disconnect_reason_to_string (reason) : "no connection",
           error != NULL ? ": " : "", error != NULL ? error->message : "");

  g_object_freeze_notify (G_OBJECT (self));

  sio_timer_stop (&self->timer);
  sio_decoder_reset (self->decoder);
  self->packet_size = 0;
  for (guint i = 0; i < sockets->len; i++)
    joined[i] = _sio_socket_lose_session (g_ptr_array_index (sockets, i));

  if (retry && self->reconnection)
    {
      gave_up = !_sio_manager_schedule_attempt (self);
    }
  else
    {
      sio_backoff_reset (&self->backoff);
      _sio_manager_set_attempt (self, 0);
      _sio_manager_set_next_attempt_time (self, 0);
      _sio_manager_set_state (self, SIO_STATE_CLOSED);
    }
  if (was_open)
    _sio_manager_notify (self, MANAGER_PROP_TRANSPORT);

  g_object_thaw_notify (G_OBJECT (self));

  for (guint i = 0; i < sockets->len; i++)
    _sio_socket_tell_lost (g_ptr_array_index (sockets, i), joined[i], reason, error);

  if (was_open)
    g_signal_emit (self, _sio_manager_signals[MANAGER_SIGNAL_CLOSED], 0, reason, error);
  else if (retry)
    {
      for (guint i = 0; i < sockets->len; i++)
        {
          SioSocket *socket = g_ptr_array_index (sockets, i);

          if (socket->active)
            _sio_socket_tell_connect_error (socket, error, NULL);
        }
      g_signal_emit (self, _sio_manager_signals[MANAGER_SIGNAL_ERROR], 0, error);
    }

  if (gave_up && self->state == SIO_STATE_CLOSED)
    g_signal_emit (self, _sio_manager_signals[MANAGER_SIGNAL_RECONNECT_FAILED], 0);
}

/* We end a session that the engine still believes in. */
void
_sio_manager_break_session (SioManager          *self,
                            SioDisconnectReason  reason,
                            const GError        *error)
{
  put_engine_away (self, reason, error);
  end_session (self, reason, error, TRUE);
}

static void
on_engine_opened (SioEngine *engine,
                  gpointer   user_data)
{
  SioManager *self = user_data;
  g_autoptr(SioManager) keep = NULL;
  g_autoptr(GPtrArray) sockets = NULL;
  guint attempt = self->attempt;

  if (engine != self->engine)
    return;

  keep = g_object_ref (self);
  g_object_freeze_notify (G_OBJECT (self));
  sio_timer_stop (&self->timer);
  sio_decoder_reset (self->decoder);
  self->packet_size = 0;
  sio_backoff_reset (&self->backoff);
  self->websocket_worked = g_str_equal (sio_engine_get_transport (engine), "websocket");
  _sio_manager_set_attempt (self, 0);
  _sio_manager_set_state (self, SIO_STATE_OPEN);
  _sio_manager_notify (self, MANAGER_PROP_TRANSPORT);
  g_object_thaw_notify (G_OBJECT (self));

  sockets = copy_sockets (self, TRUE);
  for (guint i = 0; i < sockets->len && engine == self->engine; i++)
    _sio_socket_join (g_ptr_array_index (sockets, i));

  if (engine == self->engine)
    g_signal_emit (self, _sio_manager_signals[MANAGER_SIGNAL_OPENED], 0);
  if (engine == self->engine && attempt > 0)
    g_signal_emit (self, _sio_manager_signals[MANAGER_SIGNAL_RECONNECTED], 0, attempt);
}

/* @ok: whether the decoder could read what came. */
static void
take_decoded (SioManager *self,
              gboolean    ok,
              gboolean    complete,
              SioPacket  *packet,
              GError     *error)
{
  g_autoptr(SioSocket) socket = NULL;
  g_autoptr(GError) fault = error;
  gsize size = self->packet_size;

  if (ok && !complete)
    return;

  self->packet_size = 0;

  if (ok)
    {
      /* What comes for a namespace nobody asked for is not worth a word. */
      socket = g_hash_table_lookup (self->sockets, packet->name_space);
      if (socket != NULL)
        ok = _sio_socket_take_packet (g_object_ref (socket), packet, size, &fault);
    }

  if (!ok)
    _sio_manager_break_session (self, SIO_DISCONNECT_REASON_PARSE_ERROR, fault);
}

static void
on_engine_text (SioEngine  *engine,
                const char *text,
                gsize       length,
                gpointer    user_data)
{
  SioManager *self = user_data;
  g_auto(SioPacket) packet = { 0 };
  GError *error = NULL;
  gboolean complete = FALSE;
  gboolean ok;

  if (engine != self->engine)
    return;

  self->packet_size += length;
  ok = self->codec->add_text (self->decoder, text, length, &packet, &complete, &error);
  take_decoded (self, ok, complete, &packet, error);
}

static void
on_engine_binary (SioEngine *engine,
                  GBytes    *bytes,
                  gpointer   user_data)
{
  SioManager *self = user_data;
  g_auto(SioPacket) packet = { 0 };
  GError *error = NULL;
  gboolean complete = FALSE;
  gboolean ok;

  if (engine != self->engine)
    return;

  self->packet_size += g_bytes_get_size (bytes);
  ok = self->codec->add_binary (self->decoder, bytes, &packet, &complete, &error);
  take_decoded (self, ok, complete, &packet, error);
}

static void
on_engine_upgraded (SioEngine  *engine,
                    const char *transport,
                    gpointer    user_data)
{
  g_autoptr(SioManager) self = g_object_ref (user_data);

  if (engine != self->engine)
    return;

  self->websocket_worked = g_str_equal (transport, "websocket");
  _sio_manager_notify (self, MANAGER_PROP_TRANSPORT);
  if (engine == self->engine)
    g_signal_emit (self, _sio_manager_signals[MANAGER_SIGNAL_UPGRADED], 0, transport);
}

static void
on_engine_pinged (SioEngine *engine,
                  gpointer   user_data)
{
}

static void
free_source (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static gboolean
on_farewell_cancelled (GCancellable *cancellable,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = g_object_ref (user_data);
  SioManager *self = g_task_get_source_object (task);

  g_ptr_array_remove (self->farewells, task);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
watch_farewell (SioManager *self,
                GTask      *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  GSource *source;

  if (cancellable == NULL)
    return;

  source = g_cancellable_source_new (cancellable);
  g_source_set_static_name (source, "[sio] farewell");
  g_source_set_callback (source, G_SOURCE_FUNC (on_farewell_cancelled), task, NULL);
  g_source_attach (source, self->context);
  g_task_set_task_data (task, source, free_source);
}

/* Once all that was sent is on its way, or never will be. */
static void
say_farewell (SioManager *self)
{
  g_autoptr(GPtrArray) tasks = NULL;
  g_autoptr(GError) error = NULL;

  if (self->closing->len > 0)
    return;

  error = g_steal_pointer (&self->farewell_error);

  tasks = g_steal_pointer (&self->farewells);
  self->farewells = g_ptr_array_new_with_free_func (g_object_unref);
  /* The sources of their cancellables end with the data, all of them before the first callback, which may turn the loop. */
  for (guint i = 0; i < tasks->len; i++)
    g_task_set_task_data (g_ptr_array_index (tasks, i), NULL, NULL);
  for (guint i = 0; i < tasks->len; i++)
    if (error != NULL)
      g_task_return_error (g_ptr_array_index (tasks, i), g_error_copy (error));
    else
      g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
}

static void
forget_closing (SioManager   *self,
                SioEngine    *engine,
                const GError *error)
{
  g_autoptr(SioManager) keep = g_object_ref (self);

  /* Any other one is what it was closed for. */
  if (self->farewell_error == NULL && g_error_matches (error, SIO_ERROR, SIO_ERROR_TIMEOUT))
    self->farewell_error = g_error_copy (error);
  g_ptr_array_remove (self->closing, engine);
  say_farewell (self);
}

static void
on_engine_closed (SioEngine           *engine,
                  SioDisconnectReason  reason,
                  const GError        *error,
                  gpointer             user_data)
{
  SioManager *self = user_data;
  g_autoptr(SioEngine) keep = g_object_ref (engine);
  g_autoptr(GError) own_error = NULL;

  if (engine != self->engine)
    {
      forget_closing (self, engine, error);
      return;
    }

  if (error == NULL && self->state != SIO_STATE_OPEN)
    error = own_error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT,
                                             "The server closed the connection while it was being made");

  g_clear_object (&self->engine);
  end_session (self, reason, error, TRUE);
}

const SioEngineListener _sio_manager_listener = {
  .opened = on_engine_opened,
  .text = on_engine_text,
  .binary = on_engine_binary,
  .upgraded = on_engine_upgraded,
  .pinged = on_engine_pinged,
  .closed = on_engine_closed,
};

/**
 * sio_manager_close:
 * @self: a manager
 *
 * Closes the connection, or stops making one. All namespaces are disconnected with %SIO_DISCONNECT_REASON_FORCED_CLOSE before
 * this returns; those that are active are joined again after [method@Manager.open]. What was sent before still goes out.
 */
void
sio_manager_close (SioManager *self)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  g_return_if_fail (self->thread == g_thread_self ());

  if (self->state == SIO_STATE_CLOSED)
    return;

  put_engine_away (self, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  end_session (self, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL, FALSE);
}

/**
 * sio_manager_close_async:
 * @self: a manager
 * @cancellable: (nullable): to stop waiting; the connection is closed all the same
 * @callback: (scope async) (closure user_data): called once
 * @user_data: what is passed to @callback
 *
 * Closes the connection as [method@Manager.close] does, and tells when all that was sent before has gone out: what a program
 * waits for before it ends. It takes as long as the server takes what was sent, and three seconds more at the most once it takes
 * nothing any more.
 */
void
sio_manager_close_async (SioManager          *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (SIO_IS_MANAGER (self));
  g_return_if_fail (self->thread == g_thread_self ());
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sio_manager_close_async);

  sio_manager_close (self);
  watch_farewell (self, task);
  g_ptr_array_add (self->farewells, g_steal_pointer (&task));
  say_farewell (self);
}

/**
 * sio_manager_close_finish:
 * @self: a manager
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends what [method@Manager.close_async] began. Fails with %G_IO_ERROR_CANCELLED, and with %SIO_ERROR_TIMEOUT where the server did
 * not take all that was sent.
 *
 * Returns: %TRUE once nothing is left to be sent
 */
gboolean
sio_manager_close_finish (SioManager    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, sio_manager_close_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

SioEngine *
_sio_manager_get_live_engine (SioManager *self)
{
  if (self->state != SIO_STATE_OPEN || !sio_engine_check_alive (self->engine))
    return NULL;

  return self->engine;
}

void
_sio_manager_release (SioManager *self)
{
  g_autoptr(GPtrArray) active = copy_sockets (self, TRUE);

  if (active->len == 0)
    sio_manager_close (self);
}

void
_sio_manager_doubt_session (SioManager *self)
{
  g_autoptr(GError) error = NULL;
  GHashTableIter iter;
  gpointer value;

  if (self->state != SIO_STATE_OPEN)
    return;

  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((SioSocket *) value)->phase == SIO_PHASE_JOINED)
      return;

  error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TIMEOUT, "The server lets us join no namespace");
  _sio_manager_break_session (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
}

void
_sio_manager_forget_socket (SioManager *self,
                            SioSocket  *socket)
{
  g_hash_table_remove (self->sockets, sio_socket_get_namespace (socket));
  _sio_manager_release (self);
}

/* Ends everything without a word to the manager's own listeners. */
void
_sio_manager_dispose_connection (SioManager *self)
{
  g_autoptr(GHashTable) sockets = self->sockets;
  GHashTableIter iter;
  gpointer value;

  sio_timer_stop (&self->timer);
  g_clear_pointer (&self->network_watch, sio_network_watch_free);
  self->state = SIO_STATE_CLOSED;
  self->next_attempt_time = 0;
  self->attempt = 0;

  if (self->engine != NULL)
    {
      g_autoptr(SioEngine) engine = g_steal_pointer (&self->engine);

      sio_engine_abandon (engine);
    }
  for (guint i = 0; i < self->closing->len; i++)
    sio_engine_abandon (g_ptr_array_index (self->closing, i));
  g_ptr_array_set_size (self->closing, 0);
  say_farewell (self);
  g_clear_pointer (&self->trace, sio_trace_free);

  self->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_hash_table_iter_init (&iter, sockets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    _sio_socket_detach (value);
}
