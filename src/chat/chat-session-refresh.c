/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The token: given to each namespace at each connection, and exchanged for a new one before it ends. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-jwt-private.h"
#include "chat-session-private.h"

/* A token that ends within this time may have ended when it arrives. */
#define RENEW_BEFORE_MS 60000

static gint64
chat_session_get_token_end (ChatSession *self)
{
  gint64 expires_at = chat_credentials_get_expires_at (self->credentials);
  g_autoptr(ChatJwt) jwt = NULL;

  if (expires_at > 0)
    return expires_at;

  jwt = chat_jwt_read (chat_credentials_get_token (self->credentials));

  return jwt != NULL ? jwt->expires_at : 0;
}

static gboolean
chat_session_token_ends (ChatSession *self)
{
  gint64 end = chat_session_get_token_end (self);

  return end > 0 && end - g_get_real_time () / 1000 < RENEW_BEFORE_MS;
}

static void
chat_session_answer_auth (ChatSession *self,
                          GTask       *task)
{
  SioValue *auth = chat_protocol_write_auth (chat_credentials_get_token (self->credentials));

  g_task_return_pointer (task, auth, (GDestroyNotify) sio_value_unref);
}

/* The three namespaces ask at the same moment; one refresh serves them all. */
static void
chat_session_answer_all (ChatSession *self)
{
  while (self->auth_tasks->len > 0)
    {
      g_autoptr(GTask) task = g_ptr_array_steal_index (self->auth_tasks, 0);

      chat_session_answer_auth (self, task);
    }
}

/* The server has not said no: it was not reached, or could not answer just now. */
static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, CHAT_ERROR, CHAT_ERROR_OFFLINE) ||
         g_error_matches (error, CHAT_ERROR, CHAT_ERROR_TIMED_OUT) ||
         g_error_matches (error, CHAT_ERROR, CHAT_ERROR_RATE_LIMITED) ||
         g_error_matches (error, CHAT_ERROR, CHAT_ERROR_INTERNAL);
}

static void
refreshed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(ChatSession) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean refreshed = chat_server_refresh_finish (CHAT_SERVER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->started)
    return;

  self->refreshing = FALSE;
  if (refreshed)
    chat_session_emit_changed (self);
  else
    g_debug ("The token was not refreshed: %s", error->message);

  self->cannot_refresh = g_error_matches (error, CHAT_ERROR, CHAT_ERROR_UNSUPPORTED);

  /* Whether the old token is still good is the server's to say. */
  chat_session_answer_all (self);

  if (!self->tried_refresh || self->chat_socket == NULL || sio_socket_get_active (self->chat_socket))
    return;

  if (refreshed)
    sio_socket_open (self->chat_socket);
  else if (is_passing (error))
    {
      self->tried_refresh = FALSE;
      chat_session_set_problem (self, error->message);
      chat_session_reopen_later (self, 0);
    }
  else
    {
      g_autoptr(GError) refusal =
        g_error_new_literal (CHAT_ERROR, CHAT_ERROR_UNAUTHORIZED, _("Your sign-in has ended. Sign in again."));

      chat_session_refuse (self, refusal);
    }
}

void
chat_session_refresh (ChatSession *self)
{
  if (self->refreshing)
    return;

  self->refreshing = TRUE;
  chat_server_refresh_async (self->server, self->credentials, self->cancellable, refreshed_cb, g_object_ref (self));
}

/* A SioAuthFunc. */
void
chat_session_provide_auth (SioSocket *socket,
                           GTask     *task,
                           gpointer   user_data)
{
  ChatSession *self = CHAT_SESSION (user_data);

  if (!self->refreshing && (self->cannot_refresh || !chat_session_token_ends (self)))
    {
      chat_session_answer_auth (self, task);
      g_object_unref (task);
      return;
    }

  g_ptr_array_add (self->auth_tasks, task);
  chat_session_refresh (self);
}

void
chat_session_end_refresh (ChatSession *self)
{
  self->refreshing = FALSE;

  while (self->auth_tasks->len > 0)
    {
      g_autoptr(GTask) task = g_ptr_array_steal_index (self->auth_tasks, 0);

      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the session was stopped");
    }
}
