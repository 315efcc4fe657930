/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "tool-options.h"

G_BEGIN_DECLS

/* A manager as the options want it. They must live as long as it does. */
SioManager *tool_manager_new (ToolOptions  *options,
                              GError      **error);

G_END_DECLS
