/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A room in the list of rooms: what it is, what was said in it last, what waits to be read, and what one may do with it. */

#include "config.h"

#include "enfilade-room-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "enfilade-initials.h"
#include "enfilade-line-layout.h"
#include "enfilade-popover.h"
#include "enfilade-room-text.h"

#define PICTURE_SIZE 40

struct _EnfiladeRoomRow
{
  GtkWidget       parent_instance;

  GtkWidget      *content;
  GtkWidget      *avatar;
  GtkBox         *first_line;
  GtkInscription *name;
  GtkWidget      *members;
  GtkLabel       *member_count;
  GtkLabel       *time;
  GtkBox         *second_line;
  GtkInscription *preview;
  GMenuModel     *menu_model;

  /* Few rooms have these, so they are made when they are needed. */
  GtkWidget      *private_icon;
  GtkWidget      *badge;
  GtkStack       *state;
  GtkWidget      *menu;

  ChatRoom       *room;
  GSignalGroup   *room_signals;
  GSignalGroup   *message_signals;
  char           *spoken;
};

enum
{
  PROP_0,
  PROP_ROOM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EnfiladeRoomRow, enfilade_room_row, GTK_TYPE_WIDGET)

/* ── What is shown ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
set_css_class (GtkWidget  *widget,
               const char *name,
               gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update_private (EnfiladeRoomRow *self)
{
  gboolean is_private = chat_room_get_is_private (self->room);

  if (is_private && self->private_icon == NULL)
    {
      self->private_icon = gtk_image_new_from_icon_name ("system-lock-screen-symbolic");
      gtk_image_set_pixel_size (GTK_IMAGE (self->private_icon), 12);
      gtk_widget_add_css_class (self->private_icon, "dim-label");
      gtk_box_prepend (self->first_line, self->private_icon);
    }

  if (self->private_icon != NULL)
    gtk_widget_set_visible (self->private_icon, is_private);
}

static void
show_badge (EnfiladeRoomRow *self,
            guint            count,
            gboolean         mention)
{
  g_autofree char *text = count > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", count);

  if (self->badge == NULL)
    {
      self->badge = gtk_label_new (NULL);
      gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->badge, "badge");
      gtk_widget_add_css_class (self->badge, "numeric");
      gtk_box_insert_child_after (self->second_line, self->badge, GTK_WIDGET (self->preview));
    }

  gtk_label_set_label (GTK_LABEL (self->badge), text);
  set_css_class (self->badge, "mention", mention);
}

static void
update_badge (EnfiladeRoomRow *self)
{
  guint unread = chat_room_get_unread (self->room);
  guint mentions = chat_room_get_mentions (self->room);
  gboolean visible = unread > 0 || mentions > 0;

  if (visible)
    show_badge (self, MAX (unread, mentions), mentions > 0);
  if (self->badge != NULL)
    gtk_widget_set_visible (self->badge, visible);

  set_css_class (GTK_WIDGET (self), "unread", visible);
}

static void
show_state (EnfiladeRoomRow *self,
            const char      *state)
{
  if (self->state == NULL)
    {
      g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/chat/enfilade/Enfilade/rooms/enfilade-room-state.ui");

      self->state = GTK_STACK (gtk_builder_get_object (builder, "state"));
      gtk_box_append (self->second_line, GTK_WIDGET (self->state));
    }

  gtk_stack_set_visible_child_name (self->state, state);
}

static void
update_state (EnfiladeRoomRow *self)
{
  ChatMembership membership = chat_room_get_membership (self->room);

  if (membership == CHAT_MEMBERSHIP_NONE)
    show_state (self, "join");
  else if (membership == CHAT_MEMBERSHIP_JOINING || membership == CHAT_MEMBERSHIP_LEAVING)
    show_state (self, "busy");
  else if (membership == CHAT_MEMBERSHIP_FAILED)
    show_state (self, "failed");

  if (self->state != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->state), membership != CHAT_MEMBERSHIP_JOINED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.join",
                                 membership == CHAT_MEMBERSHIP_NONE || membership == CHAT_MEMBERSHIP_FAILED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.leave", membership == CHAT_MEMBERSHIP_JOINED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.mark-read", chat_room_get_unread (self->room) > 0);
}

/* GTK 4.8 has no way to name the row of a list itself, and that is what the screen reader lands on. */
static void
update_spoken (EnfiladeRoomRow *self)
{
  GtkWidget *list_row = gtk_widget_get_parent (GTK_WIDGET (self));

  g_free (self->spoken);
  self->spoken = enfilade_room_text_speak (self->room);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->spoken, -1);
  if (list_row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL, self->spoken, -1);
}

