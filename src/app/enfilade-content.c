/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wider half of the window: the open room, the dashboard, or a word on how to open one, below a header bar. */

#include "config.h"

#include "enfilade-content.h"

#include <glib/gi18n.h>

#include "enfilade-connection-bar.h"
#include "enfilade-dashboard.h"
#include "enfilade-late-menu.h"
#include "enfilade-room-text.h"
#include "enfilade-tooltip.h"

struct _EnfiladeContent
{
  AdwBin             parent_instance;

  AdwWindowTitle    *title;
  GtkWidget         *members_button;
  GtkMenuButton     *room_menu_button;
  GMenuModel        *room_menu;
  AdwBin            *nothing;
  GtkStack          *pages;
  EnfiladeRoomView  *room_view;
  EnfiladeDashboard *dashboard;

  ChatSession       *session;
  GSignalGroup      *session_signals;
  ChatRoom          *room;
  GSignalGroup      *room_signals;
  gboolean           folded;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  PROP_PAGE,
  PROP_ROOM,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EnfiladeContent, enfilade_content, ADW_TYPE_BIN)

static void
update_room_actions (EnfiladeContent *self)
{
  ChatMembership membership = self->room != NULL ? chat_room_get_membership (self->room) : CHAT_MEMBERSHIP_NONE;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "room.join",
                                 self->room != NULL &&
                                 (membership == CHAT_MEMBERSHIP_NONE || membership == CHAT_MEMBERSHIP_FAILED));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "room.leave", membership == CHAT_MEMBERSHIP_JOINED);
}

static char *
describe_room (ChatRoom *room)
{
  const char *topic = chat_room_get_topic (room);
  g_autofree char *members = enfilade_room_text_members (room);

  if (topic == NULL || topic[0] == '\0')
    return g_steal_pointer (&members);

  /* Translators: below the name of a room: how many members it has, and its topic */
  return g_strdup_printf (_("%s · %s"), members, topic);
}

static void
update (EnfiladeContent *self)
{
  gboolean in_dashboard = g_strcmp0 (enfilade_content_get_page (self), "dashboard") == 0;
  gboolean in_room = !in_dashboard && self->room != NULL;

  if (in_dashboard)
    {
      const char *server = chat_session_get_server_name (self->session);

      adw_window_title_set_title (self->title, _("Dashboard"));
      adw_window_title_set_subtitle (self->title, server != NULL ? server : "");
    }
  else if (in_room)
    {
      g_autofree char *subtitle = describe_room (self->room);

      adw_window_title_set_title (self->title, chat_room_get_name (self->room));
      adw_window_title_set_subtitle (self->title, subtitle);
    }
  else
    {
      adw_window_title_set_title (self->title, "");
      adw_window_title_set_subtitle (self->title, "");
    }

  gtk_widget_set_visible (self->members_button, in_room);
  gtk_widget_set_visible (GTK_WIDGET (self->room_menu_button), in_room);
  update_room_actions (self);
}

/* Few people come to a window without a room, so the page is made when it is seen. */
static void
fill_nothing (EnfiladeContent *self)
{
  if (adw_bin_get_child (self->nothing) != NULL)
    return;

  adw_bin_set_child (self->nothing,
                     g_object_new (ADW_TYPE_STATUS_PAGE,
                                   "icon-name", APP_ID "-symbolic",
                                   "title", _("No Room Open"),
                                   "description", _("Choose a room from the list, or press Ctrl+K and type its name."),
                                   NULL));
}

static void
connection_bar_left (EnfiladeContent *self)
{
  if (!enfilade_content_focus (self))
    gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD);
}

