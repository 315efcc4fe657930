/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The client against the official server and that of python-socketio, each also with msgpack, and two official ones behind a proxy
 * with TLS: each test on polling, on WebSocket, and with the upgrade from one to the other. */

#include <string.h>

#include "interop-server.h"
#include "socketio-glib.h"

#define PATIENCE_MS 60000

/* A server, what stands before it, and how to get there. */
typedef enum
{
  OFFICIAL,
  PYTHON,
  PROXIED,
  MSGPACK,
  PYTHON_MSGPACK,
} Kind;

#define IS_PYTHON(kind) ((kind) == PYTHON || (kind) == PYTHON_MSGPACK)
#define IS_MSGPACK(kind) ((kind) == MSGPACK || (kind) == PYTHON_MSGPACK)

typedef struct
{
  const char         *name;
  Kind                kind;
  const char * const *transports;
} Way;

typedef struct
{
  const Way     *way;
  InteropServer *server;
  SioManager    *manager;
  GString       *log;
} Fixture;

static const char * const polling[] = { "polling", NULL };
static const char * const websocket[] = { "websocket", NULL };
static const char * const upgrade[] = { "polling", "websocket", NULL };

static SioValue *
parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  SioValue *value = sio_value_new_from_text (json, -1, &error);

  g_assert_no_error (error);

  return value;
}

static InteropServer *proxied_server;

static InteropServer *
start_server (Kind kind)
{
  switch (kind)
    {
    case PYTHON:
    case PYTHON_MSGPACK:
      return interop_server_start_script ("/usr/bin/python3", "server.py");
    case PROXIED:
      /* It takes its time to start, and no case harms it. */
      if (proxied_server == NULL)
        proxied_server = interop_server_start_script ("/usr/bin/python3", "proxied-server.py");
      return proxied_server;
    case OFFICIAL:
    case MSGPACK:
    default:
      return interop_server_start ();
    }
}

static void
fixture_set_up (Fixture       *self,
                gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = NULL;

  self->way = user_data;
  if (IS_MSGPACK (self->way->kind))
    g_setenv ("PARSER", "msgpack", TRUE);
  else
    g_unsetenv ("PARSER");
  self->server = start_server (self->way->kind);
  self->log = g_string_new (NULL);
  uri = interop_server_get_uri (self->server);
  self->manager = sio_manager_new (uri, &error);
  g_assert_no_error (error);
  if (IS_MSGPACK (self->way->kind))
    sio_manager_set_parser (self->manager, SIO_PARSER_MSGPACK, &error);
  g_assert_no_error (error);
  sio_manager_set_transports (self->manager, self->way->transports);
  sio_manager_set_reconnection_delay (self->manager, 20, 100);
  if (self->server->authority != NULL)
    {
      g_autoptr(GTlsDatabase) database = g_tls_file_database_new (self->server->authority, &error);

      g_assert_no_error (error);
      sio_manager_set_tls_database (self->manager, database);
    }
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  user_data)
{
  if (self->manager != NULL)
    g_assert_finalize_object (self->manager);
  if (self->server != proxied_server)
    interop_server_free (self->server);
  g_string_free (self->log, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
on_patience_over (gpointer user_data)
{
  g_error ("waited in vain for: %s", (const char *) user_data);

  return G_SOURCE_REMOVE;
}

#define wait_until(condition)                                          \
  G_STMT_START                                                         \
    {                                                                  \
      guint patience_ = g_timeout_add (PATIENCE_MS, on_patience_over,   \
                                       (gpointer) #condition);           \
                                                                       \
      while (!(condition))                                             \
        g_main_context_iteration (NULL, TRUE);                         \
      g_source_remove (patience_);                                     \
    }                                                                  \
  G_STMT_END

static SioSocket *
open_socket (Fixture    *self,
             const char *name_space)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, name_space);

  sio_socket_open (socket);
  wait_until (sio_socket_get_connected (socket));

  return socket;
}

typedef struct
{
  SioValue *answer;
  GError   *error;
  gboolean  done;
} Call;

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *call = user_data;

  g_assert_false (call->done);
  call->done = TRUE;
  call->answer = sio_socket_emit_with_ack_finish (SIO_SOCKET (source), result, &call->error);
}

/* Returns the answer's arguments. */
static SioValue *
ask (SioSocket  *socket,
     const char *event,
     SioValue   *arguments)
{
  Call call = { NULL };

  sio_socket_emit_with_ack_async (socket, event, arguments, SIO_EMIT_DEFAULT, PATIENCE_MS, NULL, on_answer, &call);
  wait_until (call.done);
  g_assert_no_error (call.error);

  return call.answer;
}

static void
assert_answer (SioSocket  *socket,
               const char *event,
               const char *arguments,
               const char *expected)
{
  g_autoptr(SioValue) values = arguments != NULL ? parse (arguments) : NULL;
  g_autoptr(SioValue) answer = ask (socket, event, values);
  g_autofree char *text = sio_value_to_text (answer);

  g_assert_cmpstr (text, ==, expected);
}

