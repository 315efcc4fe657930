/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Functions that listen beside the signal. */

#include "session-log.h"

typedef struct
{
  SessionLog *log;
  const char *name;
  guint       off;      /* a listener to end when called */
  guint       n_destroyed;
} Ear;

static void
on_event (SioSocket *socket,
          SioEvent  *event,
          gpointer   user_data)
{
  Ear *ear = user_data;
  g_autofree char *line = g_strdup_printf ("%s %s", ear->name, sio_event_get_name (event));

  session_log_add (ear->log, line);
  if (ear->off != 0)
    sio_socket_off (socket, ear->off);
}

static void
on_destroyed (gpointer user_data)
{
  ((Ear *) user_data)->n_destroyed++;
}

static void
on_signal (SioSocket  *socket,
           SioEvent   *event,
           SessionLog *self)
{
  session_log_add (self, "signal");
}

static SioSocket *
get_quiet_socket (SessionLog *self)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");

  sio_socket_open (socket);
  fake_engine_open (fake_engine_last ());
  fake_engine_receive (fake_engine_last (), "0{\"sid\":\"x\"}");
  g_string_truncate (self->log, 0);

  return socket;
}

static void
test_on_and_off (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = get_quiet_socket (self);
  Ear first = { self, "first" }, second = { self, "second" }, any = { self, "any" }, number = { self, "number" };
  guint id, id_any;

  g_signal_connect (socket, "event::hello", G_CALLBACK (on_signal), self);
  id = sio_socket_on (socket, "hello", on_event, &first, on_destroyed);
  sio_socket_on (socket, "hello", on_event, &second, on_destroyed);
  id_any = sio_socket_on (socket, NULL, on_event, &any, on_destroyed);
  sio_socket_on (socket, "7", on_event, &number, NULL);
  fake_engine_receive (fake_engine_last (), "2[\"hello\",1]");
  assert_log (self, "any hello\nfirst hello\nsecond hello\nsignal");
  fake_engine_receive (fake_engine_last (), "2[7]");
  assert_log (self, "any 7\nnumber 7");

  g_assert_true (sio_socket_off (socket, id));
  g_assert_false (sio_socket_off (socket, id));
  g_assert_true (sio_socket_off (socket, id_any));
  g_assert_false (sio_socket_off (socket, 0));
  g_assert_cmpuint (first.n_destroyed, ==, 1);
  g_assert_cmpuint (any.n_destroyed, ==, 1);
  fake_engine_receive (fake_engine_last (), "2[\"hello\"]");
  fake_engine_receive (fake_engine_last (), "2[\"other\"]");
  assert_log (self, "second hello\nsignal");

  g_clear_object (&self->manager);
  g_assert_cmpuint (second.n_destroyed, ==, 1);
}

static void
test_once (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = get_quiet_socket (self);
  Ear ear = { self, "once" }, any = { self, "any" };

  sio_socket_once (socket, "hello", on_event, &ear, on_destroyed);
  sio_socket_once (socket, NULL, on_event, &any, on_destroyed);
  fake_engine_receive (fake_engine_last (), "2[\"other\"]");
  fake_engine_receive (fake_engine_last (), "2[\"hello\"]");
  fake_engine_receive (fake_engine_last (), "2[\"hello\"]");
  assert_log (self, "any other\nonce hello");
  g_assert_cmpuint (ear.n_destroyed, ==, 1);
  g_assert_cmpuint (any.n_destroyed, ==, 1);
}

/* One that is ended by another is not called any more, and one may end itself. */
static void
test_off_within (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = get_quiet_socket (self);
  Ear first = { self, "first" }, second = { self, "second" }, third = { self, "third" };

  sio_socket_on (socket, "hello", on_event, &first, on_destroyed);
  first.off = sio_socket_on (socket, "hello", on_event, &second, on_destroyed);
  third.off = sio_socket_on (socket, "hello", on_event, &third, on_destroyed);
  fake_engine_receive (fake_engine_last (), "2[\"hello\"]");
  fake_engine_receive (fake_engine_last (), "2[\"hello\"]");
  assert_log (self, "first hello\nthird hello\nfirst hello");
  g_assert_cmpuint (second.n_destroyed, ==, 1);
  g_assert_cmpuint (third.n_destroyed, ==, 1);
}

