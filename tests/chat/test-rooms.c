/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The room list's order, the outbox, and what a room does by itself, without a server. */

#include "config.h"

#include <enfilade-chat.h>

#include "chat-outbox-private.h"
#include "chat-room-list-private.h"
#include "chat-room-private.h"
#include "chat-session-private.h"
#include "test-server.h"

typedef struct
{
  ChatSession  *session;
  ChatRoomList *rooms;
  GPtrArray    *shadow;
} Fixture;

/* Keeps a copy by items-changed alone: what a view sees. */
static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Fixture    *fixture)
{
  if (removed > 0)
    g_ptr_array_remove_range (fixture->shadow, position, removed);

  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->shadow, position + i, g_list_model_get_item (model, position + i));

  g_assert_cmpuint (fixture->shadow->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < fixture->shadow->len; i++)
    {
      g_autoptr(ChatRoom) room = g_list_model_get_item (model, i);

      g_assert_true (room == g_ptr_array_index (fixture->shadow, i));
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(ChatCredentials) credentials = test_make_credentials ("http://127.0.0.1:1", "u1", "ben", FALSE);

  fixture->session = chat_session_new (credentials);
  fixture->rooms = chat_session_get_rooms (fixture->session);
  fixture->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->rooms, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (fixture->rooms, fixture);
  g_ptr_array_unref (fixture->shadow);
  test_finish_session (&fixture->session);
}

static ChatRoom *
add_room (Fixture    *fixture,
          const char *name,
          gboolean    joined)
{
  g_autofree char *id = g_strdup_printf ("id of %s", name);
  ChatRoom *room = chat_session_ensure_room (fixture->session, id, name);

  if (joined)
    {
      room->wanted = TRUE;
      chat_room_set_membership (room, CHAT_MEMBERSHIP_JOINED, NULL);
    }

  return room;
}

static void
say (ChatRoom   *room,
     const char *sender_id,
     gint64      time)
{
  g_autofree char *id = g_strdup_printf ("%s-%" G_GINT64_FORMAT, chat_room_get_id (room), time);
  g_autoptr(ChatMessage) message = chat_message_new (id, chat_room_get_id (room), sender_id, NULL, "hello", time, CHAT_NO_SEQ);

  chat_message_set_own (message, g_str_equal (sender_id, "u1"));
  chat_room_receive (room, message);
}

static void
assert_order (Fixture    *fixture,
              const char *expected)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < fixture->shadow->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", chat_room_get_name (g_ptr_array_index (fixture->shadow, i)));

  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  ChatRoom *attic = NULL;
  ChatRoom *cellar = NULL;

  add_room (fixture, "garden", FALSE);
  cellar = add_room (fixture, "Cellar", TRUE);
  add_room (fixture, "Zoo", FALSE);
  attic = add_room (fixture, "attic", TRUE);
  assert_order (fixture, "attic Cellar garden Zoo");

  say (cellar, "u2", 10);
  assert_order (fixture, "Cellar attic garden Zoo");
  say (attic, "u2", 20);
  assert_order (fixture, "attic Cellar garden Zoo");

  chat_room_take_left (attic);
  assert_order (fixture, "Cellar attic garden Zoo");
  chat_room_set_name (attic, "zzz");
  assert_order (fixture, "Cellar garden Zoo zzz");

  chat_session_drop_room (fixture->session, cellar);
  assert_order (fixture, "garden Zoo zzz");
  g_assert_null (chat_room_list_find (fixture->rooms, "id of Cellar"));
}

