/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The main loop's timers stand still while the machine sleeps. So the deadline is kept by a clock that does not, and looked at
 * on a coarse tick: after a suspend the loss is found within one tick, or at once when something is to be sent. A ping only
 * moves the deadline and touches no timer. */

#include "sio-heartbeat-private.h"

#include "sio-clock-private.h"

static void
sio_heartbeat_schedule (SioHeartbeat *self)
{
  gint64 left = MAX (self->deadline - sio_clock_now (), 0);
  gint64 now = g_get_monotonic_time ();
  /* All connections of all programs tick at the same moment, so that the processor is woken once. */
  gint64 tick = (now / SIO_HEARTBEAT_TICK_USEC + 1) * SIO_HEARTBEAT_TICK_USEC;

  g_source_set_ready_time (self->source, MIN (now + left, tick));
}

static gboolean
tick_cb (gpointer user_data)
{
  SioHeartbeat *self = user_data;

  if (!sio_heartbeat_is_overdue (self))
    {
      sio_heartbeat_schedule (self);
      return G_SOURCE_CONTINUE;
    }

  g_clear_pointer (&self->source, g_source_unref);
  self->expired (self->user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
tick_dispatch (GSource     *source,
               GSourceFunc  callback,
               gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs tick_funcs = { NULL, NULL, tick_dispatch, NULL, NULL, NULL };

void
sio_heartbeat_start (SioHeartbeat     *self,
                     GMainContext     *context,
                     gint64            span_ms,
                     SioHeartbeatFunc  expired,
                     gpointer          user_data)
{
  sio_heartbeat_stop (self);

  self->span = span_ms * 1000;
  self->expired = expired;
  self->user_data = user_data;
  self->source = g_source_new (&tick_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "SioHeartbeat");
  g_source_set_callback (self->source, tick_cb, self, NULL);
  sio_heartbeat_beat (self);
  sio_heartbeat_schedule (self);
  g_source_attach (self->source, context);
}

void
sio_heartbeat_beat (SioHeartbeat *self)
{
  self->deadline = sio_clock_now () + self->span;
}

gboolean
sio_heartbeat_is_overdue (SioHeartbeat *self)
{
  return self->span > 0 && sio_clock_now () >= self->deadline;
}

void
sio_heartbeat_stop (SioHeartbeat *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->span = 0;
}
