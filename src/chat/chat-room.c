/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-enums.h"
#include "chat-room-private.h"
#include "chat-session-private.h"
#include "chat-utils-private.h"

/* Longer than a view takes to say that a message was seen. */
#define MARKER_AFTER_MS 1500

/**
 * ChatRoom:
 *
 * A room: what the server says of it, who is in it, what was said, and whether we are in it.
 *
 * A room that was joined stays joined while the connection is away; what is written meanwhile waits and goes out when the room was
 * joined again.
 */

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_TOPIC,
  PROP_IS_PRIVATE,
  PROP_MEMBER_COUNT,
  PROP_UNREAD,
  PROP_MENTIONS,
  PROP_N_FAILED,
  PROP_N_UNCONFIRMED,
  PROP_MEMBERSHIP,
  PROP_ERROR,
  PROP_LAST_MESSAGE,
  PROP_MEMBERS,
  PROP_TIMELINE,
  PROP_TYPING,
  PROP_HAS_OLDER,
  PROP_LOADING_OLDER,
  PROP_HAS_NEWER,
  PROP_LOADING_NEWER,
  PROP_OLDER_ERROR,
  PROP_NEWER_ERROR,
  PROP_DRAFT,
  PROP_CAN_SEND,
  PROP_CANNOT_SEND_REASON,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatRoom, chat_room, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_room_dispose (GObject *object)
{
  ChatRoom *self = CHAT_ROOM (object);

  chat_room_dismiss (self);
  g_clear_weak_pointer (&self->session);

  G_OBJECT_CLASS (chat_room_parent_class)->dispose (object);
}

static void
chat_room_finalize (GObject *object)
{
  ChatRoom *self = CHAT_ROOM (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->name_key);
  g_free (self->topic);
  g_free (self->error);
  g_free (self->draft);
  g_free (self->draft_reply_to);
  g_free (self->older_error);
  g_free (self->newer_error);
  g_free (self->gap_error);
  g_strfreev (self->typing);
  g_clear_object (&self->last_message);
  g_clear_object (&self->members);
  g_clear_object (&self->timeline);
  g_array_unref (self->verified);
  g_array_unref (self->read_doubts);
  g_queue_clear_full (&self->recent_ids, g_free);
  g_ptr_array_unref (self->typists);
  g_ptr_array_unref (self->join_tasks);
  g_ptr_array_unref (self->leave_tasks);

  G_OBJECT_CLASS (chat_room_parent_class)->finalize (object);
}

