/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads msgpack straight into the block of a value.
 *
 * The format is msgpack-c's: its unpacker as a template calls back for each value it finds. What msgpack-c itself makes of these
 * calls would not do here: it asks for the memory of as many elements as a message says to have before any has come, and its
 * depth is fixed when it is compiled. */

#include "sio-msgpack-private.h"

#include <math.h>
#include <msgpack.h>

#include "sio-decoder-private.h"
#include "sio-json-private.h"
#include "sio-value-private.h"

typedef struct
{
  SioArena    arena;
  GBytes     *message;
  gsize       size;
  guint       max_depth;
  gboolean    named;     /* the name of the next member has been read … */
  guint32     name;      /* … and is this node */
  const char *problem;
} Reader;

/* Most of a large message may be binary data, which takes no space in the block. */
#define MAX_INITIAL_NODES 1024

/* Of msgpack's own extension types. */
#define EXT_TIMESTAMP (-1)

/* Those of notepack, which the official parser is made of. It tells two of them apart by whether their form has a length. */
#define EXT_NOTEPACK 0
#define FIRST_FIXEXT 0xd4
#define UNDEFINED_SIZE 1
#define DATE_SIZE 8

#define OK 0
#define FAILED (-1)

static int
fail (Reader     *self,
      const char *problem)
{
  self->problem = problem;

  return FAILED;
}

static gboolean
in_object (Reader *self)
{
  return self->arena.open != SIO_ARENA_NONE && self->arena.nodes[self->arena.open].kind == SIO_VALUE_OBJECT;
}

static gboolean
name_is_due (Reader *self)
{
  return in_object (self) && !self->named;
}

/* Before each value: space for a node, and the container that it is in counts it. */
static int
begin_value (Reader *self)
{
  if (name_is_due (self))
    return fail (self, "a name that is no string");
  if (!sio_arena_reserve (&self->arena, 1))
    return fail (self, "too large");

  if (self->arena.open != SIO_ARENA_NONE)
    self->arena.nodes[self->arena.open].length++;
  self->named = FALSE;

  return OK;
}

static int
add_text (Reader     *self,
          const char *text,
          gsize       length)
{
  gboolean is_name = name_is_due (self);

  if (!is_name && begin_value (self) != OK)
    return FAILED;
  if (is_name)
    self->name = (guint32) self->arena.n_nodes;
  self->named = is_name;

  return sio_arena_add_string (&self->arena, text, length) ? OK : fail (self, "too large");
}

/* Eight bytes at once: ASCII without a nul, which most text is. A subtraction borrows only from the bytes above a nul. */
static gboolean
is_plain (const char *text,
          gsize       length)
{
  const char *end = text + length;

  for (; end - text >= 8; text += 8)
    {
      guint64 word;

      memcpy (&word, text, sizeof word);
      if (((word | (word - SIO_JSON_ALL_BYTES (1))) & SIO_JSON_ALL_BYTES (0x80)) != 0)
        return FALSE;
    }

  while (text < end && (guchar) (*text - 1) < 0x7f)
    text++;

  return text == end;
}

/* What is no text becomes what the official parser makes of it, which also writes such strings; a nul becomes what it becomes in
 * JSON. */
static int
add_string (Reader     *self,
            const char *text,
            gsize       length)
{
  g_autofree char *valid = NULL;

  if (length == 0)
    return add_text (self, "", 0);
  if (is_plain (text, length) || g_utf8_validate_len (text, length, NULL))
    return add_text (self, text, length);

  valid = g_utf8_make_valid (text, (gssize) length);

  return add_text (self, valid, strlen (valid));
}

/* A number may name a member, as it may in JavaScript. */
static int
add_integer (Reader *self,
             gint64  integer)
{
  char text[24];

  if (name_is_due (self))
    return add_text (self, text, (gsize) g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, integer));
  if (begin_value (self) != OK)
    return FAILED;
  sio_arena_add (&self->arena, SIO_VALUE_INTEGER)->integer = integer;

  return OK;
}

static int
add_null (Reader *self)
{
  if (begin_value (self) != OK)
    return FAILED;
  sio_arena_add (&self->arena, SIO_VALUE_NULL)->integer = 0;

  return OK;
}

static int
add_boolean (Reader   *self,
             gboolean  boolean)
{
  if (begin_value (self) != OK)
    return FAILED;
  sio_arena_add (&self->arena, SIO_VALUE_BOOLEAN)->integer = boolean;

  return OK;
}

/* Infinity and what is no number are no values. */
static int
add_double (Reader *self,
            double  number)
{
  if (!isfinite (number))
    return add_null (self);
  if (begin_value (self) != OK)
    return FAILED;
  sio_arena_add (&self->arena, SIO_VALUE_DOUBLE)->number = number;

  return OK;
}

