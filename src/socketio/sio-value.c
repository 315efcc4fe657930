/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-value.h"

#include <math.h>

#include "sio-builder.h"
#include "sio-json-private.h"
#include "sio-packet-private.h"
#include "sio-value-private.h"

G_DEFINE_BOXED_TYPE (SioValue, sio_value, sio_value_ref, sio_value_unref)

/**
 * sio_value_new_from_text:
 * @text: JSON in UTF-8
 * @length: the length of @text in bytes, or -1 if it ends at its first NUL
 * @error: return location for an error
 *
 * Reads a JSON text, strictly by RFC 8259.
 *
 * What JSON can say and this library cannot is read as what is nearest to it: a half of a surrogate pair and `\u0000` become
 * U+FFFD, for strings are UTF-8 and end at their first NUL; whole numbers beyond 64 bits become doubles; numbers beyond the
 * range of doubles become the largest double, for infinity could not be written again. Arrays and objects may be nested 512
 * deep.
 *
 * Returns: (transfer full): the value, or %NULL with a %SIO_ERROR_PARSE
 */
SioValue *
sio_value_new_from_text (const char  *text,
                         gssize       length,
                         GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return sio_json_read (text, length >= 0 ? (gsize) length : strlen (text), SIO_DEFAULT_MAX_DEPTH, 0, error);
}

/**
 * sio_value_new_strings:
 * @first: (nullable): the first string
 * @...: more strings, then %NULL
 *
 * Makes an array of strings: the arguments of an event that has no others.
 *
 * Returns: (transfer full): the array
 */
SioValue *
sio_value_new_strings (const char *first,
                       ...)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  va_list strings;

  va_start (strings, first);
  for (const char *string = first; string != NULL; string = va_arg (strings, const char *))
    sio_builder_add_string (builder, string);
  va_end (strings);

  return sio_builder_finish (builder);
}

/**
 * sio_value_new_strv:
 * @strings: (array zero-terminated=1): strings
 *
 * Makes an array of strings.
 *
 * Returns: (transfer full): the array
 */
SioValue *
sio_value_new_strv (const char * const *strings)
{
  g_autoptr(SioBuilder) builder = NULL;

  g_return_val_if_fail (strings != NULL, NULL);

  builder = sio_builder_new ();
  for (gsize i = 0; strings[i] != NULL; i++)
    sio_builder_add_string (builder, strings[i]);

  return sio_builder_finish (builder);
}

/**
 * sio_value_ref:
 * @self: a value
 *
 * References @self, and with it the whole document that it is a part of.
 *
 * Returns: (transfer full): @self
 */
SioValue *
sio_value_ref (SioValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&sio_node_get_block (self)->ref_count);

  return self;
}

/**
 * sio_value_unref:
 * @self: (transfer full): a value
 *
 * Gives up a reference to @self. The document goes when no part of it is referenced any more.
 */
void
sio_value_unref (SioValue *self)
{
  SioBlock *block;
  SioValue *nodes;

  g_return_if_fail (self != NULL);

  block = sio_node_get_block (self);
  if (!g_atomic_ref_count_dec (&block->ref_count))
    return;

  nodes = (SioValue *) (gpointer) (block + 1);
  for (guint32 i = block->unfilled ? 0 : block->last_bytes; i > 0; i = nodes[i - 1].length)
    g_bytes_unref (nodes[i - 1].bytes);
  g_free (block);
}

/**
 * sio_value_get_kind:
 * @self: (nullable): a value
 *
 * Tells what @self holds. This and all getters also take %NULL, which is what stands for a member or element that is not
 * there: they answer as for JSON's null. A getter that does not fit the kind of its value answers the zero of its type. To
 * read what somebody else sent needs no check to be safe, only to be right.
 *
 * Returns: the kind
 */
SioValueKind
sio_value_get_kind (SioValue *self)
{
  return self != NULL ? (SioValueKind) self->kind : SIO_VALUE_NULL;
}

/**
 * sio_value_is_number:
 * @self: (nullable): a value
 *
 * Tells whether @self is a number, be it an integer or a double. For JavaScript there is no difference, so `2.0` may come
 * where `2` was meant.
 *
 * Returns: whether [method@Value.get_integer] and [method@Value.get_double] answer what was sent
 */
