/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-alert-row.h"
#include "enfilade-relative-time.h"

/* One alert: how grave, what, since when, and the button that clears it. */
struct _EnfiladeAlertRow
{
  AdwActionRow  parent_instance;

  ChatAlert    *alert;

  GtkWidget    *icon;
  GtkWidget    *clear_button;
  GtkWidget    *clear_stack;
};

enum
{
  CLEAR_REQUESTED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (EnfiladeAlertRow, enfilade_alert_row, ADW_TYPE_ACTION_ROW)

static guint signals[N_SIGNALS];

typedef struct
{
  const char *icon;
  const char *style;
  const char *name;
} Appearance;

static const Appearance appearances[] = {
  [CHAT_SEVERITY_LOW] = { "dialog-information-symbolic", "dim-label", NC_("severity", "Low") },
  [CHAT_SEVERITY_MEDIUM] = { "dialog-warning-symbolic", "accent", NC_("severity", "Medium") },
  [CHAT_SEVERITY_HIGH] = { "dialog-warning-symbolic", "warning", NC_("severity", "High") },
  [CHAT_SEVERITY_CRITICAL] = { "dialog-error-symbolic", "error", NC_("severity", "Critical") },
};

/**
 * enfilade_alert_row_update:
 * @self: a row
 *
 * Says anew how long ago it was.
 */
void
enfilade_alert_row_update (EnfiladeAlertRow *self)
{
  const Appearance *appearance;
  const char *severity;
  g_autofree char *time = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *clear_label = NULL;
  gboolean clearing;

  g_return_if_fail (ENFILADE_IS_ALERT_ROW (self));

  appearance = &appearances[chat_alert_get_severity (self->alert)];
  severity = g_dpgettext2 (NULL, "severity", appearance->name);
  clearing = chat_alert_get_clearing (self->alert);
  time = enfilade_relative_time_format (chat_alert_get_timestamp (self->alert), g_get_real_time () / 1000);
  /* Translators: how grave an alert is, and how long ago it came: "Critical · 5 minutes ago". */
  subtitle = g_strdup_printf (_("%s · %s"), severity, time);
  clear_label = g_strdup_printf (_("Clear alert: %s"), chat_alert_get_message (self->alert));

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), appearance->icon);
  gtk_widget_add_css_class (self->icon, appearance->style);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), chat_alert_get_message (self->alert));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_stack_set_visible_child_name (GTK_STACK (self->clear_stack), clearing ? "clearing" : "clear");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear_button), GTK_ACCESSIBLE_PROPERTY_LABEL, clear_label, -1);
}

static void
clear_clicked_cb (EnfiladeAlertRow *self)
{
  g_signal_emit (self, signals[CLEAR_REQUESTED], 0);
}

static void
enfilade_alert_row_dispose (GObject *object)
{
  EnfiladeAlertRow *self = ENFILADE_ALERT_ROW (object);

  g_clear_object (&self->alert);

  G_OBJECT_CLASS (enfilade_alert_row_parent_class)->dispose (object);
}

static void
enfilade_alert_row_class_init (EnfiladeAlertRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_alert_row_dispose;

  signals[CLEAR_REQUESTED] =
    g_signal_new ("clear-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/dashboard/enfilade-alert-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeAlertRow, icon);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeAlertRow, clear_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeAlertRow, clear_stack);
  gtk_widget_class_bind_template_callback (widget_class, clear_clicked_cb);
}

static void
enfilade_alert_row_init (EnfiladeAlertRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
enfilade_alert_row_new (ChatAlert *alert)
{
  EnfiladeAlertRow *self;

  g_return_val_if_fail (CHAT_IS_ALERT (alert), NULL);

  self = g_object_new (ENFILADE_TYPE_ALERT_ROW, NULL);
  self->alert = g_object_ref (alert);
  g_signal_connect_object (alert, "notify::clearing", G_CALLBACK (enfilade_alert_row_update), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (enfilade_alert_row_update), NULL);
  enfilade_alert_row_update (self);

  return GTK_WIDGET (self);
}

ChatAlert *
enfilade_alert_row_get_alert (EnfiladeAlertRow *self)
{
  g_return_val_if_fail (ENFILADE_IS_ALERT_ROW (self), NULL);

  return self->alert;
}
