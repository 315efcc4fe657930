/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The compression of WebSocket messages, held against GLib's own. */

#include "raw-deflate.h"
#include "sio-deflate-private.h"
#include "sio-error.h"

#include <string.h>

#define MAX_SIZE (1024 * 1024)

static const SioDeflateTerms free_terms = { TRUE, TRUE, 15, 15 };

static void
test_terms (void)
{
  static const struct { const char *answer; SioDeflateTerms terms; } cases[] = {
    { "permessage-deflate", { TRUE, TRUE, 15, 15 } },
    { "PerMessage-Deflate", { TRUE, TRUE, 15, 15 } },
    { " permessage-deflate ; server_no_context_takeover", { TRUE, FALSE, 15, 15 } },
    { "permessage-deflate; client_no_context_takeover", { FALSE, TRUE, 15, 15 } },
    { "permessage-deflate; client_max_window_bits=8", { TRUE, TRUE, 8, 15 } },
    { "permessage-deflate; server_max_window_bits=\"10\"; client_no_context_takeover", { FALSE, TRUE, 15, 10 } },
    { "permessage-deflate;server_max_window_bits=9;client_max_window_bits=12;server_no_context_takeover"
      ";client_no_context_takeover", { FALSE, FALSE, 12, 9 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SioDeflateTerms terms;

      g_assert_true (sio_deflate_terms_parse (&terms, cases[i].answer));
      g_assert_cmpint (terms.client_takeover, ==, cases[i].terms.client_takeover);
      g_assert_cmpint (terms.server_takeover, ==, cases[i].terms.server_takeover);
      g_assert_cmpuint (terms.client_window_bits, ==, cases[i].terms.client_window_bits);
      g_assert_cmpuint (terms.server_window_bits, ==, cases[i].terms.server_window_bits);
    }
}

static void
test_terms_refused (void)
{
  static const char * const answers[] = {
    "", ";", "x-webkit-deflate-frame", "permessage-deflatex", "permessage-deflate=1", "permessage-deflate, permessage-deflate",
    "permessage-deflate, other", "permessage-deflate; what", "permessage-deflate; client_max_window_bits",
    "permessage-deflate; server_max_window_bits", "permessage-deflate; server_max_window_bits=7",
    "permessage-deflate; server_max_window_bits=16", "permessage-deflate; server_max_window_bits=09",
    "permessage-deflate; server_max_window_bits=+9", "permessage-deflate; client_max_window_bits=9x",
    "permessage-deflate; client_no_context_takeover=1", "permessage-deflate; server_no_context_takeover=true",
    "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      SioDeflateTerms terms;

      if (sio_deflate_terms_parse (&terms, answers[i]))
        g_error ("“%s” was taken", answers[i]);
    }
}

/* Words that come again, and now and then something that never does. */
static GBytes *
make_message (guint length,
              guint seed)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  GByteArray *message = g_byte_array_new ();

  while (message->len < length)
    {
      guint32 noise = g_rand_int (random);

      if (noise % 4 == 0)
        g_byte_array_append (message, (const guint8 *) &noise, sizeof noise);
      else
        g_byte_array_append (message, (const guint8 *) "good evening, general", 3 + noise % 18);
    }
  g_byte_array_set_size (message, length);

  return g_byte_array_free_to_bytes (message);
}

static const guint lengths[] = { 1, 2, 125, 1024, 4096, 4097, 40000, 40001, 300000 };

static void
test_deflate (gconstpointer data)
{
  SioDeflateTerms terms = free_terms;
  g_autoptr(SioDeflater) deflater = NULL;
  g_autoptr(GConverter) inflater = raw_inflater_new ();

  terms.client_window_bits = GPOINTER_TO_UINT (data);
  deflater = sio_deflater_new (&terms);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(GBytes) message = make_message (lengths[i], i);
      gsize length;
      const guint8 *bytes = g_bytes_get_data (message, &length);
      g_autoptr(GBytes) deflated = sio_deflater_deflate (deflater, bytes, length);
      g_autoptr(GByteArray) inflated = raw_inflate (inflater, g_bytes_get_data (deflated, NULL), g_bytes_get_size (deflated));

      g_assert_cmpmem (inflated->data, inflated->len, bytes, length);
    }
}

