/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

#include "sio-enums.h"
#include "sio-socket.h"

G_BEGIN_DECLS

#define SIO_TYPE_MANAGER (sio_manager_get_type ())

G_DECLARE_FINAL_TYPE (SioManager, sio_manager, SIO, MANAGER, GObject)

/* One for each server; the second shares those that it has made. */
SioManager         *sio_manager_new                       (const char          *uri,
                                                           GError             **error);
SioManager         *sio_manager_lookup                    (const char          *uri,
                                                           const char          *path,
                                                           SioSocket          **socket,
                                                           GError             **error);

/* Its namespaces. */
SioSocket          *sio_manager_get_socket                (SioManager          *self,
                                                           const char          *name_space);

/* Its connection, which opening a namespace opens too. */
void                sio_manager_open                      (SioManager          *self);
void                sio_manager_close                     (SioManager          *self);
void                sio_manager_close_async               (SioManager          *self,
                                                           GCancellable        *cancellable,
                                                           GAsyncReadyCallback  callback,
                                                           gpointer             user_data);
gboolean            sio_manager_close_finish              (SioManager          *self,
                                                           GAsyncResult        *result,
                                                           GError             **error);
void                sio_manager_retry_now                 (SioManager          *self);

/* Where it is in its life. */
const char         *sio_manager_get_uri                   (SioManager          *self);
SioState            sio_manager_get_state                 (SioManager          *self);
const char         *sio_manager_get_transport             (SioManager          *self);
guint               sio_manager_get_attempt               (SioManager          *self);
gint64              sio_manager_get_next_attempt_time     (SioManager          *self);

/* Its options. Each counts from the next connection on. */

/* What is asked of the server. */
void                sio_manager_set_path                  (SioManager          *self,
                                                           const char          *path);
gboolean            sio_manager_get_add_trailing_slash    (SioManager          *self);
void                sio_manager_set_add_trailing_slash    (SioManager          *self,
                                                           gboolean             add_trailing_slash);
void                sio_manager_set_query                 (SioManager          *self,
                                                           const char          *name,
                                                           const char          *value);
void                sio_manager_set_header                (SioManager          *self,
                                                           const char          *name,
                                                           const char          *value);
void                sio_manager_set_transport_header      (SioManager          *self,
                                                           const char          *transport,
                                                           const char          *name,
                                                           const char          *value);

SioParser           sio_manager_get_parser                (SioManager          *self);
gboolean            sio_manager_set_parser                (SioManager          *self,
                                                           SioParser            parser,
                                                           GError             **error);

/* How it is reached. */
void                sio_manager_set_transports            (SioManager          *self,
                                                           const char * const  *transports);
gboolean            sio_manager_get_upgrade               (SioManager          *self);
void                sio_manager_set_upgrade               (SioManager          *self,
                                                           gboolean             upgrade);
gboolean            sio_manager_get_remember_upgrade      (SioManager          *self);
void                sio_manager_set_remember_upgrade      (SioManager          *self,
                                                           gboolean             remember_upgrade);
gboolean            sio_manager_get_try_all_transports    (SioManager          *self);
void                sio_manager_set_try_all_transports    (SioManager          *self,
                                                           gboolean             try_all_transports);
gboolean            sio_manager_get_force_base64          (SioManager          *self);
void                sio_manager_set_force_base64          (SioManager          *self,
                                                           gboolean             force_base64);
gboolean            sio_manager_get_compression           (SioManager          *self);
void                sio_manager_set_compression           (SioManager          *self,
                                                           gboolean             compression);
guint               sio_manager_get_compression_threshold (SioManager          *self);
void                sio_manager_set_compression_threshold (SioManager          *self,
                                                           guint                bytes);
const char * const *sio_manager_get_protocols             (SioManager          *self);
void                sio_manager_set_protocols             (SioManager          *self,
                                                           const char * const  *protocols);
gboolean            sio_manager_get_keep_cookies          (SioManager          *self);
void                sio_manager_set_keep_cookies          (SioManager          *self,
                                                           gboolean             keep_cookies);
SioTimestamps       sio_manager_get_timestamps            (SioManager          *self);
void                sio_manager_set_timestamps            (SioManager          *self,
                                                           SioTimestamps        timestamps);
const char         *sio_manager_get_timestamp_parameter   (SioManager          *self);
void                sio_manager_set_timestamp_parameter   (SioManager          *self,
                                                           const char          *name);
GProxyResolver     *sio_manager_get_proxy_resolver        (SioManager          *self);
void                sio_manager_set_proxy_resolver        (SioManager          *self,
                                                           GProxyResolver      *resolver);

/* How long it is waited for, and how often it is tried. */
void                sio_manager_set_timeout               (SioManager          *self,
                                                           guint                timeout_ms);
guint               sio_manager_get_request_timeout       (SioManager          *self);
void                sio_manager_set_request_timeout       (SioManager          *self,
                                                           guint                timeout_ms);
void                sio_manager_set_reconnection          (SioManager          *self,
                                                           gboolean             reconnection);
void                sio_manager_set_reconnection_attempts (SioManager          *self,
                                                           guint                attempts);
void                sio_manager_set_reconnection_delay    (SioManager          *self,
                                                           guint                delay_ms,
                                                           guint                delay_max_ms);
void                sio_manager_set_randomization_factor  (SioManager          *self,
                                                           double               factor);

/* Who it is, and who we are. */
void                sio_manager_set_tls_database          (SioManager          *self,
                                                           GTlsDatabase        *database);
GTlsCertificate    *sio_manager_get_tls_certificate       (SioManager          *self);
void                sio_manager_set_tls_certificate       (SioManager          *self,
                                                           GTlsCertificate     *certificate);
GTlsInteraction    *sio_manager_get_tls_interaction       (SioManager          *self);
void                sio_manager_set_tls_interaction       (SioManager          *self,
                                                           GTlsInteraction     *interaction);

/* How much it may send. */
void                sio_manager_set_max_message_size      (SioManager          *self,
                                                           gsize                bytes);
guint               sio_manager_get_max_depth             (SioManager          *self);
void                sio_manager_set_max_depth             (SioManager          *self,
                                                           guint                depth);
guint               sio_manager_get_max_attachments       (SioManager          *self);
void                sio_manager_set_max_attachments       (SioManager          *self,
                                                           guint                attachments);
guint               sio_manager_get_max_received_events   (SioManager          *self);
void                sio_manager_set_max_received_events   (SioManager          *self,
                                                           guint                events);
gsize               sio_manager_get_max_received_bytes    (SioManager          *self);
void                sio_manager_set_max_received_bytes    (SioManager          *self,
                                                           gsize                bytes);

G_END_DECLS
