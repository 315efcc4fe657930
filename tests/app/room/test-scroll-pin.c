/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline as it is painted. What the adjustment says is no proof: inside its own allocation a list does not listen to it,
 * and shows something else for a frame. So each painted frame is judged by where the rows stand. */

#include "config.h"

#include <math.h>

#include "enfilade-message-row.h"
#include "enfilade-scroll-pin.h"
#include "enfilade-timeline-view.h"
#include "room-fixture.h"

#define WIDTH 520
#define HEIGHT 640

typedef struct
{
  ChatTimeline         *timeline;
  EnfiladeTimelineView *view;
  GtkWidget            *window;
  GtkWidget            *scroller;
  GtkWidget            *list;
  GtkAdjustment        *adjustment;

  gulong                paint_id;
  /* Not while the test itself scrolls. */
  gboolean              judges;
  guint                 n_frames;
  guint                 n_wrong;

  /* The row a reader looks at, and where it stood. */
  ChatMessage          *watched;
  double                watched_y;
} Fixture;

static EnfiladeMessageRow *
find_row (Fixture     *fixture,
          ChatMessage *message)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (fixture->list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (ENFILADE_IS_MESSAGE_ROW (row) && enfilade_message_row_get_message (ENFILADE_MESSAGE_ROW (row)) == message)
        return ENFILADE_MESSAGE_ROW (row);
    }

  return NULL;
}

static gboolean
get_bounds (Fixture         *fixture,
            ChatMessage     *message,
            graphene_rect_t *bounds)
{
  EnfiladeMessageRow *row = find_row (fixture, message);

  return row != NULL &&
         gtk_widget_compute_bounds (gtk_widget_get_parent (GTK_WIDGET (row)), fixture->scroller, bounds);
}

/* How far below the view the newest message ends. */
static double
get_gap (Fixture *fixture)
{
  ChatMessage *last = chat_timeline_get_last (fixture->timeline);
  graphene_rect_t bounds;

  if (!get_bounds (fixture, last, &bounds))
    return INFINITY;

  return bounds.origin.y + bounds.size.height - gtk_widget_get_height (fixture->scroller);
}

static gboolean
is_right (Fixture *fixture)
{
  graphene_rect_t bounds;

  if (fixture->watched == NULL)
    {
      double gap = get_gap (fixture);

      /* The list has some padding below its last row. */
      return gap > -20 && gap <= 0.5;
    }

  return get_bounds (fixture, fixture->watched, &bounds) && fabs (bounds.origin.y - fixture->watched_y) < 1.5;
}

static void
after_paint_cb (GdkFrameClock *clock,
                Fixture       *fixture)
{
  if (!fixture->judges)
    return;

  room_fixture_judge_frame (is_right (fixture));
  fixture->n_frames++;
  if (!is_right (fixture))
    {
      fixture->n_wrong++;
      g_test_message ("frame %u: gap %.1f", fixture->n_frames, get_gap (fixture));
    }
}

static void
begin (Fixture *fixture)
{
  fixture->n_frames = fixture->n_wrong = 0;
  fixture->judges = TRUE;
}

static void
assert_calm (Fixture *fixture)
{
  room_fixture_frames (fixture->window, 8);
  g_assert_cmpuint (fixture->n_frames, >, 0);
  g_assert_cmpuint (fixture->n_wrong, ==, 0);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  guint n_messages = GPOINTER_TO_UINT (data);

  fixture->timeline = chat_timeline_new ();
  room_fixture_add_many (fixture->timeline, 5000, n_messages);

  fixture->view = ENFILADE_TIMELINE_VIEW (enfilade_timeline_view_new ());
  fixture->window = room_fixture_present (GTK_WIDGET (fixture->view), WIDTH, HEIGHT);
  fixture->scroller = room_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_SCROLLED_WINDOW);
  fixture->list = room_fixture_find (GTK_WIDGET (fixture->view), GTK_TYPE_LIST_VIEW);
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (fixture->scroller));

  enfilade_timeline_view_set_timeline (fixture->view, fixture->timeline);
  room_fixture_frames (fixture->window, 4);

  fixture->paint_id = g_signal_connect_after (gtk_widget_get_frame_clock (fixture->window), "after-paint",
                                              G_CALLBACK (after_paint_cb), fixture);
  begin (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_signal_handler_disconnect (gtk_widget_get_frame_clock (fixture->window), fixture->paint_id);
  room_fixture_close (fixture->window);
  g_assert_finalize_object (fixture->timeline);
}

