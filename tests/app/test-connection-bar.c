/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-session-private.h"
#include "enfilade-connection-bar.h"
#include "test-app.h"

typedef struct
{
  ChatSession           *session;
  EnfiladeConnectionBar *bar;
  GtkWidget             *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = test_new_session ();
  fixture->bar = g_object_new (ENFILADE_TYPE_CONNECTION_BAR, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->bar));
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_object_set (fixture->bar, "session", fixture->session, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(EnfiladeConnectionBar) bar = g_object_ref (fixture->bar);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  test_drain ();
  g_assert_finalize_object (g_steal_pointer (&bar));
  g_assert_finalize_object (fixture->session);
}

static GtkWidget *
find (Fixture    *fixture,
      const char *id)
{
  return test_find_widget (fixture->bar, id);
}

static void
test_first (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *label;

  /* Nothing went wrong yet, and nothing is made for it. */
  g_assert_null (enfilade_connection_bar_get_text (fixture->bar));
  chat_session_set_connection (fixture->session, CHAT_CONNECTION_ONLINE);
  g_assert_null (enfilade_connection_bar_get_text (fixture->bar));
  g_assert_null (gtk_widget_get_first_child (GTK_WIDGET (fixture->bar)));

  chat_session_set_connection (fixture->session, CHAT_CONNECTION_RECONNECTING);
  g_assert_cmpstr (enfilade_connection_bar_get_text (fixture->bar), ==, "Offline. Connecting…");
  label = find (fixture, "label");
  g_assert_nonnull (label);
  gtk_test_accessible_assert_role (label, GTK_ACCESSIBLE_ROLE_STATUS);
  test_wait_for (gtk_widget_get_mapped (label));
  g_assert_true (gtk_widget_get_mapped (find (fixture, "spinner")));
  g_assert_false (gtk_widget_get_visible (find (fixture, "retry_button")));

  chat_session_set_connection (fixture->session, CHAT_CONNECTION_ONLINE);
  g_assert_null (enfilade_connection_bar_get_text (fixture->bar));
  test_wait_for (!gtk_widget_get_mapped (label));

  /* What was made once is made once. */
  chat_session_set_connection (fixture->session, CHAT_CONNECTION_REFUSED);
  g_assert_cmpstr (enfilade_connection_bar_get_text (fixture->bar), ==, "Signed out by the server.");
  g_assert_true (find (fixture, "label") == label);

  g_object_set (fixture->bar, "session", NULL, NULL);
  g_assert_null (enfilade_connection_bar_get_text (fixture->bar));
}

static void
count_cb (GSimpleAction *action,
          GVariant      *parameter,
          guint         *n_retries)
{
  *n_retries += 1;
}

static void
test_countdown (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) retry = g_simple_action_new ("retry-connection", NULL);
  guint n_retries = 0;

  g_signal_connect (retry, "activate", G_CALLBACK (count_cb), &n_retries);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (retry));
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (actions));

  chat_session_set_connection (fixture->session, CHAT_CONNECTION_RECONNECTING);
  chat_session_set_next_attempt (fixture->session, g_get_monotonic_time () + G_TIME_SPAN_HOUR);
  g_assert_true (g_str_has_prefix (enfilade_connection_bar_get_text (fixture->bar), "Offline. Next attempt in "));
  g_assert_true (gtk_widget_get_visible (find (fixture, "retry_button")));
  g_assert_false (gtk_widget_get_visible (find (fixture, "spinner")));

  g_signal_emit_by_name (find (fixture, "retry_button"), "clicked");
  g_assert_cmpuint (n_retries, ==, 1);
}

static void
leave_cb (EnfiladeConnectionBar *bar,
          guint                 *n_leaves)
{
  GtkWidget *button = test_find_widget (bar, "retry_button");

  /* What comes now may still ask where the focus is. */
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (button)) == button);
  *n_leaves += 1;
}

static void
wait_for_attempt (Fixture *fixture)
{
  chat_session_set_connection (fixture->session, CHAT_CONNECTION_RECONNECTING);
  chat_session_set_next_attempt (fixture->session, g_get_monotonic_time () + G_TIME_SPAN_HOUR);
}

/* A button that goes away while it has the focus says so before, whoever made it go. */
static void
test_leave (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *button;
  guint n_leaves = 0;

  g_signal_connect (fixture->bar, "leave", G_CALLBACK (leave_cb), &n_leaves);
  wait_for_attempt (fixture);
  button = find (fixture, "retry_button");
  g_assert_false (gtk_widget_get_focus_on_click (button));
  chat_session_set_next_attempt (fixture->session, 0);
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_cmpuint (n_leaves, ==, 0);

  wait_for_attempt (fixture);
  test_wait_for (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_cmpuint (n_leaves, ==, 0);
  chat_session_set_next_attempt (fixture->session, 0);
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_cmpuint (n_leaves, ==, 1);

  wait_for_attempt (fixture);
  g_assert_true (gtk_widget_grab_focus (button));
  g_object_set (fixture->bar, "session", NULL, NULL);
  g_assert_cmpuint (n_leaves, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/connection-bar/first", Fixture, NULL, set_up, test_first, tear_down);
  g_test_add ("/connection-bar/countdown", Fixture, NULL, set_up, test_countdown, tear_down);

  g_test_add ("/connection-bar/leave", Fixture, NULL, set_up, test_leave, tear_down);

  return g_test_run ();
}
