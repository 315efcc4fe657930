/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Engine.IO packets over SoupWebsocketConnection, of which only the framing is used. */

#include "sio-websocket-transport-private.h"

#include <string.h>

#include "sio-error.h"
#include "sio-transport-error-private.h"
#include "sio-websocket-handshake-private.h"

struct _SioWebsocketTransport
{
  SioTransport             parent_instance;

  GCancellable            *cancellable;
  SoupWebsocketConnection *connection;
  SioStream               *stream;
  SioDeflateExtension     *deflate;    /* (nullable) where the server agreed to it; the connection's */
  gboolean                 leaving;    /* the good-bye is due once all before it has gone out */
  gboolean                 closing;
  gboolean                 sending;
  GError                  *send_error;
};

G_DEFINE_FINAL_TYPE (SioWebsocketTransport, sio_websocket_transport, SIO_TYPE_TRANSPORT)

typedef struct
{
  SoupWebsocketConnection *connection;
  SioStream               *stream;
} Farewell;

static gboolean
farewell_cb (gpointer user_data)
{
  sio_stream_sever (((Farewell *) user_data)->stream);

  return G_SOURCE_REMOVE;
}

static void
farewell_free (gpointer user_data)
{
  Farewell *farewell = user_data;

  g_object_unref (farewell->connection);
  g_object_unref (farewell->stream);
  g_free (farewell);
}

/* We may be in the midst of one of libsoup's loops, which does not hold a reference to its connection, and libsoup may be
 * about to answer a close frame: both end before the next turn of the main loop. */
static void
sio_websocket_transport_let_go (SioWebsocketTransport *self)
{
  g_autoptr(GSource) source = NULL;
  Farewell *farewell;

  g_cancellable_cancel (self->cancellable);
  if (self->connection == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->connection, self);
  sio_stream_set_drained (self->stream, NULL, NULL);
  farewell = g_new0 (Farewell, 1);
  self->deflate = NULL;
  farewell->connection = g_steal_pointer (&self->connection);
  farewell->stream = g_steal_pointer (&self->stream);

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_static_name (source, "SioWebsocketTransport farewell");
  g_source_set_callback (source, farewell_cb, farewell, farewell_free);
  g_source_attach (source, sio_transport_get_context (SIO_TRANSPORT (self)));
}

static void
sio_websocket_transport_fail (SioWebsocketTransport *self,
                              SioDisconnectReason    reason,
                              const GError          *error)
{
  sio_websocket_transport_let_go (self);
  sio_transport_emit_closed (SIO_TRANSPORT (self), reason, error);
}

