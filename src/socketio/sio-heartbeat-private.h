/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* The time by which the server has to have sent its next ping. */

G_BEGIN_DECLS

/* How long after a suspend it takes at most to find that the server is gone. */
#define SIO_HEARTBEAT_TICK_USEC G_USEC_PER_SEC

typedef void (*SioHeartbeatFunc) (gpointer user_data);

typedef struct
{
  GSource          *source;
  gint64            span;
  gint64            deadline;
  SioHeartbeatFunc  expired;
  gpointer          user_data;
} SioHeartbeat;

/* @span_ms is pingInterval + pingTimeout. @expired is called once, from the main loop. */
void     sio_heartbeat_start      (SioHeartbeat     *self,
                                   GMainContext     *context,
                                   gint64            span_ms,
                                   SioHeartbeatFunc  expired,
                                   gpointer          user_data);
void     sio_heartbeat_beat       (SioHeartbeat     *self);
gboolean sio_heartbeat_is_overdue (SioHeartbeat     *self);
void     sio_heartbeat_stop       (SioHeartbeat     *self);

G_END_DECLS
