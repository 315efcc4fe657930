/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the session tells a room, and what the room's files share: chat-room.c holds its state, -membership.c joining and leaving,
 * -messages.c what comes, -sending.c what is sent, -window.c which stretch of what was said is in the timeline, -pages.c moving it
 * by a page, -history.c what is asked of the server for it, -gap.c what was missed, -jump.c going to another stretch, -reading.c
 * what was read, -told.c what the server knows of that, -keeping.c what the store keeps of it, -typing.c who is writing. */

#pragma once

#include "chat-protocol-private.h"
#include "chat-room.h"
#include "chat-store-private.h"

G_BEGIN_DECLS

struct _ChatRoom
{
  GObject          parent_instance;

  /* Weak: the session owns the room. */
  ChatSession     *session;

  char            *id;
  char            *name;
  char            *name_key;
  char            *topic;
  char            *error;
  char            *draft;
  char            *draft_reply_to;
  /* Why what is before, or behind, the window could not be loaded, and why a gap could not be closed. */
  char            *older_error;
  char            *newer_error;
  char            *gap_error;
  ChatMemberList  *members;
  /* NULL until somebody asks for it. */
  ChatTimeline    *timeline;
  ChatMessage     *last_message;
  /* The ids of what came live a moment ago: a server may send a message in two forms. */
  GQueue           recent_ids;
  /* The stretches that the server has told on this connection: what was changed meanwhile is known of them. */
  GArray          *verified;

  GPtrArray       *typists;
  char           **typing;
  GPtrArray       *join_tasks;
  GPtrArray       *leave_tasks;

  /* Up to where the user has read, what the server was told of it last, or said itself, and when it was told on this connection; 0
   * when it was not. Where the server does not count, the place of the last message that was read. */
  gint64           read_seq;
  gint64           told_read_seq;
  gint64           told_read_at;
  /* What the server may hold instead of what it was told last, oldest first: that may not have arrived. */
  GArray          *read_doubts;
  ChatPlace        read;
  /* What the server said when the connection began: how many mentions there were between these two numbers. */
  gint64           told_mentions;
  gint64           told_mentions_after;
  gint64           told_mentions_to;
  /* The newest number that the server has told of, and the newest that is here. */
  gint64           last_seq;
  gint64           newest_seq;
  /* Up to this number the server has said all that it has. */
  gint64           answered_seq;
  /* What came after this number may be missing; CHAT_NO_SEQ when nothing is. Whether it may be only since the connection broke, so that
   * nothing is when that is recovered. */
  gint64           gap_after;
  /* What came after this number was new when the person came; CHAT_NO_SEQ when nothing was. */
  gint64           marker_after;
  gint64           typing_told_at;
  ChatPlace        view;
  double           view_offset;

  int              draft_cursor;
  /* How many messages are on their way to the disk. */
  guint            n_queueing;
  guint            member_count;
  guint            unread;
  guint            mentions;
  guint            n_failed;
  guint            n_unconfirmed;
  guint            marker_source;
  guint            send_source;
  guint            join_source;
  guint            history_source;
  /* How often in a row what was asked of the history was not answered. */
  guint            n_failures;
  guint            keep_source;
  ChatMembership   membership;

  /* Whether the user means to be in the room: it outlasts connections. */
  guint            wanted : 1;
  guint            kept_wanted : 1;
  /* Whether the server has us in the room, on this connection, or had us on the one that was lost. */
  guint            present : 1;
  guint            was_present : 1;
  guint            is_private : 1;
  guint            has_view : 1;
  /* Whether the draft is as it is here; else the store may know one. */
  guint            draft_known : 1;
  /* Whether it is written when the messages are on the disk that were in it before. */
  guint            draft_waits : 1;
  guint            following : 1;
  /* The window began as a part of a page. */
  guint            is_cut : 1;
  guint            counting : 1;
  guint            count_again : 1;
  guint            has_older : 1;
  guint            has_newer : 1;
  guint            loading_older : 1;
  guint            loading_newer : 1;
  guint            loading_newest : 1;
  guint            loading_gap : 1;
  guint            gap_is_of_loss : 1;
  guint            verifying : 1;
  guint            can_send : 1;
  /* Whether the server was told on this connection that something is to be read again. */
  guint            told_back : 1;
};

