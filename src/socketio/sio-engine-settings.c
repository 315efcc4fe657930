/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-engine-settings-private.h"

#include <string.h>

#include "sio-version.h"

#define URI_FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY \
                   | G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

/* GByteArray counts by guint, and libsoup adds to a frame's length without a look at where it would wrap around. */
#define MAX_MESSAGE_SIZE (G_MAXINT / 2)

/* What a path may hold besides letters and digits; "%" as it comes escaped already. */
#define PATH_CHARACTERS "/%!$&'()*+,;=:@"

static GHashTable *
copy_query (GHashTable *query)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name, value;

  if (query == NULL)
    return copy;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy, g_strdup (name), g_strdup (value));

  return copy;
}

static void
copy_header (const char *name,
             const char *value,
             gpointer    copy)
{
  soup_message_headers_append (copy, name, value);
}

static void
replace_header (const char *name,
                const char *value,
                gpointer    copy)
{
  soup_message_headers_replace (copy, name, value);
}

/* What one transport sends: its own, and of the others what it has no own for. */
static SoupMessageHeaders *
merge_headers (SoupMessageHeaders *of_all,
               SoupMessageHeaders *own)
{
  SoupMessageHeaders *merged = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

  if (of_all != NULL)
    soup_message_headers_foreach (of_all, copy_header, merged);
  if (own != NULL)
    soup_message_headers_foreach (own, replace_header, merged);

  return merged;
}

static void
ref_object (gpointer object)
{
  if (object != NULL)
    g_object_ref (object);
}

SioEngineSettings *
sio_engine_settings_new (const SioEngineOptions *options,
                         gpointer                accept_data)
{
  SioEngineSettings *self = g_rc_box_new0 (SioEngineSettings);
  SioEngineOptions *copy = &self->options;

  *copy = *options;
  copy->uri = g_uri_ref (options->uri);
  copy->path = options->path == NULL ? g_strdup ("/socket.io/")
                                     : g_strconcat (*options->path == '/' ? "" : "/", options->path, NULL);
  copy->query = copy_query (options->query);
  copy->headers = NULL;
  copy->polling_headers = merge_headers (options->headers, options->polling_headers);
  copy->websocket_headers = merge_headers (options->headers, options->websocket_headers);
  copy->transports = g_strdupv (options->transports);
  if (copy->max_message_size == 0)
    copy->max_message_size = SIO_DEFAULT_MAX_MESSAGE_SIZE;
  copy->max_message_size = MIN (copy->max_message_size, MAX_MESSAGE_SIZE);
  copy->timestamp_parameter = g_strdup (options->timestamp_parameter != NULL ? options->timestamp_parameter : "t");
  ref_object (copy->tls_database);
  ref_object (copy->tls_certificate);
  ref_object (copy->tls_interaction);
  ref_object (copy->proxy_resolver);
  ref_object (copy->cookie_jar);
  copy->protocols = g_strdupv (options->protocols);
  self->accept_data = accept_data;

  return self;
}

SioEngineSettings *
sio_engine_settings_ref (SioEngineSettings *self)
{
  return g_rc_box_acquire (self);
}

static void
sio_engine_settings_clear (gpointer data)
{
  SioEngineOptions *options = &((SioEngineSettings *) data)->options;

  g_uri_unref (options->uri);
  g_free (options->path);
  g_hash_table_unref (options->query);
  soup_message_headers_unref (options->polling_headers);
  soup_message_headers_unref (options->websocket_headers);
  g_strfreev (options->transports);
  g_free (options->timestamp_parameter);
  g_clear_object (&options->tls_database);
  g_clear_object (&options->tls_certificate);
  g_clear_object (&options->tls_interaction);
  g_clear_object (&options->proxy_resolver);
  g_clear_object (&options->cookie_jar);
  g_strfreev (options->protocols);
}

void
sio_engine_settings_unref (SioEngineSettings *self)
{
  g_rc_box_release_full (self, sio_engine_settings_clear);
}

