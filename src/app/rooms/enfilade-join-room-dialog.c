/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-join-room-dialog.h"

#include <glib/gi18n.h>

struct _EnfiladeJoinRoomDialog
{
  AdwWindow     parent_instance;

  GtkEditable  *id_row;
  GtkLabel     *problem;
  GtkSpinner   *spinner;
  GtkWidget    *join_button;

  ChatSession  *session;
  GCancellable *cancellable;
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EnfiladeJoinRoomDialog, enfilade_join_room_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

static void
update (EnfiladeJoinRoomDialog *self)
{
  g_autofree char *id = dup_text (self->id_row);
  gboolean busy = self->cancellable != NULL;

  gtk_widget_set_sensitive (self->join_button, !busy && id[0] != '\0');
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
}

static void
show_problem (EnfiladeJoinRoomDialog *self,
              const char             *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static void
text_changed (EnfiladeJoinRoomDialog *self)
{
  show_problem (self, NULL);
  update (self);
}

static void
joined (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(EnfiladeJoinRoomDialog) self = user_data;
  g_autoptr(ChatRoom) room = NULL;
  g_autoptr(GError) error = NULL;

  room = chat_session_join_room_finish (CHAT_SESSION (source), result, &error);
  g_clear_object (&self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  update (self);
  if (room == NULL)
    {
      show_problem (self, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->id_row));
      return;
    }

  g_signal_emit (self, signals[DONE], 0, room);
  gtk_window_close (GTK_WINDOW (self));
}

static void
join (EnfiladeJoinRoomDialog *self)
{
  g_autofree char *id = dup_text (self->id_row);

  if (self->cancellable != NULL || id[0] == '\0')
    return;

  show_problem (self, NULL);
  self->cancellable = g_cancellable_new ();
  update (self);
  chat_session_join_room_async (self->session, id, self->cancellable, joined, g_object_ref (self));
}

static gboolean
enfilade_join_room_dialog_close_request (GtkWindow *window)
{
  EnfiladeJoinRoomDialog *self = ENFILADE_JOIN_ROOM_DIALOG (window);

  g_cancellable_cancel (self->cancellable);

  return GTK_WINDOW_CLASS (enfilade_join_room_dialog_parent_class)->close_request (window);
}

static void
enfilade_join_room_dialog_dispose (GObject *object)
{
  EnfiladeJoinRoomDialog *self = ENFILADE_JOIN_ROOM_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (enfilade_join_room_dialog_parent_class)->dispose (object);
}

static void
enfilade_join_room_dialog_class_init (EnfiladeJoinRoomDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = enfilade_join_room_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = enfilade_join_room_dialog_close_request;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, CHAT_TYPE_ROOM);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/rooms/enfilade-join-room-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeJoinRoomDialog, id_row);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeJoinRoomDialog, join_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeJoinRoomDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeJoinRoomDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, join);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
}

static void
enfilade_join_room_dialog_init (EnfiladeJoinRoomDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->id_row));
  update (self);
}

/**
 * enfilade_join_room_dialog_new:
 * @session: where the room is
 *
 * Returns: (transfer none): a dialog that asks for the id of a room, for servers that tell no list
 */
EnfiladeJoinRoomDialog *
enfilade_join_room_dialog_new (ChatSession *session)
{
  EnfiladeJoinRoomDialog *self;

  g_return_val_if_fail (CHAT_IS_SESSION (session), NULL);

  self = g_object_new (ENFILADE_TYPE_JOIN_ROOM_DIALOG, NULL);
  self->session = g_object_ref (session);

  return self;
}
