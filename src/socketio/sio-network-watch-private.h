/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

/* Tells in one main context when the network came or went. A GNetworkMonitor tells it in whichever context first asked for it. */

G_BEGIN_DECLS

typedef struct _SioNetworkWatch SioNetworkWatch;

typedef void (*SioNetworkFunc) (gboolean available,
                                gpointer user_data);

SioNetworkWatch *sio_network_watch_new  (GNetworkMonitor *monitor,
                                         GMainContext    *context,
                                         SioNetworkFunc   function,
                                         gpointer         user_data);
void             sio_network_watch_free (SioNetworkWatch *self);

gboolean         sio_host_is_loopback   (const char      *host);

G_END_DECLS
