/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-room-private.h"
#include "chat-store-private.h"
#include "room-fixture.h"

#include "enfilade-tooltip.h"

#define TIMEOUT_SECONDS 30
#define START G_GINT64_CONSTANT (1700000000000)

static void
load_style (void)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();
  GdkDisplay *display = gdk_display_get_default ();

  gtk_css_provider_load_from_resource (provider, "/chat/enfilade/Enfilade/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), "/chat/enfilade/Enfilade/icons");
}

void
room_fixture_init (int    *argc,
                   char ***argv)
{
  /* The pictures are painted by Cairo; a driver that is only looked at and unloaded again leaks as it goes. */
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);

  gtk_test_init (argc, argv, NULL);
  adw_init ();
  load_style ();

  /* Frames are counted: none may be those of a fading button. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static gboolean
timeout_cb (gpointer user_data)
{
  g_error ("What was waited for did not come in %d seconds", TIMEOUT_SECONDS);
  return G_SOURCE_REMOVE;
}

static guint frames_judged;
static guint frames_wrong;

void
room_fixture_judge_frame (gboolean is_right)
{
  frames_judged++;
  if (!is_right)
    frames_wrong++;
}

/* Runs the tests, and tells `./dev bench` of the frames that they have judged. */
int
room_fixture_run_judged (void)
{
  int status = g_test_run ();

  g_print ("# frames painted off the bottom or off the reader's place: %u of %u; the promise is 0\n", frames_wrong, frames_judged);
  g_assert_cmpuint (frames_wrong, ==, 0);

  return status;
}

void
room_fixture_wait (RoomCondition condition,
                   gpointer      user_data)
{
  guint timeout_id = g_timeout_add_seconds (TIMEOUT_SECONDS, timeout_cb, NULL);

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (timeout_id);
}

static void
after_paint_cb (GdkFrameClock *clock,
                guint         *n_left)
{
  if (*n_left > 0)
    (*n_left)--;
}

static gboolean
is_zero (gpointer user_data)
{
  return *(guint *) user_data == 0;
}

static gboolean
ask_for_frames_cb (GtkWidget     *widget,
                   GdkFrameClock *clock,
                   gpointer       user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until so many frames were painted. */
void
room_fixture_frames (GtkWidget *widget,
                     guint      n_frames)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gulong handler_id = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &n_frames);
  guint tick_id = gtk_widget_add_tick_callback (widget, ask_for_frames_cb, NULL, NULL);

  room_fixture_wait (is_zero, &n_frames);

  gtk_widget_remove_tick_callback (widget, tick_id);
  g_signal_handler_disconnect (clock, handler_id);
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

GtkWidget *
room_fixture_present (GtkWidget *child,
                      int        width,
                      int        height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_titlebar (GTK_WINDOW (window), g_object_new (GTK_TYPE_BOX, "visible", FALSE, NULL));
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));

  room_fixture_wait (is_mapped, child);
  room_fixture_frames (window, 3);

  return window;
}

void
room_fixture_close (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The first descendant of that type that is shown. */
GtkWidget *
room_fixture_find (GtkWidget *widget,
                   GType      type)
{
  GtkWidget *child;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    return widget;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = room_fixture_find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
room_fixture_find_button (GtkWidget  *widget,
                          const char *label)
{
  GtkWidget *child;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0 ||
       g_strcmp0 (gtk_widget_get_tooltip_text (widget), label) == 0 ||
       g_strcmp0 (enfilade_tooltip_get_text (widget), label) == 0))
    return widget;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = room_fixture_find_button (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The first descendant with a style class, shown or not: for what is made when it is needed. */
GtkWidget *
room_fixture_find_styled (GtkWidget  *widget,
                          const char *css_class)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, css_class) ? widget : NULL;
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = room_fixture_find_styled (child, css_class);

  return found;
}

void
room_fixture_save (GtkWidget  *window,
                   const char *path)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (window);
  int width = gtk_widget_get_width (window);
  int height = gtk_widget_get_height (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);

  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* ---- Messages ---- */

ChatMessage *
room_fixture_message (gint64      seq,
                      const char *sender,
                      const char *content)
{
  g_autofree char *id = g_strdup_printf ("message-%" G_GINT64_FORMAT, seq);

  return chat_message_new (id, "general", sender, sender, content, START + seq * 20000, seq);
}