static void
update (EnfiladeRoomRow *self)
{
  ChatMessage *last = chat_room_get_last_message (self->room);
  gboolean failed = chat_room_get_membership (self->room) == CHAT_MEMBERSHIP_FAILED;
  g_autofree char *preview = enfilade_room_text_preview (self->room);
  g_autofree char *time = enfilade_room_text_time (last);
  g_autofree char *count = g_strdup_printf ("%u", chat_room_get_member_count (self->room));

  g_signal_group_set_target (self->message_signals, last);
  enfilade_initials_set_name (self->avatar, chat_room_get_name (self->room));
  gtk_inscription_set_text (self->name, chat_room_get_name (self->room));
  gtk_label_set_label (self->member_count, count);
  gtk_label_set_label (self->time, time);
  gtk_inscription_set_text (self->preview, preview);
  set_css_class (GTK_WIDGET (self->preview), "error", failed);
  update_private (self);
  update_badge (self);
  update_state (self);
  update_spoken (self);
}

/* ── What one may do ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
joined (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  /* The room's membership and error tell it to every view. */
  if (!chat_room_join_finish (CHAT_ROOM (source), result, &error))
    g_debug ("The room was not joined: %s", error->message);
}

static void
left (GObject      *source,
      GAsyncResult *result,
      gpointer      user_data)
{
  g_autoptr(EnfiladeRoomRow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!chat_room_leave_finish (CHAT_ROOM (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.report", "s", error->message);
}

static void
join_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  chat_room_join_async (ENFILADE_ROOM_ROW (widget)->room, NULL, joined, NULL);
}

static void
leave_activated (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  chat_room_leave_async (ENFILADE_ROOM_ROW (widget)->room, NULL, left, g_object_ref (widget));
}

static void
mark_read_activated (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  chat_room_mark_read (ENFILADE_ROOM_ROW (widget)->room);
}

static void
show_menu_at (EnfiladeRoomRow *self,
              double           x,
              double           y)
{
  GdkRectangle place = { x, y, 1, 1 };

  if (self->room == NULL)
    return;

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (self->menu_model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }

  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  enfilade_popover_popup (GTK_POPOVER (self->menu));
}

static void
secondary_pressed (EnfiladeRoomRow *self,
                   int              n_press,
                   double           x,
                   double           y,
                   GtkGesture      *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu_at (self, x, y);
}

static void
long_pressed (EnfiladeRoomRow *self,
              double           x,
              double           y,
              GtkGesture      *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu_at (self, x, y);
}

static gboolean
is_at (GtkWidget *picked,
       GtkWidget *widget)
{
  return widget != NULL && (picked == widget || gtk_widget_is_ancestor (picked, widget));
}

/* To tell a widget its tooltip asks the display where the pointer is, several times over, and there are many rows. */
static gboolean
enfilade_room_row_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    keyboard_tooltip,
                                 GtkTooltip *tooltip)
{
  EnfiladeRoomRow *self = ENFILADE_ROOM_ROW (widget);
  GtkWidget *picked = gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  const char *text = NULL;

  if (picked != NULL && is_at (picked, self->members))
    text = _("Members");
  else if (picked != NULL && is_at (picked, self->private_icon))
    text = _("Private room");

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

/* ── The object ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
enfilade_room_row_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  EnfiladeRoomRow *self = ENFILADE_ROOM_ROW (widget);

  gtk_widget_size_allocate (self->content, &(GtkAllocation) { 0, 0, width, height }, baseline);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
enfilade_room_row_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  gtk_widget_measure (ENFILADE_ROOM_ROW (widget)->content, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

/* GtkInscription sets its text to the left, also where reading begins at the right. */
static void
update_alignment (EnfiladeRoomRow *self)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  gtk_inscription_set_xalign (self->name, is_rtl ? 1 : 0);
  gtk_inscription_set_xalign (self->preview, is_rtl ? 1 : 0);
}

static void
enfilade_room_row_direction_changed (GtkWidget        *widget,
                                     GtkTextDirection  previous_direction)
{
  update_alignment (ENFILADE_ROOM_ROW (widget));
  GTK_WIDGET_CLASS (enfilade_room_row_parent_class)->direction_changed (widget, previous_direction);
}

static void
enfilade_room_row_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ROOM:
      g_value_set_object (value, ENFILADE_ROOM_ROW (object)->room);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_room_row_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ROOM:
      enfilade_room_row_set_room (ENFILADE_ROOM_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_room_row_dispose (GObject *object)
{
  EnfiladeRoomRow *self = ENFILADE_ROOM_ROW (object);

  g_clear_object (&self->room_signals);
  g_clear_object (&self->message_signals);
  g_clear_object (&self->room);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (enfilade_room_row_parent_class)->dispose (object);
}

static void
enfilade_room_row_finalize (GObject *object)
{
  g_free (ENFILADE_ROOM_ROW (object)->spoken);

  G_OBJECT_CLASS (enfilade_room_row_parent_class)->finalize (object);
}

static void
enfilade_room_row_class_init (EnfiladeRoomRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_room_row_dispose;
  object_class->finalize = enfilade_room_row_finalize;
  object_class->get_property = enfilade_room_row_get_property;
  object_class->set_property = enfilade_room_row_set_property;
  widget_class->direction_changed = enfilade_room_row_direction_changed;
  widget_class->measure = enfilade_room_row_measure;
  widget_class->query_tooltip = enfilade_room_row_query_tooltip;
  widget_class->size_allocate = enfilade_room_row_size_allocate;

  properties[PROP_ROOM] =
    g_param_spec_object ("room", NULL, NULL, CHAT_TYPE_ROOM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "roomrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "row.join", NULL, join_activated);
  gtk_widget_class_install_action (widget_class, "row.leave", NULL, leave_activated);
  gtk_widget_class_install_action (widget_class, "row.mark-read", NULL, mark_read_activated);

  g_type_ensure (ENFILADE_TYPE_LINE_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/rooms/enfilade-room-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, content);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, first_line);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, member_count);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, members);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, menu_model);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, name);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, preview);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, second_line);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, time);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed);
  gtk_widget_class_bind_template_callback (widget_class, secondary_pressed);
}

