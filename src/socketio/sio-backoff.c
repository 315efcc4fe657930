/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-backoff-private.h"

#include <math.h>

#define DEFAULT_DELAY_MS 1000
#define DEFAULT_DELAY_MAX_MS 5000

/* From here on even the shortest delay is above the longest maximum; to double on would end at infinity, and infinity less
 * its own jitter is no number, which once made a client reconnect without any pause. */
#define MAX_DOUBLINGS 64

/* As in the official client a delay of 0 is the default, and a factor outside of (0, 1] is no jitter. */
void
sio_backoff_init (SioBackoff *self,
                  guint       delay_ms,
                  guint       delay_max_ms,
                  double      randomization_factor)
{
  *self = (SioBackoff) {
    .delay_ms = delay_ms > 0 ? delay_ms : DEFAULT_DELAY_MS,
    .delay_max_ms = delay_max_ms > 0 ? delay_max_ms : DEFAULT_DELAY_MAX_MS,
    .randomization_factor = randomization_factor > 0 && randomization_factor <= 1 ? randomization_factor : 0,
  };
}

/* @random is in [0, 1). Its first decimal says whether the jitter shortens or lengthens, so one number serves for both. */
guint
sio_backoff_next (SioBackoff *self,
                  double      random)
{
  double delay = ldexp (self->delay_ms, (int) MIN (self->attempts, MAX_DOUBLINGS));
  double deviation = floor (random * self->randomization_factor * delay);

  g_assert (random >= 0 && random < 1);

  if (self->attempts < G_MAXUINT)
    self->attempts++;

  if (((int) floor (random * 10) & 1) == 0)
    delay -= deviation;
  else
    delay += deviation;

  return (guint) MIN (delay, (double) self->delay_max_ms);
}

void
sio_backoff_reset (SioBackoff *self)
{
  self->attempts = 0;
}
