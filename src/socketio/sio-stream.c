/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One GSource serves the stream for its whole life. libsoup destroys and makes anew the sources it reads and writes with; were
 * they to carry the file descriptor, each turn would change the main loop's poll set, at a system call each time.
 *
 * It polls by g_source_add_poll(), not g_source_add_unix_fd(): a source of the latter is dispatched whenever its descriptor is
 * ready, whatever its check() says, and would outrun what has to have its turn while the input is throttled. */

#include "sio-stream-private.h"

#ifdef __linux__
#include <linux/sockios.h>
#include <sys/ioctl.h>
#endif

typedef struct
{
  GSource    source;
  SioStream *stream;
} Watch;

struct _SioStream
{
  GIOStream        parent_instance;

  GIOStream       *base;
  SioInputStream  *input;
  SioOutputStream *output;

  Watch           *watch;
  gboolean         has_socket;
  GPollFD          poll;
  GSource         *input_child;
  GSource         *output_child;

  SioStreamFunc    drained;
  gpointer         drained_data;
  gboolean         was_blocked;
};

G_DEFINE_FINAL_TYPE (SioStream, sio_stream, G_TYPE_IO_STREAM)

/* Something can be handed on, or has been since it had to wait. */
static gboolean
sio_stream_has_output (SioStream *self)
{
  if (sio_output_stream_is_blocked (self->output))
    return FALSE;

  return self->was_blocked || sio_output_stream_get_queued (self->output) > 0;
}

static void
sio_stream_drop_child (SioStream  *self,
                       GSource   **child)
{
  if (*child == NULL)
    return;

  g_source_remove_child_source ((GSource *) self->watch, *child);
  g_clear_pointer (child, g_source_unref);
}

static void
sio_stream_add_child (SioStream  *self,
                      GSource   **child,
                      GSource    *source)
{
  *child = source;
  g_source_set_dummy_callback (source);
  g_source_add_child_source ((GSource *) self->watch, source);
}

static void
sio_stream_wait_for_output (gpointer user_data)
{
  SioStream *self = user_data;

  self->was_blocked = TRUE;
  if (self->watch == NULL)
    return;

  /* The main loop looks at the events anew in each turn. */
  if (self->has_socket)
    self->poll.events = G_IO_IN | G_IO_OUT;
  else if (self->output_child == NULL)
    {
      GPollableOutputStream *base = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->base));

      sio_stream_add_child (self, &self->output_child, g_pollable_output_stream_create_source (base, NULL));
    }
}

static void
sio_stream_wait_for_input (gpointer user_data)
{
  SioStream *self = user_data;
  GPollableInputStream *base;

  if (self->watch == NULL || self->has_socket || self->input_child != NULL)
    return;

  base = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->base));
  sio_stream_add_child (self, &self->input_child, g_pollable_input_stream_create_source (base, NULL));
}

static void
sio_stream_flush (SioStream *self)
{
  if (!sio_output_stream_flush (self->output))
    return;

  self->poll.events = G_IO_IN;
  if (!self->was_blocked)
    return;

  self->was_blocked = FALSE;
  if (self->drained != NULL)
    self->drained (self->drained_data);
}

static gboolean
watch_prepare (GSource *source,
               int     *timeout)
{
  *timeout = -1;

  return sio_stream_has_output (((Watch *) source)->stream);
}

static gboolean
watch_check (GSource *source)
{
  SioStream *self = ((Watch *) source)->stream;
  gushort condition = self->poll.revents;

  /* libsoup's source, which comes later in the main loop's list, sees this in its own check(). */
  if (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR))
    sio_input_stream_wake (self->input);
  if (condition & (G_IO_OUT | G_IO_HUP | G_IO_ERR))
    sio_output_stream_unblock (self->output);

  return sio_stream_has_output (self);
}

static gboolean
watch_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  g_autoptr(SioStream) self = g_object_ref (((Watch *) source)->stream);
  GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->base));
  GPollableOutputStream *output = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->base));

  if (self->input_child != NULL && g_pollable_input_stream_is_readable (input))
    {
      sio_stream_drop_child (self, &self->input_child);
      sio_input_stream_wake (self->input);
    }
  if (self->output_child != NULL && g_pollable_output_stream_is_writable (output))
    {
      sio_stream_drop_child (self, &self->output_child);
      sio_output_stream_unblock (self->output);
    }
  if (sio_stream_has_output (self))
    sio_stream_flush (self);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs watch_funcs = { watch_prepare, watch_check, watch_dispatch, NULL, NULL, NULL };

static void
sio_stream_attach (SioStream *self,
                   GSocket   *socket)
{
  g_autoptr(GMainContext) context = g_main_context_ref_thread_default ();
  GSource *source = g_source_new (&watch_funcs, sizeof (Watch));

  self->watch = (Watch *) source;
  self->watch->stream = self;
  g_source_set_static_name (source, "SioStream");
  /* Else GLib would take the descriptor out of the poll set around each dispatch. */
  g_source_set_can_recurse (source, TRUE);
  if (socket != NULL)
    {
      self->has_socket = TRUE;
      self->poll.fd = g_socket_get_fd (socket);
      self->poll.events = G_IO_IN;
      g_source_add_poll (source, &self->poll);
    }
  g_source_attach (source, context);
}

