/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A room of which most is in the store: where the reader is, what they have read, and what is painted meanwhile. */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>

#include "chat-room-private.h"
#include "enfilade-message-row.h"
#include "enfilade-room-view.h"
#include "enfilade-timeline-sight.h"
#include "enfilade-timeline-view.h"
#include "room-fixture.h"

#define N_MESSAGES 1000
#define WIDTH 520
#define HEIGHT 640

typedef struct
{
  char             *folder;
  char             *path;
  ChatStore        *store;
  ChatSession      *session;
  ChatRoom         *room;
  EnfiladeRoomView *view;
  GtkWidget        *window;

  /* Where a message has to stand in each frame that is painted, NAN for where it stood in the first; NULL for the newest at the
   * end. */
  char             *watched;
  double            watched_y;
  gulong            paint_id;
  guint             n_frames;
  guint             n_wrong;
  guint             n_told;
} Fixture;

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

static GtkAdjustment *
get_adjustment (Fixture *fixture)
{
  return gtk_scrolled_window_get_vadjustment (find (fixture, GTK_TYPE_SCROLLED_WINDOW));
}

static void
start (Fixture *fixture)
{
  fixture->session = room_fixture_session (fixture->store);
  fixture->room = chat_room_list_find (chat_session_get_rooms (fixture->session), "general");
  g_assert_nonnull (fixture->room);
  fixture->view = ENFILADE_ROOM_VIEW (enfilade_room_view_new ());
  fixture->window = room_fixture_present (GTK_WIDGET (fixture->view), WIDTH, HEIGHT);
}

/* As when the program ends. */
static void
stop (Fixture *fixture)
{
  room_fixture_close (fixture->window);
  chat_session_stop (fixture->session);
  g_assert_finalize_object (fixture->session);
  chat_store_close (fixture->store);
  g_assert_finalize_object (fixture->store);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  gint64 read_seq = GPOINTER_TO_INT (data);

  fixture->folder = g_dir_make_tmp ("enfilade-reader-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "conversations.db", NULL);
  fixture->store = room_fixture_fill_store (fixture->path, N_MESSAGES, read_seq);
  start (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  stop (fixture);
  g_assert_true (chat_store_delete (fixture->path, NULL));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->watched);
}

static void
restart (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  stop (fixture);
  fixture->store = chat_store_open (fixture->path, &error);
  g_assert_no_error (error);
  start (fixture);
}

static gboolean
get_y (Fixture    *fixture,
       const char *id,
       double     *y)
{
  GtkWidget *scroller = find (fixture, GTK_TYPE_SCROLLED_WINDOW);
  ChatMessage *message = chat_timeline_find (chat_room_get_timeline (fixture->room), id);
  GtkWidget *list = find (fixture, GTK_TYPE_LIST_VIEW);
  GtkWidget *row = message != NULL && list != NULL ? enfilade_timeline_sight_find_row (list, message) : NULL;
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_get_child_visible (gtk_widget_get_parent (row)) ||
      !gtk_widget_compute_bounds (gtk_widget_get_parent (row), scroller, &bounds))
    return FALSE;

  *y = bounds.origin.y;
  return TRUE;
}

static gboolean
is_right (Fixture *fixture)
{
  GtkAdjustment *adjustment = get_adjustment (fixture);
  double y = 0;

  if (fixture->watched == NULL)
    return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment)
           - gtk_adjustment_get_value (adjustment) < 1 &&
           chat_timeline_get_last (chat_room_get_timeline (fixture->room)) == chat_room_get_last_message (fixture->room);

  if (!get_y (fixture, fixture->watched, &y))
    return FALSE;
  if (isnan (fixture->watched_y))
    fixture->watched_y = y;

  return fabs (y - fixture->watched_y) < 1.5;
}

static void
after_paint_cb (GdkFrameClock *clock,
                Fixture       *fixture)
{
  gboolean right = is_right (fixture);
  double y = NAN;

  room_fixture_judge_frame (right);
  fixture->n_frames++;
  if (right)
    return;

  fixture->n_wrong++;
  if (fixture->watched != NULL)
    get_y (fixture, fixture->watched, &y);
  g_test_message ("frame %u: %s at %.1f, not %.1f", fixture->n_frames, fixture->watched, y, fixture->watched_y);
}

/* From here on each frame is judged. */
static void
watch (Fixture    *fixture,
       const char *id,
       double      y)
{
  g_free (fixture->watched);
  fixture->watched = g_strdup (id);
  fixture->watched_y = y;
  fixture->n_frames = fixture->n_wrong = 0;
  fixture->paint_id = g_signal_connect_after (gtk_widget_get_frame_clock (fixture->window), "after-paint",
                                              G_CALLBACK (after_paint_cb), fixture);
}

