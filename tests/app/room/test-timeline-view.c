/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-day-row.h"
#include "enfilade-message-row.h"
#include "enfilade-timeline-view.h"
#include "enfilade-unread-row.h"
#include "room-fixture.h"

typedef struct
{
  EnfiladeTimelineView *view;
  ChatTimeline         *timeline;
  GtkWidget            *window;
  GtkWidget            *list;
  GtkAdjustment        *adjustment;
  ChatMessage          *told;
  guint                 n_asked;
} Fixture;

static void
load_older_cb (EnfiladeTimelineView *view,
               Fixture              *fixture)
{
  fixture->n_asked++;
}

static void
told_cb (EnfiladeTimelineView *view,
         ChatMessage          *message,
         Fixture              *fixture)
{
  fixture->told = message;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *scroller;

  fixture->timeline = chat_timeline_new ();
  fixture->view = ENFILADE_TIMELINE_VIEW (enfilade_timeline_view_new ());
  g_signal_connect (fixture->view, "load-older", G_CALLBACK (load_older_cb), fixture);
  g_signal_connect (fixture->view, "retry", G_CALLBACK (told_cb), fixture);
  g_signal_connect (fixture->view, "discard", G_CALLBACK (told_cb), fixture);
  room_fixture_add_many (fixture->timeline, 1000, GPOINTER_TO_UINT (data));

  fixture->window = room_fixture_present (GTK_WIDGET (fixture->view), 500, 600);
  fixture->list = room_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_LIST_VIEW);
  scroller = room_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_SCROLLED_WINDOW);
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  room_fixture_close (fixture->window);
  g_assert_finalize_object (fixture->timeline);
}

static void
open_timeline (Fixture *fixture)
{
  enfilade_timeline_view_set_timeline (fixture->view, fixture->timeline);
  room_fixture_frames (fixture->window, 5);
}

static GtkWidget *
find_row (Fixture     *fixture,
          ChatMessage *message)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (fixture->list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (ENFILADE_IS_MESSAGE_ROW (row) && enfilade_message_row_get_message (ENFILADE_MESSAGE_ROW (row)) == message)
        return row;
    }

  return NULL;
}

static GtkWidget *
find_jump (Fixture *fixture)
{
  return room_fixture_find_button (GTK_WIDGET (fixture->view), "Newest Messages");
}

