/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Managers that are shared by the address of their server. */

#include "session-log.h"

static SioManager *
look_up (const char  *uri,
         SioSocket  **socket)
{
  g_autoptr(GError) error = NULL;
  SioManager *manager = sio_manager_lookup (uri, NULL, socket, &error);

  g_assert_no_error (error);
  g_assert_true (SIO_IS_MANAGER (manager));

  return manager;
}

static void
test_namespace (void)
{
  static const struct { const char *uri; const char *name_space; const char *asked; } cases[] = {
    { "http://woot.com/woot", "/woot", "http://woot.com:80/" },
    { "http://google.com", "/", "http://google.com:80/" },
    { "http://google.com/", "/", "http://google.com:80/" },
    { "https://woot.com/some-namespace", "/some-namespace", "https://woot.com:443/" },
    { "ws://woot.com:3000/a/b/?c=d&e=f", "/a/b/", "http://woot.com:3000/?c=d&e=f" },
    { "http://[::1]/chat#part", "/chat", "http://[::1]:80/" },
    { "http://woot.com?c=d", "/", "http://woot.com:80/?c=d" },
    { "http://ada:secret@woot.com/räume%20", "/räume%20", "http://woot.com:80/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SioSocket *socket = NULL;
      g_autoptr(SioManager) manager = look_up (cases[i].uri, &socket);

      g_assert_cmpstr (sio_socket_get_namespace (socket), ==, cases[i].name_space);
      g_assert_true (sio_socket_get_manager (socket) == manager);
      g_assert_cmpstr (sio_manager_get_uri (manager), ==, cases[i].asked);
      g_assert_cmpint (sio_manager_get_state (manager), ==, SIO_STATE_CLOSED);
    }
}

/* The query is the handshake's, and no part of the namespace. */
static void
test_query (void)
{
  SioSocket *socket = NULL;
  g_autoptr(SioManager) manager = look_up ("http://127.0.0.1:1/chat?room&&token=a%26b+%ff&word=a%26b+c&=d", &socket);
  g_autofree char *description = NULL;

  sio_socket_open (socket);
  description = fake_engine_describe (fake_engine_last ());
  g_assert_cmpstr (description, ==, "http 127.0.0.1 1 /socket.io/ polling room= token=a%26b+%FF word=a&b+c");
  fake_engine_open (fake_engine_last ());
  assert_sent (fake_engine_last (), "40/chat,");

  g_clear_object (&manager);
  fake_engine_reset ();
}

/* Each time for a namespace that is new to them. */
static gboolean
are_shared (const char *first_uri,
            const char *first_path,
            const char *second_uri,
            const char *second_path)
{
  g_autoptr(SioManager) first = sio_manager_lookup (first_uri, first_path, NULL, NULL);
  g_autoptr(SioManager) second = sio_manager_lookup (second_uri, second_path, NULL, NULL);

  g_assert_true (SIO_IS_MANAGER (first) && SIO_IS_MANAGER (second));

  return first == second;
}

static void
test_addresses (void)
{
  g_assert_true (are_shared ("http://google.com:80/", NULL, "http://google.com/", NULL));
  g_assert_true (are_shared ("http://google.com/a", NULL, "ws://Google.com/b#c", NULL));
  g_assert_true (are_shared ("http://google.com/", "/test", "http://google.com/a", "/test/"));
  g_assert_true (are_shared ("http://google.com/", "/socket.io", "http://google.com/", NULL));
  g_assert_true (are_shared ("http://google.com/?a=b", NULL, "http://google.com/c?a=b", NULL));
  g_assert_true (are_shared ("http://[::1]", NULL, "http://[::1]:80", NULL));

  g_assert_false (are_shared ("http://google.com/", NULL, "https://google.com/", NULL));
  g_assert_false (are_shared ("http://google.com/", NULL, "http://google.com:3000/", NULL));
  g_assert_false (are_shared ("http://google.com/", NULL, "http://google.com/", "/test"));
  g_assert_false (are_shared ("http://google.com/", NULL, "http://google.com/?a=b", NULL));
  g_assert_false (are_shared ("http://google.com/", NULL, "http://example.org/", NULL));
}

/* Nobody gets a socket that is somebody else's. */
static void
test_same_namespace (void)
{
  SioSocket *chat = NULL, *again = NULL, *third = NULL, *admin = NULL;
  g_autoptr(SioManager) first = look_up ("http://example.org/chat", &chat);
  g_autoptr(SioManager) second = look_up ("http://example.org/chat", &again);
  g_autoptr(SioManager) other = look_up ("http://example.org/admin", &admin);

  g_assert_true (first != second);
  g_assert_true (chat != again);
  g_assert_true (other == first);
  g_assert_true (admin == sio_manager_get_socket (first, "/admin"));

  /* The one that was made besides is not shared, also where the first is gone. */
  g_clear_object (&first);
  g_clear_object (&other);
  g_assert_true (sio_socket_get_manager (again) == second);
  {
    g_autoptr(SioManager) next = look_up ("http://example.org/third", &third);

    g_assert_true (next != second);
  }
}

/* What was made by itself is not found, and one that was given another path is not taken for the first. */
static void
test_not_shared (void)
{
  g_autoptr(SioManager) own = sio_manager_new ("http://example.org", NULL);
  g_autoptr(SioManager) moved = look_up ("http://example.org", NULL);
  g_autoptr(SioManager) other = NULL;

  g_assert_true (moved != own);
  sio_manager_set_path (moved, "/elsewhere/");
  other = look_up ("http://example.org", NULL);
  g_assert_true (other != moved);
}

/* The table owns nothing: with the last user the manager goes, and the next one gets a new one. */
static void
test_lifetime (void)
{
  gpointer weak = NULL;
  SioSocket *socket = NULL;
  SioManager *first = look_up ("http://127.0.0.1:1/a", &socket);
  SioManager *second = look_up ("http://127.0.0.1:1/b", NULL);

  g_assert_true (first == second);
  weak = first;
  g_object_add_weak_pointer (G_OBJECT (first), &weak);
  sio_socket_open (socket);
  g_object_unref (first);
  g_assert_nonnull (weak);
  g_assert_true (sio_socket_get_active (socket));
  g_object_unref (second);
  g_assert_null (weak);
  g_assert_true (fake_engine_was_abandoned (fake_engine_last ()));
  fake_engine_reset ();

  first = look_up ("http://127.0.0.1:1/a", &socket);
  g_assert_false (sio_socket_get_active (socket));
  g_assert_finalize_object (first);
}

static void
look_up_again (SioSocket           *socket,
               SioDisconnectReason  reason,
               GError              *details,
               SioManager         **found)
{
  *found = look_up ("http://127.0.0.1:1/other", NULL);
}

/* One that is on its way out is not handed on. */
static void
test_within_dispose (void)
{
  SioSocket *socket = NULL;
  SioManager *manager = look_up ("http://127.0.0.1:1/", &socket);
  g_autoptr(SioManager) found = NULL;
  SioManager *old = manager;

  g_signal_connect (socket, "closed", G_CALLBACK (look_up_again), &found);
  sio_socket_open (socket);
  fake_engine_open (fake_engine_last ());
  fake_engine_receive (fake_engine_last (), "0{\"sid\":\"x\"}");
  g_object_unref (manager);
  g_assert_true (SIO_IS_MANAGER (found));
  g_assert_true (found != old);
  fake_engine_reset ();
}

static gpointer
look_up_elsewhere (gpointer here)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  SioManager *there;
  SioManager *again;

  g_main_context_push_thread_default (context);
  there = look_up ("http://example.org/there", NULL);
  again = look_up ("http://example.org/again", NULL);
  g_assert_true (there != here);
  g_assert_true (there == again);
  g_object_unref (again);
  g_assert_finalize_object (there);
  g_main_context_pop_thread_default (context);

  return NULL;
}

