/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-manager.h"

static gboolean
on_accept_certificate (SioManager           *manager,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       ToolOptions          *options)
{
  return options->insecure;
}

static gboolean
set_up_authority (SioManager   *manager,
                  const char   *file,
                  GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr(GTlsDatabase) database = NULL;

  if (file == NULL)
    return TRUE;

  path = g_canonicalize_filename (file, NULL);
  database = g_tls_file_database_new (path, error);
  if (database == NULL)
    {
      g_prefix_error (error, "%s: ", file);
      return FALSE;
    }
  sio_manager_set_tls_database (manager, database);

  return TRUE;
}

static gboolean
set_up_certificate (SioManager  *manager,
                    const char  *file,
                    const char  *key_file,
                    GError     **error)
{
  g_autoptr(GTlsCertificate) certificate = NULL;

  if (file == NULL)
    return TRUE;

  if (key_file != NULL)
    certificate = g_tls_certificate_new_from_files (file, key_file, error);
  else
    certificate = g_tls_certificate_new_from_file (file, error);
  if (certificate == NULL)
    {
      g_prefix_error (error, "%s: ", file);
      return FALSE;
    }
  sio_manager_set_tls_certificate (manager, certificate);

  return TRUE;
}

SioManager *
tool_manager_new (ToolOptions  *options,
                  GError      **error)
{
  g_autoptr(SioManager) manager = sio_manager_new (options->uri, error);

  if (manager == NULL ||
      !sio_manager_set_parser (manager, options->parser, error) ||
      !set_up_authority (manager, options->ca_file, error) ||
      !set_up_certificate (manager, options->certificate, options->key, error))
    return NULL;

  for (guint i = 0; i + 1 < options->headers->len; i += 2)
    sio_manager_set_header (manager, options->headers->pdata[i], options->headers->pdata[i + 1]);
  for (guint i = 0; i + 1 < options->query->len; i += 2)
    sio_manager_set_query (manager, options->query->pdata[i], options->query->pdata[i + 1]);
  if (options->path != NULL)
    sio_manager_set_path (manager, options->path);
  if (options->transports != NULL)
    sio_manager_set_transports (manager, (const char * const *) options->transports);
  sio_manager_set_timeout (manager, options->timeout_ms);
  sio_manager_set_reconnection (manager, options->reconnects);
  g_signal_connect (manager, "accept-certificate", G_CALLBACK (on_accept_certificate), options);

  return g_steal_pointer (&manager);
}
