/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-timeline-item-private.h"

/**
 * ChatTimelineItem:
 *
 * One row of a [class@Timeline]: a message, the day that begins with the message below it, or the marker of what is new.
 */
struct _ChatTimelineItem
{
  GObject           parent_instance;

  ChatTimelineKind  kind;
  ChatMessage      *message;
  GDateTime        *date;
  gboolean          group_start;
};

enum
{
  PROP_0,
  PROP_MESSAGE,
  PROP_GROUP_START,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatTimelineItem, chat_timeline_item, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_timeline_item_dispose (GObject *object)
{
  ChatTimelineItem *self = CHAT_TIMELINE_ITEM (object);

  g_clear_object (&self->message);
  g_clear_pointer (&self->date, g_date_time_unref);

  G_OBJECT_CLASS (chat_timeline_item_parent_class)->dispose (object);
}

static void
chat_timeline_item_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  ChatTimelineItem *self = CHAT_TIMELINE_ITEM (object);

  switch (prop_id)
    {
    case PROP_MESSAGE:
      g_value_set_object (value, self->message);
      break;

    case PROP_GROUP_START:
      g_value_set_boolean (value, self->group_start);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_timeline_item_class_init (ChatTimelineItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chat_timeline_item_dispose;
  object_class->get_property = chat_timeline_item_get_property;

  properties[PROP_MESSAGE] =
    g_param_spec_object ("message", NULL, NULL, CHAT_TYPE_MESSAGE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_GROUP_START] =
    g_param_spec_boolean ("group-start", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_timeline_item_init (ChatTimelineItem *self)
{
}

ChatTimelineItem *
chat_timeline_item_new_message (ChatMessage *message)
{
  ChatTimelineItem *self = g_object_new (CHAT_TYPE_TIMELINE_ITEM, NULL);

  self->kind = CHAT_TIMELINE_MESSAGE;
  self->message = g_object_ref (message);

  return self;
}

ChatTimelineItem *
chat_timeline_item_new_day (GDateTime *date)
{
  ChatTimelineItem *self = g_object_new (CHAT_TYPE_TIMELINE_ITEM, NULL);

  self->kind = CHAT_TIMELINE_DAY;
  self->date = g_date_time_ref (date);

  return self;
}

ChatTimelineItem *
chat_timeline_item_new_unread (void)
{
  ChatTimelineItem *self = g_object_new (CHAT_TYPE_TIMELINE_ITEM, NULL);

  self->kind = CHAT_TIMELINE_UNREAD;

  return self;
}

static gboolean
same_day (GDateTime *a,
          GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

/* Whether the one can stand where the other is wanted, so that a row on the screen is kept instead of made again. */
gboolean
chat_timeline_item_equal (ChatTimelineItem *self,
                          ChatTimelineItem *other)
{
  if (self->kind != other->kind || self->message != other->message)
    return FALSE;

  return self->kind != CHAT_TIMELINE_DAY || same_day (self->date, other->date);
}

void
chat_timeline_item_set_group_start (ChatTimelineItem *self,
                                    gboolean          group_start)
{
  if (self->group_start == group_start)
    return;

  self->group_start = group_start;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROUP_START]);
}

ChatTimelineKind
chat_timeline_item_get_kind (ChatTimelineItem *self)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE_ITEM (self), CHAT_TIMELINE_MESSAGE);

  return self->kind;
}

/**
 * chat_timeline_item_get_message:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the message, when the item is one
 */
ChatMessage *
chat_timeline_item_get_message (ChatTimelineItem *self)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE_ITEM (self), NULL);

  return self->message;
}

/**
 * chat_timeline_item_get_date:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the day, when the item is one, in the local time zone
 */
GDateTime *
chat_timeline_item_get_date (ChatTimelineItem *self)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE_ITEM (self), NULL);

  return self->date;
}

/**
 * chat_timeline_item_get_group_start:
 * @self: an item
 *
 * Returns: whether the message begins what its sender says, so that the sender's name belongs above it
 */
gboolean
chat_timeline_item_get_group_start (ChatTimelineItem *self)
{
  g_return_val_if_fail (CHAT_IS_TIMELINE_ITEM (self), FALSE);

  return self->group_start;
}
