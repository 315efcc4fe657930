/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A popover for each row would make each row dear; this one is moved to the row it was asked for. */

#include "config.h"

#include "enfilade-message-menu.h"

#include "enfilade-popover.h"

struct _EnfiladeMessageMenu
{
  GObject             parent_instance;

  GtkWidget          *owner;
  GMenuModel         *model;
  GtkWidget          *popover;
  GSimpleActionGroup *actions;

  ChatMessage        *message;
  GSignalGroup       *message_signals;
  char               *text;
  char               *link;
  gboolean            can_reply;
};

G_DEFINE_FINAL_TYPE (EnfiladeMessageMenu, enfilade_message_menu, G_TYPE_OBJECT)

enum
{
  REPLY,
  RETRY,
  EDIT,
  DISCARD,
  MARK_UNREAD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
copy (EnfiladeMessageMenu *self,
      const char          *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->owner), text);
}

static void
copy_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  EnfiladeMessageMenu *self = user_data;

  copy (self, self->text != NULL ? self->text : chat_message_get_content (self->message));
}

static void
copy_link_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  EnfiladeMessageMenu *self = user_data;

  copy (self, self->link);
}

static void
reply_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  EnfiladeMessageMenu *self = user_data;

  g_signal_emit (self, signals[REPLY], 0, self->message);
}

static void
edit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  EnfiladeMessageMenu *self = user_data;

  g_signal_emit (self, signals[EDIT], 0, self->message);
}

static void
retry_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  EnfiladeMessageMenu *self = user_data;

  g_signal_emit (self, signals[RETRY], 0, self->message);
}

static void
discard_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  EnfiladeMessageMenu *self = user_data;

  g_signal_emit (self, signals[DISCARD], 0, self->message);
}

static void
mark_unread_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  EnfiladeMessageMenu *self = user_data;

  g_signal_emit (self, signals[MARK_UNREAD], 0, self->message);
}

static void
set_enabled (EnfiladeMessageMenu *self,
             const char          *name,
             gboolean             enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* An action of the menu is an action of the timeline, which would do it for the message of the last menu. */
static void
disable_all (EnfiladeMessageMenu *self)
{
  g_auto(GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));

  for (gsize i = 0; names[i] != NULL; i++)
    set_enabled (self, names[i], FALSE);
}

/* Also while the menu is open: what was not confirmed may be sent meanwhile. */
static void
update_actions (EnfiladeMessageMenu *self)
{
  ChatDelivery delivery = CHAT_DELIVERY_RECEIVED;
  gboolean open = FALSE;

  if (chat_message_get_deleted (self->message))
    {
      disable_all (self);
      return;
    }

  delivery = chat_message_get_delivery (self->message);
  open = delivery == CHAT_DELIVERY_FAILED || delivery == CHAT_DELIVERY_UNCONFIRMED;
  set_enabled (self, "reply", self->can_reply && chat_message_get_id (self->message) != NULL);
  set_enabled (self, "copy", TRUE);
  set_enabled (self, "copy-link", self->link != NULL);
  set_enabled (self, "retry", open);
  set_enabled (self, "edit", open);
  set_enabled (self, "discard", open);
  set_enabled (self, "mark-unread", chat_message_get_id (self->message) != NULL);
}

