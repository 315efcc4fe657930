/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "enfilade-window.h"

#include "enfilade-chat-page.h"
#include "enfilade-patient-signin.h"
#include "enfilade-signin-page.h"

G_BEGIN_DECLS

struct _EnfiladeWindow
{
  AdwApplicationWindow   parent_instance;

  AdwToastOverlay       *toasts;
  GtkStack              *pages;
  EnfiladeChatPage      *chat;

  /* Made when it is needed. */
  EnfiladeSigninPage    *signin;
  const char            *page;

  EnfiladeAccount       *account;
  EnfiladePatientSignin *patient;
  GSignalGroup          *session_signals;
  GSignalGroup          *rooms_signals;
  char                  *wanted_room_id;
  char                  *wanted_message_id;
  guint                  notice_id;
  EnfiladeRemember       remember;
};

void      enfilade_window_class_install_actions (GtkWidgetClass *widget_class);
void      enfilade_window_update_actions        (EnfiladeWindow *self);
gboolean  enfilade_window_has_chat              (EnfiladeWindow *self);
gboolean  enfilade_window_shows_chat            (EnfiladeWindow *self);
ChatRoom *enfilade_window_get_shown_room        (EnfiladeWindow *self);

G_END_DECLS
