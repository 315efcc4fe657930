/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-builder.h"

#include <math.h>

#include "sio-value-private.h"

struct _SioBuilder
{
  gatomicrefcount ref_count;
  SioArena        arena;
  gboolean        named;     /* the name of the next member has been given */
};

G_DEFINE_BOXED_TYPE (SioBuilder, sio_builder, sio_builder_ref, sio_builder_unref)

/* Enough for the arguments of most events. */
#define INITIAL_NODES 24

static void
reserve (SioBuilder *self,
         gsize       n_nodes)
{
  /* 4 GiB of nodes: treated as g_malloc() treats the end of the memory. */
  if (!sio_arena_reserve (&self->arena, n_nodes))
    g_error ("A value is larger than the memory that a value can have");
}

static void
start (SioBuilder *self)
{
  sio_arena_init (&self->arena, INITIAL_NODES);
  sio_arena_open (&self->arena, SIO_VALUE_ARRAY);
}

static gboolean
takes_value (SioBuilder *self)
{
  return self->named || self->arena.nodes[self->arena.open].kind == SIO_VALUE_ARRAY;
}

static void
count_value (SioBuilder *self)
{
  self->arena.nodes[self->arena.open].length++;
  self->named = FALSE;
}

static SioValue *
add (SioBuilder   *self,
     SioValueKind  kind)
{
  reserve (self, 1);
  count_value (self);

  return sio_arena_add (&self->arena, kind);
}

/**
 * sio_builder_new:
 *
 * Makes a builder that stands inside an empty array.
 *
 * Returns: (transfer full): the builder
 */
SioBuilder *
sio_builder_new (void)
{
  SioBuilder *self = g_new0 (SioBuilder, 1);

  g_atomic_ref_count_init (&self->ref_count);
  start (self);

  return self;
}

/**
 * sio_builder_ref:
 * @self: a builder
 *
 * References @self. A builder may be used by one thread at a time.
 *
 * Returns: (transfer full): @self
 */
SioBuilder *
sio_builder_ref (SioBuilder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sio_builder_unref:
 * @self: (transfer full): a builder
 *
 * Gives up a reference to @self.
 */
void
sio_builder_unref (SioBuilder *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sio_arena_clear (&self->arena);
  g_free (self);
}

/**
 * sio_builder_add_null:
 * @self: a builder
 *
 * Adds a null.
 */
void
sio_builder_add_null (SioBuilder *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (takes_value (self));

  add (self, SIO_VALUE_NULL)->integer = 0;
}

/**
 * sio_builder_add_boolean:
 * @self: a builder
 * @value: a boolean
 *
 * Adds a boolean.
 */
void
sio_builder_add_boolean (SioBuilder *self,
                         gboolean    value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (takes_value (self));

  add (self, SIO_VALUE_BOOLEAN)->integer = value != FALSE;
}

/**
 * sio_builder_add_integer:
 * @self: a builder
 * @value: a number
 *
 * Adds an integer. What is beyond 2^53 is sent as it is, but a peer in JavaScript rounds it.
 */
void
sio_builder_add_integer (SioBuilder *self,
                         gint64      value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (takes_value (self));

  add (self, SIO_VALUE_INTEGER)->integer = value;
}

/**
 * sio_builder_add_double:
 * @self: a builder
 * @value: a number
 *
 * Adds a double. Infinity and what is no number become null as in JavaScript, for JSON has neither.
 */
void
sio_builder_add_double (SioBuilder *self,
                        double      value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (takes_value (self));

  if (isfinite (value))
    add (self, SIO_VALUE_DOUBLE)->number = value;
  else
    sio_builder_add_null (self);
}

static void
add_string_node (SioBuilder *self,
                 const char *text)
{
  gsize length = strlen (text);
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      text = valid = g_utf8_make_valid (text, (gssize) length);
      length = strlen (text);
    }

  reserve (self, sio_node_text_span (length));
  sio_arena_add_string (&self->arena, text, length);
}

/**
 * sio_builder_add_string:
 * @self: a builder
 * @value: (nullable): text
 *
 * Adds a string. %NULL adds a null. Bytes that are no UTF-8 become U+FFFD.
 */
void
sio_builder_add_string (SioBuilder *self,
                        const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (takes_value (self));

  if (value == NULL)
    {
      sio_builder_add_null (self);
      return;
    }

  add_string_node (self, value);
  count_value (self);
}

/**
 * sio_builder_add_bytes:
 * @self: a builder
 * @value: (nullable): data
 *
 * Adds binary data. It is referenced and not copied. %NULL adds a null.
 */
void
sio_builder_add_bytes (SioBuilder *self,
                       GBytes     *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (takes_value (self));

  if (value == NULL)
    {
      sio_builder_add_null (self);
      return;
    }

  reserve (self, 1);
  count_value (self);
  sio_arena_add_bytes (&self->arena, g_bytes_ref (value));
}

/**
 * sio_builder_add_value:
 * @self: a builder
 * @value: (nullable): a value
 *
 * Adds a copy of a value. %NULL adds a null.
 */
void
sio_builder_add_value (SioBuilder *self,
                       SioValue   *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (takes_value (self));

  if (value == NULL)
    {
      sio_builder_add_null (self);
      return;
    }

  reserve (self, sio_node_span (value));
  count_value (self);
  sio_arena_add_value (&self->arena, value);
}

static void
begin (SioBuilder   *self,
       SioValueKind  kind)
{
  reserve (self, 1);
  count_value (self);
  sio_arena_open (&self->arena, kind);
}

/**
 * sio_builder_begin_array:
 * @self: a builder
 *
 * Adds an array. What is added up to its [method@Builder.end] are its elements.
 */
void
sio_builder_begin_array (SioBuilder *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (takes_value (self));

  begin (self, SIO_VALUE_ARRAY);
}

/**
 * sio_builder_begin_object:
 * @self: a builder
 *
 * Adds an object. What is added up to its [method@Builder.end] are its members: for each
 * [method@Builder.set_name] and then a value.
 */
void
sio_builder_begin_object (SioBuilder *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (takes_value (self));

  begin (self, SIO_VALUE_OBJECT);
}

/**
 * sio_builder_set_name:
 * @self: a builder that stands inside an object
 * @name: the name of the member that is added next
 *
 * Names a member.
 */
void
sio_builder_set_name (SioBuilder *self,
                      const char *name)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (self->arena.nodes[self->arena.open].kind == SIO_VALUE_OBJECT);
  g_return_if_fail (!self->named);

  add_string_node (self, name);
  self->named = TRUE;
}

/**
 * sio_builder_end:
 * @self: a builder
 *
 * Ends the array or object that was begun last.
 */
void
sio_builder_end (SioBuilder *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->arena.depth > 1);
  g_return_if_fail (!self->named);

  if (!sio_arena_close (&self->arena))
    g_error ("A value is larger than the memory that a value can have");
}

/**
 * sio_builder_finish:
 * @self: a builder; all that was begun in it has ended
 *
 * Gives what was built. The builder is as new then.
 *
 * Returns: (transfer full): the array
 */
SioValue *
sio_builder_finish (SioBuilder *self)
{
  SioValue *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->arena.depth == 1, NULL);

  if (!sio_arena_close (&self->arena))
    g_error ("A value is larger than the memory that a value can have");

  value = sio_arena_finish (&self->arena);
  start (self);

  return value;
}
