/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-message-row.h"
#include "enfilade-timeline-view.h"
#include "room-fixture.h"

#define N_MESSAGES 100

/* A timeline, and an entry where somebody may be writing. It stands where GTK does not lead who loses the focus. */
typedef struct
{
  EnfiladeTimelineView *view;
  ChatTimeline         *timeline;
  GtkWidget            *entry;
  GtkWidget            *window;
  GtkWidget            *list;
  GtkAdjustment        *adjustment;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller;

  fixture->timeline = chat_timeline_new ();
  fixture->view = ENFILADE_TIMELINE_VIEW (enfilade_timeline_view_new ());
  fixture->entry = gtk_entry_new ();
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("The first widget"));
  gtk_box_append (GTK_BOX (box), fixture->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->view));
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("The last widget"));
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->view), TRUE);

  room_fixture_add_many (fixture->timeline, 1000, N_MESSAGES);
  fixture->window = room_fixture_present (box, 500, 600);
  fixture->list = room_fixture_find (box, GTK_TYPE_LIST_VIEW);
  scroller = room_fixture_find (box, GTK_TYPE_SCROLLED_WINDOW);
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  enfilade_timeline_view_set_timeline (fixture->view, fixture->timeline);
  room_fixture_frames (fixture->window, 5);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  room_fixture_close (fixture->window);
  g_assert_finalize_object (fixture->timeline);
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window));
}

/* The text that is in the entry. */
static void
assert_writing (Fixture *fixture)
{
  g_assert_nonnull (get_focus (fixture));
  g_assert_true (gtk_widget_is_ancestor (get_focus (fixture), fixture->entry));
}

static void
assert_at_message (Fixture     *fixture,
                   ChatMessage *message)
{
  GtkWidget *focus = get_focus (fixture);

  g_assert_nonnull (focus);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (focus), ==, "EnfiladeMessageRow");
  g_assert_cmpstr (chat_message_get_id (enfilade_message_row_get_message (ENFILADE_MESSAGE_ROW (focus))), ==,
                   chat_message_get_id (message));
}

static GtkWidget *
find_button (Fixture    *fixture,
             const char *label)
{
  GtkWidget *button = room_fixture_find_button (GTK_WIDGET (fixture->view), label);

  g_assert_nonnull (button);

  return button;
}

/* As a button does when the pointer presses it. */
static void
click (GtkWidget *button)
{
  if (gtk_widget_get_focus_on_click (button))
    gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
press_with_key (GtkWidget *button)
{
  g_assert_true (gtk_widget_grab_focus (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
scroll_up (Fixture *fixture)
{
  gtk_adjustment_set_value (fixture->adjustment, 800);
  room_fixture_frames (fixture->window, 3);
}

static ChatMessage *
get_last (Fixture *fixture)
{
  return chat_timeline_get_last (fixture->timeline);
}

static void
test_jump_clicked (Fixture       *fixture,
                   gconstpointer  data)
{
  scroll_up (fixture);
  gtk_widget_grab_focus (fixture->entry);
  click (find_button (fixture, "Newest Messages"));
  room_fixture_frames (fixture->window, 30);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
  assert_writing (fixture);
}

static void
test_jump_pressed (Fixture       *fixture,
                   gconstpointer  data)
{
  scroll_up (fixture);
  press_with_key (find_button (fixture, "Newest Messages"));
  room_fixture_frames (fixture->window, 30);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
  assert_at_message (fixture, get_last (fixture));
  g_assert_null (room_fixture_find_button (GTK_WIDGET (fixture->view), "Newest Messages"));
}

static void
load_newest_cb (EnfiladeTimelineView *view,
                Fixture              *fixture)
{
  room_fixture_add_many (fixture->timeline, 3000, 40);
  enfilade_timeline_view_set_has_newer (view, FALSE);
}

/* Where the newest messages come only when they are asked for. */
static void
test_jump_pressed_far (Fixture       *fixture,
                       gconstpointer  data)
{
  enfilade_timeline_view_set_has_newer (fixture->view, TRUE);
  scroll_up (fixture);
  g_signal_connect (fixture->view, "show-newest", G_CALLBACK (load_newest_cb), fixture);
  press_with_key (find_button (fixture, "Newest Messages"));
  room_fixture_frames (fixture->window, 30);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
  assert_at_message (fixture, get_last (fixture));
  g_assert_null (room_fixture_find_button (GTK_WIDGET (fixture->view), "Newest Messages"));
}

/* Who goes on by Tab meanwhile is not fetched back. */
static void
test_jump_left (Fixture       *fixture,
                gconstpointer  data)
{
  enfilade_timeline_view_set_has_newer (fixture->view, TRUE);
  scroll_up (fixture);
  press_with_key (find_button (fixture, "Newest Messages"));
  gtk_widget_grab_focus (fixture->entry);
  load_newest_cb (fixture->view, fixture);
  room_fixture_frames (fixture->window, 30);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
  assert_writing (fixture);
}

/* The wheel leads to the newest messages, too, and then nothing is left of the button. */
static void
test_jump_scrolled (Fixture       *fixture,
                    gconstpointer  data)
{
  scroll_up (fixture);
  gtk_widget_grab_focus (find_button (fixture, "Newest Messages"));
  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_upper (fixture->adjustment));
  room_fixture_frames (fixture->window, 30);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
  g_assert_nonnull (get_focus (fixture));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (get_focus (fixture)), ==, "EnfiladeMessageRow");
  g_assert_true (gtk_widget_is_ancestor (get_focus (fixture), fixture->list));
}

static void
set_error (Fixture    *fixture,
           const char *error)
{
  enfilade_timeline_view_set_older_error (fixture->view, error);
  room_fixture_frames (fixture->window, 3);
}

static void
test_try_again (Fixture       *fixture,
                gconstpointer  data)
{
  double value;

  gtk_adjustment_set_value (fixture->adjustment, 0);
  room_fixture_frames (fixture->window, 3);
  set_error (fixture, "The server did not answer.");
  gtk_widget_grab_focus (fixture->entry);
  click (find_button (fixture, "Try Again"));
  room_fixture_frames (fixture->window, 30);
  assert_writing (fixture);

  set_error (fixture, "The server did not answer again.");
  value = gtk_adjustment_get_value (fixture->adjustment);
  press_with_key (find_button (fixture, "Try Again"));
  room_fixture_frames (fixture->window, 30);
  g_assert_nonnull (get_focus (fixture));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (get_focus (fixture)), ==, "EnfiladeMessageRow");
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (fixture->adjustment), value, 1);
}

