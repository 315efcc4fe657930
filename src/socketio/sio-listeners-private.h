/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-socket.h"

/* Functions by the names of the events they are for, found by hash: names are not interned, and there may be any number. */

G_BEGIN_DECLS

typedef struct _SioListeners SioListeners;

SioListeners *sio_listeners_new             (void);
void          sio_listeners_free            (SioListeners   *self);

/* @event is NULL for all of them. */
guint         sio_listeners_add             (SioListeners   *self,
                                             const char     *event,
                                             gboolean        once,
                                             SioEventFunc    func,
                                             gpointer        user_data,
                                             GDestroyNotify  destroy);
/* One for all that arrive, or for all that are sent, behind the others of its kind or before them. */
guint         sio_listeners_add_any         (SioListeners   *self,
                                             gboolean        outgoing,
                                             gboolean        first,
                                             SioEventFunc    func,
                                             gpointer        user_data,
                                             GDestroyNotify  destroy);
gboolean      sio_listeners_remove          (SioListeners   *self,
                                             guint           id);
void          sio_listeners_clear           (SioListeners   *self);
gboolean      sio_listeners_listen          (SioListeners   *self,
                                             const char     *event);
gboolean      sio_listeners_listen_outgoing (SioListeners   *self);
/* Any call is allowed in a listener; one that is removed meanwhile is not called any more, a new one not yet. */
void          sio_listeners_tell            (SioListeners   *self,
                                             SioSocket      *socket,
                                             SioEvent       *event);
void          sio_listeners_tell_outgoing   (SioListeners   *self,
                                             SioSocket      *socket,
                                             SioEvent       *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioListeners, sio_listeners_free)

G_END_DECLS
