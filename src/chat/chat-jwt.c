/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-jwt-private.h"
#include "chat-protocol-reader-private.h"

/* A token is a header of an HTTP request; servers take 8 to 16 KiB of these. */
#define MAX_TOKEN (64 * 1024)

void
chat_jwt_free (ChatJwt *self)
{
  g_free (self->user_id);
  g_free (self->username);
  g_free (self);
}

/* The alphabet of base64url is another than that of g_base64_decode(), which passes over what it does not know. */
static char *
decode_part (const char *part,
             gsize       length)
{
  g_autofree char *base64 = g_malloc (length + 4);
  g_autofree guchar *bytes = NULL;
  gsize n_bytes = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = part[i];

      if (!g_ascii_isalnum (c) && c != '-' && c != '_')
        return NULL;

      base64[i] = c == '-' ? '+' : c == '_' ? '/' : c;
    }

  if (length % 4 == 1)
    return NULL;

  while (length % 4 != 0)
    base64[length++] = '=';
  base64[length] = '\0';

  bytes = g_base64_decode (base64, &n_bytes);
  if (memchr (bytes, '\0', n_bytes) != NULL || !g_utf8_validate_len ((const char *) bytes, n_bytes, NULL))
    return NULL;

  return g_strndup ((const char *) bytes, n_bytes);
}

/* Claims of other issuers have other types; a claim that does not fit is as good as none. */
static char *
dup_claim (SioValue   *claims,
           const char *first,
           const char *second)
{
  const char *names[] = { first, second };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *claim = NULL;
      ChatReader reader;

      chat_reader_init (&reader, claims, "token");
      claim = chat_reader_dup_line (&reader, names[i], CHAT_READ_OPTIONAL);
      g_clear_error (&reader.error);
      if (claim != NULL && *claim != '\0')
        return g_steal_pointer (&claim);
    }

  return NULL;
}

static gboolean
read_is_admin (SioValue *claims)
{
  g_autofree char *role = dup_claim (claims, "role", "role");
  gboolean is_admin = FALSE;
  ChatReader reader;

  chat_reader_init (&reader, claims, "token");
  is_admin = chat_reader_get_boolean (&reader, "isAdmin", CHAT_READ_OPTIONAL);
  g_clear_error (&reader.error);

  return is_admin || g_strcmp0 (role, "admin") == 0;
}

/* The claim is in seconds. */
static gint64
read_expires_at (SioValue *claims)
{
  gint64 seconds = 0;
  ChatReader reader;

  chat_reader_init (&reader, claims, "token");
  seconds = chat_reader_get_time (&reader, "exp", CHAT_READ_OPTIONAL);
  g_clear_error (&reader.error);

  return seconds > 0 ? seconds * 1000 : 0;
}

/**
 * chat_jwt_read:
 * @token: any token
 *
 * Returns: (nullable) (transfer full): what the token says, or %NULL when it is no JSON Web Token
 */
ChatJwt *
chat_jwt_read (const char *token)
{
  g_autofree char *text = NULL;
  g_autoptr(SioValue) claims = NULL;
  g_autoptr(ChatJwt) self = NULL;
  const char *first = NULL;
  const char *second = NULL;

  if (token == NULL || strnlen (token, MAX_TOKEN + 1) > MAX_TOKEN)
    return NULL;

  first = strchr (token, '.');
  second = first != NULL ? strchr (first + 1, '.') : NULL;
  if (second == NULL || strchr (second + 1, '.') != NULL)
    return NULL;

  text = decode_part (first + 1, second - first - 1);
  claims = text != NULL ? sio_value_new_from_text (text, -1, NULL) : NULL;
  if (claims == NULL || sio_value_get_kind (claims) != SIO_VALUE_OBJECT)
    return NULL;

  self = g_new0 (ChatJwt, 1);
  self->user_id = dup_claim (claims, "sub", "userId");
  self->username = dup_claim (claims, "username", "name");
  self->expires_at = read_expires_at (claims);
  self->is_admin = read_is_admin (claims);

  return g_steal_pointer (&self);
}