/* Scrolls by hand and takes as watched what then stands in the middle of the view. */
static void
scroll_to (Fixture *fixture,
           double   value)
{
  GListModel *model = G_LIST_MODEL (fixture->timeline);

  fixture->judges = FALSE;
  gtk_adjustment_set_value (fixture->adjustment, value);
  room_fixture_frames (fixture->window, 4);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(ChatTimelineItem) item = g_list_model_get_item (model, i);
      graphene_rect_t bounds;

      fixture->watched = chat_timeline_item_get_message (item);
      if (fixture->watched == NULL || !get_bounds (fixture, fixture->watched, &bounds))
        continue;

      fixture->watched_y = bounds.origin.y;
      if (bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < HEIGHT / 2 &&
          bounds.origin.y + bounds.size.height < HEIGHT)
        break;
    }

  g_assert_nonnull (fixture->watched);
  g_assert_false (enfilade_timeline_view_get_at_newest (fixture->view));
  begin (fixture);
}

static void
remove_oldest (Fixture *fixture,
               guint    n)
{
  for (guint i = 0; i < n; i++)
    chat_timeline_remove (fixture->timeline, chat_timeline_get_first (fixture->timeline));
}

static void
test_append (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));

  room_fixture_add_many (fixture->timeline, 6000, 1);
  assert_calm (fixture);

  for (guint i = 0; i < 20; i++)
    {
      room_fixture_add_many (fixture->timeline, 6001 + i, 1);
      room_fixture_frames (fixture->window, 1);
    }
  assert_calm (fixture);

  room_fixture_add_many (fixture->timeline, 7000, 60);
  assert_calm (fixture);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
}

static void
test_resize (Fixture       *fixture,
             gconstpointer  data)
{
  static const int sizes[][2] = { { 520, 440 }, { 360, 640 }, { 700, 500 }, { 520, 640 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), sizes[i][0], sizes[i][1]);
      assert_calm (fixture);
    }
}

static void
test_growth (Fixture       *fixture,
             gconstpointer  data)
{
  ChatMessage *last = chat_timeline_get_last (fixture->timeline);
  g_autofree char *text = g_strdup (chat_message_get_content (last));
  g_autofree char *long_text = g_strnfill (900, 'x');

  chat_message_set_content (last, long_text);
  assert_calm (fixture);
  chat_message_set_content (last, text);
  assert_calm (fixture);
  chat_message_set_delivery (last, CHAT_DELIVERY_FAILED, "The server did not like it at all.");
  assert_calm (fixture);
}

static void
test_prepend (Fixture       *fixture,
              gconstpointer  data)
{
  room_fixture_add_many (fixture->timeline, 4000, 40);
  assert_calm (fixture);
}

static void
test_trim (Fixture       *fixture,
           gconstpointer  data)
{
  remove_oldest (fixture, 60);
  assert_calm (fixture);
}

/* One in and one out of the same height: the geometry is the same as before, and still nobody has scrolled. */
static void
test_exchange (Fixture       *fixture,
               gconstpointer  data)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr(ChatMessage) message = room_fixture_message (9000 + i, "Ada", "same");

      g_assert_true (chat_timeline_add (fixture->timeline, message));
      remove_oldest (fixture, 1);
      room_fixture_frames (fixture->window, 1);
    }
  assert_calm (fixture);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
}

