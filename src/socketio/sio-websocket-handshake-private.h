/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-deflate-extension-private.h"
#include "sio-engine-settings-private.h"
#include "sio-stream-private.h"

/* The HTTP request that makes a connection a WebSocket (RFC 6455 §4), written by hand: libsoup would keep the stream to itself. */

G_BEGIN_DECLS

void       sio_websocket_handshake_async  (SioEngineSettings    *settings,
                                           const char           *session_id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);

/* (transfer full): a stream on which the next byte is that of the first frame. @deflate, NULL beforehand, gets the extension
 * that the server agreed to, if any, and @protocol the protocol it chose. */
SioStream *sio_websocket_handshake_finish (GAsyncResult         *result,
                                           SioDeflateExtension **deflate,
                                           char                **protocol,
                                           GError              **error);

/* What the server has to answer to a Sec-WebSocket-Key. */
char      *sio_websocket_accept_for_key   (const char           *key);

G_END_DECLS
