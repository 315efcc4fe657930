/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The command line, read: what to sign in to, and as whom. All of it is NULL when the last account is to be used. */
typedef struct
{
  char *server;
  char *token;
  char *user;
  char *password;
} EnfiladeOptions;

#define ENFILADE_OPTION_SERVER "server"
#define ENFILADE_OPTION_TOKEN "token"
#define ENFILADE_OPTION_USER "user"
#define ENFILADE_OPTION_PASSWORD "password"

extern const GOptionEntry enfilade_option_entries[];

gboolean         enfilade_options_check         (GVariantDict         *dict,
                                                 GError              **error);
char            *enfilade_options_read_password (const char           *from_environment,
                                                 GInputStream         *stream,
                                                 GError              **error);
EnfiladeOptions *enfilade_options_new           (GVariantDict         *dict);
void             enfilade_options_free          (EnfiladeOptions      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EnfiladeOptions, enfilade_options_free)

G_END_DECLS
