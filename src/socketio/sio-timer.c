/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-timer-private.h"

void
sio_timer_start (GSource      **timer,
                 GMainContext  *context,
                 guint          delay_ms,
                 const char    *name,
                 GSourceFunc    function,
                 gpointer       user_data)
{
  sio_timer_stop (timer);

  *timer = g_timeout_source_new (delay_ms);
  g_source_set_static_name (*timer, name);
  g_source_set_callback (*timer, function, user_data, NULL);
  g_source_attach (*timer, context);
}

void
sio_timer_stop (GSource **timer)
{
  if (*timer == NULL)
    return;

  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}
