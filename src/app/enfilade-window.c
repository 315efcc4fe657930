/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: signing in, or the chat, and over both what a person should know for a moment. Its actions are in
 * enfilade-window-actions.c. */

#include "config.h"

#include "enfilade-window-private.h"

#include <glib/gi18n.h>

#include "chat-server.h"
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

/* ── The pages ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void signed_in      (EnfiladeWindow  *self,
                            ChatCredentials *credentials);
static void return_to_chat (EnfiladeWindow  *self);

/* Who is signed in, which is nearly everybody, does not wait for the pages that nobody sees then. */
static void
ensure_page (EnfiladeWindow *self,
             const char     *page)
{
  g_autoptr(GtkBuilder) builder = NULL;
  g_autofree char *path = NULL;

  if (gtk_stack_get_child_by_name (self->pages, page) != NULL)
    return;

  path = g_strdup_printf ("/chat/enfilade/Enfilade/enfilade-window-%s.ui", page);
  builder = gtk_builder_new_from_resource (path);
  gtk_stack_add_named (self->pages, GTK_WIDGET (gtk_builder_get_object (builder, "page")), page);

  if (g_str_equal (page, "signin"))
    {
      self->signin = ENFILADE_SIGNIN_PAGE (gtk_builder_get_object (builder, "signin"));
      g_signal_connect_object (self->signin, "signed-in", G_CALLBACK (signed_in), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->signin, "cancelled", G_CALLBACK (return_to_chat), self, G_CONNECT_SWAPPED);
    }
}

static void
room_shown_changed (EnfiladeWindow *self)
{
  enfilade_window_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

/* A field that is hidden while one types in it would go on blinking its cursor. */
static void
show_page (EnfiladeWindow *self,
           const char     *page)
{
  if (g_strcmp0 (self->page, page) == 0)
    return;

  self->page = page;
  ensure_page (self, page);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->pages, page);
  room_shown_changed (self);
  if (g_str_equal (page, "chat"))
    enfilade_chat_page_focus (self->chat);
}

/* From where one would sign in as somebody else. */
static void
return_to_chat (EnfiladeWindow *self)
{
  if (g_strcmp0 (self->page, "signin") != 0 || !enfilade_window_has_chat (self))
    return;

  enfilade_signin_page_cancel (self->signin);
  self->remember = ENFILADE_REMEMBER_ALL;
  show_page (self, "chat");
}

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
  return_to_chat (self);
  enfilade_chat_page_open_room (self->chat, room);
  if (self->wanted_message_id != NULL)
    enfilade_chat_page_show_message (self->chat, self->wanted_message_id);
  g_clear_pointer (&self->wanted_message_id, g_free);
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
show_signin (EnfiladeWindow *self)
{
  g_autofree char *address = enfilade_account_dup_address (self->account);
  g_autofree char *username = enfilade_account_dup_username (self->account);

  ensure_page (self, "signin");
  enfilade_signin_page_propose (self->signin, address, username);
  show_page (self, "signin");
}

/* Its answer would sign in somebody who has signed out meanwhile. */
static void
stop_patience (EnfiladeWindow *self)
{
  if (self->patient != NULL)
    enfilade_patient_signin_stop (self->patient);
  g_clear_object (&self->patient);
}

static void
state_changed (EnfiladeWindow *self)
{
  if (enfilade_account_get_state (self->account) != ENFILADE_ACCOUNT_RESTORING)
    stop_patience (self);

  switch (enfilade_account_get_state (self->account))
    {
    case ENFILADE_ACCOUNT_SIGNED_IN:
      show_page (self, "chat");
      break;
    case ENFILADE_ACCOUNT_RESTORING:
      show_page (self, enfilade_account_get_session (self->account) != NULL ? "chat" : "restoring");
      break;
    case ENFILADE_ACCOUNT_REFUSED:
      show_signin (self);
      enfilade_signin_page_explain (self->signin, enfilade_account_get_reason (self->account));
      break;
    case ENFILADE_ACCOUNT_SIGNED_OUT:
    default:
      show_signin (self);
      enfilade_signin_page_focus (self->signin);
      break;
    }

  enfilade_window_update_actions (self);
}

static void
signed_in (EnfiladeWindow  *self,
           ChatCredentials *credentials)
{
  enfilade_account_sign_in (self->account, credentials, self->remember);
  self->remember = ENFILADE_REMEMBER_ALL;
  /* Where somebody was signed in before, that is no other state. */
  state_changed (self);
}

/* ── What was told before there was a window ────────────────────────────────────────────────────────────────────────── */

/* To be read in peace, and not to fade away. */
static void
show_notice (EnfiladeWindow *self,
             const char     *text)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Your Conversations"), text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