static gboolean
sio_websocket_transport_takes (SioWebsocketTransport *self)
{
  return self->connection != NULL && !self->closing
         && soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
sio_websocket_transport_say_goodbye (SioWebsocketTransport *self,
                                     gushort                code)
{
  if (!sio_websocket_transport_takes (self))
    return;

  self->closing = TRUE;
  soup_websocket_connection_close (self->connection, code, NULL);
}

static void
sio_websocket_transport_fail_to_parse (SioWebsocketTransport *self)
{
  g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_PARSE, "The server sent what is no Engine.IO packet");

  sio_websocket_transport_say_goodbye (self, SOUP_WEBSOCKET_CLOSE_NORMAL);
  sio_websocket_transport_fail (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
}

static void
sio_websocket_transport_receive_text (SioWebsocketTransport *self,
                                      const char            *text,
                                      gsize                  length)
{
  g_autoptr(GBytes) bytes = NULL;
  guchar *data;
  gsize size;

  if (length > 0 && text[0] >= '0' && text[0] <= '6')
    {
      sio_transport_emit_packet (SIO_TRANSPORT (self), text[0], text + 1, length - 1);
      return;
    }
  if (length == 0 || text[0] != 'b')
    {
      sio_websocket_transport_fail_to_parse (self);
      return;
    }

  /* libsoup ends messages with a NUL. */
  data = g_base64_decode (text + 1, &size);
  bytes = g_bytes_new_take (data, size);
  sio_transport_emit_binary (SIO_TRANSPORT (self), bytes);
}

static void
message_cb (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *message,
            gpointer                 user_data)
{
  g_autoptr(SioWebsocketTransport) self = g_object_ref (user_data);
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  if (self->closing)
    return;
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    sio_websocket_transport_receive_text (self, text, length);
  else
    sio_transport_emit_binary (SIO_TRANSPORT (self), message);
}

static gboolean
send_error_cb (gpointer user_data)
{
  SioWebsocketTransport *self = user_data;
  g_autoptr(GError) error = g_steal_pointer (&self->send_error);

  sio_websocket_transport_fail (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);

  return G_SOURCE_REMOVE;
}

static void
error_cb (SoupWebsocketConnection *connection,
          GError                  *error,
          gpointer                 user_data)
{
  g_autoptr(SioWebsocketTransport) self = g_object_ref (user_data);
  SioEngineSettings *settings = sio_transport_get_settings (SIO_TRANSPORT (self));
  g_autoptr(GError) reported = NULL;

  if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    g_set_error_literal (&reported, SIO_ERROR, SIO_ERROR_TOO_LARGE, "The server sent a message that is too large");
  else if (error->domain == SOUP_WEBSOCKET_ERROR)
    g_set_error_literal (&reported, SIO_ERROR, SIO_ERROR_TRANSPORT, "The server broke the rules of WebSocket");
  else
    reported = sio_transport_error_from_io (settings, error, 0);

  /* Nothing is told from within a send. */
  if (self->sending)
    {
      if (self->send_error == NULL)
        {
          self->send_error = g_steal_pointer (&reported);
          sio_transport_later (SIO_TRANSPORT (self), G_PRIORITY_DEFAULT, send_error_cb);
        }
      return;
    }

  /* A connection that was reset was closed, as the official client has it. */
  sio_websocket_transport_fail (self,
                                g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
                                  ? SIO_DISCONNECT_REASON_TRANSPORT_CLOSE
                                  : SIO_DISCONNECT_REASON_TRANSPORT_ERROR,
                                reported);
}

static GError *
make_close_error (SoupWebsocketConnection *connection)
{
  gushort code = soup_websocket_connection_get_close_code (connection);
  const char *words = soup_websocket_connection_get_close_data (connection);

  if (code == SOUP_WEBSOCKET_CLOSE_TOO_BIG)
    return g_error_new_literal (SIO_ERROR, SIO_ERROR_TOO_LARGE, "The server refused a message because it is too large");
  if (code == 0 || code == SOUP_WEBSOCKET_CLOSE_NO_STATUS || code == SOUP_WEBSOCKET_CLOSE_NORMAL)
    return g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "The server closed the connection");
  if (words != NULL && *words != '\0')
    return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "The server closed the connection: %s (%u)", words, code);

  return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "The server closed the connection (%u)", code);
}

/* Either side has begun to close, or the connection has come to its end. */
static void
closing_cb (SoupWebsocketConnection *connection,
            gpointer                 user_data)
{
  g_autoptr(SioWebsocketTransport) self = g_object_ref (user_data);
  g_autoptr(GError) error = NULL;

  if (self->closing && soup_websocket_connection_get_state (connection) != SOUP_WEBSOCKET_STATE_CLOSED)
    return;

  error = make_close_error (connection);
  sio_websocket_transport_fail (self, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, error);
}

