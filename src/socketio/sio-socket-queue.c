/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A namespace's queue of events that are sent until they are acknowledged. */

#include "sio-builder.h"
#include "sio-error.h"
#include "sio-manager-private.h"
#include "sio-socket-private.h"
#include "sio-task-private.h"

#define RETURN_IF_FOREIGN_THREAD(self) g_return_if_fail ((self)->thread == g_thread_self ())

/* Takes @retry out of the queue and ends the wait for it; @error is taken. */
static void
give_up (SioSocket *self,
         SioRetry  *retry,
         GError    *error)
{
  g_autoptr(SioRetry) taken = sio_retry_queue_take (&self->queue, retry);
  g_autoptr(GError) owned = error;

  if (taken->task != NULL)
    sio_task_fail_later (taken->task, g_steal_pointer (&owned));
  _sio_socket_notify (self, SOCKET_PROP_N_QUEUED);
}

/* Without a time-out nothing but the connection's end fails, and that is no fault of the event's. */
static gboolean
was_last_try (SioSocket *self,
              SioRetry  *retry)
{
  return retry->timeout_ms > 0 && retry->n_tries > self->retries;
}

static void
on_tried (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  SioSocket *self = SIO_SOCKET (source);
  SioRetry *head = sio_retry_queue_head (&self->queue);
  gint64 *id = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = g_task_propagate_pointer (G_TASK (result), &error);

  /* An answer to what was given up, or was sent again since. */
  if (head == NULL || head->id != *id)
    return;

  head->id = SIO_PACKET_NO_ID;
  if (answer != NULL)
    {
      g_autoptr(SioRetry) done = sio_retry_queue_take (&self->queue, head);

      _sio_socket_notify (self, SOCKET_PROP_N_QUEUED);
      if (done->task != NULL)
        g_task_return_pointer (done->task, sio_value_ref (answer), (GDestroyNotify) sio_value_unref);
    }
  else if (self->manager == NULL || was_last_try (self, head))
    {
      give_up (self, head, g_steal_pointer (&error));
    }

  _sio_socket_drain_queue (self, FALSE);
}

static void
try_head (SioSocket *self)
{
  SioRetry *head = sio_retry_queue_head (&self->queue);
  SioEngine *engine = _sio_socket_get_way (self);
  g_autoptr(SioOutgoing) packet = NULL;
  GTask *task;

  if (engine == NULL)
    return;

  head->id = self->next_id++;
  head->n_tries++;
  packet = _sio_socket_encode (self, head->event, head->arguments, head->id, head->flags);

  g_main_context_push_thread_default (self->context);
  task = g_task_new (self, NULL, on_tried, NULL);
  g_main_context_pop_thread_default (self->context);
  g_task_set_source_tag (task, try_head);
  g_task_set_task_data (task, g_memdup2 (&head->id, sizeof head->id), g_free);
  sio_pending_acks_add (self->acks, head->id, task, head->timeout_ms, TRUE);

  _sio_socket_send (engine, packet);
  _sio_socket_tell_outgoing (self, packet);
}

/* Sends the first of the queue if none is on its way. @anew: the namespace was joined anew, so that no answer will come to what
 * was sent before. */