static void
assert_calm (Fixture *fixture)
{
  room_fixture_frames (fixture->window, 6);
  g_signal_handler_disconnect (gtk_widget_get_frame_clock (fixture->window), fixture->paint_id);
  g_assert_cmpuint (fixture->n_frames, >, 0);
  g_assert_cmpuint (fixture->n_wrong, ==, 0);
}

static void
show (Fixture *fixture)
{
  enfilade_room_view_set_room (fixture->view, fixture->room);
}

static void
scroll_by (Fixture *fixture,
           double   distance)
{
  GtkAdjustment *adjustment = get_adjustment (fixture);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + distance);
  room_fixture_frames (fixture->window, 3);
}

/* The message at the top, and where it begins. */
static char *
dup_top (Fixture *fixture,
         double  *y)
{
  ChatMessage *top = NULL;
  double offset = 0;

  g_assert_true (enfilade_timeline_view_get_place (get_timeline_view (fixture), &top, &offset));
  g_assert_nonnull (top);
  *y = -offset;

  return g_strdup (chat_message_get_id (top));
}

static void
test_opens_at_newest (Fixture       *fixture,
                      gconstpointer  data)
{
  watch (fixture, NULL, 0);
  show (fixture);
  assert_calm (fixture);
  g_assert_true (enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)));

  /* Who reads along is taken along. */
  watch (fixture, NULL, 0);
  for (guint i = 0; i < 30; i++)
    {
      room_fixture_receive (fixture->room, N_MESSAGES + 1 + i * 10, 10);
      room_fixture_frames (fixture->window, 1);
    }
  assert_calm (fixture);
  g_assert_cmpuint (chat_timeline_get_n_messages (chat_room_get_timeline (fixture->room)), <, 300);
}

static void
focus_newest (Fixture *fixture)
{
  ChatMessage *newest = chat_timeline_get_last (chat_room_get_timeline (fixture->room));
  GtkWidget *row = enfilade_timeline_sight_find_row (find (fixture, GTK_TYPE_LIST_VIEW), newest);

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_grab_focus (row));
}

/* Each row that is seen shows what is in its place. */
static void
assert_rows_are_right (Fixture *fixture)
{
  GtkWidget *list = find (fixture, GTK_TYPE_LIST_VIEW);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));

  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkListItem *list_item = enfilade_scroll_pin_get_marked (gtk_widget_get_first_child (child));
      g_autoptr(GObject) item = NULL;

      if (list_item == NULL || !gtk_widget_get_mapped (child))
        continue;

      item = g_list_model_get_item (model, gtk_list_item_get_position (list_item));
      g_assert_true (item == gtk_list_item_get_item (list_item));
    }
}

/* Far up, and far down again: what is dropped at the one end does not move what is read at the other, nor does it come back in the
 * place of another message where it had the focus. */
static void
test_paging (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 oldest = G_MAXINT64;

  show (fixture);
  room_fixture_frames (fixture->window, 4);
  focus_newest (fixture);

  for (guint i = 0; i < 60 && oldest >= N_MESSAGES - 320; i++)
    {
      g_autofree char *top = NULL;
      double y = 0;

      scroll_by (fixture, -600);
      top = dup_top (fixture, &y);
      watch (fixture, top, y);
      assert_calm (fixture);
      assert_rows_are_right (fixture);
      oldest = chat_message_get_seq (chat_timeline_get_first (chat_room_get_timeline (fixture->room)));
    }
  g_assert_cmpint (oldest, <, N_MESSAGES - 320);
  g_assert_true (chat_room_get_has_newer (fixture->room));
  g_assert_false (enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)));

  for (guint i = 0; i < 200 && !enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)); i++)
    {
      g_autofree char *top = NULL;
      double y = 0;

      scroll_by (fixture, 600);
      if (enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)))
        break;
      top = dup_top (fixture, &y);
      watch (fixture, top, y);
      assert_calm (fixture);
      assert_rows_are_right (fixture);
    }
  g_assert_false (chat_room_get_has_newer (fixture->room));
  g_assert_true (enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)));
  watch (fixture, NULL, 0);
  assert_calm (fixture);
}

/* To a time long ago, with the focus on the newest message, and from there up to it again. */
static void
test_far_jump (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GDateTime) date = NULL;
  gint64 oldest = 0;

  show (fixture);
  room_fixture_frames (fixture->window, 4);
  oldest = chat_message_get_timestamp (chat_timeline_get_first (chat_room_get_timeline (fixture->room)));
  date = g_date_time_new_from_unix_utc (oldest / 1000 - 12 * 60 * 60);

  focus_newest (fixture);
  enfilade_room_view_show_date (fixture->view, date);
  room_fixture_frames (fixture->window, 12);
  g_assert_true (chat_room_get_has_newer (fixture->room));
  assert_rows_are_right (fixture);

  for (guint i = 0; i < 200 && !enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)); i++)
    {
      scroll_by (fixture, 600);
      assert_rows_are_right (fixture);
    }
  g_assert_true (enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)));
}

