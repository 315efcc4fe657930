/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Writes values as msgpack. Containers say how much is in them before it comes and nothing when it ends, and so do the nodes of
 * a value: one walk over them in their order is all. */

#include "sio-msgpack-private.h"

#include <msgpack.h>

#include "sio-value-private.h"

static int
append (void       *out,
        const char *bytes,
        size_t      length)
{
  g_string_append_len (out, bytes, (gssize) length);

  return 0;
}

static msgpack_packer
packer_for (GString *out)
{
  msgpack_packer packer;

  msgpack_packer_init (&packer, out, append);

  return packer;
}

static void
write_bytes (msgpack_packer *packer,
             GBytes         *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  /* The format counts to 4 GiB: treated as g_malloc() treats the end of the memory. */
  if (size > G_MAXUINT32)
    g_error ("Binary data is larger than msgpack can have it");

  msgpack_pack_bin (packer, size);
  if (size > 0)
    msgpack_pack_bin_body (packer, data, size);
}

static void
write_node (msgpack_packer *packer,
            SioValue       *node)
{
  switch (node->kind)
    {
    case SIO_VALUE_NULL:
      msgpack_pack_nil (packer);
      break;
    case SIO_VALUE_BOOLEAN:
      node->integer ? msgpack_pack_true (packer) : msgpack_pack_false (packer);
      break;
    case SIO_VALUE_INTEGER:
      msgpack_pack_int64 (packer, node->integer);
      break;
    case SIO_VALUE_DOUBLE:
      msgpack_pack_double (packer, node->number);
      break;
    case SIO_VALUE_STRING:
      msgpack_pack_str (packer, node->length);
      msgpack_pack_str_body (packer, sio_node_get_text (node), node->length);
      break;
    case SIO_VALUE_BYTES:
      write_bytes (packer, node->bytes);
      break;
    case SIO_VALUE_ARRAY:
      msgpack_pack_array (packer, node->length);
      break;
    case SIO_VALUE_OBJECT:
      msgpack_pack_map (packer, node->length);
      break;
    default:
      g_assert (node->kind == SIO_NODE_TABLE);
    }
}

static void
write_nodes (msgpack_packer *packer,
             SioValue       *node,
             SioValue       *end)
{
  for (; node < end; node += sio_node_step (node))
    write_node (packer, node);
}

void
sio_msgpack_write (GString  *out,
                   SioValue *value)
{
  msgpack_packer packer = packer_for (out);

  write_nodes (&packer, value, value + sio_node_span (value));
}

void
sio_msgpack_write_map (GString *out,
                       guint    n_members)
{
  msgpack_packer packer = packer_for (out);

  msgpack_pack_map (&packer, n_members);
}

void
sio_msgpack_write_string (GString    *out,
                          const char *text)
{
  msgpack_packer packer = packer_for (out);
  gsize length = strlen (text);

  msgpack_pack_str (&packer, length);
  msgpack_pack_str_body (&packer, text, length);
}

void
sio_msgpack_write_integer (GString *out,
                           gint64   integer)
{
  msgpack_packer packer = packer_for (out);

  msgpack_pack_int64 (&packer, integer);
}

void
sio_msgpack_write_arguments (GString    *out,
                             const char *first,
                             SioValue   *rest)
{
  msgpack_packer packer = packer_for (out);

  g_assert (rest == NULL || rest->kind == SIO_VALUE_ARRAY);

  msgpack_pack_array (&packer, (first != NULL) + (rest != NULL ? (gsize) rest->length : 0));
  if (first != NULL)
    sio_msgpack_write_string (out, first);
  if (rest != NULL)
    write_nodes (&packer, rest + 1, rest + rest->span);
}