static void
emit (SioSocket  *socket,
      const char *event,
      const char *arguments)
{
  g_autoptr(SioValue) values = arguments != NULL ? parse (arguments) : NULL;
  g_autoptr(GError) error = NULL;

  sio_socket_emit (socket, event, values, SIO_EMIT_DEFAULT, &error);
  g_assert_no_error (error);
}

/* Without the offset that the official server adds for the recovery of sessions. */
static void
log_event (SioSocket *socket,
           SioEvent  *event,
           Fixture   *self)
{
  guint n_added = IS_PYTHON (self->way->kind) ? 0 : 1;

  g_string_append_printf (self->log, "%s:%s", sio_socket_get_namespace (socket), sio_event_get_name (event));
  for (guint i = 0; i + n_added < sio_event_get_n_arguments (event); i++)
    {
      g_autofree char *text = sio_value_to_text (sio_event_get_argument (event, i));

      g_string_append_printf (self->log, " %s", text);
    }
  g_string_append_c (self->log, '\n');
}

static void
log_closed (SioSocket           *socket,
            SioDisconnectReason  reason,
            GError              *details,
            Fixture             *self)
{
  g_string_append_printf (self->log, "%s closed: %s\n", sio_socket_get_namespace (socket),
                          sio_disconnect_reason_to_string (reason));
}

static void
log_connect_error (SioSocket *socket,
                   GError    *error,
                   SioValue  *data,
                   Fixture   *self)
{
  g_autofree char *text = data != NULL ? sio_value_to_text (data) : g_strdup ("");

  g_string_append_printf (self->log, "%s: %s %s\n", sio_socket_get_namespace (socket), error->message, text);
}

static void
take_error (SioManager *manager,
            GError     *error,
            GError    **taken)
{
  if (*taken == NULL)
    *taken = g_error_copy (error);
}

static void
count_close (SioManager          *manager,
             SioDisconnectReason  reason,
             GError              *details,
             Fixture             *self)
{
  g_string_append_c (self->log, '.');
}

static void
test_echo (Fixture       *self,
           gconstpointer  user_data)
{
  SioSocket *socket = open_socket (self, "/");
  const char *id = sio_socket_get_id (socket);
  g_autofree char *expected = g_strdup_printf ("[\"%s\"]", id);

  assert_answer (socket, "getId", NULL, expected);
  assert_answer (socket, "echo", "[]", "[]");
  assert_answer (socket, "echo", "[1,\"two\",[3,null,{\"four\":5.5,\"six\":[true,false]}],{}]",
                 "[1,\"two\",[3,null,{\"four\":5.5,\"six\":[true,false]}],{}]");
  g_signal_connect (socket, "event::bounced", G_CALLBACK (log_event), self);
  emit (socket, "bounce", "[\"hello\",{\"a\":[]}]");
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/:bounced \"hello\" {\"a\":[]}\n");
}

static void
test_unicode (Fixture       *self,
              gconstpointer  user_data)
{
  SioSocket *socket = open_socket (self, "/");
  g_autoptr(SioValue) answer = ask (socket, "getUtf8", NULL);
  g_autofree char *numbers = NULL;
  g_autoptr(SioValue) values = NULL;
  SioValue *element;

  g_assert_cmpuint (sio_value_get_length (answer), ==, 5);
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (answer, 0)), ==, "てすと");
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (answer, 1)), ==, "Я Б Г Д Ж Й");
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (answer, 2)), ==, "Ä ä Ü ü ß");
  g_assert_cmpstr (sio_value_get_string (sio_value_get_element (answer, 3)), ==, "utf8 — string");
  /* Half a character is none, but no reason to lose the event. */
  g_assert_true (g_str_has_prefix (sio_value_get_string (sio_value_get_element (answer, 4)), "😀\xef\xbf\xbd"));

  assert_answer (socket, "echo", "[\"te\\u0001st \\\"\\\\ \\u2028 🏳️‍🌈 \\ud83d\\ude00\"]",
                 "[\"te\\u0001st \\\"\\\\ \u2028 🏳️‍🌈 😀\"]");

  values = ask (socket, "getNumbers", NULL);
  element = sio_value_get_element (values, 0);
  g_assert_cmpfloat (sio_value_get_double (element), ==, 1e21);
  g_assert_cmpint (sio_value_get_integer (sio_value_get_element (values, 1)), ==, G_GINT64_CONSTANT (9007199254740992));
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (values, 2)), ==, 0.1);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (values, 4)), ==, 9223372036854775808.0);
  g_assert_cmpfloat (sio_value_get_double (sio_value_get_element (values, 5)), ==, 1e-7);
  assert_answer (socket, "echo", "[1e21,0.1,-5]", "[1e+21,0.1,-5]");
}

