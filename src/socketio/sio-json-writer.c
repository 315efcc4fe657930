/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Writes JSON as JavaScript's JSON.stringify() does: no spaces, the shortest number that reads as the same one. */

#include "sio-json-private.h"

#include <math.h>
#include <string.h>

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

/* Where what needs no escape ends. What is not ASCII needs none; a word with a hit is looked at byte by byte, for what lies
 * above the hit may be none. */
static const char *
skip_plain (const char *p,
            const char *end)
{
  for (;;)
    {
      guint64 word;

      while (end - p >= 8)
        {
          memcpy (&word, p, 8);
          if ((sio_json_find_special (word) & ~word) != 0)
            break;
          p += 8;
        }

      for (guint i = 0; i < 8; i++, p++)
        if (p == end || (guchar) *p < 0x20 || *p == '"' || *p == '\\')
          return p;
    }
}

void
sio_json_write_string (GString    *string,
                       const char *text,
                       gsize       length)
{
  const char *end = text + length;

  g_string_append_c (string, '"');
  while (text < end)
    {
      const char *plain = text;

      text = skip_plain (text, end);
      g_string_append_len (string, plain, text - plain);
      if (text < end)
        write_escape (string, (guchar) *text++);
    }
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

/* A container that the writer is in, and how much of it is still to come. */
typedef struct
{
  SioValue *container;
  guint     left;
} Level;

/* Few documents are deeper than this. */
#define USUAL_DEPTH 16

typedef struct
{
  Level  usual[USUAL_DEPTH];
  Level *levels;
  gsize  depth;
  gsize  capacity;
} Stack;

static void
push_level (Stack    *stack,
            SioValue *container)
{
  if (stack->depth == stack->capacity)
    {
      Level *levels = stack->levels == stack->usual ? NULL : stack->levels;

      stack->capacity *= 2;
      stack->levels = g_renew (Level, levels, stack->capacity);
      if (levels == NULL)
        memcpy (stack->levels, stack->usual, sizeof stack->usual);
    }

  stack->levels[stack->depth++] = (Level) { container, container->length };
}

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

  sio_json_write_string (self->string, sio_node_get_text (child), child->length);
  g_string_append_c (self->string, ':');

  return child + sio_node_step (child);
}

/* @value, or only its beginning when it is a container; then the next node is its first child. */
static SioValue *
write_node (Writer   *self,
            Stack    *stack,
            SioValue *value)
{
  if (sio_node_is_container (value))
    {
      g_string_append_c (self->string, value->kind == SIO_VALUE_ARRAY ? '[' : '{');
      push_level (stack, value);
    }
  else
    {
      write_leaf (self, value);
    }

  return value + sio_node_step (value);
}

/* No recursion: a caller may build as deep as they like. */
static void
write_value (Writer   *self,
             SioValue *value)
{
  Stack stack;

  stack.levels = stack.usual;
  stack.depth = 0;
  stack.capacity = USUAL_DEPTH;

  value = write_node (self, &stack, value);
  while (stack.depth > 0)
    {
      Level *level = &stack.levels[stack.depth - 1];

      if (level->left > 0)
        {
          value = write_separator (self, level, value);
          value = write_node (self, &stack, value);
          continue;
        }

      g_string_append_c (self->string, level->container->kind == SIO_VALUE_ARRAY ? ']' : '}');
      value = level->container + level->container->span;
      stack.depth--;
    }

  if (stack.levels != stack.usual)
    g_free (stack.levels);
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
