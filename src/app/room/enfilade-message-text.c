/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A label that lays out a megabyte stands still for seconds, so a long text is shown in steps. What was worked out is kept with
 * the message: a row that scrolls in must cost nothing. */

#include "config.h"

#include <glib/gi18n.h>

#include "chat-markup.h"
#include "enfilade-message-text.h"
#include "enfilade-text.h"

/* In characters. */
#define STEP 4000
#define SPOKEN 1000
#define EXCERPT 120

typedef struct
{
  guint       shown;
  /* What the markup was made of: to compare with, not to read. */
  const char *source;
  char       *markup;
  gsize       cut_at;
} MessageText;

static GQuark
message_text_quark (void)
{
  return g_quark_from_static_string ("enfilade-message-text");
}

static void
message_text_free (gpointer data)
{
  MessageText *text = data;

  g_free (text->markup);
  g_free (text);
}

static void
content_changed_cb (ChatMessage *message)
{
  MessageText *text = g_object_get_qdata (G_OBJECT (message), message_text_quark ());

  g_clear_pointer (&text->markup, g_free);
}

/* The bytes of the first @characters of @content; less when a word ends shortly before. */
static gsize
find_cut (const char *content,
          guint       characters)
{
  const char *end = content;
  const char *space = NULL;

  for (guint i = 0; i < characters && *end != '\0'; i++)
    {
      if (i > characters - characters / 10 && g_unichar_isspace (g_utf8_get_char (end)))
        space = end;
      end = g_utf8_next_char (end);
    }

  if (*end == '\0')
    return 0;

  /* A mark belongs to the letter before it. */
  while (space == NULL && g_unichar_ismark (g_utf8_get_char (end)) && end > content)
    end = g_utf8_prev_char (end);

  return (space != NULL ? space : end) - content;
}

static MessageText *
get_text (ChatMessage *message)
{
  MessageText *text = g_object_get_qdata (G_OBJECT (message), message_text_quark ());
  const char *content = chat_message_get_deleted (message) ? enfilade_message_text_get_deleted ()
                                                           : chat_message_get_content (message);

  if (text == NULL)
    {
      text = g_new0 (MessageText, 1);
      text->shown = STEP;
      g_signal_connect (message, "notify::content", G_CALLBACK (content_changed_cb), NULL);
      g_signal_connect (message, "notify::deleted", G_CALLBACK (content_changed_cb), NULL);
      g_object_set_qdata_full (G_OBJECT (message), message_text_quark (), text, message_text_free);
    }

  /* Who asks may be told of a change before we are. */
  if (text->markup == NULL || text->source != content)
    {
      g_autofree char *part = NULL;

      g_free (text->markup);
      text->source = content;
      text->cut_at = find_cut (content, text->shown);
      if (text->cut_at != 0)
        part = g_strndup (content, text->cut_at);
      text->markup = chat_markup_from_text (part != NULL ? part : content);
    }

  return text;
}

/**
 * enfilade_message_text_get_deleted:
 *
 * Returns: (transfer none): what stands in the place of a message that was deleted
 */
const char *
enfilade_message_text_get_deleted (void)
{
  return _("This message was deleted");
}

/**
 * enfilade_message_text_get_sender:
 * @message: a message
 *
 * Returns: (transfer none): who wrote it, for a place where names stand
 */
const char *
enfilade_message_text_get_sender (ChatMessage *message)
{
  const char *name;

  g_return_val_if_fail (CHAT_IS_MESSAGE (message), NULL);

  if (chat_message_get_own (message))
    /* Translators: stands in the place of the sender's name over one's own messages */
    return C_("sender", "You");

  name = chat_message_get_sender_name (message);
  return name != NULL && *name != '\0' ? name : _("Unknown");
}

/**
 * enfilade_message_text_dup_excerpt:
 * @message: a message
 *
 * Returns: (transfer full): how the text begins, on one line
 */
char *
enfilade_message_text_dup_excerpt (ChatMessage *message)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (message), NULL);

  if (chat_message_get_deleted (message))
    return g_strdup (enfilade_message_text_get_deleted ());

  return enfilade_text_preview (chat_message_get_content (message), EXCERPT);
}

/**
 * enfilade_message_text_get_markup:
 * @message: a message
 *
 * Returns: (transfer none): what is to be shown of the text, as Pango markup
 */
const char *
enfilade_message_text_get_markup (ChatMessage *message)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (message), NULL);

  return get_text (message)->markup;
}

/**
 * enfilade_message_text_is_cut:
 * @message: a message
 *
 * Returns: whether the text goes on after what is shown
 */
gboolean
enfilade_message_text_is_cut (ChatMessage *message)
{
  g_return_val_if_fail (CHAT_IS_MESSAGE (message), FALSE);

  return get_text (message)->cut_at != 0;
}

/**
 * enfilade_message_text_show_more:
 * @message: a message
 *
 * Shows one more step of the text from now on.
 */
void
enfilade_message_text_show_more (ChatMessage *message)
{
  MessageText *text;

  g_return_if_fail (CHAT_IS_MESSAGE (message));

  text = get_text (message);
  if (text->cut_at == 0)
    return;

  text->shown += STEP;
  g_clear_pointer (&text->markup, g_free);
}

/**
 * enfilade_message_text_dup_spoken:
 * @message: a message
 *
 * Returns: (transfer full): the text as a screen reader says it: plain, and not without end
 */
char *
enfilade_message_text_dup_spoken (ChatMessage *message)
{
  const char *content;
  g_autofree char *part = NULL;
  gsize cut;

  g_return_val_if_fail (CHAT_IS_MESSAGE (message), NULL);

  if (chat_message_get_deleted (message))
    return g_strdup (enfilade_message_text_get_deleted ());

  content = chat_message_get_content (message);
  cut = find_cut (content, SPOKEN);
  if (cut == 0)
    return g_strdup (content);

  part = g_strndup (content, cut);
  return g_strconcat (part, "…", NULL);
}
