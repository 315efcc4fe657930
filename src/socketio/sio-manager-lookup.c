/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Managers that are found by the address of their server, so that parts of a program that do not know of each other share one
 * connection. The table refers to them without owning them. */

#include "sio-error.h"
#include "sio-manager-private.h"

#include <string.h>

#define DEFAULT_PATH "/socket.io/"

/* By thread, main context, server, path and query: a manager is of use only where it was made, and a connection has one query. */
G_LOCK_DEFINE_STATIC (shared);
static GHashTable *shared;

static SioManager *
find_shared (const char *key)
{
  SioManager *manager = NULL;

  G_LOCK (shared);
  if (shared != NULL)
    manager = g_hash_table_lookup (shared, key);
  G_UNLOCK (shared);

  return manager;
}

static void
share (SioManager *self,
       const char *key)
{
  self->shared_as = g_strdup (key);

  G_LOCK (shared);
  if (shared == NULL)
    shared = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (shared, self->shared_as, self);
  G_UNLOCK (shared);
}

void
_sio_manager_stop_sharing (SioManager *self)
{
  if (self->shared_as == NULL)
    return;

  G_LOCK (shared);
  g_hash_table_remove (shared, self->shared_as);
  if (g_hash_table_size (shared) == 0)
    g_clear_pointer (&shared, g_hash_table_unref);
  G_UNLOCK (shared);

  g_clear_pointer (&self->shared_as, g_free);
}

/* The path of the address as it is written, as the official client has it; it is not part of the server's address. */
static char *
read_namespace (const char  *uri,
                GError     **error)
{
  const char *path = strstr (uri, "://") + 3;
  gsize length;

  path += strcspn (path, "/?#");
  if (*path != '/')
    return g_strdup ("/");

  length = strcspn (path, "?#");
  if (memchr (path, ',', length) != NULL || !g_utf8_validate (path, length, NULL))
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_INVALID_URI, "The path of the address names a namespace, and can have no comma");
      return NULL;
    }

  return g_strndup (path, length);
}

/* The server alone, with its port, and the query: what a manager is made for. */
static char *
build_address (GUri       *server,
               const char *uri)
{
  g_autoptr(GUri) given = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (server), -1);
  int port = g_uri_get_port (server);

  if (port < 0)
    port = g_str_equal (g_uri_get_scheme (server), "https") ? 443 : 80;

  return g_uri_join (G_URI_FLAGS_ENCODED_QUERY, g_uri_get_scheme (server), NULL, host, port, "/", g_uri_get_query (given), NULL);
}

/* A slash at the end of a path does not count: whether there is one is another option. */
static gsize
get_path_length (const char *path)
{
  gsize length = strlen (path);

  return length > 0 && path[length - 1] == '/' ? length - 1 : length;
}

static char *
build_key (const char *address,
           const char *path)
{
  g_autoptr(GMainContext) context = g_main_context_ref_thread_default ();

  return g_strdup_printf ("%p %p %s %.*s", (gpointer) g_thread_self (), (gpointer) context, address,
                          (int) get_path_length (path), path);
}

/* One that has the namespace already is somebody's, and one whose path was changed is another server's. */
static gboolean
can_serve (SioManager *self,
           const char *path,
           const char *name_space)
{
  gsize length = get_path_length (path);

  return get_path_length (self->path) == length && memcmp (self->path, path, length) == 0
         && !g_hash_table_contains (self->sockets, name_space);
}

/**
 * sio_manager_lookup:
 * @uri: the address of a namespace, such as `https://example.org/chat`, with a query where the handshake is to have one
 * @path: (nullable): what [property@Manager:path] is to be, or %NULL for `/socket.io/`
 * @socket: (out) (optional) (transfer none): return location for the socket of the namespace, which the manager owns
 * @error: return location for an error
 *
 * Gets a manager for the server of @uri that is shared, and the socket of the namespace that the path of @uri names.
 *
 * ```c
 * g_autoptr(SioManager) manager = sio_manager_lookup ("https://example.org/chat", NULL, &chat, &error);
 *
 * sio_socket_open (chat);
 * ```
 *
 * Whoever asks in the same thread-default main context for the same server, path and query gets the same manager, and so shares
 * its connection and its options. Only where it has the namespace already, another manager is made, with a connection of its
 * own, so that nobody gets a socket that is somebody else's. A manager lives as long as somebody holds a reference to it: hold
 * the one that is returned for as long as the socket is needed.
 *
 * For a connection that is never shared there is [ctor@Manager.new]. Fails with %SIO_ERROR_INVALID_URI.
 *
 * Returns: (transfer full): a manager, new or shared
 */
SioManager *
sio_manager_lookup (const char  *uri,
                    const char  *path,
                    SioSocket  **socket,
                    GError     **error)
{
  g_autoptr(GUri) server = NULL;
  g_autoptr(SioManager) manager = NULL;
  g_autofree char *name_space = NULL;
  g_autofree char *address = NULL;
  g_autofree char *key = NULL;
  SioManager *found;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (path == NULL || *path == '/', NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  server = _sio_manager_parse_address (uri, error);
  name_space = server != NULL ? read_namespace (uri, error) : NULL;
  if (name_space == NULL)
    return NULL;

  path = path != NULL ? path : DEFAULT_PATH;
  address = build_address (server, uri);
  key = build_key (address, path);
  found = find_shared (key);
  if (found != NULL && can_serve (found, path, name_space))
    {
      manager = g_object_ref (found);
    }
  else
    {
      manager = g_object_new (SIO_TYPE_MANAGER, "uri", address, "path", path, NULL);
      if (found == NULL)
        share (manager, key);
    }

  if (socket != NULL)
    *socket = sio_manager_get_socket (manager, name_space);

  return g_steal_pointer (&manager);
}
