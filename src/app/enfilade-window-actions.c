/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window's menus and shortcuts do. */

#include "config.h"

#include "enfilade-window-private.h"

#include "enfilade-create-room-dialog.h"
#include "enfilade-date-dialog.h"
#include "enfilade-join-room-dialog.h"
#include "enfilade-room-switcher.h"

static ChatSession *
get_session (gpointer window)
{
  return enfilade_account_get_session (ENFILADE_WINDOW (window)->account);
}

static void
room_done (EnfiladeWindow *self,
           ChatRoom       *room)
{
  enfilade_chat_page_open_room (self->chat, room);
}

static void
present_dialog (EnfiladeWindow *self,
                GtkWindow      *dialog,
                const char     *signal)
{
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  g_signal_connect_object (dialog, signal, G_CALLBACK (room_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
create_room_activated (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  present_dialog (ENFILADE_WINDOW (widget), GTK_WINDOW (enfilade_create_room_dialog_new (get_session (widget))), "done");
}

static void
join_room_activated (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  present_dialog (ENFILADE_WINDOW (widget), GTK_WINDOW (enfilade_join_room_dialog_new (get_session (widget))), "done");
}

static void
new_room_activated (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  if ((chat_session_get_features (get_session (widget)) & CHAT_FEATURE_ROOMS) != 0)
    create_room_activated (widget, action_name, parameter);
  else
    join_room_activated (widget, action_name, parameter);
}

static void
switch_room_activated (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  GListModel *rooms = G_LIST_MODEL (chat_session_get_rooms (get_session (widget)));

  present_dialog (ENFILADE_WINDOW (widget), GTK_WINDOW (enfilade_room_switcher_new (rooms)), "room-chosen");
}

static void
next_room_activated (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  enfilade_chat_page_move (ENFILADE_WINDOW (widget)->chat, 1, FALSE);
}

static void
previous_room_activated (GtkWidget  *widget,
                         const char *action_name,
                         GVariant   *parameter)
{
  enfilade_chat_page_move (ENFILADE_WINDOW (widget)->chat, -1, FALSE);
}

static void
next_unread_room_activated (GtkWidget  *widget,
                            const char *action_name,
                            GVariant   *parameter)
{
  enfilade_chat_page_move (ENFILADE_WINDOW (widget)->chat, 1, TRUE);
}

static void
previous_unread_room_activated (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  enfilade_chat_page_move (ENFILADE_WINDOW (widget)->chat, -1, TRUE);
}

static void
open_room_at_activated (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  enfilade_chat_page_open_room_at (ENFILADE_WINDOW (widget)->chat, MAX (1, g_variant_get_int32 (parameter)) - 1);
}

static void
find_room_activated (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  enfilade_chat_page_find_room (ENFILADE_WINDOW (widget)->chat);
}

static void
search_activated (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  enfilade_chat_page_search (ENFILADE_WINDOW (widget)->chat, FALSE);
}

static void
search_room_activated (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  enfilade_chat_page_search (ENFILADE_WINDOW (widget)->chat, TRUE);
}

static void
back_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  enfilade_chat_page_go_back (ENFILADE_WINDOW (widget)->chat);
}

static void
toggle_members_activated (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  enfilade_chat_page_toggle_members (ENFILADE_WINDOW (widget)->chat);
}

static void
show_dashboard_activated (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  enfilade_chat_page_show_dashboard (ENFILADE_WINDOW (widget)->chat);
}

static void
date_chosen (EnfiladeWindow *self,
             GDateTime      *date)
{
  enfilade_chat_page_show_date (self->chat, date);
}

static void
show_date_activated (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  GtkWindow *dialog = GTK_WINDOW (enfilade_date_dialog_new ());

  gtk_window_set_transient_for (dialog, GTK_WINDOW (widget));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (date_chosen), widget, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
show_unread_activated (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  enfilade_chat_page_show_unread (ENFILADE_WINDOW (widget)->chat);
}

static void
show_notifications_activated (GtkWidget  *widget,
                              const char *action_name,
                              GVariant   *parameter)
{
  enfilade_window_show_notifications (ENFILADE_WINDOW (widget));
}

static void
retry_connection_activated (GtkWidget  *widget,
                            const char *action_name,
                            GVariant   *parameter)
{
  EnfiladeWindow *self = ENFILADE_WINDOW (widget);

  if (self->patient != NULL)
    enfilade_patient_signin_try (self->patient);
  else
    chat_session_retry_now (get_session (widget));
}

static void
report_activated (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  enfilade_window_report (ENFILADE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* Where GTK finds such a window by itself it builds it, some hundred widgets, together with each window. */
static void
show_shortcuts_activated (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/chat/enfilade/Enfilade/enfilade-shortcuts-window.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (widget));
  gtk_window_present (shortcuts);
}

static const struct
{
  const char                  *name;
  GtkWidgetActionActivateFunc  activate;
} chat_actions[] = {
  { "win.back", back_activated },
  { "win.find-room", find_room_activated },
  { "win.new-room", new_room_activated },
  { "win.next-room", next_room_activated },
  { "win.next-unread-room", next_unread_room_activated },
  { "win.previous-room", previous_room_activated },
  { "win.previous-unread-room", previous_unread_room_activated },
  { "win.retry-connection", retry_connection_activated },
  { "win.search", search_activated },
  { "win.search-room", search_room_activated },
  { "win.show-notifications", show_notifications_activated },
  { "win.switch-room", switch_room_activated },
};

void
enfilade_window_class_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (chat_actions); i++)
    gtk_widget_class_install_action (widget_class, chat_actions[i].name, NULL, chat_actions[i].activate);

  gtk_widget_class_install_action (widget_class, "win.create-room", NULL, create_room_activated);
  gtk_widget_class_install_action (widget_class, "win.join-room", NULL, join_room_activated);
  gtk_widget_class_install_action (widget_class, "win.open-room-at", "i", open_room_at_activated);
  gtk_widget_class_install_action (widget_class, "win.report", "s", report_activated);
  gtk_widget_class_install_action (widget_class, "win.show-dashboard", NULL, show_dashboard_activated);
  gtk_widget_class_install_action (widget_class, "win.show-date", NULL, show_date_activated);
  gtk_widget_class_install_action (widget_class, "win.show-shortcuts", NULL, show_shortcuts_activated);
  gtk_widget_class_install_action (widget_class, "win.show-unread", NULL, show_unread_activated);
  gtk_widget_class_install_action (widget_class, "win.toggle-members", NULL, toggle_members_activated);
}

/**
 * enfilade_window_has_chat:
 * @self: the window
 *
 * Returns: whether there is a session that the person can use, whether it was started yet or not
 */
gboolean
enfilade_window_has_chat (EnfiladeWindow *self)
{
  EnfiladeAccountState state;

  g_return_val_if_fail (ENFILADE_IS_WINDOW (self), FALSE);

  state = enfilade_account_get_state (self->account);

  return enfilade_account_get_session (self->account) != NULL &&
         (state == ENFILADE_ACCOUNT_SIGNED_IN || state == ENFILADE_ACCOUNT_RESTORING);
}

/**
 * enfilade_window_shows_chat:
 * @self: the window
 *
 * Returns: whether the session is there to be used, and not behind the page where one signs in as somebody else
 */
gboolean
enfilade_window_shows_chat (EnfiladeWindow *self)
{
  g_return_val_if_fail (ENFILADE_IS_WINDOW (self), FALSE);

  return enfilade_window_has_chat (self) && g_strcmp0 (self->page, "chat") == 0;
}

/**
 * enfilade_window_get_shown_room:
 * @self: the window
 *
 * Returns: (transfer none) (nullable): the room that is before the person's eyes
 */
ChatRoom *
enfilade_window_get_shown_room (EnfiladeWindow *self)
{
  gboolean shown = FALSE;

  g_return_val_if_fail (ENFILADE_IS_WINDOW (self), NULL);

  if (enfilade_window_shows_chat (self))
    g_object_get (self->chat, "room-shown", &shown, NULL);

  return shown ? enfilade_chat_page_get_room (self->chat) : NULL;
}

/**
 * enfilade_window_update_actions:
 * @self: the window
 *
 * Offers what the account can do now, and nothing else.
 */
void
enfilade_window_update_actions (EnfiladeWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  ChatSession *session = enfilade_account_get_session (self->account);
  gboolean shown = enfilade_window_shows_chat (self);
  gboolean in_room = shown && enfilade_chat_page_get_room (self->chat) != NULL;
  gboolean can_create = shown && (chat_session_get_features (session) & CHAT_FEATURE_ROOMS) != 0;

  for (guint i = 0; i < G_N_ELEMENTS (chat_actions); i++)
    gtk_widget_action_set_enabled (widget, chat_actions[i].name, shown);

  gtk_widget_action_set_enabled (widget, "win.create-room", can_create);
  gtk_widget_action_set_enabled (widget, "win.join-room", shown && !can_create);
  gtk_widget_action_set_enabled (widget, "win.open-room-at", shown);
  gtk_widget_action_set_enabled (widget, "win.show-date", in_room);
  gtk_widget_action_set_enabled (widget, "win.show-unread", in_room);
  gtk_widget_action_set_enabled (widget, "win.toggle-members", enfilade_window_get_shown_room (self) != NULL);
  gtk_widget_action_set_enabled (widget, "win.show-dashboard", shown && chat_session_get_admin (session) != NULL);

  if (self->signin != NULL)
    enfilade_signin_page_set_can_go_back (self->signin, enfilade_window_has_chat (self));
}
