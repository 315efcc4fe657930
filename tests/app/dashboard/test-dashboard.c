/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "chat-admin-private.h"
#include "dashboard/enfilade-alert-row.h"
#include "dashboard/enfilade-chart.h"
#include "dashboard/enfilade-dashboard.h"
#include "dashboard/enfilade-node-row.h"
#include "dashboard/enfilade-stat-card.h"

typedef struct
{
  ChatSession *session;
  SioManager  *manager;
  ChatAdmin   *admin;
  GtkWidget   *dashboard;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new ("http://127.0.0.1:9", "token", 0);

  fixture->session = chat_session_new (credentials);
  fixture->manager = sio_manager_new ("http://127.0.0.1:9", NULL);
  fixture->admin = chat_admin_new (fixture->session, sio_manager_get_socket (fixture->manager, "/admin"));
  fixture->dashboard = g_object_ref_sink (enfilade_dashboard_new ());
  enfilade_dashboard_set_admin (ENFILADE_DASHBOARD (fixture->dashboard), fixture->admin);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->dashboard);
  g_object_unref (fixture->admin);
  g_object_unref (fixture->manager);
  g_object_unref (fixture->session);
}

static GtkWidget *
find_child (GtkWidget  *widget,
            const char *name)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static const char *
visible_page (Fixture    *fixture,
              const char *stack)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find_child (fixture->dashboard, stack)));
}

static void
add_alert (Fixture      *fixture,
           const char   *id,
           ChatSeverity  severity,
           const char   *message)
{
  g_autoptr(ChatAlert) alert = chat_alert_new (id, severity, message, g_get_real_time () / 1000);

  chat_alert_list_add (chat_admin_get_alerts (fixture->admin), alert);
}

static void
test_waits_for_figures (Fixture       *fixture,
                        gconstpointer  data)
{
  g_assert_cmpstr (visible_page (fixture, "stack"), ==, "waiting");
  g_assert_cmpstr (visible_page (fixture, "alerts_stack"), ==, "none");
  g_assert_false (gtk_widget_get_visible (find_child (fixture->dashboard, "nodes_group")));
}

static void
test_alerts (Fixture       *fixture,
             gconstpointer  data)
{
  GtkListBox *alerts = GTK_LIST_BOX (find_child (fixture->dashboard, "alerts"));
  GtkListBoxRow *first;
  GtkWidget *stack;

  add_alert (fixture, "a", CHAT_SEVERITY_LOW, "Something small");
  add_alert (fixture, "b", CHAT_SEVERITY_CRITICAL, "<b>Memory</b> & co");
  g_assert_cmpstr (visible_page (fixture, "alerts_stack"), ==, "alerts");

  first = gtk_list_box_get_row_at_index (alerts, 0);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (first)), ==, "<b>Memory</b> & co");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (first)), "Critical"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_child (GTK_WIDGET (first), "clear_button")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Clear alert: <b>Memory</b> & co");

  stack = find_child (GTK_WIDGET (first), "clear_stack");
  chat_alert_set_clearing (chat_alert_list_find (chat_admin_get_alerts (fixture->admin), "b"), TRUE);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "clearing");

  chat_alert_list_remove (chat_admin_get_alerts (fixture->admin), "b");
  chat_alert_list_remove (chat_admin_get_alerts (fixture->admin), "a");
  g_assert_cmpstr (visible_page (fixture, "alerts_stack"), ==, "none");
}

/* The words are told from what stands there otherwise, so that nobody has to wait until they are others. */
static void
test_alerts_age (Fixture       *fixture,
                 gconstpointer  data)
{
  AdwActionRow *row;

  add_alert (fixture, "a", CHAT_SEVERITY_LOW, "Something small");
  row = ADW_ACTION_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_child (fixture->dashboard, "alerts")), 0));
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "Low · Just now");

  /* With each figure that comes. */
  adw_action_row_set_subtitle (row, "Long ago");
  g_object_notify (G_OBJECT (fixture->admin), "updated-at");
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "Low · Just now");

  enfilade_dashboard_set_admin (ENFILADE_DASHBOARD (fixture->dashboard), NULL);
  g_object_notify (G_OBJECT (fixture->admin), "updated-at");
}

