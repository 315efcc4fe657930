/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-message.h"

G_BEGIN_DECLS

#define CHAT_TYPE_SEARCH_HIT (chat_search_hit_get_type ())

G_DECLARE_FINAL_TYPE (ChatSearchHit, chat_search_hit, CHAT, SEARCH_HIT, GObject)

/* A part of a text, in bytes; the end is not included. */
typedef struct
{
  gsize start;
  gsize end;
} ChatSearchRange;

/* A message that was found. Properties: message, room-name, from-server (it was not kept here). What stands before and after it in
 * its room is read when it is asked for, and is NULL where that is not known. */
ChatMessage           *chat_search_hit_get_message     (ChatSearchHit *self);
const char            *chat_search_hit_get_room_name   (ChatSearchHit *self);
gboolean               chat_search_hit_get_from_server (ChatSearchHit *self);
ChatMessage           *chat_search_hit_get_before      (ChatSearchHit *self);
ChatMessage           *chat_search_hit_get_after       (ChatSearchHit *self);

/* Where the words are in the message's content: in order, none over another. */
const ChatSearchRange *chat_search_hit_get_ranges      (ChatSearchHit *self,
                                                        guint         *n_ranges);

G_END_DECLS
