/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-transport-private.h"

/* The packets that the transport cannot take yet, in order, and whether each may be compressed. */

G_BEGIN_DECLS

typedef struct
{
  GQueue  packets;
  guint64 n_sent;  /* packets that have left it, ever */
} SioWriteBuffer;

void     sio_write_buffer_init        (SioWriteBuffer *self);
void     sio_write_buffer_clear       (SioWriteBuffer *self);
void     sio_write_buffer_push_text   (SioWriteBuffer *self,
                                       const char     *text,
                                       gsize           length,
                                       gboolean        compressed);
void     sio_write_buffer_push_binary (SioWriteBuffer *self,
                                       GBytes         *bytes,
                                       gboolean        compressed);
gboolean sio_write_buffer_is_empty    (SioWriteBuffer *self);

/* Sends from the head until the transport takes no more. */
void     sio_write_buffer_flush       (SioWriteBuffer *self,
                                       SioTransport   *transport);

G_END_DECLS
