/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-session.h"

G_BEGIN_DECLS

/**
 * EnfiladeAccountState:
 * @ENFILADE_ACCOUNT_SIGNED_OUT: nobody is signed in
 * @ENFILADE_ACCOUNT_RESTORING: the account of the last time is being looked up; where something is kept of it there is a session,
 *   which was not started yet
 * @ENFILADE_ACCOUNT_SIGNED_IN: there is a session
 * @ENFILADE_ACCOUNT_REFUSED: there is a session, but no token for it that the server takes
 */
typedef enum
{
  ENFILADE_ACCOUNT_SIGNED_OUT,
  ENFILADE_ACCOUNT_RESTORING,
  ENFILADE_ACCOUNT_SIGNED_IN,
  ENFILADE_ACCOUNT_REFUSED,
} EnfiladeAccountState;

/**
 * EnfiladeRemember:
 * @ENFILADE_REMEMBER_NOTHING: all of it ends with the program
 * @ENFILADE_REMEMBER_CONVERSATIONS: what was said and written is kept, but not who was signed in
 * @ENFILADE_REMEMBER_ALL: the account is signed in again the next time
 */
typedef enum
{
  ENFILADE_REMEMBER_NOTHING,
  ENFILADE_REMEMBER_CONVERSATIONS,
  ENFILADE_REMEMBER_ALL,
} EnfiladeRemember;

#define ENFILADE_TYPE_ACCOUNT_STATE (enfilade_account_state_get_type ())
#define ENFILADE_TYPE_ACCOUNT (enfilade_account_get_type ())

GType enfilade_account_state_get_type (void) G_GNUC_CONST;

G_DECLARE_FINAL_TYPE (EnfiladeAccount, enfilade_account, ENFILADE, ACCOUNT, GObject)

/* Properties: session (nullable), state, reason (why the server refused, in words; nullable).
 * Signals: notice (what a person should know, in words). */
EnfiladeAccount      *enfilade_account_new          (GSettings        *settings);
ChatSession          *enfilade_account_get_session  (EnfiladeAccount  *self);
EnfiladeAccountState  enfilade_account_get_state    (EnfiladeAccount  *self);
const char           *enfilade_account_get_reason   (EnfiladeAccount  *self);
gboolean              enfilade_account_get_keeps    (EnfiladeAccount  *self);
char                 *enfilade_account_dup_address  (EnfiladeAccount  *self);
char                 *enfilade_account_dup_username (EnfiladeAccount  *self);
char                 *enfilade_account_take_notice  (EnfiladeAccount  *self);
gboolean              enfilade_account_is           (EnfiladeAccount  *self,
                                                     ChatCredentials  *credentials);
void                  enfilade_account_restore      (EnfiladeAccount  *self);
gboolean              enfilade_account_open         (EnfiladeAccount  *self,
                                                     const char       *address,
                                                     const char       *user);
void                  enfilade_account_give_up      (EnfiladeAccount  *self,
                                                     const char       *reason);
void                  enfilade_account_sign_in      (EnfiladeAccount  *self,
                                                     ChatCredentials  *credentials,
                                                     EnfiladeRemember  remember);
void                  enfilade_account_sign_out     (EnfiladeAccount  *self,
                                                     gboolean          keep);

G_END_DECLS
