/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A library that was built without msgpack: it says so, and changes nothing. */

#include "session-log.h"

static void
test_missing (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *chat = session_log_socket (self, "/chat");
  g_autoptr(GError) error = NULL;

  g_assert_true (sio_parser_is_supported (SIO_PARSER_JSON));
  g_assert_false (sio_parser_is_supported (SIO_PARSER_MSGPACK));

  g_assert_false (sio_manager_set_parser (self->manager, SIO_PARSER_MSGPACK, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpint (sio_manager_get_parser (self->manager), ==, SIO_PARSER_JSON);

  sio_socket_open (chat);
  fake_engine_open (fake_engine_last ());
  assert_sent (fake_engine_last (), "40/chat,");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/parser-missing/missing", test_missing);

  return g_test_run ();
}
