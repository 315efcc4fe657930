/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One message. Its children are drawn for the eye; a screen reader is told the whole row in one sentence. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "enfilade-initials.h"
#include "enfilade-message-quote.h"
#include "enfilade-message-row.h"
#include "enfilade-message-text.h"
#include "enfilade-message-trouble.h"
#include "enfilade-text-layout.h"
#include "enfilade-time-format.h"

/* Between the picture and the bubble. */
#define SPACING 8

#define PICTURE_SIZE 32

/* The sign that tells what became of a message. */
#define STATE_SIZE 12

/* Text wraps, and the list gives a row all of its width. */
#define LEAST_WIDTH 140

struct _EnfiladeMessageRow
{
  GtkWidget         parent_instance;

  GtkLabel         *name;
  GtkLabel         *time;
  GtkLabel         *body;

  /* Few messages have these, so they are made when they are needed. The bubble is the text itself where there is nothing else. */
  GtkWidget        *bubble;
  GtkWidget        *avatar;
  GtkWidget        *side;
  GtkWidget        *side_time;
  GtkWidget        *state;
  GtkWidget        *quote;
  GtkWidget        *more;
  GtkWidget        *trouble;

  ChatTimelineItem *item;
  ChatMessage      *quoted;
  GSignalGroup     *item_signals;
  GSignalGroup     *message_signals;
  GSignalGroup     *quoted_signals;
};

G_DEFINE_FINAL_TYPE (EnfiladeMessageRow, enfilade_message_row, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ITEM,
  PROP_QUOTED,
  N_PROPS
};

