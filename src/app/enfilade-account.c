/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is signed in, and what of that is kept for the next run: the address and the name in the settings, the token in the
 * keyring. It is kept once the server has taken it, so that what never worked is not tried again.
 *
 * The conversations are kept in a store of the account. They are shown before anybody is asked for a token. */

#include "config.h"

#include "enfilade-account.h"

#include <glib/gi18n.h>

#include "chat-error.h"
#include "chat-keyring.h"
#include "enfilade-account-store.h"
#include "enfilade-settings.h"
#include "enfilade-soon.h"

struct _EnfiladeAccount
{
  GObject               parent_instance;

  GSettings            *settings;
  ChatSession          *session;
  GSignalGroup         *session_signals;
  GCancellable         *restoring;
  char                 *path;
  char                 *reason;
  char                 *notice;
  EnfiladeAccountState  state;
  gboolean              remember;
  gboolean              kept;
  guint                 lookup_id;
};

enum
{
  PROP_0,
  PROP_REASON,
  PROP_SESSION,
  PROP_SETTINGS,
  PROP_STATE,
  N_PROPS,
};

enum
{
  NOTICE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (EnfiladeAccountState, enfilade_account_state,
                    G_DEFINE_ENUM_VALUE (ENFILADE_ACCOUNT_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (ENFILADE_ACCOUNT_RESTORING, "restoring"),
                    G_DEFINE_ENUM_VALUE (ENFILADE_ACCOUNT_SIGNED_IN, "signed-in"),
                    G_DEFINE_ENUM_VALUE (ENFILADE_ACCOUNT_REFUSED, "refused"))

G_DEFINE_FINAL_TYPE (EnfiladeAccount, enfilade_account, G_TYPE_OBJECT)

static void
set_state (EnfiladeAccount      *self,
           EnfiladeAccountState  state,
           const char           *reason)
{
  if (g_strcmp0 (self->reason, reason) != 0)
    {
      g_free (self->reason);
      self->reason = g_strdup (reason);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REASON]);
    }

  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

/* What is to be said before there is a window waits for it. */
static void
tell (EnfiladeAccount *self,
      const char      *text)
{
  if (g_signal_has_handler_pending (self, signals[NOTICE], 0, TRUE))
    {
      g_signal_emit (self, signals[NOTICE], 0, text);
      return;
    }

  g_free (self->notice);
  self->notice = g_strdup (text);
}

/* Its rooms say what is to be kept of them when it ends, and that is written before this returns. */
static void
end_session (ChatSession *session)
{
  g_autoptr(ChatStore) store = g_object_ref (chat_session_get_store (session));

  g_object_run_dispose (G_OBJECT (session));
  chat_store_close (store);
}

/* @path is where the session's conversations are kept; NULL where they end with it. */
static void
set_session (EnfiladeAccount *self,
             ChatSession     *session,
             const char      *path)
{
  g_autoptr(ChatSession) old = NULL;

  g_signal_group_set_target (self->session_signals, NULL);
  if (self->session != NULL)
    chat_session_stop (self->session);

  old = g_steal_pointer (&self->session);
  g_set_object (&self->session, session);
  g_free (self->path);
  self->path = g_strdup (path);
  g_signal_group_set_target (self->session_signals, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);

  /* Who showed it has let go of it by now. */
  if (old != NULL)
    end_session (old);
}

static void
begin_session (EnfiladeAccount *self,
               ChatCredentials *credentials,
               const char      *path)
{
  g_autoptr(ChatSession) session = NULL;
  g_autoptr(ChatStore) store = NULL;
  g_autofree char *notice = NULL;

  if (path != NULL)
    store = enfilade_account_store_open (path, &notice);
  session = store != NULL ? chat_session_new_with_store (credentials, store) : chat_session_new (credentials);

  /* Whoever shows the conversations takes it, and has it read in peace. */
  if (notice != NULL)
    {
      g_free (self->notice);
      self->notice = g_steal_pointer (&notice);
    }
  set_session (self, session, store != NULL ? path : NULL);
}

static void
stored (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(EnfiladeAccount) self = user_data;
  g_autoptr(GError) error = NULL;

  if (chat_keyring_store_finish (result, &error))
    return;

  g_debug ("The token is not kept: %s", error->message);
  tell (self, _("There is no keyring here: you stay signed in only until Enfilade is closed."));
}

static void
forgotten (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!chat_keyring_forget_finish (result, &error))
    g_debug ("There was no token to forget: %s", error->message);
}

