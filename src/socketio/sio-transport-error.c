/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-transport-error-private.h"

#include "sio-error.h"
#include "sio-value.h"

/* Of what a server says in an error no more than this is shown. */
#define MAX_SHOWN 300

char *
sio_certificate_errors_to_words (GTlsCertificateFlags errors)
{
  static const struct
  {
    GTlsCertificateFlags flag;
    const char          *words;
  } causes[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, "it is not signed by an authority this computer trusts" },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, "it was made for another address" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "it is not valid yet" },
    { G_TLS_CERTIFICATE_EXPIRED, "it has expired" },
    { G_TLS_CERTIFICATE_REVOKED, "it was revoked" },
    { G_TLS_CERTIFICATE_INSECURE, "it uses methods that are no longer safe" },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, "it could not be checked" },
  };
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (errors & causes[i].flag)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", causes[i].words);
  if (words->len == 0)
    g_string_append (words, "it could not be checked");

  return g_string_free (words, FALSE);
}

static GError *
error_from_tls (const char           *host,
                const GError         *error,
                GTlsCertificateFlags  certificate_errors)
{
  if (certificate_errors != 0)
    {
      g_autofree char *words = sio_certificate_errors_to_words (certificate_errors);

      return g_error_new (SIO_ERROR, SIO_ERROR_TLS, "The certificate of %s was not accepted: %s", host, words);
    }
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS))
    return g_error_new (SIO_ERROR, SIO_ERROR_TLS, "%s does not answer with a secure connection", host);

  return g_error_new (SIO_ERROR, SIO_ERROR_TLS, "No secure connection to %s: %s", host, error->message);
}

GError *
sio_transport_error_from_io (SioEngineSettings    *settings,
                             const GError         *error,
                             GTlsCertificateFlags  certificate_errors)
{
  g_autofree char *host = sio_engine_settings_get_host (settings);

  if (error->domain == SIO_ERROR)
    return g_error_copy (error);
  if (error->domain == G_TLS_ERROR)
    return error_from_tls (host, error, certificate_errors);
  if (error->domain == G_RESOLVER_ERROR)
    return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "The address %s was not found", host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "Nothing answers at %s", host);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "%s broke the connection", host);

  return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "No connection to %s: %s", host, error->message);
}

/* Engine.IO says {"code":1,"message":"Session ID unknown"}, and the bare message where it refuses a WebSocket. */
static char *
find_message (const char *body,
              gsize       length,
              gint64     *code)
{
  g_autoptr(SioValue) answer = NULL;
  SioValue *member;

  *code = -1;
  if (body == NULL || length == 0)
    return NULL;

  answer = sio_value_new_from_text (body, length, NULL);
  if (answer == NULL || sio_value_get_kind (answer) != SIO_VALUE_OBJECT)
    return NULL;

  member = sio_value_lookup (answer, "code");
  if (member != NULL && sio_value_get_kind (member) == SIO_VALUE_INTEGER)
    *code = sio_value_get_integer (member);
  member = sio_value_lookup (answer, "message");
  if (member == NULL || sio_value_get_kind (member) != SIO_VALUE_STRING)
    return NULL;

  return g_utf8_substring (sio_value_get_string (member), 0,
                           MIN (g_utf8_strlen (sio_value_get_string (member), -1), MAX_SHOWN));
}

static GError *
error_from_refusal (const char *host,
                    guint       status,
                    const char *body,
                    gsize       length)
{
  gint64 code;
  g_autofree char *message = find_message (body, length, &code);

  if (code == 5)
    return g_error_new (SIO_ERROR, SIO_ERROR_UNSUPPORTED_VERSION, "%s speaks another version of Socket.IO", host);
  if (message != NULL)
    return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "%s refused the connection: %s", host, message);
  if (length > 0 && length < MAX_SHOWN && body[0] != '<' && g_utf8_validate (body, length, NULL))
    return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "%s refused the connection: %.*s", host, (int) length, body);

  return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "%s refused the connection: %u %s", host, status,
                      soup_status_get_phrase (status));
}

GError *
sio_transport_error_from_status (SioEngineSettings *settings,
                                 guint              status,
                                 const char        *location,
                                 const char        *body,
                                 gsize              length)
{
  g_autofree char *host = sio_engine_settings_get_host (settings);

  if (status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE)
    return g_error_new (SIO_ERROR, SIO_ERROR_TOO_LARGE, "%s refused a message because it is too large", host);
  if (status == SOUP_STATUS_NOT_FOUND)
    return g_error_new (SIO_ERROR, SIO_ERROR_NOT_SOCKETIO, "There is no Socket.IO server at %s%s", host,
                        settings->options.path);
  if (SOUP_STATUS_IS_REDIRECTION (status) && location != NULL && g_utf8_validate (location, -1, NULL))
    return g_error_new (SIO_ERROR, SIO_ERROR_NOT_SOCKETIO, "%s says that it has moved to %s", host, location);
  if (SOUP_STATUS_IS_CLIENT_ERROR (status))
    return error_from_refusal (host, status, body, length);
  if (SOUP_STATUS_IS_SERVER_ERROR (status))
    return g_error_new (SIO_ERROR, SIO_ERROR_TRANSPORT, "%s is out of order: %u %s", host, status,
                        soup_status_get_phrase (status));

  return sio_transport_error_not_socketio (settings);
}

GError *
sio_transport_error_not_socketio (SioEngineSettings *settings)
{
  g_autofree char *host = sio_engine_settings_get_host (settings);

  return g_error_new (SIO_ERROR, SIO_ERROR_NOT_SOCKETIO, "%s answers, but not as a Socket.IO server does", host);
}
