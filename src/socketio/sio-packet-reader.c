/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads Socket.IO packets. The grammar is taken strictly where the official parser, by the ways of JavaScript, lets odd
 * forms pass: no server writes those. */

#include <string.h>

#include "sio-decoder-private.h"
#include "sio-error.h"
#include "sio-json-private.h"
#include "sio-value-private.h"

#define fail sio_decoder_fail

/* What is left of the text. */
typedef struct
{
  const char *p;
  const char *end;
} Cursor;

static gboolean
at_digit (const Cursor *cursor)
{
  return cursor->p < cursor->end && g_ascii_isdigit (*cursor->p);
}

/* Digits alone, no zero before others, nothing above @max. */
static gboolean
read_number (Cursor *cursor,
             gint64  max,
             gint64 *number)
{
  const char *start = cursor->p;

  *number = 0;
  for (; at_digit (cursor); cursor->p++)
    {
      gint64 digit = *cursor->p - '0';

      if (*number > (max - digit) / 10)
        return FALSE;
      *number = 10 * *number + digit;
    }

  return cursor->p > start && (*start != '0' || cursor->p == start + 1);
}

static gboolean
read_type (Cursor         *cursor,
           SioPacketType  *type,
           GError        **error)
{
  guchar character = cursor->p < cursor->end ? (guchar) *cursor->p : 0;

  if (character < '0' || character > '0' + SIO_PACKET_BINARY_ACK)
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_PARSE,
                   g_ascii_isgraph (character) ? "unknown packet type %c" : "unknown packet type 0x%02x", character);
      return FALSE;
    }

  cursor->p++;
  *type = (SioPacketType) (character - '0');

  return TRUE;
}

static gboolean
read_n_attachments (SioDecoder  *self,
                    Cursor      *cursor,
                    guint       *n_attachments,
                    GError     **error)
{
  gint64 number;

  if (!read_number (cursor, SIO_MAX_ID, &number) || number == 0 || cursor->p == cursor->end || *cursor->p != '-')
    return fail (error, "Illegal attachments");
  if (number > self->max_attachments)
    return fail (error, "too many attachments");

  cursor->p++;
  *n_attachments = (guint) number;

  return TRUE;
}

/* A comma ends it; where nothing else can follow, the end does too: "1/admin". */
static char *
read_name_space (SioDecoder     *self,
                 Cursor         *cursor,
                 SioPacketType   type,
                 GError        **error)
{
  const char *start = cursor->p;
  const char *comma;

  if (start == cursor->end || *start != '/')
    return sio_decoder_keep_name_space (self, "/", 1);

  comma = memchr (start, ',', (gsize) (cursor->end - start));
  if (comma == NULL && type != SIO_PACKET_CONNECT && type != SIO_PACKET_DISCONNECT)
    {
      fail (error, "invalid payload: a namespace without end");
      return NULL;
    }

  cursor->p = comma != NULL ? comma + 1 : cursor->end;
  if (comma == NULL)
    comma = cursor->end;
  if (!g_utf8_validate_len (start, (gsize) (comma - start), NULL))
    {
      fail (error, "invalid payload: a namespace that is not UTF-8");
      return NULL;
    }

  return sio_decoder_keep_name_space (self, start, (gsize) (comma - start));
}

/* Only what asks for an acknowledgement or gives one has an id, and what gives one always has. */
static gboolean
read_id (Cursor         *cursor,
         SioPacketType   type,
         gint64         *id,
         GError        **error)
{
  *id = SIO_PACKET_NO_ID;

  if (at_digit (cursor))
    {
      if (!read_number (cursor, SIO_MAX_ID, id))
        return fail (error, "invalid payload: an id that is no number");
      if (type != SIO_PACKET_EVENT && type != SIO_PACKET_ACK)
        return fail (error, "invalid payload: an id where there can be none");
    }
  else if (type == SIO_PACKET_ACK)
    {
      return fail (error, "invalid payload: an acknowledgement without an id");
    }

  return TRUE;
}

static gboolean
read_data (SioDecoder  *self,
           Cursor      *cursor,
           guint        n_attachments,
           SioPacket   *packet,
           GError     **error)
{
  if (cursor->p < cursor->end)
    {
      /* JSON may begin with spaces, a packet's may not: "2 [" would be an id to JavaScript. */
      if (g_ascii_isspace (*cursor->p))
        return fail (error, "invalid payload");

      packet->data = sio_json_read (cursor->p, (gsize) (cursor->end - cursor->p), self->max_depth, n_attachments, error);
      if (packet->data == NULL)
        {
          g_prefix_error (error, "invalid payload: ");
          return FALSE;
        }
    }

  return sio_decoder_data_is_valid (packet->type, packet->data) || fail (error, "invalid payload");
}

static gboolean
read_packet (SioDecoder  *self,
             Cursor      *cursor,
             SioPacket   *packet,
             guint       *n_attachments,
             GError     **error)
{
  *n_attachments = 0;

  if (!read_type (cursor, &packet->type, error))
    return FALSE;

  if (packet->type == SIO_PACKET_BINARY_EVENT || packet->type == SIO_PACKET_BINARY_ACK)
    {
      if (!read_n_attachments (self, cursor, n_attachments, error))
        return FALSE;
      packet->type = packet->type == SIO_PACKET_BINARY_EVENT ? SIO_PACKET_EVENT : SIO_PACKET_ACK;
    }

  packet->name_space = read_name_space (self, cursor, packet->type, error);

  return packet->name_space != NULL &&
         read_id (cursor, packet->type, &packet->id, error) &&
         read_data (self, cursor, *n_attachments, packet, error);
}

/* The packet that has been waiting goes out. */
static void
complete_packet (SioDecoder *self,
                 SioPacket  *packet)
{
  SioValue *data = self->packet.data;

  if (self->attachments != NULL)
    {
      sio_value_fill_bytes (data, self->attachments);
      g_clear_pointer (&self->attachments, g_ptr_array_unref);
    }

  *packet = self->packet;
  self->packet = (SioPacket) { 0 };
  sio_decoder_finish_packet (packet);
}

gboolean
sio_decoder_add_text (SioDecoder  *self,
                      const char  *text,
                      gsize        length,
                      SioPacket   *packet,
                      gboolean    *complete,
                      GError     **error)
{
  Cursor cursor = { text, text + length };
  guint n_attachments;

  *complete = FALSE;

  if (self->attachments != NULL)
    {
      sio_decoder_reset (self);
      return fail (error, "got plaintext data when reconstructing a packet");
    }

  if (!read_packet (self, &cursor, &self->packet, &n_attachments, error))
    {
      sio_decoder_reset (self);
      return FALSE;
    }

  if (n_attachments > 0)
    {
      self->n_attachments = n_attachments;
      /* It grows with what comes: the number is only what the server says. */
      self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      return TRUE;
    }

  complete_packet (self, packet);
  *complete = TRUE;

  return TRUE;
}

gboolean
sio_decoder_add_binary (SioDecoder  *self,
                        GBytes      *bytes,
                        SioPacket   *packet,
                        gboolean    *complete,
                        GError     **error)
{
  *complete = FALSE;

  if (self->attachments == NULL)
    return fail (error, "got binary data when not reconstructing a packet");

  g_ptr_array_add (self->attachments, g_bytes_ref (bytes));
  if (self->attachments->len < self->n_attachments)
    return TRUE;

  complete_packet (self, packet);
  *complete = TRUE;

  return TRUE;
}
