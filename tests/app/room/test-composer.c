/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-composer.h"
#include "enfilade-settings.h"
#include "room-fixture.h"

typedef struct
{
  EnfiladeComposer *composer;
  GtkWidget        *window;
  GtkWidget        *view;
  char             *sent;
  guint             n_sent;
  gboolean          slow;
  const char       *refusal;
  guint             n_typing;
  guint             n_join;
  GtkScrollType     scroll;
} Fixture;

static void
send_cb (EnfiladeComposer *composer,
         const char       *text,
         Fixture          *fixture)
{
  g_free (fixture->sent);
  fixture->sent = g_strdup (text);
  fixture->n_sent++;

  if (!fixture->slow)
    enfilade_composer_finish_sending (composer, fixture->refusal);
}

static void
typing_cb (EnfiladeComposer *composer,
           Fixture          *fixture)
{
  fixture->n_typing++;
}

static void
join_cb (EnfiladeComposer *composer,
         Fixture          *fixture)
{
  fixture->n_join++;
}

static void
scroll_cb (EnfiladeComposer *composer,
           GtkScrollType     scroll,
           Fixture          *fixture)
{
  fixture->scroll = scroll;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->composer = ENFILADE_COMPOSER (enfilade_composer_new ());
  g_signal_connect (fixture->composer, "send", G_CALLBACK (send_cb), fixture);
  g_signal_connect (fixture->composer, "typing", G_CALLBACK (typing_cb), fixture);
  g_signal_connect (fixture->composer, "join", G_CALLBACK (join_cb), fixture);
  g_signal_connect (fixture->composer, "scroll", G_CALLBACK (scroll_cb), fixture);

  fixture->window = room_fixture_present (GTK_WIDGET (fixture->composer), 400, 300);
  gtk_widget_set_valign (GTK_WIDGET (fixture->composer), GTK_ALIGN_END);
  fixture->view = room_fixture_find (GTK_WIDGET (fixture->composer), GTK_TYPE_TEXT_VIEW);
  g_assert_nonnull (fixture->view);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  room_fixture_close (fixture->window);
  g_clear_pointer (&fixture->sent, g_free);
}

static void
type (Fixture    *fixture,
      const char *text)
{
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view)), text, -1);
}

/* A key as the text view's controllers get it. */
static gboolean
press (Fixture         *fixture,
       guint            key,
       GdkModifierType  state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (fixture->view);
  gboolean handled = FALSE;

  for (guint i = 0; !handled && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }

  return handled;
}

static GtkWidget *
find_problem (Fixture *fixture)
{
  return room_fixture_find_styled (GTK_WIDGET (fixture->composer), "problem");
}

static void
test_enter_sends (Fixture       *fixture,
                  gconstpointer  data)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_clear_pointer (&fixture->sent, g_free);
      type (fixture, "  Hello\n\n");
      g_assert_true (press (fixture, keys[i], 0));
      g_assert_cmpstr (fixture->sent, ==, "Hello");
      g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "");
    }
}

static void
test_shift_enter_breaks (Fixture       *fixture,
                         gconstpointer  data)
{
  type (fixture, "Hello");
  g_assert_false (press (fixture, GDK_KEY_Return, GDK_SHIFT_MASK));
  g_assert_false (press (fixture, GDK_KEY_Return, GDK_CONTROL_MASK));
  g_assert_null (fixture->sent);

  /* Caps Lock is no modifier of this kind. */
  g_assert_true (press (fixture, GDK_KEY_Return, GDK_LOCK_MASK));
  g_assert_cmpstr (fixture->sent, ==, "Hello");
}

