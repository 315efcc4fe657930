/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-timeline.h"
#include "chat-timeline-item-private.h"

/* What one person writes within this time belongs together. */
#define GROUP_MS (5 * 60 * 1000)

/**
 * ChatTimeline:
 *
 * The messages of a room in their order, as rows: a day row stands before the first message of each day, and the marker of what is
 * new before the first unread message.
 *
 * Whatever is added in whatever order, the rows are those of a timeline that was given all messages in their order. A row that
 * need not change is kept, and each change is told by one `items-changed` for each place in which it happens: that is what lets a
 * list keep the reader's place.
 */
struct _ChatTimeline
{
  GObject      parent_instance;

  GPtrArray   *items;       /* of ChatTimelineItem */
  GHashTable  *by_id;       /* id → ChatMessage */
  GHashTable  *by_client;   /* client id → ChatMessage */
  guint        n_messages;
  gint64       unread_after;
  ChatMessage *first_unread;
};

enum
{
  PROP_0,
  PROP_N_MESSAGES,
  N_PROPS
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChatTimeline, chat_timeline, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[N_PROPS];

static GType
chat_timeline_get_item_type (GListModel *model)
{
  return CHAT_TYPE_TIMELINE_ITEM;
}

static guint
chat_timeline_get_n_items (GListModel *model)
{
  return CHAT_TIMELINE (model)->items->len;
}

static gpointer
chat_timeline_get_item (GListModel *model,
                        guint       position)
{
  ChatTimeline *self = CHAT_TIMELINE (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = chat_timeline_get_item_type;
  iface->get_n_items = chat_timeline_get_n_items;
  iface->get_item = chat_timeline_get_item;
}

static void
chat_timeline_dispose (GObject *object)
{
  ChatTimeline *self = CHAT_TIMELINE (object);

  g_clear_object (&self->first_unread);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->by_client, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (chat_timeline_parent_class)->dispose (object);
}

static void
chat_timeline_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  ChatTimeline *self = CHAT_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_N_MESSAGES:
      g_value_set_uint (value, self->n_messages);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_timeline_class_init (ChatTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chat_timeline_dispose;
  object_class->get_property = chat_timeline_get_property;

  properties[PROP_N_MESSAGES] =
    g_param_spec_uint ("n-messages", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_timeline_init (ChatTimeline *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->by_client = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->unread_after = CHAT_NO_SEQ;
}

/**
 * chat_timeline_new:
 *
 * Returns: (transfer full): a new, empty timeline
 */
ChatTimeline *
chat_timeline_new (void)
{
  return g_object_new (CHAT_TYPE_TIMELINE, NULL);
}

static ChatTimelineItem *
item_at (ChatTimeline *self,
         guint         position)
{
  return g_ptr_array_index (self->items, position);
}

static ChatMessage *
message_at (ChatTimeline *self,
            guint         position)
{
  return chat_timeline_item_get_message (item_at (self, position));
}

/* The first position at or after @position at which a message stands; the end when there is none. */
static guint
next_message (ChatTimeline *self,
              guint         position)
{
  while (position < self->items->len && message_at (self, position) == NULL)
    position++;

  return position;
}

/* The position of the first message that stands behind @message. */
static guint
position_behind (ChatTimeline *self,
                 ChatMessage  *message)
{
  guint low = 0;
  guint high = self->items->len;

  if (high > 0 && chat_message_compare (message_at (self, high - 1), message) <= 0)
    return high;

  while (low < high)
    {
      guint middle = next_message (self, low + (high - low) / 2);

      if (middle >= high || chat_message_compare (message_at (self, middle), message) > 0)
        high = low + (high - low) / 2;
      else
        low = middle + 1;
    }

  return next_message (self, low);
}

/* By identity, not by order: the message may have changed since it was placed. */
static gboolean
find_position (ChatTimeline *self,
               ChatMessage  *message,
               guint        *position)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      if (message_at (self, i - 1) == message)
        {
          *position = i - 1;
          return TRUE;
        }
    }

  return FALSE;
}

/* Where the rows begin that belong to the message at @position: its day and the marker stand before it. */
static guint
dividers_start (ChatTimeline *self,
                guint         position)
{
  while (position > 0 && message_at (self, position - 1) == NULL)
    position--;

  return position;
}

static gboolean
on_same_day (ChatMessage *a,
             ChatMessage *b)
{
  g_autoptr(GDateTime) day_a = chat_message_dup_date_time (a);
  g_autoptr(GDateTime) day_b = chat_message_dup_date_time (b);

  return g_date_time_get_year (day_a) == g_date_time_get_year (day_b) &&
         g_date_time_get_day_of_year (day_a) == g_date_time_get_day_of_year (day_b);
}

static void
append_dividers (ChatTimeline *self,
                 GPtrArray    *rows,
                 ChatMessage  *before,
                 ChatMessage  *message)
{
  if (before == NULL || !on_same_day (before, message))
    {
      g_autoptr(GDateTime) date = chat_message_dup_date_time (message);

      g_ptr_array_add (rows, chat_timeline_item_new_day (date));
    }

  if (message == self->first_unread)
    g_ptr_array_add (rows, chat_timeline_item_new_unread ());
}

static gboolean
starts_group (ChatTimeline *self,
              guint         position)
{
  ChatMessage *message = message_at (self, position);
  ChatMessage *before = position > 0 ? message_at (self, position - 1) : NULL;
  gint64 apart;

  if (before == NULL || g_strcmp0 (chat_message_get_sender_id (before), chat_message_get_sender_id (message)) != 0)
    return TRUE;

  /* A hostile time must not overflow the difference. */
  if (__builtin_sub_overflow (chat_message_get_timestamp (message), chat_message_get_timestamp (before), &apart))
    return TRUE;

  return apart > GROUP_MS || apart < -GROUP_MS;
}

static void
update_groups (ChatTimeline *self,
               guint         from,
               guint         to)
{
  for (guint i = from; i < MIN (to, self->items->len); i++)
    {
      if (message_at (self, i) != NULL)
        chat_timeline_item_set_group_start (item_at (self, i), starts_group (self, i));
    }
}

/* Puts @rows in the place of the @n_removed rows at @position. Rows at both ends that are wanted again stay the objects they are. */
static void
replace_rows (ChatTimeline *self,
              guint         position,
              guint         n_removed,
              GPtrArray    *rows)
{
  guint first = 0;
  guint n_added = rows->len;

  while (n_removed > 0 && n_added > 0 &&
         chat_timeline_item_equal (item_at (self, position), g_ptr_array_index (rows, first)))
    {
      position++;
      first++;
      n_removed--;
      n_added--;
    }

  while (n_removed > 0 && n_added > 0 &&
         chat_timeline_item_equal (item_at (self, position + n_removed - 1), g_ptr_array_index (rows, first + n_added - 1)))
    {
      n_removed--;
      n_added--;
    }

  if (n_removed > 0)
    g_ptr_array_remove_range (self->items, position, n_removed);

  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (self->items, position + i, g_object_ref (g_ptr_array_index (rows, first + i)));

  update_groups (self, position, next_message (self, position + n_added) + 1);

  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
refresh_dividers (ChatTimeline *self,
                  guint         position)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint start = dividers_start (self, position);

  if (position < self->items->len)
    append_dividers (self, rows, start > 0 ? message_at (self, start - 1) : NULL, message_at (self, position));

  replace_rows (self, start, position - start, rows);
}

static gboolean
is_unread (ChatTimeline *self,
           ChatMessage  *message)
{
  return self->unread_after != CHAT_NO_SEQ &&
         chat_message_get_seq (message) > self->unread_after &&
         !chat_message_get_own (message);
}

static void
set_first_unread (ChatTimeline *self,
                  ChatMessage  *message)
{
  g_autoptr(ChatMessage) old = g_steal_pointer (&self->first_unread);
  guint position;

  g_set_object (&self->first_unread, message);

  if (old != NULL && old != message && find_position (self, old, &position))
    refresh_dividers (self, position);

  if (message != NULL && old != message && find_position (self, message, &position))
    refresh_dividers (self, position);
}

static void
find_first_unread (ChatTimeline *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      ChatMessage *message = message_at (self, i);

      if (message != NULL && is_unread (self, message))
        {
          set_first_unread (self, message);
          return;
        }
    }

  set_first_unread (self, NULL);
}

static gboolean
is_known (ChatTimeline *self,
          ChatMessage  *message)
{
  const char *id = chat_message_get_id (message);
  const char *client_id = chat_message_get_client_id (message);

  return (id != NULL && g_hash_table_contains (self->by_id, id)) ||
         (client_id != NULL && g_hash_table_contains (self->by_client, client_id));
}

static void
remember (ChatTimeline *self,
          ChatMessage  *message)
{
  const char *id = chat_message_get_id (message);
  const char *client_id = chat_message_get_client_id (message);

  if (id != NULL)
    g_hash_table_insert (self->by_id, g_strdup (id), g_object_ref (message));

  if (client_id != NULL)
    g_hash_table_insert (self->by_client, g_strdup (client_id), g_object_ref (message));
}

static void
forget (ChatTimeline *self,
        ChatMessage  *message)
{
  const char *id = chat_message_get_id (message);
  const char *client_id = chat_message_get_client_id (message);

  if (id != NULL)
    g_hash_table_remove (self->by_id, id);

  if (client_id != NULL)
    g_hash_table_remove (self->by_client, client_id);
}

static void
notify_n_messages (ChatTimeline *self,
                   guint         before)
{
  if (self->n_messages != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MESSAGES]);
}

