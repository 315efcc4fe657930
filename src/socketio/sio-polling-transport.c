/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* HTTP long-polling: one GET is pending nearly always, and one POST at most carries what is to be sent. A second of either
 * makes the server end the session. */

#include "sio-polling-transport-private.h"

#include "sio-error.h"
#include "sio-handshake-private.h"
#include "sio-payload-private.h"
#include "sio-polling-request-private.h"
#include "sio-turn-private.h"

struct _SioPollingTransport
{
  SioTransport  parent_instance;

  SoupSession  *session;
  GCancellable *cancellable;

  /* What came, while it is delivered. */
  GByteArray   *body;
  const char   *cursor;

  SioPayload    payload;
  gboolean      has_payload;
  gboolean      post_planned;
  gboolean      refused_packet;

  gsize         in_flight; /* of the POST: bytes that the connection has not taken */
  guint64       written;

  gboolean      getting;
  gboolean      posting;
  gboolean      pausing;
  gboolean      closing;
  gboolean      said_goodbye;
};

G_DEFINE_FINAL_TYPE (SioPollingTransport, sio_polling_transport, SIO_TYPE_TRANSPORT)

static void sio_polling_transport_get     (SioPollingTransport *self);
static void sio_polling_transport_deliver (SioPollingTransport *self);
static void sio_polling_transport_post    (SioPollingTransport *self);

static void
sio_polling_transport_stop (SioPollingTransport *self)
{
  g_cancellable_cancel (self->cancellable);
  self->cursor = NULL;
}

static void
sio_polling_transport_fail (SioPollingTransport *self,
                            SioDisconnectReason  reason,
                            const GError        *error)
{
  sio_polling_transport_stop (self);
  sio_transport_emit_closed (SIO_TRANSPORT (self), reason, error);
}

static gboolean
sio_polling_transport_is_over (SioPollingTransport *self)
{
  return !sio_transport_is_live (SIO_TRANSPORT (self)) || g_cancellable_is_cancelled (self->cancellable);
}

static void
sio_polling_transport_maybe_paused (SioPollingTransport *self)
{
  if (!self->pausing || self->getting || self->body != NULL || self->posting || self->post_planned)
    return;

  self->pausing = FALSE;
  sio_transport_emit_paused (SIO_TRANSPORT (self));
}

/* --- what comes --- */

static void
sio_polling_transport_end_delivery (SioPollingTransport *self)
{
  g_clear_pointer (&self->body, g_byte_array_unref);
  self->cursor = NULL;
  if (sio_polling_transport_is_over (self))
    return;

  if (self->pausing)
    sio_polling_transport_maybe_paused (self);
  else if (!self->closing)
    sio_polling_transport_get (self);
}

static gboolean
sio_polling_transport_deliver_packet (SioPollingTransport *self,
                                      SioPayloadPacket    *packet)
{
  SioTransport *transport = SIO_TRANSPORT (self);
  gsize max = sio_transport_get_settings (transport)->options.max_message_size;
  g_autoptr(GBytes) bytes = packet->bytes;

  if ((bytes != NULL ? g_bytes_get_size (bytes) : packet->length) > max)
    {
      g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TOO_LARGE,
                                                     "The server sent a message that is too large");

      sio_polling_transport_fail (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
      return FALSE;
    }

  if (bytes != NULL)
    return sio_transport_emit_binary (transport, bytes);

  if (packet->type == '1')
    {
      g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "The server closed the connection");

      sio_polling_transport_fail (self, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, error);
      return FALSE;
    }

  return sio_transport_emit_packet (transport, packet->type, packet->text, packet->length);
}

static gboolean
deliver_cb (gpointer user_data)
{
  sio_polling_transport_deliver (user_data);

  return G_SOURCE_REMOVE;
}

/* A body may hold thousands of packets: the main loop has its turn in between, as it has with a WebSocket. */
static void
sio_polling_transport_deliver (SioPollingTransport *self)
{
  const char *end = (const char *) self->body->data + self->body->len;
  const char *start = self->cursor;
  gint64 start_time = g_get_monotonic_time ();

  while (self->cursor != NULL && !self->closing && !sio_polling_transport_is_over (self))
    {
      SioPayloadPacket packet;
      g_autoptr(GError) error = NULL;

      if (self->cursor > start && (self->cursor - start > SIO_TURN_BYTES
                                   || g_get_monotonic_time () - start_time > SIO_TURN_USEC))
        {
          sio_transport_later (SIO_TRANSPORT (self), SIO_PRIORITY_TURN, deliver_cb);
          return;
        }

      if (!sio_payload_next (&self->cursor, end, &packet, &error))
        {
          sio_polling_transport_fail (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
          break;
        }
      if (!sio_polling_transport_deliver_packet (self, &packet))
        break;
    }

  sio_polling_transport_end_delivery (self);
}

static void
get_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(SioPollingTransport) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GByteArray) body = sio_polling_request_finish (result, &error);

  self->getting = FALSE;
  if (sio_polling_transport_is_over (self))
    return;
  /* The server answers the pending GET when we say good-bye. */
  if (self->closing)
    return;
  if (body != NULL && !g_utf8_validate_len ((const char *) body->data, body->len, NULL))
    g_set_error_literal (&error, SIO_ERROR, SIO_ERROR_PARSE, "The server sent text that is not UTF-8");
  else if (body != NULL && sio_transport_get_session_id (SIO_TRANSPORT (self)) == NULL)
    sio_handshake_check_version (body->data, body->len, &error);
  if (error != NULL)
    {
      sio_polling_transport_fail (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
      return;
    }

  self->body = g_steal_pointer (&body);
  self->cursor = (const char *) self->body->data;
  sio_polling_transport_deliver (self);
}

