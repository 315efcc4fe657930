/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-codec-private.h"

/* The packets that wait for their namespace to be connected: in order, and no more than a limit. */

G_BEGIN_DECLS

#define SIO_SEND_BUFFER_MAX_PACKETS 1000
#define SIO_SEND_BUFFER_MAX_BYTES (16 * 1024 * 1024)

typedef struct
{
  const SioCodec *codec;       /* that it was written with */
  GString        *text;        /* (nullable) */
  GPtrArray      *attachments; /* (nullable) of GBytes */
  gint64          id;
  gsize           size;
  gboolean        compressed;  /* where that was agreed on */
} SioOutgoing;

/* Told of one that gave way to another. */
typedef void (*SioOutgoingFunc) (SioOutgoing *packet,
                                 gpointer     user_data);

typedef struct
{
  GQueue           packets;
  gsize            size;
  guint            max_packets; /* neither is ever 0 */
  gsize            max_size;
  SioBufferPolicy  policy;
  SioOutgoingFunc  dropped;
  gpointer         user_data;
} SioSendBuffer;

SioOutgoing *sio_outgoing_new         (const SioCodec *codec,
                                       GString        *text,
                                       GPtrArray      *attachments,
                                       gint64          id);
void         sio_outgoing_free        (SioOutgoing    *self);

void         sio_send_buffer_init     (SioSendBuffer   *self,
                                       SioOutgoingFunc  dropped,
                                       gpointer         user_data);
void         sio_send_buffer_clear    (SioSendBuffer  *self);
/* Whether so many events of so many bytes leave space for another one. */
gboolean     sio_send_buffer_has_room (SioSendBuffer  *self,
                                       guint           n_packets,
                                       gsize           size,
                                       gsize           packet_size);
void         sio_send_buffer_set_full (SioSendBuffer  *self,
                                       GError        **error);
gboolean     sio_send_buffer_push     (SioSendBuffer  *self,
                                       SioOutgoing    *packet,
                                       GError        **error);
SioOutgoing *sio_send_buffer_pop      (SioSendBuffer  *self);
gboolean     sio_send_buffer_is_empty (SioSendBuffer  *self);
void         sio_send_buffer_remove   (SioSendBuffer  *self,
                                       gint64          id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioOutgoing, sio_outgoing_free)

G_END_DECLS
