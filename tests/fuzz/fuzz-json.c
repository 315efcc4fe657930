/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What can be read can be written, and read again as the same. */

#include "fuzz.h"
#include "sio-json-private.h"
#include "sio-value-private.h"

#define MAX_DEPTH 64

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) value = sio_json_read ((const char *) data, length, MAX_DEPTH, 0, &error);
  g_autoptr(SioValue) again = NULL;
  g_autoptr(GString) text = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (value == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }

  g_assert_no_error (error);
  text = g_string_new (NULL);
  sio_json_write (text, value, NULL);
  g_assert_true (g_utf8_validate (text->str, text->len, NULL));
  again = sio_json_read (text->str, text->len, MAX_DEPTH, 0, &error);
  g_assert_no_error (error);
  g_assert_true (sio_value_equal (value, again));

  node = sio_value_to_json (value);
  g_assert_nonnull (node);

  return 0;
}
