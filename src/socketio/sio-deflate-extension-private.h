/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

#include "sio-deflate-private.h"

/* permessage-deflate for libsoup's framing: libsoup's own inflates without a limit, and compresses what is too short for it. */

G_BEGIN_DECLS

#define SIO_TYPE_DEFLATE_EXTENSION (sio_deflate_extension_get_type ())

G_DECLARE_FINAL_TYPE (SioDeflateExtension, sio_deflate_extension, SIO, DEFLATE_EXTENSION, SoupWebsocketExtension)

/* Messages that are shorter than @threshold go out as they are. */
SioDeflateExtension *sio_deflate_extension_new         (const SioDeflateTerms *terms,
                                                        gsize                  threshold,
                                                        gsize                  max_message_size);

/* Whether the messages from now on may be compressed. */
void                 sio_deflate_extension_set_enabled (SioDeflateExtension   *self,
                                                        gboolean               enabled);

G_END_DECLS
