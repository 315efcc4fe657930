/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* One-shot timers of a main context that need not be the default one. */

G_BEGIN_DECLS

/* Replaces what @timer held. @function is called once, after the timer was stopped, so that it may start it again. */
void sio_timer_start (GSource      **timer,
                      GMainContext  *context,
                      guint          delay_ms,
                      const char    *name,
                      GSourceFunc    function,
                      gpointer       user_data);
void sio_timer_stop  (GSource      **timer);

G_END_DECLS
