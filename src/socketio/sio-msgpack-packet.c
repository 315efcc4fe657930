/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Packets as socket.io-msgpack-parser writes and reads them. */

#include "sio-msgpack-private.h"

#include "sio-decoder-private.h"
#include "sio-value-private.h"

/* In the order of the official parser, without the `options` that no server looks at. */
static GString *
begin_packet (SioPacketType type,
              guint         n_members)
{
  GString *out = g_string_sized_new (128);

  sio_msgpack_write_map (out, n_members);
  sio_msgpack_write_string (out, "type");
  sio_msgpack_write_integer (out, type);

  return out;
}

static void
add_name_space (GString    *out,
                const char *name_space)
{
  sio_msgpack_write_string (out, "nsp");
  sio_msgpack_write_string (out, name_space);
}

/* It is all one binary message, and no text. */
static GString *
end_packet (GString   *out,
            GPtrArray *attachments)
{
  g_ptr_array_add (attachments, g_string_free_to_bytes (out));

  return NULL;
}

GString *
sio_msgpack_encode_connect (const char *name_space,
                            SioValue   *auth,
                            GPtrArray  *attachments)
{
  GString *out = begin_packet (SIO_PACKET_CONNECT, auth != NULL ? 3 : 2);

  if (auth != NULL)
    {
      sio_msgpack_write_string (out, "data");
      sio_msgpack_write (out, auth);
    }
  add_name_space (out, name_space);

  return end_packet (out, attachments);
}

GString *
sio_msgpack_encode_disconnect (const char *name_space,
                               GPtrArray  *attachments)
{
  GString *out = begin_packet (SIO_PACKET_DISCONNECT, 2);

  add_name_space (out, name_space);

  return end_packet (out, attachments);
}

GString *
sio_msgpack_encode_message (const char *name_space,
                            const char *event,
                            SioValue   *arguments,
                            gint64      id,
                            GPtrArray  *attachments)
{
  GString *out = begin_packet (event != NULL ? SIO_PACKET_EVENT : SIO_PACKET_ACK, id >= 0 ? 4 : 3);

  g_assert (event != NULL || id >= 0);

  sio_msgpack_write_string (out, "data");
  sio_msgpack_write_arguments (out, event, arguments);
  add_name_space (out, name_space);
  if (id >= 0)
    {
      sio_msgpack_write_string (out, "id");
      sio_msgpack_write_integer (out, id);
    }

  return end_packet (out, attachments);
}

gboolean
sio_msgpack_add_text (SioDecoder  *decoder,
                      const char  *text,
                      gsize        length,
                      SioPacket   *packet,
                      gboolean    *complete,
                      GError     **error)
{
  *complete = FALSE;

  return sio_decoder_fail (error, "got plaintext data where packets are msgpack: does the server use another parser?");
}

/* A number without a fraction, from 0 to @max. */
static gboolean
read_number (SioValue *value,
             gint64    max,
             gint64   *number)
{
  double whole = sio_value_get_double (value);

  *number = sio_value_get_integer (value);

  return sio_value_is_number (value) && *number >= 0 && *number <= max && (double) *number == whole;
}

static gboolean
read_type (SioValue       *map,
           SioPacketType  *type,
           GError        **error)
{
  gint64 number;

  if (!read_number (sio_value_lookup (map, "type"), SIO_PACKET_CONNECT_ERROR, &number))
    return sio_decoder_fail (error, "invalid packet type");

  *type = (SioPacketType) number;

  return TRUE;
}

static gboolean
read_name_space (SioDecoder  *self,
                 SioValue    *map,
                 char       **name_space,
                 GError     **error)
{
  SioValue *value = sio_value_lookup (map, "nsp");

  if (sio_value_get_kind (value) != SIO_VALUE_STRING)
    return sio_decoder_fail (error, "invalid namespace");

  *name_space = sio_decoder_keep_name_space (self, sio_value_get_string (value), value->length);

  return TRUE;
}

/* null is what some servers write for nothing. */
static SioValue *
lookup_optional (SioValue   *map,
                 const char *name)
{
  SioValue *value = sio_value_lookup (map, name);

  return value != NULL && value->kind != SIO_VALUE_NULL ? value : NULL;
}

/* An acknowledgement always has one: python-socketio leaves it out where it is 0. */
static gboolean
read_id (SioValue       *map,
         SioPacketType   type,
         gint64         *id,
         GError        **error)
{
  SioValue *value = lookup_optional (map, "id");

  *id = type == SIO_PACKET_ACK ? 0 : SIO_PACKET_NO_ID;

  if (value != NULL &&
      (!read_number (value, SIO_MAX_ID, id) || (type != SIO_PACKET_EVENT && type != SIO_PACKET_ACK)))
    return sio_decoder_fail (error, "invalid packet id");

  return TRUE;
}

/* What @map holds besides is not looked at. */
static gboolean
read_packet (SioDecoder  *self,
             SioValue    *map,
             SioPacket   *packet,
             GError     **error)
{
  SioValue *data;

  if (sio_value_get_kind (map) != SIO_VALUE_OBJECT)
    return sio_decoder_fail (error, "invalid packet: no map");

  if (!read_type (map, &packet->type, error) ||
      !read_name_space (self, map, &packet->name_space, error) ||
      !read_id (map, packet->type, &packet->id, error))
    return FALSE;

  data = lookup_optional (map, "data");
  if (!sio_decoder_data_is_valid (packet->type, data))
    return sio_decoder_fail (error, "invalid payload");

  packet->data = data != NULL ? sio_value_ref (data) : NULL;
  sio_decoder_finish_packet (packet);

  return TRUE;
}

/* Each message is a whole packet. Its map is one level more than the limit is about. */
gboolean
sio_msgpack_add_binary (SioDecoder  *self,
                        GBytes      *bytes,
                        SioPacket   *packet,
                        gboolean    *complete,
                        GError     **error)
{
  g_autoptr(SioValue) map = NULL;
  g_auto(SioPacket) read = { 0 };

  *complete = FALSE;

  map = sio_msgpack_read (bytes, self->max_depth + 1, error);
  if (map == NULL)
    {
      g_prefix_error (error, "invalid packet: ");
      return FALSE;
    }
  if (!read_packet (self, map, &read, error))
    return FALSE;

  *packet = read;
  read = (SioPacket) { 0 };
  *complete = TRUE;

  return TRUE;
}
