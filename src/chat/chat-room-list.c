/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-room-list-private.h"
#include "chat-room-private.h"

/**
 * ChatRoomList:
 *
 * The rooms of a session: joined ones first, by their last message; then the others by name.
 */
struct _ChatRoomList
{
  GObject     parent_instance;

  GPtrArray  *rooms;
  GHashTable *by_id;
  guint       unread;
};

enum
{
  PROP_0,
  PROP_UNREAD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
chat_room_list_get_item_type (GListModel *model)
{
  return CHAT_TYPE_ROOM;
}

static guint
chat_room_list_get_n_items (GListModel *model)
{
  return CHAT_ROOM_LIST (model)->rooms->len;
}

static gpointer
chat_room_list_get_item (GListModel *model,
                         guint       position)
{
  ChatRoomList *self = CHAT_ROOM_LIST (model);

  return position < self->rooms->len ? g_object_ref (g_ptr_array_index (self->rooms, position)) : NULL;
}

static void
chat_room_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = chat_room_list_get_item_type;
  iface->get_n_items = chat_room_list_get_n_items;
  iface->get_item = chat_room_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ChatRoomList, chat_room_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, chat_room_list_model_init))

static void
chat_room_list_finalize (GObject *object)
{
  ChatRoomList *self = CHAT_ROOM_LIST (object);

  for (guint i = 0; i < self->rooms->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->rooms, i), self);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->rooms);

  G_OBJECT_CLASS (chat_room_list_parent_class)->finalize (object);
}

static void
chat_room_list_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  ChatRoomList *self = CHAT_ROOM_LIST (object);

  switch (prop_id)
    {
    case PROP_UNREAD:
      g_value_set_uint (value, self->unread);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_room_list_class_init (ChatRoomListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chat_room_list_finalize;
  object_class->get_property = chat_room_list_get_property;

  properties[PROP_UNREAD] = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_room_list_init (ChatRoomList *self)
{
  self->rooms = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

ChatRoomList *
chat_room_list_new (void)
{
  return g_object_new (CHAT_TYPE_ROOM_LIST, NULL);
}

/**
 * chat_room_list_find:
 * @self: a list
 * @id: a room's id
 *
 * Returns: (nullable) (transfer none): the room of that id
 */
ChatRoom *
chat_room_list_find (ChatRoomList *self,
                     const char   *id)
{
  g_return_val_if_fail (CHAT_IS_ROOM_LIST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

/**
 * chat_room_list_find_next_unread:
 * @self: a list
 * @after: (nullable): the room to begin after, or %NULL to begin with the first
 *
 * Returns: (nullable) (transfer none): the next room in which something is unread, going around; those that mention the user first
 */
ChatRoom *
chat_room_list_find_next_unread (ChatRoomList *self,
                                 ChatRoom     *after)
{
  ChatRoom *unread = NULL;
  guint start = 0;

  g_return_val_if_fail (CHAT_IS_ROOM_LIST (self), NULL);
  g_return_val_if_fail (after == NULL || CHAT_IS_ROOM (after), NULL);

  if (after != NULL && g_ptr_array_find (self->rooms, after, &start))
    start++;

  for (guint i = 0; i < self->rooms->len; i++)
    {
      ChatRoom *room = g_ptr_array_index (self->rooms, (start + i) % self->rooms->len);

      if (room == after)
        continue;

      if (chat_room_get_mentions (room) > 0)
        return room;

      if (unread == NULL && chat_room_get_unread (room) > 0)
        unread = room;
    }

  return unread;
}

guint
chat_room_list_get_unread (ChatRoomList *self)
{
  g_return_val_if_fail (CHAT_IS_ROOM_LIST (self), 0);

  return self->unread;
}

static void
chat_room_list_count_unread (ChatRoomList *self)
{
  guint unread = 0;

  for (guint i = 0; i < self->rooms->len; i++)
    unread += chat_room_get_unread (g_ptr_array_index (self->rooms, i));

  if (self->unread == unread)
    return;

  self->unread = unread;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREAD]);
}

/* Where @room belongs among all others: the room itself is passed over. */
static guint
chat_room_list_place (ChatRoomList *self,
                      ChatRoom     *room)
{
  guint place = 0;

  for (guint i = 0; i < self->rooms->len; i++)
    {
      ChatRoom *other = g_ptr_array_index (self->rooms, i);

      if (other == room)
        continue;

      if (chat_room_compare (other, room) > 0)
        break;

      place++;
    }

  return place;
}

/* One change that spans from where the room was to where it goes: a selection finds its room again within one change, and would
 * lose it between a removal and an insertion. */
static void
chat_room_list_move (ChatRoomList *self,
                     ChatRoom     *room)
{
  guint from = 0;
  guint to = chat_room_list_place (self, room);
  guint first = 0;
  guint length = 0;

  if (!g_ptr_array_find (self->rooms, room, &from) || from == to)
    return;

  g_ptr_array_insert (self->rooms, to, g_ptr_array_steal_index (self->rooms, from));
  first = MIN (from, to);
  length = MAX (from, to) - first + 1;
  g_list_model_items_changed (G_LIST_MODEL (self), first, length, length);
}

static void
room_unread_cb (ChatRoomList *self)
{
  chat_room_list_count_unread (self);
}

static void
room_order_cb (ChatRoomList *self,
               GParamSpec   *pspec,
               ChatRoom     *room)
{
  chat_room_list_move (self, room);
}

void
chat_room_list_add (ChatRoomList *self,
                    ChatRoom     *room)
{
  guint place = 0;

  g_return_if_fail (CHAT_IS_ROOM_LIST (self));
  g_return_if_fail (chat_room_list_find (self, chat_room_get_id (room)) == NULL);

  g_signal_connect_object (room, "notify::unread", G_CALLBACK (room_unread_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "notify::membership", G_CALLBACK (room_order_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "notify::last-message", G_CALLBACK (room_order_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "notify::name", G_CALLBACK (room_order_cb), self, G_CONNECT_SWAPPED);

  place = chat_room_list_place (self, room);
  g_ptr_array_insert (self->rooms, place, g_object_ref (room));
  g_hash_table_insert (self->by_id, (gpointer) chat_room_get_id (room), room);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
  chat_room_list_count_unread (self);
}

void
chat_room_list_remove (ChatRoomList *self,
                       ChatRoom     *room)
{
  guint place = 0;

  g_return_if_fail (CHAT_IS_ROOM_LIST (self));

  if (!g_ptr_array_find (self->rooms, room, &place))
    return;

  g_signal_handlers_disconnect_by_data (room, self);
  g_hash_table_remove (self->by_id, chat_room_get_id (room));
  g_ptr_array_remove_index (self->rooms, place);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
  chat_room_list_count_unread (self);
}

void
chat_room_list_clear (ChatRoomList *self)
{
  g_return_if_fail (CHAT_IS_ROOM_LIST (self));

  while (self->rooms->len > 0)
    chat_room_list_remove (self, g_ptr_array_index (self->rooms, self->rooms->len - 1));
}

/* The rooms as they are now, for a walk on which they may move. */
GPtrArray *
chat_room_list_snapshot (ChatRoomList *self)
{
  return g_ptr_array_copy (self->rooms, (GCopyFunc) g_object_ref, NULL);
}
