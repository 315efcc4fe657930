/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-engine-private.h"

/* An engine without a network, linked in the place of the real one: the test plays the server. */

G_BEGIN_DECLS

/* Those made since the last reset, the newest last. */
guint       fake_engine_count         (void);
SioEngine  *fake_engine_last          (void);
/* Forgets them all; each must be free of other owners by then. */
void        fake_engine_reset         (void);
/* Forgets all but the last; each must be free of other owners by then. */
void        fake_engine_forget_old    (void);

void        fake_engine_open          (SioEngine           *self);
/* @text is a Socket.IO packet, such as `2["hello"]`. */
void        fake_engine_receive       (SioEngine           *self,
                                       const char          *text);
void        fake_engine_receive_bytes (SioEngine           *self,
                                       const char          *bytes,
                                       gsize                length);
void        fake_engine_upgrade       (SioEngine           *self,
                                       const char          *transport);
void        fake_engine_end           (SioEngine           *self,
                                       SioDisconnectReason  reason,
                                       const GError        *error);

void        fake_engine_set_alive     (SioEngine           *self,
                                       gboolean             alive);
void        fake_engine_set_writable  (SioEngine           *self,
                                       gboolean             writable);

/* What was sent since the last call, joined by newlines; of binary messages the bytes in hexadecimal, after a `b`. */
char       *fake_engine_take_sent     (SioEngine           *self);
gboolean    fake_engine_was_abandoned (SioEngine           *self);
gboolean    fake_engine_was_closed    (SioEngine           *self);
/* Host, port, path, first transport and sorted query of what it was made for. */
char       *fake_engine_describe      (SioEngine           *self);
/* All transports, what is to be tried of them, the timestamps, and the time-out of a request. */
char       *fake_engine_describe_way  (SioEngine           *self);
gboolean    fake_engine_ask_certificate (SioEngine         *self,
                                         GTlsCertificate   *certificate);

#define assert_sent(engine, expected)                                  \
  G_STMT_START                                                         \
    {                                                                  \
      g_autofree char *sent_ = fake_engine_take_sent (engine);         \
      g_assert_cmpstr (sent_, ==, expected);                           \
    }                                                                  \
  G_STMT_END

G_END_DECLS