static void
sio_polling_transport_get (SioPollingTransport *self)
{
  SioTransport *transport = SIO_TRANSPORT (self);

  self->getting = TRUE;
  sio_polling_request_async (self->session, sio_transport_get_settings (transport),
                             sio_transport_get_session_id (transport), NULL, NULL, self->cancellable, get_cb,
                             g_object_ref (self));
}

/* --- what goes --- */

static void
sio_polling_transport_say_goodbye (SioPollingTransport *self)
{
  if (!self->closing || self->said_goodbye || self->posting || self->post_planned)
    return;

  self->said_goodbye = TRUE;
  if (!self->has_payload)
    sio_payload_init (&self->payload, 0);
  self->has_payload = TRUE;
  sio_payload_add_text (&self->payload, "1", 1);
  sio_polling_transport_post (self);
}

static void
wrote_cb (gsize    size,
          gpointer user_data)
{
  SioPollingTransport *self = user_data;

  size = MIN (size, self->in_flight);
  self->in_flight -= size;
  self->written += size;
}

static void
post_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(SioPollingTransport) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GByteArray) body = sio_polling_request_finish (result, &error);

  self->posting = FALSE;
  wrote_cb (self->in_flight, self);
  if (sio_polling_transport_is_over (self))
    return;

  if (self->said_goodbye)
    sio_polling_transport_fail (self, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);
  else if (body == NULL)
    sio_polling_transport_fail (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
  else if (self->closing)
    sio_polling_transport_say_goodbye (self);
  else
    {
      gboolean refused = self->refused_packet;

      self->refused_packet = FALSE;
      if (refused && !sio_transport_emit_drained (SIO_TRANSPORT (self)))
        return;
      sio_polling_transport_maybe_paused (self);
    }
}

static void
sio_polling_transport_post (SioPollingTransport *self)
{
  SioTransport *transport = SIO_TRANSPORT (self);
  g_autoptr(GBytes) body = sio_payload_steal_bytes (&self->payload);

  self->posting = TRUE;
  self->in_flight = g_bytes_get_size (body);
  sio_polling_request_async (self->session, sio_transport_get_settings (transport),
                             sio_transport_get_session_id (transport), body, wrote_cb, self->cancellable, post_cb,
                             g_object_ref (self));
}

static gboolean
post_planned_cb (gpointer user_data)
{
  SioPollingTransport *self = user_data;

  self->post_planned = FALSE;
  if (!sio_polling_transport_is_over (self))
    sio_polling_transport_post (self);

  return G_SOURCE_REMOVE;
}

/* What is sent in one turn of the main loop goes in one request, as far as the server takes it. */
static gboolean
sio_polling_transport_may_add (SioPollingTransport *self)
{
  if (self->posting || self->closing || sio_polling_transport_is_over (self))
    {
      self->refused_packet = TRUE;
      return FALSE;
    }

  if (!self->has_payload)
    sio_payload_init (&self->payload, sio_transport_get_max_payload (SIO_TRANSPORT (self)));
  self->has_payload = TRUE;

  return TRUE;
}

static gboolean
sio_polling_transport_added (SioPollingTransport *self,
                             gboolean             added)
{
  if (!added)
    self->refused_packet = TRUE;
  if (!self->post_planned)
    sio_transport_later (SIO_TRANSPORT (self), G_PRIORITY_DEFAULT, post_planned_cb);
  self->post_planned = TRUE;

  return added;
}

static gboolean
sio_polling_transport_send_text (SioTransport *transport,
                                 const char   *text,
                                 gsize         length)
{
  SioPollingTransport *self = SIO_POLLING_TRANSPORT (transport);

  return sio_polling_transport_may_add (self)
         && sio_polling_transport_added (self, sio_payload_add_text (&self->payload, text, length));
}

static gboolean
sio_polling_transport_send_binary (SioTransport *transport,
                                   GBytes       *bytes)
{
  SioPollingTransport *self = SIO_POLLING_TRANSPORT (transport);

  return sio_polling_transport_may_add (self)
         && sio_polling_transport_added (self, sio_payload_add_binary (&self->payload, bytes));
}