static void
append_parameter (GString    *query,
                  const char *name,
                  const char *value)
{
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append_uri_escaped (query, name, NULL, FALSE);
  g_string_append_c (query, '=');
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

/* Caches between us and the server must not answer a poll. */
static void
append_time_stamp (GString    *query,
                   const char *name)
{
  static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  char stamp[9];

  for (guint i = 0; i < sizeof stamp - 1; i++)
    stamp[i] = digits[g_random_int_range (0, sizeof digits - 1)];
  stamp[sizeof stamp - 1] = '\0';
  append_parameter (query, name, stamp);
}

static gboolean
sio_engine_settings_stamps (SioEngineSettings *self,
                            const char        *transport)
{
  switch (self->options.timestamps)
    {
    case SIO_TIMESTAMPS_ALWAYS:
      return TRUE;
    case SIO_TIMESTAMPS_POLLING:
      return g_str_equal (transport, "polling");
    case SIO_TIMESTAMPS_NEVER:
    default:
      return FALSE;
    }
}

static char *
sio_engine_settings_build_query (SioEngineSettings *self,
                                 const char        *transport,
                                 const char        *session_id)
{
  static const char *const reserved[] = { "EIO", "transport", "sid", "t", "j", "b64", NULL };
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (self->options.query), (GCompareFunc) strcmp);
  GString *query = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *value = g_hash_table_lookup (self->options.query, l->data);

      if (!g_strv_contains (reserved, l->data) && !g_str_equal (l->data, self->options.timestamp_parameter))
        append_parameter (query, l->data, value != NULL ? value : "");
    }

  append_parameter (query, "EIO", G_STRINGIFY (SIO_ENGINE_PROTOCOL_VERSION));
  append_parameter (query, "transport", transport);
  if (sio_engine_settings_stamps (self, transport))
    append_time_stamp (query, self->options.timestamp_parameter);
  if (self->options.force_base64)
    append_parameter (query, "b64", "1");
  if (session_id != NULL)
    append_parameter (query, "sid", session_id);

  return g_string_free (query, FALSE);
}

GUri *
sio_engine_settings_build_uri (SioEngineSettings *self,
                               const char        *transport,
                               const char        *session_id)
{
  GUri *uri = self->options.uri;
  g_autofree char *query = sio_engine_settings_build_query (self, transport, session_id);
  g_autofree char *path = g_uri_escape_string (self->options.path, PATH_CHARACTERS, FALSE);

  return g_uri_build (URI_FLAGS, sio_engine_settings_is_secure (self) ? "https" : "http", g_uri_get_userinfo (uri),
                      g_uri_get_host (uri), g_uri_get_port (uri), path, query, NULL);
}

gboolean
sio_engine_settings_is_secure (SioEngineSettings *self)
{
  const char *scheme = g_uri_get_scheme (self->options.uri);

  return g_ascii_strcasecmp (scheme, "https") == 0 || g_ascii_strcasecmp (scheme, "wss") == 0;
}

guint16
sio_engine_settings_get_port (SioEngineSettings *self)
{
  int port = g_uri_get_port (self->options.uri);

  if (port > 0)
    return port;

  return sio_engine_settings_is_secure (self) ? 443 : 80;
}

char *
sio_engine_settings_get_host (SioEngineSettings *self)
{
  const char *host = g_uri_get_host (self->options.uri);
  gboolean is_ipv6 = strchr (host, ':') != NULL;
  guint16 port = sio_engine_settings_get_port (self);

  if (port == (sio_engine_settings_is_secure (self) ? 443 : 80))
    return is_ipv6 ? g_strdup_printf ("[%s]", host) : g_strdup (host);

  return is_ipv6 ? g_strdup_printf ("[%s]:%u", host, port) : g_strdup_printf ("%s:%u", host, port);
}

gboolean
sio_engine_settings_is_loopback (SioEngineSettings *self)
{
  const char *host = g_uri_get_host (self->options.uri);
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}

gboolean
sio_engine_settings_accepts (SioEngineSettings    *self,
                             GTlsCertificate      *certificate,
                             GTlsCertificateFlags  errors)
{
  if (self->options.accept_certificate == NULL)
    return FALSE;

  return self->options.accept_certificate (certificate, errors, self->accept_data);
}
