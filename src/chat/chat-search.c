/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-search-private.h"

/**
 * ChatSearch:
 *
 * The list keeps what an older text found until the newer one has found something, so that it does not go away and come back with
 * each letter.
 */

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_TEXT,
  PROP_ROOM,
  PROP_ORDER,
  PROP_ASKS,
  PROP_SEARCHING,
  PROP_HAS_MORE,
  PROP_N_HITS,
  PROP_ERROR,
  N_PROPS
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChatSearch, chat_search, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[N_PROPS];

static GType
chat_search_get_item_type (GListModel *model)
{
  return CHAT_TYPE_SEARCH_HIT;
}

static guint
chat_search_get_n_items (GListModel *model)
{
  return CHAT_SEARCH (model)->hits->len;
}

static gpointer
chat_search_get_item (GListModel *model,
                      guint       position)
{
  ChatSearch *self = CHAT_SEARCH (model);

  return position < self->hits->len ? g_object_ref (g_ptr_array_index (self->hits, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = chat_search_get_item_type;
  iface->get_n_items = chat_search_get_n_items;
  iface->get_item = chat_search_get_item;
}

/* (transfer full): what no other message is called */
static char *
key_of (ChatMessage *message)
{
  return g_strconcat (chat_message_get_room_id (message), "\n", chat_message_get_id (message), NULL);
}

static int
compare_hits (ChatSearchHit *a,
              ChatSearchHit *b)
{
  ChatPlace first;
  ChatPlace second;

  /* This gives each its number, which is the order over all rooms. */
  chat_store_place_of (chat_search_hit_get_message (a), &first);
  chat_store_place_of (chat_search_hit_get_message (b), &second);

  return (first.number < second.number) - (first.number > second.number);
}

/* Newest first it takes its place among the others; best first it comes after those that are there. */
static guint
find_position (ChatSearch    *self,
               ChatSearchHit *hit)
{
  guint position = self->hits->len;

  while (self->order == CHAT_SEARCH_NEWEST && position > 0 &&
         compare_hits (g_ptr_array_index (self->hits, position - 1), hit) > 0)
    position--;

  return position;
}

/* Takes @hit. Returns: FALSE when the message is there already. */
gboolean
chat_search_add (ChatSearch    *self,
                 ChatSearchHit *hit)
{
  guint position = 0;

  if (!g_hash_table_add (self->known, key_of (chat_search_hit_get_message (hit))))
    {
      g_object_unref (hit);
      return FALSE;
    }

  position = find_position (self, hit);
  g_ptr_array_insert (self->hits, (int) position, hit);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HITS]);

  return TRUE;
}

/* Takes @hits, instead of all that are there. */
void
chat_search_replace (ChatSearch *self,
                     GPtrArray  *hits)
{
  g_autoptr(GPtrArray) old = self->hits;

  self->hits = hits;
  g_hash_table_remove_all (self->known);
  for (guint i = 0; i < hits->len; i++)
    g_hash_table_add (self->known, key_of (chat_search_hit_get_message (g_ptr_array_index (hits, i))));

  if (old->len > 0 || hits->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old->len, hits->len);
  if (old->len != hits->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HITS]);
}

void
chat_search_set_error (ChatSearch *self,
                       const char *error)
{
  if (g_strcmp0 (self->error, error) == 0)
    return;

  g_free (self->error);
  self->error = g_strdup (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Tells what follows from its state and has changed. */
void
chat_search_update (ChatSearch *self)
{
  guint searching = self->local_busy || self->server_busy || self->server_source != 0;
  guint has_more = self->local_has_more || self->server_has_more;
  guint asks = self->query != NULL && !chat_search_query_is_empty (self->query);

  g_object_freeze_notify (G_OBJECT (self));

  if (self->searching != searching)
    {
      self->searching = searching & 1;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCHING]);
    }

  if (self->has_more != has_more)
    {
      self->has_more = has_more & 1;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_MORE]);
    }

  if (self->asks != asks)
    {
      self->asks = asks & 1;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASKS]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

static void
stop (ChatSearch *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->server_source, g_source_remove);
  self->local_busy = FALSE;
  self->server_busy = FALSE;
  self->local_has_more = FALSE;
  self->server_has_more = FALSE;
  self->server_asked = FALSE;
  self->n_fruitless = 0;
}

static void
begin (ChatSearch *self)
{
  stop (self);
  g_clear_pointer (&self->query, chat_search_query_unref);
  self->query = chat_search_query_parse (self->text);
  self->cancellable = g_cancellable_new ();
  self->local_before = G_MAXINT64;
  self->server_before = CHAT_NOT_SAID;
  chat_search_set_error (self, NULL);

  if (chat_search_query_is_empty (self->query))
    {
      chat_search_replace (self, g_ptr_array_new_with_free_func (g_object_unref));
    }
  else
    {
      self->is_new = TRUE;
      chat_search_ask_store (self);
    }

  chat_search_update (self);
}

/**
 * chat_search_load_more:
 * @self: a search
 *
 * Asks for the next page, when there is one and none is on its way.
 */
void
chat_search_load_more (ChatSearch *self)
{
  g_return_if_fail (CHAT_IS_SEARCH (self));

  if (self->searching)
    return;

  if (self->local_has_more)
    chat_search_ask_store (self);
  else if (self->server_has_more)
    chat_search_ask_server (self);
  chat_search_update (self);
}

/* What the server has can be found as soon as there is one. */
static void
connection_changed_cb (ChatSearch *self)
{
  if (self->asks && !self->local_busy && !self->server_asked)
    chat_search_ask_server_soon (self);
  chat_search_update (self);
}