static void
test_reader (Fixture       *fixture,
             gconstpointer  data)
{
  const double places[] = { 0, 150, 3000 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      scroll_to (fixture, places[i]);

      room_fixture_add_many (fixture->timeline, 6000 + i * 100, 30);
      assert_calm (fixture);
      room_fixture_add_many (fixture->timeline, 4000 - i * 100, 30);
      assert_calm (fixture);
      g_assert_false (enfilade_timeline_view_get_at_newest (fixture->view));
    }
}

static void
test_reader_sees_growth_below (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *text = g_strnfill (600, 'y');

  scroll_to (fixture, 2000);
  chat_message_set_content (chat_timeline_get_last (fixture->timeline), text);
  assert_calm (fixture);
}

/* A burst must not hold who wants to leave the end. */
static void
test_leave_during_burst (Fixture       *fixture,
                         gconstpointer  data)
{
  g_signal_handler_block (gtk_widget_get_frame_clock (fixture->window), fixture->paint_id);

  for (guint i = 0; i < 10; i++)
    {
      room_fixture_add_many (fixture->timeline, 6000 + i, 1);
      room_fixture_frames (fixture->window, 1);
    }
  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) - 30);
  g_assert_false (enfilade_timeline_view_get_at_newest (fixture->view));

  for (guint i = 0; i < 10; i++)
    {
      room_fixture_add_many (fixture->timeline, 6100 + i, 1);
      room_fixture_frames (fixture->window, 1);
    }
  g_assert_false (enfilade_timeline_view_get_at_newest (fixture->view));

  g_signal_handler_unblock (gtk_widget_get_frame_clock (fixture->window), fixture->paint_id);
}

static void
test_return (Fixture       *fixture,
             gconstpointer  data)
{
  scroll_to (fixture, 500);
  room_fixture_add_many (fixture->timeline, 6000, 3);
  assert_calm (fixture);

  fixture->watched = NULL;
  enfilade_timeline_view_scroll_to_newest (fixture->view);
  begin (fixture);
  assert_calm (fixture);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
}

/* Each first frame of a room shows its end; and GTK is never told to scroll where nothing is laid out yet, which it would say. */
static void
test_switch (Fixture       *fixture,
             gconstpointer  data)
{
  ChatTimeline *own = fixture->timeline;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(ChatTimeline) other = chat_timeline_new ();

      room_fixture_add_many (other, 1000 * i, 1 + (i * 37) % 300);
      fixture->timeline = other;
      enfilade_timeline_view_set_timeline (fixture->view, other);
      room_fixture_frames (fixture->window, i % 3);
    }

  fixture->timeline = own;
  enfilade_timeline_view_set_timeline (fixture->view, own);
  assert_calm (fixture);
}

static void
test_short (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));

  /* While the page is not full the messages stand at its top. */
  g_signal_handler_block (gtk_widget_get_frame_clock (fixture->window), fixture->paint_id);
  room_fixture_add_many (fixture->timeline, 6000, 2);
  room_fixture_frames (fixture->window, 3);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
  g_signal_handler_unblock (gtk_widget_get_frame_clock (fixture->window), fixture->paint_id);

  room_fixture_add_many (fixture->timeline, 6010, 40);
  assert_calm (fixture);
  g_assert_true (enfilade_timeline_view_get_at_newest (fixture->view));
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

#define ADD(path, n, function) \
  g_test_add ("/app/scroll-pin/" path, Fixture, GUINT_TO_POINTER (n), set_up, function, tear_down)
  ADD ("append", 100, test_append);
  ADD ("resize", 100, test_resize);
  ADD ("growth", 100, test_growth);
  ADD ("prepend", 100, test_prepend);
  ADD ("trim", 150, test_trim);
  ADD ("exchange", 100, test_exchange);
  ADD ("reader", 100, test_reader);
  ADD ("reader-growth-below", 100, test_reader_sees_growth_below);
  ADD ("leave-during-burst", 100, test_leave_during_burst);
  ADD ("return", 100, test_return);
  ADD ("switch", 100, test_switch);
  ADD ("short", 3, test_short);
#undef ADD

  return room_fixture_run_judged ();
}
