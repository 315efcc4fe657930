/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads Socket.IO packets. The grammar is taken strictly where the official parser, by the ways of JavaScript, lets odd
 * forms pass: no server writes those. The words of the errors are the official parser's. */

#include "sio-packet-private.h"

#include <string.h>

#include "sio-builder.h"
#include "sio-error.h"
#include "sio-json-private.h"
#include "sio-value-private.h"

struct _SioDecoder
{
  guint      max_depth;
  guint      max_attachments;
  SioPacket  packet;        /* waits for its attachments */
  GPtrArray *attachments;   /* those that have come, or NULL when none are due */
  guint      n_attachments; /* how many are to come in all */
  char      *name_space;    /* that of the last packet: most likely that of the next */
};

/* What is left of the text. */
typedef struct
{
  const char *p;
  const char *end;
} Cursor;

void
sio_decoder_set_limits (SioDecoder *self,
                        guint       max_depth,
                        guint       max_attachments)
{
  g_assert (max_depth > 0 && max_attachments > 0);

  self->max_depth = max_depth;
  self->max_attachments = max_attachments;
}

SioDecoder *
sio_decoder_new (guint max_depth,
                 guint max_attachments)
{
  SioDecoder *self = g_new0 (SioDecoder, 1);

  self->max_depth = max_depth;
  self->max_attachments = max_attachments;

  return self;
}

void
sio_decoder_free (SioDecoder *self)
{
  sio_decoder_reset (self);
  g_clear_pointer (&self->name_space, g_ref_string_release);
  g_free (self);
}

void
sio_decoder_reset (SioDecoder *self)
{
  sio_packet_clear (&self->packet);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  self->n_attachments = 0;
}

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, SIO_ERROR, SIO_ERROR_PARSE, message);

  return FALSE;
}

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

/* A string that is counted, and is made anew only when it is another one than the last time. */
static char *
keep_name_space (SioDecoder *self,
                 const char *name_space,
                 gsize       length)
{
  if (self->name_space == NULL || strlen (self->name_space) != length || memcmp (self->name_space, name_space, length) != 0)
    {
      g_clear_pointer (&self->name_space, g_ref_string_release);
      self->name_space = g_ref_string_new_len (name_space, (gssize) length);
    }

  return g_ref_string_acquire (self->name_space);
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
    return keep_name_space (self, "/", 1);

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

  return keep_name_space (self, start, (gsize) (comma - start));
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

/* The name of an event may be a number; then it is the decimal text of it, as JavaScript has it when it looks for listeners. */
static SioValue *
name_to_string (SioValue *data)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GString) name = g_string_new (NULL);

  sio_json_write_number (name, sio_value_get_element (data, 0));
  sio_builder_add_string (builder, name->str);
  for (guint i = 1; i < sio_value_get_length (data); i++)
    sio_builder_add_value (builder, sio_value_get_element (data, i));

  return sio_builder_finish (builder);
}

static gboolean
data_is_valid (SioPacketType  type,
               SioValue      *data)
{
  SioValueKind kind = sio_value_get_kind (data);
  SioValue *name;

  switch (type)
    {
    case SIO_PACKET_CONNECT:
      return data == NULL || kind == SIO_VALUE_OBJECT;
    case SIO_PACKET_DISCONNECT:
      return data == NULL;
    case SIO_PACKET_CONNECT_ERROR:
      return kind == SIO_VALUE_OBJECT || kind == SIO_VALUE_STRING;
    case SIO_PACKET_ACK:
      return kind == SIO_VALUE_ARRAY;
    default:
      name = sio_value_get_element (data, 0);
      return kind == SIO_VALUE_ARRAY &&
             (sio_value_is_number (name) ||
              (sio_value_get_kind (name) == SIO_VALUE_STRING && !sio_packet_name_is_reserved (sio_value_get_string (name))));
    }
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

  return data_is_valid (packet->type, packet->data) || fail (error, "invalid payload");
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

  if (packet->type == SIO_PACKET_EVENT && sio_value_is_number (sio_value_get_element (data, 0)))
    {
      packet->data = name_to_string (data);
      sio_value_unref (data);
    }
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
      self->attachments = g_ptr_array_new_full (n_attachments, (GDestroyNotify) g_bytes_unref);
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
