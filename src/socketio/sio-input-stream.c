/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The reading half of SioStream.
 *
 * SoupWebsocketConnection reads until the stream would block and handles each frame at once, so a server that is faster than
 * we are would keep the main loop in a single dispatch. Therefore the stream itself says "would block" once its turn is used
 * up. The turn begins anew when the main loop has come down to SIO_PRIORITY_TURN, that is, when nothing more urgent is due. */

#include "sio-input-stream-private.h"

#include <string.h>

#include "sio-frame-meter-private.h"
#include "sio-turn-private.h"

#define SMALL_BUFFER (8 * 1024)
#define LARGE_BUFFER (64 * 1024)

typedef struct
{
  GSource         source;
  SioInputStream *stream;
} StreamSource;

struct _SioInputStream
{
  GInputStream          parent_instance;

  GPollableInputStream *base;
  gboolean              short_reads_drain;
  gboolean              base_waits;
  gboolean              stopped;
  SioInputStreamFunc    wait;
  gpointer              wait_data;

  guint8               *buffer;
  gsize                 capacity;
  gsize                 start;
  gsize                 end;

  SioFrameMeter         meter;
  GError               *error;

  SioTurn               turn;
};

static void sio_input_stream_pollable_iface_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SioInputStream, sio_input_stream, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, sio_input_stream_pollable_iface_init))

static gboolean
sio_input_stream_source_is_ready (SioInputStream *self)
{
  if (sio_turn_is_waiting (&self->turn))
    return FALSE;

  return self->stopped || self->error != NULL || self->start < self->end || !self->base_waits;
}

static gboolean
input_prepare (GSource *source,
               int     *timeout)
{
  SioInputStream *self = ((StreamSource *) source)->stream;

  *timeout = sio_turn_is_waiting (&self->turn) ? SIO_TURN_MAX_WAIT_USEC / 1000 : -1;

  return sio_input_stream_source_is_ready (self);
}

static gboolean
input_check (GSource *source)
{
  return sio_input_stream_source_is_ready (((StreamSource *) source)->stream);
}

static gboolean
input_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  GPollableSourceFunc func = (GPollableSourceFunc) callback;

  return func != NULL ? func (G_OBJECT (((StreamSource *) source)->stream), user_data) : G_SOURCE_REMOVE;
}

static void
input_finalize (GSource *source)
{
  g_clear_object (&((StreamSource *) source)->stream);
}

static GSourceFuncs input_funcs = { input_prepare, input_check, input_dispatch, input_finalize, NULL, NULL };

static GSource *
sio_input_stream_create_source (GPollableInputStream *stream,
                                GCancellable         *cancellable)
{
  SioInputStream *self = SIO_INPUT_STREAM (stream);
  GSource *source = g_source_new (&input_funcs, sizeof (StreamSource));

  ((StreamSource *) source)->stream = g_object_ref (self);
  g_source_set_static_name (source, "SioInputStream");
  if (cancellable != NULL)
    {
      g_autoptr(GSource) child = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (child);
      g_source_add_child_source (source, child);
    }

  return source;
}

static gboolean
sio_input_stream_is_readable (GPollableInputStream *stream)
{
  SioInputStream *self = SIO_INPUT_STREAM (stream);

  return sio_input_stream_source_is_ready (self)
         && (self->stopped || self->error != NULL || self->start < self->end
             || g_pollable_input_stream_is_readable (self->base));
}

/* An idle connection keeps no buffer: a program may hold many, and the next that reads takes what this one gave back. */
static void
sio_input_stream_shrink (SioInputStream *self)
{
  g_clear_pointer (&self->buffer, g_free);
  self->capacity = 0;
}

static void
sio_input_stream_grow (SioInputStream *self,
                       gsize           capacity)
{
  if (self->capacity >= capacity)
    return;

  g_free (self->buffer);
  self->buffer = g_malloc (capacity);
  self->capacity = capacity;
}

static gssize
sio_input_stream_block (SioInputStream  *self,
                        GError         **error)
{
  sio_turn_pause (&self->turn);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "The stream would block");

  return -1;
}

static void
sio_input_stream_wait_for_base (SioInputStream *self)
{
  self->base_waits = TRUE;
  sio_input_stream_shrink (self);
  if (self->wait != NULL)
    self->wait (self->wait_data);
}

