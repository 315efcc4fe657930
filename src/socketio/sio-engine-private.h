/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

#include "sio-enums.h"

/* One Engine.IO 4 session, from its handshake to its end. It is opened once and closes once; a reconnection is a new engine. */

G_BEGIN_DECLS

#define SIO_TYPE_ENGINE (sio_engine_get_type ())

G_DECLARE_FINAL_TYPE (SioEngine, sio_engine, SIO, ENGINE, GObject)

#define SIO_DEFAULT_MAX_MESSAGE_SIZE (100 * 1024 * 1024)

/* What the engine is to do. The engine copies it (all members referenced or duplicated). */
typedef struct
{
  GUri                *uri;              /* http or https; host and port count */
  char                *path;             /* "/socket.io/" */
  GHashTable          *query;            /* (nullable) name → value of the user's query */
  SoupMessageHeaders  *headers;          /* (nullable) sent with each request */
  SoupMessageHeaders  *polling_headers;  /* (nullable) of one transport, in the place of those of the same name */
  SoupMessageHeaders  *websocket_headers; /* (nullable) */
  char               **transports;       /* in order of trial; "polling", "websocket" */
  gboolean             try_all;          /* the next transport is tried when one cannot connect */
  gboolean             upgrade;
  gboolean             force_base64;     /* no binary frames, either way */
  SioTimestamps        timestamps;
  char                *timestamp_parameter; /* (nullable) "t" */
  guint                request_timeout_ms; /* of each request of polling; 0 is for ever */
  gsize                max_message_size; /* bytes, never 0; counts a whole fragmented message */
  GTlsDatabase        *tls_database;     /* (nullable) */
  GTlsCertificate     *tls_certificate;  /* (nullable) for a server that asks for one */
  GTlsInteraction     *tls_interaction;  /* (nullable) */
  GProxyResolver      *proxy_resolver;   /* (nullable) */
  SoupCookieJar       *cookie_jar;       /* (nullable) shared with the engines before and after it */
  char               **protocols;        /* (nullable) of the WebSocket, in the order of preference */
  gboolean             compression;      /* offered to the server, of which it may make use */
  gsize                compression_threshold; /* bytes; what is shorter is not compressed */

  /* (nullable) asked for a certificate that does not verify; without it such a certificate is refused */
  gboolean           (*accept_certificate) (GTlsCertificate      *certificate,
                                            GTlsCertificateFlags  errors,
                                            gpointer              user_data);
  /* (nullable) shown each Engine.IO packet. It must not call the engine while one goes out. */
  void               (*trace)              (SioTraceFlags         flags,
                                           const char           *transport,
                                           GBytes               *packet,
                                           gpointer              user_data);
} SioEngineOptions;

/* What the engine tells. All are called in the engine's main context, none from within sio_engine_open() or a send. Any call
 * on the engine, and dropping the last reference to it, is allowed in each of them. */
typedef struct
{
  void (*opened)   (SioEngine           *engine,
                    gpointer             user_data);
  /* One Socket.IO packet, valid UTF-8, without the Engine.IO type. */
  void (*text)     (SioEngine           *engine,
                    const char          *text,
                    gsize                length,
                    gpointer             user_data);
  void (*binary)   (SioEngine           *engine,
                    GBytes              *bytes,
                    gpointer             user_data);
  void (*upgraded) (SioEngine           *engine,
                    const char          *transport,
                    gpointer             user_data);
  void (*pinged)   (SioEngine           *engine,
                    gpointer             user_data);
  /* Nothing comes after it. @error says more where there is more to say. A failure to open ends here too, with TRANSPORT_ERROR
   * and an error of SIO_ERROR_TRANSPORT, _TLS, _NOT_SOCKETIO, _TOO_LARGE … whose message can be shown to a person. */
  void (*closed)   (SioEngine           *engine,
                    SioDisconnectReason  reason,
                    const GError        *error,
                    gpointer             user_data);
} SioEngineListener;

SioEngine  *sio_engine_new            (const SioEngineOptions  *options,
                                       const SioEngineListener *listener,
                                       gpointer                 user_data);
void        sio_engine_open           (SioEngine               *self);

/* Closes from our side; closed() follows with FORCED_CLOSE, after what was sent has gone out as far as the peer takes it.
 * @reason is what closed() is to say: PARSE_ERROR where the Socket.IO layer could not read what came. */
void        sio_engine_close          (SioEngine               *self,
                                       SioDisconnectReason      reason,
                                       const GError            *error);

/* Drops the listener and closes without another word: for an owner that goes away. */
void        sio_engine_abandon        (SioEngine               *self);

/* @text is a whole Engine.IO packet, type included ("42[…]"). Both keep the order, also across an upgrade. */
void        sio_engine_send_text      (SioEngine               *self,
                                       const char              *text,
                                       gsize                    length);
void        sio_engine_send_binary    (SioEngine               *self,
                                       GBytes                  *bytes);

/* Whether what is sent from now on may be compressed, where that was agreed on. */
void        sio_engine_set_compressed (SioEngine               *self,
                                       gboolean                 compressed);

gboolean    sio_engine_is_open        (SioEngine               *self);

/* Whether what is sent now goes to the transport at once: what a volatile event asks. */
gboolean    sio_engine_is_writable    (SioEngine               *self);

/* FALSE when the server's heartbeat is overdue by a clock that counts suspend; then the session closes with PING_TIMEOUT in the
 * next turn of the main loop, and what is to be sent belongs to the next session. */
gboolean    sio_engine_check_alive    (SioEngine               *self);

const char *sio_engine_get_id         (SioEngine               *self);
const char *sio_engine_get_transport  (SioEngine               *self);

G_END_DECLS
