/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "full-disk.h"

gboolean
full_disk_fill (ChatDatabase  *database,
                gpointer       data,
                GError       **error)
{
  g_autofree char *sql = NULL;
  gint64 n_pages = chat_database_read_pragma (database, "PRAGMA page_count", error);

  sql = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT, n_pages);

  return n_pages > 0 && chat_database_run (database, sql, error);
}

gboolean
full_disk_empty (ChatDatabase  *database,
                 gpointer       data,
                 GError       **error)
{
  return chat_database_run (database, "PRAGMA max_page_count = 1000000", error);
}