/* What is most of its message shares the message's bytes; what is little of it must not keep all of it in memory. */
static int
add_bytes (Reader     *self,
           const char *bytes,
           gsize       length)
{
  const char *start = g_bytes_get_data (self->message, NULL);
  GBytes *part;

  if (begin_value (self) != OK)
    return FAILED;

  if (length > 0 && length >= self->size / 4)
    part = g_bytes_new_from_bytes (self->message, (gsize) (bytes - start), length);
  else
    part = g_bytes_new (bytes, length);
  sio_arena_add_bytes (&self->arena, part);

  return OK;
}

/* While a container is open, its `table` counts what is still to come. */
static int
open_container (Reader       *self,
                SioValueKind  kind,
                guint32       n_children)
{
  if (self->arena.depth >= self->max_depth)
    return fail (self, "nested too deeply");
  if (begin_value (self) != OK)
    return FAILED;

  sio_arena_open (&self->arena, kind);
  self->arena.nodes[self->arena.open].table = n_children;
  if (n_children == 0 && !sio_arena_close (&self->arena))
    return fail (self, "too large");

  return OK;
}

static int
end_item (Reader *self)
{
  if (--self->arena.nodes[self->arena.open].table == 0 && !sio_arena_close (&self->arena))
    return fail (self, "too large");

  return OK;
}

/* In JavaScript a member that is undefined is one that is not there, and JSON has no other. */
static int
add_undefined (Reader *self)
{
  if (!self->named)
    return add_null (self);

  sio_arena_truncate (&self->arena, self->name);
  self->named = FALSE;

  return OK;
}

/* As JSON has dates. */
static int
add_date (Reader *self,
          gint64  seconds,
          guint   milliseconds)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *text = NULL;

  if (date == NULL)
    return add_null (self);

  text = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03uZ",
                          g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date),
                          g_date_time_get_hour (date), g_date_time_get_minute (date), g_date_time_get_second (date),
                          milliseconds);

  return add_text (self, text, strlen (text));
}

static int
add_timestamp (Reader     *self,
               const char *data,
               gsize       size)
{
  msgpack_object object = { .type = MSGPACK_OBJECT_EXT, .via.ext = { EXT_TIMESTAMP, (guint32) size, data } };
  msgpack_timestamp timestamp;

  if (!msgpack_object_to_timestamp (&object, &timestamp) || timestamp.tv_nsec > 999999999)
    return fail (self, "a malformed timestamp");

  return add_date (self, timestamp.tv_sec, timestamp.tv_nsec / 1000000);
}

/* Milliseconds since 1970. */
static int
add_notepack_date (Reader     *self,
                   const char *data)
{
  guint64 big_endian;
  gint64 time, milliseconds;

  memcpy (&big_endian, data, sizeof big_endian);
  time = (gint64) GUINT64_FROM_BE (big_endian);
  milliseconds = (time % 1000 + 1000) % 1000;

  return add_date (self, time / 1000 - (time % 1000 < 0), (guint) milliseconds);
}

/* What nobody here knows is an array of its type and its bytes, as it is to the official parser. */
static int
add_unknown (Reader     *self,
             gint8       type,
             const char *data,
             gsize       size)
{
  return open_container (self, SIO_VALUE_ARRAY, 2) == OK &&
         add_integer (self, type) == OK && end_item (self) == OK &&
         add_bytes (self, data, size) == OK && end_item (self) == OK ? OK : FAILED;
}

/* @data begins with the type; what is before it is the last byte of the form or of the length. */
static int
add_extension (Reader     *self,
               const char *data,
               gsize       size)
{
  gboolean is_fixed;
  gint8 type;

  /* A length that does not fit into msgpack-c's counter. */
  if (size == 0)
    return fail (self, "an extension that is too large");

  is_fixed = size - 1 <= 16 && (guint8) data[-1] >= FIRST_FIXEXT;
  type = (gint8) *data++;
  size--;

  if (type == EXT_TIMESTAMP)
    return add_timestamp (self, data, size);
  if (type == EXT_NOTEPACK && is_fixed && size == UNDEFINED_SIZE)
    return add_undefined (self);
  if (type == EXT_NOTEPACK && is_fixed && size == DATE_SIZE)
    return add_notepack_date (self, data);
  if (type == EXT_NOTEPACK && !is_fixed)
    return add_bytes (self, data, size);

  return add_unknown (self, type, data, size);
}

/* What the template of msgpack-c asks for. The objects that it passes around have nothing in them: all is in the reader. The
 * names are the template's. */

typedef char Nothing;

