/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-engine-settings-private.h"

/* A connection to the server: through the proxy where there is one, with TLS where the address asks for it. */

G_BEGIN_DECLS

void       sio_connect_async  (SioEngineSettings    *settings,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);

/* (transfer full): the errors are of the SIO_ERROR domain, save for G_IO_ERROR_CANCELLED. */
GIOStream *sio_connect_finish (GAsyncResult         *result,
                               GError              **error);

G_END_DECLS
