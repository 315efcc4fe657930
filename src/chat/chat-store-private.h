/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the models ask of the store, and what its files share: chat-store.c opens and closes it, -schema.c has its tables, -writer.c
 * its thread, -account.c, -rooms.c, -messages.c, -spans.c, -outbox.c and -drafts.c what is kept, and
 * -search.c, -searcher.c and -ahead.c find it. Everything here belongs to the thread that opened the store. */

#pragma once

#include "chat-store-searcher-private.h"
#include "chat-store-unkept-private.h"
#include "chat-store-writer-private.h"
#include "chat-store.h"

G_BEGIN_DECLS

struct _ChatStore
{
  GObject          parent_instance;

  ChatDatabase    *reader;
  ChatStoreWriter *writer;
  /* Is made by the first search. */
  ChatStoreSearcher *searcher;
  char            *path;
  char            *notice;
  /* Is removed with the store: nobody asked to keep it. */
  ChatStoreUnkept *unkept;
  /* What was told already: a full disk fails each write. */
  GHashTable      *reported;
};

/* Where a message stands in its room: by @place, and where two have the same, by @number. */
typedef struct
{
  gint64 place;
  gint64 number;
} ChatPlace;

/* No number of the protocol is that small. */
#define CHAT_SPAN_FROM_BEGINNING 0

/* A stretch of a room's numbers that is here without a hole, both ends included. A @first of CHAT_SPAN_FROM_BEGINNING says that
 * nothing came before. */
typedef struct
{
  gint64 first;
  gint64 last;
} ChatSpan;

/* What the server may hold to be read, and when it was told something else. */
typedef struct
{
  gint64 seq;
  gint64 replaced_at;
} ChatReadDoubt;

typedef struct
{
  char      *id;
  char      *name;
  char      *topic;
  gint64     member_count;
  gint64     last_seq;
  gint64     read_seq;
  gint64     told_read_seq;
  /* (nullable) (element-type ChatReadDoubt): their times are not kept */
  GArray    *read_doubts;
  /* For servers that do not count: the last message that was read. */
  ChatPlace  read;
  ChatPlace  view;
  double     view_offset;
  gboolean   is_private;
  gboolean   joined;
  /* FALSE: the reader was at the newest, and @view says nothing. */
  gboolean   has_view;
} ChatStoredRoom;

void         chat_stored_room_free          (ChatStoredRoom       *room);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatStoredRoom, chat_stored_room_free)

/* Something that cannot be read is told, once for each cause, and is as if it were not there. */
void         chat_store_report              (ChatStore            *self,
                                             const GError         *error);
void         chat_store_write               (ChatStore            *self,
                                             ChatStoreWrite        write,
                                             gpointer              data,
                                             GDestroyNotify        destroy);
void         chat_store_write_task          (ChatStore            *self,
                                             ChatStoreWrite        write,
                                             gpointer              data,
                                             GDestroyNotify        destroy,
                                             ChatStoreDurability   durability,
                                             GTask                *task);

/* The account */
char        *chat_store_read_server_name    (ChatStore            *self);
void         chat_store_put_server_name     (ChatStore            *self,
                                             const char           *server_name);

/* Rooms */
GPtrArray   *chat_store_list_rooms          (ChatStore            *self);
void         chat_store_put_room            (ChatStore            *self,
                                             const ChatStoredRoom *room);
void         chat_store_remove_room         (ChatStore            *self,
                                             const char           *room_id);
void         chat_store_clear_room          (ChatStore            *self,
                                             const char           *room_id);
void         chat_store_put_view            (ChatStore            *self,
                                             const char           *room_id,
                                             const ChatPlace      *view,
                                             double                offset);

/* Messages that the server has. Those that are read come in their order, oldest first. */
void         chat_store_place_of            (ChatMessage          *message,
                                             ChatPlace            *place);
void         chat_store_put_messages        (ChatStore            *self,
                                             const char           *room_id,
                                             GPtrArray            *messages,
                                             const ChatSpan       *span);
