/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-message-private.h"
#include "chat-utils-private.h"

/**
 * ChatMessage:
 *
 * One message of a room, received or written here.
 *
 * Its place in the room is given by its number where the server counts, else by its time; see [method@Message.compare]. A message
 * that waits to be confirmed has neither and stands at the end, in the order in which it was written.
 */
struct _ChatMessage
{
  GObject       parent_instance;

  char         *id;
  char         *client_id;
  char         *room_id;
  char         *sender_id;
  char         *sender_name;
  char         *content;
  char         *error;
  char         *reply_to;
  gint64        timestamp;
  gint64        seq;
  gint64        number;
  gint64        edited_at;
  gsize         arrival;
  ChatDelivery  delivery;
  guint         own : 1;
  guint         mentions_me : 1;
  guint         deleted : 1;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_CLIENT_ID,
  PROP_ROOM_ID,
  PROP_SENDER_ID,
  PROP_SENDER_NAME,
  PROP_CONTENT,
  PROP_TIMESTAMP,
  PROP_SEQ,
  PROP_OWN,
  PROP_MENTIONS_ME,
  PROP_DELIVERY,
  PROP_ERROR,
  PROP_REPLY_TO,
  PROP_EDITED_AT,
  PROP_DELETED,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatMessage, chat_message, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

/* Which message came to this program before which: the last word where time and number are the same. What is searched for comes in
 * another thread. */
static gsize arrivals;

static void
chat_message_finalize (GObject *object)
{
  ChatMessage *self = CHAT_MESSAGE (object);

  g_free (self->id);
  g_free (self->client_id);
  g_free (self->room_id);
  g_free (self->sender_id);
  g_free (self->sender_name);
  g_free (self->content);
  g_free (self->error);
  g_free (self->reply_to);

  G_OBJECT_CLASS (chat_message_parent_class)->finalize (object);
}

static void
chat_message_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  ChatMessage *self = CHAT_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_CLIENT_ID:
      g_value_set_string (value, self->client_id);
      break;

    case PROP_ROOM_ID:
      g_value_set_string (value, self->room_id);
      break;

    case PROP_SENDER_ID:
      g_value_set_string (value, self->sender_id);
      break;

    case PROP_SENDER_NAME:
      g_value_set_string (value, self->sender_name);
      break;

    case PROP_CONTENT:
      g_value_set_string (value, self->content);
      break;

    case PROP_TIMESTAMP:
      g_value_set_int64 (value, self->timestamp);
      break;

    case PROP_SEQ:
      g_value_set_int64 (value, self->seq);
      break;

    case PROP_OWN:
      g_value_set_boolean (value, self->own);
      break;

    case PROP_MENTIONS_ME:
      g_value_set_boolean (value, self->mentions_me);
      break;

    case PROP_DELIVERY:
      g_value_set_enum (value, self->delivery);
      break;

    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    case PROP_REPLY_TO:
      g_value_set_string (value, self->reply_to);
      break;

    case PROP_EDITED_AT:
      g_value_set_int64 (value, self->edited_at);
      break;

