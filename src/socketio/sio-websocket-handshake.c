/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-websocket-handshake-private.h"

#include <string.h>

#include "sio-connect-private.h"
#include "sio-cookies-private.h"
#include "sio-error.h"
#include "sio-transport-error-private.h"

/* Longer headers are no answer of a server that means well. */
#define MAX_HEADER_SIZE (32 * 1024)

/* Of the body of a refusal this much is read: enough for its message. */
#define MAX_BODY_SIZE (4 * 1024)

/* An answer is short, and a program may wait for many at once. */
#define READ_SIZE 1024

typedef struct
{
  SioEngineSettings   *settings;
  GUri                *uri;
  char                *key;
  GString             *request;
  GIOStream           *stream;
  GByteArray          *answer;
  gsize                body_start;
  gsize                body_length;
  SoupMessageHeaders  *headers;
  guint                status;
  SioDeflateExtension *deflate;  /* (nullable) as it was agreed on */
} Handshake;

static void read_more (GTask *task);

static void
handshake_free (gpointer data)
{
  Handshake *self = data;

  sio_engine_settings_unref (self->settings);
  g_uri_unref (self->uri);
  g_free (self->key);
  if (self->request != NULL)
    g_string_free (self->request, TRUE);
  g_clear_object (&self->stream);
  g_byte_array_unref (self->answer);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_object (&self->deflate);
  g_free (self);
}

static char *
make_key (void)
{
  guint32 nonce[4];

  for (guint i = 0; i < G_N_ELEMENTS (nonce); i++)
    nonce[i] = g_random_int ();

  return g_base64_encode ((const guint8 *) nonce, sizeof nonce);
}

char *
sio_websocket_accept_for_key (const char *key)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guint8 *) key, -1);
  g_checksum_update (checksum, (const guint8 *) "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", -1);
  g_checksum_get_digest (checksum, digest, &length);

  return g_base64_encode (digest, length);
}

