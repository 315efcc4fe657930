/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-room-private.h"
#include "enfilade-composer.h"
#include "enfilade-members-pane.h"
#include "enfilade-room-view.h"
#include "enfilade-timeline-view.h"
#include "enfilade-typing-line.h"
#include "room-fixture.h"

/* A session that was never started: its rooms are what the test says. */
typedef struct
{
  ChatSession      *session;
  ChatRoom         *room;
  ChatRoom         *other;
  EnfiladeRoomView *view;
  GtkWidget        *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new ("http://localhost:1", "token", 0);

  fixture->session = chat_session_new (credentials);
  fixture->room = chat_room_new (fixture->session, "general", "General");
  fixture->other = chat_room_new (fixture->session, "garden", "Garden");
  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_JOINED, NULL);
  chat_room_set_membership (fixture->other, CHAT_MEMBERSHIP_JOINED, NULL);

  fixture->view = ENFILADE_ROOM_VIEW (enfilade_room_view_new ());
  fixture->window = room_fixture_present (GTK_WIDGET (fixture->view), 360, 600);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  room_fixture_close (fixture->window);
  g_assert_finalize_object (fixture->room);
  g_assert_finalize_object (fixture->other);
  g_object_unref (fixture->session);
}

static void
show (Fixture  *fixture,
      ChatRoom *room)
{
  enfilade_room_view_set_room (fixture->view, room);
  room_fixture_frames (fixture->window, 3);
}

static gpointer
find (Fixture *fixture,
      GType    type)
{
  return room_fixture_find (GTK_WIDGET (fixture->view), type);
}

static void
assert_status (Fixture    *fixture,
               const char *title,
               const char *description,
               const char *button)
{
  AdwStatusPage *page;

  room_fixture_frames (fixture->window, 3);
  page = find (fixture, ADW_TYPE_STATUS_PAGE);
  g_assert_nonnull (page);
  g_assert_cmpstr (adw_status_page_get_title (page), ==, title);
  if (description != NULL)
    g_assert_cmpstr (adw_status_page_get_description (page), ==, description);
  if (button != NULL)
    {
      GtkWidget *widget = room_fixture_find_button (GTK_WIDGET (page), button);

      g_assert_nonnull (widget);
      enfilade_room_view_focus_composer (fixture->view);
      g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == widget);
    }
}

static void
test_states (Fixture       *fixture,
             gconstpointer  data)
{
  assert_status (fixture, "No Room Selected", NULL, NULL);

  show (fixture, fixture->room);
  assert_status (fixture, "No Messages Yet", NULL, NULL);
  g_assert_nonnull (find (fixture, ENFILADE_TYPE_COMPOSER));

  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_NONE, NULL);
  assert_status (fixture, "General", NULL, "_Join");
  g_assert_null (find (fixture, ENFILADE_TYPE_COMPOSER));

  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_JOINING, NULL);
  assert_status (fixture, "Joining General…", NULL, NULL);

  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_FAILED, "No <room> & no reason.");
  assert_status (fixture, "Could Not Join", "No &lt;room&gt; &amp; no reason.", "_Try Again");

  show (fixture, NULL);
  assert_status (fixture, "No Room Selected", NULL, NULL);
}

/* What was read stays, and the composer says why nothing can be written. */
static void
test_left_with_messages (Fixture       *fixture,
                         gconstpointer  data)
{
  room_fixture_add_many (chat_room_get_timeline (fixture->room), 1, 20);
  show (fixture, fixture->room);
  g_assert_nonnull (find (fixture, ENFILADE_TYPE_TIMELINE_VIEW));
  g_assert_nonnull (find (fixture, GTK_TYPE_TEXT_VIEW));

  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_NONE, NULL);
  room_fixture_frames (fixture->window, 3);
  g_assert_nonnull (find (fixture, ENFILADE_TYPE_TIMELINE_VIEW));
  g_assert_null (find (fixture, GTK_TYPE_TEXT_VIEW));
  g_assert_nonnull (room_fixture_find_button (GTK_WIDGET (fixture->view), "Join"));

  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_FAILED, "The server did not answer.");
  room_fixture_frames (fixture->window, 3);
  g_assert_nonnull (room_fixture_find_button (GTK_WIDGET (fixture->view), "Try Again"));

  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_JOINED, NULL);
  room_fixture_frames (fixture->window, 3);
  g_assert_nonnull (find (fixture, GTK_TYPE_TEXT_VIEW));
}

