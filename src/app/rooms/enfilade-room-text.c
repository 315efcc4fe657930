/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-room-text.h"

#include <glib/gi18n.h>

#include "enfilade-clock.h"
#include "enfilade-text.h"

#define PREVIEW_CHARACTERS 120

/**
 * enfilade_room_text_preview_message:
 * @message: a message
 * @max_characters: how long its text may become
 *
 * Returns: (transfer full): who said what, on one line
 */
char *
enfilade_room_text_preview_message (ChatMessage *message,
                                    gsize        max_characters)
{
  g_autofree char *text = NULL;
  const char *sender;

  g_return_val_if_fail (CHAT_IS_MESSAGE (message), NULL);

  text = chat_message_get_deleted (message) ? g_strdup (_("This message was deleted"))
                                            : enfilade_text_preview (chat_message_get_content (message), max_characters);
  sender = chat_message_get_sender_name (message);

  if (chat_message_get_own (message))
    /* Translators: the last message of a room, written by the person who reads this */
    return g_strdup_printf (_("You: %s"), text);
  if (sender == NULL || sender[0] == '\0')
    return g_steal_pointer (&text);

  /* Translators: the last message of a room, who and what */
  return g_strdup_printf (_("%s: %s"), sender, text);
}

/**
 * enfilade_room_text_members:
 * @room: a room
 *
 * Returns: (transfer full): how many members it has, in words
 */
char *
enfilade_room_text_members (ChatRoom *room)
{
  guint count;

  g_return_val_if_fail (CHAT_IS_ROOM (room), NULL);

  count = chat_room_get_member_count (room);

  return g_strdup_printf (ngettext ("%u member", "%u members", count), count);
}

static gboolean
has_topic (ChatRoom *room)
{
  const char *topic = chat_room_get_topic (room);

  return topic != NULL && topic[0] != '\0';
}

/**
 * enfilade_room_text_preview:
 * @room: a room
 *
 * Returns: (transfer full): the second line of the room's row: why joining failed, what was begun to be written, what was said
 *   last, or what it is about
 */
char *
enfilade_room_text_preview (ChatRoom *room)
{
  ChatMessage *last;

  g_return_val_if_fail (CHAT_IS_ROOM (room), NULL);

  if (chat_room_get_membership (room) == CHAT_MEMBERSHIP_FAILED && chat_room_get_error (room) != NULL)
    return enfilade_text_preview (chat_room_get_error (room), PREVIEW_CHARACTERS);
  if (chat_room_get_membership (room) == CHAT_MEMBERSHIP_JOINING)
    return g_strdup (_("Joining…"));
  if (chat_room_get_membership (room) == CHAT_MEMBERSHIP_LEAVING)
    return g_strdup (_("Leaving…"));

  if (chat_room_get_draft (room) != NULL)
    {
      g_autofree char *draft = enfilade_text_preview (chat_room_get_draft (room), PREVIEW_CHARACTERS);

      /* Translators: what was begun to be written in a room, in the place of its last message */
      return g_strdup_printf (_("Draft: %s"), draft);
    }

  last = chat_room_get_last_message (room);
  if (last != NULL)
    return enfilade_room_text_preview_message (last, PREVIEW_CHARACTERS);
  if (has_topic (room))
    return enfilade_text_preview (chat_room_get_topic (room), PREVIEW_CHARACTERS);

  return g_strdup (chat_room_get_membership (room) == CHAT_MEMBERSHIP_JOINED ? _("No messages yet") : _("Not joined"));
}

/**
 * enfilade_room_text_time:
 * @message: (nullable): the last message of a room
 *
 * Returns: (transfer full): when it was said, short; empty without a message
 */
char *
enfilade_room_text_time (ChatMessage *message)
{
  g_autoptr(GDateTime) now = NULL;

  if (message == NULL)
    return g_strdup ("");

  now = g_date_time_new_now_local ();

  return enfilade_text_format_time (chat_message_get_timestamp (message), now, enfilade_clock_is_24h ());
}

