/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-enums.h"
#include "chat-member-list.h"
#include "chat-message.h"
#include "chat-timeline.h"

G_BEGIN_DECLS

#define CHAT_TYPE_ROOM (chat_room_get_type ())

G_DECLARE_FINAL_TYPE (ChatRoom, chat_room, CHAT, ROOM, GObject)

typedef struct _ChatSession ChatSession;

/* Properties: id, name, topic, is-private, member-count, unread, mentions, n-failed and n-unconfirmed (messages written here of which
 * a person has to decide), membership, error (why joining failed, in words),
 * last-message, members, timeline, typing (GStrv of names), has-older, loading-older, has-newer (the timeline ends before the newest
 * message), loading-newer, older-error and newer-error (why more could not be loaded there, in words; nullable), draft (nullable),
 * can-send, cannot-send-reason. The timeline is read from the store when it is first asked for. */
const char         *chat_room_get_id                 (ChatRoom             *self);
const char         *chat_room_get_name               (ChatRoom             *self);
const char         *chat_room_get_topic              (ChatRoom             *self);
gboolean            chat_room_get_is_private         (ChatRoom             *self);
guint               chat_room_get_member_count       (ChatRoom             *self);
guint               chat_room_get_unread             (ChatRoom             *self);
guint               chat_room_get_mentions           (ChatRoom             *self);
guint               chat_room_get_n_failed           (ChatRoom             *self);
guint               chat_room_get_n_unconfirmed      (ChatRoom             *self);
ChatMembership      chat_room_get_membership         (ChatRoom             *self);
const char         *chat_room_get_error              (ChatRoom             *self);
ChatMessage        *chat_room_get_last_message       (ChatRoom             *self);
ChatMemberList     *chat_room_get_members            (ChatRoom             *self);
ChatTimeline       *chat_room_get_timeline           (ChatRoom             *self);
const char * const *chat_room_get_typing             (ChatRoom             *self);
gboolean            chat_room_get_has_older          (ChatRoom             *self);
gboolean            chat_room_get_loading_older      (ChatRoom             *self);
gboolean            chat_room_get_has_newer          (ChatRoom             *self);
gboolean            chat_room_get_loading_newer      (ChatRoom             *self);
const char         *chat_room_get_older_error        (ChatRoom             *self);
const char         *chat_room_get_newer_error        (ChatRoom             *self);
gboolean            chat_room_get_can_send           (ChatRoom             *self);
const char         *chat_room_get_cannot_send_reason (ChatRoom             *self);
ChatSession        *chat_room_get_session            (ChatRoom             *self);

/* Both end within five seconds: the protocol's limit. */
void                chat_room_join_async             (ChatRoom             *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean            chat_room_join_finish            (ChatRoom             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void                chat_room_leave_async            (ChatRoom             *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean            chat_room_leave_finish           (ChatRoom             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* On the disk, and in the timeline, WAITING, when it ends; (transfer full). */
void                chat_room_send_async             (ChatRoom             *self,
                                                      const char           *content,
                                                      const char           *reply_to,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
ChatMessage        *chat_room_send_finish            (ChatRoom             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void                chat_room_retry                  (ChatRoom             *self,
                                                      ChatMessage          *message);
void                chat_room_discard                (ChatRoom             *self,
                                                      ChatMessage          *message);
void                chat_room_notify_typing          (ChatRoom             *self);

/* What was read. */
void                chat_room_mark_read              (ChatRoom             *self);
void                chat_room_mark_read_to           (ChatRoom             *self,
                                                      ChatMessage          *message);
void                chat_room_mark_unread_from       (ChatRoom             *self,
                                                      ChatMessage          *message);

/* The timeline is a window on what was said; these move it. Those that go to a message answer it; (transfer full). */
void                chat_room_load_older_async       (ChatRoom             *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
void                chat_room_load_newer_async       (ChatRoom             *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean            chat_room_load_finish            (ChatRoom             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
void                chat_room_show_newest            (ChatRoom             *self);
void                chat_room_show_message_async     (ChatRoom             *self,
                                                      const char           *id,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
void                chat_room_show_unread_async      (ChatRoom             *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
void                chat_room_show_date_async        (ChatRoom             *self,
                                                      GDateTime            *date,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
ChatMessage        *chat_room_show_finish            (ChatRoom             *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* Whether the reader is at the end and wants to stay there: then the window goes along with what comes. */
void                chat_room_set_following          (ChatRoom             *self,
                                                      gboolean              following);

/* Where the reader left the room, kept for the next time. */
void                chat_room_keep_view              (ChatRoom             *self,
                                                      ChatMessage          *top,
                                                      double                offset);
ChatMessage        *chat_room_get_view               (ChatRoom             *self,
                                                      double               *offset);

/* What was begun to be written. */
const char         *chat_room_get_draft              (ChatRoom             *self);
void                chat_room_keep_draft             (ChatRoom             *self,
                                                      const char           *text,
                                                      int                   cursor,
                                                      const char           *reply_to);
gboolean            chat_room_read_draft             (ChatRoom             *self,
                                                      char                **text,
                                                      int                  *cursor,
                                                      char                **reply_to);

G_END_DECLS