    case PROP_DELETED:
      g_value_set_boolean (value, self->deleted);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
boolean_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
chat_message_class_init (ChatMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chat_message_finalize;
  object_class->get_property = chat_message_get_property;

  properties[PROP_ID] = string_property ("id");
  properties[PROP_CLIENT_ID] = string_property ("client-id");
  properties[PROP_ROOM_ID] = string_property ("room-id");
  properties[PROP_SENDER_ID] = string_property ("sender-id");
  properties[PROP_SENDER_NAME] = string_property ("sender-name");
  properties[PROP_CONTENT] = string_property ("content");
  properties[PROP_TIMESTAMP] =
    g_param_spec_int64 ("timestamp", NULL, NULL, G_MININT64, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEQ] =
    g_param_spec_int64 ("seq", NULL, NULL, CHAT_NO_SEQ, G_MAXINT64, CHAT_NO_SEQ, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_OWN] = boolean_property ("own");
  properties[PROP_MENTIONS_ME] = boolean_property ("mentions-me");
  properties[PROP_DELIVERY] =
    g_param_spec_enum ("delivery", NULL, NULL, CHAT_TYPE_DELIVERY, CHAT_DELIVERY_RECEIVED,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] = string_property ("error");
  properties[PROP_REPLY_TO] = string_property ("reply-to");
  properties[PROP_EDITED_AT] =
    g_param_spec_int64 ("edited-at", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DELETED] = boolean_property ("deleted");

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_message_init (ChatMessage *self)
{
  self->number = CHAT_NO_NUMBER;
  self->seq = CHAT_NO_SEQ;
  self->arrival = (gsize) g_atomic_pointer_add (&arrivals, 1);
}

/**
 * chat_message_new:
 * @id: what the server calls it
 * @room_id: the room it stands in
 * @sender_id: who wrote it
 * @sender_name: (nullable): the writer's name, when it is known
 * @content: the text
 * @timestamp: when it was written, in milliseconds since the Unix epoch
 * @seq: its number in the room, or %CHAT_NO_SEQ
 *
 * Creates a message that came from the server.
 *
 * Returns: (transfer full): a new message
 */
ChatMessage *
chat_message_new (const char *id,
                  const char *room_id,
                  const char *sender_id,
                  const char *sender_name,
                  const char *content,
                  gint64      timestamp,
                  gint64      seq)
{
  ChatMessage *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (room_id != NULL, NULL);
  g_return_val_if_fail (sender_id != NULL, NULL);
  g_return_val_if_fail (content != NULL, NULL);

  self = g_object_new (CHAT_TYPE_MESSAGE, NULL);
  self->id = g_strdup (id);
  self->room_id = g_strdup (room_id);
  self->sender_id = g_strdup (sender_id);
  self->sender_name = g_strdup (sender_name);
  self->content = g_strdup (content);
  self->timestamp = timestamp;
  self->seq = seq;

  return self;
}

/**
 * chat_message_new_outgoing:
 * @client_id: (nullable): a UUID of our own, by which the server knows a repeat; %NULL for servers that do not ask for it
 * @room_id: the room it is meant for
 * @sender_id: our own user's id
 * @sender_name: our own user's name
 * @content: the text
 * @timestamp: when it was written, in milliseconds since the Unix epoch
 *
 * Creates a message that was written here and waits to be confirmed.
 *
 * Returns: (transfer full): a new message
 */
ChatMessage *
chat_message_new_outgoing (const char *client_id,
                           const char *room_id,
                           const char *sender_id,
                           const char *sender_name,
                           const char *content,
                           gint64      timestamp)
{
  ChatMessage *self;

  g_return_val_if_fail (room_id != NULL, NULL);
  g_return_val_if_fail (content != NULL, NULL);

  self = g_object_new (CHAT_TYPE_MESSAGE, NULL);
  self->client_id = g_strdup (client_id);
  self->room_id = g_strdup (room_id);
  self->sender_id = g_strdup (sender_id ? sender_id : "");
  self->sender_name = g_strdup (sender_name);
  self->content = g_strdup (content);
  self->timestamp = timestamp;
  self->delivery = CHAT_DELIVERY_WAITING;
  self->own = TRUE;

  return self;
}

/**
 * chat_message_get_id:
 * @self: a message
 *
 * Returns: (nullable): what the server calls it; %NULL before the server has it
 */
const char *
chat_message_get_id (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), NULL);

  return self->id;
}

const char *
chat_message_get_client_id (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), NULL);

  return self->client_id;
}

const char *
chat_message_get_room_id (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), NULL);

  return self->room_id;
}

const char *
chat_message_get_sender_id (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), NULL);

  return self->sender_id;
}

const char *
chat_message_get_sender_name (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), NULL);

  return self->sender_name;
}

const char *
chat_message_get_content (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), NULL);

  return self->content;
}

gint64
chat_message_get_timestamp (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), 0);

  return self->timestamp;
}

gint64
chat_message_get_seq (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), CHAT_NO_SEQ);

  return self->seq;
}

gboolean
chat_message_get_own (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), FALSE);

  return self->own;
}

gboolean
chat_message_get_mentions_me (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), FALSE);

  return self->mentions_me;
}

ChatDelivery
chat_message_get_delivery (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), CHAT_DELIVERY_RECEIVED);

  return self->delivery;
}

const char *
chat_message_get_error (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), NULL);

  return self->error;
}