static void
test_spoken (Fixture       *fixture,
             gconstpointer  data)
{
  open_timeline (fixture);
  gtk_test_accessible_assert_role (fixture->list, GTK_ACCESSIBLE_ROLE_LOG);
  gtk_test_accessible_assert_property (fixture->list, GTK_ACCESSIBLE_PROPERTY_LABEL, "Messages");

  gtk_adjustment_set_value (fixture->adjustment, 0);
  enfilade_timeline_view_set_n_new (fixture->view, 3);
  room_fixture_frames (fixture->window, 3);
  g_assert_nonnull (find_jump (fixture));
  gtk_test_accessible_assert_property (find_jump (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Go to the newest messages, 3 new");
}

static void
test_jump (Fixture       *fixture,
           gconstpointer  data)
{
  open_timeline (fixture);
  enfilade_timeline_view_set_n_new (fixture->view, 2);
  g_assert_null (room_fixture_find_styled (GTK_WIDGET (fixture->view), "jump"));

  gtk_adjustment_set_value (fixture->adjustment, 100);
  room_fixture_frames (fixture->window, 3);
  g_assert_nonnull (find_jump (fixture));
  gtk_test_accessible_assert_property (find_jump (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Go to the newest messages, 2 new");
  enfilade_timeline_view_set_n_new (fixture->view, 0);
  gtk_test_accessible_assert_property (find_jump (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL, "Go to the newest messages");

  g_signal_emit_by_name (find_jump (fixture), "clicked");
  room_fixture_frames (fixture->window, 5);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
  g_assert_null (find_jump (fixture));
}

static void
test_days (Fixture       *fixture,
           gconstpointer  data)
{
  open_timeline (fixture);
  enfilade_timeline_view_scroll (fixture->view, GTK_SCROLL_START);
  room_fixture_frames (fixture->window, 3);

  g_assert_nonnull (room_fixture_find (GTK_WIDGET (fixture->view), ENFILADE_TYPE_DAY_ROW));
  g_assert_null (room_fixture_find (GTK_WIDGET (fixture->view), ENFILADE_TYPE_UNREAD_ROW));
}

static void
test_opens_at_unread (Fixture       *fixture,
                      gconstpointer  data)
{
  GtkWidget *marker;
  graphene_rect_t bounds;

  chat_timeline_set_unread_after (fixture->timeline, 1040);
  open_timeline (fixture);

  marker = room_fixture_find (GTK_WIDGET (fixture->view), ENFILADE_TYPE_UNREAD_ROW);
  g_assert_nonnull (marker);
  gtk_test_accessible_assert_property (marker, GTK_ACCESSIBLE_PROPERTY_LABEL, "New messages");
  g_assert_true (gtk_widget_compute_bounds (marker, GTK_WIDGET (fixture->view), &bounds));
  g_assert_cmpfloat (bounds.origin.y, >, 0);
  g_assert_cmpfloat (bounds.origin.y, <, 300);
  g_assert_false (enfilade_timeline_view_get_at_newest (fixture->view));
}

/* When all that is unread fits, the newest is in view, and the room counts as read. */
static void
test_opens_at_end_of_unread (Fixture       *fixture,
                             gconstpointer  data)
{
  chat_timeline_set_unread_after (fixture->timeline, 1098);
  open_timeline (fixture);
  g_assert_nonnull (room_fixture_find (GTK_WIDGET (fixture->view), ENFILADE_TYPE_UNREAD_ROW));

  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_upper (fixture->adjustment));
  room_fixture_frames (fixture->window, 3);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
}

static gboolean
was_asked (gpointer user_data)
{
  return ((Fixture *) user_data)->n_asked > 0;
}

static void
test_load_older (Fixture       *fixture,
                 gconstpointer  data)
{
  open_timeline (fixture);
  g_assert_cmpuint (fixture->n_asked, ==, 0);

  gtk_adjustment_set_value (fixture->adjustment, 800);
  room_fixture_wait (was_asked, fixture);

  /* Once asked, it is not asked again until the answer is there. */
  enfilade_timeline_view_set_loading_older (fixture->view, TRUE);
  fixture->n_asked = 0;
  gtk_adjustment_set_value (fixture->adjustment, 400);
  room_fixture_frames (fixture->window, 5);
  g_assert_cmpuint (fixture->n_asked, ==, 0);

  room_fixture_add_many (fixture->timeline, 900, 40);
  enfilade_timeline_view_set_loading_older (fixture->view, FALSE);
  room_fixture_frames (fixture->window, 5);
}

static void
test_load_older_short (Fixture       *fixture,
                       gconstpointer  data)
{
  open_timeline (fixture);
  room_fixture_wait (was_asked, fixture);
}

static void
test_load_older_failed (Fixture       *fixture,
                        gconstpointer  data)
{
  GtkWidget *again;

  open_timeline (fixture);
  room_fixture_wait (was_asked, fixture);
  enfilade_timeline_view_set_older_error (fixture->view, "The server did not answer.");
  fixture->n_asked = 0;
  gtk_adjustment_set_value (fixture->adjustment, 0);
  room_fixture_frames (fixture->window, 5);
  g_assert_cmpuint (fixture->n_asked, ==, 0);

  again = room_fixture_find_button (GTK_WIDGET (fixture->view), "Try Again");
  g_assert_nonnull (again);
  g_signal_emit_by_name (again, "clicked");
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  room_fixture_frames (fixture->window, 3);
  g_assert_null (room_fixture_find_button (GTK_WIDGET (fixture->view), "Try Again"));
}

/* Who goes away from where it failed is not told of it any more, and asks again by coming back. */
static void
test_load_older_failed_far (Fixture       *fixture,
                            gconstpointer  data)
{
  open_timeline (fixture);
  gtk_adjustment_set_value (fixture->adjustment, 0);
  room_fixture_wait (was_asked, fixture);
  enfilade_timeline_view_set_older_error (fixture->view, "The server did not answer.");
  fixture->n_asked = 0;

  gtk_adjustment_set_value (fixture->adjustment, 100);
  room_fixture_frames (fixture->window, 5);
  g_assert_nonnull (room_fixture_find_button (GTK_WIDGET (fixture->view), "Try Again"));
  g_assert_cmpuint (fixture->n_asked, ==, 0);

  enfilade_timeline_view_scroll_to_newest (fixture->view);
  room_fixture_frames (fixture->window, 5);
  g_assert_null (room_fixture_find_button (GTK_WIDGET (fixture->view), "Try Again"));

  gtk_adjustment_set_value (fixture->adjustment, 100);
  room_fixture_wait (was_asked, fixture);
}

static gboolean
is_in (GtkWidget *widget,
       GtkWidget *ancestor)
{
  return widget != NULL && (widget == ancestor || gtk_widget_is_ancestor (widget, ancestor));
}

static void
test_tab (Fixture       *fixture,
          gconstpointer  data)
{
  GtkWidget *last;
  double value;

  open_timeline (fixture);
  value = gtk_adjustment_get_value (fixture->adjustment);
  last = find_row (fixture, chat_timeline_get_last (fixture->timeline));

  /* Into the newest, through what it holds, and out again: not through a hundred others. */
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->view), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == last);
  for (guint i = 0; i < 4 && gtk_widget_child_focus (GTK_WIDGET (fixture->view), GTK_DIR_TAB_FORWARD); i++)
    {
      g_assert_cmpuint (i, <, 3);
      g_assert_true (is_in (gtk_root_get_focus (GTK_ROOT (fixture->window)), last));
    }

  room_fixture_frames (fixture->window, 3);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (fixture->adjustment), value, 0.5);
}

/* The arrow keys go from row to row; one that took no focus would stop them. */
static void
test_every_row_takes_focus (Fixture       *fixture,
                            gconstpointer  data)
{
  GtkWidget *child;
  guint n_dividers = 0;

  chat_timeline_set_unread_after (fixture->timeline, 1001);
  open_timeline (fixture);
  enfilade_timeline_view_scroll (fixture->view, GTK_SCROLL_START);
  room_fixture_frames (fixture->window, 3);

  for (child = gtk_widget_get_first_child (fixture->list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (row == NULL || !gtk_widget_get_mapped (child))
        continue;

      n_dividers += ENFILADE_IS_DAY_ROW (row) || ENFILADE_IS_UNREAD_ROW (row);
      g_assert_true (gtk_widget_grab_focus (row));
      g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == row);
    }
  g_assert_cmpuint (n_dividers, ==, 2);
}

static void
close_menu (Fixture *fixture)
{
  gtk_popover_popdown (GTK_POPOVER (room_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU)));
  room_fixture_frames (fixture->window, 3);
}

