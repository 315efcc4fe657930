/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Each fault that a server or a network can have, on each transport, in each state of the connection: it ends for the right
 * reason, told once, and the next connection works. */

#include <string.h>

#include "scripted-peer.h"
#include "engine-harness.h"
#include "sio-manager.h"

typedef enum
{
  OPENING,
  JOINED,
  UPGRADING,
  CLOSING,
} State;

typedef struct _Fault Fault;

typedef struct
{
  const Fault    *fault;
  State           state;
  const char     *transport;
  ScriptedServer *server;
  SioManager     *manager;
  SioSocket      *socket;
  GString        *log;
  gboolean        armed;
  gboolean        is_lost;    /* the server knows the session no more */
} Fixture;

struct _Fault
{
  const char *name;
  void      (*perform) (Fixture *self, ScriptedPeer *carrier);
  /* How a connection that was joined ends; NULL where the transport cannot have the fault. */
  const char *on_polling;
  const char *on_websocket;
};

#define NESTING (10 * 1024 * 1024)

static gboolean
is_websocket (Fixture *self)
{
  return g_str_equal (self->transport, "websocket") || self->state == UPGRADING;
}

/* To the client, as a message or as the body of the answer it waits for. */
static void
say (Fixture      *self,
     ScriptedPeer *carrier,
     const char   *words,
     gssize        length)
{
  if (length < 0)
    length = strlen (words);
  if (is_websocket (self))
    scripted_peer_write_frame (carrier, 0x81, words, length);
  else
    {
      self->server->poll = NULL;
      scripted_peer_answer (carrier, 200, "text/plain; charset=UTF-8", words, length);
    }
}

static void
answer_status (Fixture      *self,
               ScriptedPeer *carrier,
               guint         status)
{
  self->server->poll = NULL;
  scripted_peer_answer (carrier, status, "application/json", "{\"code\":1,\"message\":\"Session ID unknown\"}", -1);
}

static void
perform_drop (Fixture      *self,
              ScriptedPeer *carrier)
{
  if (self->state == UPGRADING)
    scripted_peer_drop (carrier);
  else
    {
      self->is_lost = TRUE;
      scripted_server_drop (self->server);
    }
}

static void
perform_close_packet (Fixture      *self,
                      ScriptedPeer *carrier)
{
  say (self, carrier, "1", -1);
}

static void
perform_unknown_packet (Fixture      *self,
                        ScriptedPeer *carrier)
{
  say (self, carrier, "x", -1);
}

static void
perform_no_packet (Fixture      *self,
                   ScriptedPeer *carrier)
{
  say (self, carrier, "4bad", -1);
}

static void
perform_nesting (Fixture      *self,
                 ScriptedPeer *carrier)
{
  g_autofree char *words = g_strnfill (NESTING, '[');

  memcpy (words, "42", 2);
  say (self, carrier, words, NESTING);
}

static void
perform_not_utf8 (Fixture      *self,
                  ScriptedPeer *carrier)
{
  say (self, carrier, "42[\"\xff\xfe\"]", -1);
}

