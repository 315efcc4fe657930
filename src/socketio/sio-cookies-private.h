/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-engine-settings-private.h"

/* The cookies of a request, on either transport: those that the program set as a header, and those in the jar. libsoup's own
 * feature for a jar is not used, since it puts the jar's in the place of the program's. */

G_BEGIN_DECLS

/* The value of the one Cookie header of a request with @headers, or NULL for none. */
char *sio_cookies_for_request   (SioEngineSettings  *settings,
                                 GUri               *uri,
                                 SoupMessageHeaders *headers);
void  sio_cookies_keep_answered (SioEngineSettings  *settings,
                                 GUri               *uri,
                                 SoupMessageHeaders *answer);

G_END_DECLS