/* Who writes long messages lets Enter break the line. */
static void
test_enter_preference (Fixture       *fixture,
                       gconstpointer  data)
{
  GSettings *settings = enfilade_settings_get_default ();

  g_assert_nonnull (settings);
  g_settings_set_boolean (settings, "send-with-enter", FALSE);
  type (fixture, "Hello");
  g_assert_false (press (fixture, GDK_KEY_Return, 0));
  g_assert_false (press (fixture, GDK_KEY_KP_Enter, GDK_SHIFT_MASK));
  g_assert_false (press (fixture, GDK_KEY_Return, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_null (fixture->sent);
  g_assert_true (press (fixture, GDK_KEY_Return, GDK_CONTROL_MASK));
  g_assert_cmpstr (fixture->sent, ==, "Hello");
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "");

  type (fixture, "again");
  g_assert_true (press (fixture, GDK_KEY_KP_Enter, GDK_CONTROL_MASK));
  g_assert_cmpstr (fixture->sent, ==, "again");

  /* It is asked at each key: nothing has to be opened again. */
  g_settings_reset (settings, "send-with-enter");
  type (fixture, "as before");
  g_assert_false (press (fixture, GDK_KEY_Return, GDK_CONTROL_MASK));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpstr (fixture->sent, ==, "as before");
}

static void
test_blank (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *send = room_fixture_find_button (GTK_WIDGET (fixture->composer), "Send");

  g_assert_false (gtk_widget_get_sensitive (send));
  type (fixture, " \n\t ");
  g_assert_false (gtk_widget_get_sensitive (send));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_null (fixture->sent);

  type (fixture, "x");
  g_assert_true (gtk_widget_get_sensitive (send));
  g_signal_emit_by_name (send, "clicked");
  g_assert_cmpstr (fixture->sent, ==, "x");
}

static void
test_not_taken (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->refusal = "There is no room.";
  type (fixture, "Do not lose this");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));

  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "Do not lose this");
  g_assert_true (gtk_widget_get_visible (find_problem (fixture)));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (find_problem (fixture))), ==, "There is no room.");

  type (fixture, "!");
  g_assert_false (gtk_widget_get_visible (find_problem (fixture)));
}

/* The text leaves the field when it is safe, not before, and no second Enter sends it twice. */
static void
test_slow (Fixture       *fixture,
           gconstpointer  data)
{
  fixture->slow = TRUE;
  type (fixture, "Safe first");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "Safe first");

  enfilade_composer_finish_sending (fixture->composer, NULL);
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "");

  /* An answer that nobody waits for takes nothing away. */
  type (fixture, "next");
  enfilade_composer_finish_sending (fixture->composer, NULL);
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "next");
}

/* What is written while the disk is slow stays, and goes out in its turn. */
static void
test_written_meanwhile (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *rest = NULL;

  fixture->slow = TRUE;
  type (fixture, "first");
  enfilade_composer_set_cursor (fixture->composer, 2);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  type (fixture, "second");
  rest = enfilade_composer_dup_unsent (fixture->composer);
  g_assert_cmpstr (rest, ==, "second");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpuint (fixture->n_sent, ==, 1);

  enfilade_composer_finish_sending (fixture->composer, NULL);
  g_assert_cmpuint (fixture->n_sent, ==, 2);
  g_assert_cmpstr (fixture->sent, ==, "second");
  enfilade_composer_finish_sending (fixture->composer, "The disk is full.");
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "second");

  /* Before it, too. */
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_true (enfilade_composer_put_back (fixture->composer, "zeroth"));
  enfilade_composer_finish_sending (fixture->composer, NULL);
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "zeroth\n");
}

/* What was on its way in another room is nothing that one waits for in this one, also where both have the same text. */
static void
test_left_while_sending (Fixture       *fixture,
                         gconstpointer  data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));

  fixture->slow = TRUE;
  type (fixture, "slow");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  gtk_text_buffer_set_text (buffer, "", 0);
  enfilade_composer_set_text (fixture->composer, NULL);
  type (fixture, "elsewhere");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpuint (fixture->n_sent, ==, 2);
  g_assert_cmpstr (fixture->sent, ==, "elsewhere");

  enfilade_composer_set_text (fixture->composer, "elsewhere");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpuint (fixture->n_sent, ==, 3);
}

