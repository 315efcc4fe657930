/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

#include "sio-enums.h"
#include "sio-event.h"
#include "sio-value.h"

G_BEGIN_DECLS

#define SIO_TYPE_SOCKET (sio_socket_get_type ())

G_DECLARE_FINAL_TYPE (SioSocket, sio_socket, SIO, SOCKET, GObject)

typedef struct _SioManager SioManager;

/**
 * SIO_NO_TIMEOUT:
 *
 * Waits for an acknowledgement for as long as the namespace stays connected.
 */
#define SIO_NO_TIMEOUT 0

/**
 * SIO_DEFAULT_TIMEOUT:
 *
 * Waits for an acknowledgement for as long as [property@Socket:ack-timeout] says.
 */
#define SIO_DEFAULT_TIMEOUT G_MAXUINT

/**
 * SioAuthFunc:
 * @socket: the namespace that is about to connect
 * @task: (transfer full): the task to end with [method@Socket.give_auth], or with an error
 * @user_data: what was given to [method@Socket.set_auth_func]
 *
 * Provides the credentials of one connection. It is asked anew at each connection, so that a token that was refreshed
 * meanwhile is the one that is sent. It may answer later: [method@Socket.give_auth], or `g_task_return_error ()`, after which
 * it lets go of @task.
 */
typedef void (*SioAuthFunc) (SioSocket *socket,
                             GTask     *task,
                             gpointer   user_data);

/**
 * SioEventFunc:
 * @socket: the namespace
 * @event: what arrived or was sent; it is the function's while it runs, and longer where it is referenced
 * @user_data: what was given to [method@Socket.on]
 *
 * Gets an event.
 */
typedef void (*SioEventFunc) (SioSocket *socket,
                              SioEvent  *event,
                              gpointer   user_data);

SioManager *sio_socket_get_manager          (SioSocket            *self);
const char *sio_socket_get_namespace        (SioSocket            *self);
const char *sio_socket_get_id               (SioSocket            *self);
gboolean    sio_socket_get_connected        (SioSocket            *self);
gboolean    sio_socket_get_active           (SioSocket            *self);
gboolean    sio_socket_get_recovered        (SioSocket            *self);

void        sio_socket_set_auth             (SioSocket            *self,
                                             SioValue             *auth);
void        sio_socket_set_auth_func        (SioSocket            *self,
                                             SioAuthFunc           func,
                                             gpointer              user_data,
                                             GDestroyNotify        destroy);
void        sio_socket_give_auth            (SioSocket            *self,
                                             GTask                *task,
                                             SioValue             *auth);

/* Not "connect" and "disconnect": in the bindings these are GObject's own words for signals. */
void        sio_socket_open                 (SioSocket            *self);
void        sio_socket_close                (SioSocket            *self);

gboolean    sio_socket_emit                 (SioSocket            *self,
                                             const char           *event,
                                             SioValue             *arguments,
                                             SioEmitFlags          flags,
                                             GError              **error);
/* The same for the bindings, in which "emit" is another one of these words. */
gboolean    sio_socket_emit_event           (SioSocket            *self,
                                             const char           *event,
                                             SioValue             *arguments,
                                             SioEmitFlags          flags,
                                             GError              **error);
void        sio_socket_emit_with_ack_async  (SioSocket            *self,
                                             const char           *event,
                                             SioValue             *arguments,
                                             SioEmitFlags          flags,
                                             guint                 timeout_ms,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
SioValue   *sio_socket_emit_with_ack_finish (SioSocket            *self,
                                             GAsyncResult         *result,
                                             GError              **error);

guint           sio_socket_get_ack_timeout      (SioSocket            *self);
void            sio_socket_set_ack_timeout      (SioSocket            *self,
                                                 guint                 timeout_ms);
guint           sio_socket_get_retries          (SioSocket            *self);
void            sio_socket_set_retries          (SioSocket            *self,
                                                 guint                 retries);
gboolean        sio_socket_get_delivery_ids     (SioSocket            *self);
void            sio_socket_set_delivery_ids     (SioSocket            *self,
                                                 gboolean              delivery_ids);
guint           sio_socket_get_max_buffered_events (SioSocket            *self);
void            sio_socket_set_max_buffered_events (SioSocket            *self,
                                                 guint                 events);
gsize           sio_socket_get_max_buffered_bytes (SioSocket            *self);
void            sio_socket_set_max_buffered_bytes (SioSocket            *self,
                                                 gsize                 bytes);
SioBufferPolicy sio_socket_get_buffer_policy    (SioSocket            *self);
void            sio_socket_set_buffer_policy    (SioSocket            *self,
                                                 SioBufferPolicy       policy);

guint           sio_socket_get_n_buffered       (SioSocket            *self);
gsize           sio_socket_get_buffered_bytes   (SioSocket            *self);
void            sio_socket_clear_buffer         (SioSocket            *self);
guint           sio_socket_get_n_queued         (SioSocket            *self);
gboolean        sio_socket_get_queued           (SioSocket            *self,
                                                 guint                 position,
                                                 const char          **event,
                                                 SioValue            **arguments,
                                                 guint                *n_tries);
void            sio_socket_clear_queue          (SioSocket            *self);

guint           sio_socket_on                   (SioSocket            *self,
                                                 const char           *event,
                                                 SioEventFunc          func,
                                                 gpointer              user_data,
                                                 GDestroyNotify        destroy);
guint           sio_socket_once                 (SioSocket            *self,
                                                 const char           *event,
                                                 SioEventFunc          func,
                                                 gpointer              user_data,
                                                 GDestroyNotify        destroy);
guint           sio_socket_prepend_any          (SioSocket            *self,
                                                 SioEventFunc          func,
                                                 gpointer              user_data,
                                                 GDestroyNotify        destroy);
guint           sio_socket_on_any_outgoing      (SioSocket            *self,
                                                 SioEventFunc          func,
                                                 gpointer              user_data,
                                                 GDestroyNotify        destroy);
guint           sio_socket_prepend_any_outgoing (SioSocket            *self,
                                                 SioEventFunc          func,
                                                 gpointer              user_data,
                                                 GDestroyNotify        destroy);
gboolean        sio_socket_off                  (SioSocket            *self,
                                                 guint                 listener);

G_END_DECLS
