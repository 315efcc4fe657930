/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one sees while signed in: the rooms beside the open one, or one behind the other where there is no place for both. */

#include "config.h"

#include "enfilade-chat-page.h"

#include <glib/gi18n.h>

#include "enfilade-content.h"
#include "enfilade-pane.h"
#include "enfilade-room-search.h"
#include "enfilade-room-view.h"
#include "enfilade-rooms-sidebar.h"
#include "enfilade-search-view.h"
#include "enfilade-settings.h"

struct _EnfiladeChatPage
{
  AdwBin                parent_instance;

  AdwLeaflet           *leaflet;
  GtkWidget            *sidebar_pane;
  GtkWidget            *content_pane;
  GtkStack             *places;
  EnfiladeRoomsSidebar *sidebar;
  /* Is made by the first search. */
  EnfiladeSearchView   *search;
  EnfiladeContent      *content;

  ChatSession          *session;
  GSignalGroup         *rooms_signals;
  guint                 begin_source;
};

enum
{
  PROP_0,
  PROP_ROOM,
  PROP_ROOM_SHOWN,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EnfiladeChatPage, enfilade_chat_page, ADW_TYPE_BIN)

static gboolean
is_searching (EnfiladeChatPage *self)
{
  return self->search != NULL && gtk_stack_get_visible_child (self->places) == GTK_WIDGET (self->search);
}

static void
show_rooms (EnfiladeChatPage *self)
{
  gtk_stack_set_visible_child (self->places, GTK_WIDGET (self->sidebar));
  adw_leaflet_set_visible_child (self->leaflet, self->sidebar_pane);
}

static gboolean
is_content_visible (EnfiladeChatPage *self)
{
  return !adw_leaflet_get_folded (self->leaflet) || adw_leaflet_get_visible_child (self->leaflet) == self->content_pane;
}

static gboolean
are_rooms_visible (EnfiladeChatPage *self)
{
  return gtk_stack_get_visible_child (self->places) == GTK_WIDGET (self->sidebar) &&
         (!adw_leaflet_get_folded (self->leaflet) || adw_leaflet_get_visible_child (self->leaflet) == self->sidebar_pane);
}

static void
room_shown_changed (EnfiladeChatPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM_SHOWN]);
}

static void
remember_room (ChatRoom *room)
{
  GSettings *settings = enfilade_settings_get_default ();

  if (settings != NULL && room != NULL)
    enfilade_settings_keep_string (settings, "last-room", chat_room_get_id (room));
}

/* The room that was open last, or else the first one that one is in. */
static ChatRoom *
find_room_to_begin_with (EnfiladeChatPage *self)
{
  GListModel *rooms = G_LIST_MODEL (chat_session_get_rooms (self->session));
  GSettings *settings = enfilade_settings_get_default ();
  g_autofree char *last = settings != NULL ? g_settings_get_string (settings, "last-room") : g_strdup ("");
  ChatRoom *first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++)
    {
      g_autoptr(ChatRoom) room = g_list_model_get_item (rooms, i);

      if (chat_room_get_membership (room) == CHAT_MEMBERSHIP_NONE)
        continue;
      if (g_str_equal (chat_room_get_id (room), last))
        return room;
      if (first == NULL)
        first = room;
    }

  return first;
}

/* Beside the list there is place for a room, so one is open; where there is not, the list comes first. */
static gboolean
begin (EnfiladeChatPage *self)
{
  ChatRoom *room = NULL;

  if (!adw_leaflet_get_folded (self->leaflet) && enfilade_content_get_room (self->content) == NULL)
    room = find_room_to_begin_with (self);
  if (room == NULL)
    return FALSE;

  g_signal_group_set_target (self->rooms_signals, NULL);
  enfilade_content_set_room (self->content, room);
  /* Whoever looks for a room goes on typing its name. */
  if (!enfilade_rooms_sidebar_is_searching (self->sidebar))
    enfilade_content_focus (self->content);

  return TRUE;
}

static gboolean
begin_with_a_room (gpointer user_data)
{
  EnfiladeChatPage *self = user_data;

  self->begin_source = 0;
  begin (self);

  return G_SOURCE_REMOVE;
}

/* The rooms come one by one, and together: the choice waits for all of them. */
static void
rooms_changed (EnfiladeChatPage *self)
{
  if (self->begin_source == 0)
    self->begin_source = g_idle_add (begin_with_a_room, self);
}

static void
room_changed (EnfiladeChatPage *self)
{
  remember_room (enfilade_content_get_room (self->content));
  enfilade_rooms_sidebar_set_room (self->sidebar, enfilade_content_get_room (self->content));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

static void
room_chosen (EnfiladeChatPage *self,
             ChatRoom         *room)
{
  enfilade_chat_page_open_room (self, room);
}

/* Looked at from the list, where the keyboard stays. */
static void
room_selected (EnfiladeChatPage *self,
               ChatRoom         *room)
{
  enfilade_content_set_room (self->content, room);
}

static void
back_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  enfilade_chat_page_go_back (ENFILADE_CHAT_PAGE (widget));
}

