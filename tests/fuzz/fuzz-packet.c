/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Messages parted by 0x1e, binary ones with a "b" before their bytes, as the decoder gets them one after another. An event that
 * comes out of it can be sent and decoded as the same again. */

#include <string.h>

#include "fuzz.h"
#include "sio-builder.h"
#include "sio-packet-private.h"

static SioValue *
without_name (SioValue *data)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  for (guint i = 1; i < sio_value_get_length (data); i++)
    sio_builder_add_value (builder, sio_value_get_element (data, i));

  return sio_builder_finish (builder);
}

static void
send_back (const SioPacket *packet)
{
  g_autoptr(SioDecoder) decoder = sio_decoder_new (SIO_DEFAULT_MAX_DEPTH, SIO_DEFAULT_MAX_ATTACHMENTS);
  g_autoptr(GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(GString) text = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(SioPacket) again = { 0 };
  SioValue *name = sio_value_get_element (packet->data, 0);
  gboolean complete = FALSE;

  /* A number is a name for the official client, but nothing that we emit. */
  if (sio_value_get_kind (name) != SIO_VALUE_STRING)
    return;

  arguments = without_name (packet->data);
  text = sio_packet_encode_message (packet->name_space, sio_value_get_string (name), arguments, packet->id, attachments);
  sio_decoder_add_text (decoder, text->str + 1, text->len - 1, &again, &complete, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < attachments->len; i++)
    {
      g_assert_false (complete);
      sio_decoder_add_binary (decoder, g_ptr_array_index (attachments, i), &again, &complete, &error);
      g_assert_no_error (error);
    }
  g_assert_true (complete);
  g_assert_cmpstr (again.name_space, ==, packet->name_space);
  g_assert_cmpint (again.id, ==, packet->id);
  g_assert_true (sio_value_equal (again.data, packet->data));
}

static gboolean
take_message (SioDecoder *decoder,
              const char *message,
              gsize       length)
{
  g_auto(SioPacket) packet = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean complete = FALSE;
  gboolean ok;

  if (length > 0 && *message == 'b')
    {
      g_autoptr(GBytes) bytes = g_bytes_new (message + 1, length - 1);

      ok = sio_decoder_add_binary (decoder, bytes, &packet, &complete, &error);
    }
  else
    ok = sio_decoder_add_text (decoder, message, length, &packet, &complete, &error);

  g_assert_true (ok == (error == NULL));
  if (ok && complete && packet.type == SIO_PACKET_EVENT)
    send_back (&packet);

  return ok;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr(SioDecoder) decoder = sio_decoder_new (SIO_DEFAULT_MAX_DEPTH, SIO_DEFAULT_MAX_ATTACHMENTS);
  const char *start = (const char *) data;
  const char *end = start + length;

  while (start != NULL)
    {
      const char *separator = start < end ? memchr (start, 0x1e, end - start) : NULL;

      /* The manager gives a decoder that refused a message nothing more before it is reset. */
      if (!take_message (decoder, start, (separator != NULL ? separator : end) - start))
        sio_decoder_reset (decoder);
      start = separator != NULL ? separator + 1 : NULL;
    }

  return 0;
}
