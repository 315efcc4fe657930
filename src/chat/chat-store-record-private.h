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

ChatRecord *chat_record_new  (ChatMessage    *message);
void        chat_record_free (ChatRecord     *self);

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
