/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "engine-harness.h"

#include <string.h>

/* What is waited for takes milliseconds; a loaded machine may take its time. */
#define PATIENCE_SECONDS 60

static void
engine_harness_note (EngineHarness *self,
                     char          *line)
{
  g_string_append_printf (self->log, "%s\n", line);
  if (self->react != NULL)
    self->react (self, line);
  g_free (line);
}

static void
opened_cb (SioEngine *engine,
           gpointer   user_data)
{
  engine_harness_note (user_data, g_strconcat ("opened ", sio_engine_get_transport (engine), NULL));
}

static void
text_cb (SioEngine  *engine,
         const char *text,
         gsize       length,
         gpointer    user_data)
{
  EngineHarness *self = user_data;

  self->n_texts++;
  self->n_bytes += length;
  self->last_length = length;
  if (self->quiet)
    return;
  self->last_sum = 0;
  for (gsize i = 0; i < length; i++)
    self->last_sum = self->last_sum * 31 + (guint8) text[i];
  engine_harness_note (self, g_strdup_printf ("text %.*s", (int) MIN (length, 60), text));
}

static void
binary_cb (SioEngine *engine,
           GBytes    *bytes,
           gpointer   user_data)
{
  EngineHarness *self = user_data;

  self->last_length = g_bytes_get_size (bytes);
  self->last_sum = g_bytes_hash (bytes);
  engine_harness_note (self, g_strdup_printf ("binary %" G_GSIZE_FORMAT, g_bytes_get_size (bytes)));
}

static void
upgraded_cb (SioEngine  *engine,
             const char *transport,
             gpointer    user_data)
{
  engine_harness_note (user_data, g_strconcat ("upgraded ", transport, NULL));
}

static void
pinged_cb (SioEngine *engine,
           gpointer   user_data)
{
  engine_harness_note (user_data, g_strdup ("pinged"));
}

static void
closed_cb (SioEngine           *engine,
           SioDisconnectReason  reason,
           const GError        *error,
           gpointer             user_data)
{
  EngineHarness *self = user_data;

  g_assert_false (self->is_closed);
  self->is_closed = TRUE;
  self->reason = reason;
  self->error = error != NULL ? g_error_copy (error) : NULL;
  engine_harness_note (self, g_strconcat ("closed ", sio_disconnect_reason_to_string (reason), NULL));
}

static const SioEngineListener listener = {
  .opened = opened_cb,
  .text = text_cb,
  .binary = binary_cb,
  .upgraded = upgraded_cb,
  .pinged = pinged_cb,
  .closed = closed_cb,
};

EngineHarness *
engine_harness_new (ScriptedServer *server,
                    const char     *transports)
{
  EngineHarness *self = g_new0 (EngineHarness, 1);

  self->log = g_string_new (NULL);
  self->options.uri = server != NULL ? scripted_server_get_uri (server) : NULL;
  self->options.path = g_strdup ("/socket.io/");
  self->options.transports = g_strsplit (transports, ",", -1);
  self->options.upgrade = TRUE;
  self->options.max_message_size = SIO_DEFAULT_MAX_MESSAGE_SIZE;

  return self;
}

void
engine_harness_free (EngineHarness *self)
{
  SioEngineOptions *options = &self->options;

  g_clear_object (&self->engine);
  /* What is left of the connections ends before the server does. */
  test_settle ();
  g_clear_pointer (&options->uri, g_uri_unref);
  g_clear_pointer (&options->query, g_hash_table_unref);
  g_clear_pointer (&options->headers, soup_message_headers_unref);
  g_clear_pointer (&options->polling_headers, soup_message_headers_unref);
  g_clear_pointer (&options->websocket_headers, soup_message_headers_unref);
  g_clear_object (&options->tls_database);
  g_clear_object (&options->tls_certificate);
  g_clear_object (&options->tls_interaction);
  g_clear_object (&options->proxy_resolver);
  g_clear_object (&options->cookie_jar);
  g_free (options->path);
  g_strfreev (options->transports);
  g_strfreev (options->protocols);
  g_string_free (self->log, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

void
engine_harness_open (EngineHarness *self)
{
  self->engine = sio_engine_new (&self->options, &listener, self);
  sio_engine_open (self->engine);
}

void
engine_harness_send (EngineHarness *self,
                     const char    *packet)
{
  sio_engine_send_text (self->engine, packet, strlen (packet));
}

static gboolean
log_has (GString    *log,
         const char *line)
{
  g_autofree char *ended = g_strconcat (line, "\n", NULL);
  const char *found = strstr (log->str, ended);

  while (found != NULL && found != log->str && found[-1] != '\n')
    found = strstr (found + 1, ended);

  return found != NULL;
}

gboolean
engine_harness_heard (EngineHarness *self,
                      const char    *line)
{
  return log_has (self->log, line);
}

static gboolean
patience_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_CONTINUE;
}

void
test_wait_for_log (GString    *log,
                   const char *line)
{
  gboolean over = FALSE;
  guint id = g_timeout_add_seconds (PATIENCE_SECONDS, patience_cb, &over);

  while (!over && !log_has (log, line))
    g_main_context_iteration (NULL, TRUE);
  if (over)
    g_error ("“%s” did not come in\n%s", line, log->str);
  g_source_remove (id);
}

void
test_wait_for (gboolean (*condition) (gpointer user_data),
               gpointer   user_data)
{
  gboolean over = FALSE;
  guint id = g_timeout_add_seconds (PATIENCE_SECONDS, patience_cb, &over);

  while (!over && !condition (user_data))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (over);
  g_source_remove (id);
}

void
engine_harness_wait (EngineHarness *self,
                     const char    *line)
{
  test_wait_for_log (self->log, line);
}

static gboolean
is_closed (gpointer user_data)
{
  return ((EngineHarness *) user_data)->is_closed;
}

void
engine_harness_wait_closed (EngineHarness *self)
{
  test_wait_for (is_closed, self);
}

static gboolean
settled_cb (gpointer user_data)
{
  (*(guint *) user_data)++;

  return G_SOURCE_CONTINUE;
}

void
test_settle (void)
{
  guint turns = 0;
  guint id = g_timeout_add (5, settled_cb, &turns);

  while (turns < 4)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}