static void
test_limit (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *send = room_fixture_find_button (GTK_WIDGET (fixture->composer), "Send");
  GtkLabel *problem;

  enfilade_composer_set_max_length (fixture->composer, 20);
  type (fixture, "12345678901234567");
  g_assert_null (find_problem (fixture));
  type (fixture, "ä");
  problem = GTK_LABEL (find_problem (fixture));
  gtk_test_accessible_assert_role (problem, GTK_ACCESSIBLE_ROLE_ALERT);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (problem)));
  g_assert_cmpstr (gtk_label_get_label (problem), ==, "2 characters left");
  g_assert_true (gtk_widget_get_sensitive (send));

  type (fixture, "äöü");
  g_assert_cmpstr (gtk_label_get_label (problem), ==, "The message is 1 character too long.");
  g_assert_false (gtk_widget_get_sensitive (send));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_null (fixture->sent);
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "12345678901234567ääöü");

  enfilade_composer_set_max_length (fixture->composer, 21);
  g_assert_true (gtk_widget_get_sensitive (send));
}

static void
test_megabyte (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'm');

  type (fixture, "before");
  type (fixture, text);
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "before");
  g_assert_true (gtk_widget_get_visible (find_problem (fixture)));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (find_problem (fixture))), "too long"));

  type (fixture, " and after");
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "before and after");
  g_assert_false (gtk_widget_get_visible (find_problem (fixture)));
}

static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  enfilade_composer_set_text (fixture->composer, "a draft");
  g_assert_cmpuint (fixture->n_typing, ==, 0);
  type (fixture, "!");
  g_assert_cmpuint (fixture->n_typing, ==, 1);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpuint (fixture->n_typing, ==, 1);
  type (fixture, "  ");
  g_assert_cmpuint (fixture->n_typing, ==, 1);
}

static void
test_blocked (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *join;

  type (fixture, "kept");
  enfilade_composer_block (fixture->composer, "Join the room to write in it.", ENFILADE_JOIN_OFFER_JOIN);
  room_fixture_frames (fixture->window, 2);

  g_assert_false (gtk_widget_get_mapped (fixture->view));
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_null (fixture->sent);

  join = room_fixture_find_button (GTK_WIDGET (fixture->composer), "Join");
  g_assert_nonnull (join);
  enfilade_composer_focus (fixture->composer);
  g_assert_true (gtk_widget_has_focus (join) || gtk_root_get_focus (GTK_ROOT (fixture->window)) == join);
  g_signal_emit_by_name (join, "clicked");
  g_assert_cmpuint (fixture->n_join, ==, 1);

  enfilade_composer_block (fixture->composer, "Join the room to write in it.", ENFILADE_JOIN_OFFER_BUSY);
  room_fixture_frames (fixture->window, 2);
  g_assert_false (gtk_widget_get_mapped (join));
  enfilade_composer_block (fixture->composer, "The room is full.", ENFILADE_JOIN_OFFER_AGAIN);
  room_fixture_frames (fixture->window, 2);
  g_assert_nonnull (room_fixture_find_button (GTK_WIDGET (fixture->composer), "Try Again"));

  enfilade_composer_block (fixture->composer, NULL, ENFILADE_JOIN_OFFER_NONE);
  room_fixture_frames (fixture->window, 2);
  g_assert_true (gtk_widget_get_mapped (fixture->view));
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "kept");
}

static void
test_scroll_keys (Fixture       *fixture,
                  gconstpointer  data)
{
  g_assert_true (press (fixture, GDK_KEY_Page_Up, 0));
  g_assert_cmpint (fixture->scroll, ==, GTK_SCROLL_PAGE_BACKWARD);
  g_assert_true (press (fixture, GDK_KEY_Page_Down, 0));
  g_assert_cmpint (fixture->scroll, ==, GTK_SCROLL_PAGE_FORWARD);
  g_assert_true (press (fixture, GDK_KEY_Home, GDK_CONTROL_MASK));
  g_assert_cmpint (fixture->scroll, ==, GTK_SCROLL_START);
  g_assert_true (press (fixture, GDK_KEY_End, GDK_CONTROL_MASK));
  g_assert_cmpint (fixture->scroll, ==, GTK_SCROLL_END);

  /* With a text these two move the cursor in it, and the rooms' keys are the window's. */
  type (fixture, "text");
  g_assert_false (press (fixture, GDK_KEY_Home, GDK_CONTROL_MASK));
  g_assert_false (press (fixture, GDK_KEY_Page_Up, GDK_CONTROL_MASK));
  g_assert_false (press (fixture, GDK_KEY_a, 0));
}

