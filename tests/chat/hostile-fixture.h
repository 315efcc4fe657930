/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session with a server that does what no server should: hostile-server.mjs, which is told how to behave. */

#pragma once

#include "chat-session-private.h"
#include "test-server.h"

G_BEGIN_DECLS

typedef struct
{
  TestServer  *server;
  ChatSession *session;
  GPtrArray   *problems;
  guint        n_received;
  guint        n_refused;
  guint        n_changed;
  guint        n_lost;
} HostileFixture;

void         hostile_fixture_set_up        (HostileFixture *fixture,
                                            gconstpointer   behaviour);
void         hostile_fixture_set_up_as     (HostileFixture *fixture,
                                            const char     *behaviour,
                                            const char     *user_id);
void         hostile_fixture_tear_down     (HostileFixture *fixture,
                                            gconstpointer   behaviour);

gboolean     hostile_fixture_is_online     (HostileFixture *fixture);
ChatRoom    *hostile_fixture_find_room     (HostileFixture *fixture);
ChatRoom    *hostile_fixture_wait_for_room (HostileFixture *fixture);
ChatMessage *hostile_fixture_send          (ChatRoom       *room,
                                            const char     *content);

G_END_DECLS
