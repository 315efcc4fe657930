/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The signal that shows the wire: what it shows, and what its handlers may do. */

#include <string.h>

#include "interop-server.h"
#include "socketio-glib.h"

#define PATIENCE_MS 30000

static const char * const polling[] = { "polling", NULL };
static const char * const websocket[] = { "websocket", NULL };
static const char * const upgrade[] = { "polling", "websocket", NULL };
static const char * const * const ways[] = { polling, websocket, upgrade };

typedef struct
{
  SioManager *manager;
  GString    *log;
  guint       n_packets;
  guint       last;        /* the packet at which the handler acts; 0 is never */
  gboolean    drops;
  gboolean    answered;
} Fixture;

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("waited in vain for: %s", (const char *) user_data);

  return G_SOURCE_REMOVE;
}

#define wait_until(condition)                                                      \
  G_STMT_START                                                                     \
    {                                                                              \
      guint patience_ = g_timeout_add (PATIENCE_MS, on_patience_over, (gpointer) #condition); \
                                                                                   \
      while (!(condition))                                                         \
        g_main_context_iteration (NULL, TRUE);                                     \
      g_source_remove (patience_);                                                 \
    }                                                                              \
  G_STMT_END

static void
on_trace (SioManager    *manager,
          SioTraceFlags  flags,
          const char    *transport,
          GBytes        *packet,
          Fixture       *self)
{
  gsize length;
  const char *text = g_bytes_get_data (packet, &length);

  self->n_packets++;
  g_string_append_printf (self->log, "%s %s ", transport, (flags & SIO_TRACE_OUTGOING) != 0 ? "out" : "in");
  if ((flags & SIO_TRACE_BINARY) != 0)
    g_string_append_printf (self->log, "%" G_GSIZE_FORMAT " bytes\n", length);
  else
    g_string_append_printf (self->log, "%.*s\n", (int) length, text);

  if (self->n_packets != self->last)
    return;
  if (self->drops)
    g_clear_object (&self->manager);
  else
    sio_manager_close (self->manager);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, NULL);

  self->answered = TRUE;
}

static void
set_up (Fixture            *self,
        InteropServer      *server,
        const char * const *transports)
{
  g_autofree char *uri = interop_server_get_uri (server);

  self->log = g_string_new (NULL);
  self->manager = sio_manager_new (uri, NULL);
  sio_manager_set_transports (self->manager, transports);
  sio_manager_set_reconnection (self->manager, FALSE);
}

static void
call (Fixture *self)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\1\2\3", 3);
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;

  sio_builder_add_bytes (builder, bytes);
  arguments = sio_builder_finish (builder);
  sio_socket_open (socket);
  sio_socket_emit_with_ack_async (socket, "echo", arguments, SIO_EMIT_DEFAULT, SIO_NO_TIMEOUT, NULL, on_answer, self);
}

static void
tear_down (Fixture *self)
{
  g_clear_object (&self->manager);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_free (self->log, TRUE);
}

static void
test_what_is_shown (void)
{
  g_autoptr(InteropServer) server = interop_server_start ();

  for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
    {
      Fixture self = { NULL };
      const char *transport = way == 1 ? "websocket" : "polling";
      g_autofree char *joins = g_strdup_printf ("%s out 40\n", transport);

      set_up (&self, server, ways[way]);
      g_signal_connect (self.manager, "trace", G_CALLBACK (on_trace), &self);
      call (&self);
      wait_until (self.answered);

      g_assert_nonnull (strstr (self.log->str, joins));
      g_assert_nonnull (strstr (self.log->str, "out 451-0[\"echo\",{\"_placeholder\":true,\"num\":0}]\n"));
      g_assert_nonnull (strstr (self.log->str, "in 461-0[{\"_placeholder\":true,\"num\":0}]\n"));
      g_assert_nonnull (strstr (self.log->str, "out 3 bytes\n"));
      g_assert_nonnull (strstr (self.log->str, "in 3 bytes\n"));
      tear_down (&self);
    }
}

/* Whoever looks from a connection's midst on sees the next one. */
static void
test_from_the_next_connection_on (void)
{
  g_autoptr(InteropServer) server = interop_server_start ();
  Fixture self = { NULL };

  set_up (&self, server, websocket);
  call (&self);
  wait_until (self.answered);
  g_signal_connect (self.manager, "trace", G_CALLBACK (on_trace), &self);
  self.answered = FALSE;
  call (&self);
  wait_until (self.answered);
  g_assert_cmpstr (self.log->str, ==, "");

  sio_manager_close (self.manager);
  self.answered = FALSE;
  call (&self);
  wait_until (self.answered);
  g_assert_cmpstr (self.log->str, !=, "");
  tear_down (&self);
}

/* At each packet, on each transport: closes, and drops the last reference. */
static void
test_end_in_handler (void)
{
  g_autoptr(InteropServer) server = interop_server_start ();

  for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
    for (guint last = 1; last <= 6; last++)
      for (guint drops = 0; drops < 2; drops++)
        {
          Fixture self = { NULL };

          set_up (&self, server, ways[way]);
          self.last = last;
          self.drops = drops;
          g_signal_connect (self.manager, "trace", G_CALLBACK (on_trace), &self);
          call (&self);
          wait_until (self.n_packets >= last);
          g_assert_true (self.manager == NULL || sio_manager_get_state (self.manager) == SIO_STATE_CLOSED);
          tear_down (&self);
          g_assert_true (self.answered);
        }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/trace/what-is-shown", test_what_is_shown);
  g_test_add_func ("/trace/from-the-next-connection-on", test_from_the_next_connection_on);
  g_test_add_func ("/trace/end-in-handler", test_end_in_handler);

  return g_test_run ();
}