/* Without the numbers and the half characters that the msgpack of both servers cannot write. */
static void
test_msgpack_text (Fixture       *self,
                   gconstpointer  user_data)
{
  SioSocket *socket = open_socket (self, "/");

  assert_answer (socket, "echo", "[\"te\\u0001st \\\"\\\\ \\u2028 🏳️‍🌈 \\ud83d\\ude00\",\"てすと Я Б Ä ß\"]",
                 "[\"te\\u0001st \\\"\\\\ \u2028 🏳️‍🌈 😀\",\"てすと Я Б Ä ß\"]");
  assert_answer (socket, "echo", "[0,-1,127,128,-32,-33,65536,-5000000000,9007199254740991,0.1,-1e-7,true,null]",
                 "[0,-1,127,128,-32,-33,65536,-5000000000,9007199254740991,0.1,-1e-07,true,null]");
}

/* What JSON has no form for comes in the same form with each parser. */
static void
test_kinds (Fixture       *self,
            gconstpointer  user_data)
{
  SioSocket *socket = open_socket (self, "/");
  g_autoptr(SioValue) answer = ask (socket, "getKinds", NULL);
  g_autofree char *text = sio_value_to_text (answer);
  GBytes *buffer = sio_value_get_bytes (sio_value_get_element (sio_value_get_element (answer, 3), 0));

  g_assert_cmpstr (text, ==,
                   "[\"1970-01-01T00:00:01.500Z\",null,{\"kept\":null},[{\"_placeholder\":true,\"num\":0}],"
                   "{\"_placeholder\":true,\"num\":1},1099511627776,-0.5]");
  g_assert_cmpmem (g_bytes_get_data (buffer, NULL), g_bytes_get_size (buffer), "\1\2\3", 3);
}

/* A server with the other parser is no reason to wait for ever, nor to fall. */
static void
test_other_parser (Fixture       *self,
                   gconstpointer  user_data)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  SioParser other = sio_manager_get_parser (self->manager) == SIO_PARSER_JSON ? SIO_PARSER_MSGPACK : SIO_PARSER_JSON;
  g_autoptr(GError) error = NULL;

  sio_manager_set_parser (self->manager, other, &error);
  g_assert_no_error (error);
  g_signal_connect (self->manager, "closed", G_CALLBACK (count_close), self);
  sio_socket_open (socket);
  wait_until (self->log->len > 0);
  g_assert_false (sio_socket_get_connected (socket));
}

/* Of a long body the server of python-socketio 5.7 on aiohttp reads only what came first; libsoup writes 8 KiB at once, and bytes
 * grow by a third on polling. */
static gsize
get_largest (Fixture *self,
             gsize    size)
{
  return IS_PYTHON (self->way->kind) && self->way->transports != websocket ? 4000 : size;
}

static void
test_large_text (Fixture       *self,
                 gconstpointer  user_data)
{
  SioSocket *socket = open_socket (self, "/");
  gsize length = get_largest (self, 1024 * 1024);
  g_autofree char *text = g_strnfill (length, 'x');
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(SioValue) answer = NULL;

  memcpy (text + length / 2, "\xc3\xa9", 2);
  arguments = sio_value_new_strings (text, NULL);
  answer = ask (socket, "echo", arguments);
  g_assert_cmpuint (sio_value_get_length (answer), ==, 1);
  g_assert_true (sio_value_equal (answer, arguments));
}

static void
test_binary (Fixture       *self,
             gconstpointer  user_data)
{
  SioSocket *socket = open_socket (self, "/");
  gsize length = get_largest (self, 300000);
  g_autofree guint8 *data = g_malloc (length);
  g_autoptr(GBytes) large = NULL;
  g_autoptr(GBytes) small = g_bytes_new_static ("\0\4\xff", 3);
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(SioValue) answer = NULL;
  SioValue *object, *twin;
  guint sum = 0;

  for (guint i = 0; i < length; i++)
    {
      data[i] = (guint8) (i * 7 + i / 256);
      sum = (sum + data[i]) % 65536;
    }
  large = g_bytes_new (data, length);

  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "name");
  sio_builder_add_string (builder, "photo");
  sio_builder_set_name (builder, "deep");
  sio_builder_begin_object (builder);
  sio_builder_set_name (builder, "list");
  sio_builder_begin_array (builder);
  sio_builder_add_null (builder);
  sio_builder_add_bytes (builder, large);
  sio_builder_end (builder);
  sio_builder_set_name (builder, "other");
  sio_builder_add_bytes (builder, small);
  sio_builder_end (builder);
  sio_builder_end (builder);
  arguments = sio_builder_finish (builder);

  answer = ask (socket, "jsonbuff", arguments);
  object = sio_value_get_element (answer, 0);
  g_assert_cmpstr (sio_value_get_string (sio_value_lookup (object, "name")), ==, "photo");
  g_assert_cmpint (sio_value_get_integer (sio_value_lookup (object, "bytes")), ==, (gint64) length);
  g_assert_cmpint (sio_value_get_integer (sio_value_lookup (object, "sum")), ==, sum);
  twin = sio_value_lookup (object, "twin");
  g_assert_true (g_bytes_equal (sio_value_get_bytes (sio_value_get_element (twin, 0)), large));
  g_assert_true (g_bytes_equal (sio_value_get_bytes (sio_value_lookup (sio_value_get_element (twin, 1), "again")), small));

  g_clear_pointer (&answer, sio_value_unref);
  answer = ask (socket, "doge", NULL);
  g_assert_cmpmem (g_bytes_get_data (sio_value_get_bytes (sio_value_get_element (answer, 0)), NULL), 8, "asdfasdf", 8);
}