/* Whatever happens, the list is in order and a view that follows it has the same. */
static void
test_random_changes (Fixture       *fixture,
                     gconstpointer  data)
{
  ChatRoom *rooms[12];

  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autofree char *name = g_strdup_printf ("room %u", (i * 7) % 12);

      rooms[i] = add_room (fixture, name, i % 3 == 0);
    }

  for (guint i = 0; i < 2000; i++)
    {
      ChatRoom *room = rooms[g_test_rand_int_range (0, G_N_ELEMENTS (rooms))];
      g_autofree char *name = g_strdup_printf ("room %d", g_test_rand_int_range (0, 100));

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          chat_room_set_name (room, name);
          break;

        case 1:
          say (room, "u2", g_test_rand_int_range (1, 100000));
          break;

        case 2:
          chat_room_take_left (room);
          break;

        default:
          room->wanted = TRUE;
          chat_room_set_membership (room, CHAT_MEMBERSHIP_JOINED, NULL);
          break;
        }

      for (guint j = 1; j < fixture->shadow->len; j++)
        g_assert_cmpint (chat_room_compare (g_ptr_array_index (fixture->shadow, j - 1),
                                            g_ptr_array_index (fixture->shadow, j)), <, 0);
    }
}

static void
test_unread (Fixture       *fixture,
             gconstpointer  data)
{
  ChatRoom *attic = add_room (fixture, "attic", TRUE);
  ChatRoom *cellar = add_room (fixture, "cellar", TRUE);

  say (attic, "u2", 1);
  say (attic, "u2", 2);
  say (attic, "u2", 2);
  say (cellar, "u2", 4);
  test_wait_until (chat_room_get_unread (attic) == 2);
  test_wait_until (chat_room_list_get_unread (fixture->rooms) == 3);

  chat_room_mark_read (attic);
  g_assert_cmpuint (chat_room_list_get_unread (fixture->rooms), ==, 1);
  chat_session_drop_room (fixture->session, cellar);
  g_assert_cmpuint (chat_room_list_get_unread (fixture->rooms), ==, 0);

  /* Who writes has seen what is there. */
  say (attic, "u2", 5);
  test_wait_until (chat_room_get_unread (attic) == 1);
  say (attic, "u1", 6);
  test_wait_until (chat_room_get_unread (attic) == 0);
}

static void
receive_seq (ChatRoom *room,
             gint64    seq,
             gboolean  mentions_me)
{
  g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);
  g_autoptr(ChatMessage) message = chat_message_new (id, chat_room_get_id (room), "u2", NULL, "hello", seq, seq);

  chat_message_set_mentions_me (message, mentions_me);
  chat_room_receive (room, message);
}

/* The user's other device reads along. */
static void
test_read_elsewhere (Fixture       *fixture,
                     gconstpointer  data)
{
  ChatRoom *room = add_room (fixture, "attic", TRUE);

  for (gint64 seq = 1; seq <= 6; seq++)
    receive_seq (room, seq, seq == 2 || seq == 5);

  g_assert_cmpuint (chat_room_get_unread (room), ==, 6);
  test_wait_until (chat_room_get_mentions (room) == 2);
  chat_room_apply_read (room, 4, FALSE);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 2);
  g_assert_cmpuint (chat_room_get_mentions (room), ==, 1);
  chat_room_apply_read (room, 3, FALSE);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 2);
  receive_seq (room, 4, FALSE);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 2);
  chat_room_apply_read (room, 6, FALSE);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 0);
  g_assert_cmpuint (chat_room_get_mentions (room), ==, 0);
}

static void
test_names_come_later (Fixture       *fixture,
                       gconstpointer  data)
{
  ChatRoom *room = add_room (fixture, "attic", TRUE);
  ChatRoomUpdate update = { (char *) "id of attic", NULL, 1, TRUE };

  say (room, "u2", 1);
  /* The window is opened before what came is in the store. */
  test_wait_until (test_nth_message (room, 0) != NULL);
  g_assert_null (chat_message_get_sender_name (test_nth_message (room, 0)));

  update.member = chat_member_new ("u2", "Eve", 1);
  chat_room_apply_update (room, &update);
  g_assert_cmpstr (chat_message_get_sender_name (test_nth_message (room, 0)), ==, "Eve");
  g_assert_cmpuint (chat_room_get_member_count (room), ==, 1);

  update.joined = FALSE;
  update.member_count = 0;
  chat_room_apply_update (room, &update);
  g_assert_cmpuint (chat_room_get_member_count (room), ==, 0);
  g_assert_null (chat_member_list_find (chat_room_get_members (room), "u2"));
  g_object_unref (update.member);
}

