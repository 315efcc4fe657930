/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is being written in a room. It is kept as it is written, so that neither another room nor the end of the program loses it,
 * and leaves the composer only when the room has taken it. */

#include "config.h"

#include "enfilade-draft.h"

/* So long after the last key what was written is kept. In milliseconds. */
#define KEEP_DELAY 300

typedef struct _Sending Sending;

struct _EnfiladeDraft
{
  GObject           parent_instance;

  EnfiladeComposer *composer;
  ChatRoom         *room;
  Sending          *sending;
  guint             keep_id;
  gboolean          restoring;
};

G_DEFINE_FINAL_TYPE (EnfiladeDraft, enfilade_draft, G_TYPE_OBJECT)

enum
{
  SENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- Keeping ---- */

/**
 * enfilade_draft_keep:
 * @self: a draft
 *
 * Keeps at once what is written, for when there is no later.
 */
void
enfilade_draft_keep (EnfiladeDraft *self)
{
  g_return_if_fail (ENFILADE_IS_DRAFT (self));

  /* What is on its way to the disk is the draft's last word until it is there. */
  if (self->keep_id == 0 || self->sending != NULL)
    return;

  g_clear_handle_id (&self->keep_id, g_source_remove);
  chat_room_keep_draft (self->room, enfilade_composer_get_text (self->composer),
                        enfilade_composer_get_cursor (self->composer), enfilade_composer_get_reply_to (self->composer));
}

static gboolean
keep_cb (gpointer user_data)
{
  EnfiladeDraft *self = user_data;

  if (self->sending != NULL)
    self->keep_id = 0;
  enfilade_draft_keep (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (EnfiladeDraft *self)
{
  if (self->room == NULL || self->restoring)
    return;

  g_clear_handle_id (&self->keep_id, g_source_remove);
  self->keep_id = g_timeout_add (KEEP_DELAY, keep_cb, self);
}

static void
restore (EnfiladeDraft *self)
{
  g_autofree char *text = NULL;
  g_autofree char *reply_to = NULL;
  int cursor = 0;

  self->restoring = TRUE;
  if (self->room != NULL && chat_room_read_draft (self->room, &text, &cursor, &reply_to))
    {
      enfilade_composer_set_text (self->composer, text);
      enfilade_composer_set_cursor (self->composer, cursor);
    }
  else
    enfilade_composer_set_text (self->composer, NULL);
  enfilade_composer_set_reply_to (self->composer, reply_to);
  self->restoring = FALSE;
}

/* ---- Sending ---- */

/* A message on its way to the disk. The room may be left before it is there. */
struct _Sending
{
  EnfiladeDraft *draft;
  char          *left;
  char          *left_reply_to;
  char          *rest;
};

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->draft);
  g_free (sending->left);
  g_free (sending->left_reply_to);
  g_free (sending->rest);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* The room was left with the message still in the composer: of what stood there, what is not sent is its draft. */
static void
put_back (Sending  *sending,
          ChatRoom *room,
          gboolean  is_sent)
{
  EnfiladeDraft *self = sending->draft;
  const char *text = is_sent ? sending->rest : sending->left;
  const char *reply_to = is_sent ? NULL : sending->left_reply_to;
  g_autofree char *whole = NULL;

  if (*text == '\0')
    return;

  if (self->room != room)
    {
      chat_room_keep_draft (room, text, g_utf8_strlen (text, -1), reply_to);
      return;
    }

  whole = g_strconcat (text, enfilade_composer_get_text (self->composer), NULL);
  enfilade_composer_set_text (self->composer, whole);
  if (reply_to != NULL)
    enfilade_composer_set_reply_to (self->composer, reply_to);
}

static void
finish (Sending  *sending,
        ChatRoom *room,
        GError   *error)
{
  EnfiladeDraft *self = sending->draft;

  if (self->sending != sending)
    {
      put_back (sending, room, error == NULL);
      return;
    }

  self->sending = NULL;
  enfilade_composer_finish_sending (self->composer, error != NULL ? error->message : NULL);

  /* What was written meanwhile is not kept yet. */
  changed_cb (self);
  enfilade_draft_keep (self);
  if (error == NULL)
    g_signal_emit (self, signals[SENT], 0);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Sending) sending = user_data;
  g_autoptr(ChatMessage) message = NULL;
  g_autoptr(GError) error = NULL;

  message = chat_room_send_finish (CHAT_ROOM (object), result, &error);
  finish (sending, CHAT_ROOM (object), error);
}

static void
send_cb (EnfiladeDraft *self,
         const char    *text)
{
  Sending *sending;

  if (self->room == NULL)
    return;

  sending = g_new0 (Sending, 1);
  sending->draft = g_object_ref (self);
  self->sending = sending;
  chat_room_send_async (self->room, text, enfilade_composer_get_reply_to (self->composer), NULL, sent_cb, sending);
}

static void
leave_sending (EnfiladeDraft *self)
{
  if (self->sending == NULL)
    return;

  self->sending->left = g_strdup (enfilade_composer_get_text (self->composer));
  self->sending->left_reply_to = g_strdup (enfilade_composer_get_reply_to (self->composer));
  self->sending->rest = enfilade_composer_dup_unsent (self->composer);
  self->sending = NULL;
}

/**
 * enfilade_draft_set_room:
 * @self: a draft
 * @room: (nullable): the room that is written in
 *
 * What was written for the room before stays with it, and comes back when it is shown again.
 */
void
enfilade_draft_set_room (EnfiladeDraft *self,
                         ChatRoom      *room)
{
  g_return_if_fail (ENFILADE_IS_DRAFT (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  if (self->room == room)
    return;

  enfilade_draft_keep (self);
  g_clear_handle_id (&self->keep_id, g_source_remove);
  leave_sending (self);
  g_set_object (&self->room, room);
  restore (self);
}

/* ---- GObject ---- */

static void
enfilade_draft_dispose (GObject *object)
{
  EnfiladeDraft *self = ENFILADE_DRAFT (object);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  g_clear_object (&self->room);
  g_clear_object (&self->composer);

  G_OBJECT_CLASS (enfilade_draft_parent_class)->dispose (object);
}

static void
enfilade_draft_class_init (EnfiladeDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = enfilade_draft_dispose;

  signals[SENT] = g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
enfilade_draft_init (EnfiladeDraft *self)
{
}

/**
 * enfilade_draft_new:
 * @composer: where is written
 *
 * Returns: (transfer full): a draft of no room
 */
EnfiladeDraft *
enfilade_draft_new (EnfiladeComposer *composer)
{
  EnfiladeDraft *self;

  g_return_val_if_fail (ENFILADE_IS_COMPOSER (composer), NULL);

  self = g_object_new (ENFILADE_TYPE_DRAFT, NULL);
  self->composer = g_object_ref (composer);
  g_signal_connect_object (composer, "send", G_CALLBACK (send_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "notify::text", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "notify::reply-to", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composer, "notify::cursor", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}
