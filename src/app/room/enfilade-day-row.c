/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The day above its first message. */

#include "config.h"

#include "enfilade-day-row.h"
#include "enfilade-midnight.h"
#include "enfilade-time-format.h"

struct _EnfiladeDayRow
{
  GtkWidget  parent_instance;

  GtkWidget *label;
  GDateTime *date;
};

G_DEFINE_FINAL_TYPE (EnfiladeDayRow, enfilade_day_row, GTK_TYPE_WIDGET)

static void
update (EnfiladeDayRow *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = NULL;

  if (self->date == NULL)
    return;

  text = enfilade_format_day (self->date, now);
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/**
 * enfilade_day_row_set_date:
 * @self: a row
 * @date: (nullable): the day
 */
void
enfilade_day_row_set_date (EnfiladeDayRow *self,
                           GDateTime      *date)
{
  g_return_if_fail (ENFILADE_IS_DAY_ROW (self));

  g_clear_pointer (&self->date, g_date_time_unref);
  if (date != NULL)
    self->date = g_date_time_to_local (date);

  update (self);
}

static void
enfilade_day_row_dispose (GObject *object)
{
  EnfiladeDayRow *self = ENFILADE_DAY_ROW (object);

  g_clear_pointer (&self->date, g_date_time_unref);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (enfilade_day_row_parent_class)->dispose (object);
}

static void
enfilade_day_row_class_init (EnfiladeDayRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_day_row_dispose;

  gtk_widget_class_set_css_name (widget_class, "day-row");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEPARATOR);
}

static void
enfilade_day_row_init (EnfiladeDayRow *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  self->label = g_object_new (GTK_TYPE_LABEL,
                              "halign", GTK_ALIGN_CENTER,
                              "ellipsize", PANGO_ELLIPSIZE_END,
                              NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  g_signal_connect_object (enfilade_midnight_get_default (), "passed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * enfilade_day_row_new:
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
enfilade_day_row_new (void)
{
  return g_object_new (ENFILADE_TYPE_DAY_ROW, NULL);
}
