/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A port for a server that comes back. It is none that the system gives away by itself: while the server is away, no connection of
 * another test has it. */
guint16 find_free_port (void);

G_END_DECLS
