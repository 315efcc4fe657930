/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signs in somebody whose conversations are shown already, as soon as the server can be reached. */

#include "config.h"

#include "enfilade-patient-signin.h"

#include "chat-error.h"
#include "chat-server.h"
#include "enfilade-soon.h"

/* The wait doubles from the first to the second. In seconds. */
#define FIRST_WAIT 2
#define LONGEST_WAIT 60

struct _EnfiladePatientSignin
{
  GObject       parent_instance;

  ChatServer   *server;
  char         *username;
  char         *password;
  GCancellable *cancellable;
  guint         wait;
  guint         wait_id;
  gboolean      trying;
};

enum
{
  REFUSED,
  SIGNED_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EnfiladePatientSignin, enfilade_patient_signin, G_TYPE_OBJECT)

static void
waited (gpointer user_data)
{
  EnfiladePatientSignin *self = user_data;

  self->wait_id = 0;
  enfilade_patient_signin_try (self);
}

static void
try_later (EnfiladePatientSignin *self)
{
  self->wait_id = g_timeout_add_once (self->wait * 1000, waited, self);
  self->wait = MIN (self->wait * 2, LONGEST_WAIT);
}

/* What another password or address would change. */
static gboolean
is_refusal (const GError *error)
{
  return error->domain == CHAT_ERROR &&
         error->code != CHAT_ERROR_OFFLINE && error->code != CHAT_ERROR_TIMED_OUT &&
         error->code != CHAT_ERROR_RATE_LIMITED && error->code != CHAT_ERROR_INTERNAL;
}

static void
answered (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(EnfiladePatientSignin) self = user_data;
  g_autoptr(ChatCredentials) credentials = NULL;
  g_autoptr(GError) error = NULL;

  self->trying = FALSE;
  credentials = chat_server_sign_in_finish (CHAT_SERVER (source), result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (credentials != NULL)
    g_signal_emit (self, signals[SIGNED_IN], 0, credentials);
  else if (is_refusal (error))
    g_signal_emit (self, signals[REFUSED], 0, error);
  else
    try_later (self);
}

static void
enfilade_patient_signin_dispose (GObject *object)
{
  enfilade_patient_signin_stop (ENFILADE_PATIENT_SIGNIN (object));

  G_OBJECT_CLASS (enfilade_patient_signin_parent_class)->dispose (object);
}

static void
enfilade_patient_signin_finalize (GObject *object)
{
  EnfiladePatientSignin *self = ENFILADE_PATIENT_SIGNIN (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->server);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->password, g_free);

  G_OBJECT_CLASS (enfilade_patient_signin_parent_class)->finalize (object);
}

static void
enfilade_patient_signin_class_init (EnfiladePatientSigninClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = enfilade_patient_signin_dispose;
  object_class->finalize = enfilade_patient_signin_finalize;

  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNED_IN] = g_signal_new ("signed-in", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, CHAT_TYPE_CREDENTIALS);
}

static void
enfilade_patient_signin_init (EnfiladePatientSignin *self)
{
  self->cancellable = g_cancellable_new ();
  self->wait = FIRST_WAIT;
}

/**
 * enfilade_patient_signin_new:
 * @address: the server's normalised address
 * @username: the name of the account
 * @password: its password
 *
 * Returns: (transfer full): what has not tried yet
 */
EnfiladePatientSignin *
enfilade_patient_signin_new (const char *address,
                             const char *username,
                             const char *password)
{
  EnfiladePatientSignin *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (username != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  self = g_object_new (ENFILADE_TYPE_PATIENT_SIGNIN, NULL);
  self->server = chat_server_new (address);
  self->username = g_strdup (username);
  self->password = g_strdup (password);

  return self;
}

/**
 * enfilade_patient_signin_begin:
 * @self: a sign-in
 *
 * Tries as soon as nothing else is to be done: whoever waits for the window first sees what is kept.
 */
void
enfilade_patient_signin_begin (EnfiladePatientSignin *self)
{
  g_return_if_fail (ENFILADE_IS_PATIENT_SIGNIN (self));

  if (!self->trying && self->wait_id == 0)
    self->wait_id = enfilade_soon_add (waited, self);
}

/**
 * enfilade_patient_signin_try:
 * @self: a sign-in
 *
 * Tries now, and again and again until the server answers.
 */
void
enfilade_patient_signin_try (EnfiladePatientSignin *self)
{
  g_return_if_fail (ENFILADE_IS_PATIENT_SIGNIN (self));

  if (self->trying)
    return;

  g_clear_handle_id (&self->wait_id, g_source_remove);
  self->trying = TRUE;
  chat_server_sign_in_async (self->server, self->username, self->password, self->cancellable, answered, g_object_ref (self));
}

/**
 * enfilade_patient_signin_stop:
 * @self: a sign-in
 *
 * Ends it for good. To let go of it is not enough: who waits for an answer of the server holds it.
 */
void
enfilade_patient_signin_stop (EnfiladePatientSignin *self)
{
  g_return_if_fail (ENFILADE_IS_PATIENT_SIGNIN (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->wait_id, g_source_remove);
}