static void
enfilade_chat_page_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EnfiladeChatPage *self = ENFILADE_CHAT_PAGE (object);

  switch (prop_id)
    {
    case PROP_ROOM:
      g_value_set_object (value, enfilade_chat_page_get_room (self));
      break;
    case PROP_ROOM_SHOWN:
      g_value_set_boolean (value, is_content_visible (self) &&
                                  g_strcmp0 (enfilade_content_get_page (self->content), "room") == 0);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_chat_page_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      enfilade_chat_page_set_session (ENFILADE_CHAT_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_chat_page_dispose (GObject *object)
{
  EnfiladeChatPage *self = ENFILADE_CHAT_PAGE (object);

  g_clear_handle_id (&self->begin_source, g_source_remove);
  g_clear_object (&self->rooms_signals);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (enfilade_chat_page_parent_class)->dispose (object);
}

static void
enfilade_chat_page_class_init (EnfiladeChatPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_chat_page_dispose;
  object_class->get_property = enfilade_chat_page_get_property;
  object_class->set_property = enfilade_chat_page_set_property;

  properties[PROP_ROOM] =
    g_param_spec_object ("room", NULL, NULL, CHAT_TYPE_ROOM, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROOM_SHOWN] =
    g_param_spec_boolean ("room-shown", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CHAT_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Bound here, not as an accelerator of the window: what is inside has the first word on Escape. */
  gtk_widget_class_install_action (widget_class, "chat.back", NULL, back_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "chat.back", NULL);

  g_type_ensure (ENFILADE_TYPE_CONTENT);
  g_type_ensure (ENFILADE_TYPE_PANE);
  g_type_ensure (ENFILADE_TYPE_ROOMS_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/enfilade-chat-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeChatPage, content);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeChatPage, content_pane);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeChatPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeChatPage, places);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeChatPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeChatPage, sidebar_pane);
  gtk_widget_class_bind_template_callback (widget_class, room_changed);
  gtk_widget_class_bind_template_callback (widget_class, room_chosen);
  gtk_widget_class_bind_template_callback (widget_class, room_selected);
  gtk_widget_class_bind_template_callback (widget_class, room_shown_changed);
}

static void
enfilade_chat_page_init (EnfiladeChatPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->rooms_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->rooms_signals, "items-changed", G_CALLBACK (rooms_changed), self);
}

void
enfilade_chat_page_set_session (EnfiladeChatPage *self,
                                ChatSession      *session)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));
  g_return_if_fail (session == NULL || CHAT_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  enfilade_content_set_session (self->content, session);
  enfilade_rooms_sidebar_set_session (self->sidebar, session);
  if (self->search != NULL)
    enfilade_search_view_set_session (self->search, session);
  show_rooms (self);
  g_clear_handle_id (&self->begin_source, g_source_remove);
  g_signal_group_set_target (self->rooms_signals, session != NULL ? chat_session_get_rooms (session) : NULL);
  /* What is known already is in the first frame. */
  if (session != NULL && !begin (self))
    rooms_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

ChatRoom *
enfilade_chat_page_get_room (EnfiladeChatPage *self)
{
  g_return_val_if_fail (ENFILADE_IS_CHAT_PAGE (self), NULL);

  return enfilade_content_get_room (self->content);
}

/**
 * enfilade_chat_page_open_room:
 * @self: the page
 * @room: a room of the session
 */
void
enfilade_chat_page_open_room (EnfiladeChatPage *self,
                              ChatRoom         *room)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));
  g_return_if_fail (CHAT_IS_ROOM (room));

  enfilade_content_set_room (self->content, room);
  adw_leaflet_set_visible_child (self->leaflet, self->content_pane);
  enfilade_content_focus (self->content);
}

/**
 * enfilade_chat_page_open_room_at:
 * @self: the page
 * @position: a place in the list of rooms, from 0
 *
 * Opens the room at that place, if there is one.
 */
void
enfilade_chat_page_open_room_at (EnfiladeChatPage *self,
                                 guint             position)
{
  g_autoptr(ChatRoom) room = NULL;

  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  room = g_list_model_get_item (enfilade_rooms_sidebar_get_rooms (self->sidebar), position);
  if (room != NULL)
    enfilade_chat_page_open_room (self, room);
}

/**
 * enfilade_chat_page_move:
 * @self: the page
 * @direction: 1 for the next room, -1 for the previous one
 * @unread_only: whether to stop only where something is unread
 */
void
enfilade_chat_page_move (EnfiladeChatPage *self,
                         int               direction,
                         gboolean          unread_only)
{
  g_autoptr(ChatRoom) room = NULL;

  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  room = enfilade_room_search_neighbour (enfilade_rooms_sidebar_get_rooms (self->sidebar),
                                         enfilade_chat_page_get_room (self), direction, unread_only);
  if (room != NULL)
    enfilade_chat_page_open_room (self, room);
}

