/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A room: the one place that knows both a ChatRoom and the widgets that show its parts. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "chat-error.h"
#include "chat-session.h"
#include "enfilade-composer.h"
#include "enfilade-draft.h"
#include "enfilade-focus-watch.h"
#include "enfilade-loader.h"
#include "enfilade-members-pane.h"
#include "enfilade-message-text.h"
#include "enfilade-reader.h"
#include "enfilade-room-status.h"
#include "enfilade-room-view.h"
#include "enfilade-timeline-view.h"
#include "enfilade-typing-line.h"

/* So long somebody has to be away to come back. In microseconds. */
#define AWAY_TIME G_USEC_PER_SEC

struct _EnfiladeRoomView
{
  GtkWidget             parent_instance;

  AdwFlap              *flap;
  GtkStack             *stack;
  GtkStack             *content;
  GtkSpinner           *loading_spinner;
  EnfiladeTimelineView *timeline;
  EnfiladeTypingLine   *typing;
  EnfiladeComposer     *composer;

  /* Few rooms show the first two, and few people the third, so they are made when they are needed. */
  GtkWidget            *status;
  GtkWidget            *empty;
  EnfiladeMembersPane  *members;

  EnfiladeDraft        *draft;
  EnfiladeLoader       *loader;
  EnfiladeReader       *reader;
  EnfiladeFocusWatch   *joining;
  ChatRoom             *room;
  GSignalGroup         *room_signals;
  GSignalGroup         *timeline_signals;
  GSignalGroup         *session_signals;
  GSignalGroup         *answered_signals;
  gint64                left_at;
  gboolean              members_shown;
};

G_DEFINE_FINAL_TYPE (EnfiladeRoomView, enfilade_room_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_MEMBERS_SHOWN,
  PROP_ROOM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void join_cb (EnfiladeRoomView *self);

/* ---- What is shown ---- */

static gboolean
has_messages (EnfiladeRoomView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (chat_room_get_timeline (self->room))) > 0;
}

/* A room that was read once stays on the screen, whatever becomes of the membership; the composer says what is to be said. */
static gboolean
is_inside (EnfiladeRoomView *self)
{
  ChatMembership membership = self->room != NULL ? chat_room_get_membership (self->room) : CHAT_MEMBERSHIP_NONE;

  return self->room != NULL &&
         (has_messages (self) || membership == CHAT_MEMBERSHIP_JOINED || membership == CHAT_MEMBERSHIP_LEAVING);
}

static const char *
get_content (EnfiladeRoomView *self)
{
  if (has_messages (self))
    return "timeline";
  if (chat_room_get_loading_older (self->room))
    return "loading";

  return "empty";
}

