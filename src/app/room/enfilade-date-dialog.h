/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_DATE_DIALOG (enfilade_date_dialog_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeDateDialog, enfilade_date_dialog, ENFILADE, DATE_DIALOG, AdwWindow)

/* Asks for a day. Signal: chosen (GDateTime): its first moment. */
EnfiladeDateDialog *enfilade_date_dialog_new (void);

G_END_DECLS
