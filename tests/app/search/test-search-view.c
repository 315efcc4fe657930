/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-store-private.h"
#include "enfilade-search-row.h"
#include "enfilade-search-text.h"
#include "enfilade-search-view.h"
#include "test-app.h"

#define NOON G_GINT64_CONSTANT (1700000000000)

typedef struct
{
  ChatSession        *session;
  ChatRoom           *kitchen;
  ChatRoom           *garden;
  GtkWidget          *window;
  EnfiladeSearchView *view;
  GtkStack           *states;
  GtkEditable        *entry;
  char               *opened;
  guint               n_closed;
} Fixture;

static void
open_message_cb (EnfiladeSearchView *view,
                 const char         *room_id,
                 const char         *message_id,
                 Fixture            *fixture)
{
  g_free (fixture->opened);
  fixture->opened = g_strdup_printf ("%s in %s", message_id, room_id);
}

static void
closed_cb (Fixture *fixture)
{
  fixture->n_closed++;
}

static void
keep (Fixture    *fixture,
      ChatRoom   *room,
      const char *id,
      gint64      seconds,
      const char *content)
{
  g_autoptr(ChatMessage) message = chat_message_new (id, chat_room_get_id (room), "u2", "Tomas", content, NOON + seconds * 1000, CHAT_NO_SEQ);
  g_autoptr(GPtrArray) messages = g_ptr_array_new ();

  g_ptr_array_add (messages, message);
  chat_store_put_messages (chat_session_get_store (fixture->session), chat_room_get_id (room), messages, NULL);
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
flush (Fixture *fixture)
{
  gboolean flushed = FALSE;

  chat_store_flush_async (chat_session_get_store (fixture->session), NULL, flushed_cb, &flushed);
  test_wait_for (flushed);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = test_new_session ();
  fixture->kitchen = test_add_room (fixture->session, "Kitchen", CHAT_MEMBERSHIP_JOINED, 0, 0);
  fixture->garden = test_add_room (fixture->session, "Garden", CHAT_MEMBERSHIP_JOINED, 0, 0);
  keep (fixture, fixture->kitchen, "m1", 1, "The door of the kitchen");
  keep (fixture, fixture->kitchen, "m2", 2, "is open");
  keep (fixture, fixture->garden, "m3", 3, "A garden has no door");
  flush (fixture);

  fixture->view = g_object_new (ENFILADE_TYPE_SEARCH_VIEW, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  enfilade_search_view_set_session (fixture->view, fixture->session);
  fixture->states = GTK_STACK (test_find_widget (fixture->view, "states"));
  fixture->entry = GTK_EDITABLE (test_find_widget (fixture->view, "entry"));
  g_signal_connect (fixture->view, "open-message", G_CALLBACK (open_message_cb), fixture);
  g_signal_connect_swapped (fixture->view, "closed", G_CALLBACK (closed_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  test_drain ();
  g_clear_object (&fixture->session);
  g_free (fixture->opened);
}

static void
type (Fixture    *fixture,
      const char *text)
{
  ChatSearch *search = enfilade_search_view_get_search (fixture->view);

  gtk_editable_set_text (fixture->entry, text);
  test_wait_for (g_str_equal (chat_search_get_text (search), text));
  test_wait_for (!chat_search_get_searching (search));
  test_drain ();
}

static void
assert_state (Fixture    *fixture,
              const char *expected)
{
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->states), ==, expected);
}

static const char *
get_count (Fixture *fixture)
{
  return gtk_label_get_label (GTK_LABEL (test_find_widget (fixture->view, "count")));
}

static void
test_states (Fixture       *fixture,
             gconstpointer  data)
{
  enfilade_search_view_begin (fixture->view, NULL);
  assert_state (fixture, "hints");
  type (fixture, "door");
  assert_state (fixture, "list");
  g_assert_cmpstr (get_count (fixture), ==, "2 messages");
  type (fixture, "window ");
  assert_state (fixture, "none");
  g_assert_cmpstr (get_count (fixture), ==, "");

  chat_store_close (chat_session_get_store (fixture->session));
  type (fixture, "door");
  assert_state (fixture, "failed");
  type (fixture, "");
  assert_state (fixture, "hints");
}

static void
test_room (Fixture       *fixture,
           gconstpointer  data)
{
  GtkDropDown *scope = GTK_DROP_DOWN (test_find_widget (fixture->view, "scope"));

  enfilade_search_view_begin (fixture->view, fixture->kitchen);
  type (fixture, "door");
  g_assert_cmpstr (get_count (fixture), ==, "1 message");
  g_assert_cmpuint (gtk_drop_down_get_selected (scope), ==, 1);

  /* The other room takes the place of the one before. */
  enfilade_search_view_begin (fixture->view, fixture->garden);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (scope)), ==, 2);
  g_assert_true (chat_search_get_room (enfilade_search_view_get_search (fixture->view)) == fixture->garden);

  gtk_drop_down_set_selected (scope, 0);
  test_wait_for (g_str_equal (get_count (fixture), "2 messages"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_find_widget (fixture->view, "order")), 1);
  g_assert_cmpint (chat_search_get_order (enfilade_search_view_get_search (fixture->view)), ==, CHAT_SEARCH_BEST);
  enfilade_search_view_begin (fixture->view, NULL);
  g_assert_null (chat_search_get_room (enfilade_search_view_get_search (fixture->view)));
}

