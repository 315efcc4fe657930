/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is on its way, against what the server tells of what was said: which of both are the same message. */

#include "config.h"

#include "chat-outbox-private.h"
#include "chat-session-private.h"
#include "chat-store-private.h"
#include "store-fixture.h"
#include "test-server.h"

static ChatMessage *
write_message (StoreFixture *fixture,
               const char   *content)
{
  g_autofree char *client_id = g_uuid_string_random ();
  ChatMessage *message = chat_message_new_outgoing (client_id, "general", "u1", "ben", content, STORE_FIXTURE_NOON);
  g_autoptr(GAsyncResult) result = NULL;

  chat_outbox_add_async (fixture->session->outbox, message, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_outbox_add_finish (fixture->session->outbox, result, NULL));

  return message;
}

/* The server tells of a message of ours, as of what was said before. */
static void
add_own (StoreFixture *fixture,
         gint64        seq,
         const char   *content)
{
  g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);
  g_autoptr(GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  ChatMessage *message = chat_message_new (id, "general", "u1", "ben", content, STORE_FIXTURE_NOON, seq);
  ChatSpan span = { seq, seq };

  chat_message_set_own (message, TRUE);
  g_ptr_array_add (page, message);
  chat_room_add_page (store_fixture_get_room (fixture), page, &span);
}

static void
assert_delivery (ChatMessage  *message,
                 ChatDelivery  expected)
{
  g_assert_cmpint (chat_message_get_delivery (message), ==, expected);
}

static void
note_failure (gboolean *failed)
{
  *failed = TRUE;
}

/* Of a server without delivery a page names nothing but the text: what was said before a message went out is not that message. */
static void
test_old_page (StoreFixture  *fixture,
               gconstpointer  data)
{
  ChatOutbox *outbox = NULL;
  g_autoptr(ChatMessage) message = NULL;

  store_fixture_put (fixture, 6, 10);
  outbox = fixture->session->outbox;
  chat_session_set_features (fixture->session, CHAT_FEATURE_HISTORY);
  message = write_message (fixture, "hello");

  /* It has not even gone out. */
  add_own (fixture, 5, "hello");
  assert_delivery (message, CHAT_DELIVERY_WAITING);

  chat_outbox_mark_sent (outbox, message, CHAT_SENT_ONCE);
  add_own (fixture, 4, "hello");
  assert_delivery (message, CHAT_DELIVERY_WAITING);

  chat_outbox_interrupt (outbox);
  add_own (fixture, 3, "hello");
  assert_delivery (message, CHAT_DELIVERY_UNCONFIRMED);
  g_assert_true (chat_outbox_find (outbox, chat_message_get_client_id (message)) == message);
  g_assert_null (chat_message_get_id (message));
}

/* What came after it went out is, once for each message. */
static void
test_new_page (StoreFixture  *fixture,
               gconstpointer  data)
{
  ChatOutbox *outbox = NULL;
  g_autoptr(ChatMessage) first = NULL;
  g_autoptr(ChatMessage) second = NULL;

  store_fixture_put (fixture, 6, 10);
  outbox = fixture->session->outbox;
  chat_session_set_features (fixture->session, CHAT_FEATURE_HISTORY);
  first = write_message (fixture, "hello");
  second = write_message (fixture, "hello");
  chat_outbox_mark_sent (outbox, first, CHAT_SENT_ONCE);
  chat_outbox_set_sent_after (outbox, first, 10);
  chat_outbox_mark_sent (outbox, second, CHAT_SENT_ONCE);
  chat_outbox_set_sent_after (outbox, second, 10);
  chat_outbox_interrupt (outbox);

  add_own (fixture, 11, "hello");
  add_own (fixture, 11, "hello");
  assert_delivery (first, CHAT_DELIVERY_SENT);
  g_assert_cmpstr (chat_message_get_id (first), ==, "m11");
  assert_delivery (second, CHAT_DELIVERY_UNCONFIRMED);

  add_own (fixture, 12, "hello");
  assert_delivery (second, CHAT_DELIVERY_SENT);
  g_assert_cmpstr (chat_message_get_id (second), ==, "m12");
}

/* What was said by another device of the user is here as such, and stays. */
static void
test_page_of_other_device (StoreFixture  *fixture,
                           gconstpointer  data)
{
  ChatOutbox *outbox = NULL;
  g_autoptr(ChatMessage) message = NULL;

  store_fixture_put (fixture, 6, 10);
  chat_session_set_features (fixture->session, CHAT_FEATURE_HISTORY);
  add_own (fixture, 12, "hello");
  store_fixture_flush (fixture);
  outbox = fixture->session->outbox;
  message = write_message (fixture, "hello");
  chat_outbox_mark_sent (outbox, message, CHAT_SENT_ONCE);
  chat_outbox_set_sent_after (outbox, message, 10);
  add_own (fixture, 12, "hello");
  assert_delivery (message, CHAT_DELIVERY_WAITING);
}

