/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "tool-client.h"

/* Commands from standard input, an object in JSON on each line; sio(1) describes them. */

G_BEGIN_DECLS

typedef struct _ToolCommands ToolCommands;

ToolCommands *tool_commands_new   (ToolClient   *client);
void          tool_commands_free  (ToolCommands *self);

/* Begins to read. Later calls do nothing. */
void          tool_commands_start (ToolCommands *self);

G_END_DECLS
