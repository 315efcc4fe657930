/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-printer.h"

#include <errno.h>
#include <stdio.h>

#include "tool-json.h"

static gboolean
write_line (FILE       *stream,
            const char *line)
{
  return fputs (line, stream) != EOF && fputc ('\n', stream) != EOF && fflush (stream) == 0;
}

/* A line of the output: what is lost of it must not go by unseen. */
static void
print_line (ToolPrinter *self,
            const char  *line)
{
  int code;

  if (write_line (stdout, line) || self->broken)
    return;

  code = errno;
  self->broken = TRUE;
  self->on_broken (code, self->user_data);
}

void
tool_printer_complain (const char *message)
{
  g_autofree char *escaped = tool_json_escape (message);
  g_autofree char *line = g_strconcat ("sio: ", escaped, NULL);

  write_line (stderr, line);
}

static void
add_string (SioBuilder *builder,
            const char *name,
            const char *value)
{
  if (value == NULL)
    return;

  sio_builder_set_name (builder, name);
  sio_builder_add_string (builder, value);
}

static void
add_value (SioBuilder *builder,
           const char *name,
           SioValue   *value)
{
  if (value == NULL)
    return;

  sio_builder_set_name (builder, name);
  tool_json_add (builder, value);
}

static SioBuilder *
begin (const char *type)
{
  SioBuilder *builder = sio_builder_new ();
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");

  sio_builder_begin_object (builder);
  add_string (builder, "time", time);
  add_string (builder, "type", type);

  return builder;
}

static char *
end (SioBuilder *builder)
{
  g_autoptr(SioValue) all = NULL;

  sio_builder_end (builder);
  all = sio_builder_finish (builder);

  return tool_json_write (sio_value_get_element (all, 0));
}

static void
print_object (ToolPrinter *self,
              SioBuilder  *builder)
{
  g_autofree char *line = end (builder);

  print_line (self, line);
}

static char *
stamp (const char *text)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S");
  g_autofree char *escaped = tool_json_escape (text);

  return g_strdup_printf ("%s.%03d %s", time, g_date_time_get_microsecond (now) / 1000, escaped);
}

G_GNUC_PRINTF (2, 3)
static void
print_pretty (ToolPrinter *self,
              const char  *format,
              ...)
{
  g_autofree char *text = NULL, *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  line = stamp (text);
  print_line (self, line);
}

/* The arguments without the brackets around all of them. */
static char *
list_arguments (SioValue *arguments)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < sio_value_get_length (arguments); i++)
    {
      g_autofree char *text = tool_json_write (sio_value_get_element (arguments, i));

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", text);
    }

  return g_string_free (list, FALSE);
}

void
tool_printer_event (ToolPrinter   *self,
                    ToolDirection  direction,
                    const char    *name_space,
                    const char    *name,
                    SioValue      *arguments,
                    guint          acknowledge)
{
  g_autoptr(SioBuilder) builder = NULL;

  if (self->pretty)
    {
      g_autofree char *list = list_arguments (arguments);
      g_autofree char *number = acknowledge > 0 ? g_strdup_printf (" (acknowledge %u)", acknowledge) : NULL;

      print_pretty (self, "%s %s %s %s%s", direction == TOOL_DIRECTION_IN ? "←" : "→", name_space, name, list,
                    number != NULL ? number : "");
      return;
    }

  builder = begin ("event");
  add_string (builder, "direction", direction == TOOL_DIRECTION_IN ? "in" : "out");
  add_string (builder, "namespace", name_space);
  add_string (builder, "name", name);
  add_value (builder, "arguments", arguments);
  if (acknowledge > 0)
    {
      sio_builder_set_name (builder, "acknowledge");
      sio_builder_add_integer (builder, acknowledge);
    }
  print_object (self, builder);
}

void
tool_printer_answer (ToolPrinter *self,
                     const char  *name_space,
                     const char  *name,
                     SioValue    *arguments,
                     SioValue    *id)
{
  g_autoptr(SioBuilder) builder = NULL;

  if (self->pretty)
    {
      g_autofree char *list = list_arguments (arguments);

      print_pretty (self, "⇐ %s %s %s", name_space, name, list);
      return;
    }

  builder = begin ("answer");
  add_string (builder, "direction", "in");
  add_string (builder, "namespace", name_space);
  add_string (builder, "name", name);
  add_value (builder, "id", id);
  add_value (builder, "arguments", arguments);
  print_object (self, builder);
}

