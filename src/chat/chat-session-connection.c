/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection with three namespaces: made, watched, and made again. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-protocol-failure-private.h"
#include "chat-room-list-private.h"
#include "chat-room-private.h"
#include "chat-session-private.h"

/* The protocol's. */
#define DELAY_MS 1000
#define DELAY_MAX_MS 5000
#define RANDOMIZATION 0.5

/* A history page of long messages is a few hundred KiB. */
#define MAX_MESSAGE_SIZE (16 * 1024 * 1024)

void
chat_session_update_connection (ChatSession *self)
{
  gint64 next = 0;

  if (self->refused || !self->started)
    return;

  if (sio_socket_get_connected (self->chat_socket))
    {
      self->was_online = TRUE;
      chat_session_set_problem (self, NULL);
      chat_session_set_connection (self, CHAT_CONNECTION_ONLINE);
    }
  else
    {
      next = self->reopen_source != 0 ? self->reopen_time : sio_manager_get_next_attempt_time (self->manager);
      chat_session_set_connection (self, self->was_online ? CHAT_CONNECTION_RECONNECTING : CHAT_CONNECTION_CONNECTING);
    }

  chat_session_set_next_attempt (self, next);
}

static gboolean
reopen_cb (gpointer user_data)
{
  ChatSession *self = user_data;

  self->reopen_source = 0;
  sio_socket_open (self->chat_socket);
  chat_session_update_connection (self);

  return G_SOURCE_REMOVE;
}

void
chat_session_reopen_now (ChatSession *self)
{
  if (self->reopen_source == 0)
    return;

  g_source_remove (self->reopen_source);
  reopen_cb (self);
}

/* A namespace that the server closed, or could not open for a while, is not joined again by the manager. */
void
chat_session_reopen_later (ChatSession *self,
                           guint        delay_ms)
{
  if (self->reopen_source != 0)
    return;

  if (delay_ms == 0)
    delay_ms = MIN (DELAY_MS << MIN (self->n_reopenings, 3), DELAY_MAX_MS);

  delay_ms += (guint) g_random_int_range (0, DELAY_MS / 2);
  self->n_reopenings++;
  self->reopen_time = g_get_monotonic_time () + delay_ms * 1000LL;
  self->reopen_source = g_timeout_add (delay_ms, reopen_cb, self);
  chat_session_update_connection (self);
}

/* The account is not taken: nothing helps but signing in again. */
void
chat_session_refuse (ChatSession  *self,
                     const GError *error)
{
  g_autoptr(ChatSession) keep = g_object_ref (self);
  g_autoptr(GError) copy = g_error_copy (error);

  self->refused = TRUE;
  chat_session_disconnect (self);
  chat_session_set_problem (self, copy->message);
  chat_session_set_next_attempt (self, 0);
  chat_session_set_connection (self, CHAT_CONNECTION_REFUSED);
  chat_session_emit_refused (self, copy);
}

static void
chat_session_chat_refused (ChatSession  *self,
                           const GError *error,
                           SioValue     *data)
{
  guint retry_after_ms = 0;
  g_autoptr(GError) refusal = chat_protocol_read_refusal (error->message, data, &retry_after_ms);

  if (g_error_matches (refusal, CHAT_ERROR, CHAT_ERROR_RATE_LIMITED) ||
      g_error_matches (refusal, CHAT_ERROR, CHAT_ERROR_INTERNAL))
    {
      chat_session_set_problem (self, refusal->message);
      chat_session_reopen_later (self, refusal->code == CHAT_ERROR_RATE_LIMITED ? retry_after_ms : 0);
    }
  else if (g_error_matches (refusal, CHAT_ERROR, CHAT_ERROR_UNAUTHORIZED) && !self->tried_refresh && !self->cannot_refresh)
    {
      self->tried_refresh = TRUE;
      chat_session_refresh (self);
    }
  else
    {
      chat_session_refuse (self, refusal);
    }
}

static void
chat_error_cb (ChatSession  *self,
               const GError *error,
               SioValue     *data)
{
  g_autofree char *problem = NULL;

  if (g_error_matches (error, SIO_ERROR, SIO_ERROR_REFUSED))
    {
      chat_session_chat_refused (self, error, data);
      return;
    }

  problem = chat_session_describe_error (error);
  chat_session_set_problem (self, problem);
  chat_session_update_connection (self);

  /* One that the manager does not try again by itself, such as a server of an older protocol that may be replaced. */
  if (!sio_socket_get_active (self->chat_socket))
    chat_session_reopen_later (self, DELAY_MAX_MS);
}

