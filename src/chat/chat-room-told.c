/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server knows of what was read. It does not answer when it is told, and what was told a moment before a connection broke may
 * not have arrived: then the server holds what it was told before. What it says then comes from here, or, where it was told nothing
 * like it from here, from another device. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

/* What was told so shortly before a connection broke may not have arrived. */
#define TOLD_FOR_SURE_US (30 * G_USEC_PER_SEC)

/* What was told last has surely arrived when there is none. */
static gboolean
is_in_doubt (ChatRoom *self)
{
  return self->read_doubts->len > 0;
}

/* Whether the server may hold @seq without any other device. */
static gboolean
is_told_from_here (ChatRoom *self,
                   gint64    seq)
{
  for (guint i = 0; i < self->read_doubts->len; i++)
    {
      if (g_array_index (self->read_doubts, ChatReadDoubt, i).seq == seq)
        return TRUE;
    }

  return self->told_read_seq == seq;
}

/* The highest number that the server may hold. */
static gint64
highest_told (ChatRoom *self)
{
  gint64 seq = self->told_read_seq;

  for (guint i = 0; i < self->read_doubts->len; i++)
    seq = MAX (seq, g_array_index (self->read_doubts, ChatReadDoubt, i).seq);

  return seq;
}

/* What was told long ago on a connection that stands has arrived, and what the server held before it holds no more. */
static void
settle_doubts (ChatRoom *self,
               gint64    now)
{
  guint n_settled = 0;

  while (n_settled < self->read_doubts->len &&
         now - g_array_index (self->read_doubts, ChatReadDoubt, n_settled).replaced_at > TOLD_FOR_SURE_US)
    n_settled++;

  g_array_remove_range (self->read_doubts, 0, n_settled);
}

static void
add_doubt (ChatRoom *self,
           gint64    seq,
           gint64    now)
{
  ChatReadDoubt doubt = { seq, now };

  if (seq == CHAT_NO_SEQ || seq == self->told_read_seq)
    return;

  for (guint i = self->read_doubts->len; i > 0; i--)
    {
      if (g_array_index (self->read_doubts, ChatReadDoubt, i - 1).seq == seq)
        g_array_remove_index (self->read_doubts, i - 1);
    }
  g_array_append_val (self->read_doubts, doubt);
}

/* ---- Telling ---- */

/* Whether the server does not know yet up to where the user has read. @back: it may know of more. */
gboolean
chat_room_has_to_tell_read (ChatRoom *self,
                            gboolean *back)
{
  /* On the connection on which it was told it is on its way. */
  gboolean is_known = self->read_seq == self->told_read_seq && (!is_in_doubt (self) || self->told_read_at != 0);

  *back = self->read_seq < (self->told_read_at != 0 ? self->told_read_seq : highest_told (self));

  return self->read_seq != CHAT_NO_SEQ && !is_known;
}

void
chat_room_note_told_read (ChatRoom *self,
                          gboolean  back)
{
  gint64 now = g_get_monotonic_time ();
  gint64 before = self->told_read_seq;

  /* What the last connection left in doubt is so until this has surely arrived. */
  if (self->told_read_at != 0)
    settle_doubts (self, now);
  else
    for (guint i = 0; i < self->read_doubts->len; i++)
      g_array_index (self->read_doubts, ChatReadDoubt, i).replaced_at = now;

  self->told_read_seq = self->read_seq;
  self->told_read_at = now;
  self->told_back = self->told_back || back;
  add_doubt (self, before, now);
  chat_room_keep_soon (self);
}

/* Also when the room is joined again: what was read meanwhile is told then. */
void
chat_room_tell_read (ChatRoom *self)
{
  g_autoptr(SioValue) arguments = NULL;
  gboolean back = FALSE;

  if (self->session == NULL || !self->present || !(chat_session_get_features (self->session) & CHAT_FEATURE_READ) ||
      !chat_room_has_to_tell_read (self, &back))
    return;

  arguments = chat_protocol_write_read_mark (self->id, self->read_seq, back);
  if (chat_session_emit (self->session, "room:read", arguments, SIO_EMIT_NO_BUFFER))
    chat_room_note_told_read (self, back);
}

