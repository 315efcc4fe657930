/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-backoff-private.h"
#include "sio-codec-private.h"
#include "sio-engine-private.h"
#include "sio-event-private.h"
#include "sio-listeners-private.h"
#include "sio-pending-acks-private.h"
#include "sio-retry-queue-private.h"
#include "sio-send-buffer-private.h"
#include "sio-socket.h"

/* sio-socket.c is the class and what it tells, sio-socket-properties.c what it shows, sio-socket-listen.c who listens
 * to it beside the signals; sio-socket-emit.c is what it sends,
 * sio-socket-queue.c what it sends until it is acknowledged, sio-socket-delivery.c the options of both; sio-socket-join.c is how a
 * namespace is joined and left and what the server says meanwhile. Functions with a leading underscore are shared inside the
 * library and not exported. */

G_BEGIN_DECLS

typedef enum
{
  SOCKET_PROP_0,
  SOCKET_PROP_MANAGER,
  SOCKET_PROP_NAMESPACE,
  SOCKET_PROP_ID,
  SOCKET_PROP_CONNECTED,
  SOCKET_PROP_ACTIVE,
  SOCKET_PROP_RECOVERED,
  SOCKET_PROP_N_BUFFERED,
  SOCKET_PROP_N_QUEUED,
  SOCKET_PROP_ACK_TIMEOUT,
  SOCKET_PROP_RETRIES,
  SOCKET_PROP_DELIVERY_IDS,
  SOCKET_PROP_MAX_BUFFERED_EVENTS,
  SOCKET_PROP_MAX_BUFFERED_BYTES,
  SOCKET_PROP_BUFFER_POLICY,
  SOCKET_N_PROPS
} SioSocketProperty;

typedef enum
{
  SIO_PHASE_IDLE,     /* not joined, and nothing under way */
  SIO_PHASE_AUTH,     /* the provider of the credentials was asked */
  SIO_PHASE_JOINING,  /* CONNECT was sent */
  SIO_PHASE_LEAVING,  /* CONNECT was sent, but nobody wants its answer any more */
  SIO_PHASE_JOINED,
} SioPhase;

struct _SioSocket
{
  GObject         parent_instance;

  SioManager     *manager;         /* unowned: the manager owns its sockets; NULL once it is gone */
  GMainContext   *context;
  GThread        *thread;
  char           *name_space;

  SioPhase        phase;
  gboolean        active;
  gboolean        flushed;         /* the send buffer went out: from here on events are sent at once */
  gboolean        recovered;
  char           *id;

  SioValue       *auth;
  SioAuthFunc     auth_func;
  gpointer        auth_data;
  GDestroyNotify  auth_destroy;
  GCancellable   *auth_cancellable; /* of the provider that was asked last; another one means a stale answer */
  SioBackoff      auth_backoff;
  GSource        *join_timer;
  gint64          left_at;         /* monotonic µs; when DISCONNECT was sent in this session, or 0 */

  char           *private_id;      /* both for the recovery of the session */
  GString        *offset;

  SioListeners   *listeners;
  SioSendBuffer   send_buffer;
  guint           ack_timeout_ms;
  guint           retries;
  gboolean        delivery_ids;
  char           *delivery_prefix; /* of the identifiers, once there is one */
  guint64         n_deliveries;
  SioRetryQueue   queue;
  GQueue          received;        /* SioPacket that came before the answer to CONNECT */
  gsize           received_size;
  SioPendingAcks *acks;
  gint64          next_id;
  SioAnswerDoor  *door;
};

SioSocket *_sio_socket_new           (SioManager          *manager,
                                      const char          *name_space,
                                      GMainContext        *context);

/* What its manager tells it. */
void       _sio_socket_join          (SioSocket           *self);
gboolean   _sio_socket_take_packet   (SioSocket           *self,
                                      SioPacket           *packet,
                                      gsize                size,
                                      GError             **error);
void       _sio_socket_tell_connect_error  (SioSocket           *self,
                                      const GError        *error,
                                      SioValue            *data);
/* The session is gone. The first makes it so without a word and says whether the namespace was joined, the second tells it:
 * between the two no foreign code runs. */
gboolean   _sio_socket_lose_session  (SioSocket           *self);
void       _sio_socket_tell_lost     (SioSocket           *self,
                                      gboolean             was_joined,
                                      SioDisconnectReason  reason,
                                      const GError        *error);
/* The manager goes away. */
void       _sio_socket_detach        (SioSocket           *self);

/* What its events ask of it. */
gboolean   _sio_socket_send_answer   (SioSocket           *self,
                                      gint64               id,
                                      SioValue            *arguments,
                                      GError             **error);

/* Between the files. */
void       _sio_socket_install_properties (GObjectClass        *object_class);
void       _sio_socket_notify        (SioSocket           *self,
                                      SioSocketProperty    property);
/* Sends what may be sent now. @packet is told to who listens to what is sent once the caller has noted what it is for. */
SioOutgoing *_sio_socket_encode      (SioSocket           *self,
                                      const char          *event,
                                      SioValue            *arguments,
                                      gint64               id,
                                      SioEmitFlags         flags);
SioEngine *_sio_socket_get_way       (SioSocket           *self);
void       _sio_socket_send          (SioEngine           *engine,
                                      SioOutgoing         *packet);
void       _sio_socket_tell_outgoing (SioSocket           *self,
                                      SioOutgoing         *packet);
/* @task is NULL where nobody waits for the answer, else it is ended once; it is not taken where this fails. */
gboolean   _sio_socket_enqueue       (SioSocket           *self,
                                      const char          *event,
                                      SioValue            *arguments,
                                      SioEmitFlags         flags,
                                      guint                timeout_ms,
                                      GTask               *task,
                                      GError             **error);
void       _sio_socket_fail_queue    (SioSocket           *self,
                                      GQuark               domain,
                                      int                  code,
                                      const char          *message);
void       _sio_socket_drain_queue   (SioSocket           *self,
                                      gboolean             anew);
void       _sio_socket_set_active    (SioSocket           *self,
                                      gboolean             active);
void       _sio_socket_start_stay    (SioSocket           *self,
                                      const char          *id,
                                      gboolean             recovered);
void       _sio_socket_end_stay      (SioSocket           *self);
void       _sio_socket_leave         (SioSocket           *self);
void       _sio_socket_flush         (SioSocket           *self);
void       _sio_socket_set_id        (SioSocket           *self,
                                      const char          *id);
void       _sio_socket_tell_opened   (SioSocket           *self);
void       _sio_socket_tell_closed   (SioSocket           *self,
                                      SioDisconnectReason  reason,
                                      const GError        *error);
void       _sio_socket_tell_event    (SioSocket           *self,
                                      const SioPacket     *packet);

G_END_DECLS
