/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* WebSocket frames: what the meter says of them does not depend on how they are cut. */

#include "fuzz.h"
#include "sio-error.h"
#include "sio-frame-meter-private.h"

static gboolean
feed (const guint8 *data,
      gsize         length,
      gsize         step)
{
  SioFrameMeter meter;
  gboolean ok = TRUE;

  sio_frame_meter_init (&meter, 1000);
  for (gsize at = 0; at < length; at += step)
    {
      g_autoptr(GError) error = NULL;
      gboolean taken = sio_frame_meter_feed (&meter, data + at, MIN (step, length - at), &error);

      if (taken)
        g_assert_no_error (error);
      else
        g_assert_error (error, SIO_ERROR, SIO_ERROR_TOO_LARGE);
      /* What has failed stays so. */
      g_assert_true (ok || !taken);
      ok = taken;
    }

  return ok;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  gboolean whole = feed (data, length, MAX (length, 1));

  for (gsize step = 1; step <= 3; step++)
    g_assert_true (feed (data, length, step) == whole);

  return 0;
}
