/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-connection-text.h"

#include <glib/gi18n.h>

static char *
describe_wait (gint64 next_attempt_time,
               gint64 now,
               guint  n_waiting)
{
  gint64 left = MAX (0, next_attempt_time - now);
  guint seconds = (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autofree char *attempt = NULL;
  g_autofree char *waiting = NULL;

  if (next_attempt_time == 0 || seconds == 0)
    attempt = g_strdup (_("Connecting…"));
  else
    attempt = g_strdup_printf (ngettext ("Next attempt in %u s.", "Next attempt in %u s.", seconds), seconds);

  if (n_waiting == 0)
    /* Translators: %s is “Next attempt in 4 s.” or “Connecting…” */
    return g_strdup_printf (_("Offline. %s"), attempt);

  waiting = g_strdup_printf (ngettext ("%u message waits.", "%u messages wait.", n_waiting), n_waiting);
  /* Translators: the first %s is “2 messages wait.”, the second “Next attempt in 4 s.” or “Connecting…” */
  return g_strdup_printf (_("Offline. %s %s"), waiting, attempt);
}

/**
 * enfilade_connection_text_describe:
 * @connection: the state
 * @next_attempt_time: when the next attempt is made, in µs of the monotonic clock, or 0
 * @now: what that clock shows now
 * @n_waiting: how many messages wait to be sent
 *
 * Returns: (transfer full) (nullable): what a person should know about the connection; %NULL when all is well
 */
char *
enfilade_connection_text_describe (ChatConnection connection,
                                   gint64         next_attempt_time,
                                   gint64         now,
                                   guint          n_waiting)
{
  switch (connection)
    {
    case CHAT_CONNECTION_ONLINE:
      return NULL;
    case CHAT_CONNECTION_CONNECTING:
      return next_attempt_time != 0 ? describe_wait (next_attempt_time, now, n_waiting) : g_strdup (_("Connecting…"));
    case CHAT_CONNECTION_RECONNECTING:
      return describe_wait (next_attempt_time, now, n_waiting);
    case CHAT_CONNECTION_REFUSED:
      return g_strdup (_("Signed out by the server."));
    case CHAT_CONNECTION_OFFLINE:
    default:
      return g_strdup (_("Offline."));
    }
}

/**
 * enfilade_connection_text_short:
 * @connection: the state
 *
 * Returns: (transfer full): the state in a word
 */
char *
enfilade_connection_text_short (ChatConnection connection)
{
  switch (connection)
    {
    case CHAT_CONNECTION_ONLINE:
      return g_strdup (_("Online"));
    case CHAT_CONNECTION_CONNECTING:
      return g_strdup (_("Connecting…"));
    case CHAT_CONNECTION_RECONNECTING:
    case CHAT_CONNECTION_REFUSED:
    case CHAT_CONNECTION_OFFLINE:
    default:
      return g_strdup (_("Offline"));
    }
}

/**
 * enfilade_connection_text_can_retry:
 * @connection: the state
 * @next_attempt_time: when the next attempt is made, or 0
 *
 * Returns: whether there is a wait that a person may cut short
 */
gboolean
enfilade_connection_text_can_retry (ChatConnection connection,
                                    gint64         next_attempt_time)
{
  switch (connection)
    {
    case CHAT_CONNECTION_OFFLINE:
      return TRUE;
    case CHAT_CONNECTION_CONNECTING:
    case CHAT_CONNECTION_RECONNECTING:
      return next_attempt_time != 0;
    case CHAT_CONNECTION_ONLINE:
    case CHAT_CONNECTION_REFUSED:
    default:
      return FALSE;
    }
}
