/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-admin-private.h"
#include "chat-node.h"
#include "chat-protocol-private.h"
#include "chat-session-private.h"

/* Five minutes of what a server sends every two seconds. */
#define CAPACITY 150

/**
 * ChatAdmin:
 *
 * What an administrator sees of the server.
 */
struct _ChatAdmin
{
  GObject        parent_instance;

  ChatSession   *session;
  SioSocket     *socket;
  ChatSeries    *connected_users;
  ChatSeries    *active_rooms;
  ChatSeries    *message_rate;
  ChatAlertList *alerts;
  GListStore    *nodes;
  gint64         updated_at;
  guint          connected : 1;
  guint          has_stats : 1;
};

enum
{
  PROP_0,
  PROP_CONNECTED,
  PROP_HAS_STATS,
  PROP_CONNECTED_USERS,
  PROP_ACTIVE_ROOMS,
  PROP_MESSAGE_RATE,
  PROP_ALERTS,
  PROP_UPDATED_AT,
  PROP_NODES,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatAdmin, chat_admin, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_admin_dispose (GObject *object)
{
  chat_admin_dismiss (CHAT_ADMIN (object));

  G_OBJECT_CLASS (chat_admin_parent_class)->dispose (object);
}

static void
chat_admin_finalize (GObject *object)
{
  ChatAdmin *self = CHAT_ADMIN (object);

  g_clear_object (&self->connected_users);
  g_clear_object (&self->active_rooms);
  g_clear_object (&self->message_rate);
  g_clear_object (&self->alerts);
  g_clear_object (&self->nodes);

  G_OBJECT_CLASS (chat_admin_parent_class)->finalize (object);
}

static void
chat_admin_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  ChatAdmin *self = CHAT_ADMIN (object);

