/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Closing and waiting until what was sent is out. */

#include "session-log.h"

typedef struct
{
  gboolean  done;
  gboolean  succeeded;
  GError   *error;
} Farewell;

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Farewell *self = user_data;

  g_assert_false (self->done);
  self->succeeded = sio_manager_close_finish (SIO_MANAGER (source), result, &self->error);
  self->done = TRUE;
}

static void
test_without_connection (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  Farewell farewell = { FALSE };

  sio_manager_close_async (self->manager, NULL, on_closed, &farewell);
  g_assert_false (farewell.done);
  wait_until (farewell.done);
  g_assert_no_error (farewell.error);
  g_assert_true (farewell.succeeded);
}

static void
test_waits_for_the_engine (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioEngine *engine = session_log_join (self, session_log_socket (self, "/"));
  Farewell first = { FALSE }, second = { FALSE };

  sio_manager_close_async (self->manager, NULL, on_closed, &first);
  assert_log (self, "/ closed: forced close\nmanager closed: forced close");
  g_assert_true (fake_engine_was_closed (engine));
  sio_manager_close_async (self->manager, NULL, on_closed, &second);
  g_assert_false (first.done);

  wait_until (first.done && second.done);
  g_assert_true (first.succeeded);
  g_assert_true (second.succeeded);
}

/* Not all of it went out: that is told to those who wait, and to nobody later. */
static void
test_something_left (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = session_log_socket (self, "/");
  SioEngine *engine = session_log_join (self, socket);
  g_autoptr(GError) left = g_error_new_literal (SIO_ERROR, SIO_ERROR_TIMEOUT, "left");
  Farewell farewell = { FALSE }, later = { FALSE };

  sio_manager_close_async (self->manager, NULL, on_closed, &farewell);
  fake_engine_end (engine, SIO_DISCONNECT_REASON_FORCED_CLOSE, left);
  wait_until (farewell.done);
  g_assert_error (farewell.error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  g_clear_error (&farewell.error);

  sio_manager_close_async (self->manager, NULL, on_closed, &later);
  wait_until (later.done);
  g_assert_no_error (later.error);
  g_assert_true (later.succeeded);
}

static void
test_cancelled (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  SioEngine *engine = session_log_join (self, session_log_socket (self, "/"));
  Farewell farewell = { FALSE };

  g_cancellable_cancel (cancellable);
  sio_manager_close_async (self->manager, cancellable, on_closed, &farewell);
  g_assert_true (fake_engine_was_closed (engine));
  wait_until (farewell.done);
  turn_loop ();
  /* Whichever of the two came first, it came once. */
  if (!farewell.succeeded)
    g_assert_error (farewell.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_no_error (farewell.error);
  g_clear_error (&farewell.error);
}

typedef struct
{
  GCancellable *cancellable;
  guint         n_told;
} CancellingFarewell;

static void
cancel_and_turn (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  CancellingFarewell *self = user_data;
  g_autoptr(GError) error = NULL;

  sio_manager_close_finish (SIO_MANAGER (source), result, &error);
  self->n_told++;
  g_cancellable_cancel (self->cancellable);
  turn_loop ();
}

/* The first one told calls off the others, and the loop turns before they are told. */
static void
test_cancelled_in_callback (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  CancellingFarewell farewell = { cancellable, 0 };

  session_log_join (self, session_log_socket (self, "/"));
  for (guint i = 0; i < 3; i++)
    sio_manager_close_async (self->manager, cancellable, cancel_and_turn, &farewell);
  wait_until (farewell.n_told == 3);
  turn_loop ();
  g_assert_cmpuint (farewell.n_told, ==, 3);
}

static void
drop_manager (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  SioManager **manager = user_data;

  g_assert_true (sio_manager_close_finish (SIO_MANAGER (source), result, NULL));
  g_clear_object (manager);
}

static void
test_last_reference_in_callback (void)
{
  SioManager *manager = sio_manager_new ("http://h", NULL);
  SioSocket *socket = sio_manager_get_socket (manager, "/");

  g_object_add_weak_pointer (G_OBJECT (manager), (gpointer *) &manager);
  sio_socket_open (socket);
  fake_engine_open (fake_engine_last ());
  sio_manager_close_async (manager, NULL, drop_manager, &manager);
  wait_until (manager == NULL);
  turn_loop ();
  fake_engine_reset ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/farewell/without-connection", test_without_connection);
  g_test_add_func ("/farewell/waits-for-the-engine", test_waits_for_the_engine);
  g_test_add_func ("/farewell/something-left", test_something_left);
  g_test_add_func ("/farewell/cancelled", test_cancelled);
  g_test_add_func ("/farewell/cancelled-in-callback", test_cancelled_in_callback);
  g_test_add_func ("/farewell/last-reference-in-callback", test_last_reference_in_callback);

  return g_test_run ();
}