void
_sio_socket_drain_queue (SioSocket *self,
                         gboolean   anew)
{
  SioRetry *head = sio_retry_queue_head (&self->queue);

  if (anew && head != NULL && head->id != SIO_PACKET_NO_ID)
    {
      head->id = SIO_PACKET_NO_ID;
      if (was_last_try (self, head))
        {
          give_up (self, head, g_error_new_literal (SIO_ERROR, SIO_ERROR_DISCONNECTED,
                                                    "The connection was closed before the server answered"));
          head = sio_retry_queue_head (&self->queue);
        }
    }

  if (head != NULL && head->id == SIO_PACKET_NO_ID)
    try_head (self);
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  SioRetry *retry = user_data;
  g_autoptr(SioSocket) self = g_object_ref (retry->owner);
  g_autoptr(SioRetry) taken = sio_retry_queue_take (&self->queue, retry);

  _sio_socket_notify (self, SOCKET_PROP_N_QUEUED);
  g_task_return_new_error (taken->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The wait for the answer was cancelled");
  _sio_socket_drain_queue (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (SioSocket *self,
                   SioRetry  *retry)
{
  GCancellable *cancellable = retry->task != NULL ? g_task_get_cancellable (retry->task) : NULL;

  if (cancellable == NULL)
    return;

  retry->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (retry->cancelled, G_SOURCE_FUNC (on_cancelled), retry, NULL);
  g_source_attach (retry->cancelled, self->context);
}

static SioValue *
add_delivery_id (SioSocket *self,
                 SioValue  *arguments)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autofree char *id = NULL;

  if (self->delivery_prefix == NULL)
    self->delivery_prefix = g_uuid_string_random ();
  id = g_strdup_printf ("%s:%" G_GUINT64_FORMAT, self->delivery_prefix, self->n_deliveries++);

  for (guint i = 0; arguments != NULL && i < sio_value_get_length (arguments); i++)
    sio_builder_add_value (builder, sio_value_get_element (arguments, i));
  sio_builder_add_string (builder, id);

  return sio_builder_finish (builder);
}

static gboolean
make_room (SioSocket  *self,
           gsize       size,
           GError    **error)
{
  while (!sio_send_buffer_has_room (&self->send_buffer, sio_retry_queue_length (&self->queue), self->queue.size, size))
    {
      SioRetry *oldest = sio_retry_queue_oldest (&self->queue);
      GError *full = NULL;

      sio_send_buffer_set_full (&self->send_buffer, &full);
      if (self->send_buffer.policy != SIO_BUFFER_POLICY_DROP_OLDEST || oldest == NULL || size > self->send_buffer.max_size)
        {
          g_propagate_error (error, full);
          return FALSE;
        }
      give_up (self, oldest, full);
    }

  return TRUE;
}

gboolean
_sio_socket_enqueue (SioSocket     *self,
                     const char    *event,
                     SioValue      *arguments,
                     SioEmitFlags   flags,
                     guint          timeout_ms,
                     GTask         *task,
                     GError       **error)
{
  g_autoptr(SioSocket) keep = g_object_ref (self);
  g_autoptr(SioOutgoing) measure = _sio_socket_encode (self, event, arguments, 0, flags);
  SioRetry *retry;

  if (!make_room (self, measure->size, error))
    return FALSE;

  retry = g_new0 (SioRetry, 1);
  retry->event = g_strdup (event);
  if (self->delivery_ids)
    retry->arguments = add_delivery_id (self, arguments);
  else
    retry->arguments = arguments != NULL ? sio_value_ref (arguments) : NULL;
  retry->flags = flags;
  retry->task = task;
  retry->timeout_ms = timeout_ms;
  retry->id = SIO_PACKET_NO_ID;
  retry->size = measure->size;
  retry->owner = self;
  watch_cancellable (self, retry);
  sio_retry_queue_push (&self->queue, retry);
  _sio_socket_notify (self, SOCKET_PROP_N_QUEUED);
  _sio_socket_drain_queue (self, FALSE);

  return TRUE;
}

void
_sio_socket_fail_queue (SioSocket  *self,
                        GQuark      domain,
                        int         code,
                        const char *message)
{
  SioRetry *head;

  g_object_freeze_notify (G_OBJECT (self));
  while ((head = sio_retry_queue_head (&self->queue)) != NULL)
    give_up (self, head, g_error_new_literal (domain, code, message));
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sio_socket_get_n_queued:
 * @self: a socket
 *
 * Gets how many events are in the queue of those that are sent until they are acknowledged ([property@Socket:retries]), the
 * one that is on its way included.
 *
 * Returns: the number of events
 */
guint
sio_socket_get_n_queued (SioSocket *self)
{
  g_return_val_if_fail (SIO_IS_SOCKET (self), 0);

  return sio_retry_queue_length (&self->queue);
}

/**
 * sio_socket_get_queued:
 * @self: a socket
 * @position: a place in the queue, from 0 on, which is next to be acknowledged
 * @event: (out) (optional) (nullable) (transfer none): return location for the event's name
 * @arguments: (out) (optional) (nullable) (transfer none): return location for its arguments, with its delivery identifier
 *   where it has one
 * @n_tries: (out) (optional): return location for how often it was sent
 *
 * Looks into the queue of events that are sent until they are acknowledged. What it gives holds until the queue changes.
 *
 * Returns: %TRUE if there is an event at @position
 */
gboolean
sio_socket_get_queued (SioSocket   *self,
                       guint        position,
                       const char **event,
                       SioValue   **arguments,
                       guint       *n_tries)
{
  SioRetry *retry;

  g_return_val_if_fail (SIO_IS_SOCKET (self), FALSE);

  retry = g_queue_peek_nth (&self->queue.retries, position);
  if (event != NULL)
    *event = retry != NULL ? retry->event : NULL;
  if (arguments != NULL)
    *arguments = retry != NULL ? retry->arguments : NULL;
  if (n_tries != NULL)
    *n_tries = retry != NULL ? retry->n_tries : 0;

  return retry != NULL;
}

/**
 * sio_socket_clear_queue:
 * @self: a socket
 *
 * Empties the queue of events that are sent until they are acknowledged, the one that is on its way included. Who waits for an
 * answer gets %G_IO_ERROR_CANCELLED.
 */
void
sio_socket_clear_queue (SioSocket *self)
{
  g_return_if_fail (SIO_IS_SOCKET (self));
  RETURN_IF_FOREIGN_THREAD (self);

  _sio_socket_fail_queue (self, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The event was taken out of the queue");
}
