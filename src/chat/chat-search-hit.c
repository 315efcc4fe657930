/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-search-private.h"

struct _ChatSearchHit
{
  GObject      parent_instance;

  ChatSession *session;
  ChatMessage *message;
  ChatMessage *before;
  ChatMessage *after;
  char        *room_name;
  GArray      *ranges;
  guint        from_server : 1;
  guint        has_context : 1;
};

enum
{
  PROP_0,
  PROP_MESSAGE,
  PROP_ROOM_NAME,
  PROP_FROM_SERVER,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatSearchHit, chat_search_hit, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_search_hit_finalize (GObject *object)
{
  ChatSearchHit *self = CHAT_SEARCH_HIT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->message);
  g_clear_object (&self->before);
  g_clear_object (&self->after);
  g_free (self->room_name);
  g_array_unref (self->ranges);

  G_OBJECT_CLASS (chat_search_hit_parent_class)->finalize (object);
}

static void
chat_search_hit_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  ChatSearchHit *self = CHAT_SEARCH_HIT (object);

  switch (prop_id)
    {
    case PROP_MESSAGE:
      g_value_set_object (value, self->message);
      break;

    case PROP_ROOM_NAME:
      g_value_set_string (value, self->room_name);
      break;

    case PROP_FROM_SERVER:
      g_value_set_boolean (value, self->from_server);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_search_hit_class_init (ChatSearchHitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chat_search_hit_finalize;
  object_class->get_property = chat_search_hit_get_property;

  properties[PROP_MESSAGE] = g_param_spec_object ("message", NULL, NULL, CHAT_TYPE_MESSAGE, flags);
  properties[PROP_ROOM_NAME] = g_param_spec_string ("room-name", NULL, NULL, NULL, flags);
  properties[PROP_FROM_SERVER] = g_param_spec_boolean ("from-server", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_search_hit_init (ChatSearchHit *self)
{
}

ChatSearchHit *
chat_search_hit_new (ChatSession           *session,
                     ChatMessage           *message,
                     const char            *room_name,
                     const ChatSearchQuery *query,
                     gboolean               from_server)
{
  ChatSearchHit *self = g_object_new (CHAT_TYPE_SEARCH_HIT, NULL);

  self->session = g_object_ref (session);
  self->message = g_object_ref (message);
  self->room_name = g_strdup (room_name);
  self->ranges = chat_search_query_mark (query, chat_message_get_content (message));
  self->from_server = from_server;

  return self;
}

ChatMessage *
chat_search_hit_get_message (ChatSearchHit *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH_HIT (self), NULL);

  return self->message;
}

const char *
chat_search_hit_get_room_name (ChatSearchHit *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH_HIT (self), NULL);

  return self->room_name;
}

gboolean
chat_search_hit_get_from_server (ChatSearchHit *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH_HIT (self), FALSE);

  return self->from_server;
}

static ChatMessage *
take_only (GPtrArray *messages)
{
  g_autoptr(GPtrArray) found = messages;

  return found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

/* Only within a stretch without holes: what stands next to the message in the store may have been said long before or after. */
static void
read_context (ChatSearchHit *self)
{
  ChatStore *store = chat_session_get_store (self->session);
  const char *room_id = chat_message_get_room_id (self->message);
  gint64 seq = chat_message_get_seq (self->message);
  ChatSpan span = { G_MININT64, G_MAXINT64 };
  ChatPlace place;

  if (self->has_context)
    return;

  self->has_context = TRUE;
  if (store == NULL || (seq != CHAT_NO_SEQ && !chat_store_find_span (store, room_id, seq, &span)))
    return;

  chat_store_place_of (self->message, &place);
  self->before = take_only (chat_store_read_before (store, room_id, &place, span.first, 1));
  self->after = take_only (chat_store_read_after (store, room_id, &place, span.last, 1));
}

/* (transfer none) (nullable): the message before it in its room */
ChatMessage *
chat_search_hit_get_before (ChatSearchHit *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH_HIT (self), NULL);

  read_context (self);

  return self->before;
}

/* (transfer none) (nullable): the message after it in its room */
ChatMessage *
chat_search_hit_get_after (ChatSearchHit *self)
{
  g_return_val_if_fail (CHAT_IS_SEARCH_HIT (self), NULL);

  read_context (self);

  return self->after;
}

const ChatSearchRange *
chat_search_hit_get_ranges (ChatSearchHit *self,
                            guint         *n_ranges)
{
  g_return_val_if_fail (CHAT_IS_SEARCH_HIT (self), NULL);
  g_return_val_if_fail (n_ranges != NULL, NULL);

  *n_ranges = self->ranges->len;

  return (const ChatSearchRange *) (gpointer) self->ranges->data;
}
