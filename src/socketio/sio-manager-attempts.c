/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How a manager comes to a connection: attempts, and the waits between them. */

#include <string.h>

#include "sio-error.h"
#include "sio-manager-private.h"
#include "sio-timer-private.h"

/* When the network comes back, not all clients of one server are to come back in the same moment. */
#define NETWORK_JITTER_MS 250

static void attempt_again (SioManager *self);

void
_sio_manager_set_state (SioManager *self,
                        SioState    state)
{
  if (self->state == state)
    return;

  self->state = state;
  _sio_manager_notify (self, MANAGER_PROP_STATE);
}

void
_sio_manager_set_attempt (SioManager *self,
                          guint       attempt)
{
  if (self->attempt == attempt)
    return;

  self->attempt = attempt;
  _sio_manager_notify (self, MANAGER_PROP_ATTEMPT);
}

void
_sio_manager_set_next_attempt_time (SioManager *self,
                                    gint64      time)
{
  if (self->next_attempt_time == time)
    return;

  self->next_attempt_time = time;
  _sio_manager_notify (self, MANAGER_PROP_NEXT_ATTEMPT_TIME);
}

static gboolean
on_attempt_due (gpointer user_data)
{
  SioManager *self = user_data;

  sio_timer_stop (&self->timer);
  attempt_again (self);

  return G_SOURCE_REMOVE;
}

static void
wait_for_attempt (SioManager *self,
                  guint       delay_ms)
{
  g_debug ("%s: the next attempt is made in %u ms", self->uri, delay_ms);
  /* The time is told last: who hears of it may close, or let the manager go. */
  sio_timer_start (&self->timer, self->context, delay_ms, "[sio] reconnect", on_attempt_due, self);
  _sio_manager_set_next_attempt_time (self, g_get_monotonic_time () + (gint64) delay_ms * 1000);
}

/* Waits for the next attempt, or gives up. */
gboolean
_sio_manager_schedule_attempt (SioManager *self)
{
  guint attempts = self->backoff.attempts;

  if (self->reconnection_attempts != 0 && attempts >= self->reconnection_attempts)
    {
      sio_backoff_reset (&self->backoff);
      _sio_manager_set_attempt (self, 0);
      _sio_manager_set_next_attempt_time (self, 0);
      _sio_manager_set_state (self, SIO_STATE_CLOSED);
      return FALSE;
    }

  sio_backoff_init (&self->backoff, self->reconnection_delay_ms, self->reconnection_delay_max_ms,
                    self->randomization_factor);
  self->backoff.attempts = attempts;
  wait_for_attempt (self, sio_backoff_next (&self->backoff, g_random_double ()));
  _sio_manager_set_attempt (self, self->backoff.attempts);
  _sio_manager_set_state (self, SIO_STATE_WAITING);

  return TRUE;
}

static gboolean
on_open_timeout (gpointer user_data)
{
  SioManager *self = user_data;
  g_autoptr(GError) error = NULL;

  error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TIMEOUT, "The server did not answer in time");
  _sio_manager_break_session (self, SIO_DISCONNECT_REASON_TRANSPORT_ERROR, error);

  return G_SOURCE_REMOVE;
}

static gboolean
on_accept_certificate (GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  SioManager *self = user_data;
  gboolean accepted = FALSE;

  g_signal_emit (self, _sio_manager_signals[MANAGER_SIGNAL_ACCEPT_CERTIFICATE], 0, certificate, errors, &accepted);

  return accepted;
}

static void
on_trace (SioTraceFlags  flags,
          const char    *transport,
          GBytes        *packet,
          gpointer       user_data)
{
  SioManager *self = user_data;

  g_signal_emit (self, _sio_manager_signals[MANAGER_SIGNAL_TRACE], 0, flags, transport, packet);
}

/* The engine shows its packets, which costs a copy of each, only where somebody wants to see them. */
static void
on_engine_trace (SioTraceFlags  flags,
                 const char    *transport,
                 GBytes        *packet,
                 gpointer       user_data)
{
  g_autoptr(SioManager) self = g_object_ref (user_data);

  if (self->trace == NULL)
    self->trace = sio_trace_new (self->context, on_trace, self);
  sio_trace_add (self->trace, flags, transport, packet);
}

static void
on_network_changed (gboolean available,
                    gpointer user_data)
{
  SioManager *self = user_data;
  g_autoptr(GError) error = NULL;

  switch (self->state)
    {
    case SIO_STATE_OPEN:
      if (sio_engine_check_alive (self->engine) && !available &&
          !sio_host_is_loopback (g_uri_get_host (self->address)))
        {
          error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "The network connection was lost");
          _sio_manager_break_session (self, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, error);
        }
      break;

    case SIO_STATE_WAITING:
      if (available && self->next_attempt_time > g_get_monotonic_time () + NETWORK_JITTER_MS * 1000)
        wait_for_attempt (self, (guint) g_random_int_range (0, NETWORK_JITTER_MS));
      break;

    case SIO_STATE_CLOSED:
    case SIO_STATE_OPENING:
    default:
      break;
    }
}

