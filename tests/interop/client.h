/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "interop-server.h"
#include "socketio-glib.h"

/* A client of a test server, which writes down, one line each, what its managers and sockets tell. */

G_BEGIN_DECLS

#define PATIENCE_MS 60000

typedef struct
{
  InteropServer      *server;
  const char         *uri;
  const char * const *transports;
  SioManager         *manager;  /* connects to @uri */
  GPtrArray          *others;   /* managers besides it, which end with it */
  GString            *log;
} Client;

extern const char * const client_polling[];
extern const char * const client_websocket[];
extern const char * const client_upgrade[];

/* @server is not owned. */
void        client_set_up       (Client             *self,
                                 InteropServer      *server,
                                 const char * const *transports);
void        client_tear_down    (Client             *self);

/* Another manager for @path_and_query of the same server; it belongs to @self. */
SioManager *client_add_manager  (Client             *self,
                                 const char         *query);
/* One for an address at which nobody answers. */
SioManager *client_add_lost     (Client             *self);
/* In the place of the first. */
void        client_use          (Client             *self,
                                 SioManager         *manager);

/* What @object, a manager or socket, tells goes into the log from now on. */
void        client_listen       (Client             *self,
                                 gpointer            object);
SioSocket  *client_join         (Client             *self,
                                 const char         *name_space);
gboolean    client_heard        (Client             *self,
                                 const char         *line);
guint       client_count        (Client             *self,
                                 const char         *start);

SioValue   *client_parse        (const char         *json);
void        client_emit         (SioSocket          *socket,
                                 const char         *event,
                                 const char         *arguments);
/* Returns the arguments of the answer. */
SioValue   *client_ask          (SioSocket          *socket,
                                 const char         *event,
                                 const char         *arguments);
char       *client_ask_text     (SioSocket          *socket,
                                 const char         *event,
                                 const char         *arguments);

typedef struct
{
  SioValue *answer;
  GError   *error;
  gboolean  done;
} ClientCall;

void        client_call         (ClientCall         *call,
                                 SioSocket          *socket,
                                 const char         *event,
                                 const char         *arguments,
                                 guint               timeout_ms);
void        client_call_value   (ClientCall         *call,
                                 SioSocket          *socket,
                                 const char         *event,
                                 SioValue           *arguments,
                                 guint               timeout_ms);
void        client_call_clear   (ClientCall         *call);

/* Turns the main loop for so long: for what must not happen. */
void        client_idle         (guint               ms);
guint       client_start_patience (const char       *what);

#define wait_until(condition)                              \
  G_STMT_START                                             \
    {                                                      \
      guint patience_ = client_start_patience (#condition); \
                                                           \
      while (!(condition))                                 \
        g_main_context_iteration (NULL, TRUE);             \
      g_source_remove (patience_);                         \
    }                                                      \
  G_STMT_END

#define assert_answer(socket, event, arguments, expected)                      \
  G_STMT_START                                                                 \
    {                                                                          \
      g_autofree char *answer_ = client_ask_text (socket, event, arguments);   \
      g_assert_cmpstr (answer_, ==, expected);                                 \
    }                                                                          \
  G_STMT_END

#define assert_log(self, expected)                \
  G_STMT_START                                    \
    {                                             \
      g_assert_cmpstr ((self)->log->str, ==, expected); \
      g_string_truncate ((self)->log, 0);         \
    }                                             \
  G_STMT_END

G_END_DECLS
