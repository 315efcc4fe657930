/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-room-private.h"
#include "enfilade-room-row.h"
#include "test-app.h"

static EnfiladeRoomRow *
make_row (ChatRoom *room)
{
  EnfiladeRoomRow *row = g_object_ref_sink (ENFILADE_ROOM_ROW (enfilade_room_row_new ()));

  enfilade_room_row_set_room (row, room);

  return row;
}

static void
assert_state (EnfiladeRoomRow *row,
              const char      *expected)
{
  GtkWidget *state = test_find_widget (row, "state");

  if (expected == NULL)
    g_assert_true (state == NULL || !gtk_widget_get_visible (state));
  else
    g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (state)), ==, expected);
}

static void
assert_preview (EnfiladeRoomRow *row,
                const char      *expected)
{
  GtkInscription *preview = GTK_INSCRIPTION (test_find_widget (row, "preview"));

  g_assert_cmpstr (gtk_inscription_get_text (preview), ==, expected);
}

static void
assert_spoken (EnfiladeRoomRow *row,
               const char      *expected)
{
  g_assert_cmpstr (enfilade_room_row_get_spoken (row), ==, expected);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, expected);
}

static void
test_states (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  ChatRoom *room = test_add_room (session, "General", CHAT_MEMBERSHIP_NONE, 0, 0);
  g_autoptr(EnfiladeRoomRow) row = make_row (room);

  assert_state (row, "join");
  assert_preview (row, "Not joined");
  assert_spoken (row, "General, not joined, 0 members, Not joined");

  chat_room_set_membership (room, CHAT_MEMBERSHIP_JOINING, NULL);
  assert_state (row, "busy");
  assert_preview (row, "Joining…");

  chat_room_set_membership (room, CHAT_MEMBERSHIP_FAILED, "The server did not answer in time.");
  assert_state (row, "failed");
  assert_preview (row, "The server did not answer in time.");
  g_assert_true (gtk_widget_has_css_class (test_find_widget (row, "preview"), "error"));

  chat_room_set_membership (room, CHAT_MEMBERSHIP_JOINED, NULL);
  chat_room_set_member_count (room, 4);
  assert_state (row, NULL);
  assert_preview (row, "No messages yet");
  g_assert_false (gtk_widget_has_css_class (test_find_widget (row, "preview"), "error"));
  assert_spoken (row, "General, joined, 4 members, No messages yet");
}

static void
test_unread (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  ChatRoom *room = test_add_room (session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  g_autoptr(EnfiladeRoomRow) row = make_row (room);
  GtkLabel *badge = NULL;

  g_assert_null (test_find_styled (row, "badge"));

  chat_room_set_unread (room, 3, 0);
  badge = GTK_LABEL (test_find_styled (row, "badge"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (badge)));
  g_assert_cmpstr (gtk_label_get_label (badge), ==, "3");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (badge), "mention"));
  assert_spoken (row, "General, joined, 0 members, 3 unread messages, No messages yet");

  chat_room_set_unread (room, 120, 1);
  g_assert_cmpstr (gtk_label_get_label (badge), ==, "99+");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (badge), "mention"));
  g_assert_nonnull (strstr (enfilade_room_row_get_spoken (row), "1 mention"));

  chat_room_set_unread (room, 0, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (badge)));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "unread"));
}

static void
test_last_message (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  ChatRoom *room = test_add_room (session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  g_autoptr(EnfiladeRoomRow) row = make_row (room);

  test_add_message (room, "ana", "<b>bold</b>\n& brave");
  assert_preview (row, "ana: <b>bold</b> & brave");
  g_assert_nonnull (strstr (enfilade_room_row_get_spoken (row), "ana: <b>bold</b> & brave"));
}

static void
test_last_message_changes (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  ChatRoom *room = test_add_room (session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  g_autoptr(EnfiladeRoomRow) row = make_row (room);

  test_add_message (room, "ana", "helo");
  chat_message_set_content (chat_room_get_last_message (room), "hello");
  assert_preview (row, "ana: hello");
  chat_message_set_deleted (chat_room_get_last_message (room));
  assert_preview (row, "ana: This message was deleted");
}

/* What was begun to be written stands there until it is sent, and is spoken. */
static void
test_draft (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  ChatRoom *room = test_add_room (session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  g_autoptr(EnfiladeRoomRow) row = make_row (room);

  test_add_message (room, "ana", "hello");
  chat_room_keep_draft (room, "half a\nsentence", 4, NULL);
  assert_preview (row, "Draft: half a sentence");
  g_assert_nonnull (strstr (enfilade_room_row_get_spoken (row), "Draft: half a sentence"));

  chat_room_keep_draft (room, "", 0, NULL);
  assert_preview (row, "ana: hello");
}

/* A row is used for one room after another, and must not listen to those it showed before. */
static void
test_reuse (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  ChatRoom *first = test_add_room (session, "First", CHAT_MEMBERSHIP_JOINED, 0, 0);
  ChatRoom *second = test_add_room (session, "Second", CHAT_MEMBERSHIP_JOINED, 0, 0);
  g_autoptr(EnfiladeRoomRow) row = make_row (first);

  enfilade_room_row_set_room (row, NULL);
  g_assert_null (enfilade_room_row_get_room (row));
  chat_room_set_unread (first, 5, 0);

  enfilade_room_row_set_room (row, second);
  chat_room_set_unread (first, 6, 0);
  assert_spoken (row, "Second, joined, 0 members, No messages yet");
  g_assert_finalize_object (g_steal_pointer (&row));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/room-row/states", test_states);
  g_test_add_func ("/room-row/unread", test_unread);
  g_test_add_func ("/room-row/last-message", test_last_message);
  g_test_add_func ("/room-row/draft", test_draft);
  g_test_add_func ("/room-row/last-message-changes", test_last_message_changes);
  g_test_add_func ("/room-row/reuse", test_reuse);

  return g_test_run ();
}
