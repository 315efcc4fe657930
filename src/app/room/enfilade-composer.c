/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a message is written. What is written stays until it was taken: nothing that goes wrong empties the field. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "enfilade-composer-field.h"
#include "enfilade-composer.h"

/* More than this GtkTextView lays out with delay, and no server takes as a message. In characters. */
#define LARGEST_TEXT 100000

/* The count appears when so much of the limit is used. */
#define COUNT_FROM 0.9

struct _EnfiladeComposer
{
  GtkWidget              parent_instance;

  GtkWidget             *clamp;
  GtkStack              *stack;
  AdwBin                *writing;
  GtkTextBuffer         *buffer;

  /* Made after the first frame: who opens a window reads before they write. */
  EnfiladeComposerField *field;
  guint                  tick_id;
  gboolean               seen;

  /* Most of the time there is nothing to say in these, so they are made when there is. */
  GtkLabel              *problem;
  GtkWidget             *reply_bar;
  GtkLabel              *reply_label;
  GtkWidget             *blocked;

  char                  *text;
  char                  *room_name;
  char                  *error;
  char                  *reply_to;
  char                  *reply_text;
  int                    cursor;
  guint                  max_length;
  gboolean               is_blocked;
  gboolean               setting_text;

  /* Around what is being sent; NULL while nothing is. */
  GtkTextMark           *sent_start;
  GtkTextMark           *sent_end;
  gboolean               send_again;
};

G_DEFINE_FINAL_TYPE (EnfiladeComposer, enfilade_composer, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CURSOR,
  PROP_ERROR,
  PROP_MAX_LENGTH,
  PROP_REPLY_TEXT,
  PROP_REPLY_TO,
  PROP_ROOM_NAME,
  PROP_TEXT,
  N_PROPS
};

enum
{
  JOIN,
  SCROLL,
  SEND,
  TYPING,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_too_long (EnfiladeComposer *self)
{
  guint length = gtk_text_buffer_get_char_count (self->buffer);

  return self->max_length > 0 && length > self->max_length;
}

static gboolean
is_blank (EnfiladeComposer *self)
{
  const char *text = enfilade_composer_get_text (self);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  return *text == '\0';
}

/* ---- What is shown ---- */

static void
cancel_reply_cb (EnfiladeComposer *self)
{
  enfilade_composer_set_reply_to (self, NULL);
  enfilade_composer_focus (self);
}

static void
join_cb (EnfiladeComposer *self)
{
  g_signal_emit (self, signals[JOIN], 0);
}

static char *
dup_count (EnfiladeComposer *self)
{
  guint length = gtk_text_buffer_get_char_count (self->buffer);

  if (self->max_length == 0 || length < self->max_length * COUNT_FROM)
    return NULL;

  if (is_too_long (self))
    return g_strdup_printf (ngettext ("The message is %u character too long.",
                                      "The message is %u characters too long.",
                                      length - self->max_length), length - self->max_length);

  return g_strdup_printf (ngettext ("%u character left", "%u characters left", self->max_length - length),
                          self->max_length - length);
}

static void
ensure_problem (EnfiladeComposer *self)
{
  if (self->problem != NULL)
    return;

  self->problem = g_object_new (GTK_TYPE_LABEL,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                "wrap", TRUE,
                                "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                "xalign", 0.0,
                                NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "problem");
  gtk_widget_insert_after (GTK_WIDGET (self->problem), gtk_widget_get_parent (GTK_WIDGET (self->stack)), NULL);
}

static void
update_problem (EnfiladeComposer *self)
{
  g_autofree char *count = dup_count (self);
  const char *problem = self->error != NULL ? self->error : count;

  if (problem != NULL)
    ensure_problem (self);
  if (self->problem == NULL)
    return;

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);

  if (self->error != NULL || is_too_long (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->problem), "error");
}

static void
update_send (EnfiladeComposer *self)
{
  if (self->field != NULL)
    enfilade_composer_field_set_can_send (self->field, !is_blank (self) && !is_too_long (self));
}