static void
answer_question (SioSocket *socket,
                 SioEvent  *event,
                 Fixture   *self)
{
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (sio_event_wants_acknowledgement (event));
  sio_builder_add_string (builder, "the answer");
  for (guint i = 0; i < sio_event_get_n_arguments (event); i++)
    sio_builder_add_value (builder, sio_event_get_argument (event, i));
  arguments = sio_builder_finish (builder);

  sio_event_acknowledge (event, arguments, &error);
  g_assert_no_error (error);
  g_assert_false (sio_event_acknowledge (event, NULL, &error));
  g_assert_error (error, SIO_ERROR, SIO_ERROR_ANSWERED);
}

static void
test_acknowledge (Fixture       *self,
                  gconstpointer  user_data)
{
  SioSocket *socket = open_socket (self, "/chat");
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\1\2\3", 3);
  g_autoptr(SioBuilder) builder = sio_builder_new ();
  g_autoptr(SioValue) arguments = NULL;

  g_signal_connect (socket, "event::question", G_CALLBACK (answer_question), self);
  g_signal_connect (socket, "event::answered", G_CALLBACK (log_event), self);
  emit (socket, "askMe", "[1,{\"two\":2}]");
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/chat:answered \"the answer\" 1 {\"two\":2}\n");

  /* With binary data there and back twice. */
  g_string_truncate (self->log, 0);
  sio_builder_add_bytes (builder, bytes);
  arguments = sio_builder_finish (builder);
  g_assert_true (sio_socket_emit (socket, "askMe", arguments, SIO_EMIT_DEFAULT, NULL));
  wait_until (self->log->len > 0);
  g_assert_true (g_str_has_prefix (self->log->str, "/chat:answered \"the answer\" "));
}

static void
test_timeout (Fixture       *self,
              gconstpointer  user_data)
{
  SioSocket *socket = open_socket (self, "/");
  Call call = { NULL };

  sio_socket_emit_with_ack_async (socket, "silence", NULL, SIO_EMIT_DEFAULT, 30, NULL, on_answer, &call);
  wait_until (call.done);
  g_assert_error (call.error, SIO_ERROR, SIO_ERROR_TIMEOUT);
  g_clear_error (&call.error);
  assert_answer (socket, "echo", "[1]", "[1]");
}

static void
provide_fresh (SioSocket *socket,
               GTask     *task,
               gpointer   user_data)
{
  guint *count = user_data;
  g_autofree char *json = g_strdup_printf ("{\"token\":\"t%u\"}", ++*count);

  g_task_return_pointer (task, parse (json), (GDestroyNotify) sio_value_unref);
  g_object_unref (task);
}

static void
test_auth (Fixture       *self,
           gconstpointer  user_data)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/chat");
  guint count = 0;

  sio_manager_set_query (self->manager, "city", "Zürich & co");
  sio_manager_set_header (self->manager, "X-Test", "yes");
  sio_socket_set_auth_func (socket, provide_fresh, &count, NULL);

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *token = g_strdup_printf ("t%u", i);
      g_autoptr(SioValue) answer = NULL;
      SioValue *handshake;

      open_socket (self, "/chat");
      answer = ask (socket, "getHandshake", NULL);
      handshake = sio_value_get_element (answer, 0);
      g_assert_cmpstr (sio_value_get_string (sio_value_lookup (sio_value_lookup (handshake, "auth"), "token")), ==, token);
      g_assert_cmpstr (sio_value_get_string (sio_value_lookup (sio_value_lookup (handshake, "query"), "city")), ==,
                       "Zürich & co");
      g_assert_cmpstr (sio_value_get_string (sio_value_lookup (handshake, "header")), ==, "yes");
      sio_socket_close (socket);
    }
}

