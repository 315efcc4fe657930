/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Writes Socket.IO packets: <type>[<attachments>-][<namespace>,][<id>][<JSON>]. */

#include "sio-packet-private.h"

#include <string.h>

#include "sio-json-private.h"
#include "sio-value-private.h"

/* The type of an Engine.IO message, which every Socket.IO packet is. */
#define ENGINE_MESSAGE '4'

void
sio_packet_clear (SioPacket *packet)
{
  g_clear_pointer (&packet->name_space, g_ref_string_release);
  g_clear_pointer (&packet->data, sio_value_unref);
  packet->id = SIO_PACKET_NO_ID;
}

gboolean
sio_packet_name_is_reserved (const char *event)
{
  static const char * const reserved[] = {
    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener", NULL,
  };

  /* Each event that comes or goes is looked at. */
  return event[0] != '\0' && strchr ("cdnr", event[0]) != NULL && g_strv_contains (reserved, event);
}

static GString *
begin_packet (SioPacketType  type,
              const char    *name_space,
              guint          n_attachments)
{
  GString *text = g_string_sized_new (128);

  g_assert (name_space != NULL && name_space[0] == '/');

  g_string_append_c (text, ENGINE_MESSAGE);
  g_string_append_c (text, (char) ('0' + type));
  if (n_attachments > 0)
    g_string_append_printf (text, "%u-", n_attachments);
  if (name_space[1] != '\0')
    {
      g_string_append (text, name_space);
      g_string_append_c (text, ',');
    }

  return text;
}

GString *
sio_packet_encode_connect (const char *name_space,
                           SioValue   *auth)
{
  GString *text = begin_packet (SIO_PACKET_CONNECT, name_space, 0);

  if (auth != NULL)
    sio_json_write (text, auth, NULL);

  return text;
}

GString *
sio_packet_encode_disconnect (const char *name_space)
{
  return begin_packet (SIO_PACKET_DISCONNECT, name_space, 0);
}

/* The text says how many attachments follow, so they are counted before it is written. */
GString *
sio_packet_encode_message (const char *name_space,
                           const char *event,
                           SioValue   *arguments,
                           gint64      id,
                           GPtrArray  *attachments)
{
  guint n_attachments = arguments != NULL ? sio_value_count_bytes (arguments) : 0;
  SioPacketType type = event != NULL ? SIO_PACKET_EVENT : SIO_PACKET_ACK;
  GString *text;

  g_assert (arguments == NULL || arguments->kind == SIO_VALUE_ARRAY);
  g_assert (event != NULL || id >= 0);
  g_assert (n_attachments == 0 || attachments != NULL);

  if (n_attachments > 0)
    type = type == SIO_PACKET_EVENT ? SIO_PACKET_BINARY_EVENT : SIO_PACKET_BINARY_ACK;

  text = begin_packet (type, name_space, n_attachments);
  if (id >= 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, id);

  g_string_append_c (text, '[');
  if (event != NULL)
    {
      sio_json_write_string (text, event, strlen (event));
      if (sio_value_get_length (arguments) > 0)
        g_string_append_c (text, ',');
    }
  if (arguments != NULL)
    sio_json_write_elements (text, arguments, attachments);
  g_string_append_c (text, ']');

  return text;
}
