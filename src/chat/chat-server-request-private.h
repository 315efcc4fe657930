/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One HTTP request to a chat server: bounded in time and in size, with its failures in words. */

#pragma once

#include <libsoup/soup.h>
#include <socketio-glib.h>

G_BEGIN_DECLS

typedef struct
{
  SoupStatus  status;
  char       *text;
  SioValue   *json;
} ChatResponse;

void          chat_response_free         (ChatResponse         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatResponse, chat_response_free)

SoupSession  *chat_request_session_new   (void);
void          chat_request_send_async    (SoupSession          *session,
                                          SoupMessage          *message,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
ChatResponse *chat_request_send_finish   (GAsyncResult         *result,
                                          GError              **error);
char         *chat_request_describe_tls  (GTlsCertificateFlags  flags);

G_END_DECLS
