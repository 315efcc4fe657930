/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* What the server says first: {"sid":…,"upgrades":[…],"pingInterval":…,"pingTimeout":…,"maxPayload":…}. */

G_BEGIN_DECLS

typedef struct
{
  char     *session_id;
  gboolean  offers_websocket;
  gint64    ping_interval_ms;
  gint64    ping_timeout_ms;
  gsize     max_payload;     /* bytes; 0 where the server sets no limit */
} SioHandshake;

/* FALSE with SIO_ERROR_NOT_SOCKETIO for anything that an Engine.IO 4 server would not say; then @self is empty. */
gboolean sio_handshake_parse         (SioHandshake  *self,
                                      const char    *text,
                                      gsize          length,
                                      GError       **error);
void     sio_handshake_clear         (SioHandshake  *self);

/* FALSE with SIO_ERROR_UNSUPPORTED_VERSION when a first body is that of Engine.IO 3, whose packets have their length before them. */
gboolean sio_handshake_check_version (const guint8  *body,
                                      gsize          length,
                                      GError       **error);

G_END_DECLS
