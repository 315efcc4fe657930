/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The choice of the parser, and a session in msgpack. */

#include <string.h>

#include "session-log.h"

#define NSP_CHAT "a36e7370a52f63686174"
#define CONNECT_CHAT "b82a47479706500" NSP_CHAT
#define HI_CHAT "b83a47479706502a46461746191a26869" NSP_CHAT

static SioSocket *
msgpack_socket (SessionLog *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (sio_manager_set_parser (self->manager, SIO_PARSER_MSGPACK, &error));
  g_assert_no_error (error);

  return session_log_socket (self, "/chat");
}

static void
receive (SioEngine  *engine,
         const char *hex)
{
  gsize length = strlen (hex) / 2;
  g_autofree char *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (char) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  fake_engine_receive_bytes (engine, bytes, length);
}

/* Lets it join with an identifier, and with one for the recovery. */
static void
welcome (SioEngine *engine)
{
  receive (engine, "83a47479706500a46461746182a3736964a178a3706964a170" NSP_CHAT);
}

static SioEngine *
join (SessionLog *self,
      SioSocket  *socket)
{
  SioEngine *engine;

  sio_socket_open (socket);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  assert_sent (engine, CONNECT_CHAT);
  welcome (engine);
  g_assert_cmpstr (sio_socket_get_id (socket), ==, "x");
  g_free (session_log_take (self));

  return engine;
}

static void
emit (SioSocket *socket)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (sio_socket_emit (socket, "hi", NULL, SIO_EMIT_DEFAULT, &error));
  g_assert_no_error (error);
}

static void
count_up (guint *count)
{
  ++*count;
}

static void
test_choice (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  guint n_notified = 0;
  SioParser parser = SIO_PARSER_MSGPACK;

  g_object_get (self->manager, "parser", &parser, NULL);
  g_assert_cmpint (parser, ==, SIO_PARSER_JSON);
  g_assert_true (sio_parser_is_supported (SIO_PARSER_JSON));
  g_assert_true (sio_parser_is_supported (SIO_PARSER_MSGPACK));

  g_signal_connect_swapped (self->manager, "notify::parser", G_CALLBACK (count_up), &n_notified);
  g_assert_true (sio_manager_set_parser (self->manager, SIO_PARSER_JSON, NULL));
  g_assert_cmpuint (n_notified, ==, 0);
  g_assert_true (sio_manager_set_parser (self->manager, SIO_PARSER_MSGPACK, NULL));
  g_assert_true (sio_manager_set_parser (self->manager, SIO_PARSER_MSGPACK, NULL));
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpint (sio_manager_get_parser (self->manager), ==, SIO_PARSER_MSGPACK);
  g_object_get (self->manager, "parser", &parser, NULL);
  g_assert_cmpint (parser, ==, SIO_PARSER_MSGPACK);
}

static void
assert_busy (SessionLog *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (sio_manager_set_parser (self->manager, SIO_PARSER_JSON, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_cmpint (sio_manager_get_parser (self->manager), ==, SIO_PARSER_MSGPACK);
  /* The one that is in use may always be asked for. */
  g_assert_true (sio_manager_set_parser (self->manager, SIO_PARSER_MSGPACK, NULL));
}

static void
test_busy (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = msgpack_socket (self);
  SioEngine *engine;

  /* What waits was written with the parser of its time. */
  emit (chat);
  assert_busy (self);
  sio_socket_clear_buffer (chat);
  g_assert_true (sio_manager_set_parser (self->manager, SIO_PARSER_JSON, NULL));
  g_assert_true (sio_manager_set_parser (self->manager, SIO_PARSER_MSGPACK, NULL));

  sio_socket_open (chat);
  assert_busy (self);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  assert_busy (self);
  fake_engine_end (engine, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
  assert_busy (self);

  /* After that the next connection speaks the other one. */
  sio_manager_close (self->manager);
  g_assert_true (sio_manager_set_parser (self->manager, SIO_PARSER_JSON, NULL));
  sio_manager_open (self->manager);
  fake_engine_open (fake_engine_last ());
  assert_sent (fake_engine_last (), "40/chat,");
}

static void
test_session (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = msgpack_socket (self);
  SioEngine *engine = join (self, chat);

  emit (chat);
  assert_sent (engine, HI_CHAT);
  receive (engine, "83a47479706502a46461746192a3796f75c4020102" NSP_CHAT);
  /* For a namespace that nobody asked for. */
  receive (engine, "83a47479706502a46461746191a3796f75a36e7370a12f");
  assert_log (self, "/chat event you 2 bytes");

  sio_socket_close (chat);
  assert_sent (engine, "b82a47479706501" NSP_CHAT);
  assert_log (self, "/chat closed: io client disconnect\nmanager closed: forced close");
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  SioValue **answer = user_data;

  *answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, NULL);
}

static void
acknowledge (SioSocket *socket,
             SioEvent  *event)
{
  g_autoptr(SioValue) arguments = parse_arguments ("[7]");

  g_assert_true (sio_event_acknowledge (event, arguments, NULL));
}

static void
test_acknowledgements (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = msgpack_socket (self);
  SioEngine *engine = join (self, chat);
  g_autoptr(SioValue) answer = NULL;

  sio_socket_emit_with_ack_async (chat, "hi", NULL, SIO_EMIT_DEFAULT, SIO_NO_TIMEOUT, NULL, on_answer, &answer);
  assert_sent (engine, "b84a47479706502a46461746191a26869" NSP_CHAT "a2696400");
  receive (engine, "84a47479706503a46461746191a3796573" NSP_CHAT "a2696400");
  wait_until (answer != NULL);
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (answer, 0)), ==, "yes");

  g_signal_connect (chat, "event", G_CALLBACK (acknowledge), NULL);
  receive (engine, "84a47479706502a46461746191a161" NSP_CHAT "a2696405");
  assert_sent (engine, "b84a47479706503a46461746191" "07" NSP_CHAT "a2696405");
}

