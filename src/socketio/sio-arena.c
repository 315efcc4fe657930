/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fills the block of a document. */

#include "sio-value-private.h"

/* Shorter containers are walked. */
#define TABLE_MIN_CHILDREN 17

#define MIN_CAPACITY 16

static SioBlock *
get_block (SioArena *self)
{
  return (SioBlock *) (gpointer) self->nodes - 1;
}

void
sio_arena_init (SioArena *self,
                gsize     capacity)
{
  SioBlock *block;

  capacity = CLAMP (capacity, MIN_CAPACITY, SIO_NODE_MAX_INDEX);
  block = g_malloc (sizeof (SioBlock) + capacity * sizeof (SioValue));

  *self = (SioArena) { .nodes = (SioValue *) (gpointer) (block + 1), .capacity = capacity, .open = SIO_ARENA_NONE };
}

void
sio_arena_clear (SioArena *self)
{
  if (self->nodes == NULL)
    return;

  sio_arena_truncate (self, 0);
  g_free (get_block (self));
  self->nodes = NULL;
}

/* Forgets the nodes from @index on. */
void
sio_arena_truncate (SioArena *self,
                    guint32   index)
{
  while (self->last_bytes > index)
    {
      SioValue *node = &self->nodes[self->last_bytes - 1];

      self->last_bytes = node->length;
      if (!self->unfilled)
        g_bytes_unref (node->bytes);
    }

  self->n_nodes = index;
}

gboolean
sio_arena_grow (SioArena *self,
                gsize     n_more)
{
  gsize capacity;
  SioBlock *block;

  if (n_more > SIO_NODE_MAX_INDEX - self->n_nodes)
    return FALSE;

  capacity = MIN (MAX (2 * self->capacity, self->n_nodes + n_more), SIO_NODE_MAX_INDEX);
  block = g_realloc (get_block (self), sizeof (SioBlock) + capacity * sizeof (SioValue));
  self->nodes = (SioValue *) (gpointer) (block + 1);
  self->capacity = capacity;

  return TRUE;
}

gboolean
sio_arena_add_string (SioArena   *self,
                      const char *text,
                      gsize       length)
{
  SioValue *node;

  if (length >= G_MAXUINT32 || !sio_arena_reserve (self, sio_node_text_span (length)))
    return FALSE;

  node = sio_arena_add (self, SIO_VALUE_STRING);
  node->length = (guint32) length;
  memcpy (sio_node_get_text (node), text, length);
  sio_node_get_text (node)[length] = '\0';
  self->n_nodes += sio_node_text_span (length) - 1;

  return TRUE;
}

/* Takes @bytes; space was reserved. */
void
sio_arena_add_bytes (SioArena *self,
                     GBytes   *bytes)
{
  SioValue *node = sio_arena_add (self, SIO_VALUE_BYTES);

  node->bytes = bytes;
  node->length = self->last_bytes;
  self->last_bytes = node->index + 1;
}

/* Copies @value with all that it contains. */
gboolean
sio_arena_add_value (SioArena *self,
                     SioValue *value)
{
  gsize span = sio_node_span (value);
  SioValue *nodes;

  if (!sio_arena_reserve (self, span))
    return FALSE;

  nodes = &self->nodes[self->n_nodes];
  memcpy (nodes, value, span * sizeof (SioValue));

  for (gsize i = 0; i < span; i += sio_node_step (&nodes[i]))
    {
      nodes[i].index = (guint32) (self->n_nodes + i);
      if (nodes[i].kind == SIO_VALUE_BYTES)
        {
          g_bytes_ref (nodes[i].bytes);
          nodes[i].length = self->last_bytes;
          self->last_bytes = nodes[i].index + 1;
        }
    }

  self->n_nodes += span;

  return TRUE;
}

static gboolean
add_table (SioArena *self)
{
  guint32 n_children = self->nodes[self->open].length;
  guint names = self->nodes[self->open].kind == SIO_VALUE_OBJECT;
  SioValue *container, *table, *child;
  guint32 *places;

  if (!sio_arena_reserve (self, sio_node_table_span (n_children)))
    return FALSE;

  container = &self->nodes[self->open];
  table = sio_arena_add (self, SIO_NODE_TABLE);
  table->length = n_children;
  self->n_nodes += sio_node_table_span (n_children) - 1;
  container->table = (guint32) (table - container);

  places = sio_node_get_places (table);
  child = container + 1;
  for (guint32 i = 0; i < n_children; i++)
    {
      places[i] = (guint32) (child - container);
      if (names)
        child += sio_node_span (child);
      child += sio_node_span (child);
    }

  return TRUE;
}

/* Closes the container that is open. */
gboolean
sio_arena_close (SioArena *self)
{
  guint32 index = self->open;
  guint32 parent = self->nodes[index].span;
  guint32 n_children = self->nodes[index].length;
  gsize n_nodes = self->nodes[index].kind == SIO_VALUE_OBJECT ? 2 * (gsize) n_children : n_children;

  if (n_children >= TABLE_MIN_CHILDREN && self->n_nodes - index != 1 + n_nodes && !add_table (self))
    return FALSE;

  self->nodes[index].span = (guint32) (self->n_nodes - index);
  self->open = parent;
  self->depth--;

  return TRUE;
}

SioValue *
sio_arena_finish (SioArena *self)
{
  SioBlock *block = get_block (self);
  gsize n_nodes = self->n_nodes;

  g_assert (self->open == SIO_ARENA_NONE && n_nodes > 0);

  /* The estimate was generous, and the document may stay for long. */
  if (self->capacity > 2 * n_nodes && self->capacity > 64)
    block = g_realloc (block, sizeof (SioBlock) + n_nodes * sizeof (SioValue));

  g_atomic_ref_count_init (&block->ref_count);
  block->n_nodes = (guint32) n_nodes;
  block->last_bytes = self->last_bytes;
  block->unfilled = self->unfilled;
  self->nodes = NULL;

  return (SioValue *) (gpointer) (block + 1);
}
