/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-engine-settings-private.h"

/* What went wrong below Engine.IO, in words for a person. */

G_BEGIN_DECLS

/* @certificate_errors are those of the server's certificate, or 0. */
GError *sio_transport_error_from_io     (SioEngineSettings    *settings,
                                         const GError         *error,
                                         GTlsCertificateFlags  certificate_errors);

/* @body is the start of what came with @status, or NULL. The server's own words for the status are not shown: they may be in
 * any encoding. */
GError *sio_transport_error_from_status (SioEngineSettings    *settings,
                                         guint                 status,
                                         const char           *location,
                                         const char           *body,
                                         gsize                 length);

GError *sio_transport_error_not_socketio (SioEngineSettings   *settings);

char   *sio_certificate_errors_to_words (GTlsCertificateFlags  errors);

G_END_DECLS
