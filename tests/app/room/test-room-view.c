/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"
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

static ChatRoom *
add_room (Fixture    *fixture,
          const char *id,
          const char *name)
{
  ChatRoom *room = g_object_ref (chat_session_ensure_room (fixture->session, id, name));

  room->wanted = TRUE;
  chat_room_set_membership (room, CHAT_MEMBERSHIP_JOINED, NULL);

  return room;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new ("http://localhost:1", "token", 0);

  fixture->session = chat_session_new (credentials);
  fixture->room = add_room (fixture, "general", "General");
  fixture->other = add_room (fixture, "garden", "Garden");

  fixture->view = ENFILADE_ROOM_VIEW (enfilade_room_view_new ());
  fixture->window = room_fixture_present (GTK_WIDGET (fixture->view), 360, 600);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  room_fixture_close (fixture->window);
  chat_session_stop (fixture->session);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->room);
  g_assert_finalize_object (fixture->other);
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

/* A button is pressed with the keyboard, and the server thinks about it. */
static void
begin_joining (Fixture    *fixture,
               const char *label)
{
  GtkWidget *button = room_fixture_find_button (GTK_WIDGET (fixture->view), label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_grab_focus (button));
  fixture->room->membership = CHAT_MEMBERSHIP_JOINING;
  g_signal_emit_by_name (button, "clicked");
  g_object_notify (G_OBJECT (fixture->room), "membership");
  room_fixture_frames (fixture->window, 3);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) != button);
}

static void
end_joining (Fixture *fixture)
{
  ChatJoinResult result = { 0 };

  chat_room_take_joined (fixture->room, &result);
  room_fixture_frames (fixture->window, 3);
  g_assert_cmpint (chat_room_get_membership (fixture->room), ==, CHAT_MEMBERSHIP_JOINED);
}

/* Above that a button, to which GTK leads who loses the focus. */
static GtkWidget *
put_entry_above (Fixture *fixture)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new ();

  g_object_ref (fixture->view);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("The first widget"));
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->view));
  g_object_unref (fixture->view);
  room_fixture_frames (fixture->window, 3);

  return entry;
}

/* Who has joined wants to write, unless they have found something else to do meanwhile. */
static void
test_focus_after_joining (Fixture       *fixture,
                          gconstpointer  data)
{
  GtkWidget *entry = put_entry_above (fixture);
  GtkRoot *root = GTK_ROOT (fixture->window);

  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_NONE, NULL);
  show (fixture, fixture->room);
  begin_joining (fixture, "_Join");
  end_joining (fixture);
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_root_get_focus (root)));

  /* The same from a room that was read before, where the composer has the button. */
  room_fixture_add_many (chat_room_get_timeline (fixture->room), 1, 20);
  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_NONE, NULL);
  room_fixture_frames (fixture->window, 3);
  begin_joining (fixture, "Join");
  end_joining (fixture);
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_root_get_focus (root)));

  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_NONE, NULL);
  room_fixture_frames (fixture->window, 3);
  begin_joining (fixture, "Join");
  gtk_widget_grab_focus (entry);
  end_joining (fixture);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (root), entry));
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

/* Neither a step to undo, nor one to do again, nor a word of what could not be done. */
static void
test_undo_stays_in_its_room (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *long_text = g_strnfill (200000, 'm');
  EnfiladeComposer *composer;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  char *error = NULL;

  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  buffer = gtk_text_view_get_buffer (find (fixture, GTK_TYPE_TEXT_VIEW));
  gtk_text_buffer_insert_at_cursor (buffer, "secret", -1);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_undo (buffer);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "secret");
  gtk_text_buffer_redo (buffer);
  gtk_text_buffer_insert_at_cursor (buffer, long_text, -1);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "");

  show (fixture, fixture->other);
  g_assert_false (gtk_text_buffer_get_can_undo (buffer));
  g_assert_false (gtk_text_buffer_get_can_redo (buffer));
  gtk_text_buffer_undo (buffer);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "");
  g_object_get (composer, "error", &error, NULL);
  g_assert_null (error);
}

static gboolean
is_empty (gpointer user_data)
{
  return *enfilade_composer_get_text (user_data) == '\0';
}

static void
write_and_send (Fixture    *fixture,
                const char *text)
{
  enfilade_composer_set_text (find (fixture, ENFILADE_TYPE_COMPOSER), text);
  g_signal_emit_by_name (room_fixture_find_button (GTK_WIDGET (fixture->view), "Send"), "clicked");
}