static void
perform_cut_in_two (Fixture      *self,
                    ScriptedPeer *carrier)
{
  static const char half_answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n42[\"he";

  if (is_websocket (self))
    scripted_peer_write (carrier, "\x81\x20" "42[\"he", 8);
  else
    scripted_peer_write (carrier, half_answer, sizeof half_answer - 1);
  scripted_peer_finish (carrier);
}

static void
perform_not_http (Fixture      *self,
                  ScriptedPeer *carrier)
{
  scripted_peer_write (carrier, "SSH-2.0-OpenSSH_9.2p1\r\n\r\n", 25);
  scripted_peer_finish (carrier);
}

static void
perform_bad_request (Fixture      *self,
                     ScriptedPeer *carrier)
{
  answer_status (self, carrier, 400);
}

static void
perform_out_of_order (Fixture      *self,
                      ScriptedPeer *carrier)
{
  answer_status (self, carrier, 502);
}

static void
perform_normal_closure (Fixture      *self,
                        ScriptedPeer *carrier)
{
  scripted_peer_write_close (carrier, 1000, "");
}

static void
perform_going_away (Fixture      *self,
                    ScriptedPeer *carrier)
{
  scripted_peer_write_close (carrier, 1001, "going away");
}

static void
perform_too_big (Fixture      *self,
                 ScriptedPeer *carrier)
{
  scripted_peer_write_close (carrier, 1009, "");
}

static void
perform_closure_without_code (Fixture      *self,
                              ScriptedPeer *carrier)
{
  scripted_peer_write_close (carrier, 0, "");
}

static void
perform_reserved_bits (Fixture      *self,
                       ScriptedPeer *carrier)
{
  scripted_peer_write_frame (carrier, 0xf1, "6", 1);
}

static void
perform_hostile_length (Fixture      *self,
                        ScriptedPeer *carrier)
{
  scripted_peer_write (carrier, "\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10);
}

/* The server says no more, not even to a probe. */
static void
perform_silence (Fixture      *self,
                 ScriptedPeer *carrier)
{
  if (self->state == UPGRADING)
    self->server->probe_answer = NULL;
}

static const Fault faults[] = {
  { "dropped", perform_drop, "transport error", "transport close" },
  { "close-packet", perform_close_packet, "transport close", "transport close" },
  { "unknown-packet", perform_unknown_packet, "transport error", "transport error" },
  { "no-packet", perform_no_packet, "parse error", "parse error" },
  { "nesting", perform_nesting, "parse error", "parse error" },
  { "not-utf8", perform_not_utf8, "transport error", "transport error" },
  { "cut-in-two", perform_cut_in_two, "transport error", "transport close" },
  { "not-http", perform_not_http, "transport error", NULL },
  { "status-400", perform_bad_request, "transport error", NULL },
  { "status-502", perform_out_of_order, "transport error", NULL },
  { "closure-1000", perform_normal_closure, NULL, "transport close" },
  { "closure-1001", perform_going_away, NULL, "transport close" },
  { "closure-1009", perform_too_big, NULL, "transport close" },
  { "closure-without-code", perform_closure_without_code, NULL, "transport close" },
  { "reserved-bits", perform_reserved_bits, NULL, "transport error" },
  { "hostile-length", perform_hostile_length, NULL, "transport error" },
  { "silence", perform_silence, "ping timeout", "ping timeout" },
};

static void
strike (Fixture      *self,
        ScriptedPeer *carrier)
{
  self->armed = FALSE;
  self->server->ping_interval_ms = 25000;
  self->fault->perform (self, carrier);
}

static gboolean
on_request (ScriptedServer  *server,
            ScriptedPeer    *peer,
            ScriptedRequest *request,
            gpointer         user_data)
{
  Fixture *self = user_data;
  gboolean wants_websocket = g_strcmp0 (request->transport, "websocket") == 0;

  if (request->session_id == NULL)
    {
      /* Nothing of the session before. */
      server->poll = server->websocket = NULL;
      g_string_truncate (server->queue, 0);
      self->is_lost = FALSE;
    }
  else if (self->is_lost)
    {
      /* libsoup repeats a GET that broke off before its answer. */
      answer_status (self, peer, 400);
      return TRUE;
    }

  if (!self->armed || !(self->state == OPENING || (self->state == UPGRADING && wants_websocket)))
    return FALSE;

  if (wants_websocket)
    scripted_peer_accept (peer);
  strike (self, peer);

  return TRUE;
}

static void
on_packet (ScriptedServer *server,
           const char     *packet,
           gsize           length,
           gpointer        user_data)
{
  Fixture *self = user_data;
  ScriptedPeer *carrier = server->websocket != NULL ? server->websocket : server->poll;

  if (g_str_equal (packet, "40"))
    scripted_server_send (server, "40{\"sid\":\"scripted\"}");
  else if (g_str_equal (packet, "42[\"ask\"]"))
    scripted_server_send (server, "42[\"told\"]");
  else if (g_str_equal (packet, "41") && self->armed && carrier != NULL)
    strike (self, carrier);
}

static void
note (Fixture    *self,
      const char *line)
{
  g_string_append_printf (self->log, "%s\n", line);
}

static void
on_opened (SioSocket *socket,
           Fixture   *self)
{
  note (self, "opened");
}

static void
on_closed (SioSocket           *socket,
           SioDisconnectReason  reason,
           GError              *details,
           Fixture             *self)
{
  g_autofree char *line = g_strconcat ("closed ", sio_disconnect_reason_to_string (reason), NULL);

  note (self, line);
}

static void
on_connect_error (SioSocket *socket,
                  GError    *error,
                  SioValue  *data,
                  Fixture   *self)
{
  sio_manager_set_timeout (self->manager, 20000);
  note (self, "refused");
}

static void
on_told (SioSocket *socket,
         SioEvent  *event,
         Fixture   *self)
{
  note (self, "told");
}

static void
set_up (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = NULL;
  const char *transports[] = { self->transport, self->state == UPGRADING ? "websocket" : NULL, NULL };
  gboolean is_silence = self->fault->perform == perform_silence;

  self->log = g_string_new (NULL);
  self->server = scripted_server_new (NULL);
  self->server->on_request = on_request;
  self->server->on_packet = on_packet;
  self->server->user_data = self;
  if (is_silence && self->state == JOINED)
    self->server->ping_interval_ms = self->server->ping_timeout_ms = 150;

  uri = g_strdup_printf ("http://127.0.0.1:%u", self->server->port);
  self->manager = sio_manager_new (uri, &error);
  g_assert_no_error (error);
  sio_manager_set_transports (self->manager, transports);
  sio_manager_set_reconnection_delay (self->manager, 5, 20);
  if (is_silence && self->state == OPENING)
    sio_manager_set_timeout (self->manager, 200);
  self->socket = sio_manager_get_socket (self->manager, "/");
  g_signal_connect (self->socket, "opened", G_CALLBACK (on_opened), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_closed), self);
  g_signal_connect (self->socket, "connect-error", G_CALLBACK (on_connect_error), self);
  g_signal_connect (self->socket, "event::told", G_CALLBACK (on_told), self);
}

static void
tear_down (Fixture *self)
{
  g_assert_finalize_object (self->manager);
  test_settle ();
  scripted_server_free (self->server);
  g_string_free (self->log, TRUE);
}

static void
assert_works (Fixture *self)
{
  g_string_truncate (self->log, 0);
  g_assert_true (sio_socket_emit (self->socket, "ask", NULL, SIO_EMIT_DEFAULT, NULL));
  test_wait_for_log (self->log, "told");
  g_assert_cmpstr (self->log->str, ==, "told\n");
}

static gboolean
has_carrier (gpointer user_data)
{
  Fixture *self = user_data;

  return is_websocket (self) ? self->server->websocket != NULL : self->server->poll != NULL;
}

static void
join (Fixture *self)
{
  sio_socket_open (self->socket);
  test_wait_for_log (self->log, "opened");
  test_wait_for (has_carrier, self);
  g_string_truncate (self->log, 0);
}

static void
test_opening (Fixture *self)
{
  self->armed = TRUE;
  sio_socket_open (self->socket);
  test_wait_for_log (self->log, "opened");
  g_assert_cmpstr (self->log->str, ==, "refused\nopened\n");
  assert_works (self);
}

static void
test_joined (Fixture *self)
{
  const char *reason = is_websocket (self) ? self->fault->on_websocket : self->fault->on_polling;
  g_autofree char *expected = g_strdup_printf ("closed %s\nopened\n", reason);

  join (self);
  strike (self, is_websocket (self) ? self->server->websocket : self->server->poll);
  test_wait_for_log (self->log, "opened");
  g_assert_cmpstr (self->log->str, ==, expected);
  assert_works (self);
}

/* A WebSocket that does not come about harms nobody. */
static void
test_upgrading (Fixture *self)
{
  self->armed = TRUE;
  sio_socket_open (self->socket);
  test_wait_for_log (self->log, "opened");
  assert_works (self);
  test_settle ();
  g_assert_false (self->armed);
  g_assert_true (sio_socket_get_connected (self->socket));
  g_assert_cmpstr (sio_manager_get_transport (self->manager), ==, "polling");
  assert_works (self);
}

static gboolean
is_struck (gpointer user_data)
{
  return !((Fixture *) user_data)->armed;
}

/* We were going anyway: whatever the server does about it, it is not told twice, and nothing is tried again. */
static void
test_closing (Fixture *self)
{
  join (self);
  self->armed = TRUE;
  sio_socket_close (self->socket);
  g_assert_cmpstr (self->log->str, ==, "closed io client disconnect\n");
  test_wait_for (is_struck, self);
  test_settle ();
  g_assert_cmpstr (self->log->str, ==, "closed io client disconnect\n");
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);

  join (self);
  assert_works (self);
}

