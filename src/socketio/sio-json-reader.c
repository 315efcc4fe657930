/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads JSON by RFC 8259 in one pass, straight into the block of the value.
 *
 * Each event that arrives goes through here, so it looks at eight bytes at a time where it can and asks for memory once. It
 * does not recurse: how deep a text is nested costs a counter. All that is not ASCII can only be in strings, so UTF-8 is
 * checked there, while the string is copied. */

#include "sio-json-private.h"

#include <float.h>

#include "sio-error.h"
#include "sio-value-private.h"

typedef struct
{
  const char *start;
  const char *p;
  const char *end;
  SioArena    arena;
  guint       max_depth;
  guint       n_attachments;
  const char *problem;       /* what was wrong at p */
} Reader;

static gboolean
fail (Reader     *self,
      const char *problem)
{
  self->problem = problem;

  return FALSE;
}

/* Before each node: it, the rest of the text were it all one string, and a word to spare for copying eight bytes at once. */
static inline gboolean
reserve (Reader *self)
{
  if (G_LIKELY (sio_arena_reserve (&self->arena, (gsize) (self->end - self->p) / sizeof (SioValue) + 4)))
    return TRUE;

  return fail (self, "too large");
}

static inline void
skip_space (Reader *self)
{
  const char *p = self->p;

  while (p < self->end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  self->p = p;
}

static inline gboolean
at (Reader *self,
    char    character)
{
  return self->p < self->end && *self->p == character;
}

static inline gboolean
at_digit (Reader *self)
{
  return self->p < self->end && *self->p >= '0' && *self->p <= '9';
}

/* --- strings --- */

static inline char *
copy_plain (Reader *self,
            char   *out)
{
  const char *p = self->p;

  while (self->end - p >= 8)
    {
      guint64 word, special;
      guint n_plain;

      memcpy (&word, p, 8);
      memcpy (out, &word, 8);
      special = sio_json_find_special (GUINT64_FROM_LE (word));
      n_plain = special != 0 ? (guint) __builtin_ctzll (special) / 8 : 8;
      p += n_plain;
      out += n_plain;
      if (n_plain < 8)
        break;
    }

  if (self->end - p < 8)
    while (p < self->end && (guchar) *p >= 0x20 && (guchar) *p < 0x80 && *p != '"' && *p != '\\')
      *out++ = *p++;

  self->p = p;

  return out;
}

static inline gboolean
is_continuation (char c)
{
  return ((guchar) c & 0xc0) == 0x80;
}

/* How many bytes the character at @p has; 0 if it is none: too long a form, half a surrogate pair, or beyond U+10FFFF. */
static guint
get_character_length (const char *p,
                      const char *end)
{
  guchar first = (guchar) p[0];
  gsize left = (gsize) (end - p);
  guchar second = left > 1 ? (guchar) p[1] : 0;

  if (first < 0xc2 || first > 0xf4 || (second & 0xc0) != 0x80)
    return 0;
  if (first < 0xe0)
    return 2;
  if (first < 0xf0)
    {
      if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f))
        return 0;
      return left > 2 && is_continuation (p[2]) ? 3 : 0;
    }
  if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
    return 0;

  return left > 3 && is_continuation (p[2]) && is_continuation (p[3]) ? 4 : 0;
}

static char *
copy_characters (Reader *self,
                 char   *out)
{
  do
    {
      guint length = get_character_length (self->p, self->end);

      if (length == 0)
        {
          fail (self, "invalid UTF-8");
          return NULL;
        }
      for (guint i = 0; i < length; i++)
        *out++ = *self->p++;
    }
  while (self->p < self->end && (guchar) *self->p >= 0x80);

  return out;
}

static gint32
read_four_digits (const char *p,
                  const char *end)
{
  gint32 unit = 0;

  if (end - p < 4)
    return -1;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      unit = unit << 4 | digit;
    }

  return unit;
}

