/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "scripted-server.h"
#include "sio-engine-private.h"
#include "sio-error.h"

/* An engine with a listener that writes down what it hears. */

G_BEGIN_DECLS

typedef struct _EngineHarness EngineHarness;

struct _EngineHarness
{
  SioEngine           *engine;
  SioEngineOptions     options;
  GString             *log;      /* "opened polling", "text 0", "binary 3", "upgraded websocket", "pinged", "closed transport close" */
  guint                n_texts;
  gsize                n_bytes;
  gsize                last_length;
  guint32              last_sum;
  gboolean             quiet;    /* texts are counted, not written down */
  gboolean             is_closed;
  SioDisconnectReason  reason;
  GError              *error;

  /* Called, where set, at each of what is heard, with the line that was written. */
  void               (*react) (EngineHarness *self,
                               const char    *line);
  gpointer             user_data;
};

/* @transports is separated by commas; the engine is made by engine_harness_open(). */
EngineHarness *engine_harness_new          (ScriptedServer *server,
                                            const char     *transports);
void           engine_harness_free         (EngineHarness  *self);
void           engine_harness_open         (EngineHarness  *self);
void           engine_harness_send         (EngineHarness  *self,
                                            const char     *packet);

/* Runs the main loop until the log has @line, or @condition is true. */
void           engine_harness_wait         (EngineHarness  *self,
                                            const char     *line);
void           engine_harness_wait_closed  (EngineHarness  *self);
gboolean       engine_harness_heard        (EngineHarness  *self,
                                            const char     *line);
void           test_wait_for               (gboolean      (*condition) (gpointer user_data),
                                            gpointer        user_data);
void           test_wait_for_log           (GString        *log,
                                            const char     *line);

/* Lets the main loop run until nothing is left to be done at once. */
void           test_settle                 (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineHarness, engine_harness_free)

G_END_DECLS
