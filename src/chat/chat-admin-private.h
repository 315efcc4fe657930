/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <socketio-glib.h>

#include "chat-admin.h"
#include "chat-session.h"

G_BEGIN_DECLS

ChatAdmin *chat_admin_new     (ChatSession *session,
                               SioSocket   *socket);
void       chat_admin_dismiss (ChatAdmin   *self);

G_END_DECLS
