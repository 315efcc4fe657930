/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* An Engine.IO session: its states, its write buffer and how it ends. Each way to the end leads through
 * sio_engine_finish(), which is where closed() is told, once. */

#include "sio-engine-private.h"

#include <string.h>

#include "sio-engine-settings-private.h"
#include "sio-error.h"
#include "sio-handshake-private.h"
#include "sio-heartbeat-private.h"
#include "sio-polling-transport-private.h"
#include "sio-transport-error-private.h"
#include "sio-upgrade-private.h"
#include "sio-websocket-transport-private.h"
#include "sio-write-buffer-private.h"

/* How long a good-bye may take once the server takes nothing any more. */
#define CLOSE_TIMEOUT_SECONDS 3

typedef enum
{
  ENGINE_NEW,
  ENGINE_OPENING,
  ENGINE_OPEN,
  ENGINE_CLOSING,
  ENGINE_CLOSED,
} EngineState;

struct _SioEngine
{
  GObject              parent_instance;

  SioEngineSettings   *settings;
  SioEngineListener    listener;
  gpointer             user_data;
  GMainContext        *context;

  EngineState          state;
  guint                transport_index; /* of those in the options, the one that is in use or was begun with */
  SioTransport        *transport;
  SioUpgrade          *upgrade;
  gboolean             upgrading; /* probed: polling comes to its end, and nothing is written */
  SioHandshake         handshake;
  SioHeartbeat         heartbeat;
  SioWriteBuffer       buffer;
  gboolean             compressed; /* what is sent now may be */
  guint64              pong_packet; /* the last pong is still with us until so many packets have left the buffer, */
  guint64              pong_byte;   /* and so many bytes the transport */

  gboolean             overdue;
  gboolean             said_goodbye;
  guint64              taken;       /* how much the server had when the good-bye was looked after last */
  GSource             *end;       /* what will finish the session if nothing else does */
  SioDisconnectReason  end_reason;
  GError              *end_error;
};

G_DEFINE_FINAL_TYPE (SioEngine, sio_engine, G_TYPE_OBJECT)

static const SioTransportListener transport_listener;

/* --- the end --- */

static void
sio_engine_stop (SioEngine *self)
{
  self->state = ENGINE_CLOSED;
  sio_heartbeat_stop (&self->heartbeat);
  g_clear_pointer (&self->upgrade, sio_upgrade_free);
  if (self->transport != NULL)
    sio_transport_abandon (self->transport);
  g_clear_object (&self->transport);
  sio_write_buffer_clear (&self->buffer);
  if (self->end != NULL)
    g_source_destroy (self->end);
  g_clear_pointer (&self->end, g_source_unref);
  /* Its user data may be gone from here on. */
  self->settings->options.accept_certificate = NULL;
  self->settings->options.trace = NULL;
}

static void
sio_engine_finish (SioEngine           *self,
                   SioDisconnectReason  reason,
                   const GError        *error)
{
  SioEngineListener listener = self->listener;

  if (self->state == ENGINE_CLOSED)
    return;

  sio_engine_stop (self);
  memset (&self->listener, 0, sizeof self->listener);
  if (listener.closed != NULL)
    listener.closed (self, reason, error, self->user_data);
}

static gboolean
end_cb (gpointer user_data)
{
  g_autoptr(SioEngine) self = g_object_ref (user_data);
  g_autoptr(GError) error = g_steal_pointer (&self->end_error);

  sio_engine_finish (self, self->end_reason, error);

  return G_SOURCE_REMOVE;
}

static guint64
sio_engine_get_taken (SioEngine *self)
{
  return self->buffer.n_sent + sio_transport_get_taken (self->transport);
}

static gboolean
sio_engine_has_left_something (SioEngine *self)
{
  return !sio_write_buffer_is_empty (&self->buffer) || sio_transport_get_queued (self->transport) > 0;
}

/* A server that is slow to take what was sent before the good-bye gets all of it. */
static gboolean
goodbye_cb (gpointer user_data)
{
  SioEngine *self = user_data;
  guint64 taken = sio_engine_get_taken (self);

  if (taken != self->taken)
    {
      self->taken = taken;
      return G_SOURCE_CONTINUE;
    }

  if (self->end_error == NULL && sio_engine_has_left_something (self))
    self->end_error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TIMEOUT, "The server did not take all that was sent");

  return end_cb (self);
}