static void
test_growth (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { int lines, minimum, maximum; } cases[] = { { 1, 30, 48 }, { 3, 60, 110 }, { 10, 160, 204 }, { 50, 190, 204 } };
  GtkWidget *scroller = room_fixture_find (GTK_WIDGET (fixture->composer), GTK_TYPE_SCROLLED_WINDOW);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) text = g_string_new ("line");

      for (int k = 1; k < cases[i].lines; k++)
        g_string_append (text, "\nline");
      enfilade_composer_set_text (fixture->composer, text->str);
      room_fixture_frames (fixture->window, 6);

      g_assert_cmpint (gtk_widget_get_height (scroller), >=, cases[i].minimum);
      g_assert_cmpint (gtk_widget_get_height (scroller), <=, cases[i].maximum);
    }
}

/* The text scrolls to the cursor before the field has grown for it, and back when it has. */
static void
test_growth_of_large_text (Fixture       *fixture,
                           gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (fixture->view));
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, "gtk-enable-animations", TRUE, NULL);
  /* A scrolled window asks for that setting when it is mapped. */
  gtk_widget_set_visible (GTK_WIDGET (fixture->composer), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (fixture->composer), TRUE);
  gtk_widget_grab_focus (fixture->view);
  type (fixture, "First line");
  room_fixture_frames (fixture->window, 3);

  for (const char *letter = "\nSecond"; *letter != '\0'; letter++)
    {
      g_autofree char *text = g_strndup (letter, 1);

      type (fixture, text);
      gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (fixture->view), gtk_text_buffer_get_insert (buffer));
      room_fixture_frames (fixture->window, 1);
    }
  room_fixture_frames (fixture->window, 60);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), ==, gtk_adjustment_get_page_size (adjustment));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);

  g_object_set (settings, "gtk-xft-dpi", dpi, "gtk-enable-animations", FALSE, NULL);
}

