/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the store finds. */

#include "config.h"

#include "chat-search-private.h"

/* (transfer full): the room as it is called now; the store may know an older name */
static ChatSearchHit *
make_hit (ChatSearch         *self,
          const ChatStoreHit *found)
{
  ChatRoom *room = chat_room_list_find (chat_session_get_rooms (self->session), chat_message_get_room_id (found->message));

  return chat_search_hit_new (self->session, found->message, room != NULL ? chat_room_get_name (room) : found->room_name,
                              self->query, FALSE);
}

static void
take_hits (ChatSearch    *self,
           ChatStoreHits *found)
{
  g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < found->hits->len; i++)
    g_ptr_array_add (hits, make_hit (self, g_ptr_array_index (found->hits, i)));

  if (self->is_new)
    {
      self->is_new = FALSE;
      chat_search_replace (self, g_steal_pointer (&hits));
      return;
    }

  for (guint i = 0; i < hits->len; i++)
    chat_search_add (self, g_object_ref (g_ptr_array_index (hits, i)));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(ChatSearch) self = user_data;
  g_autoptr(ChatStoreHits) found = NULL;
  g_autoptr(GError) error = NULL;
  gboolean was_new = self->is_new;

  found = chat_store_search_finish (CHAT_STORE (source), result, &error);
  /* The search that begins instead has a state of its own. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  self->local_busy = FALSE;
  self->local_has_more = found != NULL && found->has_more;
  if (found != NULL)
    {
      self->local_before = found->before;
      take_hits (self, found);
    }
  else
    {
      chat_search_replace (self, g_ptr_array_new_with_free_func (g_object_unref));
      chat_search_set_error (self, error->message);
    }

  if (found != NULL && was_new)
    chat_search_ask_server_soon (self);
  chat_search_update (self);
}

/* The next page of what is kept here. */
void
chat_search_ask_store (ChatSearch *self)
{
  const char *room_id = self->room != NULL ? chat_room_get_id (self->room) : NULL;

  self->local_busy = TRUE;
  chat_store_search_async (chat_session_get_store (self->session), self->query, room_id, self->order, self->local_before,
                           CHAT_SEARCH_PAGE, self->cancellable, found_cb, g_object_ref (self));
}
