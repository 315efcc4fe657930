/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-options.h"

#include <string.h>

#include "tool-json.h"

#define DEFAULT_TIMEOUT_SECONDS 20.0
#define MAX_TIMEOUT_SECONDS 1e6

/* As GOption gives it. */
typedef struct
{
  char    **words;
  char    **namespaces;
  char     *auth;
  char     *auth_file;
  char    **headers;
  char    **query;
  char     *transport;
  char     *parser;
  double    timeout;
  int       count;
  gboolean  no_reconnect;
} RawOptions;

static void
raw_options_clear (RawOptions *self)
{
  g_strfreev (self->words);
  g_strfreev (self->namespaces);
  g_free (self->auth);
  g_free (self->auth_file);
  g_strfreev (self->headers);
  g_strfreev (self->query);
  g_free (self->transport);
  g_free (self->parser);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RawOptions, raw_options_clear)

static const char summary[] =
  "  sio [OPTION…] listen URL                  show what arrives; send what standard input says\n"
  "  sio [OPTION…] emit URL EVENT [ARGUMENT…]  send an event\n"
  "  sio [OPTION…] call URL EVENT [ARGUMENT…]  send an event and print the answer\n"
  "\n"
  "An ARGUMENT is JSON, or @FILE for the bytes of a file, or else the text that it is.\n"
  "What is printed is one JSON object for each line. sio(1) tells the rest.";

static const char description[] =
  "Credentials may also be in the environment: SIO_AUTH is an object in JSON, SIO_TOKEN is the text of its member “token”.";

#define fail(error, ...) g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, __VA_ARGS__)

static gboolean
parse_words (ToolOptions  *self,
             char        **words,
             GError      **error)
{
  static const char * const modes[] = { "listen", "emit", "call" };
  guint n_words = words != NULL ? g_strv_length (words) : 0;
  guint mode = 0;

  if (n_words < 2)
    return fail (error, "What is to be done, and where? For example: sio listen http://localhost:3000"), FALSE;

  while (mode < G_N_ELEMENTS (modes) && !g_str_equal (words[0], modes[mode]))
    mode++;
  if (mode == G_N_ELEMENTS (modes))
    return fail (error, "“%s” is none of “listen”, “emit” and “call”", words[0]), FALSE;
  self->mode = mode;
  self->uri = g_strdup (words[1]);

  if (self->mode == TOOL_MODE_LISTEN)
    {
      if (n_words > 2)
        return fail (error, "“listen” takes no more than the URL"), FALSE;
      return TRUE;
    }

  if (n_words < 3)
    return fail (error, "“%s” needs the name of an event", words[0]), FALSE;
  self->event = g_strdup (words[2]);
  self->arguments = tool_json_parse_words (words + 3, error);

  return self->arguments != NULL;
}

/* As it stands there: GUri would change what is escaped in it. */
static char *
copy_path (const char *uri)
{
  const char *scheme = strstr (uri, "://");
  const char *host = scheme != NULL ? scheme + strlen ("://") : uri;
  const char *path = host + strcspn (host, "/?#");

  return *path == '/' ? g_strndup (path, strcspn (path, "?#")) : g_strdup ("/");
}

/* The official client has the namespace in the address. */
static gboolean
parse_namespaces (ToolOptions  *self,
                  char        **namespaces,
                  GError      **error)
{
  g_autofree char *path = copy_path (self->uri);
  char *of_address[] = { path, NULL };

  if (namespaces == NULL)
    self->namespaces = g_strdupv (of_address);
  else
    self->namespaces = g_strdupv (namespaces);

  for (guint i = 0; self->namespaces[i] != NULL; i++)
    if (!g_utf8_validate (self->namespaces[i], -1, NULL) || strpbrk (self->namespaces[i], ",?") != NULL)
      return fail (error, "“%s” is not the name of a namespace", self->namespaces[i]), FALSE;

  if (self->mode != TOOL_MODE_LISTEN && g_strv_length (self->namespaces) > 1)
    return fail (error, "An event is sent to one namespace"), FALSE;

  return TRUE;
}

static SioValue *
make_token (const char  *token,
            GError     **error)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) all = NULL;

  if (!g_utf8_validate (token, -1, NULL))
    return fail (error, "SIO_TOKEN is not valid UTF-8"), NULL;

  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "token");
  sio_builder_add_string (builder, token);
  sio_builder_end (builder);
  all = sio_builder_finish (builder);

  return sio_value_ref (sio_value_get_element (all, 0));
}

