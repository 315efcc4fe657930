/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-outbox-private.h"

/**
 * ChatOutbox:
 *
 * What waits to be sent. It lives in memory; a store goes below its four verbs add, confirm, fail and mark.
 */
struct _ChatOutbox
{
  GObject    parent_instance;

  GPtrArray *entries;
};

typedef struct
{
  ChatMessage *message;
  gboolean     sent;
} Entry;

enum
{
  PROP_0,
  PROP_N_WAITING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatOutbox, chat_outbox, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

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
      g_value_set_uint (value, self->entries->len);
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
}

static void
chat_outbox_init (ChatOutbox *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

ChatOutbox *
chat_outbox_new (void)
{
  return g_object_new (CHAT_TYPE_OUTBOX, NULL);
}

guint
chat_outbox_get_n_waiting (ChatOutbox *self)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), 0);

  return self->entries->len;
}

static gboolean
chat_outbox_locate (ChatOutbox  *self,
                    ChatMessage *message,
                    guint       *position)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->message == message)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
chat_outbox_remove (ChatOutbox  *self,
                    ChatMessage *message)
{
  guint position = 0;

  if (!chat_outbox_locate (self, message, &position))
    return FALSE;

  g_ptr_array_remove_index (self->entries, position);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);

  return TRUE;
}

/* Puts @message at the end, WAITING. One that is here already stays where it is. */
void
chat_outbox_add (ChatOutbox  *self,
                 ChatMessage *message)
{
  Entry *entry = NULL;
  guint position = 0;

  g_return_if_fail (CHAT_IS_OUTBOX (self));
  g_return_if_fail (chat_message_get_client_id (message) != NULL);

  if (chat_outbox_locate (self, message, &position))
    return;

  entry = g_new0 (Entry, 1);
  entry->message = g_object_ref (message);
  g_ptr_array_add (self->entries, entry);
  chat_message_set_delivery (message, CHAT_DELIVERY_WAITING, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
}

gboolean
chat_outbox_contains (ChatOutbox  *self,
                      ChatMessage *message)
{
  guint position = 0;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  return chat_outbox_locate (self, message, &position);
}

gboolean
chat_outbox_is_unsent (ChatOutbox  *self,
                       ChatMessage *message)
{
  guint position = 0;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  return chat_outbox_locate (self, message, &position) &&
         !((Entry *) g_ptr_array_index (self->entries, position))->sent;
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

/* The oldest message of the room that went out with this text: a plain server's echo names nothing else. */
ChatMessage *
chat_outbox_find_sent (ChatOutbox *self,
                       const char *room_id,
                       const char *content)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->sent &&
          g_str_equal (chat_message_get_room_id (entry->message), room_id) &&
          g_str_equal (chat_message_get_content (entry->message), content))
        return entry->message;
    }

  return NULL;
}

/* The oldest message of the room that is not on its way. */
ChatMessage *
chat_outbox_next (ChatOutbox *self,
                  const char *room_id)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->sent && g_str_equal (chat_message_get_room_id (entry->message), room_id))
        return entry->message;
    }

  return NULL;
}

gboolean
chat_outbox_is_sending (ChatOutbox *self,
                        const char *room_id)
{
  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->sent && g_str_equal (chat_message_get_room_id (entry->message), room_id))
        return TRUE;
    }

  return FALSE;
}

static void
chat_outbox_set_sent (ChatOutbox  *self,
                      ChatMessage *message,
                      gboolean     sent)
{
  guint position = 0;

  if (chat_outbox_locate (self, message, &position))
    ((Entry *) g_ptr_array_index (self->entries, position))->sent = sent;
}

void
chat_outbox_mark_sent (ChatOutbox  *self,
                       ChatMessage *message)
{
  g_return_if_fail (CHAT_IS_OUTBOX (self));

  chat_outbox_set_sent (self, message, TRUE);
}

void
chat_outbox_mark_unsent (ChatOutbox  *self,
                         ChatMessage *message)
{
  g_return_if_fail (CHAT_IS_OUTBOX (self));

  chat_outbox_set_sent (self, message, FALSE);
}

/* The server has it. */
gboolean
chat_outbox_confirm (ChatOutbox  *self,
                     ChatMessage *message)
{
  g_autoptr(ChatMessage) keep = NULL;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  keep = g_object_ref (message);
  chat_message_set_delivery (message, CHAT_DELIVERY_SENT, NULL);

  return chat_outbox_remove (self, message);
}

/* The server does not want it, or a person does not want it any more (@reason is NULL then). */
gboolean
chat_outbox_fail (ChatOutbox  *self,
                  ChatMessage *message,
                  const char  *reason)
{
  g_autoptr(ChatMessage) keep = NULL;

  g_return_val_if_fail (CHAT_IS_OUTBOX (self), FALSE);

  keep = g_object_ref (message);
  if (reason != NULL)
    chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, reason);

  return chat_outbox_remove (self, message);
}

/* The connection to a plain server broke: what went out and did not come back may have arrived or not, and to send it again by
 * itself could say it twice. A person decides. */
void
chat_outbox_give_up_sent (ChatOutbox *self)
{
  gboolean changed = FALSE;

  g_return_if_fail (CHAT_IS_OUTBOX (self));

  for (guint i = 0; i < self->entries->len;)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->sent)
        {
          i++;
          continue;
        }

      chat_message_set_delivery (entry->message, CHAT_DELIVERY_UNCONFIRMED, NULL);
      g_ptr_array_remove_index (self->entries, i);
      changed = TRUE;
    }

  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
}

/* The connection to a server with delivery broke: all is sent again, and stored once. */
void
chat_outbox_all_unsent (ChatOutbox *self)
{
  g_return_if_fail (CHAT_IS_OUTBOX (self));

  for (guint i = 0; i < self->entries->len; i++)
    ((Entry *) g_ptr_array_index (self->entries, i))->sent = FALSE;
}
