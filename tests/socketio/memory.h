/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* How many bytes the process has allocated. Under a sanitizer, whose own allocator does not tell, it is always 0: there the
 * leak check at the end of the process looks instead. */

G_BEGIN_DECLS

gsize memory_in_use (void);

G_END_DECLS