static void
append (GString    *sentence,
        const char *part)
{
  if (part == NULL || part[0] == '\0')
    return;
  if (sentence->len > 0)
    /* Translators: stands between the parts of a sentence that is spoken for a room: “General, 4 members, 2 unread messages” */
    g_string_append (sentence, C_("between spoken parts", ", "));
  g_string_append (sentence, part);
}

/**
 * enfilade_room_text_undelivered:
 * @room: a room
 *
 * Returns: (nullable) (transfer full): how many messages a person has to decide of there, in words; %NULL when there are none
 */
char *
enfilade_room_text_undelivered (ChatRoom *room)
{
  g_autoptr(GString) sentence = g_string_new (NULL);
  guint n_failed;
  guint n_unconfirmed;

  g_return_val_if_fail (CHAT_IS_ROOM (room), NULL);

  n_failed = chat_room_get_n_failed (room);
  n_unconfirmed = chat_room_get_n_unconfirmed (room);
  if (n_failed > 0)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("%u message was not sent", "%u messages were not sent", n_failed), n_failed);

      append (sentence, part);
    }
  if (n_unconfirmed > 0)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("%u message was not confirmed", "%u messages were not confirmed",
                                                         n_unconfirmed), n_unconfirmed);

      append (sentence, part);
    }

  return sentence->len > 0 ? g_string_free (g_steal_pointer (&sentence), FALSE) : NULL;
}

static const char *
speak_membership (ChatRoom *room)
{
  switch (chat_room_get_membership (room))
    {
    case CHAT_MEMBERSHIP_JOINING:
      return _("joining");
    case CHAT_MEMBERSHIP_JOINED:
      return _("joined");
    case CHAT_MEMBERSHIP_LEAVING:
      return _("leaving");
    case CHAT_MEMBERSHIP_FAILED:
      return _("joining failed");
    case CHAT_MEMBERSHIP_NONE:
    default:
      return _("not joined");
    }
}

/* Whether the second line says nothing but what speak_membership() does. */
static gboolean
is_preview_membership (ChatRoom *room)
{
  switch (chat_room_get_membership (room))
    {
    case CHAT_MEMBERSHIP_JOINING:
    case CHAT_MEMBERSHIP_LEAVING:
      return TRUE;
    case CHAT_MEMBERSHIP_NONE:
      return chat_room_get_draft (room) == NULL && chat_room_get_last_message (room) == NULL && !has_topic (room);
    case CHAT_MEMBERSHIP_JOINED:
    case CHAT_MEMBERSHIP_FAILED:
    default:
      return FALSE;
    }
}

/**
 * enfilade_room_text_speak:
 * @room: a room
 *
 * Returns: (transfer full): all that the room's row shows, as one sentence
 */
char *
enfilade_room_text_speak (ChatRoom *room)
{
  g_autoptr(GString) sentence = NULL;
  g_autofree char *members = NULL;
  g_autofree char *undelivered = NULL;
  g_autofree char *preview = NULL;
  g_autofree char *time = NULL;
  guint unread;
  guint mentions;

  g_return_val_if_fail (CHAT_IS_ROOM (room), NULL);

  unread = chat_room_get_unread (room);
  mentions = chat_room_get_mentions (room);
  members = enfilade_room_text_members (room);
  undelivered = enfilade_room_text_undelivered (room);
  preview = enfilade_room_text_preview (room);
  time = enfilade_room_text_time (chat_room_get_last_message (room));

  sentence = g_string_new (chat_room_get_name (room));
  if (chat_room_get_is_private (room))
    append (sentence, _("private"));
  append (sentence, speak_membership (room));
  /* A server that tells nothing of members is not said to have none. */
  if (chat_room_get_member_count (room) > 0)
    append (sentence, members);
  if (unread > 0)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("%u unread message", "%u unread messages", unread), unread);

      append (sentence, part);
    }
  if (mentions > 0)
    {
      g_autofree char *part = g_strdup_printf (ngettext ("%u mention", "%u mentions", mentions), mentions);

      append (sentence, part);
    }
  append (sentence, undelivered);
  if (!is_preview_membership (room))
    append (sentence, preview);
  append (sentence, time);

  return g_string_free (g_steal_pointer (&sentence), FALSE);
}