static void
sio_polling_transport_flush (SioTransport *transport)
{
}

static gboolean
sio_polling_transport_is_writable (SioTransport *transport)
{
  SioPollingTransport *self = SIO_POLLING_TRANSPORT (transport);

  return !self->posting && !self->closing && !self->pausing && !sio_polling_transport_is_over (self);
}

static guint64
sio_polling_transport_get_written (SioTransport *transport)
{
  return SIO_POLLING_TRANSPORT (transport)->written;
}

static gsize
sio_polling_transport_get_queued (SioTransport *transport)
{
  SioPollingTransport *self = SIO_POLLING_TRANSPORT (transport);

  return self->in_flight + (self->has_payload ? self->payload.body->len : 0);
}

/* --- its life --- */

static gboolean
ready_cb (gpointer user_data)
{
  SioPollingTransport *self = user_data;

  if (!sio_polling_transport_is_over (self) && sio_transport_emit_ready (SIO_TRANSPORT (self)))
    sio_polling_transport_get (self);

  return G_SOURCE_REMOVE;
}

static void
sio_polling_transport_open (SioTransport *transport)
{
  SioPollingTransport *self = SIO_POLLING_TRANSPORT (transport);

  self->session = sio_polling_session_new (sio_transport_get_settings (transport));
  sio_transport_later (transport, G_PRIORITY_DEFAULT, ready_cb);
}

static gboolean
pause_cb (gpointer user_data)
{
  sio_polling_transport_maybe_paused (user_data);

  return G_SOURCE_REMOVE;
}

static void
sio_polling_transport_pause (SioTransport *transport)
{
  SIO_POLLING_TRANSPORT (transport)->pausing = TRUE;
  sio_transport_later (transport, G_PRIORITY_DEFAULT, pause_cb);
}

static void
sio_polling_transport_resume (SioTransport *transport)
{
  SioPollingTransport *self = SIO_POLLING_TRANSPORT (transport);

  self->pausing = FALSE;
  if (!self->getting && self->body == NULL && !self->closing && !sio_polling_transport_is_over (self))
    sio_polling_transport_get (self);
}

static gboolean
close_cb (gpointer user_data)
{
  SioPollingTransport *self = user_data;

  if (sio_polling_transport_is_over (self))
    return G_SOURCE_REMOVE;

  if (sio_transport_get_session_id (user_data) != NULL)
    sio_polling_transport_say_goodbye (self);
  else
    sio_polling_transport_fail (self, SIO_DISCONNECT_REASON_FORCED_CLOSE, NULL);

  return G_SOURCE_REMOVE;
}

static void
sio_polling_transport_close (SioTransport *transport)
{
  SIO_POLLING_TRANSPORT (transport)->closing = TRUE;
  sio_transport_later (transport, G_PRIORITY_DEFAULT, close_cb);
}

static void
sio_polling_transport_abort (SioTransport *transport)
{
  sio_polling_transport_stop (SIO_POLLING_TRANSPORT (transport));
}

static void
sio_polling_transport_finalize (GObject *object)
{
  SioPollingTransport *self = SIO_POLLING_TRANSPORT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->body, g_byte_array_unref);
  if (self->has_payload)
    sio_payload_clear (&self->payload);

  G_OBJECT_CLASS (sio_polling_transport_parent_class)->finalize (object);
}

static void
sio_polling_transport_class_init (SioPollingTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SioTransportClass *transport_class = SIO_TRANSPORT_CLASS (klass);

  object_class->finalize = sio_polling_transport_finalize;

  transport_class->name = "polling";
  transport_class->open = sio_polling_transport_open;
  transport_class->send_text = sio_polling_transport_send_text;
  transport_class->send_binary = sio_polling_transport_send_binary;
  transport_class->flush = sio_polling_transport_flush;
  transport_class->is_writable = sio_polling_transport_is_writable;
  transport_class->get_written = sio_polling_transport_get_written;
  transport_class->get_queued = sio_polling_transport_get_queued;
  transport_class->get_taken = sio_polling_transport_get_written;
  transport_class->pause = sio_polling_transport_pause;
  transport_class->resume = sio_polling_transport_resume;
  transport_class->close = sio_polling_transport_close;
  transport_class->abort = sio_polling_transport_abort;
}

static void
sio_polling_transport_init (SioPollingTransport *self)
{
  self->cancellable = g_cancellable_new ();
}

SioTransport *
sio_polling_transport_new (SioEngineSettings          *settings,
                           const SioTransportListener *listener,
                           gpointer                    user_data)
{
  SioTransport *self = g_object_new (SIO_TYPE_POLLING_TRANSPORT, NULL);

  sio_transport_construct (self, settings, listener, user_data);

  return self;
}
