/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Values from and to json-glib's trees. */

#include "sio-value.h"

#include <math.h>

#include "sio-builder.h"
#include "sio-error.h"
#include "sio-packet-private.h"

static gboolean add_node (SioBuilder  *builder,
                          JsonNode    *node,
                          guint        depth,
                          GError     **error);

static gboolean
add_scalar (SioBuilder  *builder,
            JsonNode    *node,
            GError     **error)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    sio_builder_add_string (builder, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    sio_builder_add_boolean (builder, json_node_get_boolean (node));
  else if (type == G_TYPE_INT64)
    sio_builder_add_integer (builder, json_node_get_int (node));
  else if (isfinite (json_node_get_double (node)))
    sio_builder_add_double (builder, json_node_get_double (node));
  else
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "JSON has no infinite numbers");
      return FALSE;
    }

  return TRUE;
}

static gboolean
add_elements (SioBuilder  *builder,
              JsonArray   *array,
              guint        depth,
              GError     **error)
{
  sio_builder_begin_array (builder);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_node (builder, json_array_get_element (array, i), depth, error))
      return FALSE;
  sio_builder_end (builder);

  return TRUE;
}

static gboolean
add_members (SioBuilder  *builder,
             JsonObject  *object,
             guint        depth,
             GError     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  sio_builder_begin_object (builder);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      sio_builder_set_name (builder, name);
      if (!add_node (builder, node, depth, error))
        return FALSE;
    }
  sio_builder_end (builder);

  return TRUE;
}

static gboolean
add_node (SioBuilder  *builder,
          JsonNode    *node,
          guint        depth,
          GError     **error)
{
  if (depth > SIO_DEFAULT_MAX_DEPTH)
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "The JSON is nested too deep");
      return FALSE;
    }

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_ARRAY:
      return add_elements (builder, json_node_get_array (node), depth + 1, error);
    case JSON_NODE_OBJECT:
      return add_members (builder, json_node_get_object (node), depth + 1, error);
    case JSON_NODE_VALUE:
      return add_scalar (builder, node, error);
    case JSON_NODE_NULL:
    default:
      sio_builder_add_null (builder);
      return TRUE;
    }
}

/**
 * sio_value_new_from_json:
 * @node: a JSON tree
 * @error: return location for an error
 *
 * Copies a JSON tree.
 *
 * Returns: (transfer full): the value, or %NULL with a %SIO_ERROR_INVALID_ARGUMENT when @node holds a number that is not
 *   finite or is nested more than 512 deep
 */
SioValue *
sio_value_new_from_json (JsonNode  *node,
                         GError   **error)
{
  g_autoptr(SioBuilder) builder = NULL;
  g_autoptr(SioValue) array = NULL;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  builder = sio_builder_new ();
  if (!add_node (builder, node, 0, error))
    return NULL;

  array = sio_builder_finish (builder);

  return sio_value_ref (sio_value_get_element (array, 0));
}

static JsonNode *
array_to_json (SioValue *self)
{
  g_autoptr(JsonArray) array = json_array_sized_new (sio_value_get_length (self));

  for (guint i = 0; i < sio_value_get_length (self); i++)
    json_array_add_element (array, sio_value_to_json (sio_value_get_element (self, i)));

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
object_to_json (SioValue *self)
{
  g_autoptr(JsonObject) object = json_object_new ();

  for (guint i = 0; i < sio_value_get_length (self); i++)
    json_object_set_member (object, sio_value_get_name (self, i), sio_value_to_json (sio_value_get_element (self, i)));

  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
bytes_to_json (SioValue *self)
{
  gsize size;
  const guchar *data = g_bytes_get_data (sio_value_get_bytes (self), &size);
  g_autofree char *encoded = g_base64_encode (data, size);

  return json_node_init_string (json_node_alloc (), encoded);
}

/**
 * sio_value_to_json:
 * @self: a value
 *
 * Copies a value to a JSON tree. JSON has no binary data; it becomes a string in base64. Of several members of the same
 * name the last one counts.
 *
 * Returns: (transfer full): the tree
 */
JsonNode *
sio_value_to_json (SioValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (sio_value_get_kind (self))
    {
    case SIO_VALUE_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), sio_value_get_boolean (self));
    case SIO_VALUE_INTEGER:
      return json_node_init_int (json_node_alloc (), sio_value_get_integer (self));
    case SIO_VALUE_DOUBLE:
      return json_node_init_double (json_node_alloc (), sio_value_get_double (self));
    case SIO_VALUE_STRING:
      return json_node_init_string (json_node_alloc (), sio_value_get_string (self));
    case SIO_VALUE_BYTES:
      return bytes_to_json (self);
    case SIO_VALUE_ARRAY:
      return array_to_json (self);
    case SIO_VALUE_OBJECT:
      return object_to_json (self);
    case SIO_VALUE_NULL:
    default:
      return json_node_init_null (json_node_alloc ());
    }
}
