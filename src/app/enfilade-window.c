/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: signing in, or the chat, and over both what a person should know for a moment. Its actions are in
 * enfilade-window-actions.c. */

#include "config.h"

#include "enfilade-window-private.h"

#include <glib/gi18n.h>

#include "enfilade-settings.h"

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_IN_FRONT,
  PROP_ROOM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EnfiladeWindow, enfilade_window, ADW_TYPE_APPLICATION_WINDOW)

/* ── Who is signed in ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void
problem_reported (EnfiladeWindow *self,
                  GError         *error)
{
  enfilade_window_report (self, error->message);
}

/* A room that was asked for before it was known, by a click on a notification that started the app. */
static void
open_wanted_room (EnfiladeWindow *self)
{
  ChatSession *session = enfilade_account_get_session (self->account);
  ChatRoom *room = NULL;

  if (self->wanted_room_id == NULL || session == NULL)
    return;

  room = chat_room_list_find (chat_session_get_rooms (session), self->wanted_room_id);
  if (room == NULL)
    return;

  g_clear_pointer (&self->wanted_room_id, g_free);
  enfilade_chat_page_open_room (self->chat, room);
}

static void
session_changed (EnfiladeWindow *self)
{
  ChatSession *session = enfilade_account_get_session (self->account);

  g_signal_group_set_target (self->session_signals, session);
  g_signal_group_set_target (self->rooms_signals, session != NULL ? chat_session_get_rooms (session) : NULL);
  enfilade_chat_page_set_session (self->chat, session);
  enfilade_window_update_actions (self);
}

static void
propose_account (EnfiladeWindow *self)
{
  g_autofree char *address = enfilade_account_dup_address (self->account);
  g_autofree char *username = enfilade_account_dup_username (self->account);

  enfilade_signin_page_propose (self->signin, address, username);
}

static void
state_changed (EnfiladeWindow *self)
{
  /* A field that is hidden while one types in it would go on blinking its cursor. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);

  switch (enfilade_account_get_state (self->account))
    {
    case ENFILADE_ACCOUNT_SIGNED_IN:
      gtk_stack_set_visible_child_name (self->pages, "chat");
      break;
    case ENFILADE_ACCOUNT_RESTORING:
      gtk_stack_set_visible_child_name (self->pages, "restoring");
      break;
    case ENFILADE_ACCOUNT_REFUSED:
      propose_account (self);
      gtk_stack_set_visible_child_name (self->pages, "signin");
      enfilade_signin_page_explain (self->signin, enfilade_account_get_reason (self->account));
      break;
    case ENFILADE_ACCOUNT_SIGNED_OUT:
    default:
      propose_account (self);
      gtk_stack_set_visible_child_name (self->pages, "signin");
      enfilade_signin_page_focus (self->signin);
      break;
    }

  enfilade_window_update_actions (self);
}

static void
signed_in (EnfiladeWindow  *self,
           ChatCredentials *credentials)
{
  /* What a script signed in with is not what the person wants to find the next time. */
  enfilade_account_sign_in (self->account, credentials, !self->scripted);
  self->scripted = FALSE;
}

/* ── The window itself ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void
room_shown_changed (EnfiladeWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

static void
is_active_changed (EnfiladeWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_FRONT]);
}

static void
bind_settings (EnfiladeWindow *self)
{
  GSettings *settings = enfilade_settings_get_default ();

  if (settings == NULL)
    {
      enfilade_window_report (self, _("Enfilade is not installed: its settings are not kept."));
      return;
    }

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "is-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
enfilade_window_constructed (GObject *object)
{
  EnfiladeWindow *self = ENFILADE_WINDOW (object);

  G_OBJECT_CLASS (enfilade_window_parent_class)->constructed (object);

  g_assert (self->account != NULL);
  g_signal_connect_object (self->account, "notify::session", G_CALLBACK (session_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "notify::state", G_CALLBACK (state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "notice", G_CALLBACK (enfilade_window_report), self, G_CONNECT_SWAPPED);
  session_changed (self);
  state_changed (self);
  bind_settings (self);
}

static ChatRoom *
get_shown_room (EnfiladeWindow *self)
{
  gboolean shown = FALSE;

  g_object_get (self->chat, "room-shown", &shown, NULL);

  return shown ? enfilade_chat_page_get_room (self->chat) : NULL;
}

static void
enfilade_window_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EnfiladeWindow *self = ENFILADE_WINDOW (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_IN_FRONT:
      g_value_set_boolean (value, gtk_window_is_active (GTK_WINDOW (self)));
      break;
    case PROP_ROOM:
      g_value_set_object (value, get_shown_room (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_window_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EnfiladeWindow *self = ENFILADE_WINDOW (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_window_dispose (GObject *object)
{
  EnfiladeWindow *self = ENFILADE_WINDOW (object);

  g_clear_object (&self->session_signals);
  g_clear_object (&self->rooms_signals);
  g_clear_object (&self->account);
  g_clear_pointer (&self->wanted_room_id, g_free);

  G_OBJECT_CLASS (enfilade_window_parent_class)->dispose (object);
}

static void
enfilade_window_class_init (EnfiladeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = enfilade_window_constructed;
  object_class->dispose = enfilade_window_dispose;
  object_class->get_property = enfilade_window_get_property;
  object_class->set_property = enfilade_window_set_property;

  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, ENFILADE_TYPE_ACCOUNT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_IN_FRONT] =
    g_param_spec_boolean ("in-front", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROOM] =
    g_param_spec_object ("room", NULL, NULL, CHAT_TYPE_ROOM, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  enfilade_window_class_install_actions (widget_class);

  g_type_ensure (ENFILADE_TYPE_CHAT_PAGE);
  g_type_ensure (ENFILADE_TYPE_SIGNIN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/enfilade-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeWindow, chat);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeWindow, signin);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, is_active_changed);
  gtk_widget_class_bind_template_callback (widget_class, room_shown_changed);
  gtk_widget_class_bind_template_callback (widget_class, signed_in);
}

static void
enfilade_window_init (EnfiladeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  if (DEVELOPMENT_BUILD)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  self->session_signals = g_signal_group_new (CHAT_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "problem-reported", G_CALLBACK (problem_reported), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::admin", G_CALLBACK (enfilade_window_update_actions), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::features", G_CALLBACK (enfilade_window_update_actions), self);
  self->rooms_signals = g_signal_group_new (CHAT_TYPE_ROOM_LIST);
  g_signal_group_connect_swapped (self->rooms_signals, "items-changed", G_CALLBACK (open_wanted_room), self);
}

/**
 * enfilade_window_new:
 * @application: the app
 * @account: who is signed in
 *
 * Returns: (transfer none): a window that shows the account's chat, or lets one sign in
 */
