/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "chat-error.h"
#include "chat-keyring.h"

#define ATTRIBUTE_ADDRESS "address"
#define ATTRIBUTE_USERNAME "username"

static const SecretSchema schema = {
  .name = "chat.enfilade.Enfilade",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { ATTRIBUTE_ADDRESS, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { ATTRIBUTE_USERNAME, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static gboolean
has_service (const GError *error)
{
  return !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) &&
         !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) &&
         !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) &&
         !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_EXITED) &&
         !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED) &&
         !g_error_matches (error, SECRET_ERROR, SECRET_ERROR_PROTOCOL) &&
         error->domain != G_SPAWN_ERROR &&
         error->domain != G_IO_ERROR;
}

/* Ends @task with the error, in words where there is no secret service. Takes @error over. */
static void
fail (GTask  *task,
      GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || has_service (error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_debug ("No secret service: %s", error->message);
  g_error_free (error);
  g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_UNSUPPORTED,
                           _("There is no keyring here, so you are signed in until the app is closed."));
}

/* libsecret can keep its secrets in other places than a service; these need no bus.
 * Without a bus address GDBus would start a bus of its own, which takes long and has no secret service. */
static gboolean
check_bus (GTask *task)
{
  g_autofree char *socket = NULL;

  if (g_getenv ("SECRET_BACKEND") != NULL || g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL)
    return TRUE;

  socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);
  if (g_file_test (socket, G_FILE_TEST_EXISTS))
    return TRUE;

  fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no session bus"));
  return FALSE;
}

static GHashTable *
make_attributes (const char *address,
                 const char *username)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) ATTRIBUTE_ADDRESS, g_strdup (address));
  if (username != NULL)
    g_hash_table_insert (attributes, (gpointer) ATTRIBUTE_USERNAME, g_strdup (username));

  return attributes;
}

/* What is kept beside the token, so that the account is known before the server is asked. */
static char *
credentials_to_secret (ChatCredentials *credentials)
{
  const char *user_id = chat_credentials_get_user_id (credentials);
  const char *username = chat_credentials_get_username (credentials);
  GVariantDict dict;
  g_autoptr(GVariant) variant = NULL;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "token", "s", chat_credentials_get_token (credentials));
  g_variant_dict_insert (&dict, "expires-at", "x", chat_credentials_get_expires_at (credentials));
  g_variant_dict_insert (&dict, "is-admin", "b", chat_credentials_get_is_admin (credentials));
  if (user_id != NULL)
    g_variant_dict_insert (&dict, "user-id", "s", user_id);
  if (username != NULL)
    g_variant_dict_insert (&dict, "username", "s", username);
  variant = g_variant_ref_sink (g_variant_dict_end (&dict));

  return g_variant_print (variant, TRUE);
}

static ChatCredentials *
credentials_from_secret (const char  *address,
                         const char  *secret,
                         GError     **error)
{
  g_autoptr(GVariant) variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, secret, NULL, NULL, NULL);
  g_autoptr(ChatCredentials) credentials = NULL;
  const char *token = NULL;
  const char *user_id = NULL;
  const char *username = NULL;
  gint64 expires_at = 0;
  gboolean is_admin = FALSE;

  if (variant == NULL || !g_variant_lookup (variant, "token", "&s", &token) || *token == '\0')
    {
      g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_INVALID, _("What the keyring has for this account cannot be read."));
      return NULL;
    }

  g_variant_lookup (variant, "expires-at", "x", &expires_at);
  g_variant_lookup (variant, "is-admin", "b", &is_admin);
  g_variant_lookup (variant, "user-id", "&s", &user_id);
  g_variant_lookup (variant, "username", "&s", &username);

  credentials = chat_credentials_new (address, token, expires_at);
  chat_credentials_set_user (credentials, user_id, username, is_admin);

  return g_steal_pointer (&credentials);
}

static void
store_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    fail (task, error);
}

/**
 * chat_keyring_store_async:
 * @credentials: what is to be kept
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Keeps a token until the next run.
 */
void
chat_keyring_store_async (ChatCredentials     *credentials,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GHashTable) attributes = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *label = NULL;
  const char *address = NULL;
  const char *username = NULL;

  g_return_if_fail (CHAT_IS_CREDENTIALS (credentials));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_keyring_store_async);
  if (!check_bus (task))
    return;

  address = chat_credentials_get_address (credentials);
  username = chat_credentials_get_username (credentials);
  attributes = make_attributes (address, username);
  secret = credentials_to_secret (credentials);
  /* Translators: The first is the user’s name, the second the server’s address. Shown in the keyring. */
  label = g_strdup_printf (_("Enfilade: %s at %s"), username != NULL ? username : _("Account"), address);

  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret,
                          cancellable, store_cb, g_steal_pointer (&task));
}

gboolean
chat_keyring_store_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
retrieve_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(SecretValue) value = NULL;
  ChatCredentials *credentials = NULL;
  GError *error = NULL;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  if (value != NULL && secret_value_get_text (value) != NULL)
    credentials = credentials_from_secret (g_task_get_task_data (task), secret_value_get_text (value), &error);

  if (error != NULL)
    fail (task, error);
  else
    g_task_return_pointer (task, credentials, g_object_unref);
}

/* The account used last is the one that was stored last. */
static SecretRetrievable *
find_newest (GList *items)
{
  SecretRetrievable *newest = NULL;

  for (GList *l = items; l != NULL; l = l->next)
    {
      if (newest == NULL ||
          secret_retrievable_get_modified (l->data) > secret_retrievable_get_modified (newest))
        newest = l->data;
    }

  return newest;
}

static void
search_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  SecretRetrievable *newest = NULL;
  GList *items = NULL;
  GError *error = NULL;

  items = secret_password_search_finish (result, &error);
  newest = find_newest (items);

  if (error != NULL)
    fail (task, error);
  else if (newest == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    secret_retrievable_retrieve_secret (newest, cancellable, retrieve_cb, g_steal_pointer (&task));

  g_list_free_full (items, g_object_unref);
}

/**
 * chat_keyring_lookup_async:
 * @address: a server's normalised address
 * @username: (nullable): whose account, or %NULL for the one that was used last
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks for a token that was kept in an earlier run.
 */
void
chat_keyring_lookup_async (const char          *address,
                           const char          *username,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GHashTable) attributes = NULL;

  g_return_if_fail (address != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_keyring_lookup_async);
  g_task_set_task_data (task, g_strdup (address), g_free);
  if (!check_bus (task))
    return;

  attributes = make_attributes (address, username);
  secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK,
                           cancellable, search_cb, g_steal_pointer (&task));
}

/**
 * chat_keyring_lookup_finish:
 * @result: what was given to the callback
 * @error: return location for a #GError
 *
 * Returns: (nullable) (transfer full): what was kept; %NULL without an error when there is nothing
 */
ChatCredentials *
chat_keyring_lookup_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
clear_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  /* FALSE without an error is nothing to forget, which is as it should be. */
  secret_password_clear_finish (result, &error);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    fail (task, error);
}

/**
 * chat_keyring_forget_async:
 * @credentials: what is to be forgotten
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Removes a token that was kept.
 */
void
chat_keyring_forget_async (ChatCredentials     *credentials,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GHashTable) attributes = NULL;

  g_return_if_fail (CHAT_IS_CREDENTIALS (credentials));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_keyring_forget_async);
  if (!check_bus (task))
    return;

  attributes = make_attributes (chat_credentials_get_address (credentials), chat_credentials_get_username (credentials));
  secret_password_clearv (&schema, attributes, cancellable, clear_cb, g_steal_pointer (&task));
}

gboolean
chat_keyring_forget_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