enum
{
  RETRY,
  EDIT,
  DISCARD,
  SHOW_MESSAGE,
  MENU,
  MENU_KEY,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

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

static gboolean
is_edited (ChatMessage *message)
{
  return chat_message_get_edited_at (message) > 0 && !chat_message_get_deleted (message);
}

static gboolean
is_reply (ChatMessage *message)
{
  return chat_message_get_reply_to (message) != NULL && !chat_message_get_deleted (message);
}

static char *
dup_time (ChatMessage *message)
{
  g_autoptr(GDateTime) date_time = chat_message_dup_date_time (message);
  g_autofree char *time = enfilade_format_time (date_time);

  if (is_edited (message))
    /* Translators: %s is the time of a message whose text was changed later */
    return g_strdup_printf (_("%s (edited)"), time);

  return g_steal_pointer (&time);
}

/* The times in full. */
static char *
dup_full_time (ChatMessage *message)
{
  g_autoptr(GDateTime) date_time = chat_message_dup_date_time (message);
  g_autoptr(GDateTime) edited = NULL;
  g_autofree char *full = enfilade_format_full (date_time);
  g_autofree char *full_edited = NULL;

  if (!is_edited (message))
    return g_steal_pointer (&full);

  edited = g_date_time_new_from_unix_local (chat_message_get_edited_at (message) / 1000);
  full_edited = edited != NULL ? enfilade_format_full (edited) : NULL;

  /* Translators: when a message was written and, on the next line, when it was changed */
  return full_edited != NULL ? g_strdup_printf (_("%1$s\nEdited %2$s"), full, full_edited) : g_steal_pointer (&full);
}

/* Who wrote it, and whom it answers. */
static char *
dup_spoken_sender (EnfiladeMessageRow *self,
                   ChatMessage        *message)
{
  const char *sender = enfilade_message_text_get_sender (message);

  if (!is_reply (message))
    return g_strdup (sender);

  if (self->quoted == NULL)
    /* Translators: what a screen reader says of the sender of a message that answers one which is not loaded */
    return g_strdup_printf (_("%s in reply to a message from before"), sender);

  if (chat_message_get_own (self->quoted))
    /* Translators: what a screen reader says of the sender of a message that answers one of the reader's own */
    return g_strdup_printf (_("%s in reply to you"), sender);

  /* Translators: what a screen reader says of the sender of a message, and whom it answers */
  return g_strdup_printf (_("%1$s in reply to %2$s"), sender, enfilade_message_text_get_sender (self->quoted));
}

/* The state in words, or NULL where it goes without saying. */
static char *
dup_state (ChatMessage *message)
{
  const char *error = chat_message_get_error (message);

  switch (chat_message_get_delivery (message))
    {
    case CHAT_DELIVERY_WAITING:
      return g_strdup (_("Waiting to be sent"));

    case CHAT_DELIVERY_SENT:
      return g_strdup (C_("message", "Sent"));

    case CHAT_DELIVERY_FAILED:
      if (error != NULL && *error != '\0')
        /* Translators: %s is the reason, a sentence */
        return g_strdup_printf (_("Not sent: %s"), error);
      return g_strdup (_("Not sent"));

    case CHAT_DELIVERY_UNCONFIRMED:
      return g_strdup (_("Not confirmed"));

    /* From the store or from another device of ours. */
    case CHAT_DELIVERY_RECEIVED:
    default:
      return chat_message_get_own (message) ? g_strdup (C_("message", "Sent")) : NULL;
    }
}

static void
update_spoken (EnfiladeMessageRow *self,
               ChatMessage        *message)
{
  g_autofree char *sender = dup_spoken_sender (self, message);
  g_autofree char *text = enfilade_message_text_dup_spoken (message);
  g_autofree char *time = dup_time (message);
  g_autofree char *state = dup_state (message);
  g_autofree char *spoken = NULL;

  if (state != NULL)
    /* Translators: what a screen reader says of a message: sender, text, time, and whether it was sent */
    spoken = g_strdup_printf (_("%1$s, %2$s, %3$s, %4$s"), sender, text, time, state);
  else
    /* Translators: what a screen reader says of a message: sender, text, time */
    spoken = g_strdup_printf (_("%1$s, %2$s, %3$s"), sender, text, time);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void update_text (EnfiladeMessageRow *self,
                         ChatMessage        *message);

static void
show_more_cb (EnfiladeMessageRow *self)
{
  ChatMessage *message = enfilade_message_row_get_message (self);

  if (message == NULL)
    return;

  enfilade_message_text_show_more (message);
  update_text (self, message);
}

/* Makes room in the bubble for more than the text. */
static GtkBox *
ensure_box (EnfiladeMessageRow *self)
{
  GtkWidget *body = GTK_WIDGET (self->body);

  if (self->bubble == body)
    {
      self->bubble = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_widget_add_css_class (self->bubble, "bubble");
      gtk_widget_insert_before (self->bubble, GTK_WIDGET (self), body);
      g_object_ref (body);
      gtk_widget_unparent (body);
      gtk_widget_remove_css_class (body, "bubble");
      gtk_box_append (GTK_BOX (self->bubble), body);
      g_object_unref (body);
    }

  return GTK_BOX (self->bubble);
}

static void
update_more (EnfiladeMessageRow *self,
             gboolean            cut)
{
  if (cut && self->more == NULL)
    {
      self->more = gtk_button_new_with_label (_("Show More"));
      gtk_widget_set_halign (self->more, GTK_ALIGN_START);
      gtk_widget_set_focus_on_click (self->more, FALSE);
      gtk_widget_add_css_class (self->more, "flat");
      gtk_widget_add_css_class (self->more, "more");
      g_signal_connect_object (self->more, "clicked", G_CALLBACK (show_more_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (ensure_box (self), self->more);
    }

  if (self->more != NULL)
    gtk_widget_set_visible (self->more, cut);
}

static void
update_text (EnfiladeMessageRow *self,
             ChatMessage        *message)
{
  gtk_label_set_markup (self->body, enfilade_message_text_get_markup (message));
  update_more (self, enfilade_message_text_is_cut (message));
  set_css_class (GTK_WIDGET (self), "mention", chat_message_get_mentions_me (message));
  set_css_class (GTK_WIDGET (self), "deleted", chat_message_get_deleted (message));
}

static void
quote_clicked_cb (EnfiladeMessageRow *self)
{
  ChatMessage *message = enfilade_message_row_get_message (self);

  if (message != NULL && chat_message_get_reply_to (message) != NULL)
    g_signal_emit (self, signals[SHOW_MESSAGE], 0, chat_message_get_reply_to (message));
}

static void
update_quote (EnfiladeMessageRow *self,
              ChatMessage        *message)
{
  gboolean reply = is_reply (message);

  if (reply && self->quote == NULL)
    {
      self->quote = enfilade_message_quote_new ();
      g_signal_connect_object (self->quote, "clicked", G_CALLBACK (quote_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_prepend (ensure_box (self), self->quote);
    }

  if (self->quote == NULL)
    return;

  gtk_widget_set_visible (self->quote, reply);
  enfilade_message_quote_show (ENFILADE_MESSAGE_QUOTE (self->quote), self->quoted);
}

static void
ensure_side (EnfiladeMessageRow *self)
{
  if (self->side != NULL)
    return;

  self->side = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (self->side, "side");
  self->side_time = gtk_label_new (gtk_label_get_label (self->time));
  gtk_widget_add_css_class (self->side_time, "time");
  gtk_widget_add_css_class (self->side_time, "numeric");
  gtk_widget_set_visible (self->side_time, !chat_timeline_item_get_group_start (self->item));
  gtk_box_append (GTK_BOX (self->side), self->side_time);
  gtk_widget_insert_after (self->side, GTK_WIDGET (self), self->bubble);
}

static void
ensure_state (EnfiladeMessageRow *self)
{
  if (self->state != NULL)
    return;

  ensure_side (self);
  self->state = g_object_new (GTK_TYPE_IMAGE,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "halign", GTK_ALIGN_END,
                              "hexpand", TRUE,
                              "pixel-size", STATE_SIZE,
                              NULL);
  gtk_widget_add_css_class (self->state, "state");
  gtk_box_append (GTK_BOX (self->side), self->state);
}

static void
update_time (EnfiladeMessageRow *self,
             ChatMessage        *message)
{
  g_autofree char *time = dup_time (message);

  set_css_class (GTK_WIDGET (self), "edited", is_edited (message));
  gtk_label_set_label (self->time, time);
  if (self->side_time != NULL)
    gtk_label_set_label (GTK_LABEL (self->side_time), time);
}

static const char *
get_icon_name (ChatDelivery delivery)
{
  switch (delivery)
    {
    case CHAT_DELIVERY_WAITING:
      return "enfilade-waiting-symbolic";

    case CHAT_DELIVERY_FAILED:
      return "dialog-warning-symbolic";

    case CHAT_DELIVERY_UNCONFIRMED:
      return "enfilade-unconfirmed-symbolic";

    case CHAT_DELIVERY_SENT:
    case CHAT_DELIVERY_RECEIVED:
    default:
      return "enfilade-sent-symbolic";
    }
}

static void
retry_cb (EnfiladeMessageRow *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
edit_cb (EnfiladeMessageRow *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
discard_cb (EnfiladeMessageRow *self)
{
  g_signal_emit (self, signals[DISCARD], 0);
}

/* @reason is NULL where all is well. */
static void
update_trouble (EnfiladeMessageRow *self,
                const char         *reason)
{
  if (reason != NULL && self->trouble == NULL)
    {
      self->trouble = enfilade_message_trouble_new ();
      g_signal_connect_object (self->trouble, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->trouble, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->trouble, "discard", G_CALLBACK (discard_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (self->trouble, GTK_WIDGET (self));
    }

  if (self->trouble == NULL)
    return;

  gtk_widget_set_visible (self->trouble, reason != NULL);
  enfilade_message_trouble_set_reason (ENFILADE_MESSAGE_TROUBLE (self->trouble), reason != NULL ? reason : "");
}

static void
update_delivery (EnfiladeMessageRow *self,
                 ChatMessage        *message)
{
  ChatDelivery delivery = chat_message_get_delivery (message);
  gboolean failed = delivery == CHAT_DELIVERY_FAILED;
  gboolean open = failed || delivery == CHAT_DELIVERY_UNCONFIRMED;
  gboolean own = chat_message_get_own (message);
  g_autofree char *state = dup_state (message);

  if (own)
    {
      ensure_state (self);
      gtk_image_set_from_icon_name (GTK_IMAGE (self->state), get_icon_name (delivery));
    }
  if (self->state != NULL)
    gtk_widget_set_visible (self->state, own);

  update_trouble (self, open ? state : NULL);

  set_css_class (GTK_WIDGET (self), "failed", failed);
  set_css_class (GTK_WIDGET (self), "waiting", delivery == CHAT_DELIVERY_WAITING);
}

static void
update_avatar (EnfiladeMessageRow *self,
               ChatMessage        *message)
{
  gboolean visible = chat_timeline_item_get_group_start (self->item) && !chat_message_get_own (message);

  if (visible && self->avatar == NULL)
    {
      self->avatar = enfilade_initials_new (PICTURE_SIZE);
      gtk_widget_insert_after (self->avatar, GTK_WIDGET (self), NULL);
    }

  if (self->avatar == NULL)
    return;

  gtk_widget_set_visible (self->avatar, visible);
  if (visible)
    enfilade_initials_set_name (self->avatar, enfilade_message_text_get_sender (message));
}

static void
update_sender (EnfiladeMessageRow *self,
               ChatMessage        *message)
{
  gboolean own = chat_message_get_own (message);

  set_css_class (GTK_WIDGET (self), "own", own);
  gtk_label_set_label (self->name, enfilade_message_text_get_sender (message));
  update_avatar (self, message);
}

static void
update_group (EnfiladeMessageRow *self)
{
  gboolean start = chat_timeline_item_get_group_start (self->item);

  set_css_class (GTK_WIDGET (self), "group-start", start);
  gtk_widget_set_visible (GTK_WIDGET (self->name), start);
  gtk_widget_set_visible (GTK_WIDGET (self->time), start);
  if (!start)
    ensure_side (self);
  if (self->side_time != NULL)
    gtk_widget_set_visible (self->side_time, !start);
  update_avatar (self, chat_timeline_item_get_message (self->item));
}

static void
update_all (EnfiladeMessageRow *self,
            ChatMessage        *message)
{
  update_sender (self, message);
  update_quote (self, message);
  update_text (self, message);
  update_time (self, message);
  update_delivery (self, message);
  update_spoken (self, message);
}

static void
message_changed_cb (EnfiladeMessageRow *self)
{
  update_all (self, enfilade_message_row_get_message (self));
}

/* The markup makes no other links; a text from elsewhere is still not to be trusted with what is opened. */
static gboolean
activate_link_cb (EnfiladeMessageRow *self,
                  const char         *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (scheme == NULL || !g_strv_contains ((const char *[]) { "http", "https", "mailto", NULL }, scheme))
    {
      g_message ("Did not open a link that is not of the web: %s", uri);
      return TRUE;
    }

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
  return TRUE;
}

/* To tell a widget its tooltip asks the display where the pointer is, several times over, and there are many rows. */
static gboolean
enfilade_message_row_query_tooltip (GtkWidget  *widget,
                                    int         x,
                                    int         y,
                                    gboolean    keyboard_tooltip,
                                    GtkTooltip *tooltip)
{
  EnfiladeMessageRow *self = ENFILADE_MESSAGE_ROW (widget);
  ChatMessage *message = enfilade_message_row_get_message (self);
  GtkWidget *picked = gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  g_autofree char *text = NULL;

  if (message == NULL || picked == NULL)
    return FALSE;

  if (picked == GTK_WIDGET (self->time) || picked == self->side_time)
    text = dup_full_time (message);
  else if (picked == self->state)
    text = dup_state (message);

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

static void
enfilade_message_row_menu_key (EnfiladeMessageRow *self)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (self->bubble, GTK_WIDGET (self), &bounds))
    g_signal_emit (self, signals[MENU], 0,
                   (double) (bounds.origin.x + bounds.size.width / 2),
                   (double) (bounds.origin.y + MIN (bounds.size.height, 24)));
}

/* ---- Layout ----
 *
 * Picture, bubble and what is beside it stand in a row, one's own messages the other way round; name and time above the bubble,
 * the trouble below. Nested boxes could do that, but a box asks its children for their width at many heights, which is slow, and
 * wrong for text in several scripts. A timeline measures each of its rows at each allocation, so this is done by hand. */

static gboolean
is_there (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_visible (widget);
}

static int
get_size (GtkWidget      *widget,
          GtkOrientation  orientation,
          int             for_size)
{
  int natural = 0;

  if (is_there (widget))
    gtk_widget_measure (widget, orientation, for_size, NULL, &natural, NULL, NULL);

  return natural;
}

static int
get_picture_width (EnfiladeMessageRow *self)
{
  return gtk_widget_has_css_class (GTK_WIDGET (self), "own") ? 0 : PICTURE_SIZE + SPACING;
}

/* A width between what the widget needs and what it would like. */
static int
fit (GtkWidget *widget,
     int        available)
{
  int minimum = 0, natural = 0;

  if (is_there (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return MAX (minimum, MIN (natural, available));
}

static int
fit_bubble (EnfiladeMessageRow *self,
            int                 width)
{
  return fit (self->bubble, width - get_picture_width (self) - get_size (self->side, GTK_ORIENTATION_HORIZONTAL, -1));
}

static int
get_header_height (EnfiladeMessageRow *self)
{
  return MAX (get_size (GTK_WIDGET (self->name), GTK_ORIENTATION_VERTICAL, -1),
              get_size (GTK_WIDGET (self->time), GTK_ORIENTATION_VERTICAL, -1));
}

static int
get_text_height (GtkWidget *widget,
                 int        available)
{
  return get_size (widget, GTK_ORIENTATION_VERTICAL, fit (widget, available));
}

static GtkSizeRequestMode
enfilade_message_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A list asks each of its rows at each allocation; to lay out a text for that takes longer than all the rest of it. */
static int
get_least_width (EnfiladeMessageRow *self)
{
  int minimum = 0;

  if (is_there (self->trouble))
    gtk_widget_measure (self->trouble, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return MAX (LEAST_WIDTH, minimum);
}

static void
enfilade_message_row_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  EnfiladeMessageRow *self = ENFILADE_MESSAGE_ROW (widget);
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = get_least_width (self);
      return;
    }

  if (for_size < 0)
    for_size = get_least_width (self);

  height = get_header_height (self) + get_size (self->bubble, GTK_ORIENTATION_VERTICAL, fit_bubble (self, for_size));
  if (is_there (self->avatar))
    height = MAX (height, PICTURE_SIZE);

  *minimum = *natural = height + get_text_height (self->trouble, for_size);
}

/* @x counts from the side of the sender: the start for others, the end for oneself. */
static void
place (EnfiladeMessageRow *self,
       GtkWidget          *child,
       int                 x,
       int                 y,
       int                 width,
       int                 height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean own = gtk_widget_has_css_class (GTK_WIDGET (self), "own");

  if (!is_there (child))
    return;

  if (own != rtl)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;

  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, width, height }, -1);
}

/* The name comes first in the direction of reading, at both sides. */
static void
place_header (EnfiladeMessageRow *self,
              int                 x,
              int                 width,
              int                 height)
{
  gboolean own = gtk_widget_has_css_class (GTK_WIDGET (self), "own");
  int time_width = get_size (GTK_WIDGET (self->time), GTK_ORIENTATION_HORIZONTAL, -1);
  int name_width = fit (GTK_WIDGET (self->name), width - time_width);

  place (self, GTK_WIDGET (self->name), own ? x + time_width : x, 0, name_width, height);
  place (self, GTK_WIDGET (self->time), own ? x : x + name_width, 0, time_width, height);
}

static void
enfilade_message_row_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  EnfiladeMessageRow *self = ENFILADE_MESSAGE_ROW (widget);
  int x = get_picture_width (self);
  int header_height = get_header_height (self);
  int bubble_width = fit_bubble (self, width);
  int bubble_height = get_size (self->bubble, GTK_ORIENTATION_VERTICAL, bubble_width);
  int side_width = get_size (self->side, GTK_ORIENTATION_HORIZONTAL, -1);
  int side_height = get_size (self->side, GTK_ORIENTATION_VERTICAL, -1);
  int trouble_width = fit (self->trouble, width);
  int y = header_height;

  place (self, self->avatar, 0, 0, PICTURE_SIZE, PICTURE_SIZE);
  place_header (self, x, width - x, header_height);
  place (self, self->bubble, x, y, bubble_width, bubble_height);
  y += bubble_height;
  place (self, self->side, x + bubble_width, y - side_height, side_width, side_height);
  place (self, self->trouble, x, y, trouble_width, get_size (self->trouble, GTK_ORIENTATION_VERTICAL, trouble_width));
}

/* ---- Public ---- */

/**
 * enfilade_message_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the item shown
 */
ChatTimelineItem *
enfilade_message_row_get_item (EnfiladeMessageRow *self)
{
  g_return_val_if_fail (ENFILADE_IS_MESSAGE_ROW (self), NULL);

  return self->item;
}

/**
 * enfilade_message_row_get_message:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the message shown
 */
ChatMessage *
enfilade_message_row_get_message (EnfiladeMessageRow *self)
{
  g_return_val_if_fail (ENFILADE_IS_MESSAGE_ROW (self), NULL);

  return self->item != NULL ? chat_timeline_item_get_message (self->item) : NULL;
}

/**
 * enfilade_message_row_set_item:
 * @self: a row
 * @item: (nullable): the item of a message
 */
void
enfilade_message_row_set_item (EnfiladeMessageRow *self,
                               ChatTimelineItem   *item)
{
  ChatMessage *message;

  g_return_if_fail (ENFILADE_IS_MESSAGE_ROW (self));
  g_return_if_fail (item == NULL || CHAT_IS_TIMELINE_ITEM (item));

  if (!g_set_object (&self->item, item))
    return;

  message = enfilade_message_row_get_message (self);
  enfilade_message_row_set_quoted (self, NULL);
  g_signal_group_set_target (self->item_signals, item);
  g_signal_group_set_target (self->message_signals, message);

  if (message != NULL)
    {
      update_group (self);
      update_all (self, message);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

static void
quoted_changed_cb (EnfiladeMessageRow *self)
{
  ChatMessage *message = enfilade_message_row_get_message (self);

  if (message == NULL)
    return;

  update_quote (self, message);
  update_spoken (self, message);
}

/**
 * enfilade_message_row_set_quoted:
 * @self: a row
 * @quoted: (nullable): the message that the shown one answers, as far as it is known
 */
void
enfilade_message_row_set_quoted (EnfiladeMessageRow *self,
                                 ChatMessage        *quoted)
{
  g_return_if_fail (ENFILADE_IS_MESSAGE_ROW (self));
  g_return_if_fail (quoted == NULL || CHAT_IS_MESSAGE (quoted));

  if (!g_set_object (&self->quoted, quoted))
    return;

  g_signal_group_set_target (self->quoted_signals, quoted);
  quoted_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUOTED]);
}

/**
 * enfilade_message_row_dup_selected_text:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): what of the text is selected
 */
char *
enfilade_message_row_dup_selected_text (EnfiladeMessageRow *self)
{
  const char *text;
  int start, end;

  g_return_val_if_fail (ENFILADE_IS_MESSAGE_ROW (self), NULL);

  if (!gtk_label_get_selection_bounds (self->body, &start, &end))
    return NULL;

  text = gtk_label_get_text (self->body);
  return g_utf8_substring (text, start, end);
}

/**
 * enfilade_message_row_dup_link:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): the link under the pointer or the keyboard's cursor
 */
char *
enfilade_message_row_dup_link (EnfiladeMessageRow *self)
{
  g_return_val_if_fail (ENFILADE_IS_MESSAGE_ROW (self), NULL);

  return g_strdup (gtk_label_get_current_uri (self->body));
}

static void
enfilade_message_row_dispose (GObject *object)
{
  EnfiladeMessageRow *self = ENFILADE_MESSAGE_ROW (object);

  g_clear_object (&self->item_signals);
  g_clear_object (&self->message_signals);
  g_clear_object (&self->quoted_signals);
  g_clear_object (&self->item);
  g_clear_object (&self->quoted);
  g_clear_pointer (&self->avatar, gtk_widget_unparent);
  g_clear_pointer (&self->side, gtk_widget_unparent);
  g_clear_pointer (&self->trouble, gtk_widget_unparent);
  if (self->bubble != GTK_WIDGET (self->body))
    g_clear_pointer (&self->bubble, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENFILADE_TYPE_MESSAGE_ROW);

  G_OBJECT_CLASS (enfilade_message_row_parent_class)->dispose (object);
}

static void
enfilade_message_row_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  EnfiladeMessageRow *self = ENFILADE_MESSAGE_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    case PROP_QUOTED:
      g_value_set_object (value, self->quoted);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_message_row_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  EnfiladeMessageRow *self = ENFILADE_MESSAGE_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      enfilade_message_row_set_item (self, g_value_get_object (value));
      break;

    case PROP_QUOTED:
      enfilade_message_row_set_quoted (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_signals (EnfiladeMessageRowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[RETRY] = g_signal_new ("retry", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOW_MESSAGE] = g_signal_new ("show-message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DISCARD] = g_signal_new ("discard", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU] = g_signal_new ("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[MENU_KEY] = g_signal_new_class_handler ("menu-key", type, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                                  G_CALLBACK (enfilade_message_row_menu_key),
                                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ENFILADE_TYPE_TEXT_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMessageRow, name);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMessageRow, time);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMessageRow, body);
  gtk_widget_class_bind_template_callback (widget_class, activate_link_cb);
}

static void
enfilade_message_row_class_init (EnfiladeMessageRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_message_row_dispose;
  object_class->get_property = enfilade_message_row_get_property;
  object_class->set_property = enfilade_message_row_set_property;

  widget_class->get_request_mode = enfilade_message_row_get_request_mode;
  widget_class->measure = enfilade_message_row_measure;
  widget_class->query_tooltip = enfilade_message_row_query_tooltip;
  widget_class->size_allocate = enfilade_message_row_size_allocate;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, CHAT_TYPE_TIMELINE_ITEM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_QUOTED] =
    g_param_spec_object ("quoted", NULL, NULL, CHAT_TYPE_MESSAGE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  install_signals (klass);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "message-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
enfilade_message_row_init (EnfiladeMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bubble = GTK_WIDGET (self->body);

  self->item_signals = g_signal_group_new (CHAT_TYPE_TIMELINE_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::group-start", G_CALLBACK (update_group), self);

  self->message_signals = g_signal_group_new (CHAT_TYPE_MESSAGE);
  g_signal_group_connect_swapped (self->message_signals, "notify", G_CALLBACK (message_changed_cb), self);

  self->quoted_signals = g_signal_group_new (CHAT_TYPE_MESSAGE);
  g_signal_group_connect_swapped (self->quoted_signals, "notify", G_CALLBACK (quoted_changed_cb), self);
}

/**
 * enfilade_message_row_new:
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
enfilade_message_row_new (void)
{
  return g_object_new (ENFILADE_TYPE_MESSAGE_ROW, NULL);
}