/* A peer with a small window has to be able to follow. */
static void
test_windows (void)
{
  for (guint bits = 8; bits <= 15; bits++)
    {
      const SioDeflateTerms terms = { TRUE, TRUE, bits, bits };
      g_autoptr(SioDeflater) deflater = sio_deflater_new (&terms);
      g_autoptr(SioInflater) inflater = sio_inflater_new (&terms, MAX_SIZE);

      for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
        {
          g_autoptr(GError) error = NULL;
          g_autoptr(GBytes) message = make_message (lengths[i], i);
          g_autoptr(GBytes) deflated = sio_deflater_deflate (deflater, g_bytes_get_data (message, NULL), lengths[i]);
          g_autoptr(GBytes) inflated = sio_inflater_inflate (inflater, g_bytes_get_data (deflated, NULL),
                                                             g_bytes_get_size (deflated), TRUE, &error);

          g_assert_no_error (error);
          g_assert_true (g_bytes_equal (inflated, message));
        }
    }
}

/* The same again is next to nothing, but only where the peer remembers. */
static void
test_takeover (void)
{
  SioDeflateTerms terms = free_terms;
  g_autoptr(GBytes) message = make_message (5000, 1);
  gsize sizes[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(SioDeflater) deflater = NULL;
      g_autoptr(GBytes) first = NULL;
      g_autoptr(GBytes) again = NULL;

      terms.client_takeover = i == 0;
      deflater = sio_deflater_new (&terms);
      first = sio_deflater_deflate (deflater, g_bytes_get_data (message, NULL), 5000);
      again = sio_deflater_deflate (deflater, g_bytes_get_data (message, NULL), 5000);
      sizes[i] = g_bytes_get_size (again);
      g_assert_cmpint (g_bytes_equal (first, again), ==, i == 1);
    }
  g_assert_cmpuint (sizes[0], <, sizes[1] / 4);
}

static void
test_server_takeover (void)
{
  SioDeflateTerms terms = free_terms;
  g_autoptr(GBytes) message = make_message (5000, 1);
  g_autoptr(GConverter) deflater = raw_deflater_new ();
  g_autoptr(GByteArray) first = raw_deflate (deflater, g_bytes_get_data (message, NULL), 5000);
  g_autoptr(GByteArray) again = raw_deflate (deflater, g_bytes_get_data (message, NULL), 5000);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(SioInflater) inflater = NULL;
      g_autoptr(GBytes) inflated = NULL;
      g_autoptr(GBytes) more = NULL;
      g_autoptr(GError) error = NULL;

      terms.server_takeover = i == 0;
      inflater = sio_inflater_new (&terms, MAX_SIZE);
      inflated = sio_inflater_inflate (inflater, first->data, first->len, TRUE, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (inflated, message));
      more = sio_inflater_inflate (inflater, again->data, again->len, TRUE, &error);
      if (i == 0)
        g_assert_true (g_bytes_equal (more, message));
      else
        g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
    }
}

static gboolean
inflate_in_pieces (GByteArray  *deflated,
                   gsize        piece,
                   gsize        max,
                   GByteArray  *output,
                   GError     **error)
{
  g_autoptr(SioInflater) inflater = sio_inflater_new (&free_terms, max);

  for (gsize at = 0; at < deflated->len; at += piece)
    {
      gsize length = MIN (piece, deflated->len - at);
      g_autoptr(GBytes) inflated = sio_inflater_inflate (inflater, deflated->data + at, length, at + length == deflated->len, error);

      if (inflated == NULL)
        return FALSE;
      g_byte_array_append (output, g_bytes_get_data (inflated, NULL), g_bytes_get_size (inflated));
    }

  return TRUE;
}