/* The connection broke. What is in doubt now stays so until the server says how things stand. */
void
chat_room_end_telling (ChatRoom *self)
{
  if (self->told_read_at == 0)
    return;

  settle_doubts (self, g_get_monotonic_time ());
  self->told_read_at = 0;
  self->told_back = FALSE;
  chat_room_keep_soon (self);
}

/* ---- Hearing ---- */

/* The server surely holds @seq. */
void
chat_room_heard_read (ChatRoom *self,
                      gint64    seq)
{
  self->told_read_seq = seq;
  g_array_set_size (self->read_doubts, 0);
}

/* The server does not have what it had after @seq, and so does not hold that it was read. */
void
chat_room_forget_told_after (ChatRoom *self,
                             gint64    seq)
{
  for (guint i = 0; i < self->read_doubts->len; i++)
    {
      ChatReadDoubt *doubt = &g_array_index (self->read_doubts, ChatReadDoubt, i);

      doubt->seq = MIN (doubt->seq, seq);
    }
  self->told_read_seq = MIN (self->told_read_seq, seq);
}

/* Another device has read up to @seq, or, where @back, wants to read again what came after it. */
void
chat_room_apply_read (ChatRoom *self,
                      gint64    seq,
                      gboolean  back)
{
  if (!back && seq <= self->read_seq)
    {
      for (guint i = 0; i < self->read_doubts->len; i++)
        {
          ChatReadDoubt *doubt = &g_array_index (self->read_doubts, ChatReadDoubt, i);

          doubt->seq = MAX (doubt->seq, seq);
        }
      self->told_read_seq = MAX (self->told_read_seq, seq);
      return;
    }

  chat_room_heard_read (self, seq);
  chat_room_set_read (self, seq);
  if (back)
    chat_room_update_marker (self);
}

/* Up to where the user has read, when the server says @server_seq at the beginning of a connection. What was read or marked here
 * without its knowledge stays; else it knows better, since the user has other devices. */
static gint64
merge_read (ChatRoom *self,
            gint64    server_seq)
{
  if (self->read_seq == CHAT_NO_SEQ)
    return server_seq;

  /* No other device has said anything. */
  if (is_told_from_here (self, server_seq))
    return self->read_seq;

  /* Both have read further. */
  if (self->read_seq > self->told_read_seq && server_seq > self->told_read_seq)
    return MAX (self->read_seq, server_seq);

  return server_seq;
}

/* A recovered connection is told before the server says how things stand, and that was written down before it heard. It does then what
 * it was told: to go back wherever another device has read to, or to go further where that has not read as far. */
static void
apply_read_before_telling (ChatRoom *self,
                           gint64    server_seq)
{
  gint64 told_seq = self->told_read_seq;

  /* What the last connection left in doubt is so no more. */
  chat_room_heard_read (self, server_seq);
  if (!self->told_back && server_seq > self->read_seq)
    {
      self->read_seq = server_seq;
      return;
    }

  self->told_read_seq = told_seq;
  add_doubt (self, server_seq, self->told_read_at);
}

void
chat_room_apply_counts (ChatRoom           *self,
                        const ChatRoomInfo *info)
{
  if (info->read_seq != CHAT_NOT_SAID && self->told_read_at != 0)
    {
      apply_read_before_telling (self, info->read_seq);
    }
  else if (info->read_seq != CHAT_NOT_SAID)
    {
      self->read_seq = merge_read (self, info->read_seq);
      chat_room_heard_read (self, info->read_seq);
    }
  else if (self->read_seq == CHAT_NO_SEQ && self->last_seq != CHAT_NO_SEQ)
    {
      self->read_seq = MAX (self->last_seq - MAX (info->unread, 0), 0);
    }

  if (info->mentions != CHAT_NOT_SAID)
    {
      self->told_mentions = info->mentions;
      self->told_mentions_after = info->read_seq;
      self->told_mentions_to = info->last_seq;
    }
  chat_room_recount (self);
}
