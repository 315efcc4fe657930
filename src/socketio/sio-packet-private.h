/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-value.h"

/* A Socket.IO 5 packet. Encoding and decoding are pure: bytes in, a packet or an error out, no I/O, no clock. */

G_BEGIN_DECLS

typedef enum
{
  SIO_PACKET_CONNECT,
  SIO_PACKET_DISCONNECT,
  SIO_PACKET_EVENT,
  SIO_PACKET_ACK,
  SIO_PACKET_CONNECT_ERROR,
  SIO_PACKET_BINARY_EVENT,
  SIO_PACKET_BINARY_ACK,
} SioPacketType;

#define SIO_PACKET_NO_ID (-1)

/* Of the limits none is ever 0: what a hostile server can make us hold is bounded. */
#define SIO_DEFAULT_MAX_DEPTH 512
#define SIO_DEFAULT_MAX_ATTACHMENTS 10
#define SIO_MAX_DEPTH 65535
#define SIO_MAX_ID G_GINT64_CONSTANT (9007199254740991)

typedef struct
{
  SioPacketType  type;      /* decoded packets never are BINARY_*: their bytes stand where the placeholders stood */
  char          *name_space; /* a GRefString */
  gint64         id;        /* of the acknowledgement, or SIO_PACKET_NO_ID */
  SioValue      *data;      /* EVENT: array, name first; ACK: array; CONNECT: object or NULL; CONNECT_ERROR: object or string */
} SioPacket;

void        sio_packet_clear     (SioPacket        *packet);

/* The text is that of an Engine.IO packet, its type `4` included, so that it need not be copied again to be sent.
 * @attachments gets the GBytes to send after it, in order; it stays untouched where there are none. For events the name is
 * given apart from the arguments (an array, or NULL for none); @event is NULL for an ACK. */
GString    *sio_packet_encode_connect    (const char *name_space,
                                          SioValue   *auth);
GString    *sio_packet_encode_disconnect (const char *name_space);
GString    *sio_packet_encode_message    (const char *name_space,
                                          const char *event,
                                          SioValue   *arguments,
                                          gint64      id,
                                          GPtrArray  *attachments);

/* The client's own words, which nobody may emit and no server may send. */
gboolean    sio_packet_name_is_reserved  (const char *event);

/* Puts packets together again from their text and the binary messages that follow it. */
typedef struct _SioDecoder SioDecoder;

SioDecoder *sio_decoder_new          (guint        max_depth,
                                      guint        max_attachments);
void        sio_decoder_free         (SioDecoder  *self);
/* For the packets from here on. */
void        sio_decoder_set_limits   (SioDecoder  *self,
                                      guint        max_depth,
                                      guint        max_attachments);
void        sio_decoder_reset        (SioDecoder  *self);

/* Both return FALSE with an SIO_ERROR_PARSE error, or TRUE; then @packet is filled when @complete is TRUE, and more binary
 * messages are due when it is FALSE. @text is without the Engine.IO type. Texts must be valid UTF-8 or are an error. */
gboolean    sio_decoder_add_text     (SioDecoder  *self,
                                      const char  *text,
                                      gsize        length,
                                      SioPacket   *packet,
                                      gboolean    *complete,
                                      GError     **error);
gboolean    sio_decoder_add_binary   (SioDecoder  *self,
                                      GBytes      *bytes,
                                      SioPacket   *packet,
                                      gboolean    *complete,
                                      GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioDecoder, sio_decoder_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SioPacket, sio_packet_clear)

G_END_DECLS