static void
test_send (Fixture       *fixture,
           gconstpointer  data)
{
  EnfiladeComposer *composer;
  ChatMessage *message;

  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  write_and_send (fixture, "Good morning");

  /* It is in the field until it is on the disk. */
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "Good morning");
  room_fixture_wait (is_empty, composer);

  message = chat_timeline_get_last (chat_room_get_timeline (fixture->room));
  g_assert_nonnull (message);
  g_assert_cmpstr (chat_message_get_content (message), ==, "Good morning");
  g_assert_cmpint (chat_message_get_delivery (message), ==, CHAT_DELIVERY_WAITING);
}

static gboolean
has_error (gpointer user_data)
{
  g_autofree char *error = NULL;

  g_object_get (user_data, "error", &error, NULL);

  return error != NULL;
}

/* What the room does not take stays in the composer, with the reason. */
static void
test_send_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  EnfiladeComposer *composer;

  /* Few enough characters for the field, too many bytes for a message. */
  for (guint i = 0; i < 99000; i++)
    g_string_append (text, "🎉");

  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  write_and_send (fixture, text->str);
  room_fixture_wait (has_error, composer);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, text->str);
  g_assert_null (chat_timeline_get_last (chat_room_get_timeline (fixture->room)));
}

static gboolean
has_message (gpointer user_data)
{
  return chat_timeline_get_last (chat_room_get_timeline (user_data)) != NULL;
}

/* The room is left before the message is on the disk: it is sent where it was written, and in no draft. */
static void
test_send_and_leave (Fixture       *fixture,
                     gconstpointer  data)
{
  EnfiladeComposer *composer;

  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  write_and_send (fixture, "For the hall");
  enfilade_room_view_set_room (fixture->view, fixture->other);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "");
  enfilade_composer_set_text (composer, "For the garden");

  room_fixture_wait (has_message, fixture->room);
  room_fixture_frames (fixture->window, 3);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "For the garden");
  show (fixture, fixture->room);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "");
}

/* What is written behind a message that is on its way to the disk is a draft of its own, wherever one goes meanwhile. */
static void
test_write_behind_and_leave (Fixture       *fixture,
                             gconstpointer  data)
{
  EnfiladeComposer *composer;

  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  write_and_send (fixture, "For the hall");
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (find (fixture, GTK_TYPE_TEXT_VIEW)), " and more", -1);
  enfilade_room_view_set_room (fixture->view, fixture->other);
  room_fixture_wait (has_message, fixture->room);
  room_fixture_frames (fixture->window, 3);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "");
  show (fixture, fixture->room);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, " and more");
  g_assert_cmpstr (chat_message_get_content (chat_timeline_get_last (chat_room_get_timeline (fixture->room))), ==, "For the hall");
}

static void
test_members (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(ChatMember) member = chat_member_new ("ada", "Ada", 0);
  EnfiladeMembersPane *pane;
  AdwFlap *flap;

  chat_member_list_add (chat_room_get_members (fixture->room), member);
  room_fixture_add_many (chat_room_get_timeline (fixture->room), 1, 20);
  show (fixture, fixture->room);
  flap = find (fixture, ADW_TYPE_FLAP);
  g_assert_null (adw_flap_get_flap (flap));

  enfilade_room_view_set_members_shown (fixture->view, TRUE);
  room_fixture_frames (fixture->window, 5);
  pane = find (fixture, ENFILADE_TYPE_MEMBERS_PANE);
  g_assert_nonnull (pane);
  g_assert_true (enfilade_members_pane_get_members (pane) == chat_room_get_members (fixture->room));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (room_fixture_find (GTK_WIDGET (pane), GTK_TYPE_LABEL))), ==, "1 Member");

  enfilade_room_view_set_members_shown (fixture->view, FALSE);
  room_fixture_frames (fixture->window, 5);
  g_assert_null (find (fixture, ENFILADE_TYPE_MEMBERS_PANE));

  /* Once it is made it follows the room, also while nobody sees it. */
  show (fixture, fixture->other);
  g_assert_true (enfilade_members_pane_get_members (pane) == chat_room_get_members (fixture->other));
  enfilade_room_view_set_members_shown (fixture->view, TRUE);
  room_fixture_frames (fixture->window, 5);
  g_assert_true (find (fixture, ENFILADE_TYPE_MEMBERS_PANE) == pane);
}

