/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

/* The messages of permessage-deflate by GLib's converters, which keep their window from one message to the next: what ours is
 * held against. */

G_BEGIN_DECLS

static const guint8 raw_tail[] = { 0x00, 0x00, 0xff, 0xff };

static inline void
raw_convert (GConverter   *converter,
             const guint8 *data,
             gsize         length,
             GByteArray   *output)
{
  GConverterResult result;

  do
    {
      g_autoptr(GError) error = NULL;
      guint8 buffer[32768];
      gsize n_read = 0, n_written = 0;

      result = g_converter_convert (converter, data, length, buffer, sizeof buffer, G_CONVERTER_FLUSH, &n_read, &n_written,
                                    &error);
      g_assert_no_error (error);
      g_byte_array_append (output, buffer, (guint) n_written);
      data += n_read;
      length -= n_read;
    }
  while (result == G_CONVERTER_CONVERTED);
}

static inline GConverter *
raw_deflater_new (void)
{
  return G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, -1));
}

static inline GConverter *
raw_inflater_new (void)
{
  return G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
}

static inline GByteArray *
raw_deflate (GConverter *deflater,
             const void *data,
             gsize       length)
{
  GByteArray *output = g_byte_array_new ();

  raw_convert (deflater, data, length, output);
  g_assert_cmpuint (output->len, >=, sizeof raw_tail);
  g_assert_cmpmem (output->data + output->len - sizeof raw_tail, sizeof raw_tail, raw_tail, sizeof raw_tail);
  g_byte_array_set_size (output, output->len - (guint) sizeof raw_tail);

  return output;
}

static inline GByteArray *
raw_inflate (GConverter *inflater,
             const void *data,
             gsize       length)
{
  GByteArray *output = g_byte_array_new ();

  raw_convert (inflater, data, length, output);
  raw_convert (inflater, raw_tail, sizeof raw_tail, output);

  return output;
}

G_END_DECLS