EnfiladeWindow *
enfilade_window_new (GtkApplication  *application,
                     EnfiladeAccount *account)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (ENFILADE_IS_ACCOUNT (account), NULL);

  return g_object_new (ENFILADE_TYPE_WINDOW, "application", application, "account", account, NULL);
}

/**
 * enfilade_window_open_room:
 * @self: the window
 * @room_id: the id of a room
 *
 * Opens the room; one that is not known yet is opened as soon as it is.
 */
void
enfilade_window_open_room (EnfiladeWindow *self,
                           const char     *room_id)
{
  g_return_if_fail (ENFILADE_IS_WINDOW (self));
  g_return_if_fail (room_id != NULL);

  g_free (self->wanted_room_id);
  self->wanted_room_id = g_strdup (room_id);
  open_wanted_room (self);
}

/**
 * enfilade_window_report:
 * @self: the window
 * @text: what a person should know, and that has no place of its own
 */
void
enfilade_window_report (EnfiladeWindow *self,
                        const char     *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (ENFILADE_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  /* The title of a toast is markup, and the text may come from a server. */
  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

void
enfilade_window_show_notifications (EnfiladeWindow *self)
{
  g_return_if_fail (ENFILADE_IS_WINDOW (self));

  if (enfilade_account_get_state (self->account) == ENFILADE_ACCOUNT_SIGNED_IN)
    enfilade_chat_page_show_notifications (self->chat);
}

static void
begin_scripted (EnfiladeWindow *self)
{
  self->scripted = TRUE;
  gtk_stack_set_visible_child_name (self->pages, "signin");
}

/**
 * enfilade_window_sign_in_with_password:
 * @self: the window
 * @address: the server's address
 * @username: the name of the account
 * @password: its password
 *
 * Signs in as the command line asks; nothing of it is kept for the next run.
 */
void
enfilade_window_sign_in_with_password (EnfiladeWindow *self,
                                       const char     *address,
                                       const char     *username,
                                       const char     *password)
{
  g_return_if_fail (ENFILADE_IS_WINDOW (self));

  begin_scripted (self);
  enfilade_signin_page_sign_in_with_password (self->signin, address, username, password);
}

/**
 * enfilade_window_sign_in_with_token:
 * @self: the window
 * @address: the server's address
 * @token: the account's token
 *
 * Signs in as the command line asks; nothing of it is kept for the next run.
 */
void
enfilade_window_sign_in_with_token (EnfiladeWindow *self,
                                    const char     *address,
                                    const char     *token)
{
  g_return_if_fail (ENFILADE_IS_WINDOW (self));

  begin_scripted (self);
  enfilade_signin_page_sign_in_with_token (self->signin, address, token);
}

/**
 * enfilade_window_propose:
 * @self: the window
 * @address: the address of a server
 *
 * Shows what the server offers to who is to sign in there.
 */
void
enfilade_window_propose (EnfiladeWindow *self,
                         const char     *address)
{
  g_return_if_fail (ENFILADE_IS_WINDOW (self));
  g_return_if_fail (address != NULL);

  gtk_stack_set_visible_child_name (self->pages, "signin");
  enfilade_signin_page_propose (self->signin, address, NULL);
  enfilade_signin_page_discover (self->signin);
}
