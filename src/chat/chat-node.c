/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-node.h"

/**
 * ChatNode:
 *
 * One process of the server, as it describes itself to an administrator.
 */
struct _ChatNode
{
  GObject   parent_instance;

  char     *id;
  double    uptime;
  guint     connections;
  double    cpu;
  guint64   rss;
  double    event_loop_lag;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_UPTIME,
  PROP_CONNECTIONS,
  PROP_CPU,
  PROP_RSS,
  PROP_EVENT_LOOP_LAG,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatNode, chat_node, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_node_finalize (GObject *object)
{
  ChatNode *self = CHAT_NODE (object);

  g_free (self->id);

  G_OBJECT_CLASS (chat_node_parent_class)->finalize (object);
}

static void
chat_node_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  ChatNode *self = CHAT_NODE (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_UPTIME:
      g_value_set_double (value, self->uptime);
      break;

    case PROP_CONNECTIONS:
      g_value_set_uint (value, self->connections);
      break;

    case PROP_CPU:
      g_value_set_double (value, self->cpu);
      break;

    case PROP_RSS:
      g_value_set_uint64 (value, self->rss);
      break;

    case PROP_EVENT_LOOP_LAG:
      g_value_set_double (value, self->event_loop_lag);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_node_class_init (ChatNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chat_node_finalize;
  object_class->get_property = chat_node_get_property;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UPTIME] =
    g_param_spec_double ("uptime", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONNECTIONS] =
    g_param_spec_uint ("connections", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CPU] =
    g_param_spec_double ("cpu", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RSS] =
    g_param_spec_uint64 ("rss", NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EVENT_LOOP_LAG] =
    g_param_spec_double ("event-loop-lag", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_node_init (ChatNode *self)
{
}

/**
 * chat_node_new:
 * @id: what the server calls it
 *
 * Returns: (transfer full): a new node, of which nothing is known yet
 */
ChatNode *
chat_node_new (const char *id)
{
  ChatNode *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (CHAT_TYPE_NODE, NULL);
  self->id = g_strdup (id);

  return self;
}

const char *
chat_node_get_id (ChatNode *self)
{
  g_return_val_if_fail (CHAT_IS_NODE (self), NULL);

  return self->id;
}

/**
 * chat_node_update:
 * @self: a node
 * @uptime: for how long it runs, in seconds
 * @connections: how many connections it holds
 * @cpu: what it uses of one core, in percent
 * @rss: the memory it holds, in bytes
 * @event_loop_lag: how late its work is done, in milliseconds
 *
 * Takes over what the server says of the node now.
 */
void
chat_node_update (ChatNode *self,
                  double    uptime,
                  guint     connections,
                  double    cpu,
                  guint64   rss,
                  double    event_loop_lag)
{
  g_return_if_fail (CHAT_IS_NODE (self));

  g_object_freeze_notify (G_OBJECT (self));

  if (self->uptime != uptime)
    {
      self->uptime = uptime;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPTIME]);
    }

  if (self->connections != connections)
    {
      self->connections = connections;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTIONS]);
    }

  if (self->cpu != cpu)
    {
      self->cpu = cpu;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CPU]);
    }

  if (self->rss != rss)
    {
      self->rss = rss;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RSS]);
    }

  if (self->event_loop_lag != event_loop_lag)
    {
      self->event_loop_lag = event_loop_lag;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EVENT_LOOP_LAG]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}
