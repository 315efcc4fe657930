/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-list.h"

/**
 * ChatList:
 *
 * A list model that keeps its items sorted, and finds them by their ids. An item that changes is moved alone: the rows of the
 * others stay as they are.
 */
typedef struct
{
  GPtrArray  *items;
  GHashTable *by_id;   /* id → item, both borrowed from @items */
} ChatListPrivate;

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (ChatList, chat_list, G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (ChatList)
                                  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

#define PRIVATE(self) ((ChatListPrivate *) chat_list_get_instance_private (self))

static GType
chat_list_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
chat_list_get_n_items (GListModel *model)
{
  return PRIVATE (CHAT_LIST (model))->items->len;
}

static gpointer
chat_list_get_item (GListModel *model,
                    guint       position)
{
  ChatListPrivate *priv = PRIVATE (CHAT_LIST (model));

  if (position >= priv->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (priv->items, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = chat_list_get_item_type;
  iface->get_n_items = chat_list_get_n_items;
  iface->get_item = chat_list_get_item;
}

static void
chat_list_was_removed (ChatList *self,
                       gpointer  item)
{
  ChatListClass *klass = CHAT_LIST_GET_CLASS (self);

  if (klass->removed != NULL)
    klass->removed (self, item);
}

static void
chat_list_was_added (ChatList *self,
                     gpointer  item)
{
  ChatListClass *klass = CHAT_LIST_GET_CLASS (self);

  if (klass->added != NULL)
    klass->added (self, item);
}

static void
chat_list_dispose (GObject *object)
{
  ChatList *self = CHAT_LIST (object);
  ChatListPrivate *priv = PRIVATE (self);

  /* Stays usable, empty: a view may outlive the owner of the list by a moment. */
  g_hash_table_remove_all (priv->by_id);
  for (guint i = 0; i < priv->items->len; i++)
    chat_list_was_removed (self, g_ptr_array_index (priv->items, i));
  g_ptr_array_set_size (priv->items, 0);

  G_OBJECT_CLASS (chat_list_parent_class)->dispose (object);
}

static void
chat_list_finalize (GObject *object)
{
  ChatListPrivate *priv = PRIVATE (CHAT_LIST (object));

  g_hash_table_unref (priv->by_id);
  g_ptr_array_unref (priv->items);

  G_OBJECT_CLASS (chat_list_parent_class)->finalize (object);
}

static void
chat_list_class_init (ChatListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chat_list_dispose;
  object_class->finalize = chat_list_finalize;
}

static void
chat_list_init (ChatList *self)
{
  ChatListPrivate *priv = PRIVATE (self);

  priv->items = g_ptr_array_new_with_free_func (g_object_unref);
  priv->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

/* Where @item belongs among the items, without a look at @item itself where it stands already. */
static guint
chat_list_place (ChatList *self,
                 gpointer  item)
{
  ChatListPrivate *priv = PRIVATE (self);
  ChatListClass *klass = CHAT_LIST_GET_CLASS (self);
  guint low = 0;
  guint high = priv->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (klass->compare (g_ptr_array_index (priv->items, middle), item) <= 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * chat_list_find:
 * @self: a list
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the item with that id
 */
gpointer
chat_list_find (ChatList   *self,
                const char *id)
{
  g_return_val_if_fail (CHAT_IS_LIST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (PRIVATE (self)->by_id, id);
}

/**
 * chat_list_add:
 * @self: a list
 * @item: an item
 *
 * Adds an item in its place. When there is one with its id, that one takes over what @item says.
 *
 * Returns: whether the item was new
 */
gboolean
chat_list_add (ChatList *self,
               gpointer  item)
{
  ChatListPrivate *priv;
  ChatListClass *klass;
  gpointer known;
  guint position;

  g_return_val_if_fail (CHAT_IS_LIST (self), FALSE);
  g_return_val_if_fail (G_IS_OBJECT (item), FALSE);

  priv = PRIVATE (self);
  klass = CHAT_LIST_GET_CLASS (self);

  known = g_hash_table_lookup (priv->by_id, klass->get_id (item));
  if (known != NULL)
    {
      if (known != item && klass->merge != NULL)
        klass->merge (known, item);
      chat_list_item_changed (self, known);
      return FALSE;
    }

  position = chat_list_place (self, item);
  g_ptr_array_insert (priv->items, position, g_object_ref (item));
  g_hash_table_insert (priv->by_id, (gpointer) klass->get_id (item), item);
  chat_list_was_added (self, item);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);

  return TRUE;
}

static void
chat_list_remove_at (ChatList *self,
                     guint     position)
{
  ChatListPrivate *priv = PRIVATE (self);
  ChatListClass *klass = CHAT_LIST_GET_CLASS (self);
  g_autoptr(GObject) item = g_ptr_array_steal_index (priv->items, position);

  g_hash_table_remove (priv->by_id, klass->get_id (item));
  chat_list_was_removed (self, item);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * chat_list_remove:
 * @self: a list
 * @id: an id
 *
 * Returns: whether there was an item with that id, which is gone now
 */
gboolean
chat_list_remove (ChatList   *self,
                  const char *id)
{
  gpointer item = chat_list_find (self, id);
  guint position;

  if (item == NULL || !g_ptr_array_find (PRIVATE (self)->items, item, &position))
    return FALSE;

  chat_list_remove_at (self, position);

  return TRUE;
}

/**
 * chat_list_replace:
 * @self: a list
 * @items: (element-type GObject): all that the list is to hold
 *
 * Makes the list hold these items and no others. Those that are there already, by their ids, stay the objects they are.
 */
void
chat_list_replace (ChatList  *self,
                   GPtrArray *items)
{
  g_autoptr(GHashTable) wanted = NULL;
  ChatListPrivate *priv;
  ChatListClass *klass;

  g_return_if_fail (CHAT_IS_LIST (self));
  g_return_if_fail (items != NULL);

  priv = PRIVATE (self);
  klass = CHAT_LIST_GET_CLASS (self);

  wanted = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (wanted, (gpointer) klass->get_id (g_ptr_array_index (items, i)));

  for (guint i = priv->items->len; i > 0; i--)
    {
      if (!g_hash_table_contains (wanted, klass->get_id (g_ptr_array_index (priv->items, i - 1))))
        chat_list_remove_at (self, i - 1);
    }

  for (guint i = 0; i < items->len; i++)
    chat_list_add (self, g_ptr_array_index (items, i));
}

/**
 * chat_list_clear:
 * @self: a list
 *
 * Takes all items out.
 */
void
chat_list_clear (ChatList *self)
{
  g_autoptr(GPtrArray) items = NULL;
  ChatListPrivate *priv;

  g_return_if_fail (CHAT_IS_LIST (self));

  priv = PRIVATE (self);
  if (priv->items->len == 0)
    return;

  items = g_steal_pointer (&priv->items);
  priv->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_remove_all (priv->by_id);

  for (guint i = 0; i < items->len; i++)
    chat_list_was_removed (self, g_ptr_array_index (items, i));

  g_list_model_items_changed (G_LIST_MODEL (self), 0, items->len, 0);
}

static gboolean
chat_list_stands_right (ChatList *self,
                        guint     position)
{
  ChatListPrivate *priv = PRIVATE (self);
  ChatListClass *klass = CHAT_LIST_GET_CLASS (self);
  gpointer item = g_ptr_array_index (priv->items, position);

  return (position == 0 || klass->compare (g_ptr_array_index (priv->items, position - 1), item) <= 0) &&
         (position + 1 == priv->items->len || klass->compare (item, g_ptr_array_index (priv->items, position + 1)) <= 0);
}

/**
 * chat_list_item_changed:
 * @self: a list
 * @item: an item of it
 *
 * Brings an item that changed to where it belongs now.
 */
void
chat_list_item_changed (ChatList *self,
                        gpointer  item)
{
  ChatListPrivate *priv;
  guint position;
  guint target;

  g_return_if_fail (CHAT_IS_LIST (self));

  priv = PRIVATE (self);
  if (!g_ptr_array_find (priv->items, item, &position) || chat_list_stands_right (self, position))
    return;

  g_object_ref (item);
  g_ptr_array_remove_index (priv->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);

  target = chat_list_place (self, item);
  g_ptr_array_insert (priv->items, target, item);
  g_list_model_items_changed (G_LIST_MODEL (self), target, 0, 1);
}

guint
chat_list_get_length (ChatList *self)
{
  g_return_val_if_fail (CHAT_IS_LIST (self), 0);

  return PRIVATE (self)->items->len;
}

gpointer
chat_list_get_nth (ChatList *self,
                   guint     position)
{
  g_return_val_if_fail (CHAT_IS_LIST (self), NULL);
  g_return_val_if_fail (position < PRIVATE (self)->items->len, NULL);

  return g_ptr_array_index (PRIVATE (self)->items, position);
}
