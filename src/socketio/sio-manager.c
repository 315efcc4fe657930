/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "sio-error.h"
#include "sio-manager-private.h"
#include "sio-socket-private.h"

/**
 * SioManager:
 *
 * The connection to one server, which all its namespaces share, and its reconnection.
 *
 * ```c
 * g_autoptr(SioManager) manager = sio_manager_new ("https://example.org", &error);
 * SioSocket *chat = sio_manager_get_socket (manager, "/chat");
 *
 * g_signal_connect (chat, "event::message", G_CALLBACK (on_message), self);
 * sio_socket_open (chat);
 * ```
 *
 * A connection that is lost or cannot be made is tried again after a delay that doubles each time, up to a maximum, and is
 * spread at random. [method@Manager.close] ends that too. Where the network comes back, as [iface@Gio.NetworkMonitor] tells
 * it, the next attempt is made at once.
 *
 * The manager owns its sockets; with the last reference to it everything is closed, at once and without a signal of the
 * manager. Calls that still wait for an answer end with %SIO_ERROR_DISCONNECTED. To have what was sent last go out, call
 * [method@Manager.close_async] first and wait for it.
 *
 * A manager, its sockets and their events belong to the thread, and to the thread-default main context, in which the manager
 * was made: signals and callbacks come there, and calls from other threads are refused. The context has to be the thread's default
 * for as long as a loop runs on it. Any call is allowed in any callback, dropping the last reference too.
 */

guint _sio_manager_signals[MANAGER_N_SIGNALS];

G_DEFINE_FINAL_TYPE (SioManager, sio_manager, G_TYPE_OBJECT)

/* GUri takes what a slip of the finger leaves in a name, blanks for one. */
static gboolean
host_is_valid (const char *host)
{
  if (host == NULL || *host == '\0')
    return FALSE;

  for (const char *c = host; *c != '\0'; c++)
    if ((guchar) *c <= ' ' || *c == 0x7f || strchr ("\"#/<>?@\\^`{|}", *c) != NULL)
      return FALSE;

  return TRUE;
}

/* A WebSocket address means the same server as its HTTP one. Path, query and fragment are none of the connection's. */
GUri *
_sio_manager_parse_address (const char  *uri,
                            GError     **error)
{
  g_autoptr(GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  const char *scheme = parsed != NULL ? g_uri_get_scheme (parsed) : NULL;
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;
  gboolean secure;

  if (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "ws") == 0)
    secure = FALSE;
  else if (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "wss") == 0)
    secure = TRUE;
  else
    scheme = NULL;

  if (scheme == NULL || !host_is_valid (host))
    {
      g_set_error (error, SIO_ERROR, SIO_ERROR_INVALID_URI,
                   "“%s” is not the address of a server: it should look like https://example.org", uri);
      return NULL;
    }

  return g_uri_build (G_URI_FLAGS_NONE, secure ? "https" : "http", NULL, host, g_uri_get_port (parsed), "/", NULL, NULL);
}

/* What cannot be decoded is taken as it stands. */
static char *
unescape (const char *text)
{
  char *unescaped = g_uri_unescape_string (text, NULL);

  if (unescaped != NULL && g_utf8_validate (unescaped, -1, NULL))
    return unescaped;

  g_free (unescaped);

  return g_strdup (text);
}

/* The query of the address goes into the handshake, as the official client has it: a plus is a plus, and a name alone is one. */
static void
take_query (SioManager *self,
            const char *uri)
{
  g_autoptr(GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  const char *query = parsed != NULL ? g_uri_get_query (parsed) : NULL;
  g_auto(GStrv) pairs = query != NULL ? g_strsplit (query, "&", -1) : NULL;

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      char *value = strchr (pairs[i], '=');

      if (value != NULL)
        *value++ = '\0';
      if (*pairs[i] != '\0')
        g_hash_table_replace (self->query, unescape (pairs[i]), unescape (value != NULL ? value : ""));
    }
}

