/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A message that was found: where, who and when, its words marked, and a line of what stands before and after it. */

#include "config.h"

#include "enfilade-search-row.h"

#include <glib/gi18n.h>

#include "enfilade-message-text.h"
#include "enfilade-midnight.h"
#include "enfilade-room-text.h"
#include "enfilade-search-text.h"

/* A quarter of the colour, so that the text stays as it is to read. */
#define MARK_ALPHA (G_MAXUINT16 / 4)

struct _EnfiladeSearchRow
{
  GtkWidget       parent_instance;

  GtkWidget      *content;
  GtkInscription *room;
  GtkLabel       *time;
  GtkLabel       *before;
  GtkLabel       *sender;
  GtkLabel       *text;
  GtkLabel       *after;

  ChatSearchHit  *hit;
};

enum
{
  PROP_0,
  PROP_HIT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EnfiladeSearchRow, enfilade_search_row, GTK_TYPE_WIDGET)

static void
insert_attribute (PangoAttrList         *attributes,
                  PangoAttribute        *attribute,
                  const ChatSearchRange *range)
{
  attribute->start_index = (guint) range->start;
  attribute->end_index = (guint) range->end;
  pango_attr_list_insert (attributes, attribute);
}

/* Bold too: a mark must not be of colour alone. */
static PangoAttrList *
mark (EnfiladeSearchRow *self,
      GArray            *ranges)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRGBA color = { 0 };

  /* A word that was found stands there as it was written. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_bg_color", &color))
    gdk_rgba_parse (&color, "#3584e4");

  for (guint i = 0; i < ranges->len; i++)
    {
      const ChatSearchRange *range = &g_array_index (ranges, ChatSearchRange, i);

      insert_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), range);
      insert_attribute (attributes, pango_attr_background_new ((guint16) (color.red * G_MAXUINT16), (guint16) (color.green * G_MAXUINT16),
                                                               (guint16) (color.blue * G_MAXUINT16)), range);
      insert_attribute (attributes, pango_attr_background_alpha_new (MARK_ALPHA), range);
    }

  return attributes;
}

static void
show_context (GtkLabel    *label,
              ChatMessage *message)
{
  g_autofree char *excerpt = NULL;
  g_autofree char *line = NULL;

  gtk_widget_set_visible (GTK_WIDGET (label), message != NULL);
  if (message == NULL)
    return;

  excerpt = enfilade_message_text_dup_excerpt (message);
  /* Translators: a line of a conversation: who wrote, and what */
  line = g_strdup_printf (_("%1$s: %2$s"), enfilade_message_text_get_sender (message), excerpt);
  gtk_label_set_label (label, line);
}

/* GTK 4.8 has no way to name the row of a list itself, and that is what the screen reader lands on. */
static void
speak (EnfiladeSearchRow *self)
{
  GtkWidget *list_row = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *spoken = enfilade_search_text_speak (self->hit);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (list_row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
update (EnfiladeSearchRow *self)
{
  ChatMessage *message = chat_search_hit_get_message (self->hit);
  g_autoptr(GArray) ranges = NULL;
  g_autoptr(PangoAttrList) attributes = NULL;
  g_autofree char *text = enfilade_search_text_cut (self->hit, &ranges);
  g_autofree char *time = enfilade_room_text_time (message);

  attributes = mark (self, ranges);
  gtk_inscription_set_text (self->room, chat_search_hit_get_room_name (self->hit));
  gtk_label_set_label (self->time, time);
  gtk_label_set_label (self->sender, enfilade_message_text_get_sender (message));
  gtk_label_set_label (self->text, text);
  gtk_label_set_attributes (self->text, attributes);
  show_context (self->before, chat_search_hit_get_before (self->hit));
  show_context (self->after, chat_search_hit_get_after (self->hit));
  speak (self);
}

static void
midnight_passed (EnfiladeSearchRow *self)
{
  if (self->hit != NULL)
    update (self);
}

/* GtkInscription sets its text to the left, also where reading begins at the right. */
static void
update_alignment (EnfiladeSearchRow *self)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  gtk_inscription_set_xalign (self->room, is_rtl ? 1 : 0);
}

static void
enfilade_search_row_direction_changed (GtkWidget        *widget,
                                       GtkTextDirection  previous_direction)
{
  update_alignment (ENFILADE_SEARCH_ROW (widget));
  GTK_WIDGET_CLASS (enfilade_search_row_parent_class)->direction_changed (widget, previous_direction);
}

static void
enfilade_search_row_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EnfiladeSearchRow *self = ENFILADE_SEARCH_ROW (object);

  switch (prop_id)
    {
    case PROP_HIT:
      g_value_set_object (value, self->hit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_search_row_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_HIT:
      enfilade_search_row_set_hit (ENFILADE_SEARCH_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_search_row_dispose (GObject *object)
{
  EnfiladeSearchRow *self = ENFILADE_SEARCH_ROW (object);

  g_clear_object (&self->hit);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (enfilade_search_row_parent_class)->dispose (object);
}

static void
enfilade_search_row_class_init (EnfiladeSearchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_search_row_dispose;
  object_class->get_property = enfilade_search_row_get_property;
  object_class->set_property = enfilade_search_row_set_property;
  widget_class->direction_changed = enfilade_search_row_direction_changed;

  properties[PROP_HIT] = g_param_spec_object ("hit", NULL, NULL, CHAT_TYPE_SEARCH_HIT,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "searchrow");
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/search/enfilade-search-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchRow, after);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchRow, before);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchRow, content);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchRow, room);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchRow, sender);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchRow, text);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSearchRow, time);
}

static void
enfilade_search_row_init (EnfiladeSearchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_alignment (self);
  g_signal_connect_object (enfilade_midnight_get_default (), "passed", G_CALLBACK (midnight_passed), self, G_CONNECT_SWAPPED);
}

GtkWidget *
enfilade_search_row_new (void)
{
  return g_object_new (ENFILADE_TYPE_SEARCH_ROW, NULL);
}

ChatSearchHit *
enfilade_search_row_get_hit (EnfiladeSearchRow *self)
{
  g_return_val_if_fail (ENFILADE_IS_SEARCH_ROW (self), NULL);

  return self->hit;
}

void
enfilade_search_row_set_hit (EnfiladeSearchRow *self,
                             ChatSearchHit     *hit)
{
  g_return_if_fail (ENFILADE_IS_SEARCH_ROW (self));
  g_return_if_fail (hit == NULL || CHAT_IS_SEARCH_HIT (hit));

  if (!g_set_object (&self->hit, hit))
    return;

  if (hit != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIT]);
}
