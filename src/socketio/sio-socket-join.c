/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How a namespace is joined and left, and what the server says of it. */

#include "sio-builder.h"
#include "sio-error.h"
#include "sio-manager-private.h"
#include "sio-socket-private.h"
#include "sio-timer-private.h"

/* A server drops the whole connection when a namespace is joined that it has not yet left, and it takes its time to leave. */
#define LEAVE_GRACE_MS 100

static void start_join_timeout (SioSocket *self);

static void
cancel_auth (SioSocket *self)
{
  g_autoptr(GCancellable) cancellable = g_steal_pointer (&self->auth_cancellable);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static void
free_packet (gpointer data)
{
  sio_packet_clear (data);
  g_free (data);
}

static void
clear_received (SioSocket *self)
{
  g_queue_clear_full (&self->received, free_packet);
  self->received_size = 0;
}

/* Back to where nothing is under way, whatever was. */
static void
stop_joining (SioSocket *self)
{
  sio_timer_stop (&self->join_timer);
  cancel_auth (self);
  clear_received (self);
  if (self->phase == SIO_PHASE_JOINED)
    _sio_socket_end_stay (self);
  self->phase = SIO_PHASE_IDLE;
}

static void
forget_recovery (SioSocket *self)
{
  g_clear_pointer (&self->private_id, g_free);
  g_string_truncate (self->offset, 0);
}

/* The namespace is not joined again by itself. What a handler does with it, open it again for one, comes before the manager
 * closes a connection that serves nobody. */
static void
become_inactive (SioSocket *self)
{
  stop_joining (self);
  forget_recovery (self);
  _sio_socket_set_active (self, FALSE);
}

static void
release_manager (SioSocket *self)
{
  if (self->manager != NULL)
    _sio_manager_release (self->manager);
}

static gboolean
on_join_again (gpointer user_data)
{
  SioSocket *self = user_data;

  sio_timer_stop (&self->join_timer);
  _sio_socket_join (self);

  return G_SOURCE_REMOVE;
}

/* Nothing was sent: it can be tried again in the same session. */
static void
fail_auth (SioSocket    *self,
           const GError *error)
{
  SioManager *manager = self->manager;

  stop_joining (self);

  if (manager->reconnection &&
      (manager->reconnection_attempts == 0 || self->auth_backoff.attempts < manager->reconnection_attempts))
    sio_timer_start (&self->join_timer, self->context,
                     sio_backoff_next (&self->auth_backoff, g_random_double ()),
                     "[sio] ask for credentials again", on_join_again, self);

  _sio_socket_tell_connect_error (self, error, NULL);
}

static gboolean
on_join_timeout (gpointer user_data)
{
  g_autoptr(SioSocket) self = g_object_ref (user_data);
  g_autoptr(GError) error = NULL;

  sio_timer_stop (&self->join_timer);

  if (self->phase == SIO_PHASE_AUTH)
    {
      error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TIMEOUT, "The credentials were not given in time");
      fail_auth (self, error);
      return G_SOURCE_REMOVE;
    }

  /* A late answer is still taken where the session goes on for others, and is waited for: asked again, a server would let a
   * second one in. */
  start_join_timeout (self);
  error = g_error_new (SIO_ERROR, SIO_ERROR_TIMEOUT, "The server did not answer for “%s” in time", self->name_space);
  if (self->active)
    _sio_socket_tell_connect_error (self, error, NULL);

  if (self->manager != NULL && (self->phase == SIO_PHASE_JOINING || self->phase == SIO_PHASE_LEAVING))
    _sio_manager_doubt_session (self->manager);

  return G_SOURCE_REMOVE;
}

static void
start_join_timeout (SioSocket *self)
{
  if (self->manager->timeout_ms > 0)
    sio_timer_start (&self->join_timer, self->context, self->manager->timeout_ms,
                     "[sio] join a namespace", on_join_timeout, self);
}