static void
test_spoken (Fixture       *fixture,
             gconstpointer  data)
{
  enfilade_composer_set_room_name (fixture->composer, "General");

  gtk_test_accessible_assert_property (fixture->view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Message #General");
  gtk_test_accessible_assert_property (room_fixture_find_button (fixture->window, "Send"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Send");
  gtk_test_accessible_assert_property (room_fixture_find_button (fixture->window, "Insert Emoji (Ctrl+.)"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Insert Emoji");
}

static void
count_cb (EnfiladeComposer *composer,
          GParamSpec       *pspec,
          guint            *count)
{
  (*count)++;
}

static GtkWidget *
find_cancel (Fixture *fixture)
{
  return room_fixture_find_button (GTK_WIDGET (fixture->composer), "Cancel Reply (Escape)");
}

/* Escape as it comes to the composer when nothing within it took it. */
static gboolean
press_escape (Fixture         *fixture,
              GdkModifierType  state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->composer));
  gboolean handled = FALSE;

  for (guint i = 0; !handled && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 0, state, &handled);
    }

  return handled;
}

static void
test_reply (Fixture       *fixture,
            gconstpointer  data)
{
  guint n_changes = 0;

  g_signal_connect (fixture->composer, "notify::reply-to", G_CALLBACK (count_cb), &n_changes);
  g_assert_null (find_cancel (fixture));
  g_assert_false (press_escape (fixture, 0));

  enfilade_composer_set_reply_text (fixture->composer, "Replying to Ada: Who has the key?");
  enfilade_composer_set_reply_to (fixture->composer, "m1");
  enfilade_composer_set_reply_to (fixture->composer, "m1");
  room_fixture_frames (fixture->window, 2);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_nonnull (find_cancel (fixture));
  gtk_test_accessible_assert_property (find_cancel (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL, "Cancel Reply");

  type (fixture, "I do");
  g_assert_false (press_escape (fixture, GDK_SHIFT_MASK));
  g_assert_true (press_escape (fixture, 0));
  room_fixture_frames (fixture->window, 2);
  g_assert_null (enfilade_composer_get_reply_to (fixture->composer));
  g_assert_null (find_cancel (fixture));
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "I do");

  enfilade_composer_set_reply_to (fixture->composer, "m2");
  room_fixture_frames (fixture->window, 2);
  g_signal_emit_by_name (find_cancel (fixture), "clicked");
  g_assert_null (enfilade_composer_get_reply_to (fixture->composer));
  g_assert_cmpuint (n_changes, ==, 4);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == fixture->view);
}

static void
test_reply_goes_with_its_message (Fixture       *fixture,
                                  gconstpointer  data)
{
  enfilade_composer_set_reply_to (fixture->composer, "m1");
  type (fixture, "I do");

  fixture->refusal = "Not now.";
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_cmpstr (enfilade_composer_get_reply_to (fixture->composer), ==, "m1");

  fixture->refusal = NULL;
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  g_assert_null (enfilade_composer_get_reply_to (fixture->composer));
}

static void
test_cursor (Fixture       *fixture,
             gconstpointer  data)
{
  guint n_changes = 0;
  int cursor = -1;

  g_signal_connect (fixture->composer, "notify::cursor", G_CALLBACK (count_cb), &n_changes);
  type (fixture, "größer");
  g_assert_cmpint (enfilade_composer_get_cursor (fixture->composer), ==, 6);
  g_assert_cmpuint (n_changes, ==, 1);

  enfilade_composer_set_cursor (fixture->composer, 3);
  enfilade_composer_set_cursor (fixture->composer, 3);
  g_object_get (fixture->composer, "cursor", &cursor, NULL);
  g_assert_cmpint (cursor, ==, 3);
  g_assert_cmpuint (n_changes, ==, 2);
  type (fixture, "--");
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "grö--ßer");

  /* A draft may say anything. */
  g_object_set (fixture->composer, "cursor", 5000, NULL);
  g_assert_cmpint (enfilade_composer_get_cursor (fixture->composer), ==, 8);
  enfilade_composer_set_text (fixture->composer, NULL);
  g_assert_cmpint (enfilade_composer_get_cursor (fixture->composer), ==, 0);
}

static void
test_put_back (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *text = g_strnfill (99995, 'm');

  g_assert_true (enfilade_composer_put_back (fixture->composer, "first"));
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "first");
  g_assert_cmpint (enfilade_composer_get_cursor (fixture->composer), ==, 5);

  g_assert_true (enfilade_composer_put_back (fixture->composer, "before it"));
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "before it\nfirst");
  g_assert_cmpint (enfilade_composer_get_cursor (fixture->composer), ==, 9);

  /* What has no room changes nothing. */
  g_assert_false (enfilade_composer_put_back (fixture->composer, text));
  g_assert_cmpstr (enfilade_composer_get_text (fixture->composer), ==, "before it\nfirst");
  g_assert_true (gtk_widget_get_visible (find_problem (fixture)));
}

static int
get_top (Fixture    *fixture,
         const char *css_class)
{
  GtkWidget *part = room_fixture_find_styled (GTK_WIDGET (fixture->composer), css_class);
  graphene_rect_t bounds;

  g_assert_nonnull (part);
  g_assert_true (gtk_widget_get_mapped (part));
  g_assert_true (gtk_widget_compute_bounds (part, GTK_WIDGET (fixture->composer), &bounds));

  return (int) bounds.origin.y;
}

