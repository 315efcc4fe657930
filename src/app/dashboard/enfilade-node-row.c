/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-node-row.h"
#include "enfilade-relative-time.h"

/* One process of the server, in two lines of words and figures. */
struct _EnfiladeNodeRow
{
  AdwActionRow  parent_instance;

  ChatNode     *node;
};

G_DEFINE_FINAL_TYPE (EnfiladeNodeRow, enfilade_node_row, ADW_TYPE_ACTION_ROW)

static void
enfilade_node_row_update (EnfiladeNodeRow *self)
{
  double uptime, cpu, event_loop_lag;
  guint connections;
  guint64 rss;
  g_autofree char *id = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *memory = NULL;
  g_autofree char *held = NULL;
  g_autofree char *subtitle = NULL;

  g_object_get (self->node,
                "id", &id,
                "uptime", &uptime,
                "connections", &connections,
                "cpu", &cpu,
                "rss", &rss,
                "event-loop-lag", &event_loop_lag,
                NULL);

  duration = enfilade_duration_format (uptime);
  memory = g_format_size_full (rss, G_FORMAT_SIZE_IEC_UNITS);
  held = g_strdup_printf (ngettext ("%u connection", "%u connections", connections), connections);
  /* Translators: what a server's process does: "12 connections · 3 % CPU · 85.0 MiB · 1.2 ms late · running for 2 hours". */
  subtitle = g_strdup_printf (_("%s · %.0f %% CPU · %s · %.1f ms late · running for %s"),
                              held, cpu, memory, event_loop_lag, duration);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), id);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static void
enfilade_node_row_dispose (GObject *object)
{
  EnfiladeNodeRow *self = ENFILADE_NODE_ROW (object);

  g_clear_object (&self->node);

  G_OBJECT_CLASS (enfilade_node_row_parent_class)->dispose (object);
}

static void
enfilade_node_row_class_init (EnfiladeNodeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = enfilade_node_row_dispose;
}

static void
enfilade_node_row_init (EnfiladeNodeRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
}

GtkWidget *
enfilade_node_row_new (ChatNode *node)
{
  EnfiladeNodeRow *self;

  g_return_val_if_fail (CHAT_IS_NODE (node), NULL);

  self = g_object_new (ENFILADE_TYPE_NODE_ROW, NULL);
  self->node = g_object_ref (node);
  g_signal_connect_object (node, "notify", G_CALLBACK (enfilade_node_row_update), self, G_CONNECT_SWAPPED);
  enfilade_node_row_update (self);

  return GTK_WIDGET (self);
}