/* @seconds is 0 for the next turn of the main loop; otherwise it is looked first whether the server still takes what was sent. */
static void
sio_engine_finish_later (SioEngine           *self,
                         guint                seconds,
                         SioDisconnectReason  reason,
                         const GError        *error)
{
  if (self->end != NULL)
    g_source_destroy (self->end);
  g_clear_pointer (&self->end, g_source_unref);
  if (error != self->end_error)
    {
      g_clear_error (&self->end_error);
      self->end_error = error != NULL ? g_error_copy (error) : NULL;
    }
  self->end_reason = reason;

  if (seconds > 0)
    self->end = g_timeout_source_new_seconds (seconds);
  else
    {
      self->end = g_idle_source_new ();
      g_source_set_priority (self->end, G_PRIORITY_DEFAULT);
    }
  g_source_set_static_name (self->end, "SioEngine end");
  g_source_set_callback (self->end, seconds > 0 ? goodbye_cb : end_cb, self, NULL);
  g_source_attach (self->end, self->context);
}

/* --- writing --- */

static void
sio_engine_flush (SioEngine *self)
{
  if (self->transport == NULL || self->upgrading || self->said_goodbye)
    return;

  sio_write_buffer_flush (&self->buffer, self->transport);
  sio_transport_set_compressed (self->transport, self->compressed);
  if (self->state == ENGINE_CLOSING && sio_write_buffer_is_empty (&self->buffer))
    {
      self->said_goodbye = TRUE;
      sio_transport_close (self->transport);
    }
}

static gboolean
sio_engine_takes (SioEngine *self)
{
  return self->state == ENGINE_OPENING || (self->state == ENGINE_OPEN && sio_engine_check_alive (self));
}

/* Whether a packet may go past the write buffer. */
static gboolean
sio_engine_is_direct (SioEngine *self)
{
  return self->state == ENGINE_OPEN && !self->upgrading && sio_write_buffer_is_empty (&self->buffer);
}

static void
sio_engine_write_text (SioEngine  *self,
                       const char *text,
                       gsize       length)
{
  if (!sio_engine_is_direct (self) || !sio_transport_send_text (self->transport, text, length))
    sio_write_buffer_push_text (&self->buffer, text, length, self->compressed);
}

/* --- the upgrade --- */

static void
upgrade_probed_cb (SioUpgrade *upgrade,
                   gpointer    user_data)
{
  SioEngine *self = user_data;

  /* What the last poll brings comes before anything that comes by WebSocket. */
  self->upgrading = TRUE;
  sio_transport_pause (self->transport);
}

static void
upgrade_failed_cb (SioUpgrade   *upgrade,
                   const GError *error,
                   gpointer      user_data)
{
  SioEngine *self = user_data;
  gboolean upgrading = self->upgrading;

  g_debug ("Polling goes on without a WebSocket: %s", error->message);
  g_clear_pointer (&self->upgrade, sio_upgrade_free);
  self->upgrading = FALSE;
  if (!upgrading)
    return;

  if (self->state == ENGINE_OPEN)
    sio_transport_resume (self->transport);
  sio_engine_flush (self);
}

static const SioUpgradeListener upgrade_listener = {
  .probed = upgrade_probed_cb,
  .failed = upgrade_failed_cb,
};

static void
sio_engine_start_upgrade (SioEngine *self)
{
  SioEngineOptions *options = &self->settings->options;

  if (!options->upgrade || !self->handshake.offers_websocket || self->upgrade != NULL
      || !g_strv_contains ((const char * const *) options->transports + self->transport_index, "websocket")
      || !g_str_equal (sio_transport_get_name (self->transport), "polling"))
    return;

  self->upgrade = sio_upgrade_new (self->settings, self->handshake.session_id, &upgrade_listener, self);
}

