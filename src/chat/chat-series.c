/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include "chat-series.h"

typedef struct
{
  gint64 time;
  double value;
} Sample;

/**
 * ChatSeries:
 *
 * The last values of one figure with their times, the oldest first. It holds as many as its capacity, and drops the oldest for a
 * new one.
 */
struct _ChatSeries
{
  GObject  parent_instance;

  Sample  *samples;    /* a ring */
  guint    capacity;
  guint    first;
  guint    length;
};

enum
{
  PROP_0,
  PROP_LATEST,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (ChatSeries, chat_series, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
chat_series_finalize (GObject *object)
{
  ChatSeries *self = CHAT_SERIES (object);

  g_free (self->samples);

  G_OBJECT_CLASS (chat_series_parent_class)->finalize (object);
}

static void
chat_series_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ChatSeries *self = CHAT_SERIES (object);

  switch (prop_id)
    {
    case PROP_LATEST:
      g_value_set_double (value, chat_series_get_latest (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_series_class_init (ChatSeriesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chat_series_finalize;
  object_class->get_property = chat_series_get_property;

  properties[PROP_LATEST] =
    g_param_spec_double ("latest", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ChatSeries::changed:
   * @self: a series
   *
   * A value was added.
   */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chat_series_init (ChatSeries *self)
{
}

/**
 * chat_series_new:
 * @capacity: how many values to hold; at least 1
 *
 * Returns: (transfer full): a new, empty series
 */
ChatSeries *
chat_series_new (guint capacity)
{
  ChatSeries *self;

  g_return_val_if_fail (capacity > 0, NULL);

  self = g_object_new (CHAT_TYPE_SERIES, NULL);
  self->capacity = capacity;
  self->samples = g_new0 (Sample, capacity);

  return self;
}

static Sample *
sample_at (ChatSeries *self,
           guint       index)
{
  return &self->samples[(self->first + index) % self->capacity];
}

/**
 * chat_series_add:
 * @self: a series
 * @time: when, in milliseconds since the Unix epoch
 * @value: the figure then; what is no finite number is left out
 *
 * Adds a value at the end.
 */
void
chat_series_add (ChatSeries *self,
                 gint64      time,
                 double      value)
{
  double before;

  g_return_if_fail (CHAT_IS_SERIES (self));

  if (!isfinite (value))
    return;

  before = chat_series_get_latest (self);

  if (self->length == self->capacity)
    self->first = (self->first + 1) % self->capacity;
  else
    self->length++;

  *sample_at (self, self->length - 1) = (Sample) { time, value };

  if (before != value)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LATEST]);

  g_signal_emit (self, signals[CHANGED], 0);
}

guint
chat_series_get_length (ChatSeries *self)
{
  g_return_val_if_fail (CHAT_IS_SERIES (self), 0);

  return self->length;
}

gint64
chat_series_get_time (ChatSeries *self,
                      guint       index)
{
  g_return_val_if_fail (CHAT_IS_SERIES (self), 0);
  g_return_val_if_fail (index < self->length, 0);

  return sample_at (self, index)->time;
}

double
chat_series_get_value (ChatSeries *self,
                       guint       index)
{
  g_return_val_if_fail (CHAT_IS_SERIES (self), 0);
  g_return_val_if_fail (index < self->length, 0);

  return sample_at (self, index)->value;
}

/**
 * chat_series_get_latest:
 * @self: a series
 *
 * Returns: the newest value, or 0 when there is none
 */
double
chat_series_get_latest (ChatSeries *self)
{
  g_return_val_if_fail (CHAT_IS_SERIES (self), 0);

  return self->length > 0 ? sample_at (self, self->length - 1)->value : 0;
}

/**
 * chat_series_get_maximum:
 * @self: a series
 *
 * Returns: the greatest value that is held, or 0 when there is none
 */
double
chat_series_get_maximum (ChatSeries *self)
{
  double maximum = 0;

  g_return_val_if_fail (CHAT_IS_SERIES (self), 0);

  for (guint i = 0; i < self->length; i++)
    maximum = i == 0 ? sample_at (self, i)->value : MAX (maximum, sample_at (self, i)->value);

  return maximum;
}
