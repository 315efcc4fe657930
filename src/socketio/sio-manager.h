/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

#include "sio-enums.h"
#include "sio-socket.h"

G_BEGIN_DECLS

#define SIO_TYPE_MANAGER (sio_manager_get_type ())

G_DECLARE_FINAL_TYPE (SioManager, sio_manager, SIO, MANAGER, GObject)

SioManager         *sio_manager_new                       (const char          *uri,
                                                           GError             **error);

const char         *sio_manager_get_uri                   (SioManager          *self);
SioState            sio_manager_get_state                 (SioManager          *self);
const char         *sio_manager_get_transport             (SioManager          *self);
guint               sio_manager_get_attempt               (SioManager          *self);
gint64              sio_manager_get_next_attempt_time     (SioManager          *self);

void                sio_manager_set_path                  (SioManager          *self,
                                                           const char          *path);
void                sio_manager_set_transports            (SioManager          *self,
                                                           const char * const  *transports);
void                sio_manager_set_query                 (SioManager          *self,
                                                           const char          *name,
                                                           const char          *value);
void                sio_manager_set_header                (SioManager          *self,
                                                           const char          *name,
                                                           const char          *value);
void                sio_manager_set_timeout               (SioManager          *self,
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
void                sio_manager_set_max_message_size      (SioManager          *self,
                                                           gsize                bytes);
void                sio_manager_set_tls_database          (SioManager          *self,
                                                           GTlsDatabase        *database);

SioSocket          *sio_manager_get_socket                (SioManager          *self,
                                                           const char          *name_space);
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

G_END_DECLS
