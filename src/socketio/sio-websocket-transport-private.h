/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-transport-private.h"

G_BEGIN_DECLS

#define SIO_TYPE_WEBSOCKET_TRANSPORT (sio_websocket_transport_get_type ())

G_DECLARE_FINAL_TYPE (SioWebsocketTransport, sio_websocket_transport, SIO, WEBSOCKET_TRANSPORT, SioTransport)

SioTransport *sio_websocket_transport_new (SioEngineSettings          *settings,
                                           const SioTransportListener *listener,
                                           gpointer                    user_data);

G_END_DECLS