static void
sio_manager_constructed (GObject *object)
{
  SioManager *self = SIO_MANAGER (object);

  G_OBJECT_CLASS (sio_manager_parent_class)->constructed (object);

  if (self->uri == NULL)
    return;

  self->address = _sio_manager_parse_address (self->uri, NULL);
  take_query (self, self->uri);
}

static void
sio_manager_dispose (GObject *object)
{
  SioManager *self = SIO_MANAGER (object);

  _sio_manager_stop_sharing (self);
  /* No word from here on: whoever still listens has let go of us. */
  g_signal_handlers_destroy (self);
  _sio_manager_dispose_connection (self);
  g_clear_object (&self->tls_database);
  g_clear_object (&self->tls_certificate);
  g_clear_object (&self->tls_interaction);
  g_clear_object (&self->proxy_resolver);
  g_clear_object (&self->network_monitor);

  G_OBJECT_CLASS (sio_manager_parent_class)->dispose (object);
}

static void
sio_manager_finalize (GObject *object)
{
  SioManager *self = SIO_MANAGER (object);

  g_hash_table_unref (self->sockets);
  g_ptr_array_unref (self->closing);
  g_ptr_array_unref (self->farewells);
  g_clear_error (&self->farewell_error);
  sio_decoder_free (self->decoder);
  g_object_unref (self->cookie_jar);
  soup_message_headers_unref (self->headers);
  soup_message_headers_unref (self->polling_headers);
  soup_message_headers_unref (self->websocket_headers);
  g_hash_table_unref (self->query);
  g_strfreev (self->transports);
  g_strfreev (self->protocols);
  g_clear_pointer (&self->address, g_uri_unref);
  g_free (self->path);
  g_free (self->timestamp_parameter);
  g_free (self->uri);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (sio_manager_parent_class)->finalize (object);
}

static guint
add_signal (const char *name,
            guint       n_parameters,
            GType       first,
            GType       second)
{
  return g_signal_new (name, SIO_TYPE_MANAGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_parameters, first, second);
}

static void
install_signals (void)
{
  /**
   * SioManager::opened:
   * @self: the manager
   *
   * The connection stands. Namespaces are not yet joined.
   */
  _sio_manager_signals[MANAGER_SIGNAL_OPENED] = add_signal ("opened", 0, 0, 0);

  /**
   * SioManager::closed:
   * @self: the manager
   * @reason: why
   * @details: (nullable): more, where there is more to say
   *
   * The connection stood and does not any more. [property@Manager:state] says whether another one will be made.
   */
  _sio_manager_signals[MANAGER_SIGNAL_CLOSED] = add_signal ("closed", 2, SIO_TYPE_DISCONNECT_REASON, G_TYPE_ERROR);

  /**
   * SioManager::error:
   * @self: the manager
   * @error: what went wrong, with a message that can be shown to a person
   *
   * The connection could not be made. [property@Manager:state] says whether it will be tried again.
   */
  _sio_manager_signals[MANAGER_SIGNAL_ERROR] = add_signal ("error", 1, G_TYPE_ERROR, 0);

  /**
   * SioManager::reconnect-attempt:
   * @self: the manager
   * @attempt: the number of the attempt, from 1 on
   *
   * An attempt to reconnect begins. Options that are set here still count for it.
   */
  _sio_manager_signals[MANAGER_SIGNAL_RECONNECT_ATTEMPT] = add_signal ("reconnect-attempt", 1, G_TYPE_UINT, 0);

  /**
   * SioManager::reconnected:
   * @self: the manager
   * @attempt: the number of the attempt that succeeded
   *
   * The connection stands again; comes after [signal@Manager::opened].
   */
  _sio_manager_signals[MANAGER_SIGNAL_RECONNECTED] = add_signal ("reconnected", 1, G_TYPE_UINT, 0);

  /**
   * SioManager::reconnect-failed:
   * @self: the manager
   *
   * All attempts that [property@Manager:reconnection-attempts] allows have failed; no more will be made.
   */
  _sio_manager_signals[MANAGER_SIGNAL_RECONNECT_FAILED] = add_signal ("reconnect-failed", 0, 0, 0);

  /**
   * SioManager::upgraded:
   * @self: the manager
   * @transport: the transport in use from now on
   *
   * The connection goes on over a better transport.
   */
  _sio_manager_signals[MANAGER_SIGNAL_UPGRADED] = add_signal ("upgraded", 1, G_TYPE_STRING, 0);

  /**
   * SioManager::accept-certificate:
   * @self: the manager
   * @certificate: the server's certificate
   * @errors: why it does not verify
   *
   * The server's certificate does not verify. Without a handler it is refused.
   *
   * Returns: %TRUE to accept it in spite of that
   */
  _sio_manager_signals[MANAGER_SIGNAL_ACCEPT_CERTIFICATE] =
    g_signal_new ("accept-certificate", SIO_TYPE_MANAGER, G_SIGNAL_RUN_LAST, 0,
                  g_signal_accumulator_true_handled, NULL, NULL,
                  G_TYPE_BOOLEAN, 2, G_TYPE_TLS_CERTIFICATE, G_TYPE_TLS_CERTIFICATE_FLAGS);

  /**
   * SioManager::trace:
   * @self: the manager
   * @flags: which way the packet went, and whether it is binary
   * @transport: the transport it went over, `polling` or `websocket`
   * @packet: the Engine.IO packet, `42["hello"]` for example, or the bytes of an attachment
   *
   * A packet went over the wire, credentials and all. The signal is for looking into a connection; nothing is made for it
   * unless somebody listens: a handler counts from the next connection on.
   */
  _sio_manager_signals[MANAGER_SIGNAL_TRACE] =
    g_signal_new ("trace", SIO_TYPE_MANAGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, SIO_TYPE_TRACE_FLAGS, G_TYPE_STRING, G_TYPE_BYTES);
}

