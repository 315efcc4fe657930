/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-handshake-private.h"

#include <string.h>

#include "sio-error.h"
#include "sio-value.h"

/* A session id is part of each request's address. */
#define MAX_SESSION_ID_LENGTH 512

/* Four weeks: what is longer is a mistake, and would not fit a timer. */
#define MAX_PING_MS G_GINT64_CONSTANT (2419200000)

static gboolean
find_number (SioValue   *object,
             const char *name,
             gint64      min,
             gint64      max,
             gint64     *number)
{
  SioValue *member = sio_value_lookup (object, name);
  double value;

  if (member == NULL || !sio_value_is_number (member))
    return FALSE;

  value = sio_value_get_double (member);
  if (!(value >= (double) min && value <= (double) max))
    return FALSE;

  *number = (gint64) value;

  return TRUE;
}

static char *
find_session_id (SioValue *object)
{
  SioValue *member = sio_value_lookup (object, "sid");
  const char *id;

  if (member == NULL || sio_value_get_kind (member) != SIO_VALUE_STRING)
    return NULL;

  id = sio_value_get_string (member);

  return *id != '\0' && strlen (id) <= MAX_SESSION_ID_LENGTH ? g_strdup (id) : NULL;
}

static gboolean
read_upgrades (SioHandshake *self,
               SioValue     *object)
{
  SioValue *upgrades = sio_value_lookup (object, "upgrades");

  if (upgrades == NULL || sio_value_get_kind (upgrades) != SIO_VALUE_ARRAY)
    return FALSE;

  for (guint i = 0; i < sio_value_get_length (upgrades); i++)
    {
      SioValue *upgrade = sio_value_get_element (upgrades, i);

      if (sio_value_get_kind (upgrade) != SIO_VALUE_STRING)
        return FALSE;
      if (g_str_equal (sio_value_get_string (upgrade), "websocket"))
        self->offers_websocket = TRUE;
    }

  return TRUE;
}

static gboolean
sio_handshake_read (SioHandshake *self,
                    SioValue     *object)
{
  gint64 max_payload = 0;

  if (sio_value_get_kind (object) != SIO_VALUE_OBJECT)
    return FALSE;

  /* Servers that are older than this member do not send it. */
  if (sio_value_lookup (object, "maxPayload") != NULL
      && !find_number (object, "maxPayload", 0, G_MAXINT32, &max_payload))
    return FALSE;
  self->max_payload = max_payload;

  if (!find_number (object, "pingInterval", 1, MAX_PING_MS, &self->ping_interval_ms)
      || !find_number (object, "pingTimeout", 0, MAX_PING_MS, &self->ping_timeout_ms)
      || !read_upgrades (self, object))
    return FALSE;

  self->session_id = find_session_id (object);

  return self->session_id != NULL;
}

gboolean
sio_handshake_parse (SioHandshake  *self,
                     const char    *text,
                     gsize          length,
                     GError       **error)
{
  g_autoptr(SioValue) object = sio_value_new_from_text (text, length, NULL);

  *self = (SioHandshake) { 0 };
  if (object != NULL && sio_handshake_read (self, object))
    return TRUE;

  sio_handshake_clear (self);
  g_set_error_literal (error, SIO_ERROR, SIO_ERROR_NOT_SOCKETIO,
                       "What answered does not greet as a Socket.IO server does");

  return FALSE;
}

void
sio_handshake_clear (SioHandshake *self)
{
  g_free (self->session_id);
  *self = (SioHandshake) { 0 };
}

gboolean
sio_handshake_check_version (const guint8  *body,
                             gsize          length,
                             GError       **error)
{
  gsize digits = 0;

  while (digits < length && g_ascii_isdigit (body[digits]))
    digits++;
  if (digits == 0 || length < digits + 3 || memcmp (body + digits, ":0{", 3) != 0)
    return TRUE;

  g_set_error_literal (error, SIO_ERROR, SIO_ERROR_UNSUPPORTED_VERSION,
                       "The server speaks an older version of Socket.IO: it has to be 3 or newer");

  return FALSE;
}
