/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-packet-private.h"
#include "sio-retry-queue-private.h"

static void
unwatch (SioRetry *retry)
{
  if (retry->cancelled != NULL)
    g_source_destroy (retry->cancelled);
  g_clear_pointer (&retry->cancelled, g_source_unref);
}

void
sio_retry_free (SioRetry *self)
{
  unwatch (self);
  g_clear_object (&self->task);
  g_clear_pointer (&self->arguments, sio_value_unref);
  g_free (self->event);
  g_free (self);
}

void
sio_retry_queue_init (SioRetryQueue *self)
{
  g_queue_init (&self->retries);
  self->size = 0;
}

guint
sio_retry_queue_length (SioRetryQueue *self)
{
  return self->retries.length;
}

SioRetry *
sio_retry_queue_head (SioRetryQueue *self)
{
  return g_queue_peek_head (&self->retries);
}

void
sio_retry_queue_push (SioRetryQueue *self,
                      SioRetry      *retry)
{
  self->size += retry->size;
  g_queue_push_tail (&self->retries, retry);
}

/* The wait for it is about to end, in a callback that may turn the loop: its cancellable has no say in it any more. */
SioRetry *
sio_retry_queue_take (SioRetryQueue *self,
                      SioRetry      *retry)
{
  gboolean found = g_queue_remove (&self->retries, retry);

  g_assert (found);
  self->size -= retry->size;
  unwatch (retry);

  return retry;
}

SioRetry *
sio_retry_queue_oldest (SioRetryQueue *self)
{
  SioRetry *head = sio_retry_queue_head (self);

  if (head == NULL || head->id == SIO_PACKET_NO_ID)
    return head;

  return g_queue_peek_nth (&self->retries, 1);
}
