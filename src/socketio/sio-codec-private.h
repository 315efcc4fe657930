/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-enums.h"
#include "sio-packet-private.h"

/* How packets become messages of Engine.IO and messages packets: one for each SioParser. All of it is pure. */

G_BEGIN_DECLS

typedef struct
{
  SioParser  parser;

  /* Each gives the text of the packet, its Engine.IO type included, and appends the GBytes that follow it to @attachments. NULL
   * says that there is no text. */
  GString  *(*encode_connect)    (const char  *name_space,
                                  SioValue    *auth,
                                  GPtrArray   *attachments);
  GString  *(*encode_disconnect) (const char  *name_space,
                                  GPtrArray   *attachments);
  GString  *(*encode_message)    (const char  *name_space,
                                  const char  *event,
                                  SioValue    *arguments,
                                  gint64       id,
                                  GPtrArray   *attachments);

  /* As sio_decoder_add_text() and sio_decoder_add_binary(), which are those of JSON. Any decoder serves any codec. */
  gboolean  (*add_text)          (SioDecoder  *decoder,
                                  const char  *text,
                                  gsize        length,
                                  SioPacket   *packet,
                                  gboolean    *complete,
                                  GError     **error);
  gboolean  (*add_binary)        (SioDecoder  *decoder,
                                  GBytes      *bytes,
                                  SioPacket   *packet,
                                  gboolean    *complete,
                                  GError     **error);
} SioCodec;

/* NULL where the library was built without it. */
const SioCodec *sio_codec_get (SioParser parser);

G_END_DECLS
