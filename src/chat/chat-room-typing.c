/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is writing in a room. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

/* Both are the protocol's. */
#define TELL_EVERY_US (3 * G_USEC_PER_SEC)
#define SHOW_FOR_MS 5000

/* More than these are a crowd, and a server that invents people gets no memory for them. */
#define MAX_TYPISTS 32

typedef struct
{
  ChatRoom *room;
  char     *user_id;
  char     *username;
  guint     source;
} Typist;

static void
typist_free (Typist *typist)
{
  g_clear_handle_id (&typist->source, g_source_remove);
  g_free (typist->user_id);
  g_free (typist->username);
  g_free (typist);
}

static void
chat_room_update_typing (ChatRoom *self)
{
  char **names = g_new0 (char *, self->typists->len + 1);

  for (guint i = 0; i < self->typists->len; i++)
    names[i] = g_strdup (((Typist *) g_ptr_array_index (self->typists, i))->username);

  if (g_strv_equal ((const char * const *) names, (const char * const *) self->typing))
    {
      g_strfreev (names);
      return;
    }

  g_strfreev (self->typing);
  self->typing = names;
  g_object_notify (G_OBJECT (self), "typing");
}

static gboolean
typist_stopped_cb (gpointer user_data)
{
  Typist *typist = user_data;
  ChatRoom *self = typist->room;

  typist->source = 0;
  g_ptr_array_remove (self->typists, typist);
  typist_free (typist);
  chat_room_update_typing (self);

  return G_SOURCE_REMOVE;
}

static Typist *
chat_room_find_typist (ChatRoom   *self,
                       const char *user_id)
{
  for (guint i = 0; i < self->typists->len; i++)
    {
      Typist *typist = g_ptr_array_index (self->typists, i);

      if (g_str_equal (typist->user_id, user_id))
        return typist;
    }

  return NULL;
}

void
chat_room_take_typing (ChatRoom   *self,
                       const char *user_id,
                       const char *username)
{
  Typist *typist = chat_room_find_typist (self, user_id);

  if (self->session == NULL || g_strcmp0 (user_id, chat_session_get_user_id (self->session)) == 0)
    return;

  if (typist == NULL)
    {
      if (self->typists->len >= MAX_TYPISTS)
        return;

      typist = g_new0 (Typist, 1);
      typist->room = self;
      typist->user_id = g_strdup (user_id);
      typist->username = g_strdup (username);
      g_ptr_array_add (self->typists, typist);
    }

  g_clear_handle_id (&typist->source, g_source_remove);
  typist->source = g_timeout_add (SHOW_FOR_MS, typist_stopped_cb, typist);
  chat_room_update_typing (self);
}

void
chat_room_drop_typist (ChatRoom   *self,
                       const char *user_id)
{
  Typist *typist = chat_room_find_typist (self, user_id);

  if (typist == NULL)
    return;

  g_ptr_array_remove (self->typists, typist);
  typist_free (typist);
  chat_room_update_typing (self);
}

void
chat_room_clear_typing (ChatRoom *self)
{
  while (self->typists->len > 0)
    typist_free (g_ptr_array_steal_index (self->typists, self->typists->len - 1));

  chat_room_update_typing (self);
}

/**
 * chat_room_notify_typing:
 * @self: a room
 *
 * Tells the others that something is being written here. May be called at each key: it is told at most every three seconds.
 */
void
chat_room_notify_typing (ChatRoom *self)
{
  g_autoptr(SioValue) arguments = NULL;
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (CHAT_IS_ROOM (self));

  if (!self->present || self->session == NULL)
    return;

  if (self->typing_told_at != 0 && now - self->typing_told_at < TELL_EVERY_US)
    return;

  self->typing_told_at = now;
  arguments = chat_protocol_write_string (self->id);
  chat_session_emit (self->session, "typing", arguments, SIO_EMIT_VOLATILE);
}