static void
test_refusal (Fixture       *self,
              gconstpointer  user_data)
{
  SioSocket *chat = open_socket (self, "/chat");
  SioSocket *admin = sio_manager_get_socket (self->manager, "/admin");
  SioSocket *nowhere = sio_manager_get_socket (self->manager, "/nowhere");
  g_autoptr(SioValue) auth = parse ("{\"token\":\"admin\"}");

  g_signal_connect (admin, "connect-error", G_CALLBACK (log_connect_error), self);
  g_signal_connect (nowhere, "connect-error", G_CALLBACK (log_connect_error), self);
  sio_socket_open (admin);
  wait_until (!sio_socket_get_active (admin));
  sio_socket_open (nowhere);
  wait_until (!sio_socket_get_active (nowhere));
  g_assert_cmpstr (self->log->str, ==, "/admin: Admins only {\"code\":403,\"needs\":[\"admin\"]}\n"
                                       "/nowhere: Invalid namespace \n");

  sio_socket_set_auth (admin, auth);
  open_socket (self, "/admin");
  g_assert_true (sio_socket_get_connected (chat));
  assert_answer (admin, "echo", "[1]", "[1]");
}

/* This server knows no data apart from the message, and has words of its own. */
static void
test_python_refusal (Fixture       *self,
                     gconstpointer  user_data)
{
  SioSocket *chat = open_socket (self, "/chat");
  SioSocket *admin = sio_manager_get_socket (self->manager, "/admin");
  SioSocket *nowhere = sio_manager_get_socket (self->manager, "/nowhere");
  g_autoptr(SioValue) auth = parse ("{\"token\":\"admin\"}");

  g_signal_connect (admin, "connect-error", G_CALLBACK (log_connect_error), self);
  sio_socket_open (admin);
  wait_until (!sio_socket_get_active (admin));
  g_assert_cmpstr (self->log->str, ==, "/admin: Admins only {\"code\":403,\"needs\":[\"admin\"]}\n");
  sio_socket_open (nowhere);
  wait_until (!sio_socket_get_active (nowhere));

  sio_socket_set_auth (admin, auth);
  open_socket (self, "/admin");
  g_assert_true (sio_socket_get_connected (chat));
  assert_answer (admin, "echo", "[1]", "[1]");
}

static void
test_silent_namespace (Fixture       *self,
                       gconstpointer  user_data)
{
  SioSocket *chat = open_socket (self, "/chat");
  SioSocket *silent = sio_manager_get_socket (self->manager, "/silent");

  g_signal_connect (silent, "connect-error", G_CALLBACK (log_connect_error), self);
  sio_manager_set_timeout (self->manager, 100);
  sio_socket_open (silent);
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/silent: The server did not answer for “/silent” in time \n");
  assert_answer (chat, "echo", "[1]", "[1]");
}

static void
test_namespaces (Fixture       *self,
                 gconstpointer  user_data)
{
  static const char * const names[] = { "/chat", "/notifications", "/admin", "/" };
  g_autoptr(SioValue) auth = parse ("{\"token\":\"admin\"}");
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  sio_socket_set_auth (sio_manager_get_socket (self->manager, "/admin"), auth);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    sio_socket_open (sio_manager_get_socket (self->manager, names[i]));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      SioSocket *socket = open_socket (self, names[i]);
      g_autofree char *expected = g_strdup_printf ("[\"%s\"]", sio_socket_get_id (socket));

      assert_answer (socket, "getId", NULL, expected);
      g_hash_table_add (ids, g_strdup (sio_socket_get_id (socket)));
    }
  g_assert_cmpuint (g_hash_table_size (ids), ==, G_N_ELEMENTS (names));

  /* Left and joined again while the others stay. */
  for (guint i = 0; i < 3; i++)
    {
      sio_socket_close (sio_manager_get_socket (self->manager, "/chat"));
      open_socket (self, "/chat");
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      SioSocket *socket = sio_manager_get_socket (self->manager, names[i]);

      g_assert_true (sio_socket_get_connected (socket));
      assert_answer (socket, "echo", "[1]", "[1]");
    }
  g_assert_true (g_hash_table_contains (ids, sio_socket_get_id (sio_manager_get_socket (self->manager, "/admin"))));
}

static void
test_kick (Fixture       *self,
           gconstpointer  user_data)
{
  SioSocket *chat = open_socket (self, "/chat");
  SioSocket *other = open_socket (self, "/");

  g_signal_connect (chat, "closed", G_CALLBACK (log_closed), self);
  g_signal_connect (other, "closed", G_CALLBACK (log_closed), self);
  emit (chat, "kick", NULL);
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/chat closed: io server disconnect\n");
  g_assert_false (sio_socket_get_active (chat));
  assert_answer (other, "echo", "[1]", "[1]");

  g_string_truncate (self->log, 0);
  open_socket (self, "/chat");
  assert_answer (chat, "echo", "[2]", "[2]");
  emit (chat, "kickAll", NULL);
  wait_until (!sio_socket_get_active (chat) && !sio_socket_get_active (other));
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_CLOSED);
}

