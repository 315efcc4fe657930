/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "enfilade-member-row.h"

struct _EnfiladeMemberRow
{
  GtkWidget       parent_instance;

  AdwAvatar      *avatar;
  GtkWidget      *lines;
  GtkLabel       *name;
  GtkWidget      *dot;
  GtkLabel       *presence;

  ChatMember     *member;
  GSignalGroup   *signals;
};

G_DEFINE_FINAL_TYPE (EnfiladeMemberRow, enfilade_member_row, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_MEMBER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
update (EnfiladeMemberRow *self)
{
  const char *name = chat_member_get_username (self->member);
  gboolean online = chat_member_get_online (self->member);
  const char *presence = online ? C_("presence", "Online") : C_("presence", "Offline");
  g_autofree char *spoken = NULL;

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->presence, presence);

  if (online)
    gtk_widget_add_css_class (self->dot, "online");
  else
    gtk_widget_remove_css_class (self->dot, "online");

  /* Translators: what a screen reader says of a member: the name, and whether the person is online */
  spoken = g_strdup_printf (_("%1$s, %2$s"), name, presence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

ChatMember *
enfilade_member_row_get_member (EnfiladeMemberRow *self)
{
  g_return_val_if_fail (ENFILADE_IS_MEMBER_ROW (self), NULL);

  return self->member;
}

/**
 * enfilade_member_row_set_member:
 * @self: a row
 * @member: (nullable): the member to show
 */
void
enfilade_member_row_set_member (EnfiladeMemberRow *self,
                                ChatMember        *member)
{
  g_return_if_fail (ENFILADE_IS_MEMBER_ROW (self));
  g_return_if_fail (member == NULL || CHAT_IS_MEMBER (member));

  if (!g_set_object (&self->member, member))
    return;

  g_signal_group_set_target (self->signals, member);
  if (member != NULL)
    update (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEMBER]);
}

static void
enfilade_member_row_dispose (GObject *object)
{
  EnfiladeMemberRow *self = ENFILADE_MEMBER_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->member);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENFILADE_TYPE_MEMBER_ROW);

  G_OBJECT_CLASS (enfilade_member_row_parent_class)->dispose (object);
}

static void
enfilade_member_row_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EnfiladeMemberRow *self = ENFILADE_MEMBER_ROW (object);

  switch (prop_id)
    {
    case PROP_MEMBER:
      g_value_set_object (value, self->member);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_member_row_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  EnfiladeMemberRow *self = ENFILADE_MEMBER_ROW (object);

  switch (prop_id)
    {
    case PROP_MEMBER:
      enfilade_member_row_set_member (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_member_row_class_init (EnfiladeMemberRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_member_row_dispose;
  object_class->get_property = enfilade_member_row_get_property;
  object_class->set_property = enfilade_member_row_set_property;

  properties[PROP_MEMBER] =
    g_param_spec_object ("member", NULL, NULL, CHAT_TYPE_MEMBER,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-member-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMemberRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMemberRow, lines);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMemberRow, name);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMemberRow, dot);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeMemberRow, presence);
  gtk_widget_class_set_css_name (widget_class, "member-row");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
enfilade_member_row_init (EnfiladeMemberRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (CHAT_TYPE_MEMBER);
  g_signal_group_connect_swapped (self->signals, "notify::username", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::online", G_CALLBACK (update), self);
}

/**
 * enfilade_member_row_new:
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
enfilade_member_row_new (void)
{
  return g_object_new (ENFILADE_TYPE_MEMBER_ROW, NULL);
}
