/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-protocol-private.h"
#include "chat-protocol-reader-private.h"

static const char *severities[] = {
  [CHAT_SEVERITY_LOW] = "low",
  [CHAT_SEVERITY_MEDIUM] = "medium",
  [CHAT_SEVERITY_HIGH] = "high",
  [CHAT_SEVERITY_CRITICAL] = "critical",
};

/* Of what a server sends its processes are a handful; more are no dashboard any more. */
#define MAX_NODES 256

static ChatNodeStats *
read_node (SioValue  *object,
           GError   **error)
{
  g_autoptr(ChatNodeStats) node = g_new0 (ChatNodeStats, 1);
  ChatReader reader;

  chat_reader_init (&reader, object, "stats: nodes");
  node->id = chat_reader_dup_id (&reader, "id", CHAT_READ_REQUIRED);
  node->uptime = chat_reader_get_number (&reader, "uptime", CHAT_READ_OPTIONAL);
  node->connections = chat_reader_get_count (&reader, "connections", CHAT_READ_OPTIONAL);
  node->cpu = chat_reader_get_number (&reader, "cpu", CHAT_READ_OPTIONAL);
  node->rss = chat_reader_get_count (&reader, "rss", CHAT_READ_OPTIONAL);
  node->event_loop_lag = chat_reader_get_number (&reader, "eventLoopLag", CHAT_READ_OPTIONAL);
  node->connections = MAX (node->connections, 0);
  node->rss = MAX (node->rss, 0);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&node) : NULL;
}

static GPtrArray *
read_nodes (ChatReader *reader)
{
  g_autoptr(GPtrArray) nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) chat_node_stats_free);
  SioValue *array = chat_reader_get_array (reader, "nodes", CHAT_READ_OPTIONAL);

  for (guint i = 0; array != NULL && i < MIN (sio_value_get_length (array), MAX_NODES); i++)
    {
      ChatNodeStats *node = read_node (sio_value_get_element (array, i), &reader->error);

      if (node == NULL)
        break;

      g_ptr_array_add (nodes, node);
    }

  return g_steal_pointer (&nodes);
}

ChatStats *
chat_protocol_read_stats (SioValue  *value,
                          GError   **error)
{
  g_autoptr(ChatStats) stats = g_new0 (ChatStats, 1);
  ChatReader reader;

  chat_reader_init (&reader, value, "stats");
  stats->connected_users = chat_reader_get_number (&reader, "connectedUsers", CHAT_READ_REQUIRED);
  stats->active_rooms = chat_reader_get_number (&reader, "activeRooms", CHAT_READ_REQUIRED);
  stats->message_rate = chat_reader_get_number (&reader, "messageRate", CHAT_READ_REQUIRED);
  stats->nodes = read_nodes (&reader);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&stats) : NULL;
}

static ChatSeverity
read_severity (ChatReader *reader)
{
  g_autofree char *severity = chat_reader_dup_id (reader, "severity", CHAT_READ_REQUIRED);

  for (guint i = 0; severity != NULL && i < G_N_ELEMENTS (severities); i++)
    {
      if (g_str_equal (severities[i], severity))
        return (ChatSeverity) i;
    }

  chat_reader_fail (reader, "severity", "is not known");
  return CHAT_SEVERITY_LOW;
}

static ChatAlert *
read_alert (SioValue    *object,
            const char  *event,
            GError     **error)
{
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  ChatSeverity severity = CHAT_SEVERITY_LOW;
  gint64 timestamp = 0;
  ChatReader reader;

  chat_reader_init (&reader, object, event);
  id = chat_reader_dup_id (&reader, "id", CHAT_READ_REQUIRED);
  severity = read_severity (&reader);
  text = chat_reader_dup_text (&reader, "message", CHAT_READ_REQUIRED);
  timestamp = chat_reader_get_time (&reader, "timestamp", CHAT_READ_REQUIRED);

  return chat_reader_end (&reader, error) ? chat_alert_new (id, severity, text, timestamp) : NULL;
}

ChatAlert *
chat_protocol_read_alert (SioValue  *value,
                          GError   **error)
{
  return read_alert (value, "alert", error);
}

/* An alert that does not fit is left out, and the others are shown. */
GPtrArray *
chat_protocol_read_alerts (SioValue  *value,
                           GError   **error)
{
  g_autoptr(GPtrArray) alerts = g_ptr_array_new_with_free_func (g_object_unref);
  SioValue *array = value;

  if (array == NULL || sio_value_get_kind (array) != SIO_VALUE_ARRAY || sio_value_get_length (array) > CHAT_PROTOCOL_MAX_ITEMS)
    {
      g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_INVALID, "alerts: not a list");
      return NULL;
    }

  for (guint i = 0; i < sio_value_get_length (array); i++)
    {
      g_autoptr(GError) problem = NULL;
      ChatAlert *alert = read_alert (sio_value_get_element (array, i), "alerts", &problem);

      if (alert != NULL)
        g_ptr_array_add (alerts, alert);
      else
        g_message ("%s", problem->message);
    }

  return g_steal_pointer (&alerts);
}

char *
chat_protocol_read_alert_cleared (SioValue  *value,
                                  GError   **error)
{
  g_autofree char *id = NULL;
  ChatReader reader;

  chat_reader_init (&reader, value, "alert:cleared");
  id = chat_reader_dup_id (&reader, "alertId", CHAT_READ_REQUIRED);

  return chat_reader_end (&reader, error) ? g_steal_pointer (&id) : NULL;
}
