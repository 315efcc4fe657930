/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-deflate-private.h"

#include <libsoup/soup.h>
#include <string.h>
#include <zlib.h>

#include "sio-error.h"

/* Each message ends with an empty block, of which the last four bytes are not sent. */
static const guint8 tail[] = { 0x00, 0x00, 0xff, 0xff };

#define MEMORY_LEVEL 8

#define FIRST_SIZE 4096

/* zlib makes no smaller one; what it writes then refers to nothing that is further away than 256 bytes. */
#define MIN_DEFLATE_WINDOW_BITS 9

struct _SioDeflater
{
  z_stream stream;
  gboolean takeover;
};

struct _SioInflater
{
  z_stream stream;
  gboolean takeover;
  gsize    max;
  gsize    size;   /* of the message so far */
};

static gboolean
parse_window_bits (const char *text,
                   guint      *bits)
{
  guint64 number;

  /* No leading zero, no sign, no blank. */
  if (text == NULL || !g_ascii_isdigit (*text) || *text == '0' || !g_ascii_string_to_unsigned (text, 10, 8, 15, &number, NULL))
    return FALSE;

  *bits = (guint) number;

  return TRUE;
}

static gboolean
sio_deflate_terms_take (SioDeflateTerms *self,
                        const char      *name,
                        const char      *value)
{
  if (g_ascii_strcasecmp (name, "server_max_window_bits") == 0)
    return parse_window_bits (value, &self->server_window_bits);
  if (g_ascii_strcasecmp (name, "client_max_window_bits") == 0)
    return parse_window_bits (value, &self->client_window_bits);

  if (value != NULL)
    return FALSE;
  if (g_ascii_strcasecmp (name, "server_no_context_takeover") == 0)
    self->server_takeover = FALSE;
  else if (g_ascii_strcasecmp (name, "client_no_context_takeover") == 0)
    self->client_takeover = FALSE;
  else
    return g_ascii_strcasecmp (name, "permessage-deflate") == 0;

  return TRUE;
}

gboolean
sio_deflate_terms_parse (SioDeflateTerms *terms,
                         const char      *answer)
{
  GSList *extensions = soup_header_parse_list (answer);
  GHashTable *parameters = NULL;
  GHashTableIter iter;
  gpointer name, value;
  gboolean ok;

  *terms = (SioDeflateTerms) { TRUE, TRUE, 15, 15 };

  /* We asked for one, so there is one; each of its parameters comes once. */
  ok = extensions != NULL && extensions->next == NULL
       && g_ascii_strncasecmp (extensions->data, "permessage-deflate", strlen ("permessage-deflate")) == 0;
  if (ok)
    parameters = soup_header_parse_semi_param_list_strict (extensions->data);
  ok = parameters != NULL && g_hash_table_contains (parameters, "permessage-deflate");

  if (parameters != NULL)
    g_hash_table_iter_init (&iter, parameters);
  while (ok && g_hash_table_iter_next (&iter, &name, &value))
    ok = sio_deflate_terms_take (terms, name, value);

  g_clear_pointer (&parameters, soup_header_free_param_list);
  soup_header_free_list (extensions);

  return ok;
}

/* As everywhere in GLib, there is memory or no program. */
static voidpf
allocate (voidpf opaque,
          uInt   n_items,
          uInt   size)
{
  return g_malloc0_n (n_items, size);
}

static void
release (voidpf opaque,
         voidpf memory)
{
  g_free (memory);
}

SioDeflater *
sio_deflater_new (const SioDeflateTerms *terms)
{
  SioDeflater *self = g_new0 (SioDeflater, 1);
  int bits = (int) MAX (terms->client_window_bits, MIN_DEFLATE_WINDOW_BITS);
  int status;

  self->takeover = terms->client_takeover;
  self->stream.zalloc = allocate;
  self->stream.zfree = release;
  status = deflateInit2 (&self->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -bits, MEMORY_LEVEL, Z_DEFAULT_STRATEGY);
  g_assert (status == Z_OK);

  return self;
}

void
sio_deflater_free (SioDeflater *self)
{
  deflateEnd (&self->stream);
  g_free (self);
}

/* Gives zlib something to write to, behind what it has written. */
static void
make_space (z_stream   *stream,
            GByteArray *output,
            gsize       used,
            gsize       space)
{
  space = MIN (space, G_MAXUINT - used);
  g_byte_array_set_size (output, (guint) (used + space));
  stream->next_out = output->data + used;
  stream->avail_out = (uInt) space;
}

