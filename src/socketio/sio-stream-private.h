/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

#include "sio-input-stream-private.h"
#include "sio-output-stream-private.h"

/* What SoupWebsocketConnection is laid over: a socket's or TLS connection's stream, fed and drained by one lasting GSource. */

G_BEGIN_DECLS

#define SIO_TYPE_STREAM (sio_stream_get_type ())

G_DECLARE_FINAL_TYPE (SioStream, sio_stream, SIO, STREAM, GIOStream)

SioStream       *sio_stream_new        (GIOStream *base,
                                        gsize      max_message_size);
SioInputStream  *sio_stream_get_input  (SioStream *self);
SioOutputStream *sio_stream_get_output (SioStream *self);

typedef void (*SioStreamFunc) (gpointer user_data);

/* @drained is called when the output that had to wait has gone out. */
void             sio_stream_set_drained (SioStream     *self,
                                         SioStreamFunc  drained,
                                         gpointer       user_data);

/* Bytes that the peer has taken, ever: where the system can tell, without those that the socket still holds. Of a socket's buffer,
 * which may be of megabytes, it gives up a large part at once. */
guint64          sio_stream_get_taken  (SioStream *self);

/* Hands on what the socket takes at once and closes it: nothing of it is left in the main loop. */
void             sio_stream_sever      (SioStream *self);

G_END_DECLS