static void
ensure_status (EnfiladeRoomView *self)
{
  if (self->status != NULL)
    return;

  self->status = enfilade_room_status_new ();
  g_signal_connect_object (self->status, "join", G_CALLBACK (join_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, self->status, "status");
}

static void
ensure_empty (EnfiladeRoomView *self)
{
  if (self->empty != NULL)
    return;

  self->empty = g_object_new (ADW_TYPE_STATUS_PAGE,
                              "icon-name", "user-available-symbolic",
                              "title", _("No Messages Yet"),
                              "description", _("The first word is yours."),
                              NULL);
  gtk_widget_add_css_class (self->empty, "compact");
  gtk_stack_add_named (self->content, self->empty, "empty");
}

static void
ensure_members (EnfiladeRoomView *self)
{
  if (self->members != NULL)
    return;

  self->members = ENFILADE_MEMBERS_PANE (enfilade_members_pane_new ());
  enfilade_members_pane_set_members (self->members, chat_room_get_members (self->room));
  adw_flap_set_flap (self->flap, GTK_WIDGET (self->members));
}

static void
update_content (EnfiladeRoomView *self)
{
  const char *content = get_content (self);

  if (g_str_equal (content, "empty"))
    ensure_empty (self);
  gtk_stack_set_visible_child_name (self->content, content);
  gtk_spinner_set_spinning (self->loading_spinner, g_str_equal (content, "loading"));
}

static void
update_page (EnfiladeRoomView *self)
{
  gboolean inside = is_inside (self);

  if (!inside)
    ensure_status (self);
  if (self->status != NULL)
    enfilade_room_status_set_room (ENFILADE_ROOM_STATUS (self->status), inside ? NULL : self->room);

  gtk_stack_set_visible_child_name (self->stack, inside ? "inside" : "status");
  if (inside)
    update_content (self);
  if (inside && self->members_shown)
    ensure_members (self);
  adw_flap_set_reveal_flap (self->flap, self->members_shown && inside);
}

static void
update_name (EnfiladeRoomView *self)
{
  enfilade_composer_set_room_name (self->composer, chat_room_get_name (self->room));
}

static void
update_can_reply (EnfiladeRoomView *self)
{
  ChatSession *session = self->room != NULL ? chat_room_get_session (self->room) : NULL;

  enfilade_timeline_view_set_can_reply (self->timeline,
                                        session != NULL && chat_room_get_can_send (self->room) &&
                                        (chat_session_get_features (session) & CHAT_FEATURE_REPLIES) != 0);
}

static EnfiladeJoinOffer
get_offer (ChatRoom *room)
{
  switch (chat_room_get_membership (room))
    {
    case CHAT_MEMBERSHIP_NONE:
      return ENFILADE_JOIN_OFFER_JOIN;
    case CHAT_MEMBERSHIP_FAILED:
      return ENFILADE_JOIN_OFFER_AGAIN;
    case CHAT_MEMBERSHIP_JOINING:
      return ENFILADE_JOIN_OFFER_BUSY;
    case CHAT_MEMBERSHIP_JOINED:
    case CHAT_MEMBERSHIP_LEAVING:
    default:
      return ENFILADE_JOIN_OFFER_NONE;
    }
}

static void
update_composer (EnfiladeRoomView *self)
{
  const char *reason = chat_room_get_cannot_send_reason (self->room);

  if (chat_room_get_can_send (self->room))
    reason = NULL;
  else if (reason == NULL)
    reason = _("You cannot write here just now.");

  enfilade_composer_block (self->composer, reason, get_offer (self->room));
  update_can_reply (self);
}

/* What is answered, in the composer. It may be changed or deleted while one writes, or come later than the draft that answers it. */
static void
update_reply (EnfiladeRoomView *self)
{
  const char *reply_to = enfilade_composer_get_reply_to (self->composer);
  ChatMessage *answered = NULL;
  g_autofree char *excerpt = NULL;
  g_autofree char *text = NULL;

  if (self->room != NULL && reply_to != NULL)
    answered = chat_timeline_find (chat_room_get_timeline (self->room), reply_to);

  g_signal_group_set_target (self->answered_signals, answered);
  if (answered != NULL)
    {
      excerpt = enfilade_message_text_dup_excerpt (answered);
      if (chat_message_get_own (answered))
        /* Translators: %s is how a message of one's own begins */
        text = g_strdup_printf (_("Replying to yourself: %s"), excerpt);
      else
        /* Translators: the sender of a message, and how it begins */
        text = g_strdup_printf (_("Replying to %1$s: %2$s"), enfilade_message_text_get_sender (answered), excerpt);
    }

  enfilade_composer_set_reply_text (self->composer, text != NULL ? text : _("Replying to a message from before"));
}

static void
update_membership (EnfiladeRoomView *self)
{
  update_composer (self);
  update_page (self);
}

static void
update_typing (EnfiladeRoomView *self)
{
  enfilade_typing_line_set_names (self->typing, chat_room_get_typing (self->room));
}

static void
update_limit (EnfiladeRoomView *self)
{
  ChatSession *session = chat_room_get_session (self->room);

  enfilade_composer_set_max_length (self->composer,
                                    session != NULL ? chat_session_get_max_content_length (session) : 0);
}

static void
items_changed_cb (EnfiladeRoomView *self)
{
  update_page (self);
  update_reply (self);
  enfilade_reader_look (self->reader);
}

/* ---- What is asked for ---- */

static void
joined_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EnfiladeRoomView) self = user_data;
  g_autoptr(GError) error = NULL;

  /* The room's own properties say why, in the place where the button is. */
  if (!chat_room_join_finish (CHAT_ROOM (object), result, &error))
    g_debug ("Joining failed: %s", error->message);
  else if (self->room == CHAT_ROOM (object) && !enfilade_focus_watch_has_left (self->joining))
    enfilade_composer_focus (self->composer);
}

static void
join_cb (EnfiladeRoomView *self)
{
  if (self->room == NULL)
    return;

  g_clear_object (&self->joining);
  self->joining = enfilade_focus_watch_new (GTK_WIDGET (self));
  chat_room_join_async (self->room, NULL, joined_cb, g_object_ref (self));
}