static void
test_fault (gconstpointer user_data)
{
  Fixture self = *(const Fixture *) user_data;

  set_up (&self);
  switch (self.state)
    {
    case OPENING:
      test_opening (&self);
      break;
    case JOINED:
      test_joined (&self);
      break;
    case UPGRADING:
      test_upgrading (&self);
      break;
    case CLOSING:
    default:
      test_closing (&self);
      break;
    }
  tear_down (&self);
}

static void
add (State        state,
     const char  *words,
     const char  *transport,
     const Fault *fault)
{
  g_autofree char *path = g_strdup_printf ("/faults/%s/%s/%s", words, transport, fault->name);
  Fixture *data = g_new0 (Fixture, 1);

  data->state = state;
  data->transport = transport;
  data->fault = fault;
  g_test_add_data_func_full (path, data, test_fault, g_free);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      const Fault *fault = &faults[i];

      if (fault->on_polling != NULL)
        {
          add (OPENING, "opening", "polling", fault);
          add (JOINED, "joined", "polling", fault);
          add (CLOSING, "closing", "polling", fault);
        }
      if (fault->on_websocket != NULL)
        {
          add (OPENING, "opening", "websocket", fault);
          add (JOINED, "joined", "websocket", fault);
          add (CLOSING, "closing", "websocket", fault);
          add (UPGRADING, "upgrading", "polling", fault);
        }
    }

  return g_test_run ();
}
