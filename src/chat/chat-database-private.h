/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* One connection to an SQLite file, used by one thread at a time. A statement is compiled once; its text is its name, so it has to
 * be a constant of the program. */
typedef struct _ChatDatabase ChatDatabase;

ChatDatabase *chat_database_open         (const char    *path,
                                          gboolean       writable,
                                          GError       **error);
void          chat_database_free         (ChatDatabase  *self);
sqlite3      *chat_database_get_handle   (ChatDatabase  *self);
gboolean      chat_database_run          (ChatDatabase  *self,
                                          const char    *sql,
                                          GError       **error);
gint64        chat_database_read_pragma  (ChatDatabase  *self,
                                          const char    *sql,
                                          GError       **error);
sqlite3_stmt *chat_database_prepare      (ChatDatabase  *self,
                                          const char    *sql,
                                          GError       **error);
gboolean      chat_database_is_damage    (const GError  *error);

/* A statement that was prepared: what it is given, what it does, what it says. A statement of NULL, which could not be prepared,
 * is passed over, so that a series of calls is checked once, at its end. Columns count from 0, parameters from 1. */
void          chat_statement_bind_text   (sqlite3_stmt  *statement,
                                          int            parameter,
                                          const char    *text);
void          chat_statement_bind_number (sqlite3_stmt  *statement,
                                          int            parameter,
                                          gint64         number);
void          chat_statement_bind_null   (sqlite3_stmt  *statement,
                                          int            parameter);
gboolean      chat_statement_next        (sqlite3_stmt  *statement,
                                          GError       **error);
gboolean      chat_statement_do          (sqlite3_stmt  *statement,
                                          GError       **error);
void          chat_statement_end         (sqlite3_stmt  *statement);
char         *chat_statement_dup_text    (sqlite3_stmt  *statement,
                                          int            column);
const char   *chat_statement_get_text    (sqlite3_stmt  *statement,
                                          int            column);
gint64        chat_statement_get_number  (sqlite3_stmt  *statement,
                                          int            column,
                                          gint64         when_null);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatDatabase, chat_database_free)

G_END_DECLS