static void
retry_cb (EnfiladeRoomView *self,
          ChatMessage      *message)
{
  if (self->room != NULL)
    chat_room_retry (self->room, message);
}

static void
discard_cb (EnfiladeRoomView *self,
            ChatMessage      *message)
{
  if (self->room != NULL)
    chat_room_discard (self->room, message);
}

static void
reply_cb (EnfiladeRoomView *self,
          ChatMessage      *message)
{
  enfilade_composer_set_reply_to (self->composer, chat_message_get_id (message));
  enfilade_composer_focus (self->composer);
}

/* The message goes back to where it was written. What is written there already stays, and so does the message if there is no room. */
static void
edit_cb (EnfiladeRoomView *self,
         ChatMessage      *message)
{
  g_autoptr(ChatMessage) keep = g_object_ref (message);
  ChatDelivery delivery = chat_message_get_delivery (message);

  /* What went out meanwhile would be said twice. */
  if (delivery != CHAT_DELIVERY_FAILED && delivery != CHAT_DELIVERY_UNCONFIRMED)
    return;
  if (self->room == NULL || !enfilade_composer_put_back (self->composer, chat_message_get_content (message)))
    return;

  if (enfilade_composer_get_reply_to (self->composer) == NULL)
    enfilade_composer_set_reply_to (self->composer, chat_message_get_reply_to (message));
  /* It is kept as a draft before it is given up as a message. */
  chat_room_keep_draft (self->room, enfilade_composer_get_text (self->composer), enfilade_composer_get_cursor (self->composer),
                        enfilade_composer_get_reply_to (self->composer));
  chat_room_discard (self->room, message);
  enfilade_composer_focus (self->composer);
}

static void
show_message_cb (EnfiladeRoomView *self,
                 const char       *id)
{
  enfilade_room_view_show_message (self, id);
}

static void
sent_cb (EnfiladeRoomView *self)
{
  enfilade_reader_resume (self->reader);
  enfilade_timeline_view_scroll_to_newest (self->timeline);
}

static void
failed_cb (EnfiladeRoomView *self,
           const char       *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.report", "s", text);
}

static void
typing_cb (EnfiladeRoomView *self)
{
  enfilade_loader_keep_focus (self->loader);
  if (self->room != NULL && chat_room_get_can_send (self->room))
    chat_room_notify_typing (self->room);
}

static void
scroll_cb (EnfiladeRoomView *self,
           GtkScrollType     scroll)
{
  enfilade_timeline_view_scroll (self->timeline, scroll);
}

/* ---- Public ---- */

static void
show_room (EnfiladeRoomView *self)
{
  if (self->room == NULL)
    {
      update_page (self);
      return;
    }

  update_reply (self);
  update_name (self);
  update_limit (self);
  update_typing (self);
  update_membership (self);
}

ChatRoom *
enfilade_room_view_get_room (EnfiladeRoomView *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOM_VIEW (self), NULL);

  return self->room;
}

/**
 * enfilade_room_view_set_room:
 * @self: a room view
 * @room: (nullable): the room to show
 *
 * What was written for the room before stays with it, and comes back when it is shown again.
 */
void
enfilade_room_view_set_room (EnfiladeRoomView *self,
                             ChatRoom         *room)
{
  g_return_if_fail (ENFILADE_IS_ROOM_VIEW (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  if (self->room == room)
    return;

  enfilade_reader_set_room (self->reader, NULL);
  g_set_object (&self->room, room);
  g_signal_group_set_target (self->room_signals, room);
  g_signal_group_set_target (self->timeline_signals, room != NULL ? chat_room_get_timeline (room) : NULL);
  g_signal_group_set_target (self->session_signals, room != NULL ? chat_room_get_session (room) : NULL);
  g_signal_group_set_target (self->answered_signals, NULL);

  enfilade_loader_set_room (self->loader, room);
  enfilade_reader_set_room (self->reader, room);
  if (self->members != NULL)
    enfilade_members_pane_set_members (self->members, room != NULL ? chat_room_get_members (room) : NULL);
  enfilade_composer_set_error (self->composer, NULL);
  enfilade_draft_set_room (self->draft, room);
  show_room (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

gboolean
enfilade_room_view_get_members_shown (EnfiladeRoomView *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOM_VIEW (self), FALSE);

  return self->members_shown;
}

void
enfilade_room_view_set_members_shown (EnfiladeRoomView *self,
                                      gboolean          members_shown)
{
  g_return_if_fail (ENFILADE_IS_ROOM_VIEW (self));

  members_shown = !!members_shown;
  if (self->members_shown == members_shown)
    return;

  self->members_shown = members_shown;
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEMBERS_SHOWN]);
}

/**
 * enfilade_room_view_focus_composer:
 * @self: a room view
 *
 * Gives the focus to where one writes, or to the button that must be pressed before.
 *
 * Returns: whether there is something to give it to
 */
gboolean
enfilade_room_view_focus_composer (EnfiladeRoomView *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOM_VIEW (self), FALSE);

  if (is_inside (self))
    return enfilade_composer_focus (self->composer);

  return self->status != NULL && enfilade_room_status_focus (ENFILADE_ROOM_STATUS (self->status));
}

