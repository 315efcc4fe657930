/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-session.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_NOTIFIER (enfilade_notifier_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeNotifier, enfilade_notifier, ENFILADE, NOTIFIER, GObject)

/* Properties: session (nullable), in-front (whether the window is), room (the one that is shown; nullable). */
EnfiladeNotifier *enfilade_notifier_new             (GApplication     *application);
void              enfilade_notifier_set_session     (EnfiladeNotifier *self,
                                                     ChatSession      *session);
void              enfilade_notifier_tell_message    (EnfiladeNotifier *self,
                                                     ChatRoom         *room,
                                                     ChatMessage      *message);
void              enfilade_notifier_tell            (EnfiladeNotifier *self,
                                                     ChatNotification *notification);
void              enfilade_notifier_withdraw_room   (EnfiladeNotifier *self,
                                                     const char       *room_id);
void              enfilade_notifier_withdraw_all    (EnfiladeNotifier *self);

G_END_DECLS