gboolean
sio_value_is_number (SioValue *self)
{
  return self != NULL && (self->kind == SIO_VALUE_INTEGER || self->kind == SIO_VALUE_DOUBLE);
}

/**
 * sio_value_get_boolean:
 * @self: (nullable): a value
 *
 * Gets a boolean.
 *
 * Returns: %TRUE for true, and %FALSE for false and all that is no boolean
 */
gboolean
sio_value_get_boolean (SioValue *self)
{
  return self != NULL && self->kind == SIO_VALUE_BOOLEAN && self->integer != 0;
}

/**
 * sio_value_get_integer:
 * @self: (nullable): a value
 *
 * Gets a number as an integer. The fraction of a double is cut off, and one that is beyond 64 bits becomes the nearest
 * integer that is not.
 *
 * Returns: the number, or 0 for all that is no number
 */
gint64
sio_value_get_integer (SioValue *self)
{
  if (self == NULL)
    return 0;
  if (self->kind == SIO_VALUE_INTEGER)
    return self->integer;
  if (self->kind != SIO_VALUE_DOUBLE)
    return 0;

  /* 2^63 is the least double that is too large, and the conversion of such a one is undefined. */
  if (self->number >= 0x1p63)
    return G_MAXINT64;
  if (self->number < -0x1p63)
    return G_MININT64;

  return (gint64) self->number;
}

/**
 * sio_value_get_double:
 * @self: (nullable): a value
 *
 * Gets a number as a double. Integers beyond 2^53 may be rounded.
 *
 * Returns: the number, which always is finite, or 0 for all that is no number
 */
double
sio_value_get_double (SioValue *self)
{
  if (self == NULL)
    return 0;
  if (self->kind == SIO_VALUE_INTEGER)
    return (double) self->integer;

  return self->kind == SIO_VALUE_DOUBLE ? self->number : 0;
}

/**
 * sio_value_get_string:
 * @self: (nullable): a value
 *
 * Gets a string.
 *
 * Returns: (transfer none) (nullable): the text in UTF-8, or %NULL for all that is no string
 */
const char *
sio_value_get_string (SioValue *self)
{
  return self != NULL && self->kind == SIO_VALUE_STRING ? sio_node_get_text (self) : NULL;
}

/**
 * sio_value_get_bytes:
 * @self: (nullable): a value
 *
 * Gets binary data.
 *
 * Returns: (transfer none) (nullable): the data, or %NULL for all that is no binary data
 */
GBytes *
sio_value_get_bytes (SioValue *self)
{
  return self != NULL && self->kind == SIO_VALUE_BYTES ? self->bytes : NULL;
}

/**
 * sio_value_get_length:
 * @self: (nullable): a value
 *
 * Counts the elements of an array or the members of an object.
 *
 * Returns: how many there are, or 0 for all that is neither
 */
guint
sio_value_get_length (SioValue *self)
{
  return self != NULL && sio_node_is_container (self) ? self->length : 0;
}

/* An object's child is the name of a member, and the member's value lies after it. */
static SioValue *
get_child (SioValue *self,
           guint     index)
{
  guint per_child = self->kind == SIO_VALUE_OBJECT ? 2 : 1;
  SioValue *child = self + 1;

  if (self->span == 1 + (gsize) per_child * self->length)
    return child + (gsize) per_child * index;

  if (self->table != 0)
    return self + sio_node_get_places (self + self->table)[index];

  for (guint i = 0; i < per_child * index; i++)
    child += sio_node_span (child);

  return child;
}

/**
 * sio_value_get_element:
 * @self: (nullable): a value
 * @index: which one, from 0
 *
 * Gets an element of an array, or the value of a member of an object by its place. It takes the same short time for each.
 *
 * Returns: (transfer none) (nullable): the element, a part of @self; %NULL if there is none
 */
SioValue *
sio_value_get_element (SioValue *self,
                       guint     index)
{
  SioValue *child;

  if (index >= sio_value_get_length (self))
    return NULL;

  child = get_child (self, index);

  return self->kind == SIO_VALUE_OBJECT ? child + sio_node_span (child) : child;
}

/**
 * sio_value_get_name:
 * @self: (nullable): a value
 * @index: which one, from 0
 *
 * Gets the name of a member of an object by its place.
 *
 * Returns: (transfer none) (nullable): the name; %NULL if there is none
 */