static void
sio_stream_detach (SioStream *self)
{
  GSource *watch = (GSource *) self->watch;

  if (watch == NULL)
    return;

  sio_stream_drop_child (self, &self->input_child);
  sio_stream_drop_child (self, &self->output_child);
  self->watch = NULL;
  g_source_destroy (watch);
  g_source_unref (watch);
}

void
sio_stream_sever (SioStream *self)
{
  g_autoptr(GIOStream) base = NULL;

  self->drained = NULL;
  sio_output_stream_set_waiter (self->output, NULL, NULL);
  sio_input_stream_stop (self->input);
  if (self->watch == NULL)
    return;

  sio_output_stream_flush (self->output);
  sio_stream_detach (self);
  base = g_object_ref (self->base);
  /* Closing a socket does not block. TLS says good-bye first, which might. */
  if (G_IS_TLS_CONNECTION (base))
    g_io_stream_close_async (base, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  else
    g_io_stream_close (base, NULL, NULL);
}

static GInputStream *
sio_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (SIO_STREAM (stream)->input);
}

static GOutputStream *
sio_stream_get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (SIO_STREAM (stream)->output);
}

static gboolean
sio_stream_close (GIOStream     *stream,
                  GCancellable  *cancellable,
                  GError       **error)
{
  sio_stream_sever (SIO_STREAM (stream));

  return TRUE;
}

static void
sio_stream_close_async (GIOStream           *stream,
                        int                  io_priority,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, sio_stream_close_async);
  g_task_set_priority (task, io_priority);
  sio_stream_sever (SIO_STREAM (stream));
  g_task_return_boolean (task, TRUE);
}

static gboolean
sio_stream_close_finish (GIOStream     *stream,
                         GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
sio_stream_dispose (GObject *object)
{
  SioStream *self = SIO_STREAM (object);

  if (self->base != NULL)
    sio_stream_sever (self);

  G_OBJECT_CLASS (sio_stream_parent_class)->dispose (object);
}

static void
sio_stream_finalize (GObject *object)
{
  SioStream *self = SIO_STREAM (object);

  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->base);

  G_OBJECT_CLASS (sio_stream_parent_class)->finalize (object);
}

static void
sio_stream_class_init (SioStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  object_class->dispose = sio_stream_dispose;
  object_class->finalize = sio_stream_finalize;

  stream_class->get_input_stream = sio_stream_get_input_stream;
  stream_class->get_output_stream = sio_stream_get_output_stream;
  stream_class->close_fn = sio_stream_close;
  stream_class->close_async = sio_stream_close_async;
  stream_class->close_finish = sio_stream_close_finish;
}

static void
sio_stream_init (SioStream *self)
{
}

SioStream *
sio_stream_new (GIOStream *base,
                gsize      max_message_size)
{
  SioStream *self = g_object_new (SIO_TYPE_STREAM, NULL);
  GSocket *socket = NULL;

  /* A wrapped connection, as one through a proxy that is reached by TLS, has streams that are not its socket's. */
  if (G_IS_SOCKET_CONNECTION (base) && !G_IS_TCP_WRAPPER_CONNECTION (base))
    socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (base));

  self->base = g_object_ref (base);
  self->input = sio_input_stream_new (g_io_stream_get_input_stream (base), max_message_size, socket != NULL);
  self->output = sio_output_stream_new (g_io_stream_get_output_stream (base));
  sio_stream_attach (self, socket);
  sio_input_stream_set_waiter (self->input, sio_stream_wait_for_input, self);
  sio_output_stream_set_waiter (self->output, sio_stream_wait_for_output, self);

  return self;
}

SioInputStream *
sio_stream_get_input (SioStream *self)
{
  return self->input;
}

SioOutputStream *
sio_stream_get_output (SioStream *self)
{
  return self->output;
}

/* That of a TLS or a wrapped connection too. */
static GSocket *
find_socket (GIOStream *stream)
{
  g_autoptr(GIOStream) base = NULL;

  if (G_IS_SOCKET_CONNECTION (stream))
    return g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream));
  if (!G_IS_TLS_CONNECTION (stream))
    return NULL;

  g_object_get (stream, "base-io-stream", &base, NULL);

  return base != NULL ? find_socket (base) : NULL;
}

guint64
sio_stream_get_taken (SioStream *self)
{
  guint64 written = sio_output_stream_get_written (self->output);

#ifdef SIOCOUTQ
  GSocket *socket = find_socket (self->base);
  int held = 0;

  if (socket != NULL && ioctl (g_socket_get_fd (socket), SIOCOUTQ, &held) == 0)
    return written - (guint64) held;
#endif

  return written;
}

void
sio_stream_set_drained (SioStream     *self,
                        SioStreamFunc  drained,
                        gpointer       user_data)
{
  self->drained = drained;
  self->drained_data = user_data;
}
