/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /admin is connected for an administrator only, and at no time for anyone else. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-admin-private.h"
#include "chat-error.h"
#include "chat-session-private.h"

static void
admin_error_cb (ChatSession  *self,
                const GError *error,
                SioValue     *data)
{
  g_autoptr(GError) refusal = NULL;
  g_autoptr(GError) report = NULL;

  if (!g_error_matches (error, SIO_ERROR, SIO_ERROR_REFUSED))
    return;

  refusal = chat_protocol_read_refusal (error->message, data, NULL);
  report = g_error_new (CHAT_ERROR, CHAT_ERROR_FORBIDDEN, _("The dashboard is closed: %s"), refusal->message);
  chat_session_close_admin (self);
  chat_session_set_is_admin (self, FALSE);
  chat_session_report (self, report);
}

static void
admin_closed_cb (ChatSession         *self,
                 SioDisconnectReason  reason,
                 const GError        *details)
{
  g_autoptr(GError) report = NULL;

  /* A server that stops closes all namespaces, /chat first. */
  if (reason != SIO_DISCONNECT_REASON_SERVER || !chat_session_can_ask (self))
    return;

  report = g_error_new_literal (CHAT_ERROR, CHAT_ERROR_FORBIDDEN,
                                _("The dashboard is closed: you are not an administrator any more."));
  chat_session_close_admin (self);
  chat_session_set_is_admin (self, FALSE);
  chat_session_report (self, report);
}

void
chat_session_close_admin (ChatSession *self)
{
  g_autoptr(ChatAdmin) admin = NULL;

  if (self->admin == NULL)
    return;

  admin = g_object_ref (self->admin);
  g_signal_handlers_disconnect_by_data (self->admin_socket, self);
  chat_admin_dismiss (admin);
  chat_session_set_admin (self, NULL);

  if (sio_socket_get_active (self->admin_socket))
    sio_socket_close (self->admin_socket);
}

void
chat_session_update_admin (ChatSession *self)
{
  g_autoptr(ChatAdmin) admin = NULL;

  if (!self->is_admin)
    {
      chat_session_close_admin (self);
      return;
    }

  if (self->admin != NULL)
    {
      if (!sio_socket_get_active (self->admin_socket))
        sio_socket_open (self->admin_socket);
      return;
    }

  admin = chat_admin_new (self, self->admin_socket);
  g_signal_connect_object (self->admin_socket, "connect-error", G_CALLBACK (admin_error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->admin_socket, "closed", G_CALLBACK (admin_closed_cb), self, G_CONNECT_SWAPPED);
  chat_session_set_admin (self, admin);
  sio_socket_open (self->admin_socket);
}