static const char *
name_error (const GError *error)
{
  static const char * const names[] = {
    [SIO_ERROR_INVALID_URI] = "invalid-uri",
    [SIO_ERROR_INVALID_ARGUMENT] = "invalid-argument",
    [SIO_ERROR_RESERVED_EVENT] = "reserved-event",
    [SIO_ERROR_TRANSPORT] = "transport",
    [SIO_ERROR_NOT_SOCKETIO] = "not-socketio",
    [SIO_ERROR_UNSUPPORTED_VERSION] = "unsupported-version",
    [SIO_ERROR_TLS] = "tls",
    [SIO_ERROR_TIMEOUT] = "timeout",
    [SIO_ERROR_REFUSED] = "refused",
    [SIO_ERROR_DISCONNECTED] = "disconnected",
    [SIO_ERROR_PARSE] = "parse",
    [SIO_ERROR_TOO_LARGE] = "too-large",
    [SIO_ERROR_BUFFER_FULL] = "buffer-full",
    [SIO_ERROR_ANSWERED] = "answered",
  };

  if (error->domain == SIO_ERROR && error->code >= 0 && error->code < (int) G_N_ELEMENTS (names))
    return names[error->code];

  return "failed";
}

static void
print_error (ToolPrinter  *self,
             const char   *type,
             const char   *name_space,
             const char   *name,
             const GError *error,
             SioValue     *id,
             SioValue     *data)
{
  g_autoptr(SioBuilder) builder = NULL;

  if (self->pretty)
    {
      g_autofree char *more = data != NULL ? tool_json_write (data) : NULL;

      print_pretty (self, "! %s%s%s: %s%s%s", name_space != NULL ? name_space : "", name != NULL ? " " : "",
                    name != NULL ? name : "", error->message, more != NULL ? " " : "", more != NULL ? more : "");
      return;
    }

  builder = begin (type);
  add_string (builder, "namespace", name_space);
  add_string (builder, "name", name);
  add_value (builder, "id", id);
  add_string (builder, "code", name_error (error));
  add_string (builder, "message", error->message);
  add_value (builder, "data", data);
  print_object (self, builder);
}

void
tool_printer_failure (ToolPrinter  *self,
                      const char   *name_space,
                      const char   *name,
                      const GError *error,
                      SioValue     *id)
{
  print_error (self, "error", name_space, name, error, id, NULL);
}

void
tool_printer_refusal (ToolPrinter  *self,
                      const char   *name_space,
                      const GError *error,
                      SioValue     *data)
{
  print_error (self, "connect_error", name_space, NULL, error, NULL, data);
}

void
tool_printer_state (ToolPrinter *self,
                    const char  *type,
                    const char  *name_space,
                    ...)
{
  g_autoptr(SioBuilder) builder = begin (type);
  GString *words = g_string_new (type);
  const char *name;
  va_list members;

  if (name_space != NULL)
    g_string_append_printf (words, " %s", name_space);
  add_string (builder, "namespace", name_space);

  va_start (members, name_space);
  while ((name = va_arg (members, const char *)) != NULL)
    {
      const char *text = va_arg (members, const char *);

      add_string (builder, name, text);
      if (text != NULL)
        g_string_append_printf (words, " %s: %s", name, text);
    }
  va_end (members);

  if (self->pretty)
    print_pretty (self, "· %s", words->str);
  else
    print_object (self, builder);
  g_string_free (words, TRUE);
}

void
tool_printer_trace (ToolPrinter   *self,
                    SioTraceFlags  flags,
                    const char    *transport,
                    GBytes        *packet)
{
  gboolean out = (flags & SIO_TRACE_OUTGOING) != 0;
  gboolean binary = (flags & SIO_TRACE_BINARY) != 0;
  g_autoptr(SioBuilder) builder = NULL;
  g_autofree char *text = NULL, *line = NULL;
  gsize length;
  const char *data = g_bytes_get_data (packet, &length);

  if (self->pretty)
    {
      g_autofree char *shown = NULL;

      text = binary ? g_strdup_printf ("%" G_GSIZE_FORMAT " bytes", length) : g_strndup (data, length);
      shown = g_strdup_printf ("%s %s %s", out ? "»" : "«", transport, text);
      line = stamp (shown);
      write_line (stderr, line);
      return;
    }

  builder = begin ("trace");
  add_string (builder, "direction", out ? "out" : "in");
  add_string (builder, "transport", transport);
  sio_builder_set_name (builder, "packet");
  if (binary)
    {
      sio_builder_add_bytes (builder, packet);
    }
  else
    {
      text = g_utf8_make_valid (data, length);
      sio_builder_add_string (builder, text);
    }
  line = end (builder);
  write_line (stderr, line);
}
