/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

/* Takes whatever is written and hands it on once per turn of the main loop, many small writes in one. */

G_BEGIN_DECLS

#define SIO_TYPE_OUTPUT_STREAM (sio_output_stream_get_type ())

G_DECLARE_FINAL_TYPE (SioOutputStream, sio_output_stream, SIO, OUTPUT_STREAM, GOutputStream)

SioOutputStream *sio_output_stream_new        (GOutputStream   *base);

typedef void (*SioOutputStreamFunc) (gpointer user_data);

/* @wait is called when the base takes no more: sio_output_stream_unblock() is due when it does again. */
void             sio_output_stream_set_waiter (SioOutputStream     *self,
                                               SioOutputStreamFunc  wait,
                                               gpointer             user_data);

/* Hands on what the base takes without blocking; TRUE when nothing is left. */
gboolean         sio_output_stream_flush      (SioOutputStream *self);
void             sio_output_stream_unblock    (SioOutputStream *self);

/* The base takes no more until sio_output_stream_unblock(). */
gboolean         sio_output_stream_is_blocked (SioOutputStream *self);

/* Bytes that were written and not yet handed on. */
gsize            sio_output_stream_get_queued (SioOutputStream *self);

/* Bytes that were handed on, ever. */
guint64          sio_output_stream_get_written (SioOutputStream *self);

G_END_DECLS
