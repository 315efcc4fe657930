/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fake-engine.h"

struct _SioEngine
{
  GObject             parent_instance;

  SioEngineListener   listener;
  gpointer            user_data;
  gboolean          (*accept_certificate) (GTlsCertificate      *certificate,
                                           GTlsCertificateFlags  errors,
                                           gpointer              user_data);
  char               *description;
  char               *way;
  char               *transport;
  GString            *sent;
  gboolean            is_open;
  gboolean            was_opened;
  gboolean            was_closed;
  gboolean            was_abandoned;
  gboolean            alive;
  gboolean            compressed;
  gboolean            writable;

  GSource            *closing;
  SioDisconnectReason reason;
  GError             *error;
};

G_DEFINE_FINAL_TYPE (SioEngine, sio_engine, G_TYPE_OBJECT)

static GPtrArray *engines;

static void
sio_engine_finalize (GObject *object)
{
  SioEngine *self = SIO_ENGINE (object);

  if (self->closing != NULL)
    {
      g_source_destroy (self->closing);
      g_source_unref (self->closing);
    }
  g_clear_error (&self->error);
  g_string_free (self->sent, TRUE);
  g_free (self->transport);
  g_free (self->way);
  g_free (self->description);

  G_OBJECT_CLASS (sio_engine_parent_class)->finalize (object);
}

static void
sio_engine_class_init (SioEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sio_engine_finalize;
}

static void
sio_engine_init (SioEngine *self)
{
  self->sent = g_string_new (NULL);
  self->alive = TRUE;
  self->compressed = TRUE;
  self->writable = TRUE;
}

static char *
describe (const SioEngineOptions *options)
{
  GString *text = g_string_new (NULL);
  g_autoptr(GList) names = options->query != NULL ? g_hash_table_get_keys (options->query) : NULL;

  g_string_append_printf (text, "%s %s %d %s %s", g_uri_get_scheme (options->uri), g_uri_get_host (options->uri),
                          g_uri_get_port (options->uri), options->path, options->transports[0]);
  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (text, " %s=%s", (char *) l->data, (char *) g_hash_table_lookup (options->query, l->data));
  if (options->headers != NULL && soup_message_headers_get_one (options->headers, "X-Test") != NULL)
    g_string_append_printf (text, " X-Test: %s", soup_message_headers_get_one (options->headers, "X-Test"));

  if (soup_message_headers_get_one (options->polling_headers, "X-Test") != NULL)
    g_string_append_printf (text, " polling: %s", soup_message_headers_get_one (options->polling_headers, "X-Test"));
  if (soup_message_headers_get_one (options->websocket_headers, "X-Test") != NULL)
    g_string_append_printf (text, " websocket: %s", soup_message_headers_get_one (options->websocket_headers, "X-Test"));

  return g_string_free (text, FALSE);
}

static char *
describe_way (const SioEngineOptions *options)
{
  g_autofree char *transports = g_strjoinv (",", options->transports);

  g_autofree char *protocols = options->protocols != NULL ? g_strjoinv (",", options->protocols) : NULL;
  g_autofree char *compression = g_strdup_printf (" from %" G_GSIZE_FORMAT, options->compression_threshold);

  return g_strdup_printf ("%s%s%s%s %d=%s %u%s%s%s%s", transports, options->try_all ? " all" : "", options->upgrade ? " upgrade" : "",
                          options->force_base64 ? " base64" : "", options->timestamps, options->timestamp_parameter,
                          options->request_timeout_ms, options->cookie_jar == NULL ? " cookieless" : "",
                          protocols != NULL ? " " : "", protocols != NULL ? protocols : "",
                          !options->compression ? " plain" : options->compression_threshold != 1024 ? compression : "");
}

SioEngine *
sio_engine_new (const SioEngineOptions  *options,
                const SioEngineListener *listener,
                gpointer                 user_data)
{
  SioEngine *self = g_object_new (SIO_TYPE_ENGINE, NULL);

  g_assert_cmpuint (options->max_message_size, >, 0);
  self->listener = *listener;
  self->user_data = user_data;
  self->accept_certificate = options->accept_certificate;
  self->description = describe (options);
  self->way = describe_way (options);
  self->transport = g_strdup (options->transports[0]);

  if (engines == NULL)
    engines = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (engines, g_object_ref (self));

  return self;
}

void
sio_engine_open (SioEngine *self)
{
  g_assert_false (self->was_opened);
  self->was_opened = TRUE;
}

/* Nothing comes after it. */
static void
tell_closed (SioEngine           *self,
             SioDisconnectReason  reason,
             const GError        *error)
{
  SioEngineListener listener = self->listener;
  g_autoptr(SioEngine) keep = g_object_ref (self);

  self->is_open = FALSE;
  self->listener = (SioEngineListener) { NULL };
  self->accept_certificate = NULL;
  if (listener.closed != NULL)
    listener.closed (self, reason, error, self->user_data);
}

static gboolean
on_closed (gpointer user_data)
{
  SioEngine *self = user_data;

  g_clear_pointer (&self->closing, g_source_unref);
  tell_closed (self, self->reason, self->error);

  return G_SOURCE_REMOVE;
}

