/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-database-private.h"

G_BEGIN_DECLS

/* The one thread that writes into a store's file, in the order in which it was asked to. What was asked within a moment is one
 * transaction, so that a flood of messages costs one write to the disk and not thousands. */
typedef struct _ChatStoreWriter ChatStoreWriter;

/* Runs in the writer's thread, within a transaction. On failure what it did is undone, and nothing else. */
typedef gboolean (*ChatStoreWrite) (ChatDatabase  *database,
                                    gpointer       data,
                                    GError       **error);

/* Told in the thread of whoever made the writer: something that nobody waits for could not be written. */
typedef void (*ChatStoreProblem) (GObject      *owner,
                                  const GError *error);

typedef enum
{
  /* Survives the end of the program, however it ends. */
  CHAT_STORE_KEPT,
  /* Survives a power cut too. */
  CHAT_STORE_DURABLE,
} ChatStoreDurability;

ChatStoreWriter *chat_store_writer_new  (ChatDatabase        *database,
                                         GObject             *owner,
                                         ChatStoreProblem     problem);
void             chat_store_writer_free (ChatStoreWriter     *self);
void             chat_store_writer_push (ChatStoreWriter     *self,
                                         ChatStoreWrite       write,
                                         gpointer             data,
                                         GDestroyNotify       destroy,
                                         ChatStoreDurability  durability,
                                         GTask               *task);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatStoreWriter, chat_store_writer_free)

G_END_DECLS
