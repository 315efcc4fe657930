/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a manager shows of itself as properties. */

#include "sio-manager-private.h"

GParamSpec *_sio_manager_properties[MANAGER_N_PROPS];

void
_sio_manager_notify (SioManager         *self,
                     SioManagerProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), _sio_manager_properties[property]);
}

static void
set_network_monitor (SioManager      *self,
                     GNetworkMonitor *monitor)
{
  if (!g_set_object (&self->network_monitor, monitor))
    return;

  /* The next attempt looks at the new one. */
  g_clear_pointer (&self->network_watch, sio_network_watch_free);
  _sio_manager_notify (self, MANAGER_PROP_NETWORK_MONITOR);
}

static void
sio_manager_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  SioManager *self = SIO_MANAGER (object);

  switch ((SioManagerProperty) prop_id)
    {
    case MANAGER_PROP_URI:
      g_value_set_string (value, self->uri);
      break;
    case MANAGER_PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case MANAGER_PROP_TRANSPORTS:
      g_value_set_boxed (value, self->transports);
      break;
    case MANAGER_PROP_TIMEOUT:
      g_value_set_uint (value, self->timeout_ms);
      break;
    case MANAGER_PROP_RECONNECTION:
      g_value_set_boolean (value, self->reconnection);
      break;
    case MANAGER_PROP_RECONNECTION_ATTEMPTS:
      g_value_set_uint (value, self->reconnection_attempts);
      break;
    case MANAGER_PROP_RECONNECTION_DELAY:
      g_value_set_uint (value, self->reconnection_delay_ms);
      break;
    case MANAGER_PROP_RECONNECTION_DELAY_MAX:
      g_value_set_uint (value, self->reconnection_delay_max_ms);
      break;
    case MANAGER_PROP_RANDOMIZATION_FACTOR:
      g_value_set_double (value, self->randomization_factor);
      break;
    case MANAGER_PROP_MAX_MESSAGE_SIZE:
      g_value_set_uint64 (value, self->max_message_size);
      break;
    case MANAGER_PROP_TLS_DATABASE:
      g_value_set_object (value, self->tls_database);
      break;
    case MANAGER_PROP_NETWORK_MONITOR:
      g_value_set_object (value, self->network_monitor != NULL ? self->network_monitor
                                                               : g_network_monitor_get_default ());
      break;
    case MANAGER_PROP_UPGRADE:
      g_value_set_boolean (value, self->upgrade);
      break;
    case MANAGER_PROP_REMEMBER_UPGRADE:
      g_value_set_boolean (value, self->remember_upgrade);
      break;
    case MANAGER_PROP_TRY_ALL_TRANSPORTS:
      g_value_set_boolean (value, self->try_all_transports);
      break;
    case MANAGER_PROP_REQUEST_TIMEOUT:
      g_value_set_uint (value, self->request_timeout_ms);
      break;
    case MANAGER_PROP_ADD_TRAILING_SLASH:
      g_value_set_boolean (value, self->add_trailing_slash);
      break;
    case MANAGER_PROP_TIMESTAMPS:
      g_value_set_enum (value, self->timestamps);
      break;
    case MANAGER_PROP_TIMESTAMP_PARAMETER:
      g_value_set_string (value, self->timestamp_parameter);
      break;
    case MANAGER_PROP_FORCE_BASE64:
      g_value_set_boolean (value, self->force_base64);
      break;
    case MANAGER_PROP_KEEP_COOKIES:
      g_value_set_boolean (value, self->keep_cookies);
      break;
    case MANAGER_PROP_PROTOCOLS:
      g_value_set_boxed (value, self->protocols);
      break;
    case MANAGER_PROP_COMPRESSION:
      g_value_set_boolean (value, self->compression);
      break;
    case MANAGER_PROP_COMPRESSION_THRESHOLD:
      g_value_set_uint (value, self->compression_threshold);
      break;
    case MANAGER_PROP_TLS_CERTIFICATE:
      g_value_set_object (value, self->tls_certificate);
      break;
    case MANAGER_PROP_TLS_INTERACTION:
      g_value_set_object (value, self->tls_interaction);
      break;
    case MANAGER_PROP_PROXY_RESOLVER:
      g_value_set_object (value, self->proxy_resolver);
      break;
    case MANAGER_PROP_MAX_DEPTH:
      g_value_set_uint (value, self->max_depth);
      break;
    case MANAGER_PROP_MAX_ATTACHMENTS:
      g_value_set_uint (value, self->max_attachments);
      break;
    case MANAGER_PROP_MAX_RECEIVED_EVENTS:
      g_value_set_uint (value, self->max_received_events);
      break;
    case MANAGER_PROP_MAX_RECEIVED_BYTES:
      g_value_set_uint64 (value, self->max_received_bytes);
      break;
    case MANAGER_PROP_PARSER:
      g_value_set_enum (value, self->codec->parser);
      break;
    case MANAGER_PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case MANAGER_PROP_TRANSPORT:
      g_value_set_string (value, sio_manager_get_transport (self));
      break;
    case MANAGER_PROP_ATTEMPT:
      g_value_set_uint (value, self->attempt);
      break;
    case MANAGER_PROP_NEXT_ATTEMPT_TIME:
      g_value_set_int64 (value, self->next_attempt_time);
      break;
    case MANAGER_PROP_0:
    case MANAGER_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sio_manager_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  SioManager *self = SIO_MANAGER (object);

  switch (prop_id)
    {
    case MANAGER_PROP_URI:
      self->uri = g_value_dup_string (value);
      break;
    case MANAGER_PROP_PATH:
      sio_manager_set_path (self, g_value_get_string (value));
      break;
    case MANAGER_PROP_TRANSPORTS:
      sio_manager_set_transports (self, g_value_get_boxed (value));
      break;
    case MANAGER_PROP_TIMEOUT:
      sio_manager_set_timeout (self, g_value_get_uint (value));
      break;
    case MANAGER_PROP_RECONNECTION:
      sio_manager_set_reconnection (self, g_value_get_boolean (value));
      break;
    case MANAGER_PROP_RECONNECTION_ATTEMPTS:
      sio_manager_set_reconnection_attempts (self, g_value_get_uint (value));
      break;
    case MANAGER_PROP_RECONNECTION_DELAY:
      sio_manager_set_reconnection_delay (self, g_value_get_uint (value), self->reconnection_delay_max_ms);
      break;
    case MANAGER_PROP_RECONNECTION_DELAY_MAX:
      sio_manager_set_reconnection_delay (self, self->reconnection_delay_ms, g_value_get_uint (value));
      break;
    case MANAGER_PROP_RANDOMIZATION_FACTOR:
      sio_manager_set_randomization_factor (self, g_value_get_double (value));
      break;
    case MANAGER_PROP_MAX_MESSAGE_SIZE:
      sio_manager_set_max_message_size (self, g_value_get_uint64 (value));
      break;
    case MANAGER_PROP_TLS_DATABASE:
      sio_manager_set_tls_database (self, g_value_get_object (value));
      break;
    case MANAGER_PROP_NETWORK_MONITOR:
      set_network_monitor (self, g_value_get_object (value));
      break;
    case MANAGER_PROP_UPGRADE:
      sio_manager_set_upgrade (self, g_value_get_boolean (value));
      break;
    case MANAGER_PROP_REMEMBER_UPGRADE:
      sio_manager_set_remember_upgrade (self, g_value_get_boolean (value));
      break;
    case MANAGER_PROP_TRY_ALL_TRANSPORTS:
      sio_manager_set_try_all_transports (self, g_value_get_boolean (value));
      break;
    case MANAGER_PROP_REQUEST_TIMEOUT:
      sio_manager_set_request_timeout (self, g_value_get_uint (value));
      break;
    case MANAGER_PROP_ADD_TRAILING_SLASH:
      sio_manager_set_add_trailing_slash (self, g_value_get_boolean (value));
      break;
    case MANAGER_PROP_TIMESTAMPS:
      sio_manager_set_timestamps (self, g_value_get_enum (value));
      break;
    case MANAGER_PROP_TIMESTAMP_PARAMETER:
      sio_manager_set_timestamp_parameter (self, g_value_get_string (value));
      break;
    case MANAGER_PROP_FORCE_BASE64:
      sio_manager_set_force_base64 (self, g_value_get_boolean (value));
      break;
    case MANAGER_PROP_KEEP_COOKIES:
      sio_manager_set_keep_cookies (self, g_value_get_boolean (value));
      break;
    case MANAGER_PROP_PROTOCOLS:
      sio_manager_set_protocols (self, g_value_get_boxed (value));
      break;
    case MANAGER_PROP_COMPRESSION:
      sio_manager_set_compression (self, g_value_get_boolean (value));
      break;
    case MANAGER_PROP_COMPRESSION_THRESHOLD:
      sio_manager_set_compression_threshold (self, g_value_get_uint (value));
      break;
    case MANAGER_PROP_TLS_CERTIFICATE:
      sio_manager_set_tls_certificate (self, g_value_get_object (value));
      break;
    case MANAGER_PROP_TLS_INTERACTION:
      sio_manager_set_tls_interaction (self, g_value_get_object (value));
      break;
    case MANAGER_PROP_PROXY_RESOLVER:
      sio_manager_set_proxy_resolver (self, g_value_get_object (value));
      break;
    case MANAGER_PROP_MAX_DEPTH:
      sio_manager_set_max_depth (self, g_value_get_uint (value));
      break;
    case MANAGER_PROP_MAX_ATTACHMENTS:
      sio_manager_set_max_attachments (self, g_value_get_uint (value));
      break;
    case MANAGER_PROP_MAX_RECEIVED_EVENTS:
      sio_manager_set_max_received_events (self, g_value_get_uint (value));
      break;
    case MANAGER_PROP_MAX_RECEIVED_BYTES:
      sio_manager_set_max_received_bytes (self, g_value_get_uint64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_options (void)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * SioManager:uri:
   *
   * The server's address, as it was given: `http`, `https`, `ws` or `wss`. Its host and port count, and its query, which goes
   * into the handshake. A namespace is not part of it.
   */
  _sio_manager_properties[MANAGER_PROP_URI] =
    g_param_spec_string ("uri", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * SioManager:path:
   *
   * The path on which the server answers.
   */
  _sio_manager_properties[MANAGER_PROP_PATH] = g_param_spec_string ("path", NULL, NULL, "/socket.io/", flags);

  /**
   * SioManager:transports:
   *
   * The transports to use, `polling` and `websocket`. The first is the one to begin with. Where that is `polling` and
   * `websocket` is there too, the connection is upgraded to it if the server offers it and the way there lets it through.
   */
  _sio_manager_properties[MANAGER_PROP_TRANSPORTS] = g_param_spec_boxed ("transports", NULL, NULL, G_TYPE_STRV, flags);

  /**
   * SioManager:timeout:
   *
   * How long to wait for the connection, and then for each namespace to be joined, in milliseconds; 0 is for ever.
   */
  _sio_manager_properties[MANAGER_PROP_TIMEOUT] =
    g_param_spec_uint ("timeout", NULL, NULL, 0, G_MAXINT, SIO_DEFAULT_TIMEOUT_MS, flags);

  /**
   * SioManager:reconnection:
   *
   * Whether to try again when the connection is lost or cannot be made.
   */
  _sio_manager_properties[MANAGER_PROP_RECONNECTION] = g_param_spec_boolean ("reconnection", NULL, NULL, TRUE, flags);

  /**
   * SioManager:reconnection-attempts:
   *
   * How often to try again before giving up; 0 is for ever.
   */
  _sio_manager_properties[MANAGER_PROP_RECONNECTION_ATTEMPTS] =
    g_param_spec_uint ("reconnection-attempts", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * SioManager:reconnection-delay:
   *
   * How long to wait before the first attempt to reconnect, in milliseconds, before it is spread at random. It doubles with
   * each further attempt.
   */
  _sio_manager_properties[MANAGER_PROP_RECONNECTION_DELAY] =
    g_param_spec_uint ("reconnection-delay", NULL, NULL, 0, G_MAXINT, SIO_DEFAULT_RECONNECTION_DELAY_MS, flags);

  /**
   * SioManager:reconnection-delay-max:
   *
   * How long to wait at most between two attempts to reconnect, in milliseconds.
   */
  _sio_manager_properties[MANAGER_PROP_RECONNECTION_DELAY_MAX] =
    g_param_spec_uint ("reconnection-delay-max", NULL, NULL, 0, G_MAXINT, SIO_DEFAULT_RECONNECTION_DELAY_MAX_MS, flags);

  /**
   * SioManager:randomization-factor:
   *
   * By which part of itself each delay is lengthened or shortened at random, from 0 to 1.
   */
  _sio_manager_properties[MANAGER_PROP_RANDOMIZATION_FACTOR] =
    g_param_spec_double ("randomization-factor", NULL, NULL, 0, 1, SIO_DEFAULT_RANDOMIZATION_FACTOR, flags);

  /**
   * SioManager:max-message-size:
   *
   * How large one message of the server may be, in bytes. A larger one ends the connection. No more than a gigabyte is
   * ever taken, whatever is set.
   */
  _sio_manager_properties[MANAGER_PROP_MAX_MESSAGE_SIZE] =
    g_param_spec_uint64 ("max-message-size", NULL, NULL, 1, G_MAXSIZE, SIO_DEFAULT_MAX_MESSAGE_SIZE, flags);

  /**
   * SioManager:tls-database:
   *
   * The certificates to verify the server's against; %NULL for those of the system.
   */
  _sio_manager_properties[MANAGER_PROP_TLS_DATABASE] = g_param_spec_object ("tls-database", NULL, NULL, G_TYPE_TLS_DATABASE, flags);

  /**
   * SioManager:network-monitor:
   *
   * Who tells when the network comes and goes. What it says is a hint: attempts are made also where it sees no network.
   */
  _sio_manager_properties[MANAGER_PROP_NETWORK_MONITOR] =
    g_param_spec_object ("network-monitor", NULL, NULL, G_TYPE_NETWORK_MONITOR, flags);
}

static void
install_transport_options (void)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * SioManager:upgrade:
   *
   * Whether a connection that began with polling goes on over WebSocket, where the server offers it and the way there lets it through.
   */
  _sio_manager_properties[MANAGER_PROP_UPGRADE] =
    g_param_spec_boolean ("upgrade", NULL, NULL, TRUE, flags);

  /**
   * SioManager:remember-upgrade:
   *
   * Whether to begin with WebSocket where the last connection came to stand on one. It saves the round trips of polling and of the probe. When a
   * connection fails, the next one begins as [property@Manager:transports] says.
   */
  _sio_manager_properties[MANAGER_PROP_REMEMBER_UPGRADE] =
    g_param_spec_boolean ("remember-upgrade", NULL, NULL, FALSE, flags);

  /**
   * SioManager:try-all-transports:
   *
   * Whether an attempt goes on with the next of the [property@Manager:transports] when one of them cannot connect. Without it the
   * attempt fails, and the next one begins with the same transport.
   */
  _sio_manager_properties[MANAGER_PROP_TRY_ALL_TRANSPORTS] =
    g_param_spec_boolean ("try-all-transports", NULL, NULL, FALSE, flags);

  /**
   * SioManager:request-timeout:
   *
   * How long one request of polling may take, in milliseconds; 0 is for ever. A poll lasts for as long as the server has nothing to
   * say, so that a time below the server's interval of pings ends connections that are well.
   */
  _sio_manager_properties[MANAGER_PROP_REQUEST_TIMEOUT] =
    g_param_spec_uint ("request-timeout", NULL, NULL, 0, G_MAXINT, 0, flags);

  /**
   * SioManager:add-trailing-slash:
   *
   * Whether the [property@Manager:path] is sent with a slash at its end, whether it was given with one or not. If not, it is sent
   * without one.
   */
  _sio_manager_properties[MANAGER_PROP_ADD_TRAILING_SLASH] =
    g_param_spec_boolean ("add-trailing-slash", NULL, NULL, TRUE, flags);

  /**
   * SioManager:timestamps:
   *
   * Which requests carry a parameter that is another one each time, so that no cache on the way answers them.
   */
  _sio_manager_properties[MANAGER_PROP_TIMESTAMPS] =
    g_param_spec_enum ("timestamps", NULL, NULL, SIO_TYPE_TIMESTAMPS, SIO_TIMESTAMPS_POLLING, flags);

  /**
   * SioManager:timestamp-parameter:
   *
   * The name of the parameter that [property@Manager:timestamps] speaks of.
   */
  _sio_manager_properties[MANAGER_PROP_TIMESTAMP_PARAMETER] =
    g_param_spec_string ("timestamp-parameter", NULL, NULL, "t", flags);

  /**
   * SioManager:force-base64:
   *
   * Whether binary data travels as base64 text also over WebSocket, for what is on the way and does not let binary frames through.
   */
  _sio_manager_properties[MANAGER_PROP_FORCE_BASE64] =
    g_param_spec_boolean ("force-base64", NULL, NULL, FALSE, flags);
}

static void
install_handshake_options (void)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * SioManager:keep-cookies:
   *
   * Whether cookies that the server sets are sent back to it, on either transport and by this manager only. A server of many
   * machines knows by them to which one a session belongs.
   */
  _sio_manager_properties[MANAGER_PROP_KEEP_COOKIES] =
    g_param_spec_boolean ("keep-cookies", NULL, NULL, TRUE, flags);

  /**
   * SioManager:protocols:
   *
   * The sub-protocols that a WebSocket asks for, the one that is liked best first. Socket.IO needs none.
   */
  _sio_manager_properties[MANAGER_PROP_PROTOCOLS] =
    g_param_spec_boxed ("protocols", NULL, NULL, G_TYPE_STRV, flags);

  /**
   * SioManager:compression:
   *
   * Whether the messages of a WebSocket may be compressed (`permessage-deflate`). It is offered, and comes about only with a server
   * that agrees to it, which the official one does not of itself. Then it costs some memory for each connection, from the first
   * message on that is compressed, up to 300 KiB. What arrives may not be longer than [property@Manager:max-message-size] once it
   * is inflated.
   *
   * Do not send what is secret and what a stranger chose in one message: from its length the secret can be guessed.
   * %SIO_EMIT_NO_COMPRESSION leaves a message as it is.
   */
  _sio_manager_properties[MANAGER_PROP_COMPRESSION] =
    g_param_spec_boolean ("compression", NULL, NULL, TRUE, flags);

  /**
   * SioManager:compression-threshold:
   *
   * How many bytes a message has to have so that it is compressed, where [property@Manager:compression] came about.
   */
  _sio_manager_properties[MANAGER_PROP_COMPRESSION_THRESHOLD] =
    g_param_spec_uint ("compression-threshold", NULL, NULL, 0, G_MAXUINT, SIO_DEFAULT_COMPRESSION_THRESHOLD, flags);
}

static void
install_security_options (void)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * SioManager:tls-certificate:
   *
   * The certificate, with its private key, that is shown to a server that asks for one.
   */
  _sio_manager_properties[MANAGER_PROP_TLS_CERTIFICATE] =
    g_param_spec_object ("tls-certificate", NULL, NULL, G_TYPE_TLS_CERTIFICATE, flags);

  /**
   * SioManager:tls-interaction:
   *
   * Who is asked for a certificate, or for the password of one, while a connection is made.
   */
  _sio_manager_properties[MANAGER_PROP_TLS_INTERACTION] =
    g_param_spec_object ("tls-interaction", NULL, NULL, G_TYPE_TLS_INTERACTION, flags);

  /**
   * SioManager:proxy-resolver:
   *
   * Who says by which proxies the server is reached; %NULL for the settings of the system, which are not asked about the machine
   * itself.
   */
  _sio_manager_properties[MANAGER_PROP_PROXY_RESOLVER] =
    g_param_spec_object ("proxy-resolver", NULL, NULL, G_TYPE_PROXY_RESOLVER, flags);
}

static void
install_limits (void)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * SioManager:max-depth:
   *
   * How deep arrays and objects may be nested in what the server sends. What is deeper ends the connection.
   */
  _sio_manager_properties[MANAGER_PROP_MAX_DEPTH] =
    g_param_spec_uint ("max-depth", NULL, NULL, 1, SIO_MAX_DEPTH, SIO_DEFAULT_MAX_DEPTH, flags);

  /**
   * SioManager:max-attachments:
   *
   * How many pieces of binary data one event or answer of the server may have. One with more ends the connection. It is about
   * packets in JSON, where each piece is a message of its own.
   */
  _sio_manager_properties[MANAGER_PROP_MAX_ATTACHMENTS] =
    g_param_spec_uint ("max-attachments", NULL, NULL, 1, G_MAXUINT, SIO_DEFAULT_MAX_ATTACHMENTS, flags);

  /**
   * SioManager:max-received-events:
   *
   * How many events of a namespace the server may send before it lets us join it: those that a recovered session has missed. More
   * end the connection.
   */
  _sio_manager_properties[MANAGER_PROP_MAX_RECEIVED_EVENTS] =
    g_param_spec_uint ("max-received-events", NULL, NULL, 1, G_MAXUINT, SIO_DEFAULT_MAX_RECEIVED_EVENTS, flags);

  /**
   * SioManager:max-received-bytes:
   *
   * How many bytes of events of a namespace the server may send before it lets us join it. More end the connection.
   */
  _sio_manager_properties[MANAGER_PROP_MAX_RECEIVED_BYTES] =
    g_param_spec_uint64 ("max-received-bytes", NULL, NULL, 1, G_MAXSIZE, SIO_DEFAULT_MAX_RECEIVED_BYTES, flags);
}