static void
sio_engine_complete_upgrade (SioEngine *self)
{
  g_autoptr(SioTransport) polling = self->transport;

  self->transport = sio_upgrade_complete (self->upgrade);
  self->pong_byte = 0;
  g_clear_pointer (&self->upgrade, sio_upgrade_free);
  sio_transport_set_listener (self->transport, &transport_listener, self);
  sio_transport_abandon (polling);
  self->upgrading = FALSE;

  if (self->state == ENGINE_OPEN)
    self->listener.upgraded (self, sio_transport_get_name (self->transport), self->user_data);
  sio_engine_flush (self);
}

/* --- its transport --- */

static gboolean
sio_engine_open_transport (SioEngine *self)
{
  const char *name = NULL;

  if (self->settings->options.transports != NULL)
    name = self->settings->options.transports[self->transport_index];
  if (g_strcmp0 (name, "polling") == 0)
    self->transport = sio_polling_transport_new (self->settings, &transport_listener, self);
  else if (g_strcmp0 (name, "websocket") == 0)
    self->transport = sio_websocket_transport_new (self->settings, &transport_listener, self);
  else
    return FALSE;

  sio_transport_open (self->transport);

  return TRUE;
}

/* The transport could not open the session: ends it, where there is no other one to try. */
static void
sio_engine_fail_to_open (SioEngine    *self,
                         const GError *error)
{
  SioEngineOptions *options = &self->settings->options;
  g_autoptr(SioTransport) failed = NULL;

  if (!options->try_all || options->transports[self->transport_index + 1] == NULL)
    {
      sio_engine_finish (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
      return;
    }

  failed = g_steal_pointer (&self->transport);
  g_debug ("The next transport is tried after %s: %s", sio_transport_get_name (failed), error->message);
  sio_transport_abandon (failed);
  self->transport_index++;
  if (!sio_engine_open_transport (self))
    sio_engine_finish (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
}

/* --- what the transport tells --- */

static void
heartbeat_cb (gpointer user_data)
{
  g_autoptr(SioEngine) self = g_object_ref (user_data);

  sio_engine_finish (self, SIO_DISCONNECT_REASON_PING_TIMEOUT, NULL);
}

static void
sio_engine_greet (SioEngine  *self,
                  char        type,
                  const char *text,
                  gsize       length)
{
  g_autoptr(GError) error = NULL;

  if (type != '0')
    error = sio_transport_error_not_socketio (self->settings);
  else
    sio_handshake_parse (&self->handshake, text, length, &error);
  if (error != NULL)
    {
      sio_engine_fail_to_open (self, error);
      return;
    }

  self->state = ENGINE_OPEN;
  sio_transport_set_session (self->transport, self->handshake.session_id, self->handshake.max_payload);
  sio_heartbeat_start (&self->heartbeat, self->context,
                       self->handshake.ping_interval_ms + self->handshake.ping_timeout_ms, heartbeat_cb, self);

  self->listener.opened (self, self->user_data);
  if (self->state != ENGINE_OPEN)
    return;
  sio_engine_flush (self);
  sio_engine_start_upgrade (self);
}

static gboolean
sio_engine_has_pong (SioEngine *self)
{
  return self->buffer.n_sent < self->pong_packet || sio_transport_get_written (self->transport) < self->pong_byte;
}

static void
sio_engine_send_pong (SioEngine *self)
{
  sio_engine_write_text (self, "3", 1);
  self->pong_packet = self->buffer.n_sent + g_queue_get_length (&self->buffer.packets);
  self->pong_byte = sio_transport_get_written (self->transport) + sio_transport_get_queued (self->transport);
  /* The callbacks of later messages may take their time. */
  sio_transport_flush (self->transport);
}

/* A pong that has not gone out answers all pings until it does: a server that asks and takes no answer does not fill the memory. */
static void
sio_engine_answer_ping (SioEngine *self)
{
  sio_heartbeat_beat (&self->heartbeat);
  if (!sio_engine_has_pong (self))
    sio_engine_send_pong (self);
  self->listener.pinged (self, self->user_data);
}

static void
packet_cb (SioTransport *transport,
           char          type,
           const char   *text,
           gsize         length,
           gpointer      user_data)
{
  SioEngine *engine = user_data;
  g_autoptr(SioEngine) self = NULL;
  g_autoptr(GError) error = NULL;

  /* Most packets are messages. The engine may go away meanwhile, but nothing is left to do with it after one. */
  if (type == '4' && engine->state == ENGINE_OPEN)
    {
      engine->listener.text (engine, text, length, engine->user_data);
      return;
    }

  self = g_object_ref (engine);
  if (self->state == ENGINE_OPENING)
    {
      sio_engine_greet (self, type, text, length);
      return;
    }
  if (self->state != ENGINE_OPEN)
    return;

  switch (type)
    {
    case '1':
      error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "The server closed the connection");
      sio_engine_finish (self, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, error);
      break;

    case '2':
      sio_engine_answer_ping (self);
      break;

    default:
      /* Nothing is due: a second greeting, a pong we did not ask for, an upgrade that is ours to tell, or a noop. */
      break;
    }
}

static void
binary_cb (SioTransport *transport,
           GBytes       *bytes,
           gpointer      user_data)
{
  g_autoptr(SioEngine) self = g_object_ref (user_data);

  if (self->state == ENGINE_OPENING)
    sio_engine_greet (self, 'b', NULL, 0);
  else if (self->state == ENGINE_OPEN)
    self->listener.binary (self, bytes, self->user_data);
}

static void
ready_cb (SioTransport *transport,
          gpointer      user_data)
{
}

static void
drained_cb (SioTransport *transport,
            gpointer      user_data)
{
  g_autoptr(SioEngine) self = g_object_ref (user_data);

  sio_engine_flush (self);
}

static void
paused_cb (SioTransport *transport,
           gpointer      user_data)
{
  g_autoptr(SioEngine) self = g_object_ref (user_data);

  if (self->upgrading)
    sio_engine_complete_upgrade (self);
}

static void
closed_cb (SioTransport        *transport,
           SioDisconnectReason  reason,
           const GError        *error,
           gpointer             user_data)
{
  g_autoptr(SioEngine) self = g_object_ref (user_data);
  g_autoptr(GError) greeting = NULL;

  if (self->state == ENGINE_CLOSING)
    {
      g_autoptr(GError) end_error = g_steal_pointer (&self->end_error);

      sio_engine_finish (self, self->end_reason, end_error);
      return;
    }

  if (self->state == ENGINE_OPENING)
    {
      if (error == NULL || g_error_matches (error, SIO_ERROR, SIO_ERROR_PARSE))
        error = greeting = sio_transport_error_not_socketio (self->settings);
      sio_engine_fail_to_open (self, error);
      return;
    }
  sio_engine_finish (self, reason, error);
}

static const SioTransportListener transport_listener = {
  .ready = ready_cb,
  .packet = packet_cb,
  .binary = binary_cb,
  .drained = drained_cb,
  .paused = paused_cb,
  .closed = closed_cb,
};

/* --- its public life --- */

static void
sio_engine_dispose (GObject *object)
{
  sio_engine_abandon (SIO_ENGINE (object));

  G_OBJECT_CLASS (sio_engine_parent_class)->dispose (object);
}

static void
sio_engine_finalize (GObject *object)
{
  SioEngine *self = SIO_ENGINE (object);

  g_clear_pointer (&self->settings, sio_engine_settings_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->end_error);
  sio_handshake_clear (&self->handshake);

  G_OBJECT_CLASS (sio_engine_parent_class)->finalize (object);
}

static void
sio_engine_class_init (SioEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sio_engine_dispose;
  object_class->finalize = sio_engine_finalize;
}

static void
sio_engine_init (SioEngine *self)
{
  self->context = g_main_context_ref_thread_default ();
  sio_write_buffer_init (&self->buffer);
  self->compressed = TRUE;
}

SioEngine *
sio_engine_new (const SioEngineOptions  *options,
                const SioEngineListener *listener,
                gpointer                 user_data)
{
  SioEngine *self = g_object_new (SIO_TYPE_ENGINE, NULL);

  self->settings = sio_engine_settings_new (options, user_data);
  self->listener = *listener;
  self->user_data = user_data;

  return self;
}

void
sio_engine_open (SioEngine *self)
{
  char **transports = NULL;

  g_return_if_fail (SIO_IS_ENGINE (self));
  g_return_if_fail (self->state == ENGINE_NEW);

  self->state = ENGINE_OPENING;
  if (!sio_engine_open_transport (self))
    {
      g_autoptr(GError) error = NULL;

      transports = self->settings->options.transports;
      error = g_error_new (SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "There is no transport “%s”",
                           transports != NULL && transports[0] != NULL ? transports[0] : "");
      sio_engine_finish_later (self, 0, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);
    }
}

void
sio_engine_close (SioEngine           *self,
                  SioDisconnectReason  reason,
                  const GError        *error)
{
  EngineState state;

  g_return_if_fail (SIO_IS_ENGINE (self));

  state = self->state;
  if (state == ENGINE_CLOSING || state == ENGINE_CLOSED || self->overdue)
    return;

  self->state = ENGINE_CLOSING;
  sio_heartbeat_stop (&self->heartbeat);
  if (state != ENGINE_OPEN)
    {
      sio_engine_finish_later (self, 0, reason, error);
      return;
    }

  /* A probe that has not been answered is dropped; an upgrade under way comes to its end first, or the server would find the
   * session in two places. */
  if (!self->upgrading)
    g_clear_pointer (&self->upgrade, sio_upgrade_free);
  sio_engine_finish_later (self, CLOSE_TIMEOUT_SECONDS, reason, error);
  self->taken = sio_engine_get_taken (self);
  sio_engine_flush (self);
}

void
sio_engine_abandon (SioEngine *self)
{
  g_return_if_fail (SIO_IS_ENGINE (self));

  memset (&self->listener, 0, sizeof self->listener);
  if (self->state != ENGINE_CLOSED)
    sio_engine_stop (self);
}

void
sio_engine_send_text (SioEngine  *self,
                      const char *text,
                      gsize       length)
{
  g_return_if_fail (SIO_IS_ENGINE (self));
  g_return_if_fail (text != NULL && length > 0);

  if (sio_engine_takes (self))
    sio_engine_write_text (self, text, length);
}

void
sio_engine_send_binary (SioEngine *self,
                        GBytes    *bytes)
{
  g_return_if_fail (SIO_IS_ENGINE (self));
  g_return_if_fail (bytes != NULL);

  if (!sio_engine_takes (self))
    return;
  if (!sio_engine_is_direct (self) || !sio_transport_send_binary (self->transport, bytes))
    sio_write_buffer_push_binary (&self->buffer, bytes, self->compressed);
}

void
sio_engine_set_compressed (SioEngine *self,
                           gboolean   compressed)
{
  g_return_if_fail (SIO_IS_ENGINE (self));

  self->compressed = compressed;
  if (self->transport != NULL)
    sio_transport_set_compressed (self->transport, compressed);
}

gboolean
sio_engine_is_open (SioEngine *self)
{
  g_return_val_if_fail (SIO_IS_ENGINE (self), FALSE);

  return self->state == ENGINE_OPEN;
}

gboolean
sio_engine_is_writable (SioEngine *self)
{
  g_return_val_if_fail (SIO_IS_ENGINE (self), FALSE);

  return sio_engine_is_direct (self) && sio_engine_check_alive (self) && sio_transport_is_writable (self->transport);
}

gboolean
sio_engine_check_alive (SioEngine *self)
{
  g_return_val_if_fail (SIO_IS_ENGINE (self), FALSE);

  if (self->overdue)
    return FALSE;
  if (self->state != ENGINE_OPEN || !sio_heartbeat_is_overdue (&self->heartbeat))
    return TRUE;

  self->overdue = TRUE;
  sio_engine_finish_later (self, 0, SIO_DISCONNECT_REASON_PING_TIMEOUT, NULL);

  return FALSE;
}

const char *
sio_engine_get_id (SioEngine *self)
{
  g_return_val_if_fail (SIO_IS_ENGINE (self), NULL);

  return self->handshake.session_id;
}

const char *
sio_engine_get_transport (SioEngine *self)
{
  g_return_val_if_fail (SIO_IS_ENGINE (self), NULL);

  return self->transport != NULL ? sio_transport_get_name (self->transport) : NULL;
}
