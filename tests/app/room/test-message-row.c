/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-message-quote.h"
#include "enfilade-message-row.h"
#include "enfilade-message-text.h"
#include "room-fixture.h"

typedef struct
{
  ChatTimeline       *timeline;
  EnfiladeMessageRow *row;
  GtkWidget          *window;
  ChatMessage        *told;
} Fixture;

static ChatTimelineItem *
find_item (ChatTimeline *timeline,
           ChatMessage  *message)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    {
      g_autoptr(ChatTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      if (chat_timeline_item_get_message (item) == message)
        return item;
    }

  g_assert_not_reached ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->timeline = chat_timeline_new ();
  fixture->row = ENFILADE_MESSAGE_ROW (enfilade_message_row_new ());
  fixture->window = room_fixture_present (GTK_WIDGET (fixture->row), 400, 300);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  room_fixture_close (fixture->window);
  g_assert_finalize_object (fixture->timeline);
}

static ChatMessage *
show (Fixture    *fixture,
      gint64      seq,
      const char *sender,
      const char *content)
{
  g_autoptr(ChatMessage) message = room_fixture_message (seq, sender, content);

  g_assert_true (chat_timeline_add (fixture->timeline, message));
  enfilade_message_row_set_item (fixture->row, find_item (fixture->timeline, message));
  room_fixture_frames (fixture->window, 2);

  return message;
}

/* Below a quote, above the button for more. */
static GtkWidget *
find_label_in (GtkWidget *bubble)
{
  GtkWidget *child = gtk_widget_get_first_child (bubble);

  if (GTK_IS_LABEL (bubble))
    return bubble;

  while (child != NULL && !GTK_IS_LABEL (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

/* GTK tells a screen reader nothing of what is in a widget that is there for its looks only. */
static void
assert_accessible (Fixture   *fixture,
                   GtkWidget *widget)
{
  g_assert_nonnull (widget);

  for (; widget != GTK_WIDGET (fixture->row); widget = gtk_widget_get_parent (widget))
    g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)), !=, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static GtkLabel *
find_body (Fixture *fixture)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (GTK_WIDGET (fixture->row)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_has_css_class (child, "bubble"))
        return GTK_LABEL (find_label_in (child));
    }

  g_assert_not_reached ();
}

static void
assert_spoken (Fixture    *fixture,
               const char *format,
               const char *state)
{
  g_autofree char *time = NULL;
  g_autofree char *spoken = NULL;
  ChatMessage *message = enfilade_message_row_get_message (fixture->row);
  g_autoptr(GDateTime) date = chat_message_dup_date_time (message);

  time = g_date_time_format (date, "%H:%M");
  spoken = g_strdup_printf ("%s, %s%s%s", format, time, state != NULL ? ", " : "", state != NULL ? state : "");
  gtk_test_accessible_assert_property (fixture->row, GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
}

static void
test_spoken (Fixture       *fixture,
             gconstpointer  data)
{
  ChatMessage *message = show (fixture, 1, "Ada", "Good morning");

  gtk_test_accessible_assert_role (fixture->row, GTK_ACCESSIBLE_ROLE_GROUP);
  assert_spoken (fixture, "Ada, Good morning", NULL);

  chat_message_set_content (message, "Good evening");
  assert_spoken (fixture, "Ada, Good evening", NULL);

  chat_message_set_sender_name (message, "Ada L.");
  assert_spoken (fixture, "Ada L., Good evening", NULL);

  /* As it comes from the store: the eye sees the same sign as after sending. */
  chat_message_set_own (message, TRUE);
  assert_spoken (fixture, "You, Good evening", "Sent");
  chat_message_set_delivery (message, CHAT_DELIVERY_WAITING, NULL);
  assert_spoken (fixture, "You, Good evening", "Waiting to be sent");
  chat_message_set_delivery (message, CHAT_DELIVERY_SENT, NULL);
  assert_spoken (fixture, "You, Good evening", "Sent");
  chat_message_set_delivery (message, CHAT_DELIVERY_UNCONFIRMED, NULL);
  assert_spoken (fixture, "You, Good evening", "Not confirmed");
  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "Too much.");
  assert_spoken (fixture, "You, Good evening", "Not sent: Too much.");
  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, NULL);
  assert_spoken (fixture, "You, Good evening", "Not sent");
}