ChatRoom *chat_room_new                 (ChatSession          *session,
                                         const char           *id,
                                         const char           *name);
int       chat_room_compare             (ChatRoom             *self,
                                         ChatRoom             *other);
void      chat_room_apply_info          (ChatRoom             *self,
                                         const ChatRoomInfo   *info);
void      chat_room_apply_update        (ChatRoom             *self,
                                         const ChatRoomUpdate *update);
void      chat_room_apply_presence      (ChatRoom             *self,
                                         const ChatPresence   *presence);
void      chat_room_set_name            (ChatRoom             *self,
                                         const char           *name);
void      chat_room_set_topic           (ChatRoom             *self,
                                         const char           *topic);
void      chat_room_set_is_private      (ChatRoom             *self,
                                         gboolean              is_private);
void      chat_room_set_membership      (ChatRoom             *self,
                                         ChatMembership        membership,
                                         const char           *error);
void      chat_room_set_member_count    (ChatRoom             *self,
                                         gint64                member_count);
void      chat_room_set_unread          (ChatRoom             *self,
                                         guint                 unread,
                                         guint                 mentions);
void      chat_room_update_undelivered  (ChatRoom             *self);
void      chat_room_set_has_older       (ChatRoom             *self,
                                         gboolean              has_older);
void      chat_room_set_loading_older   (ChatRoom             *self,
                                         gboolean              loading_older);
void      chat_room_set_has_newer       (ChatRoom             *self,
                                         gboolean              has_newer);
void      chat_room_set_loading_newer   (ChatRoom             *self,
                                         gboolean              loading_newer);
void      chat_room_set_older_error     (ChatRoom             *self,
                                         const char           *older_error);
void      chat_room_set_newer_error     (ChatRoom             *self,
                                         const char           *newer_error);
void      chat_room_update_can_send     (ChatRoom             *self);
void      chat_room_set_draft           (ChatRoom             *self,
                                         const char           *draft,
                                         int                   cursor,
                                         const char           *reply_to);
void      chat_room_set_last_message    (ChatRoom             *self,
                                         ChatMessage          *message);
void      chat_room_dismiss             (ChatRoom             *self);

/* Membership */
void      chat_room_rejoin              (ChatRoom             *self);
void      chat_room_take_joined         (ChatRoom             *self,
                                         const ChatJoinResult *result);
void      chat_room_take_left           (ChatRoom             *self);
void      chat_room_disconnected        (ChatRoom             *self);
void      chat_room_connected           (ChatRoom             *self,
                                         gboolean              recovered);
void      chat_room_end_waiting         (ChatRoom             *self);

/* Messages */
void      chat_room_receive             (ChatRoom             *self,
                                         ChatMessage          *message);
void      chat_room_receive_changed     (ChatRoom             *self,
                                         ChatMessage          *message);
void      chat_room_add_page            (ChatRoom             *self,
                                         GPtrArray            *messages,
                                         const ChatSpan       *span);
void      chat_room_note_seq            (ChatRoom             *self,
                                         gint64                seq);
void      chat_room_note_last           (ChatRoom             *self,
                                         ChatMessage          *message);
void      chat_room_find_last           (ChatRoom             *self);
void      chat_room_confirm             (ChatRoom             *self,
                                         ChatMessage          *pending,
                                         ChatMessage          *stored);
void      chat_room_name_sender         (ChatRoom             *self,
                                         ChatMessage          *message);
void      chat_room_name_senders        (ChatRoom             *self);

/* Window. A page is what a reader is given at once. */
#define CHAT_ROOM_PAGE 40

ChatStore *chat_room_get_store          (ChatRoom             *self);
void      chat_room_open_window         (ChatRoom             *self);
void      chat_room_fill_window         (ChatRoom             *self,
                                         const ChatPlace      *around);
