/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Going to another place in a room, which takes its time, while the person goes on to something else. What a test does before it lets
 * the main loop run comes before the answer. */

#include "config.h"

#include <glib/gstdio.h>

#include "chat-room-private.h"
#include "enfilade-composer.h"
#include "enfilade-message-row.h"
#include "enfilade-room-view.h"
#include "enfilade-timeline-view.h"
#include "room-fixture.h"

#define N_MESSAGES 1000

/* Long before what is in the window on the room at first, and in it. */
#define FAR_SEQ 100
#define NEAR_ID "message-990"

typedef struct
{
  char             *folder;
  char             *path;
  ChatStore        *store;
  ChatSession      *session;
  ChatRoom         *room;
  EnfiladeRoomView *view;
  GtkWidget        *entry;
  GtkWidget        *window;
  guint             n_moves;
} Fixture;

static void
moved_cb (Fixture *fixture)
{
  if (chat_room_get_has_newer (fixture->room))
    fixture->n_moves++;
}

static gpointer
find (Fixture *fixture,
      GType    type)
{
  return room_fixture_find (GTK_WIDGET (fixture->view), type);
}

static EnfiladeTimelineView *
get_timeline_view (Fixture *fixture)
{
  return find (fixture, ENFILADE_TYPE_TIMELINE_VIEW);
}

static void
focus_composer (Fixture *fixture)
{
  g_assert_true (gtk_widget_grab_focus (find (fixture, GTK_TYPE_TEXT_VIEW)));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->folder = g_dir_make_tmp ("enfilade-loader-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "conversations.db", NULL);
  fixture->store = room_fixture_fill_store (fixture->path, N_MESSAGES, N_MESSAGES);
  fixture->session = room_fixture_session (fixture->store);
  fixture->room = chat_room_list_find (chat_session_get_rooms (fixture->session), "general");
  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_JOINED, NULL);

  fixture->view = ENFILADE_ROOM_VIEW (enfilade_room_view_new ());
  fixture->entry = gtk_entry_new ();
  gtk_box_append (GTK_BOX (box), fixture->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->view));
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->view), TRUE);
  fixture->window = room_fixture_present (box, 520, 640);
  enfilade_room_view_set_room (fixture->view, fixture->room);
  room_fixture_frames (fixture->window, 4);
  g_signal_connect_swapped (fixture->room, "notify::has-newer", G_CALLBACK (moved_cb), fixture);
  focus_composer (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (fixture->room, fixture);
  room_fixture_close (fixture->window);
  chat_session_stop (fixture->session);
  g_assert_finalize_object (fixture->session);
  chat_store_close (fixture->store);
  g_assert_finalize_object (fixture->store);
  g_assert_true (chat_store_delete (fixture->path, NULL));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window));
}

static void
show_far (Fixture *fixture)
{
  g_autoptr(ChatMessage) message = room_fixture_message (FAR_SEQ, "Ada", "");
  g_autoptr(GDateTime) date = chat_message_dup_date_time (message);

  enfilade_room_view_show_date (fixture->view, date);
}

static gboolean
has_moved (gpointer user_data)
{
  return ((Fixture *) user_data)->n_moves > 0;
}

static void
wait_for_far (Fixture *fixture)
{
  room_fixture_wait (has_moved, fixture);
  room_fixture_frames (fixture->window, 6);
}

static void
assert_focus_is_at_message (Fixture *fixture)
{
  g_assert_nonnull (get_focus (fixture));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (get_focus (fixture)), ==, "EnfiladeMessageRow");
}

/* Who waits for it is led there. */
static void
test_waiting (Fixture       *fixture,
              gconstpointer  data)
{
  show_far (fixture);
  wait_for_far (fixture);
  assert_focus_is_at_message (fixture);
}