gint64
chat_message_get_number (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), CHAT_NO_NUMBER);

  return self->number;
}

void
chat_message_set_number (ChatMessage *self,
                         gint64       number)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));

  self->number = number;
}

/**
 * chat_message_get_reply_to:
 * @self: a message
 *
 * Returns: (nullable): the id of the message that it answers
 */
const char *
chat_message_get_reply_to (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), NULL);

  return self->reply_to;
}

/**
 * chat_message_get_edited_at:
 * @self: a message
 *
 * Returns: when its text was changed last, in milliseconds since the Unix epoch; 0 when it never was
 */
gint64
chat_message_get_edited_at (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), 0);

  return self->edited_at;
}

/**
 * chat_message_get_deleted:
 * @self: a message
 *
 * Returns: whether it was taken back; it has its place still, and no content
 */
gboolean
chat_message_get_deleted (ChatMessage *self)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), FALSE);

  return self->deleted;
}

void
chat_message_set_sender_name (ChatMessage *self,
                              const char  *sender_name)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));

  if (chat_set_string (&self->sender_name, sender_name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDER_NAME]);
}

void
chat_message_set_client_id (ChatMessage *self,
                            const char  *client_id)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));

  if (chat_set_string (&self->client_id, client_id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLIENT_ID]);
}

void
chat_message_set_content (ChatMessage *self,
                          const char  *content)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));
  g_return_if_fail (content != NULL);

  if (chat_set_string (&self->content, content))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT]);
}

void
chat_message_set_own (ChatMessage *self,
                      gboolean     own)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));

  own = !!own;
  if (self->own == (guint) own)
    return;

  self->own = own;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OWN]);
}

void
chat_message_set_mentions_me (ChatMessage *self,
                              gboolean     mentions_me)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));

  mentions_me = !!mentions_me;
  if (self->mentions_me == (guint) mentions_me)
    return;

  self->mentions_me = mentions_me;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MENTIONS_ME]);
}

void
chat_message_set_reply_to (ChatMessage *self,
                           const char  *reply_to)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));

  if (chat_set_string (&self->reply_to, reply_to))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPLY_TO]);
}

void
chat_message_set_edited_at (ChatMessage *self,
                            gint64       edited_at)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));
  g_return_if_fail (edited_at >= 0);

  if (self->edited_at == edited_at)
    return;

  self->edited_at = edited_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITED_AT]);
}

/**
 * chat_message_set_deleted:
 * @self: a message
 *
 * Says that the message was taken back. It loses its content, calls nobody any more and keeps its place; nothing brings it back.
 */
void
chat_message_set_deleted (ChatMessage *self)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));

  if (self->deleted)
    return;

  g_object_freeze_notify (G_OBJECT (self));

  self->deleted = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DELETED]);
  chat_message_set_content (self, "");
  chat_message_set_mentions_me (self, FALSE);

  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * chat_message_set_delivery:
 * @self: a message
 * @delivery: what became of it
 * @error: (nullable): why it failed, in words; only for %CHAT_DELIVERY_FAILED
 *
 * Says what became of a message that was written here.
 */
void
chat_message_set_delivery (ChatMessage  *self,
                           ChatDelivery  delivery,
                           const char   *error)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));

  g_object_freeze_notify (G_OBJECT (self));

  if (chat_set_string (&self->error, error))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);

  if (self->delivery != delivery)
    {
      self->delivery = delivery;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DELIVERY]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

static void
chat_message_take_place (ChatMessage *self,
                         gint64       timestamp,
                         gint64       seq)
{
  if (self->timestamp != timestamp)
    {
      self->timestamp = timestamp;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMESTAMP]);
    }

  if (seq != CHAT_NO_SEQ && self->seq != seq)
    {
      self->seq = seq;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEQ]);
    }
}

/**
 * chat_message_confirm:
 * @self: a message that was written here
 * @id: what the server calls it
 * @timestamp: the server's time of it, in milliseconds since the Unix epoch
 * @seq: its number in the room, or %CHAT_NO_SEQ
 *
 * The server has the message. Its timeline must be told by [method@Timeline.reorder], since its place may have changed.
 */