static void
drained_cb (gpointer user_data)
{
  g_autoptr(SioWebsocketTransport) self = g_object_ref (user_data);

  if (self->leaving)
    sio_websocket_transport_say_goodbye (self, SOUP_WEBSOCKET_CLOSE_NO_STATUS);
  else
    sio_transport_emit_drained (SIO_TRANSPORT (self));
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(SioWebsocketTransport) self = user_data;
  SioEngineSettings *settings = sio_transport_get_settings (SIO_TRANSPORT (self));
  g_autoptr(SioStream) stream = NULL;
  g_autoptr(SioDeflateExtension) deflate = NULL;
  g_autofree char *protocol = NULL;
  g_autoptr(GError) error = NULL;

  stream = sio_websocket_handshake_finish (result, &deflate, &protocol, &error);
  if (!sio_transport_is_live (SIO_TRANSPORT (self)) || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (stream == NULL)
    {
      sio_websocket_transport_fail (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
      return;
    }

  self->stream = g_steal_pointer (&stream);
  sio_stream_set_drained (self->stream, drained_cb, self);
  self->deflate = deflate;
  self->connection = soup_websocket_connection_new (G_IO_STREAM (self->stream), settings->options.uri,
                                                    SOUP_WEBSOCKET_CONNECTION_CLIENT, NULL, protocol,
                                                    deflate != NULL ? g_list_append (NULL, g_steal_pointer (&deflate)) : NULL);
  /* Never 0: libsoup 3.2 crashes on a length near 2^64 when it has no limit. */
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, settings->options.max_message_size);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (self->connection, "closing", G_CALLBACK (closing_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (closing_cb), self);
  sio_transport_emit_ready (SIO_TRANSPORT (self));
}

static void
sio_websocket_transport_open (SioTransport *transport)
{
  SioWebsocketTransport *self = SIO_WEBSOCKET_TRANSPORT (transport);

  sio_websocket_handshake_async (sio_transport_get_settings (transport), sio_transport_get_session_id (transport),
                                 self->cancellable, handshake_cb, g_object_ref (self));
}

static gboolean
sio_websocket_transport_send (SioWebsocketTransport *self,
                              SoupWebsocketDataType  type,
                              GBytes                *message)
{
  if (!sio_websocket_transport_takes (self))
    return FALSE;

  if (self->deflate != NULL)
    sio_deflate_extension_set_enabled (self->deflate, sio_transport_get_compressed (SIO_TRANSPORT (self)));
  self->sending = TRUE;
  soup_websocket_connection_send_message (self->connection, type, message);
  self->sending = FALSE;

  return TRUE;
}

static gboolean
sio_websocket_transport_send_text (SioTransport *transport,
                                   const char   *text,
                                   gsize         length)
{
  g_autoptr(GBytes) message = g_bytes_new_static (text, length);

  return sio_websocket_transport_send (SIO_WEBSOCKET_TRANSPORT (transport), SOUP_WEBSOCKET_DATA_TEXT, message);
}

static gboolean
sio_websocket_transport_send_binary (SioTransport *transport,
                                     GBytes       *bytes)
{
  if (sio_transport_get_settings (transport)->options.force_base64)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);
      g_autofree char *encoded = g_base64_encode (data, size);
      g_autofree char *text = g_strconcat ("b", encoded, NULL);

      return sio_websocket_transport_send_text (transport, text, strlen (text));
    }

  return sio_websocket_transport_send (SIO_WEBSOCKET_TRANSPORT (transport), SOUP_WEBSOCKET_DATA_BINARY, bytes);
}

static void
sio_websocket_transport_flush (SioTransport *transport)
{
  SioWebsocketTransport *self = SIO_WEBSOCKET_TRANSPORT (transport);

  if (self->stream != NULL)
    sio_output_stream_flush (sio_stream_get_output (self->stream));
}

static gboolean
sio_websocket_transport_is_writable (SioTransport *transport)
{
  SioWebsocketTransport *self = SIO_WEBSOCKET_TRANSPORT (transport);

  return sio_websocket_transport_takes (self) && sio_output_stream_flush (sio_stream_get_output (self->stream));
}

static guint64
sio_websocket_transport_get_written (SioTransport *transport)
{
  SioWebsocketTransport *self = SIO_WEBSOCKET_TRANSPORT (transport);

  return self->stream != NULL ? sio_output_stream_get_written (sio_stream_get_output (self->stream)) : 0;
}

static guint64
sio_websocket_transport_get_taken (SioTransport *transport)
{
  SioWebsocketTransport *self = SIO_WEBSOCKET_TRANSPORT (transport);

  return self->stream != NULL ? sio_stream_get_taken (self->stream) : 0;
}

static gsize
sio_websocket_transport_get_queued (SioTransport *transport)
{
  SioWebsocketTransport *self = SIO_WEBSOCKET_TRANSPORT (transport);

  return self->stream != NULL ? sio_output_stream_get_queued (sio_stream_get_output (self->stream)) : 0;
}

static gboolean
paused_cb (gpointer user_data)
{
  sio_transport_emit_paused (user_data);

  return G_SOURCE_REMOVE;
}

static void
sio_websocket_transport_pause (SioTransport *transport)
{
  sio_transport_later (transport, G_PRIORITY_DEFAULT, paused_cb);
}

static void
sio_websocket_transport_resume (SioTransport *transport)
{
}

static gboolean
closed_cb (gpointer user_data)
{
  sio_websocket_transport_fail (user_data, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);

  return G_SOURCE_REMOVE;
}

