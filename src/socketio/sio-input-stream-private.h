/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

/* Reads ahead of libsoup's 1 KiB bites, counts what a message may hold, and lets the main loop have its turn in a flood. */

G_BEGIN_DECLS

#define SIO_TYPE_INPUT_STREAM (sio_input_stream_get_type ())

G_DECLARE_FINAL_TYPE (SioInputStream, sio_input_stream, SIO, INPUT_STREAM, GInputStream)

typedef void (*SioInputStreamFunc) (gpointer user_data);

/* With @short_reads_drain a read that gives less than was asked for means that nothing is left, as it is with sockets and is
 * not with TLS, which gives one record at a time. */
SioInputStream *sio_input_stream_new        (GInputStream       *base,
                                             gsize               max_message_size,
                                             gboolean            short_reads_drain);

/* @wait is called when the base has nothing more: sio_input_stream_wake() is due when it has again. */
void            sio_input_stream_set_waiter (SioInputStream     *self,
                                             SioInputStreamFunc  wait,
                                             gpointer            user_data);
void            sio_input_stream_wake       (SioInputStream     *self);
gboolean        sio_input_stream_is_waiting (SioInputStream     *self);

/* What was read before the stream was laid over its base. */
gboolean        sio_input_stream_preload    (SioInputStream     *self,
                                             const guint8       *data,
                                             gsize               length,
                                             GError            **error);

/* Takes the stream out of the main loop; reading then gives the end of the stream. */
void            sio_input_stream_stop       (SioInputStream     *self);

G_END_DECLS
