/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

/* A server for tests, that of server.js or another, in a process of its own that ends with the test. */

G_BEGIN_DECLS

typedef struct
{
  const char  *program;
  const char  *script;
  GSubprocess *process;
  guint        port;
  char        *authority;   /* the file of the one that signed its certificate, where it has TLS */
} InteropServer;

InteropServer *interop_server_start        (void);
/* @script is in this folder; both are kept. */
InteropServer *interop_server_start_script (const char    *program,
                                            const char    *script);
/* As a crash does: nothing is said to anybody. */
void           interop_server_kill         (InteropServer *self);
/* On the port it had before. */
void           interop_server_start_again  (InteropServer *self);
/* It stands still, and its connections with it. */
void           interop_server_pause        (InteropServer *self);
void           interop_server_resume       (InteropServer *self);
void           interop_server_free         (InteropServer *self);

char          *interop_server_get_uri      (InteropServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InteropServer, interop_server_free)

G_END_DECLS
