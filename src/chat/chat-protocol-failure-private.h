/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a server says no: in an acknowledgement, in a refusal of a namespace, over HTTP. */

#pragma once

#include "chat-error.h"
#include "chat-protocol-reader-private.h"

G_BEGIN_DECLS

ChatError  chat_protocol_error_from_code (const char  *code,
                                          ChatError    otherwise);
GError    *chat_protocol_make_error      (const char  *code,
                                          const char  *message,
                                          ChatError    otherwise);
void       chat_protocol_blame_answer    (GError     **error,
                                          GError      *problem);
gboolean   chat_protocol_end_answer      (ChatReader  *reader,
                                          GError     **error);
gboolean   chat_protocol_read_success    (ChatReader  *reader,
                                          guint       *retry_after_ms,
                                          GError     **error);

G_END_DECLS
