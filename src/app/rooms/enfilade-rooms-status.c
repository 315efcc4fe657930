/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-rooms-status.h"

#include <glib/gi18n.h>

struct _EnfiladeRoomsStatus
{
  AdwBin         parent_instance;

  AdwStatusPage *page;
  GtkButton     *button;
};

G_DEFINE_FINAL_TYPE (EnfiladeRoomsStatus, enfilade_rooms_status, ADW_TYPE_BIN)

/* The description of a status page is markup, and the text may come from a server. */
static void
show (EnfiladeRoomsStatus *self,
      const char          *icon_name,
      const char          *title,
      const char          *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->page, icon_name);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, escaped);
}

/* @action_name is NULL where there is nothing to press. */
static void
offer (EnfiladeRoomsStatus *self,
       const char          *label,
       const char          *action_name)
{
  gtk_button_set_label (self->button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
  gtk_widget_set_visible (GTK_WIDGET (self->button), action_name != NULL);
}

/**
 * enfilade_rooms_status_show_empty:
 * @self: a status
 * @can_create: whether the server lets one create rooms; else they are joined by a name that one was told
 */
void
enfilade_rooms_status_show_empty (EnfiladeRoomsStatus *self,
                                  gboolean             can_create)
{
  g_return_if_fail (ENFILADE_IS_ROOMS_STATUS (self));

  show (self, APP_ID "-symbolic", _("No Rooms Yet"),
        can_create ? _("Create the first one.") : _("Join one whose name you were told."));
  offer (self, can_create ? _("_Create Room…") : _("_Join Room…"), "win.new-room");
}

void
enfilade_rooms_status_show_no_results (EnfiladeRoomsStatus *self)
{
  g_return_if_fail (ENFILADE_IS_ROOMS_STATUS (self));

  show (self, "system-search-symbolic", _("No Room Found"), _("Try other letters."));
  offer (self, "", NULL);
}

/**
 * enfilade_rooms_status_show_failed:
 * @self: a status
 * @problem: (nullable): why there is no connection
 */
void
enfilade_rooms_status_show_failed (EnfiladeRoomsStatus *self,
                                   const char          *problem)
{
  g_return_if_fail (ENFILADE_IS_ROOMS_STATUS (self));

  show (self, "network-offline-symbolic", _("No Connection"), problem != NULL ? problem : "");
  offer (self, _("_Try Now"), "win.retry-connection");
}

static void
enfilade_rooms_status_class_init (EnfiladeRoomsStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/rooms/enfilade-rooms-status.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsStatus, button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsStatus, page);
}

static void
enfilade_rooms_status_init (EnfiladeRoomsStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
enfilade_rooms_status_new (void)
{
  return g_object_new (ENFILADE_TYPE_ROOMS_STATUS, NULL);
}