static void
show_page (EnfiladeContent *self,
           const char      *page)
{
  if (g_strcmp0 (enfilade_content_get_page (self), page) == 0)
    {
      update (self);
      return;
    }

  gtk_stack_set_visible_child_name (self->pages, page);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

static void
joined (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  /* The room view says why. */
  if (!chat_room_join_finish (CHAT_ROOM (source), result, &error))
    g_debug ("The room was not joined: %s", error->message);
}

static void
left (GObject      *source,
      GAsyncResult *result,
      gpointer      user_data)
{
  g_autoptr(EnfiladeContent) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!chat_room_leave_finish (CHAT_ROOM (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.report", "s", error->message);
}

static void
join_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  chat_room_join_async (ENFILADE_CONTENT (widget)->room, NULL, joined, NULL);
}

static void
leave_activated (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  chat_room_leave_async (ENFILADE_CONTENT (widget)->room, NULL, left, g_object_ref (widget));
}

static void
admin_changed (EnfiladeContent *self)
{
  ChatAdmin *admin = self->session != NULL ? chat_session_get_admin (self->session) : NULL;

  /* Few people are administrators. */
  if (admin != NULL && self->dashboard == NULL)
    {
      self->dashboard = g_object_new (ENFILADE_TYPE_DASHBOARD, NULL);
      gtk_stack_add_named (self->pages, GTK_WIDGET (self->dashboard), "dashboard");
    }

  if (self->dashboard != NULL)
    enfilade_dashboard_set_admin (self->dashboard, admin);
  if (admin == NULL)
    enfilade_content_hide_dashboard (self);
}

/* ── The object ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
enfilade_content_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  EnfiladeContent *self = ENFILADE_CONTENT (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_PAGE:
      g_value_set_string (value, enfilade_content_get_page (self));
      break;
    case PROP_ROOM:
      g_value_set_object (value, self->room);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_content_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  EnfiladeContent *self = ENFILADE_CONTENT (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      if (self->folded == g_value_get_boolean (value))
        break;
      self->folded = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_ROOM:
      enfilade_content_set_room (self, g_value_get_object (value));
      break;
    case PROP_SESSION:
      enfilade_content_set_session (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_content_dispose (GObject *object)
{
  EnfiladeContent *self = ENFILADE_CONTENT (object);

  g_clear_object (&self->session_signals);
  g_clear_object (&self->room_signals);
  g_clear_object (&self->session);
  g_clear_object (&self->room);

  G_OBJECT_CLASS (enfilade_content_parent_class)->dispose (object);
}

static void
enfilade_content_class_init (EnfiladeContentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_content_dispose;
  object_class->get_property = enfilade_content_get_property;
  object_class->set_property = enfilade_content_set_property;

  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAGE] =
    g_param_spec_string ("page", NULL, NULL, "nothing", G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROOM] =
    g_param_spec_object ("room", NULL, NULL, CHAT_TYPE_ROOM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CHAT_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "room.join", NULL, join_activated);
  gtk_widget_class_install_action (widget_class, "room.leave", NULL, leave_activated);

  g_type_ensure (ENFILADE_TYPE_CONNECTION_BAR);
  g_type_ensure (ENFILADE_TYPE_ROOM_VIEW);
  g_type_ensure (ENFILADE_TYPE_TOOLTIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/enfilade-content.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeContent, members_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeContent, nothing);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeContent, pages);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeContent, room_menu);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeContent, room_menu_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeContent, room_view);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeContent, title);
  gtk_widget_class_bind_template_callback (widget_class, connection_bar_left);
  gtk_widget_class_bind_template_callback (widget_class, fill_nothing);
}

static void
enfilade_content_init (EnfiladeContent *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  enfilade_late_menu_attach (self->room_menu_button, self->room_menu);

  self->session_signals = g_signal_group_new (CHAT_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::admin", G_CALLBACK (admin_changed), self);
  self->room_signals = g_signal_group_new (CHAT_TYPE_ROOM);
  g_signal_group_connect_swapped (self->room_signals, "notify::name", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->room_signals, "notify::topic", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->room_signals, "notify::member-count", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->room_signals, "notify::membership", G_CALLBACK (update_room_actions), self);
  update (self);
}

void
enfilade_content_set_session (EnfiladeContent *self,
                              ChatSession     *session)
{
  g_return_if_fail (ENFILADE_IS_CONTENT (self));
  g_return_if_fail (session == NULL || CHAT_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  enfilade_content_set_room (self, NULL);
  admin_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

ChatRoom *
enfilade_content_get_room (EnfiladeContent *self)
{
  g_return_val_if_fail (ENFILADE_IS_CONTENT (self), NULL);

  return self->room;
}

/**
 * enfilade_content_set_room:
 * @self: the content
 * @room: (nullable): the room to show
 *
 * Shows a room, also in the place of the dashboard.
 */
void
enfilade_content_set_room (EnfiladeContent *self,
                           ChatRoom        *room)
{
  gboolean changed;

  g_return_if_fail (ENFILADE_IS_CONTENT (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  changed = g_set_object (&self->room, room);
  if (changed)
    {
      g_signal_group_set_target (self->room_signals, room);
      enfilade_room_view_set_room (self->room_view, room);
    }

  show_page (self, room != NULL ? "room" : "nothing");
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

/**
 * enfilade_content_get_room_view:
 * @self: the content
 *
 * Returns: (transfer none): where the room is shown
 */
EnfiladeRoomView *
enfilade_content_get_room_view (EnfiladeContent *self)
{
  g_return_val_if_fail (ENFILADE_IS_CONTENT (self), NULL);

  return self->room_view;
}

/**
 * enfilade_content_get_page:
 * @self: the content
 *
 * Returns: what is shown: "nothing", "room" or "dashboard"
 */
const char *
enfilade_content_get_page (EnfiladeContent *self)
{
  g_return_val_if_fail (ENFILADE_IS_CONTENT (self), NULL);

  return gtk_stack_get_visible_child_name (self->pages);
}

/**
 * enfilade_content_show_dashboard:
 * @self: the content
 *
 * Shows the dashboard, if there is one: only an administrator has it.
 */
void
enfilade_content_show_dashboard (EnfiladeContent *self)
{
  g_return_if_fail (ENFILADE_IS_CONTENT (self));

  if (self->session != NULL && chat_session_get_admin (self->session) != NULL)
    show_page (self, "dashboard");
}

/**
 * enfilade_content_hide_dashboard:
 * @self: the content
 *
 * Returns: whether there was a dashboard to hide
 */
gboolean
enfilade_content_hide_dashboard (EnfiladeContent *self)
{
  g_return_val_if_fail (ENFILADE_IS_CONTENT (self), FALSE);

  if (g_strcmp0 (enfilade_content_get_page (self), "dashboard") != 0)
    return FALSE;

  show_page (self, self->room != NULL ? "room" : "nothing");

  return TRUE;
}

void
enfilade_content_toggle_members (EnfiladeContent *self)
{
  g_return_if_fail (ENFILADE_IS_CONTENT (self));

  if (self->room != NULL)
    enfilade_room_view_set_members_shown (self->room_view, !enfilade_room_view_get_members_shown (self->room_view));
}

/**
 * enfilade_content_focus:
 * @self: the content
 *
 * Puts the cursor where one writes.
 *
 * Returns: whether there is such a place
 */
gboolean
enfilade_content_focus (EnfiladeContent *self)
{
  g_return_val_if_fail (ENFILADE_IS_CONTENT (self), FALSE);

  return g_strcmp0 (enfilade_content_get_page (self), "room") == 0 && enfilade_room_view_focus_composer (self->room_view);
}
