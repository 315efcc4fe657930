/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-value.h"

G_BEGIN_DECLS

#define SIO_JSON_ALL_BYTES(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* Eight bytes at once: sets the top bit of each byte that is no plain text, which is below 0x20, above 0x7f, a quote or a
 * backslash. A subtraction borrows only from the bytes above a hit, so the lowest bit that is set tells the truth. */
static inline guint64
sio_json_find_special (guint64 word)
{
  return (word | (word - SIO_JSON_ALL_BYTES (0x20)) |
          ((word ^ SIO_JSON_ALL_BYTES ('"')) - SIO_JSON_ALL_BYTES (1)) |
          ((word ^ SIO_JSON_ALL_BYTES ('\\')) - SIO_JSON_ALL_BYTES (1))) & SIO_JSON_ALL_BYTES (0x80);
}

/* Reads one JSON text of @length bytes, which need not be terminated, nested @max_depth deep at the most. Where
 * @n_attachments is not 0, placeholders of attachments become nodes of bytes, for sio_value_fill_bytes() to fill. */
SioValue *sio_json_read          (const char  *text,
                                  gsize        length,
                                  guint        max_depth,
                                  guint        n_attachments,
                                  GError     **error);

/* Bytes become placeholders; what they stand for is appended to @attachments, where there is one. */
void      sio_json_write         (GString     *string,
                                  SioValue    *value,
                                  GPtrArray   *attachments);

/* The elements of an array without its brackets. */
void      sio_json_write_elements (GString    *string,
                                   SioValue   *array,
                                   GPtrArray  *attachments);

void      sio_json_write_string  (GString     *string,
                                  const char  *text,
                                  gsize        length);

/* @value is a number. */
void      sio_json_write_number  (GString     *string,
                                  SioValue    *value);

G_END_DECLS
