/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

/* An Engine.IO server that does what it is told, also what a real one would not. It lives in the test's own main loop. */

G_BEGIN_DECLS

typedef struct _ScriptedServer ScriptedServer;
typedef struct _ScriptedPeer ScriptedPeer;

typedef struct
{
  const char *method;
  const char *path;
  const char *transport;
  const char *session_id;         /* or NULL */
  GHashTable *query;
  SoupMessageHeaders *headers;
  const char *body;
  gsize length;
} ScriptedRequest;

/* TRUE when it has dealt with the request (or will): the server then does nothing of its own. */
typedef gboolean (*ScriptedRequestFunc) (ScriptedServer  *server,
                                         ScriptedPeer    *peer,
                                         ScriptedRequest *request,
                                         gpointer         user_data);

/* Each Engine.IO packet that a client sent, type included; binary ones as "b" and their bytes. */
typedef void     (*ScriptedPacketFunc)  (ScriptedServer  *server,
                                         const char      *packet,
                                         gsize            length,
                                         gpointer         user_data);

struct _ScriptedServer
{
  /* What the script says; to be set before a client comes. */
  const char          *handshake;  /* the open packet's JSON, or NULL for the usual one */
  const char          *upgrades;   /* "\"websocket\"" */
  const char          *probe_answer; /* "3probe", or NULL for silence */
  gboolean             keep_poll;  /* the pending poll is not released for an upgrade */
  guint                ping_interval_ms;
  guint                ping_timeout_ms;
  guint                max_payload;
  gboolean             wants_certificate; /* of the client; any one will do */
  const char          *cookie;       /* what each answer sets, or NULL for the usual one */
  const char          *extensions;   /* what it says it agrees to of a WebSocket's, or NULL for none */
  const char          *protocol;     /* the sub-protocol it chooses, or NULL */
  ScriptedRequestFunc  on_request;
  ScriptedPacketFunc   on_packet;
  gpointer             user_data;

  /* What happened: "GET polling", "POST polling 40", "GET websocket", "frame 2probe"; "deflated" before such a frame … */
  GString             *log;
  guint                n_connections;
  guint                n_gets;
  guint                n_posts;
  guint                most_packets; /* in one POST */
  gsize                largest_post;
  GTlsCertificate     *seen_certificate; /* the client's */
  guint                n_overlaps;   /* a second GET or POST while one was pending */

  GSocketService      *service;
  GTlsCertificate     *certificate;
  guint16              port;
  GPtrArray           *peers;
  GString             *queue;        /* for the next poll */
  ScriptedPeer        *poll;
  ScriptedPeer        *websocket;    /* carries the session once it has taken over */
};

ScriptedServer *scripted_server_new           (GTlsCertificate *certificate);
void            scripted_server_free          (ScriptedServer  *self);
GUri           *scripted_server_get_uri       (ScriptedServer  *self);

/* Sends packets to the client by whatever carries the session now. */
void            scripted_server_send          (ScriptedServer  *self,
                                               const char      *packet);
void            scripted_server_send_binary   (ScriptedServer  *self,
                                               const void      *data,
                                               gsize            length);

/* Takes no more connections. */
void            scripted_server_shut          (ScriptedServer  *self);

/* Breaks every connection. */
void            scripted_server_drop          (ScriptedServer  *self);

void            scripted_peer_answer          (ScriptedPeer    *self,
                                               guint            status,
                                               const char      *type,
                                               const char      *body,
                                               gssize           length);
void            scripted_peer_accept          (ScriptedPeer    *self);
void            scripted_peer_write           (ScriptedPeer    *self,
                                               const void      *data,
                                               gsize            length);
/* @head is FIN, the reserved bits and the opcode. */
void            scripted_peer_write_frame     (ScriptedPeer    *self,
                                               guint8           head,
                                               const void      *data,
                                               gsize            length);
void            scripted_peer_write_close     (ScriptedPeer    *self,
                                               guint16          code,
                                               const char      *words);
/* Takes no more than what it is just reading, until it is no longer deaf. */
void            scripted_peer_set_deaf        (ScriptedPeer    *self,
                                               gboolean         deaf);
void            scripted_peer_drop            (ScriptedPeer    *self);
/* Once all is written. */
void            scripted_peer_finish          (ScriptedPeer    *self);

/* From a thread, as fast as the client takes it. */
void            scripted_peer_flood           (ScriptedPeer    *self,
                                               GBytes          *bytes);

/* Appends a frame to what scripted_peer_write() or _flood() is to send. */
void            scripted_append_frame         (GByteArray      *bytes,
                                               guint8           head,
                                               const void      *data,
                                               gsize            length);

/* A certificate for localhost, signed by itself and made just now. */
GTlsCertificate *scripted_certificate_new     (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedServer, scripted_server_free)

G_END_DECLS