static void
chat_search_dispose (GObject *object)
{
  ChatSearch *self = CHAT_SEARCH (object);

  stop (self);
  g_clear_object (&self->session);
  g_clear_object (&self->room);

  G_OBJECT_CLASS (chat_search_parent_class)->dispose (object);
}

static void
chat_search_finalize (GObject *object)
{
  ChatSearch *self = CHAT_SEARCH (object);

  g_clear_pointer (&self->query, chat_search_query_unref);
  g_ptr_array_unref (self->hits);
  g_hash_table_unref (self->known);
  g_free (self->text);
  g_free (self->error);

  G_OBJECT_CLASS (chat_search_parent_class)->finalize (object);
}

static void
chat_search_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ChatSearch *self = CHAT_SEARCH (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;

    case PROP_ROOM:
      g_value_set_object (value, self->room);
      break;

    case PROP_ORDER:
      g_value_set_enum (value, self->order);
      break;

    case PROP_ASKS:
      g_value_set_boolean (value, self->asks);
      break;

    case PROP_SEARCHING:
      g_value_set_boolean (value, self->searching);
      break;

    case PROP_HAS_MORE:
      g_value_set_boolean (value, self->has_more);
      break;

    case PROP_N_HITS:
      g_value_set_uint (value, self->hits->len);
      break;

    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_search_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  ChatSearch *self = CHAT_SEARCH (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      chat_search_set_text (self, g_value_get_string (value));
      break;

    case PROP_ROOM:
      chat_search_set_room (self, g_value_get_object (value));
      break;

    case PROP_ORDER:
      chat_search_set_order (self, g_value_get_enum (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_search_class_init (ChatSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = chat_search_dispose;
  object_class->finalize = chat_search_finalize;
  object_class->get_property = chat_search_get_property;
  object_class->set_property = chat_search_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CHAT_TYPE_SESSION, readable);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", writable);
  properties[PROP_ROOM] = g_param_spec_object ("room", NULL, NULL, CHAT_TYPE_ROOM, writable);
  properties[PROP_ORDER] = g_param_spec_enum ("order", NULL, NULL, CHAT_TYPE_SEARCH_ORDER, CHAT_SEARCH_NEWEST, writable);
  properties[PROP_ASKS] = g_param_spec_boolean ("asks", NULL, NULL, FALSE, readable);
  properties[PROP_SEARCHING] = g_param_spec_boolean ("searching", NULL, NULL, FALSE, readable);
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE, readable);
  properties[PROP_N_HITS] = g_param_spec_uint ("n-hits", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_search_init (ChatSearch *self)
{
  self->text = g_strdup ("");
  self->hits = g_ptr_array_new_with_free_func (g_object_unref);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * chat_search_new:
 * @session: a session
 *
 * Returns: (transfer full): a search over what its user may read, which asks for nothing yet
 */
ChatSearch *
chat_search_new (ChatSession *session)
{
  ChatSearch *self = NULL;

  g_return_val_if_fail (CHAT_IS_SESSION (session), NULL);

  self = g_object_new (CHAT_TYPE_SEARCH, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::connection", G_CALLBACK (connection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::features", G_CALLBACK (connection_changed_cb), self, G_CONNECT_SWAPPED);

  /* Whoever makes a search is about to type. */
  chat_store_prepare_search (chat_session_get_store (session));

  return self;
}

ChatSession *
chat_search_get_session (ChatSearch *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH (self), NULL);

  return self->session;
}

const char *
chat_search_get_text (ChatSearch *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH (self), NULL);

  return self->text;
}

/**
 * chat_search_set_text:
 * @self: a search
 * @text: (nullable): what is typed
 *
 * Begins to look for it.
 */
void
chat_search_set_text (ChatSearch *self,
                      const char *text)
{
  g_return_if_fail (CHAT_IS_SEARCH (self));

  if (text == NULL)
    text = "";
  if (g_str_equal (self->text, text))
    return;

  /* The first letter of many. */
  if (*self->text == '\0')
    chat_store_prepare_search (chat_session_get_store (self->session));

  g_free (self->text);
  self->text = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  begin (self);
}

ChatRoom *
chat_search_get_room (ChatSearch *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH (self), NULL);

  return self->room;
}

/**
 * chat_search_set_room:
 * @self: a search
 * @room: (nullable): where to look, or %NULL for all rooms
 */
void
chat_search_set_room (ChatSearch *self,
                      ChatRoom   *room)
{
  g_return_if_fail (CHAT_IS_SEARCH (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  if (!g_set_object (&self->room, room))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
  begin (self);
}

ChatSearchOrder
chat_search_get_order (ChatSearch *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH (self), CHAT_SEARCH_NEWEST);

  return self->order;
}

void
chat_search_set_order (ChatSearch      *self,
                       ChatSearchOrder  order)
{
  g_return_if_fail (CHAT_IS_SEARCH (self));

  if (self->order == order)
    return;

  self->order = order;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
  begin (self);
}

gboolean
chat_search_get_asks (ChatSearch *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH (self), FALSE);

  return self->asks;
}

gboolean
chat_search_get_searching (ChatSearch *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH (self), FALSE);

  return self->searching;
}

gboolean
chat_search_get_has_more (ChatSearch *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH (self), FALSE);

  return self->has_more;
}

guint
chat_search_get_n_hits (ChatSearch *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH (self), 0);

  return self->hits->len;
}

/* (nullable): why it failed */
const char *
chat_search_get_error (ChatSearch *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH (self), NULL);

  return self->error;
}