static void
sio_manager_class_init (SioManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = sio_manager_constructed;
  object_class->dispose = sio_manager_dispose;
  object_class->finalize = sio_manager_finalize;

  _sio_manager_install_properties (object_class);
  install_signals ();
}

static void
sio_manager_init (SioManager *self)
{
  static const char * const transports[] = { "polling", "websocket", NULL };

  self->context = g_main_context_ref_thread_default ();
  self->thread = g_thread_self ();

  self->path = g_strdup ("/socket.io/");
  self->transports = g_strdupv ((char **) transports);
  self->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  self->polling_headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  self->websocket_headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  self->timeout_ms = SIO_DEFAULT_TIMEOUT_MS;
  self->reconnection = TRUE;
  self->reconnection_delay_ms = SIO_DEFAULT_RECONNECTION_DELAY_MS;
  self->reconnection_delay_max_ms = SIO_DEFAULT_RECONNECTION_DELAY_MAX_MS;
  self->randomization_factor = SIO_DEFAULT_RANDOMIZATION_FACTOR;
  self->max_message_size = SIO_DEFAULT_MAX_MESSAGE_SIZE;
  self->upgrade = TRUE;
  self->add_trailing_slash = TRUE;
  self->timestamps = SIO_TIMESTAMPS_POLLING;
  self->timestamp_parameter = g_strdup ("t");
  self->keep_cookies = TRUE;
  self->compression = TRUE;
  self->compression_threshold = SIO_DEFAULT_COMPRESSION_THRESHOLD;
  self->max_depth = SIO_DEFAULT_MAX_DEPTH;
  self->max_attachments = SIO_DEFAULT_MAX_ATTACHMENTS;
  self->max_received_events = SIO_DEFAULT_MAX_RECEIVED_EVENTS;
  self->max_received_bytes = SIO_DEFAULT_MAX_RECEIVED_BYTES;

  self->closing = g_ptr_array_new_with_free_func (g_object_unref);
  self->farewells = g_ptr_array_new_with_free_func (g_object_unref);
  self->codec = sio_codec_get (SIO_PARSER_JSON);
  self->decoder = sio_decoder_new (SIO_DEFAULT_MAX_DEPTH, SIO_DEFAULT_MAX_ATTACHMENTS);
  self->cookie_jar = soup_cookie_jar_new ();
  self->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
}

