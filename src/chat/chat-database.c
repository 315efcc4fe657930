/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-database-private.h"
#include "chat-error.h"
#include "chat-search-index-private.h"

/* Another program that has the file open, or a check-point of ours, is waited for. */
#define BUSY_MS 5000

/* What SQLite may keep of the file for each connection. */
#define CACHE_KIB 1024

struct _ChatDatabase
{
  sqlite3    *handle;
  GHashTable *statements;
};

static void
set_error (sqlite3  *handle,
           int       code,
           GError  **error)
{
  ChatError kind = CHAT_ERROR_STORE;

  if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
    kind = CHAT_ERROR_STORE_DAMAGED;

  if ((code & 0xff) == SQLITE_FULL)
    g_set_error_literal (error, CHAT_ERROR, kind, _("There is no room left on the disk."));
  else
    g_set_error (error, CHAT_ERROR, kind, _("The conversations on this computer cannot be read or written: %s"),
                 handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (code));
}

gboolean
chat_database_is_damage (const GError *error)
{
  return g_error_matches (error, CHAT_ERROR, CHAT_ERROR_STORE_DAMAGED);
}

ChatDatabase *
chat_database_open (const char  *path,
                    gboolean     writable,
                    GError     **error)
{
  g_autoptr(ChatDatabase) self = g_new0 (ChatDatabase, 1);
  int flags = writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  int code = 0;

  self->statements = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) sqlite3_finalize);

  /* Each connection belongs to one thread: SQLite need not lock for that. */
  code = sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      set_error (self->handle, code, error);
      return NULL;
    }

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_MS);
  code = chat_search_index_register (self->handle);
  if (code != SQLITE_OK)
    {
      set_error (self->handle, code, error);
      return NULL;
    }

  if (!chat_database_run (self, "PRAGMA foreign_keys = ON", error) ||
      /* By the sign SQLite tells KiB from pages. */
      !chat_database_run (self, "PRAGMA cache_size = -" G_STRINGIFY (CACHE_KIB), error) ||
      !chat_database_run (self, "PRAGMA trusted_schema = OFF", error))
    return NULL;

  return g_steal_pointer (&self);
}

void
chat_database_free (ChatDatabase *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

sqlite3 *
chat_database_get_handle (ChatDatabase *self)
{
  return self->handle;
}

/* All statements of @sql, without parameters. */
gboolean
chat_database_run (ChatDatabase  *self,
                   const char    *sql,
                   GError       **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    set_error (self->handle, code, error);

  return code == SQLITE_OK;
}

/* The one number that a pragma answers, or -1. */
gint64
chat_database_read_pragma (ChatDatabase  *self,
                           const char    *sql,
                           GError       **error)
{
  sqlite3_stmt *statement = chat_database_prepare (self, sql, error);
  gint64 number = -1;

  if (chat_statement_next (statement, error))
    number = chat_statement_get_number (statement, 0, -1);
  chat_statement_end (statement);

  return number;
}

/* (transfer none) (nullable): a statement, ready to be bound */
sqlite3_stmt *
chat_database_prepare (ChatDatabase  *self,
                       const char    *sql,
                       GError       **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  int code = 0;

  if (statement != NULL)
    {
      chat_statement_end (statement);
      return statement;
    }

  code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      set_error (self->handle, code, error);
      return NULL;
    }

  g_hash_table_insert (self->statements, (gpointer) sql, statement);

  return statement;
}

/* The text has to live until the statement has run. */
void
chat_statement_bind_text (sqlite3_stmt *statement,
                          int           parameter,
                          const char   *text)
{
  if (statement != NULL)
    sqlite3_bind_text (statement, parameter, text, -1, SQLITE_STATIC);
}

void
chat_statement_bind_number (sqlite3_stmt *statement,
                            int           parameter,
                            gint64        number)
{
  if (statement != NULL)
    sqlite3_bind_int64 (statement, parameter, number);
}

void
chat_statement_bind_null (sqlite3_stmt *statement,
                          int           parameter)
{
  if (statement != NULL)
    sqlite3_bind_null (statement, parameter);
}

/* TRUE when there is a row to read; FALSE at the end, and with @error set when it failed. A statement that could not be prepared
 * has set the error already. */
gboolean
chat_statement_next (sqlite3_stmt  *statement,
                     GError       **error)
{
  int code = 0;

  if (statement == NULL)
    return FALSE;

  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    return TRUE;

  if (code != SQLITE_DONE)
    set_error (sqlite3_db_handle (statement), code, error);
  chat_statement_end (statement);

  return FALSE;
}

/* For a statement that answers nothing. */
gboolean
chat_statement_do (sqlite3_stmt  *statement,
                   GError       **error)
{
  int code = 0;

  if (statement == NULL)
    return FALSE;

  do
    code = sqlite3_step (statement);
  while (code == SQLITE_ROW);

  if (code != SQLITE_DONE)
    set_error (sqlite3_db_handle (statement), code, error);
  chat_statement_end (statement);

  return code == SQLITE_DONE;
}

/* Lets go of the rows and of what was bound. A statement that was begun and not ended would keep old pages alive. */
void
chat_statement_end (sqlite3_stmt *statement)
{
  if (statement == NULL)
    return;

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

const char *
chat_statement_get_text (sqlite3_stmt *statement,
                         int           column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

/* A file that somebody changed may hold anything: what is no text is none. */
char *
chat_statement_dup_text (sqlite3_stmt *statement,
                         int           column)
{
  const char *text = chat_statement_get_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

gint64
chat_statement_get_number (sqlite3_stmt *statement,
                           int           column,
                           gint64        when_null)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return when_null;

  return sqlite3_column_int64 (statement, column);
}
