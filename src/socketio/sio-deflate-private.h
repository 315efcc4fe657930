/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

/* The compression of permessage-deflate (RFC 7692): what was agreed on, and the way of a message in both directions. Either way
 * takes memory from its first compressed message on. */

G_BEGIN_DECLS

/* What we ask for: anything, also that our own window be small. */
#define SIO_DEFLATE_OFFER "permessage-deflate; client_max_window_bits"

typedef struct
{
  gboolean client_takeover;    /* a message may refer to those before it */
  gboolean server_takeover;
  guint    client_window_bits; /* 8 to 15 */
  guint    server_window_bits;
} SioDeflateTerms;

/* @answer is the server's Sec-WebSocket-Extensions. */
gboolean         sio_deflate_terms_parse (SioDeflateTerms       *terms,
                                          const char            *answer);

typedef struct _SioDeflater SioDeflater;
typedef struct _SioInflater SioInflater;

SioDeflater     *sio_deflater_new        (const SioDeflateTerms *terms);
void             sio_deflater_free       (SioDeflater           *self);
/* A whole message, which is not empty. */
GBytes          *sio_deflater_deflate    (SioDeflater           *self,
                                          const guint8          *data,
                                          gsize                  length);

/* @max is how many bytes a message may have. */
SioInflater     *sio_inflater_new        (const SioDeflateTerms *terms,
                                          gsize                  max);
void             sio_inflater_free       (SioInflater           *self);
/* One fragment of a message, its last one where @is_last. Fails with SIO_ERROR_TOO_LARGE or SIO_ERROR_PARSE, and then is of no
 * use any more. */
GBytes          *sio_inflater_inflate    (SioInflater           *self,
                                          const guint8          *data,
                                          gsize                  length,
                                          gboolean               is_last,
                                          GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioDeflater, sio_deflater_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioInflater, sio_inflater_free)

G_END_DECLS
