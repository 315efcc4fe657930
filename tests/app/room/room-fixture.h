/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "enfilade-chat.h"

G_BEGIN_DECLS

/* What the tests of a room share: windows that are really painted, and messages worth looking at. */

typedef gboolean (*RoomCondition) (gpointer user_data);

void         room_fixture_init           (int           *argc,
                                          char        ***argv);
GtkWidget   *room_fixture_present        (GtkWidget     *child,
                                          int            width,
                                          int            height);
void         room_fixture_close          (GtkWidget     *window);
void         room_fixture_frames         (GtkWidget     *widget,
                                          guint          n_frames);
void         room_fixture_judge_frame    (gboolean       is_right);
int          room_fixture_run_judged     (void);
void         room_fixture_wait           (RoomCondition  condition,
                                          gpointer       user_data);
GtkWidget   *room_fixture_find           (GtkWidget     *widget,
                                          GType          type);
GtkWidget   *room_fixture_find_button    (GtkWidget     *widget,
                                          const char    *label);
GtkWidget   *room_fixture_find_styled    (GtkWidget     *widget,
                                          const char    *css_class);
void         room_fixture_save           (GtkWidget     *window,
                                          const char    *path);

ChatMessage *room_fixture_message        (gint64         seq,
                                          const char    *sender,
                                          const char    *content);
ChatMessage *room_fixture_random_message (gint64         seq);
void         room_fixture_add_many       (ChatTimeline  *timeline,
                                          gint64         seq,
                                          guint          n);
void         room_fixture_add_rich       (ChatTimeline  *timeline);
void         room_fixture_add_replies    (ChatTimeline  *timeline);

/* A session that was never started, over a store with one joined room, "general", of so many messages. */
ChatStore   *room_fixture_fill_store     (const char    *path,
                                          guint          n_messages,
                                          gint64         read_seq);
void         room_fixture_flush          (ChatStore     *store);
ChatSession *room_fixture_session        (ChatStore     *store);
void         room_fixture_receive        (ChatRoom      *room,
                                          gint64         seq,
                                          guint          n);

G_END_DECLS
