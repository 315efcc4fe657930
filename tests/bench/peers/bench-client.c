/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our client, as a program that uses the library would write it: bench-client SCENARIO URL COUNT. See README.md for the scenarios and
 * for what is printed. What arrives is checked: a client that is fast because it drops something ends with an error. */

#include <socketio-glib.h>
#include <stdlib.h>
#include <string.h>

#include "bench-meter.h"

#define CONTENT "The doors stand in one line, and from the first room one sees the last. “Shall we meet there at four?” \\ déjà vu"
#define BINARY_SIZE (1 << 20)

typedef struct
{
  const char *url;
  guint       count;
  GMainLoop  *loop;
  BenchMeter  meter;

  SioManager *manager;
  SioSocket  *socket;

  guint       n_done;
  gsize       n_bytes;
  double      start_time;
  guint8     *binary;
} Bench;

static void
connect_error_cb (SioSocket *socket,
                  GError    *error,
                  SioValue  *data,
                  gpointer   user_data)
{
  g_error ("No connection: %s", error->message);
}

static SioManager *
make_manager (Bench      *self,
              SioSocket **socket,
              GCallback   opened)
{
  static const char *const transports[] = { "websocket", NULL };
  g_autoptr(GError) error = NULL;
  SioManager *manager = sio_manager_new (self->url, &error);

  if (manager == NULL)
    g_error ("%s", error->message);
  sio_manager_set_transports (manager, transports);
  sio_manager_set_reconnection (manager, FALSE);
  *socket = sio_manager_get_socket (manager, "/chat");
  g_signal_connect (*socket, "opened", opened, self);
  g_signal_connect (*socket, "connect-error", G_CALLBACK (connect_error_cb), self);
  sio_socket_open (*socket);

  return manager;
}

static void
quit_cb (SioSocket *socket,
         gpointer   user_data)
{
  g_main_loop_quit (((Bench *) user_data)->loop);
}

/* Connects, and then measures. */
static void
begin (Bench *self)
{
  self->manager = make_manager (self, &self->socket, G_CALLBACK (quit_cb));
  g_main_loop_run (self->loop);
  bench_meter_begin (&self->meter);
}

static SioValue *
make_message (guint index)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  char id[16];

  g_snprintf (id, sizeof id, "m%u", index);
  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "id");
  sio_builder_add_string (builder, id);
  sio_builder_set_name (builder, "content");
  sio_builder_add_string (builder, CONTENT);
  sio_builder_set_name (builder, "senderId");
  sio_builder_add_string (builder, "u-1024");
  sio_builder_set_name (builder, "roomId");
  sio_builder_add_string (builder, "general");
  sio_builder_set_name (builder, "timestamp");
  sio_builder_add_integer (builder, 1795444273930 + (gint64) index);
  sio_builder_end (builder);

  return sio_builder_finish (builder);
}

static void
emit (Bench      *self,
      const char *event,
      SioValue   *arguments)
{
  g_autoptr(GError) error = NULL;

  if (!sio_socket_emit (self->socket, event, arguments, SIO_EMIT_DEFAULT, &error))
    g_error ("%s", error->message);
}

static SioValue *
finish_call (Bench        *self,
             GAsyncResult *result)
{
  g_autoptr(GError) error = NULL;
  SioValue *answer = sio_socket_emit_with_ack_finish (self->socket, result, &error);

  if (answer == NULL)
    g_error ("%s", error->message);

  return answer;
}

/* receive, receive-large, stall */

static void
message_cb (SioSocket *socket,
            SioEvent  *event,
            gpointer   user_data)
{
  Bench *self = user_data;
  SioValue *content = sio_value_lookup (sio_event_get_argument (event, 0), "content");

  self->n_done++;
  self->n_bytes += strlen (sio_value_get_string (content));
}

static void
done_cb (SioSocket *socket,
         SioEvent  *event,
         gpointer   user_data)
{
  Bench *self = user_data;
  SioValue *sent = sio_event_get_argument (event, 0);

  if (sio_value_get_integer (sio_value_lookup (sent, "count")) != self->n_done ||
      sio_value_get_integer (sio_value_lookup (sent, "bytes")) != (gint64) self->n_bytes)
    g_error ("Something is missing");
  g_main_loop_quit (self->loop);
}

static void
flood (Bench *self,
       guint  size)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;

  begin (self);
  g_signal_connect (self->socket, "event::message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->socket, "event::done", G_CALLBACK (done_cb), self);
  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "count");
  sio_builder_add_integer (builder, self->count);
  sio_builder_set_name (builder, "size");
  sio_builder_add_integer (builder, size);
  sio_builder_end (builder);
  arguments = sio_builder_finish (builder);
  emit (self, "flood", arguments);
  g_main_loop_run (self->loop);
}

static void
run_receive (Bench *self)
{
  flood (self, 120);
  bench_meter_report (&self->meter, NULL, 0);
}

static void
run_receive_large (Bench *self)
{
  flood (self, 8192);
  bench_meter_report (&self->meter, NULL, 0);
}

static void
run_stall (Bench *self)
{
  BenchStall stall;

  bench_stall_watch (&stall);
  flood (self, 120);
  bench_meter_report (&self->meter, "stall", stall.longest * 1e3);
}

