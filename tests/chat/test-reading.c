/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much is unread, against a model that knows all messages and counts them one by one. */

#include "config.h"

#include "store-fixture.h"
#include "test-server.h"

#define N_STEPS 600
#define MAX_MESSAGES 400

typedef struct
{
  gboolean own;
  gboolean mentions_me;
  gboolean deleted;
} Said;

typedef struct
{
  /* By number, from 1 on. */
  Said   messages[MAX_MESSAGES + 1];
  gint64 last;
  gint64 read;
} Model;

static void
assert_counts (ChatRoom    *room,
               const Model *model)
{
  guint unread = 0;
  guint mentions = 0;

  for (gint64 seq = model->read + 1; seq <= model->last; seq++)
    {
      const Said *said = &model->messages[seq];

      unread += said->own ? 0 : 1;
      mentions += said->mentions_me && !said->own && !said->deleted ? 1 : 0;
    }

  g_assert_cmpuint (chat_room_get_unread (room), ==, unread);
  g_assert_cmpuint (chat_room_get_mentions (room), ==, mentions);
}

static ChatMessage *
make (const Model *model,
      gint64       seq)
{
  const Said *said = &model->messages[seq];
  g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, seq);
  ChatMessage *message = chat_message_new (id, "general", said->own ? "u1" : "u2", "Somebody", id,
                                           STORE_FIXTURE_NOON + seq * 60000, seq);

  chat_message_set_own (message, said->own);
  chat_message_set_mentions_me (message, said->mentions_me);
  if (said->deleted)
    chat_message_set_deleted (message);

  return message;
}

static void
receive (ChatRoom *room,
         Model    *model)
{
  Said *said = &model->messages[++model->last];
  g_autoptr(ChatMessage) message = NULL;

  said->own = g_test_rand_int_range (0, 5) == 0;
  said->mentions_me = g_test_rand_int_range (0, 3) == 0;
  message = make (model, model->last);
  chat_room_receive (room, message);
  if (said->own)
    model->read = model->last;
}

static void
remove_message (ChatRoom *room,
                Model    *model)
{
  gint64 seq = g_test_rand_int_range (1, (int) model->last + 1);
  g_autoptr(ChatMessage) message = NULL;

  model->messages[seq].deleted = TRUE;
  message = make (model, seq);
  chat_room_receive_changed (room, message);
}

static void
step (StoreFixture *fixture,
      Model        *model)
{
  ChatRoom *room = store_fixture_get_room (fixture);
  gint64 seq = g_test_rand_int_range (1, (int) model->last + 1);
  g_autoptr(ChatMessage) message = make (model, seq);

  switch (g_test_rand_int_range (0, 12))
    {
    case 0:
      chat_room_mark_read_to (room, message);
      model->read = MAX (model->read, seq);
      break;

    case 1:
      chat_room_mark_unread_from (room, message);
      model->read = seq - 1;
      break;

    case 2:
      /* Another device has read further, or not so far. */
      chat_room_apply_read (room, seq, FALSE);
      model->read = MAX (model->read, seq);
      break;

    case 3:
      chat_room_apply_read (room, seq, TRUE);
      model->read = seq;
      break;

    case 4:
      remove_message (room, model);
      break;

    case 5:
      if (g_test_rand_int_range (0, 6) == 0)
        store_fixture_reopen (fixture);
      break;

    case 6:
      if (g_test_rand_int_range (0, 6) == 0)
        {
          chat_room_mark_read (room);
          model->read = model->last;
        }
      break;

    default:
      if (model->last < MAX_MESSAGES)
        receive (room, model);
      break;
    }
}

static void
test_counts (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree Model *model = g_new0 (Model, 1);

  store_fixture_put (fixture, 1, 1);
  model->last = 1;
  model->read = 1;

  for (guint i = 0; i < N_STEPS; i++)
    {
      step (fixture, model);
      store_fixture_flush (fixture);
      assert_counts (store_fixture_get_room (fixture), model);
    }
}

