/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Today" does not stay true over night, nor does a time of day that stands for it. Whoever says such a thing says it anew when this
 * tells that midnight has passed: one clock for all of them. */

#include "config.h"

#include "enfilade-midnight.h"

/* A machine may have slept over midnight, or have travelled: an hour late is soon enough. */
#define LONGEST_WAIT 3600

struct _EnfiladeMidnight
{
  GObject  parent_instance;

  int      today;
  guint    timeout_id;
};

G_DEFINE_FINAL_TYPE (EnfiladeMidnight, enfilade_midnight, G_TYPE_OBJECT)

enum
{
  PASSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static int
get_day (GDateTime *now)
{
  return g_date_time_get_year (now) * 1000 + g_date_time_get_day_of_year (now);
}

static gboolean
timeout_cb (gpointer user_data)
{
  EnfiladeMidnight *self = user_data;

  self->timeout_id = 0;
  enfilade_midnight_check (self);

  return G_SOURCE_REMOVE;
}

static void
wait_for_midnight (EnfiladeMidnight *self,
                   GDateTime        *now)
{
  int left = 24 * 3600 - (g_date_time_get_hour (now) * 3600 +
                          g_date_time_get_minute (now) * 60 +
                          g_date_time_get_second (now));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add_seconds (MIN (left + 1, LONGEST_WAIT), timeout_cb, self);
}

/**
 * enfilade_midnight_check:
 * @self: the midnight
 *
 * Looks at the clock, and emits passed where it shows another day than it did the last time.
 */
void
enfilade_midnight_check (EnfiladeMidnight *self)
{
  g_autoptr(GDateTime) now = NULL;
  int before;

  g_return_if_fail (ENFILADE_IS_MIDNIGHT (self));

  now = g_date_time_new_now_local ();
  before = self->today;
  self->today = get_day (now);
  wait_for_midnight (self, now);

  if (self->today != before)
    g_signal_emit (self, signals[PASSED], 0);
}

static void
enfilade_midnight_dispose (GObject *object)
{
  EnfiladeMidnight *self = ENFILADE_MIDNIGHT (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);

  G_OBJECT_CLASS (enfilade_midnight_parent_class)->dispose (object);
}

static void
enfilade_midnight_class_init (EnfiladeMidnightClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = enfilade_midnight_dispose;

  signals[PASSED] = g_signal_new ("passed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
enfilade_midnight_init (EnfiladeMidnight *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  self->today = get_day (now);
  wait_for_midnight (self, now);
}

/**
 * enfilade_midnight_get_default:
 *
 * Returns: (transfer none): the only one
 */
EnfiladeMidnight *
enfilade_midnight_get_default (void)
{
  static EnfiladeMidnight *midnight;

  if (midnight == NULL)
    midnight = g_object_new (ENFILADE_TYPE_MIDNIGHT, NULL);

  return midnight;
}
