/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What all decoders have in common: their state, and what makes a packet valid. The words of the errors are the official
 * parsers'. */

#include "sio-decoder-private.h"

#include <string.h>

#include "sio-builder.h"
#include "sio-error.h"
#include "sio-json-private.h"
#include "sio-value-private.h"

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

gboolean
sio_decoder_fail (GError     **error,
                  const char  *message)
{
  g_set_error_literal (error, SIO_ERROR, SIO_ERROR_PARSE, message);

  return FALSE;
}

char *
sio_decoder_keep_name_space (SioDecoder *self,
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

gboolean
sio_decoder_data_is_valid (SioPacketType  type,
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

void
sio_decoder_finish_packet (SioPacket *packet)
{
  SioValue *data = packet->data;

  if (packet->type != SIO_PACKET_EVENT || !sio_value_is_number (sio_value_get_element (data, 0)))
    return;

  packet->data = name_to_string (data);
  sio_value_unref (data);
}
