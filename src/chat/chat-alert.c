/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-alert.h"

/**
 * ChatAlert:
 *
 * Something about the server that an administrator should know.
 */
struct _ChatAlert
{
  GObject        parent_instance;

  char          *id;
  ChatSeverity   severity;
  char          *message;
  gint64         timestamp;
  gboolean       clearing;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_SEVERITY,
  PROP_MESSAGE,
  PROP_TIMESTAMP,
  PROP_CLEARING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatAlert, chat_alert, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_alert_finalize (GObject *object)
{
  ChatAlert *self = CHAT_ALERT (object);

  g_free (self->id);
  g_free (self->message);

  G_OBJECT_CLASS (chat_alert_parent_class)->finalize (object);
}

static void
chat_alert_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  ChatAlert *self = CHAT_ALERT (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_SEVERITY:
      g_value_set_enum (value, self->severity);
      break;

    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;

    case PROP_TIMESTAMP:
      g_value_set_int64 (value, self->timestamp);
      break;

    case PROP_CLEARING:
      g_value_set_boolean (value, self->clearing);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_alert_class_init (ChatAlertClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chat_alert_finalize;
  object_class->get_property = chat_alert_get_property;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEVERITY] =
    g_param_spec_enum ("severity", NULL, NULL, CHAT_TYPE_SEVERITY, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MESSAGE] =
    g_param_spec_string ("message", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TIMESTAMP] =
    g_param_spec_int64 ("timestamp", NULL, NULL, G_MININT64, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CLEARING] =
    g_param_spec_boolean ("clearing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_alert_init (ChatAlert *self)
{
}

/**
 * chat_alert_new:
 * @id: what the server calls it
 * @severity: how grave it is
 * @message: what happened
 * @timestamp: when, in milliseconds since the Unix epoch
 *
 * Returns: (transfer full): a new alert
 */
ChatAlert *
chat_alert_new (const char   *id,
                ChatSeverity  severity,
                const char   *message,
                gint64        timestamp)
{
  ChatAlert *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  self = g_object_new (CHAT_TYPE_ALERT, NULL);
  self->id = g_strdup (id);
  self->severity = severity;
  self->message = g_strdup (message);
  self->timestamp = timestamp;

  return self;
}

const char *
chat_alert_get_id (ChatAlert *self)
{
  g_return_val_if_fail (CHAT_IS_ALERT (self), NULL);

  return self->id;
}

ChatSeverity
chat_alert_get_severity (ChatAlert *self)
{
  g_return_val_if_fail (CHAT_IS_ALERT (self), CHAT_SEVERITY_LOW);

  return self->severity;
}

const char *
chat_alert_get_message (ChatAlert *self)
{
  g_return_val_if_fail (CHAT_IS_ALERT (self), NULL);

  return self->message;
}

gint64
chat_alert_get_timestamp (ChatAlert *self)
{
  g_return_val_if_fail (CHAT_IS_ALERT (self), 0);

  return self->timestamp;
}

gboolean
chat_alert_get_clearing (ChatAlert *self)
{
  g_return_val_if_fail (CHAT_IS_ALERT (self), FALSE);

  return self->clearing;
}

void
chat_alert_set_clearing (ChatAlert *self,
                         gboolean   clearing)
{
  g_return_if_fail (CHAT_IS_ALERT (self));

  clearing = !!clearing;
  if (self->clearing == clearing)
    return;

  self->clearing = clearing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLEARING]);
}
