/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-node.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_NODE_ROW (enfilade_node_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeNodeRow, enfilade_node_row, ENFILADE, NODE_ROW, AdwActionRow)

GtkWidget *enfilade_node_row_new (ChatNode *node);

G_END_DECLS
