/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-alert-row.h"
#include "enfilade-dashboard.h"
#include "enfilade-node-row.h"
#include "enfilade-stat-card.h"

/* What an administrator sees of the server: its figures with their course, its open alerts, and its processes. */
struct _EnfiladeDashboard
{
  AdwBin            parent_instance;

  ChatAdmin        *admin;
  GSignalGroup     *signals;
  GSignalGroup     *alert_signals;
  GSignalGroup     *node_signals;

  GtkWidget        *stack;
  GtkWidget        *refresh_button;
  GtkWidget        *updated_label;
  EnfiladeStatCard *connected_users;
  EnfiladeStatCard *active_rooms;
  EnfiladeStatCard *message_rate;
  GtkWidget        *alerts_stack;
  GtkWidget        *alerts;
  GtkWidget        *nodes_group;
  GtkWidget        *nodes;
};

enum
{
  PROP_0,
  PROP_ADMIN,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (EnfiladeDashboard, enfilade_dashboard, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static char *
describe_update (ChatAdmin *admin)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (chat_admin_get_updated_at (admin) / 1000);
  g_autofree char *clock = time != NULL ? g_date_time_format (time, "%X") : g_strdup ("");

  if (!chat_admin_get_connected (admin))
    /* Translators: the argument is a time of day. */
    return g_strdup_printf (_("Not connected. These figures are from %s."), clock);

  /* Translators: the argument is a time of day. */
  return g_strdup_printf (_("Updated at %s"), clock);
}

static void
enfilade_dashboard_update (EnfiladeDashboard *self)
{
  g_autofree char *updated = NULL;

  if (self->admin == NULL)
    return;

  if (!chat_admin_get_has_stats (self->admin))
    {
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "waiting");
      return;
    }

  updated = describe_update (self->admin);
  gtk_label_set_text (GTK_LABEL (self->updated_label), updated);
  gtk_widget_set_sensitive (self->refresh_button, chat_admin_get_connected (self->admin));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "figures");
}

static void
enfilade_dashboard_update_alerts (EnfiladeDashboard *self)
{
  guint n_alerts = g_list_model_get_n_items (G_LIST_MODEL (chat_admin_get_alerts (self->admin)));

  gtk_stack_set_visible_child_name (GTK_STACK (self->alerts_stack), n_alerts > 0 ? "alerts" : "none");
}

static void
enfilade_dashboard_update_nodes (EnfiladeDashboard *self)
{
  gtk_widget_set_visible (self->nodes_group, g_list_model_get_n_items (chat_admin_get_nodes (self->admin)) > 0);
}

static void
clear_requested_cb (EnfiladeAlertRow  *row,
                    EnfiladeDashboard *self)
{
  if (self->admin != NULL)
    chat_admin_clear_alert (self->admin, chat_alert_get_id (enfilade_alert_row_get_alert (row)));
}

static GtkWidget *
create_alert_row (gpointer item,
                  gpointer user_data)
{
  EnfiladeDashboard *self = user_data;
  GtkWidget *row = enfilade_alert_row_new (item);

  /* As long as figures come; the clock for how long ago it was is theirs. */
  g_signal_connect_object (self->admin, "notify::updated-at", G_CALLBACK (enfilade_alert_row_update), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "clear-requested", G_CALLBACK (clear_requested_cb), self, 0);

  return row;
}

static GtkWidget *
create_node_row (gpointer item,
                 gpointer user_data)
{
  return enfilade_node_row_new (item);
}

static void
refresh_clicked_cb (EnfiladeDashboard *self)
{
  if (self->admin != NULL)
    chat_admin_request_stats (self->admin);
}

static void
enfilade_dashboard_dispose (GObject *object)
{
  EnfiladeDashboard *self = ENFILADE_DASHBOARD (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->alert_signals);
  g_clear_object (&self->node_signals);
  g_clear_object (&self->admin);

  G_OBJECT_CLASS (enfilade_dashboard_parent_class)->dispose (object);
}

static void
enfilade_dashboard_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EnfiladeDashboard *self = ENFILADE_DASHBOARD (object);

  switch (prop_id)
    {
    case PROP_ADMIN:
      g_value_set_object (value, self->admin);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_dashboard_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EnfiladeDashboard *self = ENFILADE_DASHBOARD (object);

  switch (prop_id)
    {
    case PROP_ADMIN:
      enfilade_dashboard_set_admin (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_dashboard_class_init (EnfiladeDashboardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_dashboard_dispose;
  object_class->get_property = enfilade_dashboard_get_property;
  object_class->set_property = enfilade_dashboard_set_property;

  properties[PROP_ADMIN] =
    g_param_spec_object ("admin", NULL, NULL, CHAT_TYPE_ADMIN,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ENFILADE_TYPE_STAT_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/dashboard/enfilade-dashboard.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, stack);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, updated_label);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, connected_users);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, active_rooms);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, message_rate);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, alerts_stack);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, alerts);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, nodes_group);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDashboard, nodes);
  gtk_widget_class_bind_template_callback (widget_class, refresh_clicked_cb);
}

static void
enfilade_dashboard_init (EnfiladeDashboard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (CHAT_TYPE_ADMIN);
  g_signal_group_connect_swapped (self->signals, "notify::connected", G_CALLBACK (enfilade_dashboard_update), self);
  g_signal_group_connect_swapped (self->signals, "notify::has-stats", G_CALLBACK (enfilade_dashboard_update), self);
  g_signal_group_connect_swapped (self->signals, "notify::updated-at", G_CALLBACK (enfilade_dashboard_update), self);

  self->alert_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->alert_signals, "items-changed", G_CALLBACK (enfilade_dashboard_update_alerts), self);

  self->node_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->node_signals, "items-changed", G_CALLBACK (enfilade_dashboard_update_nodes), self);
}

GtkWidget *
enfilade_dashboard_new (void)
{
  return g_object_new (ENFILADE_TYPE_DASHBOARD, NULL);
}

ChatAdmin *
enfilade_dashboard_get_admin (EnfiladeDashboard *self)
{
  g_return_val_if_fail (ENFILADE_IS_DASHBOARD (self), NULL);

  return self->admin;
}

void
enfilade_dashboard_set_admin (EnfiladeDashboard *self,
                              ChatAdmin         *admin)
{
  GListModel *alerts = NULL;
  GListModel *nodes = NULL;

  g_return_if_fail (ENFILADE_IS_DASHBOARD (self));
  g_return_if_fail (admin == NULL || CHAT_IS_ADMIN (admin));

  if (!g_set_object (&self->admin, admin))
    return;

  if (admin != NULL)
    {
      alerts = G_LIST_MODEL (chat_admin_get_alerts (admin));
      nodes = chat_admin_get_nodes (admin);
    }

  enfilade_stat_card_set_series (self->connected_users, admin ? chat_admin_get_connected_users (admin) : NULL);
  enfilade_stat_card_set_series (self->active_rooms, admin ? chat_admin_get_active_rooms (admin) : NULL);
  enfilade_stat_card_set_series (self->message_rate, admin ? chat_admin_get_message_rate (admin) : NULL);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->alerts), alerts, create_alert_row, self, NULL);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->nodes), nodes, create_node_row, self, NULL);
  g_signal_group_set_target (self->signals, admin);
  g_signal_group_set_target (self->alert_signals, alerts);
  g_signal_group_set_target (self->node_signals, nodes);

  if (admin != NULL)
    {
      enfilade_dashboard_update (self);
      enfilade_dashboard_update_alerts (self);
      enfilade_dashboard_update_nodes (self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADMIN]);
}
