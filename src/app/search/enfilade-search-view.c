/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds what was said, in one room or in all of them, as one types. */

#include "config.h"

#include "enfilade-search-view.h"

#include <glib/gi18n.h>

#include "enfilade-search-row.h"
#include "enfilade-search-text.h"

#define SCOPE_ALL 0
#define SCOPE_ROOM 1

struct _EnfiladeSearchView
{
  AdwBin              parent_instance;

  GtkSearchEntry     *entry;
  GtkDropDown        *scope;
  GtkStringList      *scopes;
  GtkDropDown        *order;
  GtkLabel           *count;
  GtkSpinner         *spinner;
  GtkStack           *states;
  GtkLabel           *hints;
  GtkScrolledWindow  *scroller;
  GtkListView        *list;
  AdwStatusPage      *failed_page;

  ChatSession        *session;
  ChatSearch         *search;
  ChatRoom           *room;
  GtkSingleSelection *selection;
  gboolean            folded;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  PROP_SESSION,
  N_PROPS,
};

enum
{
  CLOSED,
  OPEN_MESSAGE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EnfiladeSearchView, enfilade_search_view, ADW_TYPE_BIN)

/* ── What is found ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *
choose_state (EnfiladeSearchView *self)
{
  if (!chat_search_get_asks (self->search))
    return "hints";
  if (chat_search_get_n_hits (self->search) > 0)
    return "list";
  if (chat_search_get_searching (self->search))
    return "searching";

  return chat_search_get_error (self->search) != NULL ? "failed" : "none";
}

static void
update (EnfiladeSearchView *self)
{
  const char *state = NULL;
  const char *error = NULL;
  g_autofree char *count = NULL;
  g_autofree char *escaped = NULL;

  if (self->search == NULL)
    return;

  state = choose_state (self);
  error = chat_search_get_error (self->search);
  if (g_str_equal (state, "list"))
    count = enfilade_search_text_count (chat_search_get_n_hits (self->search), chat_search_get_has_more (self->search));
  escaped = g_markup_escape_text (error != NULL ? error : "", -1);

  adw_status_page_set_description (self->failed_page, escaped);
  gtk_label_set_label (self->count, count != NULL ? count : "");
  gtk_spinner_set_spinning (self->spinner, chat_search_get_searching (self->search));
  gtk_stack_set_visible_child_name (self->states, state);
}

/* A page before it is needed. */
static void
load_near_end (EnfiladeSearchView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);

  if (self->search != NULL && page > 0 &&
      gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) < 2 * page)
    chat_search_load_more (self->search);
}

static void
open (EnfiladeSearchView *self,
      guint               position)
{
  g_autoptr(ChatSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  ChatMessage *message = NULL;

  if (hit == NULL)
    return;

  message = chat_search_hit_get_message (hit);
  g_signal_emit (self, signals[OPEN_MESSAGE], 0, chat_message_get_room_id (message), chat_message_get_id (message));
}

static void
row_setup (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  gtk_list_item_set_child (item, enfilade_search_row_new ());
}

static void
row_bind (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  enfilade_search_row_set_hit (ENFILADE_SEARCH_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
row_unbind (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            gpointer                  user_data)
{
  enfilade_search_row_set_hit (ENFILADE_SEARCH_ROW (gtk_list_item_get_child (item)), NULL);
}

/* ── What is asked ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
text_changed (EnfiladeSearchView *self)
{
  if (self->search != NULL)
    chat_search_set_text (self->search, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
entry_activated (EnfiladeSearchView *self)
{
  open (self, gtk_single_selection_get_selected (self->selection));
}

static void
scope_changed (EnfiladeSearchView *self)
{
  gboolean in_room = self->room != NULL && gtk_drop_down_get_selected (self->scope) == SCOPE_ROOM;

  if (self->search != NULL)
    chat_search_set_room (self->search, in_room ? self->room : NULL);
}

static void
order_changed (EnfiladeSearchView *self)
{
  if (self->search != NULL)
    chat_search_set_order (self->search, gtk_drop_down_get_selected (self->order) == 1 ? CHAT_SEARCH_BEST : CHAT_SEARCH_NEWEST);
}

static void
finish (EnfiladeSearchView *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
close_activated (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  finish (ENFILADE_SEARCH_VIEW (widget));
}

/* Up and Down move through what was found while the letters go on into the entry. */
static gboolean
key_pressed (EnfiladeSearchView *self,
             guint               keyval,
             guint               keycode,
             GdkModifierType     modifiers)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint selected = gtk_single_selection_get_selected (self->selection);

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0 || n_items == 0)
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    selected = MIN (selected + 1, n_items - 1);
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    selected = selected > 0 ? selected - 1 : 0;
  else
    return GDK_EVENT_PROPAGATE;

  gtk_single_selection_set_selected (self->selection, selected);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", selected);

  return GDK_EVENT_STOP;
}

/* The focus goes to the button in a drop-down, which GTK gives no name. */
static void
name_button (GtkDropDown *drop_down,
             const char  *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static const char *
get_selected (GtkDropDown *drop_down)
{
  GtkStringObject *selected = gtk_drop_down_get_selected_item (drop_down);

  return selected != NULL ? gtk_string_object_get_string (selected) : "";
}

static void
name_buttons (EnfiladeSearchView *self)
{
  /* Translators: what a screen reader says of a button: %s is “All Rooms” or the name of a room */
  g_autofree char *scope = g_strdup_printf (_("Where to search: %s"), get_selected (self->scope));
  /* Translators: what a screen reader says of a button: %s is “Newest” or “Best” */
  g_autofree char *order = g_strdup_printf (_("What comes first: %s"), get_selected (self->order));

  name_button (self->scope, scope);
  name_button (self->order, order);
}

/* ── The object ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
show_hints (EnfiladeSearchView *self)
{
  /* Translators: the words before the colons are translated in the same way where they are said to be search operators */
  gtk_label_set_markup (self->hints, _("Type words, or <b>“words in a row”</b>.\n\n"
                                       "<b>from:</b>name – of one person\n"
                                       "<b>in:</b>room – in one room\n"
                                       "<b>before:</b>2026-01-31 – earlier than that day\n"
                                       "<b>after:</b>2026-01 – later than that month\n"
                                       "<b>has:link</b> – with a link"));
}

static void
set_folded (EnfiladeSearchView *self,
            gboolean            folded)
{
  if (self->folded == folded)
    return;

  self->folded = folded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
enfilade_search_view_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  EnfiladeSearchView *self = ENFILADE_SEARCH_VIEW (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_search_view_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  EnfiladeSearchView *self = ENFILADE_SEARCH_VIEW (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      set_folded (self, g_value_get_boolean (value));
      break;
    case PROP_SESSION:
      enfilade_search_view_set_session (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forget_search (EnfiladeSearchView *self)
{
  if (self->search != NULL)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  g_clear_object (&self->room);
}

static void
enfilade_search_view_dispose (GObject *object)
{
  EnfiladeSearchView *self = ENFILADE_SEARCH_VIEW (object);

  forget_search (self);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (enfilade_search_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/search/enfilade-search-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, count);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, entry);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, failed_page);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, hints);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, list);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, order);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, scope);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, scopes);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, scroller);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, spinner);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchView, states);
  gtk_widget_class_bind_template_callback (widget_class, finish);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, open);
  gtk_widget_class_bind_template_callback (widget_class, order_changed);
  gtk_widget_class_bind_template_callback (widget_class, row_bind);
  gtk_widget_class_bind_template_callback (widget_class, row_setup);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind);
  gtk_widget_class_bind_template_callback (widget_class, scope_changed);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
}

