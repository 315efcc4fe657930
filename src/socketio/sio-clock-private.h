/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Microseconds of a clock that goes on while the machine sleeps, which g_get_monotonic_time() does not. */
gint64 sio_clock_now   (void);

/* For tests: as if the machine had slept for so long. */
void   sio_clock_sleep (gint64 usec);

G_END_DECLS