/* The program ended before the echo came. */
static void
test_page_after_restart (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr(GPtrArray) waiting = NULL;
  ChatMessage *message = NULL;

  store_fixture_put (fixture, 6, 10);
  message = write_message (fixture, "hello");
  chat_outbox_mark_sent (fixture->session->outbox, message, CHAT_SENT_ONCE);
  chat_outbox_interrupt (fixture->session->outbox);
  g_clear_object (&message);
  store_fixture_flush (fixture);
  store_fixture_reopen (fixture);

  chat_session_set_features (fixture->session, CHAT_FEATURE_HISTORY);
  waiting = chat_outbox_list (fixture->session->outbox, "general");
  g_assert_cmpuint (waiting->len, ==, 1);
  message = g_ptr_array_index (waiting, 0);
  assert_delivery (message, CHAT_DELIVERY_UNCONFIRMED);
  add_own (fixture, 5, "hello");
  assert_delivery (message, CHAT_DELIVERY_UNCONFIRMED);
  add_own (fixture, 11, "hello");
  assert_delivery (message, CHAT_DELIVERY_SENT);
}

/* In a room that was left nothing is sent again either, and what is retried there says so. */
static void
test_retry_outside (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr(ChatMessage) message = NULL;
  ChatRoom *room = NULL;
  gboolean failed_again = FALSE;

  store_fixture_put (fixture, 6, 10);
  room = store_fixture_get_room (fixture);
  message = write_message (fixture, "hello");
  chat_room_take_left (room);
  assert_delivery (message, CHAT_DELIVERY_FAILED);

  g_signal_connect_swapped (message, "notify::delivery", G_CALLBACK (note_failure), &failed_again);
  chat_room_retry (room, message);
  test_wait_until (chat_message_get_delivery (message) == CHAT_DELIVERY_WAITING || failed_again);
  store_fixture_flush (fixture);
  assert_delivery (message, CHAT_DELIVERY_FAILED);
  g_assert_nonnull (chat_message_get_error (message));
  g_assert_cmpuint (chat_session_get_n_waiting (fixture->session), ==, 0);
  g_signal_handlers_disconnect_by_data (message, &failed_again);
}

static ChatMessage *
reopen (StoreFixture *fixture)
{
  g_autoptr(GPtrArray) waiting = NULL;

  store_fixture_flush (fixture);
  store_fixture_reopen (fixture);
  waiting = chat_outbox_list (fixture->session->outbox, "general");
  g_assert_cmpuint (waiting->len, ==, 1);

  return g_ptr_array_index (waiting, 0);
}

/* How a message went out is known in the next run, too. */
static void
test_sent_with_id_is_kept (StoreFixture  *fixture,
                           gconstpointer  data)
{
  ChatMessage *message = NULL;

  store_fixture_put (fixture, 6, 10);
  chat_session_set_features (fixture->session, CHAT_FEATURE_DELIVERY);
  g_object_unref (write_message (fixture, "hello"));

  /* On the disk before it goes out, with nothing written for that. */
  message = reopen (fixture);
  assert_delivery (message, CHAT_DELIVERY_WAITING);
  g_assert_true (chat_outbox_is_kept_with_id (fixture->session->outbox, message));

  chat_outbox_doubt_sent_with_id (fixture->session->outbox, "general");
  message = reopen (fixture);
  assert_delivery (message, CHAT_DELIVERY_UNCONFIRMED);

  chat_outbox_resume_sent_with_id (fixture->session->outbox, "general");
  message = reopen (fixture);
  assert_delivery (message, CHAT_DELIVERY_WAITING);
  chat_outbox_doubt_sent_with_id (fixture->session->outbox, "general");
  assert_delivery (message, CHAT_DELIVERY_UNCONFIRMED);

  /* A person decided to say it, whatever the server is. */
  chat_room_retry (store_fixture_get_room (fixture), message);
  test_wait_until (chat_message_get_delivery (message) == CHAT_DELIVERY_WAITING);
  chat_outbox_doubt_sent_with_id (fixture->session->outbox, "general");
  assert_delivery (message, CHAT_DELIVERY_WAITING);
  message = reopen (fixture);
  chat_outbox_doubt_sent_with_id (fixture->session->outbox, "general");
  assert_delivery (message, CHAT_DELIVERY_WAITING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, StoreFixture, NULL, store_fixture_set_up, test, store_fixture_tear_down)
  add ("/delivery/old-page", test_old_page);
  add ("/delivery/new-page", test_new_page);
  add ("/delivery/page-of-another-device", test_page_of_other_device);
  add ("/delivery/page-after-a-restart", test_page_after_restart);
  add ("/delivery/retry-outside", test_retry_outside);
  add ("/delivery/sent-with-its-id-is-kept", test_sent_with_id_is_kept);
#undef add

  return g_test_run ();
}
