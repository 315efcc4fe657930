/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-outbox-private.h"
#include "chat-store-private.h"

/**
 * ChatOutbox:
 *
 * What was written here and is not confirmed. It reads the store once, and from then on tells it what changes.
 */
struct _ChatOutbox
{
  GObject     parent_instance;

  ChatStore  *store;
  GPtrArray  *entries;
  guint       n_waiting;
  gboolean    knows_repeats;
  /* (element-type utf8 Undelivered): by the id of the room; NULL where there is nothing, as nearly always */
  GHashTable *undelivered;
};

typedef struct
{
  ChatMessage *message;
  /* The newest message of the room when this one went out: what is not newer is not this one. CHAT_NO_SEQ where nobody knows. */
  gint64       sent_after;
  ChatSent     sent;
  /* What the disk says of that, or will say: it may be ahead, and is never behind. */
  ChatSent     kept;
  /* It is taken care of, and not to be sent by anybody else. */
  guint        on_way : 1;
  /* The connection on which it went out, or one that was recovered from it, may bring its echo still. */
  guint        may_echo : 1;
} Entry;

typedef struct
{
  guint n_failed;
  guint n_unconfirmed;
} Undelivered;

enum
{
  PROP_0,
  PROP_N_WAITING,
  N_PROPS
};

enum
{
  UNDELIVERED_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (ChatOutbox, chat_outbox, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->message);
  g_free (entry);
}

static void
chat_outbox_finalize (GObject *object)
{
  ChatOutbox *self = CHAT_OUTBOX (object);

  g_ptr_array_unref (self->entries);
  g_clear_pointer (&self->undelivered, g_hash_table_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (chat_outbox_parent_class)->finalize (object);
}

static void
chat_outbox_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ChatOutbox *self = CHAT_OUTBOX (object);

  switch (prop_id)
    {
    case PROP_N_WAITING:
      g_value_set_uint (value, self->n_waiting);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_outbox_class_init (ChatOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chat_outbox_finalize;
  object_class->get_property = chat_outbox_get_property;

  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[UNDELIVERED_CHANGED] = g_signal_new ("undelivered-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
chat_outbox_init (ChatOutbox *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

static gboolean
is_waiting (const Entry *entry)
{
  return chat_message_get_delivery (entry->message) == CHAT_DELIVERY_WAITING;
}

static gboolean
is_in_room (const Entry *entry,
            const char  *room_id)
{
  return g_str_equal (chat_message_get_room_id (entry->message), room_id);
}

static void
count_undelivered (GHashTable  **undelivered,
                   ChatMessage  *message)
{
  ChatDelivery delivery = chat_message_get_delivery (message);
  const char *room_id = chat_message_get_room_id (message);
  Undelivered *count = NULL;

  if (delivery != CHAT_DELIVERY_FAILED && delivery != CHAT_DELIVERY_UNCONFIRMED)
    return;

  if (*undelivered == NULL)
    *undelivered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  count = g_hash_table_lookup (*undelivered, room_id);
  if (count == NULL)
    {
      count = g_new0 (Undelivered, 1);
      g_hash_table_insert (*undelivered, g_strdup (room_id), count);
    }

  if (delivery == CHAT_DELIVERY_FAILED)
    count->n_failed++;
  else
    count->n_unconfirmed++;
}

static Undelivered
get_undelivered (GHashTable *undelivered,
                 const char *room_id)
{
  const Undelivered *count = undelivered != NULL ? g_hash_table_lookup (undelivered, room_id) : NULL;

  return count != NULL ? *count : (Undelivered) { 0, 0 };
}

/* Tells of the rooms that @rooms and @others have different numbers of. */
static void
chat_outbox_tell_undelivered (ChatOutbox *self,
                              GHashTable *rooms,
                              GHashTable *others)
{
  GHashTableIter iter;
  gpointer room_id = NULL;

  if (rooms == NULL)
    return;

  g_hash_table_iter_init (&iter, rooms);
  while (g_hash_table_iter_next (&iter, &room_id, NULL))
    {
      Undelivered here = get_undelivered (rooms, room_id);
      Undelivered there = get_undelivered (others, room_id);

      if (here.n_failed != there.n_failed || here.n_unconfirmed != there.n_unconfirmed)
        g_signal_emit (self, signals[UNDELIVERED_CHANGED], 0, room_id);
    }
}

static void
chat_outbox_take_undelivered (ChatOutbox *self,
                              GHashTable *undelivered)
{
  g_autoptr(GHashTable) before = self->undelivered;
  g_autoptr(GHashTable) after = undelivered != NULL ? g_hash_table_ref (undelivered) : NULL;

  /* A room that both have may be told of twice; who listens looks what is new. */
  self->undelivered = undelivered;
  chat_outbox_tell_undelivered (self, after, before);
  chat_outbox_tell_undelivered (self, before, after);
}

/* After the delivery of any message changed. */
void
chat_outbox_recount (ChatOutbox *self)
{
  GHashTable *undelivered = NULL;
  guint n_waiting = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      n_waiting += is_waiting (entry) ? 1 : 0;
      count_undelivered (&undelivered, entry->message);
    }

  chat_outbox_take_undelivered (self, undelivered);

  if (self->n_waiting == n_waiting)
    return;

  self->n_waiting = n_waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
}

static Entry *
chat_outbox_find_entry (ChatOutbox  *self,
                        ChatMessage *message)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->message == message)
        return entry;
    }

  return NULL;
}

static Entry *
chat_outbox_append (ChatOutbox  *self,
                    ChatMessage *message)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->message = g_object_ref (message);
  entry->sent_after = CHAT_NO_SEQ;
  g_ptr_array_add (self->entries, entry);

  return entry;
}

