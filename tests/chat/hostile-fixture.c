/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hostile-fixture.h"

static void
problem_cb (ChatSession    *session,
            const GError   *error,
            HostileFixture *fixture)
{
  g_ptr_array_add (fixture->problems, g_error_copy (error));
}

static void
received_cb (ChatSession    *session,
             ChatRoom       *room,
             ChatMessage    *message,
             HostileFixture *fixture)
{
  fixture->n_received++;
}

static void
refused_cb (ChatSession    *session,
            const GError   *error,
            HostileFixture *fixture)
{
  g_assert_nonnull (error);
  fixture->n_refused++;
}

static void
changed_cb (ChatSession    *session,
            HostileFixture *fixture)
{
  fixture->n_changed++;
}

/* A connection may be back before a test looks again. */
static void
connection_cb (ChatSession    *session,
               GParamSpec     *pspec,
               HostileFixture *fixture)
{
  fixture->n_lost += chat_session_get_connection (session) == CHAT_CONNECTION_RECONNECTING;
}

void
hostile_fixture_set_up_as (HostileFixture *fixture,
                           const char     *behaviour,
                           const char     *user_id)
{
  g_autoptr(ChatCredentials) credentials = NULL;

  fixture->server = test_server_new_script ("hostile-server.mjs", behaviour);
  test_server_start (fixture->server);
  credentials = test_make_credentials (test_server_get_address (fixture->server), user_id, "ben", FALSE);
  fixture->session = chat_session_new (credentials);
  fixture->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_signal_connect (fixture->session, "problem-reported", G_CALLBACK (problem_cb), fixture);
  g_signal_connect (fixture->session, "message-received", G_CALLBACK (received_cb), fixture);
  g_signal_connect (fixture->session, "refused", G_CALLBACK (refused_cb), fixture);
  g_signal_connect (fixture->session, "credentials-changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->session, "notify::connection", G_CALLBACK (connection_cb), fixture);
  chat_session_start (fixture->session);
}

void
hostile_fixture_set_up (HostileFixture *fixture,
                        gconstpointer   behaviour)
{
  hostile_fixture_set_up_as (fixture, behaviour, "u1");
}

void
hostile_fixture_tear_down (HostileFixture *fixture,
                           gconstpointer   behaviour)
{
  test_finish_session (&fixture->session);
  g_ptr_array_unref (fixture->problems);
  test_server_free (fixture->server);
}

gboolean
hostile_fixture_is_online (HostileFixture *fixture)
{
  return chat_session_get_connection (fixture->session) == CHAT_CONNECTION_ONLINE;
}

ChatRoom *
hostile_fixture_find_room (HostileFixture *fixture)
{
  return chat_room_list_find (chat_session_get_rooms (fixture->session), "r1");
}

ChatRoom *
hostile_fixture_wait_for_room (HostileFixture *fixture)
{
  test_wait_until (hostile_fixture_find_room (fixture) != NULL && chat_room_get_membership (hostile_fixture_find_room (fixture)) == CHAT_MEMBERSHIP_JOINED);

  return hostile_fixture_find_room (fixture);
}

/* It is in the timeline. */
ChatMessage *
hostile_fixture_send (ChatRoom   *room,
                      const char *content)
{
  g_autoptr(GError) error = NULL;
  ChatMessage *message = test_send (room, content, &error);

  g_assert_no_error (error);

  return message;
}
