/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-member-list.h"

/**
 * ChatMemberList:
 *
 * Who is in a room: those who are online first, then by name.
 */
struct _ChatMemberList
{
  ChatList parent_instance;
};

G_DEFINE_FINAL_TYPE (ChatMemberList, chat_member_list, CHAT_TYPE_LIST)

static const char *
chat_member_list_get_id (gpointer item)
{
  return chat_member_get_user_id (item);
}

static int
compare_names (const char *a,
               const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return g_utf8_collate (folded_a, folded_b);
}

static int
chat_member_list_compare (gpointer a,
                          gpointer b)
{
  int order;

  if (chat_member_get_online (a) != chat_member_get_online (b))
    return chat_member_get_online (a) ? -1 : 1;

  order = compare_names (chat_member_get_username (a), chat_member_get_username (b));
  if (order != 0)
    return order;

  return strcmp (chat_member_get_user_id (a), chat_member_get_user_id (b));
}

static void
chat_member_list_merge (gpointer item,
                        gpointer newer)
{
  chat_member_set_username (item, chat_member_get_username (newer));
  chat_member_set_online (item, chat_member_get_online (newer));
}

static void
member_changed_cb (ChatMember *member,
                   GParamSpec *pspec,
                   ChatList   *list)
{
  chat_list_item_changed (list, member);
}

static void
chat_member_list_added (ChatList *list,
                        gpointer  item)
{
  g_signal_connect_object (item, "notify::online", G_CALLBACK (member_changed_cb), list, 0);
  g_signal_connect_object (item, "notify::username", G_CALLBACK (member_changed_cb), list, 0);
}

static void
chat_member_list_removed (ChatList *list,
                          gpointer  item)
{
  g_signal_handlers_disconnect_by_data (item, list);
}

static void
chat_member_list_class_init (ChatMemberListClass *klass)
{
  ChatListClass *list_class = CHAT_LIST_CLASS (klass);

  list_class->get_id = chat_member_list_get_id;
  list_class->compare = chat_member_list_compare;
  list_class->merge = chat_member_list_merge;
  list_class->added = chat_member_list_added;
  list_class->removed = chat_member_list_removed;
}

static void
chat_member_list_init (ChatMemberList *self)
{
}

ChatMemberList *
chat_member_list_new (void)
{
  return g_object_new (CHAT_TYPE_MEMBER_LIST, NULL);
}

/**
 * chat_member_list_find:
 * @self: a list of members
 * @user_id: who is looked for
 *
 * Returns: (transfer none) (nullable): the member
 */
ChatMember *
chat_member_list_find (ChatMemberList *self,
                       const char     *user_id)
{
  return chat_list_find (CHAT_LIST (self), user_id);
}

/**
 * chat_member_list_add:
 * @self: a list of members
 * @member: who came
 *
 * Adds a member; one who is there already stays, with the new name.
 */
void
chat_member_list_add (ChatMemberList *self,
                      ChatMember     *member)
{
  chat_list_add (CHAT_LIST (self), member);
}

gboolean
chat_member_list_remove (ChatMemberList *self,
                         const char     *user_id)
{
  return chat_list_remove (CHAT_LIST (self), user_id);
}

/**
 * chat_member_list_replace:
 * @self: a list of members
 * @members: (element-type ChatMember): all who are in the room
 *
 * Makes the list hold these members and no others.
 */
void
chat_member_list_replace (ChatMemberList *self,
                          GPtrArray      *members)
{
  chat_list_replace (CHAT_LIST (self), members);
}

void
chat_member_list_clear (ChatMemberList *self)
{
  chat_list_clear (CHAT_LIST (self));
}
