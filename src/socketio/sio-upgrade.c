/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-upgrade-private.h"

#include <string.h>

#include "sio-error.h"
#include "sio-websocket-transport-private.h"

/* Twice what the server itself waits: its word comes first. */
#define TIMEOUT_SECONDS 20

struct _SioUpgrade
{
  SioTransport             *transport;
  const SioUpgradeListener *listener;
  gpointer                  user_data;
  GSource                  *timeout;
};

static void
sio_upgrade_stop_timeout (SioUpgrade *self)
{
  if (self->timeout != NULL)
    g_source_destroy (self->timeout);
  g_clear_pointer (&self->timeout, g_source_unref);
}

static void
sio_upgrade_fail (SioUpgrade   *self,
                  const GError *error)
{
  g_autoptr(SioTransport) transport = g_steal_pointer (&self->transport);

  sio_upgrade_stop_timeout (self);
  sio_transport_abandon (transport);
  self->listener->failed (self, error, self->user_data);
}

static void
sio_upgrade_fail_probe (SioUpgrade *self)
{
  g_autoptr(GError) error = g_error_new_literal (SIO_ERROR, SIO_ERROR_TRANSPORT, "The server did not answer the probe");

  sio_upgrade_fail (self, error);
}

static gboolean
timeout_cb (gpointer user_data)
{
  sio_upgrade_fail_probe (user_data);

  return G_SOURCE_REMOVE;
}

static void
ready_cb (SioTransport *transport,
          gpointer      user_data)
{
  sio_transport_send_text (transport, "2probe", strlen ("2probe"));
}

static void
packet_cb (SioTransport *transport,
           char          type,
           const char   *text,
           gsize         length,
           gpointer      user_data)
{
  SioUpgrade *self = user_data;

  /* Once probed, the server has nothing to say here before it has read our "5". */
  if (type != '3' || length != strlen ("probe") || memcmp (text, "probe", length) != 0 || self->timeout == NULL)
    {
      sio_upgrade_fail_probe (self);
      return;
    }

  sio_upgrade_stop_timeout (self);
  self->listener->probed (self, self->user_data);
}

static void
binary_cb (SioTransport *transport,
           GBytes       *bytes,
           gpointer      user_data)
{
  sio_upgrade_fail_probe (user_data);
}

static void
nothing_cb (SioTransport *transport,
            gpointer      user_data)
{
}

static void
closed_cb (SioTransport        *transport,
           SioDisconnectReason  reason,
           const GError        *error,
           gpointer             user_data)
{
  sio_upgrade_fail (user_data, error);
}

static const SioTransportListener transport_listener = {
  .ready = ready_cb,
  .packet = packet_cb,
  .binary = binary_cb,
  .drained = nothing_cb,
  .paused = nothing_cb,
  .closed = closed_cb,
};

SioUpgrade *
sio_upgrade_new (SioEngineSettings        *settings,
                 const char               *session_id,
                 const SioUpgradeListener *listener,
                 gpointer                  user_data)
{
  SioUpgrade *self = g_new0 (SioUpgrade, 1);

  self->listener = listener;
  self->user_data = user_data;
  self->transport = sio_websocket_transport_new (settings, &transport_listener, self);
  sio_transport_set_session (self->transport, session_id, 0);

  self->timeout = g_timeout_source_new_seconds (TIMEOUT_SECONDS);
  g_source_set_static_name (self->timeout, "SioUpgrade timeout");
  g_source_set_callback (self->timeout, timeout_cb, self, NULL);
  g_source_attach (self->timeout, sio_transport_get_context (self->transport));

  sio_transport_open (self->transport);

  return self;
}

void
sio_upgrade_free (SioUpgrade *self)
{
  sio_upgrade_stop_timeout (self);
  if (self->transport != NULL)
    sio_transport_abandon (self->transport);
  g_clear_object (&self->transport);
  g_free (self);
}

SioTransport *
sio_upgrade_complete (SioUpgrade *self)
{
  sio_transport_send_text (self->transport, "5", 1);

  return g_steal_pointer (&self->transport);
}
