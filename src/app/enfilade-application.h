/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_APPLICATION (enfilade_application_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeApplication, enfilade_application, ENFILADE, APPLICATION, AdwApplication)

EnfiladeApplication *enfilade_application_new (void);

G_END_DECLS
