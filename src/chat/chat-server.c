/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-enums.h"
#include "chat-error.h"
#include "chat-protocol-private.h"
#include "chat-server-request-private.h"
#include "chat-server.h"

/**
 * ChatServer:
 *
 * The HTTP side of a server: what it offers, and signing in. Passwords pass through it and are kept nowhere.
 */
struct _ChatServer
{
  GObject            parent_instance;

  SoupSession       *session;
  char              *address;
  char              *name;
  char              *version;
  ChatSignInMethods  sign_in_methods;
  gboolean           discovered;
};

enum
{
  PROP_0,
  PROP_ADDRESS,
  PROP_NAME,
  PROP_VERSION,
  PROP_SIGN_IN_METHODS,
  PROP_DISCOVERED,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatServer, chat_server, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_server_finalize (GObject *object)
{
  ChatServer *self = CHAT_SERVER (object);

  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_free (self->address);
  g_free (self->name);
  g_free (self->version);

  G_OBJECT_CLASS (chat_server_parent_class)->finalize (object);
}

static void
chat_server_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ChatServer *self = CHAT_SERVER (object);

  switch (prop_id)
    {
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;

    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_VERSION:
      g_value_set_string (value, self->version);
      break;

    case PROP_SIGN_IN_METHODS:
      g_value_set_flags (value, self->sign_in_methods);
      break;

    case PROP_DISCOVERED:
      g_value_set_boolean (value, self->discovered);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_server_class_init (ChatServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chat_server_finalize;
  object_class->get_property = chat_server_get_property;

  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_VERSION] = g_param_spec_string ("version", NULL, NULL, NULL, flags);
  properties[PROP_SIGN_IN_METHODS] =
    g_param_spec_flags ("sign-in-methods", NULL, NULL, CHAT_TYPE_SIGN_IN_METHODS, CHAT_SIGN_IN_NONE, flags);
  properties[PROP_DISCOVERED] = g_param_spec_boolean ("discovered", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_server_init (ChatServer *self)
{
  self->session = chat_request_session_new ();
}

/**
 * chat_server_new:
 * @address: a normalised address
 *
 * Returns: (transfer full): a server that was not asked for anything yet
 */
ChatServer *
chat_server_new (const char *address)
{
  ChatServer *self = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (CHAT_TYPE_SERVER, NULL);
  self->address = g_strdup (address);

  return self;
}

const char *
chat_server_get_address (ChatServer *self)
{
  g_return_val_if_fail (CHAT_IS_SERVER (self), NULL);

  return self->address;
}

const char *
chat_server_get_name (ChatServer *self)
{
  g_return_val_if_fail (CHAT_IS_SERVER (self), NULL);

  return self->name;
}

const char *
chat_server_get_version (ChatServer *self)
{
  g_return_val_if_fail (CHAT_IS_SERVER (self), NULL);

  return self->version;
}

ChatSignInMethods
chat_server_get_sign_in_methods (ChatServer *self)
{
  g_return_val_if_fail (CHAT_IS_SERVER (self), CHAT_SIGN_IN_NONE);

  return self->sign_in_methods;
}

static void
chat_server_take_discovery (ChatServer        *self,
                            const char        *name,
                            const char        *version,
                            ChatSignInMethods  methods)
{
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->version);
  self->version = g_strdup (version);
  self->sign_in_methods = methods;
  self->discovered = TRUE;

  for (guint i = PROP_NAME; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static SoupMessage *
chat_server_make_message (ChatServer *self,
                          const char *method,
                          const char *path)
{
  g_autofree char *address = g_strconcat (self->address, path, NULL);

  return soup_message_new (method, address);
}

/* FALSE when the address is none; the task is ended then. */
static gboolean
chat_server_send (ChatServer          *self,
                  GTask               *task,
                  SoupMessage         *message,
                  GAsyncReadyCallback  callback)
{
  if (message == NULL)
    {
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_INVALID, _("This is not an address."));
      return FALSE;
    }

  chat_request_send_async (self->session, message, g_task_get_cancellable (task), callback, g_object_ref (task));
  return TRUE;
}

/* What an Engine.IO server answers to a handshake, as an open packet. */
static gboolean
is_handshake (ChatResponse *response)
{
  return response->status == SOUP_STATUS_OK && response->text != NULL && g_str_has_prefix (response->text, "0{");
}

/* An Engine.IO server that does not like the handshake says so in an object with a code. */
static gboolean
is_engine_refusal (ChatResponse *response)
{
  return response->status >= 400 && response->json != NULL &&
         sio_value_get_kind (response->json) == SIO_VALUE_OBJECT &&
         sio_value_lookup (response->json, "code") != NULL &&
         sio_value_lookup (response->json, "message") != NULL;
}

static void
probe_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(ChatResponse) response = NULL;
  GError *error = NULL;

  response = chat_request_send_finish (result, &error);
  if (response == NULL)
    {
      g_task_return_error (task, error);
    }
  else if (is_handshake (response) || is_engine_refusal (response))
    {
      chat_server_take_discovery (g_task_get_source_object (task), NULL, NULL, CHAT_SIGN_IN_TOKEN);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_NOT_A_SERVER,
                               _("What answers at this address is not a chat server."));
    }
}

static void
well_known_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatServer *self = g_task_get_source_object (task);
  g_autoptr(ChatResponse) response = NULL;
  g_autoptr(ChatServerInfo) info = NULL;
  g_autoptr(GError) problem = NULL;
  g_autoptr(SoupMessage) message = NULL;
  GError *error = NULL;

  response = chat_request_send_finish (result, &error);
  if (response == NULL && !g_error_matches (error, CHAT_ERROR, CHAT_ERROR_NOT_A_SERVER))
    {
      g_task_return_error (task, error);
      return;
    }

