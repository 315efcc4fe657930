/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CHAT_TYPE_NODE (chat_node_get_type ())

G_DECLARE_FINAL_TYPE (ChatNode, chat_node, CHAT, NODE, GObject)

/* One process of the server. Properties: id, uptime (s), connections, cpu (percent of one core), rss (bytes),
 * event-loop-lag (ms). */
ChatNode   *chat_node_new    (const char *id);
const char *chat_node_get_id (ChatNode   *self);
void        chat_node_update (ChatNode   *self,
                              double      uptime,
                              guint       connections,
                              double      cpu,
                              guint64     rss,
                              double      event_loop_lag);

G_END_DECLS
