/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "session-log.h"

static void
keep_event (SioSocket  *socket,
            SioEvent   *event,
            SioEvent  **kept)
{
  g_assert_null (*kept);
  *kept = sio_event_ref (event);
}

static SioEvent *
receive (SioSocket  *socket,
         SioEngine  *engine,
         const char *text)
{
  SioEvent *event = NULL;
  gulong handler = g_signal_connect (socket, "event", G_CALLBACK (keep_event), &event);

  fake_engine_receive (engine, text);
  g_signal_handler_disconnect (socket, handler);
  g_assert_nonnull (event);

  return event;
}

static void
test_arguments (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  g_autoptr(SioEvent) event = receive (chat, engine, "2/chat,[\"news\",\"a\",{\"b\":[1,2]},null]");
  g_autoptr(SioEvent) number = receive (chat, engine, "2/chat,[42]");
  g_autoptr(JsonNode) node = NULL;

  g_assert_cmpstr (sio_event_get_name (event), ==, "news");
  g_assert_cmpuint (sio_event_get_n_arguments (event), ==, 3);
  g_assert_cmpstr (sio_value_get_string (sio_event_get_argument (event, 0)), ==, "a");
  g_assert_cmpint (sio_value_get_kind (sio_event_get_argument (event, 2)), ==, SIO_VALUE_NULL);
  g_assert_null (sio_event_get_argument (event, 3));
  g_assert_null (sio_event_get_argument (event, G_MAXUINT));
  g_assert_null (sio_event_dup_argument_json (event, 3));

  node = sio_event_dup_argument_json (event, 1);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (json_node_get_object (node), "b"), 1), ==, 2);

  g_assert_cmpstr (sio_event_get_name (number), ==, "42");
  g_assert_cmpuint (sio_event_get_n_arguments (number), ==, 0);
}

static void
test_acknowledge (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  g_autoptr(SioEvent) event = receive (chat, engine, "2/chat,7[\"question\"]");
  g_autoptr(SioEvent) other = receive (chat, engine, "2/chat,8[\"question\"]");
  g_autoptr(SioValue) answer = parse_arguments ("[{\"ok\":true}]");
  g_autoptr(SioValue) object = parse_arguments ("{}");
  g_autoptr(GError) error = NULL;

  g_assert_true (sio_event_wants_acknowledgement (event));
  assert_sent (engine, "");

  /* What cannot be sent does not use it up. */
  g_assert_false (sio_event_acknowledge (event, object, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_true (sio_event_acknowledge (event, answer, &error));
  g_assert_no_error (error);
  assert_sent (engine, "43/chat,7[{\"ok\":true}]");
  g_assert_true (sio_event_wants_acknowledgement (event));
  g_assert_false (sio_event_acknowledge (event, answer, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_ANSWERED);
  g_clear_error (&error);
  assert_sent (engine, "");

  g_assert_true (sio_event_acknowledge (other, NULL, NULL));
  assert_sent (engine, "43/chat,8[]");
}

static void
test_nothing_to_acknowledge (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  g_autoptr(SioEvent) event = receive (chat, engine, "2/chat,[\"news\"]");
  g_autoptr(GError) error = NULL;

  g_assert_false (sio_event_wants_acknowledgement (event));
  g_assert_false (sio_event_acknowledge (event, NULL, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT);
  assert_sent (engine, "");
}

/* The server has forgotten its question, and the same identifier may be another one now. */
static void
test_too_late (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  SioEngine *engine = session_log_join (self, chat);
  g_autoptr(SioEvent) event = receive (chat, engine, "2/chat,0[\"question\"]");
  g_autoptr(SioEvent) seemingly = NULL;
  g_autoptr(GError) error = NULL;

  fake_engine_end (engine, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  g_assert_false (sio_event_acknowledge (event, NULL, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  g_clear_error (&error);

  sio_manager_retry_now (self->manager);
  engine = session_log_join (self, chat);
  g_assert_false (sio_event_acknowledge (event, NULL, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  g_clear_error (&error);
  assert_sent (engine, "");

  /* Nor where the connection only seems to stand. */
  seemingly = receive (chat, engine, "2/chat,1[\"question\"]");
  fake_engine_set_alive (engine, FALSE);
  g_assert_false (sio_event_acknowledge (seemingly, NULL, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  assert_sent (engine, "");
}

static void
test_event_outlives_all (void)
{
  SessionLog *self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  g_autoptr(SioEvent) event = receive (chat, session_log_join (self, chat), "2/chat,0[\"question\",\"text\"]");
  g_autoptr(GError) error = NULL;

  session_log_free (self);
  g_assert_cmpstr (sio_value_get_string (sio_event_get_argument (event, 0)), ==, "text");
  g_assert_false (sio_event_acknowledge (event, NULL, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event/arguments", test_arguments);
  g_test_add_func ("/event/acknowledge", test_acknowledge);
  g_test_add_func ("/event/nothing-to-acknowledge", test_nothing_to_acknowledge);
  g_test_add_func ("/event/too-late", test_too_late);
  g_test_add_func ("/event/event-outlives-all", test_event_outlives_all);

  return g_test_run ();
}