GBytes *
sio_deflater_deflate (SioDeflater  *self,
                      const guint8 *data,
                      gsize         length)
{
  GByteArray *output = g_byte_array_new ();
  gsize used = 0;

  g_assert (length > 0 && length <= G_MAXUINT / 2);

  self->stream.next_in = (Bytef *) data;
  self->stream.avail_in = (uInt) length;
  /* A flush that ends right at the end of its space would be followed by another one. */
  make_space (&self->stream, output, 0, deflateBound (&self->stream, length) + 4 * sizeof tail);
  do
    {
      if (self->stream.avail_out == 0)
        make_space (&self->stream, output, used, FIRST_SIZE);
      deflate (&self->stream, Z_SYNC_FLUSH);
      used = output->len - self->stream.avail_out;
    }
  while (self->stream.avail_out == 0);

  g_assert (self->stream.avail_in == 0 && used > sizeof tail);
  g_byte_array_set_size (output, (guint) (used - sizeof tail));
  if (!self->takeover)
    deflateReset (&self->stream);

  return g_byte_array_free_to_bytes (output);
}

SioInflater *
sio_inflater_new (const SioDeflateTerms *terms,
                  gsize                  max)
{
  SioInflater *self = g_new0 (SioInflater, 1);
  int status;

  self->takeover = terms->server_takeover;
  self->max = MIN (max, G_MAXUINT / 2);
  self->stream.zalloc = allocate;
  self->stream.zfree = release;
  status = inflateInit2 (&self->stream, -(int) terms->server_window_bits);
  g_assert (status == Z_OK);

  return self;
}

void
sio_inflater_free (SioInflater *self)
{
  inflateEnd (&self->stream);
  g_free (self);
}

/* One byte more than the message may still have is enough to see that it has too many. */
static void
sio_inflater_grow (SioInflater *self,
                   GByteArray  *output,
                   gsize        used)
{
  gsize left = self->max - self->size - used;

  make_space (&self->stream, output, used, MIN (MAX (used, FIRST_SIZE), MAX (left, left + 1)));
}

static gboolean
sio_inflater_feed (SioInflater   *self,
                   const guint8  *data,
                   gsize          length,
                   GByteArray    *output,
                   gsize         *used,
                   GError       **error)
{
  int status;

  self->stream.next_in = (Bytef *) data;
  self->stream.avail_in = (uInt) length;
  do
    {
      if (self->stream.avail_out == 0)
        sio_inflater_grow (self, output, *used);
      status = inflate (&self->stream, Z_SYNC_FLUSH);
      *used = output->len - self->stream.avail_out;

      if (*used > self->max - self->size)
        {
          g_set_error (error, SIO_ERROR, SIO_ERROR_TOO_LARGE,
                       "The server sent a message of more than %" G_GSIZE_FORMAT " bytes", self->max);
          return FALSE;
        }
      /* A peer may end its stream with each message, and begin a new one. */
      if (status == Z_STREAM_END)
        status = inflateReset (&self->stream);
      /* That there was nothing to do is no fault. */
      if (status != Z_OK && status != Z_BUF_ERROR)
        {
          g_set_error_literal (error, SIO_ERROR, SIO_ERROR_PARSE, "The server sent what cannot be inflated");
          return FALSE;
        }
    }
  while (self->stream.avail_in > 0 || self->stream.avail_out == 0);

  return TRUE;
}

GBytes *
sio_inflater_inflate (SioInflater   *self,
                      const guint8  *data,
                      gsize          length,
                      gboolean       is_last,
                      GError       **error)
{
  g_autoptr(GByteArray) output = g_byte_array_new ();
  gsize used = 0;

  g_assert (length <= G_MAXUINT);

  self->stream.avail_out = 0;
  if (!sio_inflater_feed (self, data, length, output, &used, error)
      || (is_last && !sio_inflater_feed (self, tail, sizeof tail, output, &used, error)))
    return NULL;

  g_byte_array_set_size (output, (guint) used);
  self->size = is_last ? 0 : self->size + used;
  if (is_last && !self->takeover)
    inflateReset (&self->stream);

  return g_byte_array_free_to_bytes (g_steal_pointer (&output));
}
