/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A message on its way to the writer's thread: a copy, since the message itself changes meanwhile. */

#pragma once

#include "chat-store-private.h"

G_BEGIN_DECLS

typedef enum
{
  CHAT_RECORD_OWN = 1 << 0,
  CHAT_RECORD_MENTIONS_ME = 1 << 1,
  CHAT_RECORD_DELETED = 1 << 2,
} ChatRecordFlags;

typedef struct
{
  char      *id;
  char      *client_id;
  char      *sender_id;
  char      *sender_name;
  char      *content;
  char      *reply_to;
  gint64     seq;
  gint64     timestamp;
  gint64     edited_at;
  ChatPlace  place;
  guint      flags;
} ChatRecord;

ChatRecord *chat_record_new          (ChatMessage *message);
void        chat_record_free         (ChatRecord  *self);
gint64      chat_record_first_number (gint64       timestamp);

/* What chat_record_read_message() reads, as the first columns of a statement. */
#define CHAT_RECORD_COLUMNS \
  "message.number, message.id, message.client_id, person.id, person.name, message.content, message.timestamp, message.seq," \
  " message.edited_at, message.reply_to, message.flags"
#define CHAT_RECORD_N_COLUMNS 11

#define CHAT_RECORD_TABLES \
  "message JOIN person ON person.number = message.sender"

ChatMessage *chat_record_read_message (sqlite3_stmt *statement,
                                       const char   *room_id);

/* For the writer. */
gboolean    chat_record_find_room (ChatDatabase      *database,
                                   const char        *room_id,
                                   gint64            *room,
                                   GError           **error);
gboolean    chat_record_put       (ChatDatabase      *database,
                                   gint64             room,
                                   const ChatRecord  *record,
                                   GError           **error);

G_END_DECLS
