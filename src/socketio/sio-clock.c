/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-clock-private.h"

#include <time.h>

static gint64 slept;

gint64
sio_clock_now (void)
{
#ifdef CLOCK_BOOTTIME
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) == 0)
    return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 + slept;
#endif

  return g_get_monotonic_time () + slept;
}

void
sio_clock_sleep (gint64 usec)
{
  slept += usec;
}
