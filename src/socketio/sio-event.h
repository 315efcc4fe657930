/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-value.h"

G_BEGIN_DECLS

#define SIO_TYPE_EVENT (sio_event_get_type ())

/**
 * SioEvent:
 *
 * An event that arrived: its name, its arguments, and the acknowledgement that the server may wait for.
 */
typedef struct _SioEvent SioEvent;

GType       sio_event_get_type              (void) G_GNUC_CONST;

SioEvent   *sio_event_ref                   (SioEvent  *self);
void        sio_event_unref                 (SioEvent  *self);

const char *sio_event_get_name              (SioEvent  *self);
guint       sio_event_get_n_arguments       (SioEvent  *self);
SioValue   *sio_event_get_argument          (SioEvent  *self,
                                             guint      index);
JsonNode   *sio_event_dup_argument_json     (SioEvent  *self,
                                             guint      index);

gboolean    sio_event_wants_acknowledgement (SioEvent  *self);
gboolean    sio_event_acknowledge           (SioEvent  *self,
                                             SioValue  *arguments,
                                             GError   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioEvent, sio_event_unref)

G_END_DECLS