static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  ChatRoom *room = add_room (fixture, "attic", TRUE);
  gint64 before = 0;

  chat_room_take_typing (room, "u1", "ben");
  g_assert_null (chat_room_get_typing (room)[0]);

  chat_room_take_typing (room, "u2", "Eve");
  chat_room_take_typing (room, "u3", "Zoe");
  chat_room_take_typing (room, "u2", "Eve");
  g_assert_cmpuint (g_strv_length ((char **) chat_room_get_typing (room)), ==, 2);

  /* It ends with the message, and by itself after five seconds. */
  say (room, "u2", 1);
  g_assert_cmpstr (chat_room_get_typing (room)[0], ==, "Zoe");
  g_assert_null (chat_room_get_typing (room)[1]);

  before = g_get_monotonic_time ();
  chat_room_take_typing (room, "u3", "Zoe");
  test_wait_until (chat_room_get_typing (room)[0] == NULL);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 4900000);

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("x%u", i);

      chat_room_take_typing (room, id, id);
    }
  g_assert_cmpuint (g_strv_length ((char **) chat_room_get_typing (room)), <, 100);
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  guint *n_ended = user_data;

  g_assert_false (chat_room_join_finish (CHAT_ROOM (source), result, &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_OFFLINE);
  *n_ended += 1;
}

static void
test_offline (Fixture       *fixture,
              gconstpointer  data)
{
  ChatRoom *room = add_room (fixture, "attic", FALSE);
  guint n_ended = 0;

  chat_room_join_async (room, NULL, joined_cb, &n_ended);
  chat_room_join_async (room, NULL, joined_cb, &n_ended);
  test_wait_until (n_ended == 2);
  g_assert_cmpint (chat_room_get_membership (room), ==, CHAT_MEMBERSHIP_FAILED);

  /* None of these has a server to go to, and none of them minds. */
  chat_room_notify_typing (room);
  chat_room_mark_read (room);
  chat_session_retry_now (fixture->session);
  chat_notification_list_mark_all_read (chat_session_get_notifications (fixture->session));
}

/* A view may hold a room longer than its session lives. */
static void
test_room_outlives_session (void)
{
  g_autoptr(ChatCredentials) credentials = test_make_credentials ("http://127.0.0.1:1", "u1", "ben", FALSE);
  ChatSession *session = chat_session_new (credentials);
  g_autoptr(ChatRoom) room = g_object_ref (chat_session_ensure_room (session, "r1", "attic"));
  g_autoptr(GError) error = NULL;

  room->wanted = TRUE;
  chat_room_set_membership (room, CHAT_MEMBERSHIP_JOINED, NULL);
  test_finish_session (&session);

  g_assert_null (chat_room_get_session (room));
  g_assert_null (test_send (room, "hello", &error));
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_NOT_JOINED);
  chat_room_notify_typing (room);
  chat_room_mark_read (room);
}

static void
queue (ChatOutbox  *outbox,
       ChatMessage *message)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_outbox_add_async (outbox, message, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_outbox_add_finish (outbox, result, &error));
  g_assert_no_error (error);
}

static ChatMessage *
write_message (ChatOutbox *outbox,
               const char *room_id,
               const char *content)
{
  g_autofree char *client_id = g_uuid_string_random ();
  ChatMessage *message = chat_message_new_outgoing (client_id, room_id, "u1", "ben", content, 1);

  queue (outbox, message);

  return message;
}