static void
ensure_blocked (EnfiladeComposer *self)
{
  if (self->blocked != NULL)
    return;

  self->blocked = enfilade_composer_blocked_new ();
  g_signal_connect_object (self->blocked, "join", G_CALLBACK (join_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, self->blocked, "blocked");
}

static void
update_placeholder (EnfiladeComposer *self)
{
  g_autofree char *placeholder = NULL;

  if (self->field == NULL)
    return;

  if (self->room_name != NULL)
    /* Translators: %s is the name of a room */
    placeholder = g_strdup_printf (_("Message #%s"), self->room_name);

  enfilade_composer_field_set_placeholder (self->field, placeholder != NULL ? placeholder : _("Message"));
}

static void
ensure_reply_bar (EnfiladeComposer *self)
{
  g_autoptr(GtkBuilder) builder = NULL;

  if (self->reply_bar != NULL)
    return;

  builder = gtk_builder_new_from_resource ("/chat/enfilade/Enfilade/room/enfilade-composer-reply.ui");
  self->reply_bar = GTK_WIDGET (gtk_builder_get_object (builder, "reply_bar"));
  self->reply_label = GTK_LABEL (gtk_builder_get_object (builder, "reply_label"));
  g_signal_connect_object (gtk_builder_get_object (builder, "cancel_reply"), "clicked",
                           G_CALLBACK (cancel_reply_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (self->reply_bar, gtk_widget_get_parent (GTK_WIDGET (self->stack)), GTK_WIDGET (self->stack));
}

static void
update_reply (EnfiladeComposer *self)
{
  if (self->reply_to != NULL)
    ensure_reply_bar (self);
  if (self->reply_bar == NULL)
    return;

  gtk_label_set_label (self->reply_label, self->reply_text != NULL ? self->reply_text : "");
  gtk_widget_set_visible (self->reply_bar, self->reply_to != NULL);
}

/* ---- Writing ---- */

static void
cursor_cb (EnfiladeComposer *self)
{
  int cursor = 0;

  g_object_get (self->buffer, "cursor-position", &cursor, NULL);
  if (self->cursor == cursor)
    return;

  self->cursor = cursor;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURSOR]);
}

static void
buffer_changed_cb (EnfiladeComposer *self)
{
  g_clear_pointer (&self->text, g_free);
  enfilade_composer_set_error (self, NULL);

  update_problem (self);
  update_send (self);
  if (!self->setting_text && !is_blank (self))
    g_signal_emit (self, signals[TYPING], 0);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/* FALSE, and said so, when so many characters more are too many. */
static gboolean
check_room_for (EnfiladeComposer *self,
                glong             n_inserted)
{
  g_autofree char *error = NULL;

  if (gtk_text_buffer_get_char_count (self->buffer) + n_inserted <= LARGEST_TEXT)
    return TRUE;

  error = g_strdup_printf (ngettext ("The text was not put in: with %'ld character it is too long for a message.",
                                     "The text was not put in: with %'ld characters it is too long for a message.",
                                     n_inserted), n_inserted);
  enfilade_composer_set_error (self, error);

  return FALSE;
}

/* Refused as a whole: what is on the clipboard is still there, and what was written too. */
static void
insert_text_cb (GtkTextBuffer    *buffer,
                GtkTextIter      *location,
                const char       *text,
                int               length,
                EnfiladeComposer *self)
{
  if (!check_room_for (self, g_utf8_strlen (text, length)))
    g_signal_stop_emission_by_name (buffer, "insert-text");
}

/* What was written since the message that is being sent. */
static char *
dup_rest (EnfiladeComposer *self)
{
  GtkTextIter start, sent_start, sent_end, end;
  g_autofree char *before = NULL;
  g_autofree char *behind = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  if (self->sent_end == NULL)
    return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);

  gtk_text_buffer_get_iter_at_mark (self->buffer, &sent_start, self->sent_start);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &sent_end, self->sent_end);
  before = gtk_text_buffer_get_text (self->buffer, &start, &sent_start, FALSE);
  behind = gtk_text_buffer_get_text (self->buffer, &sent_end, &end, FALSE);

  return g_strconcat (before, behind, NULL);
}

