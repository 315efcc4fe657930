/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The body of a long-polling answer: packets to the end, or an error and nothing after it. Each packet can be sent back. */

#include "fuzz.h"
#include "sio-payload-private.h"

static void
send_back (SioPayload             *payload,
           const SioPayloadPacket *packet)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (packet->bytes != NULL)
    {
      g_assert_cmpint (packet->type, ==, 'b');
      sio_payload_add_binary (payload, packet->bytes);
      return;
    }

  g_assert_true (packet->type >= '0' && packet->type <= '6');
  g_string_append_c (text, packet->type);
  g_string_append_len (text, packet->text, packet->length);
  sio_payload_add_text (payload, text->str, text->len);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_auto(SioPayload) payload = { 0 };
  const char *cursor = (const char *) data;
  const char *end = cursor + length;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (length == 0)
    return 0;

  sio_payload_init (&payload, 4096);
  while (cursor != NULL)
    {
      SioPayloadPacket packet = { 0 };

      if (!sio_payload_next (&cursor, end, &packet, &error))
        {
          g_assert_nonnull (error);
          break;
        }
      send_back (&payload, &packet);
      g_clear_pointer (&packet.bytes, g_bytes_unref);
    }
  g_assert_cmpuint (payload.n_packets, <=, SIO_PAYLOAD_MAX_PACKETS);
  if (payload.n_packets > 0)
    bytes = sio_payload_steal_bytes (&payload);

  return 0;
}
