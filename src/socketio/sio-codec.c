/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-codec-private.h"

#ifdef SIO_HAVE_MSGPACK
#include "sio-msgpack-private.h"
#endif

/* Credentials with binary data have no form in JSON packets: CONNECT takes no attachments. */
static GString *
encode_json_connect (const char *name_space,
                     SioValue   *auth,
                     GPtrArray  *attachments)
{
  return sio_packet_encode_connect (name_space, auth);
}

static GString *
encode_json_disconnect (const char *name_space,
                        GPtrArray  *attachments)
{
  return sio_packet_encode_disconnect (name_space);
}

static const SioCodec json_codec = {
  .parser = SIO_PARSER_JSON,
  .encode_connect = encode_json_connect,
  .encode_disconnect = encode_json_disconnect,
  .encode_message = sio_packet_encode_message,
  .add_text = sio_decoder_add_text,
  .add_binary = sio_decoder_add_binary,
};

#ifdef SIO_HAVE_MSGPACK
static const SioCodec msgpack_codec = {
  .parser = SIO_PARSER_MSGPACK,
  .encode_connect = sio_msgpack_encode_connect,
  .encode_disconnect = sio_msgpack_encode_disconnect,
  .encode_message = sio_msgpack_encode_message,
  .add_text = sio_msgpack_add_text,
  .add_binary = sio_msgpack_add_binary,
};
#endif

const SioCodec *
sio_codec_get (SioParser parser)
{
  switch (parser)
    {
    case SIO_PARSER_JSON:
      return &json_codec;
    case SIO_PARSER_MSGPACK:
#ifdef SIO_HAVE_MSGPACK
      return &msgpack_codec;
#endif
    default:
      return NULL;
    }
}

/**
 * sio_parser_is_supported:
 * @parser: a form of packets
 *
 * Finds out whether this library was built with @parser, so that [method@Manager.set_parser] can choose it.
 * %SIO_PARSER_JSON always is there.
 *
 * Returns: %TRUE if it was
 */
gboolean
sio_parser_is_supported (SioParser parser)
{
  return sio_codec_get (parser) != NULL;
}
