/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-transport-private.h"

typedef struct
{
  SioEngineSettings          *settings;
  GMainContext               *context;
  const SioTransportListener *listener;
  gpointer                    user_data;
  char                       *session_id;
  gsize                       max_payload;
  gboolean                    compressed;
} SioTransportPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SioTransport, sio_transport, G_TYPE_OBJECT)

#define PRIVATE(self) ((SioTransportPrivate *) sio_transport_get_instance_private (self))

static void
sio_transport_finalize (GObject *object)
{
  SioTransportPrivate *priv = PRIVATE (SIO_TRANSPORT (object));

  g_clear_pointer (&priv->settings, sio_engine_settings_unref);
  g_clear_pointer (&priv->context, g_main_context_unref);
  g_free (priv->session_id);

  G_OBJECT_CLASS (sio_transport_parent_class)->finalize (object);
}

static void
sio_transport_class_init (SioTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sio_transport_finalize;
}

static void
sio_transport_init (SioTransport *self)
{
  PRIVATE (self)->context = g_main_context_ref_thread_default ();
  PRIVATE (self)->compressed = TRUE;
}

void
sio_transport_construct (SioTransport               *self,
                         SioEngineSettings          *settings,
                         const SioTransportListener *listener,
                         gpointer                    user_data)
{
  SioTransportPrivate *priv = PRIVATE (self);

  priv->settings = sio_engine_settings_ref (settings);
  priv->listener = listener;
  priv->user_data = user_data;
}

void
sio_transport_set_listener (SioTransport               *self,
                            const SioTransportListener *listener,
                            gpointer                    user_data)
{
  SioTransportPrivate *priv = PRIVATE (self);

  priv->listener = listener;
  priv->user_data = user_data;
}

const char *
sio_transport_get_name (SioTransport *self)
{
  return SIO_TRANSPORT_GET_CLASS (self)->name;
}

SioEngineSettings *
sio_transport_get_settings (SioTransport *self)
{
  return PRIVATE (self)->settings;
}

GMainContext *
sio_transport_get_context (SioTransport *self)
{
  return PRIVATE (self)->context;
}

const char *
sio_transport_get_session_id (SioTransport *self)
{
  return PRIVATE (self)->session_id;
}

gsize
sio_transport_get_max_payload (SioTransport *self)
{
  return PRIVATE (self)->max_payload;
}

void
sio_transport_set_session (SioTransport *self,
                           const char   *session_id,
                           gsize         max_payload)
{
  SioTransportPrivate *priv = PRIVATE (self);

  g_free (priv->session_id);
  priv->session_id = g_strdup (session_id);
  priv->max_payload = max_payload;
}

void
sio_transport_set_compressed (SioTransport *self,
                              gboolean      compressed)
{
  PRIVATE (self)->compressed = compressed;
}

gboolean
sio_transport_get_compressed (SioTransport *self)
{
  return PRIVATE (self)->compressed;
}

static void
trace_text (SioTransport  *self,
            SioTraceFlags  flags,
            char           type,
            const char    *text,
            gsize          length)
{
  SioEngineSettings *settings = PRIVATE (self)->settings;
  g_autoptr(GString) packet = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (settings->options.trace == NULL)
    return;

  packet = g_string_sized_new (length + 2);
  if (type != '\0')
    g_string_append_c (packet, type);
  g_string_append_len (packet, text, length);
  bytes = g_string_free_to_bytes (g_steal_pointer (&packet));
  settings->options.trace (flags, sio_transport_get_name (self), bytes, settings->accept_data);
}

static void
trace_binary (SioTransport  *self,
              SioTraceFlags  flags,
              GBytes        *bytes)
{
  SioEngineSettings *settings = PRIVATE (self)->settings;

  if (settings->options.trace != NULL)
    settings->options.trace (flags | SIO_TRACE_BINARY, sio_transport_get_name (self), bytes, settings->accept_data);
}

void
sio_transport_open (SioTransport *self)
{
  SIO_TRANSPORT_GET_CLASS (self)->open (self);
}

gboolean
sio_transport_send_text (SioTransport *self,
                         const char   *text,
                         gsize         length)
{
  if (!SIO_TRANSPORT_GET_CLASS (self)->send_text (self, text, length))
    return FALSE;

  trace_text (self, SIO_TRACE_OUTGOING, '\0', text, length);

  return TRUE;
}

