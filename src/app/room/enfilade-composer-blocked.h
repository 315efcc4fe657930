/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What would let one write. */
typedef enum
{
  ENFILADE_JOIN_OFFER_NONE,
  ENFILADE_JOIN_OFFER_JOIN,
  ENFILADE_JOIN_OFFER_AGAIN,
  ENFILADE_JOIN_OFFER_BUSY,
} EnfiladeJoinOffer;

#define ENFILADE_TYPE_COMPOSER_BLOCKED (enfilade_composer_blocked_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeComposerBlocked, enfilade_composer_blocked, ENFILADE, COMPOSER_BLOCKED, AdwBin)

/* Signal: join: the button was pressed. */
GtkWidget *enfilade_composer_blocked_new   (void);
void       enfilade_composer_blocked_show  (EnfiladeComposerBlocked *self,
                                            const char              *reason,
                                            EnfiladeJoinOffer        offer);
gboolean   enfilade_composer_blocked_focus (EnfiladeComposerBlocked *self);

G_END_DECLS
