/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The connection: how it begins, breaks and comes back. */

#include "interop.h"

/* A server with the other parser is no reason to wait for ever, nor to fall. */
static void
test_other_parser (Fixture       *self,
                   gconstpointer  user_data)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  SioParser other = sio_manager_get_parser (self->manager) == SIO_PARSER_JSON ? SIO_PARSER_MSGPACK : SIO_PARSER_JSON;
  g_autoptr(GError) error = NULL;

  sio_manager_set_parser (self->manager, other, &error);
  g_assert_no_error (error);
  g_signal_connect (self->manager, "closed", G_CALLBACK (interop_count_close), self);
  sio_socket_open (socket);
  wait_until (self->log->len > 0);
  g_assert_false (sio_socket_get_connected (socket));
}

static void
test_garbage (Fixture       *self,
              gconstpointer  user_data)
{
  SioSocket *chat = interop_open_socket (self, "/chat");

  g_signal_connect (chat, "closed", G_CALLBACK (interop_log_closed), self);
  interop_emit (chat, "garbage", NULL);
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/chat closed: parse error\n");
  wait_until (sio_socket_get_connected (chat));
  interop_assert_answer (chat, "echo", "[1]", "[1]");
}

/* The server dies and comes back: what was written meanwhile arrives once and in order. */
static void
test_server_restarts (Fixture       *self,
                      gconstpointer  user_data)
{
  SioSocket *chat = interop_open_socket (self, "/chat");
  Call lost = { NULL }, kept = { NULL };
  g_autofree char *answer = NULL;
  GString *expected = g_string_new ("[[");

  sio_socket_emit_with_ack_async (chat, "silence", NULL, SIO_EMIT_DEFAULT, SIO_NO_TIMEOUT, NULL, interop_on_answer, &lost);
  interop_assert_answer (chat, "echo", "[1]", "[1]");
  g_signal_connect (chat, "closed", G_CALLBACK (interop_log_closed), self);
  interop_server_kill (self->server);
  wait_until (!sio_socket_get_connected (chat));
  if (self->way->transports == interop_polling)
    g_assert_cmpstr (self->log->str, ==, "/chat closed: transport error\n");
  else if (self->way->transports == interop_websocket)
    g_assert_cmpstr (self->log->str, ==, "/chat closed: transport close\n");
  wait_until (lost.done);
  g_assert_error (lost.error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  g_clear_error (&lost.error);

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *arguments = g_strdup_printf ("[%u]", i);

      interop_emit (chat, "note", arguments);
      g_string_append_printf (expected, "%s%u", i > 0 ? "," : "", i);
    }
  g_string_append (expected, "]]");
  sio_socket_emit_with_ack_async (chat, "getNotes", NULL, SIO_EMIT_DEFAULT, PATIENCE_MS, NULL, interop_on_answer, &kept);
  wait_until (sio_manager_get_attempt (self->manager) >= 2);
  interop_server_start_again (self->server);

  wait_until (kept.done);
  g_assert_no_error (kept.error);
  answer = sio_value_to_text (kept.answer);
  g_assert_cmpstr (answer, ==, expected->str);
  interop_assert_answer (chat, "getNotes", NULL, expected->str);
  sio_value_unref (kept.answer);
  g_string_free (expected, TRUE);
}

/* The server stands still, as behind a cable that was pulled. */
static void
test_ping_timeout (Fixture       *self,
                   gconstpointer  user_data)
{
  SioSocket *chat;

  g_setenv ("PING_INTERVAL", "500", TRUE);
  g_setenv ("PING_TIMEOUT", "1500", TRUE);
  interop_server_start_again (self->server);
  g_unsetenv ("PING_INTERVAL");
  g_unsetenv ("PING_TIMEOUT");

  chat = interop_open_socket (self, "/chat");
  g_signal_connect (chat, "closed", G_CALLBACK (interop_log_closed), self);
  interop_assert_answer (chat, "echo", "[1]", "[1]");
  g_string_truncate (self->log, 0);
  interop_server_pause (self->server);
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/chat closed: ping timeout\n");
  interop_emit (chat, "note", "[\"while it stood still\"]");

  interop_server_resume (self->server);
  wait_until (sio_socket_get_connected (chat));
  interop_assert_answer (chat, "getNotes", NULL, "[[\"while it stood still\"]]");
}