static void
test_garbage (Fixture       *self,
              gconstpointer  user_data)
{
  SioSocket *chat = open_socket (self, "/chat");

  g_signal_connect (chat, "closed", G_CALLBACK (log_closed), self);
  emit (chat, "garbage", NULL);
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/chat closed: parse error\n");
  wait_until (sio_socket_get_connected (chat));
  assert_answer (chat, "echo", "[1]", "[1]");
}

/* The server dies and comes back: what was written meanwhile arrives once and in order. */
static void
test_server_restarts (Fixture       *self,
                      gconstpointer  user_data)
{
  SioSocket *chat = open_socket (self, "/chat");
  Call lost = { NULL }, kept = { NULL };
  g_autofree char *answer = NULL;
  GString *expected = g_string_new ("[[");

  sio_socket_emit_with_ack_async (chat, "silence", NULL, SIO_EMIT_DEFAULT, SIO_NO_TIMEOUT, NULL, on_answer, &lost);
  assert_answer (chat, "echo", "[1]", "[1]");
  g_signal_connect (chat, "closed", G_CALLBACK (log_closed), self);
  interop_server_kill (self->server);
  wait_until (!sio_socket_get_connected (chat));
  if (self->way->transports == polling)
    g_assert_cmpstr (self->log->str, ==, "/chat closed: transport error\n");
  else if (self->way->transports == websocket)
    g_assert_cmpstr (self->log->str, ==, "/chat closed: transport close\n");
  wait_until (lost.done);
  g_assert_error (lost.error, SIO_ERROR, SIO_ERROR_DISCONNECTED);
  g_clear_error (&lost.error);

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *arguments = g_strdup_printf ("[%u]", i);

      emit (chat, "note", arguments);
      g_string_append_printf (expected, "%s%u", i > 0 ? "," : "", i);
    }
  g_string_append (expected, "]]");
  sio_socket_emit_with_ack_async (chat, "getNotes", NULL, SIO_EMIT_DEFAULT, PATIENCE_MS, NULL, on_answer, &kept);
  wait_until (sio_manager_get_attempt (self->manager) >= 2);
  interop_server_start_again (self->server);

  wait_until (kept.done);
  g_assert_no_error (kept.error);
  answer = sio_value_to_text (kept.answer);
  g_assert_cmpstr (answer, ==, expected->str);
  assert_answer (chat, "getNotes", NULL, expected->str);
  sio_value_unref (kept.answer);
  g_string_free (expected, TRUE);
}

/* The server stands still, as behind a cable that was pulled. */
static void
test_ping_timeout (Fixture       *self,
                   gconstpointer  user_data)
{
  SioSocket *chat;

  g_setenv ("PING_INTERVAL", "500", TRUE);
  g_setenv ("PING_TIMEOUT", "1500", TRUE);
  interop_server_start_again (self->server);
  g_unsetenv ("PING_INTERVAL");
  g_unsetenv ("PING_TIMEOUT");

  chat = open_socket (self, "/chat");
  g_signal_connect (chat, "closed", G_CALLBACK (log_closed), self);
  assert_answer (chat, "echo", "[1]", "[1]");
  g_string_truncate (self->log, 0);
  interop_server_pause (self->server);
  wait_until (self->log->len > 0);
  g_assert_cmpstr (self->log->str, ==, "/chat closed: ping timeout\n");
  emit (chat, "note", "[\"while it stood still\"]");

  interop_server_resume (self->server);
  wait_until (sio_socket_get_connected (chat));
  assert_answer (chat, "getNotes", NULL, "[[\"while it stood still\"]]");
}

/* Cut off and back: the server goes on with the same session, and what was missed comes before anything else. */
static void
test_recovery (Fixture       *self,
               gconstpointer  user_data)
{
  SioSocket *chat = open_socket (self, "/chat");
  g_autofree char *id = g_strdup (sio_socket_get_id (chat));

  g_assert_false (sio_socket_get_recovered (chat));
  g_signal_connect (chat, "event", G_CALLBACK (log_event), self);
  g_signal_connect (chat, "closed", G_CALLBACK (log_closed), self);
  assert_answer (chat, "listen", NULL, "[]");
  emit (chat, "bounce", "[1]");
  wait_until (self->log->len > 0);

  sio_manager_set_reconnection_delay (self->manager, 400, 400);
  emit (chat, "cutAndTell", "[\"while you were out\"]");
  wait_until (!sio_socket_get_connected (chat));
  wait_until (sio_socket_get_connected (chat));
  g_assert_true (sio_socket_get_recovered (chat));
  g_assert_cmpstr (sio_socket_get_id (chat), ==, id);
  wait_until (strstr (self->log->str, "told") != NULL);
  g_assert_cmpstr (self->log->str, ==, "/chat:bounced 1\n/chat closed: transport close\n/chat:told \"while you were out\"\n");
}