/* It waited when the program ended the last time. */
static void
chat_outbox_restore (ChatOutbox  *self,
                     ChatMessage *message,
                     gboolean     with_id)
{
  Entry *entry = chat_outbox_append (self, message);

  if (with_id)
    entry->sent = CHAT_SENT_WITH_ID;
  else if (chat_message_get_delivery (message) == CHAT_DELIVERY_UNCONFIRMED)
    entry->sent = CHAT_SENT_ONCE;
  entry->kept = entry->sent;
}

/* With what waited when the program ended the last time. */
ChatOutbox *
chat_outbox_new (ChatStore  *store,
                 const char *user_id,
                 const char *username)
{
  ChatOutbox *self = g_object_new (CHAT_TYPE_OUTBOX, NULL);
  g_autoptr(GPtrArray) messages = chat_store_list_outbox (store, user_id, username);
  g_autoptr(GHashTable) with_id = chat_store_list_sent_with_id (store);

  self->store = g_object_ref (store);
  for (guint i = 0; i < messages->len; i++)
    {
      ChatMessage *message = g_ptr_array_index (messages, i);

      chat_outbox_restore (self, message, g_hash_table_contains (with_id, chat_message_get_client_id (message)));
    }
  chat_outbox_recount (self);

  return self;
}

/* Whether the server stores a message once for each client id. What is added is sent with its id then, most likely at once, and is on
 * the disk as such from the beginning: to write that down later would be a second time that the disk is waited for. */
void
chat_outbox_set_knows_repeats (ChatOutbox *self,
                               gboolean    knows_repeats)
{
  g_return_if_fail (CHAT_IS_OUTBOX (self));

  self->knows_repeats = knows_repeats;
}

guint
chat_outbox_get_n_waiting (ChatOutbox *self)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), 0);

  return self->n_waiting;
}

/* How many messages of the room a person has to decide of. */
void
chat_outbox_count_undelivered (ChatOutbox *self,
                               const char *room_id,
                               guint      *n_failed,
                               guint      *n_unconfirmed)
{
  Undelivered count = { 0, 0 };

  g_return_if_fail (CHAT_IS_OUTBOX (self));

  count = get_undelivered (self->undelivered, room_id);
  *n_failed = count.n_failed;
  *n_unconfirmed = count.n_unconfirmed;
}

/* (transfer full) (element-type ChatMessage): those of the room, or, where @room_id is NULL, all */
GPtrArray *
chat_outbox_list (ChatOutbox *self,
                  const char *room_id)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (room_id == NULL || is_in_room (entry, room_id))
        g_ptr_array_add (messages, g_object_ref (entry->message));
    }

  return g_steal_pointer (&messages);
}