static void
retry_cb (EnfiladeTimelineView *view,
          ChatMessage          *message)
{
  chat_message_set_delivery (message, CHAT_DELIVERY_WAITING, NULL);
}

static void
test_retry (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(ChatMessage) message = chat_message_new_outgoing ("c1", "general", "me", "Me", "Good morning",
                                                              g_get_real_time () / 1000);

  chat_message_set_own (message, TRUE);
  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "No.");
  g_assert_true (chat_timeline_add (fixture->timeline, message));
  g_signal_connect (fixture->view, "retry", G_CALLBACK (retry_cb), NULL);
  room_fixture_frames (fixture->window, 5);

  gtk_widget_grab_focus (fixture->entry);
  click (find_button (fixture, "Retry"));
  room_fixture_frames (fixture->window, 30);
  assert_writing (fixture);

  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "No.");
  room_fixture_frames (fixture->window, 5);
  press_with_key (find_button (fixture, "Retry"));
  room_fixture_frames (fixture->window, 30);
  assert_at_message (fixture, message);
}

/* A text of which four pages are shown at a time. */
static ChatMessage *
add_long (Fixture *fixture,
          gint64   seq,
          gsize    length)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(ChatMessage) message = NULL;

  while (text->len < length)
    g_string_append (text, "lorem ipsum ");
  message = room_fixture_message (seq, "Ada", text->str);
  g_assert_true (chat_timeline_add (fixture->timeline, message));
  room_fixture_frames (fixture->window, 5);

  return message;
}

static void
test_show_more (Fixture       *fixture,
                gconstpointer  data)
{
  ChatMessage *message;
  double value;

  add_long (fixture, 5000, 5000);
  gtk_widget_grab_focus (fixture->entry);
  click (find_button (fixture, "Show More"));
  room_fixture_frames (fixture->window, 30);
  g_assert_null (room_fixture_find_button (GTK_WIDGET (fixture->view), "Show More"));
  assert_writing (fixture);

  /* The place is where the new text begins: the beginning of the message does not come back into view. */
  message = add_long (fixture, 5001, 5000);
  value = gtk_adjustment_get_value (fixture->adjustment);
  press_with_key (find_button (fixture, "Show More"));
  room_fixture_frames (fixture->window, 30);
  g_assert_null (room_fixture_find_button (GTK_WIDGET (fixture->view), "Show More"));
  assert_at_message (fixture, message);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), >=, value - 1);
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/app/timeline-focus/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("jump-clicked", test_jump_clicked);
  ADD ("jump-pressed", test_jump_pressed);
  ADD ("jump-pressed-far", test_jump_pressed_far);
  ADD ("jump-left", test_jump_left);
  ADD ("jump-scrolled", test_jump_scrolled);
  ADD ("try-again", test_try_again);
  ADD ("retry", test_retry);
  ADD ("show-more", test_show_more);
#undef ADD

  return g_test_run ();
}
