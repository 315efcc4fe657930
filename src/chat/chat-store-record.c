/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-message-private.h"
#include "chat-store-record-private.h"

/* Whoever sends more than this within one millisecond is no person. */
#define MAX_ARRIVALS (1 << 20)

/* Times that no calendar has must not push a number over its limit. */
#define MAX_TIME (G_MAXINT64 / MAX_ARRIVALS - 1)

/* The least number that a message of that time can have. */
gint64
chat_record_first_number (gint64 timestamp)
{
  return CLAMP (timestamp, 0, MAX_TIME) * MAX_ARRIVALS;
}

/* The order over all rooms: the time, and the order of arrival where that is the same. */
static gint64
make_number (gint64 timestamp)
{
  static guint arrivals;

  return chat_record_first_number (timestamp) + arrivals++ % MAX_ARRIVALS;
}

/* Where a message that the server has stands in its room. A message that was not stored gets its number here. */
void
chat_store_place_of (ChatMessage *message,
                     ChatPlace   *place)
{
  gint64 seq = chat_message_get_seq (message);

  if (chat_message_get_number (message) == CHAT_NO_NUMBER)
    chat_message_set_number (message, make_number (chat_message_get_timestamp (message)));

  place->place = seq != CHAT_NO_SEQ ? seq : chat_message_get_timestamp (message);
  place->number = chat_message_get_number (message);
}

ChatRecord *
chat_record_new (ChatMessage *message)
{
  ChatRecord *self = g_new0 (ChatRecord, 1);

  self->id = g_strdup (chat_message_get_id (message));
  self->client_id = g_strdup (chat_message_get_client_id (message));
  self->sender_id = g_strdup (chat_message_get_sender_id (message));
  self->sender_name = g_strdup (chat_message_get_sender_name (message));
  self->content = g_strdup (chat_message_get_content (message));
  self->reply_to = g_strdup (chat_message_get_reply_to (message));
  self->edited_at = chat_message_get_edited_at (message);
  self->seq = chat_message_get_seq (message);
  self->timestamp = chat_message_get_timestamp (message);
  /* What waits to be sent has its place when the server has it. */
  if (self->id != NULL)
    chat_store_place_of (message, &self->place);
  if (chat_message_get_own (message))
    self->flags |= CHAT_RECORD_OWN;
  if (chat_message_get_mentions_me (message))
    self->flags |= CHAT_RECORD_MENTIONS_ME;
  if (chat_message_get_deleted (message))
    self->flags |= CHAT_RECORD_DELETED;

  return self;
}

void
chat_record_free (ChatRecord *self)
{
  g_free (self->id);
  g_free (self->client_id);
  g_free (self->sender_id);
  g_free (self->sender_name);
  g_free (self->content);
  g_free (self->reply_to);
  g_free (self);
}

/* Reads the one number that @statement answers; FALSE with @error set when it failed, FALSE without when there is none. */
static gboolean
read_number (sqlite3_stmt  *statement,
             gint64        *number,
             GError       **error)
{
  if (!chat_statement_next (statement, error))
    return FALSE;

  *number = chat_statement_get_number (statement, 0, 0);
  chat_statement_end (statement);

  return TRUE;
}

/* The row of the room, which is begun where nothing is known of it yet. */
gboolean
chat_record_find_room (ChatDatabase  *database,
                       const char    *room_id,
                       gint64        *room,
                       GError       **error)
{
  sqlite3_stmt *statement =
    chat_database_prepare (database, "INSERT INTO room (id, name) VALUES (?1, ?1)"
                                     " ON CONFLICT (id) DO UPDATE SET id = id RETURNING number", error);

  chat_statement_bind_text (statement, 1, room_id);

  return read_number (statement, room, error);
}

/* A name that is not said does not take away the one that was. */
static gboolean
find_person (ChatDatabase  *database,
             const char    *id,
             const char    *name,
             gint64        *person,
             GError       **error)
{
  sqlite3_stmt *statement =
    chat_database_prepare (database, "SELECT number FROM person WHERE id = ?1 AND (?2 IS NULL OR name IS ?2)", error);
  g_autoptr(GError) problem = NULL;

  chat_statement_bind_text (statement, 1, id);
  chat_statement_bind_text (statement, 2, name);
  if (read_number (statement, person, &problem))
    return TRUE;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  statement = chat_database_prepare (database, "INSERT INTO person (id, name) VALUES (?1, ?2)"
                                               " ON CONFLICT (id) DO UPDATE SET name = ?2 RETURNING number", error);
  chat_statement_bind_text (statement, 1, id);
  chat_statement_bind_text (statement, 2, name);

  return read_number (statement, person, error);
}

static void
bind_record (sqlite3_stmt     *statement,
             const ChatRecord *record,
             gint64            sender)
{
  chat_statement_bind_number (statement, 2, record->place.place);
  if (record->seq != CHAT_NO_SEQ)
    chat_statement_bind_number (statement, 3, record->seq);
  chat_statement_bind_text (statement, 4, record->client_id);
  chat_statement_bind_number (statement, 5, sender);
  chat_statement_bind_text (statement, 6, record->content);
  chat_statement_bind_number (statement, 7, record->timestamp);
  chat_statement_bind_number (statement, 8, record->edited_at);
  chat_statement_bind_text (statement, 9, record->reply_to);
  chat_statement_bind_number (statement, 10, record->flags);
}

