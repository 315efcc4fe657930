/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHAT_TYPE_LIST (chat_list_get_type ())

G_DECLARE_DERIVABLE_TYPE (ChatList, chat_list, CHAT, LIST, GObject)

/* A sorted list of objects that each have an id. A subclass says what the id is and which of two stands first. */
struct _ChatListClass
{
  GObjectClass   parent_class;

  const char  *(*get_id)   (gpointer  item);
  int          (*compare)  (gpointer  a,
                            gpointer  b);

  /* Optional. @merge takes over what @newer says of @item, when an item comes whose id is there already. */
  void         (*merge)    (gpointer  item,
                            gpointer  newer);
  void         (*added)    (ChatList *self,
                            gpointer  item);
  void         (*removed)  (ChatList *self,
                            gpointer  item);
};

gpointer chat_list_find         (ChatList   *self,
                                 const char *id);
gboolean chat_list_add          (ChatList   *self,
                                 gpointer    item);
gboolean chat_list_remove       (ChatList   *self,
                                 const char *id);
void     chat_list_replace      (ChatList   *self,
                                 GPtrArray  *items);
void     chat_list_clear        (ChatList   *self);
void     chat_list_item_changed (ChatList   *self,
                                 gpointer    item);

/* (transfer none), for walking over the list. */
guint    chat_list_get_length   (ChatList   *self);
gpointer chat_list_get_nth      (ChatList   *self,
                                 guint       position);

G_END_DECLS