static void
test_outbox_order (void)
{
  g_autoptr(ChatStore) store = chat_store_open_unkept (NULL);
  g_autoptr(ChatOutbox) outbox = chat_outbox_new (store, "u1", "ben");
  g_autoptr(ChatMessage) first = write_message (outbox, "a", "one");
  g_autoptr(ChatMessage) other = write_message (outbox, "b", "one");
  g_autoptr(ChatMessage) second = write_message (outbox, "a", "two");

  g_assert_cmpuint (chat_outbox_get_n_waiting (outbox), ==, 3);
  queue (outbox, first);
  g_assert_cmpuint (chat_outbox_get_n_waiting (outbox), ==, 3);
  g_assert_true (chat_outbox_next (outbox, "a") == first);
  g_assert_true (chat_outbox_next (outbox, "b") == other);
  g_assert_null (chat_outbox_next (outbox, "c"));
  g_assert_true (chat_outbox_find (outbox, chat_message_get_client_id (second)) == second);

  chat_outbox_mark_leaving (outbox, first);
  g_assert_true (chat_outbox_is_sending (outbox, "a"));
  g_assert_false (chat_outbox_is_sending (outbox, "b"));
  g_assert_false (chat_outbox_is_unsent (outbox, first));
  g_assert_null (chat_outbox_find_echoed (outbox, "a", "one"));
  chat_outbox_interrupt (outbox);
  g_assert_false (chat_outbox_is_unsent (outbox, first));

  chat_outbox_mark_sent (outbox, first, CHAT_SENT_ONCE);
  g_assert_false (chat_outbox_is_sending (outbox, "a"));
  g_assert_false (chat_outbox_is_unsent (outbox, first));
  g_assert_true (chat_outbox_next (outbox, "a") == second);
  g_assert_true (chat_outbox_find_echoed (outbox, "a", "one") == first);
  g_assert_null (chat_outbox_find_echoed (outbox, "a", "two"));
  g_assert_null (chat_outbox_find_echoed (outbox, "b", "one"));

  /* A doubt puts it back to where it was, in front, where the server knows repeats. */
  chat_outbox_mark_sent (outbox, first, CHAT_SENT_WITH_ID);
  g_assert_null (chat_outbox_find_echoed (outbox, "a", "one"));
  chat_outbox_interrupt (outbox);
  g_assert_true (chat_outbox_next (outbox, "a") == first);

  /* Another server does not: there a person decides, unless the first one is back. */
  chat_outbox_doubt_sent_with_id (outbox, "b");
  g_assert_true (chat_outbox_next (outbox, "a") == first);
  chat_outbox_doubt_sent_with_id (outbox, "a");
  g_assert_cmpint (chat_message_get_delivery (first), ==, CHAT_DELIVERY_UNCONFIRMED);
  g_assert_true (chat_outbox_next (outbox, "a") == second);
  chat_outbox_resume_sent_with_id (outbox, "a");
  g_assert_true (chat_outbox_next (outbox, "a") == first);

  chat_message_confirm (first, "m1", 1, 1);
  g_assert_true (chat_outbox_confirm (outbox, first));
  g_assert_false (chat_outbox_confirm (outbox, first));
  g_assert_cmpint (chat_message_get_delivery (first), ==, CHAT_DELIVERY_SENT);
  chat_outbox_fail (outbox, second, "no");
  g_assert_cmpint (chat_message_get_delivery (second), ==, CHAT_DELIVERY_FAILED);
  g_assert_cmpstr (chat_message_get_error (second), ==, "no");
  g_assert_cmpuint (chat_outbox_get_n_waiting (outbox), ==, 1);
}