/**
 * enfilade_room_view_show_message:
 * @self: a room view
 * @id: what the server calls a message of the room
 *
 * Goes to a message, marks it for a moment and gives it the focus, wherever in the room's history it is.
 */
void
enfilade_room_view_show_message (EnfiladeRoomView *self,
                                 const char       *id)
{
  g_return_if_fail (ENFILADE_IS_ROOM_VIEW (self));
  g_return_if_fail (id != NULL);

  enfilade_loader_show_message (self->loader, id);
}

/**
 * enfilade_room_view_show_unread:
 * @self: a room view
 *
 * Goes to the first message that is unread; where all was read, to the end, at which the next one will be.
 */
void
enfilade_room_view_show_unread (EnfiladeRoomView *self)
{
  g_return_if_fail (ENFILADE_IS_ROOM_VIEW (self));

  if (self->room != NULL && chat_room_get_unread (self->room) == 0)
    enfilade_timeline_view_scroll_to_newest (self->timeline);
  else
    enfilade_loader_show_unread (self->loader);
}

/**
 * enfilade_room_view_show_date:
 * @self: a room view
 * @date: a time
 *
 * Goes to the first message that was said then or later.
 */
void
enfilade_room_view_show_date (EnfiladeRoomView *self,
                              GDateTime        *date)
{
  g_return_if_fail (ENFILADE_IS_ROOM_VIEW (self));
  g_return_if_fail (date != NULL);

  enfilade_loader_show_date (self->loader, date);
}

/* ---- GObject ---- */

/* Folded, the pane lies over the room, and a click beside it closes it. */
static void
reveal_flap_cb (EnfiladeRoomView *self)
{
  gboolean revealed = adw_flap_get_reveal_flap (self->flap);

  if (!revealed && is_inside (self))
    enfilade_room_view_set_members_shown (self, FALSE);
}

/* On some desktops a window is not active for a moment while it opens or closes a menu: nobody has gone away from it. */
static void
is_active_cb (EnfiladeRoomView *self,
              GParamSpec       *pspec,
              GtkWindow        *window)
{
  gint64 now = g_get_monotonic_time ();

  if (!gtk_window_is_active (window))
    self->left_at = now;
  else if (now - self->left_at >= AWAY_TIME)
    enfilade_reader_resume (self->reader);
  else
    enfilade_reader_look (self->reader);
}

static void
enfilade_room_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (enfilade_room_view_parent_class)->root (widget);

  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                             G_CALLBACK (is_active_cb), widget, G_CONNECT_SWAPPED);
}

static void
enfilade_room_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), is_active_cb, widget);

  GTK_WIDGET_CLASS (enfilade_room_view_parent_class)->unroot (widget);
}

static void
enfilade_room_view_map (GtkWidget *widget)
{
  update_page (ENFILADE_ROOM_VIEW (widget));

  GTK_WIDGET_CLASS (enfilade_room_view_parent_class)->map (widget);
}

/* When it is not shown any more nobody knows where its rows stood. */
static void
enfilade_room_view_unmap (GtkWidget *widget)
{
  enfilade_reader_keep_place (ENFILADE_ROOM_VIEW (widget)->reader);

  GTK_WIDGET_CLASS (enfilade_room_view_parent_class)->unmap (widget);
}

