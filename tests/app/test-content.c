/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-session-private.h"
#include "enfilade-content.h"
#include "test-app.h"

typedef struct
{
  ChatSession     *session;
  EnfiladeContent *content;
  GtkWidget       *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = test_new_session ();
  fixture->content = g_object_new (ENFILADE_TYPE_CONTENT, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->content));
  gtk_window_present (GTK_WINDOW (fixture->window));
  enfilade_content_set_session (fixture->content, fixture->session);
  test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (fixture->content)));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(EnfiladeContent) content = g_object_ref (fixture->content);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  test_drain ();
  g_assert_finalize_object (g_steal_pointer (&content));
  g_assert_finalize_object (fixture->session);
}

static void
press_try_now (Fixture *fixture)
{
  GtkWidget *button;

  chat_session_set_connection (fixture->session, CHAT_CONNECTION_RECONNECTING);
  chat_session_set_next_attempt (fixture->session, g_get_monotonic_time () + G_TIME_SPAN_HOUR);
  button = test_find_widget (fixture->content, "retry_button");
  g_assert_nonnull (button);
  test_wait_for (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_grab_focus (button));

  /* What comes of it. */
  chat_session_set_next_attempt (fixture->session, 0);
  g_assert_false (gtk_widget_get_visible (button));
  test_drain ();
}

static gboolean
is_writing (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return GTK_IS_TEXT_VIEW (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (fixture->content));
}

/* Who has asked for a connection wants to write, and the button is gone. */
static void
test_try_now (Fixture       *fixture,
              gconstpointer  data)
{
  ChatRoom *room = test_add_room (fixture->session, "Hall", CHAT_MEMBERSHIP_JOINED, 0, 0);

  /* By itself GTK would go to the messages, which come first. */
  for (guint i = 0; i < 20; i++)
    test_add_message (room, "ana", "Good morning");
  enfilade_content_set_room (fixture->content, room);
  press_try_now (fixture);
  g_assert_true (is_writing (fixture));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/content/try-now", Fixture, NULL, set_up, test_try_now, tear_down);

  return g_test_run ();
}