static void
deleted_cb (EnfiladeMessageMenu *self)
{
  update_actions (self);
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/**
 * enfilade_message_menu_set_can_reply:
 * @self: a menu
 * @can_reply: whether messages can be answered here
 */
void
enfilade_message_menu_set_can_reply (EnfiladeMessageMenu *self,
                                     gboolean             can_reply)
{
  g_return_if_fail (ENFILADE_IS_MESSAGE_MENU (self));

  self->can_reply = !!can_reply;
  if (self->message != NULL)
    update_actions (self);
}

static void
ensure_popover (EnfiladeMessageMenu *self)
{
  if (self->popover != NULL)
    return;

  self->popover = gtk_popover_menu_new_from_model (self->model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, self->owner);
}

/**
 * enfilade_message_menu_popup:
 * @self: a menu
 * @row: the row it is for
 * @x: where in the row
 * @y: where in the row
 *
 * Shows the menu; not for a message that was deleted, with which nothing can be done.
 */
void
enfilade_message_menu_popup (EnfiladeMessageMenu *self,
                             EnfiladeMessageRow  *row,
                             double               x,
                             double               y)
{
  double owner_x, owner_y;

  g_return_if_fail (ENFILADE_IS_MESSAGE_MENU (self));
  g_return_if_fail (ENFILADE_IS_MESSAGE_ROW (row));

  g_set_object (&self->message, enfilade_message_row_get_message (row));
  g_signal_group_set_target (self->message_signals, self->message);
  if (self->message == NULL || chat_message_get_deleted (self->message))
    {
      disable_all (self);
      return;
    }
  if (!gtk_widget_translate_coordinates (GTK_WIDGET (row), self->owner, x, y, &owner_x, &owner_y))
    return;

  g_free (self->text);
  self->text = enfilade_message_row_dup_selected_text (row);
  g_free (self->link);
  self->link = enfilade_message_row_dup_link (row);

  update_actions (self);
  ensure_popover (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { owner_x, owner_y, 1, 1 });
  enfilade_popover_popup (GTK_POPOVER (self->popover));
}

/**
 * enfilade_message_menu_present:
 * @self: a menu
 *
 * To be called by the owner in its size_allocate().
 */
void
enfilade_message_menu_present (EnfiladeMessageMenu *self)
{
  g_return_if_fail (ENFILADE_IS_MESSAGE_MENU (self));

  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
enfilade_message_menu_dispose (GObject *object)
{
  EnfiladeMessageMenu *self = ENFILADE_MESSAGE_MENU (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->actions);
  g_clear_object (&self->model);
  g_clear_object (&self->message_signals);
  g_clear_object (&self->message);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->link, g_free);

  G_OBJECT_CLASS (enfilade_message_menu_parent_class)->dispose (object);
}

static void
enfilade_message_menu_class_init (EnfiladeMessageMenuClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = enfilade_message_menu_dispose;

  signals[REPLY] =
    g_signal_new ("reply", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
  signals[EDIT] =
    g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
  signals[RETRY] =
    g_signal_new ("retry", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
  signals[DISCARD] =
    g_signal_new ("discard", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
  signals[MARK_UNREAD] =
    g_signal_new ("mark-unread", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
}

static void
enfilade_message_menu_init (EnfiladeMessageMenu *self)
{
  static const GActionEntry entries[] = {
    { "reply", reply_action },
    { "copy", copy_action },
    { "copy-link", copy_link_action },
    { "retry", retry_action },
    { "edit", edit_action },
    { "discard", discard_action },
    { "mark-unread", mark_unread_action },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);

  self->message_signals = g_signal_group_new (CHAT_TYPE_MESSAGE);
  g_signal_group_connect_swapped (self->message_signals, "notify::delivery", G_CALLBACK (update_actions), self);
  g_signal_group_connect_swapped (self->message_signals, "notify::id", G_CALLBACK (update_actions), self);
  g_signal_group_connect_swapped (self->message_signals, "notify::deleted", G_CALLBACK (deleted_cb), self);
}

/**
 * enfilade_message_menu_new:
 * @owner: (transfer none): the widget the popover hangs from; it outlives the menu
 * @model: the menu
 *
 * Returns: (transfer full): a new menu
 */
EnfiladeMessageMenu *
enfilade_message_menu_new (GtkWidget  *owner,
                           GMenuModel *model)
{
  EnfiladeMessageMenu *self;

  g_return_val_if_fail (GTK_IS_WIDGET (owner), NULL);
  g_return_val_if_fail (G_IS_MENU_MODEL (model), NULL);

  self = g_object_new (ENFILADE_TYPE_MESSAGE_MENU, NULL);
  self->owner = owner;
  self->model = g_object_ref (model);
  gtk_widget_insert_action_group (owner, "message", G_ACTION_GROUP (self->actions));

  return self;
}
