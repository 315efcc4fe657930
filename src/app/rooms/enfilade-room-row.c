/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A room in the list of rooms: what it is, what was said in it last, what waits to be read, and what one may do with it. */

#include "config.h"

#include "enfilade-room-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "enfilade-initials.h"
#include "enfilade-line-layout.h"
#include "enfilade-midnight.h"
#include "enfilade-popover.h"
#include "enfilade-room-text.h"
#include "enfilade-row-line.h"

#define PICTURE_SIZE 40
#define PICTURE_SPACING 12
#define LINE_SPACING 3
#define PART_SPACING 6
#define ICON_SPACING 3
#define ICON_SIZE 12

struct _EnfiladeRoomRow
{
  GtkWidget       parent_instance;

  GtkWidget      *avatar;
  GtkInscription *name;
  GtkLabel       *time;
  GtkInscription *preview;

  /* Not all rooms have these, so they are made when they are needed. */
  GtkWidget      *private_icon;
  GtkWidget      *members_icon;
  GtkWidget      *member_count;
  GtkWidget      *undelivered;
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
show (GtkWidget *widget,
      gboolean   visible)
{
  if (widget != NULL)
    gtk_widget_set_visible (widget, visible);
}

static GtkWidget *
add_icon (EnfiladeRoomRow *self,
          const char      *icon_name,
          GtkWidget       *after)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), ICON_SIZE);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_widget_insert_after (icon, GTK_WIDGET (self), after);

  return icon;
}

static void
update_private (EnfiladeRoomRow *self)
{
  gboolean is_private = chat_room_get_is_private (self->room);

  if (is_private && self->private_icon == NULL)
    self->private_icon = add_icon (self, "system-lock-screen-symbolic", self->avatar);
  show (self->private_icon, is_private);
}

static void
show_members (EnfiladeRoomRow *self,
              guint            count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);

  if (self->members_icon == NULL)
    {
      self->members_icon = add_icon (self, "system-users-symbolic", GTK_WIDGET (self->name));
      self->member_count = gtk_label_new (NULL);
      gtk_widget_set_css_classes (self->member_count, (const char *[]) { "dim-label", "caption", "numeric", NULL });
      gtk_widget_insert_after (self->member_count, GTK_WIDGET (self), self->members_icon);
    }

  gtk_label_set_label (GTK_LABEL (self->member_count), text);
}

/* Not every server tells how many there are. */
static void
update_members (EnfiladeRoomRow *self)
{
  guint count = chat_room_get_member_count (self->room);

  if (count > 0)
    show_members (self, count);
  show (self->members_icon, count > 0);
  show (self->member_count, count > 0);
}

/* The signs are those that the messages have. */
static void
show_undelivered (EnfiladeRoomRow *self,
                  gboolean         failed)
{
  if (self->undelivered == NULL)
    {
      self->undelivered = gtk_image_new ();
      gtk_widget_add_css_class (self->undelivered, "undelivered");
      gtk_widget_insert_after (self->undelivered, GTK_WIDGET (self), GTK_WIDGET (self->preview));
    }

  gtk_image_set_from_icon_name (GTK_IMAGE (self->undelivered),
                                failed ? "dialog-warning-symbolic" : "enfilade-unconfirmed-symbolic");
  set_css_class (self->undelivered, "error", failed);
}

static void
update_undelivered (EnfiladeRoomRow *self)
{
  guint n_failed = chat_room_get_n_failed (self->room);
  gboolean visible = n_failed > 0 || chat_room_get_n_unconfirmed (self->room) > 0;

  if (visible)
    show_undelivered (self, n_failed > 0);
  show (self->undelivered, visible);
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
      gtk_widget_insert_before (self->badge, GTK_WIDGET (self), GTK_WIDGET (self->state));
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
  show (self->badge, visible);

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
      gtk_widget_insert_before (GTK_WIDGET (self->state), GTK_WIDGET (self), self->menu);
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

  g_signal_group_set_target (self->message_signals, last);
  enfilade_initials_set_name (self->avatar, chat_room_get_name (self->room));
  gtk_inscription_set_text (self->name, chat_room_get_name (self->room));
  gtk_label_set_label (self->time, time);
  gtk_widget_set_visible (GTK_WIDGET (self->time), time[0] != '\0');
  gtk_inscription_set_text (self->preview, preview);
  set_css_class (GTK_WIDGET (self->preview), "error", failed);
  update_private (self);
  update_members (self);
  update_undelivered (self);
  update_badge (self);
  update_state (self);
  update_spoken (self);
}