/* A pane that was left open is in the first frame; where there is no room there is nobody to show. */
static void
test_members_left_open (Fixture       *fixture,
                        gconstpointer  data)
{
  EnfiladeRoomView *view = ENFILADE_ROOM_VIEW (enfilade_room_view_new ());
  GtkWidget *window, *pane;

  enfilade_room_view_set_members_shown (fixture->view, TRUE);
  room_fixture_frames (fixture->window, 3);
  g_assert_null (adw_flap_get_flap (find (fixture, ADW_TYPE_FLAP)));

  enfilade_room_view_set_members_shown (view, TRUE);
  enfilade_room_view_set_room (view, fixture->room);
  window = room_fixture_present (GTK_WIDGET (view), 800, 600);
  pane = room_fixture_find (GTK_WIDGET (view), ENFILADE_TYPE_MEMBERS_PANE);
  g_assert_nonnull (pane);
  g_assert_cmpint (gtk_widget_get_width (pane), >=, 240);
  room_fixture_close (window);
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

static char *
dup_reply_text (Fixture *fixture)
{
  char *text = NULL;

  g_object_get (find (fixture, ENFILADE_TYPE_COMPOSER), "reply-text", &text, NULL);

  return text;
}

static void
assert_reply_text (Fixture    *fixture,
                   const char *expected)
{
  g_autofree char *text = dup_reply_text (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_reply (Fixture       *fixture,
            gconstpointer  data)
{
  ChatTimeline *timeline = chat_room_get_timeline (fixture->room);
  g_autoptr(ChatMessage) answered = room_fixture_message (1, "Ada", "Who has\nthe key?");
  g_autoptr(ChatMessage) older = NULL;
  EnfiladeComposer *composer;
  ChatMessage *message;

  g_assert_true (chat_timeline_add (timeline, answered));
  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  g_signal_emit_by_name (find (fixture, ENFILADE_TYPE_TIMELINE_VIEW), "reply", answered);
  g_assert_cmpstr (enfilade_composer_get_reply_to (composer), ==, "message-1");
  assert_reply_text (fixture, "Replying to Ada: Who has the key?");

  chat_message_set_content (answered, "Who has it?");
  assert_reply_text (fixture, "Replying to Ada: Who has it?");
  chat_message_set_own (answered, TRUE);
  assert_reply_text (fixture, "Replying to yourself: Who has it?");

  write_and_send (fixture, "I do");
  room_fixture_wait (is_empty, composer);
  g_assert_null (enfilade_composer_get_reply_to (composer));
  message = chat_timeline_get_last (timeline);
  g_assert_cmpstr (chat_message_get_content (message), ==, "I do");
  g_assert_cmpstr (chat_message_get_reply_to (message), ==, "message-1");

  /* A draft may answer what is not loaded, until it is. */
  enfilade_composer_set_reply_to (composer, "message-0");
  assert_reply_text (fixture, "Replying to a message from before");
  older = room_fixture_message (0, "Ben", "Long ago");
  g_assert_true (chat_timeline_add (timeline, older));
  assert_reply_text (fixture, "Replying to Ben: Long ago");
}

/* What is answered in one room is not answered in another. */
static void
test_draft_of_a_reply (Fixture       *fixture,
                       gconstpointer  data)
{
  EnfiladeComposer *composer;

  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  enfilade_composer_set_text (composer, "for the hall");
  enfilade_composer_set_cursor (composer, 4);
  enfilade_composer_set_reply_to (composer, "message-1");

  show (fixture, fixture->other);
  g_assert_null (enfilade_composer_get_reply_to (composer));
  g_assert_cmpint (enfilade_composer_get_cursor (composer), ==, 0);

  show (fixture, fixture->room);
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "for the hall");
  g_assert_cmpint (enfilade_composer_get_cursor (composer), ==, 4);
  g_assert_cmpstr (enfilade_composer_get_reply_to (composer), ==, "message-1");
}

static gboolean
can_reply (Fixture *fixture)
{
  gboolean answer = FALSE;

  g_object_get (find (fixture, ENFILADE_TYPE_TIMELINE_VIEW), "can-reply", &answer, NULL);

  return answer;
}

static void
test_can_reply (Fixture       *fixture,
                gconstpointer  data)
{
  room_fixture_add_many (chat_room_get_timeline (fixture->room), 1, 5);
  show (fixture, fixture->room);
  g_assert_false (can_reply (fixture));

  chat_session_set_features (fixture->session, CHAT_FEATURE_REPLIES);
  g_assert_true (can_reply (fixture));
  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_NONE, NULL);
  g_assert_false (can_reply (fixture));
  chat_room_set_membership (fixture->room, CHAT_MEMBERSHIP_JOINED, NULL);
  g_assert_true (can_reply (fixture));
  chat_session_set_features (fixture->session, CHAT_FEATURE_NONE);
  g_assert_false (can_reply (fixture));
}

static ChatMessage *
add_failed (Fixture    *fixture,
            const char *client_id,
            const char *content,
            const char *reply_to)
{
  g_autoptr(ChatMessage) message = chat_message_new_outgoing (client_id, "general", "me", "Me", content, 1);

  chat_message_set_reply_to (message, reply_to);
  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "No.");
  g_assert_true (chat_timeline_add (chat_room_get_timeline (fixture->room), message));

  return message;
}

