/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A whole session against a server that answers anything at all, and hangs up. The first byte says by which transport and
 * from where on: 'p' and 'w' the answer to the request, 'f' the frames after the handshake of a WebSocket. */

#include "engine-harness.h"
#include "fuzz.h"

typedef struct
{
  const guint8 *data;
  gsize         length;
  gboolean      answered;
} Input;

static gboolean
answer_cb (ScriptedServer  *server,
           ScriptedPeer    *peer,
           ScriptedRequest *request,
           gpointer         user_data)
{
  Input *input = user_data;

  if (input->answered)
    {
      scripted_peer_drop (peer);
      return TRUE;
    }

  input->answered = TRUE;
  if (*input->data == 'f')
    scripted_peer_accept (peer);
  if (input->length > 1)
    scripted_peer_write (peer, input->data + 1, input->length - 1);
  scripted_peer_finish (peer);

  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr(ScriptedServer) server = NULL;
  g_autoptr(EngineHarness) harness = NULL;
  Input input = { data, length, FALSE };

  if (length == 0 || (*data != 'p' && *data != 'w' && *data != 'f'))
    return 0;

  server = scripted_server_new (NULL);
  server->on_request = answer_cb;
  server->user_data = &input;
  harness = engine_harness_new (server, *data == 'p' ? "polling" : "websocket");
  harness->quiet = TRUE;
  engine_harness_open (harness);
  engine_harness_wait_closed (harness);

  return 0;
}