/* JavaScript writes half of a surrogate pair as an escape, and servers do send such halves; UTF-8 has no place for them, nor
 * GLib's strings for NUL. Both become U+FFFD, the replacement character, rather than to lose the whole message. */
static char *
copy_unicode_escape (Reader *self,
                     char   *out)
{
  gint32 unit = read_four_digits (self->p, self->end);
  gunichar character = (gunichar) unit;

  if (unit < 0)
    {
      fail (self, "invalid \\u escape");
      return NULL;
    }
  self->p += 4;

  if (unit >= 0xd800 && unit <= 0xdbff && self->end - self->p >= 6 && self->p[0] == '\\' && self->p[1] == 'u')
    {
      gint32 low = read_four_digits (self->p + 2, self->end);

      if (low >= 0xdc00 && low <= 0xdfff)
        {
          character = 0x10000 + (((gunichar) unit & 0x3ff) << 10) + ((gunichar) low & 0x3ff);
          self->p += 6;
        }
    }

  if (character == 0 || (character >= 0xd800 && character <= 0xdfff))
    character = 0xfffd;

  return out + g_unichar_to_utf8 (character, out);
}

static char *
copy_escape (Reader *self,
             char   *out)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char characters[] = "\"\\/\b\f\n\r\t";
  const char *found;

  self->p++;
  if (at (self, 'u'))
    {
      self->p++;
      return copy_unicode_escape (self, out);
    }

  found = self->p < self->end && *self->p != '\0' ? strchr (escapes, *self->p) : NULL;
  if (found == NULL)
    {
      fail (self, "invalid escape");
      return NULL;
    }
  self->p++;
  *out = characters[found - escapes];

  return out + 1;
}

static gboolean
read_string (Reader *self)
{
  SioValue *node;
  char *text, *out;

  if (!reserve (self))
    return FALSE;

  self->p++;
  node = sio_arena_add (&self->arena, SIO_VALUE_STRING);
  out = text = sio_node_get_text (node);

  do
    {
      out = copy_plain (self, out);
      if (self->p == self->end)
        return fail (self, "a string without end");
      if (*self->p == '"')
        break;
      if (*self->p == '\\')
        out = copy_escape (self, out);
      else if ((guchar) *self->p >= 0x80)
        out = copy_characters (self, out);
      else
        return fail (self, "a control character in a string");
    }
  while (out != NULL);

  if (out == NULL)
    return FALSE;

  self->p++;
  *out = '\0';
  node->length = (guint32) (out - text);
  self->arena.n_nodes += sio_node_text_span (node->length) - 1;

  return TRUE;
}

/* --- numbers --- */

typedef struct
{
  const char *start;
  guint64     digits;   /* of the mantissa; right only while there are no more than 19 */
  guint       n_digits;
  gint        exponent; /* of ten, for digits as a whole number */
  gboolean    negative;
  gboolean    whole;    /* neither fraction nor exponent */
} Number;

static void
read_digits (Reader *self,
             Number *number)
{
  while (at_digit (self))
    {
      if (number->n_digits < 19)
        number->digits = 10 * number->digits + (guint64) (*self->p - '0');
      /* Zeros before the first other digit are no digits of the mantissa. */
      if (number->digits != 0 && number->n_digits < G_MAXINT)
        number->n_digits++;
      self->p++;
    }
}

static gboolean
read_exponent (Reader *self,
               Number *number)
{
  gboolean negative;
  gint exponent = 0;

  self->p++;
  negative = at (self, '-');
  if (negative || at (self, '+'))
    self->p++;
  if (!at_digit (self))
    return fail (self, "an exponent without digits");

  for (; at_digit (self); self->p++)
    if (exponent < 100000)
      exponent = 10 * exponent + (*self->p - '0');

  number->exponent += negative ? -exponent : exponent;
  number->whole = FALSE;

  return TRUE;
}