/* Puts in @messages, all of which stand in order between the same two messages of the timeline. */
static void
insert_run (ChatTimeline *self,
            ChatMessage **messages,
            guint         n_messages,
            guint         position)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint start = dividers_start (self, position);
  ChatMessage *before = start > 0 ? message_at (self, start - 1) : NULL;

  for (guint i = 0; i < n_messages; i++)
    {
      append_dividers (self, rows, before, messages[i]);
      g_ptr_array_add (rows, chat_timeline_item_new_message (messages[i]));
      before = messages[i];
    }

  if (position < self->items->len)
    append_dividers (self, rows, before, message_at (self, position));

  self->n_messages += n_messages;
  replace_rows (self, start, position - start, rows);
}

static int
compare_messages (gconstpointer a,
                  gconstpointer b)
{
  return chat_message_compare (*(ChatMessage * const *) a, *(ChatMessage * const *) b);
}

/* How many of the sorted @messages go in before the message at @position. */
static guint
run_length (ChatTimeline *self,
            ChatMessage **messages,
            guint         n_messages,
            guint         position)
{
  guint length = 1;

  if (position == self->items->len)
    return n_messages;

  while (length < n_messages && chat_message_compare (message_at (self, position), messages[length]) > 0)
    length++;

  return length;
}

/**
 * chat_timeline_add_many:
 * @self: a timeline
 * @messages: (element-type ChatMessage): messages in any order
 *
 * Adds those of the messages that are not there yet, each in its place.
 *
 * Returns: how many were added
 */
