/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept of the rooms themselves. */

#include "config.h"

#include "chat-store-private.h"

void
chat_stored_room_free (ChatStoredRoom *room)
{
  if (room == NULL)
    return;

  g_free (room->id);
  g_free (room->name);
  g_free (room->topic);
  g_clear_pointer (&room->read_doubts, g_array_unref);
  g_free (room);
}

static ChatStoredRoom *
copy_room (const ChatStoredRoom *room)
{
  ChatStoredRoom *copy = g_new (ChatStoredRoom, 1);

  *copy = *room;
  copy->id = g_strdup (room->id);
  copy->name = g_strdup (room->name);
  copy->topic = g_strdup (room->topic);
  copy->read_doubts = room->read_doubts != NULL ? g_array_copy (room->read_doubts) : NULL;

  return copy;
}

static ChatStoredRoom *
read_room (sqlite3_stmt *statement)
{
  ChatStoredRoom *room = g_new0 (ChatStoredRoom, 1);

  room->id = chat_statement_dup_text (statement, 0);
  room->name = chat_statement_dup_text (statement, 1);
  room->topic = chat_statement_dup_text (statement, 2);
  room->is_private = chat_statement_get_number (statement, 3, 0) != 0;
  room->member_count = chat_statement_get_number (statement, 4, 0);
  room->joined = chat_statement_get_number (statement, 5, 0) != 0;
  room->last_seq = chat_statement_get_number (statement, 6, CHAT_NO_SEQ);
  room->read_seq = chat_statement_get_number (statement, 7, CHAT_NO_SEQ);
  room->told_read_seq = chat_statement_get_number (statement, 8, CHAT_NO_SEQ);
  room->read.place = chat_statement_get_number (statement, 9, 0);
  room->read.number = chat_statement_get_number (statement, 10, 0);
  room->has_view = sqlite3_column_type (statement, 11) != SQLITE_NULL;
  room->view.place = chat_statement_get_number (statement, 11, 0);
  room->view.number = chat_statement_get_number (statement, 12, 0);
  room->view_offset = sqlite3_column_double (statement, 13);

  return room;
}

static ChatStoredRoom *
find_room (GPtrArray  *rooms,
           const char *id)
{
  for (guint i = 0; i < rooms->len; i++)
    {
      ChatStoredRoom *room = g_ptr_array_index (rooms, i);

      if (g_strcmp0 (room->id, id) == 0)
        return room;
    }

  return NULL;
}

/* Only of what was read in the last half minute. */
static void
read_doubts (ChatStore  *self,
             GPtrArray  *rooms,
             GError    **error)
{
  sqlite3_stmt *statement =
    chat_database_prepare (self->reader,
                           "SELECT room.id, read_doubt.read_seq FROM read_doubt JOIN room ON room.number = read_doubt.room"
                           " ORDER BY read_doubt.room, read_doubt.number", error);

  while (chat_statement_next (statement, error))
    {
      ChatStoredRoom *room = find_room (rooms, chat_statement_get_text (statement, 0));
      ChatReadDoubt doubt = { chat_statement_get_number (statement, 1, 0), 0 };

      if (room == NULL)
        continue;

      if (room->read_doubts == NULL)
        room->read_doubts = g_array_new (FALSE, FALSE, sizeof doubt);
      g_array_append_val (room->read_doubts, doubt);
    }
}

/* (transfer full) (element-type ChatStoredRoom): all rooms, in no order */
GPtrArray *
chat_store_list_rooms (ChatStore *self)
{
  g_autoptr(GPtrArray) rooms = g_ptr_array_new_with_free_func ((GDestroyNotify) chat_stored_room_free);
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);

  if (self->reader == NULL)
    return g_steal_pointer (&rooms);

  statement = chat_database_prepare (self->reader,
                                     "SELECT id, name, topic, is_private, member_count, joined, last_seq, read_seq,"
                                     " told_read_seq, read_place, read_number, view_place, view_number, view_offset FROM room", &error);
  while (chat_statement_next (statement, &error))
    g_ptr_array_add (rooms, read_room (statement));
  if (error == NULL)
    read_doubts (self, rooms, &error);

  if (error != NULL)
    chat_store_report (self, error);

  return g_steal_pointer (&rooms);
}

static void
bind_seq (sqlite3_stmt *statement,
          int           parameter,
          gint64        seq)
{
  if (seq == CHAT_NO_SEQ)
    chat_statement_bind_null (statement, parameter);
  else
    chat_statement_bind_number (statement, parameter, seq);
}

