/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "chat-protocol-private.h"
#include "chat-protocol-reader-private.h"

/* The last millisecond of the year 9999: what is later is no time but a mistake, and GDateTime cannot hold much more. */
#define MAX_TIME G_GINT64_CONSTANT (253402300799999)

/* The largest whole number that a server in JavaScript can mean exactly. */
#define MAX_COUNT G_GINT64_CONSTANT (9007199254740991)

void
chat_reader_init (ChatReader *self,
                  SioValue   *object,
                  const char *event)
{
  self->object = object;
  self->event = event;
  self->error = NULL;

  if (object == NULL || sio_value_get_kind (object) != SIO_VALUE_OBJECT)
    self->error = g_error_new (CHAT_ERROR, CHAT_ERROR_INVALID, "%s: not an object", event);
}

/* FALSE, with the error, when something did not fit. */
gboolean
chat_reader_end (ChatReader  *self,
                 GError     **error)
{
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

gboolean
chat_reader_failed (ChatReader *self)
{
  return self->error != NULL;
}

void
chat_reader_fail (ChatReader *self,
                  const char *name,
                  const char *problem)
{
  if (self->error == NULL)
    self->error = g_error_new (CHAT_ERROR, CHAT_ERROR_INVALID, "%s: %s %s", self->event, name, problem);
}

/* NULL when there is none: an error where it is required. */
SioValue *
chat_reader_get (ChatReader   *self,
                 const char   *name,
                 ChatReadMode  mode)
{
  SioValue *value = NULL;

  if (self->error != NULL)
    return NULL;

  value = sio_value_lookup (self->object, name);
  if (value != NULL && (mode == CHAT_READ_REQUIRED || sio_value_get_kind (value) != SIO_VALUE_NULL))
    return value;

  if (mode == CHAT_READ_REQUIRED)
    chat_reader_fail (self, name, "is missing");

  return NULL;
}

static SioValue *
chat_reader_get_kind (ChatReader   *self,
                      const char   *name,
                      ChatReadMode  mode,
                      SioValueKind  kind,
                      const char   *problem)
{
  SioValue *value = chat_reader_get (self, name, mode);

  if (value == NULL || sio_value_get_kind (value) == kind)
    return value;

  chat_reader_fail (self, name, problem);
  return NULL;
}

static char *
chat_reader_dup_string (ChatReader   *self,
                        const char   *name,
                        ChatReadMode  mode,
                        gsize         max_length)
{
  SioValue *value = chat_reader_get_kind (self, name, mode, SIO_VALUE_STRING, "is not text");
  const char *string = NULL;

  if (value == NULL)
    return NULL;

  string = sio_value_get_string (value);
  if (strnlen (string, max_length + 1) > max_length)
    {
      chat_reader_fail (self, name, "is too long");
      return NULL;
    }

  return g_strdup (string);
}

char *
chat_reader_dup_id (ChatReader   *self,
                    const char   *name,
                    ChatReadMode  mode)
{
  g_autofree char *id = chat_reader_dup_string (self, name, mode, CHAT_PROTOCOL_MAX_ID);

  if (id != NULL && *id == '\0')
    {
      chat_reader_fail (self, name, "is empty");
      return NULL;
    }

  return g_steal_pointer (&id);
}

/* A name or a title: one line, so that it cannot push anything out of its row. */
char *
chat_reader_dup_line (ChatReader   *self,
                      const char   *name,
                      ChatReadMode  mode)
{
  char *line = chat_reader_dup_string (self, name, mode, CHAT_PROTOCOL_MAX_NAME);

  for (char *p = line; p != NULL && *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        *p = ' ';
    }

  return line;
}

char *
chat_reader_dup_text (ChatReader   *self,
                      const char   *name,
                      ChatReadMode  mode)
{
  return chat_reader_dup_string (self, name, mode, CHAT_PROTOCOL_MAX_TEXT);
}

gboolean
chat_reader_get_boolean (ChatReader   *self,
                         const char   *name,
                         ChatReadMode  mode)
{
  SioValue *value = chat_reader_get_kind (self, name, mode, SIO_VALUE_BOOLEAN, "is not true or false");

  return value != NULL && sio_value_get_boolean (value);
}

/* A number in JSON has one type: 3.0 and 3 are the same. */
static gint64
chat_reader_get_whole (ChatReader   *self,
                       const char   *name,
                       ChatReadMode  mode,
                       gint64        max,
                       gboolean      round)
{
  SioValue *value = chat_reader_get (self, name, mode);
  double number = 0;

  if (value == NULL)
    return CHAT_NOT_SAID;

  if (!sio_value_is_number (value))
    {
      chat_reader_fail (self, name, "is not a number");
      return CHAT_NOT_SAID;
    }

  if (sio_value_get_kind (value) == SIO_VALUE_INTEGER)
    {
      gint64 whole = sio_value_get_integer (value);

      if (whole >= 0 && whole <= max)
        return whole;

      chat_reader_fail (self, name, "is out of range");
      return CHAT_NOT_SAID;
    }

  number = sio_value_get_double (value);
  if (!isfinite (number) || number < 0 || number > (double) max)
    chat_reader_fail (self, name, "is out of range");
  else if (!round && number != floor (number))
    chat_reader_fail (self, name, "is not a whole number");
  else
    return (gint64) number;

  return CHAT_NOT_SAID;
}

gint64
chat_reader_get_count (ChatReader   *self,
                       const char   *name,
                       ChatReadMode  mode)
{
  return chat_reader_get_whole (self, name, mode, MAX_COUNT, FALSE);
}

/* Some servers send performance times with a fraction of a millisecond. */
gint64
chat_reader_get_time (ChatReader   *self,
                      const char   *name,
                      ChatReadMode  mode)
{
  return chat_reader_get_whole (self, name, mode, MAX_TIME, TRUE);
}

double
chat_reader_get_number (ChatReader   *self,
                        const char   *name,
                        ChatReadMode  mode)
{
  SioValue *value = chat_reader_get (self, name, mode);
  double number = 0;

  if (value == NULL)
    return 0;

  if (!sio_value_is_number (value))
    {
      chat_reader_fail (self, name, "is not a number");
      return 0;
    }

  number = sio_value_get_double (value);
  if (isfinite (number) && number >= 0 && number <= (double) MAX_COUNT)
    return number;

  chat_reader_fail (self, name, "is out of range");
  return 0;
}

SioValue *
chat_reader_get_array (ChatReader   *self,
                       const char   *name,
                       ChatReadMode  mode)
{
  SioValue *array = chat_reader_get_kind (self, name, mode, SIO_VALUE_ARRAY, "is not a list");

  if (array != NULL && sio_value_get_length (array) > CHAT_PROTOCOL_MAX_ITEMS)
    {
      chat_reader_fail (self, name, "is too long");
      return NULL;
    }

  return array;
}

SioValue *
chat_reader_get_object (ChatReader   *self,
                        const char   *name,
                        ChatReadMode  mode)
{
  return chat_reader_get_kind (self, name, mode, SIO_VALUE_OBJECT, "is not an object");
}
