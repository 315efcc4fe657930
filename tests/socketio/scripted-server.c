/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "scripted-peer.h"

#include <glib/gstdio.h>
#include <string.h>

static void
scripted_server_log (ScriptedServer *self,
                     const char     *words,
                     const char     *packet,
                     gsize           length)
{
  g_string_append (self->log, words);
  g_string_append_len (self->log, packet, MIN (length, 40));
  g_string_append_c (self->log, '\n');
}

static char *
scripted_server_make_handshake (ScriptedServer *self,
                                const char     *upgrades)
{
  if (self->handshake != NULL)
    return g_strconcat ("0", self->handshake, NULL);

  return g_strdup_printf ("0{\"sid\":\"scripted\",\"upgrades\":[%s],\"pingInterval\":%u,\"pingTimeout\":%u,\"maxPayload\":%u}",
                          upgrades, self->ping_interval_ms, self->ping_timeout_ms, self->max_payload);
}

static void
scripted_server_answer_poll (ScriptedServer *self)
{
  ScriptedPeer *poll = self->poll;

  if (poll == NULL || self->queue->len == 0)
    return;

  self->poll = NULL;
  scripted_peer_answer (poll, 200, "text/plain; charset=UTF-8", self->queue->str, self->queue->len);
  g_string_truncate (self->queue, 0);
}

static void
scripted_server_queue (ScriptedServer *self,
                       const char     *packet)
{
  if (self->queue->len > 0)
    g_string_append_c (self->queue, 0x1e);
  g_string_append (self->queue, packet);
  scripted_server_answer_poll (self);
}

void
scripted_server_send (ScriptedServer *self,
                      const char     *packet)
{
  if (self->websocket != NULL)
    scripted_peer_write_frame (self->websocket, 0x81, packet, strlen (packet));
  else
    scripted_server_queue (self, packet);
}

void
scripted_server_send_binary (ScriptedServer *self,
                             const void     *data,
                             gsize           length)
{
  g_autofree char *encoded = NULL;
  g_autofree char *packet = NULL;

  if (self->websocket != NULL)
    {
      scripted_peer_write_frame (self->websocket, 0x82, data, length);
      return;
    }

  encoded = g_base64_encode (data, length);
  packet = g_strconcat ("b", encoded, NULL);
  scripted_server_queue (self, packet);
}

/* What no poll has fetched goes by WebSocket. */
static void
scripted_server_flush_queue (ScriptedServer *self)
{
  g_autofree char *queue = g_strdup (self->queue->str);
  g_auto(GStrv) packets = g_strsplit (queue, "\x1e", -1);

  g_string_truncate (self->queue, 0);
  for (char **packet = packets; *packet != NULL; packet++)
    scripted_server_send (self, *packet);
}

static void
scripted_server_take_packet (ScriptedServer *self,
                             const char     *packet,
                             gsize           length)
{
  if (self->on_packet != NULL)
    self->on_packet (self, packet, length, self->user_data);
  /* A client that leaves gets its pending poll back. */
  if (length == 1 && *packet == '1')
    scripted_server_queue (self, "6");
}

static void
scripted_server_take_post (ScriptedServer  *self,
                           ScriptedPeer    *peer,
                           ScriptedRequest *request)
{
  g_auto(GStrv) packets = g_strsplit (request->body, "\x1e", -1);

  self->n_posts++;
  self->most_packets = MAX (self->most_packets, g_strv_length (packets));
  self->largest_post = MAX (self->largest_post, request->length);
  for (char **packet = packets; *packet != NULL; packet++)
    {
      scripted_server_log (self, "POST ", *packet, strlen (*packet));
      if (**packet == 'b')
        {
          gsize size;
          g_autofree guchar *data = g_base64_decode (*packet + 1, &size);
          g_autoptr(GString) binary = g_string_new ("b");

          g_string_append_len (binary, (const char *) data, size);
          scripted_server_take_packet (self, binary->str, binary->len);
        }
      else
        scripted_server_take_packet (self, *packet, strlen (*packet));
    }
  scripted_peer_answer (peer, 200, "text/html", "ok", 2);
}

static void
scripted_server_serve (ScriptedServer  *self,
                       ScriptedPeer    *peer,
                       ScriptedRequest *request)
{
  g_autofree char *open = NULL;

  if (g_strcmp0 (request->transport, "websocket") == 0)
    {
      scripted_server_log (self, "GET websocket", "", 0);
      scripted_peer_accept (peer);
      if (request->session_id != NULL)
        return;
      self->websocket = peer;
      open = scripted_server_make_handshake (self, "");
      scripted_server_send (self, open);
    }
  else if (g_str_equal (request->method, "POST"))
    scripted_server_take_post (self, peer, request);
  else
    {
      scripted_server_log (self, "GET polling", "", 0);
      self->n_gets++;
      if (self->poll != NULL)
        self->n_overlaps++;
      self->poll = peer;
      open = scripted_server_make_handshake (self, self->upgrades);
      if (request->session_id == NULL)
        scripted_server_queue (self, open);
      else
        scripted_server_answer_poll (self);
    }
}

