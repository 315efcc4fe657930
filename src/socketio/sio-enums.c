/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-enums.h"

G_DEFINE_ENUM_TYPE (SioState, sio_state,
                    G_DEFINE_ENUM_VALUE (SIO_STATE_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (SIO_STATE_OPENING, "opening"),
                    G_DEFINE_ENUM_VALUE (SIO_STATE_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (SIO_STATE_WAITING, "waiting"))

G_DEFINE_ENUM_TYPE (SioDisconnectReason, sio_disconnect_reason,
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_REASON_SERVER, "server"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_REASON_CLIENT, "client"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_REASON_PING_TIMEOUT, "ping-timeout"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, "transport-close"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_REASON_TRANSPORT_ERROR, "transport-error"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_REASON_PARSE_ERROR, "parse-error"),
                    G_DEFINE_ENUM_VALUE (SIO_DISCONNECT_REASON_FORCED_CLOSE, "forced-close"))

G_DEFINE_FLAGS_TYPE (SioEmitFlags, sio_emit_flags,
                     G_DEFINE_ENUM_VALUE (SIO_EMIT_DEFAULT, "default"),
                     G_DEFINE_ENUM_VALUE (SIO_EMIT_VOLATILE, "volatile"),
                     G_DEFINE_ENUM_VALUE (SIO_EMIT_NO_BUFFER, "no-buffer"),
                     G_DEFINE_ENUM_VALUE (SIO_EMIT_NO_RETRY, "no-retry"),
                     G_DEFINE_ENUM_VALUE (SIO_EMIT_NO_COMPRESSION, "no-compression"))

G_DEFINE_FLAGS_TYPE (SioTraceFlags, sio_trace_flags,
                     G_DEFINE_ENUM_VALUE (SIO_TRACE_INCOMING, "incoming"),
                     G_DEFINE_ENUM_VALUE (SIO_TRACE_OUTGOING, "outgoing"),
                     G_DEFINE_ENUM_VALUE (SIO_TRACE_BINARY, "binary"))

G_DEFINE_ENUM_TYPE (SioBufferPolicy, sio_buffer_policy,
                    G_DEFINE_ENUM_VALUE (SIO_BUFFER_POLICY_REFUSE_NEWEST, "refuse-newest"),
                    G_DEFINE_ENUM_VALUE (SIO_BUFFER_POLICY_DROP_OLDEST, "drop-oldest"))

G_DEFINE_ENUM_TYPE (SioTimestamps, sio_timestamps,
                    G_DEFINE_ENUM_VALUE (SIO_TIMESTAMPS_POLLING, "polling"),
                    G_DEFINE_ENUM_VALUE (SIO_TIMESTAMPS_ALWAYS, "always"),
                    G_DEFINE_ENUM_VALUE (SIO_TIMESTAMPS_NEVER, "never"))

G_DEFINE_ENUM_TYPE (SioParser, sio_parser,
                    G_DEFINE_ENUM_VALUE (SIO_PARSER_JSON, "json"),
                    G_DEFINE_ENUM_VALUE (SIO_PARSER_MSGPACK, "msgpack"))

G_DEFINE_ENUM_TYPE (SioValueKind, sio_value_kind,
                    G_DEFINE_ENUM_VALUE (SIO_VALUE_NULL, "null"),
                    G_DEFINE_ENUM_VALUE (SIO_VALUE_BOOLEAN, "boolean"),
                    G_DEFINE_ENUM_VALUE (SIO_VALUE_INTEGER, "integer"),
                    G_DEFINE_ENUM_VALUE (SIO_VALUE_DOUBLE, "double"),
                    G_DEFINE_ENUM_VALUE (SIO_VALUE_STRING, "string"),
                    G_DEFINE_ENUM_VALUE (SIO_VALUE_BYTES, "bytes"),
                    G_DEFINE_ENUM_VALUE (SIO_VALUE_ARRAY, "array"),
                    G_DEFINE_ENUM_VALUE (SIO_VALUE_OBJECT, "object"))

/**
 * sio_disconnect_reason_to_string:
 * @reason: why a namespace was disconnected
 *
 * Names @reason as the official client does, `io server disconnect` for example. The words are for logs and for programs;
 * they are not translated.
 *
 * Returns: (transfer none): the reason's official words
 */
const char *
sio_disconnect_reason_to_string (SioDisconnectReason reason)
{
  switch (reason)
    {
    case SIO_DISCONNECT_REASON_SERVER:
      return "io server disconnect";
    case SIO_DISCONNECT_REASON_CLIENT:
      return "io client disconnect";
    case SIO_DISCONNECT_REASON_PING_TIMEOUT:
      return "ping timeout";
    case SIO_DISCONNECT_REASON_TRANSPORT_CLOSE:
      return "transport close";
    case SIO_DISCONNECT_REASON_TRANSPORT_ERROR:
      return "transport error";
    case SIO_DISCONNECT_REASON_PARSE_ERROR:
      return "parse error";
    case SIO_DISCONNECT_REASON_FORCED_CLOSE:
      return "forced close";
    default:
      g_return_val_if_reached ("transport error");
    }
}
