/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-trace-private.h"

struct _SioTrace
{
  gatomicrefcount  ref_count;

  GMainContext    *context;
  SioTraceFunc     func;      /* NULL once nobody is to be told */
  gpointer         user_data;
  GQueue           waiting;
  GSource         *source;
};

typedef struct
{
  SioTraceFlags  flags;
  char          *transport;
  GBytes        *packet;
} Entry;

static void
entry_free (Entry *self)
{
  g_free (self->transport);
  g_bytes_unref (self->packet);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_free)

static SioTrace *
sio_trace_ref (SioTrace *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
sio_trace_unref (SioTrace *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_queue_clear_full (&self->waiting, (GDestroyNotify) entry_free);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
stop_source (SioTrace *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

SioTrace *
sio_trace_new (GMainContext *context,
               SioTraceFunc  func,
               gpointer      user_data)
{
  SioTrace *self = g_new0 (SioTrace, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->context = g_main_context_ref (context);
  self->func = func;
  self->user_data = user_data;
  g_queue_init (&self->waiting);

  return self;
}

void
sio_trace_free (SioTrace *self)
{
  self->func = NULL;
  stop_source (self);
  sio_trace_unref (self);
}

static void
tell_waiting (SioTrace *self)
{
  /* Whoever is told may free us. */
  sio_trace_ref (self);
  stop_source (self);

  while (self->func != NULL && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr(Entry) entry = g_queue_pop_head (&self->waiting);

      self->func (entry->flags, entry->transport, entry->packet, self->user_data);
    }

  sio_trace_unref (self);
}

static gboolean
tell_cb (gpointer user_data)
{
  tell_waiting (user_data);

  return G_SOURCE_REMOVE;
}

void
sio_trace_add (SioTrace      *self,
               SioTraceFlags  flags,
               const char    *transport,
               GBytes        *packet)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->flags = flags;
  entry->transport = g_strdup (transport);
  entry->packet = g_bytes_ref (packet);
  g_queue_push_tail (&self->waiting, entry);

  if ((flags & SIO_TRACE_OUTGOING) == 0)
    {
      tell_waiting (self);
      return;
    }
  if (self->source != NULL)
    return;

  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  g_source_set_static_name (self->source, "SioTrace");
  g_source_set_callback (self->source, tell_cb, self, NULL);
  g_source_attach (self->source, self->context);
}