void
scripted_server_handle_request (ScriptedServer     *self,
                                ScriptedPeer       *peer,
                                const char         *method,
                                const char         *target,
                                SoupMessageHeaders *headers,
                                const char         *body,
                                gsize               length)
{
  const char *mark = strchr (target, '?');
  g_autofree char *path = mark != NULL ? g_strndup (target, mark - target) : g_strdup (target);
  g_autoptr(GHashTable) query = soup_form_decode (mark != NULL ? mark + 1 : "");
  ScriptedRequest request = {
    .method = method,
    .path = path,
    .transport = g_hash_table_lookup (query, "transport"),
    .session_id = g_hash_table_lookup (query, "sid"),
    .query = query,
    .headers = headers,
    .body = body,
    .length = length,
  };

  if (self->on_request == NULL || !self->on_request (self, peer, &request, self->user_data))
    scripted_server_serve (self, peer, &request);
}

void
scripted_server_handle_frame (ScriptedServer *self,
                              ScriptedPeer   *peer,
                              guint8          opcode,
                              const char     *data,
                              gsize           length)
{
  g_autoptr(GString) binary = NULL;

  scripted_server_log (self, opcode == 8 ? "close " : "frame ", data, opcode == 8 ? 0 : length);
  switch (opcode)
    {
    case 1:
      if (self->websocket == peer)
        scripted_server_take_packet (self, data, length);
      else if (g_str_equal (data, "2probe"))
        {
          if (self->probe_answer != NULL)
            scripted_peer_write_frame (peer, 0x81, self->probe_answer, strlen (self->probe_answer));
          if (!self->keep_poll)
            scripted_server_queue (self, "6");
        }
      else if (g_str_equal (data, "5"))
        {
          self->websocket = peer;
          scripted_server_flush_queue (self);
          if (self->on_packet != NULL)
            self->on_packet (self, data, length, self->user_data);
        }
      break;

    case 2:
      binary = g_string_new ("b");
      g_string_append_len (binary, data, length);
      scripted_server_take_packet (self, binary->str, binary->len);
      break;

    case 8:
      scripted_peer_write_frame (peer, 0x88, data, length);
      peer->drop_when_written = TRUE;
      break;

    default:
      break;
    }
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source_object,
             gpointer           user_data)
{
  ScriptedServer *self = user_data;

  self->n_connections++;
  g_ptr_array_add (self->peers, scripted_peer_new (self, connection));

  return TRUE;
}

ScriptedServer *
scripted_server_new (GTlsCertificate *certificate)
{
  ScriptedServer *self = g_new0 (ScriptedServer, 1);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) effective = NULL;
  g_autoptr(GError) error = NULL;

  self->upgrades = "\"websocket\"";
  self->probe_answer = "3probe";
  self->ping_interval_ms = 25000;
  self->ping_timeout_ms = 20000;
  self->max_payload = 1000000;
  self->log = g_string_new (NULL);
  self->queue = g_string_new (NULL);
  self->peers = g_ptr_array_new_with_free_func ((GDestroyNotify) scripted_peer_free);
  g_set_object (&self->certificate, certificate);

  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);

  return self;
}

void
scripted_server_shut (ScriptedServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}

void
scripted_server_free (ScriptedServer *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  scripted_server_shut (self);
  g_ptr_array_unref (self->peers);
  g_object_unref (self->service);
  g_clear_object (&self->certificate);
  g_clear_object (&self->seen_certificate);
  g_string_free (self->log, TRUE);
  g_string_free (self->queue, TRUE);
  g_free (self);
}

GUri *
scripted_server_get_uri (ScriptedServer *self)
{
  return g_uri_build (G_URI_FLAGS_NONE, self->certificate != NULL ? "https" : "http", NULL, "127.0.0.1", self->port, "",
                      NULL, NULL);
}

void
scripted_server_drop (ScriptedServer *self)
{
  for (guint i = 0; i < self->peers->len; i++)
    scripted_peer_drop (g_ptr_array_index (self->peers, i));
}

GTlsCertificate *
scripted_certificate_new (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sio-tls-XXXXXX", &error);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *certificate = g_build_filename (folder, "certificate.pem", NULL);
  g_autoptr(GSubprocess) openssl = NULL;
  GTlsCertificate *loaded;

  g_assert_no_error (error);
  openssl = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "openssl", "req", "-x509", "-newkey", "rsa:2048",
                              "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                              "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (openssl, NULL, &error);
  g_assert_no_error (error);
  loaded = g_tls_certificate_new_from_files (certificate, key, &error);
  g_assert_no_error (error);

  g_unlink (key);
  g_unlink (certificate);
  g_rmdir (folder);

  return loaded;
}