ChatMessage *
room_fixture_random_message (gint64 seq)
{
  static const char * const senders[] = { "Ada", "Tomas", "Mirjam", "Björn" };
  g_autoptr(GRand) random = g_rand_new_with_seed (seq);
  g_autoptr(GString) text = g_string_new (NULL);
  int n_words = g_rand_int_range (random, 2, 12);

  if (seq % 7 == 0)
    n_words = g_rand_int_range (random, 60, 180);

  g_string_append_printf (text, "#%" G_GINT64_FORMAT, seq);
  for (int i = 0; i < n_words; i++)
    g_string_append (text, i % 2 != 0 ? " ipsum" : " lorem");

  return room_fixture_message (seq, senders[g_rand_int_range (random, 0, 4)], text->str);
}

void
room_fixture_add_many (ChatTimeline *timeline,
                       gint64        seq,
                       guint         n)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (messages, room_fixture_random_message (seq + i));

  g_assert_cmpuint (chat_timeline_add_many (timeline, messages), ==, n);
}

static void
add_at (ChatTimeline *timeline,
        gint64        minutes_ago,
        const char   *sender,
        const char   *content,
        ChatDelivery  delivery,
        const char   *error)
{
  static gint64 seq = 0;
  gint64 timestamp = g_get_real_time () / 1000 - minutes_ago * 60000;
  g_autofree char *id = g_strdup_printf ("rich-%" G_GINT64_FORMAT, ++seq);
  gboolean own = sender == NULL;
  g_autoptr(ChatMessage) message = NULL;

  if (own && delivery != CHAT_DELIVERY_RECEIVED)
    message = chat_message_new_outgoing (id, "general", "me", "Sofia", content, timestamp);
  else
    message = chat_message_new (id, "general", own ? "me" : sender, own ? "Sofia" : sender, content, timestamp, seq);

  chat_message_set_own (message, own);
  chat_message_set_delivery (message, delivery, error);
  chat_timeline_add (timeline, message);
}

static ChatMessage *
add_changed (ChatTimeline *timeline,
             gint64        seq,
             const char   *sender,
             const char   *content,
             const char   *reply_to)
{
  g_autofree char *id = g_strdup_printf ("reply-%" G_GINT64_FORMAT, seq);
  g_autoptr(ChatMessage) message = chat_message_new (id, "general", sender != NULL ? sender : "me", sender != NULL ? sender : "Sofia",
                                                     content, g_get_real_time () / 1000 - (20 - seq) * 60000, 100 + seq);

  chat_message_set_own (message, sender == NULL);
  chat_message_set_reply_to (message, reply_to);
  g_assert_true (chat_timeline_add (timeline, message));

  return message;
}

/* Answers, to what is there and what is not, and what was changed or taken back. */
void
room_fixture_add_replies (ChatTimeline *timeline)
{
  gint64 now = g_get_real_time () / 1000;

  add_changed (timeline, 1, "Ada Lovelace", "Who has the key of the third room? The one with the green walls, beside the stairs.", NULL);
  add_changed (timeline, 2, "Tomas Novák", "I do.", "reply-1");
  add_changed (timeline, 3, NULL, "Then we can meet there at ten.", "reply-2");
  add_changed (timeline, 4, "ליلى", "שלום, אני אגיע בעשר וחצי", "reply-3");
  add_changed (timeline, 5, "Björn", "As I said last week.", "a message of last week");
  chat_message_set_edited_at (add_changed (timeline, 6, "Björn", "Ten is fine (not eleven).", NULL), now - 60000);
  chat_message_set_edited_at (add_changed (timeline, 7, NULL, "I bring tea", NULL), now - 60000);
  chat_message_set_edited_at (add_changed (timeline, 8, NULL, "and cups, for all of us and some more, in case that somebody brings "
                                           "a friend along", "reply-6"), now - 60000);
  chat_message_set_deleted (add_changed (timeline, 9, NULL, "", NULL));
  chat_message_set_deleted (add_changed (timeline, 10, "Ada Lovelace", "", NULL));
  add_changed (timeline, 11, "Tomas Novák", "What did it say?", "reply-10");
}

