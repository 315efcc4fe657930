/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "enfilade-composer-blocked.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_COMPOSER (enfilade_composer_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeComposer, enfilade_composer, ENFILADE, COMPOSER, GtkWidget)

/* Properties: room-name (nullable); text, cursor (in characters) and reply-to (the id of the message that is answered, nullable),
 * which are a draft; reply-text (what is answered, in words; nullable), max-length (characters, 0 where there is no limit),
 * error (why the last message was not taken, in words; nullable).
 * Signals: send (text), to be answered by enfilade_composer_finish_sending(); join; typing: something was written just now;
 * scroll (GtkScrollType): the keyboard asks the timeline to scroll. */
GtkWidget  *enfilade_composer_new                (void);
const char *enfilade_composer_get_text           (EnfiladeComposer *self);
void        enfilade_composer_set_text           (EnfiladeComposer *self,
                                                  const char       *text);
gboolean    enfilade_composer_put_back           (EnfiladeComposer *self,
                                                  const char       *text);
int         enfilade_composer_get_cursor         (EnfiladeComposer *self);
void        enfilade_composer_set_cursor         (EnfiladeComposer *self,
                                                  int               cursor);
const char *enfilade_composer_get_reply_to       (EnfiladeComposer *self);
void        enfilade_composer_set_reply_to       (EnfiladeComposer *self,
                                                  const char       *reply_to);
void        enfilade_composer_set_reply_text     (EnfiladeComposer *self,
                                                  const char       *reply_text);
char       *enfilade_composer_dup_unsent         (EnfiladeComposer *self);
void        enfilade_composer_finish_sending     (EnfiladeComposer *self,
                                                  const char       *error);
void        enfilade_composer_set_room_name      (EnfiladeComposer *self,
                                                  const char       *room_name);
void        enfilade_composer_set_max_length     (EnfiladeComposer *self,
                                                  guint             max_length);
void        enfilade_composer_block              (EnfiladeComposer *self,
                                                  const char       *reason,
                                                  EnfiladeJoinOffer offer);
void        enfilade_composer_set_error          (EnfiladeComposer *self,
                                                  const char       *error);
gboolean    enfilade_composer_focus              (EnfiladeComposer *self);

G_END_DECLS