show_early_notice (gpointer user_data)
{
  EnfiladeWindow *self = user_data;
  g_autofree char *notice = enfilade_account_take_notice (self->account);

  self->notice_id = 0;
  if (notice != NULL)
    show_notice (self, notice);

  return G_SOURCE_REMOVE;
}

/* The notice is about the conversations that are shown from now on. */
static void
look_for_notice (EnfiladeWindow *self)
{
  if (self->notice_id == 0)
    self->notice_id = g_idle_add (show_early_notice, self);
}

/* ── The window itself ──────────────────────────────────────────────────────────────────────────────────────────────── */

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
  bind_settings (self);
  g_signal_connect_object (self->account, "notify::session", G_CALLBACK (look_for_notice), self, G_CONNECT_SWAPPED);
  look_for_notice (self);
}

/* Who made the window may have told it by now what to show. */
static void
enfilade_window_realize (GtkWidget *widget)
{
  EnfiladeWindow *self = ENFILADE_WINDOW (widget);

  if (self->page == NULL)
    state_changed (self);

  GTK_WIDGET_CLASS (enfilade_window_parent_class)->realize (widget);
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
      g_value_set_object (value, enfilade_window_get_shown_room (self));
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
  g_clear_handle_id (&self->notice_id, g_source_remove);
  stop_patience (self);
  g_clear_object (&self->account);
  g_clear_pointer (&self->wanted_room_id, g_free);
  g_clear_pointer (&self->wanted_message_id, g_free);

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
  widget_class->realize = enfilade_window_realize;

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
  gtk_widget_class_bind_template_child (widget_class, EnfiladeWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, is_active_changed);
  gtk_widget_class_bind_template_callback (widget_class, room_shown_changed);
}

static void
enfilade_window_init (EnfiladeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  if (DEVELOPMENT_BUILD)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  self->remember = ENFILADE_REMEMBER_ALL;
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
  g_clear_pointer (&self->wanted_message_id, g_free);
  open_wanted_room (self);
}

/**
 * enfilade_window_open_message:
 * @self: the window
 * @room_id: the id of a room
 * @message_id: the id of a message of it
 *
 * Opens the room at a message.
 */
