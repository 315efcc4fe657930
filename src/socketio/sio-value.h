/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "sio-enums.h"

G_BEGIN_DECLS

#define SIO_TYPE_VALUE (sio_value_get_type ())

/**
 * SioValue:
 *
 * An immutable value as Socket.IO carries it: JSON, and binary data as a leaf anywhere in it.
 *
 * A value lies with all that it contains in one compact block. Each part of it is a `SioValue` too and keeps the whole
 * block alive while it is referenced. Values may be read and referenced in any thread.
 */
typedef struct _SioValue SioValue;

GType           sio_value_get_type       (void) G_GNUC_CONST;

SioValue       *sio_value_new_from_text  (const char      *text,
                                          gssize           length,
                                          GError         **error);
SioValue       *sio_value_new_from_json  (JsonNode        *node,
                                          GError         **error);
SioValue       *sio_value_new_strings    (const char      *first,
                                          ...) G_GNUC_NULL_TERMINATED;
SioValue       *sio_value_new_strv       (const char * const *strings);

SioValue       *sio_value_ref            (SioValue        *self);
void            sio_value_unref          (SioValue        *self);

SioValueKind    sio_value_get_kind       (SioValue        *self);
gboolean        sio_value_is_number      (SioValue        *self);
gboolean        sio_value_get_boolean    (SioValue        *self);
gint64          sio_value_get_integer    (SioValue        *self);
double          sio_value_get_double     (SioValue        *self);
const char     *sio_value_get_string     (SioValue        *self);
GBytes         *sio_value_get_bytes      (SioValue        *self);

guint           sio_value_get_length     (SioValue        *self);
SioValue       *sio_value_get_element    (SioValue        *self,
                                          guint            index);
const char     *sio_value_get_name       (SioValue        *self,
                                          guint            index);
SioValue       *sio_value_lookup         (SioValue        *self,
                                          const char      *name);

gboolean        sio_value_equal          (SioValue        *self,
                                          SioValue        *other);
char           *sio_value_to_text        (SioValue        *self);
JsonNode       *sio_value_to_json        (SioValue        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioValue, sio_value_unref)

G_END_DECLS
