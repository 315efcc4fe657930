/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "chat-store-private.h"
#include "enfilade-chat.h"

#define NOON G_GINT64_CONSTANT (1700000000000)

typedef struct
{
  char      *folder;
  char      *path;
  ChatStore *store;
} Fixture;

static void
open_store (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&fixture->store);
  fixture->store = chat_store_open (fixture->path, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("enfilade-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = chat_store_path_for (fixture->folder, "http://localhost", "mira");
  open_store (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&fixture->store);
  g_assert_true (chat_store_delete (fixture->path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static void
flush (ChatStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_store_flush_async (store, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (chat_store_flush_finish (store, result, &error));
  g_assert_no_error (error);
}

static ChatMessage *
make_message (const char *id,
              gint64      seq,
              const char *content)
{
  ChatMessage *message = chat_message_new (id, "general", "u1", "Mira", content,
                                           seq != CHAT_NO_SEQ ? NOON + seq * 1000 : NOON, seq);

  return message;
}

/* Puts in the messages from @first to @last, as a page of history that leaves no hole between. */
static void
put_numbers (ChatStore *store,
             gint64     first,
             gint64     last)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  ChatSpan span = { first, last };

  for (gint64 seq = first; seq <= last; seq++)
    {
      g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);

      g_ptr_array_add (messages, make_message (id, seq, id));
    }

  chat_store_put_messages (store, "general", messages, &span);
  flush (store);
}

static char *
describe (GPtrArray *messages)
{
  g_autoptr(GPtrArray) found = messages;
  GString *description = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (description, "%s%s", i > 0 ? " " : "", chat_message_get_content (g_ptr_array_index (found, i)));

  return g_string_free (description, FALSE);
}

static void
assert_newest (ChatStore  *store,
               guint       limit,
               const char *expected)
{
  g_autofree char *found = describe (chat_store_read_before (store, "general", NULL, G_MININT64, limit));

  g_assert_cmpstr (found, ==, expected);
}

static void
test_messages (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *older = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *of_span = NULL;
  g_autofree char *elsewhere = NULL;
  ChatPlace place = { 5, G_MAXINT64 };

  put_numbers (fixture->store, 1, 9);
  assert_newest (fixture->store, 3, "m7 m8 m9");

  older = describe (chat_store_read_before (fixture->store, "general", &place, G_MININT64, 2));
  g_assert_cmpstr (older, ==, "m4 m5");
  newer = describe (chat_store_read_after (fixture->store, "general", &place, G_MAXINT64, 2));
  g_assert_cmpstr (newer, ==, "m6 m7");
  of_span = describe (chat_store_read_before (fixture->store, "general", &place, 4, 10));
  g_assert_cmpstr (of_span, ==, "m4 m5");

  /* They are there when the store is opened again, and no other room has them. */
  open_store (fixture);
  assert_newest (fixture->store, 2, "m8 m9");
  elsewhere = describe (chat_store_read_before (fixture->store, "other", NULL, G_MININT64, 9));
  g_assert_cmpstr (elsewhere, ==, "");
}

static void
test_changed_message (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(ChatMessage) found = NULL;

  put_numbers (fixture->store, 1, 3);
  g_ptr_array_add (messages, make_message ("m2", 2, "edited"));
  chat_store_put_messages (fixture->store, "general", messages, NULL);
  flush (fixture->store);

  assert_newest (fixture->store, 9, "m1 edited m3");
  found = chat_store_find_message (fixture->store, "general", "m2");
  g_assert_cmpstr (chat_message_get_content (found), ==, "edited");
  g_assert_cmpstr (chat_message_get_sender_name (found), ==, "Mira");
  g_assert_null (chat_store_find_message (fixture->store, "general", "m4"));
}

/* Where the server does not count, and all came within a millisecond, the order of arrival is kept. */
static void
test_without_numbers (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) page = NULL;
  g_autofree char *older = NULL;
  ChatPlace place;

  g_ptr_array_add (messages, make_message ("x", CHAT_NO_SEQ, "x"));
  g_ptr_array_add (messages, make_message ("b", CHAT_NO_SEQ, "b"));
  g_ptr_array_add (messages, make_message ("y", CHAT_NO_SEQ, "y"));
  g_ptr_array_add (messages, make_message ("a", CHAT_NO_SEQ, "a"));
  chat_store_put_messages (fixture->store, "general", messages, NULL);
  flush (fixture->store);

  assert_newest (fixture->store, 9, "x b y a");
  page = chat_store_read_before (fixture->store, "general", NULL, G_MININT64, 2);
  chat_store_place_of (g_ptr_array_index (page, 0), &place);
  older = describe (chat_store_read_before (fixture->store, "general", &place, G_MININT64, 2));
  g_assert_cmpstr (older, ==, "x b");
}

static void
assert_span (ChatStore *store,
             gint64     seq,
             gint64     first,
             gint64     last)
{
  ChatSpan span = { 0, 0 };

  g_assert_true (chat_store_find_span (store, "general", seq, &span));
  g_assert_cmpint (span.first, ==, first);
  g_assert_cmpint (span.last, ==, last);
}

static void
test_spans (Fixture       *fixture,
            gconstpointer  data)
{
  ChatSpan span;

  put_numbers (fixture->store, 10, 19);
  put_numbers (fixture->store, 30, 39);
  assert_span (fixture->store, 15, 10, 19);
  assert_span (fixture->store, 30, 30, 39);
  g_assert_false (chat_store_find_span (fixture->store, "general", 20, &span));
  g_assert_cmpint (chat_store_count_missing (fixture->store, "general", 9, 39), ==, 10);
  g_assert_cmpint (chat_store_count_missing (fixture->store, "general", 0, 45), ==, 9 + 10 + 6);

  /* What touches is one. */
  put_numbers (fixture->store, 20, 25);
  assert_span (fixture->store, 11, 10, 25);
  put_numbers (fixture->store, 24, 31);
  assert_span (fixture->store, 11, 10, 39);
  g_assert_cmpint (chat_store_count_missing (fixture->store, "general", 9, 39), ==, 0);
  g_assert_true (chat_store_find_newest_span (fixture->store, "general", &span));
  g_assert_cmpint (span.first, ==, 10);
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (gint64 seq = 1; seq <= 10; seq++)
    {
      g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);
      ChatMessage *message = make_message (id, seq, id);

      chat_message_set_own (message, seq % 5 == 0);
      chat_message_set_mentions_me (message, seq % 3 == 0);
      g_ptr_array_add (messages, message);
    }
  chat_store_put_messages (fixture->store, "general", messages, NULL);
  flush (fixture->store);

  g_assert_cmpuint (chat_store_count_own (fixture->store, "general", 2, 10), ==, 2);
  g_assert_cmpuint (chat_store_count_own (fixture->store, "general", 5, 9), ==, 0);
  g_assert_cmpuint (chat_store_count_mentions (fixture->store, "general", 3, 10), ==, 2);
}

static void
add_outgoing (ChatStore  *store,
              const char *client_id,
              const char *content)
{
  g_autoptr(ChatMessage) message = chat_message_new_outgoing (client_id, "general", "u1", "Mira", content, NOON);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  chat_store_add_outgoing_async (store, message, FALSE, CHAT_SENT_NOT, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (chat_store_add_outgoing_finish (store, result, &error));
  g_assert_no_error (error);
}

static void
test_outbox (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GPtrArray) waiting = NULL;
  g_autoptr(ChatMessage) stored = make_message ("m1", 1, "one");
  g_autofree char *all = NULL;
  g_autofree char *left = NULL;

  add_outgoing (fixture->store, "c1", "one");
  add_outgoing (fixture->store, "c2", "two");
  add_outgoing (fixture->store, "c3", "three");
  /* To send one again does not make it two. */
  add_outgoing (fixture->store, "c2", "two");
  all = describe (chat_store_list_outbox (fixture->store, "u1", "Mira"));
  g_assert_cmpstr (all, ==, "one two three");

  chat_store_confirm_outgoing (fixture->store, "c1", stored);
  chat_store_remove_outgoing (fixture->store, "c3");
  open_store (fixture);

  waiting = chat_store_list_outbox (fixture->store, "u1", "Mira");
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpstr (chat_message_get_client_id (g_ptr_array_index (waiting, 0)), ==, "c2");
  g_assert_cmpint (chat_message_get_delivery (g_ptr_array_index (waiting, 0)), ==, CHAT_DELIVERY_WAITING);
  left = describe (chat_store_read_before (fixture->store, "general", NULL, G_MININT64, 9));
  g_assert_cmpstr (left, ==, "one");
}

static void
test_rooms (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) rooms = NULL;
  ChatStoredRoom room = { 0 };
  const ChatStoredRoom *found = NULL;
  ChatPlace view = { 7, 70 };

  room.id = (char *) "general";
  room.name = (char *) "General";
  room.topic = (char *) "All";
  room.last_seq = 12;
  room.read_seq = 9;
  room.told_read_seq = CHAT_NO_SEQ;
  room.joined = TRUE;
  chat_store_put_room (fixture->store, &room);
  chat_store_put_view (fixture->store, "general", &view, 12.5);
  room.read_seq = 10;
  chat_store_put_room (fixture->store, &room);
  open_store (fixture);

  rooms = chat_store_list_rooms (fixture->store);
  g_assert_cmpuint (rooms->len, ==, 1);
  found = g_ptr_array_index (rooms, 0);
  g_assert_cmpstr (found->name, ==, "General");
  g_assert_cmpint (found->read_seq, ==, 10);
  g_assert_cmpint (found->told_read_seq, ==, CHAT_NO_SEQ);
  g_assert_true (found->joined);
  g_assert_true (found->has_view);
  g_assert_cmpint (found->view.number, ==, 70);
  g_assert_cmpfloat (found->view_offset, ==, 12.5);

  put_numbers (fixture->store, 1, 3);
  chat_store_remove_room (fixture->store, "general");
  flush (fixture->store);
  assert_newest (fixture->store, 9, "");
}