static void
chat_room_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  ChatRoom *self = CHAT_ROOM (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_TOPIC:
      g_value_set_string (value, self->topic);
      break;

    case PROP_IS_PRIVATE:
      g_value_set_boolean (value, self->is_private);
      break;

    case PROP_MEMBER_COUNT:
      g_value_set_uint (value, self->member_count);
      break;

    case PROP_UNREAD:
      g_value_set_uint (value, self->unread);
      break;

    case PROP_MENTIONS:
      g_value_set_uint (value, self->mentions);
      break;

    case PROP_N_FAILED:
      g_value_set_uint (value, self->n_failed);
      break;

    case PROP_N_UNCONFIRMED:
      g_value_set_uint (value, self->n_unconfirmed);
      break;

    case PROP_MEMBERSHIP:
      g_value_set_enum (value, self->membership);
      break;

    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    case PROP_LAST_MESSAGE:
      g_value_set_object (value, self->last_message);
      break;

    case PROP_MEMBERS:
      g_value_set_object (value, self->members);
      break;

    case PROP_TIMELINE:
      g_value_set_object (value, chat_room_get_timeline (self));
      break;

    case PROP_TYPING:
      g_value_set_boxed (value, self->typing);
      break;

    case PROP_HAS_OLDER:
      g_value_set_boolean (value, self->has_older);
      break;

    case PROP_LOADING_OLDER:
      g_value_set_boolean (value, self->loading_older);
      break;

    case PROP_HAS_NEWER:
      g_value_set_boolean (value, self->has_newer);
      break;

    case PROP_LOADING_NEWER:
      g_value_set_boolean (value, self->loading_newer);
      break;

    case PROP_OLDER_ERROR:
      g_value_set_string (value, self->older_error);
      break;

    case PROP_NEWER_ERROR:
      g_value_set_string (value, self->newer_error);
      break;

    case PROP_DRAFT:
      g_value_set_string (value, self->draft);
      break;

    case PROP_CAN_SEND:
      g_value_set_boolean (value, self->can_send);
      break;

    case PROP_CANNOT_SEND_REASON:
      g_value_set_string (value, chat_room_get_cannot_send_reason (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_room_class_init (ChatRoomClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = chat_room_dispose;
  object_class->finalize = chat_room_finalize;
  object_class->get_property = chat_room_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TOPIC] = g_param_spec_string ("topic", NULL, NULL, NULL, flags);
  properties[PROP_IS_PRIVATE] = g_param_spec_boolean ("is-private", NULL, NULL, FALSE, flags);
  properties[PROP_MEMBER_COUNT] = g_param_spec_uint ("member-count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_UNREAD] = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_MENTIONS] = g_param_spec_uint ("mentions", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_UNCONFIRMED] = g_param_spec_uint ("n-unconfirmed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_MEMBERSHIP] =
    g_param_spec_enum ("membership", NULL, NULL, CHAT_TYPE_MEMBERSHIP, CHAT_MEMBERSHIP_NONE, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_LAST_MESSAGE] = g_param_spec_object ("last-message", NULL, NULL, CHAT_TYPE_MESSAGE, flags);
  properties[PROP_MEMBERS] = g_param_spec_object ("members", NULL, NULL, CHAT_TYPE_MEMBER_LIST, flags);
  properties[PROP_TIMELINE] = g_param_spec_object ("timeline", NULL, NULL, CHAT_TYPE_TIMELINE, flags);
  properties[PROP_TYPING] = g_param_spec_boxed ("typing", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_HAS_OLDER] = g_param_spec_boolean ("has-older", NULL, NULL, FALSE, flags);
  properties[PROP_LOADING_OLDER] = g_param_spec_boolean ("loading-older", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_NEWER] = g_param_spec_boolean ("has-newer", NULL, NULL, FALSE, flags);
  properties[PROP_LOADING_NEWER] = g_param_spec_boolean ("loading-newer", NULL, NULL, FALSE, flags);
  properties[PROP_OLDER_ERROR] = g_param_spec_string ("older-error", NULL, NULL, NULL, flags);
  properties[PROP_NEWER_ERROR] = g_param_spec_string ("newer-error", NULL, NULL, NULL, flags);
  properties[PROP_DRAFT] = g_param_spec_string ("draft", NULL, NULL, NULL, flags);
  properties[PROP_CAN_SEND] = g_param_spec_boolean ("can-send", NULL, NULL, FALSE, flags);
  properties[PROP_CANNOT_SEND_REASON] = g_param_spec_string ("cannot-send-reason", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_room_init (ChatRoom *self)
{
  self->members = chat_member_list_new ();
  self->typing = g_new0 (char *, 1);
  self->typists = g_ptr_array_new ();
  self->join_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->leave_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->read_seq = CHAT_NO_SEQ;
  self->told_read_seq = CHAT_NO_SEQ;
  self->read_doubts = g_array_new (FALSE, FALSE, sizeof (ChatReadDoubt));
  self->last_seq = CHAT_NO_SEQ;
  self->newest_seq = CHAT_NO_SEQ;
  self->answered_seq = CHAT_NO_SEQ;
  self->gap_after = CHAT_NO_SEQ;
  self->marker_after = CHAT_NO_SEQ;
  self->following = TRUE;
  self->verified = g_array_new (FALSE, FALSE, sizeof (ChatSpan));
  g_queue_init (&self->recent_ids);
}

ChatRoom *
chat_room_new (ChatSession *session,
               const char  *id,
               const char  *name)
{
  ChatRoom *self = g_object_new (CHAT_TYPE_ROOM, NULL);

  g_set_weak_pointer (&self->session, session);
  self->id = g_strdup (id);
  chat_room_set_name (self, name != NULL && *name != '\0' ? name : id);

  return self;
}

/* Ends all that waits, when the session ends or the room is gone. */
void
chat_room_dismiss (ChatRoom *self)
{
  g_clear_handle_id (&self->marker_source, g_source_remove);
  g_clear_handle_id (&self->send_source, g_source_remove);
  g_clear_handle_id (&self->join_source, g_source_remove);
  g_clear_handle_id (&self->history_source, g_source_remove);
  chat_room_keep (self);
  chat_room_end_waiting (self);
  chat_room_clear_typing (self);
}

static gint64
chat_room_get_activity (ChatRoom *self)
{
  return self->last_message != NULL ? chat_message_get_timestamp (self->last_message) : 0;
}

/* Joined rooms first, by their last message; then the others by name. */
int
chat_room_compare (ChatRoom *self,
                   ChatRoom *other)
{
  gint64 activity = chat_room_get_activity (self);
  gint64 other_activity = chat_room_get_activity (other);
  int names = 0;

  if (self->wanted != other->wanted)
    return self->wanted ? -1 : 1;

  if (self->wanted && activity != other_activity)
    return activity > other_activity ? -1 : 1;

  names = strcmp (self->name_key, other->name_key);

  return names != 0 ? names : strcmp (self->id, other->id);
}

void
chat_room_set_name (ChatRoom   *self,
                    const char *name)
{
  g_autofree char *folded = NULL;

  if (!chat_set_string (&self->name, name))
    return;

  folded = g_utf8_casefold (name, -1);
  g_free (self->name_key);
  self->name_key = g_utf8_collate_key (folded, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

void
chat_room_set_topic (ChatRoom   *self,
                     const char *topic)
{
  if (chat_set_string (&self->topic, topic))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOPIC]);
}

void
chat_room_set_is_private (ChatRoom *self,
                          gboolean  is_private)
{
  if (self->is_private == (guint) is_private)
    return;

  self->is_private = is_private;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_PRIVATE]);
}

void
chat_room_set_member_count (ChatRoom *self,
                            gint64    member_count)
{
  guint count = (guint) CLAMP (member_count, 0, G_MAXUINT);

  if (self->member_count == count)
    return;

  self->member_count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEMBER_COUNT]);
}

