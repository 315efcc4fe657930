/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Compressed messages: never more than the limit, and the same however they are cut. */

#include "fuzz.h"
#include "sio-deflate-private.h"
#include "sio-error.h"

#include <string.h>

#define MAX_SIZE 10000

/* The message, or NULL where it is none. */
static GByteArray *
inflate (const guint8 *data,
         gsize         length,
         guint         bits,
         gsize         step)
{
  const SioDeflateTerms terms = { TRUE, TRUE, bits, bits };
  g_autoptr(SioInflater) inflater = sio_inflater_new (&terms, MAX_SIZE);
  g_autoptr(GByteArray) message = g_byte_array_new ();
  gsize at = 0;

  do
    {
      gsize n = MIN (step, length - at);
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) part = sio_inflater_inflate (inflater, data + at, n, at + n == length, &error);

      if (part == NULL)
        {
          g_assert_true (g_error_matches (error, SIO_ERROR, SIO_ERROR_TOO_LARGE)
                         || g_error_matches (error, SIO_ERROR, SIO_ERROR_PARSE));
          return NULL;
        }
      g_assert_no_error (error);
      g_byte_array_append (message, g_bytes_get_data (part, NULL), (guint) g_bytes_get_size (part));
      at += n;
    }
  while (at < length);
  g_assert_cmpuint (message->len, <=, MAX_SIZE);

  return g_steal_pointer (&message);
}

static void
read_terms (const guint8 *data,
            gsize         length)
{
  g_autofree char *answer = g_strndup ((const char *) data, length);
  SioDeflateTerms terms;

  if (!sio_deflate_terms_parse (&terms, answer))
    return;

  g_assert_true (terms.client_window_bits >= 8 && terms.client_window_bits <= 15);
  g_assert_true (terms.server_window_bits >= 8 && terms.server_window_bits <= 15);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  guint bits;
  g_autoptr(GByteArray) whole = NULL;

  if (length == 0)
    return 0;

  read_terms (data, length);
  bits = 8 + data[0] % 8;
  data++;
  length--;
  whole = inflate (data, length, bits, MAX (length, 1));
  for (gsize step = 1; step <= 3; step++)
    {
      g_autoptr(GByteArray) cut = inflate (data, length, bits, step);

      /* zlib may reach further back than a small window, as long as it has what is there. */
      if (bits == 15)
        g_assert_cmpint (whole == NULL, ==, cut == NULL);
      if (whole != NULL && cut != NULL)
        g_assert_cmpmem (cut->data, cut->len, whole->data, whole->len);
    }

  return 0;
}
