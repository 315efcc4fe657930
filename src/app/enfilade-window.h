/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "enfilade-application.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_WINDOW (enfilade_window_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeWindow, enfilade_window, ENFILADE, WINDOW, AdwApplicationWindow)

EnfiladeWindow *enfilade_window_new (EnfiladeApplication *application);

G_END_DECLS