/* A server that does not count: what came after the last message that was read. */
static void
test_plain_counts (StoreFixture  *fixture,
                   gconstpointer  data)
{
  ChatRoom *room = NULL;
  ChatStoredRoom stored = { 0 };
  guint unread = 0;
  guint mentions = 0;

  stored.id = (char *) "general";
  stored.name = (char *) "General";
  stored.joined = TRUE;
  stored.last_seq = CHAT_NO_SEQ;
  stored.read_seq = CHAT_NO_SEQ;
  stored.told_read_seq = CHAT_NO_SEQ;
  chat_store_put_room (fixture->store, &stored);
  store_fixture_reopen (fixture);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      /* Several within a millisecond. */
      g_autoptr(ChatMessage) message = chat_message_new (id, "general", "u2", "Eve", id, STORE_FIXTURE_NOON + i / 4, CHAT_NO_SEQ);
      gboolean mentions_me = i % 7 == 0;

      room = store_fixture_get_room (fixture);
      chat_message_set_mentions_me (message, mentions_me);
      chat_room_receive (room, message);
      unread++;
      mentions += mentions_me ? 1 : 0;

      if (i % 31 == 30)
        {
          chat_room_mark_read (room);
          unread = 0;
          mentions = 0;
        }
      store_fixture_flush (fixture);
      if (i % 50 == 49)
        store_fixture_reopen (fixture);
      else
        test_wait_until (!room->counting);

      room = store_fixture_get_room (fixture);
      g_assert_cmpuint (chat_room_get_unread (room), ==, unread);
      g_assert_cmpuint (chat_room_get_mentions (room), ==, mentions);
    }
}

static void
mark_unread (ChatRoom *room,
             gint64    seq)
{
  g_autoptr(ChatMessage) message = store_fixture_make (seq);

  chat_room_mark_unread_from (room, message);
}

static void
mark_read (ChatRoom *room,
           gint64    seq)
{
  g_autoptr(ChatMessage) message = store_fixture_make (seq);

  chat_room_mark_read_to (room, message);
}

static ChatRoomInfo *
make_info (gint64 read_seq)
{
  ChatRoomInfo *info = g_new0 (ChatRoomInfo, 1);

  info->id = g_strdup ("general");
  info->name = g_strdup ("General");
  info->last_seq = 100;
  info->read_seq = read_seq;
  info->unread = 100 - read_seq;

  return info;
}

static void
assert_after_connecting (StoreFixture *fixture,
                         gint64        here,
                         gint64        told,
                         gint64        server,
                         gint64        expected)
{
  g_autoptr(ChatRoomInfo) info = make_info (server);
  ChatRoom *room = store_fixture_get_room (fixture);

  room->read_seq = here;
  room->told_read_seq = told;
  chat_room_apply_info (room, info);
  g_assert_cmpint (room->read_seq, ==, expected);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 100 - expected);
}

/* What was read or marked here while there was no connection stays; else the server knows better. */
static void
test_connecting (StoreFixture  *fixture,
                 gconstpointer  data)
{
  store_fixture_put (fixture, 1, 100);
  assert_after_connecting (fixture, CHAT_NO_SEQ, CHAT_NO_SEQ, 70, 70);
  assert_after_connecting (fixture, 50, 50, 70, 70);
  /* Another device has marked it as unread. */
  assert_after_connecting (fixture, 50, 50, 30, 30);
  /* Read here while away. */
  assert_after_connecting (fixture, 80, 50, 50, 80);
  assert_after_connecting (fixture, 80, 50, 90, 90);
  assert_after_connecting (fixture, 80, CHAT_NO_SEQ, 50, 80);
  /* Marked as unread here while away. */
  assert_after_connecting (fixture, 20, 50, 50, 20);
  assert_after_connecting (fixture, 20, 50, 60, 60);
}

/* As when the server is told, on a connection. */
static void
tell (ChatRoom *room)
{
  gboolean back = FALSE;

  g_assert_true (chat_room_has_to_tell_read (room, &back));
  chat_room_note_told_read (room, back);
}

static ChatRoom *
set_up_told (StoreFixture *fixture)
{
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 100);
  room = store_fixture_get_room (fixture);
  chat_room_apply_read (room, 20, TRUE);
  mark_read (room, 35);
  tell (room);
  mark_read (room, 50);
  tell (room);

  return room;
}

static void
assert_connecting (ChatRoom *room,
                   gint64    server,
                   gint64    expected)
{
  g_autoptr(ChatRoomInfo) info = make_info (server);

  chat_room_apply_info (room, info);
  g_assert_cmpint (room->read_seq, ==, expected);
}

/* What was told a moment before the connection broke has arrived or not, or a part of it. */
static void
test_told_in_doubt (StoreFixture  *fixture,
                    gconstpointer  data)
{
  static const gint64 arrived[] = { 20, 35, 50 };

  for (guint i = 0; i < G_N_ELEMENTS (arrived); i++)
    {
      ChatRoom *room = set_up_told (fixture);
      gboolean back = TRUE;

      chat_room_disconnected (room);
      assert_connecting (room, arrived[i], 50);
      g_assert_cmpint (chat_room_has_to_tell_read (room, &back), ==, arrived[i] != 50);
      g_assert_false (back);
    }
}

