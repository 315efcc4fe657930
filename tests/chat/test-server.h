/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A chat server of its own for a test, on a free port and with its data in a folder that goes with it; and waiting. */

#pragma once

#include <enfilade-chat.h>
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TestServer TestServer;

#define TEST_PASSWORD "correct horse battery"

TestServer      *test_server_new_reference (const char * const  *options);
TestServer      *test_server_new_script    (const char          *script,
                                            const char          *behaviour);
void             test_server_free          (TestServer          *self);
const char      *test_server_get_address   (TestServer          *self);
void             test_server_start         (TestServer          *self);
void             test_server_stop          (TestServer          *self);
void             test_server_kill          (TestServer          *self);
char            *test_server_command       (TestServer          *self,
                                            ...) G_GNUC_NULL_TERMINATED;
void             test_server_add_user      (TestServer          *self,
                                            const char          *name,
                                            gboolean             is_admin);
ChatCredentials *test_server_sign_in       (TestServer          *self,
                                            const char          *name);
ChatSession     *test_server_open_session  (TestServer          *self,
                                            const char          *name);
ChatCredentials *test_make_credentials     (const char          *address,
                                            const char          *user_id,
                                            const char          *username,
                                            gboolean             is_admin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)

void             test_wait_begin           (const char          *what);
gboolean         test_wait_more            (void);
void             test_wait_end             (void);
void             test_settle               (guint                ms);
void             test_finish_session       (ChatSession        **session);

/* Runs the main loop until @condition is true; the test fails when that takes unreasonably long. */
#define test_wait_until(condition)          \
  G_STMT_START                              \
  {                                         \
    test_wait_begin (#condition);           \
    while (!(condition) && test_wait_more ()) \
      ;                                     \
    test_wait_end ();                       \
  }                                         \
  G_STMT_END

/* Asynchronous results, kept until they are looked at. */
void             test_take_result          (GObject             *source,
                                            GAsyncResult        *result,
                                            gpointer             user_data);

/* A page, awaited. */
void             test_load_older           (ChatRoom            *room);
void             test_load_newer           (ChatRoom            *room);

ChatMessage     *test_nth_message          (ChatRoom            *room,
                                            guint                n);
ChatMessage     *test_find_content         (ChatRoom            *room,
                                            const char          *content);
guint            test_count_content        (ChatRoom            *room,
                                            const char          *content);
ChatRoom        *test_join                 (ChatSession         *session,
                                            const char          *room_id);

/* Returns: (transfer none): the message, which is in the room */
ChatMessage     *test_send                 (ChatRoom            *room,
                                            const char          *content,
                                            GError             **error);
ChatMessage     *test_send_reply           (ChatRoom            *room,
                                            const char          *content,
                                            const char          *reply_to,
                                            GError             **error);

G_END_DECLS