ChatMessage *
chat_outbox_get_last (ChatOutbox *self,
                      const char *room_id)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), NULL);

  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (self->entries, i - 1);

      if (is_in_room (entry, room_id))
        return entry->message;
    }

  return NULL;
}

ChatMessage *
chat_outbox_find (ChatOutbox *self,
                  const char *client_id)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_strcmp0 (chat_message_get_client_id (entry->message), client_id) == 0)
        return entry->message;
    }

  return NULL;
}

static gboolean
is_unconfirmed (const Entry *entry)
{
  return chat_message_get_delivery (entry->message) == CHAT_DELIVERY_UNCONFIRMED;
}

/* A plain server's echo names nothing but room and text: it is of the oldest message that went out with that text, or else of one
 * that was given up when its connection broke. */
ChatMessage *
chat_outbox_find_echoed (ChatOutbox *self,
                         const char *room_id,
                         const char *content)
{
  ChatMessage *given_up = NULL;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->sent != CHAT_SENT_ONCE || !is_in_room (entry, room_id) ||
          !g_str_equal (chat_message_get_content (entry->message), content))
        continue;

      if (is_waiting (entry))
        return entry->message;

      if (given_up == NULL && is_unconfirmed (entry) && entry->may_echo)
        given_up = entry->message;
    }

  return given_up;
}

/* The same, where the server tells what was said: of that the number says what cannot be ours. */
ChatMessage *
chat_outbox_find_told (ChatOutbox *self,
                       const char *room_id,
                       const char *content,
                       gint64      seq)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->sent == CHAT_SENT_ONCE && (is_waiting (entry) || is_unconfirmed (entry)) &&
          entry->sent_after != CHAT_NO_SEQ && seq > entry->sent_after &&
          is_in_room (entry, room_id) && g_str_equal (chat_message_get_content (entry->message), content))
        return entry->message;
    }

  return NULL;
}

typedef struct
{
  ChatMessage *message;
  /* It is sent again. Where it is not here any more when that is on the disk, a person gave it up meanwhile. */
  gboolean     was_here;
  ChatSent     sent;
} Adding;

static void
adding_free (gpointer data)
{
  Adding *adding = data;

  g_object_unref (adding->message);
  g_free (adding);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatOutbox *self = g_task_get_source_object (task);
  Adding *adding = g_task_get_task_data (task);
  ChatMessage *message = adding->message;
  Entry *entry = NULL;
  GError *error = NULL;

  if (!chat_store_add_outgoing_finish (CHAT_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  entry = chat_outbox_find_entry (self, message);
  if (entry == NULL && !adding->was_here)
    entry = chat_outbox_append (self, message);

  /* One that waits already may be on its way: it was asked for twice. */
  if (entry != NULL && !(adding->was_here && is_waiting (entry)))
    {
      entry->on_way = FALSE;
      entry->sent = CHAT_SENT_NOT;
      entry->kept = adding->sent;
      chat_message_set_delivery (message, CHAT_DELIVERY_WAITING, NULL);
      chat_outbox_recount (self);
    }

  g_task_return_boolean (task, TRUE);
}

/* A message that is new was the draft of its room until now. */
void
chat_outbox_add_async (ChatOutbox          *self,
                       ChatMessage         *message,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Adding *adding = NULL;
  GTask *task = NULL;

  g_return_if_fail (CHAT_IS_OUTBOX (self));
  g_return_if_fail (chat_message_get_client_id (message) != NULL);

  adding = g_new0 (Adding, 1);
  adding->message = g_object_ref (message);
  adding->was_here = chat_outbox_find_entry (self, message) != NULL;
  adding->sent = self->knows_repeats ? CHAT_SENT_WITH_ID : CHAT_SENT_NOT;
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, chat_outbox_add_async);
  g_task_set_task_data (task, adding, adding_free);
  chat_store_add_outgoing_async (self->store, message, !adding->was_here, adding->sent, cancellable, stored_cb, task);
}

gboolean
chat_outbox_add_finish (ChatOutbox    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
chat_outbox_is_waiting (ChatOutbox  *self,
                        ChatMessage *message)
{
  Entry *entry = NULL;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  entry = chat_outbox_find_entry (self, message);

  return entry != NULL && is_waiting (entry);
}

gboolean
chat_outbox_is_unsent (ChatOutbox  *self,
                       ChatMessage *message)
{
  Entry *entry = NULL;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  entry = chat_outbox_find_entry (self, message);

  return entry != NULL && is_waiting (entry) && !entry->on_way;
}

/* The oldest message of the room that waits and is not on its way. */
ChatMessage *
chat_outbox_next (ChatOutbox *self,
                  const char *room_id)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (is_waiting (entry) && !entry->on_way && is_in_room (entry, room_id))
        return entry->message;
    }

  return NULL;
}