static void
drop_manager (SioSocket *socket,
              SioEvent  *event,
              gpointer   user_data)
{
  g_clear_object (&((SessionLog *) user_data)->manager);
}

static void
test_drop_within (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = get_quiet_socket (self);
  Ear ear = { self, "late" };

  sio_socket_on (socket, "hello", drop_manager, self, NULL);
  sio_socket_on (socket, "hello", on_event, &ear, on_destroyed);
  fake_engine_receive (fake_engine_last (), "2[\"hello\"]");
  g_assert_null (self->manager);
  /* As with a signal, the others of the same event still get it. */
  assert_log (self, "late hello");
  g_assert_cmpuint (ear.n_destroyed, ==, 1);
}

static void
emit (SioSocket  *socket,
      const char *event)
{
  g_autoptr(GError) error = NULL;

  sio_socket_emit (socket, event, NULL, SIO_EMIT_DEFAULT, &error);
  g_assert_no_error (error);
}

static void
test_prepend (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = get_quiet_socket (self);
  Ear named = { self, "named" }, any = { self, "any" }, second = { self, "second" }, first = { self, "first" };
  guint id;

  sio_socket_on (socket, "hello", on_event, &named, NULL);
  sio_socket_on (socket, NULL, on_event, &any, NULL);
  sio_socket_prepend_any (socket, on_event, &second, NULL);
  id = sio_socket_prepend_any (socket, on_event, &first, on_destroyed);
  fake_engine_receive (fake_engine_last (), "2[\"hello\"]");
  assert_log (self, "first hello\nsecond hello\nany hello\nnamed hello");

  g_assert_true (sio_socket_off (socket, id));
  g_assert_cmpuint (first.n_destroyed, ==, 1);
  fake_engine_receive (fake_engine_last (), "2[\"other\"]");
  assert_log (self, "second other\nany other");

  /* They hear nothing of what is sent. */
  emit (socket, "hello");
  assert_log (self, "");
}

static void
test_outgoing (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = get_quiet_socket (self);
  Ear second = { self, "second" }, first = { self, "first" };
  guint id;

  g_signal_connect (socket, "event-outgoing::hello", G_CALLBACK (on_signal), self);
  sio_socket_on_any_outgoing (socket, on_event, &second, on_destroyed);
  id = sio_socket_prepend_any_outgoing (socket, on_event, &first, on_destroyed);
  emit (socket, "hello");
  assert_log (self, "first hello\nsecond hello\nsignal");

  g_assert_true (sio_socket_off (socket, id));
  g_assert_cmpuint (first.n_destroyed, ==, 1);
  emit (socket, "other");
  assert_log (self, "second other");
  fake_engine_receive (fake_engine_last (), "2[\"hello\"]");
  assert_log (self, "");

  g_clear_object (&self->manager);
  g_assert_cmpuint (second.n_destroyed, ==, 1);
}

static void
test_drop_within_outgoing (void)
{
  g_autoptr(SessionLog) self = session_log_new ();
  SioSocket *socket = get_quiet_socket (self);

  g_signal_connect (socket, "event-outgoing::hello", G_CALLBACK (on_signal), self);
  sio_socket_on_any_outgoing (socket, drop_manager, self, NULL);
  emit (socket, "hello");
  g_assert_null (self->manager);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/listeners/on-and-off", test_on_and_off);
  g_test_add_func ("/listeners/once", test_once);
  g_test_add_func ("/listeners/off-within", test_off_within);
  g_test_add_func ("/listeners/drop-within", test_drop_within);
  g_test_add_func ("/listeners/prepend", test_prepend);
  g_test_add_func ("/listeners/outgoing", test_outgoing);
  g_test_add_func ("/listeners/drop-within-outgoing", test_drop_within_outgoing);

  return g_test_run ();
}