static void
test_writing (Fixture       *fixture,
              gconstpointer  data)
{
  GtkTextView *field = find (fixture, GTK_TYPE_TEXT_VIEW);

  show_far (fixture);
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (field), "Good morning", -1);
  wait_for_far (fixture);
  g_assert_true (get_focus (fixture) == GTK_WIDGET (field));

  /* The next time is another one. */
  enfilade_room_view_show_message (fixture->view, "message-500");
  room_fixture_frames (fixture->window, 12);
  assert_focus_is_at_message (fixture);
}

static void
test_gone_elsewhere (Fixture       *fixture,
                     gconstpointer  data)
{
  show_far (fixture);
  gtk_widget_grab_focus (fixture->entry);
  wait_for_far (fixture);
  g_assert_true (gtk_widget_is_ancestor (get_focus (fixture), fixture->entry));
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

/* The menu that it was asked in goes away, and gives the focus back to where it was. */
static void
test_from_a_menu (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkWidget *menu = gtk_popover_new ();
  GtkWidget *item = gtk_button_new_with_label ("First Unread Message");

  gtk_popover_set_child (GTK_POPOVER (menu), item);
  gtk_widget_set_parent (menu, fixture->entry);
  gtk_popover_popup (GTK_POPOVER (menu));
  room_fixture_wait (is_mapped, item);
  g_assert_true (gtk_widget_grab_focus (item));

  show_far (fixture);
  gtk_popover_popdown (GTK_POPOVER (menu));
  focus_composer (fixture);
  wait_for_far (fixture);
  assert_focus_is_at_message (fixture);
  gtk_widget_unparent (menu);
}

static void
assert_stays_at_newest (Fixture *fixture)
{
  room_fixture_frames (fixture->window, 12);
  g_assert_cmpuint (fixture->n_moves, ==, 0);
  g_assert_true (enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)));
  g_assert_true (GTK_IS_TEXT_VIEW (get_focus (fixture)));
}

static void
test_newest (Fixture       *fixture,
             gconstpointer  data)
{
  show_far (fixture);
  enfilade_timeline_view_scroll (get_timeline_view (fixture), GTK_SCROLL_END);
  assert_stays_at_newest (fixture);
}

static gboolean
is_sent (gpointer user_data)
{
  return *enfilade_composer_get_text (user_data) == '\0';
}

static void
test_sent (Fixture       *fixture,
           gconstpointer  data)
{
  EnfiladeComposer *composer = find (fixture, ENFILADE_TYPE_COMPOSER);

  enfilade_composer_set_text (composer, "Good morning");
  g_signal_emit_by_name (room_fixture_find_button (GTK_WIDGET (fixture->view), "Send"), "clicked");
  show_far (fixture);
  room_fixture_wait (is_sent, composer);
  room_fixture_frames (fixture->window, 12);
  g_assert_true (enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)));
}

static gboolean
is_at_near (gpointer user_data)
{
  Fixture *fixture = user_data;
  GtkWidget *row = get_focus (fixture);

  return ENFILADE_IS_MESSAGE_ROW (row) &&
         g_strcmp0 (chat_message_get_id (enfilade_message_row_get_message (ENFILADE_MESSAGE_ROW (row))), NEAR_ID) == 0;
}

/* Of two only the later one counts, whichever is found first. */
static void
test_two (Fixture       *fixture,
          gconstpointer  data)
{
  show_far (fixture);
  enfilade_room_view_show_message (fixture->view, NEAR_ID);
  room_fixture_wait (is_at_near, fixture);
  room_fixture_frames (fixture->window, 12);
  g_assert_true (is_at_near (fixture));
  g_assert_cmpuint (fixture->n_moves, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/app/loader/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("waiting", test_waiting);
  ADD ("writing", test_writing);
  ADD ("gone-elsewhere", test_gone_elsewhere);
  ADD ("from-a-menu", test_from_a_menu);
  ADD ("newest", test_newest);
  ADD ("sent", test_sent);
  ADD ("two", test_two);
#undef ADD

  return g_test_run ();
}