/* The first number from @number on that no message has. */
static gboolean
find_free_number (ChatDatabase  *database,
                  gint64        *number,
                  GError       **error)
{
  g_autoptr(GError) problem = NULL;
  gint64 taken = 0;

  while (TRUE)
    {
      sqlite3_stmt *statement = chat_database_prepare (database, "SELECT number FROM message WHERE number = ?", error);

      if (statement == NULL)
        return FALSE;

      chat_statement_bind_number (statement, 1, *number);
      if (!read_number (statement, &taken, &problem))
        break;

      *number = *number < G_MAXINT64 ? *number + 1 : 0;
    }

  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

/* A server that was set up anew gives a number to another message: what had it is not there any more. */
static gboolean
make_way (ChatDatabase      *database,
          gint64             room,
          const ChatRecord  *record,
          GError           **error)
{
  sqlite3_stmt *statement = NULL;

  if (record->seq == CHAT_NO_SEQ)
    return TRUE;

  statement = chat_database_prepare (database, "DELETE FROM message WHERE room = ? AND place = ? AND seq = place", error);
  chat_statement_bind_number (statement, 1, room);
  chat_statement_bind_number (statement, 2, record->seq);

  return chat_statement_do (statement, error);
}

static gboolean
insert (ChatDatabase      *database,
        gint64             room,
        const ChatRecord  *record,
        gint64             sender,
        GError           **error)
{
  gint64 number = record->place.number;
  sqlite3_stmt *statement = NULL;

  if (!make_way (database, room, record, error) || !find_free_number (database, &number, error))
    return FALSE;

  statement = chat_database_prepare (database,
                                     "INSERT INTO message (number, place, seq, client_id, sender, content, timestamp, edited_at,"
                                     " reply_to, flags, room, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                                     error);
  bind_record (statement, record, sender);
  chat_statement_bind_number (statement, 1, number);
  chat_statement_bind_number (statement, 11, room);
  chat_statement_bind_text (statement, 12, record->id);

  return chat_statement_do (statement, error);
}

/* A message that is there already is as the server tells it now. What the server wrote down before it was edited or deleted may come
 * after that, and takes nothing back. */
static gboolean
update (ChatDatabase      *database,
        gint64             number,
        const ChatRecord  *record,
        gint64             sender,
        GError           **error)
{
  sqlite3_stmt *statement =
    chat_database_prepare (database,
                           "UPDATE message SET place = ifnull (?3, ifnull (seq, ?2)), seq = ifnull (?3, seq),"
                           " client_id = ifnull (?4, client_id), sender = ?5, timestamp = ?7, reply_to = ?9,"
                           " content = CASE WHEN ?10 & 4 OR (flags & 4 = 0 AND edited_at <= ?8) THEN ?6 ELSE content END,"
                           " flags = CASE WHEN ?10 & 4 OR (flags & 4 = 0 AND edited_at <= ?8) THEN ?10 ELSE flags END,"
                           " edited_at = max (edited_at, ?8) WHERE number = ?1", error);

  bind_record (statement, record, sender);
  chat_statement_bind_number (statement, 1, number);

  return chat_statement_do (statement, error);
}

gboolean
chat_record_put (ChatDatabase      *database,
                 gint64             room,
                 const ChatRecord  *record,
                 GError           **error)
{
  g_autoptr(GError) problem = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 number = 0;
  gint64 sender = 0;

  if (!find_person (database, record->sender_id, record->sender_name, &sender, error))
    return FALSE;

  statement = chat_database_prepare (database, "SELECT number FROM message WHERE id = ? AND room = ?", error);
  if (statement == NULL)
    return FALSE;

  chat_statement_bind_text (statement, 1, record->id);
  chat_statement_bind_number (statement, 2, room);
  if (read_number (statement, &number, &problem))
    return update (database, number, record, sender, error);

  if (problem == NULL)
    return insert (database, room, record, sender, error);

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

/* (transfer full): from a row of CHAT_RECORD_COLUMNS */
ChatMessage *
chat_record_read_message (sqlite3_stmt *statement,
                          const char   *room_id)
{
  g_autofree char *id = chat_statement_dup_text (statement, 1);
  g_autofree char *client_id = chat_statement_dup_text (statement, 2);
  g_autofree char *sender_id = chat_statement_dup_text (statement, 3);
  g_autofree char *sender_name = chat_statement_dup_text (statement, 4);
  g_autofree char *content = chat_statement_dup_text (statement, 5);
  g_autofree char *reply_to = chat_statement_dup_text (statement, 9);
  guint flags = (guint) chat_statement_get_number (statement, 10, 0);
  ChatMessage *message = chat_message_new (id, room_id, sender_id, sender_name, content,
                                           chat_statement_get_number (statement, 6, 0),
                                           chat_statement_get_number (statement, 7, CHAT_NO_SEQ));

  chat_message_set_number (message, chat_statement_get_number (statement, 0, CHAT_NO_NUMBER));
  chat_message_set_client_id (message, client_id);
  chat_message_set_own (message, (flags & CHAT_RECORD_OWN) != 0);
  chat_message_set_mentions_me (message, (flags & CHAT_RECORD_MENTIONS_ME) != 0);
  chat_message_set_reply_to (message, reply_to);
  chat_message_set_edited_at (message, chat_statement_get_number (statement, 8, 0));
  if (flags & CHAT_RECORD_DELETED)
    chat_message_set_deleted (message);

  return message;
}
