/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A search reads some hundred pages that lie anywhere in the file. Where the disk has to fetch each of them that takes longer than all
 * the rest; in its order the whole file comes within the time in which somebody types the first letters. It comes into the memory that
 * the system has to spare, and is none of ours: a map of the file would be, and would end the program where the disk fails. */

#include "config.h"

#include <unistd.h>

#include "chat-store-ahead-private.h"

/* Whoever searches meanwhile waits no longer than for one of these. */
#define PIECE_BYTES (256 * 1024)

/* Where the memory is small others need it more. The newest is at the end, and mostly what is looked for. */
#define PART_OF_MEMORY 8

static gint64
get_memory_size (void)
{
  long n_pages = sysconf (_SC_PHYS_PAGES);
  long page_size = sysconf (_SC_PAGESIZE);

  return n_pages > 0 && page_size > 0 ? (gint64) n_pages * page_size : 0;
}

/* (nullable): SQLite's own. To open the file once more, and to close it, would take SQLite's locks away. */
static sqlite3_file *
get_file (ChatDatabase *database)
{
  sqlite3_file *file = NULL;

  if (sqlite3_file_control (chat_database_get_handle (database), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      file == NULL || file->pMethods == NULL)
    return NULL;

  return file;
}

void
chat_store_ahead_begin (ChatStoreAhead *self,
                        ChatDatabase   *database)
{
  sqlite3_file *file = get_file (database);
  sqlite3_int64 size = 0;

  chat_store_ahead_end (self);
  if (file == NULL || file->pMethods->xFileSize (file, &size) != SQLITE_OK)
    return;

  self->end = size;
  self->at = MAX (size - get_memory_size () / PART_OF_MEMORY, 0);
}

/* Reads the next piece. Returns: whether there is another one. What goes wrong, the search will tell when it comes there. */
gboolean
chat_store_ahead_read (ChatStoreAhead *self,
                       ChatDatabase   *database)
{
  sqlite3_file *file = self->at < self->end ? get_file (database) : NULL;
  int length = (int) MIN (self->end - self->at, PIECE_BYTES);

  if (self->piece == NULL)
    self->piece = g_malloc (PIECE_BYTES);

  if (file == NULL || file->pMethods->xRead (file, self->piece, length, self->at) != SQLITE_OK)
    {
      chat_store_ahead_end (self);
      return FALSE;
    }

  self->at += length;

  return self->at < self->end;
}

void
chat_store_ahead_end (ChatStoreAhead *self)
{
  g_clear_pointer (&self->piece, g_free);
  self->at = 0;
  self->end = 0;
}