void
chat_room_set_membership (ChatRoom       *self,
                          ChatMembership  membership,
                          const char     *error)
{
  g_object_freeze_notify (G_OBJECT (self));

  if (chat_set_string (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);

  if (self->membership != membership)
    {
      self->membership = membership;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEMBERSHIP]);
    }

  chat_room_update_can_send (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
chat_room_update_can_send (ChatRoom *self)
{
  gboolean can_send = self->membership == CHAT_MEMBERSHIP_JOINED && self->session != NULL;

  if (self->can_send != (guint) can_send)
    {
      self->can_send = can_send;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SEND]);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANNOT_SEND_REASON]);
}

/* Where somebody reads along each message is read as it comes; the marker is for those that stay unread. */
static gboolean
marker_cb (gpointer user_data)
{
  ChatRoom *self = user_data;

  self->marker_source = 0;
  chat_room_update_marker (self);

  return G_SOURCE_REMOVE;
}

void
chat_room_set_unread (ChatRoom *self,
                      guint     unread,
                      guint     mentions)
{
  gboolean began = self->unread == 0 && unread > 0;

  g_object_freeze_notify (G_OBJECT (self));

  if (self->unread != unread)
    {
      self->unread = unread;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREAD]);
    }

  if (self->mentions != mentions)
    {
      self->mentions = mentions;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MENTIONS]);
    }

  if (began && self->marker_source == 0)
    self->marker_source = g_timeout_add (MARKER_AFTER_MS, marker_cb, self);

  g_object_thaw_notify (G_OBJECT (self));
}

