/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-engine-settings-private.h"

/* What carries Engine.IO packets: HTTP long-polling or a WebSocket. */

G_BEGIN_DECLS

#define SIO_TYPE_TRANSPORT (sio_transport_get_type ())

G_DECLARE_DERIVABLE_TYPE (SioTransport, sio_transport, SIO, TRANSPORT, GObject)

typedef struct
{
  /* Packets can be sent; polling is ready at once. */
  void (*ready)   (SioTransport        *transport,
                   gpointer             user_data);
  /* @type is one of '0' to '6'; @text is valid UTF-8 and holds only while it is called. */
  void (*packet)  (SioTransport        *transport,
                   char                 type,
                   const char          *text,
                   gsize                length,
                   gpointer             user_data);
  void (*binary)  (SioTransport        *transport,
                   GBytes              *bytes,
                   gpointer             user_data);
  /* After a send was refused: packets are taken again. */
  void (*drained) (SioTransport        *transport,
                   gpointer             user_data);
  void (*paused)  (SioTransport        *transport,
                   gpointer             user_data);
  /* Once, and the last thing that is told; also the answer to sio_transport_close(). */
  void (*closed)  (SioTransport        *transport,
                   SioDisconnectReason  reason,
                   const GError        *error,
                   gpointer             user_data);
} SioTransportListener;

struct _SioTransportClass
{
  GObjectClass parent_class;

  const char *name;

  void     (*open)        (SioTransport *self);
  gboolean (*send_text)   (SioTransport *self,
                           const char   *text,
                           gsize         length);
  gboolean (*send_binary) (SioTransport *self,
                           GBytes       *bytes);
  gboolean (*is_writable) (SioTransport *self);
  guint64  (*get_written) (SioTransport *self);
  gsize    (*get_queued)  (SioTransport *self);
  guint64  (*get_taken)   (SioTransport *self);
  void     (*flush)       (SioTransport *self);
  void     (*pause)       (SioTransport *self);
  void     (*resume)      (SioTransport *self);
  void     (*close)       (SioTransport *self);
  void     (*abort)       (SioTransport *self);
};

void               sio_transport_construct       (SioTransport               *self,
                                                  SioEngineSettings          *settings,
                                                  const SioTransportListener *listener,
                                                  gpointer                    user_data);
void               sio_transport_set_listener    (SioTransport               *self,
                                                  const SioTransportListener *listener,
                                                  gpointer                    user_data);
const char        *sio_transport_get_name        (SioTransport               *self);
SioEngineSettings *sio_transport_get_settings    (SioTransport               *self);
GMainContext      *sio_transport_get_context     (SioTransport               *self);
const char        *sio_transport_get_session_id  (SioTransport               *self);
gsize              sio_transport_get_max_payload (SioTransport               *self);

/* What the handshake said: the session, and how many bytes a request may have (0: no limit). */
void               sio_transport_set_session     (SioTransport               *self,
                                                  const char                 *session_id,
                                                  gsize                       max_payload);

void               sio_transport_open            (SioTransport               *self);

/* Both return FALSE when the packet has to wait for drained(). */
gboolean           sio_transport_send_text       (SioTransport               *self,
                                                  const char                 *text,
                                                  gsize                       length);
gboolean           sio_transport_send_binary     (SioTransport               *self,
                                                  GBytes                     *bytes);

/* Whether what is sent from now on may be compressed; that it can be is not said. */
void               sio_transport_set_compressed  (SioTransport               *self,
                                                  gboolean                    compressed);
gboolean           sio_transport_get_compressed  (SioTransport               *self);

/* Hands on what was sent as far as that is possible right now, rather than at the end of the main loop's turn. */
void               sio_transport_flush           (SioTransport               *self);

/* Whether a packet would leave at once. */
gboolean           sio_transport_is_writable     (SioTransport               *self);

/* Bytes that the connection has taken, ever, and those that wait for it to. */
guint64            sio_transport_get_written     (SioTransport               *self);
gsize              sio_transport_get_queued      (SioTransport               *self);

/* Grows as long as the peer takes anything, as far as that can be known. */
guint64            sio_transport_get_taken       (SioTransport               *self);

/* Lets what is under way come to its end and starts nothing new; paused() follows. */
void               sio_transport_pause           (SioTransport               *self);
void               sio_transport_resume          (SioTransport               *self);

/* Sends what was taken, then says good-bye; closed() follows. */
void               sio_transport_close           (SioTransport               *self);

/* Ends at once and without another word. */
void               sio_transport_abandon         (SioTransport               *self);

/* For the subclasses: each does nothing once the transport is abandoned or closed, and returns whether it still lives. */
gboolean           sio_transport_is_live         (SioTransport               *self);
gboolean           sio_transport_emit_ready      (SioTransport               *self);
gboolean           sio_transport_emit_packet     (SioTransport               *self,
                                                  char                        type,
                                                  const char                 *text,
                                                  gsize                       length);
gboolean           sio_transport_emit_binary     (SioTransport               *self,
                                                  GBytes                     *bytes);
gboolean           sio_transport_emit_drained    (SioTransport               *self);
gboolean           sio_transport_emit_paused     (SioTransport               *self);
void               sio_transport_emit_closed     (SioTransport               *self,
                                                  SioDisconnectReason         reason,
                                                  const GError               *error);

/* Runs @callback in the next turn of the main loop, with a reference to the transport held until then. */
void               sio_transport_later           (SioTransport               *self,
                                                  int                         priority,
                                                  GSourceFunc                 callback);

G_END_DECLS