static void
told_cb (EnfiladeMessageRow *row,
         Fixture            *fixture)
{
  fixture->told = enfilade_message_row_get_message (row);
}

static void
test_remedies (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct { const char *label, *signal; } remedies[] = {
    { "Retry", "retry" }, { "Edit", "edit" }, { "Discard", "discard" },
  };
  ChatMessage *message = show (fixture, 1, "Ada", "Good morning");

  chat_message_set_own (message, TRUE);
  room_fixture_frames (fixture->window, 2);
  g_assert_null (room_fixture_find_button (GTK_WIDGET (fixture->row), "Retry"));
  chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "Too much.");
  room_fixture_frames (fixture->window, 2);

  for (gsize i = 0; i < G_N_ELEMENTS (remedies); i++)
    {
      GtkWidget *button = room_fixture_find_button (GTK_WIDGET (fixture->row), remedies[i].label);
      gulong id = g_signal_connect (fixture->row, remedies[i].signal, G_CALLBACK (told_cb), fixture);

      assert_accessible (fixture, button);
      fixture->told = NULL;
      g_signal_emit_by_name (button, "clicked");
      g_assert_true (fixture->told == message);
      g_signal_handler_disconnect (fixture->row, id);
    }

  chat_message_set_delivery (message, CHAT_DELIVERY_SENT, NULL);
  room_fixture_frames (fixture->window, 2);
  g_assert_null (room_fixture_find_button (GTK_WIDGET (fixture->row), "Retry"));
}

static void
test_grouping (Fixture       *fixture,
               gconstpointer  data)
{
  show (fixture, 1, "Ada", "one");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->row), "group-start"));

  show (fixture, 2, "Ada", "two");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->row), "group-start"));

  /* The row follows when what is above it goes. */
  chat_timeline_remove (fixture->timeline, chat_timeline_get_first (fixture->timeline));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->row), "group-start"));
}

static void
test_markup (Fixture       *fixture,
             gconstpointer  data)
{
  show (fixture, 1, "<b>Ada</b> & <span foreground='red'>", "a < b & <i>c</i> </span>");

  g_assert_cmpstr (gtk_label_get_text (find_body (fixture)), ==, "a < b & <i>c</i> </span>");
  assert_spoken (fixture, "<b>Ada</b> & <span foreground='red'>, a < b & <i>c</i> </span>", NULL);
}

static void
test_links (Fixture       *fixture,
            gconstpointer  data)
{
  gboolean handled = FALSE;

  show (fixture, 1, "Ada", "javascript:alert(1) file:///etc/passwd https://example.org/");
  g_assert_null (strstr (gtk_label_get_label (find_body (fixture)), "href=\"file"));
  g_assert_null (strstr (gtk_label_get_label (find_body (fixture)), "href=\"javascript"));
  g_assert_nonnull (strstr (gtk_label_get_label (find_body (fixture)), "href=\"https://example.org/\""));

  /* Were there such a link all the same, it would not be opened, and the label's own handler not be asked. */
  g_test_expect_message ("Enfilade", G_LOG_LEVEL_MESSAGE, "*file:///etc/passwd*");
  g_signal_emit_by_name (find_body (fixture), "activate-link", "file:///etc/passwd", &handled);
  g_test_assert_expected_messages ();
  g_assert_true (handled);
}

static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'w');
  ChatMessage *message = show (fixture, 1, "Ada", text);
  GtkWidget *more = room_fixture_find_button (GTK_WIDGET (fixture->row), "Show More");

  g_assert_cmpuint (strlen (gtk_label_get_text (find_body (fixture))), ==, 4000);
  assert_accessible (fixture, more);
  g_signal_emit_by_name (more, "clicked");
  g_assert_cmpuint (strlen (gtk_label_get_text (find_body (fixture))), ==, 8000);

  /* What was opened stays open when the row shows something else in between. */
  show (fixture, 2, "Ada", "short");
  g_assert_null (room_fixture_find_button (GTK_WIDGET (fixture->row), "Show More"));
  enfilade_message_row_set_item (fixture->row, find_item (fixture->timeline, message));
  g_assert_cmpuint (strlen (gtk_label_get_text (find_body (fixture))), ==, 8000);
}