const char *
sio_value_get_name (SioValue *self,
                    guint     index)
{
  if (index >= sio_value_get_length (self) || self->kind != SIO_VALUE_OBJECT)
    return NULL;

  return sio_node_get_text (get_child (self, index));
}

/**
 * sio_value_lookup:
 * @self: (nullable): a value
 * @name: the name of a member
 *
 * Finds a member of an object. Of several members of the same name it is the last one, as in JavaScript.
 *
 * Returns: (transfer none) (nullable): the member's value, a part of @self; %NULL if there is none
 */
SioValue *
sio_value_lookup (SioValue   *self,
                  const char *name)
{
  SioValue *found = NULL;
  SioValue *child;
  gsize length;

  g_return_val_if_fail (name != NULL, NULL);

  if (self == NULL || self->kind != SIO_VALUE_OBJECT)
    return NULL;

  length = strlen (name);
  child = self + 1;
  for (guint i = 0; i < self->length; i++)
    {
      SioValue *value = child + sio_node_span (child);

      if (child->length == length &&
          memcmp (sio_node_get_text (child), name, length) == 0)
        found = value;
      child = value + sio_node_span (value);
    }

  return found;
}

static gboolean
numbers_equal (SioValue *a,
               SioValue *b)
{
  if (a->kind == b->kind)
    return a->kind == SIO_VALUE_INTEGER ? a->integer == b->integer : a->number == b->number;

  if (a->kind == SIO_VALUE_INTEGER)
    return numbers_equal (b, a);

  return a->number >= -0x1p63 && a->number < 0x1p63 && trunc (a->number) == a->number && (gint64) a->number == b->integer;
}

/* Only what a node says itself: of a container how much it contains, but not what. */
static gboolean
nodes_equal (SioValue *a,
             SioValue *b)
{
  if (sio_value_is_number (a))
    return sio_value_is_number (b) && numbers_equal (a, b);

  if (a->kind != b->kind)
    return FALSE;

  switch (a->kind)
    {
    case SIO_VALUE_BOOLEAN:
      return a->integer == b->integer;
    case SIO_VALUE_STRING:
      return a->length == b->length && memcmp (sio_node_get_text (a), sio_node_get_text (b), a->length) == 0;
    case SIO_VALUE_BYTES:
      return g_bytes_equal (a->bytes, b->bytes);
    default:
      return a->kind == SIO_VALUE_NULL || a->length == b->length;
    }
}

/**
 * sio_value_equal:
 * @self: a value
 * @other: another
 *
 * Compares two values with all that they contain. Numbers are equal when they are the same number, whether it is an
 * integer or a double; objects when they have the same members in the same order.
 *
 * Returns: whether @self and @other are equal
 */
gboolean
sio_value_equal (SioValue *self,
                 SioValue *other)
{
  SioValue *end;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  /* In the order of the nodes, and with the same lengths, what is equal node by node has the same form. No recursion, for
   * a caller may build as deep as they like. Only tables may differ, for they are where spans do. */
  end = self + sio_node_span (self);
  while (self < end)
    {
      if (self->kind == SIO_NODE_TABLE)
        {
          self += sio_node_step (self);
          continue;
        }
      while (other->kind == SIO_NODE_TABLE)
        other += sio_node_step (other);
      if (!nodes_equal (self, other))
        return FALSE;
      self += sio_node_step (self);
      other += sio_node_step (other);
    }

  return TRUE;
}

guint
sio_value_count_bytes (SioValue *value)
{
  SioBlock *block = sio_node_get_block (value);
  SioValue *nodes = value - value->index;
  guint count = 0;

  for (guint32 i = block->last_bytes; i > value->index; i = nodes[i - 1].length)
    if (i - 1 < value->index + sio_node_span (value))
      count++;

  return count;
}

void
sio_value_fill_bytes (SioValue  *value,
                      GPtrArray *attachments)
{
  SioBlock *block = sio_node_get_block (value);

  g_assert (block->unfilled && value->index == 0);

  for (guint32 i = block->last_bytes; i > 0; i = value[i - 1].length)
    value[i - 1].bytes = g_bytes_ref (g_ptr_array_index (attachments, value[i - 1].integer));
  block->unfilled = FALSE;
}
