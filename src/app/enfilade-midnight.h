/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_MIDNIGHT (enfilade_midnight_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeMidnight, enfilade_midnight, ENFILADE, MIDNIGHT, GObject)

/* Signal: passed: it is another day than it was. */
EnfiladeMidnight *enfilade_midnight_get_default (void);
void              enfilade_midnight_check       (EnfiladeMidnight *self);

G_END_DECLS
