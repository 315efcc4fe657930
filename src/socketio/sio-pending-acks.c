/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-error.h"
#include "sio-pending-acks-private.h"
#include "sio-task-private.h"

#define NEVER G_MAXINT64

struct _SioPendingAcks
{
  GHashTable        *table; /* PendingAck by its id */
  GSource           *timer;
  gint64             ring_time;
  SioAckDroppedFunc  dropped;
  gpointer           user_data;
};

typedef struct
{
  gint64          id;
  SioPendingAcks *owner;
  GTask          *task;
  gint64          deadline;
  GSource        *cancelled;
  gboolean        sent;
} PendingAck;

static void
pending_ack_unwatch (PendingAck *ack)
{
  if (ack->cancelled != NULL)
    g_source_destroy (ack->cancelled);
  g_clear_pointer (&ack->cancelled, g_source_unref);
}

static void
pending_ack_free (PendingAck *ack)
{
  pending_ack_unwatch (ack);
  g_clear_object (&ack->task);
  g_free (ack);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PendingAck, pending_ack_free)

/* Out of the table before its task ends: the callback may do anything, this object's end included. It may turn the loop too,
 * so that from here on the cancellable has no say in it. */
static PendingAck *
pending_acks_steal (SioPendingAcks *self,
                    gint64          id)
{
  gpointer ack = NULL;

  if (g_hash_table_steal_extended (self->table, &id, NULL, &ack))
    pending_ack_unwatch (ack);

  return ack;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const PendingAck *left = *(PendingAck *const *) a;
  const PendingAck *right = *(PendingAck *const *) b;

  return left->id < right->id ? -1 : left->id > right->id;
}

static GPtrArray *
pending_acks_steal_where (SioPendingAcks *self,
                          gboolean        sent_only,
                          gint64          until)
{
  GPtrArray *stolen = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_ack_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      PendingAck *ack = value;

      if ((sent_only && !ack->sent) || ack->deadline > until)
        continue;

      g_hash_table_iter_steal (&iter);
      pending_ack_unwatch (ack);
      g_ptr_array_add (stolen, ack);
    }
  g_ptr_array_sort (stolen, compare_ids);

  return stolen;
}

static void
pending_acks_set_ring_time (SioPendingAcks *self,
                            gint64          time)
{
  self->ring_time = time;
  g_source_set_ready_time (self->timer, time == NEVER ? -1 : time);
}

static gboolean
on_ring (gpointer user_data)
{
  SioPendingAcks *self = user_data;
  g_autoptr(GPtrArray) expired = pending_acks_steal_where (self, FALSE, g_get_monotonic_time ());
  GHashTableIter iter;
  gpointer value;
  gint64 next = NEVER;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    next = MIN (next, ((PendingAck *) value)->deadline);
  pending_acks_set_ring_time (self, next);

  for (guint i = 0; i < expired->len; i++)
    self->dropped (((PendingAck *) g_ptr_array_index (expired, i))->id, self->user_data);

  /* From here on @self may be gone. */
  for (guint i = 0; i < expired->len; i++)
    {
      PendingAck *ack = g_ptr_array_index (expired, i);

      g_task_return_new_error (ack->task, SIO_ERROR, SIO_ERROR_TIMEOUT, "The server did not answer in time");
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
timer_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch };

SioPendingAcks *
sio_pending_acks_new (GMainContext      *context,
                      SioAckDroppedFunc  dropped,
                      gpointer           user_data)
{
  SioPendingAcks *self = g_new0 (SioPendingAcks, 1);

  self->table = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) pending_ack_free);
  self->dropped = dropped;
  self->user_data = user_data;
  self->ring_time = NEVER;
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_static_name (self->timer, "[sio] acknowledgements");
  g_source_set_callback (self->timer, on_ring, self, NULL);
  g_source_attach (self->timer, context);

  return self;
}

/* There must be none left that waits. */
void
sio_pending_acks_free (SioPendingAcks *self)
{
  g_assert (g_hash_table_size (self->table) == 0);

  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_hash_table_unref (self->table);
  g_free (self);
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  PendingAck *ack = user_data;
  SioPendingAcks *self = ack->owner;
  g_autoptr(PendingAck) stolen = pending_acks_steal (self, ack->id);

  self->dropped (stolen->id, self->user_data);
  g_task_return_new_error (stolen->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The wait for the answer was cancelled");

  return G_SOURCE_REMOVE;
}

/* Takes @task. */
void
sio_pending_acks_add (SioPendingAcks *self,
                      gint64          id,
                      GTask          *task,
                      guint           timeout_ms,
                      gboolean        sent)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  PendingAck *ack = g_new0 (PendingAck, 1);

  ack->id = id;
  ack->owner = self;
  ack->task = task;
  ack->sent = sent;
  ack->deadline = NEVER;

  if (timeout_ms > 0)
    ack->deadline = g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  if (ack->deadline < self->ring_time)
    pending_acks_set_ring_time (self, ack->deadline);

  if (cancellable != NULL)
    {
      /* A source, since a GCancellable may be cancelled in any thread. */
      ack->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (ack->cancelled, G_SOURCE_FUNC (on_cancelled), ack, NULL);
      g_source_attach (ack->cancelled, g_source_get_context (self->timer));
    }

  g_hash_table_insert (self->table, &ack->id, ack);
}

void
sio_pending_acks_mark_sent (SioPendingAcks *self,
                            gint64          id)
{
  PendingAck *ack = g_hash_table_lookup (self->table, &id);

  if (ack != NULL)
    ack->sent = TRUE;
}

/* FALSE if nobody waits for it: it timed out, was answered before, or was never asked for. */
gboolean
sio_pending_acks_answer (SioPendingAcks *self,
                         gint64          id,
                         SioValue       *arguments)
{
  g_autoptr(PendingAck) ack = pending_acks_steal (self, id);

  if (ack == NULL)
    return FALSE;

  g_task_return_pointer (ack->task, sio_value_ref (arguments), (GDestroyNotify) sio_value_unref);

  return TRUE;
}

/* Ends the wait for one whose packet was never sent. */
void
sio_pending_acks_fail (SioPendingAcks *self,
                       gint64          id,
                       const GError   *error)
{
  g_autoptr(PendingAck) ack = pending_acks_steal (self, id);

  if (ack != NULL)
    sio_task_fail_later (ack->task, g_error_copy (error));
}

void
sio_pending_acks_disconnect (SioPendingAcks *self,
                             gboolean        all)
{
  g_autoptr(GPtrArray) orphans = pending_acks_steal_where (self, !all, NEVER);

  for (guint i = 0; i < orphans->len; i++)
    {
      PendingAck *ack = g_ptr_array_index (orphans, i);

      sio_task_fail_later (ack->task, g_error_new_literal (SIO_ERROR, SIO_ERROR_DISCONNECTED,
                                                           "The connection was closed before the server answered"));
    }
}
