/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "store-fixture.h"
#include "test-server.h"

static void
open_session (StoreFixture *fixture)
{
  g_autoptr(ChatCredentials) credentials = test_make_credentials ("http://127.0.0.1:1", "u1", "ben", FALSE);
  g_autoptr(GError) error = NULL;

  fixture->store = chat_store_open (fixture->path, &error);
  g_assert_no_error (error);
  fixture->session = chat_session_new_with_store (credentials, fixture->store);
}

static void
close_session (StoreFixture *fixture)
{
  test_finish_session (&fixture->session);
  chat_store_close (fixture->store);
  /* Who waits for the store holds on to it until the answer is there. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

void
store_fixture_set_up (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("enfilade-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = chat_store_path_for (fixture->folder, "http://127.0.0.1:1", "u1");
  open_session (fixture);
}

void
store_fixture_tear_down (StoreFixture  *fixture,
                         gconstpointer  data)
{
  close_session (fixture);
  g_assert_true (chat_store_delete (fixture->path, NULL));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

void
store_fixture_reopen (StoreFixture *fixture)
{
  close_session (fixture);
  open_session (fixture);
}

void
store_fixture_flush (StoreFixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;

  chat_store_flush_async (fixture->store, NULL, test_take_result, &result);
  test_wait_until (result != NULL);
  g_assert_true (chat_store_flush_finish (fixture->store, result, NULL));
}

ChatMessage *
store_fixture_make (gint64 seq)
{
  g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);

  return chat_message_new (id, "general", "u2", "Eve", id, STORE_FIXTURE_NOON + seq * 60000, seq);
}

/* Read up to @last. */
static void
put_room (StoreFixture *fixture,
          gint64        last)
{
  ChatStoredRoom room = { 0 };

  room.id = (char *) "general";
  room.name = (char *) "General";
  room.joined = TRUE;
  room.last_seq = last;
  room.read_seq = last;
  room.told_read_seq = last;
  chat_store_put_room (fixture->store, &room);
}

void
store_fixture_put (StoreFixture *fixture,
                   gint64        first,
                   gint64        last)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  ChatSpan span = { first == 1 ? CHAT_SPAN_FROM_BEGINNING : first, last };

  for (gint64 seq = first; seq <= last; seq++)
    g_ptr_array_add (messages, store_fixture_make (seq));

  chat_store_put_messages (fixture->store, "general", messages, &span);
  put_room (fixture, last);
  store_fixture_reopen (fixture);
}

ChatRoom *
store_fixture_get_room (StoreFixture *fixture)
{
  ChatRoom *room = chat_room_list_find (chat_session_get_rooms (fixture->session), "general");

  g_assert_nonnull (room);

  return room;
}
