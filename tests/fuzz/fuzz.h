/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* What a fuzzer calls: libFuzzer, or driver.c with a fixed number of runs. */

G_BEGIN_DECLS

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         length);

G_END_DECLS