/**
 * sio_manager_new:
 * @uri: the server's address: `http`, `https`, `ws` or `wss`
 * @error: return location for an error
 *
 * Makes a manager, which belongs to the calling thread and its thread-default main context. It connects to nothing until
 * [method@Manager.open] or [method@Socket.open]. Fails with %SIO_ERROR_INVALID_URI.
 *
 * Of the address counts who the server is, and its query, which goes into the handshake. For an address that names a namespace
 * too, and to share connections among parts of a program that do not know of each other, there is [func@Manager.lookup].
 *
 * Returns: (transfer full): a manager
 */
SioManager *
sio_manager_new (const char  *uri,
                 GError     **error)
{
  g_autoptr(GUri) address = NULL;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  address = _sio_manager_parse_address (uri, error);
  if (address == NULL)
    return NULL;

  return g_object_new (SIO_TYPE_MANAGER, "uri", uri, NULL);
}

/**
 * sio_manager_get_uri:
 * @self: a manager
 *
 * Gets the server's address, as it was given.
 *
 * Returns: (transfer none): the address
 */
const char *
sio_manager_get_uri (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), NULL);

  return self->uri;
}

/**
 * sio_manager_get_state:
 * @self: a manager
 *
 * Gets where the connection is in its life.
 *
 * Returns: the state
 */
SioState
sio_manager_get_state (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), SIO_STATE_CLOSED);

  return self->state;
}

/**
 * sio_manager_get_transport:
 * @self: a manager
 *
 * Gets the transport in use.
 *
 * Returns: (transfer none) (nullable): `polling` or `websocket`, or %NULL while there is no connection
 */
const char *
sio_manager_get_transport (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), NULL);

  return self->state == SIO_STATE_OPEN ? sio_engine_get_transport (self->engine) : NULL;
}

/**
 * sio_manager_get_attempt:
 * @self: a manager
 *
 * Gets which attempt to reconnect is being waited for or made.
 *
 * Returns: the number of the attempt, or 0
 */
guint
sio_manager_get_attempt (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), 0);

  return self->attempt;
}

/**
 * sio_manager_get_next_attempt_time:
 * @self: a manager
 *
 * Gets when the next attempt is made.
 *
 * Returns: the time in microseconds of [func@GLib.get_monotonic_time], or 0
 */
gint64
sio_manager_get_next_attempt_time (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), 0);

  return self->next_attempt_time;
}

/**
 * sio_manager_get_socket:
 * @self: a manager
 * @name_space: (nullable): the name of a namespace, such as `/chat`; %NULL, the empty text and `/` are the main one. It must
 *   have no comma and no question mark
 *
 * Gets the socket of a namespace: for the same name always the same socket.
 *
 * Returns: (transfer none): the socket, which the manager owns
 */
SioSocket *
sio_manager_get_socket (SioManager *self,
                        const char *name_space)
{
  g_autofree char *name = NULL;
  SioSocket *socket;

  g_return_val_if_fail (SIO_IS_MANAGER (self), NULL);
  g_return_val_if_fail (self->thread == g_thread_self (), NULL);
  g_return_val_if_fail (name_space == NULL || strpbrk (name_space, ",?") == NULL, NULL);

  if (name_space != NULL && *name_space == '/')
    name = g_strdup (name_space);
  else
    name = g_strconcat ("/", name_space, NULL);

  socket = g_hash_table_lookup (self->sockets, name);
  if (socket == NULL)
    {
      socket = _sio_socket_new (self, name, self->context);
      g_hash_table_insert (self->sockets, (gpointer) sio_socket_get_namespace (socket), socket);
    }

  return socket;
}