static void
enfilade_search_view_class_init (EnfiladeSearchViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = enfilade_search_view_dispose;
  object_class->get_property = enfilade_search_view_get_property;
  object_class->set_property = enfilade_search_view_set_property;

  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CHAT_TYPE_SESSION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN_MESSAGE] = g_signal_new ("open-message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "search.close", NULL, close_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "search.close", NULL);
  bind_template (widget_class);
}

static void
enfilade_search_view_init (EnfiladeSearchView *self)
{
  GtkAdjustment *adjustment = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  show_hints (self);
  g_signal_connect_object (self->scope, "notify::selected-item", G_CALLBACK (name_buttons), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::selected-item", G_CALLBACK (name_buttons), self, G_CONNECT_SWAPPED);
  name_buttons (self);
  gtk_search_entry_set_key_capture_widget (self->entry, GTK_WIDGET (self->list));
  self->selection = gtk_single_selection_new (NULL);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (load_near_end), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (load_near_end), self, G_CONNECT_SWAPPED);
}

/**
 * enfilade_search_view_set_session:
 * @self: the view
 * @session: (nullable): whose messages are looked for
 */
void
enfilade_search_view_set_session (EnfiladeSearchView *self,
                                  ChatSession        *session)
{
  g_return_if_fail (ENFILADE_IS_SEARCH_VIEW (self));
  g_return_if_fail (session == NULL || CHAT_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  forget_search (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (session != NULL)
    {
      self->search = chat_search_new (session);
      g_signal_connect_swapped (self->search, "notify", G_CALLBACK (update), self);
      order_changed (self);
    }
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->search));
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/**
 * enfilade_search_view_get_search:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): the search that it shows
 */
ChatSearch *
enfilade_search_view_get_search (EnfiladeSearchView *self)
{
  g_return_val_if_fail (ENFILADE_IS_SEARCH_VIEW (self), NULL);

  return self->search;
}

/**
 * enfilade_search_view_begin:
 * @self: the view
 * @room: (nullable): the room to look in, or %NULL for all
 *
 * Lets a person type. What was looked for before is still there, to be typed over.
 */
void
enfilade_search_view_begin (EnfiladeSearchView *self,
                            ChatRoom           *room)
{
  const char *names[] = { NULL, NULL };

  g_return_if_fail (ENFILADE_IS_SEARCH_VIEW (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  if (room != NULL)
    {
      g_set_object (&self->room, room);
      names[0] = chat_room_get_name (room);
      gtk_string_list_splice (self->scopes, SCOPE_ROOM, g_list_model_get_n_items (G_LIST_MODEL (self->scopes)) - SCOPE_ROOM, names);
    }

  gtk_drop_down_set_selected (self->scope, room != NULL ? SCOPE_ROOM : SCOPE_ALL);
  scope_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