static void
sio_websocket_transport_close (SioTransport *transport)
{
  SioWebsocketTransport *self = SIO_WEBSOCKET_TRANSPORT (transport);

  if (!sio_websocket_transport_takes (self))
    {
      sio_transport_later (transport, G_PRIORITY_DEFAULT, closed_cb);
      return;
    }

  /* libsoup waits five seconds for the answer, however much goes out before. */
  self->leaving = !sio_output_stream_flush (sio_stream_get_output (self->stream));
  if (!self->leaving)
    sio_websocket_transport_say_goodbye (self, SOUP_WEBSOCKET_CLOSE_NO_STATUS);
}

static void
sio_websocket_transport_abort (SioTransport *transport)
{
  SioWebsocketTransport *self = SIO_WEBSOCKET_TRANSPORT (transport);

  sio_websocket_transport_say_goodbye (self, SOUP_WEBSOCKET_CLOSE_NO_STATUS);
  sio_websocket_transport_let_go (self);
}

static void
sio_websocket_transport_dispose (GObject *object)
{
  sio_websocket_transport_let_go (SIO_WEBSOCKET_TRANSPORT (object));

  G_OBJECT_CLASS (sio_websocket_transport_parent_class)->dispose (object);
}

static void
sio_websocket_transport_finalize (GObject *object)
{
  SioWebsocketTransport *self = SIO_WEBSOCKET_TRANSPORT (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->send_error);

  G_OBJECT_CLASS (sio_websocket_transport_parent_class)->finalize (object);
}

/* libsoup leaves its signals to the generic marshaller, which goes through libffi: for each message that is more work than to
 * decode it. This one does the same for handlers in C, and is for all who listen to the signal. */
static void
marshal_message (GClosure *closure,
                 GValue   *return_value,
                 gpointer  instance,
                 va_list   args,
                 gpointer  marshal_data,
                 int       n_params,
                 GType    *param_types)
{
  typedef void (*MessageFunc) (gpointer data1,
                               int      type,
                               GBytes  *message,
                               gpointer data2);

  GCClosure *c_closure = (GCClosure *) closure;
  MessageFunc callback = (MessageFunc) (marshal_data != NULL ? marshal_data : c_closure->callback);
  va_list copy;
  int type;
  GBytes *message;

  va_copy (copy, args);
  type = va_arg (copy, int);
  message = va_arg (copy, GBytes *);
  va_end (copy);

  if (message != NULL)
    g_bytes_ref (message);
  if (G_CCLOSURE_SWAP_DATA (closure))
    callback (closure->data, type, message, instance);
  else
    callback (instance, type, message, closure->data);
  if (message != NULL)
    g_bytes_unref (message);
}

static void
install_marshaller (void)
{
  GTypeClass *klass = g_type_class_ref (SOUP_TYPE_WEBSOCKET_CONNECTION);

  g_signal_set_va_marshaller (g_signal_lookup ("message", SOUP_TYPE_WEBSOCKET_CONNECTION), SOUP_TYPE_WEBSOCKET_CONNECTION,
                              marshal_message);
  g_type_class_unref (klass);
}

static void
sio_websocket_transport_class_init (SioWebsocketTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SioTransportClass *transport_class = SIO_TRANSPORT_CLASS (klass);

  object_class->dispose = sio_websocket_transport_dispose;
  object_class->finalize = sio_websocket_transport_finalize;

  transport_class->name = "websocket";
  transport_class->open = sio_websocket_transport_open;
  transport_class->send_text = sio_websocket_transport_send_text;
  transport_class->send_binary = sio_websocket_transport_send_binary;
  transport_class->flush = sio_websocket_transport_flush;
  transport_class->is_writable = sio_websocket_transport_is_writable;
  transport_class->get_written = sio_websocket_transport_get_written;
  transport_class->get_queued = sio_websocket_transport_get_queued;
  transport_class->get_taken = sio_websocket_transport_get_taken;
  transport_class->pause = sio_websocket_transport_pause;
  transport_class->resume = sio_websocket_transport_resume;
  transport_class->close = sio_websocket_transport_close;
  transport_class->abort = sio_websocket_transport_abort;

  install_marshaller ();
}

static void
sio_websocket_transport_init (SioWebsocketTransport *self)
{
  self->cancellable = g_cancellable_new ();
}

SioTransport *
sio_websocket_transport_new (SioEngineSettings          *settings,
                             const SioTransportListener *listener,
                             gpointer                    user_data)
{
  SioTransport *self = g_object_new (SIO_TYPE_WEBSOCKET_TRANSPORT, NULL);

  sio_transport_construct (self, settings, listener, user_data);

  return self;
}
