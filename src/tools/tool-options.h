/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <socketio-glib.h>

/* What was asked for on the command line, checked. */

G_BEGIN_DECLS

typedef enum
{
  TOOL_MODE_LISTEN,
  TOOL_MODE_EMIT,
  TOOL_MODE_CALL,
} ToolMode;

/* What the program ends with; sio(1) explains them. */
typedef enum
{
  TOOL_EXIT_DONE = 0,
  TOOL_EXIT_FAILED = 1,
  TOOL_EXIT_USAGE = 2,
  TOOL_EXIT_REFUSED = 3,
  TOOL_EXIT_TIMEOUT = 4,
  TOOL_EXIT_DISCONNECTED = 5,
  TOOL_EXIT_INTERRUPTED = 130,
} ToolExit;

typedef struct
{
  ToolMode    mode;
  char       *uri;
  char       *event;
  SioValue   *arguments;

  char      **namespaces;   /* at least one */
  SioValue   *auth;         /* (nullable) */
  GPtrArray  *headers;      /* name, value, name, value … */
  GPtrArray  *query;        /* the same */
  char       *path;         /* (nullable) */
  char      **transports;   /* (nullable) */
  SioParser   parser;
  char       *ca_file;      /* (nullable) */
  char       *certificate;  /* (nullable) */
  char       *key;          /* (nullable) with the certificate where it is NULL */
  gboolean    insecure;
  guint       timeout_ms;
  gboolean    reconnects;

  guint       count;        /* of events to wait for; 0 is for ever */
  gboolean    until_eof;
  gboolean    pretty;
  gboolean    trace;
  gboolean    show_version;
} ToolOptions;

/* Words that are taken are removed from @argv. */
ToolOptions *tool_options_parse (int          *argc,
                                 char       ***argv,
                                 GError      **error);
void         tool_options_free  (ToolOptions  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolOptions, tool_options_free)

G_END_DECLS