/* It stays in the field until it was taken; what is written meanwhile comes behind it, what is put back before it. */
static void
begin_sending (EnfiladeComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_place_cursor (self->buffer, &end);
  self->sent_start = gtk_text_buffer_create_mark (self->buffer, NULL, &start, FALSE);
  self->sent_end = gtk_text_buffer_create_mark (self->buffer, NULL, &end, TRUE);
  self->send_again = FALSE;
}

static void
end_sending (EnfiladeComposer *self)
{
  if (self->sent_end != NULL)
    {
      gtk_text_buffer_delete_mark (self->buffer, self->sent_start);
      gtk_text_buffer_delete_mark (self->buffer, self->sent_end);
    }

  self->sent_start = NULL;
  self->sent_end = NULL;
  self->send_again = FALSE;
}

/* The same text is not sent twice; another one is sent when its turn has come. */
static void
send_later (EnfiladeComposer *self)
{
  g_autofree char *rest = dup_rest (self);

  self->send_again = *g_strstrip (rest) != '\0';
}

static void
send_cb (EnfiladeComposer *self)
{
  g_autofree char *text = g_strdup (enfilade_composer_get_text (self));

  if (self->is_blocked || is_blank (self))
    return;

  if (self->sent_end != NULL)
    send_later (self);
  else if (!is_too_long (self))
    {
      begin_sending (self);
      g_signal_emit (self, signals[SEND], 0, g_strstrip (text));
    }
}

/* After the text and its input method, which may have something of their own to close. */
static gboolean
escape_pressed_cb (GtkEventControllerKey *controller,
                   guint                  key,
                   guint                  keycode,
                   GdkModifierType        state,
                   EnfiladeComposer      *self)
{
  if (key != GDK_KEY_Escape || (state & gtk_accelerator_get_default_mod_mask ()) != 0 || self->reply_to == NULL)
    return GDK_EVENT_PROPAGATE;

  cancel_reply_cb (self);
  return GDK_EVENT_STOP;
}

static void
scroll_cb (EnfiladeComposer *self,
           GtkScrollType     scroll)
{
  g_signal_emit (self, signals[SCROLL], 0, scroll);
}

static void
ensure_field (EnfiladeComposer *self)
{
  gboolean had_focus = gtk_widget_is_focus (GTK_WIDGET (self->writing));

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  if (self->field != NULL)
    return;

  self->field = ENFILADE_COMPOSER_FIELD (enfilade_composer_field_new (self->buffer));
  g_signal_connect_object (self->field, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field, "send", G_CALLBACK (send_cb), self, G_CONNECT_SWAPPED);
  update_placeholder (self);
  update_send (self);

  adw_bin_set_child (self->writing, GTK_WIDGET (self->field));
  gtk_widget_remove_css_class (GTK_WIDGET (self->writing), "entry-frame");
  gtk_widget_remove_css_class (GTK_WIDGET (self->writing), "unbuilt");
  gtk_widget_set_focusable (GTK_WIDGET (self->writing), FALSE);
  if (had_focus)
    enfilade_composer_field_focus (self->field);
}

/* In the second frame. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  EnfiladeComposer *self = ENFILADE_COMPOSER (widget);

  if (!self->seen)
    {
      self->seen = TRUE;
      return G_SOURCE_CONTINUE;
    }

  self->tick_id = 0;
  ensure_field (self);

  return G_SOURCE_REMOVE;
}

/* ---- Public ---- */

/**
 * enfilade_composer_get_text:
 * @self: a composer
 *
 * Returns: (transfer none): what is written
 */