/**
 * enfilade_chat_page_go_back:
 * @self: the page
 *
 * From the dashboard to the room, from the room to the list.
 */
void
enfilade_chat_page_go_back (EnfiladeChatPage *self)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  if (!adw_leaflet_get_folded (self->leaflet) && enfilade_content_hide_dashboard (self->content))
    return;

  adw_leaflet_set_visible_child (self->leaflet, self->sidebar_pane);
  enfilade_content_hide_dashboard (self->content);
  /* Back to what was found, where one came from there. */
  if (is_searching (self))
    gtk_widget_child_focus (GTK_WIDGET (self->search), GTK_DIR_TAB_FORWARD);
  else
    enfilade_rooms_sidebar_focus_list (self->sidebar);
}

/**
 * enfilade_chat_page_focus:
 * @self: the page
 *
 * Puts the cursor where one writes; where no room is open to write in, where one looks for a room.
 */
void
enfilade_chat_page_focus (EnfiladeChatPage *self)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  if (is_content_visible (self) && enfilade_content_focus (self->content))
    return;

  /* A window whose focus is nowhere gives it to the next toast, which then stays for as long as it has it. */
  if (are_rooms_visible (self))
    enfilade_rooms_sidebar_focus_search (self->sidebar);
}

void
enfilade_chat_page_find_room (EnfiladeChatPage *self)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  show_rooms (self);
  enfilade_rooms_sidebar_focus_search (self->sidebar);
}

void
enfilade_chat_page_toggle_members (EnfiladeChatPage *self)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  enfilade_content_toggle_members (self->content);
}

/* To the room, also when the list or the dashboard is shown. */
static EnfiladeRoomView *
go_to_room (EnfiladeChatPage *self)
{
  enfilade_content_hide_dashboard (self->content);
  adw_leaflet_set_visible_child (self->leaflet, self->content_pane);

  return enfilade_content_get_room_view (self->content);
}

/**
 * enfilade_chat_page_show_message:
 * @self: the page
 * @message_id: the id of a message of the room that is open
 */
void
enfilade_chat_page_show_message (EnfiladeChatPage *self,
                                 const char       *message_id)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));
  g_return_if_fail (message_id != NULL);

  enfilade_room_view_show_message (go_to_room (self), message_id);
}

void
enfilade_chat_page_show_unread (EnfiladeChatPage *self)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  enfilade_room_view_show_unread (go_to_room (self));
}

void
enfilade_chat_page_show_date (EnfiladeChatPage *self,
                              GDateTime        *date)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));
  g_return_if_fail (date != NULL);

  enfilade_room_view_show_date (go_to_room (self), date);
}

void
enfilade_chat_page_show_dashboard (EnfiladeChatPage *self)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  enfilade_content_show_dashboard (self->content);
  adw_leaflet_set_visible_child (self->leaflet, self->content_pane);
}

void
enfilade_chat_page_show_notifications (EnfiladeChatPage *self)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  show_rooms (self);
  enfilade_rooms_sidebar_show_notifications (self->sidebar);
}

/* Somebody may have been put out of a room whose messages are still kept. */
static void
found_message_chosen (EnfiladeChatPage *self,
                      const char       *room_id,
                      const char       *message_id)
{
  ChatRoom *room = chat_room_list_find (chat_session_get_rooms (self->session), room_id);

  if (room == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.report", "s", _("You are no longer in that room."));
      return;
    }

  enfilade_chat_page_open_room (self, room);
  enfilade_chat_page_show_message (self, message_id);
}

static void
search_closed (EnfiladeChatPage *self)
{
  show_rooms (self);
  if (!adw_leaflet_get_folded (self->leaflet) && enfilade_content_get_room (self->content) != NULL)
    enfilade_content_focus (self->content);
  else
    enfilade_rooms_sidebar_focus_list (self->sidebar);
}

static void
make_search (EnfiladeChatPage *self)
{
  self->search = g_object_new (ENFILADE_TYPE_SEARCH_VIEW, NULL);
  g_object_bind_property (self->leaflet, "folded", self->search, "folded", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->search, "open-message", G_CALLBACK (found_message_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "closed", G_CALLBACK (search_closed), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->places, GTK_WIDGET (self->search));
  enfilade_search_view_set_session (self->search, self->session);
}

/**
 * enfilade_chat_page_search:
 * @self: the page
 * @in_room: whether to look in the open room only
 *
 * Lets a person look for messages, in the place of the list of rooms.
 */
void
enfilade_chat_page_search (EnfiladeChatPage *self,
                           gboolean          in_room)
{
  g_return_if_fail (ENFILADE_IS_CHAT_PAGE (self));

  if (self->session == NULL)
    return;

  if (self->search == NULL)
    make_search (self);

  gtk_stack_set_visible_child (self->places, GTK_WIDGET (self->search));
  adw_leaflet_set_visible_child (self->leaflet, self->sidebar_pane);
  enfilade_search_view_begin (self->search, in_room ? enfilade_content_get_room (self->content) : NULL);
}