static void
assert_named (GtkDropDown *drop_down,
              const char  *name)
{
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (GTK_WIDGET (drop_down)), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

/* What has the focus has a name, and says what is chosen. */
static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  GtkDropDown *scope = GTK_DROP_DOWN (test_find_widget (fixture->view, "scope"));
  GtkDropDown *order = GTK_DROP_DOWN (test_find_widget (fixture->view, "order"));

  assert_named (scope, "Where to search: All Rooms");
  assert_named (order, "What comes first: Newest");
  enfilade_search_view_begin (fixture->view, fixture->kitchen);
  assert_named (scope, "Where to search: Kitchen");
  enfilade_search_view_begin (fixture->view, fixture->garden);
  assert_named (scope, "Where to search: Garden");
  gtk_drop_down_set_selected (order, 1);
  assert_named (order, "What comes first: Best");
}

static gboolean
press (Fixture *fixture,
       guint    keyval)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->entry));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }

  return handled;
}

static void
test_keyboard (Fixture       *fixture,
               gconstpointer  data)
{
  enfilade_search_view_begin (fixture->view, NULL);
  g_assert_true (gtk_widget_has_focus (gtk_root_get_focus (GTK_ROOT (fixture->window))) ||
                 gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), GTK_WIDGET (fixture->entry)));
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_null (fixture->opened);

  type (fixture, "door");
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_true (g_str_has_prefix (fixture->opened, "m3 in "));
  g_assert_true (press (fixture, GDK_KEY_Down));
  g_assert_true (press (fixture, GDK_KEY_Down));
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_true (g_str_has_prefix (fixture->opened, "m1 in "));
  g_assert_true (press (fixture, GDK_KEY_Up));
  g_assert_false (press (fixture, GDK_KEY_a));
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_true (g_str_has_prefix (fixture->opened, "m3 in "));

  g_signal_emit_by_name (fixture->entry, "stop-search");
  g_assert_cmpuint (fixture->n_closed, ==, 1);
  gtk_widget_activate_action (test_find_widget (fixture->view, "list"), "search.close", NULL);
  g_assert_cmpuint (fixture->n_closed, ==, 2);
}

static ChatSearchHit *
find (Fixture    *fixture,
      const char *text)
{
  type (fixture, text);
  g_assert_cmpuint (chat_search_get_n_hits (enfilade_search_view_get_search (fixture->view)), >, 0);

  return g_list_model_get_item (G_LIST_MODEL (enfilade_search_view_get_search (fixture->view)), 0);
}