const char *
enfilade_composer_get_text (EnfiladeComposer *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (ENFILADE_IS_COMPOSER (self), NULL);

  if (self->text == NULL)
    {
      gtk_text_buffer_get_bounds (self->buffer, &start, &end);
      self->text = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
    }

  return self->text;
}

/**
 * enfilade_composer_set_text:
 * @self: a composer
 * @text: (nullable): a draft
 *
 * Begins with another text: what came before it is forgotten, also what was just being sent.
 */
void
enfilade_composer_set_text (EnfiladeComposer *self,
                            const char       *text)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER (self));

  if (text == NULL)
    text = "";

  /* What is written already belongs to what one comes back to. */
  if (text[0] != '\0')
    ensure_field (self);

  /* What was written in another room is no step to undo in this one, nothing to wait for, and no reason for a complaint; also
   * where the same is written in both. */
  end_sending (self);
  enfilade_composer_set_error (self, NULL);
  self->setting_text = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  if (!g_str_equal (text, enfilade_composer_get_text (self)))
    gtk_text_buffer_set_text (self->buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->setting_text = FALSE;
}

/**
 * enfilade_composer_put_back:
 * @self: a composer
 * @text: what was written once
 *
 * Puts a text before what is written now, and the cursor behind it.
 *
 * Returns: whether there was room for it; else nothing has changed, and the composer says why
 */
gboolean
enfilade_composer_put_back (EnfiladeComposer *self,
                            const char       *text)
{
  g_autofree char *lines = NULL;
  GtkTextIter start;

  g_return_val_if_fail (ENFILADE_IS_COMPOSER (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  lines = g_strconcat (text, is_blank (self) ? "" : "\n", NULL);
  if (!check_room_for (self, g_utf8_strlen (lines, -1)))
    return FALSE;

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_insert (self->buffer, &start, lines, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  enfilade_composer_set_cursor (self, g_utf8_strlen (text, -1));

  return TRUE;
}

/**
 * enfilade_composer_get_cursor:
 * @self: a composer
 *
 * Returns: where the cursor stands, in characters from the start
 */
int
enfilade_composer_get_cursor (EnfiladeComposer *self)
{
  g_return_val_if_fail (ENFILADE_IS_COMPOSER (self), 0);

  return self->cursor;
}

/**
 * enfilade_composer_set_cursor:
 * @self: a composer
 * @cursor: where the cursor is to stand; behind the end of the text it stands at its end
 */
void
enfilade_composer_set_cursor (EnfiladeComposer *self,
                              int               cursor)
{
  GtkTextIter iter;

  g_return_if_fail (ENFILADE_IS_COMPOSER (self));
  g_return_if_fail (cursor >= 0);

  if (self->cursor == cursor)
    return;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, cursor);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  if (self->field != NULL)
    enfilade_composer_field_scroll_to_cursor (self->field);
}

/**
 * enfilade_composer_get_reply_to:
 * @self: a composer
 *
 * Returns: (transfer none) (nullable): the id of the message that is answered
 */
const char *
enfilade_composer_get_reply_to (EnfiladeComposer *self)
{
  g_return_val_if_fail (ENFILADE_IS_COMPOSER (self), NULL);

  return self->reply_to;
}

/**
 * enfilade_composer_set_reply_to:
 * @self: a composer
 * @reply_to: (nullable): the id of the message that is answered
 *
 * Shows that a message is answered. What it says of that message is the reply text, which its owner sets.
 */
void
enfilade_composer_set_reply_to (EnfiladeComposer *self,
                                const char       *reply_to)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER (self));

  if (g_strcmp0 (self->reply_to, reply_to) == 0)
    return;

  g_free (self->reply_to);
  self->reply_to = g_strdup (reply_to);
  update_reply (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPLY_TO]);
}

void
enfilade_composer_set_reply_text (EnfiladeComposer *self,
                                  const char       *reply_text)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER (self));

  if (g_strcmp0 (self->reply_text, reply_text) == 0)
    return;

  g_free (self->reply_text);
  self->reply_text = g_strdup (reply_text);
  update_reply (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPLY_TEXT]);
}

