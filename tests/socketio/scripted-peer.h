/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "scripted-server.h"

/* One TCP connection to the scripted server. */

G_BEGIN_DECLS

struct _ScriptedPeer
{
  ScriptedServer     *server;
  GIOStream          *stream;
  GSocket            *socket;
  GCancellable       *cancellable;
  GByteArray         *input;
  GByteArray         *output;
  SoupMessageHeaders *headers;
  gboolean            reading;
  gboolean            deaf;
  gboolean            writing;
  gboolean            is_websocket;
  gboolean            dropped;
  gboolean            drop_when_written;
  GThread            *flood;
  GConverter         *inflater;
};

/* In scripted-server.c: what to do with what came. */
void          scripted_server_handle_request (ScriptedServer     *self,
                                              ScriptedPeer       *peer,
                                              const char         *method,
                                              const char         *target,
                                              SoupMessageHeaders *headers,
                                              const char         *body,
                                              gsize               length);
void          scripted_server_handle_frame   (ScriptedServer     *self,
                                              ScriptedPeer       *peer,
                                              guint8              opcode,
                                              const char         *data,
                                              gsize               length);

ScriptedPeer *scripted_peer_new              (ScriptedServer     *server,
                                              GSocketConnection  *connection);
void          scripted_peer_free             (ScriptedPeer       *self);

G_END_DECLS
