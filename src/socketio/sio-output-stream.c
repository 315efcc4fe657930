/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The writing half of SioStream.
 *
 * SoupWebsocketConnection writes each frame by itself and, when the socket is full, drains one frame per turn of the main
 * loop. Here writing always succeeds; how much waits is known, which is what back-pressure needs. */

#include "sio-output-stream-private.h"

/* Beyond this the bytes go out at once, so that a burst does not pile up until the turn ends. */
#define GATHER_BYTES (64 * 1024)

/* A buffer that has grown is given back once it is empty. */
#define KEPT_BYTES (16 * 1024)

struct _SioOutputStream
{
  GOutputStream          parent_instance;

  GPollableOutputStream *base;
  GByteArray            *buffer;
  gsize                  start;
  gsize                  largest;
  guint64                written; /* what the base has taken, ever */
  gboolean               blocked;
  gboolean               broken;
  SioOutputStreamFunc    wait;
  gpointer               wait_data;
};

static void sio_output_stream_pollable_iface_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SioOutputStream, sio_output_stream, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, sio_output_stream_pollable_iface_init))

static void
sio_output_stream_clear (SioOutputStream *self)
{
  self->start = 0;
  if (self->largest > KEPT_BYTES)
    {
      g_byte_array_unref (self->buffer);
      self->buffer = g_byte_array_new ();
      self->largest = 0;
    }
  else
    g_byte_array_set_size (self->buffer, 0);
}

/* Returns how many of the bytes are done with. */
static gsize
sio_output_stream_hand_on (SioOutputStream *self,
                           const guint8    *data,
                           gsize            count)
{
  GOutputVector vector = { data, count };
  gsize written = 0;

  /* writev() says "would block" by its return value, without an error to allocate. */
  switch (g_pollable_output_stream_writev_nonblocking (self->base, &vector, 1, &written, NULL, NULL))
    {
    case G_POLLABLE_RETURN_OK:
      self->written += written;
      return written;

    case G_POLLABLE_RETURN_WOULD_BLOCK:
      self->blocked = TRUE;
      if (self->wait != NULL)
        self->wait (self->wait_data);
      return 0;

    case G_POLLABLE_RETURN_FAILED:
    default:
      /* The reading half tells why, and delivers first what the peer still had to say. */
      self->broken = TRUE;
      return count;
    }
}

gboolean
sio_output_stream_flush (SioOutputStream *self)
{
  while (!self->blocked && !self->broken && self->start < self->buffer->len)
    self->start += sio_output_stream_hand_on (self, self->buffer->data + self->start, self->buffer->len - self->start);

  if (self->broken || self->start == self->buffer->len)
    sio_output_stream_clear (self);

  return self->buffer->len == 0;
}

static gssize
sio_output_stream_write_nonblocking (GPollableOutputStream  *stream,
                                     const void             *data,
                                     gsize                   count,
                                     GError                **error)
{
  SioOutputStream *self = SIO_OUTPUT_STREAM (stream);
  gsize done = 0;

  /* GByteArray counts by guint. */
  count = MIN (count, G_MAXINT / 2);
  if (self->broken)
    return count;
  if (self->start > GATHER_BYTES && self->start > self->buffer->len / 2)
    {
      g_byte_array_remove_range (self->buffer, 0, self->start);
      self->start = 0;
    }
  if (count > (gsize) G_MAXINT - self->buffer->len)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "Too much waits to be sent");
      return -1;
    }

  /* What is large is not copied first, as far as the socket takes it. */
  if (count > GATHER_BYTES && sio_output_stream_flush (self) && !self->blocked && !self->broken)
    done = sio_output_stream_hand_on (self, data, count);

  if (done < count)
    g_byte_array_append (self->buffer, (const guint8 *) data + done, (guint) (count - done));
  self->largest = MAX (self->largest, self->buffer->len);
  if (self->buffer->len - self->start > GATHER_BYTES)
    sio_output_stream_flush (self);

  return count;
}

static gboolean
sio_output_stream_is_writable (GPollableOutputStream *stream)
{
  return TRUE;
}

static gboolean
always_ready (GSource *source,
              int     *timeout)
{
  *timeout = 0;

  return TRUE;
}

static gboolean
always_dispatch (GSource     *source,
                 GSourceFunc  callback,
                 gpointer     user_data)
{
  return callback != NULL ? callback (user_data) : G_SOURCE_REMOVE;
}

static GSourceFuncs always_funcs = { always_ready, NULL, always_dispatch, NULL, NULL, NULL };

static GSource *
sio_output_stream_create_source (GPollableOutputStream *stream,
                                 GCancellable          *cancellable)
{
  g_autoptr(GSource) always = g_source_new (&always_funcs, sizeof (GSource));

  return g_pollable_source_new_full (stream, always, cancellable);
}

static gboolean
sio_output_stream_close (GOutputStream  *stream,
                         GCancellable   *cancellable,
                         GError        **error)
{
  SioOutputStream *self = SIO_OUTPUT_STREAM (stream);

  sio_output_stream_flush (self);
  self->broken = TRUE;
  self->wait = NULL;

  return TRUE;
}

static void
sio_output_stream_finalize (GObject *object)
{
  SioOutputStream *self = SIO_OUTPUT_STREAM (object);

  g_clear_object (&self->base);
  g_byte_array_unref (self->buffer);

  G_OBJECT_CLASS (sio_output_stream_parent_class)->finalize (object);
}

static void
sio_output_stream_class_init (SioOutputStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GOutputStreamClass *stream_class = G_OUTPUT_STREAM_CLASS (klass);

  object_class->finalize = sio_output_stream_finalize;

  stream_class->close_fn = sio_output_stream_close;
}

static void
sio_output_stream_pollable_iface_init (GPollableOutputStreamInterface *iface)
{
  iface->create_source = sio_output_stream_create_source;
  iface->is_writable = sio_output_stream_is_writable;
  iface->write_nonblocking = sio_output_stream_write_nonblocking;
}

static void
sio_output_stream_init (SioOutputStream *self)
{
  self->buffer = g_byte_array_new ();
}

SioOutputStream *
sio_output_stream_new (GOutputStream *base)
{
  SioOutputStream *self = g_object_new (SIO_TYPE_OUTPUT_STREAM, NULL);

  self->base = G_POLLABLE_OUTPUT_STREAM (g_object_ref (base));

  return self;
}

void
sio_output_stream_set_waiter (SioOutputStream     *self,
                              SioOutputStreamFunc  wait,
                              gpointer             user_data)
{
  self->wait = wait;
  self->wait_data = user_data;
}

void
sio_output_stream_unblock (SioOutputStream *self)
{
  self->blocked = FALSE;
}

gboolean
sio_output_stream_is_blocked (SioOutputStream *self)
{
  return self->blocked;
}

guint64
sio_output_stream_get_written (SioOutputStream *self)
{
  return self->written;
}

gsize
sio_output_stream_get_queued (SioOutputStream *self)
{
  return self->buffer->len - self->start;
}
