/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "enfilade-typing-line.h"

struct _EnfiladeTypingLine
{
  GtkWidget   parent_instance;

  GtkWidget  *label;
  char      **names;
};

G_DEFINE_FINAL_TYPE (EnfiladeTypingLine, enfilade_typing_line, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_NAMES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
format_names (char **names)
{
  switch (names != NULL ? g_strv_length (names) : 0)
    {
    case 0:
      return g_strdup ("");

    case 1:
      return g_strdup_printf (_("%s is typing…"), names[0]);

    case 2:
      return g_strdup_printf (_("%s and %s are typing…"), names[0], names[1]);

    default:
      return g_strdup (_("Several people are typing…"));
    }
}

const char *
enfilade_typing_line_get_label (EnfiladeTypingLine *self)
{
  g_return_val_if_fail (ENFILADE_IS_TYPING_LINE (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->label));
}

/**
 * enfilade_typing_line_set_names:
 * @self: a line
 * @names: (nullable): who is writing
 */
void
enfilade_typing_line_set_names (EnfiladeTypingLine *self,
                                const char * const *names)
{
  g_autofree char *text = NULL;

  g_return_if_fail (ENFILADE_IS_TYPING_LINE (self));

  if (self->names == NULL && names == NULL)
    return;
  if (self->names != NULL && names != NULL && g_strv_equal ((const char * const *) self->names, names))
    return;

  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);

  text = format_names (self->names);
  gtk_label_set_label (GTK_LABEL (self->label), text);

  /* The role is that of a status, which screen readers read out when it changes, and let what they say be said first. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAMES]);
}

static void
enfilade_typing_line_dispose (GObject *object)
{
  EnfiladeTypingLine *self = ENFILADE_TYPING_LINE (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->names, g_strfreev);

  G_OBJECT_CLASS (enfilade_typing_line_parent_class)->dispose (object);
}

static void
enfilade_typing_line_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  EnfiladeTypingLine *self = ENFILADE_TYPING_LINE (object);

  switch (prop_id)
    {
    case PROP_NAMES:
      g_value_set_boxed (value, self->names);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_typing_line_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  EnfiladeTypingLine *self = ENFILADE_TYPING_LINE (object);

  switch (prop_id)
    {
    case PROP_NAMES:
      enfilade_typing_line_set_names (self, g_value_get_boxed (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_typing_line_class_init (EnfiladeTypingLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_typing_line_dispose;
  object_class->get_property = enfilade_typing_line_get_property;
  object_class->set_property = enfilade_typing_line_set_property;

  properties[PROP_NAMES] =
    g_param_spec_boxed ("names", NULL, NULL, G_TYPE_STRV,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "typing-line");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
enfilade_typing_line_init (EnfiladeTypingLine *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL,
                              "ellipsize", PANGO_ELLIPSIZE_END,
                              "xalign", 0.0,
                              NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * enfilade_typing_line_new:
 *
 * Returns: (transfer floating): a new line
 */
GtkWidget *
enfilade_typing_line_new (void)
{
  return g_object_new (ENFILADE_TYPE_TYPING_LINE, NULL);
}
