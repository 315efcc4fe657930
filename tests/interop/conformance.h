/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "client.h"

/* The official client's own cases. One server, started with the first case, serves all of a program. */

G_BEGIN_DECLS

typedef void (*ConformanceFunc) (Client        *self,
                                 gconstpointer  user_data);

typedef struct
{
  const char      *name;
  ConformanceFunc  func;
} ConformanceCase;

/* Adds each as /conformance/GROUP/NAME/polling and …/websocket. */
void conformance_add (const char            *group,
                      const ConformanceCase *cases,
                      guint                  n_cases);

/* g_test_run(), and the server's end. */
int  conformance_run (void);

G_END_DECLS