/* What waited goes out as it was written, and is told to who listens. */
static void
test_waiting (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = msgpack_socket (self);
  guint n_outgoing = 0;
  SioEngine *engine;

  g_signal_connect_swapped (chat, "event-outgoing::hi", G_CALLBACK (count_up), &n_outgoing);
  emit (chat);
  g_assert_cmpuint (sio_socket_get_buffered_bytes (chat), ==, strlen (HI_CHAT) / 2);
  g_assert_cmpuint (n_outgoing, ==, 0);
  engine = join (self, chat);
  assert_sent (engine, HI_CHAT);
  g_assert_cmpuint (n_outgoing, ==, 1);
  emit (chat);
  assert_sent (engine, HI_CHAT);
  g_assert_cmpuint (n_outgoing, ==, 2);
}

/* The offset is the last argument, and goes with the credentials of the next connection. */
static void
test_recovery (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = msgpack_socket (self);
  SioEngine *engine = join (self, chat);

  receive (engine, "83a47479706502a46461746192a161a3616263" NSP_CHAT);
  fake_engine_end (engine, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  sio_manager_retry_now (self->manager);
  engine = fake_engine_last ();
  fake_engine_open (engine);
  assert_sent (engine, "b83a47479706500a46461746182a3706964a170a66f6666736574a3616263" NSP_CHAT);
  welcome (engine);
  g_assert_true (sio_socket_get_recovered (chat));
}

static void
test_refusal (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = msgpack_socket (self);

  sio_socket_open (chat);
  fake_engine_open (fake_engine_last ());
  g_free (session_log_take (self));
  receive (fake_engine_last (), "83a47479706504a46461746182a76d657373616765a26e6fa46461746181a16101" NSP_CHAT);
  g_assert_false (sio_socket_get_active (chat));
  assert_log (self, "/chat connect error: no {\"a\":1}\nmanager closed: forced close");
}

/* The session ends, and another one begins. */
static void
test_parse_error (void)
{
  static const char * const hostile[] = { "", "c1", "80", "83a47479706502a464617461dd7fffffff", "85a4747970" };

  for (guint i = 0; i <= G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr(SessionLog) self = session_log_new ();
      SioSocket *chat = msgpack_socket (self);
      SioEngine *engine = join (self, chat);

      if (i < G_N_ELEMENTS (hostile))
        receive (engine, hostile[i]);
      else
        fake_engine_receive (engine, "2/chat,[\"hi\"]");
      g_assert_false (sio_socket_get_connected (chat));
      g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
      sio_manager_retry_now (self->manager);
      fake_engine_open (fake_engine_last ());
      welcome (fake_engine_last ());
      g_assert_true (sio_socket_get_connected (chat));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/parser/choice", test_choice);
  g_test_add_func ("/parser/busy", test_busy);
  g_test_add_func ("/parser/session", test_session);
  g_test_add_func ("/parser/acknowledgements", test_acknowledgements);
  g_test_add_func ("/parser/waiting", test_waiting);
  g_test_add_func ("/parser/recovery", test_recovery);
  g_test_add_func ("/parser/refusal", test_refusal);
  g_test_add_func ("/parser/parse-error", test_parse_error);

  return g_test_run ();
}
