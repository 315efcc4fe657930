/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-room-status.h"

struct _EnfiladeRoomStatus
{
  AdwBin         parent_instance;

  AdwStatusPage *page;
  GtkButton     *join;
  GtkSpinner    *spinner;

  ChatRoom      *room;
  GSignalGroup  *room_signals;
};

G_DEFINE_FINAL_TYPE (EnfiladeRoomStatus, enfilade_room_status, ADW_TYPE_BIN)

enum
{
  JOIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The description of a status page is markup, and the text may come from a server. */
static void
show (EnfiladeRoomStatus *self,
      const char         *icon_name,
      const char         *title,
      const char         *description)
{
  g_autofree char *escaped = g_markup_escape_text (description != NULL ? description : "", -1);

  adw_status_page_set_icon_name (self->page, icon_name);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, escaped);
}

/* @label is NULL where there is nothing to press. */
static void
offer (EnfiladeRoomStatus *self,
       const char         *label)
{
  gtk_button_set_label (self->join, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->join), label != NULL);
}

static void
update (EnfiladeRoomStatus *self)
{
  gboolean joining = FALSE;
  g_autofree char *title = NULL;

  if (self->room == NULL)
    {
      show (self, "user-available-symbolic", _("No Room Selected"), _("Choose a room from the list to read and write in it."));
      offer (self, NULL);
    }
  else if (chat_room_get_membership (self->room) == CHAT_MEMBERSHIP_JOINING)
    {
      joining = TRUE;
      title = g_strdup_printf (_("Joining %s…"), chat_room_get_name (self->room));
      show (self, NULL, title, NULL);
      offer (self, NULL);
    }
  else if (chat_room_get_membership (self->room) == CHAT_MEMBERSHIP_FAILED)
    {
      show (self, "dialog-warning-symbolic", _("Could Not Join"), chat_room_get_error (self->room));
      offer (self, _("_Try Again"));
    }
  else
    {
      show (self, "system-users-symbolic", chat_room_get_name (self->room), chat_room_get_topic (self->room));
      offer (self, _("_Join"));
    }

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), joining);
  gtk_spinner_set_spinning (self->spinner, joining);
}

static void
join_cb (EnfiladeRoomStatus *self)
{
  g_signal_emit (self, signals[JOIN], 0);
}

/**
 * enfilade_room_status_set_room:
 * @self: a room status
 * @room: (nullable): the room that one is not in
 */
void
enfilade_room_status_set_room (EnfiladeRoomStatus *self,
                               ChatRoom           *room)
{
  g_return_if_fail (ENFILADE_IS_ROOM_STATUS (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  if (!g_set_object (&self->room, room))
    return;

  g_signal_group_set_target (self->room_signals, room);
  update (self);
}

/**
 * enfilade_room_status_focus:
 * @self: a room status
 *
 * Gives the focus to the button, where there is one.
 *
 * Returns: whether there is one
 */
gboolean
enfilade_room_status_focus (EnfiladeRoomStatus *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOM_STATUS (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->join)) && gtk_widget_grab_focus (GTK_WIDGET (self->join));
}

static void
enfilade_room_status_dispose (GObject *object)
{
  EnfiladeRoomStatus *self = ENFILADE_ROOM_STATUS (object);

  g_clear_object (&self->room_signals);
  g_clear_object (&self->room);

  G_OBJECT_CLASS (enfilade_room_status_parent_class)->dispose (object);
}

static void
enfilade_room_status_class_init (EnfiladeRoomStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = enfilade_room_status_dispose;

  signals[JOIN] = g_signal_new ("join", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-room-status.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomStatus, page);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomStatus, join);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomStatus, spinner);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
}

static void
enfilade_room_status_init (EnfiladeRoomStatus *self)
{
  static const char * const watched[] = { "notify::error", "notify::membership", "notify::name", "notify::topic" };

  gtk_widget_init_template (GTK_WIDGET (self));

  self->room_signals = g_signal_group_new (CHAT_TYPE_ROOM);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_swapped (self->room_signals, watched[i], G_CALLBACK (update), self);

  update (self);
}

/**
 * enfilade_room_status_new:
 *
 * Returns: (transfer floating): a status of no room
 */
GtkWidget *
enfilade_room_status_new (void)
{
  return g_object_new (ENFILADE_TYPE_ROOM_STATUS, NULL);
}
