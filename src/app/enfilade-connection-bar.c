/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A slim bar that says why nothing arrives, and when that may change. It is not there while all is well, nor in the moment that a
 * first connection takes; what is in it is made when there is something to say for the first time. */

#include "config.h"

#include "enfilade-connection-bar.h"

#include "enfilade-connection-text.h"
#include "enfilade-focus.h"
#include "enfilade-text-layout.h"

/* In milliseconds. */
#define PATIENCE 1000

struct _EnfiladeConnectionBar
{
  AdwBin        parent_instance;

  GtkRevealer  *revealer;
  GtkSpinner   *spinner;
  GtkLabel     *label;
  GtkButton    *retry_button;

  ChatSession  *session;
  GSignalGroup *session_signals;
  guint         tick_id;
  guint         patience_id;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

enum
{
  LEAVE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EnfiladeConnectionBar, enfilade_connection_bar, ADW_TYPE_BIN)

static void update (EnfiladeConnectionBar *self);

static void
retry_clicked (EnfiladeConnectionBar *self)
{
  if (self->session != NULL && !gtk_widget_activate_action (GTK_WIDGET (self), "win.retry-connection", NULL))
    chat_session_retry_now (self->session);
}

static void
ensure_content (EnfiladeConnectionBar *self)
{
  g_autoptr(GtkBuilder) builder = NULL;

  if (self->revealer != NULL)
    return;

  builder = gtk_builder_new_from_resource ("/chat/enfilade/Enfilade/enfilade-connection-bar.ui");
  self->revealer = GTK_REVEALER (gtk_builder_get_object (builder, "revealer"));
  self->spinner = GTK_SPINNER (gtk_builder_get_object (builder, "spinner"));
  self->label = GTK_LABEL (gtk_builder_get_object (builder, "label"));
  self->retry_button = GTK_BUTTON (gtk_builder_get_object (builder, "retry_button"));
  g_signal_connect_object (self->retry_button, "clicked", G_CALLBACK (retry_clicked), self, G_CONNECT_SWAPPED);

  /* It is there before it says anything, so that what it says then is a change, which is read out. */
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

/* Before the button goes: the bar does not know where else one would like to be. */
static void
leave (EnfiladeConnectionBar *self)
{
  if (enfilade_focus_is_inside (GTK_WIDGET (self->retry_button)))
    g_signal_emit (self, signals[LEAVE], 0);
}

static void
show (EnfiladeConnectionBar *self,
      const char            *text,
      const char            *problem,
      gboolean               can_retry)
{
  ensure_content (self);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), problem);
  if (!can_retry)
    leave (self);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), !can_retry);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), can_retry);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
hide (EnfiladeConnectionBar *self)
{
  if (self->revealer == NULL)
    return;

  leave (self);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static gboolean
tick (gpointer user_data)
{
  update (user_data);

  return G_SOURCE_CONTINUE;
}

/* Only a countdown needs a clock. */
static void
set_ticking (EnfiladeConnectionBar *self,
             gboolean               ticking)
{
  if (ticking && self->tick_id == 0)
    self->tick_id = g_timeout_add (500, tick, self);
  else if (!ticking)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

/* Nothing went wrong yet. */
static gboolean
is_patient (EnfiladeConnectionBar *self)
{
  ChatConnection connection = chat_session_get_connection (self->session);

  return self->patience_id != 0 && chat_session_get_next_attempt_time (self->session) == 0 &&
         (connection == CHAT_CONNECTION_OFFLINE || connection == CHAT_CONNECTION_CONNECTING);
}

static void
update (EnfiladeConnectionBar *self)
{
  g_autofree char *text = NULL;
  ChatConnection connection;
  gint64 next_attempt_time;
  gboolean can_retry;

  if (self->session == NULL)
    {
      set_ticking (self, FALSE);
      hide (self);
      return;
    }

  connection = chat_session_get_connection (self->session);
  next_attempt_time = chat_session_get_next_attempt_time (self->session);
  can_retry = enfilade_connection_text_can_retry (connection, next_attempt_time);
  if (!is_patient (self))
    text = enfilade_connection_text_describe (connection, next_attempt_time, g_get_monotonic_time (),
                                              chat_session_get_n_waiting (self->session));
  if (text != NULL)
    show (self, text, chat_session_get_problem (self->session), can_retry);
  else
    hide (self);
  set_ticking (self, text != NULL && next_attempt_time != 0);
}

static gboolean
lose_patience (gpointer user_data)
{
  EnfiladeConnectionBar *self = user_data;

  self->patience_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
enfilade_connection_bar_set_session (EnfiladeConnectionBar *self,
                                     ChatSession           *session)
{
  if (!g_set_object (&self->session, session))
    return;

  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (session != NULL)
    self->patience_id = g_timeout_add (PATIENCE, lose_patience, self);
  g_signal_group_set_target (self->session_signals, session);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
enfilade_connection_bar_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  EnfiladeConnectionBar *self = ENFILADE_CONNECTION_BAR (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_connection_bar_set_property (GObject      *object,
                                      guint         prop_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  EnfiladeConnectionBar *self = ENFILADE_CONNECTION_BAR (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      enfilade_connection_bar_set_session (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_connection_bar_dispose (GObject *object)
{
  EnfiladeConnectionBar *self = ENFILADE_CONNECTION_BAR (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (enfilade_connection_bar_parent_class)->dispose (object);
}

static void
enfilade_connection_bar_class_init (EnfiladeConnectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = enfilade_connection_bar_dispose;
  object_class->get_property = enfilade_connection_bar_get_property;
  object_class->set_property = enfilade_connection_bar_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CHAT_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ENFILADE_TYPE_TEXT_LAYOUT);
}

static void
enfilade_connection_bar_init (EnfiladeConnectionBar *self)
{
  const char *watched[] = { "notify::connection", "notify::next-attempt-time", "notify::problem", "notify::n-waiting" };

  self->session_signals = g_signal_group_new (CHAT_TYPE_SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_swapped (self->session_signals, watched[i], G_CALLBACK (update), self);
}

/**
 * enfilade_connection_bar_get_text:
 * @self: the bar
 *
 * Returns: (nullable): what the bar says, or %NULL while it is hidden
 */
const char *
enfilade_connection_bar_get_text (EnfiladeConnectionBar *self)
{
  g_return_val_if_fail (ENFILADE_IS_CONNECTION_BAR (self), NULL);

  return self->revealer != NULL && gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_label (self->label) : NULL;
}
