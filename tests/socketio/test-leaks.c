/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Ten thousand reconnections and a million events later the memory is what it was. */

#include "memory.h"
#include "session-log.h"

#define SLACK 4096

typedef struct
{
  SessionLog *log;
  SioSocket  *socket;
  SioEngine  *engine;
  guint       n_events;
} Fixture;

static void
count_event (SioSocket *socket,
             SioEvent  *event,
             Fixture   *self)
{
  self->n_events++;
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  self->log = session_log_new ();
  self->socket = sio_manager_get_socket (self->log->manager, "/");
  g_signal_connect (self->socket, "event", G_CALLBACK (count_event), self);
  self->engine = session_log_join (self->log, self->socket);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  session_log_free (self->log);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);
  guint *n_failed = user_data;

  g_assert_error (error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  ++*n_failed;
}

/* With a call under way, one that waits to be sent, and half an event. */
static void
reconnect (Fixture *self,
           guint   *n_failed)
{
  g_autoptr(SioValue) arguments = sio_value_new_strings ("one", "two", NULL);
  guint before = *n_failed;

  sio_socket_emit_with_ack_async (self->socket, "ask", arguments, SIO_EMIT_DEFAULT, 30000, NULL, on_answer, n_failed);
  fake_engine_receive (self->engine, "51-[\"half\",{\"_placeholder\":true,\"num\":0}]");
  fake_engine_end (self->engine, SIO_DISCONNECT_REASON_TRANSPORT_CLOSE, NULL);
  g_assert_true (sio_socket_emit (self->socket, "kept", arguments, SIO_EMIT_DEFAULT, NULL));
  while (*n_failed == before)
    g_main_context_iteration (NULL, TRUE);

  sio_manager_retry_now (self->log->manager);
  fake_engine_forget_old ();
  self->engine = fake_engine_last ();
  fake_engine_open (self->engine);
  fake_engine_receive (self->engine, "0{\"sid\":\"again\",\"pid\":\"p\"}");
  g_assert_true (sio_socket_get_connected (self->socket));
  g_free (fake_engine_take_sent (self->engine));
  g_string_truncate (self->log->log, 0);
}

static void
test_reconnections (Fixture       *self,
                    gconstpointer  user_data)
{
  gsize before = 0;
  guint n_failed = 0;

  for (guint i = 0; i < 10500; i++)
    {
      if (i == 500)
        before = memory_in_use ();
      reconnect (self, &n_failed);
    }
  g_assert_cmpuint (n_failed, ==, 10500);
  g_assert_cmpuint (memory_in_use (), <, before + SLACK);
}

/* Names that never come again, arguments of each kind, answers that are given. */
static void
receive_event (Fixture *self,
               guint    i)
{
  char text[128];

  g_snprintf (text, sizeof text, "2%u[\"name-%u\",{\"text\":\"hello\",\"list\":[%u,null,1.5]},\"offset\"]", i, i, i);
  fake_engine_receive (self->engine, text);
  if (i % 1000 == 0)
    {
      fake_engine_receive (self->engine, "51-[\"bytes\",{\"_placeholder\":true,\"num\":0}]");
      fake_engine_receive_bytes (self->engine, "abc", 3);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_free (fake_engine_take_sent (self->engine));
    }
}

static void
test_events (Fixture       *self,
             gconstpointer  user_data)
{
  gsize before = 0;

  for (guint i = 0; i < 1010000; i++)
    {
      if (i == 10000)
        before = memory_in_use ();
      receive_event (self, i);
    }
  g_assert_cmpuint (self->n_events, ==, 1010000 + 1010);
  g_assert_cmpuint (memory_in_use (), <, before + SLACK);
}

static void
test_emits (Fixture       *self,
            gconstpointer  user_data)
{
  g_autoptr(SioValue) arguments = parse_arguments ("[{\"text\":\"hello\",\"list\":[1,null,1.5]}]");
  gsize before = 0;

  for (guint i = 0; i < 1010000; i++)
    {
      if (i == 10000)
        before = memory_in_use ();
      g_assert_true (sio_socket_emit (self->socket, "hello", arguments, SIO_EMIT_DEFAULT, NULL));
      if (i % 100 == 99)
        g_free (fake_engine_take_sent (self->engine));
    }
  g_assert_cmpuint (memory_in_use (), <, before + SLACK);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/leaks/reconnections", Fixture, NULL, set_up, test_reconnections, tear_down);
  g_test_add ("/leaks/events", Fixture, NULL, set_up, test_events, tear_down);
  g_test_add ("/leaks/emits", Fixture, NULL, set_up, test_emits, tear_down);

  return g_test_run ();
}
