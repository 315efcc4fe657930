/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

#include "sio-backoff-private.h"
#include "sio-codec-private.h"
#include "sio-engine-private.h"
#include "sio-manager.h"
#include "sio-network-watch-private.h"
#include "sio-trace-private.h"

/* sio-manager.c is the class and sio-manager-properties.c what it shows; its options are in sio-manager-options.c, those about the
 * way to the server in sio-manager-transport-options.c, sio-manager-handshake-options.c and sio-manager-security-options.c, those
 * about what is too much in sio-manager-limits.c, that about the form of packets in sio-manager-parser.c. How managers are shared is
 * in sio-manager-lookup.c. How one comes to a connection is in sio-manager-attempts.c, what happens to it then in
 * sio-manager-connection.c. Functions with a leading underscore are shared inside the library and not exported. */

G_BEGIN_DECLS

#define SIO_DEFAULT_TIMEOUT_MS 20000
#define SIO_DEFAULT_RECONNECTION_DELAY_MS 1000
#define SIO_DEFAULT_RECONNECTION_DELAY_MAX_MS 5000
#define SIO_DEFAULT_RANDOMIZATION_FACTOR 0.5
#define SIO_DEFAULT_COMPRESSION_THRESHOLD 1024

/* What may come before the answer to CONNECT: the events that a recovered session has missed. */
#define SIO_DEFAULT_MAX_RECEIVED_EVENTS 10000
#define SIO_DEFAULT_MAX_RECEIVED_BYTES (64 * 1024 * 1024)

struct _SioManager
{
  GObject             parent_instance;

  GMainContext       *context;
  GThread            *thread;

  /* The options, read anew at each attempt. */
  char               *uri;
  char               *shared_as;          /* the key by which it is found, where it is shared */
  GUri               *address;            /* http or https, host and port */
  char               *path;
  char              **transports;
  GHashTable         *query;
  SoupMessageHeaders *headers;
  SoupMessageHeaders *polling_headers;
  SoupMessageHeaders *websocket_headers;
  guint               timeout_ms;
  gboolean            reconnection;
  guint               reconnection_attempts;
  guint               reconnection_delay_ms;
  guint               reconnection_delay_max_ms;
  double              randomization_factor;
  gsize               max_message_size;
  GTlsDatabase       *tls_database;
  GNetworkMonitor    *network_monitor;
  gboolean            upgrade;
  gboolean            remember_upgrade;
  gboolean            try_all_transports;
  guint               request_timeout_ms;
  gboolean            add_trailing_slash;
  SioTimestamps       timestamps;
  char               *timestamp_parameter;
  gboolean            force_base64;
  gboolean            keep_cookies;
  char              **protocols;
  gboolean            compression;
  guint               compression_threshold;
  GTlsCertificate    *tls_certificate;
  GTlsInteraction    *tls_interaction;
  GProxyResolver     *proxy_resolver;
  guint               max_depth;
  guint               max_attachments;
  guint               max_received_events;
  gsize               max_received_bytes;

  /* The connection. */
  SioState            state;
  gboolean            websocket_worked;   /* the last connection came to stand on one */
  SioEngine          *engine;
  GPtrArray          *closing;            /* engines that send what is left to be sent */
  const SioCodec     *codec;
  SioDecoder         *decoder;
  gsize               packet_size;        /* bytes of the packet that is being put together */
  SioBackoff          backoff;
  guint               attempt;
  gint64              next_attempt_time;
  GSource            *timer;              /* the open time-out, or the wait for the next attempt */
  SoupCookieJar      *cookie_jar;
  SioNetworkWatch    *network_watch;
  SioTrace           *trace;              /* where somebody looks at the wire */
  GError             *farewell_error;     /* (nullable) why something was left, of the engines that were in `closing` */
  GPtrArray          *farewells;          /* tasks that wait for `closing` to become empty */

  GHashTable         *sockets;            /* by their namespace; owned */
};

