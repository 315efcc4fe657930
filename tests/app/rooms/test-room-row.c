/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"
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
  assert_spoken (row, "General, not joined");

  chat_room_set_membership (room, CHAT_MEMBERSHIP_JOINING, NULL);
  assert_state (row, "busy");
  assert_preview (row, "Joining…");
  assert_spoken (row, "General, joining");

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
  assert_spoken (row, "General, joined, 3 unread messages, No messages yet");

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
  assert_spoken (row, "Second, joined, No messages yet");
  g_assert_finalize_object (g_steal_pointer (&row));
}

static GtkWidget *
find_next (EnfiladeRoomRow *row,
           const char      *id)
{
  return gtk_widget_get_next_sibling (test_find_widget (row, id));
}

/* A server that tells nothing of members is not said to have none. */
static void
test_members (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  ChatRoom *room = test_add_room (session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  g_autoptr(EnfiladeRoomRow) row = make_row (room);
  GtkWidget *icon, *count;

  g_assert_true (find_next (row, "name") == test_find_widget (row, "time"));

  chat_room_set_member_count (room, 4);
  icon = find_next (row, "name");
  count = gtk_widget_get_next_sibling (icon);
  g_assert_true (gtk_widget_get_visible (icon));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (count)), ==, "4");

  chat_room_set_member_count (room, 0);
  g_assert_false (gtk_widget_get_visible (icon));
  g_assert_false (gtk_widget_get_visible (count));
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static ChatMessage *
write_message (ChatRoom   *room,
               const char *client_id)
{
  ChatMessage *message = chat_message_new_outgoing (client_id, chat_room_get_id (room), "u1", "mira", "Hello", 1);
  g_autoptr(GAsyncResult) result = NULL;

  chat_outbox_add_async (room->session->outbox, message, NULL, keep_result, &result);
  test_wait_for (result != NULL);
  g_assert_true (chat_outbox_add_finish (room->session->outbox, result, NULL));

  return message;
}

static void
assert_sign (EnfiladeRoomRow *row,
             const char      *icon_name,
             gboolean         error)
{
  GtkWidget *sign = test_find_styled (row, "undelivered");

  g_assert_true (gtk_widget_get_visible (sign));
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (sign)), ==, icon_name);
  g_assert_cmpint (gtk_widget_has_css_class (sign, "error"), ==, error);
}

/* What was not sent has a sign, which goes with the last such message. */
static void
test_undelivered (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  ChatRoom *room = test_add_room (session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  g_autoptr(EnfiladeRoomRow) row = make_row (room);
  g_autoptr(ChatMessage) first = write_message (room, "c1");
  g_autoptr(ChatMessage) second = write_message (room, "c2");
  g_autoptr(ChatMessage) third = write_message (room, "c3");

  g_assert_null (test_find_styled (row, "undelivered"));

  chat_outbox_mark_sent (session->outbox, third, CHAT_SENT_ONCE);
  chat_outbox_interrupt (session->outbox);
  assert_sign (row, "enfilade-unconfirmed-symbolic", FALSE);
  g_assert_true (g_str_has_prefix (enfilade_room_row_get_spoken (row),
                                   "General, joined, 1 message was not confirmed, You: Hello, "));

  chat_outbox_fail (session->outbox, first, "no");
  chat_outbox_fail (session->outbox, second, "no");
  assert_sign (row, "dialog-warning-symbolic", TRUE);
  g_assert_true (g_str_has_prefix (enfilade_room_row_get_spoken (row),
                                   "General, joined, 2 messages were not sent, 1 message was not confirmed, You: Hello, "));

  chat_room_discard (room, first);
  chat_room_discard (room, third);
  g_assert_true (g_str_has_prefix (enfilade_room_row_get_spoken (row), "General, joined, 1 message was not sent, "));
  chat_room_discard (room, second);
  g_assert_false (gtk_widget_get_visible (test_find_styled (row, "undelivered")));
  assert_spoken (row, "General, joined, No messages yet");
}

typedef struct
{
  GtkWidget *window;
  GtkWidget *row;
} Shown;

static Shown
show (ChatRoom *room)
{
  Shown shown = { gtk_window_new (), enfilade_room_row_new () };

  enfilade_room_row_set_room (ENFILADE_ROOM_ROW (shown.row), room);
  gtk_window_set_child (GTK_WINDOW (shown.window), shown.row);

  return shown;
}

static int
allocate (GtkWidget *row,
          gboolean   narrow)
{
  int minimum, width, height;

  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  width = narrow ? minimum : minimum + 400;
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_size_allocate (row, &(GtkAllocation) { 0, 0, width, height }, -1);

  return width;
}

static graphene_rect_t
get_bounds (GtkWidget *row,
            GtkWidget *child)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, row, &bounds));

  return bounds;
}