static void
test_drafts (Fixture       *fixture,
             gconstpointer  data)
{
  EnfiladeComposer *composer;

  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  enfilade_composer_set_text (composer, "for the hall");

  show (fixture, fixture->other);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "");
  enfilade_composer_set_text (composer, "for the garden");

  show (fixture, fixture->room);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "for the hall");
  enfilade_composer_set_text (composer, NULL);
  show (fixture, fixture->other);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "for the garden");
  show (fixture, fixture->room);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "");
}

static void
test_send (Fixture       *fixture,
           gconstpointer  data)
{
  EnfiladeComposer *composer;
  ChatMessage *message;
  gboolean taken = FALSE;

  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  g_signal_emit_by_name (composer, "send", "Good morning", &taken);
  g_assert_true (taken);

  message = chat_timeline_get_last (chat_room_get_timeline (fixture->room));
  g_assert_nonnull (message);
  g_assert_cmpstr (chat_message_get_content (message), ==, "Good morning");
  g_assert_cmpint (chat_message_get_delivery (message), ==, CHAT_DELIVERY_WAITING);

  /* What the room does not take stays in the composer, with the reason. */
  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_LEAVING, NULL);
  g_signal_emit_by_name (composer, "send", "Too late", &taken);
  g_assert_false (taken);
}

static void
test_members (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(ChatMember) member = chat_member_new ("ada", "Ada", 0);

  chat_member_list_add (chat_room_get_members (fixture->room), member);
  room_fixture_add_many (chat_room_get_timeline (fixture->room), 1, 20);
  show (fixture, fixture->room);
  g_assert_null (find (fixture, ENFILADE_TYPE_MEMBERS_PANE));

  enfilade_room_view_set_members_shown (fixture->view, TRUE);
  room_fixture_frames (fixture->window, 5);
  g_assert_nonnull (find (fixture, ENFILADE_TYPE_MEMBERS_PANE));
  g_assert_true (enfilade_members_pane_get_members (find (fixture, ENFILADE_TYPE_MEMBERS_PANE))
                 == chat_room_get_members (fixture->room));

  enfilade_room_view_set_members_shown (fixture->view, FALSE);
  room_fixture_frames (fixture->window, 5);
  g_assert_null (find (fixture, ENFILADE_TYPE_MEMBERS_PANE));
}

static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  EnfiladeTypingLine *line;

  show (fixture, fixture->room);
  line = find (fixture, ENFILADE_TYPE_TYPING_LINE);
  chat_room_take_typing (fixture->room, "ada", "Ada");
  g_assert_cmpstr (enfilade_typing_line_get_label (line), ==, "Ada is typing…");

  show (fixture, fixture->other);
  g_assert_cmpstr (enfilade_typing_line_get_label (line), ==, "");
  show (fixture, fixture->room);
  g_assert_cmpstr (enfilade_typing_line_get_label (line), ==, "Ada is typing…");
}

static gboolean
is_used (Fixture *fixture)
{
  return gtk_window_is_active (GTK_WINDOW (fixture->window));
}

static gboolean
is_read_or_unused (gpointer user_data)
{
  Fixture *fixture = user_data;

  return chat_room_get_unread (fixture->room) == 0 || !is_used (fixture);
}

/* Read is what stands before the eyes in a window that is used. Whether ours is, decides the display that the test runs on,
 * where other windows come and go. */
static void
test_mark_read (Fixture       *fixture,
                gconstpointer  data)
{
  gboolean used = FALSE;

  room_fixture_add_many (chat_room_get_timeline (fixture->room), 1, 5);
  chat_room_set_unread (fixture->room, 5, 1);
  show (fixture, fixture->room);
  used = is_used (fixture);

  room_fixture_wait (is_read_or_unused, fixture);
  if (!used && !is_used (fixture))
    g_assert_cmpuint (chat_room_get_unread (fixture->room), ==, 5);
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/app/room-view/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("states", test_states);
  ADD ("left-with-messages", test_left_with_messages);
  ADD ("drafts", test_drafts);
  ADD ("send", test_send);
  ADD ("members", test_members);
  ADD ("typing", test_typing);
  ADD ("mark-read", test_mark_read);
#undef ADD

  return g_test_run ();
}
