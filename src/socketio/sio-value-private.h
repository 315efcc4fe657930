/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <string.h>

#include "sio-value.h"

/* How values lie in memory.
 *
 * A document is one block: a header, then its nodes in the order in which they were read, each container before what it
 * contains. A node has 16 bytes. A string's text begins in its node and runs on over as many more as it needs; an object's
 * member is its name, a string, and then its value. Each node knows how far it is from the start of the block, which is
 * how a reference to any part of a document keeps all of it. */

G_BEGIN_DECLS

/* The places of a long container's children; the last node in that container. No value that anyone gets to see. */
#define SIO_NODE_TABLE 8

#define SIO_NODE_MAX_INDEX ((1u << 28) - 1)

struct _SioValue
{
  guint32 kind : 4;
  guint32 index : 28; /* how many nodes lie between the block's first and this one */
  guint32 length;     /* bytes of a string, children of a container or table; of bytes: the index + 1 of those before, or 0 */
  union
  {
    gint64  integer;
    double  number;
    GBytes *bytes;
    char    text[8];
    guint32 places[2];
    struct
    {
      guint32 span;   /* nodes, this one and its table included; while it is open: the index of the container around it */
      guint32 table;  /* how far the table is from this node, 0 for none */
    };
  };
};

G_STATIC_ASSERT (sizeof (SioValue) == 16);

typedef struct
{
  gatomicrefcount ref_count;
  guint32         n_nodes;
  guint32         last_bytes; /* the index + 1 of the last node that has bytes, or 0 */
  gboolean        unfilled;   /* nodes of bytes still hold the number of an attachment, not the attachment */
} SioBlock;

G_STATIC_ASSERT (sizeof (SioBlock) == 16);

static inline SioBlock *
sio_node_get_block (SioValue *node)
{
  return (SioBlock *) (gpointer) (node - node->index) - 1;
}

static inline gboolean
sio_node_is_container (const SioValue *node)
{
  return node->kind == SIO_VALUE_ARRAY || node->kind == SIO_VALUE_OBJECT;
}

/* Not node->text: a compiler may take it that what begins there also ends within its 8 bytes. */
static inline char *
sio_node_get_text (SioValue *node)
{
  return (char *) node + G_STRUCT_OFFSET (SioValue, text);
}

static inline guint32 *
sio_node_get_places (SioValue *node)
{
  return (guint32 *) (gpointer) ((char *) node + G_STRUCT_OFFSET (SioValue, places));
}

static inline gsize
sio_node_text_span (gsize length)
{
  return (G_STRUCT_OFFSET (SioValue, text) + length + 1 + sizeof (SioValue) - 1) / sizeof (SioValue);
}

static inline gsize
sio_node_table_span (gsize length)
{
  return (G_STRUCT_OFFSET (SioValue, places) + 4 * length + sizeof (SioValue) - 1) / sizeof (SioValue);
}

/* From one node to the one that lies after it: into containers. */
static inline gsize
sio_node_step (const SioValue *node)
{
  if (node->kind == SIO_VALUE_STRING)
    return sio_node_text_span (node->length);
  if (node->kind == SIO_NODE_TABLE)
    return sio_node_table_span (node->length);
  return 1;
}

/* From one node to its next sibling: over containers. */
static inline gsize
sio_node_span (const SioValue *node)
{
  return sio_node_is_container (node) ? node->span : sio_node_step (node);
}

/* A block that is being filled, by the builder or by the JSON reader. */
typedef struct
{
  SioValue *nodes;
  gsize     n_nodes;
  gsize     capacity;
  guint32   open;       /* the container that nodes are added to */
  guint32   depth;
  guint32   last_bytes;
  gboolean  unfilled;
} SioArena;

#define SIO_ARENA_NONE G_MAXUINT32

void      sio_arena_init       (SioArena   *self,
                                gsize       capacity);
void      sio_arena_clear      (SioArena   *self);
gboolean  sio_arena_grow       (SioArena   *self,
                                gsize       n_more);
gboolean  sio_arena_add_string (SioArena   *self,
                                const char *text,
                                gsize       length);
gboolean  sio_arena_add_value  (SioArena   *self,
                                SioValue   *value);
void      sio_arena_add_bytes  (SioArena   *self,
                                GBytes     *bytes);
gboolean  sio_arena_close      (SioArena   *self);
void      sio_arena_truncate   (SioArena   *self,
                                guint32     index);
SioValue *sio_arena_finish     (SioArena   *self);

/* Space for @n_more nodes; FALSE when a block cannot have so many. */
static inline gboolean
sio_arena_reserve (SioArena *self,
                   gsize     n_more)
{
  return G_LIKELY (self->capacity - self->n_nodes >= n_more) || sio_arena_grow (self, n_more);
}

/* The node is not counted as a child yet, and the space for it was reserved. */
static inline SioValue *
sio_arena_add (SioArena *self,
               guint     kind)
{
  SioValue *node = &self->nodes[self->n_nodes];

  node->kind = kind;
  node->index = (guint32) self->n_nodes++;
  node->length = 0;

  return node;
}

static inline void
sio_arena_open (SioArena *self,
                guint     kind)
{
  SioValue *node = sio_arena_add (self, kind);

  node->span = self->open;
  node->table = 0;
  self->open = node->index;
  self->depth++;
}

/* How many nodes with bytes there are in @value. */
guint    sio_value_count_bytes (SioValue    *value);

/* Puts the attachments into the places that the reader kept for them. Nobody else may have seen @value yet. */
void     sio_value_fill_bytes  (SioValue    *value,
                                GPtrArray   *attachments);

G_END_DECLS
