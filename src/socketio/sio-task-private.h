/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Ends @task with @error in the next turn of the main loop: for where the caller is not to be called from within. Takes @error. */
void sio_task_fail_later (GTask  *task,
                          GError *error);

G_END_DECLS
