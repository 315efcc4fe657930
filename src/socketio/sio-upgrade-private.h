/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-transport-private.h"

/* Tries whether a WebSocket can take over from polling: opens it beside, sends "2probe" and waits for "3probe". */

G_BEGIN_DECLS

typedef struct _SioUpgrade SioUpgrade;

/* Each may free the upgrade. */
typedef struct
{
  void (*probed) (SioUpgrade   *upgrade,
                  gpointer      user_data);
  void (*failed) (SioUpgrade   *upgrade,
                  const GError *error,
                  gpointer      user_data);
} SioUpgradeListener;

SioUpgrade   *sio_upgrade_new      (SioEngineSettings        *settings,
                                    const char               *session_id,
                                    const SioUpgradeListener *listener,
                                    gpointer                  user_data);
void          sio_upgrade_free     (SioUpgrade               *self);

/* (transfer full): tells the server that from here on all goes this way. Only after probed(). */
SioTransport *sio_upgrade_complete (SioUpgrade               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioUpgrade, sio_upgrade_free)

G_END_DECLS