static void
test_menu (Fixture       *fixture,
           gconstpointer  data)
{
  ChatMessage *message = chat_timeline_get_last (fixture->timeline);
  GtkWidget *row;

  open_timeline (fixture);
  row = find_row (fixture, message);
  g_assert_null (room_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU));

  g_signal_emit_by_name (row, "menu-key");
  room_fixture_frames (fixture->window, 3);
  g_assert_nonnull (room_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU));

  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.copy", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.retry", NULL);
  g_assert_null (fixture->told);

  chat_message_set_own (message, TRUE);
  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "No.");
  g_signal_emit_by_name (row, "menu-key");
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.retry", NULL);
  g_assert_true (fixture->told == message);
  fixture->told = NULL;
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.discard", NULL);
  g_assert_true (fixture->told == message);
  close_menu (fixture);
}

static ChatMessage *
add_answer (Fixture    *fixture,
            gint64      seq,
            const char *reply_to)
{
  g_autoptr(ChatMessage) message = room_fixture_message (seq, "Ada", "an answer");

  chat_message_set_reply_to (message, reply_to);
  g_assert_true (chat_timeline_add (fixture->timeline, message));

  return message;
}

static ChatMessage *
get_quoted (Fixture     *fixture,
            ChatMessage *answer)
{
  ChatMessage *quoted = NULL;

  room_fixture_frames (fixture->window, 3);
  g_assert_nonnull (find_row (fixture, answer));
  g_object_get (find_row (fixture, answer), "quoted", &quoted, NULL);
  /* The row holds it, too. */
  if (quoted != NULL)
    g_object_unref (quoted);

  return quoted;
}

static void
test_quotes (Fixture       *fixture,
             gconstpointer  data)
{
  ChatMessage *answer = add_answer (fixture, 5000, "message-999");
  ChatMessage *other = add_answer (fixture, 5001, "message-1001");

  open_timeline (fixture);
  g_assert_null (get_quoted (fixture, answer));
  g_assert_true (get_quoted (fixture, other) == chat_timeline_find (fixture->timeline, "message-1001"));

  /* What is answered comes with the older messages. */
  room_fixture_add_many (fixture->timeline, 998, 2);
  g_assert_true (get_quoted (fixture, answer) == chat_timeline_find (fixture->timeline, "message-999"));

  chat_timeline_remove (fixture->timeline, chat_timeline_find (fixture->timeline, "message-999"));
  g_assert_null (get_quoted (fixture, answer));
}