/**
 * enfilade_composer_dup_unsent:
 * @self: a composer
 *
 * Returns: (transfer full): what is written, without a message that is just being sent
 */
char *
enfilade_composer_dup_unsent (EnfiladeComposer *self)
{
  g_return_val_if_fail (ENFILADE_IS_COMPOSER (self), NULL);

  return dup_rest (self);
}

static void
remove_sent (EnfiladeComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &start, self->sent_start);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &end, self->sent_end);

  /* What was sent does not come back by undoing. */
  self->setting_text = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->setting_text = FALSE;
}

/**
 * enfilade_composer_finish_sending:
 * @self: a composer
 * @error: (nullable): why the message was not taken, in words; %NULL when it was
 *
 * Answers the signal send: a message that was taken leaves the field, one that was not stays.
 */
void
enfilade_composer_finish_sending (EnfiladeComposer *self,
                                  const char       *error)
{
  gboolean send_again;

  g_return_if_fail (ENFILADE_IS_COMPOSER (self));

  if (self->sent_end == NULL)
    return;

  if (error == NULL)
    {
      remove_sent (self);
      enfilade_composer_set_reply_to (self, NULL);
    }
  send_again = self->send_again && error == NULL;
  end_sending (self);

  enfilade_composer_set_error (self, error);
  if (send_again)
    send_cb (self);
}

void
enfilade_composer_set_room_name (EnfiladeComposer *self,
                                 const char       *room_name)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER (self));

  if (g_strcmp0 (self->room_name, room_name) == 0)
    return;

  g_free (self->room_name);
  self->room_name = g_strdup (room_name);
  update_placeholder (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM_NAME]);
}

void
enfilade_composer_set_max_length (EnfiladeComposer *self,
                                  guint             max_length)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER (self));

  if (self->max_length == max_length)
    return;

  self->max_length = max_length;
  update_problem (self);
  update_send (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_LENGTH]);
}

/**
 * enfilade_composer_block:
 * @self: a composer
 * @reason: (nullable): why nothing can be sent, in words; %NULL when something can
 * @offer: what would help
 *
 * Puts a reason in the place of the field. What is written there stays for when one may write again.
 */
void
enfilade_composer_block (EnfiladeComposer  *self,
                         const char        *reason,
                         EnfiladeJoinOffer  offer)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER (self));

  self->is_blocked = reason != NULL;
  if (self->is_blocked)
    ensure_blocked (self);
  if (self->blocked != NULL)
    enfilade_composer_blocked_show (ENFILADE_COMPOSER_BLOCKED (self->blocked), reason != NULL ? reason : "", offer);

  gtk_stack_set_visible_child_name (self->stack, self->is_blocked ? "blocked" : "writing");
}

void
enfilade_composer_set_error (EnfiladeComposer *self,
                             const char       *error)
{
  g_return_if_fail (ENFILADE_IS_COMPOSER (self));

  if (g_strcmp0 (self->error, error) == 0)
    return;

  g_free (self->error);
  self->error = g_strdup (error);
  update_problem (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/**
 * enfilade_composer_focus:
 * @self: a composer
 *
 * Gives the focus to the text, or to what must be pressed before one can write.
 *
 * Returns: whether there is something to give it to
 */
gboolean
enfilade_composer_focus (EnfiladeComposer *self)
{
  GtkRoot *root = NULL;

  g_return_val_if_fail (ENFILADE_IS_COMPOSER (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (self->is_blocked)
    return enfilade_composer_blocked_focus (ENFILADE_COMPOSER_BLOCKED (self->blocked));

  /* Only in a window that is not there yet one has to wait for it. */
  if (root != NULL && gtk_widget_get_mapped (GTK_WIDGET (root)))
    ensure_field (self);
  if (self->field != NULL)
    enfilade_composer_field_focus (self->field);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->writing));

  return TRUE;
}

/* ---- GObject ---- */

static void
enfilade_composer_dispose (GObject *object)
{
  EnfiladeComposer *self = ENFILADE_COMPOSER (object);

  self->field = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), ENFILADE_TYPE_COMPOSER);

  G_OBJECT_CLASS (enfilade_composer_parent_class)->dispose (object);
}

