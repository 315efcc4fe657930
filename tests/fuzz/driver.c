/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A fixed number of runs without libFuzzer: each file of the corpus as it is, then changed at random. The seed is that of the
 * test run, so that a failure comes again with --seed. */

#include <gio/gio.h>
#include <string.h>

#include "fuzz.h"

static GPtrArray *corpus;
static int runs = 2000;

static void
load_corpus (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *data;
      gsize length;

      g_assert_true (g_file_get_contents (path, &data, &length, &error));
      g_assert_no_error (error);
      g_ptr_array_add (corpus, g_bytes_new_take (data, length));
    }
  g_assert_cmpuint (corpus->len, >, 0);
}

/* In a block of its own length, so that a sanitizer sees each step beyond its end. */
static void
run_once (GByteArray *input)
{
  g_autofree guint8 *copy = input->len > 0 ? g_memdup2 (input->data, input->len) : g_malloc (1);

  LLVMFuzzerTestOneInput (copy, input->len);
}

static GByteArray *
pick (void)
{
  GBytes *bytes = g_ptr_array_index (corpus, g_test_rand_int_range (0, corpus->len));
  GByteArray *input = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return g_byte_array_append (input, data, length);
}

static void
change (GByteArray *input)
{
  static const guint8 telling[] = { 0, '0', '9', '"', '\\', '[', ']', '{', '}', ',', '-', 0x1e, 0x7e, 0x7f, 0x80, 0xc3, 0xff };
  g_autoptr(GByteArray) other = NULL;
  guint at = input->len > 0 ? g_test_rand_int_range (0, input->len) : 0;
  guint8 byte = telling[g_test_rand_int_range (0, G_N_ELEMENTS (telling))];

  switch (input->len > 0 ? g_test_rand_int_range (0, 7) : 1)
    {
    case 0:
      input->data[at] ^= 1 << g_test_rand_int_range (0, 8);
      break;
    case 1:
      g_byte_array_append (input, &byte, 1);
      break;
    case 2:
      g_byte_array_set_size (input, at);
      break;
    case 3:
      g_byte_array_remove_range (input, at, g_test_rand_int_range (1, MIN (input->len - at, 8) + 1));
      break;
    case 4:
      input->data[at] = byte;
      break;
    case 5:
      /* The end of another one. */
      other = pick ();
      if (other->len > 0)
        {
          guint start = g_test_rand_int_range (0, other->len);

          g_byte_array_set_size (input, at);
          g_byte_array_append (input, other->data + start, other->len - start);
        }
      break;
    default:
      /* A part of it again. */
      other = g_byte_array_append (g_byte_array_new (), input->data + at, MIN (input->len - at, 64));
      g_byte_array_append (input, other->data, other->len);
      break;
    }
}

static void
test_corpus (void)
{
  for (guint i = 0; i < corpus->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (corpus, i);
      g_autoptr(GByteArray) input = g_byte_array_new ();
      gsize length;
      const guint8 *data = g_bytes_get_data (bytes, &length);

      g_byte_array_append (input, data, length);
      run_once (input);
    }
}

static void
test_changed (void)
{
  for (int i = 0; i < runs; i++)
    {
      g_autoptr(GByteArray) input = pick ();

      for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
        change (input);
      run_once (input);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, >=, 2);
  corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  load_corpus (argv[1]);
  if (argc > 2)
    runs = (int) g_ascii_strtoll (argv[2], NULL, 10);

  g_test_add_func ("/fuzz/corpus", test_corpus);
  g_test_add_func ("/fuzz/changed", test_changed);
  status = g_test_run ();
  g_ptr_array_unref (corpus);

  return status;
}
