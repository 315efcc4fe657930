/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much of a page is needed for the first sight of a room. Each message costs a row, and rows are most of what a person waits
 * for; what lies further up a view asks for when it has painted. */

#include "config.h"

#include <string.h>

#include "chat-room-private.h"

/* Lines of text on a large screen, and letters in a line. */
#define SCREEN_LINES 48
#define LINE_LETTERS 70

/* A name, a time and the space between people. */
#define GROUP_LINES 2

static guint
count_lines (ChatMessage *message,
             ChatMessage *above)
{
  const char *content = chat_message_get_content (message);
  guint lines = 1;

  for (const char *line = content; *line != '\0' && lines < SCREEN_LINES; lines++)
    {
      gsize length = strcspn (line, "\n");

      lines += (guint) MIN (length / LINE_LETTERS, SCREEN_LINES);
      line += length + (line[length] == '\n');
    }

  if (above == NULL || g_strcmp0 (chat_message_get_sender_id (above), chat_message_get_sender_id (message)) != 0)
    lines += GROUP_LINES;

  return lines;
}

/* The first message of those above @end that begin on a screen of @lines. */
static guint
find_above (GPtrArray *messages,
            guint      end,
            guint      lines)
{
  guint filled = 0;

  while (end > 0 && filled < lines)
    {
      end--;
      filled += count_lines (g_ptr_array_index (messages, end), end > 0 ? g_ptr_array_index (messages, end - 1) : NULL);
    }

  return end;
}

static guint
find_unread (ChatRoom  *self,
             GPtrArray *messages)
{
  guint position = 0;

  if (self->marker_after == CHAT_NO_SEQ)
    return messages->len;

  while (position < messages->len && chat_message_get_seq (g_ptr_array_index (messages, position)) <= self->marker_after)
    position++;

  return position;
}

static void
remove_before (GPtrArray *messages,
               guint      position)
{
  if (position > 0)
    g_ptr_array_remove_range (messages, 0, position);
}

/* Takes out of the newest @messages those that are not needed yet: who comes sees a screen of them, or else what is unread and
 * what it follows. */
void
chat_room_keep_screenful (ChatRoom  *self,
                          GPtrArray *messages)
{
  guint first = find_above (messages, messages->len, SCREEN_LINES);
  guint above_unread = find_above (messages, find_unread (self, messages), SCREEN_LINES / 2);

  first = MIN (first, above_unread);
  self->is_cut = first > 0;
  remove_before (messages, first);
}

/* Of what is above the place where the reader is: a part of it may be in sight. */
void
chat_room_keep_screenful_above (GPtrArray *messages)
{
  remove_before (messages, find_above (messages, messages->len, SCREEN_LINES / 2));
}
