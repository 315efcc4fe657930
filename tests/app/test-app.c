/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "test-app.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

GtkWidget *
test_find_widget (gpointer    ancestor,
                  const char *id)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (ancestor)), id) == 0)
    return ancestor;

  for (GtkWidget *child = gtk_widget_get_first_child (ancestor); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = test_find_widget (child, id);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The first one with a style class, for what is made when it is needed. */
GtkWidget *
test_find_styled (gpointer    ancestor,
                  const char *css_class)
{
  if (gtk_widget_has_css_class (ancestor, css_class))
    return ancestor;

  for (GtkWidget *child = gtk_widget_get_first_child (ancestor); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = test_find_styled (child, css_class);

      if (found != NULL)
        return found;
    }

  return NULL;
}

ChatSession *
test_new_session (void)
{
  g_autoptr(ChatCredentials) credentials = chat_credentials_new ("http://chat.example.org", "token", 0);

  chat_credentials_set_user (credentials, "u1", "mira", FALSE);

  return chat_session_new (credentials);
}

ChatRoom *
test_add_room (ChatSession    *session,
               const char     *name,
               ChatMembership  membership,
               guint           unread,
               guint           mentions)
{
  g_autofree char *id = g_ascii_strdown (name, -1);
  ChatRoom *room = chat_session_ensure_room (session, id, name);

  room->wanted = membership != CHAT_MEMBERSHIP_NONE;
  chat_room_set_membership (room, membership, membership == CHAT_MEMBERSHIP_FAILED ? "The server did not answer in time." : NULL);
  chat_room_set_unread (room, unread, mentions);

  return room;
}

ChatMessage *
test_add_message (ChatRoom   *room,
                  const char *sender,
                  const char *content)
{
  static gint64 seq;
  g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, ++seq);
  g_autoptr(ChatMessage) message = NULL;

  message = chat_message_new (id, chat_room_get_id (room), sender, sender, content, g_get_real_time () / 1000, CHAT_NO_SEQ);
  chat_timeline_add (chat_room_get_timeline (room), message);
  chat_room_set_last_message (room, message);

  /* The timeline keeps it. */
  return message;
}

char *
test_list_names (GListModel *rooms)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr(ChatRoom) room = g_list_model_get_item (rooms, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", chat_room_get_name (room));
    }

  return g_string_free (names, FALSE);
}

void
test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

gboolean
test_wake (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}