/* Who went to the very top at once goes on reading there when the pages above come: the name of the day stays above them. */
static void
test_very_top (Fixture       *fixture,
               gconstpointer  data)
{
  GtkAdjustment *adjustment = NULL;
  ChatMessage *first = NULL;
  double y = NAN;

  show (fixture);
  room_fixture_frames (fixture->window, 2);
  adjustment = get_adjustment (fixture);
  first = chat_timeline_get_first (chat_room_get_timeline (fixture->room));

  gtk_adjustment_set_value (adjustment, 0);
  watch (fixture, chat_message_get_id (first), y);
  while (chat_timeline_get_first (chat_room_get_timeline (fixture->room)) == first)
    room_fixture_frames (fixture->window, 1);
  assert_calm (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 0);
  g_assert_cmpuint (chat_timeline_get_n_messages (chat_room_get_timeline (fixture->room)), <, 240);
}

static gboolean
is_at_newest (gpointer user_data)
{
  return enfilade_timeline_view_get_at_newest (get_timeline_view (user_data));
}

static void
go_far_up (Fixture *fixture)
{
  show (fixture);
  room_fixture_frames (fixture->window, 4);
  for (guint i = 0; i < 100 && !chat_room_get_has_newer (fixture->room); i++)
    scroll_by (fixture, -500);
  g_assert_true (chat_room_get_has_newer (fixture->room));
}

static void
test_newest (Fixture       *fixture,
             gconstpointer  data)
{
  go_far_up (fixture);
  room_fixture_receive (fixture->room, N_MESSAGES + 1, 5);

  g_signal_emit_by_name (room_fixture_find_button (GTK_WIDGET (fixture->view), "Newest Messages"), "clicked");
  room_fixture_wait (is_at_newest, fixture);
  watch (fixture, NULL, 0);
  assert_calm (fixture);
}

static void
report_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  *(guint *) user_data += 1;
}

static gboolean
is_at_newest_or_told (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->n_told > 0 || is_at_newest (fixture);
}

/* Where all was read, what will be unread next comes at the end; there is nothing to complain about. */
static void
test_nothing_unread (Fixture       *fixture,
                     gconstpointer  data)
{
  static const GActionEntry entries[] = { { "report", report_cb, "s" } };
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), &fixture->n_told);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (actions));
  go_far_up (fixture);
  g_assert_cmpuint (chat_room_get_unread (fixture->room), ==, 0);

  enfilade_room_view_show_unread (fixture->view);
  room_fixture_wait (is_at_newest_or_told, fixture);
  g_assert_cmpuint (fixture->n_told, ==, 0);

  /* Where it is already, nothing moves. */
  watch (fixture, NULL, 0);
  enfilade_room_view_show_unread (fixture->view);
  assert_calm (fixture);
  g_assert_cmpuint (fixture->n_told, ==, 0);
}

/* In the first frame, and to the pixel: after another room, and after the program was ended and started again. */
static void
test_place (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *top = NULL;
      double y = 0;

      if (i == 0)
        go_far_up (fixture);
      else
        scroll_by (fixture, -137);
      top = dup_top (fixture, &y);

      enfilade_room_view_set_room (fixture->view, NULL);
      room_fixture_frames (fixture->window, 2);
      watch (fixture, top, y);
      show (fixture);
      assert_calm (fixture);

      restart (fixture);
      watch (fixture, top, y);
      show (fixture);
      assert_calm (fixture);
    }
}

/* Who left at the newest is there again, also when more has come that was read elsewhere. */
static void
test_place_newest (Fixture       *fixture,
                   gconstpointer  data)
{
  show (fixture);
  room_fixture_frames (fixture->window, 4);
  enfilade_room_view_set_room (fixture->view, NULL);
  room_fixture_receive (fixture->room, N_MESSAGES + 1, 100);
  room_fixture_flush (fixture->store);
  chat_room_mark_read (fixture->room);

  watch (fixture, NULL, 0);
  show (fixture);
  assert_calm (fixture);
  restart (fixture);
  watch (fixture, NULL, 0);
  show (fixture);
  assert_calm (fixture);
}

