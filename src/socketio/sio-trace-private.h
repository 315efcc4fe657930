/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

#include "sio-enums.h"

/* Tells who looks at the wire of each packet, in the order in which they went over it. What goes out is told a moment later,
 * since the caller is in the midst of writing; what comes in is told at once, after all that went out before. */

G_BEGIN_DECLS

typedef struct _SioTrace SioTrace;

typedef void (*SioTraceFunc) (SioTraceFlags  flags,
                              const char    *transport,
                              GBytes        *packet,
                              gpointer       user_data);

SioTrace *sio_trace_new  (GMainContext  *context,
                          SioTraceFunc   func,
                          gpointer       user_data);
/* Legal from within @func; what has not been told is dropped. */
void      sio_trace_free (SioTrace      *self);

void      sio_trace_add  (SioTrace      *self,
                          SioTraceFlags  flags,
                          const char    *transport,
                          GBytes        *packet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioTrace, sio_trace_free)

G_END_DECLS
