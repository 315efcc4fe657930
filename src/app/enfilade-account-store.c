/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-account-store.h"

#include <glib/gi18n.h>

#include "enfilade-settings.h"

/**
 * enfilade_account_store_dup_path:
 * @address: the server's address
 * @user: what names the account there
 *
 * Returns: (transfer full): the file of the account; a profile has files of its own
 */
char *
enfilade_account_store_dup_path (const char *address,
                                 const char *user)
{
  const char *profile = enfilade_settings_get_profile ();
  g_autofree char *folder = NULL;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  if (profile != NULL)
    folder = g_build_filename (g_get_user_data_dir (), "enfilade", "profiles", profile, "accounts", NULL);
  else
    folder = g_build_filename (g_get_user_data_dir (), "enfilade", "accounts", NULL);

  return chat_store_path_for (folder, address, user);
}

/**
 * enfilade_account_store_is_kept:
 * @path: the file of an account
 *
 * Returns: whether something of the account was kept there
 */
gboolean
enfilade_account_store_is_kept (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/**
 * enfilade_account_store_open:
 * @path: the file of an account
 * @notice: (out) (nullable): what a person should know of that, in words
 *
 * Returns: (transfer full) (nullable): the store, or %NULL where the conversations cannot be kept, which @notice then says
 */
ChatStore *
enfilade_account_store_open (const char  *path,
                             char       **notice)
{
  g_autoptr(ChatStore) store = NULL;
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (notice != NULL && *notice == NULL, NULL);

  store = chat_store_open (path, &error);
  if (store == NULL)
    /* Translators: %s is a sentence that says why */
    *notice = g_strdup_printf (_("Your conversations cannot be kept on this computer. %s"), error->message);
  else
    *notice = g_strdup (chat_store_get_notice (store));

  return g_steal_pointer (&store);
}