/* And whenever somebody comes to see it, also when no figures come any more. */
static void
test_alert_row_ages (void)
{
  g_autoptr(ChatAlert) alert = chat_alert_new ("a", CHAT_SEVERITY_LOW, "Something small", g_get_real_time () / 1000);
  GtkWidget *row = enfilade_alert_row_new (alert);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *window = gtk_window_new ();

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "Long ago");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (row))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "Low · Just now");

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_outlives_the_admin (Fixture       *fixture,
                         gconstpointer  data)
{
  add_alert (fixture, "a", CHAT_SEVERITY_HIGH, "Something");
  enfilade_dashboard_set_admin (ENFILADE_DASHBOARD (fixture->dashboard), NULL);
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_child (fixture->dashboard, "alerts")), 0));

  chat_series_add (chat_admin_get_message_rate (fixture->admin), 1, 1);
  add_alert (fixture, "b", CHAT_SEVERITY_HIGH, "Something else");
}

static void
test_stat_card (void)
{
  g_autoptr(ChatSeries) series = chat_series_new (10);
  GtkWidget *card = g_object_ref_sink (g_object_new (ENFILADE_TYPE_STAT_CARD, "title", "Active Rooms", NULL));
  GtkWidget *chart = find_child (card, "chart");
  GtkWidget *value = find_child (card, "value_label");

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (value)), ==, "–");
  enfilade_stat_card_set_series (ENFILADE_STAT_CARD (card), series);
  chat_series_add (series, 0, 12);
  chat_series_add (series, 120 * 1000, 7);

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (value)), ==, "7");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Active Rooms: 7 now. Highest 12 in 2 minutes");

  g_assert_finalize_object (card);
}

static void
count_signal (guint *counter)
{
  (*counter)++;
}

static void
wait_for_frame (GtkWidget *widget)
{
  guint n_frames = 0;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (count_signal), &n_frames);

  gtk_widget_queue_draw (widget);
  while (n_frames == 0)
    g_main_context_iteration (NULL, TRUE);

  g_signal_handler_disconnect (clock, handler);
}

/* Whatever a server sends as figures can be drawn. */
static void
test_chart_draws_anything (void)
{
  static const double values[] = { 0, -5, 1e300, 3, 0.001 };
  static const gint64 times[] = { 0, G_MAXINT64, G_MININT64, 5, 5 };
  g_autoptr(ChatSeries) series = chat_series_new (4);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *chart = enfilade_chart_new ();

  gtk_window_set_child (GTK_WINDOW (window), chart);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 100);
  enfilade_chart_set_series (ENFILADE_CHART (chart), series);
  gtk_window_present (GTK_WINDOW (window));
  wait_for_frame (chart);

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
      g_autoptr(GskRenderNode) node = NULL;

      chat_series_add (series, times[i], values[i]);
      wait_for_frame (chart);
      GTK_WIDGET_GET_CLASS (chart)->snapshot (chart, snapshot);
      node = gtk_snapshot_to_node (snapshot);
      g_assert_nonnull (node);
    }

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_node_row (void)
{
  g_autoptr(ChatNode) node = chat_node_new ("node-1");
  GtkWidget *row = g_object_ref_sink (enfilade_node_row_new (node));

  chat_node_update (node, 7200, 3, 12.4, 50 * 1024 * 1024, 1.25);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "node-1");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "3 connections · 12 % CPU"));
  g_assert_true (g_str_has_suffix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "running for 2 hours"));

  g_assert_finalize_object (row);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/dashboard/waits-for-figures", Fixture, NULL, set_up, test_waits_for_figures, tear_down);
  g_test_add ("/dashboard/alerts", Fixture, NULL, set_up, test_alerts, tear_down);
  g_test_add ("/dashboard/alerts-age", Fixture, NULL, set_up, test_alerts_age, tear_down);
  g_test_add_func ("/dashboard/alert-row-ages", test_alert_row_ages);
  g_test_add ("/dashboard/outlives-the-admin", Fixture, NULL, set_up, test_outlives_the_admin, tear_down);
  g_test_add_func ("/dashboard/stat-card", test_stat_card);
  g_test_add_func ("/dashboard/chart-draws-anything", test_chart_draws_anything);
  g_test_add_func ("/dashboard/node-row", test_node_row);

  return g_test_run ();
}
