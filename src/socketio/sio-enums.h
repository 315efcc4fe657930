/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SioState:
 * @SIO_STATE_CLOSED: there is no connection, and none is being made
 * @SIO_STATE_OPENING: a connection is being made
 * @SIO_STATE_OPEN: the connection stands
 * @SIO_STATE_WAITING: the connection was lost or could not be made; the next attempt waits for its time
 *
 * Where a [class@Manager] is in the life of its connection.
 */
typedef enum
{
  SIO_STATE_CLOSED,
  SIO_STATE_OPENING,
  SIO_STATE_OPEN,
  SIO_STATE_WAITING,
} SioState;

/**
 * SioDisconnectReason:
 * @SIO_DISCONNECT_REASON_SERVER: `io server disconnect`: the server disconnected the namespace; it is not joined again by itself
 * @SIO_DISCONNECT_REASON_CLIENT: `io client disconnect`: [method@Socket.close] was called
 * @SIO_DISCONNECT_REASON_PING_TIMEOUT: `ping timeout`: the server was silent for too long
 * @SIO_DISCONNECT_REASON_TRANSPORT_CLOSE: `transport close`: the connection was closed
 * @SIO_DISCONNECT_REASON_TRANSPORT_ERROR: `transport error`: the connection failed
 * @SIO_DISCONNECT_REASON_PARSE_ERROR: `parse error`: the server sent what is no packet
 * @SIO_DISCONNECT_REASON_FORCED_CLOSE: `forced close`: [method@Manager.close] was called
 *
 * Why a namespace was disconnected, in the words of the official client.
 */
typedef enum
{
  SIO_DISCONNECT_REASON_SERVER,
  SIO_DISCONNECT_REASON_CLIENT,
  SIO_DISCONNECT_REASON_PING_TIMEOUT,
  SIO_DISCONNECT_REASON_TRANSPORT_CLOSE,
  SIO_DISCONNECT_REASON_TRANSPORT_ERROR,
  SIO_DISCONNECT_REASON_PARSE_ERROR,
  SIO_DISCONNECT_REASON_FORCED_CLOSE,
} SioDisconnectReason;

/**
 * SioEmitFlags:
 * @SIO_EMIT_DEFAULT: kept in the send buffer while the namespace is not connected
 * @SIO_EMIT_VOLATILE: dropped, without an error, when it cannot be written at this moment
 * @SIO_EMIT_NO_BUFFER: fails with %SIO_ERROR_DISCONNECTED when the namespace is not connected
 * @SIO_EMIT_NO_RETRY: sent once, past the queue that [property@Socket:retries] makes; so is what is volatile or not buffered
 * @SIO_EMIT_NO_COMPRESSION: not compressed, also where [property@Manager:compression] came about
 *
 * How an event is sent.
 */
typedef enum /*< flags >*/
{
  SIO_EMIT_DEFAULT = 0,
  SIO_EMIT_VOLATILE = 1 << 0,
  SIO_EMIT_NO_BUFFER = 1 << 1,
  SIO_EMIT_NO_RETRY = 1 << 2,
  SIO_EMIT_NO_COMPRESSION = 1 << 3,
} SioEmitFlags;

/**
 * SioBufferPolicy:
 * @SIO_BUFFER_POLICY_REFUSE_NEWEST: the event fails with %SIO_ERROR_BUFFER_FULL
 * @SIO_BUFFER_POLICY_DROP_OLDEST: those that wait longest give way; who waits for their answer gets %SIO_ERROR_BUFFER_FULL
 *
 * What happens to an event where as many wait as may.
 */
typedef enum
{
  SIO_BUFFER_POLICY_REFUSE_NEWEST,
  SIO_BUFFER_POLICY_DROP_OLDEST,
} SioBufferPolicy;

