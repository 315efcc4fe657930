/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-task-private.h"

typedef struct
{
  GTask  *task;
  GError *error;
} Failure;

static void
failure_free (gpointer data)
{
  Failure *self = data;

  g_object_unref (self->task);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
fail (gpointer data)
{
  Failure *self = data;

  g_task_return_error (self->task, g_steal_pointer (&self->error));

  return G_SOURCE_REMOVE;
}

void
sio_task_fail_later (GTask  *task,
                     GError *error)
{
  g_autoptr(GSource) source = g_idle_source_new ();
  Failure *self = g_new0 (Failure, 1);

  self->task = g_object_ref (task);
  self->error = error;
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "[sio] end of a task");
  g_source_set_callback (source, fail, self, failure_free);
  g_source_attach (source, g_task_get_context (task));
}
