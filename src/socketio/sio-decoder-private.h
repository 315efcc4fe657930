/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-packet-private.h"

/* Between the decoders: that of JSON in sio-packet-reader.c, that of msgpack in sio-msgpack-packet.c. */

G_BEGIN_DECLS

struct _SioDecoder
{
  guint      max_depth;
  guint      max_attachments;
  SioPacket  packet;        /* waits for its attachments */
  GPtrArray *attachments;   /* those that have come, or NULL when none are due */
  guint      n_attachments; /* how many are to come in all */
  char      *name_space;    /* that of the last packet: most likely that of the next */
};

/* Gives FALSE, and an SIO_ERROR_PARSE error. */
gboolean sio_decoder_fail            (GError        **error,
                                      const char     *message);

/* A string that is counted, and is made anew only when it is another one than the last time. */
char    *sio_decoder_keep_name_space (SioDecoder     *self,
                                      const char     *name_space,
                                      gsize           length);

/* Whether a packet of that type may have that data. */
gboolean sio_decoder_data_is_valid   (SioPacketType   type,
                                      SioValue       *data);

/* What is left to be done to a packet that is valid: names of events become text. */
void     sio_decoder_finish_packet   (SioPacket      *packet);

G_END_DECLS