/* Nor does it come in the way of what another device has marked or read since, or this one. */
static void
test_marked_after_doubt (StoreFixture  *fixture,
                         gconstpointer  data)
{
  static const gint64 marked[] = { 10, 40 };
  ChatRoom *room = NULL;
  gboolean back = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (marked); i++)
    {
      room = set_up_told (fixture);
      chat_room_disconnected (room);
      assert_connecting (room, marked[i], marked[i]);

      /* When the program ended meanwhile, too. */
      room = set_up_told (fixture);
      chat_room_disconnected (room);
      store_fixture_reopen (fixture);
      assert_connecting (store_fixture_get_room (fixture), marked[i], marked[i]);

      /* And when it was killed. */
      room = set_up_told (fixture);
      store_fixture_reopen (fixture);
      assert_connecting (store_fixture_get_room (fixture), marked[i], marked[i]);
    }

  room = set_up_told (fixture);
  chat_room_disconnected (room);
  mark_unread (room, 21);
  assert_connecting (room, 50, 20);
  g_assert_true (chat_room_has_to_tell_read (room, &back));
  g_assert_true (back);
}

/* A mark that did not arrive is told again as one: else the server would hold on to what was read before. */
static void
test_mark_in_doubt (StoreFixture  *fixture,
                    gconstpointer  data)
{
  ChatRoom *room = NULL;
  gboolean back = FALSE;

  store_fixture_put (fixture, 1, 100);
  room = store_fixture_get_room (fixture);
  mark_unread (room, 21);
  g_assert_true (chat_room_has_to_tell_read (room, &back));
  g_assert_true (back);
  chat_room_note_told_read (room, back);
  g_assert_false (chat_room_has_to_tell_read (room, &back));
  chat_room_disconnected (room);
  back = FALSE;
  g_assert_true (chat_room_has_to_tell_read (room, &back));
  g_assert_true (back);
  assert_connecting (room, 100, 20);
}

#define N_NUMBERS 100

/* This device, another one, and the server between them. */
typedef struct
{
  gint64   server;
  /* What a person means to have read, on whichever device. */
  gint64   meant;
  /* What the server held since it last said how things stand. */
  gboolean was_held[N_NUMBERS + 1];
  gboolean connected;
  /* The connection is dead, and nobody has noticed. */
  gboolean dead;
  /* Here, something was done that the server does not know of. */
  gboolean ahead;
  /* There, something was done that this device does not know of. */
  gboolean behind;
} Devices;

static void
tell_server (ChatRoom *room,
             Devices  *devices)
{
  gboolean back = FALSE;

  if (!devices->connected || !chat_room_has_to_tell_read (room, &back))
    return;

  chat_room_note_told_read (room, back);
  if (devices->dead)
    return;

  devices->server = back ? room->read_seq : MAX (devices->server, room->read_seq);
  devices->was_held[devices->server] = TRUE;
  devices->ahead = FALSE;
}

/* What a person does on one device is known before the same person does something on the other: who contradicts themselves cannot be
 * understood. */
static void
act_here (ChatRoom *room,
          Devices  *devices)
{
  gint64 seq = g_test_rand_int_range (1, N_NUMBERS + 1);

  if (devices->behind)
    return;

  if (g_test_rand_bit ())
    mark_read (room, seq);
  else
    mark_unread (room, seq);

  devices->ahead = devices->ahead || room->read_seq != devices->meant;
  devices->meant = room->read_seq;
  tell_server (room, devices);
}

static void
act_there (ChatRoom *room,
           Devices  *devices)
{
  gint64 seq = g_test_rand_int_range (1, N_NUMBERS + 1);

  /* The same number twice says nothing. */
  if (devices->ahead || devices->was_held[seq])
    return;

  if (devices->connected && !devices->dead)
    chat_room_apply_read (room, seq, seq < devices->server);
  else
    devices->behind = TRUE;
  devices->server = seq;
  devices->meant = seq;
  devices->was_held[seq] = TRUE;
}

static void
lose_connection (StoreFixture *fixture,
                 Devices      *devices)
{
  if (devices->connected)
    chat_room_disconnected (store_fixture_get_room (fixture));

  devices->connected = FALSE;
  devices->dead = FALSE;
  if (g_test_rand_int_range (0, 3) == 0)
    store_fixture_reopen (fixture);
}

static void
connect_again (StoreFixture *fixture,
               Devices      *devices)
{
  ChatRoom *room = store_fixture_get_room (fixture);
  g_autoptr(ChatRoomInfo) info = make_info (devices->server);

  /* What the other device did is told with what a recovered connection missed. */
  devices->connected = TRUE;
  if (!devices->behind && g_test_rand_bit ())
    tell_server (room, devices);
  chat_room_apply_info (room, info);
  tell_server (room, devices);

  devices->ahead = FALSE;
  devices->behind = FALSE;
  memset (devices->was_held, 0, sizeof devices->was_held);
  devices->was_held[info->read_seq] = TRUE;
  devices->was_held[devices->server] = TRUE;
}