static void
test_cut (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(ChatMessage) message = NULL;
  g_autofree char *spoken = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append (text, "größer ");
  message = room_fixture_message (1, "Ada", text->str);

  /* Between words, and never within a character. */
  g_assert_true (enfilade_message_text_is_cut (message));
  g_assert_true (g_str_has_suffix (enfilade_message_text_get_markup (message), "größer"));
  g_assert_true (g_utf8_validate (enfilade_message_text_get_markup (message), -1, NULL));

  enfilade_message_text_show_more (message);
  g_assert_false (enfilade_message_text_is_cut (message));
  g_assert_cmpstr (enfilade_message_text_get_markup (message), ==, text->str);
  enfilade_message_text_show_more (message);
  g_assert_false (enfilade_message_text_is_cut (message));

  spoken = enfilade_message_text_dup_spoken (message);
  g_assert_cmpint (g_utf8_strlen (spoken, -1), <=, 1001);
  g_assert_true (g_str_has_suffix (spoken, "größer…"));

  chat_message_set_content (message, "now short");
  g_assert_cmpstr (enfilade_message_text_get_markup (message), ==, "now short");
}

static void
test_sides (Fixture       *fixture,
            gconstpointer  data)
{
  ChatMessage *message = show (fixture, 1, "Ada", "short");
  GtkWidget *bubble = GTK_WIDGET (find_body (fixture));
  graphene_rect_t others, own, mirrored;

  g_assert_true (gtk_widget_compute_bounds (bubble, fixture->window, &others));
  chat_message_set_own (message, TRUE);
  room_fixture_frames (fixture->window, 2);
  g_assert_true (gtk_widget_compute_bounds (bubble, fixture->window, &own));
  g_assert_cmpfloat (others.origin.x, <, own.origin.x);

  gtk_widget_set_direction (GTK_WIDGET (fixture->row), GTK_TEXT_DIR_RTL);
  room_fixture_frames (fixture->window, 2);
  g_assert_true (gtk_widget_compute_bounds (bubble, fixture->window, &mirrored));
  g_assert_cmpfloat (mirrored.origin.x, <, own.origin.x);
}

/* At the narrowest window nothing asks for more than there is. */
static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const texts[] = {
    "https://example.org/a/very/long/address/that/nobody/can/remember/and/that/has/no/place/to/break/at/all",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "مرحبا بالجميع! هل يمكننا أن نلتقي غدًا في الساعة 10؟ 🎉 おはようございます",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ChatMessage *message = show (fixture, i + 1, "A sender with a name that is too long for a narrow window", texts[i]);
      int minimum, natural, height;

      chat_message_set_own (message, i % 2 == 0);
      chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, "A reason that has many words, so that it has to be broken into lines.");
      gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (minimum, <=, 340);
      gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_VERTICAL, minimum, &height, NULL, NULL, NULL);
      g_assert_cmpint (height, >, 0);
    }
}

static GtkWidget *
find_quote (Fixture *fixture)
{
  return room_fixture_find (GTK_WIDGET (fixture->row), ENFILADE_TYPE_MESSAGE_QUOTE);
}

static void
assert_quote (Fixture    *fixture,
              const char *name,
              const char *excerpt)
{
  GtkWidget *box;
  GtkWidget *label;

  room_fixture_frames (fixture->window, 2);
  g_assert_nonnull (find_quote (fixture));
  box = gtk_button_get_child (GTK_BUTTON (find_quote (fixture)));
  label = gtk_widget_get_first_child (box);
  g_assert_cmpint (gtk_widget_get_visible (label), ==, name != NULL);
  if (name != NULL)
    g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, name);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (gtk_widget_get_last_child (box))), ==, excerpt);
}

static void
show_message_cb (EnfiladeMessageRow  *row,
                 const char          *id,
                 char               **shown)
{
  g_free (*shown);
  *shown = g_strdup (id);
}

static void
test_edited (Fixture       *fixture,
             gconstpointer  data)
{
  ChatMessage *message = show (fixture, 1, "Ada", "Helo");
  g_autoptr(GDateTime) date = chat_message_dup_date_time (message);
  g_autofree char *spoken = g_date_time_format (date, "Ada, Hello, %H:%M (edited)");

  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->row), "edited"));
  chat_message_set_content (message, "Hello");
  chat_message_set_edited_at (message, chat_message_get_timestamp (message) + 60000);
  g_assert_cmpstr (gtk_label_get_text (find_body (fixture)), ==, "Hello");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->row), "edited"));
  gtk_test_accessible_assert_property (fixture->row, GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);

  /* A time that no calendar has is no reason to say nothing. */
  chat_message_set_edited_at (message, G_MAXINT64);
  gtk_test_accessible_assert_property (fixture->row, GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
}

