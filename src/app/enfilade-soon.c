/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can wait until the window has been painted, but must not wait for ever. */

#include "config.h"

#include "enfilade-soon.h"

/* Where a frame takes longer than there is time for, an animation leaves nothing to idle sources. In milliseconds. */
#define LATEST 300

typedef struct
{
  GSourceOnceFunc function;
  gpointer        user_data;
  guint           idle_id;
  guint           latest_id;
} Soon;

static void
soon_free (gpointer data)
{
  Soon *soon = data;

  g_clear_handle_id (&soon->idle_id, g_source_remove);
  g_free (soon);
}

static gboolean
latest_cb (gpointer data)
{
  Soon *soon = data;

  soon->function (soon->user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
idle_cb (gpointer data)
{
  Soon *soon = data;

  soon->idle_id = 0;
  soon->function (soon->user_data);
  g_source_remove (soon->latest_id);

  return G_SOURCE_REMOVE;
}

/**
 * enfilade_soon_add:
 * @function: what is to be done
 * @user_data: for @function
 *
 * Calls a function once, when nothing else is to be done, or after a moment.
 *
 * Returns: the id of a source, for g_source_remove() as long as the function was not called
 */
guint
enfilade_soon_add (GSourceOnceFunc function,
                   gpointer        user_data)
{
  Soon *soon = NULL;

  g_return_val_if_fail (function != NULL, 0);

  soon = g_new0 (Soon, 1);
  soon->function = function;
  soon->user_data = user_data;
  soon->idle_id = g_idle_add_full (G_PRIORITY_LOW, idle_cb, soon, NULL);
  soon->latest_id = g_timeout_add_full (G_PRIORITY_DEFAULT, LATEST, latest_cb, soon, soon_free);

  return soon->latest_id;
}