static void
keep (EnfiladeAccount *self)
{
  ChatCredentials *credentials = chat_session_get_credentials (self->session);
  const char *username = chat_session_get_username (self->session);

  /* The name of an account that came as a token is known only now; without one the keyring cannot find it again. */
  if (chat_credentials_get_username (credentials) == NULL && username != NULL)
    chat_credentials_set_user (credentials, chat_session_get_user_id (self->session), username,
                               chat_session_get_is_admin (self->session));
  if (chat_credentials_get_username (credentials) == NULL)
    return;

  self->kept = TRUE;
  if (self->settings != NULL)
    {
      enfilade_settings_keep_string (self->settings, "last-server", chat_credentials_get_address (credentials));
      enfilade_settings_keep_string (self->settings, "last-user", chat_credentials_get_username (credentials));
    }
  chat_keyring_store_async (credentials, NULL, stored, g_object_ref (self));
}

static void
consider_keeping (EnfiladeAccount *self)
{
  if (self->remember && !self->kept && chat_session_get_connection (self->session) == CHAT_CONNECTION_ONLINE)
    keep (self);
}

static void
credentials_changed (EnfiladeAccount *self)
{
  if (self->remember)
    keep (self);
}

static void
forget (EnfiladeAccount *self)
{
  ChatCredentials *credentials = chat_session_get_credentials (self->session);

  if (self->remember && chat_credentials_get_username (credentials) != NULL)
    chat_keyring_forget_async (credentials, NULL, forgotten, NULL);
  self->kept = FALSE;
}

static void
refused (EnfiladeAccount *self,
         GError          *error)
{
  /* A token that the server does not take is of no use the next time either. */
  forget (self);
  set_state (self, ENFILADE_ACCOUNT_REFUSED, error->message);
}

static void
looked_up (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EnfiladeAccount) self = user_data;
  g_autoptr(ChatCredentials) credentials = NULL;
  g_autoptr(GError) error = NULL;

  credentials = chat_keyring_lookup_finish (result, &error);
  if (error != NULL)
    g_debug ("The keyring does not answer: %s", error->message);

  /* Somebody signed in by other means before the keyring answered. */
  if (self->state != ENFILADE_ACCOUNT_RESTORING)
    return;

  g_clear_object (&self->restoring);
  if (credentials != NULL)
    enfilade_account_sign_in (self, credentials, ENFILADE_REMEMBER_ALL);
  else
    enfilade_account_give_up (self, NULL);
}

static void
stop_restoring (EnfiladeAccount *self)
{
  g_clear_handle_id (&self->lookup_id, g_source_remove);
  g_cancellable_cancel (self->restoring);
  g_clear_object (&self->restoring);
}

static void
look_up (gpointer user_data)
{
  EnfiladeAccount *self = user_data;
  g_autofree char *address = enfilade_account_dup_address (self);
  g_autofree char *username = enfilade_account_dup_username (self);

  self->lookup_id = 0;
  chat_keyring_lookup_async (address, username[0] != '\0' ? username : NULL, self->restoring, looked_up, g_object_ref (self));
}

static void
enfilade_account_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  EnfiladeAccount *self = ENFILADE_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_account_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  EnfiladeAccount *self = ENFILADE_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_account_dispose (GObject *object)
{
  EnfiladeAccount *self = ENFILADE_ACCOUNT (object);

  stop_restoring (self);
  g_signal_group_set_target (self->session_signals, NULL);
  if (self->session != NULL)
    end_session (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (enfilade_account_parent_class)->dispose (object);
}

static void
enfilade_account_finalize (GObject *object)
{
  EnfiladeAccount *self = ENFILADE_ACCOUNT (object);

  g_clear_object (&self->session_signals);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->notice, g_free);

  G_OBJECT_CLASS (enfilade_account_parent_class)->finalize (object);
}

static void
enfilade_account_class_init (EnfiladeAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = enfilade_account_dispose;
  object_class->finalize = enfilade_account_finalize;
  object_class->get_property = enfilade_account_get_property;
  object_class->set_property = enfilade_account_set_property;

  properties[PROP_REASON] =
    g_param_spec_string ("reason", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CHAT_TYPE_SESSION,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, ENFILADE_TYPE_ACCOUNT_STATE, ENFILADE_ACCOUNT_SIGNED_OUT,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
enfilade_account_init (EnfiladeAccount *self)
{
  self->session_signals = g_signal_group_new (CHAT_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::connection", G_CALLBACK (consider_keeping), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::username", G_CALLBACK (consider_keeping), self);
  g_signal_group_connect_swapped (self->session_signals, "credentials-changed", G_CALLBACK (credentials_changed), self);
  g_signal_group_connect_swapped (self->session_signals, "refused", G_CALLBACK (refused), self);
}

/**
 * enfilade_account_new:
 * @settings: (nullable): where the last account is written; without, none is kept
 *
 * Returns: (transfer full): an account that nobody is signed in to
 */
EnfiladeAccount *
enfilade_account_new (GSettings *settings)
{
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  return g_object_new (ENFILADE_TYPE_ACCOUNT, "settings", settings, NULL);
}

ChatSession *
enfilade_account_get_session (EnfiladeAccount *self)
{
  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (self), NULL);

  return self->session;
}

EnfiladeAccountState
enfilade_account_get_state (EnfiladeAccount *self)
{
  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (self), ENFILADE_ACCOUNT_SIGNED_OUT);

  return self->state;
}

