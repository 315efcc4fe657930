/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-engine-settings-private.h"

/* One request of the polling transport, its answer read with a limit. */

G_BEGIN_DECLS

/* A session set up for polling; each engine has its own, so that no two wait for each other's connections. */
SoupSession *sio_polling_session_new    (SioEngineSettings    *settings);

/* That the connection took @size more bytes of a POST's body. */
typedef void (*SioPollingWroteFunc) (gsize    size,
                                     gpointer user_data);

/* @body and @wrote are NULL for a GET. */
void         sio_polling_request_async  (SoupSession          *session,
                                         SioEngineSettings    *settings,
                                         const char           *session_id,
                                         GBytes               *body,
                                         SioPollingWroteFunc   wrote,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);

/* (transfer full): the body of an answer with status 200. */
GByteArray  *sio_polling_request_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
