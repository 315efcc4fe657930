/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* The bodies of long-polling requests: Engine.IO packets joined by 0x1e, binary ones in base64. Pure functions. */

G_BEGIN_DECLS

/* Servers of python-engineio refuse a body of more. */
#define SIO_PAYLOAD_MAX_PACKETS 16

typedef struct
{
  char        type;   /* '0' to '6', or 'b' for a binary message */
  const char *text;   /* what follows the type, in the body itself: not terminated; NULL for 'b' */
  gsize       length;
  GBytes     *bytes;  /* (transfer full) for 'b', else NULL */
} SioPayloadPacket;

/* Reads the next packet of a body. @cursor starts at the body and is NULL after the last packet. FALSE with an
 * SIO_ERROR_PARSE where there is no packet: nothing after it can be trusted. UTF-8 is for the reader of the text to check.
 *
 *   while (cursor != NULL)
 *     if (!sio_payload_next (&cursor, end, &packet, &error)) … */
gboolean sio_payload_next        (const char       **cursor,
                                  const char        *end,
                                  SioPayloadPacket  *packet,
                                  GError           **error);

/* A body that is being filled. */
typedef struct
{
  GString *body;
  guint    n_packets;
  gsize    max_size;
} SioPayload;

/* @max_size is the handshake's maxPayload in bytes, 0 for no limit. */
void     sio_payload_init        (SioPayload        *self,
                                  gsize              max_size);
void     sio_payload_clear       (SioPayload        *self);

/* @text is a whole Engine.IO packet, type included. Both return FALSE, and add nothing, when the packet has to wait for the
 * next request. The first packet is always taken, so that one larger than the limit fails loudly and not never. */
gboolean sio_payload_add_text    (SioPayload        *self,
                                  const char        *text,
                                  gsize              length);
gboolean sio_payload_add_binary  (SioPayload        *self,
                                  GBytes            *bytes);

/* (transfer full): the body, for the request; the payload is empty again. */
GBytes  *sio_payload_steal_bytes (SioPayload        *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SioPayload, sio_payload_clear)

G_END_DECLS
