/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SIO_ERROR (sio_error_quark ())

/**
 * SioError:
 * @SIO_ERROR_INVALID_URI: the address is no `http`, `https`, `ws` or `wss` URL
 * @SIO_ERROR_INVALID_ARGUMENT: an argument cannot be put on the wire
 * @SIO_ERROR_RESERVED_EVENT: the event's name belongs to the protocol, as `connect` does
 * @SIO_ERROR_TRANSPORT: the connection could not be made or broke
 * @SIO_ERROR_NOT_SOCKETIO: something answered, but it does not speak Engine.IO 4
 * @SIO_ERROR_UNSUPPORTED_VERSION: the server speaks an older Socket.IO
 * @SIO_ERROR_TLS: the server's certificate was not accepted
 * @SIO_ERROR_TIMEOUT: no answer came in time
 * @SIO_ERROR_REFUSED: the server refused the namespace
 * @SIO_ERROR_DISCONNECTED: the namespace was disconnected before the answer came
 * @SIO_ERROR_PARSE: what arrived is no Socket.IO packet
 * @SIO_ERROR_TOO_LARGE: a message is larger than its limit allows
 * @SIO_ERROR_BUFFER_FULL: the send buffer holds as much as it may
 * @SIO_ERROR_ANSWERED: the acknowledgement was given before
 *
 * What can go wrong, one code for each cause that a caller can act on.
 */
typedef enum
{
  SIO_ERROR_INVALID_URI,
  SIO_ERROR_INVALID_ARGUMENT,
  SIO_ERROR_RESERVED_EVENT,
  SIO_ERROR_TRANSPORT,
  SIO_ERROR_NOT_SOCKETIO,
  SIO_ERROR_UNSUPPORTED_VERSION,
  SIO_ERROR_TLS,
  SIO_ERROR_TIMEOUT,
  SIO_ERROR_REFUSED,
  SIO_ERROR_DISCONNECTED,
  SIO_ERROR_PARSE,
  SIO_ERROR_TOO_LARGE,
  SIO_ERROR_BUFFER_FULL,
  SIO_ERROR_ANSWERED,
} SioError;

GQuark sio_error_quark (void);

G_END_DECLS