static void
test_transport (Fixture       *self,
                gconstpointer  user_data)
{
  const char *last = self->way->transports == polling ? "polling" : "websocket";
  SioSocket *chat = open_socket (self, "/chat");
  g_autofree char *expected = g_strdup_printf ("[\"%s\"]", last);

  /* What is sent while the transport changes keeps its order. */
  assert_answer (chat, "clearNotes", NULL, "[]");
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *arguments = g_strdup_printf ("[%u]", i);

      emit (chat, "note", arguments);
      g_main_context_iteration (NULL, FALSE);
    }
  wait_until (g_strcmp0 (sio_manager_get_transport (self->manager), last) == 0);
  assert_answer (chat, "getTransport", NULL, expected);
  {
    g_autoptr(SioValue) answer = ask (chat, "getNotes", NULL);
    SioValue *notes = sio_value_get_element (answer, 0);

    g_assert_cmpuint (sio_value_get_length (notes), ==, 200);
    for (guint i = 0; i < 200; i++)
      g_assert_cmpint (sio_value_get_integer (sio_value_get_element (notes, i)), ==, i);
  }
}

static void
test_no_server (Fixture       *self,
                gconstpointer  user_data)
{
  SioSocket *chat = sio_manager_get_socket (self->manager, "/chat");

  interop_server_kill (self->server);
  g_signal_connect (chat, "connect-error", G_CALLBACK (log_connect_error), self);
  sio_socket_open (chat);
  wait_until (self->log->len > 0);
  g_test_message ("%s", self->log->str);
  g_assert_cmpint (sio_manager_get_state (self->manager), ==, SIO_STATE_WAITING);
  interop_server_start_again (self->server);
  wait_until (sio_socket_get_connected (chat));
}

static void
drop_manager (SioSocket *socket,
              SioEvent  *event,
              Fixture   *self)
{
  /* Not again, though the rest of the burst is here already. */
  g_assert_nonnull (self->manager);
  if (sio_value_get_integer (sio_event_get_argument (event, 0)) == 3)
    g_clear_object (&self->manager);
}

static void
test_drop_in_handler (Fixture       *self,
                      gconstpointer  user_data)
{
  SioSocket *chat = open_socket (self, "/chat");

  g_signal_connect (chat, "event::drop", G_CALLBACK (drop_manager), self);
  emit (chat, "burst", "[500]");
  wait_until (self->manager == NULL);
}

static void
count_drop (SioSocket *socket,
            SioEvent  *event,
            guint     *count)
{
  g_assert_cmpint (sio_value_get_integer (sio_event_get_argument (event, 0)), ==, *count);
  ++*count;
}

static void
count_up (guint *count)
{
  ++*count;
}

static void
test_burst (Fixture       *self,
            gconstpointer  user_data)
{
  SioSocket *chat = open_socket (self, "/chat");
  guint count = 0;

  g_signal_connect (chat, "event::drop", G_CALLBACK (count_drop), &count);
  emit (chat, "burst", "[20000]");
  wait_until (count == 20000);
}

/* The self-made authority is known to nobody else: without it there is no connection, whatever the transport. */
static void
test_unknown_authority (Fixture       *self,
                        gconstpointer  user_data)
{
  SioSocket *socket = sio_manager_get_socket (self->manager, "/");
  g_autoptr(GError) refusal = NULL;

  sio_manager_set_tls_database (self->manager, NULL);
  sio_manager_set_reconnection (self->manager, FALSE);
  g_signal_connect (self->manager, "error", G_CALLBACK (take_error), &refusal);
  sio_socket_open (socket);
  wait_until (refusal != NULL);
  g_assert_error (refusal, SIO_ERROR, SIO_ERROR_TLS);
}

/* Each event is sent until the server acknowledges it, in order, and the server sees by the identifier what it has got already. */
static void
test_retries (Fixture       *self,
              gconstpointer  transports)
{
  SioSocket *chat = sio_manager_get_socket (self->manager, "/chat");
  guint outgoing = 0;

  sio_socket_set_retries (chat, 20);
  sio_socket_set_ack_timeout (chat, 300);
  sio_socket_set_delivery_ids (chat, TRUE);
  g_signal_connect_swapped (chat, "event-outgoing::order", G_CALLBACK (count_up), &outgoing);
  emit (chat, "order", "[1]");
  emit (chat, "order", "[\"two\"]");
  emit (chat, "order", "[{\"number\":3}]");
  g_assert_cmpuint (sio_socket_get_n_queued (chat), ==, 3);
  open_socket (self, "/chat");
  wait_until (sio_socket_get_n_queued (chat) == 0);
  g_assert_cmpuint (outgoing, >=, 6);
  sio_socket_set_retries (chat, 0);
  assert_answer (chat, "getNotes", NULL, "[[1,\"two\",{\"number\":3}]]");
}

