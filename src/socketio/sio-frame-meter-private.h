/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* Measures the messages in a stream of WebSocket frames before anyone reads them. libsoup 3.2 limits a frame but not the
 * sum of the fragments of a message, and crashes on a length near 2^64 when it has no limit. */

G_BEGIN_DECLS

typedef struct
{
  guint64  max;       /* bytes that one message may have */
  guint64  message;   /* bytes that the fragments of the message under way have promised so far */
  guint64  remaining; /* bytes of the current frame that are still to come */
  guint8   header[14];
  guint    n_header;
  gboolean failed;
} SioFrameMeter;

void     sio_frame_meter_init (SioFrameMeter  *self,
                               guint64         max);

/* Takes the next bytes as they come from the peer, first those right after the handshake. FALSE, and SIO_ERROR_TOO_LARGE,
 * as soon as a header promises too much: then none of @data may be handed on, and each later call fails too. */
gboolean sio_frame_meter_feed (SioFrameMeter  *self,
                               const guint8   *data,
                               gsize           length,
                               GError        **error);

G_END_DECLS
