/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A chat in the terminal: chat NAME [ADDRESS]. What is typed is sent; the end of input leaves. */

#include <gio/gunixinputstream.h>
#include <locale.h>
#include <socketio-glib.h>
#include <unistd.h>

typedef struct
{
  GMainLoop        *loop;
  SioManager       *manager;
  SioSocket        *socket;
  GDataInputStream *input;
} Chat;

static void read_line (Chat *self);

static void
on_opened (SioSocket *socket,
           Chat      *self)
{
  g_print ("* connected\n");
}

static void
on_closed (SioSocket           *socket,
           SioDisconnectReason  reason,
           const GError        *details,
           Chat                *self)
{
  g_print ("* disconnected: %s\n", sio_disconnect_reason_to_string (reason));
}

static void
on_connect_error (SioSocket    *socket,
                  const GError *error,
                  SioValue     *data,
                  Chat         *self)
{
  /* The manager tries again by itself. */
  g_print ("* not connected: %s\n", error->message);
}

/* What comes from a server is looked at before it is used: where there is no such argument, or it is no text, this is NULL. */
static const char *
get_text (SioEvent *event,
          guint     index)
{
  return sio_value_get_string (sio_event_get_argument (event, index));
}

static void
on_joined (SioSocket *socket,
           SioEvent  *event,
           Chat      *self)
{
  if (get_text (event, 0) != NULL)
    g_print ("* %s joined\n", get_text (event, 0));
}

static void
on_left (SioSocket *socket,
         SioEvent  *event,
         Chat      *self)
{
  if (get_text (event, 0) != NULL)
    g_print ("* %s left\n", get_text (event, 0));
}

static void
on_message (SioSocket *socket,
            SioEvent  *event,
            Chat      *self)
{
  if (get_text (event, 0) != NULL && get_text (event, 1) != NULL)
    g_print ("%s: %s\n", get_text (event, 0), get_text (event, 1));
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Chat *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SioValue) answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &error);

  if (answer == NULL)
    g_print ("* not delivered: %s\n", error->message);

  /* One message after the other: the server gets them in their order, and each is delivered before we leave. */
  read_line (self);
}

static void
on_manager_closed (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Chat *self = user_data;

  sio_manager_close_finish (SIO_MANAGER (source), result, NULL);
  g_main_loop_quit (self->loop);
}

static void
on_line (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Chat *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (self->input, result, NULL, NULL);
  g_autoptr(SioValue) arguments = NULL;

  if (line == NULL)
    {
      /* What was sent before still goes out. */
      sio_manager_close_async (self->manager, NULL, on_manager_closed, self);
      return;
    }

  arguments = sio_value_new_strings (line, NULL);
  sio_socket_emit_with_ack_async (self->socket, "message", arguments, SIO_EMIT_DEFAULT, 10000, NULL, on_answer, self);
}

static void
read_line (Chat *self)
{
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

static SioValue *
make_auth (const char *name)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) all = NULL;

  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "name");
  sio_builder_add_string (builder, name);
  sio_builder_end (builder);
  all = sio_builder_finish (builder);

  return sio_value_ref (sio_value_get_element (all, 0));
}

static void
chat_open (Chat       *self,
           const char *name)
{
  g_autoptr(SioValue) auth = make_auth (name);
  g_autoptr(GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  self->input = g_data_input_stream_new (input);
  self->socket = sio_manager_get_socket (self->manager, "/");
  sio_socket_set_auth (self->socket, auth);
  g_signal_connect (self->socket, "opened", G_CALLBACK (on_opened), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_closed), self);
  g_signal_connect (self->socket, "connect-error", G_CALLBACK (on_connect_error), self);
  g_signal_connect (self->socket, "event::joined", G_CALLBACK (on_joined), self);
  g_signal_connect (self->socket, "event::left", G_CALLBACK (on_left), self);
  g_signal_connect (self->socket, "event::message", G_CALLBACK (on_message), self);

  sio_socket_open (self->socket);
  read_line (self);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  Chat chat = { NULL };

  /* The terminal's own letters. */
  setlocale (LC_ALL, "");

  if (argc < 2)
    {
      g_printerr ("Usage: chat NAME [ADDRESS]\n");
      return 2;
    }

  chat.manager = sio_manager_new (argc > 2 ? argv[2] : "http://localhost:3000", &error);
  if (chat.manager == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  chat.loop = g_main_loop_new (NULL, FALSE);
  chat_open (&chat, argv[1]);
  g_main_loop_run (chat.loop);

  g_object_unref (chat.input);
  g_object_unref (chat.manager);
  g_main_loop_unref (chat.loop);

  return 0;
}