void
enfilade_window_open_message (EnfiladeWindow *self,
                              const char     *room_id,
                              const char     *message_id)
{
  g_return_if_fail (ENFILADE_IS_WINDOW (self));
  g_return_if_fail (room_id != NULL);
  g_return_if_fail (message_id != NULL);

  g_free (self->wanted_room_id);
  self->wanted_room_id = g_strdup (room_id);
  g_free (self->wanted_message_id);
  self->wanted_message_id = g_strdup (message_id);
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
  AdwToast *toast = NULL;
  GtkWidget *label = NULL;

  g_return_if_fail (ENFILADE_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  /* A title of its own would be cut at the end of a line, which in a narrow window is after a few words. */
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  toast = adw_toast_new ("");
  adw_toast_set_custom_title (toast, label);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
enfilade_window_show_notifications (EnfiladeWindow *self)
{
  g_return_if_fail (ENFILADE_IS_WINDOW (self));

  return_to_chat (self);
  if (enfilade_window_shows_chat (self))
    enfilade_chat_page_show_notifications (self->chat);
}

/* ── What the command line asks for ─────────────────────────────────────────────────────────────────────────────────── */

static ChatCredentials *
name_account (const char *typed_address,
              const char *username,
              const char *token)
{
  g_autofree char *address = chat_server_normalize_address (typed_address, NULL);
  ChatCredentials *credentials = NULL;

  if (address == NULL)
    return NULL;

  credentials = chat_credentials_new (address, token, 0);
  if (username != NULL)
    chat_credentials_set_user (credentials, NULL, username, FALSE);

  return credentials;
}

/* The program may have been started before for the same person: they find what they do as it is. */
static gboolean
is_signed_in (EnfiladeWindow  *self,
              ChatCredentials *credentials)
{
  return enfilade_account_get_state (self->account) == ENFILADE_ACCOUNT_SIGNED_IN &&
         enfilade_account_is (self->account, credentials);
}

static void
begin_scripted (EnfiladeWindow   *self,
                EnfiladeRemember  remember)
{
  self->remember = remember;
  show_page (self, "signin");
}

static void
patience_rewarded (EnfiladeWindow  *self,
                   ChatCredentials *credentials)
{
  enfilade_account_sign_in (self->account, credentials, ENFILADE_REMEMBER_CONVERSATIONS);
}

static void
patience_ended (EnfiladeWindow *self,
                GError         *error)
{
  self->remember = ENFILADE_REMEMBER_CONVERSATIONS;
  enfilade_account_give_up (self->account, error->message);
}

/* Somebody whose conversations are here sees them, whether the server can be reached or not. */
static gboolean
sign_in_patiently (EnfiladeWindow  *self,
                   ChatCredentials *credentials,
                   const char      *password)
{
  const char *address = chat_credentials_get_address (credentials);
  const char *username = chat_credentials_get_username (credentials);
  gboolean again = self->patient != NULL && enfilade_account_is (self->account, credentials);

  if (!again && !enfilade_account_open (self->account, address, username))
    return FALSE;

  return_to_chat (self);
  stop_patience (self);
  self->patient = enfilade_patient_signin_new (address, username, password);
  g_signal_connect_object (self->patient, "signed-in", G_CALLBACK (patience_rewarded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->patient, "refused", G_CALLBACK (patience_ended), self, G_CONNECT_SWAPPED);
  enfilade_patient_signin_begin (self->patient);

  return TRUE;
}

/**
 * enfilade_window_sign_in_with_password:
 * @self: the window
 * @address: the server's address
 * @username: the name of the account
 * @password: its password
 *
 * Signs in as the command line asks. What a script signed in with is not what the person wants to find the next time, so the
 * account is not signed in again by itself; what was said is there again when it is.
 */
void
enfilade_window_sign_in_with_password (EnfiladeWindow *self,
                                       const char     *address,
                                       const char     *username,
                                       const char     *password)
{
  g_autoptr(ChatCredentials) credentials = NULL;

  g_return_if_fail (ENFILADE_IS_WINDOW (self));
  g_return_if_fail (address != NULL && username != NULL && password != NULL);

  credentials = name_account (address, username, "");
  if (credentials != NULL && is_signed_in (self, credentials))
    {
      return_to_chat (self);
      return;
    }
  if (credentials != NULL && sign_in_patiently (self, credentials, password))
    return;

  begin_scripted (self, ENFILADE_REMEMBER_CONVERSATIONS);
  enfilade_signin_page_sign_in_with_password (self->signin, address, username, password);
}

/* A token that a script brings is for this run, and so is all that comes of it; but a profile is a place of its own. */
static gboolean
sign_in_with_kept (EnfiladeWindow   *self,
                   ChatCredentials  *credentials,
                   EnfiladeRemember  remember)
{
  g_autofree char *account = chat_credentials_dup_account (credentials);

  if (remember == ENFILADE_REMEMBER_NOTHING || account == NULL)
    return FALSE;
  if (!enfilade_account_open (self->account, chat_credentials_get_address (credentials), account))
    return FALSE;

  enfilade_account_sign_in (self->account, credentials, remember);
  return TRUE;
}

/**
 * enfilade_window_sign_in_with_token:
 * @self: the window
 * @address: the server's address
 * @token: the account's token
 *
 * Signs in as the command line asks; nothing of it is kept for the next run, unless it has a profile.
 */
void
enfilade_window_sign_in_with_token (EnfiladeWindow *self,
                                    const char     *address,
                                    const char     *token)
{
  EnfiladeRemember remember = ENFILADE_REMEMBER_NOTHING;
  g_autoptr(ChatCredentials) credentials = NULL;

  g_return_if_fail (ENFILADE_IS_WINDOW (self));
  g_return_if_fail (address != NULL && token != NULL);

  credentials = name_account (address, NULL, token);
  if (credentials != NULL && is_signed_in (self, credentials))
    {
      return_to_chat (self);
      return;
    }

  if (enfilade_settings_get_profile () != NULL)
    remember = ENFILADE_REMEMBER_CONVERSATIONS;
  if (credentials != NULL && sign_in_with_kept (self, credentials, remember))
    return;

  begin_scripted (self, remember);
  enfilade_signin_page_sign_in_with_token (self->signin, address, token);
}

static gboolean
has_chat_at (EnfiladeWindow *self,
             const char     *typed_address)
{
  g_autofree char *address = chat_server_normalize_address (typed_address, NULL);
  g_autofree char *mine = enfilade_account_dup_address (self->account);

  return enfilade_window_has_chat (self) && g_strcmp0 (address, mine) == 0;
}

/**
 * enfilade_window_propose:
 * @self: the window
 * @address: the address of a server
 *
 * Shows what the server offers to who is to sign in there; to who is signed in there already, their chat.
 */
void
enfilade_window_propose (EnfiladeWindow *self,
                         const char     *address)
{
  g_return_if_fail (ENFILADE_IS_WINDOW (self));
  g_return_if_fail (address != NULL);

  if (has_chat_at (self, address))
    {
      return_to_chat (self);
      return;
    }

  show_page (self, "signin");
  enfilade_signin_page_cancel (self->signin);
  enfilade_signin_page_propose (self->signin, address, NULL);
  enfilade_signin_page_discover (self->signin);
}
