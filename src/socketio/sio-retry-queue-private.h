/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

#include "sio-enums.h"
#include "sio-value.h"

/* The events that are sent until they are acknowledged: in order, and only the first of them is on its way. */

G_BEGIN_DECLS

typedef struct
{
  char         *event;
  SioValue     *arguments; /* (nullable) */
  SioEmitFlags  flags;
  GTask        *task;      /* (nullable) who waits for the answer */
  GSource      *cancelled;
  guint         timeout_ms;
  guint         n_tries;
  gint64        id;        /* of the acknowledgement that the last try waits for, or SIO_PACKET_NO_ID */
  gsize         size;
  gpointer      owner;
} SioRetry;

typedef struct
{
  GQueue retries;
  gsize  size;
} SioRetryQueue;

void      sio_retry_free         (SioRetry      *self);

void      sio_retry_queue_init   (SioRetryQueue *self);
guint     sio_retry_queue_length (SioRetryQueue *self);
SioRetry *sio_retry_queue_head   (SioRetryQueue *self);
void      sio_retry_queue_push   (SioRetryQueue *self,
                                  SioRetry      *retry);
/* (transfer full): takes @retry out, wherever it stands. */
SioRetry *sio_retry_queue_take   (SioRetryQueue *self,
                                  SioRetry      *retry);
/* The oldest one that is not on its way, or NULL. */
SioRetry *sio_retry_queue_oldest (SioRetryQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SioRetry, sio_retry_free)

G_END_DECLS