/* Of a message exactly as many bytes as are allowed, and not one more, however it is cut. */
static void
test_limit (void)
{
  static const gsize sizes[] = { 1, 4095, 4096, 4097, 100000 };
  static const gsize pieces[] = { 1, 7, 1000, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (pieces); j++)
      {
        g_autofree char *message = g_strnfill (sizes[i], 'z');
        g_autoptr(GConverter) deflater = raw_deflater_new ();
        g_autoptr(GByteArray) deflated = raw_deflate (deflater, message, sizes[i]);
        g_autoptr(GByteArray) inflated = g_byte_array_new ();
        g_autoptr(GError) error = NULL;

        g_assert_true (inflate_in_pieces (deflated, pieces[j], sizes[i], inflated, &error));
        g_assert_cmpmem (inflated->data, inflated->len, message, sizes[i]);

        g_byte_array_set_size (inflated, 0);
        g_assert_false (inflate_in_pieces (deflated, pieces[j], sizes[i] - 1, inflated, &error));
        g_assert_error (error, SIO_ERROR, SIO_ERROR_TOO_LARGE);
        g_assert_cmpuint (inflated->len, <, sizes[i]);
      }
}

/* The limit is that of each message, not of all of them. */
static void
test_limit_of_each (void)
{
  g_autoptr(SioInflater) inflater = sio_inflater_new (&free_terms, 1000);
  g_autoptr(GConverter) deflater = raw_deflater_new ();
  g_autofree char *message = g_strnfill (1000, 'z');

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr(GByteArray) deflated = raw_deflate (deflater, message, 1000);
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) inflated = sio_inflater_inflate (inflater, deflated->data, deflated->len, TRUE, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (inflated), ==, 1000);
    }
}

typedef struct
{
  const char *name;
  guint8      data[16];
  gsize       length;
  const char *text; /* NULL where it is none */
} Vector;

/* Those of RFC 7692, §7.2.3, and some that are none. */
static const Vector vectors[] = {
  { "one-block", { 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00 }, 7, "Hello" },
  { "no-compression", { 0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00 }, 11, "Hello" },
  { "last-block", { 0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00 }, 8, "Hello" },
  { "two-blocks", { 0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00 }, 13, "Hello" },
  { "empty", { 0x00 }, 1, "" },
  { "nothing", { 0 }, 0, "" },
  { "no-such-block", { 0xff, 0xff }, 2, NULL },
  { "too-far-back", { 0x82, 0x40, 0x41, 0x00 }, 4, NULL },
  { "wrong-length", { 0x00, 0x05, 0x00, 0xfa, 0x00, 0x48 }, 6, NULL },
};

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  g_autoptr(SioInflater) inflater = sio_inflater_new (&free_terms, 100);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) inflated = sio_inflater_inflate (inflater, vector->data, vector->length, TRUE, &error);

  if (vector->text == NULL)
    {
      g_assert_error (error, SIO_ERROR, SIO_ERROR_PARSE);
      g_assert_null (inflated);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (inflated, NULL), g_bytes_get_size (inflated), vector->text, strlen (vector->text));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/deflate/terms", test_terms);
  g_test_add_func ("/deflate/terms-refused", test_terms_refused);
  g_test_add_data_func ("/deflate/deflate/small-window", GUINT_TO_POINTER (8), test_deflate);
  g_test_add_data_func ("/deflate/deflate/large-window", GUINT_TO_POINTER (15), test_deflate);
  g_test_add_func ("/deflate/windows", test_windows);
  g_test_add_func ("/deflate/takeover", test_takeover);
  g_test_add_func ("/deflate/server-takeover", test_server_takeover);
  g_test_add_func ("/deflate/limit", test_limit);
  g_test_add_func ("/deflate/limit-of-each", test_limit_of_each);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/deflate/vectors/", vectors[i].name, NULL);

      g_test_add_data_func (path, &vectors[i], test_vector);
    }

  return g_test_run ();
}
