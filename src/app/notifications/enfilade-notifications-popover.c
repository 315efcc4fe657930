/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-notification-row.h"
#include "enfilade-notifications-popover.h"

/* What the server wants a person to know, newest first. Activating a notification marks it as read and says which one it was, so
 * that the window can open its room. */
struct _EnfiladeNotificationsPopover
{
  GtkPopover            parent_instance;

  ChatNotificationList *notifications;
  GSignalGroup         *signals;

  GtkWidget            *stack;
  GtkWidget            *list;
  GtkWidget            *mark_all_button;
};

enum
{
  PROP_0,
  PROP_NOTIFICATIONS,
  N_PROPS
};

enum
{
  NOTIFICATION_ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (EnfiladeNotificationsPopover, enfilade_notifications_popover, GTK_TYPE_POPOVER)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
enfilade_notifications_popover_update (EnfiladeNotificationsPopover *self)
{
  guint n_items = self->notifications ? g_list_model_get_n_items (G_LIST_MODEL (self->notifications)) : 0;
  guint unread = self->notifications ? chat_notification_list_get_unread (self->notifications) : 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n_items > 0 ? "list" : "empty");
  gtk_widget_set_sensitive (self->mark_all_button, unread > 0);
}

static void
setup_row (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  gtk_list_item_set_child (item, enfilade_notification_row_new ());
}

static void
bind_row (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  enfilade_notification_row_set_notification (ENFILADE_NOTIFICATION_ROW (gtk_list_item_get_child (item)),
                                              gtk_list_item_get_item (item));
}

static void
unbind_row (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            gpointer                  user_data)
{
  enfilade_notification_row_set_notification (ENFILADE_NOTIFICATION_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
row_activated_cb (EnfiladeNotificationsPopover *self,
                  guint                         position)
{
  g_autoptr(ChatNotification) notification = g_list_model_get_item (G_LIST_MODEL (self->notifications), position);

  if (notification == NULL)
    return;

  chat_notification_list_mark_read (self->notifications, chat_notification_get_id (notification));
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[NOTIFICATION_ACTIVATED], 0, notification);
}

static void
mark_all_clicked_cb (EnfiladeNotificationsPopover *self)
{
  if (self->notifications != NULL)
    chat_notification_list_mark_all_read (self->notifications);
}

static void
enfilade_notifications_popover_dispose (GObject *object)
{
  EnfiladeNotificationsPopover *self = ENFILADE_NOTIFICATIONS_POPOVER (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->notifications);

  G_OBJECT_CLASS (enfilade_notifications_popover_parent_class)->dispose (object);
}

static void
enfilade_notifications_popover_get_property (GObject    *object,
                                             guint       prop_id,
                                             GValue     *value,
                                             GParamSpec *pspec)
{
  EnfiladeNotificationsPopover *self = ENFILADE_NOTIFICATIONS_POPOVER (object);

  switch (prop_id)
    {
    case PROP_NOTIFICATIONS:
      g_value_set_object (value, self->notifications);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_notifications_popover_set_property (GObject      *object,
                                             guint         prop_id,
                                             const GValue *value,
                                             GParamSpec   *pspec)
{
  EnfiladeNotificationsPopover *self = ENFILADE_NOTIFICATIONS_POPOVER (object);

  switch (prop_id)
    {
    case PROP_NOTIFICATIONS:
      enfilade_notifications_popover_set_notifications (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_notifications_popover_class_init (EnfiladeNotificationsPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_notifications_popover_dispose;
  object_class->get_property = enfilade_notifications_popover_get_property;
  object_class->set_property = enfilade_notifications_popover_set_property;

  properties[PROP_NOTIFICATIONS] =
    g_param_spec_object ("notifications", NULL, NULL, CHAT_TYPE_NOTIFICATION_LIST,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[NOTIFICATION_ACTIVATED] =
    g_signal_new ("notification-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, CHAT_TYPE_NOTIFICATION);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/chat/enfilade/Enfilade/notifications/enfilade-notifications-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeNotificationsPopover, stack);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeNotificationsPopover, list);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeNotificationsPopover, mark_all_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, mark_all_clicked_cb);
}

static void
enfilade_notifications_popover_init (EnfiladeNotificationsPopover *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);

  self->signals = g_signal_group_new (CHAT_TYPE_NOTIFICATION_LIST);
  g_signal_group_connect_swapped (self->signals, "items-changed", G_CALLBACK (enfilade_notifications_popover_update), self);
  g_signal_group_connect_swapped (self->signals, "notify::unread", G_CALLBACK (enfilade_notifications_popover_update), self);

  enfilade_notifications_popover_update (self);
}

GtkWidget *
enfilade_notifications_popover_new (void)
{
  return g_object_new (ENFILADE_TYPE_NOTIFICATIONS_POPOVER, NULL);
}

ChatNotificationList *
enfilade_notifications_popover_get_notifications (EnfiladeNotificationsPopover *self)
{
  g_return_val_if_fail (ENFILADE_IS_NOTIFICATIONS_POPOVER (self), NULL);

  return self->notifications;
}

void
enfilade_notifications_popover_set_notifications (EnfiladeNotificationsPopover *self,
                                                  ChatNotificationList         *notifications)
{
  g_autoptr(GtkNoSelection) selection = NULL;

  g_return_if_fail (ENFILADE_IS_NOTIFICATIONS_POPOVER (self));
  g_return_if_fail (notifications == NULL || CHAT_IS_NOTIFICATION_LIST (notifications));

  if (!g_set_object (&self->notifications, notifications))
    return;

  if (notifications != NULL)
    selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (notifications)));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (selection));

  g_signal_group_set_target (self->signals, notifications);
  enfilade_notifications_popover_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTIFICATIONS]);
}
