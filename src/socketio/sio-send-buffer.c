/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-error.h"
#include "sio-send-buffer-private.h"

/* Takes @text and @attachments. */
SioOutgoing *
sio_outgoing_new (const SioCodec *codec,
                  GString        *text,
                  GPtrArray      *attachments,
                  gint64          id)
{
  SioOutgoing *self = g_new0 (SioOutgoing, 1);

  self->codec = codec;
  self->text = text;
  self->attachments = attachments;
  self->id = id;
  self->compressed = TRUE;
  self->size = text != NULL ? text->len : 0;
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    self->size += g_bytes_get_size (g_ptr_array_index (attachments, i));

  return self;
}

void
sio_outgoing_free (SioOutgoing *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_free (self);
}

void
sio_send_buffer_init (SioSendBuffer   *self,
                      SioOutgoingFunc  dropped,
                      gpointer         user_data)
{
  g_queue_init (&self->packets);
  self->size = 0;
  self->max_packets = SIO_SEND_BUFFER_MAX_PACKETS;
  self->max_size = SIO_SEND_BUFFER_MAX_BYTES;
  self->policy = SIO_BUFFER_POLICY_REFUSE_NEWEST;
  self->dropped = dropped;
  self->user_data = user_data;
}

gboolean
sio_send_buffer_has_room (SioSendBuffer *self,
                          guint          n_packets,
                          gsize          size,
                          gsize          packet_size)
{
  return n_packets < self->max_packets && packet_size <= self->max_size && size <= self->max_size - packet_size;
}

void
sio_send_buffer_set_full (SioSendBuffer  *self,
                          GError        **error)
{
  g_set_error (error, SIO_ERROR, SIO_ERROR_BUFFER_FULL,
               "Too much waits to be sent: %u events or %" G_GSIZE_FORMAT " bytes at most",
               self->max_packets, self->max_size);
}

void
sio_send_buffer_clear (SioSendBuffer *self)
{
  g_queue_clear_full (&self->packets, (GDestroyNotify) sio_outgoing_free);
  self->size = 0;
}

static void
make_room (SioSendBuffer *self,
           gsize          size)
{
  while (!g_queue_is_empty (&self->packets) &&
         !sio_send_buffer_has_room (self, self->packets.length, self->size, size))
    {
      g_autoptr(SioOutgoing) oldest = sio_send_buffer_pop (self);

      self->dropped (oldest, self->user_data);
    }
}

/* Takes @packet, also when it is full. */
gboolean
sio_send_buffer_push (SioSendBuffer  *self,
                      SioOutgoing    *packet,
                      GError        **error)
{
  g_autoptr(SioOutgoing) owned = packet;

  /* What would not fit into an empty buffer is worth none of those that wait. */
  if (self->policy == SIO_BUFFER_POLICY_DROP_OLDEST && packet->size <= self->max_size)
    make_room (self, packet->size);

  if (!sio_send_buffer_has_room (self, self->packets.length, self->size, packet->size))
    {
      sio_send_buffer_set_full (self, error);
      return FALSE;
    }

  self->size += packet->size;
  g_queue_push_tail (&self->packets, g_steal_pointer (&owned));

  return TRUE;
}

SioOutgoing *
sio_send_buffer_pop (SioSendBuffer *self)
{
  SioOutgoing *packet = g_queue_pop_head (&self->packets);

  if (packet != NULL)
    self->size -= packet->size;

  return packet;
}

gboolean
sio_send_buffer_is_empty (SioSendBuffer *self)
{
  return g_queue_is_empty (&self->packets);
}

/* Takes out the packet whose acknowledgement nobody waits for any more. */
void
sio_send_buffer_remove (SioSendBuffer *self,
                        gint64         id)
{
  for (GList *l = self->packets.head; l != NULL; l = l->next)
    {
      SioOutgoing *packet = l->data;

      if (packet->id != id)
        continue;

      self->size -= packet->size;
      g_queue_delete_link (&self->packets, l);
      sio_outgoing_free (packet);
      return;
    }
}
