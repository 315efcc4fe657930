/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-date-dialog.h"

struct _EnfiladeDateDialog
{
  AdwWindow    parent_instance;

  GtkCalendar *calendar;
  GtkWidget   *jump_button;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EnfiladeDateDialog, enfilade_date_dialog, ADW_TYPE_WINDOW)

static void
choose (EnfiladeDateDialog *self)
{
  g_autoptr(GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr(GDateTime) start = NULL;

  start = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
                                 0, 0, 0);
  g_signal_emit (self, signals[CHOSEN], 0, start);
  gtk_window_close (GTK_WINDOW (self));
}

static void
enfilade_date_dialog_class_init (EnfiladeDateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_DATE_TIME);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-date-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDateDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeDateDialog, jump_button);
  gtk_widget_class_bind_template_callback (widget_class, choose);
}

static void
enfilade_date_dialog_init (EnfiladeDateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->jump_button);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->calendar));
}

/**
 * enfilade_date_dialog_new:
 *
 * Returns: (transfer none): a window that asks for a day
 */
EnfiladeDateDialog *
enfilade_date_dialog_new (void)
{
  return g_object_new (ENFILADE_TYPE_DATE_DIALOG, NULL);
}
