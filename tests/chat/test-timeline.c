/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-chat.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define NOON (G_GINT64_CONSTANT (1700000000000))

static ChatMessage *
make_message (gint64      seq,
              const char *sender,
              gint64      timestamp)
{
  g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);

  return chat_message_new (id, "room", sender, sender, "text", timestamp, seq);
}

static void
add (ChatTimeline *timeline,
     gint64        seq,
     const char   *sender,
     gint64        timestamp)
{
  g_autoptr(ChatMessage) message = make_message (seq, sender, timestamp);

  g_assert_true (chat_timeline_add (timeline, message));
}

/* What the rows are, in a form that a person can compare: "D" a day, "U" the marker, "3" a message, "3+" one that starts a group. */
static char *
describe (ChatTimeline *timeline)
{
  GString *description = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    {
      g_autoptr(ChatTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      if (i > 0)
        g_string_append_c (description, ' ');

      switch (chat_timeline_item_get_kind (item))
        {
        case CHAT_TIMELINE_DAY:
          g_string_append_c (description, 'D');
          break;

        case CHAT_TIMELINE_UNREAD:
          g_string_append_c (description, 'U');
          break;

        case CHAT_TIMELINE_MESSAGE:
        default:
          g_string_append_printf (description, "%" G_GINT64_FORMAT "%s",
                                  chat_message_get_seq (chat_timeline_item_get_message (item)),
                                  chat_timeline_item_get_group_start (item) ? "+" : "");
          break;
        }
    }

  return g_string_free (description, FALSE);
}

static void
assert_rows (ChatTimeline *timeline,
             const char   *expected)
{
  g_autofree char *rows = describe (timeline);

  g_assert_cmpstr (rows, ==, expected);
}

/* A second list that knows only what items-changed tells; it must always hold the same rows. */
typedef struct
{
  ChatTimeline *timeline;
  GPtrArray    *rows;
  guint         n_changes;
} Mirror;

static void
mirror_changed (GListModel *model,
                guint       position,
                guint       removed,
                guint       added,
                gpointer    user_data)
{
  Mirror *mirror = user_data;

  mirror->n_changes++;
  g_assert_cmpuint (position + removed, <=, mirror->rows->len);

  if (removed > 0)
    g_ptr_array_remove_range (mirror->rows, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->rows, position + i, g_list_model_get_item (model, position + i));

  g_assert_cmpuint (mirror->rows->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < mirror->rows->len; i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (model, i);

      g_assert_true (item == g_ptr_array_index (mirror->rows, i));
    }
}

static void
mirror_init (Mirror       *mirror,
             ChatTimeline *timeline)
{
  mirror->timeline = timeline;
  mirror->rows = g_ptr_array_new_with_free_func (g_object_unref);
  mirror->n_changes = 0;
  g_signal_connect (timeline, "items-changed", G_CALLBACK (mirror_changed), mirror);
}

static void
mirror_clear (Mirror *mirror)
{
  g_signal_handlers_disconnect_by_data (mirror->timeline, mirror);
  g_ptr_array_unref (mirror->rows);
}

static void
test_rows (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();

  assert_rows (timeline, "");

  add (timeline, 1, "ada", NOON);
  add (timeline, 2, "ada", NOON + 1000);
  add (timeline, 3, "bob", NOON + 2000);
  add (timeline, 4, "bob", NOON + 2000 + 6 * 60 * 1000);
  add (timeline, 5, "bob", NOON + DAY_MS);

  assert_rows (timeline, "D 1+ 2 3+ 4+ D 5+");
  g_assert_cmpuint (chat_timeline_get_n_messages (timeline), ==, 5);
  g_assert_cmpint (chat_message_get_seq (chat_timeline_get_first (timeline)), ==, 1);
  g_assert_cmpint (chat_message_get_seq (chat_timeline_get_last (timeline)), ==, 5);
}

static void
test_prepend_keeps_rows (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();
  g_autoptr(GPtrArray) older = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GObject) before = NULL;
  g_autoptr(GObject) after = NULL;
  Mirror mirror;

  add (timeline, 5, "ada", NOON + 5000);
  add (timeline, 6, "ada", NOON + 6000);
  before = g_list_model_get_item (G_LIST_MODEL (timeline), 1);
  mirror_init (&mirror, timeline);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    g_ptr_array_add (mirror.rows, g_list_model_get_item (G_LIST_MODEL (timeline), i));

  for (int seq = 4; seq > 0; seq--)
    g_ptr_array_add (older, make_message (seq, "ada", NOON + seq * 1000));
  g_assert_cmpuint (chat_timeline_add_many (timeline, older), ==, 4);

  assert_rows (timeline, "D 1+ 2 3 4 5 6");
  after = g_list_model_get_item (G_LIST_MODEL (timeline), 5);
  g_assert_true (before == after);
  g_assert_cmpuint (mirror.n_changes, ==, 1);
  mirror_clear (&mirror);
}

