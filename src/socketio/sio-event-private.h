/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-event.h"
#include "sio-socket.h"

G_BEGIN_DECLS

/* Where the acknowledgements of one stay in a namespace go. The socket lets go of it when the stay ends: an identifier means
 * nothing to the server after that, and could name another request. */
typedef struct
{
  SioSocket *socket;
} SioAnswerDoor;

SioAnswerDoor *sio_answer_door_new   (SioSocket     *socket);
void           sio_answer_door_close (SioAnswerDoor *self);

/* @data is the array as it came, the name first. @door may be NULL where @id is SIO_PACKET_NO_ID. */
SioEvent      *_sio_event_new         (SioValue      *data,
                                      gint64         id,
                                      SioAnswerDoor *door);

G_END_DECLS
