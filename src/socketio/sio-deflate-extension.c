/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-deflate-extension-private.h"

#include "sio-error.h"

#define IS_FINAL 0x80
#define IS_COMPRESSED 0x40
#define IS_CONTROL 0x08
#define OPCODE 0x0f

struct _SioDeflateExtension
{
  SoupWebsocketExtension  parent_instance;

  SioDeflateTerms         terms;
  gsize                   threshold;
  gsize                   max_message_size;
  gboolean                enabled;
  SioDeflater            *deflater; /* both NULL until there is something to do */
  SioInflater            *inflater;
  gboolean                inflating; /* a compressed message is coming in */
};

G_DEFINE_FINAL_TYPE (SioDeflateExtension, sio_deflate_extension, SOUP_TYPE_WEBSOCKET_EXTENSION)

static GBytes *
sio_deflate_extension_process_outgoing (SoupWebsocketExtension  *extension,
                                        guint8                  *header,
                                        GBytes                  *payload,
                                        GError                 **error)
{
  SioDeflateExtension *self = SIO_DEFLATE_EXTENSION (extension);
  gsize length;
  const guint8 *data = g_bytes_get_data (payload, &length);
  GBytes *compressed;

  if (!self->enabled || (header[0] & IS_CONTROL) != 0 || length == 0 || length < self->threshold || length > G_MAXUINT / 2)
    return payload;

  if (self->deflater == NULL)
    self->deflater = sio_deflater_new (&self->terms);
  compressed = sio_deflater_deflate (self->deflater, data, length);
  header[0] |= IS_COMPRESSED;
  g_bytes_unref (payload);

  return compressed;
}

/* libsoup takes the code of an error in its own domain for that of the close frame. */
static void
set_websocket_error (GError       **error,
                     const GError  *cause)
{
  g_set_error_literal (error, SOUP_WEBSOCKET_ERROR,
                       g_error_matches (cause, SIO_ERROR, SIO_ERROR_TOO_LARGE) ? SOUP_WEBSOCKET_CLOSE_TOO_BIG
                                                                               : SOUP_WEBSOCKET_CLOSE_BAD_DATA,
                       cause->message);
}

static GBytes *
sio_deflate_extension_process_incoming (SoupWebsocketExtension  *extension,
                                        guint8                  *header,
                                        GBytes                  *payload,
                                        GError                 **error)
{
  SioDeflateExtension *self = SIO_DEFLATE_EXTENSION (extension);
  g_autoptr(GError) cause = NULL;
  GBytes *inflated;
  gsize length;
  const guint8 *data;

  if ((header[0] & IS_CONTROL) != 0)
    return payload;

  /* The first fragment says it of the whole message. On another one the bit is left, and libsoup objects to it. */
  if ((header[0] & OPCODE) != 0)
    {
      self->inflating = (header[0] & IS_COMPRESSED) != 0;
      header[0] &= (guint8) ~IS_COMPRESSED;
    }
  if (!self->inflating)
    return payload;

  if (self->inflater == NULL)
    self->inflater = sio_inflater_new (&self->terms, self->max_message_size);
  data = g_bytes_get_data (payload, &length);
  inflated = sio_inflater_inflate (self->inflater, data, length, (header[0] & IS_FINAL) != 0, &cause);
  if (inflated == NULL)
    set_websocket_error (error, cause);
  if ((header[0] & IS_FINAL) != 0)
    self->inflating = FALSE;
  g_bytes_unref (payload);

  return inflated;
}

static void
sio_deflate_extension_finalize (GObject *object)
{
  SioDeflateExtension *self = SIO_DEFLATE_EXTENSION (object);

  g_clear_pointer (&self->deflater, sio_deflater_free);
  g_clear_pointer (&self->inflater, sio_inflater_free);

  G_OBJECT_CLASS (sio_deflate_extension_parent_class)->finalize (object);
}

static void
sio_deflate_extension_class_init (SioDeflateExtensionClass *klass)
{
  SoupWebsocketExtensionClass *extension_class = SOUP_WEBSOCKET_EXTENSION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sio_deflate_extension_finalize;

  extension_class->name = "permessage-deflate";
  extension_class->process_outgoing_message = sio_deflate_extension_process_outgoing;
  extension_class->process_incoming_message = sio_deflate_extension_process_incoming;
}

static void
sio_deflate_extension_init (SioDeflateExtension *self)
{
  self->enabled = TRUE;
}

SioDeflateExtension *
sio_deflate_extension_new (const SioDeflateTerms *terms,
                           gsize                  threshold,
                           gsize                  max_message_size)
{
  SioDeflateExtension *self = g_object_new (SIO_TYPE_DEFLATE_EXTENSION, NULL);

  self->terms = *terms;
  self->threshold = threshold;
  self->max_message_size = max_message_size;

  return self;
}

void
sio_deflate_extension_set_enabled (SioDeflateExtension *self,
                                   gboolean             enabled)
{
  self->enabled = enabled;
}