static void
test_deleted (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(ChatMessage) quoted = room_fixture_message (0, "Ben", "Which one?");
  ChatMessage *message = show (fixture, 1, "Ada", "The secret one, @you");

  chat_message_set_mentions_me (message, TRUE);
  chat_message_set_reply_to (message, "message-0");
  chat_message_set_edited_at (message, chat_message_get_timestamp (message) + 60000);
  enfilade_message_row_set_quoted (fixture->row, quoted);
  room_fixture_frames (fixture->window, 2);
  g_assert_nonnull (find_quote (fixture));

  chat_message_set_deleted (message);
  room_fixture_frames (fixture->window, 2);
  g_assert_cmpstr (gtk_label_get_text (find_body (fixture)), ==, "This message was deleted");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->row), "deleted"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->row), "mention"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->row), "edited"));
  g_assert_null (find_quote (fixture));
  assert_spoken (fixture, "Ada, This message was deleted", NULL);

  show (fixture, 2, "Ada", "another");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->row), "deleted"));
  g_assert_cmpstr (gtk_label_get_text (find_body (fixture)), ==, "another");
}

static void
test_reply (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(ChatMessage) quoted = room_fixture_message (0, "Ben", "Who has\nthe <key>?");
  ChatMessage *message = show (fixture, 1, "Ada", "I do");
  g_autofree char *shown = NULL;

  g_assert_null (find_quote (fixture));
  chat_message_set_reply_to (message, "message-0");
  assert_accessible (fixture, find_quote (fixture));
  assert_quote (fixture, NULL, "A message from before");
  assert_spoken (fixture, "Ada in reply to a message from before, I do", NULL);
  gtk_test_accessible_assert_property (find_quote (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Go to the message that this one answers");

  enfilade_message_row_set_quoted (fixture->row, quoted);
  assert_quote (fixture, "Ben", "Who has the <key>?");
  assert_spoken (fixture, "Ada in reply to Ben, I do", NULL);
  gtk_test_accessible_assert_property (find_quote (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Go to the message of Ben: Who has the <key>?");

  chat_message_set_content (quoted, "Who has it?");
  assert_quote (fixture, "Ben", "Who has it?");
  chat_message_set_own (quoted, TRUE);
  assert_quote (fixture, "You", "Who has it?");
  assert_spoken (fixture, "Ada in reply to you, I do", NULL);
  chat_message_set_deleted (quoted);
  assert_quote (fixture, "You", "This message was deleted");

  g_signal_connect (fixture->row, "show-message", G_CALLBACK (show_message_cb), &shown);
  g_signal_emit_by_name (find_quote (fixture), "clicked");
  g_assert_cmpstr (shown, ==, "message-0");

  /* The row is used again for a message that answers none. */
  show (fixture, 2, "Ada", "another");
  g_assert_null (find_quote (fixture));
  assert_spoken (fixture, "Ada, another", NULL);
}

/* One line, however long what is answered is. */
static void
test_narrow_reply (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *word = g_strnfill (300, 'w');
  g_autoptr(ChatMessage) quoted = room_fixture_message (0, word, word);
  ChatMessage *message = show (fixture, 1, "Ada", "short");
  int minimum, natural, before, after;

  chat_message_set_reply_to (message, "message-0");
  chat_message_set_edited_at (message, chat_message_get_timestamp (message));
  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_VERTICAL, 340, &before, NULL, NULL, NULL);

  enfilade_message_row_set_quoted (fixture->row, quoted);
  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <=, 340);
  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_VERTICAL, 340, &after, NULL, NULL, NULL);
  g_assert_cmpint (after, ==, before);
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/app/message-row/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("spoken", test_spoken);
  ADD ("remedies", test_remedies);
  ADD ("grouping", test_grouping);
  ADD ("markup", test_markup);
  ADD ("links", test_links);
  ADD ("long", test_long);
  ADD ("sides", test_sides);
  ADD ("narrow", test_narrow);
  ADD ("edited", test_edited);
  ADD ("deleted", test_deleted);
  ADD ("reply", test_reply);
  ADD ("narrow-reply", test_narrow_reply);
#undef ADD
  g_test_add_func ("/app/message-row/cut", test_cut);

  return g_test_run ();
}
