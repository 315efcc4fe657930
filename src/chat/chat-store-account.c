/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of the account and is no room's. */

#include "config.h"

#include "chat-store-private.h"

#define SERVER_NAME "server-name"

typedef struct
{
  const char *name;
  char       *value;
} Fact;

static void
fact_free (gpointer data)
{
  Fact *fact = data;

  g_free (fact->value);
  g_free (fact);
}

static gboolean
put_fact (ChatDatabase  *database,
          gpointer       data,
          GError       **error)
{
  const Fact *fact = data;
  sqlite3_stmt *statement = NULL;

  if (fact->value != NULL)
    statement = chat_database_prepare (database, "INSERT OR REPLACE INTO account (name, value) VALUES (?, ?)", error);
  else
    statement = chat_database_prepare (database, "DELETE FROM account WHERE name = ?", error);

  chat_statement_bind_text (statement, 1, fact->name);
  if (fact->value != NULL)
    chat_statement_bind_text (statement, 2, fact->value);

  return chat_statement_do (statement, error);
}

/**
 * chat_store_put_server_name:
 * @self: a store
 * @server_name: (nullable): what the server calls itself; %NULL when it says nothing of that
 *
 * Keeps the name of the account's server.
 */
void
chat_store_put_server_name (ChatStore  *self,
                            const char *server_name)
{
  Fact *fact = NULL;

  g_return_if_fail (CHAT_IS_STORE (self));

  fact = g_new0 (Fact, 1);
  fact->name = SERVER_NAME;
  fact->value = g_strdup (server_name);
  chat_store_write (self, put_fact, fact, fact_free);
}

/**
 * chat_store_read_server_name:
 * @self: a store
 *
 * Returns: (nullable) (transfer full): what the server called itself when it was last heard
 */
char *
chat_store_read_server_name (ChatStore *self)
{
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement = NULL;
  char *server_name = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);

  if (self->reader == NULL)
    return NULL;

  statement = chat_database_prepare (self->reader, "SELECT value FROM account WHERE name = ?", &error);
  chat_statement_bind_text (statement, 1, SERVER_NAME);
  if (chat_statement_next (statement, &error))
    server_name = chat_statement_dup_text (statement, 0);
  chat_statement_end (statement);

  if (error != NULL)
    chat_store_report (self, error);

  return server_name;
}
