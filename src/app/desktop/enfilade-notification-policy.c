/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-notification-policy.h"

#include <glib/gi18n.h>

#include "enfilade-room-text.h"
#include "enfilade-text.h"

/* What a desktop shows of it at the most; the rest is read in the room. */
#define MAX_BODY_CHARACTERS 600
#define MAX_MESSAGE_CHARACTERS 500

/**
 * enfilade_notification_policy_wants_message:
 * @attention: where the person is looking
 * @message: a message that came
 *
 * Returns: whether the desktop should tell of it: it is new to who is not looking at its room
 */
gboolean
enfilade_notification_policy_wants_message (const EnfiladeAttention *attention,
                                            ChatMessage             *message)
{
  g_return_val_if_fail (attention != NULL, FALSE);
  g_return_val_if_fail (CHAT_IS_MESSAGE (message), FALSE);

  if (!attention->enabled || chat_message_get_own (message))
    return FALSE;

  return !attention->in_front || g_strcmp0 (attention->shown_room_id, chat_message_get_room_id (message)) != 0;
}

/**
 * enfilade_notification_policy_wants_notification:
 * @attention: where the person is looking
 * @notification: a notification that came
 *
 * A mention and a reply are told by their message already.
 *
 * Returns: whether the desktop should tell of it
 */
gboolean
enfilade_notification_policy_wants_notification (const EnfiladeAttention *attention,
                                                 ChatNotification        *notification)
{
  g_return_val_if_fail (attention != NULL, FALSE);
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (notification), FALSE);

  if (!attention->enabled || attention->in_front || chat_notification_get_read (notification))
    return FALSE;

  return chat_notification_get_message_id (notification) == NULL;
}

/**
 * enfilade_notification_policy_cut:
 * @text: (nullable): what is to be told
 *
 * Returns: (transfer full): the text on one line, no longer than a desktop shows
 */
char *
enfilade_notification_policy_cut (const char *text)
{
  return enfilade_text_preview (text != NULL ? text : "", MAX_BODY_CHARACTERS);
}

/**
 * enfilade_notification_policy_describe:
 * @newest: the last message of the room
 * @n_messages: how many came since the room was looked at
 *
 * Returns: (transfer full): the body of the room's notification
 */
char *
enfilade_notification_policy_describe (ChatMessage *newest,
                                       guint        n_messages)
{
  g_autofree char *preview = NULL;
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (CHAT_IS_MESSAGE (newest), NULL);

  preview = enfilade_room_text_preview_message (newest, MAX_MESSAGE_CHARACTERS);
  if (n_messages <= 1)
    return enfilade_notification_policy_cut (preview);

  count = g_strdup_printf (ngettext ("%u new message", "%u new messages", n_messages), n_messages);
  text = g_strconcat (count, "\n", preview, NULL);
  if (g_utf8_strlen (text, -1) <= MAX_BODY_CHARACTERS)
    return g_steal_pointer (&text);

  return g_utf8_substring (text, 0, MAX_BODY_CHARACTERS);
}