static void
show_message_cb (EnfiladeTimelineView  *view,
                 const char            *id,
                 char                 **asked)
{
  g_free (*asked);
  *asked = g_strdup (id);
}

typedef struct
{
  Fixture     *fixture;
  ChatMessage *message;
} Shown;

static gboolean
is_shown (gpointer user_data)
{
  Shown *shown = user_data;
  GtkWidget *row = find_row (shown->fixture, shown->message);

  return row != NULL && gtk_widget_has_css_class (row, "shown") &&
         gtk_root_get_focus (GTK_ROOT (shown->fixture->window)) == row;
}

static gboolean
is_plain (gpointer user_data)
{
  Shown *shown = user_data;

  return !gtk_widget_has_css_class (find_row (shown->fixture, shown->message), "shown");
}

static void
test_show_message (Fixture       *fixture,
                   gconstpointer  data)
{
  ChatMessage *answer = add_answer (fixture, 5000, "message-1010");
  ChatMessage *target = chat_timeline_find (fixture->timeline, "message-1010");
  Shown shown = { fixture, target };
  g_autofree char *asked = NULL;
  graphene_rect_t bounds;

  open_timeline (fixture);
  g_signal_connect (fixture->view, "show-message", G_CALLBACK (show_message_cb), &asked);
  g_signal_emit_by_name (find_row (fixture, answer), "show-message", "message-1010");
  g_assert_cmpstr (asked, ==, "message-1010");

  g_assert_false (enfilade_timeline_view_show_message (fixture->view, "message-1", TRUE));
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));

  g_assert_true (enfilade_timeline_view_show_message (fixture->view, "message-1010", TRUE));
  room_fixture_wait (is_shown, &shown);
  room_fixture_frames (fixture->window, 3);
  g_assert_true (gtk_widget_compute_bounds (find_row (fixture, target), GTK_WIDGET (fixture->view), &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y, <, 600);
  g_assert_false (enfilade_timeline_view_get_at_newest (fixture->view));

  /* It is not pointed out for ever. */
  room_fixture_wait (is_plain, &shown);

  /* Only one is pointed out. */
  shown.message = chat_timeline_find (fixture->timeline, "message-1011");
  g_assert_true (enfilade_timeline_view_show_message (fixture->view, "message-1011", TRUE));
  room_fixture_wait (is_shown, &shown);
  if (find_row (fixture, target) != NULL)
    g_assert_false (gtk_widget_has_css_class (find_row (fixture, target), "shown"));
}

static void
test_reply_menu (Fixture       *fixture,
                 gconstpointer  data)
{
  ChatMessage *message = chat_timeline_get_last (fixture->timeline);
  GtkWidget *row;

  open_timeline (fixture);
  row = find_row (fixture, message);
  g_signal_connect (fixture->view, "reply", G_CALLBACK (told_cb), fixture);
  g_signal_connect (fixture->view, "edit", G_CALLBACK (told_cb), fixture);

  /* The server knows no replies. */
  g_signal_emit_by_name (row, "menu-key");
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.reply", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.edit", NULL);
  g_assert_null (fixture->told);
  close_menu (fixture);

  enfilade_timeline_view_set_can_reply (fixture->view, TRUE);
  g_signal_emit_by_name (row, "menu-key");
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.reply", NULL);
  g_assert_true (fixture->told == message);
  close_menu (fixture);

  fixture->told = NULL;
  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "No.");
  g_signal_emit_by_name (row, "menu-key");
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.edit", NULL);
  g_assert_true (fixture->told == message);
  close_menu (fixture);
}

