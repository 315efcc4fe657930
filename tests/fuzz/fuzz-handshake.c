/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a server says first. */

#include "fuzz.h"
#include "sio-error.h"
#include "sio-handshake-private.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  SioHandshake handshake = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) version_error = NULL;

  if (sio_handshake_parse (&handshake, (const char *) data, length, &error))
    {
      g_assert_no_error (error);
      g_assert_nonnull (handshake.session_id);
      g_assert_cmpint (handshake.ping_interval_ms + handshake.ping_timeout_ms, >, 0);
    }
  else
    {
      g_assert_error (error, SIO_ERROR, SIO_ERROR_NOT_SOCKETIO);
      g_assert_null (handshake.session_id);
    }
  sio_handshake_clear (&handshake);

  if (!sio_handshake_check_version (data, length, &version_error))
    g_assert_error (version_error, SIO_ERROR, SIO_ERROR_UNSUPPORTED_VERSION);

  return 0;
}