void
sio_engine_close (SioEngine           *self,
                  SioDisconnectReason  reason,
                  const GError        *error)
{
  self->was_closed = TRUE;
  self->is_open = FALSE;
  self->reason = reason;
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->closing = g_idle_source_new ();
  g_source_set_callback (self->closing, on_closed, self, NULL);
  g_source_attach (self->closing, g_main_context_get_thread_default ());
}

void
sio_engine_abandon (SioEngine *self)
{
  self->was_abandoned = TRUE;
  self->is_open = FALSE;
  self->listener = (SioEngineListener) { NULL };
  self->accept_certificate = NULL;
}

void
sio_engine_set_compressed (SioEngine *self,
                           gboolean   compressed)
{
  self->compressed = compressed;
}

void
sio_engine_send_text (SioEngine  *self,
                      const char *text,
                      gsize       length)
{
  g_assert_true (self->is_open);
  if (self->sent->len > 0)
    g_string_append_c (self->sent, '\n');
  if (!self->compressed)
    g_string_append (self->sent, "as it is: ");
  g_string_append_len (self->sent, text, (gssize) length);
}

void
sio_engine_send_binary (SioEngine *self,
                        GBytes    *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_true (self->is_open);
  g_string_append (self->sent, self->sent->len > 0 ? "\nb" : "b");
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (self->sent, "%02x", data[i]);
}

gboolean
sio_engine_is_open (SioEngine *self)
{
  return self->is_open;
}

gboolean
sio_engine_is_writable (SioEngine *self)
{
  return self->is_open && self->writable;
}

gboolean
sio_engine_check_alive (SioEngine *self)
{
  return self->alive;
}

const char *
sio_engine_get_id (SioEngine *self)
{
  return "fake";
}

const char *
sio_engine_get_transport (SioEngine *self)
{
  return self->transport;
}

guint
fake_engine_count (void)
{
  return engines != NULL ? engines->len : 0;
}

SioEngine *
fake_engine_last (void)
{
  g_assert_cmpuint (fake_engine_count (), >, 0);

  return g_ptr_array_index (engines, engines->len - 1);
}

void
fake_engine_forget_old (void)
{
  while (engines->len > 1)
    {
      SioEngine *engine = g_ptr_array_steal_index (engines, 0);

      g_assert_finalize_object (engine);
    }
}

void
fake_engine_reset (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;

  for (guint i = 0; i < fake_engine_count (); i++)
    g_assert_cmpuint (G_OBJECT (g_ptr_array_index (engines, i))->ref_count, ==, 1);
  g_clear_pointer (&engines, g_ptr_array_unref);
}

void
fake_engine_open (SioEngine *self)
{
  g_autoptr(SioEngine) keep = g_object_ref (self);

  g_assert_true (self->was_opened);
  self->is_open = TRUE;
  if (self->listener.opened != NULL)
    self->listener.opened (self, self->user_data);
}

void
fake_engine_receive (SioEngine  *self,
                     const char *text)
{
  g_autoptr(SioEngine) keep = g_object_ref (self);

  if (self->listener.text != NULL)
    self->listener.text (self, text, strlen (text), self->user_data);
}

void
fake_engine_receive_bytes (SioEngine  *self,
                           const char *bytes,
                           gsize       length)
{
  g_autoptr(SioEngine) keep = g_object_ref (self);
  g_autoptr(GBytes) message = g_bytes_new (bytes, length);

  if (self->listener.binary != NULL)
    self->listener.binary (self, message, self->user_data);
}

void
fake_engine_upgrade (SioEngine  *self,
                     const char *transport)
{
  g_autoptr(SioEngine) keep = g_object_ref (self);

  g_free (self->transport);
  self->transport = g_strdup (transport);
  if (self->listener.upgraded != NULL)
    self->listener.upgraded (self, transport, self->user_data);
}

void
fake_engine_end (SioEngine           *self,
                 SioDisconnectReason  reason,
                 const GError        *error)
{
  tell_closed (self, reason, error);
}

void
fake_engine_set_alive (SioEngine *self,
                       gboolean   alive)
{
  self->alive = alive;
}

void
fake_engine_set_writable (SioEngine *self,
                          gboolean   writable)
{
  self->writable = writable;
}

char *
fake_engine_take_sent (SioEngine *self)
{
  char *sent = g_strdup (self->sent->str);

  g_string_truncate (self->sent, 0);

  return sent;
}

gboolean
fake_engine_was_abandoned (SioEngine *self)
{
  return self->was_abandoned;
}

gboolean
fake_engine_was_closed (SioEngine *self)
{
  return self->was_closed;
}

char *
fake_engine_describe (SioEngine *self)
{
  return g_strdup (self->description);
}

char *
fake_engine_describe_way (SioEngine *self)
{
  return g_strdup (self->way);
}

gboolean
fake_engine_ask_certificate (SioEngine       *self,
                             GTlsCertificate *certificate)
{
  return self->accept_certificate != NULL &&
         self->accept_certificate (certificate, G_TLS_CERTIFICATE_UNKNOWN_CA, self->user_data);
}