gboolean
sio_transport_send_binary (SioTransport *self,
                           GBytes       *bytes)
{
  if (!SIO_TRANSPORT_GET_CLASS (self)->send_binary (self, bytes))
    return FALSE;

  trace_binary (self, SIO_TRACE_OUTGOING, bytes);

  return TRUE;
}

void
sio_transport_flush (SioTransport *self)
{
  SIO_TRANSPORT_GET_CLASS (self)->flush (self);
}

gboolean
sio_transport_is_writable (SioTransport *self)
{
  return SIO_TRANSPORT_GET_CLASS (self)->is_writable (self);
}

guint64
sio_transport_get_written (SioTransport *self)
{
  return SIO_TRANSPORT_GET_CLASS (self)->get_written (self);
}

gsize
sio_transport_get_queued (SioTransport *self)
{
  return SIO_TRANSPORT_GET_CLASS (self)->get_queued (self);
}

guint64
sio_transport_get_taken (SioTransport *self)
{
  return SIO_TRANSPORT_GET_CLASS (self)->get_taken (self);
}

void
sio_transport_pause (SioTransport *self)
{
  SIO_TRANSPORT_GET_CLASS (self)->pause (self);
}

void
sio_transport_resume (SioTransport *self)
{
  SIO_TRANSPORT_GET_CLASS (self)->resume (self);
}

void
sio_transport_close (SioTransport *self)
{
  SIO_TRANSPORT_GET_CLASS (self)->close (self);
}

void
sio_transport_abandon (SioTransport *self)
{
  PRIVATE (self)->listener = NULL;
  SIO_TRANSPORT_GET_CLASS (self)->abort (self);
}

gboolean
sio_transport_is_live (SioTransport *self)
{
  return PRIVATE (self)->listener != NULL;
}

gboolean
sio_transport_emit_ready (SioTransport *self)
{
  SioTransportPrivate *priv = PRIVATE (self);

  if (priv->listener != NULL)
    priv->listener->ready (self, priv->user_data);

  return priv->listener != NULL;
}

gboolean
sio_transport_emit_packet (SioTransport *self,
                           char          type,
                           const char   *text,
                           gsize         length)
{
  SioTransportPrivate *priv = PRIVATE (self);

  if (priv->listener != NULL)
    trace_text (self, SIO_TRACE_INCOMING, type, text, length);
  if (priv->listener != NULL)
    priv->listener->packet (self, type, text, length, priv->user_data);

  return priv->listener != NULL;
}

gboolean
sio_transport_emit_binary (SioTransport *self,
                           GBytes       *bytes)
{
  SioTransportPrivate *priv = PRIVATE (self);

  if (priv->listener != NULL)
    trace_binary (self, SIO_TRACE_INCOMING, bytes);
  if (priv->listener != NULL)
    priv->listener->binary (self, bytes, priv->user_data);

  return priv->listener != NULL;
}

gboolean
sio_transport_emit_drained (SioTransport *self)
{
  SioTransportPrivate *priv = PRIVATE (self);

  if (priv->listener != NULL)
    priv->listener->drained (self, priv->user_data);

  return priv->listener != NULL;
}

gboolean
sio_transport_emit_paused (SioTransport *self)
{
  SioTransportPrivate *priv = PRIVATE (self);

  if (priv->listener != NULL)
    priv->listener->paused (self, priv->user_data);

  return priv->listener != NULL;
}

void
sio_transport_emit_closed (SioTransport        *self,
                           SioDisconnectReason  reason,
                           const GError        *error)
{
  SioTransportPrivate *priv = PRIVATE (self);
  const SioTransportListener *listener = g_steal_pointer (&priv->listener);

  if (listener != NULL)
    listener->closed (self, reason, error, priv->user_data);
}

void
sio_transport_later (SioTransport *self,
                     int           priority,
                     GSourceFunc   callback)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_static_name (source, "SioTransport");
  g_source_set_callback (source, callback, g_object_ref (self), g_object_unref);
  g_source_attach (source, PRIVATE (self)->context);
}