static void
test_duplicates (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();
  g_autoptr(ChatMessage) first = make_message (1, "ada", NOON);
  g_autoptr(ChatMessage) again = make_message (1, "ada", NOON);
  g_autoptr(ChatMessage) pending = chat_message_new_outgoing ("c1", "room", "me", "Me", "text", NOON);
  g_autoptr(ChatMessage) echo = chat_message_new ("m2", "room", "me", "Me", "text", NOON, 2);

  g_assert_true (chat_timeline_add (timeline, first));
  g_assert_false (chat_timeline_add (timeline, again));
  g_assert_true (chat_timeline_add (timeline, pending));

  chat_message_set_client_id (echo, "c1");
  g_assert_false (chat_timeline_add (timeline, echo));
  g_assert_true (chat_timeline_find_by_client_id (timeline, "c1") == pending);
  g_assert_cmpuint (chat_timeline_get_n_messages (timeline), ==, 2);
}

static void
test_waiting_stands_last (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();
  g_autoptr(ChatMessage) a = chat_message_new_outgoing ("a", "room", "me", "Me", "a", NOON);
  g_autoptr(ChatMessage) b = chat_message_new_outgoing ("b", "room", "me", "Me", "b", NOON);

  g_assert_true (chat_timeline_add (timeline, a));
  g_assert_true (chat_timeline_add (timeline, b));
  add (timeline, 1, "ada", NOON + 60 * 1000);
  assert_rows (timeline, "D 1+ -1+ -1");

  chat_message_confirm (b, "m3", NOON + 61 * 1000, 3);
  chat_timeline_reorder (timeline, b);
  assert_rows (timeline, "D 1+ 3+ -1");
  g_assert_true (chat_timeline_find (timeline, "m3") == b);
  g_assert_cmpint (chat_message_get_delivery (b), ==, CHAT_DELIVERY_SENT);

  chat_message_confirm (a, "m2", NOON + 60 * 1000, 2);
  chat_timeline_reorder (timeline, a);
  assert_rows (timeline, "D 1+ 2+ 3");
}

static void
test_confirm_keeps_row (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();
  g_autoptr(ChatMessage) message = chat_message_new_outgoing ("a", "room", "me", "Me", "a", NOON);
  Mirror mirror;

  mirror_init (&mirror, timeline);
  g_assert_true (chat_timeline_add (timeline, message));
  g_assert_cmpuint (mirror.n_changes, ==, 1);

  chat_message_confirm (message, "m1", NOON + 500, 1);
  chat_timeline_reorder (timeline, message);
  g_assert_cmpuint (mirror.n_changes, ==, 1);

  /* The server's clock may put it on another day. */
  chat_message_confirm (message, "m1", NOON + DAY_MS, 1);
  chat_timeline_reorder (timeline, message);
  g_assert_cmpuint (mirror.n_changes, ==, 2);
  assert_rows (timeline, "D 1+");
  mirror_clear (&mirror);
}

static void
test_remove (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();
  ChatMessage *message;

  add (timeline, 1, "ada", NOON);
  add (timeline, 2, "bob", NOON + DAY_MS);
  add (timeline, 3, "ada", NOON + 2 * DAY_MS);
  assert_rows (timeline, "D 1+ D 2+ D 3+");

  message = chat_timeline_find (timeline, "m2");
  g_assert_true (chat_timeline_remove (timeline, message));
  assert_rows (timeline, "D 1+ D 3+");
  g_assert_null (chat_timeline_find (timeline, "m2"));

  g_assert_true (chat_timeline_remove (timeline, chat_timeline_get_last (timeline)));
  assert_rows (timeline, "D 1+");
  g_assert_true (chat_timeline_remove (timeline, chat_timeline_get_last (timeline)));
  assert_rows (timeline, "");
  g_assert_null (chat_timeline_get_last (timeline));
}

static void
test_unread_marker (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();

  g_assert_cmpuint (chat_timeline_get_unread_position (timeline), ==, G_MAXUINT);
  chat_timeline_set_unread_after (timeline, 3);
  add (timeline, 3, "ada", NOON);
  add (timeline, 6, "ada", NOON + 6000);
  assert_rows (timeline, "D 3+ U 6+");

  /* Older ones that are unread too may come later. */
  add (timeline, 5, "ada", NOON + 5000);
  add (timeline, 4, "ada", NOON + 4000);
  assert_rows (timeline, "D 3+ U 4+ 5 6");
  g_assert_cmpuint (chat_timeline_get_unread_position (timeline), ==, 2);

  add (timeline, 7, "ada", NOON + 7000);
  assert_rows (timeline, "D 3+ U 4+ 5 6 7");

  g_assert_true (chat_timeline_remove (timeline, chat_timeline_find (timeline, "m4")));
  assert_rows (timeline, "D 3+ U 5+ 6 7");

  chat_timeline_set_unread_after (timeline, CHAT_NO_SEQ);
  assert_rows (timeline, "D 3+ 5 6 7");
}

static void
test_own_is_never_unread (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();
  g_autoptr(ChatMessage) own = make_message (2, "me", NOON);

  chat_message_set_own (own, TRUE);
  chat_timeline_set_unread_after (timeline, 1);
  g_assert_true (chat_timeline_add (timeline, own));
  assert_rows (timeline, "D 2+");
}

