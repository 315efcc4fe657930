/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-chart-scale.h"
#include "enfilade-chart.h"

#define NATURAL_HEIGHT 96
#define MINIMUM_HEIGHT 48
#define LINE_WIDTH 2.0

/* The course of one figure as a line over a tinted area, in the widget's own colour. The newest value stands at the end of the
 * reading direction; the times decide where the others stand, so that a gap in the connection is a gap in the chart. */
struct _EnfiladeChart
{
  GtkWidget     parent_instance;

  ChatSeries   *series;
  GSignalGroup *signals;
};

enum
{
  PROP_0,
  PROP_SERIES,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (EnfiladeChart, enfilade_chart, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

typedef struct
{
  double width;
  double height;
  double top;
  double start;
  double duration;
  gboolean mirrored;
} Frame;

static void
frame_init (Frame         *frame,
            EnfiladeChart *self)
{
  guint n = chat_series_get_length (self->series);

  frame->width = gtk_widget_get_width (GTK_WIDGET (self));
  frame->height = gtk_widget_get_height (GTK_WIDGET (self)) - LINE_WIDTH;
  frame->top = enfilade_chart_scale_top (chat_series_get_maximum (self->series));
  frame->start = chat_series_get_time (self->series, 0);
  frame->duration = MAX (chat_series_get_time (self->series, n - 1) - frame->start, 1);
  frame->mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static double
frame_x (Frame  *frame,
         double  time)
{
  double x = frame->width * CLAMP ((time - frame->start) / frame->duration, 0, 1);

  return frame->mirrored ? frame->width - x : x;
}

static double
frame_y (Frame  *frame,
         double  value)
{
  return LINE_WIDTH / 2 + frame->height * (1 - CLAMP (value / frame->top, 0, 1));
}

static void
draw_grid (cairo_t       *cr,
           Frame         *frame,
           const GdkRGBA *color)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, 0.12 * color->alpha);
  cairo_set_line_width (cr, 1);

  for (int i = 0; i <= 2; i++)
    {
      double y = (int) frame_y (frame, frame->top * i / 2) + 0.5;

      cairo_move_to (cr, 0, y);
      cairo_line_to (cr, frame->width, y);
    }

  cairo_stroke (cr);
}

static void
trace_line (EnfiladeChart *self,
            cairo_t       *cr,
            Frame         *frame)
{
  guint n = chat_series_get_length (self->series);

  for (guint i = 0; i < n; i++)
    cairo_line_to (cr,
                   frame_x (frame, chat_series_get_time (self->series, i)),
                   frame_y (frame, chat_series_get_value (self->series, i)));
}

static void
draw_series (EnfiladeChart *self,
             cairo_t       *cr,
             Frame         *frame,
             const GdkRGBA *color)
{
  trace_line (self, cr, frame);
  cairo_line_to (cr, frame_x (frame, frame->start + frame->duration), frame_y (frame, 0));
  cairo_line_to (cr, frame_x (frame, frame->start), frame_y (frame, 0));
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, 0.15 * color->alpha);
  cairo_fill (cr);

  trace_line (self, cr, frame);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_stroke (cr);
}

static void
enfilade_chart_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  EnfiladeChart *self = ENFILADE_CHART (widget);
  GdkRGBA color;
  Frame frame;
  cairo_t *cr;

  if (self->series == NULL || chat_series_get_length (self->series) == 0)
    return;

  frame_init (&frame, self);
  if (frame.width <= 0 || frame.height <= 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, frame.width, frame.height + LINE_WIDTH));
  draw_grid (cr, &frame, &color);
  draw_series (self, cr, &frame, &color);
  cairo_destroy (cr);
}

static void
enfilade_chart_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? MINIMUM_HEIGHT : 0;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? NATURAL_HEIGHT : 0;
}

static void
enfilade_chart_dispose (GObject *object)
{
  EnfiladeChart *self = ENFILADE_CHART (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->series);

  G_OBJECT_CLASS (enfilade_chart_parent_class)->dispose (object);
}

static void
enfilade_chart_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EnfiladeChart *self = ENFILADE_CHART (object);

  switch (prop_id)
    {
    case PROP_SERIES:
      g_value_set_object (value, self->series);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_chart_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  EnfiladeChart *self = ENFILADE_CHART (object);

  switch (prop_id)
    {
    case PROP_SERIES:
      enfilade_chart_set_series (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_chart_class_init (EnfiladeChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_chart_dispose;
  object_class->get_property = enfilade_chart_get_property;
  object_class->set_property = enfilade_chart_set_property;
  widget_class->snapshot = enfilade_chart_snapshot;
  widget_class->measure = enfilade_chart_measure;

  properties[PROP_SERIES] =
    g_param_spec_object ("series", NULL, NULL, CHAT_TYPE_SERIES,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
enfilade_chart_init (EnfiladeChart *self)
{
  self->signals = g_signal_group_new (CHAT_TYPE_SERIES);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (gtk_widget_queue_draw), self);
}

GtkWidget *
enfilade_chart_new (void)
{
  return g_object_new (ENFILADE_TYPE_CHART, NULL);
}

void
enfilade_chart_set_series (EnfiladeChart *self,
                           ChatSeries    *series)
{
  g_return_if_fail (ENFILADE_IS_CHART (self));
  g_return_if_fail (series == NULL || CHAT_IS_SERIES (series));

  if (!g_set_object (&self->series, series))
    return;

  g_signal_group_set_target (self->signals, series);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERIES]);
}
