/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-credentials.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_SIGNIN_PAGE (enfilade_signin_page_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeSigninPage, enfilade_signin_page, ENFILADE, SIGNIN_PAGE, AdwBin)

/* Signals: signed-in (ChatCredentials); cancelled: somebody goes back, where they can. */
void        enfilade_signin_page_propose                (EnfiladeSigninPage *self,
                                                         const char         *address,
                                                         const char         *username);
void        enfilade_signin_page_explain                (EnfiladeSigninPage *self,
                                                         const char         *reason);
void        enfilade_signin_page_sign_in_with_password  (EnfiladeSigninPage *self,
                                                         const char         *address,
                                                         const char         *username,
                                                         const char         *password);
void        enfilade_signin_page_sign_in_with_token     (EnfiladeSigninPage *self,
                                                         const char         *address,
                                                         const char         *token);
void        enfilade_signin_page_set_can_go_back        (EnfiladeSigninPage *self,
                                                         gboolean            can_go_back);
void        enfilade_signin_page_discover               (EnfiladeSigninPage *self);
void        enfilade_signin_page_cancel                 (EnfiladeSigninPage *self);
void        enfilade_signin_page_focus                  (EnfiladeSigninPage *self);
const char *enfilade_signin_page_get_problem            (EnfiladeSigninPage *self);
gboolean    enfilade_signin_page_get_busy               (EnfiladeSigninPage *self);

G_END_DECLS
