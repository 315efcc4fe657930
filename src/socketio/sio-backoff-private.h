/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* How long to wait before each attempt: doubled each time, spread at random, never above a maximum. */

G_BEGIN_DECLS

typedef struct
{
  guint  delay_ms;
  guint  delay_max_ms;
  double randomization_factor;
  guint  attempts;
} SioBackoff;

void  sio_backoff_init  (SioBackoff *self,
                         guint       delay_ms,
                         guint       delay_max_ms,
                         double      randomization_factor);
guint sio_backoff_next  (SioBackoff *self,
                         double      random);
void  sio_backoff_reset (SioBackoff *self);

G_END_DECLS