static void
enfilade_room_row_init (EnfiladeRoomRow *self)
{
  const char *watched[] = {
    "notify::name", "notify::is-private", "notify::member-count", "notify::unread", "notify::mentions",
    "notify::membership", "notify::error", "notify::last-message", "notify::topic",
    "notify::draft",
  };
  const char *watched_last[] = { "notify::content", "notify::deleted", "notify::own", "notify::sender-name" };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->avatar = enfilade_initials_new (PICTURE_SIZE);
  gtk_box_prepend (GTK_BOX (self->content), self->avatar);
  update_alignment (self);

  self->room_signals = g_signal_group_new (CHAT_TYPE_ROOM);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_swapped (self->room_signals, watched[i], G_CALLBACK (update), self);

  self->message_signals = g_signal_group_new (CHAT_TYPE_MESSAGE);
  for (guint i = 0; i < G_N_ELEMENTS (watched_last); i++)
    g_signal_group_connect_swapped (self->message_signals, watched_last[i], G_CALLBACK (update), self);
}

GtkWidget *
enfilade_room_row_new (void)
{
  return g_object_new (ENFILADE_TYPE_ROOM_ROW, NULL);
}

ChatRoom *
enfilade_room_row_get_room (EnfiladeRoomRow *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOM_ROW (self), NULL);

  return self->room;
}

void
enfilade_room_row_set_room (EnfiladeRoomRow *self,
                            ChatRoom        *room)
{
  g_return_if_fail (ENFILADE_IS_ROOM_ROW (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  if (!g_set_object (&self->room, room))
    return;

  g_signal_group_set_target (self->message_signals, NULL);

  g_signal_group_set_target (self->room_signals, room);
  if (room != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

/**
 * enfilade_room_row_get_spoken:
 * @self: the row
 *
 * Returns: (nullable): the sentence that a screen reader speaks for the row
 */
const char *
enfilade_room_row_get_spoken (EnfiladeRoomRow *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOM_ROW (self), NULL);

  return self->spoken;
}

/**
 * enfilade_room_row_popup_menu:
 * @self: the row
 *
 * Shows the room's menu, for who asked with the keyboard.
 */
void
enfilade_room_row_popup_menu (EnfiladeRoomRow *self)
{
  g_return_if_fail (ENFILADE_IS_ROOM_ROW (self));

  show_menu_at (self, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}