/* What most people never see is made when it is needed, whichever comes first, and keeps its place and its words. */
static void
test_made_late (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *composer = GTK_WIDGET (fixture->composer);
  GtkWidget *reply_bar, *problem;

  enfilade_composer_set_reply_text (fixture->composer, "Replying to Ada: Who has the key?");
  g_assert_null (room_fixture_find_styled (composer, "reply-bar"));
  g_assert_null (room_fixture_find_styled (composer, "blocked"));
  g_assert_null (find_problem (fixture));

  enfilade_composer_set_reply_to (fixture->composer, "m1");
  reply_bar = room_fixture_find_styled (composer, "reply-bar");
  g_assert_nonnull (reply_bar);
  room_fixture_frames (fixture->window, 2);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (room_fixture_find (reply_bar, GTK_TYPE_LABEL))), ==,
                   "Replying to Ada: Who has the key?");

  enfilade_composer_set_error (fixture->composer, "Not now.");
  enfilade_composer_block (fixture->composer, "Join the room to write in it.", ENFILADE_JOIN_OFFER_JOIN);
  room_fixture_frames (fixture->window, 2);
  problem = find_problem (fixture);
  g_assert_nonnull (problem);
  g_assert_nonnull (room_fixture_find_button (composer, "Join"));
  g_assert_cmpint (get_top (fixture, "problem"), <, get_top (fixture, "reply-bar"));
  g_assert_cmpint (get_top (fixture, "reply-bar"), <, get_top (fixture, "blocked"));

  enfilade_composer_set_reply_to (fixture->composer, NULL);
  enfilade_composer_set_error (fixture->composer, NULL);
  g_assert_false (gtk_widget_get_visible (reply_bar));
  g_assert_false (gtk_widget_get_visible (problem));
  enfilade_composer_set_reply_to (fixture->composer, "m2");
  enfilade_composer_set_error (fixture->composer, "Not now either.");
  g_assert_true (gtk_widget_get_visible (reply_bar));
  g_assert_true (find_problem (fixture) == problem);
}

static gboolean
has_field (gpointer composer)
{
  return room_fixture_find_styled (composer, "suggested-action") != NULL;
}

/* Who opens a window reads before they write; but what they have written already is there at once. */
static void
test_field_made_late (void)
{
  GtkWidget *composer = enfilade_composer_new ();
  GtkWidget *window = NULL;

  enfilade_composer_set_room_name (ENFILADE_COMPOSER (composer), "Hall");
  enfilade_composer_set_max_length (ENFILADE_COMPOSER (composer), 500);
  g_assert_true (enfilade_composer_focus (ENFILADE_COMPOSER (composer)));
  g_assert_false (has_field (composer));

  window = room_fixture_present (composer, 400, 300);
  room_fixture_wait (has_field, composer);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == room_fixture_find (composer, GTK_TYPE_TEXT_VIEW));
  gtk_test_accessible_assert_property (room_fixture_find (composer, GTK_TYPE_TEXT_VIEW),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Message #Hall");
  room_fixture_close (window);

  composer = g_object_ref_sink (enfilade_composer_new ());
  enfilade_composer_set_text (ENFILADE_COMPOSER (composer), "");
  g_assert_false (has_field (composer));
  enfilade_composer_set_text (ENFILADE_COMPOSER (composer), "a draft");
  g_assert_true (has_field (composer));
  g_object_unref (composer);
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/app/composer/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("enter-sends", test_enter_sends);
  ADD ("shift-enter-breaks", test_shift_enter_breaks);
  ADD ("enter-preference", test_enter_preference);
  ADD ("blank", test_blank);
  ADD ("not-taken", test_not_taken);
  ADD ("slow", test_slow);
  ADD ("written-meanwhile", test_written_meanwhile);
  ADD ("left-while-sending", test_left_while_sending);
  ADD ("limit", test_limit);
  ADD ("megabyte", test_megabyte);
  ADD ("typing", test_typing);
  ADD ("blocked", test_blocked);
  ADD ("made-late", test_made_late);
  ADD ("scroll-keys", test_scroll_keys);
  ADD ("growth", test_growth);
  ADD ("growth-of-large-text", test_growth_of_large_text);
  ADD ("spoken", test_spoken);
  ADD ("reply", test_reply);
  ADD ("reply-goes-with-its-message", test_reply_goes_with_its_message);
  ADD ("cursor", test_cursor);
  ADD ("put-back", test_put_back);
#undef ADD
  g_test_add_func ("/app/composer/field-made-late", test_field_made_late);

  return g_test_run ();
}
