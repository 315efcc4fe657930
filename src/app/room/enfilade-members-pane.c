/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-member-row.h"
#include "enfilade-members-pane.h"
#include "enfilade-text.h"

/* Fewer are found by the eye. */
#define SEARCH_FROM 20

struct _EnfiladeMembersPane
{
  GtkWidget           parent_instance;

  GtkWidget          *content;
  GtkLabel           *title;
  GtkWidget          *search;
  GtkStack           *stack;
  GtkListView        *list;

  ChatMemberList     *members;
  GtkFilterListModel *found;
  char               *needle;
};

G_DEFINE_FINAL_TYPE (EnfiladeMembersPane, enfilade_members_pane, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_MEMBERS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
setup_cb (EnfiladeMembersPane *self,
          GtkListItem         *list_item)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_selectable (list_item, FALSE);
  gtk_list_item_set_child (list_item, enfilade_member_row_new ());
}

static void
bind_cb (EnfiladeMembersPane *self,
         GtkListItem         *list_item)
{
  enfilade_member_row_set_member (ENFILADE_MEMBER_ROW (gtk_list_item_get_child (list_item)),
                                  gtk_list_item_get_item (list_item));
}

static void
unbind_cb (EnfiladeMembersPane *self,
           GtkListItem         *list_item)
{
  enfilade_member_row_set_member (ENFILADE_MEMBER_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static gboolean
match_cb (gpointer item,
          gpointer user_data)
{
  EnfiladeMembersPane *self = user_data;
  g_autofree char *name = NULL;

  if (self->needle == NULL || *self->needle == '\0')
    return TRUE;

  /* Case and marks do not matter: "bjorn" finds Björn. */
  name = enfilade_text_normalize (chat_member_get_username (item));
  return strstr (name, self->needle) != NULL;
}

static void
update_found (EnfiladeMembersPane *self)
{
  gboolean nobody = g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0 &&
                    self->needle != NULL && *self->needle != '\0';

  gtk_stack_set_visible_child_name (self->stack, nobody ? "nobody" : "members");
}

static void
search_changed_cb (EnfiladeMembersPane *self)
{
  g_free (self->needle);
  self->needle = enfilade_text_normalize (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  gtk_filter_changed (gtk_filter_list_model_get_filter (self->found), GTK_FILTER_CHANGE_DIFFERENT);
  update_found (self);
}

static void
stop_search_cb (EnfiladeMembersPane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
update_count (EnfiladeMembersPane *self)
{
  guint n = self->members != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->members)) : 0;
  g_autofree char *title = g_strdup_printf (ngettext ("%u Member", "%u Members", n), n);

  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (self->search, n > SEARCH_FROM);
  if (n <= SEARCH_FROM)
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");

  update_found (self);
}

ChatMemberList *
enfilade_members_pane_get_members (EnfiladeMembersPane *self)
{
  g_return_val_if_fail (ENFILADE_IS_MEMBERS_PANE (self), NULL);

  return self->members;
}

/**
 * enfilade_members_pane_set_members:
 * @self: a pane
 * @members: (nullable): whom to show
 */
void
enfilade_members_pane_set_members (EnfiladeMembersPane *self,
                                   ChatMemberList      *members)
{
  g_return_if_fail (ENFILADE_IS_MEMBERS_PANE (self));
  g_return_if_fail (members == NULL || CHAT_IS_MEMBER_LIST (members));

  if (self->members == members)
    return;

  if (self->members != NULL)
    g_signal_handlers_disconnect_by_func (self->members, update_count, self);

  g_set_object (&self->members, members);
  if (members != NULL)
    g_signal_connect_object (members, "items-changed", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_filter_list_model_set_model (self->found, G_LIST_MODEL (members));
  update_count (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEMBERS]);
}

static void
enfilade_members_pane_dispose (GObject *object)
{
  EnfiladeMembersPane *self = ENFILADE_MEMBERS_PANE (object);

  if (self->found != NULL)
    {
      enfilade_members_pane_set_members (self, NULL);
      gtk_list_view_set_model (self->list, NULL);
      gtk_filter_list_model_set_filter (self->found, NULL);
    }
  g_clear_object (&self->found);
  g_clear_pointer (&self->needle, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENFILADE_TYPE_MEMBERS_PANE);

  G_OBJECT_CLASS (enfilade_members_pane_parent_class)->dispose (object);
}

static void
enfilade_members_pane_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  EnfiladeMembersPane *self = ENFILADE_MEMBERS_PANE (object);

  switch (prop_id)
    {
    case PROP_MEMBERS:
      g_value_set_object (value, self->members);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_members_pane_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  EnfiladeMembersPane *self = ENFILADE_MEMBERS_PANE (object);

  switch (prop_id)
    {
    case PROP_MEMBERS:
      enfilade_members_pane_set_members (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_members_pane_class_init (EnfiladeMembersPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_members_pane_dispose;
  object_class->get_property = enfilade_members_pane_get_property;
  object_class->set_property = enfilade_members_pane_set_property;

  properties[PROP_MEMBERS] =
    g_param_spec_object ("members", NULL, NULL, CHAT_TYPE_MEMBER_LIST,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-members-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMembersPane, content);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMembersPane, title);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMembersPane, search);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMembersPane, stack);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMembersPane, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_set_css_name (widget_class, "members-pane");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
enfilade_members_pane_init (EnfiladeMembersPane *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->found = gtk_filter_list_model_new (NULL, GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL)));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->found)));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));

  update_count (self);
}

/**
 * enfilade_members_pane_new:
 *
 * Returns: (transfer floating): a new pane
 */
GtkWidget *
enfilade_members_pane_new (void)
{
  return g_object_new (ENFILADE_TYPE_MEMBERS_PANE, NULL);
}
