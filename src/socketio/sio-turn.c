/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-turn-private.h"

typedef struct
{
  GSource  source;
  SioTurn *turn;
} TurnSource;

static void
sio_turn_begin (SioTurn *self)
{
  self->bytes = 0;
  self->usec = 0;
  self->wait_time = 0;
}

static gboolean
turn_prepare (GSource *source,
              int     *timeout)
{
  *timeout = -1;

  return ((TurnSource *) source)->turn->bytes > 0;
}

static gboolean
turn_check (GSource *source)
{
  return ((TurnSource *) source)->turn->bytes > 0;
}

static gboolean
turn_dispatch (GSource     *source,
               GSourceFunc  callback,
               gpointer     user_data)
{
  sio_turn_begin (((TurnSource *) source)->turn);

  return G_SOURCE_CONTINUE;
}

/* It lasts as long as the turn's owner: to make one for each turn would wake the main loop each time. */
static GSourceFuncs turn_funcs = { turn_prepare, turn_check, turn_dispatch, NULL, NULL, NULL };

void
sio_turn_init (SioTurn      *self,
               GMainContext *context)
{
  *self = (SioTurn) { 0 };
  self->source = g_source_new (&turn_funcs, sizeof (TurnSource));
  ((TurnSource *) self->source)->turn = self;
  g_source_set_static_name (self->source, "SioTurn");
  g_source_set_priority (self->source, SIO_PRIORITY_TURN);
  g_source_attach (self->source, context);
}

void
sio_turn_clear (SioTurn *self)
{
  sio_turn_begin (self);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

gboolean
sio_turn_is_waiting (SioTurn *self)
{
  return self->wait_time != 0 && g_get_monotonic_time () - self->wait_time < SIO_TURN_MAX_WAIT_USEC;
}

gboolean
sio_turn_is_over (SioTurn *self)
{
  gint64 now;

  if (sio_turn_is_waiting (self))
    return TRUE;
  if (self->wait_time != 0)
    sio_turn_begin (self);

  /* Measured from the first read on, so that the time of the callbacks counts. */
  now = g_get_monotonic_time ();
  if (self->burst_time == 0)
    self->burst_time = now;
  if (self->bytes < SIO_TURN_BYTES && self->usec + now - self->burst_time < SIO_TURN_USEC)
    return FALSE;
  /* A turn in which nothing was read is not over, however late it is. */
  if (self->bytes == 0)
    return FALSE;

  self->wait_time = now;

  return TRUE;
}

void
sio_turn_take (SioTurn *self,
               gsize    bytes)
{
  self->bytes += bytes;
}

void
sio_turn_pause (SioTurn *self)
{
  if (self->burst_time != 0)
    self->usec += g_get_monotonic_time () - self->burst_time;
  self->burst_time = 0;
}