/* The message changes while its menu is open. */
static void
test_menu_follows_its_message (Fixture       *fixture,
                               gconstpointer  data)
{
  ChatMessage *message = chat_timeline_get_last (fixture->timeline);
  GtkWidget *row;

  open_timeline (fixture);
  row = find_row (fixture, message);
  g_signal_connect (fixture->view, "reply", G_CALLBACK (told_cb), fixture);
  g_signal_connect (fixture->view, "edit", G_CALLBACK (told_cb), fixture);
  chat_message_set_own (message, TRUE);
  chat_message_set_delivery (message, CHAT_DELIVERY_UNCONFIRMED, NULL);
  g_signal_emit_by_name (row, "menu-key");
  room_fixture_frames (fixture->window, 3);

  chat_message_set_delivery (message, CHAT_DELIVERY_SENT, NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.edit", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.discard", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.retry", NULL);
  g_assert_null (fixture->told);

  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "No.");
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.edit", NULL);
  g_assert_true (fixture->told == message);
  fixture->told = NULL;

  enfilade_timeline_view_set_can_reply (fixture->view, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.reply", NULL);
  g_assert_true (fixture->told == message);
  fixture->told = NULL;

  /* Nothing can be done with it any more. */
  chat_message_set_deleted (message);
  room_fixture_frames (fixture->window, 3);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.reply", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.edit", NULL);
  g_assert_null (fixture->told);
  g_assert_null (room_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU));
}

/* Not even what was last done with another message. */
static void
test_no_menu_of_a_deleted_message (Fixture       *fixture,
                                   gconstpointer  data)
{
  ChatMessage *message = chat_timeline_get_last (fixture->timeline);
  GtkWidget *row;

  open_timeline (fixture);
  enfilade_timeline_view_set_can_reply (fixture->view, TRUE);
  g_signal_connect (fixture->view, "reply", G_CALLBACK (told_cb), fixture);
  row = find_row (fixture, message);
  g_signal_emit_by_name (row, "menu-key");
  close_menu (fixture);

  chat_message_set_deleted (message);
  g_signal_emit_by_name (row, "menu-key");
  room_fixture_frames (fixture->window, 3);
  g_assert_null (room_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.reply", NULL);
  g_assert_null (fixture->told);
}

static void
text_cb (GObject      *clipboard,
         GAsyncResult *result,
         gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static gboolean
has_text (gpointer user_data)
{
  return *(char **) user_data != NULL;
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  ChatMessage *message = chat_timeline_get_last (fixture->timeline);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->view));
  g_autofree char *text = NULL;

  open_timeline (fixture);
  g_signal_emit_by_name (find_row (fixture, message), "menu-key");
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "message.copy", NULL);

  gdk_clipboard_read_text_async (clipboard, NULL, text_cb, &text);
  room_fixture_wait (has_text, &text);
  g_assert_cmpstr (text, ==, chat_message_get_content (message));
  close_menu (fixture);
}

/* The row that stands half out of the view. */
static GtkWidget *
find_half_row (Fixture *fixture)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (fixture->list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t bounds;

      if (gtk_widget_get_mapped (child) &&
          gtk_widget_compute_bounds (child, GTK_WIDGET (fixture->view), &bounds) &&
          bounds.origin.y < -2 && bounds.origin.y + bounds.size.height > 10)
        break;
    }

  return child;
}

/* A message given the focus by the pointer does not move below it, though it stands half out of the view. */
static void
test_click_holds (Fixture       *fixture,
                  gconstpointer  data)
{
  double value = 1500;
  GtkWidget *child = NULL;

  open_timeline (fixture);
  while (child == NULL && value < 1600)
    {
      value += 5;
      gtk_adjustment_set_value (fixture->adjustment, value);
      room_fixture_frames (fixture->window, 3);
      child = find_half_row (fixture);
    }
  g_assert_nonnull (child);
  value = gtk_adjustment_get_value (fixture->adjustment);

  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_first_child (child)));
  enfilade_scroll_pin_hold (enfilade_timeline_view_get_pin (fixture->view));
  room_fixture_frames (fixture->window, 3);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (fixture->adjustment), value, 1.0);

  /* By the keyboard it does: the proof that there was something to hold. */
  g_assert_true (gtk_widget_grab_focus (find_row (fixture, chat_timeline_get_first (fixture->timeline))));
  room_fixture_frames (fixture->window, 3);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), <, value - 100);
}

static void
test_scroll_keys (Fixture       *fixture,
                  gconstpointer  data)
{
  double end;

  open_timeline (fixture);
  end = gtk_adjustment_get_value (fixture->adjustment);

  enfilade_timeline_view_scroll (fixture->view, GTK_SCROLL_PAGE_BACKWARD);
  room_fixture_frames (fixture->window, 2);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), <, end - 300);
  enfilade_timeline_view_scroll (fixture->view, GTK_SCROLL_PAGE_FORWARD);
  room_fixture_frames (fixture->window, 4);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
  enfilade_timeline_view_scroll (fixture->view, GTK_SCROLL_START);
  room_fixture_frames (fixture->window, 2);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture->adjustment), <, 1);
  enfilade_timeline_view_scroll (fixture->view, GTK_SCROLL_END);
  room_fixture_frames (fixture->window, 4);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
}