/* emit */

static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Bench *self = user_data;
  g_autoptr(SioValue) answer = finish_call (self, result);

  if (sio_value_get_integer (sio_value_get_element (answer, 0)) != self->count)
    g_error ("The server has not got all");
  g_main_loop_quit (self->loop);
}

static void
run_emit (Bench *self)
{
  begin (self);
  for (guint i = 0; i < self->count; i++)
    {
      g_autoptr(SioValue) message = make_message (i);

      emit (self, "note", message);
    }
  sio_socket_emit_with_ack_async (self->socket, "getCount", NULL, SIO_EMIT_DEFAULT, SIO_NO_TIMEOUT, NULL, count_cb, self);
  g_main_loop_run (self->loop);
  bench_meter_report (&self->meter, NULL, 0);
}

/* call, binary */

static void call_next (Bench *self);

static void
check_message (Bench    *self,
               SioValue *value)
{
  char id[16];

  g_snprintf (id, sizeof id, "m%u", self->n_done);
  if (g_strcmp0 (sio_value_get_string (sio_value_lookup (value, "id")), id) != 0)
    g_error ("A wrong answer");
}

static void
check_binary (Bench    *self,
              SioValue *value)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (sio_value_get_bytes (value), &size);
  guint32 index;

  memcpy (&index, data, sizeof index);
  if (size != BINARY_SIZE || GUINT32_FROM_LE (index) != self->n_done || data[size - 1] != 0x5a)
    g_error ("Wrong bytes");
}

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Bench *self = user_data;
  g_autoptr(SioValue) answer = finish_call (self, result);

  bench_meter_add_latency (&self->meter, bench_now () - self->start_time);
  if (self->binary != NULL)
    check_binary (self, sio_value_get_element (answer, 0));
  else
    check_message (self, sio_value_get_element (answer, 0));

  if (++self->n_done < self->count)
    call_next (self);
  else
    g_main_loop_quit (self->loop);
}

static SioValue *
make_binary (Bench *self)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(GBytes) bytes = NULL;
  guint32 index = GUINT32_TO_LE (self->n_done);

  memcpy (self->binary, &index, sizeof index);
  bytes = g_bytes_new_static (self->binary, BINARY_SIZE);
  sio_builder_add_bytes (builder, bytes);

  return sio_builder_finish (builder);
}

static void
call_next (Bench *self)
{
  g_autoptr(SioValue) arguments = NULL;

  self->start_time = bench_now ();
  arguments = self->binary != NULL ? make_binary (self) : make_message (self->n_done);
  sio_socket_emit_with_ack_async (self->socket, "echo", arguments, SIO_EMIT_DEFAULT, SIO_NO_TIMEOUT, NULL, answer_cb, self);
}

static void
run_call (Bench *self)
{
  begin (self);
  call_next (self);
  g_main_loop_run (self->loop);
  bench_meter_report (&self->meter, NULL, 0);
}

static void
run_binary (Bench *self)
{
  self->binary = g_malloc (BINARY_SIZE);
  memset (self->binary, 0x5a, BINARY_SIZE);
  run_call (self);
}

/* connect */

static void
run_connect (Bench *self)
{
  bench_meter_begin (&self->meter);
  for (guint i = 0; i < self->count; i++)
    {
      SioSocket *socket;
      g_autoptr(SioManager) manager = make_manager (self, &socket, G_CALLBACK (quit_cb));

      g_main_loop_run (self->loop);
      sio_socket_close (socket);
    }
  bench_meter_report (&self->meter, NULL, 0);
}

/* memory */

static void
one_more_cb (SioSocket *socket,
             gpointer   user_data)
{
  Bench *self = user_data;

  if (++self->n_done == self->count)
    g_main_loop_quit (self->loop);
}

static void
run_memory (Bench *self)
{
  double before = bench_get_resident_kib ();
  SioSocket *socket;

  bench_meter_begin (&self->meter);
  for (guint i = 0; i < self->count; i++)
    make_manager (self, &socket, G_CALLBACK (one_more_cb));
  g_main_loop_run (self->loop);
  bench_meter_report (&self->meter, "memory", (bench_get_resident_kib () - before) / self->count);
}

typedef struct
{
  const char *name;
  void      (*run) (Bench *self);
} Scenario;

static const Scenario scenarios[] = {
  { "receive", run_receive },
  { "receive-large", run_receive_large },
  { "emit", run_emit },
  { "call", run_call },
  { "binary", run_binary },
  { "connect", run_connect },
  { "memory", run_memory },
  { "stall", run_stall },
};

int
main (int    argc,
      char **argv)
{
  Bench self = { 0 };

  if (argc != 4)
    g_error ("Usage: bench-client SCENARIO URL COUNT");

  self.url = argv[2];
  self.count = (guint) g_ascii_strtoull (argv[3], NULL, 10);
  self.loop = g_main_loop_new (NULL, FALSE);
  bench_meter_init (&self.meter, argv[1], self.count);

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    if (strcmp (scenarios[i].name, argv[1]) == 0)
      {
        scenarios[i].run (&self);
        return EXIT_SUCCESS;
      }

  g_error ("There is no scenario “%s”", argv[1]);
}