const char *
enfilade_account_get_reason (EnfiladeAccount *self)
{
  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (self), NULL);

  return self->reason;
}

/**
 * enfilade_account_dup_address:
 * @self: the account
 *
 * Returns: (transfer full): the address of the server, or of the last one; empty before the first time
 */
char *
enfilade_account_dup_address (EnfiladeAccount *self)
{
  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (self), NULL);

  if (self->session != NULL)
    return g_strdup (chat_credentials_get_address (chat_session_get_credentials (self->session)));

  return self->settings != NULL ? g_settings_get_string (self->settings, "last-server") : g_strdup ("");
}

/**
 * enfilade_account_dup_username:
 * @self: the account
 *
 * Returns: (transfer full): the name of the user, or of the last one; empty before the first time
 */
char *
enfilade_account_dup_username (EnfiladeAccount *self)
{
  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (self), NULL);

  if (self->session != NULL && chat_session_get_username (self->session) != NULL)
    return g_strdup (chat_session_get_username (self->session));

  return self->settings != NULL ? g_settings_get_string (self->settings, "last-user") : g_strdup ("");
}

/**
 * enfilade_account_get_keeps:
 * @self: the account
 *
 * Returns: whether what is said and written, and what waits to be sent, is there the next time
 */
gboolean
enfilade_account_get_keeps (EnfiladeAccount *self)
{
  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (self), FALSE);

  return self->path != NULL;
}

/**
 * enfilade_account_take_notice:
 * @self: the account
 *
 * Returns: (transfer full) (nullable): what a person should know, and could not be told yet
 */
char *
enfilade_account_take_notice (EnfiladeAccount *self)
{
  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (self), NULL);

  return g_steal_pointer (&self->notice);
}

/**
 * enfilade_account_open:
 * @self: the account
 * @address: the server's normalised address
 * @user: what names the account there
 *
 * Shows what is kept of an account, before it is signed in: its rooms are there, and what is written waits.
 *
 * Returns: whether there was something
 */
gboolean
enfilade_account_open (EnfiladeAccount *self,
                       const char      *address,
                       const char      *user)
{
  g_autoptr(ChatCredentials) credentials = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);
  g_return_val_if_fail (user != NULL, FALSE);

  path = enfilade_account_store_dup_path (address, user);
  if (self->session != NULL || !enfilade_account_store_is_kept (path))
    return FALSE;

  credentials = chat_credentials_new (address, "", 0);
  chat_credentials_set_user (credentials, NULL, user, FALSE);
  begin_session (self, credentials, path);
  set_state (self, ENFILADE_ACCOUNT_RESTORING, NULL);

  return TRUE;
}

/**
 * enfilade_account_give_up:
 * @self: an account that is being restored
 * @reason: (nullable): why it cannot be, in words
 *
 * Asks the person to sign in. What was shown meanwhile stays for when they do.
 */
void
enfilade_account_give_up (EnfiladeAccount *self,
                          const char      *reason)
{
  g_return_if_fail (ENFILADE_IS_ACCOUNT (self));

  if (self->state != ENFILADE_ACCOUNT_RESTORING)
    return;

  if (self->session == NULL)
    set_state (self, ENFILADE_ACCOUNT_SIGNED_OUT, NULL);
  else
    set_state (self, ENFILADE_ACCOUNT_REFUSED,
               reason != NULL ? reason : _("Sign in to go on. Your conversations are kept on this computer."));
}

/**
 * enfilade_account_restore:
 * @self: the account
 *
 * Shows what is kept of who was signed in the last time, and signs them in again if their token is in the keyring.
 */
