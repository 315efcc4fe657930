/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-value.h"

G_BEGIN_DECLS

#define SIO_TYPE_BUILDER (sio_builder_get_type ())

/**
 * SioBuilder:
 *
 * Builds a [struct@Value] piece by piece. A new builder stands inside an array, which is what the arguments of an
 * event are:
 *
 * ```c
 * g_autoptr(SioBuilder) builder = sio_builder_new ();
 * g_autoptr(SioValue) arguments = NULL;
 *
 * sio_builder_add_string (builder, "general");
 * sio_builder_begin_object (builder);
 * sio_builder_set_name (builder, "limit");
 * sio_builder_add_integer (builder, 40);
 * sio_builder_end (builder);
 * arguments = sio_builder_finish (builder);
 * ```
 */
typedef struct _SioBuilder SioBuilder;

GType       sio_builder_get_type     (void) G_GNUC_CONST;

SioBuilder *sio_builder_new          (void);
SioBuilder *sio_builder_ref          (SioBuilder *self);
void        sio_builder_unref        (SioBuilder *self);

void        sio_builder_add_null     (SioBuilder *self);
void        sio_builder_add_boolean  (SioBuilder *self,
                                      gboolean    value);
void        sio_builder_add_integer  (SioBuilder *self,
                                      gint64      value);
void        sio_builder_add_double   (SioBuilder *self,
                                      double      value);
void        sio_builder_add_string   (SioBuilder *self,
                                      const char *value);
void        sio_builder_add_bytes    (SioBuilder *self,
                                      GBytes     *value);
void        sio_builder_add_value    (SioBuilder *self,
                                      SioValue   *value);

void        sio_builder_begin_array  (SioBuilder *self);
void        sio_builder_begin_object (SioBuilder *self);
void        sio_builder_set_name     (SioBuilder *self,
                                      const char *name);
void        sio_builder_end          (SioBuilder *self);

SioValue   *sio_builder_finish       (SioBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioBuilder, sio_builder_unref)

G_END_DECLS