static void
test_row (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(ChatSearchHit) hit = NULL;
  GtkWidget *row = g_object_ref_sink (enfilade_search_row_new ());
  g_autofree char *spoken = NULL;
  PangoAttrList *attributes = NULL;
  GtkLabel *text = GTK_LABEL (test_find_widget (row, "text"));

  enfilade_search_view_begin (fixture->view, NULL);
  hit = find (fixture, "is open");
  enfilade_search_row_set_hit (ENFILADE_SEARCH_ROW (row), hit);
  g_assert_cmpstr (gtk_label_get_text (text), ==, "is open");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (test_find_widget (row, "sender"))), ==, "Tomas");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (test_find_widget (row, "before"))), ==, "Tomas: The door of the kitchen");
  g_assert_false (gtk_widget_get_visible (test_find_widget (row, "after")));

  attributes = gtk_label_get_attributes (text);
  g_assert_nonnull (attributes);
  {
    g_autofree char *described = pango_attr_list_to_string (attributes);

    g_assert_nonnull (strstr (described, "0 2 weight bold"));
    g_assert_nonnull (strstr (described, "3 7 weight bold"));
    g_assert_nonnull (strstr (described, "0 2 background #"));
    g_assert_nonnull (strstr (described, "insert-hyphens false"));
  }

  g_assert_cmpfloat (gtk_inscription_get_xalign (GTK_INSCRIPTION (test_find_widget (row, "room"))), ==, 0);
  gtk_widget_set_direction (row, GTK_TEXT_DIR_RTL);
  g_assert_cmpfloat (gtk_inscription_get_xalign (GTK_INSCRIPTION (test_find_widget (row, "room"))), ==, 1);

  spoken = enfilade_search_text_speak (hit);
  g_assert_true (g_str_has_prefix (spoken, "Tomas in Kitchen, "));
  g_assert_true (g_str_has_suffix (spoken, ": is open"));
  enfilade_search_row_set_hit (ENFILADE_SEARCH_ROW (row), NULL);
  g_object_unref (row);
}

/* Of a long text one sees the part with the words, on one line. */
static void
test_cut (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(GString) content = g_string_new (NULL);
  g_autoptr(ChatSearchHit) hit = NULL;
  g_autoptr(GArray) ranges = NULL;
  g_autofree char *text = NULL;
  ChatSearchRange *range = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (content, "wörter\n");
  g_string_append (content, "the néedle ");
  for (guint i = 0; i < 200; i++)
    g_string_append (content, "danach ");
  keep (fixture, fixture->garden, "long", 9, content->str);
  flush (fixture);

  hit = find (fixture, "needle ");
  text = enfilade_search_text_cut (hit, &ranges);
  g_assert_true (g_str_has_prefix (text, "…wörter wörter "));
  g_assert_true (g_str_has_suffix (text, "…"));
  g_assert_cmpint (g_utf8_strlen (text, -1), <, 300);
  g_assert_cmpuint (ranges->len, ==, 1);
  range = &g_array_index (ranges, ChatSearchRange, 0);
  g_assert_cmpint (strncmp (text + range->start, "néedle", range->end - range->start), ==, 0);
  g_assert_cmpuint (range->end - range->start, ==, strlen ("néedle"));
}

static void
test_more (Fixture       *fixture,
           gconstpointer  data)
{
  ChatSearch *search = NULL;
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (test_find_widget (fixture->view, "scroller"));

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);

      keep (fixture, fixture->garden, id, 100 + i, "one of many");
    }
  flush (fixture);

  enfilade_search_view_begin (fixture->view, NULL);
  search = enfilade_search_view_get_search (fixture->view);
  type (fixture, "many ");
  g_assert_cmpuint (chat_search_get_n_hits (search), >=, 50);
  while (chat_search_get_has_more (search))
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);
      guint n_hits = chat_search_get_n_hits (search);

      test_wait_for (gtk_adjustment_get_page_size (adjustment) > 0);
      gtk_adjustment_set_value (adjustment, 0);
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
      test_wait_for (chat_search_get_n_hits (search) > n_hits && !chat_search_get_searching (search));
    }
  g_assert_cmpuint (chat_search_get_n_hits (search), ==, 120);
  g_assert_cmpstr (get_count (fixture), ==, "120 messages");
}

static void
test_session_goes (Fixture       *fixture,
                   gconstpointer  data)
{
  enfilade_search_view_begin (fixture->view, fixture->kitchen);
  type (fixture, "door");
  enfilade_search_view_set_session (fixture->view, NULL);
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "");
  g_assert_null (enfilade_search_view_get_search (fixture->view));
  test_drain ();
  g_assert_null (fixture->opened);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  add ("/search-view/states", test_states);
  add ("/search-view/room", test_room);
  add ("/search-view/names", test_names);
  add ("/search-view/keyboard", test_keyboard);
  add ("/search-view/row", test_row);
  add ("/search-view/cut", test_cut);
  add ("/search-view/more", test_more);
  add ("/search-view/session-goes", test_session_goes);
#undef add

  return g_test_run ();
}
