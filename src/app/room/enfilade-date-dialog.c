/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-date-dialog.h"

#include <glib/gi18n.h>

#include "enfilade-time-format.h"

/* In pixels: what the smallest window has for a calendar and its margins. */
#define WIDEST 348

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

/* GTK tells nothing of what is in a calendar. */
static void
name_day (EnfiladeDateDialog *self)
{
  g_autoptr(GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = enfilade_format_day (day, now);
  /* Translators: what a screen reader says of a calendar: %s is the day that is chosen */
  g_autofree char *name = g_strdup_printf (_("Day: %s"), date);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* How far a key goes, in days and in months; a calendar reads from right to left where people do. */
static gboolean
read_key (EnfiladeDateDialog *self,
          guint               keyval,
          int                *days,
          int                *months)
{
  int forward = gtk_widget_get_direction (GTK_WIDGET (self->calendar)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      *days = -forward;
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      *days = forward;
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      *days = -7;
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      *days = 7;
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      *months = -1;
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      *months = 1;
      return TRUE;
    default:
      return FALSE;
    }
}

/* By itself the calendar moves a frame with the arrow keys, and leaves the day that is chosen where it is. */
static gboolean
key_pressed (EnfiladeDateDialog *self,
             guint               keyval,
             guint               keycode,
             GdkModifierType     modifiers)
{
  g_autoptr(GDateTime) day = NULL;
  g_autoptr(GDateTime) next = NULL;
  int days = 0;
  int months = 0;

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0 || !gtk_widget_is_focus (GTK_WIDGET (self->calendar)) ||
      !read_key (self, keyval, &days, &months))
    return GDK_EVENT_PROPAGATE;

  day = gtk_calendar_get_date (self->calendar);
  next = g_date_time_add_full (day, 0, months, days, 0, 0, 0);
  if (next != NULL)
    gtk_calendar_select_day (self->calendar, next);

  return GDK_EVENT_STOP;
}

/* Where letters are large, seven columns would be wider than a narrow window. */
static void
fit_calendar (EnfiladeDateDialog *self)
{
  int width = 0;

  gtk_widget_measure (GTK_WIDGET (self->calendar), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (width > WIDEST)
    gtk_widget_add_css_class (GTK_WIDGET (self->calendar), "compact");
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
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, name_day);
}

static void
enfilade_date_dialog_init (EnfiladeDateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->jump_button);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->calendar));
  fit_calendar (self);
  name_day (self);
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
