/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-protocol-private.h"
#include "chat-protocol-reader-private.h"

static ChatSignInMethods
read_sign_in (ChatReader *reader)
{
  SioValue *array = chat_reader_get_array (reader, "signIn", CHAT_READ_REQUIRED);
  ChatSignInMethods methods = CHAT_SIGN_IN_NONE;

  for (guint i = 0; array != NULL && i < sio_value_get_length (array); i++)
    {
      SioValue *element = sio_value_get_element (array, i);

      if (sio_value_get_kind (element) != SIO_VALUE_STRING)
        {
          chat_reader_fail (reader, "signIn", "has an element that is not text");
          break;
        }

      if (g_str_equal (sio_value_get_string (element), "password"))
        methods |= CHAT_SIGN_IN_PASSWORD;
      else if (g_str_equal (sio_value_get_string (element), "token"))
        methods |= CHAT_SIGN_IN_TOKEN;
    }

  if (array != NULL && methods == CHAT_SIGN_IN_NONE)
    chat_reader_fail (reader, "signIn", "has no way that is known");

  return methods;
}

ChatServerInfo *
chat_protocol_read_server_info (SioValue  *body,
                                GError   **error)
{
  g_autoptr(ChatServerInfo) info = g_new0 (ChatServerInfo, 1);
  ChatReader reader;

  chat_reader_init (&reader, body, "enfilade.json");
  info->name = chat_reader_dup_line (&reader, "name", CHAT_READ_REQUIRED);
  info->version = chat_reader_dup_line (&reader, "version", CHAT_READ_OPTIONAL);
  info->max_file_bytes = chat_reader_get_count (&reader, "maxFileBytes", CHAT_READ_OPTIONAL);
  info->sign_in = read_sign_in (&reader);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&info) : NULL;
}

static void
read_user (ChatReader   *reader,
           ChatSignedIn *signed_in)
{
  SioValue *object = chat_reader_get_object (reader, "user", CHAT_READ_REQUIRED);
  ChatReader user;

  if (object == NULL)
    return;

  chat_reader_init (&user, object, "sign-in: user");
  signed_in->user_id = chat_reader_dup_id (&user, "userId", CHAT_READ_REQUIRED);
  signed_in->username = chat_reader_dup_line (&user, "username", CHAT_READ_REQUIRED);
  signed_in->is_admin = chat_reader_get_boolean (&user, "isAdmin", CHAT_READ_OPTIONAL);
  chat_reader_end (&user, &reader->error);
}

ChatSignedIn *
chat_protocol_read_signed_in (SioValue  *body,
                              GError   **error)
{
  g_autoptr(ChatSignedIn) signed_in = g_new0 (ChatSignedIn, 1);
  ChatReader reader;

  chat_reader_init (&reader, body, "sign-in");
  signed_in->token = chat_reader_dup_text (&reader, "token", CHAT_READ_REQUIRED);
  signed_in->expires_at = chat_reader_get_time (&reader, "expiresAt", CHAT_READ_REQUIRED);
  read_user (&reader, signed_in);
  if (signed_in->token != NULL && *signed_in->token == '\0')
    chat_reader_fail (&reader, "token", "is empty");

  return chat_reader_end (&reader, error) ? g_steal_pointer (&signed_in) : NULL;
}
