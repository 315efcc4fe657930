/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A manager's options about what is agreed on with the server when a connection is made. */

#include "sio-manager-private.h"

#include <string.h>

#define RETURN_IF_FOREIGN_THREAD(self) g_return_if_fail ((self)->thread == g_thread_self ())

/**
 * sio_manager_get_keep_cookies:
 * @self: a manager
 *
 * Tells whether cookies that the server sets are sent back to it.
 *
 * Returns: %TRUE if they are
 */
gboolean
sio_manager_get_keep_cookies (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), FALSE);

  return self->keep_cookies;
}

/**
 * sio_manager_set_keep_cookies:
 * @self: a manager
 * @keep_cookies: whether to keep them
 *
 * Sets whether cookies that the server sets are sent back to it, for the connections that are made from now on.
 */
void
sio_manager_set_keep_cookies (SioManager *self,
                              gboolean    keep_cookies)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  keep_cookies = !!keep_cookies;
  if (self->keep_cookies == keep_cookies)
    return;

  self->keep_cookies = keep_cookies;
  _sio_manager_notify (self, MANAGER_PROP_KEEP_COOKIES);
}

/**
 * sio_manager_get_protocols:
 * @self: a manager
 *
 * Gets the sub-protocols that a WebSocket asks for.
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): their names, or %NULL
 */
const char * const *
sio_manager_get_protocols (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), NULL);

  return (const char * const *) self->protocols;
}

/* Tokens of HTTP, since they go into one of its headers. */
static gboolean
protocols_are_valid (const char * const *protocols)
{
  for (guint i = 0; protocols[i] != NULL; i++)
    {
      if (*protocols[i] == '\0')
        return FALSE;
      for (const char *c = protocols[i]; *c != '\0'; c++)
        if (!g_ascii_isgraph (*c) || strchr ("()<>@,;:\\\"/[]?={}", *c) != NULL)
          return FALSE;
    }

  return TRUE;
}

/**
 * sio_manager_set_protocols:
 * @self: a manager
 * @protocols: (nullable) (array zero-terminated=1): names of sub-protocols, the one that is liked best first
 *
 * Sets the sub-protocols that a WebSocket asks for, for the connections that are made from now on. A server that chooses another
 * one is refused, one that chooses none is not.
 */
void
sio_manager_set_protocols (SioManager         *self,
                           const char * const *protocols)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (protocols == NULL || protocols_are_valid (protocols));

  if (protocols != NULL && protocols[0] == NULL)
    protocols = NULL;
  if (protocols == NULL && self->protocols == NULL)
    return;
  if (protocols != NULL && self->protocols != NULL
      && g_strv_equal ((const char * const *) self->protocols, protocols))
    return;

  g_strfreev (self->protocols);
  self->protocols = g_strdupv ((char **) protocols);
  _sio_manager_notify (self, MANAGER_PROP_PROTOCOLS);
}

/**
 * sio_manager_get_compression:
 * @self: a manager
 *
 * Tells whether the messages of a WebSocket may be compressed.
 *
 * Returns: %TRUE if they may be, where the server agrees
 */
gboolean
sio_manager_get_compression (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), FALSE);

  return self->compression;
}

/**
 * sio_manager_set_compression:
 * @self: a manager
 * @compression: whether to offer it
 *
 * Sets whether the messages of a WebSocket may be compressed, for the connections that are made from now on.
 */
void
sio_manager_set_compression (SioManager *self,
                             gboolean    compression)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  compression = !!compression;
  if (self->compression == compression)
    return;

  self->compression = compression;
  _sio_manager_notify (self, MANAGER_PROP_COMPRESSION);
}

/**
 * sio_manager_get_compression_threshold:
 * @self: a manager
 *
 * Gets how long a message is that is worth being compressed.
 *
 * Returns: a number of bytes
 */
guint
sio_manager_get_compression_threshold (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), 0);

  return self->compression_threshold;
}

/**
 * sio_manager_set_compression_threshold:
 * @self: a manager
 * @bytes: a number of bytes, or 0 to compress every message
 *
 * Sets how long a message is that is worth being compressed, for the connections that are made from now on.
 */
void
sio_manager_set_compression_threshold (SioManager *self,
                                       guint       bytes)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);

  if (self->compression_threshold == bytes)
    return;

  self->compression_threshold = bytes;
  _sio_manager_notify (self, MANAGER_PROP_COMPRESSION_THRESHOLD);
}