/* Mantissa and power of ten are exact here, so one operation rounds once: the same as the long way, but without it. */
static gboolean
convert_quickly (const Number *number,
                 double       *value)
{
#if defined (FLT_EVAL_METHOD) && FLT_EVAL_METHOD == 0
  static const double powers[] = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  };

  if (number->n_digits > 19 || number->digits > (G_GUINT64_CONSTANT (1) << 53) ||
      number->exponent < -22 || number->exponent > 22)
    return FALSE;

  *value = (double) number->digits;
  if (number->exponent < 0)
    *value /= powers[-number->exponent];
  else
    *value *= powers[number->exponent];
  if (number->negative)
    *value = -*value;

  return TRUE;
#else
  return FALSE;
#endif
}

static double
convert (Reader       *self,
         const Number *number)
{
  char buffer[64];
  g_autofree char *allocated = NULL;
  gsize length = (gsize) (self->p - number->start);
  double value;

  if (convert_quickly (number, &value))
    return value;

  /* The text need not end where the number does, and strtod() looks for its end. */
  if (length < sizeof buffer)
    {
      memcpy (buffer, number->start, length);
      buffer[length] = '\0';
    }
  else
    {
      allocated = g_strndup (number->start, length);
    }

  return CLAMP (g_ascii_strtod (allocated != NULL ? allocated : buffer, NULL), -G_MAXDOUBLE, G_MAXDOUBLE);
}

static void
add_number (Reader       *self,
            const Number *number)
{
  SioValue *node = sio_arena_add (&self->arena, SIO_VALUE_INTEGER);
  guint64 limit = (guint64) G_MAXINT64 + (number->negative ? 1 : 0);

  /* -0 is a number of its own to JavaScript, but there is no such integer. */
  if (number->whole && number->n_digits <= 19 && number->digits <= limit && !(number->negative && number->digits == 0))
    {
      node->integer = (gint64) (number->negative ? 0 - number->digits : number->digits);
      return;
    }

  node->kind = SIO_VALUE_DOUBLE;
  node->number = convert (self, number);
}

static gboolean
read_number (Reader *self)
{
  Number number = { .start = self->p, .whole = TRUE };

  if (!reserve (self))
    return FALSE;

  number.negative = at (self, '-');
  if (number.negative)
    self->p++;
  if (!at_digit (self))
    return fail (self, "no value");

  if (*self->p == '0')
    self->p++;
  else
    read_digits (self, &number);

  if (at (self, '.'))
    {
      const char *fraction = ++self->p;

      if (!at_digit (self))
        return fail (self, "a fraction without digits");
      read_digits (self, &number);
      number.exponent = (gint) -MIN (self->p - fraction, 1000000);
      number.whole = FALSE;
    }
  if ((at (self, 'e') || at (self, 'E')) && !read_exponent (self, &number))
    return FALSE;

  add_number (self, &number);

  return TRUE;
}

/* --- the rest --- */

static gboolean
read_word (Reader       *self,
           const char   *word,
           gsize         length,
           SioValueKind  kind,
           gboolean      value)
{
  if (!reserve (self))
    return FALSE;
  if ((gsize) (self->end - self->p) < length || memcmp (self->p, word, length) != 0)
    return fail (self, "no value");

  self->p += length;
  sio_arena_add (&self->arena, kind)->integer = value;

  return TRUE;
}

static gboolean
read_name (Reader *self)
{
  skip_space (self);
  if (!at (self, '"'))
    return fail (self, "a member without a name");
  if (!read_string (self))
    return FALSE;
  skip_space (self);
  if (!at (self, ':'))
    return fail (self, "a name without a value");
  self->p++;

  return TRUE;
}