static void
enfilade_room_view_dispose (GObject *object)
{
  EnfiladeRoomView *self = ENFILADE_ROOM_VIEW (object);

  if (self->room_signals != NULL)
    enfilade_room_view_set_room (self, NULL);
  g_clear_object (&self->room_signals);
  g_clear_object (&self->timeline_signals);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->answered_signals);
  g_clear_object (&self->draft);
  g_clear_object (&self->joining);
  g_clear_object (&self->loader);
  g_clear_object (&self->reader);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENFILADE_TYPE_ROOM_VIEW);

  G_OBJECT_CLASS (enfilade_room_view_parent_class)->dispose (object);
}

static void
enfilade_room_view_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EnfiladeRoomView *self = ENFILADE_ROOM_VIEW (object);

  switch (prop_id)
    {
    case PROP_MEMBERS_SHOWN:
      g_value_set_boolean (value, self->members_shown);
      break;

    case PROP_ROOM:
      g_value_set_object (value, self->room);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_room_view_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EnfiladeRoomView *self = ENFILADE_ROOM_VIEW (object);

  switch (prop_id)
    {
    case PROP_MEMBERS_SHOWN:
      enfilade_room_view_set_members_shown (self, g_value_get_boolean (value));
      break;

    case PROP_ROOM:
      enfilade_room_view_set_room (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-room-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomView, flap);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomView, stack);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomView, content);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomView, loading_spinner);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomView, timeline);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomView, typing);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomView, composer);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, reply_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_message_cb);
  gtk_widget_class_bind_template_callback (widget_class, typing_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_reply);
}

static void
enfilade_room_view_class_init (EnfiladeRoomViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = enfilade_room_view_dispose;
  object_class->get_property = enfilade_room_view_get_property;
  object_class->set_property = enfilade_room_view_set_property;

  widget_class->map = enfilade_room_view_map;
  widget_class->root = enfilade_room_view_root;
  widget_class->unmap = enfilade_room_view_unmap;
  widget_class->unroot = enfilade_room_view_unroot;

  properties[PROP_MEMBERS_SHOWN] = g_param_spec_boolean ("members-shown", NULL, NULL, FALSE, flags);
  properties[PROP_ROOM] = g_param_spec_object ("room", NULL, NULL, CHAT_TYPE_ROOM, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ENFILADE_TYPE_COMPOSER);
  g_type_ensure (ENFILADE_TYPE_TIMELINE_VIEW);
  g_type_ensure (ENFILADE_TYPE_TYPING_LINE);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "room-view");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
watch (EnfiladeRoomView *self,
       const char       *signal,
       gpointer          callback)
{
  g_signal_group_connect_swapped (self->room_signals, signal, callback, self);
}

static void
watch_answered (EnfiladeRoomView *self)
{
  static const char * const watched[] = {
    "notify::content", "notify::deleted", "notify::own", "notify::sender-name",
  };

  self->answered_signals = g_signal_group_new (CHAT_TYPE_MESSAGE);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_swapped (self->answered_signals, watched[i], G_CALLBACK (update_reply), self);
}

static void
enfilade_room_view_init (EnfiladeRoomView *self)
{
  watch_answered (self);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->draft = enfilade_draft_new (self->composer);
  g_signal_connect_object (self->draft, "sent", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
  self->loader = enfilade_loader_new (self->timeline);
  g_signal_connect_object (self->loader, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  self->reader = enfilade_reader_new (self->timeline);
  self->room_signals = g_signal_group_new (CHAT_TYPE_ROOM);
  watch (self, "notify::can-send", update_composer);
  watch (self, "notify::cannot-send-reason", update_composer);
  watch (self, "notify::loading-older", update_page);
  watch (self, "notify::membership", update_membership);
  watch (self, "notify::name", update_name);
  watch (self, "notify::typing", update_typing);

  self->timeline_signals = g_signal_group_new (CHAT_TYPE_TIMELINE);
  g_signal_group_connect_swapped (self->timeline_signals, "items-changed", G_CALLBACK (items_changed_cb), self);
  self->session_signals = g_signal_group_new (CHAT_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::features", G_CALLBACK (update_can_reply), self);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_flap_cb), self, G_CONNECT_SWAPPED);
}

/**
 * enfilade_room_view_new:
 *
 * Returns: (transfer floating): a new view
 */
GtkWidget *
enfilade_room_view_new (void)
{
  return g_object_new (ENFILADE_TYPE_ROOM_VIEW, NULL);
}