  switch (prop_id)
    {
    case PROP_CONNECTED:
      g_value_set_boolean (value, self->connected);
      break;

    case PROP_HAS_STATS:
      g_value_set_boolean (value, self->has_stats);
      break;

    case PROP_CONNECTED_USERS:
      g_value_set_object (value, self->connected_users);
      break;

    case PROP_ACTIVE_ROOMS:
      g_value_set_object (value, self->active_rooms);
      break;

    case PROP_MESSAGE_RATE:
      g_value_set_object (value, self->message_rate);
      break;

    case PROP_ALERTS:
      g_value_set_object (value, self->alerts);
      break;

    case PROP_UPDATED_AT:
      g_value_set_int64 (value, self->updated_at);
      break;

    case PROP_NODES:
      g_value_set_object (value, self->nodes);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_admin_class_init (ChatAdminClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = chat_admin_dispose;
  object_class->finalize = chat_admin_finalize;
  object_class->get_property = chat_admin_get_property;

  properties[PROP_CONNECTED] = g_param_spec_boolean ("connected", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_STATS] = g_param_spec_boolean ("has-stats", NULL, NULL, FALSE, flags);
  properties[PROP_CONNECTED_USERS] = g_param_spec_object ("connected-users", NULL, NULL, CHAT_TYPE_SERIES, flags);
  properties[PROP_ACTIVE_ROOMS] = g_param_spec_object ("active-rooms", NULL, NULL, CHAT_TYPE_SERIES, flags);
  properties[PROP_MESSAGE_RATE] = g_param_spec_object ("message-rate", NULL, NULL, CHAT_TYPE_SERIES, flags);
  properties[PROP_ALERTS] = g_param_spec_object ("alerts", NULL, NULL, CHAT_TYPE_ALERT_LIST, flags);
  properties[PROP_UPDATED_AT] = g_param_spec_int64 ("updated-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_NODES] = g_param_spec_object ("nodes", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_admin_init (ChatAdmin *self)
{
  self->connected_users = chat_series_new (CAPACITY);
  self->active_rooms = chat_series_new (CAPACITY);
  self->message_rate = chat_series_new (CAPACITY);
  self->alerts = chat_alert_list_new ();
  self->nodes = g_list_store_new (CHAT_TYPE_NODE);
}

static void
chat_admin_set_connected (ChatAdmin *self,
                          gboolean   connected)
{
  if (self->connected == (guint) connected)
    return;

  self->connected = connected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTED]);
}

/* A plain server sends stats only when it is asked. */
static void
opened_cb (ChatAdmin *self)
{
  chat_admin_set_connected (self, TRUE);
  chat_admin_request_stats (self);
}

static void
closed_cb (ChatAdmin *self)
{
  chat_admin_set_connected (self, FALSE);
}

static ChatNode *
chat_admin_find_node (ChatAdmin  *self,
                      const char *id,
                      guint       position)
{
  g_autoptr(ChatNode) node = NULL;
  guint n_nodes = g_list_model_get_n_items (G_LIST_MODEL (self->nodes));

  if (position < n_nodes)
    {
      node = g_list_model_get_item (G_LIST_MODEL (self->nodes), position);
      if (g_str_equal (chat_node_get_id (node), id))
        return node;
      g_clear_object (&node);
    }

  node = chat_node_new (id);
  g_list_store_splice (self->nodes, position, position < n_nodes ? 1 : 0, (gpointer *) &node, 1);

  return node;
}

/* A node that is still in its place keeps its row. */
static void
chat_admin_take_nodes (ChatAdmin *self,
                       GPtrArray *nodes)
{
  guint n_nodes = 0;

  for (guint i = 0; i < nodes->len; i++)
    {
      const ChatNodeStats *stats = g_ptr_array_index (nodes, i);
      ChatNode *node = chat_admin_find_node (self, stats->id, i);

      chat_node_update (node, stats->uptime, (guint) MIN (stats->connections, G_MAXUINT), stats->cpu,
                        (guint64) stats->rss, stats->event_loop_lag);
    }

  n_nodes = g_list_model_get_n_items (G_LIST_MODEL (self->nodes));
  if (n_nodes > nodes->len)
    g_list_store_splice (self->nodes, nodes->len, n_nodes - nodes->len, NULL, 0);
}

static void
stats_cb (ChatAdmin *self,
          SioEvent  *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStats) stats = chat_protocol_read_stats (sio_event_get_argument (event, 0), &error);
  gint64 now = g_get_real_time () / 1000;

  if (stats == NULL)
    {
      chat_session_report_invalid (self->session, "stats", error);
      return;
    }

  chat_series_add (self->connected_users, now, stats->connected_users);
  chat_series_add (self->active_rooms, now, stats->active_rooms);
  chat_series_add (self->message_rate, now, stats->message_rate);
  chat_admin_take_nodes (self, stats->nodes);

  self->updated_at = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPDATED_AT]);

  if (self->has_stats)
    return;

  self->has_stats = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_STATS]);
}

static void
alert_cb (ChatAdmin *self,
          SioEvent  *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatAlert) alert = chat_protocol_read_alert (sio_event_get_argument (event, 0), &error);

  if (alert != NULL)
    chat_alert_list_add (self->alerts, alert);
  else
    chat_session_report_invalid (self->session, "alert", error);
}

static void
alerts_cb (ChatAdmin *self,
           SioEvent  *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) alerts = chat_protocol_read_alerts (sio_event_get_argument (event, 0), &error);

  if (alerts != NULL)
    chat_alert_list_replace (self->alerts, alerts);
  else
    chat_session_report_invalid (self->session, "alerts", error);
}

static void
alert_cleared_cb (ChatAdmin *self,
                  SioEvent  *event)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = chat_protocol_read_alert_cleared (sio_event_get_argument (event, 0), &error);

  if (id != NULL)
    chat_alert_list_remove (self->alerts, id);
  else
    chat_session_report_invalid (self->session, "alert:cleared", error);
}

