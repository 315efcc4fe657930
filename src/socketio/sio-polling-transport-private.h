/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-transport-private.h"

G_BEGIN_DECLS

#define SIO_TYPE_POLLING_TRANSPORT (sio_polling_transport_get_type ())

G_DECLARE_FINAL_TYPE (SioPollingTransport, sio_polling_transport, SIO, POLLING_TRANSPORT, SioTransport)

SioTransport *sio_polling_transport_new (SioEngineSettings          *settings,
                                         const SioTransportListener *listener,
                                         gpointer                    user_data);

G_END_DECLS
