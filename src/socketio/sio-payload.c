/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Splits and joins the bodies of long-polling requests. */

#include "sio-payload-private.h"

#include <string.h>

#include "sio-error.h"

#define SEPARATOR '\x1e'

/* As lenient as the decoder of the official client: what is not base64 is passed over. */
static GBytes *
decode_base64 (const char *text,
               gsize       length)
{
  guchar *data = g_malloc (length / 4 * 3 + 3);
  gsize size;
  guint save = 0;
  int state = 0;

  size = g_base64_decode_step (text, length, data, &state, &save);

  return g_bytes_new_take (data, size);
}

gboolean
sio_payload_next (const char       **cursor,
                  const char        *end,
                  SioPayloadPacket  *packet,
                  GError           **error)
{
  const char *start = *cursor;
  const char *stop;

  g_assert (start != NULL && start <= end);

  stop = start < end ? memchr (start, SEPARATOR, (gsize) (end - start)) : NULL;
  *cursor = stop != NULL ? stop + 1 : NULL;
  if (stop == NULL)
    stop = end;

  if (start == stop || (*start != 'b' && (*start < '0' || *start > '6')))
    {
      *cursor = NULL;
      g_set_error (error, SIO_ERROR, SIO_ERROR_PARSE, "The server sent a payload with a malformed packet");
      return FALSE;
    }

  *packet = (SioPayloadPacket) { .type = *start, .text = start + 1, .length = (gsize) (stop - start - 1) };
  if (packet->type == 'b')
    {
      packet->bytes = decode_base64 (packet->text, packet->length);
      packet->text = NULL;
      packet->length = 0;
    }

  return TRUE;
}

void
sio_payload_init (SioPayload *self,
                  gsize       max_size)
{
  *self = (SioPayload) { .body = g_string_new (NULL), .max_size = max_size };
}

void
sio_payload_clear (SioPayload *self)
{
  if (self->body != NULL)
    g_string_free (g_steal_pointer (&self->body), TRUE);
  self->n_packets = 0;
}

/* The official client reckons base64 at 1.33 bytes for one, a little less than it is; the server counts what it gets. */
static gboolean
begin_packet (SioPayload *self,
              gsize       length)
{
  if (self->n_packets > 0)
    {
      if (self->n_packets >= SIO_PAYLOAD_MAX_PACKETS)
        return FALSE;
      if (self->max_size > 0 &&
          (self->body->len >= self->max_size || length > self->max_size - self->body->len - 1))
        return FALSE;
      g_string_append_c (self->body, SEPARATOR);
    }

  self->n_packets++;

  return TRUE;
}

gboolean
sio_payload_add_text (SioPayload *self,
                      const char *text,
                      gsize       length)
{
  if (!begin_packet (self, length))
    return FALSE;

  g_string_append_len (self->body, text, (gssize) length);

  return TRUE;
}

gboolean
sio_payload_add_binary (SioPayload *self,
                        GBytes     *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  g_autofree char *encoded = NULL;

  if (!begin_packet (self, 1 + (size + 2) / 3 * 4))
    return FALSE;

  encoded = g_base64_encode (data, size);
  g_string_append_c (self->body, 'b');
  g_string_append (self->body, encoded);

  return TRUE;
}

GBytes *
sio_payload_steal_bytes (SioPayload *self)
{
  GString *body = g_steal_pointer (&self->body);

  self->body = g_string_new (NULL);
  self->n_packets = 0;

  return g_string_free_to_bytes (body);
}
