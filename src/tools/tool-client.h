/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "tool-options.h"
#include "tool-printer.h"

/* The connection that was asked for, from its beginning to the exit status. */

G_BEGIN_DECLS

typedef struct _ToolClient ToolClient;

ToolClient  *tool_client_new         (ToolOptions  *options,
                                      GError      **error);
void         tool_client_free        (ToolClient   *self);

/* Runs until there is nothing more to do. */
ToolExit     tool_client_run         (ToolClient   *self);
/* Ends the run once what was sent is out. The first call decides. */
void         tool_client_quit        (ToolClient   *self,
                                      ToolExit      status);

/* For the commands that come while it runs. */
ToolPrinter *tool_client_get_printer (ToolClient   *self);
ToolOptions *tool_client_get_options (ToolClient   *self);
SioSocket   *tool_client_get_socket  (ToolClient   *self,
                                      const char   *name_space);
/* Joins a namespace, and shows what comes from it. */
void         tool_client_join        (ToolClient   *self,
                                      const char   *name_space);
gboolean     tool_client_acknowledge (ToolClient   *self,
                                      guint         number,
                                      SioValue     *arguments,
                                      GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolClient, tool_client_free)

G_END_DECLS