/* Whether a message of the room is on its way that the next one has to wait for: for the echo of a plain one none waits. */
gboolean
chat_outbox_is_sending (ChatOutbox *self,
                        const char *room_id)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (is_waiting (entry) && entry->on_way && entry->sent != CHAT_SENT_ONCE && is_in_room (entry, room_id))
        return TRUE;
    }

  return FALSE;
}

/* It is about to be sent. */
void
chat_outbox_mark_leaving (ChatOutbox  *self,
                          ChatMessage *message)
{
  Entry *entry = NULL;

  g_return_if_fail (CHAT_IS_OUTBOX (self));

  entry = chat_outbox_find_entry (self, message);
  if (entry != NULL)
    entry->on_way = TRUE;
}

/* The disk says how it is going to be sent. */
void
chat_outbox_mark_kept (ChatOutbox  *self,
                       ChatMessage *message,
                       ChatSent     sent)
{
  Entry *entry = NULL;

  g_return_if_fail (CHAT_IS_OUTBOX (self));

  entry = chat_outbox_find_entry (self, message);
  if (entry != NULL)
    entry->kept = sent;
}

gboolean
chat_outbox_is_kept_with_id (ChatOutbox  *self,
                             ChatMessage *message)
{
  Entry *entry = NULL;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  entry = chat_outbox_find_entry (self, message);

  return entry != NULL && entry->kept == CHAT_SENT_WITH_ID;
}

/* It went out. */
void
chat_outbox_mark_sent (ChatOutbox  *self,
                       ChatMessage *message,
                       ChatSent     sent)
{
  Entry *entry = NULL;

  g_return_if_fail (CHAT_IS_OUTBOX (self));

  entry = chat_outbox_find_entry (self, message);
  if (entry == NULL)
    return;

  entry->on_way = TRUE;
  entry->sent = sent;
}

/* It is not on its way any more. That it may have arrived stays known. */
void
chat_outbox_mark_unsent (ChatOutbox  *self,
                         ChatMessage *message)
{
  Entry *entry = NULL;

  g_return_if_fail (CHAT_IS_OUTBOX (self));

  entry = chat_outbox_find_entry (self, message);
  if (entry != NULL)
    entry->on_way = FALSE;
}

/* It was about to be sent, and has not gone out, for sure. */
void
chat_outbox_take_back (ChatOutbox  *self,
                       ChatMessage *message)
{
  Entry *entry = NULL;

  g_return_if_fail (CHAT_IS_OUTBOX (self));

  entry = chat_outbox_find_entry (self, message);
  if (entry == NULL)
    return;

  entry->on_way = FALSE;
  entry->kept = entry->sent;
  chat_store_put_outgoing_state (self->store, message, entry->kept);
}

/* When @message went out, @seq was the newest that was known of its room. */
void
chat_outbox_set_sent_after (ChatOutbox  *self,
                            ChatMessage *message,
                            gint64       seq)
{
  Entry *entry = NULL;

  g_return_if_fail (CHAT_IS_OUTBOX (self));

  entry = chat_outbox_find_entry (self, message);
  if (entry != NULL)
    entry->sent_after = seq;
}

