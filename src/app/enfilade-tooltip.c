/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tooltip of a widget, told when the pointer rests on it. To tell a widget its tooltip-text beforehand has GTK ask the display
 * where the pointer is, four questions for each widget, and a window that opens waits for each answer. In a template it stands
 * beside the widgets:
 *
 *   <object class="EnfiladeTooltip">
 *     <property name="text" translatable="yes">Members</property>
 *     <property name="widget">members_button</property>
 *   </object>
 *
 * A screen reader has the widget's label. */

#include "config.h"

#include "enfilade-tooltip.h"

struct _EnfiladeTooltip
{
  GObject  parent_instance;

  char    *text;
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_WIDGET,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EnfiladeTooltip, enfilade_tooltip, G_TYPE_OBJECT)

static GQuark
tooltip_quark (void)
{
  return g_quark_from_static_string ("enfilade-tooltip");
}

static gboolean
query_tooltip_cb (GtkWidget       *widget,
                  int              x,
                  int              y,
                  gboolean         keyboard_tooltip,
                  GtkTooltip      *tooltip,
                  EnfiladeTooltip *self)
{
  gtk_tooltip_set_text (tooltip, self->text);

  return self->text != NULL;
}

/* The widget keeps it. */
static void
set_widget (EnfiladeTooltip *self,
            GtkWidget       *widget)
{
  if (widget == NULL)
    return;

  gtk_widget_set_has_tooltip (widget, TRUE);
  g_object_set_qdata_full (G_OBJECT (widget), tooltip_quark (), g_object_ref (self), g_object_unref);
  g_signal_connect_object (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), self, 0);
}

static void
set_text (EnfiladeTooltip *self,
          const char      *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
enfilade_tooltip_finalize (GObject *object)
{
  g_free (ENFILADE_TOOLTIP (object)->text);

  G_OBJECT_CLASS (enfilade_tooltip_parent_class)->finalize (object);
}

static void
enfilade_tooltip_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, ENFILADE_TOOLTIP (object)->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_tooltip_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  EnfiladeTooltip *self = ENFILADE_TOOLTIP (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      set_text (self, g_value_get_string (value));
      break;
    case PROP_WIDGET:
      set_widget (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_tooltip_class_init (EnfiladeTooltipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = enfilade_tooltip_finalize;
  object_class->get_property = enfilade_tooltip_get_property;
  object_class->set_property = enfilade_tooltip_set_property;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WIDGET] =
    g_param_spec_object ("widget", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
enfilade_tooltip_init (EnfiladeTooltip *self)
{
}

/**
 * enfilade_tooltip_get_text:
 * @widget: a widget
 *
 * Returns: (transfer none) (nullable): what its tooltip says
 */
const char *
enfilade_tooltip_get_text (GtkWidget *widget)
{
  EnfiladeTooltip *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  self = g_object_get_qdata (G_OBJECT (widget), tooltip_quark ());

  return self != NULL ? self->text : NULL;
}