/* They are few, and gone half a minute later. */
static gboolean
put_doubts (ChatDatabase          *database,
            const ChatStoredRoom  *room,
            GError               **error)
{
  sqlite3_stmt *statement =
    chat_database_prepare (database, "DELETE FROM read_doubt WHERE room = (SELECT number FROM room WHERE id = ?)", error);

  chat_statement_bind_text (statement, 1, room->id);
  if (!chat_statement_do (statement, error))
    return FALSE;

  for (guint i = 0; room->read_doubts != NULL && i < room->read_doubts->len; i++)
    {
      statement = chat_database_prepare (database,
                                         "INSERT INTO read_doubt (room, number, read_seq)"
                                         " SELECT number, ?2, ?3 FROM room WHERE id = ?1", error);
      chat_statement_bind_text (statement, 1, room->id);
      chat_statement_bind_number (statement, 2, i);
      chat_statement_bind_number (statement, 3, g_array_index (room->read_doubts, ChatReadDoubt, i).seq);
      if (!chat_statement_do (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_room (ChatDatabase  *database,
          gpointer       data,
          GError       **error)
{
  const ChatStoredRoom *room = data;
  sqlite3_stmt *statement =
    chat_database_prepare (database,
                           "INSERT INTO room (id, name, topic, is_private, member_count, joined, last_seq, read_seq,"
                           " told_read_seq, read_place, read_number) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
                           " ON CONFLICT (id) DO UPDATE SET name = ?2, topic = ?3, is_private = ?4, member_count = ?5,"
                           " joined = ?6, last_seq = ?7, read_seq = ?8, told_read_seq = ?9, read_place = ?10, read_number = ?11",
                           error);

  chat_statement_bind_text (statement, 1, room->id);
  chat_statement_bind_text (statement, 2, room->name);
  chat_statement_bind_text (statement, 3, room->topic);
  chat_statement_bind_number (statement, 4, room->is_private);
  chat_statement_bind_number (statement, 5, room->member_count);
  chat_statement_bind_number (statement, 6, room->joined);
  bind_seq (statement, 7, room->last_seq);
  bind_seq (statement, 8, room->read_seq);
  bind_seq (statement, 9, room->told_read_seq);
  chat_statement_bind_number (statement, 10, room->read.place);
  chat_statement_bind_number (statement, 11, room->read.number);

  return chat_statement_do (statement, error) && put_doubts (database, room, error);
}

/* All but where the reader left it. */
void
chat_store_put_room (ChatStore            *self,
                     const ChatStoredRoom *room)
{
  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (room->id != NULL && room->name != NULL);

  chat_store_write (self, put_room, copy_room (room), (GDestroyNotify) chat_stored_room_free);
}

static gboolean
remove_room (ChatDatabase  *database,
             gpointer       data,
             GError       **error)
{
  sqlite3_stmt *statement = chat_database_prepare (database, "DELETE FROM room WHERE id = ?", error);

  chat_statement_bind_text (statement, 1, data);

  return chat_statement_do (statement, error);
}

/* With all that was said in it, but not what waits to be sent there: that is a person's own to give up. */
void
chat_store_remove_room (ChatStore  *self,
                        const char *room_id)
{
  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (room_id != NULL);

  chat_store_write (self, remove_room, g_strdup (room_id), g_free);
}

static gboolean
clear_room (ChatDatabase  *database,
            gpointer       data,
            GError       **error)
{
  static const char * const deletions[] = {
    "DELETE FROM message WHERE room = (SELECT number FROM room WHERE id = ?)",
    "DELETE FROM span WHERE room = (SELECT number FROM room WHERE id = ?)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (deletions); i++)
    {
      sqlite3_stmt *statement = chat_database_prepare (database, deletions[i], error);

      chat_statement_bind_text (statement, 1, data);
      if (!chat_statement_do (statement, error))
        return FALSE;
    }

  return TRUE;
}

/* All that was said in it, which is not so any more. */
void
chat_store_clear_room (ChatStore  *self,
                       const char *room_id)
{
  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (room_id != NULL);

  chat_store_write (self, clear_room, g_strdup (room_id), g_free);
}

static gboolean
put_view (ChatDatabase  *database,
          gpointer       data,
          GError       **error)
{
  const ChatStoredRoom *room = data;
  sqlite3_stmt *statement =
    chat_database_prepare (database, "UPDATE room SET view_place = ?2, view_number = ?3, view_offset = ?4 WHERE id = ?1", error);

  chat_statement_bind_text (statement, 1, room->id);
  if (room->has_view)
    {
      chat_statement_bind_number (statement, 2, room->view.place);
      chat_statement_bind_number (statement, 3, room->view.number);
    }
  if (statement != NULL)
    sqlite3_bind_double (statement, 4, room->view_offset);

  return chat_statement_do (statement, error);
}

/**
 * chat_store_put_view:
 * @self: a store
 * @room_id: a room
 * @view: (nullable): the message at the top of the reader's view, or %NULL when the newest is in view
 * @offset: how many pixels of it are above the view
 *
 * Keeps where the reader left a room.
 */
void
chat_store_put_view (ChatStore       *self,
                     const char      *room_id,
                     const ChatPlace *view,
                     double           offset)
{
  ChatStoredRoom *room = NULL;

  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (room_id != NULL);

  room = g_new0 (ChatStoredRoom, 1);
  room->id = g_strdup (room_id);
  room->has_view = view != NULL;
  if (view != NULL)
    room->view = *view;
  room->view_offset = offset;

  chat_store_write (self, put_view, room, (GDestroyNotify) chat_stored_room_free);
}
