/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-write-buffer-private.h"

typedef struct
{
  GBytes   *bytes;
  gboolean  is_text;
  gboolean  compressed;
} Packet;

static void
packet_free (gpointer data)
{
  Packet *packet = data;

  g_bytes_unref (packet->bytes);
  g_free (packet);
}

static void
sio_write_buffer_push (SioWriteBuffer *self,
                       GBytes         *bytes,
                       gboolean        is_text,
                       gboolean        compressed)
{
  Packet *packet = g_new0 (Packet, 1);

  packet->bytes = bytes;
  packet->is_text = is_text;
  packet->compressed = compressed;
  g_queue_push_tail (&self->packets, packet);
}

void
sio_write_buffer_init (SioWriteBuffer *self)
{
  g_queue_init (&self->packets);
}

void
sio_write_buffer_clear (SioWriteBuffer *self)
{
  g_queue_clear_full (&self->packets, packet_free);
}

void
sio_write_buffer_push_text (SioWriteBuffer *self,
                            const char     *text,
                            gsize           length,
                            gboolean        compressed)
{
  sio_write_buffer_push (self, g_bytes_new (text, length), TRUE, compressed);
}

void
sio_write_buffer_push_binary (SioWriteBuffer *self,
                              GBytes         *bytes,
                              gboolean        compressed)
{
  sio_write_buffer_push (self, g_bytes_ref (bytes), FALSE, compressed);
}

gboolean
sio_write_buffer_is_empty (SioWriteBuffer *self)
{
  return g_queue_is_empty (&self->packets);
}

static gboolean
packet_send (Packet       *packet,
             SioTransport *transport)
{
  gsize length;
  const char *data = g_bytes_get_data (packet->bytes, &length);

  sio_transport_set_compressed (transport, packet->compressed);

  return packet->is_text ? sio_transport_send_text (transport, data, length)
                         : sio_transport_send_binary (transport, packet->bytes);
}

void
sio_write_buffer_flush (SioWriteBuffer *self,
                        SioTransport   *transport)
{
  Packet *packet;

  while ((packet = g_queue_peek_head (&self->packets)) != NULL && packet_send (packet, transport))
    {
      packet_free (g_queue_pop_head (&self->packets));
      self->n_sent++;
    }
}