static void
damage (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  memset (contents, 'x', MIN (length, 200));
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
  g_unlink (wal);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  put_numbers (fixture->store, 1, 3);
  g_clear_object (&fixture->store);
  damage (fixture->path);

  open_store (fixture);
  g_assert_nonnull (chat_store_get_notice (fixture->store));
  assert_newest (fixture->store, 9, "");

  /* It works, and does not complain again. */
  put_numbers (fixture->store, 4, 5);
  open_store (fixture);
  g_assert_null (chat_store_get_notice (fixture->store));
  assert_newest (fixture->store, 9, "m4 m5");
}

/* A file that was found damaged while it was in use; what waits to be sent can still be read, and nobody else has it. */
static void
test_found_damaged (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *mark = g_strconcat (fixture->path, "-damaged", NULL);
  g_autofree char *waiting = NULL;

  put_numbers (fixture->store, 1, 3);
  add_outgoing (fixture->store, "c1", "not sent yet");
  g_clear_object (&fixture->store);
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));

  open_store (fixture);
  g_assert_nonnull (chat_store_get_notice (fixture->store));
  waiting = describe (chat_store_list_outbox (fixture->store, "u1", "Mira"));
  g_assert_cmpstr (waiting, ==, "not sent yet");
}

static void
test_private (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  GStatBuf status;

  put_numbers (fixture->store, 1, 3);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (wal, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_unkept (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStore) store = chat_store_open_unkept (&error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  path = g_strdup (chat_store_get_path (store));
  put_numbers (store, 1, 3);
  assert_newest (store, 9, "m1 m2 m3");
  g_assert_finalize_object (g_steal_pointer (&store));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* What a program leaves behind that was killed. */
static void
test_abandoned (void)
{
  g_autofree char *parent = g_build_filename (g_get_user_runtime_dir (), "enfilade", NULL);
  g_autofree char *abandoned = g_build_filename (parent, "unkept-killed", NULL);
  g_autofree char *lock = g_build_filename (abandoned, "lock", NULL);
  g_autofree char *file = g_build_filename (abandoned, "conversations.db", NULL);
  g_autoptr(ChatStore) first = chat_store_open_unkept (NULL);
  g_autoptr(ChatStore) second = NULL;

  g_assert_cmpint (g_mkdir_with_parents (abandoned, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "said", -1, NULL));
  g_assert_true (g_file_set_contents (lock, "", -1, NULL));

  second = chat_store_open_unkept (NULL);
  g_assert_false (g_file_test (abandoned, G_FILE_TEST_EXISTS));

  /* What another one uses is left alone. */
  g_assert_true (g_file_test (chat_store_get_path (first), G_FILE_TEST_EXISTS));
  g_assert_true (g_str_has_prefix (chat_store_get_path (first), parent));
  put_numbers (first, 1, 3);
  assert_newest (first, 9, "m1 m2 m3");
}

static void
test_no_folder (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatStore) store = chat_store_open ("/proc/nowhere/file.db", &error);

  g_assert_null (store);
  g_assert_error (error, CHAT_ERROR, CHAT_ERROR_STORE);
}

static void
assert_server_name (Fixture    *fixture,
                    const char *expected)
{
  g_autofree char *server_name = NULL;

  open_store (fixture);
  server_name = chat_store_read_server_name (fixture->store);
  g_assert_cmpstr (server_name, ==, expected);
}

static void
test_server_name (Fixture       *fixture,
                  gconstpointer  data)
{
  assert_server_name (fixture, NULL);
  chat_store_put_server_name (fixture->store, "Wayfare");
  assert_server_name (fixture, "Wayfare");
  chat_store_put_server_name (fixture->store, "旅");
  assert_server_name (fixture, "旅");
  chat_store_put_server_name (fixture->store, NULL);
  assert_server_name (fixture, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  add ("/store/messages", test_messages);
  add ("/store/changed-message", test_changed_message);
  add ("/store/without-numbers", test_without_numbers);
  add ("/store/spans", test_spans);
  add ("/store/counts", test_counts);
  add ("/store/outbox", test_outbox);
  add ("/store/rooms", test_rooms);
  add ("/store/server-name", test_server_name);
  add ("/store/damaged", test_damaged);
  add ("/store/found-damaged", test_found_damaged);
  add ("/store/private", test_private);
#undef add
  g_test_add_func ("/store/unkept", test_unkept);
  g_test_add_func ("/store/abandoned", test_abandoned);
  g_test_add_func ("/store/no-folder", test_no_folder);

  return g_test_run ();
}