/* All that the row shows is in it, and nothing is on anything else. */
static void
assert_apart (GtkWidget *row)
{
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (row), gtk_widget_get_height (row));

  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds = get_bounds (row, child);

      if (!gtk_widget_get_visible (child))
        continue;

      g_assert_true (graphene_rect_contains_rect (&whole, &bounds));
      for (GtkWidget *other = gtk_widget_get_next_sibling (child); other != NULL; other = gtk_widget_get_next_sibling (other))
        {
          graphene_rect_t others = get_bounds (row, other);

          if (gtk_widget_get_visible (other))
            g_assert_false (graphene_rect_intersection (&bounds, &others, NULL) && others.size.width > 0);
        }
    }
}

static ChatRoom *
add_full_room (ChatSession *session)
{
  ChatRoom *room = test_add_room (session, "A room whose name is longer than any list is wide", CHAT_MEMBERSHIP_NONE, 120, 1);
  g_autoptr(ChatMessage) message = write_message (room, "c1");

  chat_room_set_is_private (room, TRUE);
  chat_room_set_member_count (room, 1234);
  test_add_message (room, "ana", "All that is said here is longer than a list is wide, and gives way to what is beside it");
  chat_outbox_fail (session->outbox, message, "no");

  return room;
}

/* However narrow it is, name and text give way, and the rest is there; and at the other side where one reads from the right. */
static void
test_layout (void)
{
  g_autoptr(ChatSession) session = test_new_session ();
  Shown shown = show (add_full_room (session));
  GtkWidget *avatar = gtk_widget_get_first_child (shown.row), *time = test_find_widget (shown.row, "time");
  graphene_rect_t wide_name, narrow_name, bounds;
  int width;

  allocate (shown.row, FALSE);
  assert_apart (shown.row);
  wide_name = get_bounds (shown.row, test_find_widget (shown.row, "name"));
  g_assert_cmpfloat (get_bounds (shown.row, avatar).origin.x, ==, 0);
  bounds = get_bounds (shown.row, time);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, ==, gtk_widget_get_width (shown.row));

  width = allocate (shown.row, TRUE);
  assert_apart (shown.row);
  narrow_name = get_bounds (shown.row, test_find_widget (shown.row, "name"));
  g_assert_cmpfloat (narrow_name.size.width, <, wide_name.size.width);

  gtk_widget_set_direction (shown.row, GTK_TEXT_DIR_RTL);
  for (GtkWidget *child = avatar; child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_direction (child, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (allocate (shown.row, TRUE), ==, width);
  assert_apart (shown.row);
  g_assert_cmpfloat (get_bounds (shown.row, time).origin.x, ==, 0);
  bounds = get_bounds (shown.row, avatar);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, ==, width);

  gtk_window_destroy (GTK_WINDOW (shown.window));
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
  g_test_add_func ("/room-row/members", test_members);
  g_test_add_func ("/room-row/undelivered", test_undelivered);
  g_test_add_func ("/room-row/layout", test_layout);

  return g_test_run ();
}