/* The credentials' own members come before what the recovery adds. */
static SioValue *
build_connect_data (SioSocket *self,
                    SioValue  *auth)
{
  g_autoptr(SioBuilder) builder = NULL;
  g_autoptr(SioValue) values = NULL;

  if (self->private_id == NULL)
    return auth != NULL ? sio_value_ref (auth) : NULL;

  builder = sio_builder_new ();
  sio_builder_begin_object (builder);
  if (auth == NULL || sio_value_lookup (auth, "pid") == NULL)
    {
      sio_builder_set_name (builder, "pid");
      sio_builder_add_string (builder, self->private_id);
    }
  if (self->offset->len > 0 && (auth == NULL || sio_value_lookup (auth, "offset") == NULL))
    {
      sio_builder_set_name (builder, "offset");
      sio_builder_add_string (builder, self->offset->str);
    }
  for (guint i = 0; auth != NULL && i < sio_value_get_length (auth); i++)
    {
      sio_builder_set_name (builder, sio_value_get_name (auth, i));
      sio_builder_add_value (builder, sio_value_get_element (auth, i));
    }
  sio_builder_end (builder);
  values = sio_builder_finish (builder);

  return sio_value_ref (sio_value_get_element (values, 0));
}

static SioOutgoing *
encode_connect (SioSocket *self,
                SioValue  *data)
{
  const SioCodec *codec = self->manager->codec;
  GPtrArray *attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GString *text = codec->encode_connect (self->name_space, data, attachments);

  return sio_outgoing_new (codec, text, attachments, SIO_PACKET_NO_ID);
}

static void
send_connect (SioSocket *self,
              SioValue  *auth)
{
  SioEngine *engine = _sio_manager_get_live_engine (self->manager);
  g_autoptr(SioValue) data = NULL;
  g_autoptr(SioOutgoing) packet = NULL;

  if (engine == NULL)
    {
      stop_joining (self);
      return;
    }

  data = build_connect_data (self, auth);
  packet = encode_connect (self, data);
  self->phase = SIO_PHASE_JOINING;
  start_join_timeout (self);
  _sio_socket_send (engine, packet);
}

static void
on_auth (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  SioSocket *self = SIO_SOCKET (source);
  g_autoptr(SioValue) auth = NULL;
  g_autoptr(GError) error = NULL;

  /* An answer that was asked for another connection, or that nobody waits for any more: it must not be sent. */
  if (self->auth_cancellable == NULL || g_task_get_cancellable (G_TASK (result)) != self->auth_cancellable)
    return;

  sio_timer_stop (&self->join_timer);

  auth = g_task_propagate_pointer (G_TASK (result), &error);
  if (error == NULL && auth != NULL && sio_value_get_kind (auth) != SIO_VALUE_OBJECT)
    error = g_error_new_literal (SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "The credentials are no object");

  if (error != NULL)
    {
      fail_auth (self, error);
      return;
    }

  g_clear_object (&self->auth_cancellable);
  sio_backoff_reset (&self->auth_backoff);
  send_connect (self, auth);
}

static void
ask_auth (SioSocket *self)
{
  GTask *task;

  self->phase = SIO_PHASE_AUTH;
  self->auth_cancellable = g_cancellable_new ();
  start_join_timeout (self);

  g_main_context_push_thread_default (self->context);
  task = g_task_new (self, self->auth_cancellable, on_auth, NULL);
  g_task_set_source_tag (task, ask_auth);
  g_main_context_pop_thread_default (self->context);

  self->auth_func (self, task, self->auth_data);
}

/**
 * sio_socket_give_auth:
 * @self: a socket
 * @task: what the provider of [method@Socket.set_auth_func] was given
 * @auth: (nullable): the credentials, an object, or %NULL to join without any
 *
 * Ends @task with the credentials that it asked for. It may be called in any thread, once for each task: one that cannot be
 * given any ends with `g_task_return_error ()` instead. Nothing but these two may end it, `g_task_return_value ()` least of
 * all. @task stays the caller's.
 */
void
sio_socket_give_auth (SioSocket *self,
                      GTask     *task,
                      SioValue  *auth)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  g_return_if_fail (g_task_is_valid (task, self));
  g_return_if_fail (g_async_result_is_tagged (G_ASYNC_RESULT (task), ask_auth));

  g_task_return_pointer (task, auth != NULL ? sio_value_ref (auth) : NULL, (GDestroyNotify) sio_value_unref);
}

void
_sio_socket_join (SioSocket *self)
{
  gint64 waited_ms;

  if (!self->active || self->phase != SIO_PHASE_IDLE ||
      self->manager == NULL || self->manager->state != SIO_STATE_OPEN)
    return;

  waited_ms = (g_get_monotonic_time () - self->left_at) / 1000;
  if (self->left_at != 0 && waited_ms < LEAVE_GRACE_MS)
    {
      sio_timer_start (&self->join_timer, self->context, (guint) (LEAVE_GRACE_MS - waited_ms),
                       "[sio] join again", on_join_again, self);
      return;
    }

  sio_timer_stop (&self->join_timer);

  if (self->auth_backoff.attempts == 0)
    sio_backoff_init (&self->auth_backoff,
                      self->manager->reconnection_delay_ms, self->manager->reconnection_delay_max_ms,
                      self->manager->randomization_factor);

  if (self->auth_func != NULL)
    ask_auth (self);
  else
    send_connect (self, self->auth);
}

