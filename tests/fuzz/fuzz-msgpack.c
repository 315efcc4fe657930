/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A message as the decoder of msgpack gets it. A packet that comes out of it can be sent and decoded as the same again. */

#include "fuzz.h"
#include "sio-codec-private.h"

static gboolean
decode (GBytes     *message,
        SioPacket  *packet,
        GError    **error)
{
  g_autoptr(SioDecoder) decoder = sio_decoder_new (SIO_DEFAULT_MAX_DEPTH, SIO_DEFAULT_MAX_ATTACHMENTS);
  gboolean complete;
  gboolean ok = sio_codec_get (SIO_PARSER_MSGPACK)->add_binary (decoder, message, packet, &complete, error);

  g_assert_true (ok == complete);

  return ok;
}

/* An event goes as an acknowledgement, which has the name among its arguments. */
static GString *
encode (const SioPacket *packet,
        GPtrArray       *attachments)
{
  const SioCodec *codec = sio_codec_get (SIO_PARSER_MSGPACK);

  switch (packet->type)
    {
    case SIO_PACKET_CONNECT:
      return codec->encode_connect (packet->name_space, packet->data, attachments);
    case SIO_PACKET_DISCONNECT:
      return codec->encode_disconnect (packet->name_space, attachments);
    case SIO_PACKET_EVENT:
    case SIO_PACKET_ACK:
      return codec->encode_message (packet->name_space, NULL, packet->data, MAX (packet->id, 0), attachments);
    default:
      return NULL;
    }
}

static void
send_back (const SioPacket *packet)
{
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_auto(SioPacket) again = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_null (encode (packet, attachments));
  if (attachments->len == 0)
    return;

  decode (g_ptr_array_index (attachments, 0), &again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again.name_space, ==, packet->name_space);
  g_assert_true ((again.data == NULL) == (packet->data == NULL));
  g_assert_true (again.data == NULL || sio_value_equal (again.data, packet->data));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr(GBytes) message = g_bytes_new (data, length);
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean ok = decode (message, &packet, &error);

  g_assert_true (ok == (error == NULL));
  if (ok)
    send_back (&packet);

  return 0;
}
