/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "scripted-peer.h"

#include <string.h>

#include "raw-deflate.h"
#include "sio-websocket-handshake-private.h"

static void scripted_peer_read  (ScriptedPeer *self);
static void scripted_peer_flush (ScriptedPeer *self);

static void
scripted_peer_take_deflated (ScriptedPeer *self,
                             guint8        opcode,
                             const char   *payload,
                             gsize         length)
{
  g_autoptr(GByteArray) inflated = NULL;
  guint n;

  if (self->inflater == NULL)
    self->inflater = raw_inflater_new ();
  inflated = raw_inflate (self->inflater, payload, length);
  n = inflated->len;
  g_byte_array_append (inflated, (const guint8 *) "", 1);
  g_string_append (self->server->log, "deflated\n");
  scripted_server_handle_frame (self->server, self, opcode, (const char *) inflated->data, n);
}

/* Whether a whole request was there. */
static gboolean
scripted_peer_take_request (ScriptedPeer *self)
{
  const char *data = (const char *) self->input->data;
  const char *end = data != NULL ? g_strstr_len (data, self->input->len, "\r\n\r\n") : NULL;
  g_autofree char *method = NULL;
  g_autofree char *target = NULL;
  g_autofree char *body = NULL;
  gsize start, length;

  if (end == NULL)
    return FALSE;

  g_clear_pointer (&self->headers, soup_message_headers_unref);
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  start = end + 4 - data;
  g_assert_cmpuint (soup_headers_parse_request (data, start - 2, self->headers, &method, &target, NULL), ==,
                    SOUP_STATUS_OK);
  length = soup_message_headers_get_content_length (self->headers);
  if (self->input->len < start + length)
    return FALSE;

  body = g_strndup (data + start, length);
  g_byte_array_remove_range (self->input, 0, start + length);
  scripted_server_handle_request (self->server, self, method, target, self->headers, body, length);

  return TRUE;
}

static gboolean
scripted_peer_take_frame (ScriptedPeer *self)
{
  const guint8 *data = self->input->data;
  gsize start = 2, length;
  g_autofree char *payload = NULL;
  gboolean is_deflated;
  guint8 opcode;

  if (self->input->len < 2)
    return FALSE;

  opcode = data[0] & 0x0f;
  is_deflated = (data[0] & 0x40) != 0;
  g_assert_cmpuint (data[1] & 0x80, !=, 0);
  length = data[1] & 0x7f;
  if (length >= 126)
    {
      gsize size = length == 126 ? 2 : 8;

      if (self->input->len < 2 + size)
        return FALSE;
      length = 0;
      for (gsize i = 0; i < size; i++)
        length = length << 8 | data[2 + i];
      start += size;
    }
  if (self->input->len < start + 4 + length)
    return FALSE;

  payload = g_malloc (length + 1);
  for (gsize i = 0; i < length; i++)
    payload[i] = data[start + 4 + i] ^ data[start + i % 4];
  payload[length] = '\0';
  g_byte_array_remove_range (self->input, 0, start + 4 + length);
  if (is_deflated)
    scripted_peer_take_deflated (self, opcode, payload, length);
  else
    scripted_server_handle_frame (self->server, self, opcode, payload, length);

  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  ScriptedPeer *self = user_data;

  self->reading = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      scripted_peer_drop (self);
      return;
    }

  g_byte_array_append (self->input, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  while (!self->dropped
         && (self->is_websocket ? scripted_peer_take_frame (self) : scripted_peer_take_request (self)))
    ;
  scripted_peer_read (self);
}

static void
scripted_peer_read (ScriptedPeer *self)
{
  if (self->dropped || self->reading || self->deaf)
    return;

  self->reading = TRUE;
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (self->stream), 65536, G_PRIORITY_DEFAULT,
                                   self->cancellable, read_cb, self);
}

static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  ScriptedPeer *self = user_data;
  gssize written = g_output_stream_write_bytes_finish (G_OUTPUT_STREAM (source), result, &error);

  self->writing = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (written < 0)
    {
      scripted_peer_drop (self);
      return;
    }

  g_byte_array_remove_range (self->output, 0, written);
  scripted_peer_flush (self);
}

static void
scripted_peer_flush (ScriptedPeer *self)
{
  g_autoptr(GBytes) bytes = NULL;

  if (self->dropped || self->writing)
    return;
  if (self->output->len == 0)
    {
      if (self->drop_when_written)
        scripted_peer_drop (self);
      return;
    }

  self->writing = TRUE;
  bytes = g_bytes_new (self->output->data, self->output->len);
  g_output_stream_write_bytes_async (g_io_stream_get_output_stream (self->stream), bytes, G_PRIORITY_DEFAULT,
                                     self->cancellable, write_cb, self);
}

static gboolean
accept_certificate_cb (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  ScriptedPeer *self = user_data;

  g_set_object (&self->server->seen_certificate, certificate);

  return TRUE;
}

