/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* How much may be taken in before the main loop has to have had its turn: redraws and what else is more urgent come first. */

G_BEGIN_DECLS

#define SIO_TURN_BYTES (64 * 1024)
#define SIO_TURN_USEC (2 * 1000)

/* Below GTK's redraw (120), above G_PRIORITY_DEFAULT_IDLE (200). */
#define SIO_PRIORITY_TURN 150

/* A main loop that is never idle would otherwise never take in anything again, and lose the connection for it. */
#define SIO_TURN_MAX_WAIT_USEC (100 * 1000)

typedef struct
{
  GSource *source;
  gsize    bytes;
  gint64   usec;
  gint64   burst_time; /* when the reads under way began, or 0 */
  gint64   wait_time;  /* when the turn was found to be over, or 0 */
} SioTurn;

/* @self must not move: its source, which begins each new turn, looks at it. */
void     sio_turn_init       (SioTurn      *self,
                              GMainContext *context);
void     sio_turn_clear      (SioTurn      *self);

/* Asked before each read; TRUE until the main loop has come down to SIO_PRIORITY_TURN. */
gboolean sio_turn_is_over    (SioTurn      *self);
void     sio_turn_take       (SioTurn      *self,
                              gsize         bytes);

/* There is nothing more to read: the time until there is does not count. */
void     sio_turn_pause      (SioTurn      *self);
gboolean sio_turn_is_waiting (SioTurn      *self);

G_END_DECLS
