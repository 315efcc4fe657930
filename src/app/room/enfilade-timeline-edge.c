/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies over an end of the timeline while more is loaded there, and when that failed. Until then nothing is in it. */

#include "config.h"

#include "enfilade-focus.h"
#include "enfilade-timeline-edge.h"

struct _EnfiladeTimelineEdge
{
  GtkWidget    parent_instance;

  GtkRevealer *busy;
  GtkSpinner  *spinner;
  GtkRevealer *failure;
  GtkLabel    *failure_label;

  char        *label;
  char        *error;
  gboolean     loading;
};

G_DEFINE_FINAL_TYPE (EnfiladeTimelineEdge, enfilade_timeline_edge, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ERROR,
  PROP_LABEL,
  PROP_LOADING,
  N_PROPS
};

enum
{
  LEAVE,
  RETRY,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
retry_cb (EnfiladeTimelineEdge *self)
{
  enfilade_timeline_edge_set_error (self, NULL);
  g_signal_emit (self, signals[RETRY], 0);
}

static void
update_label (EnfiladeTimelineEdge *self)
{
  if (self->spinner != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, self->label != NULL ? self->label : "",
                                    -1);
}

static void
set_label (EnfiladeTimelineEdge *self,
           const char           *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
  update_label (self);
}

static void
ensure_content (EnfiladeTimelineEdge *self)
{
  g_autoptr(GtkBuilder) builder = NULL;

  if (self->busy != NULL)
    return;

  builder = gtk_builder_new_from_resource ("/chat/enfilade/Enfilade/room/enfilade-timeline-edge.ui");
  self->busy = GTK_REVEALER (gtk_builder_get_object (builder, "busy"));
  self->spinner = GTK_SPINNER (gtk_builder_get_object (builder, "spinner"));
  self->failure = GTK_REVEALER (gtk_builder_get_object (builder, "failure"));
  self->failure_label = GTK_LABEL (gtk_builder_get_object (builder, "failure_label"));
  g_signal_connect_object (gtk_builder_get_object (builder, "retry"), "clicked", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_set_parent (GTK_WIDGET (self->busy), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->failure), GTK_WIDGET (self));
  update_label (self);
}

gboolean
enfilade_timeline_edge_get_loading (EnfiladeTimelineEdge *self)
{
  g_return_val_if_fail (ENFILADE_IS_TIMELINE_EDGE (self), FALSE);

  return self->loading;
}

void
enfilade_timeline_edge_set_loading (EnfiladeTimelineEdge *self,
                                    gboolean              loading)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_EDGE (self));

  loading = !!loading;
  if (self->loading == loading)
    return;

  self->loading = loading;
  ensure_content (self);
  gtk_revealer_set_reveal_child (self->busy, loading);
  gtk_spinner_set_spinning (self->spinner, loading);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

const char *
enfilade_timeline_edge_get_error (EnfiladeTimelineEdge *self)
{
  g_return_val_if_fail (ENFILADE_IS_TIMELINE_EDGE (self), NULL);

  return self->error;
}

/**
 * enfilade_timeline_edge_set_error:
 * @self: an edge
 * @error: (nullable): why more could not be loaded, in words
 */
void
enfilade_timeline_edge_set_error (EnfiladeTimelineEdge *self,
                                  const char           *error)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_EDGE (self));

  if (g_strcmp0 (self->error, error) == 0)
    return;

  g_free (self->error);
  self->error = g_strdup (error);
  ensure_content (self);

  if (error == NULL && enfilade_focus_is_inside (GTK_WIDGET (self)))
    g_signal_emit (self, signals[LEAVE], 0);

  /* The words stay while they fade out. */
  if (error != NULL)
    gtk_label_set_label (self->failure_label, error);
  gtk_revealer_set_reveal_child (self->failure, error != NULL);
  gtk_widget_set_can_target (GTK_WIDGET (self), error != NULL);
  gtk_widget_set_can_focus (GTK_WIDGET (self), error != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
enfilade_timeline_edge_dispose (GObject *object)
{
  EnfiladeTimelineEdge *self = ENFILADE_TIMELINE_EDGE (object);
  GtkWidget *child = NULL;

  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->label, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (enfilade_timeline_edge_parent_class)->dispose (object);
}

static void
enfilade_timeline_edge_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  EnfiladeTimelineEdge *self = ENFILADE_TIMELINE_EDGE (object);

  switch (prop_id)
    {
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_timeline_edge_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  EnfiladeTimelineEdge *self = ENFILADE_TIMELINE_EDGE (object);

  switch (prop_id)
    {
    case PROP_ERROR:
      enfilade_timeline_edge_set_error (self, g_value_get_string (value));
      break;

    case PROP_LABEL:
      set_label (self, g_value_get_string (value));
      break;

    case PROP_LOADING:
      enfilade_timeline_edge_set_loading (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_timeline_edge_class_init (EnfiladeTimelineEdgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = enfilade_timeline_edge_dispose;
  object_class->get_property = enfilade_timeline_edge_get_property;
  object_class->set_property = enfilade_timeline_edge_set_property;

  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "timeline-edge");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
enfilade_timeline_edge_init (EnfiladeTimelineEdge *self)
{
  /* It lies over the messages, also where nothing of it is seen. */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

/**
 * enfilade_timeline_edge_new:
 *
 * Returns: (transfer floating): a new edge, at which nothing is loaded
 */
GtkWidget *
enfilade_timeline_edge_new (void)
{
  return g_object_new (ENFILADE_TYPE_TIMELINE_EDGE, NULL);
}