void      chat_room_update_edges        (ChatRoom             *self);
void      chat_room_top_up              (ChatRoom             *self);
void      chat_room_keep_screenful      (ChatRoom             *self,
                                         GPtrArray            *messages);
void      chat_room_keep_screenful_above (GPtrArray           *messages);
void      chat_room_end_window          (ChatRoom             *self);
void      chat_room_window_add_newest   (ChatRoom             *self,
                                         GPtrArray            *messages);
void      chat_room_adopt               (ChatRoom             *self,
                                         GPtrArray            *messages);
void      chat_room_attach              (ChatRoom             *self);
void      chat_room_trim_start          (ChatRoom             *self);
void      chat_room_trim_end            (ChatRoom             *self);
gboolean  chat_room_has_newer_stretch   (ChatRoom             *self,
                                         const ChatSpan       *stretch);
void      chat_room_find_stretch        (ChatRoom             *self,
                                         ChatMessage          *message,
                                         ChatSpan             *stretch);
gint64    chat_room_get_oldest_seq      (ChatRoom             *self);

/* History */
#define CHAT_ROOM_GAP_PAGE 100

typedef struct
{
  gint64 before;
  gint64 after;
  gint64 around;
  guint  limit;
} ChatHistoryWish;

gboolean  chat_room_has_history         (ChatRoom             *self);
gboolean  chat_room_can_ask_history     (ChatRoom             *self);
void      chat_room_ask_history_async   (ChatRoom             *self,
                                         const ChatHistoryWish *wish,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  chat_room_ask_history_finish  (ChatRoom             *self,
                                         GAsyncResult         *result,
                                         GPtrArray           **messages,
                                         gboolean             *has_more,
                                         GError              **error);
void      chat_room_verify              (ChatRoom             *self);
void      chat_room_note_verified       (ChatRoom             *self,
                                         const ChatSpan       *span);
void      chat_room_update_marker       (ChatRoom             *self);
void      chat_room_show_marker         (ChatRoom             *self);

/* Gap */
void      chat_room_catch_up            (ChatRoom             *self);
void      chat_room_close_gap           (ChatRoom             *self);
void      chat_room_find_missing        (ChatRoom             *self);
void      chat_room_leave_gap           (ChatRoom             *self);
void      chat_room_ask_again_later     (ChatRoom             *self,
                                         const GError         *error);
void      chat_room_forget_failures     (ChatRoom             *self);

/* Reading */
void      chat_room_set_read            (ChatRoom             *self,
                                         gint64                seq);
void      chat_room_read_own            (ChatRoom             *self,
                                         ChatMessage          *message);
void      chat_room_recount             (ChatRoom             *self);
void      chat_room_recount_soon        (ChatRoom             *self);

/* What the server knows of it */
gboolean  chat_room_has_to_tell_read    (ChatRoom             *self,
                                         gboolean             *back);
void      chat_room_note_told_read      (ChatRoom             *self,
                                         gboolean              back);
void      chat_room_tell_read           (ChatRoom             *self);
void      chat_room_end_telling         (ChatRoom             *self);
void      chat_room_heard_read          (ChatRoom             *self,
                                         gint64                seq);
void      chat_room_forget_told_after   (ChatRoom             *self,
                                         gint64                seq);
void      chat_room_apply_read          (ChatRoom             *self,
                                         gint64                seq,
                                         gboolean              back);
void      chat_room_apply_counts        (ChatRoom             *self,
                                         const ChatRoomInfo   *info);

/* Keeping */
void      chat_room_restore             (ChatRoom             *self,
                                         const ChatStoredRoom *stored);
void      chat_room_go_back             (ChatRoom             *self,
                                         gint64                last_seq);
void      chat_room_keep_soon           (ChatRoom             *self);
void      chat_room_keep                (ChatRoom             *self);

/* Typing */
void      chat_room_take_typing         (ChatRoom             *self,
                                         const char           *user_id,
                                         const char           *username);
void      chat_room_drop_typist         (ChatRoom             *self,
                                         const char           *user_id);
void      chat_room_clear_typing        (ChatRoom             *self);

G_END_DECLS