/* Who reads stays where they are when something above them is edited or taken back. */
static void
test_change_keeps_row (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();
  g_autoptr(ChatMessage) edited = make_message (2, "ada", NOON + 1000);
  g_autoptr(ChatMessage) deleted = make_message (1, "ada", NOON);
  Mirror mirror;

  for (int seq = 1; seq <= 3; seq++)
    add (timeline, seq, "ada", NOON + (seq - 1) * 1000);
  mirror_init (&mirror, timeline);

  chat_message_set_content (edited, "other words");
  chat_message_set_edited_at (edited, NOON + 5000);
  chat_message_set_deleted (deleted);
  g_assert_false (chat_message_update (chat_timeline_find (timeline, "m2"), edited));
  g_assert_false (chat_message_update (chat_timeline_find (timeline, "m1"), deleted));

  assert_rows (timeline, "D 1+ 2 3");
  g_assert_true (chat_message_get_deleted (chat_timeline_find (timeline, "m1")));
  g_assert_cmpstr (chat_message_get_content (chat_timeline_find (timeline, "m2")), ==, "other words");
  g_assert_cmpuint (mirror.n_changes, ==, 0);
  mirror_clear (&mirror);
}

static void
test_hostile_times (void)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();
  g_autoptr(ChatMessage) first = chat_message_new ("a", "room", "ada", NULL, "", G_MININT64, CHAT_NO_SEQ);
  g_autoptr(ChatMessage) last = chat_message_new ("b", "room", "ada", NULL, "", G_MAXINT64, CHAT_NO_SEQ);

  g_assert_true (chat_timeline_add (timeline, last));
  g_assert_true (chat_timeline_add (timeline, first));
  g_assert_true (chat_timeline_get_first (timeline) == first);
  assert_rows (timeline, "D -1+ -1+");
}

static gint64
random_timestamp (GRand *random,
                  int    seq)
{
  return NOON + seq * (DAY_MS / 7) + g_rand_int_range (random, 0, 1000);
}

/* Whatever comes in whatever order, the rows are those of a timeline that was given everything in its order. */
static void
random_round (GRand *random)
{
  g_autoptr(ChatTimeline) timeline = chat_timeline_new ();
  g_autoptr(ChatTimeline) model = chat_timeline_new ();
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *rows = NULL;
  int n_messages = g_rand_int_range (random, 1, 40);
  int unread_after = g_rand_int_range (random, -1, n_messages);
  Mirror mirror;

  mirror_init (&mirror, timeline);
  chat_timeline_set_unread_after (timeline, unread_after);

  for (int seq = 0; seq < n_messages; seq++)
    g_ptr_array_insert (messages, g_rand_int_range (random, 0, messages->len + 1),
                        make_message (seq, g_rand_boolean (random) ? "ada" : "bob", random_timestamp (random, seq)));

  for (guint i = 0; i < messages->len;)
    {
      g_autoptr(GPtrArray) batch = g_ptr_array_new ();
      guint size = g_rand_int_range (random, 1, 6);

      for (; size > 0 && i < messages->len; size--)
        g_ptr_array_add (batch, g_ptr_array_index (messages, i++));
      g_assert_cmpuint (chat_timeline_add_many (timeline, batch), ==, batch->len);

      if (g_rand_int_range (random, 0, 4) == 0)
        {
          g_autoptr(ChatMessage) taken = g_object_ref (g_ptr_array_index (batch, 0));

          g_assert_true (chat_timeline_remove (timeline, taken));
          g_assert_true (chat_timeline_add (timeline, taken));
        }
    }

  for (int seq = 0; seq < n_messages; seq++)
    {
      g_autofree char *id = g_strdup_printf ("m%d", seq);

      g_assert_true (chat_timeline_add (model, chat_timeline_find (timeline, id)));
    }
  chat_timeline_set_unread_after (model, unread_after);

  rows = describe (model);
  assert_rows (timeline, rows);
  g_assert_cmpuint (chat_timeline_get_n_messages (timeline), ==, (guint) n_messages);

  chat_timeline_clear (timeline);
  g_assert_cmpuint (mirror.rows->len, ==, 0);
  mirror_clear (&mirror);
}

static void
test_any_order (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int i = 0; i < 300; i++)
    random_round (random);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline/rows", test_rows);
  g_test_add_func ("/timeline/prepend-keeps-rows", test_prepend_keeps_rows);
  g_test_add_func ("/timeline/duplicates", test_duplicates);
  g_test_add_func ("/timeline/waiting-stands-last", test_waiting_stands_last);
  g_test_add_func ("/timeline/confirm-keeps-row", test_confirm_keeps_row);
  g_test_add_func ("/timeline/remove", test_remove);
  g_test_add_func ("/timeline/unread-marker", test_unread_marker);
  g_test_add_func ("/timeline/own-is-never-unread", test_own_is_never_unread);
  g_test_add_func ("/timeline/change-keeps-row", test_change_keeps_row);
  g_test_add_func ("/timeline/hostile-times", test_hostile_times);
  g_test_add_func ("/timeline/any-order", test_any_order);

  return g_test_run ();
}
