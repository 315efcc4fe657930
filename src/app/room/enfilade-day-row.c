/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The day above its first message. "Today" does not stay true over night, so a row that says it looks at the clock. */

#include "config.h"

#include "enfilade-day-row.h"
#include "enfilade-time-format.h"

/* A machine may have slept over midnight: an hour late is soon enough, and no timer runs for an old day. */
#define LONGEST_WAIT 3600

struct _EnfiladeDayRow
{
  GtkWidget  parent_instance;

  GtkWidget *label;
  GDateTime *date;
  guint      timeout_id;
};

G_DEFINE_FINAL_TYPE (EnfiladeDayRow, enfilade_day_row, GTK_TYPE_WIDGET)

static void update (EnfiladeDayRow *self);

static gboolean
timeout_cb (gpointer user_data)
{
  EnfiladeDayRow *self = user_data;

  self->timeout_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
wait_for_midnight (EnfiladeDayRow *self,
                   GDateTime      *now)
{
  int left = 24 * 3600 - (g_date_time_get_hour (now) * 3600 +
                          g_date_time_get_minute (now) * 60 +
                          g_date_time_get_second (now));

  self->timeout_id = g_timeout_add_seconds (MIN (left + 1, LONGEST_WAIT), timeout_cb, self);
}

static void
update (EnfiladeDayRow *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->date == NULL)
    return;

  text = enfilade_format_day (self->date, now);
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  if (g_date_time_difference (now, self->date) < 2 * G_TIME_SPAN_DAY)
    wait_for_midnight (self, now);
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

  g_clear_handle_id (&self->timeout_id, g_source_remove);
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