static void
install_states (void)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * SioManager:parser:
   *
   * The form in which packets are written and read. [method@Manager.set_parser] chooses it.
   */
  _sio_manager_properties[MANAGER_PROP_PARSER] =
    g_param_spec_enum ("parser", NULL, NULL, SIO_TYPE_PARSER, SIO_PARSER_JSON, flags);

  /**
   * SioManager:state:
   *
   * Where the connection is in its life.
   */
  _sio_manager_properties[MANAGER_PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, SIO_TYPE_STATE, SIO_STATE_CLOSED, flags);

  /**
   * SioManager:transport:
   *
   * The transport in use, `polling` or `websocket`; %NULL while there is no connection.
   */
  _sio_manager_properties[MANAGER_PROP_TRANSPORT] = g_param_spec_string ("transport", NULL, NULL, NULL, flags);

  /**
   * SioManager:attempt:
   *
   * Which attempt to reconnect is being waited for or made, from 1 on; 0 where none is.
   */
  _sio_manager_properties[MANAGER_PROP_ATTEMPT] = g_param_spec_uint ("attempt", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * SioManager:next-attempt-time:
   *
   * When the next attempt is made, in microseconds of [func@GLib.get_monotonic_time]; 0 where none is being waited for.
   */
  _sio_manager_properties[MANAGER_PROP_NEXT_ATTEMPT_TIME] =
    g_param_spec_int64 ("next-attempt-time", NULL, NULL, 0, G_MAXINT64, 0, flags);
}

void
_sio_manager_install_properties (GObjectClass *object_class)
{
  object_class->get_property = sio_manager_get_property;
  object_class->set_property = sio_manager_set_property;

  install_options ();
  install_transport_options ();
  install_handshake_options ();
  install_security_options ();
  install_limits ();
  install_states ();
  g_object_class_install_properties (object_class, MANAGER_N_PROPS, _sio_manager_properties);
}
