/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

#include "sio-value.h"

/* The acknowledgements a namespace waits for. Each ends once: by its answer, its time-out, its cancellation, or the end of the
 * connection it was asked on. One timer serves them all, since most are answered long before it would ring. */

G_BEGIN_DECLS

typedef struct _SioPendingAcks SioPendingAcks;

/* Told of one that timed out or was cancelled, before its task ends. */
typedef void (*SioAckDroppedFunc) (gint64   id,
                                   gpointer user_data);

SioPendingAcks *sio_pending_acks_new       (GMainContext      *context,
                                            SioAckDroppedFunc  dropped,
                                            gpointer           user_data);
void            sio_pending_acks_free      (SioPendingAcks    *self);

void            sio_pending_acks_add       (SioPendingAcks    *self,
                                            gint64             id,
                                            GTask             *task,
                                            guint              timeout_ms,
                                            gboolean           sent);
void            sio_pending_acks_mark_sent (SioPendingAcks    *self,
                                            gint64             id);
gboolean        sio_pending_acks_answer    (SioPendingAcks    *self,
                                            gint64             id,
                                            SioValue          *arguments);

void            sio_pending_acks_fail      (SioPendingAcks    *self,
                                            gint64             id,
                                            const GError      *error);

/* Ends those that were sent, or all, with SIO_ERROR_DISCONNECTED: not now but in the next turn of the main loop. */
void            sio_pending_acks_disconnect (SioPendingAcks   *self,
                                             gboolean          all);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioPendingAcks, sio_pending_acks_free)

G_END_DECLS
