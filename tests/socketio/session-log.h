/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "fake-engine.h"
#include "sio-error.h"
#include "sio-manager.h"

/* Writes down, one line each, what a manager and its sockets tell. */

G_BEGIN_DECLS

typedef struct
{
  SioManager *manager;
  GString    *log;
} SessionLog;

SessionLog *session_log_new    (void);
void        session_log_free   (SessionLog *self);

/* The socket of a namespace, with what it tells written down. */
SioSocket  *session_log_socket (SessionLog *self,
                                const char *name_space);
/* Opens @socket over an open engine and lets it join; what was told and sent until then is forgotten. */
SioEngine  *session_log_join   (SessionLog *self,
                                SioSocket  *socket);
char       *session_log_take   (SessionLog *self);
void        session_log_add    (SessionLog *self,
                                const char *line);

SioValue   *parse_arguments    (const char *json);

#define assert_log(self, expected)                                     \
  G_STMT_START                                                         \
    {                                                                  \
      g_autofree char *log_ = session_log_take (self);                 \
      g_assert_cmpstr (log_, ==, expected);                            \
    }                                                                  \
  G_STMT_END

/* Turns the main loop until @condition holds; the harness's time-out ends what never does. */
#define wait_until(condition)                                          \
  G_STMT_START                                                         \
    {                                                                  \
      while (!(condition))                                             \
        g_main_context_iteration (NULL, TRUE);                         \
    }                                                                  \
  G_STMT_END

#define turn_loop()                                                    \
  G_STMT_START                                                         \
    {                                                                  \
      while (g_main_context_iteration (NULL, FALSE))                   \
        ;                                                              \
    }                                                                  \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SessionLog, session_log_free)

G_END_DECLS