/* What the outbox has of it that a person has to decide of. */
void
chat_room_update_undelivered (ChatRoom *self)
{
  guint n_failed = 0, n_unconfirmed = 0;

  if (self->session == NULL)
    return;

  chat_outbox_count_undelivered (self->session->outbox, self->id, &n_failed, &n_unconfirmed);
  if (self->n_failed != n_failed || self->n_unconfirmed != n_unconfirmed)
    chat_room_find_last (self);
  g_object_freeze_notify (G_OBJECT (self));

  if (self->n_failed != n_failed)
    {
      self->n_failed = n_failed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FAILED]);
    }

  if (self->n_unconfirmed != n_unconfirmed)
    {
      self->n_unconfirmed = n_unconfirmed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNCONFIRMED]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

void
chat_room_set_has_older (ChatRoom *self,
                         gboolean  has_older)
{
  if (self->has_older == (guint) has_older)
    return;

  self->has_older = has_older;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_OLDER]);
}

void
chat_room_set_loading_older (ChatRoom *self,
                             gboolean  loading_older)
{
  if (self->loading_older == (guint) loading_older)
    return;

  self->loading_older = loading_older;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING_OLDER]);
}

void
chat_room_set_has_newer (ChatRoom *self,
                         gboolean  has_newer)
{
  if (self->has_newer == (guint) has_newer)
    return;

  self->has_newer = has_newer;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_NEWER]);
}

void
chat_room_set_loading_newer (ChatRoom *self,
                             gboolean  loading_newer)
{
  if (self->loading_newer == (guint) loading_newer)
    return;

  self->loading_newer = loading_newer;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING_NEWER]);
}

void
chat_room_set_older_error (ChatRoom   *self,
                           const char *older_error)
{
  if (chat_set_string (&self->older_error, older_error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OLDER_ERROR]);
}

void
chat_room_set_newer_error (ChatRoom   *self,
                           const char *newer_error)
{
  if (chat_set_string (&self->newer_error, newer_error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEWER_ERROR]);
}

void
chat_room_set_draft (ChatRoom   *self,
                     const char *draft,
                     int         cursor,
                     const char *reply_to)
{
  self->draft_known = TRUE;
  self->draft_cursor = cursor;
  chat_set_string (&self->draft_reply_to, reply_to);
  if (chat_set_string (&self->draft, draft))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT]);
}

void
chat_room_set_last_message (ChatRoom    *self,
                            ChatMessage *message)
{
  if (g_set_object (&self->last_message, message))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_MESSAGE]);
}

/* What the server says of the room in `session` and `room:changed`; numbers that it leaves out stay as they are. */
void
chat_room_apply_info (ChatRoom           *self,
                      const ChatRoomInfo *info)
{
  g_object_freeze_notify (G_OBJECT (self));

  chat_room_set_name (self, *info->name != '\0' ? info->name : info->id);
  chat_room_set_member_count (self, info->member_count);

  chat_room_set_topic (self, info->topic);
  chat_room_set_is_private (self, info->is_private);

  if (info->last_seq != CHAT_NOT_SAID)
    self->last_seq = MAX (self->last_seq, info->last_seq);
  chat_room_apply_counts (self, info);
  chat_room_find_missing (self);
  chat_room_keep_soon (self);

  g_object_thaw_notify (G_OBJECT (self));
}

void
chat_room_apply_update (ChatRoom             *self,
                        const ChatRoomUpdate *update)
{
  const char *user_id = chat_member_get_user_id (update->member);

  if (update->joined)
    {
      ChatMember *known = chat_member_list_find (self->members, user_id);

      if (known == NULL)
        chat_member_list_add (self->members, update->member);
      else
        chat_member_set_username (known, chat_member_get_username (update->member));
      chat_room_name_senders (self);
    }
  else
    {
      chat_member_list_remove (self->members, user_id);
      chat_room_drop_typist (self, user_id);
    }

  chat_room_set_member_count (self, update->member_count);
}