static void
append_own_header (const char *name,
                   const char *value,
                   gpointer    request)
{
  static const char *const ours[] = { "connection", "upgrade", "content-length", "transfer-encoding", "host", "cookie", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (!g_strv_contains (ours, lower) && !g_str_has_prefix (lower, "sec-websocket-"))
    g_string_append_printf (request, "%s: %s\r\n", name, value);
}

static void
handshake_write_request (Handshake *self)
{
  SioEngineOptions *options = &self->settings->options;
  g_autofree char *server = sio_engine_settings_get_host (self->settings);
  g_autofree char *cookies = sio_cookies_for_request (self->settings, self->uri, options->websocket_headers);
  const char *host = soup_message_headers_get_one (options->websocket_headers, "Host");

  g_string_append_printf (self->request, "GET %s?%s HTTP/1.1\r\n", g_uri_get_path (self->uri),
                          g_uri_get_query (self->uri));
  g_string_append_printf (self->request, "Host: %s\r\n", host != NULL ? host : server);
  g_string_append (self->request, "Upgrade: websocket\r\nConnection: Upgrade\r\n");
  g_string_append_printf (self->request, "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n", self->key);
  if (options->compression)
    g_string_append (self->request, "Sec-WebSocket-Extensions: " SIO_DEFLATE_OFFER "\r\n");
  if (options->protocols != NULL && options->protocols[0] != NULL)
    {
      g_autofree char *protocols = g_strjoinv (", ", options->protocols);

      g_string_append_printf (self->request, "Sec-WebSocket-Protocol: %s\r\n", protocols);
    }
  soup_message_headers_foreach (options->websocket_headers, append_own_header, self->request);
  if (cookies != NULL)
    g_string_append_printf (self->request, "Cookie: %s\r\n", cookies);
  g_string_append (self->request, "\r\n");
}

static void
return_io_error (GTask        *task,
                 const GError *error)
{
  Handshake *self = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_error (task, sio_transport_error_from_io (self->settings, error, 0));
}

/* A server may do without what we offered, and may not take what we did not. */
static gboolean
handshake_agrees_on_extensions (Handshake *self)
{
  SioEngineOptions *options = &self->settings->options;
  const char *answer = soup_message_headers_get_list (self->headers, "Sec-WebSocket-Extensions");
  SioDeflateTerms terms;

  if (answer == NULL)
    return TRUE;
  if (!options->compression || !sio_deflate_terms_parse (&terms, answer))
    return FALSE;

  g_clear_object (&self->deflate);
  self->deflate = sio_deflate_extension_new (&terms, options->compression_threshold, options->max_message_size);

  return TRUE;
}

static gboolean
handshake_agrees_on_protocol (Handshake *self)
{
  SioEngineOptions *options = &self->settings->options;
  const char *answer = soup_message_headers_get_list (self->headers, "Sec-WebSocket-Protocol");

  return answer == NULL
         || (options->protocols != NULL && g_strv_contains ((const char * const *) options->protocols, answer));
}

static gboolean
handshake_is_websocket (Handshake *self)
{
  g_autofree char *accept = sio_websocket_accept_for_key (self->key);
  const char *upgrade = soup_message_headers_get_one (self->headers, "Upgrade");
  const char *answered = soup_message_headers_get_one (self->headers, "Sec-WebSocket-Accept");

  return self->status == SOUP_STATUS_SWITCHING_PROTOCOLS && upgrade != NULL
         && g_ascii_strcasecmp (upgrade, "websocket") == 0
         && soup_message_headers_header_contains (self->headers, "Connection", "upgrade") && answered != NULL
         && g_str_equal (answered, accept) && handshake_agrees_on_extensions (self) && handshake_agrees_on_protocol (self);
}

static void
handshake_return_stream (Handshake *self,
                         GTask     *task)
{
  g_autoptr(SioStream) stream = sio_stream_new (self->stream, self->settings->options.max_message_size);
  g_autoptr(GError) error = NULL;

  if (sio_input_stream_preload (sio_stream_get_input (stream), self->answer->data + self->body_start,
                                self->answer->len - self->body_start, &error))
    g_task_return_pointer (task, g_steal_pointer (&stream), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
handshake_return_refusal (Handshake *self,
                          GTask     *task)
{
  const char *body = (const char *) self->answer->data + self->body_start;
  gsize length = self->answer->len - self->body_start;

  g_task_return_error (task,
                       sio_transport_error_from_status (self->settings, self->status,
                                                        soup_message_headers_get_one (self->headers, "Location"), body,
                                                        MIN (length, self->body_length)));
}

/* Whether the answer is complete and the task has returned. */
static gboolean
handshake_read_answer (Handshake *self,
                       GTask     *task,
                       gboolean   at_end)
{
  const char *answer = (const char *) self->answer->data;

  if (self->headers == NULL)
    {
      const char *end = g_strstr_len (answer, self->answer->len, "\r\n\r\n");

      if (end == NULL)
        {
          if (!at_end && self->answer->len < MAX_HEADER_SIZE)
            return FALSE;
          g_task_return_error (task, sio_transport_error_not_socketio (self->settings));
          return TRUE;
        }

      self->body_start = end + 4 - answer;
      self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
      if (!soup_headers_parse_response (answer, self->body_start - 2, self->headers, NULL, &self->status, NULL))
        {
          g_task_return_error (task, sio_transport_error_not_socketio (self->settings));
          return TRUE;
        }
      sio_cookies_keep_answered (self->settings, self->uri, self->headers);
      self->body_length = MIN (soup_message_headers_get_content_length (self->headers), MAX_BODY_SIZE);
    }

  if (handshake_is_websocket (self))
    handshake_return_stream (self, task);
  else if (at_end || self->answer->len - self->body_start >= self->body_length)
    handshake_return_refusal (self, task);
  else
    return FALSE;

  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  Handshake *self = g_task_get_task_data (task);

  if (bytes == NULL)
    {
      return_io_error (task, error);
      return;
    }

  g_byte_array_append (self->answer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!handshake_read_answer (self, task, g_bytes_get_size (bytes) == 0))
    read_more (g_steal_pointer (&task));
}

static void
read_more (GTask *task)
{
  Handshake *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (self->stream), READ_SIZE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, task);
}

static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  Handshake *self = g_task_get_task_data (task);

  /* A program may wait for many answers at once, and needs none of the questions any more. */
  g_string_free (g_steal_pointer (&self->request), TRUE);
  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    read_more (g_steal_pointer (&task));
  else
    return_io_error (task, error);
}

static void
connect_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  Handshake *self = g_task_get_task_data (task);

  self->stream = sio_connect_finish (result, &error);
  if (self->stream == NULL)
    {
      return_io_error (task, error);
      return;
    }

  handshake_write_request (self);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), self->request->str, self->request->len,
                                   G_PRIORITY_DEFAULT, g_task_get_cancellable (task), write_cb, g_object_ref (task));
}

void
sio_websocket_handshake_async (SioEngineSettings   *settings,
                               const char          *session_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Handshake *self = g_new0 (Handshake, 1);

  self->settings = sio_engine_settings_ref (settings);
  self->uri = sio_engine_settings_build_uri (settings, "websocket", session_id);
  self->key = make_key ();
  self->request = g_string_new (NULL);
  self->answer = g_byte_array_sized_new (READ_SIZE);
  g_task_set_source_tag (task, sio_websocket_handshake_async);
  g_task_set_task_data (task, self, handshake_free);

  sio_connect_async (settings, cancellable, connect_cb, task);
}

SioStream *
sio_websocket_handshake_finish (GAsyncResult         *result,
                                SioDeflateExtension **deflate,
                                char                **protocol,
                                GError              **error)
{
  Handshake *self = g_task_get_task_data (G_TASK (result));
  SioStream *stream = g_task_propagate_pointer (G_TASK (result), error);

  if (stream != NULL)
    {
      *deflate = g_steal_pointer (&self->deflate);
      *protocol = g_strdup (soup_message_headers_get_list (self->headers, "Sec-WebSocket-Protocol"));
    }

  return stream;
}
