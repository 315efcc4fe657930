/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the session tells a room, and what the room's files share: chat-room.c holds its state, -membership.c joining and leaving,
 * -messages.c what comes and what is sent, -history.c what was before, -typing.c who is writing. */

#pragma once

#include "chat-protocol-private.h"
#include "chat-room.h"

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
  ChatMemberList  *members;
  ChatTimeline    *timeline;
  ChatMessage     *last_message;

  GPtrArray       *typists;
  char           **typing;
  GPtrArray       *join_tasks;
  GPtrArray       *leave_tasks;

  /* Up to where the user has read, and up to where the server knows of it. */
  gint64           read_seq;
  gint64           told_read_seq;
  /* The newest number that the server has told of, and the newest that is in the timeline. */
  gint64           last_seq;
  gint64           newest_seq;
  /* What came after this number may be missing; CHAT_NO_SEQ when nothing is. */
  gint64           gap_after;
  /* What came after this number was new when the person came; CHAT_NO_SEQ when nothing was. */
  gint64           marker_after;
  gint64           typing_told_at;

  guint            member_count;
  guint            unread;
  guint            mentions;
  guint            marker_source;
  guint            send_source;
  guint            join_source;
  guint            history_source;
  ChatMembership   membership;

  /* Whether the user means to be in the room: it outlasts connections. */
  guint            wanted : 1;
  /* Whether the server has us in the room, on this connection. */
  guint            present : 1;
  guint            is_private : 1;
  guint            has_older : 1;
  guint            loading_older : 1;
  guint            loading_newest : 1;
  guint            loading_gap : 1;
  guint            history_loaded : 1;
  guint            can_send : 1;
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
void      chat_room_tell_read           (ChatRoom             *self);
void      chat_room_apply_read          (ChatRoom             *self,
                                         gint64                seq);
void      chat_room_set_name            (ChatRoom             *self,
                                         const char           *name);
void      chat_room_set_membership      (ChatRoom             *self,
                                         ChatMembership        membership,
                                         const char           *error);
void      chat_room_set_member_count    (ChatRoom             *self,
                                         gint64                member_count);
void      chat_room_set_unread          (ChatRoom             *self,
                                         guint                 unread,
                                         guint                 mentions);
void      chat_room_set_has_older       (ChatRoom             *self,
                                         gboolean              has_older);
void      chat_room_set_loading_older   (ChatRoom             *self,
                                         gboolean              loading_older);
void      chat_room_update_can_send     (ChatRoom             *self);
void      chat_room_update_last_message (ChatRoom             *self);
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
gboolean  chat_room_absorb              (ChatRoom             *self,
                                         ChatMessage          *message);
guint     chat_room_add_history         (ChatRoom             *self,
                                         GPtrArray            *messages);
void      chat_room_confirm             (ChatRoom             *self,
                                         ChatMessage          *pending,
                                         ChatMessage          *stored);
void      chat_room_name_senders        (ChatRoom             *self);

/* History */
void      chat_room_catch_up            (ChatRoom             *self);
void      chat_room_update_marker       (ChatRoom             *self);
void      chat_room_show_marker         (ChatRoom             *self);
void      chat_room_close_gap           (ChatRoom             *self);

/* Typing */
void      chat_room_take_typing         (ChatRoom             *self,
                                         const char           *user_id,
                                         const char           *username);
void      chat_room_drop_typist         (ChatRoom             *self,
                                         const char           *user_id);
void      chat_room_clear_typing        (ChatRoom             *self);

G_END_DECLS