static void
test_outbox_gives_up (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(ChatStore) store = chat_store_open_unkept (NULL);
  g_autoptr(ChatOutbox) outbox = chat_outbox_new (store, "u1", "ben");
  g_autoptr(ChatMessage) first = write_message (outbox, "a", "one");
  g_autoptr(ChatMessage) second = write_message (outbox, "a", "two");
  g_autoptr(ChatMessage) third = write_message (outbox, "b", "three");

  chat_outbox_mark_sent (outbox, first, CHAT_SENT_ONCE);
  chat_outbox_mark_sent (outbox, third, CHAT_SENT_ONCE);
  chat_outbox_interrupt (outbox);
  g_assert_cmpint (chat_message_get_delivery (first), ==, CHAT_DELIVERY_UNCONFIRMED);
  g_assert_cmpint (chat_message_get_delivery (second), ==, CHAT_DELIVERY_WAITING);
  g_assert_cmpint (chat_message_get_delivery (third), ==, CHAT_DELIVERY_UNCONFIRMED);
  g_assert_cmpuint (chat_outbox_get_n_waiting (outbox), ==, 1);

  queue (outbox, first);
  g_assert_cmpint (chat_message_get_delivery (first), ==, CHAT_DELIVERY_WAITING);
  g_assert_true (chat_outbox_next (outbox, "a") == first);

  /* Asked for twice, it goes out once. */
  chat_outbox_mark_sent (outbox, first, CHAT_SENT_ONCE);
  queue (outbox, first);
  g_assert_false (chat_outbox_is_unsent (outbox, first));
  chat_outbox_mark_unsent (outbox, first);

  /* What a person gave up while it was on its way to the disk does not come back. */
  chat_outbox_fail (outbox, first, "no");
  chat_outbox_add_async (outbox, first, NULL, test_take_result, &result);
  g_assert_true (chat_outbox_remove (outbox, first));
  test_wait_until (result != NULL);
  g_assert_true (chat_outbox_add_finish (outbox, result, NULL));
  g_assert_true (chat_outbox_next (outbox, "a") == second);
}

static void
assert_undelivered (ChatRoom *room,
                    guint     n_failed,
                    guint     n_unconfirmed)
{
  g_assert_cmpuint (chat_room_get_n_failed (room), ==, n_failed);
  g_assert_cmpuint (chat_room_get_n_unconfirmed (room), ==, n_unconfirmed);
}

static void
count_cb (guint *count)
{
  *count += 1;
}

/* A room tells how many of its messages wait for a person, each change once, and nothing of other rooms. */
static void
test_undelivered (Fixture       *fixture,
                  gconstpointer  data)
{
  ChatOutbox *outbox = fixture->session->outbox;
  ChatRoom *room = chat_session_ensure_room (fixture->session, "a", "A");
  ChatRoom *other = chat_session_ensure_room (fixture->session, "b", "B");
  g_autoptr(ChatMessage) first = write_message (outbox, "a", "one");
  g_autoptr(ChatMessage) second = write_message (outbox, "a", "two");
  g_autoptr(ChatMessage) third = write_message (outbox, "b", "three");
  guint n_failed_changes = 0, n_other_changes = 0;

  g_signal_connect_swapped (room, "notify::n-failed", G_CALLBACK (count_cb), &n_failed_changes);
  g_signal_connect_swapped (other, "notify::n-failed", G_CALLBACK (count_cb), &n_other_changes);
  assert_undelivered (room, 0, 0);

  chat_outbox_fail (outbox, first, "no");
  assert_undelivered (room, 1, 0);
  chat_outbox_fail (outbox, second, "no");
  assert_undelivered (room, 2, 0);
  g_assert_cmpuint (n_failed_changes, ==, 2);

  chat_outbox_mark_sent (outbox, third, CHAT_SENT_ONCE);
  chat_outbox_interrupt (outbox);
  assert_undelivered (other, 0, 1);
  assert_undelivered (room, 2, 0);

  /* It is tried again, and the other is given up. */
  queue (outbox, first);
  assert_undelivered (room, 1, 0);
  chat_room_discard (room, second);
  assert_undelivered (room, 0, 0);
  g_assert_cmpuint (n_failed_changes, ==, 4);

  /* The echo came after all. */
  chat_message_confirm (third, "m1", 1, 1);
  g_assert_true (chat_outbox_confirm (outbox, third));
  assert_undelivered (other, 0, 0);
  g_assert_cmpuint (n_other_changes, ==, 0);
}

static void
flush (ChatStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;

  chat_store_flush_async (store, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_store_flush_finish (store, result, NULL));
}

static void
write_at (ChatRoom     *room,
          gint64        time,
          ChatDelivery  delivery)
{
  ChatOutbox *outbox = room->session->outbox;
  g_autofree char *client_id = g_uuid_string_random ();
  g_autoptr(ChatMessage) message =
    chat_message_new_outgoing (client_id, chat_room_get_id (room), "u1", "ben", "on its way", time);
  g_autoptr(GAsyncResult) result = NULL;

  chat_outbox_add_async (outbox, message, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_outbox_add_finish (outbox, result, NULL));
  chat_room_note_last (room, message);
  if (delivery == CHAT_DELIVERY_FAILED)
    chat_outbox_fail (outbox, message, "no");
}

