/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-member.h"
#include "chat-utils-private.h"

/**
 * ChatMember:
 *
 * Somebody who is in a room.
 */
struct _ChatMember
{
  GObject    parent_instance;

  char      *user_id;
  char      *username;
  gint64     joined_at;
  gboolean   online;
};

enum
{
  PROP_0,
  PROP_USER_ID,
  PROP_USERNAME,
  PROP_JOINED_AT,
  PROP_ONLINE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatMember, chat_member, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_member_finalize (GObject *object)
{
  ChatMember *self = CHAT_MEMBER (object);

  g_free (self->user_id);
  g_free (self->username);

  G_OBJECT_CLASS (chat_member_parent_class)->finalize (object);
}

static void
chat_member_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ChatMember *self = CHAT_MEMBER (object);

  switch (prop_id)
    {
    case PROP_USER_ID:
      g_value_set_string (value, self->user_id);
      break;

    case PROP_USERNAME:
      g_value_set_string (value, self->username);
      break;

    case PROP_JOINED_AT:
      g_value_set_int64 (value, self->joined_at);
      break;

    case PROP_ONLINE:
      g_value_set_boolean (value, self->online);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_member_class_init (ChatMemberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chat_member_finalize;
  object_class->get_property = chat_member_get_property;

  properties[PROP_USER_ID] =
    g_param_spec_string ("user-id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_USERNAME] =
    g_param_spec_string ("username", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_JOINED_AT] =
    g_param_spec_int64 ("joined-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ONLINE] =
    g_param_spec_boolean ("online", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_member_init (ChatMember *self)
{
}

/**
 * chat_member_new:
 * @user_id: who it is
 * @username: the name to show
 * @joined_at: when the room was joined, in milliseconds since the Unix epoch
 *
 * Returns: (transfer full): a new member, not known to be online
 */
ChatMember *
chat_member_new (const char *user_id,
                 const char *username,
                 gint64      joined_at)
{
  ChatMember *self;

  g_return_val_if_fail (user_id != NULL, NULL);
  g_return_val_if_fail (username != NULL, NULL);

  self = g_object_new (CHAT_TYPE_MEMBER, NULL);
  self->user_id = g_strdup (user_id);
  self->username = g_strdup (username);
  self->joined_at = joined_at;

  return self;
}

const char *
chat_member_get_user_id (ChatMember *self)
{
  g_return_val_if_fail (CHAT_IS_MEMBER (self), NULL);

  return self->user_id;
}

const char *
chat_member_get_username (ChatMember *self)
{
  g_return_val_if_fail (CHAT_IS_MEMBER (self), NULL);

  return self->username;
}

gint64
chat_member_get_joined_at (ChatMember *self)
{
  g_return_val_if_fail (CHAT_IS_MEMBER (self), 0);

  return self->joined_at;
}

gboolean
chat_member_get_online (ChatMember *self)
{
  g_return_val_if_fail (CHAT_IS_MEMBER (self), FALSE);

  return self->online;
}

void
chat_member_set_username (ChatMember *self,
                          const char *username)
{
  g_return_if_fail (CHAT_IS_MEMBER (self));

  if (chat_set_string (&self->username, username))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USERNAME]);
}

void
chat_member_set_online (ChatMember *self,
                        gboolean    online)
{
  g_return_if_fail (CHAT_IS_MEMBER (self));

  online = !!online;
  if (self->online == online)
    return;

  self->online = online;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}
