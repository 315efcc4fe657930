/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-credentials.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_PATIENT_SIGNIN (enfilade_patient_signin_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladePatientSignin, enfilade_patient_signin, ENFILADE, PATIENT_SIGNIN, GObject)

/* Signals: signed-in (ChatCredentials); refused (GError): the server answered, and does not take the account. */
EnfiladePatientSignin *enfilade_patient_signin_new   (const char            *address,
                                                      const char            *username,
                                                      const char            *password);
void                   enfilade_patient_signin_begin (EnfiladePatientSignin *self);
void                   enfilade_patient_signin_try   (EnfiladePatientSignin *self);
void                   enfilade_patient_signin_stop  (EnfiladePatientSignin *self);

G_END_DECLS