/* Cut off and back: the server goes on with the same session, and what was missed comes before anything else. */
static void
test_recovery (Fixture       *self,
               gconstpointer  user_data)
{
  SioSocket *chat = interop_open_socket (self, "/chat");
  g_autofree char *id = g_strdup (sio_socket_get_id (chat));

  g_assert_false (sio_socket_get_recovered (chat));
  g_signal_connect (chat, "event", G_CALLBACK (interop_log_event), self);
  g_signal_connect (chat, "closed", G_CALLBACK (interop_log_closed), self);
  interop_assert_answer (chat, "listen", NULL, "[]");
  interop_emit (chat, "bounce", "[1]");
  wait_until (self->log->len > 0);

  sio_manager_set_reconnection_delay (self->manager, 400, 400);
  interop_emit (chat, "cutAndTell", "[\"while you were out\"]");
  wait_until (!sio_socket_get_connected (chat));
  wait_until (sio_socket_get_connected (chat));
  g_assert_true (sio_socket_get_recovered (chat));
  g_assert_cmpstr (sio_socket_get_id (chat), ==, id);
  wait_until (strstr (self->log->str, "told") != NULL);
  g_assert_cmpstr (self->log->str, ==, "/chat:bounced 1\n/chat closed: transport close\n/chat:told \"while you were out\"\n");
}

static void
test_transport (Fixture       *self,
                gconstpointer  user_data)
{
  const char *last = self->way->transports == interop_polling ? "polling" : "websocket";
  SioSocket *chat = interop_open_socket (self, "/chat");
  g_autofree char *expected = g_strdup_printf ("[\"%s\"]", last);

  /* What is sent while the transport changes keeps its order. */
  interop_assert_answer (chat, "clearNotes", NULL, "[]");
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *arguments = g_strdup_printf ("[%u]", i);

      interop_emit (chat, "note", arguments);
      g_main_context_iteration (NULL, FALSE);
    }
  wait_until (g_strcmp0 (sio_manager_get_transport (self->manager), last) == 0);
  interop_assert_answer (chat, "getTransport", NULL, expected);
  {
    g_autoptr(SioValue) answer = interop_ask (chat, "getNotes", NULL);
    SioValue *notes = sio_value_get_element (answer, 0);

    g_assert_cmpuint (sio_value_get_length (notes), ==, 200);
    for (guint i = 0; i < 200; i++)
      g_assert_cmpint (sio_value_get_integer (sio_value_get_element (notes, i)), ==, i);
  }
}

static void
test_no_server (Fixture       *self,
                gconstpointer  user_data)
{
  SioSocket *chat = sio_manager_get_socket (self->manager, "/chat");

  interop_server_kill (self->server);
  g_signal_connect (chat, "connect-error", G_CALLBACK (interop_log_connect_error), self);
  sio_socket_open (chat);
  wait_until (self->log->len > 0);
  g_test_message ("%s", self->log->str);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
  interop_server_start_again (self->server);
  wait_until (sio_socket_get_connected (chat));
}

static void
drop_manager (SioSocket *socket,
              SioEvent  *event,
              Fixture   *self)
{
  /* Not again, though the rest of the burst is here already. */
  g_assert_nonnull (self->manager);
  if (sio_value_get_integer (sio_event_get_argument (event, 0)) == 3)
    g_clear_object (&self->manager);
}

static void
test_drop_in_handler (Fixture       *self,
                      gconstpointer  user_data)
{
  SioSocket *chat = interop_open_socket (self, "/chat");

  g_signal_connect (chat, "event::drop", G_CALLBACK (drop_manager), self);
  interop_emit (chat, "burst", "[500]");
  wait_until (self->manager == NULL);
}

/* The self-made authority is known to nobody else: without it there is no connection, whatever the transport. */
static void
test_unknown_authority (Fixture       *self,
                        gconstpointer  user_data)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  g_autoptr(GError) refusal = NULL;

  sio_manager_set_tls_database (self->manager, NULL);
  sio_manager_set_reconnection (self->manager, FALSE);
  g_signal_connect (self->manager, "error", G_CALLBACK (interop_take_error), &refusal);
  sio_socket_open (socket);
  wait_until (refusal != NULL);
  g_assert_error (refusal, SIO_ERROR, SIO_ERROR_TLS);
}

const Case interop_connection_cases[] = {
  { "other-parser", test_other_parser, BOTH_OFFICIAL, TRUE },
  { "garbage", test_garbage, BOTH_OFFICIAL, FALSE },
  { "server-restarts", test_server_restarts, BOTH_OFFICIAL | BOTH_PYTHON, FALSE },
  { "ping-timeout", test_ping_timeout, BOTH_OFFICIAL | BOTH_PYTHON, FALSE },
  { "recovery", test_recovery, BOTH_OFFICIAL | 1 << PROXIED, FALSE },
  { "transport", test_transport, ALL, FALSE },
  { "no-server", test_no_server, BOTH_OFFICIAL | BOTH_PYTHON, FALSE },
  { "drop-in-handler", test_drop_in_handler, ALL, FALSE },
  { "unknown-authority", test_unknown_authority, 1 << PROXIED, FALSE },
  { NULL },
};
