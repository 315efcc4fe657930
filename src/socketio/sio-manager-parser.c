/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The form of a manager's packets. */

#include "sio-manager-private.h"
#include "sio-socket-private.h"

#define RETURN_IF_FOREIGN_THREAD(self, value) g_return_val_if_fail ((self)->thread == g_thread_self (), (value))

/* What waits has been written already. */
static gboolean
something_waits (SioManager *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sockets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!sio_send_buffer_is_empty (&((SioSocket *) value)->send_buffer))
      return TRUE;

  return FALSE;
}

/**
 * sio_manager_get_parser:
 * @self: a manager
 *
 * Gets the form in which packets are written and read.
 *
 * Returns: the form
 */
SioParser
sio_manager_get_parser (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), SIO_PARSER_JSON);

  return self->codec->parser;
}

/**
 * sio_manager_set_parser:
 * @self: a manager
 * @parser: a form of packets, the one that the server uses too
 * @error: return location for an error
 *
 * Sets the form in which packets are written and read. A server with the other one ends the connection, or does not answer.
 *
 * It is chosen before the manager is opened, and fails, without any change, with %G_IO_ERROR_NOT_SUPPORTED where the library
 * was built without @parser ([func@Parser.is_supported] tells), and with %G_IO_ERROR_BUSY where the manager is not closed or
 * where events wait to be sent.
 *
 * Returns: %TRUE if @parser is in use from now on
 */
gboolean
sio_manager_set_parser (SioManager  *self,
                        SioParser    parser,
                        GError     **error)
{
  const SioCodec *codec;

  g_return_val_if_fail (SIO_IS_MANAGER (self), FALSE);
  RETURN_IF_FOREIGN_THREAD (self, FALSE);
  g_return_val_if_fail (parser == SIO_PARSER_JSON || parser == SIO_PARSER_MSGPACK, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  codec = sio_codec_get (parser);
  if (codec == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "This libsocketio-glib was built without msgpack");
      return FALSE;
    }
  if (codec == self->codec)
    return TRUE;
  if (self->state != SIO_STATE_CLOSED || something_waits (self))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                           "The parser cannot change while there is a connection or while events wait to be sent");
      return FALSE;
    }

  self->codec = codec;
  _sio_manager_notify (self, MANAGER_PROP_PARSER);

  return TRUE;
}