/* Each main context has its own, also in the same thread. */
static void
test_contexts (void)
{
  g_autoptr(SioManager) here = look_up ("http://example.org/here", NULL);

  look_up_elsewhere (here);
  g_thread_join (g_thread_new ("elsewhere", look_up_elsewhere, here));
}

static void
test_refused (void)
{
  static const char * const uris[] = {
    "example.org/chat", "ftp://example.org/chat", "http://example.org/a,b", "http://example.org/a\xff", "http:///chat", "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr(GError) error = NULL;
      SioSocket *socket = NULL;

      g_assert_null (sio_manager_lookup (uris[i], NULL, &socket, &error));
      g_assert_error (error, SIO_ERROR, SIO_ERROR_INVALID_URI);
      g_assert_null (socket);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lookup/namespace", test_namespace);
  g_test_add_func ("/lookup/query", test_query);
  g_test_add_func ("/lookup/addresses", test_addresses);
  g_test_add_func ("/lookup/same-namespace", test_same_namespace);
  g_test_add_func ("/lookup/not-shared", test_not_shared);
  g_test_add_func ("/lookup/lifetime", test_lifetime);
  g_test_add_func ("/lookup/within-dispose", test_within_dispose);
  g_test_add_func ("/lookup/contexts", test_contexts);
  g_test_add_func ("/lookup/refused", test_refused);

  return g_test_run ();
}