void
enfilade_account_restore (EnfiladeAccount *self)
{
  g_autofree char *address = NULL;
  g_autofree char *username = NULL;

  g_return_if_fail (ENFILADE_IS_ACCOUNT (self));

  if (self->state != ENFILADE_ACCOUNT_SIGNED_OUT)
    return;

  address = enfilade_account_dup_address (self);
  username = enfilade_account_dup_username (self);
  if (address[0] == '\0')
    return;

  if (username[0] != '\0')
    enfilade_account_open (self, address, username);

  g_set_object (&self->restoring, NULL);
  self->restoring = g_cancellable_new ();
  set_state (self, ENFILADE_ACCOUNT_RESTORING, NULL);
  /* Whoever waits for the window first sees what is kept. */
  g_clear_handle_id (&self->lookup_id, g_source_remove);
  self->lookup_id = enfilade_soon_add (look_up, self);
}

/* A token that does not tell whose it is may be one that is known. */
static gboolean
has_same_token (ChatCredentials *credentials,
                ChatCredentials *others)
{
  const char *token = chat_credentials_get_token (credentials);

  return token[0] != '\0' && g_str_equal (token, chat_credentials_get_token (others));
}

/**
 * enfilade_account_is:
 * @self: the account
 * @credentials: somebody's
 *
 * Returns: whether the session is theirs, signed in or not
 */
gboolean
enfilade_account_is (EnfiladeAccount *self,
                     ChatCredentials *credentials)
{
  g_autofree char *account = NULL;
  g_autofree char *mine = NULL;
  ChatCredentials *my_credentials = NULL;

  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (CHAT_IS_CREDENTIALS (credentials), FALSE);

  if (self->session == NULL)
    return FALSE;

  my_credentials = chat_session_get_credentials (self->session);
  if (!g_str_equal (chat_credentials_get_address (my_credentials), chat_credentials_get_address (credentials)))
    return FALSE;

  account = chat_credentials_dup_account (credentials);
  if (account == NULL)
    return has_same_token (credentials, my_credentials);

  mine = chat_credentials_dup_account (my_credentials);

  return g_strcmp0 (mine, account) == 0 || g_strcmp0 (chat_session_get_username (self->session), account) == 0;
}

/* The same session with another token. */
static void
renew (EnfiladeAccount *self,
       ChatCredentials *credentials)
{
  ChatCredentials *mine = chat_session_get_credentials (self->session);

  chat_credentials_set_token (mine, chat_credentials_get_token (credentials), chat_credentials_get_expires_at (credentials));
  if (chat_credentials_get_user_id (credentials) != NULL)
    chat_credentials_set_user (mine, chat_credentials_get_user_id (credentials), chat_credentials_get_username (credentials),
                               chat_credentials_get_is_admin (credentials));
}

static char *
dup_path_for (ChatCredentials  *credentials,
              EnfiladeRemember  remember)
{
  g_autofree char *account = chat_credentials_dup_account (credentials);

  /* What cannot be named cannot be found again. */
  if (remember == ENFILADE_REMEMBER_NOTHING || account == NULL)
    return NULL;

  return enfilade_account_store_dup_path (chat_credentials_get_address (credentials), account);
}

/**
 * enfilade_account_sign_in:
 * @self: the account
 * @credentials: whom to sign in, and where
 * @remember: what is kept for the next run
 *
 * Starts a session. Where the same person's session waits for a token that the server takes, that one goes on: its rooms and
 * what was written in them stay.
 */
void
enfilade_account_sign_in (EnfiladeAccount  *self,
                          ChatCredentials  *credentials,
                          EnfiladeRemember  remember)
{
  g_return_if_fail (ENFILADE_IS_ACCOUNT (self));
  g_return_if_fail (CHAT_IS_CREDENTIALS (credentials));

  stop_restoring (self);
  self->remember = remember == ENFILADE_REMEMBER_ALL;
  self->kept = FALSE;

  if (enfilade_account_is (self, credentials))
    {
      renew (self, credentials);
    }
  else
    {
      g_autofree char *path = dup_path_for (credentials, remember);

      begin_session (self, credentials, path);
    }

  set_state (self, ENFILADE_ACCOUNT_SIGNED_IN, NULL);
  chat_session_start (self->session);
}

/**
 * enfilade_account_sign_out:
 * @self: the account
 * @keep: whether the conversations, and what waits to be sent, stay on this computer
 *
 * Ends the session and forgets its token. The address and the name stay, to be proposed the next time.
 */
void
enfilade_account_sign_out (EnfiladeAccount *self,
                           gboolean         keep)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (ENFILADE_IS_ACCOUNT (self));

  if (self->session == NULL)
    return;

  path = g_strdup (self->path);
  forget (self);
  set_session (self, NULL, NULL);
  if (path != NULL && !keep && !chat_store_delete (path, &error))
    tell (self, error->message);

  set_state (self, ENFILADE_ACCOUNT_SIGNED_OUT, NULL);
}
