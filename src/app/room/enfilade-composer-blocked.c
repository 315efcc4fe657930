/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In the place of the field: why one cannot write, and what would help. */

#include "config.h"

#include "enfilade-composer-blocked.h"

#include <glib/gi18n.h>

struct _EnfiladeComposerBlocked
{
  AdwBin      parent_instance;

  GtkLabel   *reason;
  GtkSpinner *spinner;
  GtkButton  *join;
};

G_DEFINE_FINAL_TYPE (EnfiladeComposerBlocked, enfilade_composer_blocked, ADW_TYPE_BIN)

enum
{
  JOIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
join_cb (EnfiladeComposerBlocked *self)
{
  g_signal_emit (self, signals[JOIN], 0);
}

static void
enfilade_composer_blocked_class_init (EnfiladeComposerBlockedClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[JOIN] = g_signal_new ("join", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-composer-blocked.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposerBlocked, join);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposerBlocked, reason);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposerBlocked, spinner);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
}

static void
enfilade_composer_blocked_init (EnfiladeComposerBlocked *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
enfilade_composer_blocked_new (void)
{
  return g_object_new (ENFILADE_TYPE_COMPOSER_BLOCKED, NULL);
}

/**
 * enfilade_composer_blocked_show:
 * @self: what stands in the place of the field
 * @reason: why one cannot write, in words
 * @offer: what would help
 */
void
enfilade_composer_blocked_show (EnfiladeComposerBlocked *self,
                                const char              *reason,
                                EnfiladeJoinOffer        offer)
{
  gboolean busy = offer == ENFILADE_JOIN_OFFER_BUSY;

  g_return_if_fail (ENFILADE_IS_COMPOSER_BLOCKED (self));
  g_return_if_fail (reason != NULL);

  gtk_label_set_label (self->reason, reason);
  gtk_button_set_label (self->join, offer == ENFILADE_JOIN_OFFER_AGAIN ? _("Try Again") : _("Join"));
  gtk_widget_set_visible (GTK_WIDGET (self->join), offer != ENFILADE_JOIN_OFFER_NONE && !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

/**
 * enfilade_composer_blocked_focus:
 * @self: what stands in the place of the field
 *
 * Returns: whether there is a button, which then has the focus
 */
gboolean
enfilade_composer_blocked_focus (EnfiladeComposerBlocked *self)
{
  g_return_val_if_fail (ENFILADE_IS_COMPOSER_BLOCKED (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->join)) && gtk_widget_grab_focus (GTK_WIDGET (self->join));
}