typedef enum
{
  MANAGER_PROP_0,
  MANAGER_PROP_URI,
  MANAGER_PROP_PATH,
  MANAGER_PROP_TRANSPORTS,
  MANAGER_PROP_TIMEOUT,
  MANAGER_PROP_RECONNECTION,
  MANAGER_PROP_RECONNECTION_ATTEMPTS,
  MANAGER_PROP_RECONNECTION_DELAY,
  MANAGER_PROP_RECONNECTION_DELAY_MAX,
  MANAGER_PROP_RANDOMIZATION_FACTOR,
  MANAGER_PROP_MAX_MESSAGE_SIZE,
  MANAGER_PROP_TLS_DATABASE,
  MANAGER_PROP_NETWORK_MONITOR,
  MANAGER_PROP_UPGRADE,
  MANAGER_PROP_REMEMBER_UPGRADE,
  MANAGER_PROP_TRY_ALL_TRANSPORTS,
  MANAGER_PROP_REQUEST_TIMEOUT,
  MANAGER_PROP_ADD_TRAILING_SLASH,
  MANAGER_PROP_TIMESTAMPS,
  MANAGER_PROP_TIMESTAMP_PARAMETER,
  MANAGER_PROP_FORCE_BASE64,
  MANAGER_PROP_KEEP_COOKIES,
  MANAGER_PROP_PROTOCOLS,
  MANAGER_PROP_COMPRESSION,
  MANAGER_PROP_COMPRESSION_THRESHOLD,
  MANAGER_PROP_TLS_CERTIFICATE,
  MANAGER_PROP_TLS_INTERACTION,
  MANAGER_PROP_PROXY_RESOLVER,
  MANAGER_PROP_MAX_DEPTH,
  MANAGER_PROP_MAX_ATTACHMENTS,
  MANAGER_PROP_MAX_RECEIVED_EVENTS,
  MANAGER_PROP_MAX_RECEIVED_BYTES,
  MANAGER_PROP_PARSER,
  MANAGER_PROP_STATE,
  MANAGER_PROP_TRANSPORT,
  MANAGER_PROP_ATTEMPT,
  MANAGER_PROP_NEXT_ATTEMPT_TIME,
  MANAGER_N_PROPS
} SioManagerProperty;

typedef enum
{
  MANAGER_SIGNAL_OPENED,
  MANAGER_SIGNAL_CLOSED,
  MANAGER_SIGNAL_ERROR,
  MANAGER_SIGNAL_RECONNECT_ATTEMPT,
  MANAGER_SIGNAL_RECONNECTED,
  MANAGER_SIGNAL_RECONNECT_FAILED,
  MANAGER_SIGNAL_UPGRADED,
  MANAGER_SIGNAL_ACCEPT_CERTIFICATE,
  MANAGER_SIGNAL_TRACE,
  MANAGER_N_SIGNALS
} SioManagerSignal;

extern GParamSpec *_sio_manager_properties[MANAGER_N_PROPS];
extern guint _sio_manager_signals[MANAGER_N_SIGNALS];

/* What its sockets ask of it. */

/* The engine, or NULL when what is sent now belongs to the next session. */
SioEngine *_sio_manager_get_live_engine (SioManager *self);
/* A socket became inactive: with the last one the connection ends. */
void       _sio_manager_release         (SioManager *self);
/* The server does not answer CONNECT: a session that serves no other namespace is given up. */
void       _sio_manager_doubt_session   (SioManager *self);
void       _sio_manager_forget_socket   (SioManager *self,
                                         SioSocket  *socket);

/* Between the files. */
extern const SioEngineListener _sio_manager_listener;

void       _sio_manager_install_properties    (GObjectClass        *object_class);
GUri      *_sio_manager_parse_address         (const char          *uri,
                                               GError             **error);
void       _sio_manager_stop_sharing          (SioManager          *self);

void       _sio_manager_notify                (SioManager          *self,
                                               SioManagerProperty   property);
void       _sio_manager_set_state             (SioManager          *self,
                                               SioState             state);
void       _sio_manager_set_attempt           (SioManager          *self,
                                               guint                attempt);
void       _sio_manager_set_next_attempt_time (SioManager          *self,
                                               gint64               time);
/* Waits for the next attempt; FALSE where there are to be no more. */
gboolean   _sio_manager_schedule_attempt      (SioManager          *self);
/* Ends a session that the engine still believes in, and tries again. */
void       _sio_manager_break_session         (SioManager          *self,
                                               SioDisconnectReason  reason,
                                               const GError        *error);
void       _sio_manager_dispose_connection    (SioManager          *self);

G_END_DECLS