/* What is unread begins in the view, with a little of what was read above it. */
static void
test_opens_at_unread (Fixture       *fixture,
                      gconstpointer  data)
{
  g_assert_cmpuint (chat_room_get_unread (fixture->room), ==, 100);

  watch (fixture, "message-901", NAN);
  show (fixture);
  assert_calm (fixture);
  g_assert_cmpfloat (fixture->watched_y, >, 60);
  g_assert_cmpfloat (fixture->watched_y, <, HEIGHT / 2);
  g_assert_false (enfilade_timeline_view_get_at_newest (get_timeline_view (fixture)));
}

/* What was seen and nothing else is read, as long as it takes to read it. */
static gboolean
has_read_what_is_in_view (gpointer user_data)
{
  Fixture *fixture = user_data;
  ChatMessage *message = enfilade_timeline_view_get_read (get_timeline_view (fixture));

  return message != NULL && chat_room_get_unread (fixture->room) == N_MESSAGES - chat_message_get_seq (message);
}

static gboolean
is_used (gpointer user_data)
{
  return gtk_window_is_active (GTK_WINDOW (((Fixture *) user_data)->window));
}

static void
test_reads_what_is_seen (Fixture       *fixture,
                         gconstpointer  data)
{
  guint unread = 0;

  room_fixture_wait (is_used, fixture);
  show (fixture);
  g_assert_cmpuint (chat_room_get_unread (fixture->room), ==, 100);
  room_fixture_wait (has_read_what_is_in_view, fixture);
  unread = chat_room_get_unread (fixture->room);
  g_assert_cmpuint (unread, >, 0);
  g_assert_cmpuint (enfilade_timeline_view_get_n_new (get_timeline_view (fixture)), ==, unread);

  scroll_by (fixture, 400);
  room_fixture_wait (has_read_what_is_in_view, fixture);
  g_assert_cmpuint (chat_room_get_unread (fixture->room), <, unread);

  /* Nothing becomes unread by looking back. */
  unread = chat_room_get_unread (fixture->room);
  scroll_by (fixture, -3000);
  g_assert_cmpuint (chat_room_get_unread (fixture->room), ==, unread);
}

static gboolean
is_read (gpointer user_data)
{
  return chat_room_get_unread (((Fixture *) user_data)->room) == 0;
}

static gboolean
is_unread (gpointer user_data)
{
  return chat_room_get_unread (((Fixture *) user_data)->room) == 21;
}

/* Who marks something as unread goes on looking at it, and it stays unread until they come back or write. */
static void
test_mark_unread (Fixture       *fixture,
                  gconstpointer  data)
{
  EnfiladeTimelineView *timeline_view;
  ChatMessage *message = NULL;

  room_fixture_wait (is_used, fixture);
  show (fixture);
  room_fixture_frames (fixture->window, 4);
  timeline_view = get_timeline_view (fixture);
  room_fixture_receive (fixture->room, N_MESSAGES + 1, 1);
  room_fixture_wait (is_read, fixture);

  message = chat_timeline_find (chat_room_get_timeline (fixture->room), "message-981");
  g_assert_nonnull (message);
  g_signal_emit_by_name (timeline_view, "mark-unread", message);
  room_fixture_wait (is_unread, fixture);
  g_signal_emit_by_name (timeline_view, "moved");
  room_fixture_frames (fixture->window, 4);
  g_assert_cmpuint (chat_room_get_unread (fixture->room), ==, 21);

  /* The same, from another room. */
  enfilade_room_view_set_room (fixture->view, NULL);
  g_assert_cmpuint (chat_room_get_unread (fixture->room), ==, 21);
  show (fixture);
  room_fixture_frames (fixture->window, 4);
  enfilade_timeline_view_scroll_to_newest (get_timeline_view (fixture));
  room_fixture_wait (is_read, fixture);
}

int
main (int    argc,
      char **argv)
{
  room_fixture_init (&argc, &argv);

#define ADD(path, read_seq, function) \
  g_test_add ("/app/reader/" path, Fixture, GINT_TO_POINTER (read_seq), set_up, function, tear_down)
  ADD ("opens-at-newest", N_MESSAGES, test_opens_at_newest);
  ADD ("paging", N_MESSAGES, test_paging);
  ADD ("far-jump", N_MESSAGES, test_far_jump);
  ADD ("very-top", N_MESSAGES, test_very_top);
  ADD ("newest", N_MESSAGES, test_newest);
  ADD ("nothing-unread", N_MESSAGES, test_nothing_unread);
  ADD ("place", N_MESSAGES, test_place);
  ADD ("place-newest", N_MESSAGES, test_place_newest);
  ADD ("opens-at-unread", 900, test_opens_at_unread);
  ADD ("reads-what-is-seen", 900, test_reads_what_is_seen);
  ADD ("mark-unread", N_MESSAGES, test_mark_unread);
#undef ADD

  return room_fixture_run_judged ();
}
