/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"

#include <string.h>

#define BINARY_MARK "$binary"

typedef gboolean (*ConvertFunc) (SioBuilder  *builder,
                                 SioValue    *value,
                                 GError     **error);

/* Adds a container, each member by @convert. */
static gboolean
add_members (SioBuilder   *builder,
             SioValue     *value,
             ConvertFunc   convert,
             GError      **error)
{
  gboolean is_object = sio_value_get_kind (value) == SIO_VALUE_OBJECT;
  gboolean ok = TRUE;

  if (is_object)
    sio_builder_begin_object (builder);
  else
    sio_builder_begin_array (builder);

  for (guint i = 0; ok && i < sio_value_get_length (value); i++)
    {
      if (is_object)
        sio_builder_set_name (builder, sio_value_get_name (value, i));
      ok = convert (builder, sio_value_get_element (value, i), error);
    }

  if (ok)
    sio_builder_end (builder);

  return ok;
}

static gboolean
is_container (SioValue *value)
{
  SioValueKind kind = sio_value_get_kind (value);

  return kind == SIO_VALUE_ARRAY || kind == SIO_VALUE_OBJECT;
}

static gboolean
write_binary (SioBuilder  *builder,
              SioValue    *value,
              GError     **error)
{
  g_autofree char *text = NULL;
  GBytes *bytes;

  if (is_container (value))
    return add_members (builder, value, write_binary, error);

  if (sio_value_get_kind (value) != SIO_VALUE_BYTES)
    {
      sio_builder_add_value (builder, value);
      return TRUE;
    }

  bytes = sio_value_get_bytes (value);
  text = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, BINARY_MARK);
  sio_builder_add_string (builder, text);
  sio_builder_end (builder);

  return TRUE;
}

void
tool_json_add (SioBuilder *builder,
               SioValue   *value)
{
  write_binary (builder, value, NULL);
}

/* g_base64_decode() skips what is none. */
static GBytes *
decode (const char  *text,
        GError     **error)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  gsize length = strspn (text, digits);
  gsize padding = strspn (text + length, "=");
  guchar *data;
  gsize size;

  if (text[length + padding] != '\0' || padding > 2 || (length + padding) % 4 != 0)
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "The bytes of “%s” are not written in Base64", BINARY_MARK);
      return NULL;
    }

  data = g_base64_decode (text, &size);

  return g_bytes_new_take (data, size);
}

static gboolean
is_marked (SioValue *value)
{
  return sio_value_get_kind (value) == SIO_VALUE_OBJECT &&
         sio_value_get_length (value) == 1 &&
         g_str_equal (sio_value_get_name (value, 0), BINARY_MARK) &&
         sio_value_get_kind (sio_value_get_element (value, 0)) == SIO_VALUE_STRING;
}

static gboolean
read_binary (SioBuilder  *builder,
             SioValue    *value,
             GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;

  if (!is_marked (value))
    {
      if (is_container (value))
        return add_members (builder, value, read_binary, error);
      sio_builder_add_value (builder, value);
      return TRUE;
    }

  bytes = decode (sio_value_get_string (sio_value_get_element (value, 0)), error);
  if (bytes == NULL)
    return FALSE;
  sio_builder_add_bytes (builder, bytes);

  return TRUE;
}

static SioValue *
finish_single (SioBuilder *builder)
{
  g_autoptr(SioValue) all = sio_builder_finish (builder);

  return sio_value_ref (sio_value_get_element (all, 0));
}

SioValue *
tool_json_read_binary (SioValue  *value,
                       GError   **error)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  if (!read_binary (builder, value, error))
    return NULL;

  return finish_single (builder);
}

SioValue *
tool_json_parse_object (const char  *text,
                        GError     **error)
{
  g_autoptr(SioValue) value = sio_value_new_from_text (text, -1, error);

  if (value == NULL)
    return NULL;

  if (sio_value_get_kind (value) != SIO_VALUE_OBJECT)
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "This is JSON, but not an object");
      return NULL;
    }

  return g_steal_pointer (&value);
}

static gboolean
add_file (SioBuilder  *builder,
          const char  *path,
          GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;
  char *data;
  gsize length;

  if (!g_file_get_contents (g_str_equal (path, "-") ? "/dev/stdin" : path, &data, &length, error))
    return FALSE;

  bytes = g_bytes_new_take (data, length);
  sio_builder_add_bytes (builder, bytes);

  return TRUE;
}

/* What begins as an object, an array or a string is meant as one: a slip in it is told, and not sent as text. */
static gboolean
add_word (SioBuilder  *builder,
          const char  *word,
          GError     **error)
{
  g_autoptr(SioValue) value = NULL;
  g_autoptr(GError) fault = NULL;

  if (*word == '@')
    return add_file (builder, word + 1, error);

  if (!g_utf8_validate (word, -1, NULL))
    {
      g_set_error_literal (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "An argument is not valid UTF-8");
      return FALSE;
    }

  value = sio_value_new_from_text (word, -1, &fault);
  if (value != NULL)
    return read_binary (builder, value, error);

  if (*word != '\0' && strchr ("{[\"", *word) != NULL)
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_INVALID_ARGUMENT, "“%s” is not valid JSON: %s", word, fault->message);
      return FALSE;
    }

  sio_builder_add_string (builder, word);

  return TRUE;
}

SioValue *
tool_json_parse_words (char   **words,
                       GError **error)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (!add_word (builder, words[i], error))
      return NULL;

  return sio_builder_finish (builder);
}

char *
tool_json_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *escaped = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_iscntrl (character))
        g_string_append_printf (escaped, "\\u%04x", character);
      else
        g_string_append_unichar (escaped, character);
    }

  return g_string_free (escaped, FALSE);
}

char *
tool_json_write (SioValue *value)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) plain = NULL;
  g_autofree char *text = NULL;

  tool_json_add (builder, value);
  plain = finish_single (builder);
  text = sio_value_to_text (plain);

  /* In JSON they can only stand in strings, and there they may be escaped. */
  return tool_json_escape (text);
}