static SioOutgoing *
encode_disconnect (SioSocket *self)
{
  const SioCodec *codec = self->manager->codec;
  GPtrArray *attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GString *text = codec->encode_disconnect (self->name_space, attachments);

  return sio_outgoing_new (codec, text, attachments, SIO_PACKET_NO_ID);
}

static void
send_disconnect (SioSocket *self)
{
  SioEngine *engine = self->manager != NULL ? _sio_manager_get_live_engine (self->manager) : NULL;
  g_autoptr(SioOutgoing) packet = NULL;

  if (engine == NULL)
    return;

  packet = encode_disconnect (self);
  _sio_socket_send (engine, packet);
  self->left_at = g_get_monotonic_time ();
}

/* Leaves the namespace in whatever phase it is. */
void
_sio_socket_leave (SioSocket *self)
{
  if (self->phase == SIO_PHASE_JOINED)
    send_disconnect (self);

  /* A server drops the connection if it is told of a namespace that it has not let us join yet: wait for its answer. */
  if (self->phase == SIO_PHASE_JOINING || self->phase == SIO_PHASE_LEAVING)
    {
      clear_received (self);
      self->phase = SIO_PHASE_LEAVING;
    }
  else
    stop_joining (self);

  forget_recovery (self);
}

gboolean
_sio_socket_lose_session (SioSocket *self)
{
  gboolean was_joined = self->phase == SIO_PHASE_JOINED;

  g_object_freeze_notify (G_OBJECT (self));
  stop_joining (self);
  self->left_at = 0;

  return was_joined;
}

void
_sio_socket_tell_lost (SioSocket           *self,
                       gboolean             was_joined,
                       SioDisconnectReason  reason,
                       const GError        *error)
{
  g_object_thaw_notify (G_OBJECT (self));

  if (was_joined)
    _sio_socket_tell_closed (self, reason, error);
}

static void
finish_leaving (SioSocket *self,
                gboolean   joined)
{
  stop_joining (self);
  if (joined)
    send_disconnect (self);
  _sio_socket_join (self);
}

static void
refuse (SioSocket    *self,
        const GError *error,
        SioValue     *data)
{
  gboolean was_joined = self->phase == SIO_PHASE_JOINED;

  g_object_freeze_notify (G_OBJECT (self));
  become_inactive (self);
  g_object_thaw_notify (G_OBJECT (self));

  if (was_joined)
    _sio_socket_tell_closed (self, SIO_DISCONNECT_REASON_SERVER, error);
  _sio_socket_tell_connect_error (self, error, data);
  release_manager (self);
}

static const char *
lookup_string (SioValue   *object,
               const char *name)
{
  SioValue *value = NULL;

  if (object != NULL && sio_value_get_kind (object) == SIO_VALUE_OBJECT)
    value = sio_value_lookup (object, name);

  return value != NULL && sio_value_get_kind (value) == SIO_VALUE_STRING ? sio_value_get_string (value) : NULL;
}

static void
enter (SioSocket  *self,
       const char *id,
       const char *private_id)
{
  gboolean recovered = private_id != NULL && g_strcmp0 (private_id, self->private_id) == 0;
  GQueue received = self->received;
  SioAnswerDoor *door;
  SioPacket *packet;

  sio_timer_stop (&self->join_timer);
  g_queue_init (&self->received);
  self->received_size = 0;
  if (!recovered)
    forget_recovery (self);
  g_free (self->private_id);
  self->private_id = g_strdup (private_id);

  self->phase = SIO_PHASE_JOINED;
  door = g_rc_box_acquire (self->door = sio_answer_door_new (self));
  _sio_socket_start_stay (self, id, recovered);

  /* The door closes with this stay: any handler may end it. */
  while (door->socket != NULL && (packet = g_queue_pop_head (&received)) != NULL)
    {
      _sio_socket_tell_event (self, packet);
      free_packet (packet);
    }
  g_queue_clear_full (&received, free_packet);

  if (door->socket != NULL)
    _sio_socket_flush (self);
  if (door->socket != NULL)
    _sio_socket_drain_queue (self, TRUE);
  if (door->socket != NULL)
    _sio_socket_tell_opened (self);
  g_rc_box_release (door);
}

