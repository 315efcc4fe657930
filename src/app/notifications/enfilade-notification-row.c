/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-notification-row.h"
#include "enfilade-relative-time.h"

/* A notification in the list: what kind it is, what it says and how long ago, and whether it was read. */
struct _EnfiladeNotificationRow
{
  GtkWidget         parent_instance;

  ChatNotification *notification;
  GSignalGroup     *signals;

  GtkWidget        *icon;
  GtkWidget        *title;
  GtkWidget        *message;
  GtkWidget        *time;
  GtkWidget        *unread_mark;
};

enum
{
  PROP_0,
  PROP_NOTIFICATION,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (EnfiladeNotificationRow, enfilade_notification_row, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

typedef struct
{
  const char *icon;
  const char *style;
  const char *name;
} Appearance;

static const Appearance appearances[] = {
  [CHAT_NOTIFICATION_INFO] = { "dialog-information-symbolic", "accent", N_("Information") },
  [CHAT_NOTIFICATION_WARNING] = { "dialog-warning-symbolic", "warning", N_("Warning") },
  [CHAT_NOTIFICATION_SUCCESS] = { "emblem-ok-symbolic", "success", N_("Success") },
  [CHAT_NOTIFICATION_ERROR] = { "dialog-error-symbolic", "error", N_("Error") },
};

static const Appearance *
get_appearance (ChatNotification *notification)
{
  return &appearances[chat_notification_get_notification_type (notification)];
}

static char *
dup_spoken (ChatNotification *notification,
            const char       *time)
{
  const char *kind = _(get_appearance (notification)->name);
  const char *title = chat_notification_get_title (notification);
  const char *text = chat_notification_get_message (notification);
  gboolean read = chat_notification_get_read (notification);

  if (*text == '\0' && read)
    /* Translators: a notification as a screen reader says it: its kind, its title, how long ago. */
    return g_strdup_printf (C_("notification", "%1$s: %2$s. %3$s"), kind, title, time);

  if (*text == '\0')
    /* Translators: a notification as a screen reader says it: its kind, its title, how long ago. */
    return g_strdup_printf (C_("notification", "%1$s: %2$s. %3$s. Unread"), kind, title, time);

  if (read)
    /* Translators: a notification as a screen reader says it: its kind, its title, its text, how long ago. */
    return g_strdup_printf (C_("notification", "%1$s: %2$s. %3$s. %4$s"), kind, title, text, time);

  /* Translators: a notification as a screen reader says it: its kind, its title, its text, how long ago. */
  return g_strdup_printf (C_("notification", "%1$s: %2$s. %3$s. %4$s. Unread"), kind, title, text, time);
}

/* GTK 4.8 has no way to name the row of a list itself, and that is what the screen reader lands on. */
static void
enfilade_notification_row_speak (EnfiladeNotificationRow *self,
                                 const char              *time)
{
  GtkWidget *list_row = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *spoken = dup_spoken (self->notification, time);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (list_row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
enfilade_notification_row_update (EnfiladeNotificationRow *self)
{
  g_autofree char *time = NULL;
  gboolean read;

  if (self->notification == NULL)
    return;

  read = chat_notification_get_read (self->notification);
  time = enfilade_relative_time_format (chat_notification_get_created_at (self->notification), g_get_real_time () / 1000);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), get_appearance (self->notification)->icon);
  for (gsize i = 0; i < G_N_ELEMENTS (appearances); i++)
    gtk_widget_remove_css_class (self->icon, appearances[i].style);
  gtk_widget_add_css_class (self->icon, get_appearance (self->notification)->style);

  gtk_label_set_text (GTK_LABEL (self->title), chat_notification_get_title (self->notification));
  gtk_label_set_text (GTK_LABEL (self->message), chat_notification_get_message (self->notification));
  gtk_widget_set_visible (self->message, *chat_notification_get_message (self->notification) != '\0');
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_widget_set_visible (self->unread_mark, !read);

  if (read)
    gtk_widget_remove_css_class (self->title, "heading");
  else
    gtk_widget_add_css_class (self->title, "heading");

  enfilade_notification_row_speak (self, time);
}

static void
enfilade_notification_row_dispose (GObject *object)
{
  EnfiladeNotificationRow *self = ENFILADE_NOTIFICATION_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->signals);
  g_clear_object (&self->notification);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (enfilade_notification_row_parent_class)->dispose (object);
}

static void
enfilade_notification_row_get_property (GObject    *object,
                                        guint       prop_id,
                                        GValue     *value,
                                        GParamSpec *pspec)
{
  EnfiladeNotificationRow *self = ENFILADE_NOTIFICATION_ROW (object);

  switch (prop_id)
    {
    case PROP_NOTIFICATION:
      g_value_set_object (value, self->notification);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_notification_row_set_property (GObject      *object,
                                        guint         prop_id,
                                        const GValue *value,
                                        GParamSpec   *pspec)
{
  EnfiladeNotificationRow *self = ENFILADE_NOTIFICATION_ROW (object);

  switch (prop_id)
    {
    case PROP_NOTIFICATION:
      enfilade_notification_row_set_notification (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_notification_row_class_init (EnfiladeNotificationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_notification_row_dispose;
  object_class->get_property = enfilade_notification_row_get_property;
  object_class->set_property = enfilade_notification_row_set_property;

  properties[PROP_NOTIFICATION] =
    g_param_spec_object ("notification", NULL, NULL, CHAT_TYPE_NOTIFICATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/enfilade/Enfilade/notifications/enfilade-notification-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeNotificationRow, icon);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeNotificationRow, title);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeNotificationRow, message);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeNotificationRow, time);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeNotificationRow, unread_mark);
}

static void
enfilade_notification_row_init (EnfiladeNotificationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (CHAT_TYPE_NOTIFICATION);
  g_signal_group_connect_swapped (self->signals, "notify::read", G_CALLBACK (enfilade_notification_row_update), self);

  /* How long ago it was is said anew each time the list is opened. */
  g_signal_connect (self, "map", G_CALLBACK (enfilade_notification_row_update), NULL);
}

GtkWidget *
enfilade_notification_row_new (void)
{
  return g_object_new (ENFILADE_TYPE_NOTIFICATION_ROW, NULL);
}

ChatNotification *
enfilade_notification_row_get_notification (EnfiladeNotificationRow *self)
{
  g_return_val_if_fail (ENFILADE_IS_NOTIFICATION_ROW (self), NULL);

  return self->notification;
}

void
enfilade_notification_row_set_notification (EnfiladeNotificationRow *self,
                                            ChatNotification        *notification)
{
  g_return_if_fail (ENFILADE_IS_NOTIFICATION_ROW (self));
  g_return_if_fail (notification == NULL || CHAT_IS_NOTIFICATION (notification));

  if (!g_set_object (&self->notification, notification))
    return;

  g_signal_group_set_target (self->signals, notification);
  enfilade_notification_row_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTIFICATION]);
}