static gboolean
parse_auth (ToolOptions  *self,
            RawOptions   *raw,
            GError      **error)
{
  g_autofree char *contents = NULL;
  const char *text = raw->auth, *origin = "--auth";

  if (raw->auth != NULL && raw->auth_file != NULL)
    return fail (error, "--auth and --auth-file exclude each other"), FALSE;

  if (raw->auth_file != NULL)
    {
      if (!g_file_get_contents (raw->auth_file, &contents, NULL, error))
        return FALSE;
      text = contents;
      origin = raw->auth_file;
    }
  else if (text == NULL)
    {
      text = g_getenv ("SIO_AUTH");
      origin = "SIO_AUTH";
    }

  if (text != NULL)
    {
      self->auth = tool_json_parse_object (text, error);
      g_prefix_error (error, "%s: ", origin);
      return self->auth != NULL;
    }

  if (g_getenv ("SIO_TOKEN") != NULL)
    {
      self->auth = make_token (g_getenv ("SIO_TOKEN"), error);
      return self->auth != NULL;
    }

  return TRUE;
}

static gboolean
add_header (ToolOptions  *self,
            const char   *line,
            GError      **error)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
  gsize length = strspn (line, letters);
  char *value;

  if (length == 0 || line[length] != ':')
    return fail (error, "A header looks like “Name: value”"), FALSE;

  value = g_strstrip (g_strdup (line + length + 1));
  g_ptr_array_add (self->headers, g_strndup (line, length));
  g_ptr_array_add (self->headers, value);

  for (const char *c = value; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return fail (error, "The value of the header “%.*s” has a control character", (int) length, line), FALSE;

  return TRUE;
}

