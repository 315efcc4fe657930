/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-frame-meter-private.h"

#include <string.h>

#include "sio-error.h"

#define OPCODE_CONTINUATION 0x0
#define OPCODE_FIRST_CONTROL 0x8

void
sio_frame_meter_init (SioFrameMeter *self,
                      guint64        max)
{
  *self = (SioFrameMeter) { .max = max };
}

/* How long the header is, as far as the bytes that are there can tell. */
static guint
get_header_length (SioFrameMeter *self)
{
  guint length = 2;

  if (self->n_header < 2)
    return length;

  if ((self->header[1] & 0x7f) == 126)
    length += 2;
  else if ((self->header[1] & 0x7f) == 127)
    length += 8;

  /* A server must not mask. Who is to say so is the reader of the frames; it has to see the same frames as we do. */
  if ((self->header[1] & 0x80) != 0)
    length += 4;

  return length;
}

static guint64
get_payload_length (SioFrameMeter *self)
{
  guint length = self->header[1] & 0x7f;
  guint n_bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
  guint64 extended = 0;

  if (n_bytes == 0)
    return length;

  for (guint i = 0; i < n_bytes; i++)
    extended = extended << 8 | self->header[2 + i];

  return extended;
}

/* Control frames may come between the fragments of a message and are no part of it, but are no way around the limit. */
static gboolean
begin_frame (SioFrameMeter *self)
{
  guint opcode = self->header[0] & 0x0f;
  guint64 length = get_payload_length (self);

  if (opcode < OPCODE_FIRST_CONTROL)
    {
      if (opcode != OPCODE_CONTINUATION)
        self->message = 0;
      if (self->message > self->max || length > self->max - self->message)
        return FALSE;
      self->message += length;
    }
  else if (length > self->max)
    {
      return FALSE;
    }

  self->remaining = length;
  self->n_header = 0;

  return TRUE;
}

static gsize
read_header (SioFrameMeter *self,
             const guint8  *data,
             gsize          length)
{
  gsize n = 0;

  while (n < length && self->n_header < get_header_length (self))
    self->header[self->n_header++] = data[n++];

  return n;
}

gboolean
sio_frame_meter_feed (SioFrameMeter  *self,
                      const guint8   *data,
                      gsize           length,
                      GError        **error)
{
  while (length > 0 && !self->failed)
    {
      gsize n;

      if (self->remaining > 0)
        {
          n = (gsize) MIN (self->remaining, (guint64) length);
          self->remaining -= n;
        }
      else
        {
          n = read_header (self, data, length);
          if (self->n_header == get_header_length (self))
            self->failed = !begin_frame (self);
        }

      data += n;
      length -= n;
    }

  if (self->failed)
    g_set_error (error, SIO_ERROR, SIO_ERROR_TOO_LARGE,
                 "The server sent a message of more than %" G_GUINT64_FORMAT " bytes", self->max);

  return !self->failed;
}