/* Binary data goes as text both ways, and what comes after is not disturbed. */
static void
test_force_base64 (Fixture       *self,
                   gconstpointer  transports)
{
  SioSocket *chat;
  g_autoptr(SioValue) object = NULL;
  g_autoptr(SioValue) answer = NULL;
  gsize size;

  sio_manager_set_force_base64 (self->manager, TRUE);
  sio_manager_set_timestamps (self->manager, SIO_TIMESTAMPS_ALWAYS);
  chat = open_socket (self, "/chat");
  answer = ask (chat, "doge", NULL);
  g_assert_cmpmem (g_bytes_get_data (sio_value_get_bytes (sio_value_get_element (answer, 0)), &size), 8, "asdfasdf", 8);
  g_assert_cmpuint (size, ==, 8);
  object = ask (chat, "echo", answer);
  g_assert_true (sio_value_equal (object, answer));
}

typedef struct
{
  const char *name;
  void      (*test) (Fixture *, gconstpointer);
  guint       kinds;  /* 1 << OFFICIAL … */
} Case;

#define BOTH_OFFICIAL (1 << OFFICIAL | 1 << MSGPACK)
#define BOTH_PYTHON (1 << PYTHON | 1 << PYTHON_MSGPACK)
#define ALL (BOTH_OFFICIAL | BOTH_PYTHON | 1 << PROXIED)

/* What is no part of the other server, or what the proxy does not let through, is left to the official one alone. */
static const Case cases[] = {
  { "echo", test_echo, ALL },
  { "unicode", test_unicode, 1 << OFFICIAL | 1 << PYTHON | 1 << PROXIED },
  { "unicode", test_msgpack_text, 1 << MSGPACK | 1 << PYTHON_MSGPACK },
  { "kinds", test_kinds, BOTH_OFFICIAL | 1 << PROXIED },
  { "other-parser", test_other_parser, BOTH_OFFICIAL },
  { "large-text", test_large_text, ALL },
  { "binary", test_binary, ALL },
  { "acknowledge", test_acknowledge, ALL },
  { "timeout", test_timeout, ALL },
  { "auth", test_auth, ALL },
  { "refusal", test_refusal, BOTH_OFFICIAL | 1 << PROXIED },
  { "refusal", test_python_refusal, BOTH_PYTHON },
  { "silent-namespace", test_silent_namespace, BOTH_OFFICIAL },
  { "namespaces", test_namespaces, ALL },
  { "kick", test_kick, ALL },
  { "garbage", test_garbage, BOTH_OFFICIAL },
  { "server-restarts", test_server_restarts, BOTH_OFFICIAL | BOTH_PYTHON },
  { "ping-timeout", test_ping_timeout, BOTH_OFFICIAL | BOTH_PYTHON },
  { "recovery", test_recovery, BOTH_OFFICIAL | 1 << PROXIED },
  { "transport", test_transport, ALL },
  { "no-server", test_no_server, BOTH_OFFICIAL | BOTH_PYTHON },
  { "burst", test_burst, ALL },
  { "retries", test_retries, BOTH_OFFICIAL },
  { "force-base64", test_force_base64, BOTH_OFFICIAL | 1 << PROXIED },
  { "drop-in-handler", test_drop_in_handler, ALL },
  { "unknown-authority", test_unknown_authority, 1 << PROXIED },
};

static const Way ways[] = {
  { "polling", OFFICIAL, polling },
  { "websocket", OFFICIAL, websocket },
  { "upgrade", OFFICIAL, upgrade },
  { "python-polling", PYTHON, polling },
  { "python-websocket", PYTHON, websocket },
  { "python-upgrade", PYTHON, upgrade },
  { "proxy-polling", PROXIED, polling },
  { "proxy-websocket", PROXIED, websocket },
  { "proxy-upgrade", PROXIED, upgrade },
  { "msgpack-polling", MSGPACK, polling },
  { "msgpack-websocket", MSGPACK, websocket },
  { "msgpack-upgrade", MSGPACK, upgrade },
  { "python-msgpack-polling", PYTHON_MSGPACK, polling },
  { "python-msgpack-websocket", PYTHON_MSGPACK, websocket },
  { "python-msgpack-upgrade", PYTHON_MSGPACK, upgrade },
};

/* Without msgpack there is no other parser. */
static gboolean
is_for (const Case *each,
        const Way  *way)
{
  gboolean needs_msgpack = IS_MSGPACK (way->kind) || each->test == test_other_parser;

  return (each->kinds & 1 << way->kind) != 0 && (!needs_msgpack || sio_parser_is_supported (SIO_PARSER_MSGPACK));
}

static void
add_cases (const Way *way)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/interop/%s/%s", way->name, cases[i].name);

      if (is_for (&cases[i], way))
        g_test_add (path, Fixture, way, fixture_set_up, cases[i].test, fixture_tear_down);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    add_cases (&ways[i]);
  status = g_test_run ();
  g_clear_pointer (&proxied_server, interop_server_free);

  return status;
}
