/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "session-log.h"

void
session_log_add (SessionLog *self,
                 const char *line)
{
  if (self->log->len > 0)
    g_string_append_c (self->log, '\n');
  g_string_append (self->log, line);
}

G_GNUC_PRINTF (2, 3)
static void
add (SessionLog *self,
     const char *format,
     ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  session_log_add (self, line);
}

static void
on_manager_opened (SioManager *manager,
                   SessionLog *self)
{
  add (self, "manager opened");
}

static void
on_manager_closed (SioManager          *manager,
                   SioDisconnectReason  reason,
                   GError              *details,
                   SessionLog          *self)
{
  add (self, "manager closed: %s", sio_disconnect_reason_to_string (reason));
}

static void
on_manager_error (SioManager *manager,
                  GError     *error,
                  SessionLog *self)
{
  add (self, "manager error: %s", error->message);
}

static void
on_reconnect_attempt (SioManager *manager,
                      guint       attempt,
                      SessionLog *self)
{
  add (self, "attempt %u", attempt);
}

static void
on_reconnected (SioManager *manager,
                guint       attempt,
                SessionLog *self)
{
  add (self, "reconnected %u", attempt);
}

static void
on_reconnect_failed (SioManager *manager,
                     SessionLog *self)
{
  add (self, "reconnect failed");
}

static void
on_upgraded (SioManager *manager,
             const char *transport,
             SessionLog *self)
{
  add (self, "upgraded %s", transport);
}

SessionLog *
session_log_new (void)
{
  SessionLog *self = g_new0 (SessionLog, 1);
  g_autoptr(GError) error = NULL;

  self->log = g_string_new (NULL);
  self->manager = sio_manager_new ("http://127.0.0.1:1", &error);
  g_assert_no_error (error);
  sio_manager_set_randomization_factor (self->manager, 0);

  g_signal_connect (self->manager, "opened", G_CALLBACK (on_manager_opened), self);
  g_signal_connect (self->manager, "closed", G_CALLBACK (on_manager_closed), self);
  g_signal_connect (self->manager, "error", G_CALLBACK (on_manager_error), self);
  g_signal_connect (self->manager, "reconnect-attempt", G_CALLBACK (on_reconnect_attempt), self);
  g_signal_connect (self->manager, "reconnected", G_CALLBACK (on_reconnected), self);
  g_signal_connect (self->manager, "reconnect-failed", G_CALLBACK (on_reconnect_failed), self);
  g_signal_connect (self->manager, "upgraded", G_CALLBACK (on_upgraded), self);

  return self;
}

/* Checks too that nothing but its owner kept the manager. */
void
session_log_free (SessionLog *self)
{
  if (self->manager != NULL)
    g_assert_finalize_object (self->manager);
  fake_engine_reset ();
  g_string_free (self->log, TRUE);
  g_free (self);
}

static void
on_socket_opened (SioSocket  *socket,
                  SessionLog *self)
{
  add (self, "%s opened", sio_socket_get_namespace (socket));
}

static void
on_socket_closed (SioSocket           *socket,
                  SioDisconnectReason  reason,
                  GError              *details,
                  SessionLog          *self)
{
  add (self, "%s closed: %s", sio_socket_get_namespace (socket), sio_disconnect_reason_to_string (reason));
}

static void
on_connect_error (SioSocket  *socket,
                  GError     *error,
                  SioValue   *data,
                  SessionLog *self)
{
  g_autofree char *text = data != NULL ? sio_value_to_text (data) : NULL;

  add (self, "%s connect error: %s%s%s", sio_socket_get_namespace (socket), error->message,
       text != NULL ? " " : "", text != NULL ? text : "");
}

static void
on_event (SioSocket  *socket,
          SioEvent   *event,
          SessionLog *self)
{
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "%s event %s", sio_socket_get_namespace (socket), sio_event_get_name (event));
  for (guint i = 0; i < sio_event_get_n_arguments (event); i++)
    {
      SioValue *argument = sio_event_get_argument (event, i);

      if (sio_value_get_kind (argument) == SIO_VALUE_BYTES)
        {
          g_string_append_printf (line, " %" G_GSIZE_FORMAT " bytes", g_bytes_get_size (sio_value_get_bytes (argument)));
        }
      else
        {
          g_autofree char *text = sio_value_to_text (argument);

          g_string_append_printf (line, " %s", text);
        }
    }
  session_log_add (self, line->str);
  g_string_free (line, TRUE);
}

SioSocket *
session_log_socket (SessionLog *self,
                    const char *name_space)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, name_space);

  g_signal_connect (socket, "opened", G_CALLBACK (on_socket_opened), self);
  g_signal_connect (socket, "closed", G_CALLBACK (on_socket_closed), self);
  g_signal_connect (socket, "connect-error", G_CALLBACK (on_connect_error), self);
  g_signal_connect (socket, "event", G_CALLBACK (on_event), self);

  return socket;
}

SioEngine *
session_log_join (SessionLog *self,
                  SioSocket  *socket)
{
  const char *name_space = sio_socket_get_namespace (socket);
  g_autofree char *reply = NULL;
  SioEngine *engine;

  sio_socket_open (socket);
  engine = fake_engine_last ();
  if (!sio_engine_is_open (engine))
    fake_engine_open (engine);
  reply = g_strdup_printf ("0%s%s{\"sid\":\"id-%u\"}", strcmp (name_space, "/") == 0 ? "" : name_space,
                           strcmp (name_space, "/") == 0 ? "" : ",", fake_engine_count ());
  fake_engine_receive (engine, reply);
  g_assert_true (sio_socket_get_connected (socket));

  g_string_truncate (self->log, 0);
  g_free (fake_engine_take_sent (engine));

  return engine;
}

char *
session_log_take (SessionLog *self)
{
  char *log = g_strdup (self->log->str);

  g_string_truncate (self->log, 0);

  return log;
}

SioValue *
parse_arguments (const char *json)
{
  g_autoptr(GError) error = NULL;
  SioValue *value = sio_value_new_from_text (json, -1, &error);

  g_assert_no_error (error);

  return value;
}
