/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text that is written, and what is pressed for it. */

#include "config.h"

#include "enfilade-composer-field.h"

#include "enfilade-settings.h"
#include "enfilade-tooltip.h"

struct _EnfiladeComposerField
{
  GtkWidget      parent_instance;

  GtkTextBuffer *buffer;
  GtkWidget     *frame;
  GtkWidget     *view;
  GtkLabel      *placeholder;
  GtkWidget     *send;
};

G_DEFINE_FINAL_TYPE (EnfiladeComposerField, enfilade_composer_field, GTK_TYPE_WIDGET)

enum
{
  SCROLL,
  SEND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
buffer_changed (EnfiladeComposerField *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), gtk_text_buffer_get_char_count (self->buffer) == 0);
}

static void
send_cb (EnfiladeComposerField *self)
{
  g_signal_emit (self, signals[SEND], 0);
}

static void
emoji_cb (EnfiladeComposerField *self)
{
  gtk_widget_grab_focus (self->view);
  gtk_widget_activate_action (self->view, "misc.insert-emoji", NULL);
}

static gboolean
scroll_timeline (EnfiladeComposerField *self,
                 guint             key,
                 GdkModifierType   modifiers)
{
  gboolean empty = gtk_text_buffer_get_char_count (self->buffer) == 0;
  GtkScrollType scroll = GTK_SCROLL_NONE;

  if (modifiers == 0 && (key == GDK_KEY_Page_Up || key == GDK_KEY_KP_Page_Up))
    scroll = GTK_SCROLL_PAGE_BACKWARD;
  else if (modifiers == 0 && (key == GDK_KEY_Page_Down || key == GDK_KEY_KP_Page_Down))
    scroll = GTK_SCROLL_PAGE_FORWARD;
  else if (modifiers == GDK_CONTROL_MASK && empty && (key == GDK_KEY_Home || key == GDK_KEY_KP_Home))
    scroll = GTK_SCROLL_START;
  else if (modifiers == GDK_CONTROL_MASK && empty && (key == GDK_KEY_End || key == GDK_KEY_KP_End))
    scroll = GTK_SCROLL_END;

  if (scroll == GTK_SCROLL_NONE)
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[SCROLL], 0, scroll);
  return GDK_EVENT_STOP;
}

/* What Enter has to be pressed with to send; with anything else it breaks the line. */
static GdkModifierType
get_send_modifiers (void)
{
  return enfilade_settings_get_boolean ("send-with-enter", TRUE) ? 0 : GDK_CONTROL_MASK;
}

/* An input method may need Return to take what it offers, so it is asked first. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  keycode,
                GdkModifierType        state,
                EnfiladeComposerField      *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter)
    return scroll_timeline (self, key, modifiers);

  if (modifiers != get_send_modifiers ())
    return GDK_EVENT_PROPAGATE;

  if (event != NULL && gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (self->view), event))
    {
      gtk_text_view_reset_im_context (GTK_TEXT_VIEW (self->view));
      return GDK_EVENT_STOP;
    }

  send_cb (self);
  return GDK_EVENT_STOP;
}

/* While it scrolls, a text view that has grown for a new line keeps the height that it had: it would stay scrolled too far. */
static void
scrolled_cb (EnfiladeComposerField *self,
             GtkAdjustment    *adjustment)
{
  if (self->view != NULL && gtk_adjustment_get_page_size (adjustment) != gtk_widget_get_height (self->view))
    gtk_widget_queue_allocate (self->view);
}

/* ---- GObject ---- */

static void
enfilade_composer_field_dispose (GObject *object)
{
  EnfiladeComposerField *self = ENFILADE_COMPOSER_FIELD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ENFILADE_TYPE_COMPOSER_FIELD);
  g_clear_object (&self->buffer);

  G_OBJECT_CLASS (enfilade_composer_field_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ENFILADE_TYPE_TOOLTIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-composer-field.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposerField, frame);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposerField, placeholder);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposerField, send);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposerField, view);
  gtk_widget_class_bind_template_callback (widget_class, emoji_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scrolled_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
}

static void
enfilade_composer_field_class_init (EnfiladeComposerFieldClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = enfilade_composer_field_dispose;

  signals[SCROLL] = g_signal_new ("scroll", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, GTK_TYPE_SCROLL_TYPE);
  signals[SEND] = g_signal_new ("send", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
enfilade_composer_field_init (EnfiladeComposerField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- Public ---- */

/**
 * enfilade_composer_field_new:
 * @buffer: what is written, which its owner has had before, and keeps
 *
 * Returns: (transfer floating): a new field
 */
GtkWidget *
enfilade_composer_field_new (GtkTextBuffer *buffer)
{
  EnfiladeComposerField *self = NULL;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), NULL);

  self = g_object_new (ENFILADE_TYPE_COMPOSER_FIELD, NULL);
  self->buffer = g_object_ref (buffer);
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self->view), buffer);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (buffer_changed), self, G_CONNECT_SWAPPED);
  buffer_changed (self);

  return GTK_WIDGET (self);
}

/**
 * enfilade_composer_field_set_placeholder:
 * @self: a field
 * @placeholder: what is to be written; it is also the name of the text for who cannot see it
 */
void
enfilade_composer_field_set_placeholder (EnfiladeComposerField *self,
                                         const char            *placeholder)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER_FIELD (self));
  g_return_if_fail (placeholder != NULL);

  gtk_label_set_label (self->placeholder, placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, placeholder, -1);
}

void
enfilade_composer_field_set_can_send (EnfiladeComposerField *self,
                                      gboolean               can_send)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER_FIELD (self));

  gtk_widget_set_sensitive (self->send, can_send);
}

void
enfilade_composer_field_focus (EnfiladeComposerField *self)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER_FIELD (self));

  gtk_widget_grab_focus (self->view);
}

void
enfilade_composer_field_scroll_to_cursor (EnfiladeComposerField *self)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER_FIELD (self));

  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (self->buffer));
}