ScriptedPeer *
scripted_peer_new (ScriptedServer    *server,
                   GSocketConnection *connection)
{
  ScriptedPeer *self = g_new0 (ScriptedPeer, 1);
  g_autoptr(GError) error = NULL;

  self->server = server;
  self->socket = g_object_ref (g_socket_connection_get_socket (connection));
  self->stream = g_object_ref (G_IO_STREAM (connection));
  if (server->certificate != NULL)
    {
      g_autoptr(GIOStream) plain = g_steal_pointer (&self->stream);

      self->stream = g_tls_server_connection_new (plain, server->certificate, &error);
      g_assert_no_error (error);
      if (server->wants_certificate)
        {
          g_object_set (self->stream, "authentication-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
          g_signal_connect (self->stream, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
        }
    }
  self->cancellable = g_cancellable_new ();
  self->input = g_byte_array_new ();
  self->output = g_byte_array_new ();
  scripted_peer_read (self);

  return self;
}

void
scripted_peer_free (ScriptedPeer *self)
{
  scripted_peer_drop (self);
  while (self->reading || self->writing)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&self->flood, g_thread_join);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_byte_array_unref (self->input);
  g_byte_array_unref (self->output);
  g_clear_object (&self->inflater);
  g_object_unref (self->cancellable);
  g_object_unref (self->stream);
  g_object_unref (self->socket);
  g_free (self);
}

void
scripted_peer_drop (ScriptedPeer *self)
{
  if (self->dropped)
    return;

  self->dropped = TRUE;
  if (self->server->poll == self)
    self->server->poll = NULL;
  if (self->server->websocket == self)
    self->server->websocket = NULL;
  g_cancellable_cancel (self->cancellable);
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

void
scripted_peer_finish (ScriptedPeer *self)
{
  self->drop_when_written = TRUE;
  scripted_peer_flush (self);
}

void
scripted_peer_set_deaf (ScriptedPeer *self,
                        gboolean      deaf)
{
  self->deaf = deaf;
  scripted_peer_read (self);
}

void
scripted_peer_write (ScriptedPeer *self,
                     const void   *data,
                     gsize         length)
{
  g_byte_array_append (self->output, data, length);
  scripted_peer_flush (self);
}

static const char *
get_cookie (ScriptedPeer *self)
{
  return self->server->cookie != NULL ? self->server->cookie : "node=one; Path=/";
}

void
scripted_peer_answer (ScriptedPeer *self,
                      guint         status,
                      const char   *type,
                      const char   *body,
                      gssize        length)
{
  g_autofree char *head = NULL;

  if (length < 0)
    length = strlen (body);
  head = g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Type: %s\r\nContent-Length: %" G_GSSIZE_FORMAT "\r\n"
                          "Set-Cookie: %s\r\n\r\n",
                          status, soup_status_get_phrase (status), type, length, get_cookie (self));
  g_byte_array_append (self->output, (const guint8 *) head, strlen (head));
  scripted_peer_write (self, body, length);
}

void
scripted_peer_accept (ScriptedPeer *self)
{
  const char *extensions = self->server->extensions;
  const char *protocol = self->server->protocol;
  g_autofree char *accept = sio_websocket_accept_for_key (soup_message_headers_get_one (self->headers,
                                                                                        "Sec-WebSocket-Key"));
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                           "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n"
                                           "Set-Cookie: %s\r\n%s%s%s%s%s%s\r\n", accept, get_cookie (self),
                                           extensions != NULL ? "Sec-WebSocket-Extensions: " : "",
                                           extensions != NULL ? extensions : "", extensions != NULL ? "\r\n" : "",
                                           protocol != NULL ? "Sec-WebSocket-Protocol: " : "",
                                           protocol != NULL ? protocol : "", protocol != NULL ? "\r\n" : "");

  self->is_websocket = TRUE;
  scripted_peer_write (self, head, strlen (head));
}

void
scripted_append_frame (GByteArray *bytes,
                       guint8      head,
                       const void *data,
                       gsize       length)
{
  guint8 header[10] = { head };
  gsize size = length < 126 ? 0 : length < 65536 ? 2 : 8;

  header[1] = size == 0 ? length : size == 2 ? 126 : 127;
  for (gsize i = 0; i < size; i++)
    header[2 + i] = (guint64) length >> 8 * (size - 1 - i);
  g_byte_array_append (bytes, header, 2 + size);
  g_byte_array_append (bytes, data, length);
}

void
scripted_peer_write_frame (ScriptedPeer *self,
                           guint8        head,
                           const void   *data,
                           gsize         length)
{
  scripted_append_frame (self->output, head, data, length);
  scripted_peer_flush (self);
}

void
scripted_peer_write_close (ScriptedPeer *self,
                           guint16       code,
                           const char   *words)
{
  g_autoptr(GByteArray) data = g_byte_array_new ();
  guint8 number[2] = { code >> 8, code & 0xff };

  if (code != 0)
    g_byte_array_append (data, number, 2);
  g_byte_array_append (data, (const guint8 *) words, strlen (words));
  scripted_peer_write_frame (self, 0x88, data->data, data->len);
}

typedef struct
{
  GSocket *socket;
  GBytes  *bytes;
} Flood;

static gpointer
flood_thread (gpointer user_data)
{
  Flood *flood = user_data;
  gsize length, sent = 0;
  const char *data = g_bytes_get_data (flood->bytes, &length);

  while (sent < length)
    {
      gssize n = g_socket_send_with_blocking (flood->socket, data + sent, length - sent, TRUE, NULL, NULL);

      if (n <= 0)
        break;
      sent += n;
    }

  g_object_unref (flood->socket);
  g_bytes_unref (flood->bytes);
  g_free (flood);

  return NULL;
}

void
scripted_peer_flood (ScriptedPeer *self,
                     GBytes       *bytes)
{
  Flood *flood = g_new0 (Flood, 1);

  g_assert_null (self->flood);
  flood->socket = g_object_ref (self->socket);
  flood->bytes = g_bytes_ref (bytes);
  self->flood = g_thread_new ("flood", flood_thread, flood);
}
