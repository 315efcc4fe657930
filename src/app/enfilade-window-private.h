/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "enfilade-window.h"

#include "enfilade-chat-page.h"
#include "enfilade-signin-page.h"

G_BEGIN_DECLS

struct _EnfiladeWindow
{
  AdwApplicationWindow  parent_instance;

  AdwToastOverlay      *toasts;
  GtkStack             *pages;
  EnfiladeSigninPage   *signin;
  EnfiladeChatPage     *chat;

  EnfiladeAccount      *account;
  GSignalGroup         *session_signals;
  GSignalGroup         *rooms_signals;
  char                 *wanted_room_id;
  gboolean              scripted;
};

void enfilade_window_class_install_actions (GtkWidgetClass *widget_class);
void enfilade_window_update_actions        (EnfiladeWindow *self);

G_END_DECLS