static void
take_connect (SioSocket *self,
              SioValue  *data)
{
  const char *id = lookup_string (data, "sid");
  g_autoptr(GError) error = NULL;

  if (id == NULL && (self->phase == SIO_PHASE_JOINING || self->phase == SIO_PHASE_AUTH))
    {
      error = g_error_new_literal (SIO_ERROR, SIO_ERROR_UNSUPPORTED_VERSION,
                                   "The server speaks Socket.IO 2, which is older than this client understands");
      refuse (self, error, NULL);
    }
  else if (self->phase == SIO_PHASE_LEAVING)
    finish_leaving (self, id != NULL);
  else if (self->phase == SIO_PHASE_JOINING)
    enter (self, id, lookup_string (data, "pid"));
  else if (self->phase == SIO_PHASE_JOINED && id != NULL)
    _sio_socket_set_id (self, id);
}

static void
take_connect_error (SioSocket *self,
                    SioValue  *data)
{
  SioValue *details = NULL;
  const char *message;
  g_autoptr(GError) error = NULL;

  if (self->phase == SIO_PHASE_LEAVING)
    {
      finish_leaving (self, FALSE);
      return;
    }
  if (self->phase != SIO_PHASE_JOINING && self->phase != SIO_PHASE_JOINED)
    return;

  message = lookup_string (data, "message");
  if (message == NULL && data != NULL && sio_value_get_kind (data) == SIO_VALUE_STRING)
    message = sio_value_get_string (data);
  if (data != NULL && sio_value_get_kind (data) == SIO_VALUE_OBJECT)
    details = sio_value_lookup (data, "data");

  error = g_error_new_literal (SIO_ERROR, SIO_ERROR_REFUSED,
                               message != NULL && *message != '\0' ? message : "The server refused the connection");
  refuse (self, error, details);
}

static void
take_disconnect (SioSocket *self)
{
  g_autoptr(GError) error = NULL;

  switch (self->phase)
    {
    case SIO_PHASE_JOINED:
      g_object_freeze_notify (G_OBJECT (self));
      become_inactive (self);
      g_object_thaw_notify (G_OBJECT (self));
      _sio_socket_tell_closed (self, SIO_DISCONNECT_REASON_SERVER, NULL);
      release_manager (self);
      break;

    case SIO_PHASE_JOINING:
      error = g_error_new_literal (SIO_ERROR, SIO_ERROR_DISCONNECTED, "The server disconnected instead of an answer");
      refuse (self, error, NULL);
      break;

    case SIO_PHASE_LEAVING:
      finish_leaving (self, FALSE);
      break;

    case SIO_PHASE_IDLE:
    case SIO_PHASE_AUTH:
    default:
      break;
    }
}

static gboolean
take_event (SioSocket  *self,
            SioPacket  *packet,
            gsize       size,
            GError    **error)
{
  if (self->phase == SIO_PHASE_JOINED)
    {
      _sio_socket_tell_event (self, packet);
      return TRUE;
    }

  if (self->phase != SIO_PHASE_JOINING)
    return TRUE;

  if (self->received.length >= self->manager->max_received_events ||
      size > self->manager->max_received_bytes || self->received_size > self->manager->max_received_bytes - size)
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_TOO_LARGE,
                   "The server sends too much for “%s” before it answers", self->name_space);
      return FALSE;
    }

  self->received_size += size;
  g_queue_push_tail (&self->received, g_memdup2 (packet, sizeof *packet));
  *packet = (SioPacket) { 0 };

  return TRUE;
}

/* Fails only where the session cannot go on. */
gboolean
_sio_socket_take_packet (SioSocket  *self,
                         SioPacket  *packet,
                         gsize       size,
                         GError    **error)
{
  switch (packet->type)
    {
    case SIO_PACKET_EVENT:
    case SIO_PACKET_BINARY_EVENT:
      return take_event (self, packet, size, error);

    case SIO_PACKET_ACK:
    case SIO_PACKET_BINARY_ACK:
      if (self->phase == SIO_PHASE_JOINED)
        sio_pending_acks_answer (self->acks, packet->id, packet->data);
      return TRUE;

    case SIO_PACKET_CONNECT:
      take_connect (self, packet->data);
      return TRUE;

    case SIO_PACKET_CONNECT_ERROR:
      take_connect_error (self, packet->data);
      return TRUE;

    case SIO_PACKET_DISCONNECT:
      take_disconnect (self);
      return TRUE;

    default:
      g_assert_not_reached ();
    }
}