static void
watch_network (SioManager *self)
{
  GNetworkMonitor *monitor = self->network_monitor != NULL ? self->network_monitor : g_network_monitor_get_default ();

  if (self->network_watch == NULL)
    self->network_watch = sio_network_watch_new (monitor, self->context, on_network_changed, self);
}

static gboolean
somebody_traces (SioManager *self)
{
  return g_signal_has_handler_pending (self, _sio_manager_signals[MANAGER_SIGNAL_TRACE], 0, FALSE);
}

static char *
build_path (SioManager *self)
{
  gsize length = strlen (self->path);

  if (length > 0 && self->path[length - 1] == '/')
    length--;

  return g_strdup_printf ("%.*s%s", (int) length, self->path, self->add_trailing_slash || length == 0 ? "/" : "");
}

/* The transports in the order in which they are to be tried. */
static char **
order_transports (SioManager *self)
{
  g_autoptr(GPtrArray) ordered = g_ptr_array_new ();
  gboolean remembered = self->remember_upgrade && self->websocket_worked &&
                        g_strv_contains ((const char * const *) self->transports, "websocket");

  if (remembered)
    g_ptr_array_add (ordered, g_strdup ("websocket"));
  for (guint i = 0; self->transports[i] != NULL; i++)
    if (!remembered || !g_str_equal (self->transports[i], "websocket"))
      g_ptr_array_add (ordered, g_strdup (self->transports[i]));
  g_ptr_array_add (ordered, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&ordered), FALSE);
}

static SioEngine *
create_engine (SioManager *self)
{
  g_autofree char *path = build_path (self);
  g_auto(GStrv) transports = order_transports (self);
  const SioEngineOptions options = {
    .uri = self->address,
    .path = path,
    .query = self->query,
    .headers = self->headers,
    .polling_headers = self->polling_headers,
    .websocket_headers = self->websocket_headers,
    .transports = transports,
    .try_all = self->try_all_transports,
    .upgrade = self->upgrade,
    .force_base64 = self->force_base64,
    .timestamps = self->timestamps,
    .timestamp_parameter = self->timestamp_parameter,
    .request_timeout_ms = self->request_timeout_ms,
    .max_message_size = self->max_message_size,
    .tls_database = self->tls_database,
    .tls_certificate = self->tls_certificate,
    .tls_interaction = self->tls_interaction,
    .proxy_resolver = self->proxy_resolver,
    .cookie_jar = self->keep_cookies ? self->cookie_jar : NULL,
    .protocols = self->protocols,
    .compression = self->compression,
    .compression_threshold = self->compression_threshold,
    .accept_certificate = on_accept_certificate,
    .trace = somebody_traces (self) ? on_engine_trace : NULL,
  };
  SioEngine *engine;

  g_main_context_push_thread_default (self->context);
  engine = sio_engine_new (&options, &_sio_manager_listener, self);
  g_main_context_pop_thread_default (self->context);

  return engine;
}

static void
start_attempt (SioManager *self)
{
  g_autoptr(SioEngine) engine = NULL;

  watch_network (self);

  sio_decoder_set_limits (self->decoder, self->max_depth, self->max_attachments);
  self->engine = create_engine (self);
  if (self->timeout_ms > 0)
    sio_timer_start (&self->timer, self->context, self->timeout_ms, "[sio] open", on_open_timeout, self);

  engine = g_object_ref (self->engine);
  g_main_context_push_thread_default (self->context);
  sio_engine_open (engine);
  g_main_context_pop_thread_default (self->context);
}

static void
attempt_again (SioManager *self)
{
  g_autoptr(SioManager) keep = g_object_ref (self);

  sio_timer_stop (&self->timer);

  g_object_freeze_notify (G_OBJECT (self));
  _sio_manager_set_next_attempt_time (self, 0);
  _sio_manager_set_state (self, SIO_STATE_OPENING);
  g_object_thaw_notify (G_OBJECT (self));

  /* A handler may still change the options, or close. */
  g_signal_emit (self, _sio_manager_signals[MANAGER_SIGNAL_RECONNECT_ATTEMPT], 0, self->attempt);

  if (self->state == SIO_STATE_OPENING && self->engine == NULL)
    start_attempt (self);
}

/**
 * sio_manager_open:
 * @self: a manager
 *
 * Opens the connection and joins all active namespaces. If the connection stands or is being made, nothing happens; if the
 * next attempt is being waited for, it is made now. It need not be called before [method@Socket.open].
 */
void
sio_manager_open (SioManager *self)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  g_return_if_fail (self->thread == g_thread_self ());
  g_return_if_fail (self->address != NULL);

  if (self->state == SIO_STATE_WAITING)
    {
      attempt_again (self);
      return;
    }

  if (self->state != SIO_STATE_CLOSED)
    return;

  /* The state is told last: the engine says nothing before the main loop turns. */
  self->state = SIO_STATE_OPENING;
  start_attempt (self);
  _sio_manager_notify (self, MANAGER_PROP_STATE);
}

/**
 * sio_manager_retry_now:
 * @self: a manager
 *
 * Makes the next attempt now instead of at [property@Manager:next-attempt-time], or opens the connection after the manager
 * gave up. If the connection stands or is being made, nothing happens.
 */
void
sio_manager_retry_now (SioManager *self)
{
  sio_manager_open (self);
}
