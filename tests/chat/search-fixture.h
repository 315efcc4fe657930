/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A store in a folder of its own, for the tests of what it keeps. */

#pragma once

#include "chat-store-private.h"
#include "enfilade-chat.h"

#define NOON G_GINT64_CONSTANT (1700000000000)

typedef struct
{
  char      *folder;
  char      *path;
  ChatStore *store;
} SearchFixture;

void           search_fixture_set_up    (SearchFixture    *fixture,
                                        gconstpointer    data);
void           search_fixture_tear_down (SearchFixture    *fixture,
                                        gconstpointer    data);
void           search_fixture_open      (SearchFixture    *fixture);
void           search_fixture_flush     (SearchFixture    *fixture);
void           search_fixture_put       (SearchFixture    *fixture,
                                        ChatMessage     *message);
ChatMessage   *search_fixture_say       (SearchFixture    *fixture,
                                        const char      *room_id,
                                        const char      *sender_name,
                                        gint64           timestamp,
                                        const char      *content);

/* What is found, in its order, with a space between two: the ids. */
char          *search_fixture_search    (SearchFixture    *fixture,
                                        const char      *text,
                                        const char      *room_id,
                                        ChatSearchOrder  order);
ChatStoreHits *search_fixture_find      (SearchFixture    *fixture,
                                        const char      *text,
                                        ChatSearchOrder  order,
                                        gint64           before,
                                        guint            limit);
GAsyncResult  *search_fixture_wait      (GAsyncResult   **result);
void           search_fixture_result_cb (GObject         *source,
                                        GAsyncResult    *result,
                                        gpointer         user_data);