/* An object that says `"_placeholder": true`, whatever else it says, stands for an attachment. */
static gboolean
replace_placeholder (Reader *self,
                     guint32 index)
{
  SioValue *object = &self->arena.nodes[index];
  SioValue *number;
  gint64 attachment;

  if (!sio_value_get_boolean (sio_value_lookup (object, "_placeholder")))
    return TRUE;

  number = sio_value_lookup (object, "num");
  attachment = sio_value_get_integer (number);
  if (sio_value_get_kind (number) != SIO_VALUE_INTEGER || attachment < 0 || attachment >= self->n_attachments)
    return fail (self, "illegal attachments");

  sio_arena_truncate (&self->arena, index);
  sio_arena_add_bytes (&self->arena, NULL);
  self->arena.nodes[index].integer = attachment;

  return TRUE;
}

static gboolean
close_container (Reader *self)
{
  guint32 index = self->arena.open;

  self->p++;
  if (!sio_arena_close (&self->arena))
    return fail (self, "too large");

  return self->n_attachments == 0 || self->arena.nodes[index].kind != SIO_VALUE_OBJECT || replace_placeholder (self, index);
}

/* @opened is TRUE when a value is due that is the first in a container. */
static gboolean
open_container (Reader       *self,
                SioValueKind  kind,
                gboolean     *opened)
{
  if (self->arena.depth >= self->max_depth)
    return fail (self, "nested too deep");
  if (!reserve (self))
    return FALSE;

  self->p++;
  sio_arena_open (&self->arena, kind);
  skip_space (self);
  if (at (self, kind == SIO_VALUE_ARRAY ? ']' : '}'))
    return close_container (self);
  *opened = TRUE;

  return kind == SIO_VALUE_ARRAY || read_name (self);
}

static gboolean
read_value (Reader   *self,
            gboolean *opened)
{
  skip_space (self);
  if (self->p == self->end)
    return fail (self, "no value");

  switch (*self->p)
    {
    case '"':
      return read_string (self);
    case '[':
      return open_container (self, SIO_VALUE_ARRAY, opened);
    case '{':
      return open_container (self, SIO_VALUE_OBJECT, opened);
    case 't':
      return read_word (self, "true", 4, SIO_VALUE_BOOLEAN, TRUE);
    case 'f':
      return read_word (self, "false", 5, SIO_VALUE_BOOLEAN, FALSE);
    case 'n':
      return read_word (self, "null", 4, SIO_VALUE_NULL, FALSE);
    default:
      return read_number (self);
    }
}

/* After a value: up to where the next one begins, or to the end of the outermost. */
static gboolean
read_after_value (Reader *self)
{
  while (self->arena.open != SIO_ARENA_NONE)
    {
      SioValue *container = &self->arena.nodes[self->arena.open];
      gboolean in_array = container->kind == SIO_VALUE_ARRAY;

      container->length++;
      skip_space (self);
      if (at (self, ','))
        {
          self->p++;
          return in_array || read_name (self);
        }
      if (!at (self, in_array ? ']' : '}'))
        return fail (self, "neither a comma nor the end");
      if (!close_container (self))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_document (Reader *self)
{
  do
    {
      gboolean opened = FALSE;

      if (!read_value (self, &opened))
        return FALSE;
      if (!opened && !read_after_value (self))
        return FALSE;
    }
  while (self->arena.open != SIO_ARENA_NONE);

  skip_space (self);

  return self->p == self->end || fail (self, "something after the end");
}

SioValue *
sio_json_read (const char  *text,
               gsize        length,
               guint        max_depth,
               guint        n_attachments,
               GError     **error)
{
  Reader reader = {
    .start = text,
    .p = text,
    .end = text + length,
    .max_depth = max_depth,
    .n_attachments = n_attachments,
  };

  /* Nodes of twice the size of the text are enough for most events. */
  sio_arena_init (&reader.arena, length / 8 + 16);
  reader.arena.unfilled = n_attachments > 0;

  if (read_document (&reader))
    return sio_arena_finish (&reader.arena);

  g_set_error (error, SIO_ERROR, SIO_ERROR_PARSE, "%s (byte %" G_GSIZE_FORMAT " of the JSON)",
               reader.problem, (gsize) (reader.p - text));
  sio_arena_clear (&reader.arena);

  return NULL;
}