/* Returns what read() returns; the bytes are in the buffer. */
static gssize
sio_input_stream_fill (SioInputStream  *self,
                       GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  gssize n;

  if (self->base_waits)
    return sio_input_stream_block (self, error);

  sio_input_stream_grow (self, SMALL_BUFFER);
  n = g_pollable_input_stream_read_nonblocking (self->base, self->buffer, self->capacity, NULL, &local_error);
  if (n < 0 && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      sio_input_stream_wait_for_base (self);
      return sio_input_stream_block (self, error);
    }
  if (n < 0)
    g_propagate_error (error, g_steal_pointer (&local_error));
  if (n <= 0)
    return n;

  self->start = 0;
  self->end = n;
  if (!sio_frame_meter_feed (&self->meter, self->buffer, n, &self->error))
    {
      g_propagate_error (error, g_error_copy (self->error));
      return -1;
    }
  if (self->short_reads_drain && (gsize) n < self->capacity)
    {
      self->base_waits = TRUE;
      if (self->wait != NULL)
        self->wait (self->wait_data);
    }

  return n;
}

static gssize
sio_input_stream_read_nonblocking (GPollableInputStream  *stream,
                                   void                  *buffer,
                                   gsize                  count,
                                   GError               **error)
{
  SioInputStream *self = SIO_INPUT_STREAM (stream);

  if (self->stopped)
    return 0;
  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return -1;
    }
  if (sio_turn_is_over (&self->turn))
    return sio_input_stream_block (self, error);

  if (self->start == self->end)
    {
      gssize n;

      /* The last read filled the buffer: more of the same is coming. */
      if (self->end == self->capacity && self->capacity != 0)
        sio_input_stream_grow (self, LARGE_BUFFER);
      n = sio_input_stream_fill (self, error);
      if (n <= 0)
        return n;
    }

  count = MIN (count, self->end - self->start);
  memcpy (buffer, self->buffer + self->start, count);
  self->start += count;
  sio_turn_take (&self->turn, count);
  if (self->start == self->end && self->base_waits)
    {
      self->start = self->end = 0;
      sio_input_stream_shrink (self);
    }

  return count;
}

static gboolean
sio_input_stream_close (GInputStream  *stream,
                        GCancellable  *cancellable,
                        GError       **error)
{
  sio_input_stream_stop (SIO_INPUT_STREAM (stream));

  return TRUE;
}

static void
sio_input_stream_dispose (GObject *object)
{
  SioInputStream *self = SIO_INPUT_STREAM (object);

  sio_input_stream_stop (self);

  G_OBJECT_CLASS (sio_input_stream_parent_class)->dispose (object);
}

static void
sio_input_stream_finalize (GObject *object)
{
  SioInputStream *self = SIO_INPUT_STREAM (object);

  g_clear_object (&self->base);
  g_clear_error (&self->error);
  g_free (self->buffer);

  G_OBJECT_CLASS (sio_input_stream_parent_class)->finalize (object);
}

static void
sio_input_stream_class_init (SioInputStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  object_class->dispose = sio_input_stream_dispose;
  object_class->finalize = sio_input_stream_finalize;

  stream_class->close_fn = sio_input_stream_close;
}

static void
sio_input_stream_pollable_iface_init (GPollableInputStreamInterface *iface)
{
  iface->create_source = sio_input_stream_create_source;
  iface->is_readable = sio_input_stream_is_readable;
  iface->read_nonblocking = sio_input_stream_read_nonblocking;
}

static void
sio_input_stream_init (SioInputStream *self)
{
  g_autoptr(GMainContext) context = g_main_context_ref_thread_default ();

  sio_turn_init (&self->turn, context);
}

SioInputStream *
sio_input_stream_new (GInputStream *base,
                      gsize         max_message_size,
                      gboolean      short_reads_drain)
{
  SioInputStream *self = g_object_new (SIO_TYPE_INPUT_STREAM, NULL);

  self->base = G_POLLABLE_INPUT_STREAM (g_object_ref (base));
  self->short_reads_drain = short_reads_drain;
  sio_frame_meter_init (&self->meter, max_message_size);

  return self;
}

void
sio_input_stream_set_waiter (SioInputStream     *self,
                             SioInputStreamFunc  wait,
                             gpointer            user_data)
{
  self->wait = wait;
  self->wait_data = user_data;
}

void
sio_input_stream_wake (SioInputStream *self)
{
  self->base_waits = FALSE;
}

gboolean
sio_input_stream_is_waiting (SioInputStream *self)
{
  return self->base_waits;
}

gboolean
sio_input_stream_preload (SioInputStream  *self,
                          const guint8    *data,
                          gsize            length,
                          GError         **error)
{
  if (length == 0)
    return TRUE;

  sio_input_stream_grow (self, MAX (SMALL_BUFFER, length));
  memcpy (self->buffer, data, length);
  self->start = 0;
  self->end = length;

  return sio_frame_meter_feed (&self->meter, data, length, error);
}

void
sio_input_stream_stop (SioInputStream *self)
{
  self->stopped = TRUE;
  self->wait = NULL;
  sio_turn_clear (&self->turn);
}