static gboolean
add_header_file (ToolOptions  *self,
                 const char   *path,
                 GError      **error)
{
  g_autofree char *contents = NULL;
  g_auto(GStrv) lines = NULL;

  if (!g_file_get_contents (path, &contents, NULL, error))
    return FALSE;

  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0' && !add_header (self, lines[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
parse_pairs (ToolOptions  *self,
             RawOptions   *raw,
             GError      **error)
{
  for (guint i = 0; raw->headers != NULL && raw->headers[i] != NULL; i++)
    {
      const char *header = raw->headers[i];

      if (*header == '@' ? !add_header_file (self, header + 1, error) : !add_header (self, header, error))
        return FALSE;
    }

  for (guint i = 0; raw->query != NULL && raw->query[i] != NULL; i++)
    {
      const char *equals = strchr (raw->query[i], '=');

      if (equals == NULL || equals == raw->query[i])
        return fail (error, "A parameter of the query looks like “name=value”"), FALSE;
      g_ptr_array_add (self->query, g_strndup (raw->query[i], equals - raw->query[i]));
      g_ptr_array_add (self->query, g_strdup (equals + 1));
    }

  return TRUE;
}

static gboolean
parse_parser (ToolOptions  *self,
              const char   *parser,
              GError      **error)
{
  if (parser == NULL)
    return TRUE;

  if (!g_str_equal (parser, "json") && !g_str_equal (parser, "msgpack"))
    return fail (error, "“%s” is neither “json” nor “msgpack”", parser), FALSE;
  self->parser = g_str_equal (parser, "json") ? SIO_PARSER_JSON : SIO_PARSER_MSGPACK;
  if (!sio_parser_is_supported (self->parser))
    return fail (error, "This sio was built without msgpack"), FALSE;

  return TRUE;
}

static gboolean
parse_connection (ToolOptions  *self,
                  RawOptions   *raw,
                  GError      **error)
{
  if (self->path != NULL && *self->path != '/')
    return fail (error, "The path “%s” does not begin with a slash", self->path), FALSE;

  if (self->key != NULL && self->certificate == NULL)
    return fail (error, "--key needs --cert"), FALSE;

  /* “Not less” also refuses what is no number. */
  if (!(raw->timeout >= 0 && raw->timeout <= MAX_TIMEOUT_SECONDS))
    return fail (error, "The time-out is a number of seconds from 0, which is for ever, to %.0f", MAX_TIMEOUT_SECONDS), FALSE;
  self->timeout_ms = (guint) (raw->timeout * 1000);
  if (self->timeout_ms == 0 && raw->timeout > 0)
    self->timeout_ms = 1;

  if (raw->count < 0)
    return fail (error, "--count is a number of events"), FALSE;
  self->count = raw->count;
  self->reconnects = self->mode == TOOL_MODE_LISTEN && !raw->no_reconnect;

  if (raw->transport == NULL)
    return TRUE;

  self->transports = g_strsplit (raw->transport, ",", -1);
  for (guint i = 0; self->transports[i] != NULL; i++)
    if (!g_str_equal (self->transports[i], "polling") && !g_str_equal (self->transports[i], "websocket"))
      return fail (error, "“%s” is neither “polling” nor “websocket”", self->transports[i]), FALSE;

  return TRUE;
}

static gboolean
read_words (ToolOptions   *self,
            RawOptions    *raw,
            int           *argc,
            char        ***argv,
            GError       **error)
{
  const GOptionEntry entries[] = {
    { "namespace", 'n', 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->namespaces, "Join this namespace; may be given again", "NAME" },
    { "auth", 'a', 0, G_OPTION_ARG_FILENAME, &raw->auth, "The credentials, an object", "JSON" },
    { "auth-file", 0, 0, G_OPTION_ARG_FILENAME, &raw->auth_file, "Read the credentials from a file", "FILE" },
    { "header", 'H', 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->headers, "Send this header; @FILE reads them", "NAME: VALUE" },
    { "query", 'q', 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->query, "Add this to the address", "NAME=VALUE" },
    { "path", 'p', 0, G_OPTION_ARG_FILENAME, &self->path, "Where the server answers, if not at /socket.io/", "PATH" },
    { "transport", 't', 0, G_OPTION_ARG_FILENAME, &raw->transport, "polling, websocket, or both with a comma", "LIST" },
    { "parser", 0, 0, G_OPTION_ARG_FILENAME, &raw->parser, "The form of packets: json, or msgpack", "NAME" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file, "Trust the certificates in this file", "FILE" },
    { "cert", 0, 0, G_OPTION_ARG_FILENAME, &self->certificate, "Show this certificate to the server", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self->key, "The key of that certificate, if it is not in its file", "FILE" },
    { "insecure", 'k', 0, G_OPTION_ARG_NONE, &self->insecure, "Accept any certificate", NULL },
    { "timeout", 'T', 0, G_OPTION_ARG_DOUBLE, &raw->timeout, "How long to wait for connection and answer (20)", "SECONDS" },
    { "no-reconnect", 0, 0, G_OPTION_ARG_NONE, &raw->no_reconnect, "End when the connection does", NULL },
    { "count", 'c', 0, G_OPTION_ARG_INT, &raw->count, "End after this many events", "NUMBER" },
    { "until-eof", 0, 0, G_OPTION_ARG_NONE, &self->until_eof, "End with standard input, once all is answered", NULL },
    { "pretty", 0, 0, G_OPTION_ARG_NONE, &self->pretty, "Print for people instead of programs", NULL },
    { "trace", 0, 0, G_OPTION_ARG_NONE, &self->trace, "Show the wire on standard error, secrets and all", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->show_version, "Print the version", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->words, NULL, NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("listen|emit|call URL [EVENT [ARGUMENT…]]");

  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);

  return g_option_context_parse (context, argc, argv, error);
}

ToolOptions *
tool_options_parse (int      *argc,
                    char   ***argv,
                    GError  **error)
{
  g_autoptr(ToolOptions) self = g_new0 (ToolOptions, 1);
  g_auto(RawOptions) raw = { .timeout = DEFAULT_TIMEOUT_SECONDS };

  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->query = g_ptr_array_new_with_free_func (g_free);

  if (!read_words (self, &raw, argc, argv, error))
    return NULL;
  if (self->show_version)
    return g_steal_pointer (&self);

  if (!parse_words (self, raw.words, error) ||
      !parse_namespaces (self, raw.namespaces, error) ||
      !parse_auth (self, &raw, error) ||
      !parse_pairs (self, &raw, error) ||
      !parse_parser (self, raw.parser, error) ||
      !parse_connection (self, &raw, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
tool_options_free (ToolOptions *self)
{
  g_free (self->uri);
  g_free (self->event);
  g_clear_pointer (&self->arguments, sio_value_unref);
  g_strfreev (self->namespaces);
  g_clear_pointer (&self->auth, sio_value_unref);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->query);
  g_free (self->path);
  g_strfreev (self->transports);
  g_free (self->ca_file);
  g_free (self->certificate);
  g_free (self->key);
  g_free (self);
}