void
chat_room_apply_presence (ChatRoom           *self,
                          const ChatPresence *presence)
{
  ChatMember *member = chat_member_list_find (self->members, presence->user_id);

  if (member != NULL)
    chat_member_set_online (member, presence->online);

  if (!presence->online)
    chat_room_drop_typist (self, presence->user_id);
}

const char *
chat_room_get_id (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->id;
}

const char *
chat_room_get_name (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->name;
}

const char *
chat_room_get_topic (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->topic;
}

gboolean
chat_room_get_is_private (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), FALSE);

  return self->is_private;
}

guint
chat_room_get_member_count (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), 0);

  return self->member_count;
}

guint
chat_room_get_unread (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), 0);

  return self->unread;
}

guint
chat_room_get_mentions (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), 0);

  return self->mentions;
}

/**
 * chat_room_get_n_failed:
 * @self: a room
 *
 * Returns: how many messages that were written in it were not sent and are not tried again by themselves
 */
guint
chat_room_get_n_failed (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), 0);

  return self->n_failed;
}

/**
 * chat_room_get_n_unconfirmed:
 * @self: a room
 *
 * Returns: of how many messages that were written in it nobody knows whether they arrived
 */
guint
chat_room_get_n_unconfirmed (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), 0);

  return self->n_unconfirmed;
}

ChatMembership
chat_room_get_membership (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), CHAT_MEMBERSHIP_NONE);

  return self->membership;
}

const char *
chat_room_get_error (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->error;
}

ChatMessage *
chat_room_get_last_message (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->last_message;
}

ChatMemberList *
chat_room_get_members (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->members;
}

ChatTimeline *
chat_room_get_timeline (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  if (self->timeline == NULL)
    chat_room_open_window (self);

  return self->timeline;
}

const char * const *
chat_room_get_typing (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return (const char * const *) self->typing;
}

gboolean
chat_room_get_has_older (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), FALSE);

  return self->has_older;
}

gboolean
chat_room_get_loading_older (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), FALSE);

  return self->loading_older;
}

/**
 * chat_room_get_draft:
 * @self: a room
 *
 * Returns: (nullable): what was begun to be written in it
 */
const char *
chat_room_get_draft (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->draft;
}

gboolean
chat_room_get_has_newer (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), FALSE);

  return self->has_newer;
}

gboolean
chat_room_get_loading_newer (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), FALSE);

  return self->loading_newer;
}

/**
 * chat_room_get_older_error:
 * @self: a room
 *
 * Returns: (nullable): why what was said before the timeline could not be loaded, in words. Where it is missing for want of a
 *   connection that is said elsewhere. It is forgotten after a while, or with a new connection: then it may be asked for again.
 */
const char *
chat_room_get_older_error (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->older_error;
}

/**
 * chat_room_get_newer_error:
 * @self: a room
 *
 * Returns: (nullable): why what was said after the timeline could not be loaded, in words, as [method@Room.get_older_error]
 */
const char *
chat_room_get_newer_error (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->newer_error;
}

gboolean
chat_room_get_can_send (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), FALSE);

  return self->can_send;
}

/**
 * chat_room_get_cannot_send_reason:
 * @self: a room
 *
 * Returns: (nullable) (transfer none): why nothing can be written here now, in words, or %NULL when it can
 */
const char *
chat_room_get_cannot_send_reason (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  switch (self->membership)
    {
    case CHAT_MEMBERSHIP_JOINED:
      return NULL;

    case CHAT_MEMBERSHIP_JOINING:
      return _("You are joining the room.");

    case CHAT_MEMBERSHIP_LEAVING:
      return _("You are leaving the room.");

    case CHAT_MEMBERSHIP_FAILED:
      return self->error;

    case CHAT_MEMBERSHIP_NONE:
    default:
      return _("Join the room to write in it.");
    }
}

ChatSession *
chat_room_get_session (ChatRoom *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);

  return self->session;
}