void
chat_message_confirm (ChatMessage *self,
                      const char  *id,
                      gint64       timestamp,
                      gint64       seq)
{
  g_return_if_fail (CHAT_IS_MESSAGE (self));
  g_return_if_fail (id != NULL);

  g_object_freeze_notify (G_OBJECT (self));

  if (chat_set_string (&self->id, id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);

  chat_message_take_place (self, timestamp, seq);
  chat_message_set_delivery (self, CHAT_DELIVERY_SENT, NULL);

  g_object_thaw_notify (G_OBJECT (self));
}

/* What was deleted stays so, and a page of history that was asked for before an edit may come after it. */
static void
chat_message_take_words (ChatMessage *self,
                         ChatMessage *newer)
{
  if (newer->deleted)
    chat_message_set_deleted (self);

  if (self->deleted || newer->edited_at < self->edited_at)
    return;

  chat_message_set_content (self, newer->content);
  chat_message_set_mentions_me (self, newer->mentions_me);
  chat_message_set_edited_at (self, newer->edited_at);
}

/**
 * chat_message_update:
 * @self: a message
 * @newer: the same message, as the server tells it now
 *
 * Takes over what the server says now: an edit, that it was deleted, a name that was not known before.
 *
 * Returns: whether the message's place in its room may have changed
 */
gboolean
chat_message_update (ChatMessage *self,
                     ChatMessage *newer)
{
  gboolean moved;

  g_return_val_if_fail (CHAT_IS_MESSAGE (self), FALSE);
  g_return_val_if_fail (CHAT_IS_MESSAGE (newer), FALSE);

  moved = self->timestamp != newer->timestamp || (newer->seq != CHAT_NO_SEQ && self->seq != newer->seq);

  g_object_freeze_notify (G_OBJECT (self));

  chat_message_take_words (self, newer);
  if (newer->reply_to != NULL)
    chat_message_set_reply_to (self, newer->reply_to);
  if (newer->sender_name != NULL)
    chat_message_set_sender_name (self, newer->sender_name);
  /* By its own a message is known in the outbox, whatever the server makes of it. */
  if (newer->client_id != NULL && self->client_id == NULL)
    chat_message_set_client_id (self, newer->client_id);
  chat_message_take_place (self, newer->timestamp, newer->seq);

  g_object_thaw_notify (G_OBJECT (self));

  return moved;
}

static gboolean
chat_message_is_confirmed (ChatMessage *self)
{
  return self->id != NULL;
}

/* The server's number, or, where the server does not count, the time: what came without a number stands behind what has one. That
 * is the order of the store, too. */
static gint64
chat_message_get_place (ChatMessage *self)
{
  return self->seq != CHAT_NO_SEQ ? self->seq : self->timestamp;
}

/**
 * chat_message_compare:
 * @self: a message
 * @other: another one of the same room
 *
 * Says which of two messages stands first in the room: those that the server has, by number or else by time; then those that
 * wait, in the order in which they were written.
 *
 * Returns: less than 0, 0, or more than 0, as for sorting
 */
int
chat_message_compare (ChatMessage *self,
                      ChatMessage *other)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (self), 0);
  g_return_val_if_fail (CHAT_IS_MESSAGE (other), 0);

  if (chat_message_is_confirmed (self) != chat_message_is_confirmed (other))
    return chat_message_is_confirmed (self) ? -1 : 1;

  if (chat_message_is_confirmed (self))
    {
      gint64 place = chat_message_get_place (self);
      gint64 other_place = chat_message_get_place (other);

      if (place != other_place)
        return place < other_place ? -1 : 1;

      if (self->number != other->number && self->number != CHAT_NO_NUMBER && other->number != CHAT_NO_NUMBER)
        return self->number < other->number ? -1 : 1;
    }

  if (self->arrival != other->arrival)
    return self->arrival < other->arrival ? -1 : 1;

  return 0;
}

/**
 * chat_message_dup_date_time:
 * @self: a message
 *
 * Returns: (transfer full): when it was written, in the local time zone; the epoch for times no calendar has
 */
GDateTime *
chat_message_dup_date_time (ChatMessage *self)
{
  GDateTime *date_time;

  g_return_val_if_fail (CHAT_IS_MESSAGE (self), NULL);

  date_time = g_date_time_new_from_unix_local (self->timestamp / 1000);

  return date_time != NULL ? date_time : g_date_time_new_from_unix_local (0);
}
