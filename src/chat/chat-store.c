/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "chat-error.h"
#include "chat-store-private.h"
#include "chat-store-salvage-private.h"
#include "chat-store-schema-private.h"

/**
 * ChatStore:
 *
 * One SQLite file for each account. A thread of its own writes; the thread that opened the store reads, over a connection of its
 * own, and never waits for the writer: the file is in WAL mode.
 */

enum
{
  PROP_0,
  PROP_PATH,
  PROP_NOTICE,
  N_PROPS
};

enum
{
  PROBLEM,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (ChatStore, chat_store, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
chat_store_finalize (GObject *object)
{
  ChatStore *self = CHAT_STORE (object);

  chat_store_close (self);
  g_free (self->path);
  g_free (self->notice);
  g_hash_table_unref (self->reported);

  G_OBJECT_CLASS (chat_store_parent_class)->finalize (object);
}

static void
chat_store_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  ChatStore *self = CHAT_STORE (object);

  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;

    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_store_class_init (ChatStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = chat_store_finalize;
  object_class->get_property = chat_store_get_property;

  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PROBLEM] =
    g_signal_new ("problem", CHAT_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
chat_store_init (ChatStore *self)
{
  self->reported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Found while the file is in use: it is set aside when it is opened the next time. */
static void
mark_damaged (ChatStore *self)
{
  g_autofree char *mark = chat_store_damage_mark (self->path);

  g_file_set_contents (mark, "", 0, NULL);
}

void
chat_store_report (ChatStore    *self,
                   const GError *error)
{
  if (!g_hash_table_add (self->reported, g_strdup (error->message)))
    return;

  if (chat_database_is_damage (error))
    mark_damaged (self);

  g_message ("%s", error->message);
  g_signal_emit (self, signals[PROBLEM], 0, error);
}

static void
problem_cb (GObject      *owner,
            const GError *error)
{
  chat_store_report (CHAT_STORE (owner), error);
}

/* Only its owner reads what is kept. SQLite gives its other files the same rights. */
static gboolean
create_private_file (const char  *path,
                     GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0 || fchmod (fd, 0600) != 0)
    {
      int code = errno;

      if (fd >= 0)
        close (fd);
      g_set_error (error, CHAT_ERROR, CHAT_ERROR_STORE,
                   _("The conversations cannot be kept on this computer: %s"), g_strerror (code));
      return FALSE;
    }

  close (fd);

  return TRUE;
}

static ChatDatabase *
open_writable (const char  *path,
               GError     **error)
{
  g_autoptr(ChatDatabase) database = NULL;

  if (!create_private_file (path, error))
    return NULL;

  database = chat_database_open (path, TRUE, error);
  if (database == NULL ||
      !chat_database_run (database, "PRAGMA journal_mode = WAL", error) ||
      /* SQLite before 3.41 lets triggers write to the index of the words only so. What else a schema could do with it is harmless
       * too: no function that is there touches anything but its arguments. */
      !chat_database_run (database, "PRAGMA trusted_schema = ON", error) ||
      !chat_store_schema_migrate (database, error))
    return NULL;

  return g_steal_pointer (&database);
}

static gboolean
was_found_damaged (const char *path)
{
  g_autofree char *mark = chat_store_damage_mark (path);

  return g_file_test (mark, G_FILE_TEST_EXISTS);
}

/* A file that is damaged is set aside, and what was in it and not sent yet goes over into the new one. */
static ChatDatabase *
open_or_begin_anew (const char  *path,
                    char       **notice,
                    GError     **error)
{
  g_autoptr(ChatDatabase) database = NULL;
  g_autoptr(GError) problem = NULL;
  g_autofree char *aside = NULL;

  if (!was_found_damaged (path))
    database = open_writable (path, &problem);

  if (database != NULL)
    return g_steal_pointer (&database);

  if (problem != NULL && !chat_database_is_damage (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  aside = chat_store_set_aside (path, error);
  if (aside == NULL)
    return NULL;

  database = open_writable (path, error);
  if (database == NULL)
    return NULL;

  chat_store_salvage (database, aside);
  *notice = g_strdup_printf (_("The conversations on this computer were damaged, and are loaded anew. "
                               "The damaged file was kept as “%s”."), aside);

  return g_steal_pointer (&database);
}

/**
 * chat_store_open:
 * @path: the account's file, from chat_store_path_for()
 * @error: return location for a #GError
 *
 * Opens what an account has kept, or begins it.
 *
 * Returns: (nullable) (transfer full): the store
 */
ChatStore *
chat_store_open (const char  *path,
                 GError     **error)
{
  g_autoptr(ChatStore) self = NULL;
  ChatDatabase *database = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CHAT_TYPE_STORE, NULL);
  self->path = g_strdup (path);

  database = open_or_begin_anew (path, &self->notice, error);
  if (database == NULL)
    return NULL;

  self->writer = chat_store_writer_new (database, G_OBJECT (self), problem_cb);
  self->reader = chat_database_open (path, FALSE, error);
  if (self->reader == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * chat_store_open_unkept:
 * @error: return location for a #GError
 *
 * Opens a store that ends with the program, for an account that is not to be kept.
 *
 * Returns: (nullable) (transfer full): the store
 */
ChatStore *
chat_store_open_unkept (GError **error)
{
  ChatStoreUnkept *unkept = chat_store_unkept_new (error);
  g_autofree char *path = NULL;
  ChatStore *self = NULL;

  if (unkept == NULL)
    return NULL;

  path = chat_store_unkept_dup_path (unkept);
  self = chat_store_open (path, error);
  if (self != NULL)
    self->unkept = unkept;
  else
    chat_store_unkept_free (unkept);

  return self;
}

const char *
chat_store_get_path (ChatStore *self)
{
  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);

  return self->path;
}

const char *
chat_store_get_notice (ChatStore *self)
{
  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);

  return self->notice;
}

/**
 * chat_store_close:
 * @self: a store
 *
 * Writes what waits, and lets go of the file. This blocks until it is done. A store that was closed reads and writes nothing.
 */
void
chat_store_close (ChatStore *self)
{
  g_return_if_fail (CHAT_IS_STORE (self));

  g_clear_pointer (&self->searcher, chat_store_searcher_free);
  g_clear_pointer (&self->reader, chat_database_free);
  g_clear_pointer (&self->writer, chat_store_writer_free);

  g_clear_pointer (&self->unkept, chat_store_unkept_free);
}

void
chat_store_write (ChatStore      *self,
                  ChatStoreWrite  write,
                  gpointer        data,
                  GDestroyNotify  destroy)
{
  if (self->writer != NULL)
    chat_store_writer_push (self->writer, write, data, destroy, CHAT_STORE_KEPT, NULL);
  else if (destroy != NULL)
    destroy (data);
}

/* Takes @task. */
void
chat_store_write_task (ChatStore           *self,
                       ChatStoreWrite       write,
                       gpointer             data,
                       GDestroyNotify       destroy,
                       ChatStoreDurability  durability,
                       GTask               *task)
{
  if (self->writer != NULL)
    {
      chat_store_writer_push (self->writer, write, data, destroy, durability, task);
      return;
    }

  if (destroy != NULL)
    destroy (data);
  g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_STORE, _("You were signed out."));
  g_object_unref (task);
}

/**
 * chat_store_flush_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the writing
 * @callback: called when all that was asked to be written before is in the file
 * @user_data: for @callback
 */
void
chat_store_flush_async (ChatStore           *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHAT_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_store_flush_async);
  chat_store_write_task (self, NULL, NULL, NULL, CHAT_STORE_KEPT, task);
}

gboolean
chat_store_flush_finish (ChatStore     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * chat_store_path_for:
 * @folder: where accounts are kept
 * @address: the server's
 * @user: the user's id, or else their name
 *
 * Returns: (transfer full): where that account's conversations are
 */
char *
chat_store_path_for (const char *folder,
                     const char *address,
                     const char *user)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *name = NULL;

  g_return_val_if_fail (folder != NULL && address != NULL && user != NULL, NULL);

  /* Neither is fit to be a file's name. With the final zero of the first, no two pairs are the same bytes. */
  g_checksum_update (checksum, (const guchar *) address, (gssize) strlen (address) + 1);
  g_checksum_update (checksum, (const guchar *) user, -1);
  name = g_strdup_printf ("%.32s.db", g_checksum_get_string (checksum));

  return g_build_filename (folder, name, NULL);
}

/**
 * chat_store_delete:
 * @path: a store's file; the store has to be closed
 * @error: return location for a #GError
 *
 * Deletes what an account has kept, also what was set aside of it.
 *
 * Returns: whether nothing of it is left
 */
gboolean
chat_store_delete (const char  *path,
                   GError     **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GDir) entries = NULL;
  const char *entry = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  entries = g_dir_open (folder, 0, NULL);

  while (entries != NULL && (entry = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, entry, NULL);

      if (!g_str_has_prefix (entry, name) || g_unlink (file) == 0 || errno == ENOENT)
        continue;

      g_set_error (error, CHAT_ERROR, CHAT_ERROR_STORE,
                   _("The conversations on this computer cannot be deleted: %s"), g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}