/* What lies over the ends of the list while nothing is loaded takes no click from the messages below it. */
static void
test_ends_let_through (Fixture       *fixture,
                       gconstpointer  data)
{
  GtkWidget *view = GTK_WIDGET (fixture->view);

  open_timeline (fixture);
  for (guint i = 0; i < 2; i++)
    {
      double y = i == 0 ? 24 : gtk_widget_get_height (view) - 24;
      GtkWidget *picked = gtk_widget_pick (view, gtk_widget_get_width (view) / 2.0, y, GTK_PICK_DEFAULT);

      g_assert_nonnull (picked);
      g_assert_true (picked == fixture->list || gtk_widget_is_ancestor (picked, fixture->list));
    }
}

static void
count_cb (EnfiladeTimelineView *view,
          guint                *n)
{
  (*n)++;
}

static gboolean
is_counted (gpointer user_data)
{
  return *(guint *) user_data > 0;
}

/* Where the newest message is not here, the end of the list is not the end. */
static void
test_has_newer (Fixture       *fixture,
                gconstpointer  data)
{
  guint n_newer = 0;
  guint n_newest = 0;

  g_signal_connect (fixture->view, "load-newer", G_CALLBACK (count_cb), &n_newer);
  g_signal_connect (fixture->view, "show-newest", G_CALLBACK (count_cb), &n_newest);
  enfilade_timeline_view_open (fixture->view, fixture->timeline, TRUE, NULL, 0);
  room_fixture_wait (is_counted, &n_newer);
  room_fixture_frames (fixture->window, 3);
  g_assert_false (enfilade_timeline_view_get_at_newest (fixture->view));

  /* A failure is said, and asked again only by the person. */
  enfilade_timeline_view_set_newer_error (fixture->view, "There is no connection to the server.");
  room_fixture_frames (fixture->window, 3);
  n_newer = 0;
  enfilade_timeline_view_check_ends (fixture->view);
  room_fixture_frames (fixture->window, 3);
  g_assert_cmpuint (n_newer, ==, 0);
  g_signal_emit_by_name (room_fixture_find_button (GTK_WIDGET (fixture->view), "Try Again"), "clicked");
  g_assert_cmpuint (n_newer, ==, 1);

  /* The newest is asked for, and gone to when it is here. */
  g_signal_emit_by_name (find_jump (fixture), "clicked");
  g_assert_cmpuint (n_newest, ==, 1);
  g_assert_false (enfilade_timeline_view_get_at_newest (fixture->view));
  room_fixture_add_many (fixture->timeline, 3000, 20);
  enfilade_timeline_view_set_has_newer (fixture->view, FALSE);
  room_fixture_frames (fixture->window, 3);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

#define ADD(path, n, function) \
  g_test_add ("/app/timeline-view/" path, Fixture, GUINT_TO_POINTER (n), set_up, function, tear_down)
  ADD ("spoken", 100, test_spoken);
  ADD ("jump", 100, test_jump);
  ADD ("ends-let-through", 100, test_ends_let_through);
  ADD ("has-newer", 100, test_has_newer);
  ADD ("days", 100, test_days);
  ADD ("opens-at-unread", 100, test_opens_at_unread);
  ADD ("opens-at-end-of-unread", 100, test_opens_at_end_of_unread);
  ADD ("load-older", 100, test_load_older);
  ADD ("load-older-short", 3, test_load_older_short);
  ADD ("load-older-failed", 3, test_load_older_failed);
  ADD ("load-older-failed-far", 200, test_load_older_failed_far);
  ADD ("tab", 100, test_tab);
  ADD ("every-row-takes-focus", 100, test_every_row_takes_focus);
  ADD ("menu", 100, test_menu);
  ADD ("quotes", 20, test_quotes);
  ADD ("show-message", 100, test_show_message);
  ADD ("reply-menu", 100, test_reply_menu);
  ADD ("menu-follows-its-message", 100, test_menu_follows_its_message);
  ADD ("no-menu-of-a-deleted-message", 100, test_no_menu_of_a_deleted_message);
  ADD ("copy", 100, test_copy);
  ADD ("click-holds", 100, test_click_holds);
  ADD ("scroll-keys", 100, test_scroll_keys);
#undef ADD

  return g_test_run ();
}