#define msgpack_unpack_struct(name) struct sio_msgpack ## name
#define msgpack_unpack_func(type, name) static type sio_msgpack ## name
#define msgpack_unpack_callback(name) on ## name
#define msgpack_unpack_object Nothing
#define msgpack_unpack_user Reader *

/* Never reached: the reader is stricter, and what is allocated is for its depth. */
#define MSGPACK_EMBED_STACK_SIZE (SIO_MAX_DEPTH + 2)

#define DEFINE_CALLBACK(name, type, call) \
  static inline int \
  on_ ## name (Reader **self, type value, Nothing *nothing) \
  { \
    *nothing = 0; \
    return call; \
  }

#define DEFINE_CONSTANT(name, call) \
  static inline int \
  on_ ## name (Reader **self, Nothing *nothing) \
  { \
    *nothing = 0; \
    return call; \
  }

#define DEFINE_DATA(name, call) \
  static inline int \
  on_ ## name (Reader **self, const char *message, const char *data, unsigned int length, Nothing *nothing) \
  { \
    *nothing = 0; \
    return call; \
  }

static inline Nothing
on_root (Reader **self)
{
  return 0;
}

DEFINE_CALLBACK (uint8, guint8, add_integer (*self, value))
DEFINE_CALLBACK (uint16, guint16, add_integer (*self, value))
DEFINE_CALLBACK (uint32, guint32, add_integer (*self, value))
/* A number beyond 63 bits becomes a double, as in JSON. */
DEFINE_CALLBACK (uint64, guint64, value <= G_MAXINT64 ? add_integer (*self, (gint64) value) : add_double (*self, (double) value))
DEFINE_CALLBACK (int8, gint8, add_integer (*self, value))
DEFINE_CALLBACK (int16, gint16, add_integer (*self, value))
DEFINE_CALLBACK (int32, gint32, add_integer (*self, value))
DEFINE_CALLBACK (int64, gint64, add_integer (*self, value))
DEFINE_CALLBACK (float, float, add_double (*self, value))
DEFINE_CALLBACK (double, double, add_double (*self, value))
DEFINE_CONSTANT (nil, add_null (*self))
DEFINE_CONSTANT (true, add_boolean (*self, TRUE))
DEFINE_CONSTANT (false, add_boolean (*self, FALSE))
DEFINE_CALLBACK (array, unsigned int, open_container (*self, SIO_VALUE_ARRAY, value))
DEFINE_CALLBACK (map, unsigned int, open_container (*self, SIO_VALUE_OBJECT, value))
DEFINE_DATA (str, add_string (*self, data, length))
DEFINE_DATA (bin, add_bytes (*self, data, length))
DEFINE_DATA (ext, add_extension (*self, data, length))

static inline int
on_array_item (Reader  **self,
               Nothing  *array,
               Nothing   item)
{
  return end_item (*self);
}

static inline int
on_map_item (Reader  **self,
             Nothing  *map,
             Nothing   name,
             Nothing   value)
{
  return end_item (*self);
}

#include <msgpack/unpack_define.h>
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"
#pragma GCC diagnostic ignored "-Wswitch-default"
#pragma GCC diagnostic ignored "-Wunused-function"
#include <msgpack/unpack_template.h>
#pragma GCC diagnostic pop

/* Leaves what is wrong in @self. */
static gboolean
read_message (Reader *self)
{
  gsize stack = ((gsize) self->max_depth + 1) * sizeof (struct sio_msgpack_stack);
  g_autofree struct sio_msgpack_context *context = g_malloc (G_STRUCT_OFFSET (struct sio_msgpack_context, stack) + stack);
  const char *data = g_bytes_get_data (self->message, &self->size);
  gsize offset = 0;
  int result = 0;

  context->user = self;
  sio_msgpack_init (context);
  if (self->size > 0)
    result = sio_msgpack_execute (context, data, self->size, &offset);

  if (result == 0)
    fail (self, "it ends too early");
  else if (result < 0 && self->problem == NULL)
    fail (self, "no msgpack");
  else if (result > 0 && offset < self->size)
    fail (self, "more follows where it should end");

  return self->problem == NULL;
}

SioValue *
sio_msgpack_read (GBytes  *message,
                  guint    max_depth,
                  GError **error)
{
  Reader self = { .message = message, .max_depth = max_depth };

  sio_arena_init (&self.arena, MIN (g_bytes_get_size (message) / sizeof (SioValue), MAX_INITIAL_NODES));

  if (!read_message (&self))
    {
      sio_arena_clear (&self.arena);
      sio_decoder_fail (error, self.problem);
      return NULL;
    }

  return sio_arena_finish (&self.arena);
}
