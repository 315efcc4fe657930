/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-session.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_CONNECTION_BAR (enfilade_connection_bar_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeConnectionBar, enfilade_connection_bar, ENFILADE, CONNECTION_BAR, AdwBin)

/* Property: session (nullable).
 * Signal: leave: the button that has the focus goes away. */
const char *enfilade_connection_bar_get_text (EnfiladeConnectionBar *self);

G_END_DECLS