ChatAdmin *
chat_admin_new (ChatSession *session,
                SioSocket   *socket)
{
  ChatAdmin *self = g_object_new (CHAT_TYPE_ADMIN, NULL);

  g_set_weak_pointer (&self->session, session);
  self->socket = g_object_ref (socket);

  g_signal_connect_object (socket, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "event::stats", G_CALLBACK (stats_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "event::alert", G_CALLBACK (alert_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "event::alerts", G_CALLBACK (alerts_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (socket, "event::alert:cleared", G_CALLBACK (alert_cleared_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/* A view may hold on to it after the session has let go. */
void
chat_admin_dismiss (ChatAdmin *self)
{
  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);

  g_clear_object (&self->socket);
  g_clear_weak_pointer (&self->session);
  chat_admin_set_connected (self, FALSE);
}

gboolean
chat_admin_get_connected (ChatAdmin *self)
{
  g_return_val_if_fail (CHAT_IS_ADMIN (self), FALSE);

  return self->connected;
}

gboolean
chat_admin_get_has_stats (ChatAdmin *self)
{
  g_return_val_if_fail (CHAT_IS_ADMIN (self), FALSE);

  return self->has_stats;
}

ChatSeries *
chat_admin_get_connected_users (ChatAdmin *self)
{
  g_return_val_if_fail (CHAT_IS_ADMIN (self), NULL);

  return self->connected_users;
}

ChatSeries *
chat_admin_get_active_rooms (ChatAdmin *self)
{
  g_return_val_if_fail (CHAT_IS_ADMIN (self), NULL);

  return self->active_rooms;
}

ChatSeries *
chat_admin_get_message_rate (ChatAdmin *self)
{
  g_return_val_if_fail (CHAT_IS_ADMIN (self), NULL);

  return self->message_rate;
}

ChatAlertList *
chat_admin_get_alerts (ChatAdmin *self)
{
  g_return_val_if_fail (CHAT_IS_ADMIN (self), NULL);

  return self->alerts;
}

GListModel *
chat_admin_get_nodes (ChatAdmin *self)
{
  g_return_val_if_fail (CHAT_IS_ADMIN (self), NULL);

  return G_LIST_MODEL (self->nodes);
}

gint64
chat_admin_get_updated_at (ChatAdmin *self)
{
  g_return_val_if_fail (CHAT_IS_ADMIN (self), 0);

  return self->updated_at;
}

/**
 * chat_admin_request_stats:
 * @self: what an administrator sees
 *
 * Asks for statistics now.
 */
void
chat_admin_request_stats (ChatAdmin *self)
{
  g_autoptr(SioValue) arguments = NULL;

  g_return_if_fail (CHAT_IS_ADMIN (self));

  if (self->socket == NULL)
    return;

  arguments = chat_protocol_write_nothing ();
  sio_socket_emit (self->socket, "requestStats", arguments, SIO_EMIT_NO_BUFFER, NULL);
}

/**
 * chat_admin_clear_alert:
 * @self: what an administrator sees
 * @id: an alert's id
 *
 * Clears an alert. It goes when the server says so; a plain server promises no word on it, so there it goes at once.
 */
void
chat_admin_clear_alert (ChatAdmin  *self,
                        const char *id)
{
  g_autoptr(SioValue) arguments = NULL;
  ChatAlert *alert = NULL;

  g_return_if_fail (CHAT_IS_ADMIN (self));
  g_return_if_fail (id != NULL);

  alert = chat_alert_list_find (self->alerts, id);
  if (alert == NULL || self->socket == NULL || chat_alert_get_clearing (alert))
    return;

  arguments = chat_protocol_write_string (id);
  if (!sio_socket_emit (self->socket, "clearAlert", arguments, SIO_EMIT_NO_BUFFER, NULL))
    return;

  if (chat_session_get_plain (self->session))
    chat_alert_list_remove (self->alerts, id);
  else
    chat_alert_set_clearing (alert, TRUE);
}