guint
chat_timeline_add_many (ChatTimeline *self,
                        GPtrArray    *messages)
{
  g_autoptr(GPtrArray) added = NULL;
  guint before;

  g_return_val_if_fail (CHAT_IS_TIMELINE (self), 0);
  g_return_val_if_fail (messages != NULL, 0);

  before = self->n_messages;
  added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < messages->len; i++)
    {
      ChatMessage *message = g_ptr_array_index (messages, i);

      if (is_known (self, message))
        continue;

      remember (self, message);
      g_ptr_array_add (added, g_object_ref (message));
    }

  g_ptr_array_sort (added, compare_messages);

  for (guint i = 0; i < added->len; i++)
    {
      ChatMessage *message = g_ptr_array_index (added, i);

      if (is_unread (self, message))
        {
          if (self->first_unread == NULL || chat_message_compare (message, self->first_unread) < 0)
            set_first_unread (self, message);
          break;
        }
    }

  for (guint i = 0; i < added->len;)
    {
      ChatMessage **run = (ChatMessage **) &g_ptr_array_index (added, i);
      guint position = position_behind (self, run[0]);
      guint length = run_length (self, run, added->len - i, position);

      insert_run (self, run, length, position);
      i += length;
    }

  notify_n_messages (self, before);

  return added->len;
}

/**
 * chat_timeline_add:
 * @self: a timeline
 * @message: a message of the room
 *
 * Adds a message in its place.
 *
 * Returns: %FALSE when it is there already, by its id or by its client id
 */
gboolean
chat_timeline_add (ChatTimeline *self,
                   ChatMessage  *message)
{
  g_autoptr(GPtrArray) messages = NULL;

  g_return_val_if_fail (CHAT_IS_TIMELINE (self), FALSE);
  g_return_val_if_fail (CHAT_IS_MESSAGE (message), FALSE);

  messages = g_ptr_array_new ();
  g_ptr_array_add (messages, message);

  return chat_timeline_add_many (self, messages) == 1;
}

static void
take_row (ChatTimeline *self,
          guint         position)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint start = dividers_start (self, position);
  guint behind = next_message (self, position + 1);

  if (behind < self->items->len)
    append_dividers (self, rows, start > 0 ? message_at (self, start - 1) : NULL, message_at (self, behind));

  self->n_messages--;
  replace_rows (self, start, behind - start, rows);
}

