/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Writes JSON as JavaScript's JSON.stringify() does: no spaces, the shortest number that reads as the same one. */

#include "sio-json-private.h"

#include <math.h>

#include "sio-value-private.h"

static void
write_escape (GString *string,
              guchar   character)
{
  static const char escapes[] = "btn?fr";

  g_string_append_c (string, '\\');
  if (character == '"' || character == '\\')
    g_string_append_c (string, (char) character);
  else if (character >= '\b' && character <= '\r' && character != '\v')
    g_string_append_c (string, escapes[character - '\b']);
  else
    g_string_append_printf (string, "u%04x", character);
}

void
sio_json_write_string (GString    *string,
                       const char *text,
                       gsize       length)
{
  const char *end = text + length;
  const char *plain = text;

  g_string_append_c (string, '"');
  for (const char *p = text; p < end; p++)
    {
      if (G_LIKELY ((guchar) *p >= 0x20 && *p != '"' && *p != '\\'))
        continue;
      g_string_append_len (string, plain, p - plain);
      write_escape (string, (guchar) *p);
      plain = p + 1;
    }
  g_string_append_len (string, plain, end - plain);
  g_string_append_c (string, '"');
}

static void
write_integer (GString *string,
               gint64   value)
{
  char buffer[24];
  char *p = buffer + sizeof buffer;
  guint64 rest = value < 0 ? 0 - (guint64) value : (guint64) value;

  do
    {
      *--p = (char) ('0' + rest % 10);
      rest /= 10;
    }
  while (rest > 0);
  if (value < 0)
    *--p = '-';

  g_string_append_len (string, p, buffer + sizeof buffer - p);
}

static void
write_double (GString *string,
              double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  /* Up to here a whole number needs no search. -0 is not among them: it keeps its sign. */
  if (fabs (value) < 0x1p53 && trunc (value) == value && !(value == 0 && signbit (value)))
    {
      write_integer (string, (gint64) value);
      return;
    }

  /* Neither the locale's comma nor "inf" can come out: values are finite. */
  for (guint digits = 15; digits <= 17; digits++)
    {
      char format[] = "%.15g";

      format[3] = (char) ('0' + digits - 10);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }

  g_string_append (string, buffer);
}

void
sio_json_write_number (GString  *string,
                       SioValue *value)
{
  if (value->kind == SIO_VALUE_INTEGER)
    write_integer (string, value->integer);
  else
    write_double (string, value->number);
}

typedef struct
{
  GString   *string;
  GPtrArray *attachments;
  guint      n_attachments;
} Writer;

static void
write_placeholder (Writer *self,
                   GBytes *bytes)
{
  g_string_append_printf (self->string, "{\"_placeholder\":true,\"num\":%u}", self->n_attachments++);
  if (self->attachments != NULL)
    g_ptr_array_add (self->attachments, g_bytes_ref (bytes));
}

static void
write_leaf (Writer   *self,
            SioValue *value)
{
  switch (value->kind)
    {
    case SIO_VALUE_BOOLEAN:
      g_string_append (self->string, value->integer ? "true" : "false");
      break;
    case SIO_VALUE_INTEGER:
    case SIO_VALUE_DOUBLE:
      sio_json_write_number (self->string, value);
      break;
    case SIO_VALUE_STRING:
      sio_json_write_string (self->string, sio_node_get_text (value), value->length);
      break;
    case SIO_VALUE_BYTES:
      write_placeholder (self, value->bytes);
      break;
    default:
      g_assert (value->kind == SIO_VALUE_NULL);
      g_string_append (self->string, "null");
    }
}

/* The container that the writer is in, and how much of it is still to come. */
typedef struct
{
  SioValue *container;
  guint     left;
} Level;

/* What goes before the next child. */
static SioValue *
write_separator (Writer   *self,
                 Level    *level,
                 SioValue *child)
{
  if (level->left < level->container->length)
    g_string_append_c (self->string, ',');
  level->left--;

  if (level->container->kind != SIO_VALUE_OBJECT)
    return child;

  write_leaf (self, child);
  g_string_append_c (self->string, ':');

  return child + sio_node_step (child);
}

/* No recursion: a caller may build as deep as they like. */
static void
write_value (Writer   *self,
             SioValue *value)
{
  g_autoptr(GArray) levels = NULL;

  if (!sio_node_is_container (value))
    {
      write_leaf (self, value);
      return;
    }

  levels = g_array_new (FALSE, FALSE, sizeof (Level));
  do
    {
      Level *level = levels->len > 0 ? &g_array_index (levels, Level, levels->len - 1) : NULL;

      if (level != NULL && level->left == 0)
        {
          g_string_append_c (self->string, level->container->kind == SIO_VALUE_ARRAY ? ']' : '}');
          value = level->container + level->container->span;
          g_array_set_size (levels, levels->len - 1);
          continue;
        }

      if (level != NULL)
        value = write_separator (self, level, value);

      if (sio_node_is_container (value))
        {
          Level inner = { value, value->length };

          g_string_append_c (self->string, value->kind == SIO_VALUE_ARRAY ? '[' : '{');
          g_array_append_val (levels, inner);
        }
      else
        {
          write_leaf (self, value);
        }
      value += sio_node_step (value);
    }
  while (levels->len > 0);
}

static void
writer_init (Writer    *self,
             GString   *string,
             GPtrArray *attachments)
{
  *self = (Writer) { string, attachments, attachments != NULL ? attachments->len : 0 };
}

void
sio_json_write (GString   *string,
                SioValue  *value,
                GPtrArray *attachments)
{
  Writer writer;

  writer_init (&writer, string, attachments);
  write_value (&writer, value);
}

void
sio_json_write_elements (GString   *string,
                         SioValue  *array,
                         GPtrArray *attachments)
{
  Writer writer;
  SioValue *element = array + 1;

  writer_init (&writer, string, attachments);
  for (guint i = 0; i < array->length; i++)
    {
      if (i > 0)
        g_string_append_c (string, ',');
      write_value (&writer, element);
      element += sio_node_span (element);
    }
}

/**
 * sio_value_to_text:
 * @self: a value
 *
 * Writes @self as JSON. JSON has no binary data: where it is, there is a placeholder that only counts it, as in Socket.IO's
 * own packets.
 *
 * Returns: (transfer full): the text
 */
char *
sio_value_to_text (SioValue *self)
{
  GString *string;

  g_return_val_if_fail (self != NULL, NULL);

  string = g_string_new (NULL);
  sio_json_write (string, self, NULL);

  return g_string_free (string, FALSE);
}