/* Every kind of thing a timeline may have to show. */
void
room_fixture_add_rich (ChatTimeline *timeline)
{
  g_autofree char *word = g_strnfill (120, 'a');
  g_autofree char *long_word = g_strconcat ("A word without an end: ", word, NULL);
  const ChatDelivery received = CHAT_DELIVERY_RECEIVED;

  add_at (timeline, 2000, "Tomas Novák", "Has anybody seen the new hall? The doors stand in one line, as they should.", received, NULL);
  add_at (timeline, 1999, NULL, "I walked through all of it yesterday. Six rooms, six doors.", received, NULL);
  add_at (timeline, 1990, "Ada Lovelace", "Pictures: https://example.org/hall?room=6&door=6 (mind the <b>step</b> & the dog)", received, NULL);
  add_at (timeline, 900, "ليلى", "مرحبا بالجميع! هل يمكننا أن نلتقي غدًا في الساعة 10؟", received, NULL);
  add_at (timeline, 898, "נועה", "שלום, אני אגיע בעשר וחצי", received, NULL);
  add_at (timeline, 60, "美咲", "おはようございます。新しい部屋の写真をありがとうございます!", received, NULL);
  add_at (timeline, 59, "美咲", "🎉🎉🎉", received, NULL);
  add_at (timeline, 40, "Ada Lovelace", long_word, received, NULL);
  add_at (timeline, 39, "Ada Lovelace", "Anyway. The programme for the opening:\n\n1. A walk through the rooms, door by door\n2. Tea\n3. "
          "Someone will have to explain why the third room is painted green, and I would rather it were not me, because I "
          "voted for it and I have since come to regret that vote every single morning", received, NULL);
  add_at (timeline, 12, NULL, "I can explain the green.", CHAT_DELIVERY_SENT, NULL);
  add_at (timeline, 11, NULL, "It was cheaper.", CHAT_DELIVERY_SENT, NULL);
  add_at (timeline, 6, "Tomas Novák", "Ha! See you there.", received, NULL);
  add_at (timeline, 3, NULL, "Bring your own cup, please", CHAT_DELIVERY_FAILED, "You have sent too much in a short time. Try again in a moment.");
  add_at (timeline, 2, NULL, "and a chair", CHAT_DELIVERY_UNCONFIRMED, NULL);
  add_at (timeline, 1, NULL, "See you at ten 👋", CHAT_DELIVERY_WAITING, NULL);
}

/* ---- Rooms ---- */

static void
flushed_cb (GObject      *store,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  chat_store_flush_finish (CHAT_STORE (store), result, &error);
  g_assert_no_error (error);
  *(guint *) user_data = 0;
}

/* Waits until all is on the disk that was asked for. */
void
room_fixture_flush (ChatStore *store)
{
  guint n_left = 1;

  chat_store_flush_async (store, NULL, flushed_cb, &n_left);
  room_fixture_wait (is_zero, &n_left);
}

static GPtrArray *
create_messages (gint64 seq,
                 guint  n)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (messages, room_fixture_random_message (seq + i));

  return messages;
}

ChatStore *
room_fixture_fill_store (const char *path,
                         guint       n_messages,
                         gint64      read_seq)
{
  g_autoptr(GError) error = NULL;
  ChatStore *store = chat_store_open (path, &error);
  ChatStoredRoom room = { .id = (char *) "general", .name = (char *) "General", .member_count = 4, .joined = TRUE };
  g_autoptr(GPtrArray) messages = create_messages (1, n_messages);

  g_assert_no_error (error);

  room.last_seq = n_messages;
  room.read_seq = read_seq;
  room.told_read_seq = read_seq;
  chat_store_put_room (store, &room);
  chat_store_put_messages (store, "general", messages, &(ChatSpan) { CHAT_SPAN_FROM_BEGINNING, n_messages });
  room_fixture_flush (store);

  return store;
}

ChatSession *
room_fixture_session (ChatStore *store)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new ("http://localhost:1", "token", 0);

  chat_credentials_set_user (credentials, "me", "Sofia", FALSE);

  return chat_session_new_with_store (credentials, store);
}

/* As the server sends them. */
void
room_fixture_receive (ChatRoom *room,
                      gint64    seq,
                      guint     n)
{
  g_autoptr(GPtrArray) messages = create_messages (seq, n);

  for (guint i = 0; i < n; i++)
    chat_room_receive (room, g_ptr_array_index (messages, i));
}