/**
 * chat_timeline_remove:
 * @self: a timeline
 * @message: a message of it
 *
 * Takes a message out.
 *
 * Returns: whether it was there
 */
gboolean
chat_timeline_remove (ChatTimeline *self,
                      ChatMessage  *message)
{
  g_autoptr(ChatMessage) kept = NULL;
  guint position;

  g_return_val_if_fail (CHAT_IS_TIMELINE (self), FALSE);
  g_return_val_if_fail (CHAT_IS_MESSAGE (message), FALSE);

  if (!find_position (self, message, &position))
    return FALSE;

  kept = g_object_ref (message);
  forget (self, message);
  take_row (self, position);

  if (self->first_unread == message)
    find_first_unread (self);

  notify_n_messages (self, self->n_messages + 1);

  return TRUE;
}

static gboolean
is_in_order (ChatTimeline *self,
             guint         position)
{
  guint start = dividers_start (self, position);
  guint behind = next_message (self, position + 1);

  if (start > 0 && chat_message_compare (message_at (self, start - 1), message_at (self, position)) > 0)
    return FALSE;

  return behind == self->items->len ||
         chat_message_compare (message_at (self, position), message_at (self, behind)) < 0;
}

/**
 * chat_timeline_reorder:
 * @self: a timeline
 * @message: a message of it that got its id, its number or another time
 *
 * Brings a message that changed to where it belongs now. It keeps its row when that is where it stands.
 */
void
chat_timeline_reorder (ChatTimeline *self,
                       ChatMessage  *message)
{
  g_autoptr(ChatMessage) kept = NULL;
  guint position;

  g_return_if_fail (CHAT_IS_TIMELINE (self));
  g_return_if_fail (CHAT_IS_MESSAGE (message));

  if (!find_position (self, message, &position))
    return;

  kept = g_object_ref (message);
  remember (self, message);

  if (!is_in_order (self, position))
    {
      take_row (self, position);
      insert_run (self, &message, 1, position_behind (self, message));
      return;
    }

  refresh_dividers (self, next_message (self, position + 1));
  refresh_dividers (self, position);
  update_groups (self, dividers_start (self, position), next_message (self, position + 2) + 1);
}

/**
 * chat_timeline_clear:
 * @self: a timeline
 *
 * Takes all messages out, and the marker too.
 */
void
chat_timeline_clear (ChatTimeline *self)
{
  guint n_items;
  guint before;

  g_return_if_fail (CHAT_IS_TIMELINE (self));

  n_items = self->items->len;
  before = self->n_messages;

  g_clear_object (&self->first_unread);
  self->unread_after = CHAT_NO_SEQ;
  g_hash_table_remove_all (self->by_id);
  g_hash_table_remove_all (self->by_client);
  g_ptr_array_set_size (self->items, 0);
  self->n_messages = 0;

  if (n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);

  notify_n_messages (self, before);
}

/* The position of the message that has @n_messages before it. */
static guint
position_of_nth (ChatTimeline *self,
                 guint         n_messages)
{
  guint position = next_message (self, 0);

  while (n_messages-- > 0 && position < self->items->len)
    position = next_message (self, position + 1);

  return position;
}

/* Takes out the rows from @start to before @end, of which the last belongs to a message, and what stands between the days of those
 * that stay is right again. */
static void
take_rows (ChatTimeline *self,
           guint         start,
           guint         end)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint before = self->n_messages;
  guint behind = next_message (self, end);
  gboolean lost_marker = FALSE;

  for (guint i = start; i < end; i++)
    {
      ChatMessage *message = message_at (self, i);

      if (message == NULL)
        continue;

      lost_marker = lost_marker || message == self->first_unread;
      forget (self, message);
      self->n_messages--;
    }

  start = dividers_start (self, start);
  if (behind < self->items->len)
    append_dividers (self, rows, start > 0 ? message_at (self, start - 1) : NULL, message_at (self, behind));

  replace_rows (self, start, behind - start, rows);
  /* The next message is not where the new ones began: whoever trimmed says whether there is a marker. */
  if (lost_marker)
    g_clear_object (&self->first_unread);
  notify_n_messages (self, before);
}

/**
 * chat_timeline_trim_start:
 * @self: a timeline
 * @n_messages: how many to keep
 *
 * Takes out the oldest messages, so that no more than @n_messages are left.
 */
