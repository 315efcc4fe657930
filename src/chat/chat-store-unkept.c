/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where an account is that is not to be kept: a folder in the place for what ends with the person's session, which is removed with
 * the store. A program that was killed leaves its folder behind, and the next one removes it: nobody holds its lock any more. */

#include "config.h"

#include "chat-store-unkept-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "chat-error.h"

#define PREFIX "unkept-"
#define LOCK "lock"

/* Another program may take a folder for abandoned whose lock is not held yet. */
#define MAX_ATTEMPTS 8

struct _ChatStoreUnkept
{
  char *folder;
  int   lock;
};

/* There are only files in it. */
static void
remove_folder (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }

  g_rmdir (path);
}

/* Returns: what holds the lock until it is closed, or -1 with errno */
static int
take_lock (const char *folder,
           int         flags)
{
  g_autofree char *path = g_build_filename (folder, LOCK, NULL);
  int lock = open (path, O_RDWR | O_CLOEXEC | flags, 0600);

  if (lock >= 0 && flock (lock, LOCK_EX | LOCK_NB) != 0)
    {
      int error = errno;

      close (lock);
      errno = error;
      return -1;
    }

  return lock;
}

static void
remove_abandoned (const char *parent)
{
  g_autoptr(GDir) folder = g_dir_open (parent, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (parent, name, NULL);
      int lock = g_str_has_prefix (name, PREFIX) ? take_lock (path, 0) : -1;

      if (lock < 0)
        continue;

      remove_folder (path);
      close (lock);
    }
}

static void
set_error (GError **error)
{
  g_set_error (error, CHAT_ERROR, CHAT_ERROR_STORE, _("The conversations cannot be kept on this computer: %s"),
               g_strerror (errno));
}

/* Returns: -1 with @error, or with none where another program was faster */
static int
make_folder (const char  *template,
             char       **folder,
             GError     **error)
{
  g_autofree char *path = g_strdup (template);
  int lock;

  if (g_mkdtemp_full (path, 0700) == NULL)
    {
      set_error (error);
      return -1;
    }

  lock = take_lock (path, O_CREAT);
  if (lock >= 0)
    *folder = g_steal_pointer (&path);
  else if (errno != EWOULDBLOCK && errno != ENOENT)
    {
      set_error (error);
      g_rmdir (path);
    }

  return lock;
}

static ChatStoreUnkept *
make_unkept (const char  *parent,
             GError     **error)
{
  g_autofree char *template = g_build_filename (parent, PREFIX "XXXXXX", NULL);
  g_autofree char *folder = NULL;
  g_autoptr(GError) local_error = NULL;
  ChatStoreUnkept *self;
  int lock = -1;

  for (guint i = 0; lock < 0 && local_error == NULL && i < MAX_ATTEMPTS; i++)
    lock = make_folder (template, &folder, &local_error);

  if (lock < 0)
    {
      if (local_error == NULL)
        set_error (&local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  self = g_new (ChatStoreUnkept, 1);
  self->folder = g_steal_pointer (&folder);
  self->lock = lock;

  return self;
}

/**
 * chat_store_unkept_new:
 * @error: return location for a #GError
 *
 * Makes a folder that others of this program leave alone, and removes those that were left behind.
 *
 * Returns: (nullable): the folder
 */
ChatStoreUnkept *
chat_store_unkept_new (GError **error)
{
  g_autofree char *parent = g_build_filename (g_get_user_runtime_dir (), "enfilade", NULL);
  ChatStoreUnkept *self;

  g_mkdir_with_parents (parent, 0700);
  remove_abandoned (parent);
  self = make_unkept (parent, NULL);

  /* Others may write there, so that nothing is looked for in it. */
  return self != NULL ? self : make_unkept (g_get_tmp_dir (), error);
}

/* Nobody uses its files any more. */
void
chat_store_unkept_free (ChatStoreUnkept *self)
{
  remove_folder (self->folder);
  close (self->lock);
  g_free (self->folder);
  g_free (self);
}

char *
chat_store_unkept_dup_path (ChatStoreUnkept *self)
{
  return g_build_filename (self->folder, "conversations.db", NULL);
}
