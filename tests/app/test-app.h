/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the app share: widgets found by their names, and a session whose rooms need no server. */

#pragma once

#include <adwaita.h>

#include "chat-session.h"

G_BEGIN_DECLS

GtkWidget   *test_find_widget    (gpointer        ancestor,
                                  const char     *id);
GtkWidget   *test_find_styled    (gpointer        ancestor,
                                  const char     *css_class);
ChatSession *test_new_session    (void);
ChatRoom    *test_add_room       (ChatSession    *session,
                                  const char     *name,
                                  ChatMembership  membership,
                                  guint           unread,
                                  guint           mentions);
ChatMessage *test_add_message    (ChatRoom       *room,
                                  const char     *sender,
                                  const char     *content);
char        *test_list_names     (GListModel     *rooms);
void         test_drain          (void);

/* Runs the main loop until @condition is true; a test that waits unreasonably long fails. */
#define test_wait_for(condition)                                                         \
  G_STMT_START                                                                           \
  {                                                                                      \
    gint64 test_wait_ends = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;               \
    guint test_wait_source = g_timeout_add (20, test_wake, NULL);                        \
    while (!(condition) && g_get_monotonic_time () < test_wait_ends)                     \
      g_main_context_iteration (NULL, TRUE);                                             \
    g_source_remove (test_wait_source);                                                  \
    if (!(condition))                                                                    \
      g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition);          \
  }                                                                                      \
  G_STMT_END

gboolean     test_wake           (gpointer        user_data);

G_END_DECLS