static void
chat_opened_cb (ChatSession *self)
{
  g_hash_table_remove_all (self->reported);
  self->n_reopenings = 0;
  self->tried_refresh = FALSE;
  g_clear_handle_id (&self->reopen_source, g_source_remove);
  chat_session_update_connection (self);

  if (self->notifications_socket != NULL && !sio_socket_get_active (self->notifications_socket))
    sio_socket_open (self->notifications_socket);

  if (self->started)
    chat_session_chat_opened (self);
}

static void
chat_closed_cb (ChatSession         *self,
                SioDisconnectReason  reason,
                const GError        *details)
{
  chat_session_chat_closed (self);

  if (!self->started)
    return;

  if (reason == SIO_DISCONNECT_REASON_SERVER)
    chat_session_reopen_later (self, 0);

  chat_session_update_connection (self);
}

static SioSocket *
chat_session_make_socket (ChatSession *self,
                          const char  *name_space)
{
  SioSocket *socket = g_object_ref (sio_manager_get_socket (self->manager, name_space));

  sio_socket_set_auth_func (socket, chat_session_provide_auth, self, NULL);

  return socket;
}

static SioManager *
chat_session_make_manager (ChatSession  *self,
                           GError      **error)
{
  SioManager *manager = sio_manager_new (chat_credentials_get_address (self->credentials), error);

  if (manager == NULL)
    return NULL;

  sio_manager_set_reconnection_delay (manager, DELAY_MS, DELAY_MAX_MS);
  sio_manager_set_randomization_factor (manager, RANDOMIZATION);
  sio_manager_set_max_message_size (manager, MAX_MESSAGE_SIZE);

  return manager;
}

void
chat_session_connect (ChatSession *self)
{
  g_autoptr(GError) error = NULL;

  self->manager = chat_session_make_manager (self, &error);
  if (self->manager == NULL)
    {
      g_autofree char *problem = chat_session_describe_error (error);

      chat_session_set_problem (self, problem);
      return;
    }

  self->started = TRUE;
  self->mode_known = FALSE;
  self->refused = FALSE;
  self->tried_refresh = FALSE;
  self->cannot_refresh = FALSE;
  self->was_online = FALSE;
  self->n_reopenings = 0;
  self->cancellable = g_cancellable_new ();
  self->chat_socket = chat_session_make_socket (self, "/chat");
  self->notifications_socket = chat_session_make_socket (self, "/notifications");
  self->admin_socket = chat_session_make_socket (self, "/admin");

  g_signal_connect_object (self->manager, "notify::state",
                           G_CALLBACK (chat_session_update_connection), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->manager, "notify::next-attempt-time",
                           G_CALLBACK (chat_session_update_connection), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chat_socket, "opened", G_CALLBACK (chat_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chat_socket, "closed", G_CALLBACK (chat_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chat_socket, "connect-error", G_CALLBACK (chat_error_cb), self, G_CONNECT_SWAPPED);
  chat_session_follow_chat (self);
  chat_session_follow_notifications (self);

  chat_session_read_token (self);
  chat_session_set_problem (self, NULL);
  chat_session_update_connection (self);
  sio_socket_open (self->chat_socket);
  sio_socket_open (self->notifications_socket);
}

static void
chat_session_release_socket (ChatSession  *self,
                             SioSocket   **socket)
{
  if (*socket == NULL)
    return;

  g_signal_handlers_disconnect_by_data (*socket, self);
  sio_socket_set_auth_func (*socket, NULL, NULL, NULL);
  g_clear_object (socket);
}

void
chat_session_disconnect (ChatSession *self)
{
  self->started = FALSE;
  g_clear_handle_id (&self->reopen_source, g_source_remove);
  g_clear_handle_id (&self->plain_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->manager, self);

  chat_session_close_admin (self);
  chat_session_chat_closed (self);
  chat_session_end_refresh (self);
  chat_session_release_socket (self, &self->chat_socket);
  chat_session_release_socket (self, &self->notifications_socket);
  chat_session_release_socket (self, &self->admin_socket);

  sio_manager_close (self->manager);
  g_clear_object (&self->manager);
  g_clear_object (&self->cancellable);
}

/**
 * chat_session_retry_now:
 * @self: a session
 *
 * Tries to connect at once, where the next attempt waits for its time.
 */
void
chat_session_retry_now (ChatSession *self)
{
  g_return_if_fail (CHAT_IS_SESSION (self));

  if (!self->started)
    return;

  if (self->reopen_source != 0)
    chat_session_reopen_now (self);
  else
    sio_manager_retry_now (self->manager);
}
