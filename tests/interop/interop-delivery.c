/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Acknowledgements, what is sent until it is acknowledged, and much at once. */

#include "interop.h"

static void
answer_question (SioSocket *socket,
                 SioEvent  *event,
                 Fixture   *self)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (sio_event_wants_acknowledgement (event));
  sio_builder_add_string (builder, "the answer");
  for (guint i = 0; i < sio_event_get_n_arguments (event); i++)
    sio_builder_add_value (builder, sio_event_get_argument (event, i));
  arguments = sio_builder_finish (builder);

  sio_event_acknowledge (event, arguments, &error);
  g_assert_no_error (error);
  g_assert_false (sio_event_acknowledge (event, NULL, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_ANSWERED);
}

static void
test_acknowledge (Fixture       *self,
                  gconstpointer  user_data)
{
  SioSocket *socket = interop_open_socket (self, "/chat");
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\1\2\3", 3);
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;

  g_signal_connect (socket, "event::question", G_CALLBACK (answer_question), self);
  g_signal_connect (socket, "event::answered", G_CALLBACK (interop_log_event), self);
  interop_emit (socket, "askMe", "[1,{\"two\":2}]");
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/chat:answered \"the answer\" 1 {\"two\":2}\n");

  /* With binary data there and back twice. */
  g_string_truncate (self->log, 0);
  sio_builder_add_bytes (builder, bytes);
  arguments = sio_builder_finish (builder);
  g_assert_true (sio_socket_emit (socket, "askMe", arguments, SIO_EMIT_DEFAULT, NULL));
  wait_until (self->log->len > 0);
  g_assert_true (g_str_has_prefix (self->log->str, "/chat:answered \"the answer\" "));
}

static void
test_timeout (Fixture       *self,
              gconstpointer  user_data)
{
  SioSocket *socket = interop_open_socket (self, "/");
  Call call = { NULL };

  sio_socket_emit_with_ack_async (socket, "silence", NULL, SIO_EMIT_DEFAULT, 30, NULL, interop_on_answer, &call);
  wait_until (call.done);
  g_assert_error (call.error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  g_clear_error (&call.error);
  interop_assert_answer (socket, "echo", "[1]", "[1]");
}

static void
count_drop (SioSocket *socket,
            SioEvent  *event,
            guint     *count)
{
  g_assert_cmpint (sio_value_get_integer (sio_event_get_argument (event, 0)), ==, *count);
  ++*count;
}

static void
test_burst (Fixture       *self,
            gconstpointer  user_data)
{
  SioSocket *chat = interop_open_socket (self, "/chat");
  guint count = 0;

  g_signal_connect (chat, "event::drop", G_CALLBACK (count_drop), &count);
  interop_emit (chat, "burst", "[20000]");
  wait_until (count == 20000);
}

/* Each event is sent until the server acknowledges it, in order, and the server sees by the identifier what it has got already. */
static void
test_retries (Fixture       *self,
              gconstpointer  transports)
{
  SioSocket *chat = sio_manager_get_socket (self->manager, "/chat");
  guint outgoing = 0;

  sio_socket_set_retries (chat, 20);
  sio_socket_set_ack_timeout (chat, 300);
  sio_socket_set_delivery_ids (chat, TRUE);
  g_signal_connect_swapped (chat, "event-outgoing::order", G_CALLBACK (interop_count_up), &outgoing);
  interop_emit (chat, "order", "[1]");
  interop_emit (chat, "order", "[\"two\"]");
  interop_emit (chat, "order", "[{\"number\":3}]");
  g_assert_cmpuint (sio_socket_get_n_queued (chat), ==, 3);
  interop_open_socket (self, "/chat");
  wait_until (sio_socket_get_n_queued (chat) == 0);
  g_assert_cmpuint (outgoing, >=, 6);
  sio_socket_set_retries (chat, 0);
  interop_assert_answer (chat, "getNotes", NULL, "[[1,\"two\",{\"number\":3}]]");
}

const Case interop_delivery_cases[] = {
  { "acknowledge", test_acknowledge, ALL, FALSE },
  { "timeout", test_timeout, ALL, FALSE },
  { "burst", test_burst, ALL, FALSE },
  { "retries", test_retries, BOTH_OFFICIAL, FALSE },
  { NULL },
};
