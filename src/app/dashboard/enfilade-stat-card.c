/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-chart.h"
#include "enfilade-relative-time.h"
#include "enfilade-stat-card.h"

/* One figure of the server: its name, its value now, and its course. */
struct _EnfiladeStatCard
{
  GtkWidget     parent_instance;

  char         *title;
  guint         decimals;
  ChatSeries   *series;
  GSignalGroup *signals;

  GtkWidget    *title_label;
  GtkWidget    *value_label;
  GtkWidget    *range_label;
  GtkWidget    *chart;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_DECIMALS,
  PROP_SERIES,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (EnfiladeStatCard, enfilade_stat_card, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static char *
format_value (EnfiladeStatCard *self,
              double            value)
{
  return g_strdup_printf ("%'.*f", (int) self->decimals, value);
}

static double
get_seconds (ChatSeries *series)
{
  guint n = chat_series_get_length (series);

  return n > 0 ? (chat_series_get_time (series, n - 1) - chat_series_get_time (series, 0)) / 1000.0 : 0;
}

static void
enfilade_stat_card_update (EnfiladeStatCard *self)
{
  g_autofree char *value = NULL;
  g_autofree char *maximum = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *range = NULL;
  g_autofree char *spoken = NULL;

  if (self->series == NULL || chat_series_get_length (self->series) == 0)
    {
      gtk_label_set_text (GTK_LABEL (self->value_label), "–");
      gtk_label_set_text (GTK_LABEL (self->range_label), "");
      return;
    }

  value = format_value (self, chat_series_get_latest (self->series));
  maximum = format_value (self, chat_series_get_maximum (self->series));
  duration = enfilade_duration_format (get_seconds (self->series));

  /* Translators: the highest value of a chart, and the time that the chart covers: "Highest 12 in 5 minutes". */
  range = g_strdup_printf (_("Highest %s in %s"), maximum, duration);

  /* Translators: a chart as a screen reader says it: its name, its value now, "Highest 12 in 5 minutes". */
  spoken = g_strdup_printf (_("%s: %s now. %s"), self->title, value, range);

  gtk_label_set_text (GTK_LABEL (self->value_label), value);
  gtk_label_set_text (GTK_LABEL (self->range_label), range);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
enfilade_stat_card_dispose (GObject *object)
{
  EnfiladeStatCard *self = ENFILADE_STAT_CARD (object);
  GtkWidget *child;

  g_clear_object (&self->signals);
  g_clear_object (&self->series);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (enfilade_stat_card_parent_class)->dispose (object);
}

static void
enfilade_stat_card_finalize (GObject *object)
{
  EnfiladeStatCard *self = ENFILADE_STAT_CARD (object);

  g_free (self->title);

  G_OBJECT_CLASS (enfilade_stat_card_parent_class)->finalize (object);
}

static void
enfilade_stat_card_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EnfiladeStatCard *self = ENFILADE_STAT_CARD (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_DECIMALS:
      g_value_set_uint (value, self->decimals);
      break;

    case PROP_SERIES:
      g_value_set_object (value, self->series);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_stat_card_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EnfiladeStatCard *self = ENFILADE_STAT_CARD (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      self->title = g_value_dup_string (value);
      break;

    case PROP_DECIMALS:
      self->decimals = g_value_get_uint (value);
      break;

    case PROP_SERIES:
      enfilade_stat_card_set_series (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_stat_card_constructed (GObject *object)
{
  EnfiladeStatCard *self = ENFILADE_STAT_CARD (object);

  G_OBJECT_CLASS (enfilade_stat_card_parent_class)->constructed (object);

  gtk_label_set_text (GTK_LABEL (self->title_label), self->title);
  enfilade_stat_card_update (self);
}

static void
enfilade_stat_card_class_init (EnfiladeStatCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = enfilade_stat_card_constructed;
  object_class->dispose = enfilade_stat_card_dispose;
  object_class->finalize = enfilade_stat_card_finalize;
  object_class->get_property = enfilade_stat_card_get_property;
  object_class->set_property = enfilade_stat_card_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DECIMALS] =
    g_param_spec_uint ("decimals", NULL, NULL, 0, 6, 0,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SERIES] =
    g_param_spec_object ("series", NULL, NULL, CHAT_TYPE_SERIES,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ENFILADE_TYPE_CHART);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/dashboard/enfilade-stat-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeStatCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeStatCard, value_label);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeStatCard, range_label);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeStatCard, chart);
}

static void
enfilade_stat_card_init (EnfiladeStatCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (CHAT_TYPE_SERIES);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (enfilade_stat_card_update), self);
}

void
enfilade_stat_card_set_series (EnfiladeStatCard *self,
                               ChatSeries       *series)
{
  g_return_if_fail (ENFILADE_IS_STAT_CARD (self));
  g_return_if_fail (series == NULL || CHAT_IS_SERIES (series));

  if (!g_set_object (&self->series, series))
    return;

  enfilade_chart_set_series (ENFILADE_CHART (self->chart), series);
  g_signal_group_set_target (self->signals, series);
  enfilade_stat_card_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERIES]);
}
