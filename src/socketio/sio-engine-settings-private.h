/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-engine-private.h"

/* The engine's copy of its options, shared with its transports, which may outlive it while they say good-bye. */

G_BEGIN_DECLS

/* The headers are those of each transport; those of all are among them. */
typedef struct
{
  SioEngineOptions options;
  gpointer         accept_data;
} SioEngineSettings;

SioEngineSettings *sio_engine_settings_new         (const SioEngineOptions *options,
                                                    gpointer                accept_data);
SioEngineSettings *sio_engine_settings_ref         (SioEngineSettings      *self);
void               sio_engine_settings_unref       (SioEngineSettings      *self);

/* The address of a request; @session_id is NULL for the first one. */
GUri              *sio_engine_settings_build_uri   (SioEngineSettings      *self,
                                                    const char             *transport,
                                                    const char             *session_id);

/* "example.org:3000", for messages and for the Host header. */
char              *sio_engine_settings_get_host    (SioEngineSettings      *self);
guint16            sio_engine_settings_get_port    (SioEngineSettings      *self);
gboolean           sio_engine_settings_is_secure   (SioEngineSettings      *self);
gboolean           sio_engine_settings_is_loopback (SioEngineSettings      *self);

/* Whether the person accepts a certificate that does not verify. */
gboolean           sio_engine_settings_accepts     (SioEngineSettings      *self,
                                                    GTlsCertificate        *certificate,
                                                    GTlsCertificateFlags    errors);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioEngineSettings, sio_engine_settings_unref)

G_END_DECLS
