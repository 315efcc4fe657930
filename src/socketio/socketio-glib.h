/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

/* The one header to include. */

/* The connection to a server and its reconnection; a namespace over it, which is what sends and receives. */
#include "sio-manager.h"
#include "sio-socket.h"

/* What arrives, and the acknowledgement to answer it with. */
#include "sio-event.h"

/* What is sent and received: reading it, and building it. */
#include "sio-value.h"
#include "sio-builder.h"

/* States, reasons, flags; what can go wrong; the version of all this. */
#include "sio-enums.h"
#include "sio-error.h"
#include "sio-version.h"
