/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-credentials.h"
#include "chat-jwt-private.h"

/**
 * ChatCredentials:
 *
 * Who is signed in where.
 */
struct _ChatCredentials
{
  GObject   parent_instance;

  char     *address;
  char     *token;
  char     *user_id;
  char     *username;
  gint64    expires_at;
  gboolean  is_admin;
};

enum
{
  PROP_0,
  PROP_ADDRESS,
  PROP_TOKEN,
  PROP_EXPIRES_AT,
  PROP_USER_ID,
  PROP_USERNAME,
  PROP_IS_ADMIN,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatCredentials, chat_credentials, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_credentials_finalize (GObject *object)
{
  ChatCredentials *self = CHAT_CREDENTIALS (object);

  g_free (self->address);
  g_free (self->token);
  g_free (self->user_id);
  g_free (self->username);

  G_OBJECT_CLASS (chat_credentials_parent_class)->finalize (object);
}

static void
chat_credentials_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ChatCredentials *self = CHAT_CREDENTIALS (object);

  switch (prop_id)
    {
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;

    case PROP_TOKEN:
      g_value_set_string (value, self->token);
      break;

    case PROP_EXPIRES_AT:
      g_value_set_int64 (value, self->expires_at);
      break;

    case PROP_USER_ID:
      g_value_set_string (value, self->user_id);
      break;

    case PROP_USERNAME:
      g_value_set_string (value, self->username);
      break;

    case PROP_IS_ADMIN:
      g_value_set_boolean (value, self->is_admin);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_credentials_class_init (ChatCredentialsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chat_credentials_finalize;
  object_class->get_property = chat_credentials_get_property;

  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_TOKEN] = g_param_spec_string ("token", NULL, NULL, NULL, flags);
  properties[PROP_EXPIRES_AT] = g_param_spec_int64 ("expires-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_USER_ID] = g_param_spec_string ("user-id", NULL, NULL, NULL, flags);
  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, NULL, flags);
  properties[PROP_IS_ADMIN] = g_param_spec_boolean ("is-admin", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_credentials_init (ChatCredentials *self)
{
}

/**
 * chat_credentials_new:
 * @address: the server's normalised address
 * @token: what the server takes for the account
 * @expires_at: when it ends, in milliseconds since the Unix epoch, or 0 when that is not known
 *
 * Returns: (transfer full): new credentials
 */
ChatCredentials *
chat_credentials_new (const char *address,
                      const char *token,
                      gint64      expires_at)
{
  ChatCredentials *self = NULL;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (token != NULL, NULL);

  self = g_object_new (CHAT_TYPE_CREDENTIALS, NULL);
  self->address = g_strdup (address);
  self->token = g_strdup (token);
  self->expires_at = MAX (expires_at, 0);

  return self;
}

const char *
chat_credentials_get_address (ChatCredentials *self)
{
  g_return_val_if_fail (CHAT_IS_CREDENTIALS (self), NULL);

  return self->address;
}

const char *
chat_credentials_get_token (ChatCredentials *self)
{
  g_return_val_if_fail (CHAT_IS_CREDENTIALS (self), NULL);

  return self->token;
}

gint64
chat_credentials_get_expires_at (ChatCredentials *self)
{
  g_return_val_if_fail (CHAT_IS_CREDENTIALS (self), 0);

  return self->expires_at;
}

const char *
chat_credentials_get_user_id (ChatCredentials *self)
{
  g_return_val_if_fail (CHAT_IS_CREDENTIALS (self), NULL);

  return self->user_id;
}

const char *
chat_credentials_get_username (ChatCredentials *self)
{
  g_return_val_if_fail (CHAT_IS_CREDENTIALS (self), NULL);

  return self->username;
}

gboolean
chat_credentials_get_is_admin (ChatCredentials *self)
{
  g_return_val_if_fail (CHAT_IS_CREDENTIALS (self), FALSE);

  return self->is_admin;
}

/**
 * chat_credentials_dup_account:
 * @self: credentials
 *
 * Returns: (transfer full) (nullable): what names the account among those of its server: the user's name or else the id, from the
 *   token where nothing else is known; %NULL where that does not tell either
 */
char *
chat_credentials_dup_account (ChatCredentials *self)
{
  g_autoptr(ChatJwt) jwt = NULL;

  g_return_val_if_fail (CHAT_IS_CREDENTIALS (self), NULL);

  if (self->username != NULL)
    return g_strdup (self->username);

  jwt = chat_jwt_read (self->token);
  if (jwt != NULL && jwt->username != NULL)
    return g_strdup (jwt->username);
  if (self->user_id != NULL)
    return g_strdup (self->user_id);

  return jwt != NULL ? g_strdup (jwt->user_id) : NULL;
}

/**
 * chat_credentials_set_token:
 * @self: credentials
 * @token: the token that takes the place of the present one
 * @expires_at: when it ends, in milliseconds since the Unix epoch, or 0 when that is not known
 *
 * Puts in a token that was refreshed.
 */
void
chat_credentials_set_token (ChatCredentials *self,
                            const char      *token,
                            gint64           expires_at)
{
  g_return_if_fail (CHAT_IS_CREDENTIALS (self));
  g_return_if_fail (token != NULL);

  g_object_freeze_notify (G_OBJECT (self));

  if (g_strcmp0 (self->token, token) != 0)
    {
      g_free (self->token);
      self->token = g_strdup (token);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOKEN]);
    }

  if (self->expires_at != MAX (expires_at, 0))
    {
      self->expires_at = MAX (expires_at, 0);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPIRES_AT]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

static void
chat_credentials_set_string (ChatCredentials  *self,
                             char            **string,
                             const char       *value,
                             GParamSpec       *pspec)
{
  char *copy = NULL;

  if (g_strcmp0 (*string, value) == 0)
    return;

  copy = g_strdup (value);
  g_free (*string);
  *string = copy;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

/**
 * chat_credentials_set_user:
 * @self: credentials
 * @user_id: (nullable): what the server calls the account
 * @username: (nullable): what people call it
 * @is_admin: whether it is an administrator's
 *
 * Says whose credentials these are.
 */
void
chat_credentials_set_user (ChatCredentials *self,
                           const char      *user_id,
                           const char      *username,
                           gboolean         is_admin)
{
  g_return_if_fail (CHAT_IS_CREDENTIALS (self));

  g_object_freeze_notify (G_OBJECT (self));

  chat_credentials_set_string (self, &self->user_id, user_id, properties[PROP_USER_ID]);
  chat_credentials_set_string (self, &self->username, username, properties[PROP_USERNAME]);

  if (self->is_admin != !!is_admin)
    {
      self->is_admin = !!is_admin;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_ADMIN]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}
