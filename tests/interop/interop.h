/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "interop-server.h"
#include "socketio-glib.h"

/* What the cases of test-interop.c share: a server of one kind, a manager that goes one way to it, and what it told. */

G_BEGIN_DECLS

#define PATIENCE_MS 60000

/* A server, what stands before it, and how to get there. */
typedef enum
{
  OFFICIAL,
  PYTHON,
  PROXIED,
  MSGPACK,
  PYTHON_MSGPACK,
} Kind;

#define IS_PYTHON(kind) ((kind) == PYTHON || (kind) == PYTHON_MSGPACK)
#define IS_MSGPACK(kind) ((kind) == MSGPACK || (kind) == PYTHON_MSGPACK)

typedef struct
{
  const char         *name;
  Kind                kind;
  const char * const *transports;
} Way;

typedef struct
{
  const Way     *way;
  InteropServer *server;
  SioManager    *manager;
  GString       *log;
} Fixture;

typedef struct
{
  const char *name;
  void      (*test) (Fixture *, gconstpointer);
  guint       kinds;  /* 1 << OFFICIAL … */
  gboolean    needs_msgpack;
} Case;

#define BOTH_OFFICIAL (1 << OFFICIAL | 1 << MSGPACK)
#define BOTH_PYTHON (1 << PYTHON | 1 << PYTHON_MSGPACK)
#define ALL (BOTH_OFFICIAL | BOTH_PYTHON | 1 << PROXIED)

/* Each ends with a case that has no name. What is no part of the other server, or what the proxy does not let through, is left to the
 * official one alone. */
extern const Case interop_values_cases[];
extern const Case interop_delivery_cases[];
extern const Case interop_namespaces_cases[];
extern const Case interop_connection_cases[];

extern const char * const interop_polling[];
extern const char * const interop_websocket[];

typedef struct
{
  SioValue *answer;
  GError   *error;
  gboolean  done;
} Call;

SioValue   *interop_parse             (const char           *json);
void        interop_set_up            (Fixture              *self,
                                       gconstpointer         user_data);
void        interop_tear_down         (Fixture              *self,
                                       gconstpointer         user_data);
SioSocket  *interop_open_socket       (Fixture              *self,
                                       const char           *name_space);
void        interop_on_answer         (GObject              *source,
                                       GAsyncResult         *result,
                                       gpointer              user_data);
SioValue   *interop_ask               (SioSocket            *socket,
                                       const char           *event,
                                       SioValue             *arguments);
void        interop_assert_answer     (SioSocket            *socket,
                                       const char           *event,
                                       const char           *arguments,
                                       const char           *expected);
void        interop_emit              (SioSocket            *socket,
                                       const char           *event,
                                       const char           *arguments);
void        interop_log_event         (SioSocket            *socket,
                                       SioEvent             *event,
                                       Fixture              *self);
void        interop_log_closed        (SioSocket            *socket,
                                       SioDisconnectReason   reason,
                                       GError               *details,
                                       Fixture              *self);
void        interop_log_connect_error (SioSocket            *socket,
                                       GError               *error,
                                       SioValue             *data,
                                       Fixture              *self);
void        interop_take_error        (SioManager           *manager,
                                       GError               *error,
                                       GError              **taken);
void        interop_count_close       (SioManager           *manager,
                                       SioDisconnectReason   reason,
                                       GError               *details,
                                       Fixture              *self);
void        interop_count_up          (guint                *count);
guint       interop_start_patience    (const char           *what);
void        interop_end               (void);

#define wait_until(condition)                               \
  G_STMT_START                                              \
    {                                                       \
      guint patience_ = interop_start_patience (#condition); \
                                                            \
      while (!(condition))                                  \
        g_main_context_iteration (NULL, TRUE);              \
      g_source_remove (patience_);                          \
    }                                                       \
  G_STMT_END

G_END_DECLS