void         chat_store_put_messages_async  (ChatStore            *self,
                                             const char           *room_id,
                                             GPtrArray            *messages,
                                             const ChatSpan       *span,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean     chat_store_put_messages_finish (ChatStore            *self,
                                             GAsyncResult         *result,
                                             GError              **error);
GPtrArray   *chat_store_read_before         (ChatStore            *self,
                                             const char           *room_id,
                                             const ChatPlace      *before,
                                             gint64                not_before,
                                             guint                 limit);
GPtrArray   *chat_store_read_after          (ChatStore            *self,
                                             const char           *room_id,
                                             const ChatPlace      *after,
                                             gint64                not_after,
                                             guint                 limit);
ChatMessage *chat_store_find_message        (ChatStore            *self,
                                             const char           *room_id,
                                             const char           *id);
ChatMessage *chat_store_find_first_since    (ChatStore            *self,
                                             const char           *room_id,
                                             gint64                timestamp);
void         chat_store_find_around_time    (ChatStore            *self,
                                             const char           *room_id,
                                             gint64                timestamp,
                                             gint64               *before,
                                             gint64               *since);
gboolean     chat_store_find_span           (ChatStore            *self,
                                             const char           *room_id,
                                             gint64                seq,
                                             ChatSpan             *span);
gboolean     chat_store_find_newest_span    (ChatStore            *self,
                                             const char           *room_id,
                                             ChatSpan             *span);

/* What of a room came after a message that was read. */
guint        chat_store_count_own           (ChatStore            *self,
                                             const char           *room_id,
                                             gint64                after_seq,
                                             gint64                to_seq);
guint        chat_store_count_mentions      (ChatStore            *self,
                                             const char           *room_id,
                                             gint64                after_place,
                                             gint64                to_place);
gint64       chat_store_count_missing       (ChatStore            *self,
                                             const char           *room_id,
                                             gint64                after_seq,
                                             gint64                to_seq);
guint        chat_store_count_since         (ChatStore            *self,
                                             const char           *room_id,
                                             const ChatPlace      *after,
                                             guint                *mentions,
                                             guint                 limit);

/* How a message went out, as the column `sent` of the outbox says it. */
typedef enum
{
  CHAT_SENT_NOT = 0,
  /* Without its id: it must not go out by itself again. */
  CHAT_SENT_ONCE = 1,
  /* With its id, or so it may be: it may go out again to a server that knows repeats, and by itself to no other. */
  CHAT_SENT_WITH_ID = 2,
} ChatSent;

/* What waits to be sent. Adding one is on the disk when its task ends. */
GPtrArray   *chat_store_list_outbox         (ChatStore            *self,
                                             const char           *user_id,
                                             const char           *username);
GHashTable  *chat_store_list_sent_with_id   (ChatStore            *self);
void         chat_store_add_outgoing_async  (ChatStore            *self,
                                             ChatMessage          *message,
                                             gboolean              takes_draft,
                                             ChatSent              sent,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean     chat_store_add_outgoing_finish (ChatStore            *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void         chat_store_mark_sent_async     (ChatStore            *self,
                                             ChatMessage          *message,
                                             ChatSent              sent,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean     chat_store_mark_sent_finish    (ChatStore            *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void         chat_store_put_outgoing_state  (ChatStore            *self,
                                             ChatMessage          *message,
                                             ChatSent              sent);
void         chat_store_confirm_outgoing    (ChatStore            *self,
                                             const char           *client_id,
                                             ChatMessage          *stored);
void         chat_store_remove_outgoing     (ChatStore            *self,
                                             const char           *client_id);

/* What was begun to be written in a room. */
void         chat_store_put_draft           (ChatStore            *self,
                                             const char           *room_id,
                                             const char           *text,
                                             int                   cursor,
                                             const char           *reply_to);
gboolean     chat_store_read_draft          (ChatStore            *self,
                                             const char           *room_id,
                                             char                **text,
                                             int                  *cursor,
                                             char                **reply_to);

/* Searching happens in a thread of its own. */
void           chat_store_prepare_search    (ChatStore            *self);
void           chat_store_search_async      (ChatStore            *self,
                                             ChatSearchQuery      *query,
                                             const char           *room_id,
                                             ChatSearchOrder       order,
                                             gint64                before,
                                             guint                 limit,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
ChatStoreHits *chat_store_search_finish     (ChatStore            *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
