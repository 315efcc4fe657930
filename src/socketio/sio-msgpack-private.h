/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-packet-private.h"

/* Packets in the form of the official socket.io-msgpack-parser: each is one binary message, a map with `type`, `data`, `nsp` and
 * `id`, in which binary data stands where it belongs. The format itself is msgpack-c's. */

G_BEGIN_DECLS

/* Reads one value that takes up all of @message, nested @max_depth deep at the most. Its binary data may share the bytes of
 * @message. */
SioValue *sio_msgpack_read              (GBytes       *message,
                                         guint         max_depth,
                                         GError      **error);

/* Appends to @out. */
void      sio_msgpack_write             (GString      *out,
                                         SioValue     *value);
void      sio_msgpack_write_map         (GString      *out,
                                         guint         n_members);
void      sio_msgpack_write_string      (GString      *out,
                                         const char   *text);
void      sio_msgpack_write_integer     (GString      *out,
                                         gint64        integer);
/* An array of @first, where it is not NULL, and the elements of @rest, where that is not NULL. */
void      sio_msgpack_write_arguments   (GString      *out,
                                         const char   *first,
                                         SioValue     *rest);

/* What SioCodec asks for. */
GString  *sio_msgpack_encode_connect    (const char   *name_space,
                                         SioValue     *auth,
                                         GPtrArray    *attachments);
GString  *sio_msgpack_encode_disconnect (const char   *name_space,
                                         GPtrArray    *attachments);
GString  *sio_msgpack_encode_message    (const char   *name_space,
                                         const char   *event,
                                         SioValue     *arguments,
                                         gint64        id,
                                         GPtrArray    *attachments);
gboolean  sio_msgpack_add_text          (SioDecoder   *decoder,
                                         const char   *text,
                                         gsize         length,
                                         SioPacket    *packet,
                                         gboolean     *complete,
                                         GError      **error);
gboolean  sio_msgpack_add_binary        (SioDecoder   *decoder,
                                         GBytes       *bytes,
                                         SioPacket    *packet,
                                         gboolean     *complete,
                                         GError      **error);

G_END_DECLS
