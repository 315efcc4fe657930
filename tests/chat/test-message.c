/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-chat.h"

#define NOON (G_GINT64_CONSTANT (1700000000000))

static ChatMessage *
make_message (const char *content,
              gint64      edited_at)
{
  ChatMessage *message = chat_message_new ("m1", "room", "u2", "Eve", content, NOON, 1);

  chat_message_set_edited_at (message, edited_at);

  return message;
}

static void
count_cb (ChatMessage *message,
          GParamSpec  *pspec,
          GHashTable  *counts)
{
  gpointer count = g_hash_table_lookup (counts, pspec->name);

  g_hash_table_insert (counts, (gpointer) pspec->name, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
}

static GHashTable *
count_notifications (ChatMessage *message)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  g_signal_connect (message, "notify", G_CALLBACK (count_cb), counts);

  return counts;
}

static guint
get_count (GHashTable *counts,
           const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
}

static void
test_edit (void)
{
  g_autoptr(ChatMessage) message = make_message ("Helo @ben", 0);
  g_autoptr(ChatMessage) edited = make_message ("Hello", NOON + 5);
  g_autoptr(GHashTable) counts = count_notifications (message);

  chat_message_set_mentions_me (message, TRUE);
  g_hash_table_remove_all (counts);

  g_assert_false (chat_message_update (message, edited));
  g_assert_cmpstr (chat_message_get_content (message), ==, "Hello");
  g_assert_cmpint (chat_message_get_edited_at (message), ==, NOON + 5);
  g_assert_false (chat_message_get_mentions_me (message));
  g_assert_cmpuint (get_count (counts, "content"), ==, 1);
  g_assert_cmpuint (get_count (counts, "edited-at"), ==, 1);
  g_assert_cmpuint (get_count (counts, "mentions-me"), ==, 1);
  g_assert_cmpuint (g_hash_table_size (counts), ==, 3);

  g_hash_table_remove_all (counts);
  g_assert_false (chat_message_update (message, edited));
  g_assert_cmpuint (g_hash_table_size (counts), ==, 0);
}

/* A page of history may have been on its way while the edit came. */
static void
test_older_state_changes_nothing (void)
{
  g_autoptr(ChatMessage) message = make_message ("second", NOON + 5);
  g_autoptr(ChatMessage) earlier = make_message ("first", NOON + 2);
  g_autoptr(ChatMessage) original = make_message ("none", 0);

  chat_message_update (message, earlier);
  chat_message_update (message, original);
  g_assert_cmpstr (chat_message_get_content (message), ==, "second");
  g_assert_cmpint (chat_message_get_edited_at (message), ==, NOON + 5);
}

static void
test_delete (void)
{
  g_autoptr(ChatMessage) message = make_message ("Oops @ben", NOON + 5);
  g_autoptr(ChatMessage) deleted = make_message ("is not to be seen", NOON + 5);
  g_autoptr(ChatMessage) edited = make_message ("Back?", NOON + 9);
  g_autoptr(GHashTable) counts = NULL;

  chat_message_set_mentions_me (message, TRUE);
  chat_message_set_deleted (deleted);
  g_assert_cmpstr (chat_message_get_content (deleted), ==, "");

  counts = count_notifications (message);
  g_assert_false (chat_message_update (message, deleted));
  g_assert_true (chat_message_get_deleted (message));
  g_assert_cmpstr (chat_message_get_content (message), ==, "");
  g_assert_false (chat_message_get_mentions_me (message));
  g_assert_cmpuint (get_count (counts, "deleted"), ==, 1);
  g_assert_cmpuint (get_count (counts, "content"), ==, 1);

  g_hash_table_remove_all (counts);
  chat_message_update (message, edited);
  chat_message_set_deleted (message);
  g_assert_true (chat_message_get_deleted (message));
  g_assert_cmpstr (chat_message_get_content (message), ==, "");
  g_assert_cmpuint (g_hash_table_size (counts), ==, 0);
}

/* Where the server says it in none of its later words, it holds still. */
static void
test_reply_stays (void)
{
  g_autoptr(ChatMessage) message = make_message ("Yes", 0);
  g_autoptr(ChatMessage) reply = make_message ("Yes", 0);
  g_autoptr(ChatMessage) edited = make_message ("No", NOON + 1);

  g_assert_null (chat_message_get_reply_to (message));
  chat_message_set_reply_to (reply, "m0");
  chat_message_update (message, reply);
  g_assert_cmpstr (chat_message_get_reply_to (message), ==, "m0");
  chat_message_update (message, edited);
  g_assert_cmpstr (chat_message_get_reply_to (message), ==, "m0");
}

static void
test_properties (void)
{
  g_autoptr(ChatMessage) message = make_message ("Yes", NOON + 1);
  g_autofree char *reply_to = NULL;
  gint64 edited_at = 0;
  gboolean deleted = TRUE;

  chat_message_set_reply_to (message, "m0");
  g_object_get (message, "reply-to", &reply_to, "edited-at", &edited_at, "deleted", &deleted, NULL);
  g_assert_cmpstr (reply_to, ==, "m0");
  g_assert_cmpint (edited_at, ==, NOON + 1);
  g_assert_false (deleted);

  chat_message_set_deleted (message);
  g_object_get (message, "deleted", &deleted, NULL);
  g_assert_true (deleted);
}

#define N_OF_THREAD 200000

static gpointer
make_many (gpointer data)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_object_unref);

  /* They begin together. */
  g_atomic_int_add ((int *) data, 1);
  while (g_atomic_int_get ((int *) data) < 2)
    ;

  for (guint i = 0; i < N_OF_THREAD; i++)
    g_ptr_array_add (messages, make_message ("Hello", 0));

  return messages;
}

static int
compare_messages (gconstpointer a,
                  gconstpointer b)
{
  return chat_message_compare (*(ChatMessage * const *) a, *(ChatMessage * const *) b);
}

/* Searching makes messages too, in a thread of its own: no two have the same place. */
static void
test_threads (void)
{
  int n_ready = 0;
  g_autoptr(GThread) thread = NULL;
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  /* The class is there before. */
  g_object_unref (make_message ("Hello", 0));
  thread = g_thread_new ("make-many", make_many, &n_ready);
  g_ptr_array_extend_and_steal (all, make_many (&n_ready));
  g_ptr_array_extend_and_steal (all, g_thread_join (g_steal_pointer (&thread)));
  g_assert_cmpuint (all->len, ==, 2 * N_OF_THREAD);

  g_ptr_array_sort (all, compare_messages);
  for (guint i = 1; i < all->len; i++)
    g_assert_cmpint (chat_message_compare (g_ptr_array_index (all, i - 1), g_ptr_array_index (all, i)), <, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message/edit", test_edit);
  g_test_add_func ("/message/older-state-changes-nothing", test_older_state_changes_nothing);
  g_test_add_func ("/message/delete", test_delete);
  g_test_add_func ("/message/reply-stays", test_reply_stays);
  g_test_add_func ("/message/properties", test_properties);
  g_test_add_func ("/message/threads", test_threads);

  return g_test_run ();
}
