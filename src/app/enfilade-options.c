/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may stand on the command line. A password may not: every process of the machine can read the arguments of the others.
 * It comes from the environment, or from one line of the standard input. */

#include "config.h"

#include "enfilade-options.h"

#include <glib/gi18n.h>

const GOptionEntry enfilade_option_entries[] = {
  { "version", 'v', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
  { ENFILADE_OPTION_SERVER, 's', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL, N_("Sign in to the server at this address"), N_("URL") },
  { ENFILADE_OPTION_TOKEN, 't', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL, N_("Sign in with this token"), N_("TOKEN") },
  { ENFILADE_OPTION_USER, 'u', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL,
    N_("Sign in as this user; the password is read from ENFILADE_PASSWORD or from a line of the standard input"), N_("NAME") },
  { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, NULL },
  { NULL }
};

static char *
lookup (GVariantDict *dict,
        const char   *key)
{
  char *value = NULL;

  g_variant_dict_lookup (dict, key, "s", &value);

  return value;
}

/**
 * enfilade_options_check:
 * @dict: the options as GApplication read them
 *
 * Returns: whether the options make sense together; else @error says in words what does not
 */
gboolean
enfilade_options_check (GVariantDict  *dict,
                        GError       **error)
{
  g_autofree const char **arguments = NULL;
  g_autofree char *server = NULL;
  g_autofree char *token = NULL;
  g_autofree char *user = NULL;

  g_return_val_if_fail (dict != NULL, FALSE);

  server = lookup (dict, ENFILADE_OPTION_SERVER);
  token = lookup (dict, ENFILADE_OPTION_TOKEN);
  user = lookup (dict, ENFILADE_OPTION_USER);
  g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&s", &arguments);

  if (arguments != NULL && arguments[0] != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("Enfilade takes no argument: %s"), arguments[0]);
  else if (server != NULL && server[0] == '\0')
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--server needs an address"));
  else if (token != NULL && user != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--token and --user do not go together"));
  else if (server == NULL && (token != NULL || user != NULL))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--token and --user need --server"));
  else if (token != NULL && token[0] == '\0')
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--token needs a token"));
  else if (user != NULL && user[0] == '\0')
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--user needs a name"));
  else
    return TRUE;

  return FALSE;
}

/**
 * enfilade_options_read_password:
 * @from_environment: (nullable): the value of ENFILADE_PASSWORD
 * @stream: where one line is read when there is none
 *
 * Blocks until the line is there.
 *
 * Returns: (transfer full): the password
 */
char *
enfilade_options_read_password (const char    *from_environment,
                                GInputStream  *stream,
                                GError       **error)
{
  g_autoptr(GDataInputStream) lines = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *line = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  if (from_environment != NULL && from_environment[0] != '\0')
    return g_strdup (from_environment);

  lines = g_data_input_stream_new (stream);
  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_ANY);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &local_error);

  if (local_error != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("The password cannot be read: %s"), local_error->message);
  else if (line == NULL || line[0] == '\0')
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("--user needs a password, in ENFILADE_PASSWORD or as a line of the standard input"));
  else
    return g_steal_pointer (&line);

  return NULL;
}

/**
 * enfilade_options_new:
 * @dict: options that were checked
 *
 * Returns: (transfer full): the options
 */
EnfiladeOptions *
enfilade_options_new (GVariantDict *dict)
{
  EnfiladeOptions *self;

  g_return_val_if_fail (dict != NULL, NULL);

  self = g_new0 (EnfiladeOptions, 1);
  self->server = lookup (dict, ENFILADE_OPTION_SERVER);
  self->token = lookup (dict, ENFILADE_OPTION_TOKEN);
  self->user = lookup (dict, ENFILADE_OPTION_USER);
  self->password = lookup (dict, ENFILADE_OPTION_PASSWORD);

  return self;
}

void
enfilade_options_free (EnfiladeOptions *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->server);
  g_free (self->token);
  g_free (self->user);
  g_free (self->password);
  g_free (self);
}