  g_clear_error (&error);
  if (response != NULL && response->status == SOUP_STATUS_OK && response->json != NULL)
    info = chat_protocol_read_server_info (response->json, &problem);

  if (info != NULL)
    {
      chat_server_take_discovery (self, info->name, info->version, info->sign_in);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (problem != NULL)
    g_debug ("%s: %s", self->address, problem->message);

  message = chat_server_make_message (self, SOUP_METHOD_GET, "/socket.io/?EIO=4&transport=polling");
  chat_server_send (self, task, message, probe_cb);
}

/**
 * chat_server_discover_async:
 * @self: a server
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Asks what the server is and how one signs in. A server that does not say so is a plain one if it speaks Socket.IO at all; else
 * the error is %CHAT_ERROR_NOT_A_SERVER.
 */
void
chat_server_discover_async (ChatServer          *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(SoupMessage) message = NULL;

  g_return_if_fail (CHAT_IS_SERVER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_server_discover_async);
  message = chat_server_make_message (self, SOUP_METHOD_GET, "/.well-known/enfilade.json");
  chat_server_send (self, task, message, well_known_cb);
}

gboolean
chat_server_discover_finish (ChatServer    *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static ChatSignedIn *
read_signed_in (GAsyncResult  *result,
                GError       **error)
{
  g_autoptr(ChatResponse) response = chat_request_send_finish (result, error);
  g_autoptr(ChatSignedIn) signed_in = NULL;
  g_autoptr(GError) problem = NULL;

  if (response == NULL)
    return NULL;

  if (response->status != SOUP_STATUS_OK)
    {
      chat_protocol_read_http_error (response->json, response->status, error);
      return NULL;
    }

  signed_in = chat_protocol_read_signed_in (response->json, &problem);
  if (signed_in == NULL)
    {
      g_message ("%s", problem->message);
      g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_NOT_A_SERVER,
                           _("The server’s answer could not be understood."));
    }

  return g_steal_pointer (&signed_in);
}

static void
sign_in_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatServer *self = g_task_get_source_object (task);
  g_autoptr(ChatSignedIn) signed_in = NULL;
  ChatCredentials *credentials = NULL;
  GError *error = NULL;

  signed_in = read_signed_in (result, &error);
  if (signed_in == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  credentials = chat_credentials_new (self->address, signed_in->token, signed_in->expires_at);
  chat_credentials_set_user (credentials, signed_in->user_id, signed_in->username, signed_in->is_admin);
  g_task_return_pointer (task, credentials, g_object_unref);
}

/**
 * chat_server_sign_in_async:
 * @self: a server that takes passwords
 * @username: who signs in
 * @password: the password; it is not kept
 * @cancellable: (nullable): a cancellable
 * @callback: called when the server answered
 * @user_data: for @callback
 *
 * Exchanges a password for a token.
 */
void
chat_server_sign_in_async (ChatServer          *self,
                           const char          *username,
                           const char          *password,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(GBytes) body = NULL;
  char *text = NULL;

  g_return_if_fail (CHAT_IS_SERVER (self));
  g_return_if_fail (username != NULL);
  g_return_if_fail (password != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_server_sign_in_async);
  message = chat_server_make_message (self, SOUP_METHOD_POST, "/auth/login");
  if (message != NULL)
    {
      text = chat_protocol_write_sign_in (username, password);
      body = g_bytes_new_take (text, strlen (text));
      soup_message_set_request_body_from_bytes (message, "application/json", body);
    }
  chat_server_send (self, task, message, sign_in_cb);
}

/**
 * chat_server_sign_in_finish:
 * @self: a server
 * @result: what was given to the callback
 * @error: return location for a #GError
 *
 * Returns: (nullable) (transfer full): the account, or %NULL
 */
ChatCredentials *
chat_server_sign_in_finish (ChatServer    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
refresh_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatCredentials *credentials = g_task_get_task_data (task);
  g_autoptr(ChatSignedIn) signed_in = NULL;
  GError *error = NULL;

  signed_in = read_signed_in (result, &error);
  if (signed_in == NULL)
    {
      if (g_error_matches (error, CHAT_ERROR, CHAT_ERROR_NOT_FOUND))
        error->code = CHAT_ERROR_UNSUPPORTED;
      g_task_return_error (task, error);
      return;
    }

  chat_credentials_set_token (credentials, signed_in->token, signed_in->expires_at);
  chat_credentials_set_user (credentials, signed_in->user_id, signed_in->username, signed_in->is_admin);
  g_task_return_boolean (task, TRUE);
}

/**
 * chat_server_refresh_async:
 * @self: a server
 * @credentials: the account whose token is to be exchanged for a new one
 * @cancellable: (nullable): a cancellable
 * @callback: called when the server answered
 * @user_data: for @callback
 *
 * Puts a new token into @credentials. A server that cannot do this fails with %CHAT_ERROR_UNSUPPORTED.
 */
void
chat_server_refresh_async (ChatServer          *self,
                           ChatCredentials     *credentials,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(SoupMessage) message = NULL;
  g_autofree char *bearer = NULL;

  g_return_if_fail (CHAT_IS_SERVER (self));
  g_return_if_fail (CHAT_IS_CREDENTIALS (credentials));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_server_refresh_async);
  g_task_set_task_data (task, g_object_ref (credentials), g_object_unref);
  message = chat_server_make_message (self, SOUP_METHOD_POST, "/auth/refresh");
  if (message != NULL)
    {
      bearer = g_strconcat ("Bearer ", chat_credentials_get_token (credentials), NULL);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
    }
  chat_server_send (self, task, message, refresh_cb);
}

gboolean
chat_server_refresh_finish (ChatServer    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
