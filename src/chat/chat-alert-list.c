/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-alert-list.h"

/**
 * ChatAlertList:
 *
 * The alerts that are open: the gravest first, and of the same gravity the newest.
 */
struct _ChatAlertList
{
  ChatList parent_instance;
};

G_DEFINE_FINAL_TYPE (ChatAlertList, chat_alert_list, CHAT_TYPE_LIST)

static const char *
chat_alert_list_get_id (gpointer item)
{
  return chat_alert_get_id (item);
}

static int
chat_alert_list_compare (gpointer a,
                         gpointer b)
{
  if (chat_alert_get_severity (a) != chat_alert_get_severity (b))
    return chat_alert_get_severity (a) > chat_alert_get_severity (b) ? -1 : 1;

  if (chat_alert_get_timestamp (a) != chat_alert_get_timestamp (b))
    return chat_alert_get_timestamp (a) > chat_alert_get_timestamp (b) ? -1 : 1;

  return strcmp (chat_alert_get_id (a), chat_alert_get_id (b));
}

static void
chat_alert_list_class_init (ChatAlertListClass *klass)
{
  ChatListClass *list_class = CHAT_LIST_CLASS (klass);

  list_class->get_id = chat_alert_list_get_id;
  list_class->compare = chat_alert_list_compare;
}

static void
chat_alert_list_init (ChatAlertList *self)
{
}

ChatAlertList *
chat_alert_list_new (void)
{
  return g_object_new (CHAT_TYPE_ALERT_LIST, NULL);
}

/**
 * chat_alert_list_find:
 * @self: a list of alerts
 * @id: what the server calls it
 *
 * Returns: (transfer none) (nullable): the alert
 */
ChatAlert *
chat_alert_list_find (ChatAlertList *self,
                      const char    *id)
{
  return chat_list_find (CHAT_LIST (self), id);
}

gboolean
chat_alert_list_add (ChatAlertList *self,
                     ChatAlert     *alert)
{
  return chat_list_add (CHAT_LIST (self), alert);
}

gboolean
chat_alert_list_remove (ChatAlertList *self,
                        const char    *id)
{
  return chat_list_remove (CHAT_LIST (self), id);
}

/**
 * chat_alert_list_replace:
 * @self: a list of alerts
 * @alerts: (element-type ChatAlert): all alerts that are open
 *
 * Makes the list hold these alerts and no others.
 */
void
chat_alert_list_replace (ChatAlertList *self,
                         GPtrArray     *alerts)
{
  chat_list_replace (CHAT_LIST (self), alerts);
}
