/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHAT_ERROR (chat_error_quark ())

/**
 * ChatError:
 * @CHAT_ERROR_INVALID: what was given, or what came, does not fit its type
 * @CHAT_ERROR_UNAUTHORIZED: the server does not take the token or the password
 * @CHAT_ERROR_FORBIDDEN: the account may not do this
 * @CHAT_ERROR_NOT_FOUND: there is no such thing on the server
 * @CHAT_ERROR_TOO_LARGE: the message is longer than the server takes
 * @CHAT_ERROR_RATE_LIMITED: too much in a short time
 * @CHAT_ERROR_CONFLICT: the name is taken
 * @CHAT_ERROR_TIMED_OUT: the server did not answer in time
 * @CHAT_ERROR_OFFLINE: there is no connection
 * @CHAT_ERROR_NOT_JOINED: the room is not joined
 * @CHAT_ERROR_UNSUPPORTED: the server does not offer this
 * @CHAT_ERROR_NOT_A_SERVER: the address is that of something else than a chat server
 * @CHAT_ERROR_TLS: the server's certificate was not accepted
 * @CHAT_ERROR_INTERNAL: the server failed
 * @CHAT_ERROR_STORE: the conversations on this computer cannot be read or written
 * @CHAT_ERROR_STORE_DAMAGED: the file in which they are kept is damaged
 *
 * What can go wrong in the chat. The messages are translated and fit to be shown.
 */
typedef enum
{
  CHAT_ERROR_INVALID,
  CHAT_ERROR_UNAUTHORIZED,
  CHAT_ERROR_FORBIDDEN,
  CHAT_ERROR_NOT_FOUND,
  CHAT_ERROR_TOO_LARGE,
  CHAT_ERROR_RATE_LIMITED,
  CHAT_ERROR_CONFLICT,
  CHAT_ERROR_TIMED_OUT,
  CHAT_ERROR_OFFLINE,
  CHAT_ERROR_NOT_JOINED,
  CHAT_ERROR_UNSUPPORTED,
  CHAT_ERROR_NOT_A_SERVER,
  CHAT_ERROR_TLS,
  CHAT_ERROR_INTERNAL,
  CHAT_ERROR_STORE,
  CHAT_ERROR_STORE_DAMAGED,
} ChatError;

GQuark chat_error_quark (void);

G_END_DECLS