/* Of all that wait in the room, which is as it was when the program ended. */
void
chat_outbox_set_all_sent_after (ChatOutbox *self,
                                const char *room_id,
                                gint64      seq)
{
  g_return_if_fail (CHAT_IS_OUTBOX (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (is_in_room (entry, room_id))
        entry->sent_after = seq;
    }
}

static gboolean
chat_outbox_drop (ChatOutbox  *self,
                  ChatMessage *message)
{
  Entry *entry = chat_outbox_find_entry (self, message);

  if (entry == NULL)
    return FALSE;

  g_ptr_array_remove (self->entries, entry);
  chat_outbox_recount (self);

  return TRUE;
}

/* The server has it; @message has what the server calls it. */
gboolean
chat_outbox_confirm (ChatOutbox  *self,
                     ChatMessage *message)
{
  g_autoptr(ChatMessage) keep = NULL;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);
  g_return_val_if_fail (chat_message_get_id (message) != NULL, FALSE);

  keep = g_object_ref (message);
  chat_message_set_delivery (message, CHAT_DELIVERY_SENT, NULL);
  chat_store_confirm_outgoing (self->store, chat_message_get_client_id (message), message);

  return chat_outbox_drop (self, message);
}

/* The server does not want it. It stays, for a person to decide. */
void
chat_outbox_fail (ChatOutbox  *self,
                  ChatMessage *message,
                  const char  *reason)
{
  Entry *entry = NULL;

  g_return_if_fail (CHAT_IS_OUTBOX (self));
  g_return_if_fail (reason != NULL);

  entry = chat_outbox_find_entry (self, message);
  if (entry != NULL)
    {
      entry->on_way = FALSE;
      entry->sent = CHAT_SENT_NOT;
      entry->kept = CHAT_SENT_NOT;
    }
  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, reason);
  chat_store_put_outgoing_state (self->store, message, CHAT_SENT_NOT);
  chat_outbox_recount (self);
}

/* A person does not want it any more. */
gboolean
chat_outbox_remove (ChatOutbox  *self,
                    ChatMessage *message)
{
  g_autofree char *client_id = NULL;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  client_id = g_strdup (chat_message_get_client_id (message));
  if (!chat_outbox_drop (self, message))
    return FALSE;

  chat_store_remove_outgoing (self->store, client_id);

  return TRUE;
}

static void
chat_outbox_set_state (ChatOutbox   *self,
                       Entry        *entry,
                       ChatDelivery  delivery)
{
  entry->on_way = FALSE;
  entry->kept = entry->sent;
  chat_message_set_delivery (entry->message, delivery, NULL);
  chat_store_put_outgoing_state (self->store, entry->message, entry->kept);
}

/* The connection broke. What went out with its id is sent again, and stored once. What went out without may have arrived or not, and
 * to send it again by itself could say it twice: a person decides. What had not gone out yet is its sender's still. */
void
chat_outbox_interrupt (ChatOutbox *self)
{
  g_return_if_fail (CHAT_IS_OUTBOX (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (!is_waiting (entry) || !entry->on_way || entry->sent == CHAT_SENT_NOT)
        continue;

      if (entry->sent == CHAT_SENT_ONCE)
        {
          entry->may_echo = TRUE;
          chat_outbox_set_state (self, entry, CHAT_DELIVERY_UNCONFIRMED);
        }
      else
        entry->on_way = FALSE;
    }

  chat_outbox_recount (self);
}

/* The server does not know repeats: of what went out with its id to one that did, a person decides, too. */
void
chat_outbox_doubt_sent_with_id (ChatOutbox *self,
                                const char *room_id)
{
  g_return_if_fail (CHAT_IS_OUTBOX (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (is_waiting (entry) && !entry->on_way && entry->sent == CHAT_SENT_WITH_ID && is_in_room (entry, room_id))
        chat_outbox_set_state (self, entry, CHAT_DELIVERY_UNCONFIRMED);
    }

  chat_outbox_recount (self);
}

/* The server knows them: there is nothing to decide. */
void
chat_outbox_resume_sent_with_id (ChatOutbox *self,
                                 const char *room_id)
{
  g_return_if_fail (CHAT_IS_OUTBOX (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (is_unconfirmed (entry) && entry->sent == CHAT_SENT_WITH_ID && is_in_room (entry, room_id))
        chat_outbox_set_state (self, entry, CHAT_DELIVERY_WAITING);
    }

  chat_outbox_recount (self);
}

/* The connection is another one than that on which they went out. */
void
chat_outbox_expect_no_echo (ChatOutbox *self)
{
  g_return_if_fail (CHAT_IS_OUTBOX (self));

  for (guint i = 0; i < self->entries->len; i++)
    ((Entry *) g_ptr_array_index (self->entries, i))->may_echo = FALSE;
}