static void
enfilade_composer_finalize (GObject *object)
{
  EnfiladeComposer *self = ENFILADE_COMPOSER (object);

  g_free (self->text);
  g_free (self->room_name);
  g_free (self->error);
  g_free (self->reply_to);
  g_free (self->reply_text);

  G_OBJECT_CLASS (enfilade_composer_parent_class)->finalize (object);
}

static void
enfilade_composer_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EnfiladeComposer *self = ENFILADE_COMPOSER (object);

  switch (prop_id)
    {
    case PROP_CURSOR:
      g_value_set_int (value, self->cursor);
      break;

    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    case PROP_MAX_LENGTH:
      g_value_set_uint (value, self->max_length);
      break;

    case PROP_REPLY_TEXT:
      g_value_set_string (value, self->reply_text);
      break;

    case PROP_REPLY_TO:
      g_value_set_string (value, self->reply_to);
      break;

    case PROP_ROOM_NAME:
      g_value_set_string (value, self->room_name);
      break;

    case PROP_TEXT:
      g_value_set_string (value, enfilade_composer_get_text (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_composer_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EnfiladeComposer *self = ENFILADE_COMPOSER (object);

  switch (prop_id)
    {
    case PROP_CURSOR:
      enfilade_composer_set_cursor (self, g_value_get_int (value));
      break;

    case PROP_ERROR:
      enfilade_composer_set_error (self, g_value_get_string (value));
      break;

    case PROP_MAX_LENGTH:
      enfilade_composer_set_max_length (self, g_value_get_uint (value));
      break;

    case PROP_REPLY_TEXT:
      enfilade_composer_set_reply_text (self, g_value_get_string (value));
      break;

    case PROP_REPLY_TO:
      enfilade_composer_set_reply_to (self, g_value_get_string (value));
      break;

    case PROP_ROOM_NAME:
      enfilade_composer_set_room_name (self, g_value_get_string (value));
      break;

    case PROP_TEXT:
      enfilade_composer_set_text (self, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_CURSOR] = g_param_spec_int ("cursor", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_MAX_LENGTH] = g_param_spec_uint ("max-length", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_REPLY_TEXT] = g_param_spec_string ("reply-text", NULL, NULL, NULL, flags);
  properties[PROP_REPLY_TO] = g_param_spec_string ("reply-to", NULL, NULL, NULL, flags);
  properties[PROP_ROOM_NAME] = g_param_spec_string ("room-name", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
install_signals (GType type)
{
  signals[JOIN] = g_signal_new ("join", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SCROLL] = g_signal_new ("scroll", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, GTK_TYPE_SCROLL_TYPE);
  signals[SEND] = g_signal_new ("send", type, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TYPING] = g_signal_new ("typing", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposer, clamp);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposer, stack);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposer, buffer);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeComposer, writing);
  gtk_widget_class_bind_template_callback (widget_class, buffer_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cursor_cb);
  gtk_widget_class_bind_template_callback (widget_class, escape_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, insert_text_cb);
}

static void
enfilade_composer_class_init (EnfiladeComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_composer_dispose;
  object_class->finalize = enfilade_composer_finalize;
  object_class->get_property = enfilade_composer_get_property;
  object_class->set_property = enfilade_composer_set_property;

  install_properties (object_class);
  install_signals (G_TYPE_FROM_CLASS (klass));
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "composer");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
enfilade_composer_init (EnfiladeComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/**
 * enfilade_composer_new:
 *
 * Returns: (transfer floating): a new composer
 */
GtkWidget *
enfilade_composer_new (void)
{
  return g_object_new (ENFILADE_TYPE_COMPOSER, NULL);
}