/* What failed is as old as it is: the room goes on. What waits is the newest. */
static void
test_order_with_failed (Fixture       *fixture,
                        gconstpointer  data)
{
  ChatRoom *a = add_room (fixture, "a", TRUE);
  ChatRoom *b = add_room (fixture, "b", TRUE);

  say (a, "u2", 5);
  write_at (a, 10, CHAT_DELIVERY_FAILED);
  g_assert_cmpint (chat_message_get_timestamp (a->last_message), ==, 10);
  say (b, "u2", 20);
  assert_order (fixture, "b a");
  say (a, "u2", 30);
  assert_order (fixture, "a b");
  flush (fixture->session->store);
  chat_room_find_last (a);
  g_assert_cmpint (chat_message_get_timestamp (a->last_message), ==, 30);

  /* What is loaded of what was said before is not the newest. */
  write_at (a, 40, CHAT_DELIVERY_FAILED);
  say (a, "u2", 35);
  g_assert_cmpint (chat_message_get_timestamp (a->last_message), ==, 40);

  write_at (b, 50, CHAT_DELIVERY_WAITING);
  say (b, "u2", 60);
  g_assert_cmpint (chat_message_get_timestamp (b->last_message), ==, 50);
  flush (fixture->session->store);
  chat_room_find_last (b);
  g_assert_cmpint (chat_message_get_timestamp (b->last_message), ==, 50);

  /* Until it is given up. */
  chat_outbox_fail (fixture->session->outbox, b->last_message, "no");
  g_assert_cmpint (chat_message_get_timestamp (b->last_message), ==, 60);
}

/* What failed when the program ran the last time is known before anything is opened, asked or answered. */
static void
test_undelivered_is_kept (void)
{
  g_autoptr(ChatCredentials) credentials = test_make_credentials ("http://127.0.0.1:1", "u1", "ben", FALSE);
  g_autoptr(ChatStore) store = chat_store_open_unkept (NULL);
  g_autoptr(ChatSession) session = chat_session_new_with_store (credentials, store);
  g_autoptr(ChatMessage) failed = write_message (session->outbox, "a", "one");
  g_autoptr(ChatMessage) given_up = write_message (session->outbox, "a", "two");
  g_autoptr(ChatMessage) waiting = write_message (session->outbox, "b", "three");
  g_autoptr(ChatSession) next = NULL;

  chat_outbox_fail (session->outbox, failed, "no");
  chat_outbox_mark_sent (session->outbox, given_up, CHAT_SENT_ONCE);
  chat_outbox_interrupt (session->outbox);
  flush (store);

  next = chat_session_new_with_store (credentials, store);
  assert_undelivered (chat_room_list_find (chat_session_get_rooms (next), "a"), 1, 1);
  assert_undelivered (chat_room_list_find (chat_session_get_rooms (next), "b"), 0, 0);

  test_finish_session (&session);
  test_finish_session (&next);
}

#define ADD(path, test) g_test_add ("/rooms/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("order", test_order);
  ADD ("order-with-failed", test_order_with_failed);
  ADD ("random-changes", test_random_changes);
  ADD ("unread", test_unread);
  ADD ("read-elsewhere", test_read_elsewhere);
  ADD ("names-come-later", test_names_come_later);
  ADD ("typing", test_typing);
  ADD ("offline", test_offline);
  ADD ("undelivered", test_undelivered);
  g_test_add_func ("/rooms/undelivered-is-kept", test_undelivered_is_kept);
  g_test_add_func ("/rooms/outlive-the-session", test_room_outlives_session);
  g_test_add_func ("/outbox/order", test_outbox_order);
  g_test_add_func ("/outbox/gives-up", test_outbox_gives_up);

  return g_test_run ();
}
