/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-protocol-failure-private.h"
#include "chat-protocol-private.h"

#define MIN_RETRY_AFTER_MS 50
#define MAX_RETRY_AFTER_MS 60000
#define USUAL_RETRY_AFTER_MS 1000

static const struct
{
  const char *code;
  ChatError   error;
  const char *message;
} failures[] = {
  { "unauthorized", CHAT_ERROR_UNAUTHORIZED, N_("The server does not accept the account.") },
  { "forbidden", CHAT_ERROR_FORBIDDEN, N_("You are not allowed to do this.") },
  { "not_found", CHAT_ERROR_NOT_FOUND, N_("The server does not know this.") },
  { "invalid", CHAT_ERROR_INVALID, N_("The server could not understand this.") },
  { "too_large", CHAT_ERROR_TOO_LARGE, N_("This is more than the server takes.") },
  { "rate_limited", CHAT_ERROR_RATE_LIMITED, N_("Too much at once. Try again in a moment.") },
  { "conflict", CHAT_ERROR_CONFLICT, N_("This name is already taken.") },
  { "internal", CHAT_ERROR_INTERNAL, N_("The server could not do this.") },
};

ChatError
chat_protocol_error_from_code (const char *code,
                               ChatError   otherwise)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      if (g_strcmp0 (failures[i].code, code) == 0)
        return failures[i].error;
    }

  return otherwise;
}

/* What the server says is shown as it is; where it says nothing, the code speaks. */
GError *
chat_protocol_make_error (const char *code,
                          const char *message,
                          ChatError   otherwise)
{
  ChatError error = chat_protocol_error_from_code (code, otherwise);

  for (guint i = 0; (message == NULL || *message == '\0') && i < G_N_ELEMENTS (failures); i++)
    {
      if (failures[i].error == error)
        message = _(failures[i].message);
    }

  if (message == NULL || *message == '\0')
    message = _("The server could not do this.");

  return g_error_new_literal (CHAT_ERROR, (int) error, message);
}

static guint
retry_after_from_count (gint64 count)
{
  if (count == CHAT_NOT_SAID)
    return USUAL_RETRY_AFTER_MS;

  return (guint) CLAMP (count, MIN_RETRY_AFTER_MS, MAX_RETRY_AFTER_MS);
}

/* What does not fit in an answer is for the log; who asked is told that it was not understood. Takes @problem, which may be NULL. */
void
chat_protocol_blame_answer (GError **error,
                            GError  *problem)
{
  g_autoptr(GError) detail = problem;

  if (detail == NULL)
    return;

  g_message ("%s", detail->message);
  g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_INVALID, _("The server’s answer could not be understood."));
}

gboolean
chat_protocol_end_answer (ChatReader  *reader,
                          GError     **error)
{
  GError *problem = NULL;

  if (chat_reader_end (reader, &problem))
    return TRUE;

  chat_protocol_blame_answer (error, problem);
  return FALSE;
}

/* Reads `success` and, when it is false, the reason. Takes over the reader's error in any case. */
gboolean
chat_protocol_read_success (ChatReader  *reader,
                            guint       *retry_after_ms,
                            GError     **error)
{
  gboolean success = chat_reader_get_boolean (reader, "success", CHAT_READ_REQUIRED);
  g_autofree char *message = chat_reader_dup_line (reader, "error", CHAT_READ_OPTIONAL);
  g_autofree char *code = chat_reader_dup_line (reader, "code", CHAT_READ_OPTIONAL);
  gint64 retry_after = chat_reader_get_count (reader, "retryAfterMs", CHAT_READ_OPTIONAL);

  if (!chat_protocol_end_answer (reader, error))
    return FALSE;

  if (success)
    return TRUE;

  if (retry_after_ms != NULL)
    *retry_after_ms = retry_after_from_count (retry_after);

  g_propagate_error (error, chat_protocol_make_error (code, message, CHAT_ERROR_INTERNAL));
  return FALSE;
}

/* @data may be of any kind: middleware of other servers puts what it likes there. */
GError *
chat_protocol_read_refusal (const char *message,
                            SioValue   *data,
                            guint      *retry_after_ms)
{
  g_autofree char *code = NULL;
  gint64 retry_after = CHAT_NOT_SAID;

  if (data != NULL && sio_value_get_kind (data) == SIO_VALUE_OBJECT)
    {
      ChatReader reader;

      chat_reader_init (&reader, data, "connect_error");
      code = chat_reader_dup_line (&reader, "code", CHAT_READ_OPTIONAL);
      retry_after = chat_reader_get_count (&reader, "retryAfterMs", CHAT_READ_OPTIONAL);
      g_clear_error (&reader.error);
    }

  if (retry_after_ms != NULL)
    *retry_after_ms = retry_after_from_count (retry_after);

  if (g_strcmp0 (message, "Invalid namespace") == 0)
    return g_error_new_literal (CHAT_ERROR, CHAT_ERROR_NOT_A_SERVER,
                                _("There is a Socket.IO server at this address, but it is not a chat server."));

  return chat_protocol_make_error (code, message, CHAT_ERROR_UNAUTHORIZED);
}

static const char *
code_from_status (guint status)
{
  switch (status)
    {
    case 400:
      return "invalid";
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 409:
      return "conflict";
    case 413:
      return "too_large";
    case 429:
      return "rate_limited";
    default:
      return "internal";
    }
}

/* @body: (nullable): the answer where it was JSON; @status: other than 200. */
void
chat_protocol_read_http_error (SioValue  *body,
                               guint      status,
                               GError   **error)
{
  g_autofree char *message = NULL;

  if (body != NULL && sio_value_get_kind (body) == SIO_VALUE_OBJECT)
    {
      ChatReader reader;

      chat_reader_init (&reader, body, "HTTP");
      message = chat_reader_dup_line (&reader, "error", CHAT_READ_OPTIONAL);
      g_clear_error (&reader.error);
    }

  g_propagate_error (error, chat_protocol_make_error (code_from_status (status), message, CHAT_ERROR_INTERNAL));
}