/* Whatever is lost on the way, once there is a connection again both devices and the server know what the person meant. */
static void
test_devices (StoreFixture  *fixture,
              gconstpointer  data)
{
  Devices devices = { N_NUMBERS, N_NUMBERS };

  store_fixture_put (fixture, 1, N_NUMBERS);
  for (guint i = 0; i < N_STEPS; i++)
    {
      switch (g_test_rand_int_range (0, 8))
        {
        case 0:
          lose_connection (fixture, &devices);
          break;

        case 1:
          if (!devices.connected)
            connect_again (fixture, &devices);
          break;

        case 2:
          devices.dead = devices.connected;
          break;

        case 3:
        case 4:
          act_there (store_fixture_get_room (fixture), &devices);
          break;

        default:
          act_here (store_fixture_get_room (fixture), &devices);
          break;
        }

      if (!devices.connected || devices.dead)
        continue;

      g_assert_cmpint (devices.server, ==, devices.meant);
      g_assert_cmpint (store_fixture_get_room (fixture)->read_seq, ==, devices.meant);
    }
}

/* Where not all is here, the server's word on mentions counts for what is missing. */
static void
test_missing (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(ChatRoomInfo) info = make_info (40);
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 50);
  room = store_fixture_get_room (fixture);
  info->mentions = 3;
  chat_room_apply_info (room, info);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 60);
  g_assert_cmpuint (chat_room_get_mentions (room), ==, 3);

  /* What `room:changed` does not say stays as it was. */
  info->read_seq = CHAT_NOT_SAID;
  info->unread = CHAT_NOT_SAID;
  info->mentions = CHAT_NOT_SAID;
  chat_room_apply_info (room, info);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 60);
  g_assert_cmpuint (chat_room_get_mentions (room), ==, 3);
  info->last_seq = CHAT_NOT_SAID;
  chat_room_apply_info (room, info);
  g_assert_cmpuint (chat_room_get_mentions (room), ==, 3);
  mark_read (room, 50);
  g_assert_cmpuint (chat_room_get_unread (room), ==, 50);
  g_assert_cmpuint (chat_room_get_mentions (room), ==, 3);
  chat_room_mark_read (room);
  g_assert_cmpuint (chat_room_get_mentions (room), ==, 0);
}

/* Of two that come in the same moment, the second is counted, too. */
static void
test_two_at_once (StoreFixture  *fixture,
                  gconstpointer  data)
{
  ChatRoom *room = NULL;

  store_fixture_put (fixture, 1, 10);
  room = store_fixture_get_room (fixture);
  for (gint64 seq = 11; seq <= 12; seq++)
    {
      g_autoptr(ChatMessage) message = store_fixture_make (seq);

      chat_message_set_mentions_me (message, TRUE);
      chat_room_receive (room, message);
    }

  test_wait_until (!room->counting);
  g_assert_cmpuint (chat_room_get_mentions (room), ==, 2);
}

static void
test_next_unread (StoreFixture  *fixture,
                  gconstpointer  data)
{
  ChatRoomList *rooms = chat_session_get_rooms (fixture->session);
  ChatRoom *room = NULL;

  g_assert_null (chat_room_list_find_next_unread (rooms, NULL));
  store_fixture_put (fixture, 1, 10);
  rooms = chat_session_get_rooms (fixture->session);
  room = store_fixture_get_room (fixture);
  g_assert_null (chat_room_list_find_next_unread (rooms, NULL));
  mark_unread (room, 5);
  g_assert_true (chat_room_list_find_next_unread (rooms, NULL) == room);
  g_assert_null (chat_room_list_find_next_unread (rooms, room));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, StoreFixture, NULL, store_fixture_set_up, test, store_fixture_tear_down)
  add ("/reading/counts", test_counts);
  add ("/reading/plain-counts", test_plain_counts);
  add ("/reading/connecting", test_connecting);
  add ("/reading/told-in-doubt", test_told_in_doubt);
  add ("/reading/marked-after-doubt", test_marked_after_doubt);
  add ("/reading/mark-in-doubt", test_mark_in_doubt);
  add ("/reading/devices", test_devices);
  add ("/reading/missing", test_missing);
  add ("/reading/two-at-once", test_two_at_once);
  add ("/reading/next-unread", test_next_unread);
#undef add

  return g_test_run ();
}
