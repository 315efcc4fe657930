/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An account's store in a folder of its own, with a session on it that nobody connects. */

#pragma once

#include "chat-room-private.h"
#include "enfilade-chat.h"

G_BEGIN_DECLS

#define STORE_FIXTURE_NOON G_GINT64_CONSTANT (1700000000000)

typedef struct
{
  char        *folder;
  char        *path;
  ChatStore   *store;
  ChatSession *session;
} StoreFixture;

void      store_fixture_set_up    (StoreFixture  *fixture,
                                   gconstpointer  data);
void      store_fixture_tear_down (StoreFixture  *fixture,
                                   gconstpointer  data);

/* As when the program ends and begins again. */
void      store_fixture_reopen    (StoreFixture  *fixture);
void      store_fixture_flush     (StoreFixture  *fixture);

/* A joined room with the messages @first to @last, "m1" and so on, one each minute, by others; a stretch without a hole. */
void      store_fixture_put       (StoreFixture  *fixture,
                                   gint64         first,
                                   gint64         last);
ChatRoom *store_fixture_get_room  (StoreFixture  *fixture);

/* (transfer full): the message that has that number */
ChatMessage *store_fixture_make   (gint64         seq);

G_END_DECLS
