/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Namespaces: who is let in, who is not, and who is put out. */

#include "interop.h"

static void
provide_fresh (SioSocket *socket,
               GTask     *task,
               gpointer   user_data)
{
  guint *count = user_data;
  g_autofree char *json = g_strdup_printf ("{\"token\":\"t%u\"}", ++*count);

  g_task_return_pointer (task, interop_parse (json), (GDestroyNotify) sio_value_unref);
  g_object_unref (task);
}

static void
test_auth (Fixture       *self,
           gconstpointer  user_data)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/chat");
  guint count = 0;

  sio_manager_set_query (self->manager, "city", "Zürich & co");
  sio_manager_set_header (self->manager, "X-Test", "yes");
  sio_socket_set_auth_func (socket, provide_fresh, &count, NULL);

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *token = g_strdup_printf ("t%u", i);
      g_autoptr(SioValue) answer = NULL;
      SioValue *handshake;

      interop_open_socket (self, "/chat");
      answer = interop_ask (socket, "getHandshake", NULL);
      handshake = sio_value_get_element (answer, 0);
      g_assert_cmpstr (sio_value_get_string (sio_value_lookup (sio_value_lookup (handshake, "auth"), "token")), ==, token);
      g_assert_cmpstr (sio_value_get_string (sio_value_lookup (sio_value_lookup (handshake, "query"), "city")), ==,
                       "Zürich & co");
      g_assert_cmpstr (sio_value_get_string (sio_value_lookup (handshake, "header")), ==, "yes");
      sio_socket_close (socket);
    }
}

static void
test_refusal (Fixture       *self,
              gconstpointer  user_data)
{
  SioSocket *chat = interop_open_socket (self, "/chat");
  SioSocket *admin = sio_manager_get_socket (self->manager, "/admin");
  SioSocket *nowhere = sio_manager_get_socket (self->manager, "/nowhere");
  g_autoptr(SioValue) auth = interop_parse ("{\"token\":\"admin\"}");

  g_signal_connect (admin, "connect-error", G_CALLBACK (interop_log_connect_error), self);
  g_signal_connect (nowhere, "connect-error", G_CALLBACK (interop_log_connect_error), self);
  sio_socket_open (admin);
  wait_until (!sio_socket_get_active (admin));
  sio_socket_open (nowhere);
  wait_until (!sio_socket_get_active (nowhere));
  g_assert_cmpstr (self->log->str, ==, "/admin: Admins only {\"code\":403,\"needs\":[\"admin\"]}\n"
                                       "/nowhere: Invalid namespace \n");

  sio_socket_set_auth (admin, auth);
  interop_open_socket (self, "/admin");
  g_assert_true (sio_socket_get_connected (chat));
  interop_assert_answer (admin, "echo", "[1]", "[1]");
}

/* This server knows no data apart from the message, and has words of its own. */
static void
test_python_refusal (Fixture       *self,
                     gconstpointer  user_data)
{
  SioSocket *chat = interop_open_socket (self, "/chat");
  SioSocket *admin = sio_manager_get_socket (self->manager, "/admin");
  SioSocket *nowhere = sio_manager_get_socket (self->manager, "/nowhere");
  g_autoptr(SioValue) auth = interop_parse ("{\"token\":\"admin\"}");

  g_signal_connect (admin, "connect-error", G_CALLBACK (interop_log_connect_error), self);
  sio_socket_open (admin);
  wait_until (!sio_socket_get_active (admin));
  g_assert_cmpstr (self->log->str, ==, "/admin: Admins only {\"code\":403,\"needs\":[\"admin\"]}\n");
  sio_socket_open (nowhere);
  wait_until (!sio_socket_get_active (nowhere));

  sio_socket_set_auth (admin, auth);
  interop_open_socket (self, "/admin");
  g_assert_true (sio_socket_get_connected (chat));
  interop_assert_answer (admin, "echo", "[1]", "[1]");
}

static void
test_silent_namespace (Fixture       *self,
                       gconstpointer  user_data)
{
  SioSocket *chat = interop_open_socket (self, "/chat");
  SioSocket *silent = sio_manager_get_socket (self->manager, "/silent");

  g_signal_connect (silent, "connect-error", G_CALLBACK (interop_log_connect_error), self);
  sio_manager_set_timeout (self->manager, 100);
  sio_socket_open (silent);
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/silent: The server did not answer for “/silent” in time \n");
  interop_assert_answer (chat, "echo", "[1]", "[1]");
}

static void
test_namespaces (Fixture       *self,
                 gconstpointer  user_data)
{
  static const char * const names[] = { "/chat", "/notifications", "/admin", "/" };
  g_autoptr(SioValue) auth = interop_parse ("{\"token\":\"admin\"}");
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  sio_socket_set_auth (sio_manager_get_socket (self->manager, "/admin"), auth);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    sio_socket_open (sio_manager_get_socket (self->manager, names[i]));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      SioSocket *socket = interop_open_socket (self, names[i]);
      g_autofree char *expected = g_strdup_printf ("[\"%s\"]", sio_socket_get_id (socket));

      interop_assert_answer (socket, "getId", NULL, expected);
      g_hash_table_add (ids, g_strdup (sio_socket_get_id (socket)));
    }
  g_assert_cmpuint (g_hash_table_size (ids), ==, G_N_ELEMENTS (names));

  /* Left and joined again while the others stay. */
  for (guint i = 0; i < 3; i++)
    {
      sio_socket_close (sio_manager_get_socket (self->manager, "/chat"));
      interop_open_socket (self, "/chat");
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      SioSocket *socket = sio_manager_get_socket (self->manager, names[i]);

      g_assert_true (sio_socket_get_connected (socket));
      interop_assert_answer (socket, "echo", "[1]", "[1]");
    }
  g_assert_true (g_hash_table_contains (ids, sio_socket_get_id (sio_manager_get_socket (self->manager, "/admin"))));
}

static void
test_kick (Fixture       *self,
           gconstpointer  user_data)
{
  SioSocket *chat = interop_open_socket (self, "/chat");
  SioSocket *other = interop_open_socket (self, "/");

  g_signal_connect (chat, "closed", G_CALLBACK (interop_log_closed), self);
  g_signal_connect (other, "closed", G_CALLBACK (interop_log_closed), self);
  interop_emit (chat, "kick", NULL);
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/chat closed: io server disconnect\n");
  g_assert_false (sio_socket_get_active (chat));
  interop_assert_answer (other, "echo", "[1]", "[1]");

  g_string_truncate (self->log, 0);
  interop_open_socket (self, "/chat");
  interop_assert_answer (chat, "echo", "[2]", "[2]");
  interop_emit (chat, "kickAll", NULL);
  wait_until (!sio_socket_get_active (chat) && !sio_socket_get_active (other));
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
}

const Case interop_namespaces_cases[] = {
  { "auth", test_auth, ALL, FALSE },
  { "refusal", test_refusal, BOTH_OFFICIAL | 1 << PROXIED, FALSE },
  { "refusal", test_python_refusal, BOTH_PYTHON, FALSE },
  { "silent-namespace", test_silent_namespace, BOTH_OFFICIAL, FALSE },
  { "namespaces", test_namespaces, ALL, FALSE },
  { "kick", test_kick, ALL, FALSE },
  { NULL },
};