static void
test_edit_failed (Fixture       *fixture,
                  gconstpointer  data)
{
  ChatTimeline *timeline = chat_room_get_timeline (fixture->room);
  g_autofree char *long_text = g_strnfill (99999, 'm');
  EnfiladeComposer *composer;

  add_failed (fixture, "c1", "Bring your own cup", "message-7");
  add_failed (fixture, "c2", "and a chair", NULL);
  add_failed (fixture, "c3", long_text, NULL);
  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);

  g_signal_emit_by_name (find (fixture, ENFILADE_TYPE_TIMELINE_VIEW), "edit", chat_timeline_find_by_client_id (timeline, "c1"));
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "Bring your own cup");
  g_assert_cmpstr (enfilade_composer_get_reply_to (composer), ==, "message-7");
  g_assert_null (chat_timeline_find_by_client_id (timeline, "c1"));

  /* What is being written is not lost for it. */
  g_signal_emit_by_name (find (fixture, ENFILADE_TYPE_TIMELINE_VIEW), "edit", chat_timeline_find_by_client_id (timeline, "c2"));
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "and a chair\nBring your own cup");
  g_assert_cmpstr (enfilade_composer_get_reply_to (composer), ==, "message-7");
  g_assert_null (chat_timeline_find_by_client_id (timeline, "c2"));

  /* And what has no room in the composer stays where it is. */
  g_signal_emit_by_name (find (fixture, ENFILADE_TYPE_TIMELINE_VIEW), "edit", chat_timeline_find_by_client_id (timeline, "c3"));
  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "and a chair\nBring your own cup");
  g_assert_nonnull (chat_timeline_find_by_client_id (timeline, "c3"));
}

/* Its echo came while the menu was open: written once more, it would be said twice. */
static void
test_edit_of_what_was_sent (Fixture       *fixture,
                            gconstpointer  data)
{
  ChatMessage *message = add_failed (fixture, "c1", "Bring your own cup", "message-7");
  EnfiladeComposer *composer;

  show (fixture, fixture->room);
  composer = find (fixture, ENFILADE_TYPE_COMPOSER);
  chat_message_set_delivery (message, CHAT_DELIVERY_SENT, NULL);
  g_signal_emit_by_name (find (fixture, ENFILADE_TYPE_TIMELINE_VIEW), "edit", message);

  g_assert_cmpstr (enfilade_composer_get_text (composer), ==, "");
  g_assert_null (enfilade_composer_get_reply_to (composer));
  g_assert_true (chat_timeline_find_by_client_id (chat_room_get_timeline (fixture->room), "c1") == message);
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
  ADD ("focus-after-joining", test_focus_after_joining);
  ADD ("drafts", test_drafts);
  ADD ("undo-stays-in-its-room", test_undo_stays_in_its_room);
  ADD ("send", test_send);
  ADD ("reply", test_reply);
  ADD ("draft-of-a-reply", test_draft_of_a_reply);
  ADD ("can-reply", test_can_reply);
  ADD ("edit-failed", test_edit_failed);
  ADD ("edit-of-what-was-sent", test_edit_of_what_was_sent);
  ADD ("send-refused", test_send_refused);
  ADD ("send-and-leave", test_send_and_leave);
  ADD ("write-behind-and-leave", test_write_behind_and_leave);
  ADD ("members", test_members);
  ADD ("members-left-open", test_members_left_open);
  ADD ("typing", test_typing);
  ADD ("mark-read", test_mark_read);
#undef ADD

  return g_test_run ();
}