void
chat_timeline_trim_start (ChatTimeline *self,
                          guint         n_messages)
{
  g_return_if_fail (CHAT_IS_TIMELINE (self));

  if (self->n_messages > n_messages)
    take_rows (self, 0, dividers_start (self, position_of_nth (self, self->n_messages - n_messages)));
}

/**
 * chat_timeline_trim_end:
 * @self: a timeline
 * @n_messages: how many to keep
 *
 * Takes out the newest messages, so that no more than @n_messages are left.
 */
void
chat_timeline_trim_end (ChatTimeline *self,
                        guint         n_messages)
{
  g_return_if_fail (CHAT_IS_TIMELINE (self));

  if (self->n_messages > n_messages)
    take_rows (self, dividers_start (self, position_of_nth (self, n_messages)), self->items->len);
}

/**
 * chat_timeline_contains:
 * @self: a timeline
 * @message: a message
 *
 * Returns: whether this very message is here
 */
gboolean
chat_timeline_contains (ChatTimeline *self,
                        ChatMessage  *message)
{
  const char *id = NULL;
  const char *client_id = NULL;

  g_return_val_if_fail (CHAT_IS_TIMELINE (self), FALSE);
  g_return_val_if_fail (CHAT_IS_MESSAGE (message), FALSE);

  id = chat_message_get_id (message);
  client_id = chat_message_get_client_id (message);

  return (id != NULL && g_hash_table_lookup (self->by_id, id) == message) ||
         (client_id != NULL && g_hash_table_lookup (self->by_client, client_id) == message);
}

guint
chat_timeline_get_n_messages (ChatTimeline *self)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE (self), 0);

  return self->n_messages;
}

/**
 * chat_timeline_find:
 * @self: a timeline
 * @id: what the server calls the message
 *
 * Returns: (transfer none) (nullable): the message, when it is here
 */
ChatMessage *
chat_timeline_find (ChatTimeline *self,
                    const char   *id)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

/**
 * chat_timeline_find_by_client_id:
 * @self: a timeline
 * @client_id: the UUID that was made for it here
 *
 * Returns: (transfer none) (nullable): the message, when it is here
 */
ChatMessage *
chat_timeline_find_by_client_id (ChatTimeline *self,
                                 const char   *client_id)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE (self), NULL);
  g_return_val_if_fail (client_id != NULL, NULL);

  return g_hash_table_lookup (self->by_client, client_id);
}

/**
 * chat_timeline_get_first:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): the oldest message
 */
ChatMessage *
chat_timeline_get_first (ChatTimeline *self)
{
  guint position;

  g_return_val_if_fail (CHAT_IS_TIMELINE (self), NULL);

  position = next_message (self, 0);

  return position < self->items->len ? message_at (self, position) : NULL;
}

/**
 * chat_timeline_get_last:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): the message that stands last, also when it waits to be sent
 */
ChatMessage *
chat_timeline_get_last (ChatTimeline *self)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE (self), NULL);

  return self->items->len > 0 ? message_at (self, self->items->len - 1) : NULL;
}

/**
 * chat_timeline_get_last_confirmed:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): the newest message that the server has
 */
ChatMessage *
chat_timeline_get_last_confirmed (ChatTimeline *self)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE (self), NULL);

  for (guint i = self->items->len; i > 0; i--)
    {
      ChatMessage *message = message_at (self, i - 1);

      if (message != NULL && chat_message_get_id (message) != NULL)
        return message;
    }

  return NULL;
}

/**
 * chat_timeline_set_unread_after:
 * @self: a timeline
 * @seq: the number of the last message that was read, or %CHAT_NO_SEQ to take the marker away
 *
 * Puts the marker of what is new before the first message of somebody else that came after @seq. It stays there while more
 * messages come, until it is set again.
 */
void
chat_timeline_set_unread_after (ChatTimeline *self,
                                gint64        seq)
{
  g_return_if_fail (CHAT_IS_TIMELINE (self));

  if (self->unread_after == seq)
    return;

  self->unread_after = seq;
  find_first_unread (self);
}

/**
 * chat_timeline_get_unread_position:
 * @self: a timeline
 *
 * Returns: where the marker of what is new stands, or `G_MAXUINT` when there is none
 */
guint
chat_timeline_get_unread_position (ChatTimeline *self)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE (self), G_MAXUINT);

  for (guint i = 0; self->first_unread != NULL && i < self->items->len; i++)
    {
      if (chat_timeline_item_get_kind (item_at (self, i)) == CHAT_TIMELINE_UNREAD)
        return i;
    }

  return G_MAXUINT;
}