/**
 * SioTimestamps:
 * @SIO_TIMESTAMPS_POLLING: each request of polling
 * @SIO_TIMESTAMPS_ALWAYS: those, and each handshake of a WebSocket
 * @SIO_TIMESTAMPS_NEVER: none
 *
 * Which requests carry a parameter that is another one each time, so that no cache on the way answers them.
 */
typedef enum
{
  SIO_TIMESTAMPS_POLLING,
  SIO_TIMESTAMPS_ALWAYS,
  SIO_TIMESTAMPS_NEVER,
} SioTimestamps;

/**
 * SioParser:
 * @SIO_PARSER_JSON: text, with binary data in messages of their own after it: what all servers speak unless told otherwise
 * @SIO_PARSER_MSGPACK: one binary message for each packet, as the official `socket.io-msgpack-parser` has it
 *
 * The form in which packets are written and read. Both sides have to use the same one.
 */
typedef enum
{
  SIO_PARSER_JSON,
  SIO_PARSER_MSGPACK,
} SioParser;

/**
 * SioValueKind:
 * @SIO_VALUE_NULL: JSON's null
 * @SIO_VALUE_BOOLEAN: true or false
 * @SIO_VALUE_INTEGER: a number without a fraction or an exponent that fits into 64 bits with its sign
 * @SIO_VALUE_DOUBLE: any other number
 * @SIO_VALUE_STRING: text in UTF-8
 * @SIO_VALUE_BYTES: binary data, which JSON does not have
 * @SIO_VALUE_ARRAY: a list of values
 * @SIO_VALUE_OBJECT: named values, in the order in which they came
 *
 * What a [struct@Value] holds.
 */
typedef enum
{
  SIO_VALUE_NULL,
  SIO_VALUE_BOOLEAN,
  SIO_VALUE_INTEGER,
  SIO_VALUE_DOUBLE,
  SIO_VALUE_STRING,
  SIO_VALUE_BYTES,
  SIO_VALUE_ARRAY,
  SIO_VALUE_OBJECT,
} SioValueKind;

/**
 * SioTraceFlags:
 * @SIO_TRACE_INCOMING: the packet came from the server
 * @SIO_TRACE_OUTGOING: the packet went to the server
 * @SIO_TRACE_BINARY: the packet is binary data; without it, it is text in UTF-8
 *
 * What a packet is that [signal@Manager::trace] shows.
 */
typedef enum /*< flags >*/
{
  SIO_TRACE_INCOMING = 0,
  SIO_TRACE_OUTGOING = 1 << 0,
  SIO_TRACE_BINARY = 1 << 1,
} SioTraceFlags;

#define SIO_TYPE_STATE (sio_state_get_type ())
#define SIO_TYPE_DISCONNECT_REASON (sio_disconnect_reason_get_type ())
#define SIO_TYPE_EMIT_FLAGS (sio_emit_flags_get_type ())
#define SIO_TYPE_BUFFER_POLICY (sio_buffer_policy_get_type ())
#define SIO_TYPE_TIMESTAMPS (sio_timestamps_get_type ())
#define SIO_TYPE_PARSER (sio_parser_get_type ())
#define SIO_TYPE_VALUE_KIND (sio_value_kind_get_type ())
#define SIO_TYPE_TRACE_FLAGS (sio_trace_flags_get_type ())

GType       sio_state_get_type              (void) G_GNUC_CONST;
GType       sio_disconnect_reason_get_type  (void) G_GNUC_CONST;
GType       sio_emit_flags_get_type         (void) G_GNUC_CONST;
GType       sio_buffer_policy_get_type      (void) G_GNUC_CONST;
GType       sio_timestamps_get_type         (void) G_GNUC_CONST;
GType       sio_parser_get_type             (void) G_GNUC_CONST;
GType       sio_value_kind_get_type         (void) G_GNUC_CONST;
GType       sio_trace_flags_get_type        (void) G_GNUC_CONST;

const char *sio_disconnect_reason_to_string (SioDisconnectReason reason);

gboolean    sio_parser_is_supported         (SioParser           parser);

G_END_DECLS
