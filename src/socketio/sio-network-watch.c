/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "sio-network-watch-private.h"

struct _SioNetworkWatch
{
  gatomicrefcount  ref_count;

  GMainContext    *context;
  GNetworkMonitor *monitor;
  gulong           handler;
  gboolean         available;

  SioNetworkFunc   function; /* NULL once freed; only touched in the context */
  gpointer         user_data;
};

static void
sio_network_watch_unref (gpointer data)
{
  SioNetworkWatch *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_main_context_unref (self->context);
  g_free (self);
}

static SioNetworkWatch *
sio_network_watch_ref (SioNetworkWatch *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static gboolean
deliver (gpointer user_data)
{
  SioNetworkWatch *self = user_data;
  gboolean available;

  if (self->function == NULL)
    return G_SOURCE_REMOVE;

  available = g_network_monitor_get_network_available (self->monitor);

  /* Any change of a route is a “change” to the monitor. Where there never was a way out, as on a machine that knows only
   * itself, that it is still missing says nothing. */
  if (available || self->available)
    {
      self->available = available;
      self->function (available, self->user_data);
    }

  return G_SOURCE_REMOVE;
}

static void
on_network_changed (GNetworkMonitor *monitor,
                    gboolean         available,
                    gpointer         user_data)
{
  SioNetworkWatch *self = user_data;
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[sio] network changed");
  g_source_set_callback (source, deliver, sio_network_watch_ref (self), sio_network_watch_unref);
  g_source_attach (source, self->context);
}

static void
unref_closure_data (gpointer  data,
                    GClosure *closure)
{
  sio_network_watch_unref (data);
}

SioNetworkWatch *
sio_network_watch_new (GNetworkMonitor *monitor,
                       GMainContext    *context,
                       SioNetworkFunc   function,
                       gpointer         user_data)
{
  SioNetworkWatch *self = g_new0 (SioNetworkWatch, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->context = g_main_context_ref (context);
  self->monitor = g_object_ref (monitor);
  self->available = g_network_monitor_get_network_available (monitor);
  self->function = function;
  self->user_data = user_data;
  self->handler = g_signal_connect_data (monitor, "network-changed", G_CALLBACK (on_network_changed),
                                         sio_network_watch_ref (self), unref_closure_data, 0);

  return self;
}

/* To be called in the context. */
void
sio_network_watch_free (SioNetworkWatch *self)
{
  self->function = NULL;
  g_clear_signal_handler (&self->handler, self->monitor);
  g_clear_object (&self->monitor);
  sio_network_watch_unref (self);
}

/* A name is not looked up: what matters is whether the host is this machine by its own words. */
gboolean
sio_host_is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0 ||
         (strlen (host) > strlen (".localhost") &&
          g_ascii_strcasecmp (host + strlen (host) - strlen (".localhost"), ".localhost") == 0);
}