static void
midnight_passed (EnfiladeRoomRow *self)
{
  if (self->room != NULL)
    update (self);
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
  g_autofree char *undelivered = NULL;
  const char *text = NULL;

  if (picked == NULL)
    return FALSE;

  if (picked == self->members_icon || picked == self->member_count)
    text = _("Members");
  else if (picked == self->private_icon)
    text = _("Private room");
  else if (picked == self->undelivered)
    text = undelivered = enfilade_room_text_undelivered (self->room);

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

/* ── The object ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static EnfiladeRowLine
get_first_line (EnfiladeRoomRow *self)
{
  EnfiladeRowLine line = { .yielding = GTK_WIDGET (self->name) };

  enfilade_row_line_add (&line, self->private_icon, PART_SPACING, FALSE);
  enfilade_row_line_add (&line, GTK_WIDGET (self->name), PART_SPACING, TRUE);
  enfilade_row_line_add (&line, self->members_icon, PART_SPACING, FALSE);
  enfilade_row_line_add (&line, self->member_count, ICON_SPACING, TRUE);
  enfilade_row_line_add (&line, GTK_WIDGET (self->time), PART_SPACING, TRUE);

  return line;
}

static EnfiladeRowLine
get_second_line (EnfiladeRoomRow *self)
{
  EnfiladeRowLine line = { .yielding = GTK_WIDGET (self->preview) };

  enfilade_row_line_add (&line, GTK_WIDGET (self->preview), PART_SPACING, TRUE);
  enfilade_row_line_add (&line, self->undelivered, PART_SPACING, FALSE);
  enfilade_row_line_add (&line, self->badge, PART_SPACING, FALSE);
  enfilade_row_line_add (&line, GTK_WIDGET (self->state), PART_SPACING, FALSE);

  return line;
}

static int
get_avatar_size (EnfiladeRoomRow *self,
                 GtkOrientation   orientation)
{
  int natural = 0;

  gtk_widget_measure (self->avatar, orientation, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
allocate_lines (EnfiladeRoomRow *self,
                int              x,
                int              width,
                int              height)
{
  EnfiladeRowLine first = get_first_line (self), second = get_second_line (self);
  int first_height = enfilade_row_line_measure_height (&first);
  int second_height = enfilade_row_line_measure_height (&second);
  int y = (height - first_height - LINE_SPACING - second_height) / 2;

  enfilade_row_line_allocate (&first, &(GtkAllocation) { x, y, width, first_height });
  y += first_height + LINE_SPACING;
  enfilade_row_line_allocate (&second, &(GtkAllocation) { x, y, width, second_height });
}

static void
enfilade_room_row_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  EnfiladeRoomRow *self = ENFILADE_ROOM_ROW (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int avatar_width = get_avatar_size (self, GTK_ORIENTATION_HORIZONTAL);
  int avatar_height = get_avatar_size (self, GTK_ORIENTATION_VERTICAL);
  int lines = avatar_width + PICTURE_SPACING;
  GtkAllocation picture = { is_rtl ? width - avatar_width : 0, (height - avatar_height) / 2, avatar_width, avatar_height };

  gtk_widget_size_allocate (self->avatar, &picture, -1);
  allocate_lines (self, is_rtl ? 0 : lines, width - lines, height);
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
  EnfiladeRoomRow *self = ENFILADE_ROOM_ROW (widget);
  EnfiladeRowLine first = get_first_line (self), second = get_second_line (self);
  int avatar = get_avatar_size (self, orientation);
  int other_minimum, other_natural;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int lines = enfilade_row_line_measure_height (&first) + LINE_SPACING + enfilade_row_line_measure_height (&second);

      *minimum = *natural = MAX (avatar, lines);
      return;
    }

  enfilade_row_line_measure_width (&first, minimum, natural);
  enfilade_row_line_measure_width (&second, &other_minimum, &other_natural);
  *minimum = avatar + PICTURE_SPACING + MAX (*minimum, other_minimum);
  *natural = avatar + PICTURE_SPACING + MAX (*natural, other_natural);
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
  while (gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (self)));
  self->menu = NULL;

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
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, name);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, preview);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomRow, time);
}

static void
enfilade_room_row_init (EnfiladeRoomRow *self)
{
  const char *watched[] = {
    "notify::name", "notify::is-private", "notify::member-count", "notify::unread", "notify::mentions",
    "notify::membership", "notify::error", "notify::last-message", "notify::topic",
    "notify::draft", "notify::n-failed", "notify::n-unconfirmed",
  };
  const char *watched_last[] = { "notify::content", "notify::deleted", "notify::own", "notify::sender-name" };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->avatar = enfilade_initials_new (PICTURE_SIZE);
  gtk_widget_insert_after (self->avatar, GTK_WIDGET (self), NULL);
  update_alignment (self);

  self->room_signals = g_signal_group_new (CHAT_TYPE_ROOM);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_swapped (self->room_signals, watched[i], G_CALLBACK (update), self);

  self->message_signals = g_signal_group_new (CHAT_TYPE_MESSAGE);
  for (guint i = 0; i < G_N_ELEMENTS (watched_last); i++)
    g_signal_group_connect_swapped (self->message_signals, watched_last[i], G_CALLBACK (update), self);

  g_signal_connect_object (enfilade_midnight_get_default (), "passed", G_CALLBACK (midnight_passed), self, G_CONNECT_SWAPPED);
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

static void
add_menu (EnfiladeRoomRow *self)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/chat/enfilade/Enfilade/rooms/enfilade-room-menu.ui");

  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

/**
 * enfilade_room_row_popup_menu_at:
 * @self: the row
 * @x: where in the row it was asked for
 * @y: where in the row it was asked for
 *
 * Shows the room's menu, for who asked with the pointer or a finger. The list listens for that: what listens in each row has to be made
 * for each.
 */
void
enfilade_room_row_popup_menu_at (EnfiladeRoomRow *self,
                                 double           x,
                                 double           y)
{
  GdkRectangle place = { x, y, 1, 1 };

  g_return_if_fail (ENFILADE_IS_ROOM_ROW (self));

  if (self->room == NULL)
    return;

  if (self->menu == NULL)
    add_menu (self);

  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  enfilade_popover_popup (GTK_POPOVER (self->menu));
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

  enfilade_room_row_popup_menu_at (self, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                                   gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}
